"""Ages and durations of one disease: onset, diagnosis and now come in this order, and duration joins two of them.

Mean age 54.2, at diagnosis 41.6, mean duration since then 12.6 years: of the same patients the means add up. Nobody is
diagnosed before the first symptoms, so mean and median age at diagnosis are not below those at onset.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.passages import Passage, passages
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("DATES",)

_N = r"(?P<v>\d{1,3}(?:\.\d+)?)(?![\d%])"
_GAP = r"(?:[^.;\d()]|\.(?!\s)){0,45}?\(?"
_SD = r"(?:\s?(?:±|\((?:SD )?±?)\s?\d+(?:\.\d+)?\)?)?"
_AT = {
    "onset": r"(?:symptom |disease |first |the )*(?:onset|beginning|symptoms?|manifestation|seizure|episode)",
    "diagnosis": r"(?:first |initial |the |their |time of )*(?:diagnosis|being diagnosed)",
    "now": r"(?:the )?(?:time of (?:the )?)?(?:study|inclusion|enrol+ment|visit|assessment|examination|entry|"
           r"baseline|interview|"
           r"survey|evaluation|participation|recruitment)(?: (?:visit|entry|inclusion))?",
}  # fmt: skip
_AGE = {
    k: Expression(rf"\b(?P<how>mean|median|average)\s(?:[a-z]+\s)?age\s(?:at|of)\s{v}\b{_GAP}{_N}|"
                  rf"\bage\s(?:at|of)\s{v}\b,?\s?\(?(?P<how2>mean|median|"
                  rf"average){_GAP}{_N.replace('<v>', '<v2>')}", re.I)
    for k, v in _AT.items()
}  # fmt: skip
_VERBS = {
    "onset": Expression(r"\b(?:symptoms|disease|onset|seizures|complaints)\b[^.;\d]{0,25}\b(?:began|started|"
                        r"appeared|occurred|set in|"
                        rf"was|developed)\b[^.;\d]{{0,15}}\bat (?:a |an )?(?P<how>mean|median|"
                        rf"average)\s(?:age\s)?(?:of\s)?{_N}", re.I),
    "diagnosis": Expression(r"\b(?:diagnosis|diagnosed)\b[^.;\d]{0,35}\bat (?:a |an )?(?P<how>mean|median|"
                            r"average)\s(?:age\s)?(?:of\s)?" + _N, re.I),
}  # fmt: skip
_NOW = Expression(
    rf"\b(?P<how>mean|median|average)\s(?:[a-z]+\s)?age\b(?!\s(?:at|of)\s(?!\d))(?:\s(?:was|of|"
    rf"is))?[\s,:=(]{{1,3}}{_N}",
    re.I,
)
_LONG = Expression(rf"\b(?P<how>mean|median|average)\s(?:disease\s|illness\s|symptom\s)?(?:duration|"
                   rf"time)\b(?P<of>[^.;\d()]{{0,45}}?)\(?{_N}{_SD}\s?"
                   r"(?:years?|yrs?|y)\b", re.I)  # fmt: skip


class _Told(NamedTuple):
    how: str
    printed: Printed
    start: int
    end: int


def life_course(reading: Reading) -> Iterator[Finding]:
    """Compare mean ages with the mean duration between them, and ages at onset with those at diagnosis.

    Left alone: groups told side by side, and means beside medians.
    """
    for _, near in passages(reading, _FIRST, 1, 2):
        more = {**{k: (v,) for k, v in _VERBS.items()}, "now": (_NOW,)}
        first, then, now = (_one(near, (_AGE[k], *more[k])) for k in ("onset", "diagnosis", "now"))
        long = list(_LONG.finditer(near.words))
        found: tuple[tuple[_Told, ...], str] | None = None
        if first and then and first.how == then.how and span(then.printed).high < span(first.printed).low:
            words = (
                f"age {then.printed} at diagnosis is inconsistent with age {first.printed} at onset, which comes first"
            )
            found = (first, then), words
        elif len(long) == 1 and now and long[0]["how"].lower() == now.how == "mean":
            found = _since(long[0], first, then, now)
        if found is not None:
            yield reading.finding(
                "DATES", "inconsistent", found[1],
                "the values may be of different patients; otherwise a digit is misprinted",
                quotes=tuple(near.spot(t.start, t.end) for t in found[0]),
            )  # fmt: skip
            return


_FIRST = Expression(
    r"\bage (?:at|of) (?:[a-z]+ ){0,3}?(?:diagnosis|onset|symptoms)|\b(?:symptoms|disease|"
    r"diagnosed)\b[^.;\d]{0,40}\bage\b",
    re.I,
)


def _one(near: Passage, patterns: tuple[Expression, ...]) -> _Told | None:
    """Give the one age that the patterns read; None where they read several."""
    found = []
    for pattern in patterns:
        for m in pattern.finditer(near.words):
            groups = m.groupdict()
            name = "v2" if groups.get("v2") else "v"
            how = "median" if (groups.get("how2") or m["how"] or "").lower() == "median" else "mean"
            found.append(_Told(how, Printed.parse(m[name]), *m.span(name)))
    return found[0] if len({(t.start, t.end) for t in found}) == 1 else None


def _since(
    long: re.Match[str], first: _Told | None, then: _Told | None, now: _Told
) -> tuple[tuple[_Told, ...], str] | None:
    """Say what is wrong where the mean age now is not that at onset, or diagnosis, and the mean time since."""
    diagnosed, began = (re.search(x, long["of"]) for x in ("diagnos", "onset|symptom"))
    since = then if diagnosed else first if began else then or first
    if since is None or since.how != "mean" or (then and first and not diagnosed and not began):
        return None
    length = Printed.parse(long["v"])
    one, two = span(since.printed), span(length)
    if Span(one.low + two.low - 0.6, one.high + two.high + 0.6).meets(span(now.printed)):
        return None
    words = f"a mean age of {now.printed} is inconsistent with {since.printed} and {length} years since"
    return (now, since, _Told("mean", length, *long.span("v"))), words
