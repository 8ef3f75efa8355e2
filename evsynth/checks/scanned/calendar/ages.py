"""Ages printed in the results against the age limits for taking part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.checks.scanned.statements.eligibility import eligibility
from evsynth.model.finding import Finding

CODES = ("ELIGIBILITY_CONTRADICTS",)

_N = r"[0-9]{1,3}(?:\.[0-9])?"
_UNIT = r"(?:\s*-?\s*(?P<unit{0}>years?|yrs?|y|months?|mo|weeks?|days?)\b)"
_LIMITS = re.compile(
    rf"\b(?:aged?|ages|years of age|age (?:range )?(?:of|was|between|from|limits?))[ :]*(?:between |from |of "
    rf")?(?P<low>{_N})"
    rf"{_UNIT.format(1)}?\s*(?:-|to|and|through)\s*(?P<high>{_N}){_UNIT.format(2)}?"
    rf"|\bbetween (?P<low2>{_N})\s*(?:and|-)\s*(?P<high2>{_N})\s*(?P<unit3>years?|months?) (?:of age|old)\b"
    rf"|\((?P<low3>{_N})\s*(?:-|to)\s*(?P<high3>{_N})\s*(?P<unit4>years?|months?)(?: of age| old)?\)"
    rf"|(?:\b(?:aged?|ages?)\s*(?:of\s*)?)?(?:≥|>=|\bat least|\bnot younger "
    rf"than)\s*(?P<least>{_N})\s*(?P<unit5>years?|months?)\b"
    rf"|\b(?:aged?\s*)?(?P<least2>{_N})\s*(?P<unit6>years?|months?)(?: of age)? (?:or|and) (?:older|over|above|more)\b"
    rf"|\b(?P<low4>{_N})\s*(?:-|to)\s*(?P<high4>{_N})\s*(?P<unit8>years?|months?) (?:of age|old)\b"
    rf"|\b(?:older than|over the age of)\s*(?P<least3>{_N})\s*(?P<unit9>years?|months?)\b"
    rf"|\b(?:under|younger than|below)\s*(?:the age of\s*)?(?P<under>{_N})\s*(?P<unit7>years?|months?)\b",
    re.I,
)
_WHO = re.compile(
    r"\b(?:patients|participants|adults|children|infants|adolescents|women|men|boys|girls|persons|people|subjects|"
    r"volunteers|residents|students|eligib\w+|inclusion criteri\w+|included|enrolled|recruited|randomi[sz]ed|"
    r"invited)\b",
    re.I,
)
_NO_LIMIT = re.compile(
    r"\b(?:excluded|exclusion|ineligible|not eligible|stratif\w*|grouped|divided|classified|subgroups?|categor\w*|"
    r"groups?|controls?|mothers?|"
    r"fathers?|parents?|caregivers?|experience|duration|diagnos\w*|onset|disease|symptoms?|history|follow\w*|smok\w*|"
    r"census|population|survival|surviv\w*|treatment for|at least [0-9]+ years (?:of (?!age)|after|before)|median|mean|"
    r"volunteered|previous\w*|prevalence)\b",
    re.I,
)
_PRINTED = re.compile(
    rf"\b(?P<old>oldest|youngest)(?: (?:\w+)){{0,3}}? (?:was|being|were|aged)\s*(?:aged "
    rf")?(?P<one>{_N})(?:\s*(?P<unit1>years?|months?|weeks?|days?))?"
    rf"|\b(?:age|aged|ages|years old|years of age|"
    rf"old)\b[^.;()\[\]]{{0,40}}[(\[,;]\s*(?:[^()\[\];]{{0,25}}?\b)?range[:,]?\s*(?:of |from |was "
    rf")?(?P<a>{_N})\s*(?:-|to|and|,)\s*(?P<b>{_N})"
    rf"(?:\s*(?P<unit2>years?|months?|weeks?|days?))?"
    rf"|\b(?:ages? (?:of (?:the )?\w+ )?(?:ranged|varied|ranging)|aged?|(?:whose|their|patients') ages? ranged|age "
    rf"range)[,:]?\s*(?:was |of )?(?:from|between)?\s*(?P<c>{_N})\s*(?:-|to|and)\s*(?P<d>{_N})"
    rf"(?:\s*(?P<unit3>years?|months?|weeks?|days?))?",
    re.I,
)
_ELSE = re.compile(
    r"\b(?:interquartile|IQR|quartile|percentile|diagnos\w*|onset|controls?|donors?|mothers?|parents?|caregivers?|"
    r"excluded|not eligible|ineligible|protocol (?:violation|deviation)s?|follow-?up|surgery|death|menarche|"
    r"menopause|disease|symptoms?|subgroup|group|eligible|inclusion|criteria|siblings?|clinicians?|staff|nurses|"
    r"physicians|at (?:the )?(?:time|last|end)|gestational|weeks|days|score|waist|respectively)\b",
    re.I,
)
_MONTHS = {"y": 12.0, "m": 1.0, "w": 12 / 52.18, "d": 12 / 365.25}


class Limits(NamedTuple):
    """The ages that may take part, in months: the least, and the age that is too much; and where they are told."""

    least: float | None
    beyond: float | None
    spot: Spot
    text: str


def ages(reading: Reading) -> Iterator[Finding]:
    """Compare printed ranges of age, and the oldest and the youngest, with the limits in the methods.

    Left alone: papers that tell several limits, ages of groups, of controls, of parents, at onset, at diagnosis or at
    another time, quartiles, and what `eligibility` finds.
    """
    told = _limits(reading)
    if told is None:
        return
    known = [(q.start, q.end) for f in eligibility(reading) for q in f.quotes]
    for line in lines(reading, ("abstract", "results", "discussion", "body")):
        for match in _PRINTED.finditer(line.words):
            start, end = line.piece(match)
            clause = _clause(line.words, match)
            if (start < told.spot[1] and told.spot[0] < end) or _ELSE.search(clause):
                continue
            if line.role in ("abstract", "body") and not match["old"] and _part(reading, line) not in ("results", None):
                continue
            if re.search(r"\[[0-9,-]+\]|\bet al\b|\bstud(?:y|ies) (?:of|by|in|from)\b|\bmeta-", line.words):
                continue
            wrong = _outside(match, told)
            if wrong and not any((s or 0) < end and start < (e or 0) for s, e in known):
                yield reading.finding(
                    "ELIGIBILITY_CONTRADICTS", "inconsistent",
                    f"age {wrong} ('{' '.join(match[0].split())}') is inconsistent with the limits of the paper "
                    f"('{told.text}')",
                    "the limit may hold for another part of the study, or age at another time may be printed",
                    quotes=((start, end), told.spot),
                )  # fmt: skip
                return


def _limits(reading: Reading) -> Limits | None:
    """Give the age limits of the study; None where they are told in several ways, or not at all."""
    found: list[Limits] = []
    for line in lines(reading, ("title", "abstract", "methods", "body")):
        if _part(reading, line) in ("results", "conclusion", "background"):
            continue
        for match in _LIMITS.finditer(line.words):
            clause = _clause(line.words, match)
            limits = _limit(line, match)
            if limits is None or not _WHO.search(clause):
                continue
            if _NO_LIMIT.search(line.words[max(0, match.start() - 60) : match.end() + 25]):
                return None
            found.append(limits)
    return found[0] if len({(x.least, x.beyond) for x in found}) == 1 else None


def _limit(line: Line, match: re.Match[str]) -> Limits | None:
    low = next(
        (float(match[g]) for g in ("low", "low2", "low3", "least", "least2", "low4", "least3") if match[g]), None
    )
    high = next((float(match[g]) for g in ("high", "high2", "high3", "high4") if match[g]), None)
    units = [match[f"unit{i}"] for i in range(1, 10) if match[f"unit{i}"]]
    if len({u[0].lower() for u in units}) > 1:
        one, two = (_MONTHS[u[0].lower()] for u in units[:2])
    else:
        one = two = _MONTHS[units[0][0].lower()] if units else 12.0
    if high is not None and (low is None or high <= low or (not units and high < 18 and low < 1)):
        return None
    under = float(match["under"]) * one if match["under"] else None
    beyond = (high + 1) * two if high is not None else under
    return Limits(low * one if low is not None else None, beyond, line.piece(match), " ".join(match[0].split()))


def _outside(match: re.Match[str], told: Limits) -> str:
    """Give the printed age that the limits exclude, or nothing."""
    unit = match["unit1"] or match["unit2"] or match["unit3"] or "years"
    factor = _MONTHS[unit[0].lower()]
    if match["old"]:
        low = high = float(match["one"])
        check = match["old"].lower()
    else:
        low, high = float(match["a"] or match["c"]), float(match["b"] or match["d"])
        check = "both"
    if low > high or (high > 110 and factor == 12):
        return ""
    if told.least is not None and check != "oldest" and (low + 0.5) * factor < told.least:
        return f"{low:g}"
    if told.beyond is not None and check != "youngest" and high * factor >= told.beyond:
        return f"{high:g}"
    return ""


def _part(reading: Reading, line: Line) -> str | None:
    return reading.document.sections[line.section].part if line.role == "abstract" else None


def _clause(words: str, match: re.Match[str]) -> str:
    """Give the clause round a match: to the next semicolon on either side."""
    start = max((m.end() for m in re.finditer(r";", words[: match.start()])), default=0)
    end = re.search(r";", words[match.end() :])
    return words[start : match.end() + end.start()] if end else words[start:]
