"""'The strongest of the three' against a list that gives a number for each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("SUPERLATIVE_CONTRADICTS",)

_NAME = r"(?P<name>(?:[A-Za-z][\w-]*\s?){1,4}?)"
_ITEM = Expression(
    rf"(?<![\w.·])(?P<v>[01]?[.·]\d{{2,3}})\s*(?:[\[(][^()\[\]]{{3,40}}[\])])?\s+(?:for|with|"
    rf"in)\s+(?:the\s+)?{_NAME}(?=\s*(?:[,;.()]|and\b|"
    r"but\b|whereas\b|$))"
)
_CLAIM = Expression(
    rf"\b{_NAME}\s+(?:was|is|had|showed|gave|performed|proved|remained)\s+(?:therefore |thus |again |also )?(?:the\s+)?"
    r"(?:(?P<most>strongest|best|highest|largest|most accurate|greatest|most (?:sensitive|discriminating))|"
    r"(?P<least>weakest|"
    r"worst|lowest|poorest|least accurate|smallest))\b",
    re.I,
)
_AUC = Expression(r"\bAUCs?\b|\barea under|\bAUROC|\bc[- ](?:statistic|index)|\bconcordance\b|\bdiscriminat", re.I)
_NO = Expression(r"\b(?:not|no|never|neither|nor|may|might|could|previous|other studies)\b", re.I)


_AREA = r"(?:AUCs?|AUROCs?|area under [a-z -]{3,40}|[cC][- ](?:statistic|index)|concordance)"


def _area(name: str) -> str:
    return rf"{_AREA}(?: of| was|,|:| =|=)? ?(?P<{name}>[01]?[.·]\d{{2,3}})"


_BETWEEN_TWO = Expression(
    rf"[(\[]{_area('a')}[^.;]{{0,60}}?(?:[.·]\d+[^.;]{{0,20}}?){{0,3}}[)\]] (?:was |were |had |showed |gave |"
    r"performed |discriminated |predicted \w+ |significantly |clearly |also |a |an ){0,3}(?:(?P<more>better|higher|"
    r"greater|"
    r"superior|more accurate\w*|outperformed(?! by))|(?P<less>worse|lower|poorer|inferior|less accurate\w*|(?:was "
    r")?outperformed by))"
    rf"[^.;()\d]{{0,60}}?[(\[]{_area('b')}", re.I,
)  # fmt: skip


class _Listed(NamedTuple):
    name: frozenset[str]
    value: float
    spot: Spot


def superlatives(reading: Reading) -> Iterator[Finding]:
    """Compare the marker called best, or worst, with the areas under the curve listed for all.

    The list names each marker behind its value ("0.79 for BUN, 0.67 for RDW"). Left alone: lists of fewer than two,
    ties, names that are not in the list, and documents with two lists that name the marker.
    """
    said = list(lines(reading, ("abstract", "results", "discussion", "conclusion", "body")))
    for line in said:
        if _AUC.search(line.words):
            yield from _of_two(reading, line)
    lists = [(x, items) for x in said if _AUC.search(x.words) and len(items := _items(x)) >= 2]
    if not lists:
        return
    for line in said:
        match = _CLAIM.search(line.words)
        if match is None or _NO.search(re.split(r"[,;]", line.words[: match.end()])[-1]) or not _near(line, match):
            continue
        name = _key(match["name"].split()[-1:])
        mine = [(x, items, i) for x, items in lists for i in items if i.name & name]
        if len(mine) != 1:
            continue
        _, items, own = mine[0]
        ends = max(i.value for i in items), min(i.value for i in items)
        wanted = ends[0] if match["most"] else ends[1]
        if own.value != wanted:
            other = next(i for i in items if i.value == wanted)
            yield reading.finding(
                "SUPERLATIVE_CONTRADICTS", "inconsistent",
                f"'{' '.join(match[0].split())}' is inconsistent with {own.value:g} for it and {other.value:g} for "
                f"{' '.join(sorted(other.name))}",
                "another measure than the area under the curve may be meant",
                quotes=(line.piece(match), own.spot, other.spot),
            )  # fmt: skip


def _of_two(reading: Reading, line: Line) -> Iterator[Finding]:
    """Hold "A (AUC 0.81) discriminated worse than B (AUC 0.69)" against the two areas."""
    for match in _BETWEEN_TWO.finditer(line.words):
        a, b = (float(match[x].replace("·", ".")) for x in ("a", "b"))
        if a == b or (a > b) == bool(match["more"]) or _NO.search(line.words, match.start(), match.end()):
            continue
        yield reading.finding(
            "SUPERLATIVE_CONTRADICTS", "inconsistent",
            f"'{match['more'] or match['less']}' is inconsistent with areas of {a:g} and {b:g}",
            "another measure than the area under the curve may be meant",
            quotes=(line.piece(match),),
        )  # fmt: skip


def _near(line: Line, match: re.Match[str]) -> bool:
    rest = line.words[match.end() :]
    return bool(
        _AUC.search(line.words)
        or re.match(r"\s*(?:of (?:the|all|these)|predictor|marker|test|\.|$|overall|in |at )", rest, re.I)
    )


def _items(line: Line) -> list[_Listed]:
    return [
        _Listed(_key(m["name"].split()), float(m["v"].replace("·", ".")), line.piece(m))
        for m in _ITEM.finditer(line.words)
    ]


def _key(words: list[str]) -> frozenset[str]:
    return frozenset(w.lower()[:6] for w in words if w.lower() not in ("the", "a", "an", "of", "and", "alone"))
