"""Two groups with their numbers in a sentence, and a word that compares them: "the decline was steeper with it"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.identity import key
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("DIRECTION_CONTRADICTS",)

_NUMBER = r"-?[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
_SPREAD = rf"(?:\s*(?:±|\+/-)\s*{_NUMBER}|\s*\([^()]{{1,40}}\)|\s*\[[^\[\]]{{1,40}}\])?"
_OF = Expression(
    rf"(?<![0-9.,])(?P<n>{_NUMBER}){_SPREAD}(?P<unit>\s*%|"
    rf"\s*[A-Za-z/µ²]{{1,8}}(?:/[a-z]+)?(?:\s+per\s+[a-z]+)?)?{_SPREAD}\s+(?:in|with|for|among|on)\s+"
    r"(?:the\s+)?(?P<group>[A-Za-z][\w+-]*(?:\s+[\w+-]+){0,2}?)(?:\s+(?:group|arm|patients|treatment))?(?=\s+and\b|"
    r"\s*[.;,(]|\s+versus\b|\s+vs\b|\s*$)"
)
_CHANGE = (
    r"(?:declines?|loss|fall|reductions?|decreases?|drop|improvements?|gains?|increases?|rise|changes?|weight loss)"
)
_MORE = r"steeper|greater|larger|faster|more pronounced|more rapid|bigger|stronger"
_LESS = r"slower|smaller|less pronounced|less steep|flatter|attenuated|weaker"
_AMOUNT = Expression(
    rf"\b{_CHANGE}\b[^.;()0-9]{{0,40}}?\b(?:was|were)\s+(?:significantly |much |also )*(?:(?P<more>{_MORE})|"
    rf"(?P<less>{_LESS}))\s+"
    r"(?:in|with|for|among|on)\s+(?:the\s+)?(?P<group>[^.;,()]{2,50}?)(?=\s+than\b|\s+compared\b|[.;,(]|\s*$)",
    re.I,
)
_LEVEL = Expression(
    r"\b(?:was|were|being)\s+(?:significantly |much |also |slightly )*(?:(?P<more>higher|longer|greater|more "
    r"frequent|more common)|"
    r"(?P<less>lower|shorter|smaller|less frequent|less common))\s+(?:in|with|among|"
    r"on)\s+(?:the\s+)?(?P<group>[^.;,()]{2,50}?)"
    r"(?=\s+than\b|\s+compared\b|[.;,(:]|\s*$)",
    re.I,
)
_SKIP = Expression(r"\b(?:not|no|neither|respectively|adjusted|median of|from [0-9-]|to [0-9-])\b", re.I)
_GENERAL = frozenset({"treatment", "treated", "arm", "therapy", "those", "receiving"})


class Amount(NamedTuple):
    """The number of one group."""

    group: frozenset[str]
    value: float
    start: int
    end: int


def two_groups(reading: Reading) -> Iterator[Finding]:
    """Compare a comparative with the numbers that the sentence prints for the two groups.

    For an amount of change (decline, loss) the size counts where both numbers have one sign, for levels the value.
    Left alone: sentences with other than two numbers in groups, lists in order ('respectively'), and groups whose names
    do not tell them apart.
    """
    for line in lines(reading, ("abstract", "results", "body", "conclusion")):
        if _SKIP.search(line.words):
            continue
        said = [(m, True) for m in _AMOUNT.finditer(line.words)] or [(m, False) for m in _LEVEL.finditer(line.words)]
        amounts = _amounts(line)
        if len(said) != 1 or len(amounts) != 2:
            continue
        match, of_change = said[0]
        mine = [x for x in amounts if x.group and x.group <= key(match["group"])]
        if len(mine) != 1 or amounts[0].group & amounts[1].group:
            continue
        one = mine[0]
        two = amounts[1] if one is amounts[0] else amounts[0]
        a, b = one.value, two.value
        if of_change:
            if a * b <= 0:
                continue
            a, b = abs(a), abs(b)
        elif re.search(_CHANGE, line.words[: match.start()], re.I):
            continue
        if (match["more"] and a < b) or (match["less"] and a > b):
            yield reading.finding(
                "DIRECTION_CONTRADICTS", "inconsistent",
                f"'{' '.join(match[0].split())}' is inconsistent with {_shown(line, one)} and {_shown(line, two)}",
                "the groups or the signs may be exchanged in the sentence",
                quotes=(line.piece(match), *sorted((x.start, x.end) for x in (one, two))),
            )  # fmt: skip


def _amounts(line: Line) -> list[Amount]:
    return [
        Amount(
            (key(m["group"]) - _GENERAL) or key(m["group"]),
            float(m["n"].replace(",", "")),
            line.start + m.start(),
            line.start + m.end(),
        )
        for m in _OF.finditer(line.words)
    ]


def _shown(line: Line, amount: Amount) -> str:
    return " ".join(line.words[amount.start - line.start : amount.end - line.start].split())
