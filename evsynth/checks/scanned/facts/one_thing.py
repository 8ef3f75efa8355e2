"""What speaks for two numbers of a paper being one: words, numbers beside them, the number they are a share of.

Made for checks that hold two parts of a paper against each other; each function gives a weight.
"""

from __future__ import annotations

import re

from evsynth.checks.scanned.facts.facts_compared import alike, same_noun
from evsynth.checks.scanned.facts.facts_told import Fact
from evsynth.checks.scanned.facts.subjects import subjects
from evsynth.text.expressions import Expression

Sentences = dict[int, list[Fact]]
"""The facts of each sentence, in order."""

_OF_BEHIND = Expression(r"(?: ?/ ?| (?:[a-z-]+ ){0,3}?(?:out )?of (?:the |these |all |our |its ){0,3})⟨c\d+⟩")
_OF_BEFORE = Expression(r"(?:/ ?| of (?:the |these |all |our ){0,3}|[nN] ?= ?)$")
LEAST_BASE = 20
"""A smaller number of people is the base of shares by chance."""


def words_shared(one: Fact, two: Fact, often: dict[str, int], many: int) -> float:
    """Weigh the stems next to both numbers, and what they count; less where every sentence has them."""
    near = one.near & two.near
    noun = same_noun(one, two)
    if not near and not noun and not one.near & two.about and not two.near & one.about:
        return -1.0
    common = max(3, many // 6)
    weight = sum(1.0 if often[s] <= common else 0.6 for s in near)
    around = (one.about & two.about) - near
    return min(3.0, weight + noun) + min(0.9, 0.3 * len(around))


def numbers_shared(one: Fact, two: Fact, sentences: Sentences) -> float:
    """Weigh the numbers that stand beside both, by their digits; more where they are the next to both."""
    weight: dict[str, float] = {}
    for i, a in enumerate(sentences[one.sentence]):
        for j, b in enumerate(sentences[two.sentence]):
            if a is one or b is two or a.sort == "year" or not alike(a, b):
                continue
            digits = min(len(x.digits.replace(".", "").strip("0")) for x in (a, b))
            if digits < 2:
                continue
            beside = sentences[one.sentence].index(one) - i == sentences[two.sentence].index(two) - j in (-1, 1)
            weight[a.digits] = 0.6 * digits + 0.7 * beside
    return min(3.0, sum(weight.values()))


def base_of(one: Fact, sentences: Sentences, people: frozenset[float]) -> float:
    """Give the number that a count is told as a share of: printed with it, or the one told that its percentage fits."""
    if one.sort != "count":
        return 0.0
    beside = [f for f in sentences[one.sentence] if 0 < f.spot[0] - one.spot[1] < 60]
    if _OF_BEHIND.match(one.after) and not _OF_BEFORE.search(one.before[-24:]):
        return next((f.value for f in beside if f.sort == "count" and f.value >= one.value), 0.0)
    share = next((f for f in beside if f.sort == "percent" and f.spot[1] - f.spot[0] < 8), None)
    if share is None or (not one.after.startswith((" (", ", ")) and not re.match(r"(?: [a-z-]+){1,4} \(⟨p", one.after)):
        return 0.0
    fitting = {n for n in people if n > one.value and abs(100 * one.value / n - share.value) <= share.half * 1.02}
    return next(iter(fitting)) if len(fitting) == 1 else 0.0


def unlike_row(one: Fact, two: Fact, sentences: Sentences) -> float:
    """Give what speaks against a cell: a label that the sentence does not tell, no other number of the row in it."""
    if two.role != "table":
        return 0.0
    label = subjects(re.split(r"\d", two.words)[0])
    digits = [sorted(x.digits.replace(".", "")) for x in (one, two)]
    own = one.role in ("results", "body", "methods")
    if not label or digits[0] != digits[1] or len(label & one.about) < (1.0 if own else 0.6) * len(label):
        return 3.0
    others = [f for f in sentences[two.sentence] if f is not two]
    known = any(alike(a, b) for a in sentences[one.sentence] if a is not one for b in others)
    return 0.0 if known or len({f.near for f in others}) < 2 else 1.0


def unlike_siblings(one: Fact, two: Fact, sentences: Sentences) -> float:
    """Give what speaks against two numbers that each stand beside others of their sort, none of them the same."""
    beside = [
        [f for f in sentences[x.sentence] if f is not x and f.sort == x.sort and abs(f.spot[0] - x.spot[0]) < 60]
        for x in (one, two)
    ]
    return 1.0 if all(beside) and not any(alike(a, b) for a in beside[0] for b in beside[1]) else 0.0


__all__ = ["LEAST_BASE", "Sentences", "base_of", "numbers_shared", "unlike_row", "unlike_siblings", "words_shared"]
