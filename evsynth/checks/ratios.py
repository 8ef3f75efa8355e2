"""A ratio, its confidence interval and its P value fit each other on the log scale."""

from __future__ import annotations

import math
from collections.abc import Iterator
from statistics import NormalDist

from evsynth.checks.registry import Case
from evsynth.model.finding import Finding
from evsynth.model.observation import Observation
from evsynth.model.printed import Printed

CODES = ("RATIO_INTERVAL", "RATIO_P")

_RATIOS = ("hazard_ratio", "odds_ratio", "risk_ratio")


def ratios(case: Case) -> Iterator[Finding]:
    """Check printed ratios. A bootstrap interval need not be symmetric and is left alone."""
    for o in case.extraction.observations:
        name = next((r for r in _RATIOS if r in o.statistics), None)
        if name is None or not {"lower", "upper"} <= o.statistics.keys() or "bootstrap" in (o.about.ci_method or ""):
            continue
        yield from _asymmetry(case, o, name)
        yield from _p(case, o, name)


def _logs(number: Printed) -> tuple[float, float] | None:
    """Give the logs of the interval of values that print as `number`; None if it reaches zero or is a bound."""
    interval = number.interval()
    if number.bound or interval.low is None or interval.high is None or interval.low <= 0:
        return None
    return math.log(float(interval.low)), math.log(float(interval.high))


def _asymmetry(case: Case, o: Observation, name: str) -> Iterator[Finding]:
    estimate, lower, upper = (_logs(o.statistics[n]) for n in (name, "lower", "upper"))
    if estimate is None or lower is None or upper is None:
        return
    if estimate[1] < lower[0] or estimate[0] > upper[1]:  # outside its interval: OUT_OF_ORDER says so
        return
    middle = ((lower[0] + upper[0]) / 2, (lower[1] + upper[1]) / 2)
    if estimate[1] < middle[0] or estimate[0] > middle[1]:
        centre = math.exp(sum(middle) / 2)
        yield case.finding(
            "RATIO_INTERVAL", "inconsistent", (*o.path, name),
            f"{o.variable}: {name} {o.statistics[name]} is inconsistent with the middle of its interval on the log "
            f"scale, {centre:.4g}",
            "profile or bootstrap intervals need not be symmetric; otherwise one of the three numbers is misprinted",
            about=(o,), computed=(("middle", f"{centre:.6g}"),),
        )  # fmt: skip


def _p(case: Case, o: Observation, name: str) -> Iterator[Finding]:
    estimate, lower, upper = (_logs(o.statistics[n]) for n in (name, "lower", "upper"))
    p = o.statistics.get("p")
    level = float(o.statistics["level"]) if "level" in o.statistics else 95.0
    if estimate is None or lower is None or upper is None or p is None or not 0 < level < 100:
        return
    normal = NormalDist()
    quantile = normal.inv_cdf(0.5 + level / 200)
    widest, narrowest = (upper[1] - lower[0]) / (2 * quantile), (upper[0] - lower[1]) / (2 * quantile)
    if narrowest <= 0:
        return
    farthest = max(abs(estimate[0]), abs(estimate[1])) / narrowest
    nearest = 0.0 if estimate[0] <= 0 <= estimate[1] else min(abs(estimate[0]), abs(estimate[1])) / widest
    low, high = 2 * normal.cdf(-farthest), 2 * normal.cdf(-nearest)
    if not p.interval().meets(low, high):
        middle = (low + high) / 2
        yield case.finding(
            "RATIO_P", "inconsistent", (*o.path, "p"),
            f"{o.variable}: P {p} is inconsistent with {name} {o.statistics[name]} "
            f"({o.statistics['lower']} to {o.statistics['upper']}), which gives P between {low:.2g} and {high:.2g}",
            "the P value may come from another test (log-rank, likelihood ratio) than the interval",
            about=(o,), computed=(("p", f"{middle:.4g}"),),
        )  # fmt: skip
