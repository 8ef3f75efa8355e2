"""What a share told without its denominator can be a share of: the numbers of the text, less those without data."""

from __future__ import annotations

import re
from functools import lru_cache

from evsynth.checks.scanned.facts.group_sizes import sizes_told
from evsynth.checks.scanned.facts.marked import Number, marked
from evsynth.checks.scanned.facts.proportions import Proportion, prints
from evsynth.checks.scanned.numbers.totals import sizes_said
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.counting import denominators_that_print, last_digit
from evsynth.text.expressions import Expression

_WHOLE = Expression(r"(?<![\d.,·/])(\d{1,3}(?:[, ]\d{3})+|\d+)(?![\d·%]|[.,]\d|\s?%)")
CHANGE = Expression(
    r"increase|decrease|reduc|higher|lower|chang|improve(?:d|ment) by|fell|rose|surviv|cumulative|estimat|weighted|"
    r"adjusted|"
    r"predicted|of (?:the )?(?:expected|baseline|dose)|Kaplan|imput|power|confidence|inciden|yield|intensity|events "
    r"per",
    re.I,
)  # fmt: skip
"""Words that make a percentage a change, an estimate or a level, not a share of people."""
MISSING = 0.9
"""A denominator above this share of the number told may be that of patients with data."""


def fits(share: Proportion, of: int) -> bool:
    """Say whether count and percentage of a share are those of a number."""
    return (
        share.events is not None and share.percent is not None and prints(share.events.whole, of, share.percent.printed)
    )


def missing(share: Proportion, of: int) -> bool:
    """Say whether patients without data explain a share of `of`."""
    if share.events is None or share.percent is None:
        return True
    hidden = denominators_that_print(share.percent.printed, share.events.whole, of) if of < 200_000 else ()
    return any(MISSING * of <= n <= of for n in hidden)


@lru_cache(maxsize=32)
def printed_numbers(reading: Reading) -> frozenset[int]:
    """Give every whole number the document prints in digits or words, and the sums of groups."""
    found = {int(re.sub(r"[, ]", "", m[1])) for m in _WHOLE.finditer(reading.document.plain) if len(m[1]) < 12}
    found |= {
        n.whole for x in lines(reading) for n in marked(x.words).numbers if n.kind in "cmxr" and not n.printed.decimals
    }
    return frozenset(found | {sum(s.sizes) for s in sizes_told(reading)} | set(sizes_said(reading)))


def share_finding(
    reading: Reading, line: Line, count: Number, percent: Number, of: int, quotes: tuple[tuple[int, int], ...]
) -> Finding:
    """Make the finding of a share that is not of a number: a note where only its last digit was not rounded."""
    real = 100 * count.whole / of
    hidden = denominators_that_print(percent.printed, count.whole, of) if of < 200_000 else ()
    innocent = f"a denominator of {', '.join(map(str, hidden[:3]))} gives it; " if hidden else ""
    cut = last_digit(percent.printed, count.whole, of)
    return reading.finding(
        "COUNT_PERCENT", "note" if cut else "inconsistent",
        f"{count.printed} ({percent.printed}%) is inconsistent with {count.printed} of {of}, which is "
        f"{real:.{max(1, percent.printed.decimals)}f}%" + (f"; {cut}" if cut else ""),
        f"{innocent}the share may be of another number", quotes=quotes, computed=(("percent", f"{real:.4f}"),),
    )  # fmt: skip
