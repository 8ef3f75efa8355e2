"""Two groups have each other's values in two documents of a study."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple

from evsynth.checks.scanned.elsewhere.aligned import of_others
from evsynth.checks.scanned.elsewhere.counterpart import counterpart
from evsynth.checks.scanned.elsewhere.supported import agree, told
from evsynth.checks.scanned.facts.clauses import BRACKET
from evsynth.checks.scanned.facts.quantities import Quantity
from evsynth.checks.scanned.prose import Line
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("GROUPS_RETOLD",)

_LINK = Expression(
    r"^[^,;.⟨]{0,40}?\b(?:in|with|for|on|among|of|under|after|receiving|taking|given|to)\s(?:the\s|those\s|"
    r"patients\s|people\s)*"
    r"(?P<label>[^,;.⟨]{2,44})"
)
_LABEL = Expression(r"[A-Za-z0-9+/-]+")
_EMPTY = frozenset(
    "the of in on with for a an and or as were was by to at from those given who had group groups arm arms "
    "patients people "
    "recipients participants respectively compared versus vs v against than mean median lost loss fell rose year "
    "years week "
    "weeks month months day days ml mg kg mm score points difference p ci adjusted average that alive had "
    "have".split()
)
_BEFORE = Expression(
    r"(?P<label>[A-Za-z][^,;.⟨()]{1,44}?)\s?[(:,]?\s?(?:was |were |of |had |by |at )?(?:an? )?(?:mean |median |"
    r"average )?(?:of )?$"
)
_CUT = Expression(
    r"\b(?:and|but|while|whereas|versus|vs|compared|were|was|had|who|with|in|of|for|than|on|after|among|under|"
    r"lost|fell|rose|at|"
    r"by|to)\b", re.I,
)  # fmt: skip
_PARALLEL = Expression(
    r"\b(?:with|in|on|for|among|after|of|under|between|to)\s(?P<a>[^,;()⟨]{2,44}?)\s(?:than|versus|vs\.?|"
    r"compared (?:with|to)|and|"
    r"or|against)\s(?:with |in |on |for |among |after |those |to |under )?(?:the "
    r")?(?P<b>[^,;()⟨]{2,44}?)(?:\s(?:was|were|groups?|"
    r"arms?|respectively|at|had))?\s?(?:\([^()⟨]{0,14})?$"
)
_NEXT = Expression(r"\s?(?:\([^()]*\)\s?)?(?:and|versus|vs\.?|v\.?|against|compared (?:with|to)|as against|,|;|/)\s")
LONG = 31.0
"""Days beyond which a time is rather that of a visit than an outcome."""
DIGITS = 3
"""Least number of digits of the two values together."""


class _Given(NamedTuple):
    """A value and the words of the group that it is given to, those behind and those before it."""

    value: Quantity
    behind: frozenset[str]
    before: frozenset[str]


def groups_retold(reading: Reading) -> Iterator[Finding]:
    """Compare which of two groups has which of two values, by the words next to each.

    Found where both values stand in one sentence of each document, and the words that one group has here are those of
    the other group there, for both. Left alone: sentences in which the words do not tell the two apart.
    """
    other = counterpart(reading)
    if other is None:
        return
    theirs = [g for line, found in told(other) if (g := _given(line, found))]
    for line, found in told(reading):
        if line.role in ("field", "background") or of_others(line.words):
            continue
        mine = _given(line, found)
        for one, two in combinations(mine, 2):
            if not _comparable(one.value, two.value):
                continue
            verdicts = [
                (v, pair)
                for g in theirs
                for pair in _pairs(one, two, g)
                if (v := _verdict(one, two, *pair)) is not None
            ]
            if verdicts and not any(v for v, _ in verdicts):
                a, b = verdicts[0][1]
                yield reading.finding(
                    "GROUPS_RETOLD", "inconsistent",
                    f"{one.value.text} and {two.value.text} are told of each other's group in {other.document.id}",
                    "the two documents may count something and its absence, or name the groups in another way",
                    quotes=(one.value.spot, two.value.spot), others=tuple(other.quoted(*x.value.spot) for x in (a, b)),
                )  # fmt: skip
                return


def _comparable(one: Quantity, two: Quantity) -> bool:
    digits = sum(len(q.number.printed.text.strip("-0.").replace(".", "")) for q in (one, two))
    same = one.sort == two.sort and one.unit == two.unit
    return same and not agree(one, two) and digits >= DIGITS and one.sort not in ("p", "limit", "year", "dose")


def _pairs(one: _Given, two: _Given, found: tuple[_Given, ...]) -> Iterator[tuple[_Given, _Given]]:
    first = [g for g in found if g.value.sort == one.value.sort and agree(g.value, one.value)]
    second = [g for g in found if g.value.sort == two.value.sort and agree(g.value, two.value)]
    if len(first) == 1 and len(second) == 1 and first != second:
        yield first[0], second[0]


def _verdict(one: _Given, two: _Given, a: _Given, b: _Given) -> bool | None:
    """Say whether both documents give the values to the same groups; None where it cannot be told."""
    mine, yours = _labels(one, two), _labels(a, b)
    if mine is None or yours is None:
        return None
    straight = bool(mine[0] & yours[0]) + bool(mine[1] & yours[1])
    crossed = bool(mine[0] & yours[1]) + bool(mine[1] & yours[0])
    if straight and not crossed:
        return True
    return False if crossed == 2 and not straight else None


def _labels(one: _Given, two: _Given) -> tuple[frozenset[str], frozenset[str]] | None:
    """Give the words that only the one, and only the other value has: those behind where both have some, or before."""
    for first, second in ((one.behind, two.behind), (one.before, two.before)):
        if first and second:
            return (first - second, second - first) if first - second and second - first else None
    return None


@lru_cache(maxsize=4096)
def _given(line: Line, found: tuple[Quantity, ...]) -> tuple[_Given, ...]:
    kept = [
        q for q in found if q.sort not in ("p", "limit", "year", "dose") and not (q.sort == "time" and q.value > LONG)
    ]
    if len(kept) < 2:
        return ()
    given = list(_in_order(kept))
    for q in kept if not given else ():
        after = re.sub(r"\s+", " ", BRACKET.sub(" ", q.after))
        inside = q.before.count("(") > q.before.count(")")
        link = None if inside else _LINK.match(after.split("⟨")[0])
        lead = _BEFORE.search(q.before.rpartition("⟩")[2][-60:])
        given.append(_Given(q, _label(link["label"] if link else ""), _label(lead["label"] if lead else "", last=True)))
    return tuple(given)


def _in_order(kept: list[Quantity]) -> Iterator[_Given]:
    """Give two values that stand together behind the two groups: "with A than with B (8.6% vs 11.8%)"."""
    for one, two in pairwise(kept):
        between = two.before[len(one.before) :].partition("⟩")[2]
        lead = _PARALLEL.search(one.before[-130:])
        if lead is not None and _NEXT.fullmatch(between):
            yield _Given(one, frozenset(), _label(lead["a"]))
            yield _Given(two, frozenset(), _label(lead["b"]))


def _label(text: str, last: bool = False) -> frozenset[str]:
    """Give the words of the first, or the last, stretch that names something."""
    pieces = [_kept(piece) for piece in _CUT.split(text)]
    return next((x for x in (reversed(pieces) if last else pieces) if x), frozenset())


def _kept(text: str) -> frozenset[str]:
    words = (w.lower().strip("-/") if w[-1] not in "+-" else w.lower() for w in _LABEL.findall(text))
    return frozenset(w[:5] if w.isalpha() else w for w in words if w and w not in _EMPTY and not w.isdigit())
