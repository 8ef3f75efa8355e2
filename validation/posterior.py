"""The Bayesian normal-normal model against a reference that puts mu on a coarse grid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evsynth.pooling.bayes import priors
from evsynth.pooling.bayes.model import bayes
from evsynth.pooling.bayes.quadrature import MuPrior
from validation.case import Case, number
from validation.comparison import Compared, Sheet

PRIORS: dict[str, tuple[Any, MuPrior | None]] = {
    "HN05_mu4": (priors.half_normal(0.5), MuPrior(0.0, 4.0)),
    "HN05_unif": (priors.half_normal(0.5), None),
    "HC05_mu4": (priors.half_cauchy(0.5), MuPrior(0.0, 4.0)),
    "HN1_mu4": (priors.half_normal(1.0), MuPrior(0.0, 4.0)),
    "uniform": (priors.uniform(), None),
    "jeffreys": (priors.jeffreys(), None),
}
PARTS = (
    ("mean", "mean"),
    ("sd", "sd"),
    ("median", "median"),
    ("95% lower", "shortest_lower"),
    ("95% upper", "shortest_upper"),
)


def posterior(case: Case) -> Iterator[Compared]:
    """Compare the posteriors of tau, mu, a new study and every study."""
    theirs = case.output
    tau_prior, mu_prior = PRIORS[case.arguments["prior"]]
    found = bayes(
        case.data["y"], [se * se for se in case.data["se"]], tau_prior=tau_prior, mu_prior=mu_prior, level=0.95
    )
    sheet, rows = Sheet(case, "posterior"), theirs["summary"]
    heavy = Sheet(case, "posterior, improper uniform prior") if case.arguments["prior"] == "uniform" else sheet
    for key, name in PARTS:
        optimised = "shortest" in name and rows["95% lower"]["tau"] > 0
        yield sheet.row(
            "tau: shortest interval off 0" if optimised else "tau", getattr(found.tau, name), rows[key]["tau"], 0.0
        )
        for column, summary in (("mu", found.mu), ("theta", found.new_study)):
            yield heavy.row("mu and a new study", getattr(summary, name), rows[key][column], found.mu.sd)
    if number(theirs.get("ml")) is not None:
        yield sheet.row("marginal likelihood", found.evidence.marginal_likelihood, theirs["ml"])
    shrunk = theirs["shrink"]
    for place, study in enumerate(found.studies):
        for key in ("mean", "sd"):
            yield sheet.row("shrunken effects", getattr(study.effect, key), shrunk[key][place], study.effect.sd)


TOPICS = {"bayesmeta": posterior}
