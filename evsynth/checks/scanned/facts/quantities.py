"""What each number of a sentence is: a percentage, a P value, a ratio, a limit, a dose, a time, a count, with its unit.

Numbers are read by `marked`; here each gets a sort, a unit that can be compared (times in days, masses in grams), and
the words around it. Made for checks that hold the numbers of one document against those of another.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from evsynth.checks.scanned.facts.marked import Number, marked
from evsynth.checks.scanned.facts.subjects import subjects
from evsynth.checks.scanned.prose import Line
from evsynth.text.expressions import Expression

Sort = Literal[
    "percent", "points", "score", "p", "ratio", "limit", "correlation", "dose", "time", "age", "measure", "count",
    "number", "year", "needed",
]  # fmt: skip

_TIME = Expression(
    r"[\s-]?(?P<unit>years?|yrs?|months?|mo|weeks?|wks?|days?|hours?|hrs?|h|minutes?|mins?)\b(?![\s-]?old\b)", re.I
)
_DAYS = {"y": 365.25, "mo": 30.44, "w": 7.0, "d": 1.0, "h": 1 / 24, "mi": 1 / 1440}
_UNIT = Expression(
    r"[\s-]?(?P<unit>(?:mm ?Hg|cm ?H2O|mcg|[kmµnp]?g|[mµdnp]?[lL]|[kmcµn]?m|met(?:er|re)s?|[mµnp]?mol|m?IU|[mk]?U|"
    r"units?|Gy|k?J|kcal|kPa|dB|bpm|letters|steps)(?:\s?/\s?(?:kg|m2|m²|[dmµnp]?[lL]|min|h|day|d|week|24 ?h|mm3|"
    r"[kmµ]?g|m?mol))*)(?![\w/])"
)
_PREFIX = {"k": 1e3, "m": 1e-3, "µ": 1e-6, "n": 1e-9, "p": 1e-12, "c": 1e-2, "d": 1e-1}
_P = Expression(
    r"(?<![A-Za-z])[Pp](?:[\s-]?values?)?(?![A-Za-z-])[^;.()⟨]{0,24}?(?P<bound>[=<>≤≥]|\bof|\bwas|\bgave|\()?\s?$"
)
_RATIO = Expression(
    r"(?:\b(?:hazards?|odds|risk|rate|incidence|prevalence)[ -]ratios?\b|\brelative risks?\b|(?<![A-Za-z])(?:a|"
    r"adj\.? ?)?"
    r"(?:HR|OR|RR|IRR|SHR|sHR)s?(?![A-Za-z]))[^;⟨]{0,70}$"
)
_CORRELATION = Expression(
    r"(?:\b(?:correlation(?: coefficient)?|rho|kappa|AUC|C-statistic)|(?<!\w)(?:r|ρ|κ))\b[^;⟨]{0,20}$", re.I
)
_NEEDED = Expression(r"\b(?:numbers? needed to (?:treat|harm|screen)|NNT|NNH)\b[^;]{0,44}$", re.I)
_LIMIT = Expression(
    r"(?:\b(?:CI|confidence|credible|interval|limits|CrI)\b[^;⟨()]{0,20}|"
    r"⟨[a-z]\d+⟩[^⟨;]{0,14}\((?:⟨l\d+⟩[^⟨]{0,24})?)$"
)
_LIMITS = Expression(r"⟨[a-km-z](\d+)⟩(?:\s?%)?(?: to |, |; | and |\s?-\s?|-| through )⟨[a-km-z](\d+)⟩")
_AGE = Expression(r"\b(?:ages?|aged|older than|younger than)\b[^;⟨]{0,30}$", re.I)
_OLD = Expression(r"[\s-]?(?:years?|yrs?|months?)[\s-](?:old|of age|or (?:older|over|more|above|younger))\b", re.I)
_SCHEDULE = Expression(
    r"^(?:\s?/\s?(?P<slash>day|d|week|month|hour|h)\b|[^⟨.;()]{0,34}?\b(?:(?:per|each|every|an?|once (?:a|per|"
    r"every)|once)\s"
    r"(?P<unit>day|night|week|fortnight|month|year|hour)|(?P<adverb>daily|nightly|weekly|fortnightly|monthly|"
    r"yearly))\b)",
    re.I,
)
_EVERY = Expression(
    r"^[^.;⟨]{0,34}?\b(?:every|each)\s⟨\w(?P<n>\d+)⟩[\s-](?P<unit>hour|day|week|month|"
    r"year)s?\b",
    re.I,
)
_TIMES = Expression(r"^[^.;⟨]{0,24}?(?:\b(?P<word>twice|thrice|three times|four times)\b|⟨c(?P<n>\d+)⟩ times)", re.I)
_PERIOD = {"da": 1, "ni": 1, "we": 7, "fo": 14, "mo": 28, "ye": 365.25, "ho": 1 / 24}
_LOOSE = Expression(
    r"\b(?:about|around|approximately|roughly|some|nearly|almost|just (?:under|over)|close to|circa)\s$", re.I
)
_BOUND = Expression(
    r"(?:\b(?:more|less|fewer|greater|lower|higher|better|rather) than|\b(?:over|under|above|below|at (?:least|"
    r"most)|up to|"
    r"beyond|within|least|between(?: ⟨\w\d+⟩ and)?|exceeding|minimum of|maximum of|limit of|threshold of)|"
    r"[<>≤≥])\s?(?:an? \w+ of )?$", re.I,
)  # fmt: skip
_TIMEPOINT = Expression(r"\b(?P<unit>day|week|month|year)s?\s$", re.I)
_JOINED = Expression(r"\s?(?:to|and|or|versus|vs|v|against|instead of|-)\s(?:about )?")
_MARK = Expression(r"⟨(?P<kind>\w)(?P<n>\d+)⟩")
LOCAL = 54
"""Characters on either side of a number whose words say most about it."""


class Quantity(NamedTuple):
    """A number and what it is: value and half of its last digit in the unit, `per` day for a dose (0: no schedule)."""

    sort: Sort
    unit: str
    value: float
    half: float
    bound: str
    loose: bool
    limit: bool
    """Whether it is a bound ("more than 300") or an end of a range."""
    per: float
    number: Number
    line: Line
    local: frozenset[str]
    before: str
    after: str

    @property
    def spot(self) -> tuple[int, int]:
        """The offsets in the document."""
        return self.line.start + self.number.start, self.line.start + self.number.end

    @property
    def counted(self) -> frozenset[str]:
        """The subjects of the three words behind the number: what a count counts."""
        return subjects(" ".join(re.split(r"[(),;.⟨]", self.after)[0].split()[:3]))

    @property
    def text(self) -> str:
        """The number as printed."""
        return " ".join(self.line.words[self.number.start : self.number.end].split())


@lru_cache(maxsize=4096)
def quantities(line: Line) -> tuple[Quantity, ...]:
    """Read the numbers of a sentence; grades, levels of confidence and ends of scales are passed over."""
    sentence = marked(line.words)
    limits = _limits(sentence.text)
    found = []
    for mark in _MARK.finditer(sentence.text):
        index = int(mark["n"])
        number = sentence.numbers[index]
        before, after = sentence.text[: mark.start()], sentence.text[mark.end() :]
        read = _read(number, before, after, index in limits, sentence.numbers)
        if read is None:
            continue
        sort, unit, factor, per = read
        value = abs(float(number.printed.value)) * factor
        half = 0.5 * 10**-number.printed.decimals * factor
        near = f"{_window(before, -1)} {_window(after, 1)}"
        told = _P.search(before) if sort == "p" else None
        bound = (told["bound"] or "") if told else ""
        ends = number.kind == "r" if sort == "number" else sort != "p" and bool(_BOUND.search(before))
        found.append(Quantity(
            sort, unit, value, half, bound if bound in "<>≤≥" else "", bool(_LOOSE.search(before)), ends, per, number,
            line, subjects(near), before, after,
        ))  # fmt: skip
    for at in range(len(found) - 2, -1, -1):
        found[at] = _shared(found[at], found[at + 1])
    return tuple(found)


def _window(text: str, side: int) -> str:
    """Give the whole words of a clause next to a number, on one side of it."""
    bare = _MARK.sub(" ", text)
    if side < 0:
        piece = bare.rpartition(";")[2]
        return piece if len(piece) <= LOCAL else piece[-LOCAL:].partition(" ")[2]
    piece = bare.partition(";")[0]
    return piece if len(piece) <= LOCAL else piece[:LOCAL].rpartition(" ")[0]


def _shared(one: Quantity, two: Quantity) -> Quantity:
    """Give a bare number the unit of the next: "from 363 to 666 U/L"."""
    bare = one.sort in ("count", "number") and two.sort in ("measure", "time", "percent", "score", "points", "age")
    if not bare or not _JOINED.fullmatch(two.before[len(one.before) :].partition("⟩")[2]):
        return one
    factor = two.value / abs(float(two.number.printed.value)) if two.number.printed.value else 1.0
    return one._replace(sort=two.sort, unit=two.unit, value=one.value * factor, half=one.half * factor)


def _limits(text: str) -> set[int]:
    found: set[int] = set()
    for pair in _LIMITS.finditer(text):
        if _LIMIT.search(text[: pair.start()]):
            found |= {int(pair[1]), int(pair[2])}
    return found


def _read(
    number: Number, before: str, after: str, limit: bool, numbers: tuple[Number, ...]
) -> tuple[Sort, str, float, float] | None:
    """Give sort, unit, the factor to the common unit, and how much of it falls on a day (for doses)."""
    if number.kind == "l":
        return None
    if number.kind == "r" and not limit:
        return "number", "", 1.0, 0.0
    if limit:
        return "limit", "", 1.0, 0.0
    if number.kind in ("p", "o"):
        return ("percent" if number.kind == "p" else "points"), "", 1.0, 0.0
    if number.kind == "y":
        return "year", "", 1.0, 0.0
    if number.kind in ("d", "c", "x") and _P.search(before) and 0 <= number.printed.value <= 1:
        return "p", "", 1.0, 0.0
    timed = _TIME.match(after)
    if _OLD.match(after) or (_AGE.search(before) and (timed or number.kind != "c")):
        return "age", "", 1.0, 0.0
    if timed:
        return "time", "", _days(timed["unit"]), 0.0
    if number.kind == "x":
        point = _TIMEPOINT.search(before)
        return ("time", "", _days(point["unit"]), 0.0) if point else _counted(number, before, after)
    if found := _UNIT.match(after):
        base, factor = _base(found["unit"])
        rest = after[found.end() :]
        per = _per_day(rest, numbers) if base.split("/")[0] in ("g", "IU", "U", "unit", "Gy", "l") else 0.0
        if base.split("/")[0] in ("g", "IU", "U", "unit") and (per or "/kg" in base):
            return "dose", base, factor, per
        return "measure", base, factor, 0.0
    if number.kind == "s":
        return "score", "", 1.0, 0.0
    if _NEEDED.search(before):
        return "needed", "", 1.0, 0.0
    if number.kind == "d" and _RATIO.search(before):
        return "ratio", "", 1.0, 0.0
    if number.kind == "d":
        return ("correlation" if _CORRELATION.search(before) else "number"), "", 1.0, 0.0
    return _counted(number, before, after)


def _counted(number: Number, before: str, after: str) -> tuple[Sort, str, float, float] | None:
    if number.kind not in ("c", "x") or number.printed.decimals or (number.kind == "x" and not _LOOSE.search(before)):
        return None
    if _NEEDED.search(before):
        return "needed", "", 1.0, 0.0
    return "count", "", 1.0, 0.0


def _days(unit: str) -> float:
    low = unit.lower()
    return next(v for k, v in _DAYS.items() if low.startswith(k))


def _base(unit: str) -> tuple[str, float]:
    """Give a unit without the prefix of its first part, and the factor: mg/kg is g/kg, 0.001."""
    first, _, rest = unit.replace(" ", "").replace("mcg", "µg").partition("/")
    tail = f"/{rest.lower()}" if rest else ""
    if first.startswith(("met", "Met")):
        return "m" + tail, 1.0
    if first.rstrip("s") in ("unit", "U", "IU"):
        return "U" + tail, 1.0
    if len(first) > 1 and first[0] in _PREFIX and first[1:] in ("g", "l", "L", "m", "mol", "U", "IU", "J"):
        return first[1:].lower() + tail, _PREFIX[first[0]]
    return (first if len(first) > 1 else first.lower()) + tail, 1.0


def _per_day(after: str, numbers: tuple[Number, ...]) -> float:
    """Say how many doses a schedule behind a dose gives a day; 0 where it is not told."""
    if found := _EVERY.search(after):
        n = float(numbers[int(found["n"])].printed.value)
        return 1 / (n * _PERIOD[found["unit"].lower()[:2]]) if n else 0.0
    times = _TIMES.search(after)
    many = 1.0
    if times:
        word = (times["word"] or "").lower()
        many = (
            float(numbers[int(times["n"])].printed.value) if times["n"] else {"twice": 2, "four times": 4}.get(word, 3)
        )
    if found := _SCHEDULE.search(after[times.end() :] if times else after):
        unit = found["unit"] or found["adverb"] or {"d": "day", "h": "hour"}.get(found["slash"], found["slash"])
        return many / _PERIOD[unit.lower()[:2]]
    return 0.0


__all__ = ["Quantity", "Sort", "quantities"]
