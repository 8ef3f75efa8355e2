"""Which value of a sentence is told to be a difference, and which two values it is told of."""

from __future__ import annotations

import re
from typing import NamedTuple

from evsynth.checks.scanned.facts.measured import Measured, Sentence, same_unit
from evsynth.text.expressions import Expression

NOUN = (
    r"(?:differences?|gap|chang(?:es?|ed)|gain(?:s|ed)?|rise|rose|fall|fell|drop(?:ped)?|increas(?:es?|ed)|"
    r"decreas(?:es?|ed)|"
    r"reduc(?:tions?|ed)|improv(?:ements?|ed)|declin(?:es?|ed)|loss|lost|advantage|benefit|excess|deficit|saving|"
    r"cut|grew|(?:went|came|go|goes) (?:up|down)|climb(?:s|ed)?|sank|diminish(?:ed)?|dwindled|widen(?:ed)?|"
    r"narrow(?:ed)?|"
    r"lower(?:ed)?|shorten(?:ed|ing)|shrank|Δ|delta)"
)

_BEFORE = Expression(
    rf"\b{NOUN}\b(?P<what>(?:(?!above|below|import|minim|detect|clinic)[^.;()\[\]\d]){{0,40}}?)(?:\s?(?:\b(?:of|"
    rf"was|were|is|being|by|averaged|averaging|"
    r"amounted to|came to|equal(?:s|led|ling)?(?: to)?)|[:=,(\[]))?\s?(?:a |an )?(?:about |approximately |"
    r"roughly |some |almost |nearly )?"
    r"(?:mean |median )?[(\[]?$", re.I,
)  # fmt: skip

_AFTER = Expression(
    r"^\s?(?:lower|higher|less|more|fewer|longer|shorter|larger|smaller|greater|apart|better|worse|reduction|"
    r"increase|"
    r"decrease|difference|drop|fall|rise|gain|improvement|decline|loss|change|"
    r"(?:heav|light|tall|old|young|fast|slow|earl|wid|narrow|thick|thin|warm|cool|deep|dri|steep|rich|"
    r"poor)i?er)\b", re.I,
)  # fmt: skip

_POINTS = Expression(r"points?|pp", re.I)

_FROM_TO = Expression(
    r"^[^.;\d]{0,45}?\b(?:to|and|versus|vs\.?|against|compared (?:with|to)|as opposed to|than|then)\s[^.;\d]{0,45}$",
    re.I,
)

_APPOSITIVE = Expression(
    r"^[^.;\d]{0,50}?(?:[,;(\[-]|\bor\b|\bi\.e\.)\s?(?:(?:or|i\.e\.,?|that is,?|for|with|giving|yielding|"
    r"representing|corresponding to|which is|thus|hence|by|an?|the|mean|crude|absolute|relative|overall|paired|"
    r"unadjusted|"
    r"between-group|net|percentage|percent)\s)*"
    rf"(?:{NOUN}(?: between (?:the )?(?:two )?(?:groups|arms|means|conditions|periods))?"
    r"\s?(?:of|by|was|[:=,])?\s?(?:a |an )?)?$", re.I,
)  # fmt: skip

_BY = Expression(r"\bby\s?(?:about |almost |nearly |some |roughly )?$", re.I)

_VERB = Expression(rf"\b{NOUN}\b[^;]{{0,90}}$", re.I)

_CUT = Expression(r";\s|(?<!i\.e)\.\s|\bwhereas\b|\bwhile\b|,\s?and\b|\band\b.*\band\b")

_COUNTED = Expression(
    r"\s?(?:study |treatment )?(?:groups|arms|cohorts|conditions|time ?points|methods|"
    r"techniques)\b"
)
_RANGED = Expression(r"\d\s?%?--?\s?$")
_LIMIT = Expression(
    r"(?:than|\breach(?:ing|ed)?|\battain(?:ing|ed)?|least|most|over|under|above|below|exceed\w*|up to|cut-?off|"
    r"threshold|margin|between|within|target\w*|≥|≤)"
    r"\s?(?:of\s|or\s)?$", re.I,
)  # fmt: skip

_LISTED = Expression(
    r"^[^.;\d]{0,30}?\b(?:vs\.?|versus|against|compared (?:with|to))\s[^.;\d]{0,25}\d|^\s?\(\s?\d[\d.]*\s?%\s?\)|"
    r"^\s?(?:on|since|over|above|relative to|compared)\b",
    re.I,
)

_BETWEEN = Expression(r"\b(?:differ\w*|gap|advantage|excess|deficit|benefit|apart|net)\b|Δ", re.I)

_TIGHT = Expression(
    r"^(?:(?!\band\b)[^.;\d()]){0,30}?[,(:]?\s?(?:\(|\bfrom\s|(?<=:)\s)"
    r"(?:from |mean |means |i\.e\.,? )?[^.;\d()]{0,20}$",
    re.I,
)


_BRACKETED = Expression(r"^(?:(?!\band\b)[^.;\d()]){0,60}?\s?\([^.;\d()]{0,20}$")
"""Words of a comparison and then its two values in brackets: "lower with A than with B (132.4 vs 141.6)"."""
_ITS_ENDS = Expression(r"[^.;\d()]{0,20}?[(,]\s?from\s")
_INTERVAL = Expression(r"\s?[(\[][^()\[\]\d]{0,40}(?<![a-z])x[^()\[\]\d]{0,60}[)\]]")
"""Brackets that hold an interval, a P or a value in another unit, whose digits are x."""

_SIZE = Expression(r"\s?[(\[]\s?[nN]\s?=\s?\d[\d,]*\s?[)\]]")
"""The size of a group in brackets after its name."""


class Told(NamedTuple):
    """A claimed difference: its number, whether it is a percentage of one of the values, and the words before it."""

    value: Measured
    relative: bool
    lead: str


def told_difference(sentence: Sentence, index: int, value: Measured) -> Told | None:
    """Give the claim that a value is a difference, by the words beside it; None if it is none."""
    if value.spread is not None and value.spread_kind != "sd":
        return None
    if _COUNTED.match(sentence.words, value.start + len(value.value.text)):
        return None  # "between the 2 groups"
    if re.match(r"\s?(?:%|points?)?\s?or\s(?:more|greater|higher|less|fewer|lower)\b", sentence.words[value.end :]):
        return None  # what counts as a change
    if _RANGED.search(sentence.words[: value.start]) or re.match(
        r"\s?%?\s?(?:to\s|--?\s?)\d", sentence.words[value.start + len(value.value.text) :]
    ):
        return None  # the first of a pair of its own
    if re.match(r"\s?%?\s?[,;]\s?[nN]\s?=", sentence.words[value.start + len(value.value.text) :]):
        return None  # a share: "change in libido (67.5%, n = 932)"
    start = sentence.values[index - 1].end if index else 0
    lead = sentence.words[max(start, value.start - 90) : value.start]
    after = sentence.words[value.start + len(value.value.text) :].removeprefix(" ")
    after = after[len(value.unit) :] if after.startswith(value.unit) else after
    named = _BEFORE.search(lead) or (_BY.search(lead) and _VERB.search(sentence.words[: value.start]))
    points = bool(re.search(r"percent(?:age)? points?|per cent points?|pp", value.unit, re.I))
    if named is None and not _AFTER.match(after) and not points and not _signed_alone(sentence, value):
        return None
    if (
        _LIMIT.search(lead)
        or _LISTED.match(after)
        or _LISTED.match(_INTERVAL.sub("", after))
        or re.search(r"\b(?:no|without)\b[^.;]*$", lead[-45:])
    ):
        return None
    if re.search(r"\bfrom\s?(?:a (?:mean|median) (?:of )?)?$|\bto\s?$|\bfrom\b[^,;()]*$", lead):
        return None
    relative = value.unit.startswith(("%", "per")) and not points
    return Told(value, relative, lead)


def _signed_alone(sentence: Sentence, value: Measured) -> bool:
    """Say whether a number with its sign stands alone in brackets: "from 438 to 301 µm (-173 µm)"."""
    before, after = sentence.words[: value.start].rstrip(), sentence.words[value.end :]
    signed = value.value.value < 0 or before.endswith("+")
    return bool(
        signed
        and not re.search(r"\)\s?[(\[]\s?\+?$", before)  # "-0.09 (ng/ml) (-25.00)": the spread of that
        and re.search(r"[(\[]\s?(?:Δ\s?=?\s?)?\+?$", before)
        and re.match(
            r"\s?(?:[A-Za-zµμ/²]{1,8}\s?)?(?:[)\]]|[;,]\s?[Pp(\[])",
            after,
        )
    )


def values_of(sentence: Sentence, index: int, told: Told) -> tuple[tuple[Measured, Measured] | None, bool]:
    """Give the two values right before (or after) a claim, and whether the claim restates them."""
    values, words = sentence.values, sentence.words
    generic = told.relative or bool(_POINTS.search(told.value.unit)) or not told.value.unit
    places = ((index - 2, False), (index + 1, True))
    if _ITS_ENDS.match(words[told.value.end :]):
        places = places[::-1]
    for at, ahead in places:
        if at < 0 or at + 1 >= len(values):
            continue
        one, two = values[at], values[at + 1]
        between = _SIZE.sub("", _INTERVAL.sub("", words[one.end : two.start]))
        if not same_unit(one, two) or not _FROM_TO.match(between) or (one.spread is None) != (two.spread is None):
            continue
        if not generic and not same_unit(told.value, two):
            continue
        gap = words[told.value.end : one.start] if ahead else words[two.end : told.value.start]
        gap = _SIZE.sub("", _INTERVAL.sub("", gap))
        anew = re.match(
            r"[^.]{0,40};\s(?:(?:paired |mean |the |a |between-group |absolute )*"
            + NOUN
            + r"|the (?:former|latter)\b)",
            gap,
        )
        if not anew and (len(gap) > 70 or _CUT.search(gap)):
            continue
        first = at and not ahead and _third(words[values[at - 1].end : one.start])
        if first and told_difference(sentence, at - 1, values[at - 1]) is None:
            continue
        if ahead and re.search(r"\b(?:range|limits|interval)\b", gap):
            continue  # "28 points (plausible range 6 to 49)"
        if ahead and (
            not (_TIGHT.match(gap) or _BRACKETED.match(gap)) or ("from " in gap and not re.search(r"\bto\b", between))
        ):
            continue
        if _depth(words, one.start) != _depth(words, two.start):
            continue
        if _of_unlike_things(words, one, two, told.value):
            continue
        if any(told_difference(sentence, i, values[i]) for i in (at, at + 1)) and not _BETWEEN.search(told.lead[-60:]):
            continue  # each of them is a change: these are three groups
        return (one, two), bool(_APPOSITIVE.match(gap)) if not ahead else True
    return None, False


def among_alike(sentence: Sentence, value: Measured) -> Sentence:
    """Give a sentence with those values only that are printed as one of them is; the digits of others are x."""
    words = sentence.words
    kept = [v for v in sentence.values if v.value.decimals == value.value.decimals and same_unit(v, value)]
    for v in sentence.values:
        if v not in kept:
            words = words[: v.start] + re.sub(r"\d", "x", words[v.start : v.end]) + words[v.end :]
    return Sentence(words, tuple(kept), sentence.line)


def _of_unlike_things(words: str, one: Measured, two: Measured, told: Measured) -> bool:
    """Say whether numbers without a unit count unlike things: "54 proteins of A and 23 of B, an increase of 18 A"."""
    if one.unit or two.unit or one.value.decimals or two.value.decimals:
        return False
    nouns = [_NOUN_AFTER.match(words, v.end) for v in (one, two)]
    return (
        all(nouns) and nouns[0] is not None and nouns[1] is not None
        and nouns[0][0].lower() != nouns[1][0].lower()
        and re.search(r"\band\b", words[one.end : two.start]) is not None
        and _NOUN_AFTER.match(words, told.end) is not None
    )  # fmt: skip


_NOUN_AFTER = Expression(
    r"\s(?!in\b|for\b|with\b|and\b|to\b|on\b|at\b|of\b|after\b|before\b|vs?\b|versus\b|under\b)[A-Za-z]{3,}"
)


def _depth(words: str, at: int) -> int:
    before = words[:at]
    return before.count("(") + before.count("[") - before.count(")") - before.count("]")


def _third(between: str) -> bool:
    """Say whether another value stands in a list with the pair: there are three groups, or two visits of each."""
    return len(between) < 60 and not re.search(r"[;(]", between)
