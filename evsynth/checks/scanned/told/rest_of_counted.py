"""The rest of a number that is told with a part of it: "of 418, 351 agreed; the other 77 refused".

The rest is the number less the parts told before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from evsynth.checks.scanned.facts.marked import Marked, marked, spot
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("GROUPS",)

_REST = Expression(
    r"\b(?:the|all) (?:(?:other|remaining|rest,?|others,?|remainder,?)(?: of the)?|(?:non-)?[a-z]+ (?:rest|"
    r"remainder),?) ?\(?(?:[nN] ?= ?)?⟨c(?P<r>\d+)⟩"
    r"(?! ?(?:of|/|%|,? ⟨p|to|out|or|trials?|studies|groups?|arms?|items?|domains?)\b)"
    r"|\b(?:leaving|which left|left) (?:only |us )?(?:with )?⟨c(?P<l>\d+)⟩(?: [a-z]+)?"
    r"|\b(?:i\.e\.,?|that is,?|so that|thus|hence) ⟨c(?P<d>\d+)⟩ (?:[a-z]+ )?(?:dropped out|withdrew|did not|were "
    r"lost|discontinued|"
    r"refused|declined|were excluded|failed to|were not)"
)
_OF = Expression(
    r"(?:^|[.;:] )(?:[Oo]f|[Aa]mong|[Oo]ut of|[Ff]rom|[Ii]n) (?:the |these |those |our |all |a total of )*⟨c(?P<n>\d+)⟩"
    r"|⟨c\d+⟩(?: [a-z]+)? (?:of|out of) (?:the |these |all |our )*⟨c(?P<m>\d+)⟩"
)
_MORE = Expression(
    r"\b(?:of (?:whom|which|these|them)|another|further|more|additional|twice|both|each|including|among)\b", re.I
)
_AT = Expression(r"\b(?:months?|weeks?|days?|years?|visits?|cycles?) $", re.I)
"""Before the number of a time: "at month 6"."""
_THINGS = Expression(
    r"\s(eyes|ears|hips|knees|limbs|teeth|lesions|samples|specimens|implants|cycles|embryos|visits|scans|pregnancies|"
    r"images|isolates|nodules|joints|feet|hands)\b"
)
_STOP = Expression(r"\b(?:mean|median|score|aged|age|range|cm|versus|vs|ratio|interval|random\w*)\b", re.I)


def rest_of_counted(reading: Reading) -> Iterator[Finding]:
    """Subtract the parts of a number from it and compare what is left with the rest as told.

    Left alone: a rest that fits any number of the sentence or of the two before it, less any of the counts told.
    """
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    for index, line in enumerate(every):
        if not re.search(r"other|remain|rest|left|leaving|i\.e|that is|thus|so that|hence", line.words):
            continue
        sentence = marked(line.words)
        for match in _REST.finditer(sentence.text):
            yield from _judged(reading, every, index, sentence, match)


def _judged(
    reading: Reading, every: list[Line], index: int, sentence: Marked, match: re.Match[str]
) -> Iterator[Finding]:
    line = every[index]
    rest = sentence.numbers[int(match["r"] or match["l"] or match["d"])]
    lead = sentence.text[: match.start()]
    first = list(_OF.finditer(lead))
    if len(first) != 1 or _STOP.search(lead[first[0].start() :]):
        return
    of = sentence.numbers[int(first[0]["n"] or first[0]["m"])]
    things = _THINGS.match(line.words, rest.end)
    if things is not None and things[1] not in line.words[: rest.start]:
        return  # "of 60 patients, six were excluded, leaving 102 eyes"
    told = [
        n for n in sentence.numbers
        if n.kind in "cx" and n.start < rest.start and n != of and not _AT.search(line.words[: n.start])
    ]  # fmt: skip
    told = [n for n in told if n.kind == "c"] if len([n for n in told if n.kind == "c"]) == len(told) else []
    if (
        not 1 <= len(told) <= 3
        or max(n.whole for n in told) >= of.whole
        or rest.whole < 2
        or _MORE.search(lead[first[0].end() :])
    ):
        return
    near = [n.whole for x in every[max(0, index - 3) : index + 1] for n in marked(x.words).numbers if n.kind == "c"]
    parts = {sum(n.whole for n in some) for k in range(1, len(told) + 1) for some in combinations(told, k)}
    others = [n for n in near if n != rest.whole]
    if any(n - p == rest.whole for n in others for p in (*parts, *others)) or rest.whole in parts:
        return
    if any(rest.whole == a + b for a, b in combinations(others, 2)):
        return
    left = of.whole - sum(n.whole for n in told)
    if left <= 0:
        return
    yield reading.finding(
        "GROUPS", "inconsistent",
        f"{of.printed} less {' and '.join(str(n.printed) for n in told)} leave {left}, inconsistent with "
        f"the other {rest.printed}",
        "a part may not be told, or some may be counted in both; otherwise a digit is misprinted",
        quotes=(spot(line, rest), spot(line, of), *(spot(line, n) for n in told)), computed=(("rest", str(left)),),
    )  # fmt: skip
