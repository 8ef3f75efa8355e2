"""B and its standardised form: their ratio is the same in every model, and both give one t where a model has one term.

    B / beta = SD(y) / SD(x)                          whatever else is in the model
    t = B / SE = beta sqrt(n - 2) / sqrt(1 - beta^2)  in a model of one term

Cohen, Cohen, West & Aiken 2003, chapters 2 and 3.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.numbers.totals import study_size
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.reanalyse.regression import inverse_ratio, t_from_interval
from evsynth.reanalyse.spans import Span, over, span
from evsynth.scan.parts import Figure
from evsynth.scan.statistics import Reported
from evsynth.text.expressions import Expression

CODES = ("REGRESSION_BETA", "CRUDE_CALLED_ADJUSTED")

_ADJUSTED = Expression(r"\b(?:adjust\w*|independent\w*|multivaria\w*|multiple (?:linear )?regression)\b", re.I)
_R_SQUARED = Expression(r"R\s?(?:2|²|\^2)\s?(?:=|of|was)\s?(?P<r>0?\.\d+)", re.I)
_WORD = Expression(r"[A-Za-z][A-Za-z0-9-]{2,}")
_EMPTY = frozenset(
    "the and was were with for score scores value values total change changes associated significantly independently "
    "predicted predictor improvement increase decrease patients baseline level levels only each per".split()
)
PRECISE = 0.05
"""Widest span of t, either way, that is narrow enough for an agreement to mean something."""


class Coefficient(NamedTuple):
    """B with its standardised form, the limits of its interval where printed, whose it is, and where it stands."""

    name: str
    b: Figure
    beta: Figure
    limits: tuple[Figure, Figure] | None
    table: int | None
    spots: tuple[Spot, ...]

    @property
    def ratio(self) -> Span | None:
        """B / beta, as far as the digits allow."""
        return inverse_ratio(span(self.b.printed), span(self.beta.printed))


def standardised_coefficients(reading: Reading) -> Iterator[Finding]:
    """Compare B / beta of one term where it is told twice, and t of an 'adjusted' coefficient by B and by beta.

    The first is a contradiction unless other patients were analysed; the second a concern: where both ways give the t
    of a model with a single term, nothing was adjusted for. Left alone: t that the digits do not give within 0.05, and
    sections that print an R² of another model.
    """
    found = list(_coefficients(reading))
    told = [x for x in found if x.table is None]
    for one in told:
        for other in found:
            if other.table is not None and _same(one.name, other.name):
                yield from _ratios(reading, one, other)
        yield from _crude(reading, one)


def _ratios(reading: Reading, one: Coefficient, other: Coefficient) -> Iterator[Finding]:
    first, second = one.ratio, other.ratio
    if first is None or second is None or first.meets(second):
        return
    yield reading.finding(
        "REGRESSION_BETA", "inconsistent",
        f"B {one.b.printed} and beta {one.beta.printed} are inconsistent with B {other.b.printed} and beta "
        f"{other.beta.printed} of the same term in a table: their ratio, the SD of the outcome by that of the term, is "
        "the same in every model on the same patients",
        "other patients (missing values), another outcome or another scale of the term may have been analysed",
        quotes=(*one.spots, *other.spots),
        computed=(("B / beta told", str(first)), ("B / beta in the table", str(second))),
    )  # fmt: skip


def _crude(reading: Reading, one: Coefficient) -> Iterator[Finding]:
    total = study_size(reading)
    sentence = reading.document.sentence_at(one.b.start)
    if total is None or total < 8 or one.limits is None or sentence is None:
        return
    words = reading.document.prose[sentence.start : sentence.end]
    if not _ADJUSTED.search(words) or span(one.beta.printed).absolute().high >= 1:
        return
    lower, upper = (span(f.printed) for f in one.limits)
    by_b = t_from_interval(span(one.b.printed), lower, upper, total - 2)
    by_beta = over(lambda beta: beta * math.sqrt(total - 2) / math.sqrt(1 - beta * beta), span(one.beta.printed))
    if _other_share(reading, one, total):
        return
    if by_b.meets(by_beta) and max(by_b.high - by_b.low, by_beta.high - by_beta.low) < PRECISE:
        yield reading.finding(
            "CRUDE_CALLED_ADJUSTED", "concern",
            f"B {one.b.printed} is called adjusted; B with its interval and beta {one.beta.printed} give the same t, "
            "as in a model with this term alone",
            "the other terms may happen to be unrelated to this one and to the outcome; else the crude coefficient "
            "was printed",
            quotes=one.spots,
            computed=(
                (f"t by B and its interval, {total} patients", str(by_b)), ("t by beta, no other term", str(by_beta)),
            ),
        )  # fmt: skip


def _other_share(reading: Reading, one: Coefficient, total: int) -> bool:
    """Say whether the section prints an R², adjusted or not, that a model with this term alone does not have."""
    section = reading.document.section_at(one.b.start)
    beta = span(one.beta.printed).absolute()
    alone = (beta.low**2, beta.high**2)
    adjusted = tuple(1 - (1 - r) * (total - 1) / (total - 2) for r in alone)
    for match in _R_SQUARED.finditer(reading.document.prose, section.start, section.end):
        printed = float(match["r"])
        if not any(low - 0.006 <= printed <= high + 0.006 for low, high in (alone, adjusted)):
            return True
    return False


def _coefficients(reading: Reading) -> Iterator[Coefficient]:
    before: Reported | None = None
    for r in reading.reported:
        b, beta = r.figure("b"), r.figure("beta")
        if b is not None and beta is not None:
            yield _made(r, b, beta, ((r.start, r.end),))
        elif beta is not None and before is not None and (own := before.figure("b")) and _next(before, r):
            yield _made(before, own, beta, ((before.start, before.end), (r.start, r.end)))
        before = r


def _next(before: Reported, r: Reported) -> bool:
    return r.variable == before.variable and r.spot.table is None and 0 <= r.start - before.end < 6


def _made(r: Reported, b: Figure, beta: Figure, spots: tuple[Spot, ...]) -> Coefficient:
    lower, upper = r.figure("lower"), r.figure("upper")
    limits = (lower, upper) if lower is not None and upper is not None else None
    return Coefficient(r.variable.text if r.variable else "", b, beta, limits, r.spot.table, spots)


def _same(told: str, row: str) -> bool:
    words = [{w.lower() for w in _WORD.findall(x)} - _EMPTY for x in (told, row)]
    return bool(words[1]) and words[1] <= words[0]
