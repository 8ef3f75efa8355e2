"""The one door to PyMARE: every option written out, inputs already guarded, imported only when called (it
loads SymPy).

PyMARE's defaults changed an interval once (0.0.10 to 0.0.11), so nothing here relies on a default.
"""

from __future__ import annotations

import importlib
import warnings
from typing import Any, Literal, NamedTuple

import numpy as np

from evsynth.pooling.guard import FloatArray

Estimator = Literal["FE", "DL", "HE", "ML", "REML"]

SEARCH = {"xtol": 1e-9, "ftol": 1e-15, "maxiter": 200}
"""PyMARE's likelihood search.

Minimising cannot resolve tau2 better than about 1e-6; evsynth polishes the root of the score.
"""


class EngineFit(NamedTuple):
    """What PyMARE fitted: tau2, the weighted mean, and its Wald standard error."""

    version: str
    tau2: float
    mu: float
    se: float


def fit(y: FloatArray, v: FloatArray, *, estimator: Estimator) -> EngineFit:
    """Fit an intercept-only model with PyMARE.

    Arrays must have passed ``guard.check_effects`` with two studies or more.
    """
    engine = _pymare("pymare.estimators")
    plain: dict[str, Any] = {"weight_scheme": "individual", "rho": None, "small_sample_correction": "wald"}
    if estimator == "FE":
        model = engine.WeightedLeastSquares(tau2=0.0, **plain)
    elif estimator == "DL":
        model = engine.DerSimonianLaird(**plain)
    elif estimator == "HE":
        model = engine.Hedges(**plain)
    else:
        model = engine.VarianceBasedLikelihoodEstimator(method=estimator.lower(), **plain, **SEARCH)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(y=y[:, None], v=v[:, None], X=np.ones((len(y), 1)))
    found = {name: float(np.ravel(model.params_[name])[0]) for name in ("tau2", "fe_params", "inv_cov")}
    return EngineFit(version(), found["tau2"], found["fe_params"], float(np.sqrt(found["inv_cov"])))


def q_profile(y: FloatArray, v: FloatArray, *, level: float) -> tuple[float, float]:
    """Return PyMARE's Q-profile interval for tau2.

    PyMARE 0.0.13 stops at 2e-12 *absolute*: with effects of 1e-6 its lower bound was wrong altogether. So it
    is given the effects in units of the smallest standard error, and the bounds are scaled back.
    """
    statistics = _pymare("pymare.stats")
    unit = float(v.min())
    y, v = y / np.sqrt(unit), v / unit
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        bounds = statistics.q_profile(y=y, v=v, X=np.ones((len(y), 1)), alpha=1.0 - level, groups=None)
    return unit * float(bounds["ci_l"]), unit * float(bounds["ci_u"])


def version() -> str:
    """Return the version of PyMARE that is installed."""
    return str(_pymare("pymare").__version__)


def _pymare(name: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # PyMARE 0.0.13 leaves its expressions.json open
        return importlib.import_module(name)
