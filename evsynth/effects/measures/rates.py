"""Measures of two groups counted over person-time: events ``x1`` in ``t1`` against ``x2`` in ``t2``.

    IRR     ln (x1/t1)/(x2/t2)             1/x1 + 1/x2
    IRD     x1/t1 - x2/t2                  x1/t1^2 + x2/t2^2
    IRSD    sqrt(x1/t1) - sqrt(x2/t2)      1/(4 t1) + 1/(4 t2)

Rothman, Greenland & Lash 2008; Bagos & Nikolopoulos 2009, Int J Biostat 5(1), 21.
"""

from __future__ import annotations

import numpy as np

from evsynth.effects.measures.columns import Data, demand_counts, demand_positive
from evsynth.effects.measures.formula import Family, Formula, Pair


def _prepare(data: Data) -> Data:
    demand_counts(data, ("x1i", "x2i"))
    demand_positive(data, ("t1i", "t2i"))
    return {**data, "ni": data["t1i"] + data["t2i"]}


TWO_RATES = Family((("x1i", "t1i", "x2i", "t2i"),), _prepare, cells=("x1i", "x2i"), groups=(("x1i", "x2i"),))


def _ratio(data: Data, _: str, __: bool) -> Pair:
    y = np.log(data["x1i"] / data["t1i"]) - np.log(data["x2i"] / data["t2i"])
    return y, 1 / data["x1i"] + 1 / data["x2i"]


def _difference(data: Data, _: str, __: bool) -> Pair:
    x1, t1, x2, t2 = (data[name] for name in ("x1i", "t1i", "x2i", "t2i"))
    return x1 / t1 - x2 / t2, x1 / t1**2 + x2 / t2**2


def _root_difference(data: Data, _: str, __: bool) -> Pair:
    y = np.sqrt(data["x1i"] / data["t1i"]) - np.sqrt(data["x2i"] / data["t2i"])
    return y, 1 / (4 * data["t1i"]) + 1 / (4 * data["t2i"])


FORMULAS: dict[str, Formula] = {
    "IRR": Formula("rate ratio", "log", TWO_RATES, _ratio, "y = ln((x1/t1)/(x2/t2)); v = 1/x1 + 1/x2"),
    "IRD": Formula("rate difference", "natural", TWO_RATES, _difference, "y = x1/t1 - x2/t2; v = x1/t1^2 + x2/t2^2"),
    "IRSD": Formula(
        "difference of square roots of rates", "natural", TWO_RATES, _root_difference, "v = 1/(4 t1) + 1/(4 t2)"
    ),
}
