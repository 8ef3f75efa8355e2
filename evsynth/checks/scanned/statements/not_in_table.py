"""A sentence says that groups do not differ in a variable and cites a table that does not hold it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("NOT_IN_TABLE",)

_VARIABLES: tuple[tuple[str, str], ...] = (
    (r"disease duration|duration of (?:the )?disease", r"duration|time since (?:diagnosis|onset)|onset"),
    (r"\bage\b", r"\bages?\b|years old|birth"),
    (r"\bgender\b|\bsex\b", r"\b(?:fe)?males?\b|\bsex\b|\bgender\b|\b(?:wo)?men\b|\bgirls\b|\bboys\b|\bM/F\b|\bF/M\b"),
    (r"body mass index|\bBMI\b", r"body mass|\bBMI\b|\bweight\b|obes"),
    (r"\bsmoking\b", r"smok|tobacco|pack"),
    (r"\bblood pressure\b", r"pressure|hypertens|\bS?BP\b"),
    (r"\bethnicity\b|\brace\b", r"ethnic|\brace\b|white|black|asian"),
    (r"\beducation\b", r"educat|school"),
    (r"\bdiabetes\b", r"diabet|comorbid"),
    (r"\bhypertension\b", r"hypertens|comorbid|pressure"),
)
"""A variable as a sentence names it, and the words of labels that would show it. Only what every author names alike."""

_ALIKE = Expression(
    r"\bno (?:statistically )?(?:significant )?differences?\b|\bdid not differ\b|\b(?:comparable|similar|balanced|"
    r"matched)\b",
    re.I,
)
_TABLE = Expression(r"\bTable\s*(S?[0-9]+)\b(?!\s*(?:,|and|-|to)\s*(?:Table\s*)?S?[0-9])", re.I)


def not_in_table(reading: Reading) -> Iterator[Finding]:
    """Look for each of a few variables that a sentence names in the table it cites for them.

    Judged only where the table is held and shows at least two others that the sentence names. Left alone: sentences
    that cite several tables or a figure, and variables under other words.
    """
    tables = {t.number.upper(): t for t in reading.document.tables}
    for line in lines(reading, ("results", "body")):
        cited = {m[1].upper() for m in _TABLE.finditer(line.words)}
        if len(cited) != 1 or not _ALIKE.search(line.words) or re.search(r"\bFig|\bTables\b", line.words):
            continue
        table = tables.get(next(iter(cited)))
        if table is None or not table.rows:
            continue
        text = reading.document.plain[table.start : table.end]
        named = [(m, shown) for said, shown in _VARIABLES if (m := re.search(said, line.words, re.I))]
        missing = [m for m, shown in named if not re.search(shown, text, re.I)]
        if missing and len(named) - len(missing) >= 2:
            yield reading.finding(
                "NOT_IN_TABLE", "concern",
                f"'{missing[0][0]}' is said not to differ, and Table {table.number} does not show it",
                "it may be shown in a supplement, or under another name",
                quotes=(line.piece(missing[0]),),
            )  # fmt: skip
