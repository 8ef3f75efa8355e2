"""A number of people, those who left it, and those who stayed, told one after the other in any words and any order.

"Ninety-one were approached. Nine declined, six were ineligible and two moved, which left 76." Each count of a passage
of three sentences has a part: one who is out, one who stayed, or a number of people. A ledger is a number of people,
the counts behind it that are all out, and the next count, which says that it stayed. Reasons in brackets and behind
colons are passed over. Made for checks of flow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from evsynth.checks.scanned.facts.marked import Number, marked
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.text.expressions import Expression


class Told(NamedTuple):
    """A count, its sentence and its part: out, stayed (said to be what is left), done (completed, analysed), people."""

    line: Line
    number: Number
    part: str
    after: str
    of_those: bool = False
    """Whether it is told of the number right before it: "of whom 61 were excluded"."""

    @property
    def value(self) -> int:
        return self.number.whole


class Ledger(NamedTuple):
    """Those there were, those out, those left, and every number of people told before."""

    people: Told
    out: tuple[Told, ...]
    left: Told
    before: tuple[Told, ...]
    listed: bool
    """Whether those out are joined by commas and "and", and those left are told in the same sentence."""

    @property
    def rest(self) -> int:
        """Those there were less those out."""
        return self.people.value - sum(t.value for t in self.out)


_GONE = (
    r"exclu\w+|withdr\w+|lost|dropp\w+|drop-?outs?|discontinu\w+|declin\w+|refus\w+|ineligib\w+|remov\w+|discard\w+|"
    r"reject\w+|duplicates?|died|deaths?|missing|incomplete|unusable|unreadable|invalid|omitted|screened out|moved|"
    r"transferred|defaulted|failed|unable|emigrated|quit|opted out|set aside|left (?:out|the|before|early|for|because)|"
    r"operated on elsewhere|treated elsewhere|did not|could not|would not|never|were not|was not|had not|had no|"
    r"cancel\w+|lacked|lacking|not (?:eligible|traced|meet|return|attend|give|take)|died|were blank"
)
_OUT = Expression(rf"^(?:[^⟨.;:]|⟨[^c]\d+⟩){{0,60}}?\b(?:{_GONE})\b", re.I)
_OUT_BEFORE = Expression(
    r"\b(?:exclud\w+|exclusion of|removal of|removing|loss of|losing|without|minus|discard\w+|reject\w+|omitting|"
    r"omission of|dropping|subtracting|withdrawal of|lost|refused by|declined by|death of|deaths of|dropout of)"
    r"(?: (?:a further|another|the|an additional|those|data from|data for|of))* $", re.I,
)  # fmt: skip
_LIKE = Expression(r"^ (?:[a-z]+ )?(?:because|for|due|owing|after|on account|by|from|at|with|moved|to)\b")
"""What follows a count whose verb is that of the count before it: "one left for home and one because of vomiting"."""
_STAYED = Expression(
    r"(?:\b(?:leaving|leaves|(?:which|that|this|these) (?:had )?left|left us with|so(?: that)?|thus|hence|therefore|"
    r"(?:the|all) (?:remaining|other|rest,?)|resulting in|yielding|reduc\w+ (?:\w+ ){1,3}to|"
    r"(?:final|analytic\w*|analysis|study|evaluable|remaining) (?:sample|cohort|population|set|group|number)"
    r"(?: (?:of|was|comprised|included|consisted of|numbered|therefore|thus))*),?"
    r"(?: (?:a|an|the|only|us|with|final|total|sample|cohort|group|set|of|for|in|all))* )$", re.I,
)  # fmt: skip
_REMAINED = Expression(r"^(?: [a-z-]+){0,3}? (?:remained|were left|was left|were retained|were kept)\b", re.I)
_DONE = Expression(
    r"^(?: (?!of\b|who\b|were\b|had\b)[a-z-]+){0,3}? (?:completed|finished|were (?:then |thus |finally |"
    r"therefore )?(?:analy[sz]ed|"
    r"evaluable|available|assessed|evaluated|included in the (?:final )?analys\w+))\b", re.I,
)  # fmt: skip
_OF_THOSE = Expression(r"\b(?:of|among) (?:whom|which|these|them|those)(?: [a-z]+)?,? $|^of these$", re.I)
_NESTED = Expression(r"\b(?:including|of whom|of which|of these|of them|among them|namely|i\.e)\b", re.I)
_ASIDE = Expression(r" ?\((?!(?:[nN] ?= ?)?⟨c\d+⟩\))[^()]*\)")
_SIZED = Expression(r" ?\((?:[nN] ?= ?)⟨c(\d+)⟩\)")
_REASONS = Expression(
    r"(⟨c\d+⟩[^⟨.;:]{0,70}): (?:[^.;⟨]{0,60}⟨c\d+⟩){2,9}[^.;⟨]*?(?=[.;]|, (?:leaving|which left|so)\b|$)"
)
_MARK = Expression(r"⟨c(\d+)⟩")
_RATE = Expression(r" ?(?:-|/|per\b|×|±|:|(?:out )?of (?:the |these |all )?⟨|or (?:more|fewer|less)\b)")
_THINGS = Expression(
    r" (?:(?:[a-z-]+ )?(?:cent(?:re|er)s|hospitals|clinics|sites|groups|arms|occasions|times|doses|items|reviewers|"
    r"observers|cycles|visits|questions|countries|practices|villages|schools|wards|categories))\b"
)
BACK = 2
"""Sentences before the one that tells who is left."""


@lru_cache(maxsize=16)
def ledgers(reading: Reading) -> tuple[Ledger, ...]:
    """Give the ledgers of the running text, in order."""
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    read = [_read(line) for line in every]
    found: list[Ledger] = []
    for index, told in enumerate(read):
        for place, left in enumerate(told):
            if left.part in ("stayed", "done"):
                near = [
                    t for at in range(max(0, index - BACK), index) if every[at].section == every[index].section
                    for t in read[at]
                ]  # fmt: skip
                found += _ledger([*near, *told[:place]], left)
    return tuple(found)


def _ledger(before: list[Told], left: Told) -> Iterator[Ledger]:
    out: list[Told] = []
    for told in reversed(before):
        if told.part != "out":
            break
        out.insert(0, told)
        if told.of_those:
            break
    rest = before[: len(before) - len(out)]
    if not out or not rest or rest[-1].part not in ("people", "done", "stayed"):
        return
    one = len({t.line.start for t in (*out, left)}) == 1
    gaps = [left.line.words[a.number.end : b.number.start] for a, b in zip(out, [*out[1:], left], strict=True)]
    listed = one and all(re.search(r",|\band\b", g) and not _NESTED.search(g) for g in gaps)
    yield Ledger(rest[-1], tuple(out), left, tuple(before), listed)


@lru_cache(maxsize=8192)
def _read(line: Line) -> tuple[Told, ...]:
    sentence = marked(line.words)
    if not any(n.kind == "c" for n in sentence.numbers):
        return ()
    text = _SIZED.sub(r" ⟨c\1⟩", sentence.text)
    for _ in range(2):
        text = _ASIDE.sub("", text)
    text = _REASONS.sub(r"\1", text)
    marks = [
        m for m in _MARK.finditer(text)
        if not _RATE.match(text, m.end()) and not (_THINGS.match(text, m.end()) and m.start())
        and not re.search(r"(?:[/=×±]|[⟩\d]:|\bper|"
            r"\b(?:period|phase|step|stage|visit|cycle|wave|round|cohort|arm|group|study|trial)|"
            r"⟨c\d+⟩(?: [a-z]+)? (?:out )?of(?: the| all)?) ?$", text[: m.start()])
    ]  # fmt: skip
    found: list[Told] = []
    for i, mark in enumerate(marks):
        begin = marks[i - 1].end() if i else 0
        end = marks[i + 1].start() if i + 1 < len(marks) else len(text)
        before, after = text[begin : mark.start()], text[mark.end() : end]
        number, part = sentence.numbers[int(mark[1])], _part(before, after, found)
        found.append(Told(line, number, part, after, bool(_OF_THOSE.search(before[-40:]))))
    return tuple(found)


def _part(before: str, after: str, found: list[Told]) -> str:
    if _STAYED.search(before[-70:]):
        return "stayed"
    if _REMAINED.match(after):
        return "stayed"
    clause = re.split(
        r"[;.:]|,(?= (?:and|so|which|leaving|while|whereas|but)\b)| (?:and|so that|leaving|while) $", after
    )[0]
    if _OUT.match(clause) or _OUT_BEFORE.search(before[-50:]):
        return "out"
    if found and found[-1].part == "out" and _LIKE.match(after) and re.search(r"(?:,|\band\b)[^⟨.;]{0,12}$", before):
        return "out"
    return "done" if _DONE.match(after) else "people"
