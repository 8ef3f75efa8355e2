"""Laboratory values that no person has in the unit printed, and everybody in another: a creatinine of "104 mg/dL"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.identity import table_lines
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("CONVERTED_UNITS",)


class _Kind(NamedTuple):
    """An analyte: its unit, and the values that the mean or median of a group can have in it."""

    name: str
    unit: str
    low: float
    high: float


_UMOL = r"[µμu]mol/L"
KINDS = (
    _Kind("creatinine", r"mg/dL", 0.05, 25), _Kind("creatinine", _UMOL, 8, 2200),
    _Kind("bilirubin", r"mg/dL", 0.02, 60), _Kind("urate|uric acid", r"mg/dL", 0.3, 30),
    _Kind("urate|uric acid", _UMOL, 20, 1800), _Kind("glucose", r"mg/dL", 20, 1500),
    _Kind("glucose", r"mmol/L", 0.8, 70), _Kind("cholesterol", r"mg/dL", 9, 1500),
    _Kind("cholesterol", r"mmol/L", 0.2, 35), _Kind("ha?emoglobin", r"g/dL", 2, 26),
    _Kind("ha?emoglobin", r"g/L", 25, 260),
    _Kind("albumin", r"g/dL", 0.4, 8), _Kind("albumin", r"g/L", 6, 75),
)  # fmt: skip
_OTHER = Expression(
    r"\burin\w*|\bratio|/creatinine|clearance|chang|differ|increas|decreas|rise|fall|delta|Δ|SD\b.*\bper\b|"
    r"\bper\b|free |"
    r"plasma ha?emoglobin|glyc|HbA1c|corpuscular|MCHC?|reticulocyte|dialys|effusion|fluid|CSF|cerebrospinal|pleural|"
    r"asci|SAAG|gradient|variab|remnant|VLDL|Lp|non-fasting|load|test|microalbumin|excretion|rate|stool|sweat|saliva|"
    r"mice|mouse|rats?\b|cell-free|log|rabbit|in vitro|medium|fish|plants?|dose|/kg|leaf|solution|mM", re.I,
)  # fmt: skip
_VALUE = r"(?P<v>\d+(?:\.\d+)?)(?:\s?(?:±|\+/-)\s?\d+(?:\.\d+)?|\s?[(\[][^()\[\]]{0,40}[)\]])?\s?"


def unit_of_another(reading: Reading) -> Iterator[Finding]:
    """Find centres of rows, and levels in sentences, that lie far outside what a living person has.

    Left alone: urine, other fluids, animals, changes, ratios and tests.
    """
    text = reading.document.plain
    if not re.search(r"[mµμ]?g/d?L|mol/L", text):
        return
    for row in table_lines(reading):
        label = row.row.label.text
        kind = _kind(label, f"{label} {row.row.unit or ''}")
        if kind is None or _OTHER.search(label):
            continue
        for cell in row.cells:
            figure = cell.figure("mean") or cell.figure("median")
            if figure is not None and not kind.low <= float(figure.printed.value) <= kind.high:
                yield _finding(reading, kind, figure.printed.text, (figure.start, figure.end), label)
                break
    for line in lines(reading, ("abstract", "results", "body")):
        for kind in KINDS:
            for match in _told(kind).finditer(line.words) if re.search(kind.name, line.words, re.I) else ():
                if _OTHER.search(match[0]) or _OTHER.search(line.words[max(0, match.start() - 40) : match.start()]):
                    continue
                if not kind.low <= float(match["v"]) <= kind.high:
                    spot = line.start + match.start("v"), line.start + match.end()
                    yield _finding(reading, kind, match["v"], spot, match[0].split(" ")[0])


def _kind(label: str, said: str) -> _Kind | None:
    for kind in KINDS:
        named = rf"\W*(?:(?:serum|plasma|blood|total|fasting|LDL|HDL|baseline)[ -])*(?:{kind.name})\b"
        if re.match(named, label, re.I) and re.search(rf"(?<![A-Za-z]){kind.unit}(?![A-Za-z])", said):
            return kind
    return None


_TOLD: dict[_Kind, Expression] = {
    kind: Expression(
        rf"\b(?:{kind.name})(?:\s(?:level|concentration)s?)?\s(?:was|were|of|averaged)\s(?:a (?:mean|median) of "
        rf")?{_VALUE}"
        rf"{kind.unit}(?![A-Za-z/])", re.I,
    ) for kind in KINDS
}  # fmt: skip


def _told(kind: _Kind) -> Expression:
    return _TOLD[kind]


def _finding(reading: Reading, kind: _Kind, value: str, spot: tuple[int, int], label: str) -> Finding:
    unit = kind.unit.replace(_UMOL, "µmol/L")
    return reading.finding(
        "CONVERTED_UNITS", "inconsistent",
        f"{label}: {value} {unit} is no value of a living person, who has {kind.low:g} to {kind.high:g} {unit}",
        "the value may be in another unit, or a point is lost", quotes=(spot,),
    )  # fmt: skip
