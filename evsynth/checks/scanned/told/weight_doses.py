"""A dose by weight or surface against the dose given: 0.2 mg/kg for 10 kg is 2 mg, 75 mg/m2 for 1.8 m2 135 mg."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("DOSE_BY_WEIGHT",)

_N = r"\d+(?:,\d{3})*(?:\.\d+)?"
_MASS = r"mg|µg|mcg|g|IU|U|units|mL|ml|mmol|mEq|kcal"
_BY = Expression(rf"(?<![\w.,/-])(?P<v>{_N})\s?(?P<u>{_MASS})\s?(?:/\s?|per\s)(?P<of>kg|kilogram|m2|"
                 rf"m²)(?:\s(?:of\s)?body ?weight)?"
                 r"(?P<rate>\s?(?:/|per)\s?(?:min|h|day|d|dose)\w*)?")  # fmt: skip
_WEIGHT = Expression(
    rf"(?:\bweigh\w*\b[^.;\d]{{0,35}}?|\bbody ?(?:weight|mass)\b[^.;\d]{{0,20}}?|\b)(?P<w>{_N})[\s-]?(?P<of>kg|m2|"
    rf"m²)(?!\w)(?!\s?/)(?!\s?(?:to|-)\s?\d)"
)
_DOSE = Expression(
    rf"(?<![\w.,/-])(?P<a>{_N})\s?(?P<u>{_MASS})\b(?!\s?(?:/|per (?:kg|m[lL2²]|kilo|day|dL|min|"
    rf"hour)))(?!\s?(?:to|-)\s?\d)"
)
_LINKED = Expression(r"(?:[(\[=]\s?|\b(?:i\.e\.,?|that is,?|equivalent to|corresponding to|giving|amounting to|"
                     r"total(?: "
                     r"dose)?(?: of)?:?|or|amounts to|gives|makes|making|which is|equals|thus|a dose of|dose:?|"
                     r"received|contain(?:ed|s)|(?:was|were) given|got|injected|administered)\s)(?:an? )?(?:total "
                     r")?(?:dose )?(?:of )?(?:about )?$",
                     re.I)  # fmt: skip
_CAPPED = Expression(
    r"\bmaxim\w+|\bup to\b|\bcap(?:ped)?\b|\bceiling\b|not (?:to )?exceed|\bdivided\b|\bround\w+|"
    r"\bmax\b",
    re.I,
)
_TIMES = Expression(
    r"\b(?:twice|three times|every|daily|/day|per day|[bt]id|doses|loading|bolus|infusion|followed|"
    r"then)\b",
    re.I,
)
_SPREAD = Expression(r"(?:\bwithin|±|\bSD|\bby)\s?$")
_SAME = {"mcg": "µg", "units": "U", "IU": "U", "ml": "mL"}
_SIZE = {"g": 1000.0, "mg": 1.0, "µg": 0.001}
ROOM = 0.06
"""Share by which a dose may be off that is given in whole tablets."""


def weight_doses(reading: Reading) -> Iterator[Finding]:
    """Compare a dose with the one dose by weight and weight of its sentence. Left alone: limits and rates."""
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        if (
            not any(x in line.words for x in ("kg", "m2", "m²"))
            or _CAPPED.search(line.words)
            or _TIMES.search(line.words)
        ):
            continue
        by = list(_BY.finditer(line.words))
        weights = [
            m
            for m in _WEIGHT.finditer(line.words)
            if not _within(m.start("w"), by) and not _SPREAD.search(line.words[: m.start("w")])
        ]
        if len(by) != 1 or by[0]["rate"] or len(weights) != 1:
            continue
        if (by[0]["of"][0] == "m") != (weights[0]["of"][0] == "m"):
            continue
        unit = _SAME.get(by[0]["u"], by[0]["u"])
        doses = [m for m in _DOSE.finditer(line.words) if not _within(m.start(), by)]
        for dose in doses:
            own = _SAME.get(dose["u"], dose["u"])
            if len(doses) > 1 or not _LINKED.search(line.words[: dose.start()]):
                continue
            if own != unit and not {own, unit} <= set(_SIZE):
                continue
            factor = _SIZE[unit] / _SIZE[own] if own != unit else 1.0
            each, kilos = Printed.parse(by[0]["v"]), Printed.parse(weights[0]["w"])
            low, high = (span(each).low * span(kilos).low, span(each).high * span(kilos).high)
            if Span(low * factor * (1 - ROOM), high * factor * (1 + ROOM)).meets(span(Printed.parse(dose["a"]))):
                continue
            made = float(each) * float(kilos) * factor
            yield reading.finding(
                "DOSE_BY_WEIGHT", "inconsistent",
                f"{' '.join(dose[0].split())} is inconsistent with {' '.join(by[0][0].split())} for "
                f"{weights[0]['w']} {weights[0]['of']}, "
                f"which is {made:.4g} {dose['u']}",
                "the dose may be limited, or of another weight; otherwise a digit is misprinted",
                quotes=(line.piece(dose), line.piece(by[0])), computed=((dose["u"], f"{made:.4g}"),),
            )  # fmt: skip


def _within(at: int, others: list[re.Match[str]]) -> bool:
    return any(m.start() <= at < m.end() for m in others)
