"""Many pools side by side: arrays with one row per study and one column per pool, in units that cannot overflow.

Effects are centred and scaled by a power of two before any arithmetic (variances by its square), which is exact,
and the answers are scaled back: effects of 1e-12 or 1e+12 keep every digit.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from evsynth.pooling.guard import FloatArray

ELEMENTS = 32_768
"""Studies times pools in one block: a handful of such arrays stays in the processor's second-level cache."""


class Block(NamedTuple):
    """``y`` and ``v`` of shape (k, m), or (k, 1) for pools of one data set; ``inside`` (k, m) holds 1.0 for members
    and 0.0 for the rest, or is None when every pool has every study; ``sizes`` (m,) counts the members.
    """

    y: FloatArray
    v: FloatArray
    inside: FloatArray | None
    sizes: FloatArray

    def columns(self, chosen: npt.NDArray[np.intp]) -> Block:
        """Return the block of the chosen pools."""
        one = self.y.shape[1] == 1
        return Block(
            self.y if one else self.y[:, chosen],
            self.v if self.v.shape[1] == 1 else self.v[:, chosen],
            None if self.inside is None else self.inside[:, chosen],
            self.sizes[chosen],
        )

    def weights(self, tau2: FloatArray | float) -> FloatArray:
        """Return ``1/(v + tau2)``, 0 outside, shape (k, m)."""
        w = 1.0 / (self.v + tau2)
        if self.inside is not None:
            w = w * self.inside
        elif w.shape[1] != len(self.sizes):
            w = np.broadcast_to(w, (len(w), len(self.sizes)))
        return w


class Units(NamedTuple):
    """What was taken off: ``y = centre + 2^exponent * (y in the block)``; arrays of shape (m,) or (1,)."""

    centre: FloatArray
    exponent: npt.NDArray[np.intc]

    def effects(self, values: FloatArray) -> FloatArray:
        """Return means in the units of the data."""
        return np.asarray(np.ldexp(values, self.exponent) + self.centre, dtype=np.float64)

    def errors(self, values: FloatArray) -> FloatArray:
        """Return standard errors in the units of the data."""
        return np.asarray(np.ldexp(values, self.exponent), dtype=np.float64)

    def variances(self, values: FloatArray) -> FloatArray:
        """Return variances in the units of the data."""
        return np.asarray(np.ldexp(values, 2 * self.exponent), dtype=np.float64)


def standardise(y: FloatArray, v: FloatArray) -> tuple[FloatArray, FloatArray, Units]:
    """Return columns centred at their inverse-variance mean, in units of about the smallest standard error."""
    w = 1.0 / v
    centre = (w * y).sum(axis=0) / w.sum(axis=0)
    exponent = (np.frexp(v.min(axis=0))[1] // 2).astype(np.intc)
    unit = np.ldexp(1.0, -exponent)  # a power of two: multiplying by it is exact
    return (y - centre) * unit, v * unit * unit, Units(centre, exponent)
