"""Every choice that can change an answer, and which of them go together."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from evsynth.model.form import Form, Number, Words

Model = Literal[
    "binomial-normal",
    "random effects",
    "common effect",
    "bayes",
    "mantel-haenszel",
    "peto",
    "glmm-conditional",
    "glmm-conditional-approximate",
    "glmm-fixed-studies",
    "glmm-random-studies",
    "beta-binomial",
    "multilevel",
    "none",
]
"""Models of a pool; what each takes is said in docs/tasks/add-a-pool.md."""

COUNT_MODELS: tuple[Model, ...] = (
    "mantel-haenszel",
    "peto",
    "glmm-conditional",
    "glmm-conditional-approximate",
    "glmm-fixed-studies",
    "glmm-random-studies",
    "beta-binomial",
)
"""Models of the counts of two arms: a study needs no effect of its own, so zero cells need no correction."""

TWO_GROUPS = ("log odds ratio", "log risk ratio", "risk difference")

FITTING: dict[Model, tuple[str, ...]] = {
    "mantel-haenszel": TWO_GROUPS,
    "peto": ("log odds ratio",),
    "glmm-conditional": ("log odds ratio",),
    "glmm-conditional-approximate": ("log odds ratio",),
    "glmm-fixed-studies": ("log odds ratio",),
    "glmm-random-studies": ("log odds ratio",),
    "beta-binomial": (*TWO_GROUPS, "proportion"),
    "binomial-normal": ("proportion",),
}
"""Measures that a model of counts can answer; every other model takes any measure but a proportion."""


class Choices(Form):
    """Everything that can change the number. Nothing here has a hidden default: the file states all of it."""

    model: Model
    estimator: Literal["REML", "ML", "DL", "HE", "PM", "EB", "SJ", "HS", "HSk", "none"]
    interval: Literal["wald", "hksj", "modified hksj", "t", "credible", "robust", "none"]
    prediction: Literal["V", "HTS", "HK", "HK-PR", "normal", "Nagashima", "posterior", "none"]
    level: Number = Field(description="Confidence level in percent.")
    correction: Literal["none", "0.5 where a cell is zero"]
    overlap: Literal["refuse", "largest", "covariance"] = Field(description="What to do when inputs share patients.")
    prior: Words | None = Field(
        None, description="Prior of τ for the model bayes: 'half-normal 0.5', in units of the analysis scale."
    )
    rho: Number | None = Field(
        None, description="Assumed correlation of estimates from the same patients, for multilevel and covariance."
    )

    @model_validator(mode="after")
    def _go_together(self) -> Choices:
        named = {"estimator": self.estimator, "interval": self.interval, "prediction": self.prediction}
        if self.model == "random effects" and "none" in (self.estimator, self.interval):
            raise ValueError("random effects need an estimator and an interval; name both")
        if self.model in ("none", "binomial-normal", "bayes", *COUNT_MODELS) and self.estimator != "none":
            raise ValueError(f"the model {self.model!r} has no estimator of tau²; write estimator: none")
        if self.model == "none" and set(named.values()) != {"none"}:
            raise ValueError("without a model there is no interval and no prediction; write none for each")
        allowed = _ALLOWED.get(self.model, _ALLOWED["random effects"])
        if self.model != "none" and (self.interval not in allowed[0] or self.prediction not in allowed[1]):
            words = f"write interval: {' or '.join(allowed[0])}, prediction: {' or '.join(allowed[1])}"
            raise ValueError(f"{allowed[2]}; {words}")
        if self.model == "multilevel" and self.estimator not in ("REML", "ML"):
            raise ValueError("the multilevel model is fitted by likelihood; write estimator: REML (or ML)")
        self._needs("prior", needed=self.model == "bayes", by="the model bayes")
        together = self.model == "multilevel" or self.overlap == "covariance"
        self._needs("rho", needed=together, by="the model multilevel and the overlap covariance")
        if self.overlap == "covariance" and (self.model, self.prediction) != ("random effects", "none"):
            raise ValueError("overlap: covariance goes with model: random effects and prediction: none")
        if self.overlap == "covariance" and (self.estimator not in ("REML", "ML") or self.interval != "wald"):
            raise ValueError("overlap: covariance is fitted by likelihood; write estimator: REML, interval: wald")
        if self.rho is not None and not 0 <= float(self.rho) <= 1:
            raise ValueError(f"rho: {self.rho} is not a correlation from 0 to 1; write 0.6")
        if not 50 <= float(self.level) < 100:
            raise ValueError(f"level: {self.level} is not a confidence level in percent; write 95")
        return self

    def _needs(self, name: str, *, needed: bool, by: str) -> None:
        given = getattr(self, name) is not None
        if needed and not given:
            raise ValueError(f"{by} needs {name}; write it, nothing is assumed")
        if given and not needed:
            raise ValueError(f"{name} belongs to {by} only; leave it out")


_COUNTED = (("wald",), ("none",), "this model of counts gives a Wald interval and no prediction")
_MIXED = (("wald", "t"), ("V", "HTS", "normal", "none"), "a mixed model of counts gives a Wald or t interval")
_ALLOWED: dict[str, tuple[tuple[str, ...], tuple[str, ...], str]] = {
    "random effects": (
        ("hksj", "modified hksj", "wald"),
        ("V", "HTS", "HK", "HK-PR", "normal", "Nagashima", "none"),
        "random effects have their own intervals",
    ),
    "common effect": (("wald",), ("none",), "the common-effect model has no tau² and no prediction"),
    "binomial-normal": (
        ("wald",), ("V", "none"), "the binomial-normal model gives a Wald interval and the prediction V",
    ),
    "bayes": (("credible",), ("posterior", "none"), "the Bayesian model gives a credible interval"),
    "multilevel": (("robust",), ("none",), "the multilevel model gives a cluster-robust interval"),
    "mantel-haenszel": _COUNTED,
    "peto": _COUNTED,
    "beta-binomial": _COUNTED,
    "glmm-conditional": _MIXED,
    "glmm-conditional-approximate": _MIXED,
    "glmm-fixed-studies": _MIXED,
    "glmm-random-studies": _MIXED,
}  # fmt: skip
"""What each model gives: its intervals, its predictions, and why no other."""
