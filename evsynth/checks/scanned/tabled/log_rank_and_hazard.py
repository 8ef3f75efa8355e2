"""The P of a log-rank test against the crude hazard ratio of the same outcome: both test the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.effects import effects
from evsynth.checks.scanned.numbers.p_of_counts import distance
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.ratios import p_from_interval
from evsynth.reanalyse.spans import span
from evsynth.text.expressions import Expression

CODES = ("LOG_RANK_CONTRADICTS",)

FAR = 1.0
"""Least distance in Z: a log-rank test and a Wald test of the same data lie nearer."""

_LOG_RANK = Expression(
    r"log-? ?rank(?: test)?[^.;()]{0,25}?[,;:]?\s?(?:χ²\s?=\s?[\d.]+[,;]\s?)?"
    r"[Pp](?:[- ]?values?)?\s?(?P<p>[=<>≤≥]\s?(?:0?\.\d+|1\.0+))"
    r"|[Pp](?:[- ]?values?)?\s?(?P<q>[=<>≤≥]\s?(?:0?\.\d+|1\.0+))[,;]?\s(?:by (?:the )?)?(?:stratified )?log-? ?rank"
)
_CRUDE = Expression(r"\b(?:crude|unadjusted|univaria\w+|unweighted)\b", re.I)
_ROW = Expression(
    r"(?P<v>\d+[.·]\d+)\s*\|?\s*[(\[]\s*(?P<low>\d+[.·]\d+)\s*(?:to|,|;|-|–)\s*(?P<high>\d+[.·]\d+)\s*[)\]]"
)
_SEVERAL = Expression(r"log-? ?rank", re.I)


def log_rank_and_hazard(reading: Reading) -> Iterator[Finding]:
    """Compare the only log-rank P of a paper with its only crude hazard ratio."""
    if not _SEVERAL.search(reading.document.prose):
        return
    ranks: dict[str, tuple[Printed, Spot]] = {}
    crude: dict[tuple[str, str, str], tuple[float, Spot]] = {}
    for line in lines(reading, ("abstract", "results", "body", "figure legend")):
        for match in _LOG_RANK.finditer(line.words):
            text = re.sub(r"[\s=]", "", match["p"] or match["q"])
            ranks.setdefault(text, (Printed.parse(text), line.piece(match)))
        for e in effects(line):
            lead = e.before[-60:]
            if e.kind == "ratio" and e.value is not None and _CRUDE.search(lead) and re.search(r"hazard|HR", lead):
                made = _p(e.value, e.low, e.high)
                if made is not None:
                    crude[e.value.text, e.low.text, e.high.text] = made, e.spot
    plain = reading.document.plain
    for table in reading.document.tables:
        caption = table.caption.text if table.caption is not None else ""
        hazards = re.search(r"\bHRs?\b|hazard|Cox", caption + " ".join(c.label for c in table.columns))
        for row in table.rows:
            cells = [c for c in row.cells[1:] if c.text]
            if hazards and _CRUDE.search(row.label.text) and cells and (m := _ROW.match(plain, cells[0].start)):
                value, low, high = (Printed.parse(m[k].replace("·", ".")) for k in ("v", "low", "high"))
                made = _p(value, low, high)
                if made is not None:
                    crude[value.text, low.text, high.text] = made, m.span()
    if len(ranks) != 1 or len(crude) != 1:
        return
    (p, where), (follows, at) = next(iter(ranks.values())), next(iter(crude.values()))
    if distance(p, {"HR": follows}) < FAR:
        return
    shown = next(iter(crude))
    yield reading.finding(
        "LOG_RANK_CONTRADICTS", "inconsistent",
        f"log-rank P {p} is inconsistent with the crude hazard ratio {shown[0]} ({shown[1]} to {shown[2]}), which "
        f"gives {follows:.2g}",
        "the two may be of other outcomes or times; otherwise one of both is misprinted", quotes=(where, at),
        computed=(("P from the interval", f"{follows:.4g}"),),
    )  # fmt: skip


def _p(value: Printed, low: Printed, high: Printed) -> float | None:
    if not 0 < float(low) < float(value) < float(high):
        return None
    made = p_from_interval(span(value), span(low), span(high))
    return (made.low + made.high) / 2
