"""Sizes that caption and notes of a table announce: all patients of the caption, and those without a measurement."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.slips import one_digit, swapped
from evsynth.checks.scanned.identity import is_whole
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.checks.scanned.tabled.cells import Number, body, content
from evsynth.model.finding import Finding
from evsynth.scan.parts import Figure, Table
from evsynth.text.expressions import Expression
from evsynth.text.numerals import NUMBER_WORDS

CODES = ("TOTAL_DIFFERS", "GROUP_EXCEEDS")

_TIMES = Expression(r"\b(?:before|after|pre|post|baseline|week|month|day|year|visit|follow)", re.I)
_MISSING = Expression(
    r"\b(?:(?:not|never) (?:measured|available|recorded|assessed|determined|done|known|tested|obtained)|missing|"
    r"unavailable|unknown|lacking)\b[^.;]{0,60}", re.I,
)  # fmt: skip
_COUNT = Expression(
    rf"(?<![\w.,/-])(?P<n>\d{{1,4}}|{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))})(?![\w%/]|[.,]\d)", re.I
)
_MARK = Expression(r"\s*(?P<mark>[*†‡§¶#ªᵃᵇᶜᵈ]|(?:[a-d]|[¹²³1-4])(?=\s?[A-Z]))")


def sizes_announced(reading: Reading) -> Iterator[Finding]:
    """Find captions that miss the patients of the heads by a slip, and notes that count other missing patients."""
    for table in reading.document.tables:
        groups = [c for c in table.columns[1:] if c.group is not None and c.statistic is None]
        sized = [c.n for c in groups if c.n is not None]
        if table.caption is None or len(sized) < 2:
            continue
        said = table.n
        once = len({f.start for f in sized}) == len(sized) and all(f.start > table.caption.end for f in sized)
        apart = once and len(sized) == len(groups) and not any(is_whole(c) or _TIMES.search(c.label) for c in groups)
        if said is not None and apart and said.end <= table.caption.end:
            yield from _caption(reading, said, sized)
        if once:
            yield from _notes(reading, table, [(c.index, int(c.n.printed.value)) for c in groups if c.n is not None])


def _caption(reading: Reading, said: Figure, sized: list[Figure]) -> Iterator[Finding]:
    told, total = int(said.printed.value), sum(int(f.printed.value) for f in sized)
    if told == total or not (swapped(told, total) or one_digit(told, total)):
        return
    yield reading.finding(
        "TOTAL_DIFFERS", "inconsistent",
        f"{said.printed} patients in the caption are inconsistent with the groups, "
        f"{' + '.join(str(f.printed) for f in sized)} = {total}",
        "a digit of the caption or of a group may be misprinted",
        quotes=((said.start, said.end), *((f.start, f.end) for f in sized)), computed=(("sum", str(total)),),
    )  # fmt: skip


def _notes(reading: Reading, table: Table, sizes: list[tuple[int, int]]) -> Iterator[Finding]:
    """Compare a marked note with the one row that bears its mark and prints its own denominators."""
    plain = reading.document.plain
    notes: list[Spot] = [(p.start, p.end) for p in table.notes]
    after = re.match(r"[^\n]*\n?", plain[table.end :].lstrip("\n"))
    if not notes and after and _MARK.match(after[0]):
        start = table.end + len(plain[table.end :]) - len(plain[table.end :].lstrip("\n"))
        notes = [(start, start + len(after[0].rstrip()))]
    for start, end in notes:
        mark, missing = _MARK.match(plain, start, end), _MISSING.search(plain, start, end)
        counts = list(_COUNT.finditer(plain, missing.start(), missing.end())) if missing else []
        if mark is None or not counts:
            continue
        rows = [r for r in body(table) if mark["mark"] in r.label.text[-2:]]
        if len(rows) != 1:
            continue
        lost, bases = [], []
        for index, size in sizes:
            cell = content(reading, table.cell(rows[0].index, index))
            if not cell.shape.startswith("#/#") or cell.numbers[1].printed.decimals:
                break
            lost.append(size - int(cell.numbers[1].value))
            bases.append(cell.numbers[:2])
        told = [_value(m["n"]) for m in counts]
        if len(lost) != len(sizes) or min(lost) < 0:
            continue
        if all(n in (*lost, sum(lost)) for n in told):
            continue
        yield _finding(reading, rows[0].label.text, counts, lost, bases)


def _finding(
    reading: Reading, name: str, counts: list[re.Match[str]], lost: list[int], bases: list[tuple[Number, ...]]
) -> Finding:
    return reading.finding(
        "TOTAL_DIFFERS", "inconsistent",
        f"{name}: {', '.join(m['n'] for m in counts)} without the measurement is inconsistent with the denominators of "
        f"the row, which leave out {', '.join(map(str, lost))}",
        "the note may be about another row; otherwise a number is misprinted",
        quotes=(*((m.start("n"), m.end("n")) for m in counts), *((b[0].start, b[1].end) for b in bases)),
    )  # fmt: skip


def _value(text: str) -> int:
    return int(NUMBER_WORDS[text.lower()]) if text.lower() in NUMBER_WORDS else int(text)


__all__ = ["CODES", "sizes_announced"]
