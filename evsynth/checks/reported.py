"""Reported results that the printed numbers beside them do not give: percentages, P values, ratios, coefficients.

The arithmetic is that of `evsynth.reanalyse`: a result is discrepant only where no values that print like its inputs
give it, under any test the paper could have used. This module says so as findings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from evsynth.checks.admissible import asymmetry, interval_for_p, other_counts, symmetric
from evsynth.checks.counts import denominator
from evsynth.checks.registry import Case
from evsynth.model.finding import Alternative, Finding, Severity
from evsynth.model.observation import Observation
from evsynth.model.printed import Printed
from evsynth.reanalyse.counting import counts_that_print, denominators_that_print, percent
from evsynth.reanalyse.distributions import normal_size
from evsynth.reanalyse.facts import Facts
from evsynth.reanalyse.prints import reanalyse
from evsynth.reanalyse.result import Attempt, Recomputed
from evsynth.reanalyse.rows.p_values import explanation
from evsynth.reanalyse.spans import Span, span

CODES = (
    "COUNT_PERCENT", "PERCENT_IMPOSSIBLE", "RATIO_INTERVAL", "RATIO_P", "RATIO_OF_COUNTS",
    "REGRESSION_INTERVAL", "REGRESSION_T", "REGRESSION_BETA", "R_SQUARED", "CHANGE_OF_VISITS",
    "P_OF_COUNTS", "P_OF_MEANS", "P_OF_RANKS", "P_OF_CORRELATION", "P_OF_CHANGE", "P_OF_REGRESSION", "P_OF_STATISTIC",
    "P_OF_PERCENTAGES", "P_STATED", "U_OF_GRADES", "COMPONENTS", "GRADES",
)  # fmt: skip

P_CODES = {
    "counts": "P_OF_COUNTS", "means": "P_OF_MEANS", "ranks": "P_OF_RANKS", "correlation": "P_OF_CORRELATION",
    "change": "P_OF_CHANGE", "regression": "P_OF_REGRESSION", "ratio": "RATIO_P", "statistic": "P_OF_STATISTIC",
    "percentages": "P_OF_PERCENTAGES", "stated": "P_STATED", "other": "P_OF_STATISTIC",
}  # fmt: skip


class Kind(NamedTuple):
    """How a discrepant quantity is called, and its innocent explanation."""

    code: str
    hint: str


KINDS: dict[str, Kind] = {
    "b": Kind("REGRESSION_INTERVAL", "a bootstrap interval need not be symmetric; otherwise one number is misprinted"),
    "t": Kind("REGRESSION_T", "the interval may be made from rounded numbers; missing values change df"),
    "beta": Kind("REGRESSION_BETA", "the two places may have analysed other patients; otherwise one line is from "
                                    "another model"),
    "adjusted_r_squared": Kind("R_SQUARED", "it may belong to another model than the coefficients"),
    "u": Kind("U_OF_GRADES", "patients may be missing from one of the two"),
    "mean_change": Kind("CHANGE_OF_VISITS", "the change may be that of patients seen at both visits"),
    "change_of_medians": Kind("CHANGE_OF_VISITS", "the change may be that of patients seen at both visits"),
    "percent_reduction": Kind("CHANGE_OF_VISITS", "it may be the mean of the patients' own reductions"),
    "mean": Kind("COMPONENTS", "a component may have been scored in fewer patients"),
    "median": Kind("GRADES", "patients may be missing from the grades"),
    "q1": Kind("GRADES", "patients may be missing from the grades"),
    "q3": Kind("GRADES", "patients may be missing from the grades"),
}  # fmt: skip

RATIOS = ("hazard_ratio", "odds_ratio", "risk_ratio")

NEAR = 0.35
"""A P of the log-rank or the likelihood-ratio test lies this near, in Z, to that of the interval (a concern)."""

SKEWED = 0.15
"""An exact or profile interval is seldom more asymmetric than this share of half its width (else a concern)."""

SLIGHT = 0.002
"""A coefficient this share of itself away from what follows was most likely rounded in between (a note)."""

EXPLAINED = ("half of it", "r taken over", "on ")
"""Explanations that papers seldom state and that are likely enough for a concern: one-sided, fewer pairs, fewer df."""

MISSING = "patients with missing values, or a test that is not named, may explain it"
UNNAMED = "neither the sizes of the groups nor the test are printed: a one-sided or another test may explain it"
OTHER_TEST = "the P value may come from another test (log-rank, likelihood ratio) than the interval"

Maker = Callable[[Case, Facts, Recomputed, Observation, tuple[Observation, ...]], Iterator[Finding]]


def reported(case: Case) -> Iterator[Finding]:
    """Say of every discrepant result what is printed, what follows, and what would explain it."""
    facts = Facts(case.extraction.study, case.extraction.observations, case.review.instruments)
    by_path = {o.path: o for o in facts.observations}
    by_name = {o.name(""): o for o in facts.observations}
    for row in reanalyse(case.extraction, case.review.instruments):
        if row.verdict != "discrepant" or row.quantity not in MAKERS:
            continue
        o = by_path[row.path]
        names = {name for a in row.tried if a.binding for name in a.inputs} | set(row.inputs)
        used = [by_name[n] for n in sorted({f"{name.rpartition('.')[0]}." for name in names}) if n in by_name]
        about = tuple({x.path: x for x in (o, *sorted(used, key=lambda x: str(x.path)))}.values())
        yield from MAKERS[row.quantity](case, facts, row, o, about)


def _percent(
    case: Case, facts: Facts, row: Recomputed, o: Observation, about: tuple[Observation, ...]
) -> Iterator[Finding]:
    total, share, count = denominator(o, facts), o.statistics["percent"], o.statistics.get("count")
    what = f"{o.variable} in {o.group}"
    if total is None or share.bound:
        return
    if count is None:
        yield case.finding(
            "PERCENT_IMPOSSIBLE", "inconsistent", (*o.path, "percent"),
            f"{what}: {share}% is inconsistent with any whole number of {total} patients",
            "missing data would give another denominator; without a count it is not used in a proportion",
            about=(o,),
        )  # fmt: skip
        return
    if count.bound or count.value > total:
        return  # COUNT_EXCEEDS says so
    real, number = percent(int(count.value), total), int(count.value)
    hidden = [n for n in denominators_that_print(share, number, total) if n != total]
    innocent = f"a denominator of {', '.join(map(str, hidden))} (missing data) gives it; " if hidden else ""
    fit = counts_that_print(share, total)
    alternatives = [
        Alternative(str(n), f"count that prints as {share}% of {total}", ((o.name("count"), str(n)),)) for n in fit
    ]
    alternatives += [
        Alternative(f"{count} of {n}", f"denominator of which {count} prints as {share}%", ((o.name("of"), str(n)),))
        for n in hidden
    ]
    yield case.finding(
        "COUNT_PERCENT", "inconsistent", (*o.path, "percent"),
        f"{what}: {share}% is inconsistent with {count} of {total}, which is {real:.{share.decimals}f}%",
        f"{innocent}counts that print as {share}% of {total}: {', '.join(map(str, fit)) or 'no whole number'}",
        about=(o,), computed=(("percent", f"{real:.4f}"),), alternatives=tuple(alternatives),
    )  # fmt: skip


def _p(case: Case, facts: Facts, row: Recomputed, o: Observation, about: tuple[Observation, ...]) -> Iterator[Finding]:
    kind = next((a.kind for a in row.tried if a.binding and not a.missing), "other")
    p, tried = o.statistics["p"], [a for a in row.tried if a.binding and not a.missing and a.point is not None]
    given = "; ".join(_gives(a) for a in tried) or f"{row.route}: {row.recomputed or 'none'}"
    explained = explanation(p, row.tried)
    severity: Severity = "concern" if explained.startswith(EXPLAINED) else "inconsistent"
    hint, alternatives = explained or MISSING, other_counts(row)
    if kind == "ranks":
        given += "; ties make P smaller, never larger"
    if kind == "percentages":
        searched = next(a for a in row.tried if a.kind == "percentages")
        severity, given, hint = "concern", f"{searched.route}: {searched.note}", UNNAMED
    if kind == "ratio":
        name = next(r for r in RATIOS if facts.number(o, r, anywhere=True))
        severity, hint, alternatives = _ratio_severity(p, row), OTHER_TEST, interval_for_p(o, facts, name)
    yield case.finding(
        P_CODES[kind], severity, (*o.path, "p"),
        f"{_what(o)}: P {p} is inconsistent with {_given(about, o)}: {given}", hint,
        about=about, computed=tuple((a.route, f"{a.point:.4g}") for a in tried), alternatives=alternatives,
    )  # fmt: skip


def _gives(attempt: Attempt) -> str:
    """Say a route with its P, and what rounding of its inputs allows."""
    route, values = attempt.route.partition(", 2 × 2")[0], attempt.span
    if values is None or values.low == values.high:
        return f"{route} {attempt.point:.3g}"
    return f"{route} {attempt.point:.3g} (between {values.low:.2g} and {values.high:.2g} by rounding)"


def _ratio_severity(p: Printed, row: Recomputed) -> Severity:
    """A P of another test lies near that of the interval; one far off does not."""
    if row.low is None or row.high is None:
        return "inconsistent"
    values, reach = span(p), Span(normal_size(row.high), normal_size(row.low))
    z = Span(normal_size(values.high), normal_size(values.low))
    return "inconsistent" if max(z.low - reach.high, reach.low - z.high) > NEAR else "concern"


def _ratio(
    case: Case, facts: Facts, row: Recomputed, o: Observation, about: tuple[Observation, ...]
) -> Iterator[Finding]:
    printed = o.statistics[row.quantity]
    if "counts" in row.route:
        yield case.finding(
            "RATIO_OF_COUNTS", "inconsistent", (*o.path, row.quantity),
            f"{_what(o)}: {_words(row.quantity)} {printed} is inconsistent with the counts of both groups, which give "
            f"{row.recomputed}", "it may be adjusted, or be that of the other direction",
            about=about, computed=((row.quantity, row.recomputed),),
        )  # fmt: skip
        return
    found = facts.interval(o, row.quantity)
    if found is None or row.point is None:
        return
    _, lower, upper = found
    skew = asymmetry(printed, lower.printed, upper.printed)
    if skew > 1:
        return  # the estimate is outside its interval: OUT_OF_ORDER says so
    yield case.finding(
        "RATIO_INTERVAL", "inconsistent" if skew > SKEWED else "concern", (*o.path, row.quantity),
        f"{_what(o)}: {_words(row.quantity)} {printed} is inconsistent with the middle of its interval on the log "
        f"scale, {row.point:.4g}",
        "profile, exact or bootstrap intervals need not be symmetric; otherwise one of the three numbers is misprinted",
        about=about, computed=(("middle", f"{row.point:.6g}"),), alternatives=symmetric(o, facts, row.quantity),
    )  # fmt: skip


def _other(
    case: Case, facts: Facts, row: Recomputed, o: Observation, about: tuple[Observation, ...]
) -> Iterator[Finding]:
    kind = KINDS[row.quantity]
    name = _words(row.quantity)
    note = f"; {row.note}" if row.note else ""
    severity: Severity = "concern" if row.quantity == "t" and " fit on " in row.note else "inconsistent"
    hint = kind.hint
    if _slight(o.statistics[row.quantity], row):
        severity, hint = "note", f"so small a difference may come from rounding in between; {kind.hint}"
    yield case.finding(
        kind.code, severity, (*o.path, row.quantity),
        f"{_what(o)}: {name} {row.reported} is inconsistent with {row.route}, which gives {row.recomputed}{note}",
        hint, about=about, computed=((name, row.recomputed),),
    )  # fmt: skip


def _slight(printed: Printed, row: Recomputed) -> bool:
    """Say whether the values that print so are less than `SLIGHT` of the number away from those that follow."""
    own, value = span(printed), abs(float(printed.value))
    if row.low is None or row.high is None or value == 0:
        return False
    return max(own.low - row.high, row.low - own.high) < SLIGHT * value


def _words(statistic: str) -> str:
    return statistic.replace("_", " ")


def _what(o: Observation) -> str:
    more = "".join(f" {word} {name}" for word, name in (("with", o.about.with_), ("term", o.about.term)) if name)
    return f"{o.variable}{more} in {o.group}"


def _given(about: tuple[Observation, ...], o: Observation) -> str:
    """Say in the words of the paper what a P was compared with."""
    others = [x for x in about if x.path != o.path and x.printed]
    if others:
        return " and ".join(f"{x.printed} ({x.group})" for x in others[:4]) + (" …" if len(others) > 4 else "")
    return f"what is printed with it ({o.printed})"


MAKERS: dict[str, Maker] = {
    "percent": _percent, "p": _p,
    "hazard_ratio": _ratio, "odds_ratio": _ratio, "risk_ratio": _ratio,
    **dict.fromkeys(KINDS, _other),
}  # fmt: skip
