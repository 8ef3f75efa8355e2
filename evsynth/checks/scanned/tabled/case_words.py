"""What a sentence says of patients in words, against the table with a row for each: none had X, patient 4 is a man."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.identity import SHORT
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cases import COUNT, ROLES, SUBSET, Cases, case_lists, number, of_name
from evsynth.checks.scanned.tabled.cells import body
from evsynth.model.finding import Finding
from evsynth.scan.parts import Cell
from evsynth.text.expressions import Expression

CODES = ("PRINTED_DIFFERENTLY",)

_NONE = Expression(
    r"\b(?:no (?:patient|case|child|one|subject)s?|none(?: of (?:the|our|these)? ?(?:\w+ )?(?:patients|cases)?)?|"
    r"nobody)\s+(?:had|showed|has|developed|experienced|suffered|presented with|carried|received)\s+"
    r"(?P<what>[^.;:,]{2,80})", re.I,
)  # fmt: skip
_LATER = Expression(
    r"\b(?:at (?:baseline|entry|diagnosis|the start|last|\d)|before|previous\w*|prior|again|severe|serious|grade|new|"
    r"further|persist\w*|recurr\w*|more|other|another|any more|both|isolated|pure|only|alone|as (?:a|the)|during|after|"
    r"history|together|combin\w+|concomitant|concurrent|repeat\w*|follow-up|autopsy|with|"
    r"without|first|second|than)\b", re.I,
)  # fmt: skip
_ITEM = Expression(
    rf"(?P<name>[A-Za-z][\w/-]*(?:\s+[\w/-]+){{0,4}}?)\s*(?:\((?P<short>[A-Z][\w-]{{1,10}})\)\s*)?\bin\s+(?P<n>\d+|{COUNT})\b"
    r"(?!\s*(?:months|years|weeks|days|%|points))", re.I,
)  # fmt: skip
_LISTED = Expression(
    rf"\b(?P<n>\d+|{COUNT})\s+(?:[a-z-]+\s+)?(?:patients|cases|subjects|children|women|men|of them|of these)\s*"
    r"\((?:nos?\.?|numbers?|patients?|cases?|pts?\.?|#)\s*"
    r"(?P<list>#?\d{1,3}(?:\s*(?:,|and|&|-|,\s*and)\s*#?\d{1,3})*)\)", re.I,
)  # fmt: skip
_THIS = Expression(
    r"\b(?:patient|case|subject)\s+(?:no\.?\s*)?#?(?P<id>\d{1,2})\b\s*[,(]?\s*(?:was\s+|is\s+)?(?:an?\s+)?"
    r"(?P<age>\d{1,3})[- ]years?[- ]old\s+(?:[a-z-]+\s+){0,2}?(?P<sex>wom[ae]n|m[ae]n|girl|boy|female|male)\b", re.I,
)  # fmt: skip
_SEX = Expression(r"^(?:sex|gender)\b|^[mf]/[mf]$", re.I)
_FEMALE = Expression(r"^(?:f|w|female|girl|woman)\b", re.I)


def case_words(reading: Reading) -> Iterator[Finding]:
    """Check denials, lists of findings, and patients told by their number; and lists of numbers against their count."""
    for line in lines(reading, (*ROLES, "discussion")):
        yield from _listed(reading, line)
    for cases in case_lists(reading):
        tokens = _tokens(cases)
        for line in lines(reading, ROLES):
            yield from _this(reading, cases, line)
            if not SUBSET.search(line.words):
                yield from _denied(reading, line, tokens)
                yield from _counted(reading, cases, line)


def _tokens(cases: Cases) -> dict[str, list[Cell]]:
    """Give the cells of each word that a cell consists of: acronyms as printed, others in small letters."""
    found: dict[str, list[Cell]] = {}
    for _, cells in cases.worded:
        for cell in cells:
            for piece in re.split(r"[,;+]| and ", cell.text):
                text = piece.strip()
                if SHORT.fullmatch(text) or (len(text) > 5 and re.fullmatch(r"[A-Za-z -]+", text)):
                    found.setdefault(text if SHORT.fullmatch(text) else text.lower(), []).append(cell)
    return found


def _denied(reading: Reading, line: Line, tokens: dict[str, list[Cell]]) -> Iterator[Finding]:
    for match in _NONE.finditer(line.words):
        what = match["what"]
        if _LATER.search(what):
            continue
        shorts = SHORT.findall(what)
        named = [s for s in shorts if s in tokens] or [
            t for t in tokens if t == t.lower() and re.fullmatch(rf"(?:an? |any )?{re.escape(t)}", what.strip().lower())
        ]
        for name in named[:1]:
            yield reading.finding(
                "PRINTED_DIFFERENTLY", "inconsistent",
                f"'{' '.join(match[0].split())}' is inconsistent with the table, which prints {name} for "
                f"{len(tokens[name])} of them",
                "another time may be meant; otherwise a cell or the sentence is wrong",
                quotes=(line.piece(match), *((c.start, c.end) for c in tokens[name])),
            )  # fmt: skip


def _counted(reading: Reading, cases: Cases, line: Line) -> Iterator[Finding]:
    """Compare "NSIP in four, OP in two" with a column of these words: all but one as told."""
    items = list(_ITEM.finditer(line.words))
    if len(items) < 3:
        return
    for _, cells in cases.worded:
        texts = [c.text.strip().lower() for c in cells]
        found = []
        for item in items:
            names = {(item["short"] or "").lower(), item["name"].lower(), item["name"].lower().split()[-1]} - {""}
            same = [c for c, t in zip(cells, texts, strict=True) if t in names]
            if same:
                found.append((item, int(number(item["n"])), same))
        wrong = [x for x in found if x[1] != len(x[2])]
        if len(found) >= 3 and len(wrong) == 1:
            item, _, same = wrong[0]
            yield reading.finding(
                "PRINTED_DIFFERENTLY", "inconsistent",
                f"'{' '.join(item[0].split())}' is inconsistent with the table, which prints it for {len(same)}; the "
                f"other {len(found) - 1} of the list are as in the table",
                "a cell may be misprinted",
                quotes=(line.piece(item), *((c.start, c.end) for c in same)),
            )  # fmt: skip
            return


def _listed(reading: Reading, line: Line) -> Iterator[Finding]:
    for match in _LISTED.finditer(line.words):
        said, listed = int(number(match["n"])), 0
        for low, high in re.findall(r"(\d+)(?:\s*-\s*#?(\d+))?", match["list"]):
            listed += int(high) - int(low) + 1 if high else 1
        if said != listed:
            yield reading.finding(
                "PRINTED_DIFFERENTLY", "inconsistent",
                f"{match['n']} patients is inconsistent with the {listed} that are listed, {match['list']}",
                "the list may give examples only; otherwise a number is missing or the count is wrong",
                quotes=(line.piece(match),), computed=(("listed", str(listed)),),
            )  # fmt: skip


def _this(reading: Reading, cases: Cases, line: Line) -> Iterator[Finding]:
    """Compare age and sex of a patient told by number with the row."""
    rows = list(body(cases.table))
    for match in _THIS.finditer(line.words):
        if cases.labels.count(match["id"]) != 1:
            continue
        row = rows[cases.labels.index(match["id"])]
        female = bool(re.match(r"wom|girl|fem", match["sex"], re.I))
        wrong: list[tuple[str, Cell]] = []
        for column, cells in cases.worded:
            cell = cells[cases.labels.index(match["id"])]
            if _SEX.match(column.label) and cell.text.strip() and bool(_FEMALE.match(cell.text.strip())) != female:
                wrong.append((match["sex"], cell))
        for one in of_name(cases, "age"):
            value = one.numbers[cases.labels.index(match["id"])]
            then = re.search(r"\b(?:when|onset|diagnos\w+|began|first|at the time|died)\b", line.words, re.I)
            if value is not None and not then and abs(value.value - float(match["age"])) > 1:
                wrong.append((f"{match['age']} years", cases.table.cell(row.index, one.column.index)))
        for said, cell in wrong:
            yield reading.finding(
                "PRINTED_DIFFERENTLY", "inconsistent",
                f"patient {match['id']}: '{said}' is inconsistent with the table, which prints {cell.text.strip()}",
                "the numbers of two patients may have been exchanged",
                quotes=(line.piece(match), (cell.start, cell.end)),
            )  # fmt: skip


__all__ = ["CODES", "case_words"]
