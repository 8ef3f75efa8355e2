"""An outcome is said to have improved in other words, and the tests that measure it were not analysed.

'The results of pulmonary function tests were not analysed' against 'ameliorating pulmonary dysfunction'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.reporting.not_analysed import HEDGED, IN_PART, NOT
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("NOT_ANALYSED_YET_CONCLUDED",)

_TESTS = frozenset(
    "test tests testing testings measurement measurements assessment assessments examination examinations score scores "
    "results result data value values scale scales index questionnaire questionnaires analysis".split()
)
_SMALL = frozenset("a an the of and or in on for with to by all any these those this that other".split())
_ORGANS = (
    ("pulmonary", "lung", "respiratory"), ("renal", "kidney"), ("cardiac", "heart"), ("hepatic", "liver"),
    ("muscle", "muscular"), ("cognitive", "cognition"), ("thyroid",), ("bone", "skeletal"), ("visual", "vision"),
    ("sexual",), ("vascular", "endothelial"), ("ventricular",), ("motor",), ("platelet",), ("swallowing",),
)  # fmt: skip
"""Words for one organ or sense."""
_BETTER = Expression(
    r"\b(?:improv\w+|ameliorat\w+|restor(?:ed|ing|ation)|recover(?:ed|ing|y)|better|enhanc\w+|preserv\w+|stabili[sz]\w+|"
    r"worsen\w*|deteriorat\w+|declin\w+)\b", re.I,
)  # fmt: skip
_OTHERS = Expression(
    r"\b(?:it is (?:well )?(?:known|established)|characteri[sz]ed by|can|aims?|aimed|objective|to (?:assess|evaluate|"
    r"determine|improve|restore|preserve)|expected|hypothes\w+|is associated|natural|no |not )\b", re.I,
)  # fmt: skip
MOST = 3
"""Sentences quoted, at most."""


def unmeasured_improved(reading: Reading) -> Iterator[Finding]:
    """Find the function of an organ concluded to have changed, where the tests of that function were not analysed.

    A concern, in full texts: the words of the tests, or those that their abbreviation stands for, must be a function
    or strength and its organ, and both stand together in the conclusion. Left alone: hedges, denials, other studies.
    """
    if reading.document.kind != "full text":
        return
    own = list(lines(reading, ("abstract", "results", "body", "discussion", "conclusion")))
    for line in own:
        match = NOT.search(line.words) if " not " in line.words else None
        if match is None or IN_PART.search(line.words[match.end() :]):
            continue
        for name in _meanings(reading, match["what"]):
            told = [(x, m) for x in own if x.start != line.start for m in [_told(x, name)] if m is not None]
            if told:
                said = "' and '".join(dict.fromkeys(" ".join(m[0].split()) for _, m in told[:MOST]))
                yield reading.finding(
                    "NOT_ANALYSED_YET_CONCLUDED", "concern",
                    f"'{said}' is concluded, and '{' '.join(match[0].split())}'",
                    "another measurement may be meant; the sentence should then name it",
                    quotes=(line.piece(match), *(x.piece(m) for x, m in told[:MOST])),
                )  # fmt: skip
                return


def _meanings(reading: Reading, what: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Give organ and function that some tests measure, by their words or those their abbreviation stands for."""
    texts = [what]
    for short in re.findall(r"\b[A-Z][A-Za-z0-9]*[A-Z]s?\b", what):
        bare = re.escape(short.rstrip("s"))
        texts += [m[1] for m in re.finditer(rf"((?:[A-Za-z-]+\s){{2,5}})\({bare}s?\)", reading.document.prose)]
    for text in texts:
        words = [w.lower() for w in re.findall(r"[A-Za-z]+", text)]
        words = [w for w in words if w not in _TESTS and w not in _SMALL]
        for one, two in pairwise(words):
            organ = next((o for o in _ORGANS if one in o), None)
            if organ is not None and two in ("function", "functions", "strength", "dysfunction"):
                yield organ, "strength" if two == "strength" else "function"


def _told(line: Line, name: tuple[tuple[str, ...], str]) -> re.Match[str] | None:
    organ, function = name
    if (
        function not in line.words
        or HEDGED.search(line.words)
        or _OTHERS.search(line.words)
        or not _BETTER.search(line.words)
    ):
        return None
    said = rf"(?:cardio-?)?(?:{'|'.join(organ)})[\s-](?:[a-z]+\s(?:and\s[a-z]+\s)?)?(?:dys)?{function}s?"
    between = r"(?:\s(?:in|of|the|their|overall|all|both)){0,3}\s"
    better = _BETTER.pattern
    return re.search(rf"{better}{between}{said}\b|\b{said}\s(?:\w+\s){{0,3}}?{better}", line.words, re.I)
