"""Sensitivity, specificity and predictive values against the four counts that they are made of."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.counting import percent_span
from evsynth.reanalyse.distributions import normal_size
from evsynth.reanalyse.result import meets
from evsynth.scan.parts import Table

CODES = ("COUNT_PERCENT", "PROPORTION_INTERVAL")

_COUNTS = {
    "tp": r"TP|true[- ]positives?", "fp": r"FP|false[- ]positives?", "fn": r"FN|false[- ]negatives?",
    "tn": r"TN|true[- ]negatives?",
}  # fmt: skip
_RATES = {
    "sensitivity": (r"sens(?:itivity)?|recall", "tp", "fn"),
    "specificity": (r"spec(?:ificity)?", "tn", "fp"),
    "PPV": (r"PPV|positive predictive value|precision", "tp", "fp"),
    "NPV": (r"NPV|negative predictive value", "tn", "fn"),
}
_HEAD = r"\s*(?:[,(]?\s*(?:%|n|no\.?|95 ?% ?CI|\(95% CI\)|\(%\)|n/N)\s*[),]*)*\s*(?:\(95% CI\))?\s*$"
_COUNT = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_RATE = re.compile(r"\s*(\d+(?:[.·]\d+)?)")
_PROSE = re.compile(
    r"(?P<p>\d+(?:[.·]\d+)?)\s*%\s*[(\[]\s*(?P<k>\d+)\s*(?:/|of|out of)\s*(?:the )?(?P<n>\d+)\s*(?:patients\s*)?"
    r"(?P<ci>[;,]\s*(?:95\s?%\s?(?:CI|confidence interval)?:?,?\s*)(?P<lo>\d+(?:[.·]\d+)?)\s*%?\s*(?:-|to|,)\s*"
    r"(?P<hi>\d+(?:[.·]\d+)?)\s*%?\s*)?[)\]]",
    re.I,
)
_KN = re.compile(
    r"(?P<k>\d+)\s*(?:/|of|out of)\s*(?:the )?(?P<n>\d+)\s*(?:patients\s*)?[(\[]\s*(?P<p>\d+(?:[.·]\d+)?)\s*%\s*"
    r"(?P<ci>[;,\[(]\s*(?:95\s?%\s?(?:CI|confidence interval)?:?,?\s*)(?P<lo>\d+(?:[.·]\d+)?)\s*%?\s*(?:-|to|,)\s*"
    r"(?P<hi>\d+(?:[.·]\d+)?)\s*%?\s*)[)\]]", re.I,
)  # fmt: skip
_MODELLED = re.compile(
    r"adjusted|weighted|estimat|Kaplan|cumulative|pooled|bootstrap|cluster|imput|model|predicted", re.I
)
SLACK = 1.0
"""Percentage points by which a printed limit may lie outside the range of the usual intervals."""


class Limits(NamedTuple):
    """The least and the largest limit that the usual intervals of a proportion give, in percent."""

    low: tuple[float, float]
    high: tuple[float, float]


def accuracy(reading: Reading) -> Iterator[Finding]:
    """Check rows that print the four counts with rates, and proportions of sentences with count and interval."""
    for table in reading.document.tables:
        yield from _table(reading, table)
    for line in lines(reading, ("abstract", "results", "body")):
        for match in (*_PROSE.finditer(line.words), *_KN.finditer(line.words)):
            yield from _proportion(reading, line.words, line.start, match)


def _table(reading: Reading, table: Table) -> Iterator[Finding]:
    heads = {c.index: c.heads[-1].text if c.heads else "" for c in table.columns[1:]}
    counts = {k: _column(heads, pattern) for k, pattern in _COUNTS.items()}
    rates = {k: _column(heads, pattern) for k, (pattern, _, _) in _RATES.items()}
    if any(c is None for c in counts.values()):
        return
    for row in table.rows:
        texts = {k: table.cell(row.index, c or 0) for k, c in counts.items()}
        if not all(_COUNT.fullmatch(cell.text) for cell in texts.values()):
            continue
        values = {k: int(cell.text.replace(",", "")) for k, cell in texts.items()}
        for name, column in rates.items():
            cell = table.cell(row.index, column) if column is not None else None
            match = _RATE.match(reading.document.plain[cell.start : cell.end]) if cell is not None else None
            _, hit, miss = _RATES[name]
            of = values[hit] + values[miss]
            if cell is None or match is None or not of:
                continue
            printed = Printed.parse(match[1])
            share = values[hit] / of
            if float(printed.value) <= 1 and printed.decimals > 1:
                fits = abs(float(printed.value) - share) <= 0.51 * 10.0**-printed.decimals
            else:
                fits = meets(printed, percent_span(values[hit], of))
            if not fits:
                at = cell.start + match.start(1)
                yield reading.finding(
                    "COUNT_PERCENT", "inconsistent",
                    f"{row.label.text}: {name} {printed} is inconsistent with {values[hit]} of {of}, which is "
                    f"{100 * share:.2f}%", "the rate may be of another cut-off; otherwise a number is misprinted",
                    quotes=((at, at + len(match[1])), (texts[hit].start, texts[hit].end),
                            (texts[miss].start, texts[miss].end)), computed=(("percent", f"{100 * share:.4f}"),),
                )  # fmt: skip


def _column(heads: dict[int, str], pattern: str) -> int | None:
    found = [i for i, text in heads.items() if re.match(rf"(?:{pattern}){_HEAD}", text.strip(), re.I)]
    return found[0] if len(found) == 1 else None


def _proportion(reading: Reading, words: str, offset: int, match: re.Match[str]) -> Iterator[Finding]:
    count, of, printed = int(match["k"]), int(match["n"]), Printed.parse(match["p"].replace("·", "."))
    start, end = offset + match.start(), offset + match.end()
    if not of > 0 or count > of or _MODELLED.search(words):
        return
    if not meets(printed, percent_span(count, of)):
        return  # another check says so
    if not match["ci"] or of < 5:
        return
    limits = _limits(count, of)
    low, high = (float(match[g].replace("·", ".")) for g in ("lo", "hi"))
    half = [0.51 * 10.0 ** -len(match[g].replace("·", ".").partition(".")[2]) + SLACK for g in ("lo", "hi")]
    inside = (
        limits.low[0] - half[0] <= low <= limits.low[1] + half[0]
        and limits.high[0] - half[1] <= high <= limits.high[1] + half[1]
    )
    if not inside and low < high:
        yield reading.finding(
            "PROPORTION_INTERVAL", "inconsistent",
            f"{low:g} to {high:g} is inconsistent with {count} of {of}; the usual intervals run from "
            f"{limits.low[0]:.1f}-{limits.low[1]:.1f} to {limits.high[0]:.1f}-{limits.high[1]:.1f}",
            "an interval that allows for clusters is wider; otherwise a limit is misprinted", quotes=((start, end),),
            computed=(("lower limits", f"{limits.low[0]:.2f} to {limits.low[1]:.2f}"),
                      ("upper limits", f"{limits.high[0]:.2f} to {limits.high[1]:.2f}")),
        )  # fmt: skip


def _limits(count: int, of: int) -> Limits:
    """Give the span of the Wald, Wilson, Agresti-Coull and Clopper-Pearson limits, in percent."""
    z, share = normal_size(0.05), count / of
    wide = z * (share * (1 - share) / of) ** 0.5
    centre = (share + z * z / (2 * of)) / (1 + z * z / of)
    narrow = z / (1 + z * z / of) * (share * (1 - share) / of + z * z / (4 * of * of)) ** 0.5
    near = z * (centre * (1 - centre) / (of + z * z)) ** 0.5
    lows = [max(0.0, share - wide), max(0.0, centre - narrow), max(0.0, centre - near), _exact(count, of, lower=True)]
    highs = [min(1.0, share + wide), min(1.0, centre + narrow), min(1.0, centre + near), _exact(count, of, lower=False)]
    return Limits((100 * min(lows), 100 * max(lows)), (100 * min(highs), 100 * max(highs)))


def _exact(count: int, of: int, *, lower: bool) -> float:
    """Give the Clopper-Pearson limit by halving (Clopper & Pearson 1934)."""
    if (lower and count == 0) or (not lower and count == of):
        return 0.0 if lower else 1.0
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        tail = _at_least(count, of, middle) if lower else 1 - _at_least(count + 1, of, middle)
        low, high = (middle, high) if (tail < 0.025) is lower else (low, middle)
    return (low + high) / 2


def _at_least(count: int, of: int, share: float) -> float:
    """Give P(X >= count) of a binomial."""
    if share <= 0 or share >= 1:
        return float(share >= 1 or count <= 0)
    logs = math.log(share), math.log1p(-share)
    whole = math.lgamma(of + 1)
    return sum(
        math.exp(whole - math.lgamma(k + 1) - math.lgamma(of - k + 1) + k * logs[0] + (of - k) * logs[1])
        for k in range(count, of + 1)
    )
