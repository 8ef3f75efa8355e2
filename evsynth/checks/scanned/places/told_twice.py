"""One quantity told twice with different numbers: the area under a curve, and how many had a measurement."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.identity import ordered
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("PRINTED_DIFFERENTLY",)

_AREA = Expression(
    r"\b(?:area under (?:the )?(?:receiver[- ]operating[- ]characteristics? |ROC )?curve|AUROC|AUC|c-?statistic|"
    r"c-index)"
    r"(?:\s*\((?:AUC|AUROC)\))?[\s,:=(]*(?:(?:was|of|is|for|were)\s*)?(?P<n>0\.[0-9]{2,3})(?![0-9])"
)
_ANY_AREA = Expression(r"\b(?:area under|AUROC|AUC|c-?statistic|c-index)", re.I)
_SEVERAL = Expression(
    r"\b(?:training|validation|derivation|test set|internal|external|cross-validat\w*|bootstrap\w*|optimism|combin\w*|"
    r"models?|versus|vs|compared|respectively|each|both|subgroup|men|women|et al|stud(?:y|ies)|AUC0|pharmacokinetic\w*|"
    r"concentration|nomogram|and 0\.[0-9]+)\b", re.I,
)  # fmt: skip
_SAMPLE = Expression(
    r"\b(?:was|were|could be|had been)\s+(?:only )?(?:measured|obtained|available|"
    r"determined|assessed|"
    r"analy[sz]ed|tested|recorded|performed|done|known)\s+(?:only )?(?:in|for|from)\s+(?:only )?(?:a |the )?"
    r"(?P<random>random (?:sub-?)?(?:sample|set|group)s? of |subsample of |subset of |subgroup of )?(?:only )?"
    r"(?P<n>[0-9]{2,5})(?![0-9%.]|,[0-9])\s+(?:\w+ )?(?P<unit>patients|children|participants|women|men|subjects|adults|"
    r"infants|persons|people|pupils|samples|residents|students|individuals)\b(?P<only>\s+only)?",
    re.I,
)
_OTHERS = Expression(
    r"\[[0-9,-]+\]|\([0-9]{1,2}(?:,[0-9]+)*\)|\bet al\b|\b(?:previous|other|earlier) (?:stud|trial)", re.I
)
_EMPTY = frozenset({"correlation", "measurement", "data", "result", "our", "only", "also", "addition", "information"})


def told_twice(reading: Reading) -> Iterator[Finding]:
    """Compare the area under the curve in abstract, results and legends, and the size of a subsample told twice.

    Areas: only where the paper tells of one (no models, sets or studies compared). Subsamples: the same things were
    measured (two words one after the other), and one place names a sample or says 'only'.
    """
    yield from _areas(reading)
    yield from _samples(reading)


def _areas(reading: Reading) -> Iterator[Finding]:
    found: list[tuple[Line, re.Match[str]]] = []
    for line in lines(reading, ("abstract", "results", "figure legend", "body", "conclusion")):
        here = list(_AREA.finditer(line.words))
        if _ANY_AREA.search(line.words) and _SEVERAL.search(line.words) and here:
            return
        if len(here) > 1:
            return
        found += [(line, m) for m in here]
    abstract = [x for x in found if x[0].role == "abstract"]
    others = [x for x in found if x[0].role != "abstract"]
    if len(abstract) != 1 or not others:
        return
    mine = abstract[0][1]["n"]
    apart = [x for x in others if not _alike(mine, x[1]["n"])]
    if apart and len(apart) == len(others) and len({x[1]["n"] for x in apart}) == 1:
        yield _finding(reading, abstract[0], apart[0], "area under the curve")


def _samples(reading: Reading) -> Iterator[Finding]:
    found = [
        (line, m)
        for line in lines(reading, ("abstract", "methods", "results", "discussion", "body"))
        if not _OTHERS.search(line.words)
        for m in _SAMPLE.finditer(line.words)
        if len(_what(line, m)) >= 6
    ]
    for i, (line, match) in enumerate(found):
        for other, second in found[i + 1 :]:
            if match["unit"].lower() != second["unit"].lower() or line.start == other.start:
                continue
            if not (match["random"] or second["random"]) or match["n"] == second["n"]:
                continue
            name = _shared(_what(line, match), _what(other, second))
            if name:
                yield _finding(reading, (line, match), (other, second), f"number of {match['unit']} with {name}")
                return


def _what(line: Line, match: re.Match[str]) -> str:
    """Give the words before the verb, back to the last break: what was measured."""
    return re.split(r"[.;,:()]", line.words[max(0, match.start() - 90) : match.start()])[-1].strip()


def _shared(one: str, two: str) -> str:
    """Give two words, one after the other, that both phrases use, if one phrase has hardly more."""
    a = [w for w in ordered(one) if w not in _EMPTY]
    b = [w for w in ordered(two) if w not in _EMPTY]
    short, long = sorted((a, b), key=len)
    joined = " ".join(short)
    return joined if len(short) >= 2 and f" {joined} " in f" {' '.join(long)} " and len(long) - len(short) <= 1 else ""


def _alike(one: str, two: str) -> bool:
    places = min(len(one), len(two)) - 2
    return abs(float(one) - float(two)) <= 0.5 * 10**-places + 1e-9 or round(float(one), places) == round(
        float(two), places
    )


def _finding(reading: Reading, one: tuple[Line, re.Match[str]], two: tuple[Line, re.Match[str]], name: str) -> Finding:
    return reading.finding(
        "PRINTED_DIFFERENTLY", "inconsistent",
        f"{name}: {one[1]['n']} is inconsistent with {two[1]['n']} in another place",
        "two analyses or two samples may be meant; otherwise one of the numbers is misprinted",
        quotes=(one[0].piece(one[1]), two[0].piece(two[1])),
    )  # fmt: skip
