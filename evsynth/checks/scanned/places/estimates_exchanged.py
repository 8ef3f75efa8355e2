"""Two estimates with intervals given to the other two groups: "0.61 (0.42-0.89) in men, 0.94 (0.66-1.34) in women".

Both stand in another place with the same numbers, each under the name of the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from evsynth.checks.scanned.facts.effects import Effect, effects
from evsynth.checks.scanned.identity import key
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.checks.scanned.tabled.cells import body, content
from evsynth.model.finding import Finding
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

CODES = ("COLUMNS_EXCHANGED",)

_ROLES: tuple[Role, ...] = ("abstract", "results", "body", "conclusion", "figure legend", "registration")
_AFTER = Expression(
    r"[\s)\],;%]*(?:[Pp]\s?[=<>]\s?0?\.\d+[\s)\],;]*)?(?:for|in|with|among|on|after|of)\s(?:the\s)?(?P<name>[^.;,()\d]{2,40}?)(?=\s(?:and|versus|vs|than|but|while|group)\b|[.;,()\d]|$)"
)
_LIMITED = Expression(r"#[(\[]?(?:9[05]%CI[:,]?)?(?:#to#|#-#|#,#|#;#)[)\]]?[*†‡]?")
_EMPTY = frozenset("group arm patient dose the and those treatment level participant".split())


class _Named(NamedTuple):
    """An estimate with limits, the words it is told of, and where."""

    numbers: tuple[Decimal, Decimal, Decimal]
    words: frozenset[str]
    spot: Spot
    place: int


def estimates_exchanged(reading: Reading) -> Iterator[Finding]:
    """Compare pairs of estimates told with "for" or "in" a group in one sentence with sentences and rows elsewhere.

    The words of each must be those of the other in the other place, and none of its own.
    """
    told = [list(_of_line(line)) for line in lines(reading, _ROLES)]
    elsewhere: dict[tuple[Decimal, ...], list[_Named]] = {}
    own = [x for some in told for x in some] + list(_of_tables(reading))
    for other in reading.related:
        own += [x._replace(place=-1) for line in lines(other, _ROLES) for x in _of_line(line)]
        own += [x._replace(place=-1) for x in _of_tables(other)]
    for x in own:
        elsewhere.setdefault(x.numbers, []).append(x)
    done: set[frozenset[Spot]] = set()
    for some in told:
        for one, two in combinations(some, 2):
            if one.numbers == two.numbers:
                continue
            a, b = one.words - two.words, two.words - one.words
            if not a or not b:
                continue
            found = [
                (x, y) for x in elsewhere[one.numbers] for y in elsewhere[two.numbers]
                if x.place == y.place != one.place or (x.place == y.place == -1)
            ]  # fmt: skip
            crossed = [(x, y) for x, y in found if x.words & b and y.words & a and not x.words & a and not y.words & b]
            right = [1 for x, y in found if x.words & a and y.words & b]
            spots = frozenset((one.spot, two.spot))
            if not crossed or right or spots in done:
                continue
            x, y = crossed[0]
            done |= {spots, frozenset((x.spot, y.spot))}
            yield _finding(reading, one, two, (x, y) if x.place != -1 else None)


def _of_line(line: Line) -> Iterator[_Named]:
    if line.words.count("(") + line.words.count("[") + line.words.count("CI") < 2:
        return
    found = [e for e in effects(line) if e.value is not None]
    for at, e in enumerate(found):
        after = _AFTER.match(line.words, e.end - line.start)
        name = after["name"] if after else _before(line, e, found[at - 1] if at else None)
        words = key(name) - _EMPTY
        if words and e.value is not None:
            yield _Named((e.value.value, e.low.value, e.high.value), words, e.spot, line.start)


def _before(line: Line, e: Effect, last: Effect | None) -> str:
    """Give the words of "in men" or "for men" right before an estimate."""
    start = max(last.end - line.start if last is not None else 0, e.start - line.start - 60)
    match = re.search(
        r"\b(?:for|in|with|among)\s(?:the\s)?([^.;,()\d]{2,40}?)[,:]?\s(?:was\s|it was\s)?$",
        line.words[start : e.start - line.start],
    )
    return match[1] if match else ""


def _of_tables(reading: Reading) -> Iterator[_Named]:
    for table in reading.document.tables:
        for row in body(table):
            for cell in row.cells[1:]:
                held = content(reading, cell)
                if _LIMITED.fullmatch(held.shape) and len(held.numbers) == 3:
                    values = [n.printed.value for n in held.numbers]
                    parent = table.rows[row.parent].label.text if row.parent is not None else ""
                    words = key(f"{row.label.text} {parent}") - _EMPTY
                    yield _Named((values[0], values[1], values[2]), words, (cell.start, cell.end), table.start)


def _finding(reading: Reading, one: _Named, two: _Named, other: tuple[_Named, _Named] | None) -> Finding:
    text = reading.document.text
    where = "another place" if other is not None else "another document of the study"
    spots = (one.spot, two.spot, *((x.spot for x in other) if other is not None else ()))
    return reading.finding(
        "COLUMNS_EXCHANGED", "inconsistent",
        f"{' '.join(text[slice(*one.spot)].split())} told of {' '.join(sorted(one.words))} and "
        f"{' '.join(text[slice(*two.spot)].split())} of {' '.join(sorted(two.words))} are inconsistent with {where}, "
        f"where it is the other way round", "the two groups may have been exchanged in one of the places",
        quotes=spots,
    )  # fmt: skip


__all__ = ["CODES", "estimates_exchanged"]
