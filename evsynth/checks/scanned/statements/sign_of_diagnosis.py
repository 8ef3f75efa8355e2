"""More patients with a feature than with the conditions that alone can have it, as a sign of dermatomyositis."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.identity import Line as TableLine
from evsynth.checks.scanned.identity import table_lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.parts import Figure
from evsynth.text.expressions import Expression

CODES = ("SIGN_EXCEEDS_DIAGNOSIS",)


class Only(NamedTuple):
    """A feature, and the rows (of one table) that together hold all who can have it."""

    feature: Expression
    holders: Expression


ONLY = (
    Only(
        Expression(r"\bheliotrope\b|\bgottron|\bshawl sign\b|\bV[- ]sign\b", re.I),
        Expression(r"\b(?:DM|CADM|ADM|JDM|CDM|dermatomyositis)\b(?!-| *PM)", re.I),
    ),
    Only(
        Expression(r"\b(?:prostate (?:cancer|carcinoma)|benign prostatic|prostatectomy|testicular|erectile)", re.I),
        Expression(r"^(?:male|men|man|boys)\b|\bmale sex\b", re.I),
    ),
    Only(
        Expression(
            r"\b(?:pregnan|post-?menopaus|menopaus|ovarian|uterine|endometrial|cervical cancer|hysterectomy|gravid|"
            r"parity|"
            r"oral contracepti|pre-?eclampsia)",
            re.I,
        ),
        Expression(r"^(?:female|women|woman|girls)\b|\bfemale sex\b", re.I),
    ),
    Only(
        Expression(
            r"\binsulin(?:[- ](?:treated|dependent|use|users|therapy))\b|\bon insulin\b|\bdiabetic (?:nephro|retino|"
            r"neuro|foot)",
            re.I,
        ),
        Expression(r"^(?:type [12] )?diabet(?:es|ic)\b", re.I),
    ),
    Only(
        Expression(r"\bon (?:haemo|hemo)?dialysis\b|^(?:haemo|hemo)?dialysis\b", re.I),
        Expression(r"^(?:chronic kidney disease|CKD|renal failure|end-?stage renal)", re.I),
    ),
)
"""Features that only some patients can have. Kept short: each must hold by definition."""


def sign_of_diagnosis(reading: Reading) -> Iterator[Finding]:
    """Compare the count of a feature with the counts of all who can have it, by group, in one table.

    Left alone: tables that print none of the holders, rows of outcomes in time, history in the family, and features of
    which the count does not exceed the sum of the holders.
    """
    rows = table_lines(reading)
    for table in {row.table.index: row.table for row in rows}.values():
        own = [row for row in rows if row.table.index == table.index]
        for only in ONLY:
            holders = [row for row in own if only.holders.search(row.row.stem or row.row.label.text)]
            if not holders:
                continue
            for row in own:
                label = row.row.label.text
                if (
                    not only.feature.search(label)
                    or row in holders
                    or re.search(r"family|history|excluded", label, re.I)
                ):
                    continue
                yield from _exceeding(reading, row, holders)


def _exceeding(reading: Reading, row: TableLine, holders: list[TableLine]) -> Iterator[Finding]:
    for cell in row.cells:
        count = cell.figure("count")
        of_holders = [_count(h, cell.spot.column) for h in holders]
        if count is None or count.printed.bound or any(f is None for f in of_holders):
            continue
        figures = [f for f in of_holders if f is not None]
        total = sum(int(f.printed.value) for f in figures)
        if int(count.printed.value) > total:
            names = " + ".join(h.name for h in holders)
            where = f" in {cell.group.text}" if cell.group else ""
            yield reading.finding(
                "SIGN_EXCEEDS_DIAGNOSIS", "inconsistent",
                f"{row.name}{where}: {count.printed} patients, but only {total} who can have it ({names})",
                "the sign may be counted in patients whose diagnosis is listed under another name",
                quotes=((cell.start, cell.end), *((f.start, f.end) for f in figures)),
                computed=(("patients who can have it", str(total)),),
            )  # fmt: skip


def _count(row: TableLine, column: int | None) -> Figure | None:
    cell = next((c for c in row.cells if c.spot.column == column), None)
    return cell.figure("count") if cell is not None else None
