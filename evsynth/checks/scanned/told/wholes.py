"""Shares of one whole: categories whose percentages make 100, or that exclude each other by name, against their sum."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from evsynth.checks.scanned.facts.counts import counts
from evsynth.checks.scanned.facts.lists import Entry, Tally, entries, tallies
from evsynth.checks.scanned.facts.proportions import prints
from evsynth.checks.scanned.facts.slips import swapped
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.counting import percent_span
from evsynth.reanalyse.result import meets
from evsynth.text.expressions import Expression

CODES = ("PARTS_EXCEED", "PARTS_FALL_SHORT")

_SCALES = (
    r"normal|severe\w*|moderate\w*|mild\w*|none|absent", r"deficien\w+|insufficien\w+|sufficien\w+|adequate",
    r"underweight|normal|overweight|"
    r"obes\w+", r"never|former\w*|ex-smok\w+|current\w*|non-?smok\w+", r"good|fair|poor|excellent",
    r"low|intermediate|moderate|high", r"stages? (?:I{1,3}V?|IV|\d)|grades? (?:I{1,3}|IV|\d)",
    r"complete response|partial response|stable disease|progressive disease|progression",
    r"single|married|divorced|widowed", r"improve\w*|unchanged|stable|worse\w*|deteriorat\w+|progress\w+",
    r"better|no difference|worse", r"prefer\w*|favou?r\w*|no preference|undecided", r"primary|secondary|tertiary",
)  # fmt: skip
_OPPOSITES = (
    ("women|woman|females?|"
     "girls?", "men|man|males?|boys?"), ("rural|countryside|villages?", "urban|towns?|cit(?:y|ies)"),
    ("alive|survived|survivors", "died|dead|non-?survivors"), ("positive", "negative"), ("benign", "malignant"),
    ("public", "private"), ("single|unmarried", "married"), ("primary", "secondary"), ("smokers", "non-?smokers"),
    ("nulliparous|primiparous", "(?:multi)?parous"), ("vaginal\\w*", "c(?:a?)esarean"), ("inpatients?", "outpatients?"),
    ("emergency|"
     "urgent", "elective|planned"), ("with", "without"), ("unilateral", "bilateral"), ("open", "laparoscopic"),
)  # fmt: skip
_LOOSE = Expression(
    r"more than one|several|both|multiple|or (?:more|higher|worse|older|better)|at least|respectively|groups?\b|"
    r"arms?\b|"
    r"versus|\bvs\b|compared|\bP\s?[=<>]|after \d|at \d|\binclud|\bolder than|\babove|\bbefore\b|\bafter\b|\bwhile\b|"
    r"whereas|"
    r"treatment|placebo|control|baseline|followed by|most (?:common|frequent)|symptoms?|adverse|complications?|"
    r"odds|hazard|risk ratio",
    re.I,
)
NEAR = 0.25
"""How far a sum may be from the whole, as a share of it: what lies further off is not meant to give it."""
UNKNOWN = 0.002
"""A sum short of the whole by at most this share of it leaves out a few whose category is not known."""


def wholes(reading: Reading) -> Iterator[Finding]:
    """Add up three or more shares that make 100%, and shares that exclude each other by what they are called.

    Found: counts that add up to another number than the one their percentages are of. Left alone: shares of groups
    that are compared, symptoms and other things of which a patient can have several.
    """
    every = list(lines(reading, ("abstract", "results", "methods", "body")))
    numbers: set[int] = set()
    for line in every:
        numbers |= {c.value for c in counts(line.words)} | {e.value for e in entries(line.words)}
    for line in every:
        told = entries(line.words)
        if sum(e.percent is not None for e in told) < 2:
            continue
        for tally in tallies(line.words, told):
            yield from _whole(reading, line, tally, numbers)


def _whole(reading: Reading, line: Line, tally: Tally, numbers: set[int]) -> Iterator[Finding]:
    runs = list(_shares(tally))
    if len(runs) > 1 and len(runs[0]) > 3 and sum(p.value for p in runs[0]) in numbers:
        return  # all of them make a number that is told
    for run in runs:
        labels = [*tally.gaps, tally.tail]
        if len(run) > 2:
            if _LOOSE.search(" ".join(labels[1:])) or sum(_percent(p) for p in run) <= 0:
                continue
            made = _of_all(run, numbers)
        else:
            made = None
        if made is None:
            made = _excluding(line, run, numbers)
        if made is None or abs(sum(p.value for p in run) - made) > NEAR * made:
            continue
        total = sum(p.value for p in run)
        if total < made and all(p.percent is not None and prints(p.value, made, p.percent) for p in run):
            continue  # by their own shares they are not all of it
        if 0 < made - total <= UNKNOWN * made:
            continue  # a few may be of no known category
        shown = " + ".join(str(p.value) for p in run)
        yield reading.finding(
            "PARTS_EXCEED" if total > made else "PARTS_FALL_SHORT", "inconsistent",
            f"the categories, {shown} = {total}, are inconsistent with {made}, of which they are shares",
            "a patient may be in several categories, or a share may be of another number",
            quotes=((line.start + run[0].first, line.start + run[-1].last), *(p.spot(line.start) for p in run)),
            computed=(("sum", str(total)),),
        )  # fmt: skip
        return


def _shares(tally: Tally) -> Iterator[tuple[Entry, ...]]:
    """Give the longest runs of a list in which every count has its percentage, the whole run and its ends."""
    run: list[Entry] = []
    for part in tally.parts:
        if part.percent is not None and (not part.base or not run):
            run.append(part)
        elif run:
            break
    if len(run) > 2:
        yield tuple(run)
    if len(run) > 3:
        yield tuple(run[1:])
        yield tuple(run[:-1])
    yield from pairwise(run)


def _of_all(run: tuple[Entry, ...], numbers: set[int]) -> int | None:
    """Give the whole of shares that make 100%, where their sum is not it."""
    steps = [0.5 * 10.0 ** -(p.percent.decimals if p.percent is not None else 0) for p in run]
    total = sum(p.value for p in run)
    if abs(sum(_percent(p) for p in run) - 100) > sum(steps) + 1e-6 or _fitting(run, total) == len(run):
        return None
    for n in range(max(10, total // 2), 2 * total) if _fitting(run, total) < len(run) - 1 else ():
        odd = [p for p in run if not _fitting((p,), n)]
        if len(odd) == 1 and len(run) > 2 and swapped(odd[0].value, n - total + odd[0].value):
            return n
    likely = [n for n in numbers if n > max(p.value for p in run) and _fitting(run, n) >= max(2, len(run) - 1)]
    return min(likely, key=lambda n: abs(n - total)) if likely and total not in likely else None


def _excluding(line: Line, run: tuple[Entry, ...], numbers: set[int]) -> int | None:
    """Give the whole of categories that exclude each other by name and are more than it; all fit one printed number."""
    words = [line.words[a.last : b.first] for a, b in pairwise(run)]
    words.append(re.split(r"[.;(]|,\s", line.words[run[-1].last :])[0][:60])
    if any(len(w) > 60 for w in words) or _LOOSE.search(" ".join(words)):
        return None
    before = re.split(r"[.;(),]", line.words[: run[0].first])[-1]
    total = sum(p.value for p in run)
    if len(run) > 2:
        said = [before, *words] if re.search(r"\b(?:in|at|by)\s*$", words[0]) else words
        named = [{w.strip(" ,").lower() for w in said if re.search(rf"\b(?:{scale})\b", w, re.I)} for scale in _SCALES]
        rest = re.search(r"\bthe (?:other|remaining|rest)\b[^.;]{0,12}$", words[-2], re.I)
        if rest is None and max(len(found) for found in named) < len(run) - (len(run) > 3):
            return None
    elif not any(
        re.search(rf"\b(?:{a})\b", x, re.I) and re.search(rf"\b(?:{b})\b", y, re.I)
        for pair in _OPPOSITES for a, b in (pair, pair[::-1]) for x, y in ((words[0], words[1]),)
    ) or re.search(r"\bof\b|\bamong\b|\bin\s*$", before):  # fmt: skip
        return None
    fits = [n for n in numbers if _fitting(run, n) == len(run)]
    if not fits and all(p.percent is not None and p.percent.decimals for p in run):
        middle = round(sum(100 * p.value / _percent(p) for p in run if _percent(p)) / len(run))
        fits = [n for n in range(max(1, middle - 20), middle + 21) if _fitting(run, n) == len(run)]
    return max(fits) if fits and max(fits) < total else None


def _fitting(run: tuple[Entry, ...], whole: int) -> int:
    return sum(
        0 < whole >= p.value and p.percent is not None and meets(p.percent, percent_span(p.value, whole)) for p in run
    )


def _percent(part: Entry) -> float:
    return float(part.percent.value) if isinstance(part.percent, Printed) else 0.0
