"""A plain table read as studies: their effects, their counts where the table has counts, and their other columns.

Columns carry metafor's names (ai, n1i, ci, n2i; xi, ni; m1i, sd1i, n1i, m2i, sd2i, n2i; yi, vi; …). Ratios as papers
print them are read from estimate, lower and upper.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import NamedTuple, cast

import numpy as np
import numpy.typing as npt

from evsynth.effects.measures.effect import MeasureError
from evsynth.effects.measures.escalc import EffectSizes, escalc, known
from evsynth.effects.measures.reported import from_interval
from evsynth.effects.measures.scales import AnalysisScale, back_transform
from evsynth.model.effect import Effect, Estimand
from evsynth.model.finding import Finding, Place, Problems
from evsynth.pooling.exact import clopper_pearson
from evsynth.pooling.guard import InputError, check_level
from evsynth.pooling.pooled import back
from evsynth.pooling.rare_events.tables import TwoArms, check_two_arms, check_two_rates
from evsynth.text.table import Table

GENERIC = "GEN"
"""Measure of a table that brings its own effects: yi with vi or sei, or estimate with lower and upper."""

REPORTED = {"HR": "hazard ratio", "OR": "log odds ratio", "RR": "log risk ratio", "IRR": "log rate ratio"}
"""Ratios that a table may bring as printed, with the words that pools use for them."""

MEASURES = REPORTED | {
    "RD": "risk difference",
    "PETO": "log odds ratio",
    "PR": "proportion",
    "PLN": "proportion",
    "PLO": "proportion",
    "PRZ": "proportion",
    "PAS": "proportion",
    "PFT": "proportion",
    "MD": "mean difference",
    "MC": "mean change",
    "SMD": "standardised mean difference",
    "ROM": "log ratio of means",
    "COR": "correlation",
    "ZCOR": "correlation",
}
"""The words of the pools for the measures of a table; other measures keep their own title."""

NAMES = ("study", "label", "slab", "author", "trial")
COUNTED = ("OR", "RR", "RD", "PETO")


class Studies(NamedTuple):
    """The studies of a table on one analysis scale, in the order of its rows.

    `measure` is in the words of the pools, `short` as it was asked for. `tables` holds the counts of two arms and
    `events` and `totals` those of one, where the table has them. A study without an effect of its own has y and v that
    are not numbers.
    """

    table: Table
    short: str
    measure: str
    title: str
    effects: tuple[Effect, ...]
    notes: tuple[str, ...]
    tables: TwoArms | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """Names of the studies."""
        return tuple(e.label for e in self.effects)

    def columns(self) -> dict[str, list[float] | list[str]]:
        """Give the other columns: numbers where every cell is one, else text."""
        return {name: self.column(name) for name in self.table.columns}

    def column(self, name: str) -> list[float] | list[str]:
        """Give one column, as numbers where every cell is one. Raises Problems for an unknown column."""
        self.table.needs(name)
        cells = self.table.texts(name)
        return [float(c) for c in cells] if all(map(_is_number, cells)) else cells


def studies_of(table: Table, measure: str, *, level: float = 0.95, correction: bool = False, counts: bool = False,
               scale: str = "natural") -> Studies:  # fmt: skip
    """Read the studies of a table. Raises Problems with line and column for what is wrong in it.

    With `counts` a study needs no effect of its own (models of counts). `correction` adds 0.5 where a cell is zero.
    `level` is that of the studies' own intervals as shown, and of printed intervals; `scale` that of a generic yi.
    """
    check_level(level)
    label = next((c for c in NAMES if c in table.columns), None)
    names = table.texts(label) if label else [f"Line {row.line}" for row in table.rows]
    if measure == GENERIC or (measure in REPORTED and "estimate" in table.columns):
        return _reported(table, measure, names, level, scale)
    wanted = _inputs(table, measure)
    numeric = {c: table.numbers(c) for c in table.columns if c != label and c in wanted}
    found = _sizes(table, measure, numeric, names, correction=correction, counts=counts)
    y, v = np.full(len(names), math.nan), np.full(len(names), math.nan)
    y[list(found.rows)], v[list(found.rows)] = found.y, found.v
    if not counts and len(found.rows) < len(names):
        raise _in_table(table, [f"{one.label}: {one.because}" for one in found.excluded])
    words = MEASURES.get(measure, found.title)
    tables = _arms(measure, numeric, names)
    events, totals = _counts(tables, measure, numeric, len(names))
    with_counts = zip(y, v, names, events, totals, strict=True)
    try:
        effects = tuple(
            proportion_effect(x[0], n[0], name, level)
            if counts and words == "proportion"
            else plain_effect(float(a), float(b), name, words, found.scale, level, events=x, totals=n)
            for a, b, name, x, n in with_counts
        )
    except InputError as error:
        raise in_table(table, error) from None
    title = f"{found.title[0].upper()}{found.title[1:]}, {PurePath(table.file).name}"
    notes = (*found.notes, *_doubtful_sds(numeric, names))
    return Studies(table, measure, words, title, effects, notes, tables)


def plain_effect(
    y: float, v: float, name: str, measure: str, scale: str, level: float, *,
    events: tuple[int, ...] = (), totals: tuple[int, ...] = (),
) -> Effect:  # fmt: skip
    """Make an effect of plain numbers, with its own Wald interval on the reader's scale.

    Raises InputError for a scale that does not lead back.
    """
    from statistics import NormalDist

    shown = (math.nan, math.nan, math.nan)
    if math.isfinite(y) and math.isfinite(v) and v >= 0:
        half = NormalDist().inv_cdf(0.5 + level / 2) * math.sqrt(v)
        to = back(scale)
        shown = (to(y), to(y - half), to(y + half))
    nothing = Estimand("", "", "", "", "", "", "", "none", "")
    return Effect(
        id=name, study=name, cohort="", group="", label=name, measure=measure, scale=scale, y=y, v=v,
        estimate=shown[0], lower=shown[1], upper=shown[2], interval_method="Wald", events=events, totals=totals,
        formula="given", notes=(), estimand=nothing, leaves=(),
    )  # fmt: skip


def proportion_effect(events: int, total: int, name: str, level: float) -> Effect:
    """Make the effect of one study's proportion as it is shown beside a pool of counts: exact interval, no weight."""
    exact = clopper_pearson(events, total, level=level)
    made = plain_effect(exact.proportion, 0.0, name, "proportion", "natural", level, events=(events,), totals=(total,))
    return made._replace(lower=exact.lower, upper=exact.upper, interval_method=exact.method)


def _doubtful_sds(numeric: Mapping[str, Sequence[float]], names: Sequence[str]) -> list[str]:
    """Name studies whose standard deviation looks like a standard error beside those of the others.

    It is less than half the median of the others, and within a factor of 2 of it when multiplied by the root of n.
    """
    found = []
    for column, size in (("sd1i", "n1i"), ("sd2i", "n2i"), ("sdi", "ni")):
        if column not in numeric or size not in numeric or len(names) < 3:
            continue
        for i, (sd, n) in enumerate(zip(numeric[column], numeric[size], strict=True)):
            usual = float(np.median([x for j, x in enumerate(numeric[column]) if j != i]))
            if 0 < sd < usual / 2 and usual / 2 <= sd * math.sqrt(n) <= 2 * usual:
                found.append(
                    f"SD_MAY_BE_SE: {names[i]}: {column} = {sd:g} is far below the others' ({usual:g}), and "
                    f"{sd * math.sqrt(n):.3g} when multiplied by √{n:g}; a standard error may stand for a standard "
                    "deviation."
                )
    return found


def in_table(table: Table, error: InputError) -> Problems:
    """Turn what the engine says of the numbers of a table into findings about the table."""
    return _in_table(table, error.problems)


def _reported(table: Table, measure: str, names: list[str], level: float, scale: str) -> Studies:
    """Read effects that the table brings: with variances or standard errors, or with printed intervals."""
    words = REPORTED.get(measure, "effect")
    on = "log" if measure in REPORTED else scale
    notes: tuple[str, ...] = ()
    try:
        back_transform(0.5, cast(AnalysisScale, on))
        if "estimate" in table.columns:
            table.needs("lower", "upper")
            columns = [table.numbers(c) for c in ("estimate", "lower", "upper")]
            found = from_interval(*columns, level=level, ratio=on == "log")
            y, v, notes = list(map(float, found.y)), list(map(float, found.v)), found.notes
        else:
            table.needs("yi")
            y = table.numbers("yi")
            if "sei" in table.columns and "vi" not in table.columns:
                v = [s * abs(s) for s in table.numbers("sei")]
            else:
                table.needs("vi")
                v = table.numbers("vi")
    except MeasureError as error:
        raise _in_table(table, str(error).splitlines()) from None
    if measure == GENERIC and on == "log":
        words = "ratio"
    effects = tuple(plain_effect(a, b, name, words, on, level) for a, b, name in zip(y, v, names, strict=True))
    title = f"{words.removeprefix('log ').capitalize()}, {PurePath(table.file).name}"
    return Studies(table, measure, words, title, effects, notes)


def _sizes(
    table: Table, measure: str, numeric: Mapping[str, Sequence[float]], names: list[str], *, correction: bool,
    counts: bool,
) -> EffectSizes:  # fmt: skip
    try:
        return escalc(
            measure, {c: np.asarray(x) for c, x in numeric.items()}, labels=names, add=0.5 if correction else 0.0,
            to="only0" if correction else "none", undefined="exclude" if counts else "refuse",
        )  # fmt: skip
    except MeasureError as error:
        raise _in_table(table, str(error).splitlines()) from None


def _arms(measure: str, numeric: Mapping[str, Sequence[float]], names: list[str]) -> TwoArms | None:
    def of(name: str) -> npt.NDArray[np.float64]:
        return np.asarray(numeric[name], dtype=float)

    if measure in COUNTED and {"ai", "ci"} <= numeric.keys():
        n1 = of("n1i") if "n1i" in numeric else of("ai") + of("bi")
        n2 = of("n2i") if "n2i" in numeric else of("ci") + of("di")
        return check_two_arms(of("ai"), n1, of("ci"), n2, labels=names)
    if measure == "IRR" and {"x1i", "t1i", "x2i", "t2i"} <= numeric.keys():
        return check_two_rates(of("x1i"), of("t1i"), of("x2i"), of("t2i"), labels=names)
    return None


Numbers = list[tuple[int, ...]]


def _counts(
    tables: TwoArms | None, measure: str, numeric: Mapping[str, Sequence[float]], k: int
) -> tuple[Numbers, Numbers]:
    """Give events and totals of each study, as they stand in figures; nothing where they are no counts."""
    nothing: Numbers = [()] * k
    if tables is not None and not tables.rates:
        pairs = (zip(tables.x1, tables.x2, strict=True), zip(tables.n1, tables.n2, strict=True))
        events, totals = ([(int(a), int(b)) for a, b in pair] for pair in pairs)
        return [*events], [*totals]
    if MEASURES.get(measure) == "proportion" and "xi" in numeric:
        xs = numeric["xi"]
        ns = numeric["ni"] if "ni" in numeric else [x + m for x, m in zip(xs, numeric["mi"], strict=True)]
        return [(int(x),) for x in xs], [(int(n),) for n in ns]
    return nothing, nothing


def _inputs(table: Table, measure: str) -> set[str]:
    """Name the columns that a measure can use."""
    try:
        formula = known(measure)
    except MeasureError as error:
        raise _in_table(table, [str(error)]) from None
    return {name for names in (*formula.family.inputs, *formula.inputs) for name in names}


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _in_table(table: Table, problems: Sequence[str]) -> Problems:
    return Problems(
        tuple(Finding("TABLE_VALUE", "error", table.file, Place(table.file), p, _hint(p)) for p in problems)
    )


def _hint(problem: str) -> str:
    if "UNDEFINED_ZERO_CELL" in problem:
        return "name a model of counts, such as --model mh or glmm; or say --correct-zeros"
    return "correct the table, or choose otherwise; `evsynth pool --help` names columns and models"
