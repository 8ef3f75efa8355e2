"""Volume times concentration against the amount told with them: 20 mL of 0.5% are 100 mg, 4 mL of 5 mg/mL are 20 mg."""

from __future__ import annotations

from collections.abc import Iterator

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import Span, over, span
from evsynth.text.expressions import Expression

CODES = ("DERIVED_VALUE",)

_N = r"\d+(?:,\d{3})*(?:\.\d+)?"
_MASS = r"(?:mg|µg|mcg|g|IU|units?|mmol|mEq)"
_VOLUME = rf"(?P<v>{_N})[\s-]?(?:m[lL]|cc|cm3|millilit(?:er|re)s?)\b"
_STRENGTH = rf"(?P<c>{_N})\s?(?P<cu>%|per cent|{_MASS}\s?(?:/|per)\s?(?:m[lL]|[lL]|dL)\b)"
_AMOUNT = rf"(?P<a>{_N})\s?(?P<au>{_MASS})(?![\w/])(?!\s?(?:/|per\b))"
_DRUG = r"(?:(?!\d|;|\bor\b|\bto\b|\bwith\b|\bplus\b|\bfollowed\b)[^.()\[\]]|\.(?!\s)){0,50}?"
_SHAPES = (
    Expression(rf"(?<![\w.,/-]){_VOLUME}\s(?:of\s)?(?:an?\s|the\s)?{_STRENGTH}{_DRUG}[(\[,=]\s?"
               rf"(?:i\.e\.,? |that is,? |=\s?|containing |total(?: dose)? (?:of )?|a (?:total )?dose of )?{_AMOUNT}"),
    Expression(rf"(?<![\w.,/-]){_AMOUNT}{_DRUG}[(\[]\s?(?:i\.e\.,? |=\s?)?{_VOLUME}\s(?:of\s)?(?:an?\s|"
               rf"the\s)?{_STRENGTH}"),
    Expression(rf"(?<![\w.,/-]){_STRENGTH}{_DRUG}\s?[(,]?\s?{_VOLUME}\s?[(\[,=;]\s?(?:i\.e\.,? |=\s?|total (?:dose "
               rf")?(?:of )?)?"
               rf"{_AMOUNT}"),
    Expression(rf"(?<![\w.,/-]){_AMOUNT}{_DRUG}\s(?:in|as|using|of)\s(?:a\s)?{_VOLUME}\s(?:of\s)?(?:an?\s|"
               rf"the\s)?{_STRENGTH}"
               r"(?=\s(?:solution|concentration))"),
)  # fmt: skip
_LOOSE = Expression(r"\b(?:per (?:hour|side|kg|level)|/h|each|up to|bilateral|maximum|mL/|times|every)\b")
_SIZE = {"g": 1000.0, "mg": 1.0, "µg": 0.001, "mcg": 0.001}
ROOM = 0.03
"""Share by which the amount may be off, beyond rounding."""


def solutions(reading: Reading) -> Iterator[Finding]:
    """Compare an amount with the volume and the strength told with it. Left alone: rates, sides, and upper limits."""
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        if "m" not in line.words or not any(x in line.words for x in ("mL", "ml", "cc", "cm3", "illilit")):
            continue
        for pattern in _SHAPES:
            for match in pattern.finditer(line.words):
                strength = match["cu"].replace(" ", "")
                unit = match["au"].rstrip("s")
                made = over(lambda a, b: a * b, span(_number(match["v"])), span(_number(match["c"])))
                factor = _factor(strength, unit)
                if factor is None or _LOOSE.search(match[0]):
                    continue
                told = span(_number(match["a"]))
                room = Span(made.low * factor * (1 - ROOM), made.high * factor * (1 + ROOM))
                if room.meets(told):
                    continue
                exact = float(_number(match["v"])) * float(_number(match["c"])) * factor
                yield reading.finding(
                    "DERIVED_VALUE", "inconsistent",
                    f"{match['a']} {match['au']} is inconsistent with {match['v']} mL of {match['c']}{match['cu']}, "
                    f"which hold {exact:.4g} {match['au']}",
                    "a dilution may not be told; otherwise one of the three is misprinted",
                    quotes=(line.piece(match),), computed=((match["au"], f"{exact:.4g}"),),
                )  # fmt: skip


def _factor(strength: str, unit: str) -> float | None:
    """Give the amount, in the unit told, of one millilitre of strength one."""
    if strength in ("%", "percent"):
        return 10 / _SIZE[unit] if unit in _SIZE else None
    mass, _, volume = strength.replace("per", "/").partition("/")
    each = {"ml": 1.0, "dl": 0.01, "l": 0.001}[volume.lower()]
    if mass in _SIZE and unit in _SIZE:
        return _SIZE[mass] / _SIZE[unit] * each
    return each if mass.rstrip("s") == unit else None


def _number(text: str) -> Printed:
    return Printed.parse(text)
