"""A change is explained by the baseline of the same score, or a total by its own parts (mathematical coupling)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("MATHEMATICAL_COUPLING",)

_CHANGE = Expression(
    r"(?:\bchanges?\b|\bimprovement\b|\bdifference\b|Δ|\bdelta\b|\breduction\b)\s*(?:in|of|from baseline "
    r"in)?\s*(?:the\s+)?(?P<score>[A-Za-z][\w -]{2,40})",
    re.I,
)
_BASELINE = Expression(r"\bbaseline (?P<score>[A-Za-z][\w -]{1,40})", re.I)
_MODEL = Expression(r"regression|predict|associated with change", re.I)
_WITH_BASELINE = Expression(
    r"\b(?:changes?|improvements?|reductions?|decreases?|increases?) in (?:the )?(?P<change>[A-Za-z][\w -]{2,40}?) "
    r"(?:was |were )?"
    r"(?:\w+ly )?(?:correlated|associated)\b[^.;()]{0,25}?\bwith (?:the |its )?baseline (?P<baseline>[A-Za-z][\w "
    r"-]{2,40}?)"
    r"(?=\s*[(.,;]|\s+(?:and|in|at)\b|$)",
    re.I,
)
_PARTS = Expression(
    r"\btotal (?P<total>[\w -]{0,30}?)scores?\b[^.;]{0,60}?\b(?:was|were|is) (?:calculated as |defined as "
    r")?(?:the )?sum\b",
    re.I,
)
_PART_WHOLE = Expression(r"\btotal [\w -]{0,30}?score[^.;()]{0,60}?\bcorrelat\w*", re.I)
_EMPTY = frozenset("the score scores total in of and from baseline value values level levels change parameter".split())


def coupling(reading: Reading) -> Iterator[Finding]:
    """Find a regression of a change on baseline values of the same score, and correlations of a total with its parts.

    The first needs a table of coefficients whose caption names the change of a score, and a row that names the
    baseline of that score or of a part of it; the second that the methods call the total a sum. Left alone: models of
    the value at follow-up with its baseline as covariate. What is found of a paper is told once, with all quotes.
    """
    told = list(_coupled(reading))
    if told:
        yield reading.finding(
            "MATHEMATICAL_COUPLING", "concern", "; and ".join(t.said for t in told), "; ".join(t.hint for t in told),
            quotes=tuple(spot for t in told for spot in t.spots),
        )  # fmt: skip


class _Told(NamedTuple):
    """One coupling: what is said of it, what may be innocent in it, and where it stands."""

    said: str
    hint: str
    spots: tuple[Spot, ...]


_OWN_BASELINE = (
    "this is often done to describe who changes most; but a baseline is part of the change, so regression to the mean "
    "gives such a coefficient without any effect"
)
_OWN_PART = "the correlation shows which part moved most; a part correlates with its own sum by construction"


def _coupled(reading: Reading) -> Iterator[_Told]:
    summed = next((m for line in lines(reading, ("methods", "body")) for m in _PARTS.finditer(line.words)), None)
    for table in reading.document.tables:
        caption = table.caption
        if (
            caption is None
            or not _MODEL.search(caption.text)
            or not {c.statistic for c in table.columns} & {"b", "beta"}
        ):
            continue
        change = _CHANGE.search(caption.text)
        own = [
            r
            for r in table.rows
            if (m := _BASELINE.search(r.label.text)) and change and (_same(m["score"], change["score"]) or summed)
        ]
        if change is not None and own:
            names = ", ".join(f"'{r.label.text.strip()}'" for r in own)
            yield _Told(
                f"the change of a score is regressed on its own baseline or that of its parts ({names})",
                _OWN_BASELINE,
                (*((r.label.start, r.label.end) for r in own), (caption.start, caption.end)),
            )
            break
    for line in lines(reading, ("results", "abstract")):
        own_baseline = _WITH_BASELINE.search(line.words)
        if own_baseline and own_baseline["change"].lower() == own_baseline["baseline"].lower():
            yield _Told(
                "the change of a score is correlated with its own baseline", _OWN_BASELINE, (line.piece(own_baseline),)
            )
            return
    if summed is None:
        return
    for line in lines(reading, ("results",)):
        found = _PART_WHOLE.search(line.words)
        if found:
            yield _Told("a total is correlated with scores that are summed in it", _OWN_PART, (line.piece(found),))
            return


def _same(first: str, second: str) -> bool:
    a, b = ({w.lower() for w in re.findall(r"[A-Za-z0-9-]+", text)} - _EMPTY for text in (first, second))
    return bool(a & b)
