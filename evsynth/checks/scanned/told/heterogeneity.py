"""I² against Cochran's Q and its degrees of freedom, and against the P of heterogeneity, in any order.

    I² = (Q - df) / Q,  so that  Q = df / (1 - I²)

Where no degrees of freedom are told only a P that none of them gives is found. Higgins & Thompson 2002.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.effects import NUMBER, number
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.distributions import chi_square_tail
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("HETEROGENEITY",)

ROOM = 3.0
"""Factor by which a P of heterogeneity may miss what I² gives: I² may come from another estimator than Q."""
MOST = 60
"""Degrees of freedom that are tried where none are told."""

_SHARE = Expression(
    rf"\bI(?: ?\^? ?2|²|-? ?squared?)(?: statistic| value| index)?\s?(?:=|of|was|is|being|:|,|"
    rf"at)?\s?(?P<i>{NUMBER})\s?%"
)
_Q = Expression(
    rf"(?<![A-Za-z])(?:(?:Cochran(?:['’]?s)? )?Q(?:[- ](?:test|statistic|value))?|(?:χ|[Cc]hi)-?(?:²|2|\^2| ?squared?))"
    rf"\s?(?:[(\[]\s?(?:df\s?=\s?)?(?P<df>\d+)\s?[)\]])?\s?(?:=|of|was|is|:|,)?\s?(?P<q>{NUMBER})(?!\s?%)"
)
_FREEDOM = Expression(
    r"\b(?:df|d\.f\.|degrees? of freedom)\s?(?:=|:|of|was)?\s?(?P<a>\d+)\b(?!\.\d)"
    r"|(?<![\d.])(?P<b>\d+)\s(?:df|d\.f\.|degrees? of freedom)"
)
_P = Expression(
    r"(?<![A-Za-z])[Pp](?:[- ]?values?)?(?:[_ -]?(?P<named>het\w*|"
    r"for (?:the )?heterogeneity))?\s?(?P<p>[=<>≤≥]\s?(?:0?\.\d+|1\.0+))"
    r"(?P<for> for (?:the )?heterogeneity)?"
)
_BRACKET = Expression(r"[(\[][^()\[\]]*(?:[(\[][^()\[\]]*[)\]][^()\[\]]*)*[)\]]")
_ESTIMATE = Expression(r"\b(?:ratios?|differences?|RRs?|ORs?|HRs?|W?MDs?|SMDs?|effects?|CI)\b", re.I)


def heterogeneity(reading: Reading) -> Iterator[Finding]:
    """Check every I² whose bracket, or else sentence, tells one Q, or a P that is of heterogeneity."""
    for line in lines(reading, ("abstract", "methods", "results", "body", "figure legend", "discussion")):
        shares = list(_SHARE.finditer(line.words))
        for share in shares:
            start, end = _around(line, share, alone=len(shares) == 1)
            yield from _judged(reading, line, share, start, end)


def _around(line: Line, share: re.Match[str], *, alone: bool) -> tuple[int, int]:
    """Give the offsets of the words about an I²: its bracket, or the sentence where it tells no other."""
    for bracket in _BRACKET.finditer(line.words):
        if bracket.start() < share.start() < bracket.end():
            inside = bracket.span()
            if _Q.search(line.words, *inside) or not alone:
                return inside
    return (0, len(line.words)) if alone else share.span()


def _judged(reading: Reading, line: Line, share: re.Match[str], start: int, end: int) -> Iterator[Finding]:
    printed = number(share["i"])
    found = [m for m in _Q.finditer(line.words, start, end) if m.start() != share.start()]
    free = {int(m["a"] or m["b"]) for m in _FREEDOM.finditer(line.words, start, end)}
    free |= {int(m["df"]) for m in found if m["df"]}
    df = free.pop() if len(free) == 1 else None
    if float(printed) >= 100:
        return
    if len(found) == 1 and df:
        q = span(number(found[0]["q"]))
        made = Span(*(max(0.0, 100 * (x - df) / x) if x > 0 else 0.0 for x in q))
        own = span(printed)
        if own.low > made.high + 1 or own.high < made.low - 1:
            at = min(share.start(), found[0].start()), max(share.end(), found[0].end())
            yield reading.finding(
                "HETEROGENEITY", "inconsistent",
                f"I² {printed}% is inconsistent with Q {found[0]['q']} on {df} df, which gives {made.middle:.3g}%",
                "I² may come from another estimator of the variance between studies",
                quotes=((line.start + at[0], line.start + at[1]),),
                computed=(("I²", f"{made.low:.4g} to {made.high:.4g}"),),
            )  # fmt: skip
        return
    p = _of_heterogeneity(line, share, start, end)
    if p is not None and not found:
        yield from _against_p(reading, line, share, printed, p, df)


def _of_heterogeneity(line: Line, share: re.Match[str], start: int, end: int) -> re.Match[str] | None:
    """Give the P that is of heterogeneity: named so, or the only number right beside I²."""
    every = list(_P.finditer(line.words, start, end))
    named = [m for m in every if m["named"] or m["for"]]
    beside = [
        m for m in every
        if re.fullmatch(r"\s?[,;]\s?(?:and )?", line.words[share.end() : m.start()])
        or re.fullmatch(r"\s?[,;]\s?(?:and )?", line.words[m.end() : share.start()])
    ]  # fmt: skip
    lead = line.words[start : min([share.start(), *(m.start() for m in beside)])]
    last = re.split(r"[;]", lead)[-1]
    if len(named) == 1:
        return named[0]
    return (
        beside[0]
        if len(beside) == 1 and re.search("heterogen|inconsisten", last) and not _ESTIMATE.search(last)
        else None
    )


def _against_p(
    reading: Reading, line: Line, share: re.Match[str], printed: Printed, told: re.Match[str], df: int | None
) -> Iterator[Finding]:
    p = Printed.parse(re.sub(r"[\s=]", "", told["p"]))
    low, high = (min(99.9, max(0.0, x)) / 100 for x in span(printed))
    tried = [df] if df else list(range(1, MOST + 1))
    most = max(chi_square_tail(d / (1 - low), d) for d in tried)
    least = min(chi_square_tail(d / (1 - high), d) for d in tried) if df or float(printed) == 0 else 0.0
    lowest = 0.0 if p.bound in ("<", "≤") else span(p).low
    highest = 1.0 if p.bound in (">", "≥") else span(p).high
    if lowest <= most * ROOM and highest >= least / ROOM:
        return
    at = min(share.start(), told.start()), max(share.end(), told.end())
    gives = f"at most {most:.2g}" if lowest > most else f"at least {least:.2g}"
    yield reading.finding(
        "HETEROGENEITY", "inconsistent",
        f"P {p} of heterogeneity is inconsistent with I² {printed}%, which gives {gives}"
        + (f" on {df} df" if df else " on any degrees of freedom"),
        "I² may come from another estimator of the variance between studies",
        quotes=((line.start + at[0], line.start + at[1]),), computed=(("P", gives),),
    )  # fmt: skip
