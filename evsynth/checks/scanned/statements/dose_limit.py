"""A dose above the limit that the methods state."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.identity import table_lines
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("DOSE_ABOVE_LIMIT",)

_UNIT = r"(?:mg|g|µg|mcg|IU|U)(?:\s?/\s?(?:kg|m2|m²))?(?:\s?/\s?(?:d|day|week|wk))?\b"
_DOSE = rf"(?P<n>[0-9]+(?:[.·,][0-9]+)?)\s?(?P<unit>{_UNIT})"
_LIMIT = Expression(
    rf"\b(?:maximum|maximal|max\.?|highest|upper limit|ceiling|limited to|capped at|not (?:to "
    rf")?exceed(?:ing)?|up to a maximum)\b"
    rf"[^.;0-9]{{0,40}}?{_DOSE}|"
    rf"{_DOSE.replace('<n>', '<m>').replace('<unit>', '<unit2>')}[^.;,0-9]{{0,25}}?\b(?:was|were|is|must|"
    rf"could|should|had)?\s*(?:never|not)\s+(?:to\s+)?(?:be\s+)?(?:allowed to be\s+)?exceed(?:ed)?\b",
    re.I,
)
_REACHED = Expression(
    rf"\b(?:range[sd]?(?: from)?|from|between|maximum(?: of)?|up to|highest|as (?:much|high) "
    rf"as)\s*:?\s*(?:(?P<low>[0-9]+(?:[.·][0-9]+)?)\s?"
    rf"(?:{_UNIT})?\s?(?:-|–|to|and)\s?)?(?P<high>[0-9]+(?:[.·][0-9]+)?)(?:\s?(?P<unit>{_UNIT}))?",
    re.I,
)
_DRUG = Expression(
    r"\b(?:tacrolimus|cyclosporin\w*|ciclosporin|pred\w*solone|methylpred\w+|pred\w*|azathioprine|"
    r"mycophenolate\w*|methotrexate|"
    r"cyclophosphamide|pirfenidone|nintedanib|rituximab|colchicine|\w+(?:mab|nib|pril|sartan|statin|gliptin|"
    r"gliflozin|olol|"
    r"azole|cillin|mycin|floxacin|formin|parin|xaban|tidine|prazole|triptan|oxetine|tinib|limus|olone|asone))\b",
    re.I,
)


class Limit(NamedTuple):
    """A highest dose, its unit, the drugs named with it, and where it stands."""

    dose: float
    unit: str
    drugs: frozenset[str]
    spot: Spot
    text: str


def dose_limit(reading: Reading) -> Iterator[Finding]:
    """Compare the highest dose of ranges in text and tables with the limit for the same drug and unit.

    A limit belongs to the drug named last before it in its sentence. Left alone: limits per kilogram against whole
    doses, and sentences that name no drug or several.
    """
    limits = list(_limits(reading))
    if not limits:
        return
    for line in lines(reading, ("abstract", "results", "body")):
        drugs = _drugs(line.words)
        for match in _REACHED.finditer(line.words):
            before = line.words[: match.start()]
            unit = match["unit"] or _last_unit(before)
            if unit and len(drugs) == 1:
                yield from _above(
                    reading, limits, drugs, float(match["high"].replace("·", ".")), unit, line.piece(match)
                )
    for row in table_lines(reading):
        drugs = _drugs(row.label)
        for cell in row.cells:
            high = cell.figure("maximum")
            if high is not None and len(drugs) == 1 and row.row.unit:
                yield from _above(
                    reading, limits, drugs, float(high.printed.value), row.row.unit, (cell.start, cell.end)
                )


def _limits(reading: Reading) -> Iterator[Limit]:
    for line in lines(reading, ("methods", "abstract", "body")):
        for match in _LIMIT.finditer(line.words):
            named = [m[0].lower()[:6] for m in _DRUG.finditer(line.words, 0, match.end())]
            if named:
                dose = float((match["n"] or match["m"]).replace("·", ".").replace(",", ""))
                yield Limit(
                    dose, _plain(match["unit"] or match["unit2"]), frozenset(named[-1:]), line.piece(match), match[0]
                )


def _above(
    reading: Reading, limits: list[Limit], drugs: frozenset[str], dose: float, unit: str, spot: Spot
) -> Iterator[Finding]:
    for limit in limits:
        if limit.drugs == drugs and limit.unit == _plain(unit) and dose > limit.dose and spot != limit.spot:
            yield reading.finding(
                "DOSE_ABOVE_LIMIT", "inconsistent",
                f"a dose of {dose:g} {unit} is above the limit of the paper: '{' '.join(limit.text.split())}'",
                "the limit may hold for the start of treatment only, or for a part of the patients",
                quotes=(spot, limit.spot),
            )  # fmt: skip
            return


def _drugs(words: str) -> frozenset[str]:
    return frozenset(m[0].lower()[:6] for m in _DRUG.finditer(words))


def _plain(unit: str) -> str:
    """Give the unit without a day, which doses are told with and without: mg/day is mg."""
    return re.sub(r"\s|/(?:d|day)\b", "", unit.lower()).replace("mcg", "µg").replace("m²", "m2")


def _last_unit(before: str) -> str | None:
    found = list(re.finditer(_UNIT, before))
    return found[-1][0] if found else None
