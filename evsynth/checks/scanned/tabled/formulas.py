"""Records of tables against the formulas of their roles: t = B / SE, SMR = observed / expected, exp(B) = OR."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Number, words_of
from evsynth.checks.scanned.tabled.records import Record, records
from evsynth.model.finding import Finding
from evsynth.reanalyse.distributions import t_size
from evsynth.reanalyse.spans import Span, over, span
from evsynth.text.expressions import Expression

CODES = ("REGRESSION_T", "OBSERVED_EXPECTED", "AGREEMENT", "NEEDED_TO_TREAT", "STANDARD_ERROR", "INTERVAL_OF_MEANS",
         "HETEROGENEITY", "COUNT_PERCENT", "RATIO_INTERVAL", "DERIVED_VALUE")  # fmt: skip

_OTHER = Expression(r"bootstrap|bayes|credible|non-?parametric|percentile|median|geometric|robust|log[- ]", re.I)


class _Told(NamedTuple):
    """What a record prints, what the formula gives for it (any of some spans), and all numbers used."""

    code: str
    formula: str
    printed: tuple[Number, ...]
    gives: tuple[Span, ...]
    used: tuple[Number, ...]


def formulas(reading: Reading) -> Iterator[Finding]:
    """Recompute what a record prints from the rest of it. Left alone: formulas that two records of a table break."""
    found: dict[tuple[int, str], list[tuple[Record, _Told]]] = defaultdict(list)
    kept: dict[tuple[int, str], int] = defaultdict(int)
    for record in records(reading):
        for told in _told(record):
            key = record.table.index, told.formula
            if _fits(told):
                kept[key] += 1
            else:
                found[key].append((record, told))
    for key, wrong in found.items():
        if len(wrong) > max(1, kept[key] // 3):
            continue
        for record, told in wrong:
            name = ", ".join(w for w in (record.label, record.group) if w) or "row"
            gives = " or ".join(f"{s.middle:.3g}" for s in told.gives)
            yield reading.finding(
                told.code, "inconsistent",
                f"{name}: {' to '.join(str(n.printed) for n in told.printed)} is inconsistent with {told.formula}, "
                f"which gives {gives}",
                "another model or another number of patients may explain it; otherwise one number is misprinted",
                quotes=(record.spot(*told.used),), computed=(("value", gives),),
            )  # fmt: skip


def _fits(told: _Told) -> bool:
    if len(told.printed) == 2:
        low, high = (span(n.printed) for n in told.printed)
        return any(_near(low, s.low, s) and _near(high, s.high, s) for s in told.gives)
    printed = span(told.printed[0].printed)
    return any(printed.low - _slack(s) <= s.high and s.low <= printed.high + _slack(s) for s in told.gives)


def _near(printed: Span, end: float, whole: Span) -> bool:
    slack = 0.12 * (whole.high - whole.low)
    return printed.low - slack <= end <= printed.high + slack


def _slack(gives: Span) -> float:
    return 0.03 * max(abs(gives.low), abs(gives.high))


def _told(record: Record) -> Iterator[_Told]:
    one = {role: n for role in record.values if (n := record.one(role)) is not None and not n.printed.bound}
    s = {role: span(n.printed) for role, n in one.items()}
    if {"b", "se"} <= set(s) and s["se"].low > 0:
        quotient = over(lambda b, se: b / se, s["b"], s["se"])
        for role in ("t", "z"):
            if role in one:
                gives = (quotient, Span(-quotient.high, -quotient.low)) if one[role].value > 0 else (quotient,)
                yield _Told("REGRESSION_T", f"B / SE = {role}", (one[role],), gives, _all(one, "b", "se", role))
        if "wald" in one:
            size = quotient.absolute()
            square = Span(size.low**2, size.high**2)
            yield _Told(
                "REGRESSION_T", "Wald = (B / SE)²", (one["wald"],), (square, size), _all(one, "b", "se", "wald")
            )
    if {"observed", "expected"} <= set(s) and s["expected"].low > 0:
        ratio = over(lambda o, e: o / e, s["observed"], s["expected"])
        for role in ("smr", "ratio"):
            if role in one:
                given = (ratio, Span(100 * ratio.low, 100 * ratio.high))
                yield _Told("OBSERVED_EXPECTED", "observed / expected", (one[role],), given,
                            _all(one, "observed", "expected", role))  # fmt: skip
    centre = one.get("bias") or one.get("mean") or one.get("difference")
    ends = record.pair("agreement")
    if ends is not None and centre is not None and "sd" in one:
        mean, sd = centre.value, one["sd"].value
        yield _Told("AGREEMENT", "bias ± 1.96 SD", ends, (Span(mean - 1.96 * sd, mean + 1.96 * sd),),
                    (centre, one["sd"], *ends))  # fmt: skip
    if "nnt" in one and "difference" in one and s["difference"].absolute().low > 0:
        size = s["difference"].absolute()
        gives = Span(100 / size.high, 100 / size.low), Span(1 / size.high, 1 / size.low)
        up = tuple(Span(g.low, math.ceil(g.high)) for g in gives)
        yield _Told("NEEDED_TO_TREAT", "1 / difference", (one["nnt"],), up, _all(one, "difference", "nnt"))
    if {"b", "ratio"} <= set(s) and abs(one["b"].value) < 8 and one["ratio"].value > 0:
        b = s["b"]
        yield _Told("DERIVED_VALUE", "exp(B)", (one["ratio"],), (Span(math.exp(b.low), math.exp(b.high)),),
                    _all(one, "b", "ratio"))  # fmt: skip
    if {"q", "df", "heterogeneity"} <= set(s) and s["q"].low > 0:
        share = [100 * max(0.0, (q - one["df"].value) / q) for q in s["q"]]
        yield _Told("HETEROGENEITY", "(Q - df) / Q", (one["heterogeneity"],), (Span(min(share) - 1, max(share) + 1),),
                    _all(one, "q", "df", "heterogeneity"))  # fmt: skip
    if {"icer", "more_cost", "more_effect"} <= set(s) and s["more_effect"].absolute().low > 0:
        quotient = over(lambda a, b: a / b, s["more_cost"], s["more_effect"])
        yield _Told("DERIVED_VALUE", "more cost / more effect", (one["icer"],), (quotient,),
                    _all(one, "more_cost", "more_effect", "icer"))  # fmt: skip
    if {"count", "of", "percent"} <= set(s) and one["of"].value > 0 and not one["count"].printed.decimals:
        share = [100 * one["count"].value / one["of"].value]
        yield _Told("COUNT_PERCENT", "count / base", (one["percent"],), (Span(share[0], share[0]),),
                    _all(one, "count", "of", "percent"))  # fmt: skip
    yield from _errors(record, one, s)


def _errors(record: Record, one: dict[str, Number], s: dict[str, Span]) -> Iterator[_Told]:
    """Give standard errors and intervals against the standard deviation and the number of patients, or each other."""
    if _OTHER.search(words_of(record.table)):
        return
    ends = record.pair("limits")
    if ends is not None and ends[0].value >= ends[1].value:
        return
    size = one.get("count") or record.size
    n = size.value if size is not None and not size.printed.decimals else 0
    if "sd" in one and "mean" in one and "mean_rank" not in one and n > 4 and size is not None:
        error = over(lambda sd: sd / math.sqrt(n), s["sd"])
        if "se" in one:
            yield _Told("STANDARD_ERROR", "SD / √n", (one["se"],), (error,), (*_all(one, "sd", "se"), size))
        elif ends is not None:
            half = error.middle * t_size(0.05, n - 1)
            mean = one["mean"].value
            told = Span(mean - half, mean + half)
            yield _Told("INTERVAL_OF_MEANS", "mean ± t SD / √n", ends, (told,), (*_all(one, "mean", "sd"), *ends))
    centre = [role for role in ("mean", "difference", "b") if role in one]
    if "se" in one and ends is not None and len(centre) == 1:
        half = (ends[1].value - ends[0].value) / 2
        step = 10.0 ** -max(n.printed.decimals for n in ends)
        given = Span((half - step) / 2.8, (half + step) / 1.6)
        yield _Told("STANDARD_ERROR", "half the interval / 1.96", (one["se"],), (given,),
                    (*_all(one, centre[0], "se"), *ends))  # fmt: skip


def _all(one: dict[str, Number], *roles: str) -> tuple[Number, ...]:
    return tuple(one[r] for r in roles)


__all__ = ["CODES", "formulas"]
