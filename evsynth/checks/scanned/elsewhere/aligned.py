"""The quantity of one document that a quantity of another is about, by what both sentences speak of.

The words next to the numbers count most, then those of the sentences, numbers that both sentences share, and a value
that an ordinary misprint makes the other. Sentences of other subgroups, times, adjustments and statistics are never
aligned.
"""

from __future__ import annotations

import re
from functools import lru_cache

from evsynth.checks.scanned.elsewhere.supported import FOR, agree, told
from evsynth.checks.scanned.facts.quantities import Quantity, quantities
from evsynth.checks.scanned.facts.slips import one_digit, swapped
from evsynth.checks.scanned.facts.subjects import PLACES, subjects
from evsynth.checks.scanned.reading import Reading
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

OWN: tuple[Role, ...] = (
    "title",
    "abstract",
    "methods",
    "results",
    "body",
    "figure legend",
    "conclusion",
    "front matter",
)
_OTHERS = Expression(
    r"\b(?:previous\w*|an earlier|earlier (?:stud|trial|work|report|paper|cohort|finding|result)\w*|other "
    r"(?:stud|trial|hospital|work|group|author)\w*|et al|guidelines?|literature|"
    r"elsewhere|preliminary|interim|congress|pilot|meta-analys\w+|expected|planned|powered?|sample size|would|"
    r"assum\w+|in this disease|historical|population at large|similar results|counted on|hypoth\w+|if\b)"
    r"|\[[0-9][0-9,; -]*\]|\b(?:19|20)\d\d\s?;\s?\d|\bvolume\b|\bpages\b|\bdoi\b|\bNo\. \d",
    re.I,
)
_QUALIFIED = {
    "adjusted": r"(?<!un)adjusted|multivaria\w+|multivariable", "crude": r"unadjusted|crude|univaria\w+|raw",
    "protocol": r"per[- ]protocol|complet\w+|kept to|observed|imput\w+|sensitivity analys\w+",
    "women": r"women|female|girls", "men": r"\bmen|\bmale|boys", "child": r"child\w*|infants?",
    "old": r"elderly|older than",
    "part": r"subgroup|subset|among (?:those|users|patients with)|in those|of (?:these|those|whom|them)|users|"
    r"bilateral|alone",
    "baseline": r"baseline|at (?:the )?(?:start|entry)|initial\w*|on entry",
    "secondary": r"post hoc|exploratory|secondary analys\w+|"
    r"extension", "low": r"mild|moderate|severe|major|minor|grade",
    "responders": r"(?:non-?)?responders",
}  # fmt: skip
_QUALIFIER = Expression("|".join(f"(?P<{k}>\\b(?:{v})\\b)" for k, v in _QUALIFIED.items()), re.I)
_PEOPLE = Expression(
    r"^\W*(?:\((?:\d|⟨)[^)]*\))?\s?(?:[a-z-]+\s){0,3}?(?:patients|participants|people|persons|adults|children|"
    r"women|men|"
    r"subjects|recipients|individuals|infants|volunteers|pairs)\b", re.I,
)  # fmt: skip
_DONE = frozenset({"random", "screened", "enrolled", "completed", "excluded", "withdrew", "death", "follow"})
_STATISTIC = Expression(
    r"\b(?:(?P<mean>mean|averag\w*)|(?P<median>median)|(?P<range>rang\w*|between|aged|older|younger))\b", re.I
)
_AT = Expression(
    r"(?:\b(?:at|after|until|within|week|month|day|year)s?|(?<!ed )(?<!er )(?<!nged )(?<!ened )\bby)\s$", re.I
)
_PRIMARY = Expression(r"\bprimary (?:end ?-?points?|outcomes?|efficacy)", re.I)
LARGE = 1000
"""A count that another is a misprint of from here on, whatever was done with those counted."""
_ANCHOR = 2
"""Digits that a number needs to show, when both sentences print it, that they speak of one thing."""


def of_others(words: str) -> bool:
    """Say whether a sentence speaks of other studies, of plans, or of where the study was published."""
    return bool(_OTHERS.search(words))


def aligned(one: Quantity, beside: tuple[Quantity, ...], own: Reading, other: Reading) -> Quantity | None:
    """Give the quantity of `other` that `one` (not told there) should be; None where none is about the same thing."""
    if one.limit or (one.sort == "count" and one.value < (2 if one.counted & PLACES else 3)):
        return None
    mine = [q for line, found in told(own) if line.role != "field" and not _OTHERS.search(line.words) for q in found]
    best, most = None, 0.0
    for line, found in told(other):
        if line.role not in OWN or _OTHERS.search(line.words):
            continue
        shared = _shared(one, line.words)
        for two in found:
            if two.sort != one.sort or two.unit != one.unit or two.limit or not _same_kind(one, two):
                continue
            if one.sort != "p" and any(q.sort == two.sort and agree(q, two) for q in mine):
                continue  # told here too, of itself
            score = _score(one, two, beside, found, shared)
            if score > most:
                best, most = two, score
    return best


def _score(
    one: Quantity, two: Quantity, beside: tuple[Quantity, ...], found: tuple[Quantity, ...], shared: frozenset[str]
) -> float:
    near = one.local & two.local
    around = shared - near
    slip = slipped(one, two)
    anchors = sum(
        1 for q in beside if q is not one and _telling(q) and any(q.sort == r.sort and agree(q, r) for r in found)
    )
    places = one.counted & two.counted & PLACES if one.sort == "count" else frozenset()
    role = len(near & _DONE) + len(places) + (one.sort in ("ratio", "needed", "age"))
    score = len(near) + 0.5 * min(3, len(around)) + 0.6 * role + min(2, anchors) + slip
    if one.sort == "dose":
        return score + 0.1 if near or ("/" in one.unit and one.per and two.per) else 0.0
    if one.sort == "time" and (of := _role(one)) and of == _role(two):
        around_too = near or len(shared) >= 2 or of == "follow" or slip
        return score + 1 if around_too and _qualified_near(one) == _qualified_near(two) else 0.0
    if one.sort in ("p", "limit"):
        return score if anchors or (len(shared) >= 3 and _cover(one, shared) >= 0.6) else 0.0
    if not near and not anchors and one.sort != "needed" and not (slip and shared and one.number.printed.decimals):
        return 0.0
    if one.sort == "measure" and one.unit and not one.unit.startswith(("g", "l")):
        score += 0.6
    if slip:
        exact = one.number.printed.decimals > 0 and one.sort in ("time", "age", "measure")
        return score if score >= (1.4 if exact else 2.0) else 0.0
    if anchors and near and _qualified(one) == _qualified(two) and not one.loose and score >= 2.0:
        return score
    strict = _cover(one, shared) >= 0.6 and _qualified(one) == _qualified(two)
    if one.sort == "age" or places or (near & {"follow", "random"} and one.sort in ("time", "count")):
        return score if score >= 1.5 and _qualified_near(one) == _qualified_near(two) else 0.0
    return score if strict and score >= 2.9 and not one.loose else 0.0


def _telling(one: Quantity) -> bool:
    digits = one.number.printed.text.strip("-−0.").replace(".", "").replace(",", "")
    exact = one.number.printed.decimals > 0 or one.sort not in ("time", "age")
    return len(digits) >= _ANCHOR and exact and one.sort != "year"


@lru_cache(maxsize=4096)
def _shared(one: Quantity, words: str) -> frozenset[str]:
    return subjects(one.line.words) & subjects(words)


def _cover(one: Quantity, shared: frozenset[str]) -> float:
    own = subjects(one.line.words)
    return len(shared) / len(own) if own else 0.0


def _qualified(one: Quantity) -> frozenset[str]:
    return frozenset(m.lastgroup or "" for m in _QUALIFIER.finditer(one.line.words))


def _qualified_near(one: Quantity) -> frozenset[str]:
    words = f"{one.before[-60:]} {one.after[:30]}"
    return frozenset(m.lastgroup or "" for m in _QUALIFIER.finditer(words))


def _role(one: Quantity) -> str:
    """Say which time of a study a time is: how long patients were followed, treated, or when the outcome was read."""
    if _PRIMARY.search(one.line.words) and _AT.search(one.before):
        return "primary"
    if "follow" in one.local:
        return "" if _AT.search(one.before) else "follow"
    return "for" if FOR.search(one.before) else ""


def _same_kind(one: Quantity, two: Quantity) -> bool:
    """Say whether two quantities may be one by statistic, adjustment, noun and time."""
    a, b = _qualified(one), _qualified(two)
    if {"adjusted", "crude"} <= a | b and a & {"adjusted", "crude"} != b & {"adjusted", "crude"}:
        return False
    if one.sort in ("age", "time") or (one.sort in ("measure", "score") and not slipped(one, two)):
        kinds = [m.lastgroup if (m := _last(_STATISTIC, q)) else "" for q in (one, two)]
        if kinds[0] != kinds[1] and (one.sort == "age" or all(kinds)):
            return False
    if one.sort == "time":
        at = any(_AT.search(q.before) for q in (one, two))
        roles = {_role(one), _role(two)} - ({""} if slipped(one, two) else set())
        return len(roles) < 2 and (not at or _role(one) == "primary")
    if one.sort == "count":
        done = one.local & _DONE, two.local & _DONE
        large = one.value >= LARGE and slipped(one, two)
        if (done[0] or done[1]) and not done[0] & done[1] and not large:
            return False
        if one.counted & PLACES != two.counted & PLACES:
            return False
        people = bool(_PEOPLE.match(one.after)), bool(_PEOPLE.match(two.after))
        if people[0] != people[1] and not slipped(one, two):
            return False
    elif not slipped(one, two) and _times(one) and _times(two) and not _times(one) & _times(two):
        return False
    return True


def _last(pattern: Expression, one: Quantity) -> re.Match[str] | None:
    found = list(pattern.finditer(one.before[-60:])) or list(pattern.finditer(one.after[:24]))
    return found[-1] if found else None


def _times(one: Quantity) -> frozenset[float]:
    return frozenset(round(q.value / 10) for q in quantities(one.line) if q.sort == "time" and _AT.search(q.before))


def slipped(one: Quantity, two: Quantity) -> bool:
    """Say whether an ordinary misprint makes one printed number the other: digits exchanged or changed, point moved."""
    a, b = (q.number.printed.text.lstrip("-−+").replace(",", "") for q in (one, two))
    if a == b or not float(a or 0) or not float(b or 0):
        return False
    big, small = sorted((float(a), float(b)), reverse=True)
    if abs(big / small - 10) < 1e-6 or abs(big / small - 100) < 1e-6:
        return True
    places = [len(x.partition(".")[2]) for x in (a, b)]
    if places[0] != places[1]:
        return False
    x, y = (int(v.replace(".", "")) for v in (a, b))
    exchanged = sorted(str(x)) == sorted(str(y)) and len(str(x)) > 2
    return swapped(x, y) or exchanged or (one_digit(x, y) and min(x, y) >= 100)


__all__ = ["aligned", "of_others", "slipped"]
