"""Every number of a paper as a fact: what it is, in which part of the paper it stands, what its words are about.

One table for the whole document: sentences, legends and cells. A fact is of a zone: the title, a part of the abstract,
the methods, the results, the discussion, a legend, a table. Made for checks that hold one zone against another.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from evsynth.checks.scanned.facts.quantities import Quantity, quantities
from evsynth.checks.scanned.facts.subjects import subjects
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.scan.document import Document
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

ZONES: tuple[Role, ...] = (
    "title", "front matter", "abstract", "background", "methods", "results", "body", "discussion", "conclusion",
    "figure legend", "registration",
)  # fmt: skip
_PARAGRAPHS: tuple[Role, ...] = ("abstract", "body", "front matter")
_SORTS = {
    "number": "bare", "ratio": "bare", "correlation": "bare", "score": "bare", "needed": "count",
    "dose": "measure", "points": "percent",
}  # fmt: skip
_MONEY = Expression(r"(?:[$€£¥]|\b(?:USD|EUR|GBP|CHF|AUD|US\$))\s?$")
_MONEY_AFTER = Expression(r"\s?(?:[$€£¥]|(?:euros?|dollars|pounds|francs|yen)\b)")
_BOUND = Expression(
    r"(?:[<>≤≥]|\b(?:more|less|fewer|greater|lower|higher|older|younger|later|earlier) than|\b(?:over|under|above|"
    r"below|at (?:least|most)|up to|beyond|exceed\w*|minimum of|maximum of|limit of|every|first|last|next|per))"
    r"\s?$", re.I,
)  # fmt: skip
_BOUND_AFTER = Expression(
    r"[\s-]?(?:years?|months?|weeks?|days?|%|points?)?[\s-](?:of age )?(?:or|and) (?:older|over|younger|more|less|"
    r"above|below|under|fewer|higher|lower|longer)\b|\+", re.I,
)  # fmt: skip
_RANGE_BEFORE = Expression(r"⟩ ?%?(?: ?[-/] ?| to )$")
_RANGE_AFTER = Expression(r" ?%?(?: ?-| to) ?⟨")
_CONCLUDES = Expression(r"\s*(?:(?:CONCLUSIONS?|INTERPRETATION)\b|(?:Conclusions?|Interpretation)[.:])")
_HEADED = Expression(r"[.:]\s+(?:CONCLUSIONS?|INTERPRETATION)\s?[.:]$")
_GAP = Expression(r"\n[ \t]*\n")
_CELL = Expression(r"(?<![\w.,])[-−+]?(?P<n>\d{1,3}(?:,\d{3})+|\d+)(?P<d>[.·]\d+)?(?![\w.])")
_ABBREVIATION = Expression(r"\b((?:[a-z][a-z-]*[ -]){1,6})\(([A-Z][A-Za-z-]*[A-Z])\)", re.I)
_KNOWN = {
    "OS": "overall survival", "PFS": "progression survival", "DFS": "disease survival", "NNT": "needed treat",
    "ICER": "incremental cost effectiveness", "CI": "", "SD": "", "LOS": "length stay", "BP": "blood pressure",
    "SBP": "systolic blood pressure", "BMI": "body mass", "RR": "relative", "HR": "hazard", "OR": "odds",
    "AUC": "area curve", "SAE": "serious adverse event", "SAEs": "serious adverse events", "ICU": "intensive care",
}  # fmt: skip


class Fact(NamedTuple):
    """A number: its sort and unit, value and half of its last digit, its zone, and the stems of the words about it."""

    sort: str
    unit: str
    value: float
    half: float
    digits: str
    spot: Spot
    zone: str
    role: Role
    part: Role
    sentence: int
    limit: bool
    near: frozenset[str]
    about: frozenset[str]
    before: str
    after: str
    words: str

    @property
    def decimals(self) -> int:
        """How many decimals are printed."""
        return len(self.digits.partition(".")[2])


_READ: dict[int, tuple[Document, tuple[Fact, ...]]] = {}


def facts_told(reading: Reading) -> tuple[Fact, ...]:
    """Give the numbers of a document in order, references left out; each document is read once."""
    document = reading.document
    kept = _READ.get(id(document))
    if kept is None or kept[0] is not document:
        while len(_READ) > 3:
            _READ.pop(next(iter(_READ)))
        kept = _READ[id(document)] = (document, (*_sentences(reading), *_cells(document)))
    return kept[1]


def _sentences(reading: Reading) -> list[Fact]:
    document = reading.document
    gaps = [m.start() for m in _GAP.finditer(document.prose)]
    names = _names(document)
    found: list[Fact] = []
    last = ""
    for number, told_line in enumerate(lines(reading, ZONES)):
        line = told_line
        concludes = _CONCLUDES.match(line.words) or _HEADED.search(last)
        last = line.words[-20:]
        told = quantities(line)
        if not told:
            continue
        zone = _zone(document, line, gaps)
        if line.role == "body" and concludes:
            line, zone = line._replace(role="conclusion"), "conclusion"
        about = _subjects(line.words, names)
        told_here = len(found)
        for one in told:
            found.append(_fact(one, line, number, zone, document.sections[line.section].part, about, names))
        found += _shares(found[told_here:])
    return found


def _fact(
    one: Quantity, line: Line, number: int, zone: str, part: Role, about: frozenset[str], names: dict[str, str]
) -> Fact:
    sort, unit = _SORTS.get(one.sort, one.sort), one.unit
    start = one.number.start
    if _MONEY.search(line.words[max(0, start - 5) : start]) or _MONEY_AFTER.match(line.words, one.number.end):
        sort, unit = "money", ""
    around = f"{one.before[-60:]} {one.after[:60]}"
    near = one.local | _subjects(" ".join(_CAPITALS.findall(around)), names)
    if one.sort == "p":
        near |= about
    if _I_SQUARED.search(one.before[-40:]):
        near |= {"i2"}
    role: Role = "figure legend" if zone.startswith("legend") else line.role
    digits = one.number.printed.text.strip("-−+").replace(",", "").lstrip("0") or "0"
    return Fact(
        sort, unit, one.value, one.half, "0" + digits if digits.startswith(".") else digits, one.spot, zone, role, part,
        number, one.limit or _bound(one), near, about, one.before, one.after, line.words,
    )  # fmt: skip


_I_SQUARED = Expression(r"\bI\s?(?:²|2|\^2)[^;.]{0,24}$")
_CAPITALS = Expression(r"\b[A-Za-z]?[A-Z]{2,}s?\b")


def _shares(found: list[Fact]) -> list[Fact]:
    """Give the percentages of "24 of 100 patients" and "24/100", where the sentence prints none."""
    counts = [f for f in found if f.sort == "count" and not f.limit]
    shares = []
    for a, b in pairwise(counts):
        gap = a.after[: len(a.after) - len(b.after)]
        if 0 < a.value <= b.value and b.value >= 20 and _OF.fullmatch(gap):
            percent = 100 * a.value / b.value
            if not any(f.sort == "percent" and abs(f.value - percent) <= f.half + 0.06 for f in found):
                shares.append(a._replace(
                    sort="percent", value=percent, half=0.05, digits=f"{percent:.1f}", near=a.near | b.near,
                    after=b.after, spot=(a.spot[0], b.spot[1]),
                ))  # fmt: skip
    return shares


_OF = Expression(r"\s?(?:/|(?:[a-z]+ ){0,2}(?:out )?of (?:the |these |all |our )?)\s?⟨c\d+⟩")


def _bound(one: Quantity) -> bool:
    if _RANGE_BEFORE.search(one.before[-12:]) or _RANGE_AFTER.match(one.after):
        return True
    return bool(_BOUND.search(one.before[-24:]) or _BOUND_AFTER.match(one.after))


def _zone(document: Document, line: Line, gaps: list[int]) -> str:
    legend = document.legend_at(line.start)
    if legend is not None:
        return f"legend {legend.index}"
    if line.role in _PARAGRAPHS:
        return f"{line.role} {line.section} {sum(g < line.start for g in gaps)}"
    return line.role


def _cells(document: Document) -> list[Fact]:
    found = []
    for table in document.tables:
        caption = subjects(table.caption.text) if table.caption else frozenset()
        for row in table.rows:
            label = subjects(row.label.text)
            for column, cell in enumerate(row.cells[1:], 1):
                head = table.columns[column].label if column < len(table.columns) else ""
                near = label | subjects(head)
                text = document.plain[cell.start : cell.end]
                for m in _CELL.finditer(text):
                    digits = m["n"].replace(",", "") + (m["d"] or "").replace("·", ".")
                    half = 0.5 * 10.0 ** -len(digits.partition(".")[2])
                    sort = "percent" if "%" in (text[m.end() : m.end() + 2]) else "cell"
                    spot = (cell.start + m.start(), cell.start + m.end())
                    found.append(Fact(
                        sort, "", float(digits), half, digits, spot, f"table {table.index}", "table", "table",
                        -1 - row.index - 1000 * table.index, False, near, near | caption, text[: m.start()],
                        text[m.end() :], f"{row.label.text} {text}",
                    ))  # fmt: skip
    return found


def _names(document: Document) -> dict[str, str]:
    """Give the short names that the paper, or everyone, explains, with their words."""
    names = dict(_KNOWN)
    for m in _ABBREVIATION.finditer(document.prose):
        initials = m[2].strip("s-")
        words = [w for w in re.split(r"[ -]+", m[1].strip()) if w][-len(initials) :]
        if words and "".join(w[0] for w in words).lower() == initials.lower():
            names[m[2]] = " ".join(words)
    return names


def _subjects(words: str, names: dict[str, str]) -> frozenset[str]:
    spelled = " ".join(names.get(w, "") for w in _CAPITALS.findall(words))
    return subjects(words) | subjects(spelled)


def zone_of(reading: Reading, line: Line) -> str:
    """Give the zone of a sentence, that of a fact in it."""
    return _zone(reading.document, line, [m.start() for m in _GAP.finditer(reading.document.prose)])


__all__ = ["Fact", "facts_told", "zone_of"]
