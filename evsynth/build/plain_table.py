"""A plain table read as studies: their effects, their counts where the table has counts, and their other columns.

Columns carry metafor's names (ai, n1i, ci, n2i; xi, ni; m1i, sd1i, n1i, m2i, sd2i, n2i; yi, vi; …). Ratios as papers
print them are read from estimate, lower and upper.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
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
from evsynth.pooling.pooled import FREEMAN_TUKEY, back
from evsynth.pooling.rare_events.tables import TwoArms, check_two_arms, check_two_rates
from evsynth.text.table import Table, as_number

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

    def columns(self) -> Mapping[str, list[float] | list[str]]:
        """Give the columns by name, each as `column` gives it."""
        return _Columns(self)

    def column(self, name: str) -> list[float] | list[str]:
        """Give one column: as numbers if any cell is one, else as text.

        Raises Problems for an unknown column, an empty cell, and a cell that is no number among numbers.
        """
        self.table.needs(name)
        cells = self.table.texts(name)
        if any(math.isfinite(as_number(cell)) for cell in cells):
            return self.table.numbers(name)
        empty = [i for i, cell in enumerate(cells) if not cell.strip()]
        if empty:
            raise _in_table(self.table, [f"study {i + 1} ({self.labels[i]!r}): {name} is empty" for i in empty])
        return cells


class _Columns(Mapping[str, list[float] | list[str]]):
    """The columns of a table, read when they are asked for: a column that nobody uses may hold anything."""

    def __init__(self, studies: Studies) -> None:
        self._studies = studies

    def __getitem__(self, name: str) -> list[float] | list[str]:
        if name not in self._studies.table.columns:
            raise KeyError(name)
        return self._studies.column(name)

    def __contains__(self, name: object) -> bool:
        return name in self._studies.table.columns

    def __iter__(self) -> Iterator[str]:
        return iter(self._studies.table.columns)

    def __len__(self) -> int:
        return len(self._studies.table.columns)


def studies_of(table: Table, measure: str, *, level: float = 0.95, correction: bool = False, counts: bool = False,
               scale: str = "natural") -> Studies:  # fmt: skip
    """Read the studies of a table. Raises Problems with line and column for what is wrong in it.

    With `counts` a study needs no effect of its own (models of counts). `correction` adds 0.5 where a cell is zero.
    `level` is that of the studies' own intervals as shown, and of printed intervals; `scale` that of a generic yi.
    """
    check_level(level)
    label = next((c for c in NAMES if c in table.columns), None)
    names = _names(table, label)
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
    found_at = len(totals) / sum(1 / n[0] for n in totals) if found.scale == "double arcsine" else math.nan
    try:
        effects = tuple(
            proportion_effect(x[0], n[0], name, level)
            if counts and words == "proportion"
            else freeman_tukey_effect(float(a), float(b), x[0], n[0], name, level, at=found_at)
            if found.scale == "double arcsine"
            else plain_effect(float(a), float(b), name, words, found.scale, level, events=x, totals=n)
            for a, b, name, x, n in with_counts
        )
    except InputError as error:
        raise in_table(table, error) from None
    title = f"{found.title[0].upper()}{found.title[1:]}, {PurePath(table.file).name}"
    told = [
        f"{note}; brought back at n = {found_at:.6g}, the harmonic mean of the studies' sizes (Miller 1978)"
        if note.startswith("FREEMAN_TUKEY")
        else note
        for note in found.notes
    ]
    notes = (*_with_names(told, names), *_doubtful_sds(numeric, names), *_repeated(table, names))
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
        try:
            shown = (to(y), to(y - half), to(y + half))
        except InputError as error:
            raise InputError([f"{name}: {problem}" for problem in error.problems]) from None
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


def freeman_tukey_effect(
    y: float, v: float, events: int, total: int, name: str, level: float, *, at: float
) -> Effect:  # fmt: skip
    """Make the Freeman-Tukey effect of one study's proportion: its own proportion is shown, with its exact interval.

    A pool of such effects leads back only through an arbitrary size of study, `at`: Miller's is the harmonic mean.
    """
    shown = proportion_effect(events, total, name, level)
    return shown._replace(y=y, v=v, scale=f"{FREEMAN_TUKEY}{at!r}")


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
            if "sei" in table.columns and "vi" in table.columns:
                _agree(table, v, table.numbers("sei"), names)
    except MeasureError as error:
        raise _in_table(table, str(error).splitlines()) from None
    if measure == GENERIC and on == "log":
        words = "ratio"
    try:
        effects = tuple(plain_effect(a, b, name, words, on, level) for a, b, name in zip(y, v, names, strict=True))
    except InputError as error:
        raise in_table(table, error) from None
    title = f"{words.removeprefix('log ').capitalize()}, {PurePath(table.file).name}"
    notes = (*_with_names(notes, names), *_repeated(table, names))
    return Studies(table, measure, words, title, effects, notes)


def _names(table: Table, label: str | None) -> list[str]:
    """Name the studies: by their column (an author with the year beside), else by line. Raises Problems."""
    if label is None:
        return [f"Line {row.line}" for row in table.rows]
    names = [text.strip() for text in table.texts(label)]
    empty = [
        Finding("TABLE_VALUE", "error", table.file, Place(table.file, row.line, table.columns.index(label) + 1),
                f"{label} is empty: the study has no name", "name every study")
        for row, name in zip(table.rows, names, strict=True)
        if not name
    ]  # fmt: skip
    if empty:
        raise Problems(tuple(empty))
    if label == "author" and "year" in table.columns:
        names = [f"{name} {year.strip()}".strip() for name, year in zip(names, table.texts("year"), strict=True)]
    first: dict[tuple[str, ...], int] = {}
    twice = []
    for row in table.rows:
        cells = tuple(cell.strip() for cell in row.cells.values())
        if cells in first:
            words = f"the line says the same as line {first[cells]}: one study would count twice"
            place = Place(table.file, row.line, 1)
            twice.append(Finding("TABLE_VALUE", "error", table.file, place, words, "leave one of them out"))
        first.setdefault(cells, row.line)
    if twice:
        raise Problems(tuple(twice))
    return names


def _repeated(table: Table, names: Sequence[str]) -> list[str]:
    """Name studies that stand on several lines, whose effects count as independent."""
    lines: dict[str, list[int]] = {}
    for row, name in zip(table.rows, names, strict=True):
        lines.setdefault(name, []).append(row.line)
    return [
        f"SAME_STUDY_TWICE: {name} stands on lines {', '.join(map(str, at))}; their effects count as independent. If "
        "they share patients, choose one, or name the column of studies with --cluster."
        for name, at in lines.items()
        if len(at) > 1
    ]


def _with_names(notes: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    """Put names in the place of the numbers of studies at the end of notes."""

    def named(found: re.Match[str]) -> str:
        return ", ".join(names[int(i) - 1] for i in found.group(1).split(", "))

    return tuple(re.sub(r"study (\d+(?:, \d+)*)$", named, note) for note in notes)


def _agree(table: Table, v: Sequence[float], se: Sequence[float], names: Sequence[str]) -> None:
    """Assert that standard errors and variances say the same, but for their printing. Raises Problems."""
    wrong = [
        f"study {i} ({name!r}): vi = {a:g}, but sei = {b:g} is a variance of {b * b:.4g}; leave one of the columns out"
        for i, (a, b, name) in enumerate(zip(v, se, names, strict=True), 1)
        if abs(a - b * b) > 0.05 * abs(a)
    ]
    if wrong:
        raise _in_table(table, wrong)


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


def _in_table(table: Table, problems: Sequence[str]) -> Problems:
    return Problems(
        tuple(
            Finding("TABLE_VALUE", "error", table.file, _place(table, p), _named(table, p), _hint(table, p))
            for p in problems
        )
    )


WORDED = {"variance": ("vi", "sei"), "estimate": ("yi", "estimate")}
"""Words of the engine for what stands in one of these columns."""


def _study(table: Table, problem: str) -> int | None:
    """Find the row that a problem is about, by the number of its study."""
    label = next((c for c in NAMES if c in table.columns), None)
    named = re.match(r"study '(.+?)'|(.+?): ", problem)
    if label is not None and named is not None:
        names = [row.cells[label].strip() for row in table.rows]
        name = named.group(1) or named.group(2)
        if name in names:
            return names.index(name)
    found = re.search(r"\b(?:study|estimate|effect) (\d+)\b", problem)
    at = int(found.group(1)) - 1 if found and not problem.startswith("study '") else -1
    return at if 0 <= at < len(table.rows) else None


def _place(table: Table, problem: str) -> Place:
    """Find the line of the study that a problem is about, and the column it names."""
    at = _study(table, problem)
    if at is None:
        return Place(table.file)
    words = re.findall(r"\w+", problem.partition(": ")[2])
    named = [name for word in words for name in (word, *WORDED.get(word, ())) if name in table.columns]
    return Place(table.file, table.rows[at].line, table.columns.index(named[0]) + 1 if named else 1)


def _named(table: Table, problem: str) -> str:
    """Add the name of the study where a problem has its number alone."""
    at, label = _study(table, problem), next((c for c in NAMES if c in table.columns), None)
    if at is None or label is None or not re.match(r"study \d+:", problem):
        return problem
    return problem.replace(":", f" ({table.rows[at].cells[label].strip()!r}):", 1)


def _hint(table: Table, problem: str) -> str:
    if "UNDEFINED_ZERO_CELL" in problem:
        return "name a model of counts, such as --model mh or glmm; or say --correct-zeros"
    if "variance v = 0.0" in problem and "yi" not in table.columns:
        return "with zero or all events, name a model of counts: --model mh for RD, --model glmm for proportions"
    asked = re.match(r"measure '(\w+)' is not known", problem)
    if asked and asked.group(1).upper() in (*MEASURES, GENERIC):
        return f"did you mean {asked.group(1).upper()!r}?"
    return "correct the table, or choose otherwise; `evsynth pool --help` names columns and models"
