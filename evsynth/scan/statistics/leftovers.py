"""Numbers in results that no other finder placed: kept as plain values, so that no printed result goes unseen."""

from __future__ import annotations

from collections.abc import Iterator

from evsynth.scan.document import Document
from evsynth.scan.reasons import reasons
from evsynth.scan.statistics.candidate import Candidate
from evsynth.scan.statistics.spelling import NUMBER, START, figure_at
from evsynth.text.expressions import Expression

_NUMBER = Expression(rf"{START}(?P<value>{NUMBER})(?![A-Za-z0-9]|\.[0-9])")
_UNIT = Expression(r"[ \n]{0,3}(?P<unit>%|[A-Za-zµ]{1,8}(?:/[A-Za-z0-9²]{1,8})*)")
_ROLES = frozenset({"abstract", "results", "discussion", "conclusion", "figure legend", "body", "table"})


def leftovers(searched: str, document: Document) -> Iterator[Candidate]:
    """Give every number of results that is part of no name, date, citation or label; `measure` is "unplaced"."""
    covered = bytearray(len(searched))
    for reason in reasons(document):
        covered[reason.start : reason.end] = b"\1" * (reason.end - reason.start)
    for match in _NUMBER.finditer(searched):
        if any(covered[match.start() : match.end()]) or document.role_at(match.start()) not in _ROLES:
            continue
        figure = figure_at("value", searched, match.start("value"), match.end("value"))
        if figure is not None:
            unit = _UNIT.match(searched, match.end())
            yield Candidate("value", (figure,), match.start(), match.end(), "unplaced", unit["unit"] if unit else "")
