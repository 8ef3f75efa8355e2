"""The noncentral hypergeometric distribution: events in arm 1 given both margins, at a log odds ratio.

    l(e) = x1 e - ln sum_j C(n1, j) C(n2, m - j) exp(j e) + ln C(n1, x1) C(n2, m - x1),   j in the support
    l'   = x1 - E[j],   l'' = -Var[j]

Fisher 1935; Stijnen 2010, doi 10.1002/sim.4040. Sums run outwards from the mode (Liao & Rosen 2001, doi
10.1198/000313001753272547) by the ratio of neighbouring terms, so nothing overflows; they stop where what is
left is below 1e-18. Weights of the table are accumulated from the observed count, not taken as differences of
log gammas, which lose five digits at 10 000 patients.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from evsynth.pooling.guard import FloatArray
from evsynth.pooling.rare_events.arms import Slopes
from evsynth.pooling.rare_events.homogeneity import expected_count

REACH = 9.5
"""Standard deviations on either side of the mode that the sums run over (and twelve terms more)."""


DEGREE = 18
"""Chebyshev coefficients per cell of width 1. The distribution's generating polynomial has real negative roots
only, so the log-likelihood is analytic for |Im e| < pi and the coefficients fall by 12.6 from one to the next.
"""

_ANGLES = np.pi * (np.arange(DEGREE) + 0.5) / DEGREE
_POINTS = np.cos(_ANGLES)
_TO_COEFFICIENTS = 2.0 / DEGREE * np.cos(np.outer(np.arange(DEGREE), _ANGLES))
_TO_COEFFICIENTS[0] /= 2.0


class Conditional:
    """The conditional log-likelihoods of k tables; ``slopes`` evaluates them at predictors of shape (k, m).

    Sums are taken once, at the Chebyshev points of each cell of the predictor that is met, and interpolated.
    """

    def __init__(self, x1: FloatArray, n1: FloatArray, x2: FloatArray, n2: FloatArray) -> None:
        self.x, self.n1, self.n2, self.m = x1, n1, n2, x1 + x2
        self.low, self.high = np.maximum(0.0, self.m - n2), np.minimum(n1, self.m)
        self._weights = [self._table(i) for i in range(len(x1))]
        start = np.cumsum([0, *(len(w) for w in self._weights[:-1])]) if self._weights else np.zeros(0)
        self._flat, self._start = np.concatenate(self._weights), start.astype(np.intp)
        reach = self._reach()
        self._first, self._table_of_cells = 0, np.empty((DEGREE, 3, len(x1), 0))
        self._batches = [(rows, int(reach[rows].max())) for rows in _groups(reach)]

    def _table(self, i: int) -> FloatArray:
        j = np.arange(self.low[i], self.high[i])
        n1, n2, m = self.n1[i], self.n2[i], self.m[i]
        steps = np.log((n1 - j) * (m - j)) - np.log((j + 1) * (n2 - m + j + 1))
        seen = int(self.x[i] - self.low[i])
        up, down = np.cumsum(steps[seen:]), np.cumsum(-steps[:seen][::-1])[::-1]
        return np.concatenate((down, [0.0], up))

    def constant(self) -> FloatArray:
        """Return zeros: the weights are relative to the observed count, and cancel exactly."""
        return np.zeros_like(self.x)

    def slopes(self, predictor: FloatArray) -> Slopes:
        """Return value and derivatives at log odds ratios of shape (k, m), by interpolation."""
        cell = np.floor(predictor).astype(np.intp)
        self._extend(int(cell.min()), int(cell.max()))
        place = 2.0 * (predictor - cell) - 1.0
        rows = np.arange(len(self.x)).reshape(-1, 1)
        coefficients = self._table_of_cells[:, :, rows, cell - self._first]  # (degree, 3, k, m)
        one, two = np.zeros_like(coefficients[0]), np.zeros_like(coefficients[0])
        for coefficient in coefficients[:0:-1]:  # Clenshaw
            one, two = coefficient + 2.0 * place * one - two, one
        value, first, second = coefficients[0] + place * one - two
        return Slopes(value, first, second)

    def _extend(self, low: int, high: int) -> None:
        size = self._table_of_cells.shape[3]
        last = self._first + size - 1
        if size and low >= self._first and high <= last:
            return
        cells = list(range(min(low, self._first if size else low), max(high, last if size else high) + 1))
        new = [c for c in cells if not (size and self._first <= c <= last)]
        points = np.array(new)[:, None] + 0.5 * (_POINTS + 1)
        k = len(self.x)
        at = self.direct(np.broadcast_to(points.ravel(), (k, points.size)))
        values = np.stack(at).reshape(3, k, len(new), len(_POINTS))
        found = np.einsum("dn,tkcn->dtkc", _TO_COEFFICIENTS, values)
        before, after = [c for c in new if c < self._first or not size], [c for c in new if size and c > last]
        parts = [found[..., : len(before)], self._table_of_cells, found[..., len(before) : len(before) + len(after)]]
        self._table_of_cells, self._first = np.concatenate(parts, axis=3), cells[0]

    def direct(self, predictor: FloatArray) -> Slopes:
        """Return value and derivatives by summation."""
        out = [np.empty_like(predictor) for _ in range(3)]
        for rows, reach in self._batches:
            found = self._some(rows, predictor[rows], reach)
            for target, part in zip(out, found, strict=True):
                target[rows] = part
        return Slopes(*out)

    def saturated(self) -> FloatArray:
        """Return each table's highest conditional log-likelihood: 0 at the ends of the support."""
        top = np.zeros_like(self.x)
        inner = np.flatnonzero((self.x > self.low) & (self.x < self.high))
        if not len(inner):
            return top
        eta = np.zeros((len(inner), 1))
        part = Conditional(self.x[inner], self.n1[inner], self.m[inner] - self.x[inner], self.n2[inner])
        low, high = np.full_like(eta, -60.0), np.full_like(eta, 60.0)
        for _ in range(200):
            at = part.direct(eta)
            low, high = np.where(at.first > 0, eta, low), np.where(at.first > 0, high, eta)
            new = eta - at.first / np.minimum(at.second, -1e-300)
            new = np.where((new > low) & (new < high), new, 0.5 * (low + high))
            if bool((np.abs(new - eta) <= 1e-12).all()):
                break
            eta = new
        top[inner] = part.direct(eta).value[:, 0]
        return top

    def _reach(self) -> FloatArray:
        widest = np.sqrt(self.m * self.n1 / (self.n1 + self.n2) + 1.0)
        for share in np.linspace(0.05, 0.95, 19):
            j = self.low + share * (self.high - self.low)
            inverse = 1 / (j + 1) + 1 / (self.n1 - j + 1) + 1 / (self.m - j + 1) + 1 / (self.n2 - self.m + j + 1)
            widest = np.maximum(np.where(share == 0.05, 0.0, widest), np.sqrt(1 / inverse))
        return np.asarray(np.minimum(np.ceil(REACH * widest + 12), self.high - self.low), dtype=np.float64)

    def _some(
        self, rows: npt.NDArray[np.intp], eta: FloatArray, reach: int
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        n1, n2, m, x = (part[rows][:, None] for part in (self.n1, self.n2, self.m, self.x))
        low, high = self.low[rows][:, None], self.high[rows][:, None]
        odds = np.exp(np.clip(eta, -300.0, 300.0))
        # The large-sample expectation lies within one of the mode, and near it is all that is needed.
        mode = np.clip(np.floor(expected_count(n1, n2, m, odds)), low, high)
        place = self._start[rows][:, None] + (mode - low).astype(np.intp)
        steps = np.arange(reach, dtype=np.float64)
        j = mode[..., None] + steps
        rise = np.maximum((n1[..., None] - j) * (m[..., None] - j), 0.0) / (
            (j + 1) * (n2 - m)[..., None] + (j + 1) ** 2
        )
        up = np.cumprod(np.where(j < high[..., None], rise * odds[..., None], 0.0), axis=-1)
        i = mode[..., None] - steps
        fall = i * ((n2 - m)[..., None] + i) / np.maximum((n1[..., None] - i + 1) * (m[..., None] - i + 1), 1.0)
        down = np.cumprod(np.where(i > low[..., None], fall / odds[..., None], 0.0), axis=-1)
        one, distance = 1.0 + up.sum(-1) + down.sum(-1), steps + 1
        shift = ((up * distance).sum(-1) - (down * distance).sum(-1)) / one
        square = ((up + down) * distance**2).sum(-1) / one
        value = (x - mode) * eta - self._flat[place] - np.log(one)
        return value, x - mode - shift, -(square - shift**2)


def _groups(reach: FloatArray) -> list[npt.NDArray[np.intp]]:
    """Rows of similar width together, so that wide tables do not make narrow ones slow."""
    size = np.ceil(np.log2(np.maximum(reach, 32.0)) / 2)
    return [np.flatnonzero(size == one) for one in np.unique(size) if not math.isnan(one)]
