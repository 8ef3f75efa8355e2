"""Estimates in running text with the interval printed for them, and their P: one reading for every check that needs it.

Read in any usual order and spelling: "HR 0.63 (95% CI 0.45 to 0.88), P = 0.007", "13.1 percentage points [95% CI, 2.2
to 23.9; P = .02]", "SIR 2.71, 2.50-2.93", "1.20 (1.14 to 1.26)", "difference 5.3 (SD 13.4; 95% CI 1.2 to 9.4)".
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from evsynth.checks.scanned.facts.effect_kinds import EffectKind, kind_of
from evsynth.checks.scanned.facts.wrapped import unwrapped
from evsynth.checks.scanned.prose import Line
from evsynth.model.printed import Printed
from evsynth.text.expressions import Expression

NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?![\d])(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
SIGNED = rf"[-+]?\s?{NUMBER}"
_UNIT = r"(?:\s?(?:%|‰)|\s?(?!to\b|and\b|or\b|vs\b|p\b)[a-zA-Zµ°/²³%]{1,14}(?:[/.-][a-zA-Z0-9.²³]{1,8})*)"
_BETWEEN = r"to|through|-|;|~"
_LIMITS = rf"(?P<low>{SIGNED})(?P<of>{_UNIT})?\s?(?:BETWEEN)\s?(?P<high>{SIGNED})(?![\d·]|[.,]\d|\s?/\s?\d|-\d)"
LIMITS = _LIMITS.replace("BETWEEN", _BETWEEN + "|and|until|,")
_NAME = (
    r"(?:(?P<level>\d\d(?:\.\d)?)\s?(?:%|per ?cent)?\s?-?\s?)?(?:(?:bootstrap(?:ped)?|two-sided|exact|wald|"
    r"robust|bayesian)\s)?"
    r"(?:C\.?I\.?s?|IC(?=\s?95)|CrI|CL|confidence (?:intervals?|limits?|bounds?)|credible intervals?|credibility "
    r"intervals?|"
    r"uncertainty intervals?|(?<=\d\d%\s)(?:intervals?|limits|bounds))(?![A-Za-z])"
)
_NAMED = Expression(
    rf"(?<![\w.]){_NAME}(?:\s?[(\[]\s?(?:95\s?%\s?)?(?:CI|CrI)\s?[)\]])?(?:\s?\(?(?P<after>\d\d)\s?%\)?|"
    rf"(?<=CI)_?(?:9[059])(?=\s?[=:(\[]))?"
    r"\s?(?:[:=,;]|of|from|was|were|is|ranging from|ranged from|between|"
    r"[(,]?\s?(?:which |that )?(?:extend|runn?|rang|stretch|go|ly|reach|span|spann)(?:ing|ed|s)? (?:from|"
    r"between)|from|with limits)?\s?"
    rf"[(\[]?\s?{LIMITS}",
    re.I,
)
_BARE = Expression(
    rf"(?:[(\[]\s?|(?<=[\d%])[,;]\s|(?<=points),\s){_LIMITS.replace('BETWEEN', _BETWEEN)}(?=\s?(?:[)\];,]|"
    rf"%(?!\s?-?\s?(?:C\.?I|CrI|conf|cred))|[a-z]+[)\]]))"
)
_SQUARE = Expression(rf"\[\s?{LIMITS}(?=\s?\])")
"""Limits in square brackets, which a comma may part."""
_P = Expression(
    r"(?:[\s,;:)\]%]{0,6}(?:(?:and|with|giving)\s)?(?:a\s)?|[)\]]?[,;]\s(?:(?:(?:t|z|Z|F|χ2|χ²|"
    r"chi-square|df|n|I2|I²|U|W|SE|SD)\b[^,;()]{0,20}|\d+ df|[a-z ,-]{2,35} test)[,;]\s){1,3}|"
    r"[)\]],?\s(?:that|which|and|but)\s(?:was|were|is|are|did|reached|missed|failed)\b[^.;()\d]{0,50}\s|"
    r"[)\]],?\s(?:(?:was|were|is|did not reach|reached|attained|achieved|failed to reach|missed|"
    r"remained)\s(?:(?:not|statistically|conventional|"
    r"statistical|highly|non-?)\s?){0,2}(?:significan\w+))\s(?=[(\[]))"
    r"[(\[]?(?:two-sided\s|unadjusted\s|nominal\s|log-?\s?rank\s)?[Pp]\s?-?\s?(?:values?)?\s?"
    r"(?P<p>(?:[=<>≤≥]|was|of|is|:|(?<=[Pp]\s)(?=0?\.\d))\s?(?:0?\.\d+|1\.0+|0\.\d+))(?!\d)(?P<for>[^.;()\d]{0,30})"
)
_P_BEFORE = Expression(
    r"[\s,;(\[]*[Pp]\s?-?\s?(?:values?)?\s?(?P<p>[=<>≤≥]\s?(?:0?\.\d+|1\.0+))\s?[,;)]\s?(?:[(\[]\s?)?(?:and\s|"
    r"with\s)?$"
)
_P_FIRST = Expression(
    r"^[\s(]*(?=[Pp]\s?[=<>≤≥])[^()]*?(?<![A-Za-z])[Pp]\s?(?:values?)?\s?(?P<p>[=<>≤≥]\s?(?:0?\.\d+|1\.0+))\s?,\s?"
    r"[a-z]?[A-Z]{2,5}\s?[=:,]?\s?$"
)
"""Before the name of an estimate: its P, told first."""
_OTHER_P = Expression(
    r"\bfor (?:linear |the )?(?:trend|interaction|heterogen|non-?inferior|superior|equivalen|homogen|the test|"
    r"difference between)|\b(?:trend|interaction|heterogeneity)\b|inferiority|one-sided", re.I,
)  # fmt: skip
_SPREAD_OF_STUDIES = Expression(r"\b(?:I\s?(?:2|²|\^2)|tau2?|τ2?²?)(?!\w)", re.I)
"""What stands before the P of heterogeneity: "(95% CI 1.9 to 4.6, I2 = 34%, P = 0.17)"."""
_FRACTION = Expression(r"\d[\d,]*\s?(?:of|out of|/)\s?(?:the\s)?$")
_PER = Expression(rf"(?<![\w.,]){NUMBER}(?P<per>\s?(?:[a-z]+\s){{0,3}}?(?:per|for every|for each)\s)$", re.I)
_LIST = Expression(
    r"^\s?(?:(?:to|vs\.?|for [a-z ]{2,25})?\s?[)\]]?[,;]?\s?(?:and\s)?)$|"
    r"^\s?[)\]]\s(?:for|in|with|of)\s[A-Za-z -]{2,45},?\s(?:and\s)?$"
)
_ALONE = Expression(r"[(\[]\s?$")
_GLUE = Expression(
    r"(?:[\s,;:(\[]|(?<=[(\[])\d+\s?/\s?\d+(?=[;,])|\b(?:with|at|a|an|the|and|its|their|two-sided|corresponding|"
    r"respectively|lower and upper|exact)\b)*$",
    re.I,
)
_VALUE = Expression(
    rf"(?<![\w.,·/<>±])(?<!\d-)(?P<v>(?:(?<=\s)|(?<=[(\[=,])|(?<![\d%)\s]))-\s?{NUMBER}|\+?{NUMBER})"
    rf"(?P<unit>(?:\s?%)?(?:{_UNIT}){{0,4}}?)\s?$"
)
_ASIDE = Expression(
    r"(?:\b(?:S\.?D\.?s?|S\.?E\.?M?|standard (?:deviations?|errors?)|[nN]|df|t|z|F|I2|I²|tau2?|τ²|SDs?|of|"
    r"effect size|Cohen's d|events?)\b(?:\s(?:of|for)\s[a-z ]{3,30})?|±|χ²|\+/-)\s?[=:,]?\s?$"
)
_TIME = r"(?:week|month|year|day|hour|minute|visit|cycle|session)"
_WHEN = Expression(
    rf"\s?,?\s\(?(?:at|after|by|until|over|within|during|in|from baseline to|to)\s(?:the\s)?(?:end of\s)?"
    rf"(?:{_TIME}s?\s\d+(?:\.\d+)?|(?<!by )(?<!to )\d+(?:\.\d+)?(?:st|nd|rd|th)?[\s-]{_TIME}s?)"
    r"(?:\sof\s(?:treatment|therapy|follow-?up|study))?$", re.I,
)  # fmt: skip
"""A time between an estimate and its interval: "3.9 points at month 6 (95% CI 2.3 to 5.5)"."""
_FOR_WHOM = Expression(r"\s(?:in favou?r of|favou?ring)\s(?:the\s)?[A-Za-z][\w-]*(?:\s[A-Za-z][\w-]*){0,2}$")
"""A group between them: "-1.9 points in favour of rehabilitation (95% CI -3.3 to -0.5)"."""
_NO_UNIT = Expression(
    r"\b(?:patients?|participants?|events?|women|men|deaths?|trials?|studies|and|or|vs|versus|against|than|in|"
    r"for|had|was|"
    r"were|had|who|cases?)\b(?!-)|^(?-i:[A-Z]{3})", re.I,
)  # fmt: skip
_MEDIAN = Expression(r"\b(?:medians?|IQR|inter-?quartile|quartiles?|ranges?|ranging|aged?|hodges)\b", re.I)


class Effect(NamedTuple):
    """An estimate with its interval.

    `value` is None where no number stands at the interval. `strict`: a name of the estimate, or of a difference or
    ratio, stands right before the value. `named`: the interval says what it is. Offsets are those of the document.
    """

    kind: EffectKind
    value: Printed | None
    low: Printed
    high: Printed
    level: float
    named: bool
    strict: bool
    p: Printed | None
    start: int
    end: int
    p_end: int
    unit: str
    limit_unit: str
    before: str
    line: Line

    @property
    def spot(self) -> tuple[int, int]:
        """Offsets from the estimate to the interval."""
        return self.start, self.end

    @property
    def spot_with_p(self) -> tuple[int, int]:
        """Offsets from the estimate to its P."""
        return self.start, max(self.end, self.p_end)


def number(text: str) -> Printed:
    """Read a number that may have a space after its sign.

    >>> number("- 0.5").text
    '-0.5'
    """
    return Printed.parse(re.sub(r"\s", "", text).lstrip("+"))


@lru_cache(maxsize=8192)
def effects(line: Line, *, quartiles: bool = False) -> tuple[Effect, ...]:
    """Give the estimates of a sentence that have an interval, in order.

    Where the paper prints `quartiles`, an interval without a name is taken only for a ratio, or after one with a name.
    """
    flat, at = unwrapped(line.words)
    if len(flat) == len(line.words):
        return _effects(line._replace(words=flat), line, quartiles=quartiles)
    return tuple(
        e._replace(
            start=line.start + at[e.start], end=line.start + at[e.end - 1] + 1, p_end=line.start + at[e.p_end - 1] + 1
        )
        for e in _effects(line._replace(words=flat, start=0), line, quartiles=quartiles)
    )


def _effects(flat: Line, line: Line, *, quartiles: bool) -> tuple[Effect, ...]:
    words = flat.words
    found: list[Effect] = []
    taken = 0
    last: Effect | None = None
    for match in sorted(
        (*_NAMED.finditer(words), *_BARE.finditer(words), *_square(words)), key=lambda m: (m.start("low"), m.start())
    ):
        if match.start("low") < taken:
            continue
        named = _NAMED.gave(match)
        one = _effect(words, flat, match, named=named, last=last)
        signed = one is not None and one.kind == "difference" and one.strict and one.low.value < 0  # no quartiles
        if one is not None and (
            one.named or one.kind == "ratio" or signed or not quartiles or any(f.named for f in found)
        ):
            found.append(one)
            last = one
            taken = match.end()
    return tuple(e._replace(line=line) for e in found)


def _square(words: str) -> Iterator[re.Match[str]]:
    """Give "[-6.1, -1.9]": a comma parts limits in square brackets that have a sign or decimals."""
    return (
        (m for m in _SQUARE.finditer(words) if "," in m[0] and "." in m["low"] and "." in m["high"])
        if "[" in words
        else iter(())
    )


def _effect(words: str, line: Line, match: re.Match[str], *, named: bool, last: Effect | None) -> Effect | None:
    low, high = number(match["low"]), number(match["high"])
    groups = match.groupdict()
    level = float(groups.get("level") or groups.get("after") or 95) / 100
    before = words[: match.start()]
    p_match = _P.match(words, match.end() + len(_units_after(words, match.end())))
    p, p_end = None, match.end()
    if p_match is not None and not _OTHER_P.search(p_match["for"]) and not _SPREAD_OF_STUDIES.search(p_match[0]):
        p, p_end = _p(p_match["p"]), p_match.end("p")
    if p is None and (early := _P_BEFORE.search(before)):
        p, before = _p(early["p"]), before[: early.start()]
    value, start, unit, lead = _estimate(before)
    if value is None and not named:
        return None
    if not named and (_NO_UNIT.search(match["of"] or "") or (last is not None and line.start + start < last.end)):
        return None  # "CI 0.07 to 2.96; 4 trials; 231 participants"
    kind, strict = kind_of(lead, unit)
    if first := _P_FIRST.search(lead[max(0, lead.rfind("("), lead.rfind("; ") + 1) :]):
        p, p_end = _p(first["p"]), match.end()  # "(P = .01, SMD = -0.2, 95% CI -0.4 to -0.1; P < .001, SMD = 0.5"
    if last is not None and _LIST.match(lead[last.end - line.start :]):
        kind, strict = last.kind, last.strict  # a list: "HRs were 1.08 (1.02 to 1.14), 1.20 (1.14 to 1.26)"
    if not named and value is not None and last is not None and last.kind == "ratio" and ratio_like(value, low, high):
        kind, strict = ("ratio", True) if _ALONE.search(lead) else (kind, strict)
    if not named and (not strict or kind not in ("ratio", "difference", "correlation")) and last is None:
        if strict or not _ALONE.search(lead):
            return None
        kind = "other"
    alike = value is not None and value.decimals == low.decimals == high.decimals > 0
    if not named and not strict and kind == "ratio" and alike and 0 < low.value < high.value and not unit:
        strict = True  # "hazard ratios at 1 and 5 years were 0.62 [0.45-0.85]"
    ratio = strict and kind == "ratio" and 0 < low.value < high.value  # "male sex (OR 1.88 [1.12-3.16]", after "age"
    if not named and ((_MEDIAN.search(lead[-60:]) and not ratio) or low.value > high.value):
        return None
    at = line.start + (start if value is not None else match.start())
    return Effect(
        kind, value, low, high, level, named, strict, p, at, line.start + match.end(), line.start + p_end, unit,
        (match["of"] or "").strip(), lead, line,
    )  # fmt: skip


def ratio_like(value: Printed, low: Printed, high: Printed) -> bool:
    """Say whether an estimate lies in the middle of its limits on the scale of logarithms: "(1.31, 0.76-2.25)"."""
    v, a, b = float(value), float(low), float(high)
    return 0 < a < v < b and value.decimals > 1 and abs(math.log(v / a) - math.log(b / v)) < 0.12


def _units_after(words: str, end: int) -> str:
    after = re.match(rf"(?:{_UNIT}){{0,3}}(?=\s?[)\],;])", words[end:])
    return after[0] if after else ""


def _p(text: str) -> Printed:
    return Printed.parse(re.sub(r"\s|=|was|of|is|:", "", text))


def _valued(text: str) -> bool:
    """Say whether a text ends with a value and its unit."""
    found = _VALUE.search(text[-70:])
    return found is not None and _NO_UNIT.search(found["unit"]) is None


def _estimate(before: str) -> tuple[Printed | None, int, str, str]:
    """Give the value before an interval, its offset, its unit, and the words before it; skip SD, n and the like."""
    text = before
    for _ in range(5):
        text = text[: len(text) - len(_GLUE.search(text)[0])] if _GLUE.search(text) else text  # type: ignore[index]
        if text.endswith((")", "]")):  # an aside in brackets between the value and its interval
            opened = text.rfind("(" if text.endswith(")") else "[")
            if opened < 0 or len(text) - opened > 45:
                return None, 0, "", before
            text = text[:opened]
            continue
        if (when := _WHEN.search(text, max(0, len(text) - 70))) and _valued(text[: when.start()]):
            text = text[: when.start()]
        if (whom := _FOR_WHOM.search(text, max(0, len(text) - 70))) and _valued(text[: whom.start()]):
            text = text[: whom.start()]
        found = _VALUE.search(text[-70:])
        if found is None or _NO_UNIT.search(found["unit"]):
            return None, 0, "", before
        at = max(0, len(text) - 70) + found.start("v")
        lead = text[:at]
        if rate := _PER.search(lead):
            text = lead[: rate.start("per")]  # "6.03 per 100 patient-years": the rate, not its base
            continue
        if fraction := _FRACTION.search(lead):
            text = lead[: fraction.start()]
            continue
        if (aside := _ASIDE.search(lead[-45:])) and not re.search(r"\bof\s?$", lead):
            text = text[: max(0, len(lead) - 45) + aside.start()]
            continue
        return number(found["v"]), at, " ".join(found["unit"].split()), lead
    return None, 0, "", before
