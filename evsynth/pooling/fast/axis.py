"""The line of tau2 on which a likelihood is searched: how far it goes, and where to look.

With ``u = log(tau2 + c)``, ``c`` the smallest variance, the score has no singularity closer to the real line than
pi (its poles are at ``tau2 = -v_i``, and the zeros of ``sum w`` lie between them), whatever the variances are. So
features of the score have a width of order 1 in u, and points a quarter apart describe it.

A stationary point cannot lie beyond ``far``: with residuals inside the range D of the effects, weights w and p
coefficients, ``sum w^2 r^2 <= max(w) W D^2/4`` (Popoviciu 1935) and ``tr((X'WX)^-1 X'W^2X) <= p max(w)``, so the score
is negative as soon as ``max(w) D^2/4 + p max(w)/W < 1``; ``far`` makes it so.
"""

from __future__ import annotations

import numpy as np

from evsynth.pooling.guard import FloatArray

STEP = 0.25
"""Distance of the points in u. Halving it found no further maximum in the reference sets."""


def far(largest: FloatArray, spread: FloatArray, *, coefficients: int) -> FloatArray:
    """Return tau2 beyond which the score is negative: ``largest`` variance, ``spread`` the range of the effects.

    For p coefficients any k > p: from ``2 p`` times the largest variance on, weights differ by ``1 + 1/(2 p)`` at most,
    which leaves ``D^2/4`` room for ``1/(2 (p + 1.5))``.
    """
    if coefficients == 1:
        return np.maximum(largest, 0.75 * spread**2)
    return np.maximum(2.0 * coefficients * largest, 0.5 * (coefficients + 1.5) * spread**2)


def points(least: FloatArray, end: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the grid (points, pools) from one step *below* 0 to ``end``, and the step of each pool.

    Row 0 is negative (larger than ``-least``; it serves to see the curvature at 0), row 1 is exactly 0.
    """
    reach = np.log1p(end / least)
    count = max(3, int(np.ceil(float(reach.max()) / STEP)))
    step = reach / count
    multiples = np.arange(-1, count + 1, dtype=np.float64)[:, None]
    return least * np.expm1(multiples * step), step
