"""How many patients the study has: what its tables, and its own sentences, print most plainly."""

from __future__ import annotations

import re
from collections import Counter

from evsynth.checks.scanned.identity import is_whole, whole_number
from evsynth.checks.scanned.reading import Reading
from evsynth.scan.parts import Figure
from evsynth.text.expressions import Expression

_ENROLLED = Expression(
    r"\b(?:enrol+ed|included|random(?:i[sz]ed|ly)|underwent randomi[sz]ation|analy[sz]ed|studied|recruited|eligible|"
    r"consecutive|identified|took part|participated|we reviewed)\b", re.I,
)  # fmt: skip


def study_size(reading: Reading) -> int | None:
    """Give the largest number of patients that two places print as enrolled, analysed, or in the columns of a table."""
    found = sizes_said(reading)
    return max((n for n, times in found.items() if times > 1), default=None)


def _year(reading: Reading, figure: Figure) -> bool:
    """Say whether a number reads like a year: no word for patients follows it."""
    after = reading.document.prose[figure.end : figure.end + 30]
    return 1900 <= figure.printed.value <= 2100 and not re.match(
        r"\s(?:\w+\s)?(?:patients|participants|children|adults|cases)", after
    )


def sizes_said(reading: Reading) -> Counter[int]:
    """Count the places that print each number of patients as that of the study."""
    found: Counter[int] = Counter()
    for table in reading.document.tables:
        if table.n is not None and (number := whole_number(table.n.printed)) is not None:
            found[number] += 1
        heads = [c for c in table.columns[1:] if c.n is not None and c.statistic is None]
        whole = [c for c in heads if is_whole(c)]
        for column in whole:
            if column.n is not None and (number := whole_number(column.n.printed)) is not None:
                found[number] += 1
        parts = {c.n.start: c.n for c in heads if c.n is not None and c not in whole}
        if len(parts) > 1:
            found[sum(int(f.printed.value) for f in parts.values())] += 1
    for r in reading.reported:
        if r.sort not in ("group size", "count") or r.spot.table is not None or len(r.figures) != 1:
            continue
        if r.spot.role not in ("abstract", "methods", "results", "body") or r.spot.sentence is None:
            continue
        sentence = reading.document.sentences[r.spot.sentence]
        number = whole_number(r.figures[0].printed)
        words = reading.document.prose[sentence.start : sentence.end]
        if number is not None and number > 3 and not _year(reading, r.figures[0]) and _ENROLLED.search(words):
            found[number] += 1
    return found
