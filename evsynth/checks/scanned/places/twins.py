"""One result printed twice with one number of it different: "HR 0.63 (0.41-0.98), P 0.04" here and P 0.004 there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.identity import key
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding, Quoted
from evsynth.scan.parts import Figure
from evsynth.scan.statistics import Reported

CODES = ("PRINTED_DIFFERENTLY",)

SHARED = 6
"""Least number of significant digits that the numbers in common have, so that chance is ruled out."""

_LEFT_OUT = ("discussion", "background", "references", "methods")
_SORTS = ("estimate", "coefficient", "correlation", "median quartiles", "median range", "test")
_NAMED = ("level", "df", "of")


class Print(NamedTuple):
    """One result and the document it is in."""

    reading: Reading
    reported: Reported


def twins(reading: Reading) -> Iterator[Finding]:
    """Compare every two results of one kind that stand in different places, of this document and related ones."""
    own = [Print(reading, r) for r in reading.reported if _compared(r)]
    others = [Print(o, r) for o in reading.related for r in o.reported if _compared(r)]
    done: set[tuple[int, int]] = set()
    for index, one in enumerate(own):
        for two in [*own[index + 1 :], *others]:
            if not _places(one, two):
                continue
            found = _differing(one.reported, two.reported)
            if found is None or (found[0].start, found[0].end) in done:
                continue
            if _confirmed(found[0], one, own) or _confirmed(found[1], two, own) or not _near(one, two):
                continue
            done.add((found[0].start, found[0].end))
            yield _finding(one, two, *found)


def _compared(r: Reported) -> bool:
    return r.sort in _SORTS and len(r.figures) >= 2 and r.spot.role not in _LEFT_OUT


def _places(one: Print, two: Print) -> bool:
    a, b = one.reported.spot, two.reported.spot
    if one.reading is not two.reading:
        return True
    if a.table is not None and b.table is not None:
        return False
    if a.role == b.role == "abstract" and _section(one) == _section(two):
        return False  # one part of an abstract does not tell a result twice
    return a.sentence is None or a.sentence != b.sentence


def _section(printed: Print) -> int | None:
    sentence = printed.reported.spot.sentence
    return None if sentence is None else printed.reading.document.sentences[sentence].section


def _differing(one: Reported, two: Reported) -> tuple[Figure, Figure] | None:
    """Give the one number that differs, where at least one says the rest is the same result."""
    if one.measure != two.measure or one.sort != two.sort:
        return None
    pairs = [(f, g) for f in one.figures if f.statistic not in _NAMED and (g := two.figure(f.statistic)) is not None]
    wrong = [(f, g) for f, g in pairs if not f.printed.agrees(g.printed)]
    same = [f for f, g in pairs if f.printed.same_print(g.printed) and not f.printed.bound]
    if len(wrong) != 1:
        return None
    digits = sum(f.printed.significant_digits for f in same)
    names = {f.statistic for f in same}
    if wrong[0][0].statistic != "p" and names == {"p"}:
        return wrong[0] if digits >= 1 and len(pairs) == 2 and _exact_p(same[0]) else None
    return wrong[0] if digits >= (SHARED if len(same) > 1 else 3) else None


def _exact_p(figure: Figure) -> bool:
    return not figure.printed.bound and figure.printed.decimals >= 3


def _near(one: Print, two: Print) -> bool:
    """Say whether the words of two places do not speak against one result."""
    differing = _differing(one.reported, two.reported)
    only_p = differing is not None and differing[0].statistic != "p" and len(_common(one.reported, two.reported)) == 1
    a, b = _words(one), _words(two)
    if only_p:
        return _adjusted(one) == _adjusted(two) and _unique(one, two)
    return bool(a & b) or not a or not b


def _common(one: Reported, two: Reported) -> list[Figure]:
    return [f for f in one.figures if (g := two.figure(f.statistic)) is not None and f.printed.same_print(g.printed)]


def _unique(one: Print, two: Print) -> bool:
    """Say whether only one result of the document has this P with this measure."""
    p = one.reported.figure("p")
    same = [
        r for x in (one.reading, two.reading) for r in x.reported
        if r.measure == one.reported.measure and (q := r.figure("p")) is not None and p is not None
        and q.printed.text == p.printed.text and r is not one.reported
    ]  # fmt: skip
    return len({id(r) for r in same}) == 1


def _adjusted(printed: Print) -> str:
    r = printed.reported
    heads = ""
    if r.spot.table is not None and r.spot.column is not None:
        heads = printed.reading.document.tables[r.spot.table].columns[r.spot.column].label
    words = f"{r.label} {heads} {r.variable.text if r.variable and r.spot.table is None else ''}".lower()
    found = re.search(r"weighted|adjusted|multivaria|crude|unadjusted|univaria", words)
    return (
        {"multivaria": "adjusted", "univaria": "crude", "unadjusted": "crude"}.get(found[0], found[0]) if found else ""
    )


def _words(printed: Print) -> frozenset[str]:
    r, document = printed.reported, printed.reading.document
    words = key(r.variable.text) if r.variable is not None else frozenset()
    if r.spot.table is None and r.spot.sentence is not None:
        sentence = document.sentences[r.spot.sentence]
        words |= key(document.prose[sentence.start : sentence.end])
    return words


def _confirmed(figure: Figure, printed: Print, own: list[Print]) -> bool:
    """Say whether this very result stands a second time, with the same number, in a table: then it is another one."""
    here = printed.reported
    return any(
        x.reported is not here and x.reported.spot.table is not None and here.spot.table is None
        and _differing(x.reported, here) is None and len(_common(x.reported, here)) == len(here.figures) > 1
        for x in own if x.reading is printed.reading
    )  # fmt: skip


def _finding(one: Print, two: Print, f: Figure, g: Figure) -> Finding:
    name = f.statistic.replace("_", " ")
    where = two.reading.document.role_at(g.start) if two.reading is one.reading else two.reading.document.id
    other = (Quoted(two.reading.document.id, g.start, g.end, two.reading.document.text[g.start : g.end]),)
    quotes = ((f.start, f.end),)
    inside = two.reading is one.reading
    what = one.reported.variable.text if one.reported.variable is not None else one.reported.text
    return one.reading.finding(
        "PRINTED_DIFFERENTLY", "inconsistent",
        f"{what}: {name} {f.printed} is inconsistent with {g.printed} for the same result ({where})",
        "the two places may be of other patients or another model; otherwise one of both is misprinted",
        quotes=(*quotes, *(((g.start, g.end),) if inside else ())), others=() if inside else other,
    )  # fmt: skip
