"""Can whole numbers have this mean (GRIM), and this SD (GRIMMER)?

Only for scores and counts that the paper, or their name, shows whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.identity import Line, key, size, spot, table_lines
from evsynth.checks.scanned.numbers.methods_said import tests
from evsynth.checks.scanned.numbers.scales_of_rows import scale_of, stated
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.granularity import chance, decides, grimmer_any, sd_chance, sums
from evsynth.scan.parts import Figure, Table
from evsynth.scan.statistics import Reported
from evsynth.text.expressions import Expression

CODES = ("GRIM", "GRIMMER")

LEAST = 0.2
"""A test that would fail fewer random values than this says too little."""

_INSTRUMENT = Expression(
    r"\b(?:PHQ-?[0-9]+|GAD-?7|HAM-?[AD](?:-?[0-9]+)?|HDRS|MADRS|BDI|BAI|HADS|WSAS|MMSE|MoCA|EPDS|GDS|mMRC|MRC|NYHA|"
    r"ECOG|mRS|NIHSS|GCS|APACHE(?: II)?|SOFA|qSOFA|CAT|ACT|C-ACT|ISI|AUDIT|YMRS|PANSS|CGI(?:-[SI])?|ASA|Apgar|"
    r"Charlson|IPSS|IIEF(?:-5)?|ESS|PSQI|FSS|CURB-65|CHADS2|SGRQ-item|Epworth|MMAS|AIMS)\b"
)
_WHOLE = Expression(r"\b(?:whole|integer) numbers?\b|\bintegers?\b|\bwhole points\b", re.I)
_COUNT = Expression(
    r"\b(?:number of (?!patients)|no\. of (?!patients)|(?:exacerbations?|admissions?|hospitali[sz]ations?|"
    r"relapses?|attacks|seizures|"
    r"visits|falls|episodes|children|pregnancies|teeth|lesions|tender joints?|swollen joints?|"
    r"comorbidities) per (?:child|patient|person|participant))",
    re.I,
)  # fmt: skip
_NOT = Expression(
    r"\b(?:per (?:year|month|week|day|patient-year|100)|rate|log|%|percent|VAS|visual analog\w*|adjusted|estimated|"
    r"least.squares|weighted|imputed|average|index|standardi[sz]ed|z-? ?score|T-? ?score|change|difference)\b", re.I,
)  # fmt: skip


def whole_numbers(reading: Reading) -> Iterator[Finding]:
    """Try GRIM on means of whole numbers whose group size is printed; medians and marked rows are left alone."""
    known, words = stated(reading), reading.document.prose
    whole = bool(_WHOLE.search(words))
    rated = [key(words[max(0, m.start() - 100) : m.start()]) for m in _WHOLE.finditer(words)]
    adjusted = bool(
        re.search(r"multiple imputation|last observation carried|least.squares means|estimated marginal", words, re.I)
    )
    modelled = tests(reading).adjusted
    for line in table_lines(reading):
        caption = line.table.caption.text if line.table.caption is not None else ""
        if modelled and "baseline" not in caption.lower():
            continue
        if adjusted or line.marked or _NOT.search(line.row.label.text):
            continue
        named = bool(_INSTRUMENT.search(line.row.label.text))
        ranged = whole and scale_of(line, known) is not None
        for cell in line.cells:
            heads = " ".join(h.text for h in line.table.columns[cell.spot.column or 0].heads)
            counted = (
                _COUNT.search(line.row.label.text)
                or _COUNT.search(heads)
                or (_COUNT.search(caption) and not line.row.unit and cell.sort == "mean sd" and "(mean" in caption)
            )
            if (named or ranged or counted or _rated(line, rated)) and not _NOT.search(heads):
                yield from _mean(reading, line, cell)


def _rated(line: Line, rated: list[frozenset[str]]) -> bool:
    """Say whether a sentence says of the variable of a row that it is rated in whole numbers."""
    own = frozenset(w for w in key(line.name) if w.isalpha())
    return bool(own) and any(own <= words for words in rated)


def _mean(reading: Reading, line: Line, cell: Reported) -> Iterator[Finding]:
    mean = cell.figure("mean")
    patients, sized = _patients(reading, line, cell)
    if mean is None or patients is None or mean.printed.bound or mean.printed.value < 0 or patients < 2:
        return
    if not decides(mean.printed, patients) or chance(mean.printed, patients) < LEAST:
        return
    if sums(mean.printed, patients):
        yield from _sd(reading, line, cell, mean, patients)
        return
    near = [n for n in range(max(2, patients - 5), patients) if sums(mean.printed, n)]
    hint = (
        f"{', '.join(map(str, near))} patients would give it (missing data)" if near else "no few patients less give it"
    )
    sd = cell.figure("sd")
    at = [(sized, sized + len(str(patients)))] if sized else []
    yield reading.finding(
        "GRIM", "inconsistent",
        f"{line.name}: a mean of {mean.printed} is inconsistent with whole numbers of {patients} patients",
        f"{hint}; halves or imputed values would explain it",
        quotes=(spot(*(f for f in (mean, sd) if f is not None)), *at),
        computed=(("probability that a random mean fails", f"{chance(mean.printed, patients):.2f}"),),
    )  # fmt: skip


def _sd(reading: Reading, line: Line, cell: Reported, mean: Figure, patients: int) -> Iterator[Finding]:
    sd = cell.figure("sd")
    if sd is None or sd.printed.bound or sd.printed.value <= 0 or grimmer_any(mean.printed, sd.printed, patients):
        return
    fails = sd_chance(mean.printed, sd.printed, patients)
    if fails < LEAST or any(grimmer_any(mean.printed, sd.printed, n) for n in range(max(2, patients - 2), patients)):
        return
    yield reading.finding(
        "GRIMMER", "inconsistent",
        f"{line.name}: an SD of {sd.printed} is inconsistent with whole numbers of {patients} patients whose mean is "
        f"{mean.printed}",
        "halves, imputed values or a few patients less would explain it",
        quotes=(spot(mean, sd),), computed=(("probability that a random SD fails", f"{fails:.2f}"),),
    )  # fmt: skip


def _patients(reading: Reading, line: Line, cell: Reported) -> tuple[int | None, int | None]:
    """Give the size of the group: of the column, or of a column of sizes right before this one."""
    found = size(reading, cell)
    if found is not None:
        return found.patients, None
    column = (cell.spot.column or 0) - 1
    if column < 1 or not _sizes(line.table, column):
        return None, None
    text = line.table.cell(line.row.index, column)
    return (int(text.text), text.start) if text.text.isdigit() else (None, None)


def _sizes(table: Table, column: int) -> bool:
    return any(
        re.search(r"(?:^|[\s,(])(?:n|N|No\.?|patients)\)?$", h.text.strip()) for h in table.columns[column].heads
    )
