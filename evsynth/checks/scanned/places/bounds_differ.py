"""One limit told with and without the limit itself: "ANA ≥1:320" in the text and "ANA >1:320" in the table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("BOUND_DIFFERS",)

_LIMIT = Expression(
    r"(?P<what>\b[A-Za-z][A-Za-z0-9-]{1,20})(?: (?:of|was|is|titre|titer|level))? ?(?P<sign>≥|≤|>=|<=|>|<|⩾|⩽) ?"
    r"(?P<number>\d+(?:[.:]\d+)?)(?![\d.]*\d|:)(?P<unit> ?(?:%|[a-zA-Zµμ]+(?:/[a-zA-Z]+)?))?"
)
_WITH = frozenset(("≥", "≤", ">=", "<=", "⩾", "⩽"))
_UPWARD = frozenset(("≥", ">=", ">", "⩾"))
_NO_NAME = frozenset(
    ("p", "value", "values", "and", "or", "with", "had", "at", "to", "the", "of", "than", "were", "in")
)
_NO_UNIT = frozenset(("and", "or", "in", "were", "was", "with", "titre", "titer", "to", "at", "for", "is", "as", "had"))


def bounds_differ(reading: Reading) -> Iterator[Finding]:
    """Find one named limit in one direction that includes its number in one place and excludes it in another.

    A note. Left alone: P values, limits in opposite directions (the two halves of a division), other units, references.
    """
    found: dict[tuple[str, bool, str, str], dict[bool, Spot]] = defaultdict(dict)
    for section in reading.document.sections:
        if section.role in ("references", "background", "discussion", "back matter", "field"):
            continue
        for m in _LIMIT.finditer(reading.document.plain, section.start, section.end):
            what, unit = m["what"].lower(), (m["unit"] or "").strip().lower()
            if what in _NO_NAME or what.isdigit():
                continue
            unit = "" if unit in _NO_UNIT else unit
            key = what, m["sign"] in _UPWARD, m["number"], unit
            found[key].setdefault(m["sign"] in _WITH, m.span())
    for (what, _, number, unit), spots in found.items():
        if len(spots) == 2 and (len(what) > 2 or what.isupper()):
            one, two = spots[True], spots[False]
            texts = [re.sub(r"\s+", " ", reading.document.text[a:b]).strip() for a, b in (one, two)]
            at = f"{number} {unit}".strip()
            yield reading.finding(
                "BOUND_DIFFERS", "note",
                f"'{texts[0]}' is inconsistent with '{texts[1]}': patients at {at} belong to one of them only",
                "the two may be limits of different things; otherwise ask which was used",
                quotes=(one, two),
            )  # fmt: skip
