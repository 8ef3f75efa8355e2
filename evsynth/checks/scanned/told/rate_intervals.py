"""A rate per time or per number of people, and the interval printed with it: the rate lies near its middle.

"9.8 per 100 person-years (95% CI 5.2-12.0)"; "rates of 3.18 (2.67-3.76), 4.79 (3.90-6.24) and 3.05 (2.17-4.17) per
100 patient-years".
Intervals of counts (exact, of the square root, of the logarithm, normal) have their rate between the geometric and the
arithmetic mean of the limits.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.checks.scanned.tabled.cells import body, head
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import span
from evsynth.text.expressions import Expression

CODES = ("RATE_INTERVAL",)

ROOM = 0.015
"""Share by which a rate may lie outside the two means of its limits."""

_N = r"\d+(?:[.·]\d+)?"
_PEOPLE = r"(?:person|patient|catheter|bed|child|participant|woman|device|ventilator|subject|line|resident|hospital)"
_NUMBER = r"(?:10|100|1[, ]?000|10[, ]?000|100[, ]?000|thousand|hundred)"
_BASE = (
    rf"(?:per|/)\s?(?:{_NUMBER}[\s-](?!mL|mg|g\b|mm)[a-z]+(?:-[a-z]+)?(?: years| days)?|"
    rf"{_PEOPLE}s?[\s-](?:years?|days?|months?|weeks?)\b)"
)
_RATE = Expression(
    rf"(?<![\w.,·/<>=≤≥±%-])(?P<v>{_N})(?P<per>\s{_BASE})?\s?[(\[]\s?(?:(?:exact )?95\s?%\s?(?:CI|confidence "
    rf"interval)[,:]?\s)?"
    rf"(?P<low>{_N})\s?(?:-|–|to|,|;)\s?(?P<high>{_N})\s?(?=[)\];])",
    re.I,
)
_AFTER = Expression(rf"[)\]]\s{_BASE}", re.I)
_JOINT = Expression(
    r"[)\]]?(?: [a-z-]+){0,6}[,;]?(?: (?:and|versus|vs\.?|v\.?|to|compared with|against))?(?: [a-z-]+){0,6} "
)
_OTHER = Expression(
    r"bootstrap|credible|bayes|\bIQR\b|quartile|range|median|\b(?:80|90|99)\s?%|one-sided|ratio|percentile|standardi[sz]ed|"
    r"simulat|uncertainty|age-?adjusted|\bAS[IDMP]?R\b|estimated", re.I,
)  # fmt: skip
_HEAD = Expression(rf"{_BASE}|\b(?:incidence|event) rate\b", re.I)


def rate_intervals(reading: Reading) -> Iterator[Finding]:
    """Check every rate of sentences and of the columns and rows headed "per 1000 ..." against its interval."""
    for line in lines(reading, ("abstract", "results", "body", "discussion")):
        words = line.words.replace("\n", " ")
        if "per" in words or "/" in words:
            for match in _of_rates(words):
                yield from _judged(reading, match, line.start)
    for table in reading.document.tables:
        title = table.caption.text if table.caption is not None else ""
        if _OTHER.search(title):
            continue
        for row in body(table):
            for i, cell in enumerate(row.cells[1 : len(table.columns)], start=1):
                words = f"{head(table, i)} {row.label.text}"
                if cell.text and _HEAD.search(words) and not _OTHER.search(words):
                    text = reading.document.plain[cell.start : cell.end]
                    own = _RATE.match(text)
                    if own is not None:
                        yield from _judged(reading, own, cell.start)


def _of_rates(words: str) -> list[re.Match[str]]:
    """Give the values of a sentence with an interval that are rates: with their base, or in a list with one that is."""
    found = list(_RATE.finditer(words))
    sure = [bool(m["per"] or _AFTER.match(words, m.end())) for m in found]
    for step in (1, -1):
        pairs = list(pairwise(range(len(found))))[::step]
        for i, j in pairs:
            a, b = (i, j) if step == 1 else (j, i)
            if sure[a] and not sure[b] and _JOINT.fullmatch(words[found[i].end() : found[j].start()]):
                sure[b] = _decimals(found[a]) == _decimals(found[b])
    kept = [m for m, s in zip(found, sure, strict=True) if s]
    return [m for m in kept if not _OTHER.search(words[max(0, m.start() - 60) : m.start()])]


def _decimals(match: re.Match[str]) -> int:
    return Printed.parse(match["v"].replace("·", ".")).decimals


def _judged(reading: Reading, match: re.Match[str], offset: int) -> Iterator[Finding]:
    value, low, high = (Printed.parse(match[k].replace("·", ".")) for k in ("v", "low", "high"))
    if not 0 < low.value < value.value < high.value or low.decimals != high.decimals:
        return
    own, below, above = span(value), span(low), span(high)
    least = math.sqrt(max(below.low, 0.0) * above.low)
    most = (below.high + above.high) / 2
    if own.high >= least * (1 - ROOM) and own.low <= most * (1 + ROOM):
        return
    spot: Spot = (offset + match.start("v"), offset + match.end("high"))
    middle = math.sqrt(float(low) * float(high)), (float(low) + float(high)) / 2
    yield reading.finding(
        "RATE_INTERVAL", "inconsistent",
        f"a rate of {value} is inconsistent with its interval, {low} to {high}, which is that of a rate of "
        f"{middle[0]:.3g} to {middle[1]:.3g}",
        "an interval from a model or by resampling may lie otherwise; otherwise one of the three is misprinted",
        quotes=(spot,), computed=(("middle of the interval", f"{middle[0]:.4g} to {middle[1]:.4g}"),),
    )  # fmt: skip
