"""'A haemoglobin higher by 1 g/dL went with 11% higher odds' against the ratio below 1 in the row of haemoglobin."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.clauses import clauses
from evsynth.checks.scanned.facts.concluding import stems
from evsynth.checks.scanned.facts.effects import effects
from evsynth.checks.scanned.facts.frequency_words import Frequency, frequency_words
from evsynth.checks.scanned.identity import Line as TableLine
from evsynth.checks.scanned.identity import key, table_lines
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.statistics import Reported
from evsynth.text.expressions import Expression

CODES = ("RATIO_DIRECTION",)

_CORE = Expression(r",|\(|\[|\bper\b|\bvs\b|\bversus\b|:|;|\bfor each\b|≥|<|>|≤|\n")
_FALLS = Expression(
    r"\b(?:lower|low|decreas\w*|reduc\w*|shorter|younger|less|fewer|without|absence|absent|lack(?:ing)?|no|not|non|"
    r"poorer|"
    r"smaller|falls?|drops?|declin\w*|each fewer|deficien\w*)\b|<|≤", re.I,
)  # fmt: skip
_LINK = Expression(
    r"\b(?:associated with|linked (?:to|with)|related to|went with|carried|conferred|meant|had|have|has|raised|lowered|"
    r"increased|reduced|decreased|predicted|led to|was|were|is|are)\b", re.I,
)  # fmt: skip
_SKIP = Expression(
    r"\b(?:not|nor|neither|whether|if|may|might|could|previous\w*|earlier|et al|literature|trials?|studies|"
    r"unadjusted|univari\w*|"
    r"crude|interaction|subgroups?|U-shaped|than|compared|versus|vs|respectively|except|unlike|expected|surpris\w*|"
    r"known|well)\b|"
    r"\[\d", re.I,
)  # fmt: skip
_GOOD = Expression(
    r"\b(?:surviv\w*|remission\w*|free\w*|recover\w*|cure[ds]?|success\w*|respon\w*|heal\w*|complet\w*|"
    r"discharge\w*|improv\w*|"
    r"benefit\w*|uptake|vaccinat\w*|adheren\w*|weaned|alive)\b", re.I,
)  # fmt: skip
_PERCENT = Expression(r"(?<![\d.,])(?P<n>\d{1,3}(?:\.\d+)?)\s?%(?:\s[a-z]+)?\s$")
_RISK = Expression(r"\b(?:risks?|odds|hazards?|likelihood|chances?|probability|mortality|incidence)\b", re.I)
_OF = Expression(
    r"\s(?:of|for)\s(?P<what>[^.;,()]{3,50}?)(?=\s(?:in|among|after|with|at|and|by|during|within)\b|"
    r"[.;,()]|$)",
    re.I,
)
_MEASURES = ("hazard_ratio", "odds_ratio", "risk_ratio")
_ADJUSTED = Expression(r"\badjust|multivari|(?-i:\ba[HOR]R\b|\baOR|\baHR)", re.I)


def ratio_of_predictor(reading: Reading) -> Iterator[Finding]:
    """Compare words for a higher or lower risk with the ratio of the one row that their subject names.

    A subject that is lower, or a row of a decrease, turns the ratio round. Judged only where the interval lies on the
    other side of 1. Left alone: good outcomes, comparisons of groups, denials, sentences with ratios of their own.
    """
    rows = [(x, own) for x in table_lines(reading) if (own := _core(x)) and _ratio(x) is not None]
    if not rows:
        return
    for line in lines(reading, ("abstract", "results", "body", "discussion", "conclusion")):
        if _SKIP.search(line.words) or any(e.kind == "ratio" for e in effects(line)):
            continue
        for clause in clauses(line):
            said = list(frequency_words(clause.words))
            if len(said) != 1 or _GOOD.search(clause.words):
                continue
            yield from _judged(reading, clause, said[0], rows)


def _judged(
    reading: Reading, clause: Line, said: Frequency, rows: list[tuple[TableLine, frozenset[str]]]
) -> Iterator[Finding]:
    subject = clause.words[: said.start]
    if not _LINK.search(subject):
        return
    words = key(subject)
    named = [(x, own) for x, own in rows if own <= words]
    named = [(x, own) for x, own in named if not any(own < other for _, other in named)]
    if not named or len({own for _, own in named}) != 1:
        return
    ratios = [(x, r) for x, _ in named if (r := _ratio(x)) is not None]
    heads = " ".join(
        " ".join(((x.table.caption.text if x.table.caption else ""), *(c.label for c in x.table.columns)))
        for x, _ in ratios
    )
    if _GOOD.search(heads) or (re.search(r"\d", subject) and len(named) > 1):
        return
    of = _OF.match(clause.words, said.end)
    if not _RISK.search(said.word) or (of is not None and not stems(of["what"]) & stems(heads)):
        return  # another outcome than that of the table
    percent = _PERCENT.search(subject)
    wrong = []
    for row, ratio in ratios:
        turned = bool(_FALLS.search(subject)) != bool(_FALLS.search(row.row.label.text))
        low, high = (float(f.printed.value) for f in (ratio.figure("lower"), ratio.figure("upper")) if f is not None)
        up = low > 1 if not turned else high < 1
        if (low > 1 or high < 1) and up != said.up:
            wrong.append((row, ratio))
    if not wrong or len(wrong) != len(ratios):
        return
    row, ratio = wrong[0]
    value = next(f for name in _MEASURES if (f := ratio.figure(name)) is not None)
    exact = percent is not None and abs(abs(float(value.printed.value) - 1) * 100 - float(percent["n"])) <= 1.01
    yield reading.finding(
        "RATIO_DIRECTION", "inconsistent" if exact else "concern",
        f"'{' '.join(said.word.split())}' is inconsistent with {' '.join(ratio.text.split())} in the row '{row.name}'",
        "the row may be of another outcome or the other way round; otherwise more and less are exchanged",
        quotes=(clause.whole, *((r.start, r.end) for _, r in wrong)),
    )  # fmt: skip


def _core(row: TableLine) -> frozenset[str]:
    """Give the words that name the variable of a row, without its unit and what it is compared with."""
    return frozenset(w for w in key(_CORE.split(row.row.label.text)[0]) if not w.isdigit())


def _ratio(row: TableLine) -> Reported | None:
    """Give the ratio with an interval of a row: the adjusted one of two."""
    found = [
        c for c in row.cells
        if any(c.figure(m) for m in _MEASURES) and c.figure("lower") is not None and c.figure("upper") is not None
    ]  # fmt: skip
    if len(found) == 2:
        heads = [row.table.columns[c.spot.column].label if c.spot.column is not None else "" for c in found]
        own = [c for c, h in zip(found, heads, strict=True) if _ADJUSTED.search(h)]
        return own[0] if len(own) == 1 else None
    return found[0] if len(found) == 1 else None
