"""Rows of tables that a clause names: by all the words of their labels, the longest label first."""

from __future__ import annotations

import re
from functools import lru_cache

from evsynth.checks.scanned.identity import Line as TableLine
from evsynth.checks.scanned.identity import key, table_lines
from evsynth.checks.scanned.prose import Line
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.parts import Figure
from evsynth.text.expressions import Expression

_LOOSE = frozenset(
    "m s n h hour day week month year mmol ml l kg g mg min mm cm hg pg ng mol iu primary secondary change at last "
    "follow up "
    "baseline available post pre".split()
)
_TIME = Expression(
    r"(?<![0-9.,])(?P<n>[0-9]{1,3})(?:st|nd|rd|th)?[ -](?P<unit>hour|h|day|week|month|year)s?\b|"
    r"\b(?P<unit2>hour|day|week|month|year)s? (?P<n2>[0-9]{1,3})\b",
    re.I,
)
_PREDICTED = Expression(r",?\s(?:%|per ?cent|percent) (?:of )?(?:the )?pred(?:icted)?\b", re.I)
"""A unit, "DLCO, % predicted": sentences leave it out."""
_BASELINE = Expression(r"\bbaseline\b|\badmission\b|\benrol|characteristic|demographic", re.I)
_FOLLOWED = Expression(r"\bchanges?\b|\bafter\b|follow-?up|\bpost\b|\b(?:week|month|day|year)s? [1-9]", re.I)


def named(reading: Reading, words: str, sentence: str) -> tuple[TableLine, ...]:
    """Give the rows that some words name, of the tables the sentence cites (of all tables, where it cites none).

    The times that the sentence names must be those of the row or its table, and a row of a table of baseline
    characteristics is not named by a sentence on another time.
    """
    said = key(words)
    cited = {m.upper() for m in re.findall(r"\bTables?\s*(S?[0-9]+)", sentence, re.I)}
    found = [
        line for line in table_lines(reading)
        if (own := row_key(line)) and own <= said and (not cited or line.table.number.upper() in cited)
        and _times(sentence) <= _times(f"{line.label} {_about(line)}")
    ]  # fmt: skip
    if _BASELINE.search(sentence):
        found = [x for x in found if _BASELINE.search(f"{x.label} {_about(x)}")]
    elif not cited:
        found = [x for x in found if not _BASELINE.search(_about(x)) or _FOLLOWED.search(_about(x))]
    return tuple(x for x in found if not any(row_key(x) < row_key(y) for y in found))


def _about(line: TableLine) -> str:
    table = line.table
    return " ".join((table.caption.text if table.caption else "", *(c.label for c in table.columns)))


def row_key(line: TableLine) -> frozenset[str]:
    """Give the words that name a row: its own, or with those of the row it belongs under where it has none."""
    own = _key(line.row.stem or line.row.label.text)
    if line.row.parent is not None:
        parent = line.table.rows[line.row.parent]
        return own | _key(parent.stem or parent.label.text)
    return own


@lru_cache(maxsize=8192)
def _key(label: str) -> frozenset[str]:
    label = _PREDICTED.sub(" ", re.sub(r"[(\[].*?[)\]]", " ", label))
    return frozenset(w for w in key(label) if w not in _LOOSE and not w.isdigit())


def _times(words: str) -> frozenset[tuple[str, str]]:
    return frozenset(
        (m["n"] or m["n2"], (m["unit"] or m["unit2"])[0].lower()) for m in _TIME.finditer(words)
    )  # fmt: skip


def against_rows(
    reading: Reading,
    clause: Line,
    said: re.Match[str],
    wrong: list[tuple[TableLine, Figure]],
    *,
    negative: bool,
    hint: str,
) -> Finding:
    """Make the finding that a word of significance contradicts the P of the rows it is about."""
    shown = "; ".join(f"{row.name}: P {figure.printed}" for row, figure in wrong)
    return reading.finding(
        "SIGNIFICANCE_CONTRADICTS", "inconsistent",
        f"'{' '.join(said[0].split())}' is inconsistent with Table {wrong[0][0].table.number}, where P is "
        f"{'below' if negative else 'not below'} 0.05: {shown}",
        hint,
        quotes=((clause.start, clause.start + len(clause.words.rstrip())), *((f.start, f.end) for _, f in wrong)),
        computed=(("alpha", "0.05"),),
    )  # fmt: skip
