"""Measured values in a sentence, with unit, spread and size: "6.4 (SD 3.5)", "54.7±17.3 mL/min (n = 83)".

Numbers that measure nothing are passed over: intervals and their level, P values, test statistics, times ("at 12
weeks"), years, bounds, numbers of patients. Made for every check that compares values told beside each other.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from evsynth.checks.scanned.facts.counts import as_letters
from evsynth.checks.scanned.facts.effects import NUMBER, SIGNED, number
from evsynth.checks.scanned.prose import Line
from evsynth.model.printed import Printed
from evsynth.text.expressions import Expression

SpreadKind = Literal["sd", "se", ""]

_UNIT = (
    r"(?:\s?(?:%|per ?cent(?!age)|(?:percentage|percent|per cent) points?|points?|pp|mm ?Hg|kg/m2|kg/m²|mg/dL|"
    r"mg/dl|mg/L|mg/l|g/day|mg/day|µg/day|mg/d|g/d|g/24 ?h|L/min|mL/h|ml/h|"
    r"mg/mmol|mg/g|mmol/mol|mmol/L|mmol/l|µmol/L|µmol/l|nmol/L|nmol/l|pg/mL|pg/ml|ng/mL|ng/ml|µg/L|g/dL|g/dl|g/L|g/l|"
    r"(?:h|hours|min|events|episodes|attacks|days|steps|kcal)/(?:h|hour|night|day|d|week|wk|month|mo|year|yr|patient)|"
    r"U/L|IU/L|mIU/L|mEq/L|m[Ll]/min(?:(?:/| per )[1x]\.[7x][3x] ?m[2²])?|beats/min|beats per minute|bpm|"
    r"breaths/min|kPa|cm ?H2O|cm|mm|µm|μm|mV|kg|mg|µg|g|mL|ml|L|dB|°\s?[CF]|"
    r"letters|steps|hours?|h|minutes?|min|days?|weeks?|months?|"
    r"years?|seconds?|s|m/s|metres|meters|m|units?|kcal|kJ|cells/(?:µL|µl|mm3)|mL/kg|ml/kg|IU|U|kU/L|W|N|D)(?![\w/]))?"
)
_SPREAD = (
    rf"(?:\s?(?:±|\+/-|\+-)\s?(?P<pm>{NUMBER})(?:\s?\(?(?P<pmkind>SD|SEM?|s\.d\.|s\.e\.m?\.?)\)?(?![A-Za-z]))?"
    rf"|\s?[(\[,;]\s?(?:with an? )?(?P<kind>S\.?D\.?|S\.?E\.?(?:M\.?)?|standard deviation|"
    rf"standard error)(?: of)?\s?[=:,]?\s?(?P<s>{NUMBER})"
    rf"|\s?[(\[]\s?(?P<last>{NUMBER})\s?(?P<lastkind>SD|SE)\s?(?=[)\]])"
    rf"|\s?[(\[]\s?(?:±\s?)?(?P<bare>{NUMBER})\s?(?=[)\]]))?"
)
_SIZE = r"(?:\s?[)\]])?(?:\s?[(\[;,]\s?(?:in )?[nN]\s?=\s?(?P<n>\d[\d,]*)\s?[)\]]?)?"
_VALUE = Expression(
    rf"(?<![\w.,·/<>=≥≤±×^])(?<![A-Za-z]-)(?<!\d )(?:(?<!= )|(?<=\bM = )|(?<=[Mm]ean = ))"
    rf"(?P<v>(?:(?<![\w)%])-\s?)?{NUMBER})(?![\d]|"
    rf"\s\d{{3}}(?![\d.,])|[.,]\d|-\d|\s?-\s?\d|"
    rf"\s?/\s?\d|[a-z]{{0,2}}\d|th\b|-[a-z])"
    rf"(?P<unit>{_UNIT}){_SPREAD}(?:\s?[)\]])?(?P<unit2>{_UNIT}){_SIZE}"
)
_TIME = r"(?:week|month|year|day|hour|minute|night|wk|mo|yr|h|min)s?"
_NOISE = Expression(
    rf"[(\[,;]?\s?(?:\d\d(?:\.\d)?\s?%?\s?-?\s?)?(?:C\.?I\.?s?(?:95)?|CrI|confidence (?:intervals?|limits?)|"
    rf"credible intervals?)"
    rf"(?:\s?[(\[]CI[)\]])?(?: (?:for|of) (?:the )?difference)?\s?(?:[:=,;]|of|from|"
    rf"was)?\s?[(\[]?\s?{SIGNED}\s?%?{_UNIT}\s?(?:to|and|through|-|;|,)\s?{SIGNED}"
    r"|(?<![A-Za-z])[Pp]\s?-?\s?(?:values?)?\s?(?:[=<>≤≥]|of|was)\s?(?:0?\.\d+|1\.0+)"
    rf"|(?<![\w])(?:t|z|Z|F|U|W|χ2|χ²|r|rho|ρ|R2|R²|df|d\.f\.|I2|I²)\s?(?:\([\d., ]+\))?\s?=\s?{SIGNED}|"
    rf"\b\d+\s?(?:df|d\.f\.|degrees)"
    rf"|\b(?:at|after|(?<!er )(?<!ed )by|in|over|within|every|until|during|through|baseline (?:and|to)|"
    rf"first|last)\s(?:the\s)?"
    rf"(?:first\s|last\s)?\d+(?:\.\d+)?[- ]{_TIME}\b"
    rf"|\b(?:for|of|the|and|to|from|a|an)\s\d+[- ]{_TIME}\b(?!\s(?:vs|versus|in|with|compared|after|for)|"
    rf"\s?(?:[(\[]\s?(?:S\.?[DE]|±)|±))"
    rf"|\b(?:{_TIME}|phase|stage|grade|type|chromosome|exon|codon|table|figure|fig\.?|visit|cycle|group|arm|day|"
    rf"class|quartile|tertile|level|"
    rf"ages?|aged|version|question|step|covid|IL|CD|H|T|B|vitamin [A-Z]|HbA)\s?-?\d+(?:\s?(?:and|to|-|"
    rf"or)\s?\d+)?\b(?!\.\d)"
    r"|\b(?:19|20)\d\d\b(?!\.\d)|\b1\.73\b|\blog\s?10\b|\bper (?:10{2,}|1,000|10,000|100,000)\b|\b\d+-(?:point|"
    r"item|year|week|month|day|hour|min|m|minute|fold)\b"
    rf"|[(\[]\s?{SIGNED}\s?%?\s?(?:to|-|;|,)\s?{SIGNED}\s?%?(?=\s?[)\],;])|"
    rf"\bS[DE]s? of (?:the )?[a-z ]{{3,30}}\s?=?\s?{NUMBER}"
    rf"|\b(?:(?-i:(?:[acw]?(?:HR|OR|RR)|IRR|SIR|SMR|PR|NNT|NNH|AUC|ICC|SMD)s?)|ratios?|relative risks?|"
    rf"kappa|κ|effect size|"
    rf"Cohen's d|beta|β|coefficients?|B)\s?(?:\([A-Za-z]{{2,4}}\)\s?)?(?:of|was|were|is|=|,|:)?\s?{SIGNED}"
    rf"|[<>≥≤]\s?{NUMBER}|\b(?:n|N)\s?=\s?\d[\d,]*(?=\s?[a-z])"
    r"|(?<![\w.,])\d[\d,]*\s(?:[a-z-]+\s){0,2}(?:patients|participants|people|children|women|men|subjects|"
    r"adults|cases|controls|"
    r"centres|centers|sites|hospitals|trials|studies|eyes|infants|volunteers|persons|completers|recipients|pairs)\b"
    r"|\b\d[\d,]*\s?(?:of|out of|/)\s?(?:the )?\d[\d,]*", re.I,
)  # fmt: skip


class Measured(NamedTuple):
    """A measured value; `start` to `end` covers its spread too, in the words of the sentence."""

    value: Printed
    unit: str
    spread: Printed | None
    spread_kind: SpreadKind
    n: int | None
    start: int
    end: int


class Sentence(NamedTuple):
    """A sentence without the numbers that measure nothing (their digits are x), and its measured values."""

    words: str
    values: tuple[Measured, ...]
    line: Line


@lru_cache(maxsize=8192)
def measured(line: Line) -> Sentence:
    """Read the measured values of a sentence."""
    words = line.words.replace("\n", " ").replace("\t", " ")
    quiet = _NOISE.sub(as_letters, words)
    found: list[Measured] = []
    for m in _VALUE.finditer(quiet):
        spread = m["pm"] or m["s"] or m["last"] or m["bare"]
        said = (m["pmkind"] or m["kind"] or m["lastkind"] or "").replace(".", "").lower()
        kind: SpreadKind = "se" if "se" in said[:2] or "error" in said else "sd" if said else ""
        unit = " ".join((m["unit"] or m["unit2"] or "").split())
        size = int(m["n"].replace(",", "")) if m["n"] else None
        end = m.end() if spread or m["n"] else m.end("unit")
        if spread and size is None and (people := _PEOPLE_AFTER.match(words, m.end())):
            size, end = int(people[1].replace(",", "")), people.end(1)
        if found and m.start("v") < found[-1].end:
            continue  # the size of the group before
        if not unit and _NAME.match(words, m.end("v")):
            continue
        found.append(Measured(number(m["v"]), unit, number(spread) if spread else None, kind, size, m.start("v"), end))
    return Sentence(quiet, tuple(found), line._replace(words=words))


_NAME = Expression(r"(?=[a-z]*[A-Z])[A-Za-z]{3,}|\s?[®™]")
"""What follows a digit at once that makes it a name: "5hMC", "Sapien 3®"."""
_PEOPLE_AFTER = Expression(
    r"\s?[)\]]?\s(?:in|among|for)\s(?:the\s|all\s)?(\d{1,3}(?:,\d{3})+|\d{1,5})(?![\d.,/%-])(?=\s[a-z(])"
    r"(?!\s?(?:months?|weeks?|days?|years?|hours?|min\w*|of\b|per\b))"
)
"""The size of a group after its mean: "6.2 days (SD 2.0) in 60 patients with the protocol"."""


def same_unit(one: Measured, two: Measured) -> bool:
    """Say whether two values can be of one quantity: one unit (or none printed), and decimals that are alike.

    >>> from evsynth.model.printed import Printed
    >>> a = Measured(Printed.parse("8.1"), "%", None, "", None, 0, 3)
    >>> same_unit(a, a._replace(unit="")), same_unit(a, a._replace(unit="kg"))
    (True, False)
    """
    units = {u for u in (one.unit.lower().rstrip("s"), two.unit.lower().rstrip("s")) if u}
    return len(units) <= 1 and abs(one.value.decimals - two.value.decimals) <= 1
