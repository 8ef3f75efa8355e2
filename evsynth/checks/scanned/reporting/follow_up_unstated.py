"""Outcomes taken 'at the last follow-up', and nowhere how long that was."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import is_randomised, lines, says
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("FOLLOW_UP_UNSTATED",)

_LAST = Expression(
    r"\b(?:(?:at|and|to|between|until|the|by) (?:the )?)?(?:last|latest|final|most recent) (?:available |complete |"
    r"recorded |documented )?(?:follow-?ups?|visits?|contact|assessments?|examinations?|observations?)\b",
    re.I,
)
_TIME = (
    r"\d+(?:[.·]\d+)?(?:\s?(?:to|-|±|\(|\[|±)\s?\d[^a-z;]{0,25})?\s?[-)\]]?\s?(?:months?|years?|weeks?|days?|mo|yrs?)\b"
)
_LENGTH = Expression(
    rf"\b(?:follow(?:ed|-?\s?ups?|ing)|observ(?:ed|ation)|treat(?:ed|ment)|therapy|taken|received|duration|surveillance|"
    rf"study|visits?)\b[^.;]{{0,90}}?{_TIME}|{_TIME}[^.;]{{0,40}}?\b(?:follow-?\s?up|observation|after (?:the )?start|"
    rf"of treatment|visits?)\b",
    re.I,
)
_LIMIT = Expression(
    r"\b(?:at least|minimum|more than|less than|fewer than|within|prior|before|preceding|every|each|previous|least|"
    r"over|up to|excluded|included|inclusion|eligible|half-life|trough|tapered|stable)\b|[<>≥≤]",
    re.I,
)
_RECORDED = Expression(
    r"\bstart\w*\b[^.;]{0,20}\b(?:end|stop|termination)\w*\s(?:and\s)?dates?\b[^.;]{0,30}"
    r"\b(?:recorded|extracted|collected)\b",
    re.I,
)
_DATED = Expression(r"\b(?:19|20)\d\d\b")


def follow_up_unstated(reading: Reading) -> Iterator[Finding]:
    """Find an outcome measured at a last follow-up where no sentence, table or legend tells how long patients were
    followed or treated.

    Judged in full texts, once. Left alone: lengths told in any section or in a row of a table, dates of the last visit,
    and randomised trials, which see patients at fixed visits. A length that is only a limit of entry ("at least 3
    months") is none.
    """
    if reading.document.kind != "full text" or is_randomised(reading):
        return
    for line in lines(reading, ("methods", "results", "body")):
        last = _LAST.search(line.words)
        if last is None or _DATED.search(line.words):
            continue
        if _told(reading):
            return
        yield reading.finding(
            "FOLLOW_UP_UNSTATED", "concern",
            f"results are taken at '{' '.join(last[0].split())}', and the paper does not say how long patients were "
            "followed",
            "it may stand in a supplement; changes over unequal times cannot be compared with those of other studies",
            quotes=(line.whole, *_recorded(reading)),
        )  # fmt: skip
        return


def _recorded(reading: Reading) -> list[tuple[int, int]]:
    """Give where the methods say that the dates of start and end of treatment are known."""
    return [x.piece(m) for x in lines(reading, ("methods",)) for m in [_RECORDED.search(x.words)] if m]


def _told(reading: Reading) -> bool:
    rows = Expression(r"\b(?:follow-?\s?up|observation|duration of (?:treatment|therapy)|treatment duration)\b", re.I)
    if any(rows.search(row.label.text) for table in reading.document.tables for row in table.rows):
        return True
    if says(reading, _LENGTH, ("figure legend", "table")):
        return True
    own = lines(reading, ("title", "abstract", "methods", "results", "body", "conclusion", "discussion"))
    return any(
        not _LIMIT.search(line.words[max(0, match.start() - 30) : match.end()])
        for line in own
        for match in _LENGTH.finditer(line.words)
    )
