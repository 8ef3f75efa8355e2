"""A result of the abstract is of an outcome that the methods do not list among their endpoints."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("ENDPOINT_NOT_LISTED",)

_PRIMARY = Expression(r"\bprimary (?:\w+ ){0,2}(?:end-?point|outcome)s?\b", re.I)
_SECONDARY = Expression(r"\bsecondary (?:\w+ ){0,2}(?:end-?point|outcome)s?\b", re.I)
_ASSESSED = Expression(
    r"\b(?:end-?points?|outcomes?|scor\w+|assess\w*|evaluat\w*|measure[ds]?|measurements?|calculated|graded)\b", re.I
)
_ITEM = Expression(
    r"(?P<before>,\s*(?:and\s+)?|\band\s+)?(?P<name>[A-Za-z][A-Za-z0-9 -]{2,50}?)\s*"
    r"\((?:[A-Z][A-Za-z0-9-]*,\s*)?[Pp]\s?(?:=|<)\s?0?\.\d+\)"
)
LISTED = 3
"""So many outcomes with a P each make a list, in which what stands before a P is an outcome."""
_WORD = Expression(r"[A-Za-z][A-Za-z0-9-]{2,}")
_EMPTY = frozenset(
    "the and was were for from with without total score scores rate rates change changes mean median grade level "
    "levels dosage dose doses daily reduction reductions improvement significant significantly all both each value "
    "values use requirement requirements group groups patients than lower higher".split()
)


def endpoint_not_listed(reading: Reading) -> Iterator[Finding]:
    """Find results with P in the abstract whose words stand in no sentence of the methods on what was assessed.

    A concern, once for a paper with all such outcomes, in full texts whose methods name a primary and secondary
    endpoints. An outcome counts as listed where one of its own words stands in a sentence of the methods on endpoints,
    scores or assessments.
    """
    if reading.document.kind != "full text":
        return
    methods = list(lines(reading, ("methods",)))
    if not any(_PRIMARY.search(x.words) for x in methods) or not any(_SECONDARY.search(x.words) for x in methods):
        return
    listed = {_stem(w) for x in methods if _ASSESSED.search(x.words) for w in _WORD.findall(x.words)}
    found: list[tuple[str, Spot]] = []
    for line in lines(reading, ("abstract",)):
        items = list(_ITEM.finditer(line.words))
        for match in items[1:] if len(items) >= LISTED else ():
            own = {w.lower() for w in _WORD.findall(match["name"])} - _EMPTY
            if match["before"] and own and not any(_stem(w) in listed for w in own):
                found.append((match["name"].strip(), (line.start + match.start("name"), line.start + match.end())))
    stated = next((x.piece(m) for x in methods for m in [_SECONDARY.search(x.words)] if m), None)
    if found and stated is not None:
        yield reading.finding(
            "ENDPOINT_NOT_LISTED", "concern",
            f"{', '.join(dict.fromkeys(name for name, _ in found))}: a result of the abstract, and no endpoint of the "
            "methods",
            "the list of the methods may be incomplete; outcomes that are added later can be chosen by their results",
            quotes=(*(spot for _, spot in found), stated),
        )  # fmt: skip


def _stem(word: str) -> str:
    return word.lower()[:8].rstrip("s")
