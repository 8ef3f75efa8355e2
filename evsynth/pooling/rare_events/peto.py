"""Peto's one-step pool of odds ratios: ``y = sum(O - E)/sum V``, ``v = 1/sum V``.

``E = (a + c) n1/N`` and ``V = (a + c)(b + d) n1 n2/(N^2 (N - 1))``. Yusuf 1985, doi
10.1016/S0033-0620(85)80003-7. No correction is needed for single zeros; double-zero studies have ``V = 0`` and
no weight. It is biased when effects are large, arms unbalanced, or events not rare (Sweeting 2004, doi
10.1002/sim.1761): the result then carries PETO_NOT_RARE, PETO_UNBALANCED or PETO_LARGE_EFFECT.
"""

from __future__ import annotations

import math

import numpy as np

from evsynth.pooling.guard import InputError, check_level
from evsynth.pooling.rare_events.homogeneity import association
from evsynth.pooling.rare_events.stratified import StratifiedPool, around, finish, prepared
from evsynth.pooling.rare_events.tables import TwoArms, few_events, left_out, uninformative

RARE, BALANCED, LARGE = 0.01, 2.0, math.log(2.0)
"""Events in more than 1 %, arms beyond 2 to 1 in any study, and odds ratios beyond 2 or 1/2 are flagged."""


def peto(
    tables: TwoArms,
    *,
    level: float,
    add: float = 0.0,
    to: str = "none",
    drop00: bool = False,
) -> StratifiedPool:
    """Pool ``tables`` (counts, not rates). Raises InputError when no study has both events and non-events."""
    level = check_level(level)
    if tables.rates:
        raise InputError(["Peto's method is for counts of patients; for rates use Mantel-Haenszel"])
    used, gone, codes = prepared(tables, add=add, to=to, drop00=drop00)
    x, n = used.x1 + used.x2, used.n1 + used.n2
    v = np.where(n > 1, x * (n - x) * (used.n1 / n) * (used.n2 / n) / np.maximum(n - 1, 1e-300), 0.0)
    total = math.fsum(v)
    if total <= 0:
        raise InputError(["no study has both events and non-events: Peto's method has nothing to pool"])
    estimate = math.fsum(used.x1 - x * used.n1 / n) / total
    if not drop00:
        gone = (*gone, *left_out(tables, uninformative(used), "UNINFORMATIVE: double zero, V = 0, no weight"))
    able = v > 0
    own = (used.x1 - x * used.n1 / n)[able] / v[able]
    spread = around(own, 1 / v[able], estimate, left_out(used, ~able, "UNINFORMATIVE: V = 0"))
    doubts = {
        "PETO_NOT_RARE": math.fsum(x) > RARE * math.fsum(n),
        "PETO_UNBALANCED": bool((np.maximum(used.n1, used.n2) > BALANCED * np.minimum(used.n1, used.n2)).any()),
        "PETO_LARGE_EFFECT": abs(estimate) > LARGE,
    }
    return finish(
        "Peto", "PETO", "hypergeometric", estimate, math.sqrt(1 / total), level, spread,
        association(used, continuity=False), None, gone, used,
        (*codes, *few_events(tables), *(code for code, doubt in doubts.items() if doubt)),
    )  # fmt: skip
