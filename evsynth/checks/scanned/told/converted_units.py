"""A value told in two units: "512 µmol/L (8.6 mg/dL)", "38.5 °C (101.3 °F)", "74 mmol/mol (8.9%)".

Where the words name what is measured its own factor must give the one from the other; where they do not, the factor of
anything measured in the two units will do. Two values of one thing must be in the same order in both units.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import span
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

CODES = ("CONVERTED_UNITS",)

ROOM = 0.03
"""Share by which a factor may be off: limits of clinics are rounded in both units."""

FAR = 3.0
"""How many times off a second time is that of something else."""
_SCHEDULE = Expression(
    r"\b(?:every|each|intervals?|by|up to|at least|more than|less than|aged?|first|last|older|younger|ranged?|IQR|"
    r"to|and|"
    r"SD|from|at|until|versus|vs)\b[^.;\d]{0,12}$|[-±<>≥≤]\s?$", re.I
)  # fmt: skip
_ANALYTES: dict[tuple[str, str], tuple[tuple[str, float], ...]] = {
    ("µmol/l", "mg/dl"): (("creatinin", 88.42), ("urate|uric|SUA|gout", 59.48), ("bilirubin", 17.1)),
    ("mmol/l", "mg/dl"): (
        ("glucose|glyc|sugar", 0.0555),
        ("cholesterol|LDL|HDL", 0.02586),
        ("triglycerid", 0.01129),
        ("calcium|calc", 0.2495),
        ("phosph", 0.3229),
        ("urea|BUN", 0.3571),
        ("lactate", 0.111),
        ("magnesium", 0.4114),
        ("urea", 0.1665),
        ("ethanol|alcohol", 0.2171),
        ("urate|uric", 0.05948),
        ("creatinin", 0.08842),
    ),
    ("nmol/l", "ng/ml"): (
        ("vitamin d|25-?\\(?OH|hydroxyvit|calcidiol", 2.496),
        ("testosterone", 3.467),
        ("cortisol", 2.759),
        ("progesterone", 3.18),
        ("ferritin", 2.247),
        ("folate|folic", 2.266),
        ("digoxin", 1.281),
    ),
    ("pmol/l", "pg/ml"): (
        ("estradiol|oestradiol", 3.671),
        ("b12|cobalamin", 0.7378),
        ("PTH|parathyroid", 0.1061),
        ("aldosteron", 2.774),
        ("BNP", 0.118),
        ("T3|triiodo", 1.536),
    ),
    ("nmol/l", "µg/dl"): (("cortisol", 27.59), ("T4|thyrox", 12.87), ("lead", 48.3), ("iron", 179.1)),
    ("µmol/l", "µg/dl"): (("iron", 0.1791), ("zinc", 0.153), ("copper", 0.157), ("ammonia", 0.587), ("lead", 0.0483)),
    ("g/l", "g/dl"): (("", 10.0),),
    ("mg/l", "mg/dl"): (("", 10.0),),
    ("kpa", "mmhg"): (("", 0.13332),),
    ("kpa", "cmh2o"): (("", 0.09807),),
    ("kg", "lb"): (("", 0.4536),),
    ("cm", "in"): (("", 2.54),),
    ("m", "ft"): (("", 0.3048),),
    ("km", "miles"): (("", 1.609),),
    ("kj", "kcal"): (("", 4.184),),
    ("mj", "kcal"): (("", 0.004184),),
    ("mm", "cm"): (("", 10.0),),
    ("µg", "mg"): (("", 1000.0),),
    ("mg", "g"): (("", 1000.0),),
    ("ml", "l"): (("", 1000.0),),
    ("months", "years"): (("", 12.0),),
    ("weeks", "years"): (("", 52.18),),
    ("weeks", "months"): (("", 4.348),),
    ("days", "years"): (("", 365.25),),
    ("days", "months"): (("", 30.44),),
    ("days", "weeks"): (("", 7.0),),
    ("h", "days"): (("", 24.0),),
    ("min", "h"): (("", 60.0),),
}
"""What is measured in two units, and the value in the first unit that is 1 in the second."""
_STEPS = {"°c": 0.3, "°f": 0.6, "mmol/mol": 1.0, "%": 0.1}
"""By how much a value in a unit with another zero may be off."""
_SPELLED = {
    "umol/l": "µmol/l", "μmol/l": "µmol/l", "ug/dl": "µg/dl", "μg/dl": "µg/dl", "ug": "µg", "μg": "µg", "mm hg": "mmhg",
    "cm h2o": "cmh2o", "cmh2o": "cmh2o", "lbs": "lb", "pounds": "lb", "inches": "in", "feet": "ft", "minutes": "min",
    "hours": "h", "hour": "h", "hrs": "h", "hr": "h", "minute": "min", "month": "months", "year": "years",
    "week": "weeks", "day": "days", "ug/l": "µg/l", "μg/l": "µg/l", "mile": "miles",
}  # fmt: skip
_U = (
    r"[µμu]mol/[lL]|mmol/mol|[mnp]mol/[lL]|[mnpµμu]?g/d?[lL]|[npm]g/m[lL]|°\s?[CF]|k[Pp]a|mm\s?Hg|"
    r"cm\s?H2O|kg|lbs?|pounds|"
    r"cm|in(?:ches)?|ft|feet|km|miles?|kJ|MJ|kcal|mm|m|[µμu]g|mg|g|m[lL]|[lL]|min(?:utes?)?|h(?:ours?|rs?)?|months?|"
    r"years?|weeks?|days?|%"
)
_VALUE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.·]\d+)?"
_PAIR = Expression(
    rf"(?<![\w.,·/±-])(?P<a>{_VALUE})(?:\s?±\s?(?:{_VALUE})|"
    rf"\s?\((?:{_VALUE})\))?\s?(?P<u>{_U})\s?(?:[(\[]\s?(?:or |i\.e\.,? |equivalent to |equal to |= ?|~ "
    rf"?)?|"
    rf",? (?:or|i\.e\.,?|equivalent to|corresponding to|equal to) |\s?= ?)"
    rf"(?P<b>{_VALUE})(?:\s?±\s?(?:{_VALUE})|\s?\((?:{_VALUE})\))?\s?(?P<w>{_U})(?![\w/²³^-])(?P<end>\s?[)\]])?"
)


_FROM_TO = Expression(
    rf"(?<![\w.,·/±-])(?P<a>{_VALUE})\s?(?:{_U})?\s(?:to|and|versus|"
    rf"vs\.?)\s(?P<a2>{_VALUE})\s?(?P<u>{_U})\s?[(\[](?:in (?:SI|conventional|old|US) units,? )?"
    rf"(?:or |i\.e\.,? |equivalent to |= ?)?(?:from )?(?P<b>{_VALUE})\s?(?:{_U})?\s(?:to|and|versus|"
    rf"vs\.?)\s(?P<b2>{_VALUE})\s?(?P<w>{_U})(?![\w/²³^-])\s?[)\]]"
)
"""Two values and the same two in another unit: "from 12 to 30 ng/mL (from 30 to 75 nmol/L)"."""
_ROLES: tuple[Role, ...] = (
    "abstract", "methods", "results", "body", "discussion", "conclusion", "figure legend", "background"
)  # fmt: skip
_TIMES = frozenset({"months", "years", "weeks", "days"})
_PLAIN = frozenset({"mg", "g", "µg", "ml", "l", "mm", "cm", "m", "in", "h", "min"}) | _TIMES
"""Units of one kind: "500 mg or 1 g" are two doses, and only a bracket says that both are one value."""


class Pair(NamedTuple):
    """A value in two units, each as printed, the units and the words before it."""

    one: Printed
    two: Printed
    units: tuple[str, str]
    before: str
    spot: Spot


def converted_units(reading: Reading) -> Iterator[Finding]:
    """Check every value told in two units, and the order of two values told so."""
    for pair in (p for line in lines(reading, _ROLES) if re.search(r"\d", line.words) for p in _pairs(line)):
        made = _made(pair)
        if not made or any(_meets(pair, m) for m in made):
            continue
        if set(pair.units) & _TIMES and (
            not 1 / FAR < made[0] / float(pair.one) < FAR or _SCHEDULE.search(pair.before[-60:])
        ):
            continue
        near = min(made, key=lambda m: abs(m - float(pair.one)))
        yield reading.finding(
            "CONVERTED_UNITS", "inconsistent",
            f"{pair.one} {pair.units[0]} is inconsistent with {pair.two} {pair.units[1]}, which is {near:.4g} "
            f"{pair.units[0]}",
            "the two may be rounded limits of different laboratories; otherwise one of both is misprinted",
            quotes=(pair.spot,), computed=((pair.units[0], f"{near:.4g}"),),
        )  # fmt: skip


def _pairs(line: Line) -> Iterator[Pair]:
    words = line.words.replace("\n", " ")
    for m in _PAIR.finditer(words):
        units = _unit(m["u"]), _unit(m["w"])
        one, two = (Printed.parse(m[k].replace(",", "").replace("·", ".")) for k in ("a", "b"))
        spot = line.start + m.start(), line.start + m.end("w")
        bracketed = re.search(r"[(\[]", words[m.end("u") : m.start("b")]) is not None
        if (bracketed and not re.match(r"\s?[)\],;]", words[m.end("w") :])) or (_PLAIN & set(units) and not m["end"]):
            continue
        if units[0] != units[1] and one.value > 0 and two.value > 0:
            yield Pair(one, two, units, words[: m.start()], spot)
    for m in _FROM_TO.finditer(words):
        units = _unit(m["u"]), _unit(m["w"])
        for a, b in (("a", "b"), ("a2", "b2")) if units[0] != units[1] else ():
            one, two = (Printed.parse(m[k].replace(",", "").replace("·", ".")) for k in (a, b))
            if one.value > 0 and two.value > 0:
                yield Pair(one, two, units, words[: m.start()], (line.start + m.start(a), line.start + m.end(b)))


def _unit(text: str) -> str:
    unit = re.sub(r"\s", "", text.lower()) if "°" in text else " ".join(text.lower().split())
    return _SPELLED.get(unit, unit)


def _made(pair: Pair) -> list[float]:
    """Give the values in the first unit that the second can mean; none where the two units are of no one thing."""
    other = float(pair.two)
    if pair.units == ("°c", "°f"):
        return [(other - 32) / 1.8]
    if pair.units == ("°f", "°c"):
        return [other * 1.8 + 32]
    if pair.units == ("mmol/mol", "%"):
        return [10.93 * other - 23.5]
    if pair.units == ("%", "mmol/mol"):
        return [(other + 23.5) / 10.93]
    straight, turned = _ANALYTES.get(pair.units), _ANALYTES.get((pair.units[1], pair.units[0]))
    known = straight or turned
    if known is None:
        return []
    named = [f for name, f in known if name and re.search(name, pair.before, re.I)]
    return [other * f if straight else other / f for f in named or [f for _, f in known]]


def _meets(pair: Pair, made: float) -> bool:
    """Say whether one value is the other, over what prints so in both units."""
    one, two = span(pair.one), span(pair.two)
    if pair.units[0] in _STEPS:
        return one.low - _STEPS[pair.units[0]] <= made <= one.high + _STEPS[pair.units[0]]
    slack = (two.high - two.low) / 2 / float(pair.two) * made
    return one.low - slack - ROOM * made <= made <= one.high + slack + ROOM * made
