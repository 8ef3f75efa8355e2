"""A measured value and all that is told with it: standard deviation, standard error, size, interval, quartiles, range.

The pieces may stand in any order behind the value, in one bracket or several, in words or signs; the size also before
it ("aligner wearers (n = 18) 6.5"). What "(6.1)" means is read from "mean (SD)" anywhere near. Made for every check of
what the pieces give together.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from evsynth.checks.scanned.facts.told_numbers import Told, told_numbers
from evsynth.text.expressions import Expression

_PEOPLE = Expression(
    r"\s(?:[a-z-]+\s){0,2}?(?:patients|participants|people|children|women|men|subjects|adults|cases|controls|infants|"
    r"girls|boys|volunteers|persons|pupils|students|nurses|residents|mothers|births|operations|assessed|analysed|"
    r"analyzed|measured|available|diaries|eyes|knees|hips|samples|animals|mice|rats|dogs)\b", re.I,
)  # fmt: skip
_FOR = Expression(r"\b(?:for|in|among|of|from|across|by|on)\s(?:the |all |these |those )?$")
_MEAN_SD = Expression(
    r"\b(?:means?|averages?|values?)\s?[(\[,;±+/-]{1,4}\s?(?:SD|S\.D\.|s\.d\.|standard deviations?)|"
    r"\bSDs? (?:in|between) (?:brackets|parentheses)"
)
_MEAN_SE = Expression(r"\b(?:means?|averages?|values?)\s?[(\[,;±+/-]{1,4}\s?(?:SEM?|S\.E\.|s\.e\.|standard errors?)")
_ALONE = Expression(r"^\s?(?:[A-Za-z%°µ/²³]{1,12}\s?)?[(\[]\s?$")


class Measure(NamedTuple):
    """A value with its pieces; each is None where it is not told."""

    value: Told
    sd: Told | None = None
    se: Told | None = None
    n: Told | None = None
    low: Told | None = None
    high: Told | None = None
    level: float = 95.0

    @property
    def size(self) -> int | None:
        """The number of those measured."""
        return int(self.n.printed.value) if self.n is not None else None

    @property
    def end(self) -> int:
        """Where the last of its pieces ends."""
        pieces = (self.value, self.sd, self.se, self.n, self.low, self.high)
        return max(x.stop for x in pieces if x is not None)


@lru_cache(maxsize=4096)
def told_measures(words: str, around: str = "") -> tuple[Measure, ...]:
    """Give the measured values of a sentence; `around` is where brackets and ± may be explained."""
    numbers = told_numbers(words)
    said = f"{around} {words}"
    bare = (
        "sd"
        if _MEAN_SD.search(said) and not _MEAN_SE.search(said)
        else "se"
        if _MEAN_SE.search(said) and not _MEAN_SD.search(said)
        else ""
    )
    bare = bare or ("sd" if any(t.part == "sd" for t in numbers) and not any(t.part == "se" for t in numbers) else "")
    bare = bare or next((k for t in numbers if t.part == "spread" and (k := _kind_behind(words, t.stop))), "")
    found: list[Measure] = []
    before = _sizes_before(numbers)
    waiting: Told | None = None
    level = 95.0
    for at, t in enumerate(numbers):
        last = found[-1] if found else None
        free = (
            last is not None
            and t.start - last.end < 60
            and not _cut(words[last.value.start : last.end], words[last.end : t.start])
        )
        if _is_size(t):
            if before:
                waiting = t
            elif last is not None and last.n is None and free:
                found[-1] = last._replace(n=t)
        elif t.part == "level":
            level = float(t.printed.value)
        elif t.part in ("sd", "se") and last is not None and free and getattr(last, t.part) is None:
            found[-1] = last._replace(sd=t) if t.part == "sd" else last._replace(se=t)
        elif t.part == "spread" and last is not None and free and last.sd is None and last.se is None:
            kind = _kind_behind(words, t.stop) or bare
            if kind:
                found[-1] = last._replace(sd=t) if kind == "sd" else last._replace(se=t)
        elif t.part == "low" and last is not None and free and at + 1 < len(numbers) and numbers[at + 1].part == "high":
            found[-1] = last._replace(low=t, high=numbers[at + 1], level=level)
            level = 95.0
        elif t.part == "value" or (t.part == "count" and _mean_before(t)) or t.part == "percent":
            if (
                last is not None
                and bare
                and last.sd is None
                and last.se is None
                and _ALONE.match(words[last.value.end : t.start])
                and re.match(r"\s?[)\]]", words[t.end :])
            ):
                found[-1] = last._replace(sd=t) if bare == "sd" else last._replace(se=t)
                continue
            found.append(Measure(t, n=waiting))
            waiting = None
    return tuple(found)


def _cut(inside: str, between: str) -> bool:
    """Say whether a sentence, or a clause outside brackets, ends between two numbers."""
    if re.search(r"\.\s(?=[A-Z(])(?<!S\.[DE]\. )", between):
        return True
    at = between.find("; ")
    text = inside + between[: max(at, 0)]
    return at >= 0 and text.count("(") + text.count("[") <= text.count(")") + text.count("]")


def _mean_before(t: Told) -> bool:
    return re.search(r"\b(?:mean|median|average[ds]?|averaging)\b[^,;]*$", t.before[-50:], re.I) is not None


def _is_size(t: Told) -> bool:
    if t.part == "n":
        return True
    return (
        t.part == "count" and t.whole and t.printed.value > 1 and bool(_PEOPLE.match(t.after) or _FOR.search(t.before))
    )


def _sizes_before(numbers: tuple[Told, ...]) -> bool:
    """Say whether sizes stand before their values: "(n = 22) had a mean of 8.0, ... (n = 18) 6.5"."""
    kinds = "".join("n" if _is_size(t) else "v" for t in numbers if _is_size(t) or t.part == "value")
    return re.search(r"^n*(?:nv){2,}v?$", kinds) is not None


def _kind_behind(words: str, at: int) -> str:
    """Give what a spread is called behind it: "0.81 ± 0.10 (SD)"."""
    m = re.match(r"\s?(?:[A-Za-z/%µ]{1,10}\s)?[(\[]?(SD|S\.D\.|s\.d\.|SEM?|S\.E\.|s\.e\.)(?![A-Za-z])", words[at:])
    return "" if m is None else "se" if "e" in m[1].lower() else "sd"
