"""One sentence of the abstract stands in another document of the study with another number."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("RETOLD_DIFFERENTLY",)

ALIKE = 0.85
"""Share of words that two sentences must have in common, numbers left out."""

_NUMBER = Expression(r"(?<![A-Za-z0-9.-])-?(?:[0-9]+(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|(?<![0-9])\.[0-9]+")
_WORD = Expression(r"[A-Za-z]{2,}")


def retold(reading: Reading) -> Iterator[Finding]:
    """Compare sentences of the abstract with the same sentences of related documents, number by number.

    Numbers are the same when one is the other rounded. Left alone: sentences with different counts of numbers, and of
    two documents the one that comes later by name, so that a difference is told once.
    """
    own = list(_told(reading))
    for other in reading.related:
        if reading.document.id == other.document.id or (reading.document.kind != "full text" and (
            other.document.kind == "full text" or other.document.id < reading.document.id
        )):  # fmt: skip
            continue
        theirs = list(_told(other))
        for line in own:
            twin = max(theirs, key=lambda x: _alike(line, x), default=None)
            if twin is None or _alike(line, twin) < ALIKE:
                continue
            mine, yours = list(_NUMBER.finditer(line.words)), list(_NUMBER.finditer(twin.words))
            if len(mine) != len(yours):
                continue
            differing = [(a, b) for a, b in zip(mine, yours, strict=True) if not _same(a[0], b[0])]
            if differing:
                yield reading.finding(
                    "RETOLD_DIFFERENTLY", "inconsistent",
                    "one sentence prints "
                    + "; ".join(f"{a[0]} here and {b[0]} in {other.document.id}" for a, b in differing),
                    "one of them may be a provisional version, or corrected",
                    quotes=tuple(line.piece(a) for a, _ in differing),
                    others=tuple(other.quoted(*twin.piece(b)) for _, b in differing),
                )  # fmt: skip


def _told(reading: Reading) -> Iterator[Line]:
    for line in lines(reading, ("abstract",)):
        if len(_WORD.findall(line.words)) >= 6 and _NUMBER.search(line.words):
            yield line


def _alike(one: Line, two: Line) -> float:
    a, b = ({w.lower() for w in _WORD.findall(x.words)} for x in (one, two))
    return len(a & b) / len(a | b) if a | b else 0.0


def _same(one: str, two: str) -> bool:
    a, b = (Decimal(x.replace(",", "")) for x in (one, two))
    exponent = max(int(a.as_tuple().exponent), int(b.as_tuple().exponent))
    return abs(a - b) <= Decimal(1).scaleb(exponent) / 2 if a != b else True
