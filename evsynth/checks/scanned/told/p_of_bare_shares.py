"""The P value of two percentages told without any count: whether two groups of some size would give it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.comparisons import Comparison, comparisons
from evsynth.checks.scanned.facts.group_sizes import sizes_told
from evsynth.checks.scanned.facts.marked import Number, marked, spot
from evsynth.checks.scanned.facts.modelled import MODEL_NAMED
from evsynth.checks.scanned.numbers.p_of_counts import distance
from evsynth.checks.scanned.numbers.totals import sizes_said
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.told.p_of_shares import left_to_other_tests
from evsynth.model.finding import Finding
from evsynth.reanalyse.counting import Split, splits
from evsynth.reanalyse.result import meets
from evsynth.reanalyse.spans import exactly
from evsynth.text.expressions import Expression

CODES = ("P_OF_PERCENTAGES",)

_AGAINST = Expression(r"^[^.;⟨]{0,60}\b(?:v|vs\.?|versus|against|compared (?:with|to)|than)\b", re.I)
NEAR = 0.1
"""Least distance in Z from every test: approximations differ by less."""
FEWEST, MOST = 10, 150
"""Patients of the study; among more, nearly every pair of percentages is that of some two groups."""


class _Odd(NamedTuple):
    """Two percentages and a P that no two groups within the study give."""

    told: Comparison
    one: Number
    two: Number
    p: Number
    near: Split
    tried: int


def p_of_bare_shares(reading: Reading) -> Iterator[Finding]:
    """Try all sizes of two groups within the patients of the study that print both percentages, by the usual tests.

    A concern where none of them comes near the printed P. Left alone: P told as a limit, papers with models or with
    sizes of groups, percentages of survival or change, studies of more than 150 patients, and papers in which several
    P values are so (another test was used, or the percentages are of something else than patients).
    """
    most = max(sizes_said(reading), default=0)
    if not FEWEST <= most <= MOST or MODEL_NAMED.search(reading.document.prose):
        return
    if any(sum(s.sizes) == most for s in sizes_told(reading)) or _one_group(reading, most):
        return
    found = list(_odd(reading, most))
    if len(found) != 1:
        return
    told, one, two, p, near, tried = found[0]
    example = f"{near.events_1}/{near.patients_1} and {near.events_2}/{near.patients_2}"
    yield reading.finding(
        "P_OF_PERCENTAGES", "concern",
        f"P {p.printed} is inconsistent with {one.printed}% and {two.printed}%: no two groups within {most} patients "
        f"give it by the usual tests; the nearest are {example}, {near.test}, P {near.p:.3g}",
        "a one-sided or another test, an adjustment, or percentages that were cut may give it; the sizes of the groups "
        "are not printed",
        quotes=(spot(told.line, one, two), spot(told.line, p)),
        computed=(("sizes and tests tried", str(tried)),),
    )  # fmt: skip


def _one_group(reading: Reading, most: int) -> bool:
    """Say whether a sentence tells another number of about that size with it: "97 patients and 130 controls"."""
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        told = [n.whole for n in marked(line.words).numbers if n.kind == "c"]
        others = [n for n in told if not re.search(rf"\b{n}\s?(?:of|out of|/)\s?(?:the )?{most}\b", line.words)]
        if most in told and any(0.4 * most <= n < most or n > most for n in others):
            return True
    return False


def _odd(reading: Reading, most: int) -> Iterator[_Odd]:
    for told in comparisons(reading):
        p = next((e for e in told.effects if e.name == "P"), None)
        if p is None or p.number.printed.bound or len(told.shares) != 2 or left_to_other_tests(told, p):
            continue
        one, two = told.one.percent, told.two.percent
        bare = all(s.events is None and s.of is None for s in told.shares)
        if two is not None and re.search(
            r"\b(?:greater|more|less|higher|lower|better) than $",
            told.line.words[: two.start],
        ):
            continue  # "half of them had greater than 80% relief": a threshold
        if one is None or two is None or not bare or not _AGAINST.search(told.sentence.text[told.one.end :]):
            continue
        printed = p.number.printed
        tried = list(splits(one.printed, two.printed, most))
        if not tried or any(meets(printed, exactly(s.p)) for s in tried):
            continue
        near = min(tried, key=lambda s: distance(printed, {s.test: s.p}))
        if distance(printed, {near.test: near.p}) >= NEAR:
            yield _Odd(told, one, two, p.number, near, len(tried))
