"""More people of a group than it has: "in 211 infants on HFO" where it is "HFO (n = 207)" elsewhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from evsynth.checks.scanned.facts.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("GROUP_EXCEEDS",)

_PEOPLE = (
    r"(?:patients|participants|people|subjects|individuals|children|infants|women|men|adults|volunteers|recipients|"
    r"neonates|eyes|implants|teeth|knees|hips|animals|rats|mice|boys|girls|mothers|students|cases|residents)"
)
_NAME = Expression(r"((?:[A-Za-z][\w+/-]*|⟨m\d+⟩ [a-zµ]+)(?: [A-Za-z][\w+/-]*){0,2}) ?\((?:[nN] ?= ?)⟨c(\d+)⟩ ?[);,]")
_COUNT = Expression(
    rf"(?P<list>(?:⟨c\d+⟩(?: ?\(⟨p\d+⟩\))?(?:, (?:and )?| and ))*⟨c\d+⟩(?: ?\(⟨p\d+⟩\))?) (?:[a-z-]+ )?{_PEOPLE} "
    r"(?:with|on|in|given|receiving|allocated to|assigned to|randomi[sz]ed to|from|of|in the|from the|of the|with the) "
    r"(?:the )?(?P<name>[A-Za-z][\w+/-]*(?: [A-Za-z][\w+/-]*){0,3})"
)
_COUNTED = Expression(r"⟨c(\d+)⟩")
_WORD = Expression(
    r"\b(?:the|group|arm|groups|arms|patients?|with|and|or|received?|to|in|a|an|were|was|of|either)\b", re.I
)
_PLAIN = Expression(r"^(?:patients?|participants?|total|all|overall|women|men|children|cases|group|\W*|n|no)$", re.I)
_FREE = Expression(
    r"\b(?:screen\w*|eligible|registry|database|literature|review|previous\w*|other stud\w+|trials|cross(?:ed|-)over|"
    r"as[- ]treated|extension|cohort \d|validation|episodes|admissions|visits|samples|sessions|per year|worldwide)\b",
    re.I,
)
MORE = 0.35
"""By how much of its size a number may exceed a group that is meant."""


def more_than_named(reading: Reading) -> Iterator[Finding]:
    """Compare numbers of people "on X", "with X" with the largest size told of a group of that name.

    Found: more people than the group has, of a group told beside another with "n =". Left
    alone: names that have several sizes further apart, and people who are screened or crossed over.
    """
    sizes = _named(reading)
    if not sizes:
        return
    every = list(lines(reading, ("abstract", "results", "body")))
    heads = Expression("|".join(re.escape(n) for n in sorted(sizes, key=len, reverse=True)), re.I)
    for line in every:
        if not heads.search(line.words) or _FREE.search(line.words):
            continue
        sentence = marked(line.words)
        for match in _COUNT.finditer(sentence.text):
            name = _known(match["name"], sizes)
            if name is None:
                continue
            largest = max(sizes[name], key=lambda x: x[0])
            for number in _counts(sentence, match["list"]):
                if largest[0] < number.whole <= (1 + MORE) * largest[0] and largest[0] >= 10:
                    yield _finding(reading, line, number, name, largest)
                    return


def _counts(sentence: Marked, text: str) -> list[Number]:
    return [sentence.numbers[int(i)] for i in _COUNTED.findall(text)]


def _known(words: str, sizes: dict[str, list[tuple[int, Spot]]]) -> str | None:
    """Give the name of a group that some words begin with, and nothing that makes it another."""
    plain = re.sub(r"^the ", "", words.lower())
    for name in sorted(sizes, key=len, reverse=True):
        rest = plain[len(name) :]
        if plain.startswith(name) and (
            not rest or re.match(r" (?:group|arm|and|or|had|were|was|at|in|after|did|who)\b", rest)
        ):
            return name
    return None


@lru_cache(maxsize=16)
def _named(reading: Reading) -> dict[str, list[tuple[int, Spot]]]:
    """Give the sizes of groups by their names: names with "n =", two or more in a sentence."""
    found: dict[str, list[tuple[int, Spot]]] = defaultdict(list)
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        if line.words.count("=") < 2:
            continue
        sentence = marked(line.words)
        matches = list(_NAME.finditer(sentence.text))
        if len(matches) > 1:
            for match in matches:
                number = sentence.numbers[int(match[2])]
                words = match[1].split()
                for k in (1, 2, 3):
                    name = _short(" ".join(words[-k:]))
                    if name:
                        found[name].append((number.whole, spot(line, number)))
    numbers = {name: {n for n, _ in told} for name, told in found.items()}
    return {k: v for k, v in found.items() if max(numbers[k]) <= 1.3 * min(numbers[k])}


def _short(words: str) -> str:
    """Give a name in small letters without the words that all groups have; empty where nothing is left."""
    name = " ".join(_WORD.sub(" ", re.sub(r"\(.*", "", words)).lower().split()).strip(" ,;:")
    return "" if _PLAIN.match(name) or len(name) < 2 or "⟨" in name else name


def _finding(reading: Reading, line: Line, number: Number, name: str, largest: tuple[int, Spot]) -> Finding:
    return reading.finding(
        "GROUP_EXCEEDS", "inconsistent",
        f"{number.printed} are more than the {largest[0]} of '{name}'",
        "some may have crossed over, or the name may be of other people; otherwise a digit is misprinted",
        quotes=(spot(line, number), largest[1]),
    )  # fmt: skip
