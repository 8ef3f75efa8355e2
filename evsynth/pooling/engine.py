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
from evsynth.pooling.tau2.estimate import Estimator

__all__ = ["EngineFit", "Estimator", "Fitted", "fit", "q_profile", "version", "weighted"]

Fitted = Literal["FE", "DL", "HE", "ML", "REML"]
"""The estimators of tau2 that PyMARE has."""

SEARCH = {"xtol": 1e-9, "ftol": 1e-15, "maxiter": 200}
"""PyMARE's likelihood search.

Minimising cannot resolve tau2 better than about 1e-6; evsynth polishes the root of the score.
"""

PLAIN: dict[str, Any] = {"weight_scheme": "individual", "rho": None, "small_sample_correction": "wald"}
"""Options that every PyMARE estimator is given, written out."""


class EngineFit(NamedTuple):
    """What PyMARE fitted: tau2, the coefficients on the basis it was given, and their Wald covariance.

    Without moderators ``mu`` is the weighted mean and ``se`` its standard error; with moderators they are None.
    """

    version: str
    tau2: float
    mu: float | None
    se: float | None
    coefficients: tuple[float, ...]


def fit(y: FloatArray, v: FloatArray, *, estimator: Fitted, design: FloatArray | None = None) -> EngineFit:
    """Fit a model with PyMARE on ``design`` (None: an intercept).

    Arrays must have passed ``guard.check_effects``, have more rows than columns, and columns of like size
    (``regression.design``): on raw years PyMARE loses 7 digits.
    """
    engine = _pymare("pymare.estimators")
    if estimator == "FE":
        return weighted(y, v, tau2=0.0, design=design)
    if estimator == "DL":
        model = engine.DerSimonianLaird(**PLAIN)
    elif estimator == "HE":
        model = engine.Hedges(**PLAIN)
    else:
        model = engine.VarianceBasedLikelihoodEstimator(method=estimator.lower(), **PLAIN, **SEARCH)
    return _fitted(model, y, v, design)


def weighted(y: FloatArray, v: FloatArray, *, tau2: float, design: FloatArray | None = None) -> EngineFit:
    """Fit a model with PyMARE at a given tau2; same conditions as ``fit``."""
    return _fitted(_pymare("pymare.estimators").WeightedLeastSquares(tau2=tau2, **PLAIN), y, v, design)


def _fitted(model: Any, y: FloatArray, v: FloatArray, design: FloatArray | None) -> EngineFit:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(y=y[:, None], v=v[:, None], X=np.ones((len(y), 1)) if design is None else design)
    tau2 = float(np.ravel(model.params_["tau2"])[0])
    coefficients = tuple(float(value) for value in np.ravel(model.params_["fe_params"]))
    if design is not None:
        return EngineFit(version(), tau2, None, None, coefficients)
    se = float(np.sqrt(np.ravel(model.params_["inv_cov"])[0]))
    return EngineFit(version(), tau2, coefficients[0], se, coefficients)


def q_profile(y: FloatArray, v: FloatArray, *, level: float, design: FloatArray | None = None) -> tuple[float, float]:
    """Return PyMARE's Q-profile interval for tau2.

    PyMARE 0.0.13 stops at 2e-12 *absolute*: with effects of 1e-6 its lower bound was wrong altogether. So it
    is given the effects in units of the smallest standard error, and the bounds are scaled back.
    """
    statistics = _pymare("pymare.stats")
    unit = float(v.min())
    y, v = y / np.sqrt(unit), v / unit
    x = np.ones((len(y), 1)) if design is None else design
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        bounds = statistics.q_profile(y=y, v=v, X=x, alpha=1.0 - level, groups=None)
    return unit * float(bounds["ci_l"]), unit * float(bounds["ci_u"])


def version() -> str:
    """Return the version of PyMARE that is installed."""
    return str(_pymare("pymare").__version__)


def _pymare(name: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # PyMARE 0.0.13 leaves its expressions.json open
        return importlib.import_module(name)
