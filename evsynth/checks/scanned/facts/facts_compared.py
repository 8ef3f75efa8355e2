"""Whether two facts of a paper can be one: the same number printed, the same noun, time, group and statistic."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import combinations

from evsynth.checks.scanned.facts.facts_told import Fact
from evsynth.checks.scanned.facts.subjects import subjects
from evsynth.text.expressions import Expression

_ONE_SIDED = {
    "adjusted": r"(?<!un)adjusted|multivaria\w+", "crude": r"unadjusted|crude|univaria\w+|raw",
    "protocol": r"per[- ]protocol|imput\w+|sensitivity analys\w+|post hoc|interim|intention\w*|ITT|evaluable",
    "female": r"women|female|girls", "male": r"men|male|boys", "old": r"elderly|older than",
    "part": r"subgroups?|subset|stratum|of whom|of these|among those", "first": r"baseline|at entry|on admission",
    "planned": r"planned|required|target(?:ed)?|assum\w+|expected|anticipated|intended|sample size",
    "change": r"chang\w+|decreas\w+|increas\w+|reduc\w+|fell|rose|difference",
    "test": r"training|validation|derivation",
}  # fmt: skip
_OPPOSED = (
    ("relative", "absolute"), ("sensitiv", "specific"), ("positive", "negative"), ("mean", "median"),
    ("upper", "lower"), ("within", "between"), ("intra", "inter"), ("minim", "maxim"), ("internal", "external"),
    ("systolic", "diastolic"), ("left", "right"), ("before", "after"), ("pre", "post"), ("early", "late"),
    ("overall", "progression"), ("primary", "secondary"), ("short", "long"), ("screened", "random"),
)  # fmt: skip
_QUALIFIER = Expression("|".join(f"(?P<{k}>\\b(?:{v})\\b)" for k, v in _ONE_SIDED.items()), re.I)
_AT = Expression(r"\b(?:at|after|until|within|by|week|month|day|year|during|over|of|first|the)s?\s$", re.I)
_PEOPLE = Expression(
    r"\b(?:patients?|participants?|people|persons?|adults?|children|infants?|women|men|subjects?|individuals?|"
    r"recipients?|volunteers?|boys|girls|residents?|pupils|students|donors|nurses)\b", re.I,
)  # fmt: skip
_PLACE = Expression(
    r"\b(?:cent(?:er|re)s?|hospitals?|sites?|clinics?|practices|countries|departments|wards|units|schools)\b", re.I
)
_LOOSE = Expression(
    r"(?:\b(?:about|around|approximately|roughly|some|nearly|almost|close to|circa|over|under|just)|~|≈)\s?$", re.I
)
_RELATIVE = Expression(r"\s?(?:lower|higher|fewer|more|less|greater|longer|shorter|reduc\w+|increase|decrease)\b", re.I)
_MARK = Expression(r"⟨\w\d+⟩")


def alike(one: Fact, two: Fact) -> bool:
    """Say whether two numbers can be one, printed with more or fewer digits."""
    if one.digits == two.digits and not (one.sort == two.sort in ("time", "measure") and one.unit == two.unit):
        return True
    if one.sort == two.sort and one.unit == two.unit:
        room = 0.035 * max(one.value, two.value) if one.sort == "time" and one.value != two.value else 0.0
        if _LOOSE.search(one.before) or _LOOSE.search(two.before):
            room = max(room, 0.15 * max(one.value, two.value))
        return abs(one.value - two.value) <= max(one.half, two.half, room) * 1.01
    a, b = float(one.digits), float(two.digits)
    return one.decimals != two.decimals and abs(a - b) <= 0.5 * 10 ** -min(one.decimals, two.decimals) * 1.01


def apart(one: Fact, two: Fact, sentences: dict[int, list[Fact]]) -> bool:
    """Say whether words or numbers beside two facts say that they are of different groups, times or statistics."""
    a, b = _qualified(one), _qualified(two)
    if a ^ b and one.role != "table" != two.role:
        return True
    words = _near_words(one), _near_words(two)
    for x, y in _OPPOSED:
        has = [(bool(re.search(rf"\b{x}", w)), bool(re.search(rf"\b{y}", w))) for w in words]
        if has in ([(True, False), (False, True)], [(False, True), (True, False)]):
            return True
    if borne_out(one, sentences) and borne_out(two, sentences):
        return True
    counts = _count_beside(one, sentences), _count_beside(two, sentences)
    if counts[0] and counts[1] and counts[0] != counts[1]:
        return True
    times = _times(one, sentences), _times(two, sentences)
    return all(times) and not any(abs(s - t) <= 0.05 * max(s, t) for s in times[0] for t in times[1])


def borne_out(one: Fact, sentences: dict[int, list[Fact]]) -> bool:
    """Say whether a percentage is that of two counts told beside it."""
    if one.sort != "percent":
        return False
    counts = [f.value for f in sentences[one.sentence] if f.sort == "count" and abs(f.spot[0] - one.spot[0]) < 90]
    return any(
        max(a, b) and abs(100 * min(a, b) / max(a, b) - one.value) <= one.half * 1.1
        for a, b in combinations(counts[:10], 2)
    )


def _count_beside(one: Fact, sentences: dict[int, list[Fact]]) -> float:
    """Give the count that stands right before or behind a percentage, with nothing but a bracket between."""
    if one.sort != "percent":
        return 0.0
    beside = (f for f in sentences[one.sentence] if f.sort == "count" and f is not one)
    return next((
        f.value for f in beside
        if (one.before.endswith(("⟩ (", "⟩/", ", ")) and 0 < one.spot[0] - f.spot[1] < 4)
        or (one.after.startswith(" (") and 0 < f.spot[0] - one.spot[1] < 7)
    ), 0.0)  # fmt: skip


def nouns_agree(one: Fact, two: Fact) -> bool:
    """Say whether two counts can be of one noun: patients are people, and whatever else is counted is named alike."""
    if one.sort != "count" or two.sort != "count":
        return True
    a, b = _noun(one), _noun(two)
    people = [bool(_PEOPLE.search(x)) for x in (a, b)]
    if bool(_PLACE.search(a)) != bool(_PLACE.search(b)):
        return False
    if not a or not b:
        return True
    return all(people) or bool(_stems(a) & _stems(b))


def same_noun(one: Fact, two: Fact) -> float:
    """Give how much the noun behind two counts says that they are one: people are counted everywhere."""
    if one.sort != "count" or two.sort != "count":
        return 0.0
    a, b = _noun(one), _noun(two)
    if _PEOPLE.search(a) and _PEOPLE.search(b):
        return 0.4
    head = {w.lower().rstrip("s") for x in (a, b) for w in x.split()[:2]}
    return (1.6 if len(head) < len(a.split()[:2]) + len(b.split()[:2]) else 1.0) if _stems(a) & _stems(b) else 0.0


def follows(one: Fact, two: Fact, sentences: dict[int, list[Fact]]) -> bool:
    """Say whether a number is a sum, difference, remainder or share of the numbers that stand beside another."""
    found = [f for f in sentences[two.sentence] if f is not two]
    half = max(one.half, 0.5 * 10**-one.decimals) * 1.05
    raw = float(one.digits)
    if one.sort == "percent" and any(f.sort == "percent" and abs(100 - float(f.digits) - raw) <= half for f in found):
        return True
    for a, b in combinations(found[:14], 2):
        low, high = sorted((float(a.digits), float(b.digits)))
        same = a.sort == b.sort == one.sort or "cell" in (a.sort, b.sort)
        if same and (abs(high - low - raw) <= half * 2 or abs(high + low - raw) <= half * 2):
            return True
        if high and one.sort == "percent" and a.sort == b.sort and min(
            abs(100 * low / high - raw), abs(100 * (high - low) / high - raw),
            abs(100 * (high - low) / (low or 1) - raw),
        ) <= half:  # fmt: skip
            return True
    return False


def _near_words(one: Fact) -> str:
    before = re.split(r"[;.]\s", one.before)[-1][-70:]
    return (_MARK.sub("", before) + " " + _MARK.sub("", re.split(r"[;.]\s", one.after)[0][:40])).lower()


def _qualified(one: Fact) -> frozenset[str]:
    found = {m.lastgroup or "" for m in _QUALIFIER.finditer(_near_words(one))}
    return frozenset(found | {"relative"} if _RELATIVE.match(one.after) else found)


def _times(one: Fact, sentences: dict[int, list[Fact]]) -> frozenset[float]:
    if one.sort == "time":
        return frozenset()
    return frozenset(
        f.value for f in sentences[one.sentence] if f.sort == "time" and f is not one and _AT.search(f.before)
    )


_OF = Expression(r"(?: ?/ ?| (?:out )?of (?:the |these |all |our ){0,3})⟨c\d+⟩")
"""'421 of the 6180 donors': what is counted stands behind the number it is a share of."""


def _noun(one: Fact) -> str:
    after = one.after[found.end() :] if (found := _OF.match(one.after)) else one.after
    return " ".join(re.split(r"[(),;.⟨]", after)[0].replace("-", " ").split()[:4])


@lru_cache(maxsize=4096)
def _stems(words: str) -> frozenset[str]:
    return subjects(words) | {w.lower()[:5] for w in words.split() if len(w) > 4}


__all__ = ["alike", "apart", "follows", "nouns_agree", "same_noun"]
