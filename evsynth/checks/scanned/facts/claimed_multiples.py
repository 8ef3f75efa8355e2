"""Words for a multiple, "twice as common", "0.6 times as likely", "rose threefold", and the quotients they can mean."""

from __future__ import annotations

import re
from typing import NamedTuple

from evsynth.text.expressions import Expression

_WORDS = {"half": 0.5, "twice": 2.0, "double": 2.0, "doubled": 2.0, "doubling": 2.0, "thrice": 3.0, "treble": 3.0,
          "triple": 3.0, "tripled": 3.0, "trebled": 3.0, "quadruple": 4.0, "quadrupled": 4.0, "halved": 0.5,
          "a third": 1 / 3, "one third": 1 / 3, "two thirds": 2 / 3, "a quarter": 0.25, "one quarter": 0.25,
          }  # fmt: skip
_SMALL = {
    "two": 2.0,
    "three": 3.0,
    "four": 4.0,
    "five": 5.0,
    "six": 6.0,
    "seven": 7.0,
    "eight": 8.0,
    "nine": 9.0,
    "ten": 10.0,
}
_NUMBER = rf"(?:(?<![\d.,·/])\d{{1,3}}(?:[.·]\d+)?|{'|'.join(_SMALL)})"
_HEDGE = (
    r"(?:(?P<hedge>more than|over|at least|well over|less than|under|nearly|almost|close to|just under|just over|about|"
    r"roughly|some|around|approximately|only) )?"
)
MULTIPLE = Expression(
    rf"\b{_HEDGE}(?:(?P<w>twice|thrice|half|double|triple|treble|quadruple|a third|one third|two thirds|a quarter|"
    rf"one quarter)(?: (?P<as>as)\b(?! long ago| well)| (?:that|those|the (?:rate|risk|number|share|proportion|"
    rf"frequency|"
    r"incidence|prevalence|odds|percentage))\b)"
    rf"|(?P<t>{_NUMBER})[ -]times (?:(?P<as2>as)\b|(?P<more>more|higher|greater|larger|commoner|likelier|that|the "
    rf"(?:rate|"
    rf"risk|number|share|proportion|frequency|incidence|prevalence))\b)"
    rf"|(?P<f>{_NUMBER})[ -]?fold (?P<fold>higher|greater|more|increase|rise|excess|difference|larger|risk|as)\b"
    rf"|(?:increased|rose|grew|risen|went up|climbed|higher|greater)(?: by)? (?P<g>{_NUMBER})[ -]?fold"
    rf"|(?P<v>doubled|tripled|trebled|quadrupled|halved)\b(?! (?:the )?dose))",
    re.I,
)  # fmt: skip


class Claimed(NamedTuple):
    """The least and the greatest quotient a word can stand for, whether the first group is named, and decimals told."""

    low: float
    high: float
    ordered: bool
    exact: bool


def claimed(match: re.Match[str]) -> Claimed | None:
    """Give what a match of `MULTIPLE` says, None for nothing."""
    word = (match["w"] or match["t"] or match["f"] or match["g"] or match["v"]).lower()
    times = _WORDS.get(word) or _SMALL.get(word) or float(word.replace("·", "."))
    if times <= 0:
        return None
    exact = "." in word or "·" in word
    room = 0.1 if exact else 0.3 if times > 1 else 0.28
    low, high = times * (1 - room), times * (1 + room)
    hedge = (match["hedge"] or "").lower()
    if hedge in ("more than", "over", "at least", "well over", "just over"):
        high = times * (1.9 if times > 1 else 1.5)
    if match["g"]:
        high = max(high, (times + 1) * (1 + room / 2))
    if match["more"] or (match["fold"] or "").lower() in ("higher", "greater", "more", "increase", "rise", "larger"):
        high = max(high, (times + 1) * (1 + room / 2))  # "twice more" may be three times as many
    ordered = bool(match["as"] or match["as2"])
    return Claimed(low, high, ordered, exact)
