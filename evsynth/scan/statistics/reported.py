"""What a finder gives: one reported result, with its numbers, its words, and its place."""

from __future__ import annotations

from typing import Literal, NamedTuple

from evsynth.scan.parts import Figure, Phrase, Role

Sort = Literal[
    "count percent", "fraction", "count", "percent", "group size", "mean sd", "mean se", "median quartiles",
    "median range", "centre spread", "mean", "median", "range", "estimate", "correlation", "coefficient", "r squared",
    "test", "p", "value", "time", "age", "date", "window", "score range", "dose", "eligibility", "follow-up",
]  # fmt: skip
"""What kind of result it is.

`count percent` n (%), also n/N (%); `fraction` n/N or n of N; `centre spread` an unlabelled "40 (22)" or "3 (1, 7)";
`estimate` a ratio (HR, OR, RR) or mean difference with its interval; `test` U, Z, W, t, F, chi2; `value` a number in a
cell whose kind nothing tells; `window` calendar time; `score range` the range of a scale; `dose` a dose or its limit.
"""


class Spot(NamedTuple):
    """Where a result stands: role and index of the section, and table, row and column, or sentence, or legend."""

    role: Role
    section: int
    table: int | None = None
    row: int | None = None
    column: int | None = None
    sentence: int | None = None
    legend: int | None = None


class Reported(NamedTuple):
    """One reported result.

    `figures` are its numbers in the order they are printed; `measure` names the statistic of an estimate or test
    ("hazard_ratio", "u"), `label` the words or glyphs that say so ("weighted HR", "median (IQR)"). `variable`, `group`
    and `at` are the words that say what, in whom, and when; None where nothing is said. A P value that belongs to an
    estimate, test or correlation is a figure of it.
    """

    sort: Sort
    figures: tuple[Figure, ...]
    start: int
    end: int
    text: str
    spot: Spot
    measure: str | None = None
    label: str = ""
    variable: Phrase | None = None
    group: Phrase | None = None
    at: Phrase | None = None

    def figure(self, statistic: str) -> Figure | None:
        """Give the number that states `statistic`, or None."""
        return next((figure for figure in self.figures if figure.statistic == statistic), None)
