"""Every number of a sentence with the part it plays: a value, its spread, a size, a limit, a share, a time, a count.

The part is told by the words that touch the number, in any order and spelling: "48.6 ng/mL (SD 21.0, SEM 3.0; n = 49)"
is a value, a standard deviation, a standard error and a size; "0.81 ± 0.10" a value and a spread. Made for every check
of values that are told side by side; what the words do not tell stays a plain value.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from evsynth.checks.scanned.facts.counts import WORD, value
from evsynth.model.printed import Printed
from evsynth.text.expressions import Expression

Part = Literal[
    "value", "sd", "se", "spread", "n", "p", "statistic", "effect", "level", "low", "high", "q1", "q3", "least", "most",
    "percent", "fold", "time", "name", "count", "bound",
]  # fmt: skip

_NUMBER = Expression(
    r"(?<![\w.,/^])(?P<sign>(?:(?<![\w)%\]])|(?<=\s))[-+]\s?(?=[\d.]))?"
    r"(?P<n>[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?(?!\d)|[1-9]\d{0,2}(?: \d{3})+(?![\d]|[.,]\d)|\d+(?:\.\d+)?|\.\d+)"
    rf"(?![A-Za-z]*\d)(?!th\b|st\b|nd\b|rd\b)|(?<=\d-)(?P<to>\d+(?:\.\d+)?)(?!\w)|"
    rf"(?<![\w-])(?P<w>{WORD}|none)(?![\w-])",
    re.I,
)
_UNITS = (
    r"mm ?Hg|cm ?H2O|kPa|kg/m[2²]|(?:[mkµun]?g|[mk]?IU|m?U|m?mol|µmol|nmol|pmol|mEq|cells|"
    r"copies)/(?:[dm]?[lL]|g|kg|mmol|mol|h|"
    r"day|d|min|week|µ[lL]|mm3)|m[lL]/(?:min|kg|h)(?:/1\.73 ?m[2²])?|L/min|g/cm[2²3³]|beats/min|breaths/min|bpm|m/s|"
    r"points?|marks|"
    r"drinks/week|µg|mcg|mg|kg|ng|pg|g|m[lL]|d[lL]|[lL]|µm|mm|cm|km|m|ft|feet|inches|inch|"
    r"in(?=[\s]?[)(,;/]|\.)|lbs?|pounds|stone|kJ|MJ|kcal|dB|"
    r"°\s?[CF]|years?|yrs?|y|months?|weeks?|days?|nights?|hours?|hrs?|h|minutes?|mins?|seconds?|s|letters|steps|metres|"
    r"meters|IU|U|W|Hz|Gy|D|litres?|units"
)
_UNIT = Expression(
    rf"[\s-]?(?P<u>{_UNITS})(?![\w²³^])(?!/\w)|\s?(?P<w>[a-zµ]{{1,5}}/[A-Za-zµ]{{1,6}}(?:/[a-z]+)?)(?![\w])"
)
_PERCENT = Expression(r"\s?(?:%|per[ -]?cent\b(?!ile))(?!\s?-?points?)", re.I)
_POINTS = Expression(r"\s?(?:%|per ?cent(?:age)?)[ -]points?\b", re.I)
_FOLD = Expression(r"[- ]?(?:fold|times (?:higher|lower|as|that|the|more|greater|larger))\b")
_LEVEL = Expression(r"\s?%?\s?-?\s?(?:C\.?I\.?s?\b|confidence|credible|CrI\b|prediction|limits)", re.I)
_IS = r"(?:\s?[)\]])?(?:\s?[:=,]|\s(?:of|was|were|is|being|equal to|equals|from|at))?\s?[(\[]?\s?"
_OF_BEFORE: tuple[tuple[Part, Expression], ...] = (
    ("p", Expression(rf"(?<![A-Za-z-])[Pp](?:[\s-]?values?)?{_IS}[<>≤≥]?\s?$")),
    ("se", Expression(rf"(?:\bS\.?E\.?M?\.?s?|\bs\.e\.m?\.?|\bstandard errors?(?: of (?:the|that) (?:mean|difference))?"
                      rf"(?: \(SEM?\))?){_IS}$")),
    ("sd", Expression(rf"(?:\bS\.?D\.?s?|\bs\.d\.|\bstandard deviations?(?: \(SD\))?){_IS}$")),
    ("spread", Expression(r"(?:±|\+/-|\+-)\s?$")),
    ("n", Expression(r"\b[nN]s?\s?[=:]\s?$")),
    ("effect", Expression(
        rf"(?:\b(?:[Cc]ohen.{{0,2}}s d|[Hh]edges.{{0,3}}g|SMD|[Ss]tandardi[sz]ed (?:mean "
        rf")?(?:difference|effect(?: size)?)|"
        rf"[Ee]ffect size)(?: \(?[dg]\)?| \([A-Z]+\))?|(?<![A-Za-z])[dg]){_IS}$")),
    ("statistic", Expression(
        r"(?<![A-Za-z])(?:t|z|Z|F|U|W|r|R2|R²|χ2|χ²|df|I2|I²|ρ|rho|β|B|[ahO]?[HOR]R|ratio|kappa|AUC|ICC)"
        r"\s?(?:\([^()]{1,12}\)?)?(?:\s?[=:]\s?|\s(?:of|was)\s)$|(?<![A-Za-z])[tFr]\s?\([^()]{0,8}$")),
    ("bound", Expression(
        r"(?:[<>≤≥]|\b(?:(?:more|less|fewer|greater|higher|lower|older|younger|longer|rather) than|at "
        r"least|at most|up to|"
        r"under|above|below|exceed\w*|threshold of|target of|limit of|cut-?off (?:of|at)|(?<!as "
        r")against))\s(?:the )?$|[<>≤≥]\s?$",
        re.I)),
    ("name", Expression(
        r"\b(?:grade|stage|type|phase|class|tables?|fig(?:ure)?\.?|version|step|chapter|group|arm|"
        r"level|no\.|version|item|"
        r"cycle|question|visit|interleukin|vitamin|HbA|FEV|CD|IL|COVID|SF|PaO|EQ|page|ref\.?)[- ]?$", re.I)),
)  # fmt: skip
_TIME_UNIT = Expression(r"[\s-]?(?:years?|yrs?|months?|weeks?|days?|hours?|h|minutes?|min)\b", re.I)
_AT = Expression(
    r"(?:\b(?:at|after|by|within|until|during|for|over|every|in|first|last|next|previous|past|the|a|an|before)\s)$",
    re.I,
)
_DURING = Expression(r"\b(?:at|after|by|within|until|during)\s$", re.I)
_AT_NAMED = Expression(r"\b(?:weeks?|months?|days?|years?|hours?|visits?|day|in|since|from|until|of)\s$", re.I)
_INTERVAL = Expression(
    r"(?:\bC\.?I\.?s?|\bCrI|confidence (?:interval|limit)s?|credible interval)[)\]]?"
    + _IS.replace("|from", "|from|between|ranging from")
    + "$",
    re.I,
)
_QUARTILES = Expression(
    r"(?:\bI\.?Q\.?R\.?s?|inter-?\s?quartile (?:range|interval)s?|(?<!first )(?<!third )(?<!lower "
    r")(?<!upper )quartiles?|25th\s?(?:-|to|and)\s?75th (?:per)?centiles?|"
    r"Q1\s?(?:-|,|to|and)\s?Q3)[)\]]?" + _IS.replace("|from", "|from|between") + "$",
    re.I,
)
_RANGE = Expression(
    r"(?:\b(?:full |total |observed |overall )?rang(?:e|es|ed|ing)|\bmin(?:imum)?\s?[-,/]\s?max(?:imum)?)[)\]]?"
    + _IS.replace("|from", "|from|between")
    + "$",
    re.I,
)
_BARE = Expression(
    r"(?P<a>[-+]?\s?\d[\d,]*(?:\.\d+)?)(?:\s?[A-Za-z%/]{1,8})?\s?(?:to|-|;|"
    r",\s)\s?(?P<b>[-+]?\s?\d[\d,]*(?:\.\d+)?)(?!\d)(?:\s?[A-Za-z%/]{1,8})?\s?[)\];,]"
)
_SHARED = Expression(
    r"\s?[(\[]\s?\d+(?:\.\d+)?\s?%|\s(?:out )?of\s(?:the\s)?\d|/\d|\s[a-z]+\s[(\[]\s?\d+(?:\.\d+)?\s?%"
)
_DASHED = Expression(r"-\d")
_JOIN = Expression(r"^\s?%?\s?(?:[A-Za-z°µ/²]{1,8}\s)?(?:-|to|and|;|,|/|through)\s?[-+]?$")


class Told(NamedTuple):
    """A number: its part, value and unit, where it stands in the words, its end with the unit, and the words around."""

    part: Part
    printed: Printed
    unit: str
    start: int
    end: int
    stop: int
    before: str
    after: str

    @property
    def whole(self) -> bool:
        """Say whether it is printed as a whole number without a sign."""
        return not self.printed.decimals and self.printed.value >= 0 and self.printed.text[:1] not in "+-"


@lru_cache(maxsize=4096)
def told_numbers(words: str) -> tuple[Told, ...]:
    """Read the numbers of a sentence, in order."""
    words = re.sub(r"[\n\t]", " ", words)
    found: list[Told] = []
    matches = list(_NUMBER.finditer(words))
    for at, m in enumerate(matches):
        stop = found[-1].stop if found else 0
        if m.start() < stop:
            continue
        rest = words[m.end() : matches[at + 1].start() if at + 1 < len(matches) else len(words)]
        found.append(_one(words, m, words[stop : m.start()], rest, found))
    return tuple(found)


def _one(words: str, m: re.Match[str], before: str, after: str, found: list[Told]) -> Told:
    text = m["n"] or m["to"] or ""
    spelled = not text
    if spelled:
        printed = Printed.parse("0" if m[0].lower() == "none" else str(value(m[0])))
    else:
        printed = Printed.parse((m["sign"] or "").strip() + text.replace(" ", ","))
    unit, stop = "", m.end()
    if u := _POINTS.match(words, m.end()):
        unit, stop = "points", u.end()
    elif u := _PERCENT.match(words, m.end()):
        unit, stop = "%", u.end()
    elif u := _UNIT.match(words, m.end()):
        unit, stop = " ".join((u["u"] or u["w"]).split()), u.end()
    part = _part(words, m, before, unit, found, spelled)
    if part in ("high", "q3", "most") and found:
        first = {"high": "low", "q3": "q1", "most": "least"}[part]
        if not unit and found[-1].unit and found[-1].part == first:
            unit = found[-1].unit
    return Told(part, printed, unit, m.start(), m.end(), stop, before, after)


_SECOND: dict[str, Part] = {"low": "high", "q1": "q3", "least": "most"}


def _part(words: str, m: re.Match[str], before: str, unit: str, found: list[Told], spelled: bool) -> Part:
    last = found[-1] if found else None
    if last is not None and last.part in _SECOND and _JOIN.match(before):
        return _SECOND[last.part]
    if _LEVEL.match(words, m.end()):
        return "level"
    near = before[-60:]
    if re.search(r"(?:^|[\d\s])[x×]\s?$", near):
        return "name"
    for part, pattern in _OF_BEFORE:
        if pattern.search(near):
            return part
    if _FOLD.match(words, m.end()):
        return "fold"
    if _INTERVAL.search(near):
        return "low"
    if _QUARTILES.search(near):
        return "q1"
    if _RANGE.search(near):
        return "least"
    if (
        last is not None
        and last.part == "value"
        and (bare := _BARE.match(words, m.start()))
        and re.search(r"^\W?[A-Za-z ]{0,10}[(\[]\s?$", before)
    ):
        low, high = (float(bare[k].replace(" ", "").replace(",", "")) for k in ("a", "b"))
        if low <= abs(float(last.printed)) <= high or low <= float(last.printed) <= high:
            return "low"
    if not unit and not spelled and "." not in m[0] and _SHARED.match(words, m.end()):
        return "count"
    if not m["to"] and not spelled and _DASHED.match(words, m.end()):
        return "least"
    if unit == "%":
        return "percent"
    if re.search(r"\b(?:over|within)\s(?:the )?$", near) and not _TIME_UNIT.match(words, m.end()):
        return "bound"
    if (
        _TIME_UNIT.match(words, m.end())
        and last is not None
        and last.part == "time"
        and re.search(r"^\W*(?:and|or|to)\s$", near)
    ):
        return "time"
    if (
        _TIME_UNIT.match(words, m.end())
        and (_AT.search(near) if not m[0].count(".") else _DURING.search(near))
        and not re.search(r"\b(?:mean|median|average)\b[^,;]*$", near)
    ):
        return "time"
    if _AT_NAMED.search(near) and re.search(r"\b(?:weeks?|months?|days?|years?|hours?|visits?)\s$", near):
        return "time"
    if re.fullmatch(r"(?:19|20)\d\d", m[0]) and re.search(
        r"\b(?:in|since|from|to|and|until|by|[A-Z][a-z]+)\s$|-$", near
    ):
        return "name"
    if spelled and _TIME_UNIT.match(words, m.end()):
        return "time"
    if spelled or (not unit and re.fullmatch(r"[\d, ]+", m[0]) and re.match(r"\s[a-z]", words[m.end() : m.end() + 2])):
        return "count"
    return "value"
