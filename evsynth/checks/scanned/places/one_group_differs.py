"""A row of two groups told in a sentence: the number of one group is that of the table, the other is not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.identity import key
from evsynth.checks.scanned.places.exchanged import NUMBER, ODD, ROLES, given_to
from evsynth.checks.scanned.places.two_columns import Pair, Side, sides
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Number
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("PRINTED_DIFFERENTLY",)

_PART = Expression(
    r"\b(?:among|in (?:the )?(?:women|men|children|subgroup)|when|excluding|complete cases?|stratum|changed? by|fell "
    r"by|rose by|"
    r"difference|median change|mean change|from)\b", re.I,
)  # fmt: skip
_GENERAL = frozenset(
    "change baseline follow up outcome all other any yes no at in within after by day week month year".split()
)
_TIME = Expression(r"\b(\d+)[ -](?:h|hours?|days?|weeks?|months?|years?)\b|\b(?:day|week|month|year)s?\s+(\d+)\b", re.I)


def one_group_differs(reading: Reading) -> Iterator[Finding]:
    """Compare sentences that name both groups of a row, all its words, and two numbers of one kind.

    One number must be that of its group, with two digits at least, and the other stand in no row of that name. Left
    alone: subgroups, changes, other times, adjusted results, other studies.
    """
    rows = [(s, s.words - _GENERAL) for s in sides(reading)]
    rows = [(s, w) for s, w in rows if any(not x.isdigit() and len(x) > 2 for x in w)]
    if not rows:
        return
    for line in lines(reading, ROLES):
        if ODD.search(line.words) or _PART.search(line.words) or not re.search(r"\d", line.words):
            continue
        words = key(line.words)
        named = [s for s, w in rows if {x for x in w if not x.isdigit()} <= words and _same_time(s, line.words)]
        named = [s for s in named if not any(s.words < t.words for t in named)]
        found = [f for s in named for p in s.pairs if (f := _differs(line, s, p)) is not None]
        told = {(a, b) for _, _, a, b in found}
        if len(told) != 1 or len({s.row.index for s, _, _, _ in found}) != 1:
            continue
        side, number, at, end = found[0]
        if any(_prints(s, line.words[at:end]) for s in named) or any(_agrees(line, s) for s in named):
            continue
        if _proved(line, at, end) and _counted(reading, side, number):
            continue  # "91.6% (87/95)": other patients than those of the table
        yield reading.finding(
            "PRINTED_DIFFERENTLY", "inconsistent",
            f"{side.name}: {line.words[at:end]} in the text is inconsistent with {number.printed} in "
            f"{f'table {side.table.number}' if side.table.number else 'the table'}; the number of the other group is "
            f"the same",
            "the sentence may be about other patients or another time; otherwise one of both is misprinted",
            quotes=((line.start + at, line.start + end), (number.start, number.end)),
        )  # fmt: skip


def _proved(line: Line, at: int, end: int) -> bool:
    """Say whether a percentage stands with the fraction that gives it."""
    match = re.match(r"\s?%\s?[(\[]\s?(\d+)\s?/\s?(\d+)", line.words[end:])
    if match is None or int(match[2]) == 0:
        return False
    told = line.words[at:end].replace(",", "")
    return abs(100 * int(match[1]) / int(match[2]) - float(told)) <= 0.5 * 10.0 ** -_decimals(told) + 1e-9


def _counted(reading: Reading, side: Side, number: Number) -> bool:
    """Say whether the cell of a number prints a fraction of its own."""
    cell = next((c for c in side.row.cells if c.start <= number.start < c.end), None)
    return cell is not None and "/" in reading.document.plain[cell.start : cell.end]


def _same_time(side: Side, words: str) -> bool:
    caption = side.table.caption.text if side.table.caption is not None else ""
    printed = {a or b for a, b in _TIME.findall(f"{side.row.label.text} {caption}")}
    said = {a or b for a, b in _TIME.findall(words)}
    return not printed or not said or bool(printed & said)


def _differs(line: Line, side: Side, pair: Pair) -> tuple[Side, Number, int, int] | None:
    tokens = list(NUMBER.finditer(line.words))
    for own, other, first in ((pair.one, pair.two, True), (pair.two, pair.one, False)):
        same = [m for m in tokens if _equal(m[0], own)]
        if len(same) != 1 or any(_equal(m[0], other) for m in tokens):
            continue
        kin = [
            m for m in tokens
            if m is not same[0] and _decimals(m[0]) == other.printed.decimals and _kind(line, m) == _kind(line, same[0])
        ]  # fmt: skip
        if len(kin) != 1:
            continue
        pair_of = (same[0], kin[0]) if first else (kin[0], same[0])
        if given_to(line, side, *pair_of) is True and _near(kin[0][0], other):
            return side, other, kin[0].start(), kin[0].end()
    return None


def _kind(line: Line, match: re.Match[str]) -> tuple[bool, bool]:
    """Give what tells counts, percentages and others apart: a percent sign after, a slash before or after."""
    after = line.words[match.end() : match.end() + 2].strip()[:1]
    before = line.words[max(0, match.start() - 1) : match.start()]
    level = re.match(r"\s*%\s*(?:CI|confidence)", line.words[match.end() : match.end() + 16]) is not None
    return after == "%" and not level, "/" in (after, before) or level


def _equal(text: str, number: Number) -> bool:
    return (
        number.printed.significant_digits > 1
        and _decimals(text) == number.printed.decimals
        and abs(float(text.replace(",", ""))) == abs(number.value)
    )


def _decimals(text: str) -> int:
    return len(text.partition(".")[2])


def _near(text: str, number: Number) -> bool:
    low, high = sorted((abs(float(text.replace(",", ""))), abs(number.value)))
    return low > 0 and high / low < 4


def _prints(side: Side, text: str) -> bool:
    return any(_equal(text, n) for cell in side.cells for n in cell.numbers)


def _agrees(line: Line, side: Side) -> bool:
    texts = [m[0] for m in NUMBER.finditer(line.words)]
    return any(all(any(_equal(t, n) for t in texts) for n in (p.one, p.two)) for p in side.pairs)
