"""What each model's likelihood is, given a study's own effect: one function per study, with derivatives.

A kernel evaluates the log-likelihood of study i at its effect ``e`` and, for fixed baselines, at its baseline
``b``. ``EFFECT_ONLY`` kernels have no baseline: one arm, or both arms conditional on a margin.

    one arm, logit or log rate     binomial or Poisson at e
    CM.EL  odds ratio              noncentral hypergeometric at e           conditional on both margins, exact
    CM.EL  rate ratio              x1 of x1 + x2, logit e + ln(t1/t2)       conditional on all events, exact
    CM.AL  odds ratio              x1 of x1 + x2, logit e + ln(n1/n2)       its approximation for rare events
    UM.FS                          arm 1 at b + e/2, arm 2 at b - e/2       baselines free (fixed study effects)

Stijnen 2010, doi 10.1002/sim.4040; Jackson 2018, doi 10.1002/sim.7588 (models 4, 5, 7); Simmonds & Higgins
2016, doi 10.1177/0962280214534409.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

import numpy as np

from evsynth.pooling.guard import FloatArray
from evsynth.pooling.rare_events.arms import Arm, Slopes
from evsynth.pooling.rare_events.noncentral import Conditional
from evsynth.pooling.rare_events.tables import TwoArms


class Terms(NamedTuple):
    """Log-likelihood at (e, b), its gradient and Hessian; the baseline's are zero for kernels without one."""

    value: FloatArray
    e: FloatArray
    b: FloatArray
    ee: FloatArray
    eb: FloatArray
    bb: FloatArray


class Kernel(Protocol):
    """Log-likelihoods of k studies; ``effects`` has shape (k, m), ``baselines`` (k,)."""

    k: int
    baselines: bool

    def terms(self, effects: FloatArray, baselines: FloatArray) -> Terms: ...
    def constant(self) -> FloatArray: ...
    def saturated(self) -> FloatArray: ...
    def start(self) -> tuple[float, FloatArray]: ...


class OneSided(Protocol):
    """Something that has ``slopes`` in one predictor."""

    def slopes(self, predictor: FloatArray) -> Slopes: ...
    def constant(self) -> FloatArray: ...
    def saturated(self) -> FloatArray: ...


class EffectOnly:
    """A kernel without baselines: ``likelihood`` at ``e + offset``."""

    baselines = False

    def __init__(self, likelihood: OneSided, offset: FloatArray, start: float) -> None:
        self._likelihood, self._offset, self._start = likelihood, offset[:, None], start
        self.k = len(offset)

    def terms(self, effects: FloatArray, baselines: FloatArray) -> Terms:
        at = self._likelihood.slopes(effects + self._offset)
        zero = np.zeros_like(effects)
        return Terms(at.value, at.first, zero, at.second, zero, zero)

    def constant(self) -> FloatArray:
        return self._likelihood.constant()

    def saturated(self) -> FloatArray:
        return self._likelihood.saturated()

    def start(self) -> tuple[float, FloatArray]:
        return self._start, np.zeros(self.k)


class FreeBaselines:
    """Both arms with the study's own baseline, effects coded +-1/2."""

    baselines = True

    def __init__(self, tables: TwoArms) -> None:
        self._one, self._two = Arm(tables.x1, tables.n1, tables.rates), Arm(tables.x2, tables.n2, tables.rates)
        self.k = len(tables.x1)

    def terms(self, effects: FloatArray, baselines: FloatArray) -> Terms:
        base = baselines[:, None]
        one, two = self._one.slopes(base + effects / 2), self._two.slopes(base - effects / 2)
        both = one.second + two.second
        return Terms(
            one.value + two.value,
            (one.first - two.first) / 2,
            one.first + two.first,
            both / 4,
            (one.second - two.second) / 2,
            both,
        )

    def constant(self) -> FloatArray:
        return np.asarray(self._one.constant() + self._two.constant())

    def saturated(self) -> FloatArray:
        return np.asarray(self._one.saturated() + self._two.saturated())

    def start(self) -> tuple[float, FloatArray]:
        x1, n1, x2, n2 = self._one.x, self._one.n, self._two.x, self._two.n
        rates = self._one.rates
        base = (x1 + x2 + 0.5) / (n1 + n2 + (0.5 if rates else 1.0))
        free = np.log(base) if rates else np.log(base) - np.log1p(-base)
        return crude(TwoArms(x1, n1, x2, n2, (), rates)), np.asarray(free)


def crude(tables: TwoArms) -> float:
    """Return a starting value: the log ratio of the arms' totals, half an event added."""
    x1, n1, x2, n2 = (float(part.sum()) for part in tables[:4])
    if tables.rates:
        return float(np.log((x1 + 0.5) / n1) - np.log((x2 + 0.5) / n2))
    return float(np.log((x1 + 0.5) / (n1 - x1 + 0.5)) - np.log((x2 + 0.5) / (n2 - x2 + 0.5)))


def one_arm(x: FloatArray, n: FloatArray, *, rates: bool) -> EffectOnly:
    """Return the kernel of logit proportions or log rates."""
    share = (x.sum() + 0.5) / (n.sum() + (0.0 if rates else 1.0))
    return EffectOnly(Arm(x, n, rates), np.zeros_like(x), float(np.log(share) - (0.0 if rates else np.log1p(-share))))


def conditional(tables: TwoArms, *, exact: bool) -> EffectOnly:
    """Return CM.EL, or with ``exact=False`` CM.AL, of counts; for rates the two are one."""
    if exact and not tables.rates:
        likelihood: OneSided = Conditional(tables.x1, tables.n1, tables.x2, tables.n2)
        return EffectOnly(likelihood, np.zeros_like(tables.x1), crude(tables))
    return EffectOnly(Arm(tables.x1, tables.x1 + tables.x2, False), np.log(tables.n1 / tables.n2), crude(tables))
