"""A result is drawn from measurements that the paper says were not analysed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("NOT_ANALYSED_YET_CONCLUDED",)

NOT = Expression(
    r"\b(?:results? of |data (?:on|of|from) |changes in )?(?:the )?(?P<what>[A-Za-z][\w/-]*(?: [A-Za-z][\w/-]*){0,3}?)"
    r"(?: data| results?| values?)? (?:was|were|could) not (?:be )?(?:analy[sz]ed|evaluated|assessed|"
    r"measured|performed|"
    r"compared|examined|included in the analysis)\b",
    re.I,
)
_RESULT = Expression(
    r"\b(?:improv\w+|worsen\w*|declin\w+|increas\w+|decreas\w+|(?:no|significant) (?:\w+ ){0,2}(?:difference|"
    r"change|benefit|"
    r"effect)|ameliorat\w+|stabili[sz]\w+|deteriorat\w+|better|higher|lower)\b",
    re.I,
)
HEDGED = Expression(
    r"\b(?:may|might|could|should|future|further studies|previous\w*|others?|et al|reported|studies|whether|not be|"
    r"were not|was not)\b",
    re.I,
)
IN_PART = Expression(r"\b(?:in|at|for|from) (?:\d|some|one|two|three|those|baseline|follow)")
"""After a denial: it is about a part of the patients, or one time."""
_EMPTY = frozenset(
    "the a an and of in on for with patients patient results result data values value it they these those this that "
    "which we study outcome outcomes variables all some other others test tests".split()
)


def not_analysed(reading: Reading) -> Iterator[Finding]:
    """Find sentences that say how a measurement changed, when another says that it was not analysed in this study.

    The measurement is one name: an abbreviation (PFTs), or all of the words. Left alone: hedges, other studies, and
    measurements not analysed in a part of the patients or at one time.
    """
    if reading.document.kind != "full text":
        return
    own = list(lines(reading, ("abstract", "results", "body", "discussion", "conclusion")))
    for line in own:
        match = NOT.search(line.words)
        if match is None or IN_PART.search(line.words[match.end() :]):
            continue
        name = _name(match["what"])
        if name is None:
            continue
        told = next((x for x in own if x.start != line.start and _tells(x, name)), None)
        if told is not None:
            yield reading.finding(
                "NOT_ANALYSED_YET_CONCLUDED", "inconsistent",
                f"'{match['what']}' is said not to have been analysed, and a result of it is told: "
                f"'{' '.join(told.words.split())}'",
                "a few patients may have had the measurement; a result then needs their number",
                quotes=(line.piece(match), told.whole),
            )  # fmt: skip
            return


def _name(what: str) -> Expression | None:
    words = [w for w in what.split() if w.lower() not in _EMPTY]
    short = [w for w in words if re.fullmatch(r"[A-Z0-9][A-Za-z0-9-]*[A-Z0-9]s?", w)]
    if short:
        return Expression(rf"\b{re.escape(short[-1])}\b")
    if len(words) < 2:
        return None
    return Expression(r"\W+(?:\w+\W+)?".join(re.escape(w.lower().rstrip("s")) + r"s?" for w in words), re.I)


def _tells(line: Line, name: Expression) -> bool:
    found = name.search(line.words)
    return bool(found and _RESULT.search(line.words) and not HEDGED.search(line.words))
