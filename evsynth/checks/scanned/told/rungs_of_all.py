"""How many stand on each rung of a scale against how many there are: "in 52: grade I in 17, II in 21, III in 11".

Read are rungs in order, roman or arabic or in words, each with its number behind ("0, 12 patients; 1, 19", "one in 92")
or before it ("13 were grade 1, nine grade 2"). A person stands on one rung of a scale that begins at nought, or where
the worst of several counts, or that counts the things a person has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from evsynth.checks.scanned.facts.counts import WORD, value
from evsynth.checks.scanned.facts.marked import Number, marked, spot
from evsynth.checks.scanned.facts.slips import mended_by_swap
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("GROUPS",)


class Rung(NamedTuple):
    """A rung by its place on the scale, the number of people on it, and the offsets of that number in the sentence."""

    place: float
    people: int
    start: int
    end: int


_LABEL = r"(?:I{1,3}|IV|VI?)[ab]?|[0-9]|none|zero|one|two|three|four|five|six"
_NAMED = r"(?:(?:grades?|stages?|class(?:es)?|scores?|levels?|type|category|rank)\s)?"
_COUNT = rf"\d{{1,4}}|{WORD}"
_PEOPLE = r"(?:\s(?:patients?|women|men|children|participants?|subjects?|eyes|cases|persons|people|dogs|cats|animals))?"
_BEHIND = Expression(
    rf"(?<![\w.,/-]){_NAMED}(?P<l>{_LABEL})(?:\s[a-z]+)?(?:\s(?:in|for|by|among)\s|,\s|:\s|\s?=\s?|\s?\((?:n\s?=\s?)?)"
    rf"(?P<n>{_COUNT})(?![\w.]*\d|\s?%|\w|\s(?:months|weeks|years|days|points))\)?{_PEOPLE}", re.I,
)  # fmt: skip
_AHEAD = Expression(
    rf"(?<![\w.,/-])(?P<n>{_COUNT}){_PEOPLE}\s(?:(?:were|was|had|at|of|with|in|scored|reached|being|"
    rf"showed)\s(?:of\s|at\s)?)?"
    rf"(?:grades?|stages?|class|scores?|level|type|category)\s(?P<l>{_LABEL})(?![\w.]*\d|\w)", re.I,
)  # fmt: skip
_GAP = Expression(r"^[\s,;)]*(?:and\s|or\s|but\s|while\s)?(?:(?:in|with|at|of|for)\s)?$")
_ONCE = Expression(
    r"\b(?:worst|highest|maxim\w+|most severe|clavien|rankin|NYHA|ASA|ECOG|child-pugh|killip|fontaine|rutherford|"
    r"kellgren|"
    r"hoehn|gleason|FIGO|per patient|each patient|one (?:grade|score|stage) (?:per|each))\b", re.I,
)  # fmt: skip
_LOOSE = Expression(
    r"\b(?:missing|unknown|not (?:recorded|known|graded|assessed)|others?|rest|remain\w*|events?|episodes|respectively|"
    r"unclassif\w+|or more|at least|more than|mainly|mostly|including)\b", re.I,
)  # fmt: skip
_MEMBER = Expression(
    rf"(?<![\w-])(?:I{{1,3}}|IV|VI?|[0-9])[ab]?(?:\sin|\sfor|,|:|\s?=|\s?\()\s?$|[,;]\s(?:{_LABEL})\s(?:in|for)\s$",
    re.I,
)
"""Before a number that stands on a rung itself."""
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}


def rungs_of_all(reading: Reading) -> Iterator[Finding]:
    """Add up the people on the rungs of a scale and compare them with the number told before the rungs.

    Left alone: events, rungs that are not all, and sums that the sentence or the one before tells.
    """
    every = list(lines(reading, ("abstract", "results", "body")))
    for index, line in enumerate(every):
        if len(re.findall(r"\d", line.words)) < 3 or not re.search(r"\bin\b|[,:=(]|grade|stage|class", line.words):
            continue
        for run in _runs(line.words):
            near = [marked(x.words) for x in every[max(0, index - 1) : index + 1] if x.section == line.section]
            told = {n.whole for m in near for n in m.numbers if n.kind == "c"}
            whole = _whole(line, run)
            if whole is not None and sum(r.people for r in run) not in told:
                yield from _judged(reading, line, run, whole)


def _runs(words: str) -> Iterator[list[Rung]]:
    for pattern in (_BEHIND, _AHEAD):
        found = [(m, _place(m["l"])) for m in pattern.finditer(words)]
        run: list[tuple[re.Match[str], float]] = []
        for item in [*found, None]:
            if item and run and _GAP.match(words[run[-1][0].end() : item[0].start()]) and 0 < item[1] - run[-1][1] <= 1:
                run.append(item)
                continue
            if len(run) > 2:
                yield [Rung(p, value(m["n"]), m.start("n"), m.end("n")) for m, p in run]
            run = [item] if item else []


def _place(text: str) -> float:
    """Give the place of a rung: I is 1, IIIb 3.5, none 0."""
    plain = text.lower()
    if plain in ("none", "zero"):
        return 0.0
    if plain[0] in "iv":
        base = plain.rstrip("ab")
        return _ROMAN[base] + (0.5 if plain.endswith("b") else 0.0)
    return float(value(plain))


def _whole(line: Line, run: list[Rung]) -> Number | None:
    """Give the number of people told last before the rungs, which they may divide."""
    before = [n for n in marked(line.words).numbers if n.kind == "c" and n.end <= run[0].start and n.whole > 9]
    last = before[-1] if before else None
    if (
        last is None
        or _MEMBER.search(line.words[: last.start])
        or re.search(r"\d|;", line.words[last.end : run[0].start - 12 if run[0].start - 12 > last.end else last.end])
    ):
        return None
    return last


def _judged(reading: Reading, line: Line, run: list[Rung], whole: Number) -> Iterator[Finding]:
    counts, total = [r.people for r in run], whole.whole
    made = sum(counts)
    over = made - total
    steps = all(b.place - a.place <= 1 for a, b in pairwise(run))
    counted = run[0].place <= 1 and re.search(
        r"\b(?:one|none|zero)\b", line.words[max(0, run[0].start - 16) : run[0].start], re.I
    )
    once = _ONCE.search(line.words) or run[0].place == 0 or counted
    if not over or not steps or (not once and not mended_by_swap(counts, total)) or abs(over) > 0.6 * total:
        return
    lead = line.words[: run[0].start]
    if _LOOSE.search(line.words[whole.start :]) and (over < 0 or re.search(r"\bevents?\b|episodes", line.words)):
        return
    if over < 0 and (run[0].place > 1 or not re.search(r":|\b(?:were|was|as|by)\b", lead)):
        return
    yield reading.finding(
        "GROUPS", "inconsistent",
        f"the parts, {' + '.join(map(str, counts))} = {made}, are inconsistent with {whole.printed}",
        "someone may stand on two rungs, or on one that is not told; otherwise a digit is misprinted",
        quotes=((line.start + run[0].start, line.start + run[-1].end), spot(line, whole),
                *((line.start + r.start, line.start + r.end) for r in run)),
        computed=(("sum", str(made)),),
    )  # fmt: skip
