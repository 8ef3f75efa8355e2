"""Conditions of which one contains the other: a later day, a lower threshold, any grade, those randomised.

Each has a ladder (conditions of one ladder can be compared) and a rung: what meets a condition meets every one of a
lower rung too, so that no more can be told of a higher rung.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from evsynth.checks.scanned.facts.ladders import LADDERS
from evsynth.checks.scanned.facts.marked import Marked
from evsynth.text.expressions import Expression


class Condition(NamedTuple):
    """A condition, its place in the marks, and the number of the mark that belongs to it (none: -1)."""

    ladder: str
    rung: float
    start: int
    end: int
    marks: tuple[int, ...] = ()


_DAYS = {"d": 1.0, "w": 7.0, "m": 30.44, "y": 365.25, "h": 1 / 24}
_UNIT = r"(?P<unit>days?|weeks?|months?|years?|hours?|d|wks?|mo|yrs?|y|h)\b"
_TIME = Expression(
    rf"⟨[mcxr](?P<n>\d+)⟩[- ]?{_UNIT}(?! ?(?:old|of age|or (?:older|younger)))|"
    r"\b(?P<unit2>day|week|month|year)s? ⟨[mcx](?P<n2>\d+)⟩",
    re.I,
)
_BELOW = (
    r"(?P<below><|≤|\bbelow|\bunder|\b(?:less|fewer|lower|smaller) than(?: or equal to)?|\bno more than|"
    r"\bat most|\bup to|\bwithin)"
)
_ABOVE = (
    r"(?P<above>≥|>|\babove|\bover|\b(?:more|greater|higher|larger) than(?: or equal to)?|\bat least|\ba minimum of|"
    r"\bexceeding|\bnot? (?:less|fewer) than)"
)
_NUMBER = r" ?(?:an? |the )?⟨[a-z](?P<n>\d+)⟩(?: ?-fold| times)?"
_WORD = (
    r"(?P<what>(?:[ -]?(?!in\b|and\b|or\b|was\b|were\b|of\b|by\b|at\b|had\b|for\b|with\b)[A-Za-z%/µ²³·^-]+\d?){0,2})"
)
_ONE_SIDED = Expression(rf"(?:{_BELOW}|{_ABOVE}){_NUMBER}{_WORD}", re.I)
_OR_MORE = Expression(
    r"⟨[a-z](?P<n>\d+)⟩(?P<what>(?: (?!in\b|and\b|or\b|was\b|were\b|of\b|by\b|at\b|had\b)[a-z%/-]+)?) or "
    r"(?P<side>more|greater|higher|above|over|better|worse|less|fewer|lower|below)\b"
    r"(?: (?!in\b|and\b|was\b|were\b|of\b|by\b|at\b|had\b)(?P<thing>[a-z-]+))?", re.I,
)  # fmt: skip
_SCALE = Expression(
    r"\b(?P<scale>PASI|ACR|EASI|ASAS|SRI|HiSCR|SALT|UAS|itch|MADRS|HAM-?D|WI-NRS|PGA|ACRpedi|JIA-?ACR|Pedi|pACR|"
    r"HBI|NRS|"
    r"ACR[- ]?Pedi)[- ]?(?:⟨[a-z](?P<n>\d+)⟩|(?P<bare>20|30|40|50|70|75|90|100)\b)(?![-/]?\d|⟩)"
)
_SPAN = Expression(r" ?-?(?:years?|months?|weeks?|days?|hours?)\b", re.I)


@lru_cache(maxsize=4096)
def conditions(sentence: Marked) -> tuple[Condition, ...]:
    """Give the conditions of a sentence by ladder, in the order they stand."""
    found = [*_times(sentence), *_thresholds(sentence), *_scales(sentence), *_named(sentence.text)]
    return tuple(sorted(found, key=lambda c: c.start))


def _times(sentence: Marked) -> list[Condition]:
    found: list[Condition] = []
    for match in _TIME.finditer(sentence.text):
        i = int(match["n"] or match["n2"])
        days = float(sentence.numbers[i].printed.value) * _DAYS[(match["unit"] or match["unit2"])[0].lower()]
        found.append(Condition("time", days, match.start(), match.end(), (i,)))
        if match["n"]:
            found += _before(sentence, match, _DAYS[match["unit"][0].lower()])
        else:
            found += _behind(sentence, match, _DAYS[match["unit2"][0].lower()])
    return list({c.marks: c for c in found}.values())


_LIST_BEFORE = Expression(r"(?:⟨[mcx]\d+⟩-?(?:, (?:and |or )?| and | or |/)){1,5}$")
_LIST_BEHIND = Expression(
    r"(?:(?:, (?:and |or )?| and | or |/)⟨[mcx]\d+⟩(?!(?: [a-z]+){0,4} \(?⟨p| of\b|[- ](?:days?|weeks?|months?|"
    r"years?|patients))){1,5}"
)
_MARK = Expression(r"⟨[a-z](\d+)⟩")


def _before(sentence: Marked, match: re.Match[str], unit: float) -> list[Condition]:
    run = _LIST_BEFORE.search(sentence.text, 0, match.start())
    if run is None:
        return []
    return [
        Condition("time", float(sentence.numbers[int(m[1])].printed.value) * unit, m.start(), m.end(), (int(m[1]),))
        for m in _MARK.finditer(sentence.text, run.start(), run.end())
    ]


def _behind(sentence: Marked, match: re.Match[str], unit: float) -> list[Condition]:
    run = _LIST_BEHIND.match(sentence.text, match.end())
    if run is None:
        return []
    return [
        Condition("time", float(sentence.numbers[int(m[1])].printed.value) * unit, m.start(), m.end(), (int(m[1]),))
        for m in _MARK.finditer(sentence.text, run.start(), run.end())
    ]


def _thresholds(sentence: Marked) -> list[Condition]:
    found = []
    for match in _ONE_SIDED.finditer(sentence.text):
        i = int(match["n"])
        number = sentence.numbers[i]
        if (
            number.kind in "tr"
            or sentence.text[match.end() : match.end() + 1] == "-"
            or (match[0].lower().startswith("over") and _SPAN.match(match["what"] or ""))
        ):
            continue  # "over 12 months"
        unit = "%" if number.kind == "p" else number.kind if number.kind in "mt" else ""
        what = "" if unit == "%" else (match["what"] or "").strip().lower().rstrip("s")
        value = float(number.printed.value)
        side = "below" if match["below"] else "above"
        found.append(
            Condition(f"{side} {unit}{what}", value if side == "above" else -value, match.start(), match.end(), (i,))
        )
        found += _listed_behind(sentence, found[-1], match.start(), match.end("n") + 1)
    taken = {c.marks[0] for c in found}
    for match in _OR_MORE.finditer(sentence.text):
        i = int(match["n"])
        if i in taken:
            continue
        number = sentence.numbers[i]
        value = float(number.printed.value)
        side = "below" if match["side"].lower() in ("less", "fewer", "lower", "below") else "above"
        unit = "%" if number.kind == "p" else number.kind if number.kind in "mt" else ""
        what = "" if unit == "%" else (match["what"] or match["thing"] or "").strip().lower().rstrip("s")
        found.append(
            Condition(f"{side} {unit}{what}", value if side == "above" else -value, match.start(), match.end(), (i,))
        )
    return _same_things(found)


_LIST_OF_LIMITS = Expression(r"(?:(?:, (?:and |or )?| and | or |/)(?:at least |≥ ?|> ?|more than )?⟨[pdcm]\d+⟩){1,4}")


def _listed_behind(sentence: Marked, first: Condition, start: int, end: int) -> list[Condition]:
    """Give the other limits of a list: "at least 5%, 10% and 15% were reached by"."""
    run = _LIST_OF_LIMITS.match(sentence.text, end)
    if run is None or not re.match(r" (?:were|was|of|in|by|had|\()", sentence.text[run.end() :]):
        return []
    sign = 1 if first.rung >= 0 else -1
    limits = [(m, int(m[1])) for m in _MARK.finditer(sentence.text, run.start(), run.end())]
    found = [
        Condition(first.ladder, sign * float(sentence.numbers[i].printed.value), m.start(), m.end(), (i,))
        for m, i in limits
    ]
    rungs = [abs(first.rung), *(abs(c.rung) for c in found)]
    return found if rungs == sorted(set(rungs)) and len({sentence.numbers[c.marks[0]].kind for c in found}) == 1 else []


def _scales(sentence: Marked) -> list[Condition]:
    found = []
    for match in _SCALE.finditer(sentence.text):
        marks = (int(match["n"]),) if match["n"] else ()
        rung = float(sentence.numbers[marks[0]].printed.value) if marks else float(match["bare"])
        found.append(Condition(match["scale"].upper(), rung, match.start(), match.end(), marks))
    return found


def _same_things(found: list[Condition]) -> list[Condition]:
    """Give the conditions of "at least one and at least two falls" one ladder: the thing is named once."""
    for side in ("below", "above"):
        names = {c.ladder for c in found if c.ladder.startswith(side)}
        if len(names) == 2 and f"{side} " in names:
            name = max(names, key=len)
            found = [c._replace(ladder=name) if c.ladder == f"{side} " else c for c in found]
    return found


def _named(text: str) -> list[Condition]:
    found = []
    for name, rungs in LADDERS:
        told: list[Condition] = []
        for rung in range(len(rungs) - 1, -1, -1):
            for match in rungs[rung].finditer(text):
                if not any(c.start < match.end() and match.start() < c.end for c in told):
                    own = tuple(int(i) for i in _MARK.findall(match[0]))
                    told.append(Condition(name, float(rung), match.start(), match.end(), own))
        if len({c.rung for c in told}) > 1:
            found += told
    return found
