"""Shares "of these", told without their denominator, against the number told last before them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.counts import counts
from evsynth.checks.scanned.facts.denominators import printed_numbers
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.counting import last_digit, percent_span
from evsynth.reanalyse.result import meets
from evsynth.text.expressions import Expression

CODES = ("COUNT_PERCENT",)

_N = r"\d+(?:[.·]\d+)?"
_K = r"(?<![\w.,·/<>=±-])"
_THESE = Expression(
    rf"{_K}(?P<k>\d{{1,4}})\s?[(\[]\s?(?P<p>{_N})\s?%\s?[)\]]\s(?:of (?:these|them)|of whom)"
    r"(?=[\s.,;:]\s?(?!\d))(?!\s[a-z]+s\b)",
    re.I,
)
_WHOM = Expression(rf"{_K}(?P<k>\d{{1,4}}) of (?:whom|them|these),? ?[(\[]\s?(?P<p>{_N})\s?%\s?[)\]]")
_THESE_AFTER = Expression(rf"\b[Oo]f these,?\s(?:[a-z]+\s){{0,2}}?(?P<k>\d{{1,4}})\s?[(\[]\s?(?P<p>{_N})\s?%\s?[)\]]")


def shares_of(reading: Reading) -> Iterator[Finding]:
    """Check shares "of these" against the number told last."""
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    for line in every:
        if line.role != "methods":
            for match in (m for p in (_THESE, _WHOM, _THESE_AFTER) for m in p.finditer(line.words)):
                yield from _these(reading, every, line, match)


def _hidden(reading: Reading, number: int, of: int, percent: Printed) -> bool:
    """Say whether a number printed anywhere, or one a tenth smaller than the one told last, gives the percentage."""
    known = (*printed_numbers(reading), *range(int(0.9 * of), of + 1))
    return any(_prints(number, n, percent) for n in known)


def _prints(count: int, of: int, percent: Printed) -> bool:
    return of >= count and of > 0 and meets(percent, percent_span(count, of))


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
    if not elsewhere and percent.decimals < 1 and _hidden(reading, number, total.value, percent):
        return
    other = f"; {percent}% is of {elsewhere[-1]}" if elsewhere else ""
    cut = "" if elsewhere else last_digit(percent, number, total.value)
    other += f"; {cut}" if cut else ""
    yield reading.finding(
        "COUNT_PERCENT", "note" if cut else "inconsistent",
        f"{number} ({percent}%) is inconsistent with {total.value}, which gives "
        f"{100 * number / total.value:.1f}%{other}",
        "the share may be of another number than the one told last", quotes=(line.piece(match), total.spot),
        computed=(("percent", f"{100 * number / total.value:.2f}"),),
    )  # fmt: skip
