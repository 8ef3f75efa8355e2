"""Rates with the events and the time at risk that a sentence tells of them, in whatever order and words.

"38 falls during 1520 person-years, i.e. 25.0 per 1000"; "167 over 4015 person-years with it and 245 over 5615 without,
41.6 and 43.6 per 1000"; "exposure was 231.5 patient-years. Zoster developed in seven patients, 3.0 per 100"; "92 deaths
among 6571 births; mortality was 14.0 per thousand".

The numbers of a sentence are read as a row of events, times and rates; what stands between two of a kind does not
matter. People who were followed are no events: "300 patients were followed for 1200 patient-years".
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from evsynth.checks.scanned.facts.effects_told import intervals_of
from evsynth.checks.scanned.facts.marked import Marked, Number, marked
from evsynth.text.expressions import Expression

TIME = Expression(r"year|day|month|week|night|hour|\bp-?y|PY", re.I)


class Token(NamedTuple):
    """A number in the row: `E` events, `T` time at risk (or what a rate without time is of), `R` a rate."""

    letter: str
    number: Number
    start: int
    end: int
    scale: float
    unit: str


class Row(NamedTuple):
    """A rate with its events and its time; each None where an earlier sentence must tell it."""

    rate: Token
    events: Token | None
    time: Token | None


_BASES = {"hundred": 1e2, "thousand": 1e3, "ten thousand": 1e4, "hundred thousand": 1e5, "million": 1e6}
_PER = Expression(
    r"^(?: (?!and\b|or\b)[a-z-]+){0,4} ?(?:\bper|/|for (?:every|each)|in every) ?(?:⟨[ucxmd](?P<s>\d+)⟩|(?P<w>(?:ten |"
    r"hundred )?(?:hundred|thousand|million)\b)|(?=(?:person|patient|participant|child|subject|wom[ae]n|device|"
    r"catheter|bed|resident)[ -](?:year|day|month|week)))(?P<unit>[^⟨.;,]{0,24})"
)
_LISTED = Expression(r"^(?: [a-z]+){0,4},? (?:and|or|versus|vs?|against|compared with|as against|to)(?: [a-z]+){0,5} $")
_PEOPLE = Expression(
    r"^ (?:[a-z-]+ ){0,3}?(?:patients|participants|people|persons|individuals|children|adults|women|men|subjects|"
    r"infants|recipients|residents|workers|girls|boys|students|dogs|cats|horses|cows|animals|mothers|survivors|"
    r"(?:hospital|clinic|centre|center|countr|unit|ward|herd|farm|stud|trial|cohort|site|practice)(?:s|y|ies))\b"
    r"(?P<after>[^⟨.;]{0,40})"
)
_BEFELL = Expression(
    r"\b(?:develop|occur|seen|record|observ|diagnos|noted|found|report|arose|suffer|experienc|affect|befell|happen|"
    r"detect|identif|document)\w*(?: [a-z]+){0,3} (?:in|by|among|of|for) (?:a total of |only |the )?$", re.I,
)  # fmt: skip
_DID = Expression(
    r"^ (?:who )?(?:had (?!been (?:follow|observ))|died|develop|suffer|experienc|relaps|fell|sustain|were (?:diagnos|"
    r"hospitali|admitted|infected)|underwent|reached|met )", re.I,
)  # fmt: skip
_WHOSE = Expression(r"^ (?:[a-z-]+ ){1,4}?(?:[a-z]+(?:ed|en|rose) )?(?:in|by|among) (?:only )?$")
"""From events to those whom they befell: "Thirteen serious infections arose in nine patients"."""
_OVER = Expression(r"\b(?:in|over|during|among|from|across|within|for|of|per|on)(?: (?:the|a total of|some|about))? $")
_OF = Expression(r"\b(?:among|in|of|out of|from|over|for|across)(?: (?:the|a total of|some|all|our))? $")
_ARM = Expression(r"\b(?:arm|group) \| (?:in|over|during|of|for) ")
"""A count behind the name of its group, "in the control arm 60 in 4750"."""
_NO_EVENT = Expression(r"(?:\b[nN] ?= ?|\bICD-?|\b(?:aged|age|day|week|month|year|grade|stage) )$")
_NAME = Expression(r"^-?[A-Z]|^ ?(?:⟨|/)|^[- ](?:item|fold|month|year|week|day|hour|point|arm|bed|cent)\w*\b")
_TIMES_NAMED = Expression(
    r"\b[A-Za-z]+-(?:years|days|months|weeks|nights|hours)(?: of [a-z]+| at risk)?(?: (?:was|were|are|amounted to|"
    r"totalled|numbered|came to)|:|,)(?: [a-z]+){0,2} ⟨[cx](?P<a>\d+)⟩(?:[^⟨.;]{0,40}\b(?:and|versus|vs|"
    r"v)\b[^⟨.;]{0,30}"
    r"⟨[cx](?P<b>\d+)⟩)?"
)
"""Times told behind their name: "Catheter-days were 18 460 with the drug and 18 112 without"."""
_LEFT_OUT = frozenset("lyposr")


@lru_cache(maxsize=4096)
def plainly(words: str) -> Marked:
    """Read a sentence with its numbers as marks, and without the points of "i.e." that would end it."""
    sentence = marked(words)
    text = re.sub(r"\bi\. ?e\.,?", "that is", sentence.text) if "i.e" in words or "i. e" in words else sentence.text
    return sentence._replace(text=text)


@lru_cache(maxsize=4096)
def tokens(words: str) -> tuple[Token, ...]:
    """Give the events, times and rates of a sentence in the order they stand."""
    sentence = plainly(words)
    text, limits = sentence.text, intervals_of(sentence)
    at = [(m.start(), int(m[1]), m.end()) for m in re.finditer(r"⟨[a-z](\d+)⟩", text)]
    rates = _rates(sentence, at, limits)
    bases = {int(p["s"]) for _, i, end in at if i in rates and (p := _PER.match(text[end:])) and p["s"]}
    timed = any(TIME.search(unit) for _, unit in rates.values()) or any(n.kind == "t" for n in sentence.numbers)
    named = {int(i) for m in _TIMES_NAMED.finditer(text) for i in m.groups() if i} if "s" in text else set[int]()
    found: list[Token] = []
    for start, i, end in at:
        n, before, after = sentence.numbers[i], text[:start], text[end:]
        if i in rates:
            found.append(Token("R", n, start, end, *rates[i]))
        elif i in limits or i in bases or n.kind in _LEFT_OUT or n.kind == "u":
            continue
        elif n.kind == "t" or (i in named and n.printed.value >= 100):
            found.append(Token("T", n, start, end, 1.0, after[:40]))
        elif _under(found, n, text, start, timed=timed):
            unit = next((t.unit for t in found if t.letter == "T"), "") if timed else ""
            found.append(Token("T", n, start, end, 1.0, unit))
        elif (
            (n.kind == "c" or _ARM.search(before[-8:] + "|" + after[:9]))
            and n.whole
            and not _NO_EVENT.search(before[-12:])
            and _counted(before[-90:], after)
            and not (found and found[-1].letter == "E" and _WHOSE.match(text[found[-1].end : start]))
        ):
            found.append(Token("E", n, start, end, 1.0, ""))
    return tuple(found)


def _rates(sentence: Marked, at: list[tuple[int, int, int]], limits: frozenset[int]) -> dict[int, tuple[float, str]]:
    """Give the numbers that are rates, each with its base and unit; those listed before one with it."""
    text, found = sentence.text, dict[int, tuple[float, str]]()
    following: tuple[int, int] | None = None
    for start, i, end in reversed(at):
        n = sentence.numbers[i]
        if i in limits or n.kind not in "dcx":
            continue
        if (per := _PER.match(text[end:])) is not None:
            base = float(sentence.numbers[int(per["s"])].printed.value) if per["s"] else _BASES.get(per["w"], 1.0)
            if base in (1, 10, 1e2, 1e3, 1e4, 1e5, 1e6) and (n.kind != "c" or n.whole < max(base, 10)):
                found[i] = base, per["unit"]
        elif following is not None and n.kind == "d" and _LISTED.match(text[end : following[1]]):
            found[i] = found[following[0]]
        if i in found:
            following = i, start
    return found


def _under(found: list[Token], n: Number, text: str, start: int, *, timed: bool) -> bool:
    """Say whether a number stands under events as time does: "and 1987 over 5105", or "92 deaths among 6571 births"."""
    if not found or found[-1].letter != "E" or n.kind not in "cx" or n.printed.decimals or not n.whole:
        return False
    between = text[found[-1].end : start]
    if n.whole <= found[-1].number.whole or len(between) > 60 or re.search(r"[;.()]", between):
        return False
    if timed:
        return any(t.letter == "T" for t in found) and _OVER.search(between) is not None and n.whole >= 100
    return _OF.search(between) is not None and n.whole >= 20


def _counted(before: str, after: str) -> bool:
    """Say whether a count is one of events: of people only where something befell them."""
    if _NAME.match(after):
        return False
    people = _PEOPLE.match(after)
    return people is None or _BEFELL.search(before) is not None or _DID.match(people["after"]) is not None


@lru_cache(maxsize=4096)
def rows(words: str) -> tuple[Row, ...]:
    """Give the rates of a sentence with the events and time they stand with, where their order leaves no doubt."""
    told, found, at = tokens(words), list[Row](), 0
    letters = "".join(t.letter for t in told)
    for order in ("RET", "RTE"):
        if letters and letters == order * (len(letters) // 3):
            e, t = order.index("E"), order.index("T")
            return tuple(Row(told[i], told[i + e], told[i + t]) for i in range(0, len(told), 3))
    while at < len(told):
        if told[at].letter != "R":
            at += 1
            continue
        first = max((i + 1 for i in range(at) if told[i].letter == "R"), default=0)
        last = at
        while last + 1 < len(told) and told[last + 1].letter == "R":
            last += 1
        found += _of_run(told[first:at], told[at : last + 1])
        at = last + 1
    return tuple(found)


def _of_run(lead: tuple[Token, ...], run: tuple[Token, ...]) -> list[Row]:
    letters = "".join(t.letter for t in lead)
    if len(run) == 1:
        if letters in ("ET", "TE"):
            return [Row(run[0], lead[letters.index("E")], lead[letters.index("T")])]
        if letters.endswith("ET") and letters.count("T") == 1:
            return [Row(run[0], lead[-2], lead[-1])]
        return [Row(run[0], lead[0] if lead else None, None)] if letters in ("", "E") else []
    for order in ("ET", "TE"):
        if letters == order * len(run) or (letters == "E" + order * len(run) and order == "ET"):
            pairs = lead[-2 * len(run) :]
            told = zip(run, pairs[::2], pairs[1::2], strict=True)
            return [Row(rate, *((one, two) if order == "ET" else (two, one))) for rate, one, two in told]
    return []
