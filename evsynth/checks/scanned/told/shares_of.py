"""Shares told without their denominator, whose denominator the text gives: sizes of two groups, or "of these"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.told.counts import WORD, counts, value
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.counting import denominators_that_print, percent_span
from evsynth.reanalyse.result import meets

CODES = ("COUNT_PERCENT",)

_N = r"\d+(?:[.·]\d+)?"
_K = r"(?<![\w.,·/<>=±-])"
_PAIR = re.compile(
    rf"{_K}(?P<k1>\d{{1,4}})\s?[(\[]\s?(?P<p1>{_N})\s?%\s?[)\]]\s?(?:[a-z-]+\s){{0,6}}?(?:and|vs\.?|versus|v|"
    rf"compared with)\s(?:[a-z-]+\s){{0,4}}?(?P<k2>\d{{1,4}})\s?"
    rf"[(\[]\s?(?P<p2>{_N})\s?%\s?[)\]](?!\s?(?:of|,?\s?and\s\d))",
    re.I,
)
_THESE = re.compile(
    rf"{_K}(?P<k>\d{{1,4}})\s?[(\[]\s?(?P<p>{_N})\s?%\s?[)\]]\s(?:of (?:these|them)|of whom)"
    r"(?=[\s.,;:]\s?(?!\d))(?!\s[a-z]+s\b)",
    re.I,
)
_THESE_AFTER = re.compile(rf"\b[Oo]f these,?\s(?:[a-z]+\s){{0,2}}?(?P<k>\d{{1,4}})\s?[(\[]\s?(?P<p>{_N})\s?%\s?[)\]]")
_WORDS_OF = re.compile(
    rf"\b(?P<k>{WORD})\s(?:out )?of (?:the |these )?(?P<n>\d{{1,5}})\s[a-z]+\s?[(\[]\s?(?P<p>{_N})\s?%\s?[)\]]"
)
_WHOLE = re.compile(r"(?<![\d.,·/])(\d{1,3}(?:[, ]\d{3})+|\d+)(?![\d·%]|[.,]\d|\s?%)")
_SIZE = re.compile(r"(?<![\w.,·/±-])(\d{1,3}(?:,\d{3})+|\d{2,5})(?![\d.·%/]*\d|\s?%|,\d)")
_MISSING = re.compile(r"missing|available|unknown|not (?:recorded|measured|assessed|known)|evaluable", re.I)
MISSING = 0.9
"""A denominator above this share of the group may be that of patients with data."""


def shares_of(reading: Reading) -> Iterator[Finding]:
    """Check shares of two groups, and shares "of these", against the numbers they can be of."""
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    text = " ".join(x.words for x in every)
    whole = {int(re.sub(r"[, ]", "", m[1])) for m in _WHOLE.finditer(text)} | {c.value for c in counts(text)}
    sizes = {pair for x in every for pair in _sizes(x.words)}
    for line in every:
        if line.role == "methods":
            continue
        for match in _PAIR.finditer(line.words):
            yield from _pair(reading, line, match, whole, sizes)
        for match in _WORDS_OF.finditer(line.words):
            yield from _in_words(reading, line, match)
        for match in (*_THESE.finditer(line.words), *_THESE_AFTER.finditer(line.words)):
            yield from _these(reading, every, line, match)


def _pair(
    reading: Reading, line: Line, match: re.Match[str], whole: set[int], sizes: set[tuple[int, int]]
) -> Iterator[Finding]:
    k = [int(match["k1"]), int(match["k2"])]
    p = [Printed.parse(match["p1"]), Printed.parse(match["p2"])]
    if not all(k) or any(x.decimals < 1 or x.value > 100 for x in p):
        return
    fits = [[n for n in whole if n >= count and _prints(count, n, x)] for count, x in zip(k, p, strict=True)]
    if bool(fits[0]) == bool(fits[1]):
        return
    good, bad = (0, 1) if fits[0] else (1, 0)
    partners = {b if good == 0 else a for a, b in sizes if (a if good == 0 else b) in fits[good]}
    partners = {n for n in partners if n >= k[bad] and 0.5 <= n / max(fits[good]) <= 2}
    left = {n - k for n in partners for k in whole if n > k} if _MISSING.search(line.words) else set()
    if not partners or any(_prints(k[bad], n, p[bad]) for n in left):
        return
    hidden = denominators_that_print(p[bad], k[bad], max(partners))
    if any(MISSING * m <= n <= m for n in hidden for m in partners):
        return
    n = min(partners, key=lambda m: abs(100 * k[bad] / m - float(p[bad].value)))
    yield reading.finding(
        "COUNT_PERCENT", "inconsistent",
        f"{k[bad]} ({p[bad]}%) is inconsistent with a group of {n}, which gives {100 * k[bad] / n:.1f}%; the other "
        f"share is of all {max(fits[good])}",
        "data may be missing in one group", quotes=(line.piece(match),),
        computed=(("percent", f"{100 * k[bad] / n:.2f}"),),
    )  # fmt: skip


def _sizes(words: str) -> Iterator[tuple[int, int]]:
    """Give numbers that follow each other closely in a sentence, as the sizes of two groups do."""
    for one, two in pairwise(_SIZE.finditer(words)):
        if two.start() - one.end() <= 60:
            yield int(one[1].replace(",", "")), int(two[1].replace(",", ""))


def _prints(count: int, of: int, percent: Printed) -> bool:
    return of >= count and of > 0 and meets(percent, percent_span(count, of))


def _in_words(reading: Reading, line: Line, match: re.Match[str]) -> Iterator[Finding]:
    """Check "ten of 90 patients (17.1%)"."""
    number, total = value(match["k"]), int(match["n"])
    if number <= total and not _prints(number, total, Printed.parse(match["p"])):
        yield reading.finding(
            "COUNT_PERCENT", "inconsistent",
            f"{number} of {total} is {100 * number / total:.2f}%, inconsistent with {match['p']}%",
            "the share may be of another number", quotes=(line.piece(match),),
            computed=(("percent", f"{100 * number / total:.2f}"),),
        )  # fmt: skip


def _these(reading: Reading, every: list[Line], line: Line, match: re.Match[str]) -> Iterator[Finding]:
    number, percent = int(match["k"]), Printed.parse(match["p"])
    index = every.index(line)
    start = match.start()
    own = list(counts(line.words[:start], line.start))
    if re.search(r"\d\s?%\s?\)?[^.;]{0,60}$", line.words[max(0, start - 60) : start]):
        return  # one of a list of shares
    if not own and index and every[index - 1].section == line.section:
        own = list(counts(every[index - 1].words, every[index - 1].start))
        if len(own) != 1:
            return
    if not own or own[-1].value <= number or percent.value > 100:
        return
    if _prints(number, own[-1].value, percent):
        return
    total = own[-1]
    elsewhere = [c.value for c in own[:-1] if _prints(number, c.value, percent)]
    if not elsewhere and percent.decimals < 1:
        return
    other = f"; {percent}% is of {elsewhere[-1]}" if elsewhere else ""
    yield reading.finding(
        "COUNT_PERCENT", "inconsistent",
        f"{number} ({percent}%) is inconsistent with {total.value}, which gives "
        f"{100 * number / total.value:.1f}%{other}",
        "the share may be of another number than the one told last", quotes=(line.piece(match), total.spot),
        computed=(("percent", f"{100 * number / total.value:.2f}"),),
    )  # fmt: skip
