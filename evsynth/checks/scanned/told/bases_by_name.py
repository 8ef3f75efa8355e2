"""Shares of people who are named, not counted: "28 of those with ILD (54.2%)", where 62 with ILD are told elsewhere.

The name is resolved only where the text tells one number of people for it; the share is found only where no number
printed anywhere gives it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.denominators import CHANGE, missing, printed_numbers, share_finding
from evsynth.checks.scanned.facts.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.facts.proportions import Proportion, prints
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("COUNT_PERCENT",)

_PEOPLE = (
    r"(?:patients|people|participants|women|men|children|adults|subjects|persons|individuals|those|infants|mothers|"
    r"cases|respondents|residents)"
)
_HAVING = r"(?:with(?:out)?|who (?:had|were|did|have|received|took|completed)|having|receiving|completing|given)"
_NAME = r"(?P<name>(?: (?!(?:and|or|in|on|at|by|was|were|had|who|which|of)\b)[A-Za-z][\w-]*){1,3}?)"
_SHARE = Expression(
    rf"⟨c(?P<k>\d+)⟩(?: (?:patients|of|among))? ?(?:the )?(?:{_PEOPLE} )?(?P<how>{_HAVING}){_NAME}"
    r"(?: (?:the|on|at|in) [a-z-]+)?(?:,? (?:which|this|that) (?:gives|gave|means|makes) | ?\(|, (?:i\.e\.,? |or )?|, )"
    r"(?:(?:an? |the )?(?:sensitivity|specificity|rate|share|proportion|detection rate|yield)(?: of|,|:| =)? ?)?"
    r"⟨p(?P<p>\d+)⟩"
)
_LAST = Expression(
    rf"⟨c(?P<k>\d+)⟩ (?:of|among) (?:the )?(?:{_PEOPLE} )(?P<how>{_HAVING})(?P<name>(?: [a-z][\w-]*){{1,3}}) "
    r"?\(⟨p(?P<p>\d+)⟩"
)
_WITHOUT = Expression(r"without|did not|were not|not\b")


def bases_by_name(reading: Reading) -> Iterator[Finding]:
    """Resolve who a share is of, and compare it with how many they are told to be."""
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    for line in every:
        if not re.search(r"%|cent", line.words) or not re.search(_HAVING, line.words):
            continue
        sentence = marked(line.words)
        seen: set[int] = set()
        for match in (*_SHARE.finditer(sentence.text), *_LAST.finditer(sentence.text)):
            if int(match["p"]) not in seen:
                seen.add(int(match["p"]))
                yield from _share(reading, every, line, sentence, match)


def _share(
    reading: Reading, every: list[Line], line: Line, sentence: Marked, match: re.Match[str]
) -> Iterator[Finding]:
    count, percent = sentence.numbers[int(match["k"])], sentence.numbers[int(match["p"])]
    before = sentence.text[max(0, match.start() - 30) : match.start()]
    if _WITHOUT.search(match["how"]) or CHANGE.search(before + match[0]) or percent.printed.bound:
        return
    told = [(x, n) for x in every for n in _told(x, match["how"], match["name"].strip())]
    told = [(x, n) for x, n in told if n != count and n.whole >= count.whole]
    if len({n.whole for _, n in told}) != 1 or told[0][1].whole == count.whole:
        return  # as many as the group itself: the share is that of the group among all
    where, of = told[0]
    if not 0 < count.whole <= of.whole or prints(count.whole, of.whole, percent.printed):
        return
    known = {n for n in printed_numbers(reading) if n >= count.whole}
    beside = [n.whole for n in marked(where.words).numbers if n.kind == "c"]
    if any(prints(count.whole, n, percent.printed) for n in known | {a + b for a in beside for b in beside}):
        return
    if missing(Proportion(count, percent, None, 0, 0), of.whole):
        return
    yield share_finding(reading, line, count, percent, of.whole, (spot(line, count, percent), spot(where, of)))


def _told(line: Line, how: str, name: str) -> Iterator[Number]:
    """Give the counts of a sentence that are told for a name: "62 had ILD", "84 completed the programme"."""
    if name.rsplit(maxsplit=1)[-1] not in line.words:
        return
    sentence = marked(line.words)
    verb = how.rsplit(maxsplit=1)[-1]
    stem = {
        "with": r"had|with|have|having|developed",
        "having": r"had|with|have|having",
        "had": r"had|with|have|having",
    }
    verbs = stem.get(verb, re.escape(verb.removesuffix("ing").removesuffix("ed").removesuffix("e")) + r"\w*")
    pattern = Expression(
        rf"⟨c(\d+)⟩(?: (?:of (?:them|these|whom)|{_PEOPLE}))?(?: (?:who|also|then))? (?:{verbs}) (?:the |an? )?"
        rf"{re.escape(name)}\b(?! (?:in|at|from|among|after|during|before|by) )"
    )
    yield from (sentence.numbers[int(m[1])] for m in pattern.finditer(sentence.text))
