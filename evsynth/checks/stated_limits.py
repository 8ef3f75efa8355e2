"""Limits that the methods of a study state: who may take part, and which doses and levels are allowed or aimed at."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from evsynth.checks.recruitment import MONTHS, unit_of_time
from evsynth.model.observation import Observation
from evsynth.model.study import Variable
from evsynth.reanalyse.facts import Facts
from evsynth.text.expressions import Expression

Kind = Literal["to take part", "limit", "aim"]

_TO_TAKE_PART = Expression(r"\b(?:eligib|inclu(?!ding)|exclu|criteri|enrol|recruit|entry)\w*", re.I)
_EXCLUDED = Expression(r"\b(?:exclu|ineligib|not (?:eligible|included))\w*", re.I)
_LIMIT = Expression(
    r"\b(?:max(?:im\w*)?|min(?:im\w*)?|limits?|limited|highest|lowest|ceiling|cap(?:ped)?|exceed\w*)\b", re.I
)
_AIM = Expression(r"\b(?:target\w*|aim\w*|goal|planned|therapeutic|desired|intended)\b", re.I)
_START = Expression(r"\b(?:start|initial|loading|first|induction)\w*", re.I)
_FILLER = Expression(
    r"eligib\w*|ineligib\w*|inclu(?:sion|ded|de)|exclu(?:sion|ded|de)|criteri\w*|enrol\w*|recruit\w*|entry|"
    r"max(?:im\w*)?|min(?:im\w*)?|limit(?:s|ed)?|highest|lowest|ceiling|cap|capped|exceed\w*|target(?:ed)?|aim(?:ed)?|goal|"
    r"planned|therapeutic|desired|intended|start(?:ing)?|initial|loading|range|allowed|required|daily|mean|median|"
    r"baseline|measured|patients?|at|of|for|the|to|and|in|years?|per|day"
)
_OF_SOME = Expression(
    r"\b(?:subgroups?|strat\w*|categor\w*|classif\w*|cut.?offs?|defin\w*|respon\w*|remission|relaps\w*|withdraw\w*|"
    r"stop\w*|progress\w*|risk|score|elderly|diagnos\w*)\b",
    re.I,
)
"""Words of criteria that decide something else than who takes part."""
_UP = Expression(
    r"(?:not|never|without) (?:to )?(?:be )?exceed\w*|not? (?:more|older|higher|greater) than|"
    r"\b(?:below|under|less than|younger|lower than|at most|up to|or (?:less|younger|below|lower)|max(?:im\w*)?|"
    r"highest|upper|ceiling|cap(?:ped)?|limited to|until)\b",
    re.I,
)
_DOWN = Expression(
    r"not? (?:less|younger|lower) than|"
    r"\b(?:above|over|more than|older|greater than|higher than|at least|or (?:more|older|above|over|higher|greater)|"
    r"min(?:im\w*)?|lowest|exceed(?:s|ed|ing)?|from the age of)\b",
    re.I,
)
_REFERENCE = Expression(
    r"\b(?:normal|reference|detect\w*|quantif\w*|assay|toxic\w*|reached|observed|given|received|reported|recorded)\b",
    re.I,
)
_DOSE = frozenset(("dose", "dosage", "trough"))


class Stated(NamedTuple):
    """A limit on a variable: values from `low` to `high` (None where there is none), with the values that state it.

    `core` are the words that name what is limited; `start` says that it holds for the start of treatment alone.
    """

    kind: Kind
    core: frozenset[str]
    unit: str
    low: float | None
    high: float | None
    stated_by: tuple[Observation, ...]
    start: bool


def stated_limits(facts: Facts) -> tuple[Stated, ...]:
    """Give the limits of a study, the widest where one is stated several times for the same patients.

    A number without a bound is a limit only where the words beside it say on which side.
    """
    found: dict[tuple[object, ...], Stated] = {}
    variables = {v.variable: v for v in facts.study.variables}
    for o in facts.observations:
        variable = variables.get(o.variable)
        own = "value" in o.statistics and o.unquoted is None and o.about.basis != "external" and o.about.patients != 1
        one = _stated(o, variable) if variable is not None and variable.kind == "method" and own else None
        if one is not None:
            key = (one.kind, one.core, one.unit, one.start, o.cohort, o.about.arm, o.about.at)
            found[key] = _widest(found[key], one) if key in found else one
    return tuple(found.values())


def core(variable: Variable, drug: str | None) -> frozenset[str]:
    """Give the words that name what a variable measures, without those that say which value of it is meant."""
    words = re.split(r"[^a-z0-9]+", f"{variable.variable} {drug or ''}".lower())
    return frozenset(w for w in words if w and not _FILLER.fullmatch(w))


def plain_unit(unit: str | None) -> str | None:
    """Give a unit in one spelling: years in months, mg daily as mg/d. None where none is stated.

    >>> plain_unit("mg/day"), plain_unit("ng/mL"), plain_unit("yr")
    ('mg/d', 'ng/ml', 'month')
    """
    if unit is None:
        return None
    if unit_of_time(unit) is not None:
        return "month"
    text = unit.lower().replace("mcg", "µg").replace("μ", "µ").replace("²", "2")
    text = re.sub(r"\s*(?:/\s*day|/\s*d|(?:once )?daily|per day|a day|d-1)\b", "/d", text)
    return re.sub(r"\s+", "", text.replace(" per ", "/").replace("body weight", "").replace(" of ", " "))


def factor(unit: str | None) -> float:
    """Give what turns a number of this unit into one of its plain unit."""
    time = unit_of_time(unit)
    return MONTHS[time] if time is not None else 1.0


def _stated(o: Observation, variable: Variable) -> Stated | None:
    words = f"{variable.variable.replace('-', ' ')} {variable.label}"
    names = core(variable, o.about.drug or variable.drug)
    unit = o.about.unit or variable.unit
    plain, kind = plain_unit(unit), _kind(words, names, o, o.about.drug or variable.drug)
    ends = _ends(o, words, variable.definition or "") if kind is not None else None
    if kind is None or ends is None or plain is None or not names:
        return None
    low, high = ends
    if kind == "to take part" and _EXCLUDED.search(words):
        if low is not None and high is not None:
            return None  # a gap in the middle is no limit
        low, high = high, low
    times = factor(unit)
    if high is not None and "age" in names and kind == "to take part" and high == int(high) and not _below(o, words):
        high += 1  # ages are completed years: "to 75" is below the 76th birthday
    scaled = [None if end is None else end * times for end in (low, high)]
    return Stated(kind, names, plain, scaled[0], scaled[1], (o,), _START.search(words) is not None)


def _kind(words: str, names: frozenset[str], o: Observation, drug: str | None) -> Kind | None:
    if _TO_TAKE_PART.search(words):
        return None if _OF_SOME.search(words) else "to take part"
    if not (names & _DOSE or drug) or _REFERENCE.search(words):
        return None  # a limit of normal, of an assay, or an aim that is no dose
    if _AIM.search(words):
        return "aim"
    if _LIMIT.search(words):
        return "limit"
    return "aim" if "value_to" in o.statistics else None


def _below(o: Observation, words: str) -> bool:
    """Say whether the upper end itself is left out: '<65', 'younger than 65', or '65 or older' is excluded."""
    bound = o.statistics["value"].bound
    if _EXCLUDED.search(words):
        return bound == "≥" or re.search(r"\b(?:or|and) (?:older|above|over|more)\b", o.printed) is not None
    return bound == "<" or re.search(r"\b(?:under|below|younger|less) ", o.printed) is not None


def _ends(o: Observation, *words: str) -> tuple[float | None, float | None] | None:
    """Give the lower and the upper end that a value states; None where nothing says which it is."""
    first, last = o.statistics["value"], o.statistics.get("value_to")
    if last is not None:
        return (float(first), float(last)) if not first.bound and not last.bound and first.value <= last.value else None
    if first.bound:
        return (float(first), None) if first.bound in (">", "≥") else (None, float(first))
    for text in (o.printed, o.about.label or "", *words):
        up = _UP.search(text) is not None
        down = _DOWN.search(_UP.sub(" ", text)) is not None
        if up != down:
            return (None, float(first)) if up else (float(first), None)
        if up:
            return None
    return None


def _widest(one: Stated, other: Stated) -> Stated:
    """Join two statements: an end that both state is the wider one, an end that one states is that one."""
    lows, highs = ([x for x in ends if x is not None] for ends in ((one.low, other.low), (one.high, other.high)))
    return one._replace(
        low=min(lows, default=None), high=max(highs, default=None), stated_by=(*one.stated_by, *other.stated_by)
    )
