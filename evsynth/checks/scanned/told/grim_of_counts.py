"""Means of whole numbers of few people (GRIM), where the words say that whole things are counted, or rated in wholes.

"In 12 mice the mean number of pups was 7.25"; "eleven students rated ... as a whole number from 1 to 10 ... the mean
rating was 6.73". A mean that any number told in its two sentences allows is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.counts import WORD, value
from evsynth.checks.scanned.facts.effects import NUMBER, number
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.granularity import chance, decides, sums
from evsynth.text.expressions import Expression

CODES = ("GRIM",)

LEAST = 0.3
"""A test that would fail fewer random values than this says too little."""

_WHOLE = Expression(r"\b(?:whole|integer) (?:numbers?|points?|values?|scores?|marks?|grades?)\b|\bintegers?\b", re.I)
_NUMBER_OF = Expression(
    rf"\b(?:mean|average) number of (?P<what>[a-z][a-z -]{{2,40}}?)(?: per [a-z]+| each)?(?: in "
    rf"(?:these|the|this) [a-z]+)? (?:was|were|of|being|is) (?P<v>{NUMBER})(?!\s?%|\d|\.\d)"
    rf"|\b(?:mean|average) of (?P<w>{NUMBER}) (?P<what2>(?:previous |prior |earlier |new |extra |daily "
    rf")?(?:operations|children|pregnancies|births|falls|visits|attacks|episodes|lesions|teeth|doses|"
    rf"admissions|"
    r"drugs|errors|relapses|seizures|nodes|embryos|eggs|pups|stents|implants|biopsies|siblings|"
    r"sessions|attempts|calls|words|items))\b", re.I,
)  # fmt: skip
_MEAN = Expression(rf"\b(?:mean|average)(?: [a-z]+){{0,3}} (?:was|of|being|is) (?P<v>{NUMBER})(?!\s?%|\d|\.\d)", re.I)
_PEOPLE = Expression(
    rf"(?<![\w.,/=<>≥≤±-])(?P<n>\d{{1,3}}|{WORD})\s(?:[a-z-]+\s){{0,2}}?(?:patients|participants|"
    rf"students|children|women|men|subjects|adults|girls|boys|nurses|volunteers|"
    r"raters|residents|mice|rats|dogs|rabbits|animals|couples|families|mothers|infants|cases|controls|"
    r"pupils|doctors|surgeons|dams|litters|"
    r"survivors|athletes|users|respondents|readers|teachers|people|persons)\b", re.I,
)  # fmt: skip
_NOT = Expression(
    r"\b(?:adjusted|estimated|imput\w+|weighted|per (?:day|week|month|year|hour|person-|100|1000)|rate|"
    r"median|geometric|percent\w*|standardi[sz]ed|half|halves|"
    r"averages|two (?:raters|examiners|readers|observers)|averaged over|average of (?:two|three)|"
    r"examiners|years?|log|chang\w*|differ\w*|missing)\b|%", re.I,
)  # fmt: skip


def grim_of_counts(reading: Reading) -> Iterator[Finding]:
    """Try GRIM on means of counted things, with the numbers of people of their sentence and the one before."""
    before: Line | None = None
    for line in lines(reading, ("abstract", "results", "body")):
        last, before = before, line
        words = line.words
        if not re.search(r"\b(?:mean|average)\b", words, re.I) or _NOT.search(words):
            continue
        near = last.words if last is not None and last.section == line.section else ""
        found = list(_NUMBER_OF.finditer(words))
        if not found and _WHOLE.search(near + words) and not _NOT.search(near):
            found = list(_MEAN.finditer(words))
        own = {value(m["n"]) for m in _PEOPLE.finditer(words)}
        sizes = own or {value(m["n"]) for m in _PEOPLE.finditer(near)}
        if len(found) != 1 or len(sizes) != 1:
            continue
        every = {
            value(t) for t in re.findall(rf"(?<![\w.,])(?:\d{{1,4}}|(?i:{WORD}))(?![\w.%])", f"{near} {words}")
        } | sizes
        m = found[0]
        key = "v" if m.groupdict().get("v") else "w"
        mean, n = number(m[key]), sizes.pop()
        if n < 2 or not decides(mean, n) or chance(mean, n) < LEAST or any(k > 1 and sums(mean, k) for k in every):
            continue
        yield reading.finding(
            "GRIM", "inconsistent", f"a mean of {mean} is inconsistent with whole numbers of {n}",
            "missing values, halves or imputed values would explain it",
            quotes=((line.start + m.start(key), line.start + m.end(key)),),
            computed=(("probability that a random mean fails", f"{chance(mean, n):.2f}"),),
        )  # fmt: skip
