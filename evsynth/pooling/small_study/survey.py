"""Every method for small-study effects that suits a set of studies, side by side, and why the others have no answer.

Refused for proportions and below ten studies: there none of them can tell an effect of size from chance.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

import numpy.typing as npt

from evsynth.pooling.guard import InputError, check_effects, check_level
from evsynth.pooling.random_effects import RandomEffects, pool
from evsynth.pooling.rare_events.tables import TwoArms
from evsynth.pooling.small_study.egger import Asymmetry, regtest
from evsynth.pooling.small_study.funnel import Funnel, funnel
from evsynth.pooling.small_study.gate import FEWEST, gate
from evsynth.pooling.small_study.henmi_copas import HenmiCopas, hc
from evsynth.pooling.small_study.limit import Limit, limitmeta
from evsynth.pooling.small_study.pet_peese import PetPeese, pet_peese
from evsynth.pooling.small_study.rank import RankTest, ranktest
from evsynth.pooling.small_study.selection import SelectionModel, selmodel
from evsynth.pooling.small_study.trim_and_fill import TrimAndFill, trimfill
from evsynth.pooling.small_study.two_by_two import Method as TableMethod
from evsynth.pooling.small_study.two_by_two import TableTest, metabias

Test = Asymmetry | RankTest | TableTest
Adjusted = TrimAndFill | SelectionModel | PetPeese | Limit | HenmiCopas
Result = Test | Adjusted

TABLE_TESTS: tuple[TableMethod, ...] = ("Harbord", "Peters", "Macaskill", "Deeks", "Schwarzer", "Thompson")
STEP = (0.025,)
"""Cut-point of one-sided p of the step model: significant in the favoured direction, or not."""


class Answered(NamedTuple):
    """A method by name, and its result; or None and in `why_not` what stands against it."""

    name: str
    result: Result | None
    why_not: str


class Survey(NamedTuple):
    """Tests and adjusted estimates of one set of studies; `favoured` is the direction that selection is taken to have.

    It is that of the pooled effect unless it was given.
    """

    headline: RandomEffects
    favoured: Literal["greater", "less"]
    favoured_from: str
    tests: tuple[Answered, ...]
    adjusted: tuple[Answered, ...]
    funnel: Funnel


def survey(
    y: npt.ArrayLike,
    v: npt.ArrayLike,
    *,
    measure: str,
    level: float = 0.95,
    favoured: Literal["greater", "less"] | None = None,
    tables: TwoArms | None = None,
    patients: npt.ArrayLike | None = None,
    labels: Sequence[str] | None = None,
) -> Survey:
    """Apply every method that suits `measure`. Two-by-two `tables` add tests made for odds ratios.

    Raises InputError for proportions, fewer than ten studies, or data that cannot be pooled.
    """
    level, effects = check_level(level), check_effects(y, v, labels=labels, minimum=1)
    k = len(effects.y)
    gate(k, measure=measure, few="warn", minimum=1)
    if k < FEWEST:
        raise InputError([f"{k} studies: with fewer than {FEWEST} no method can tell small-study effects from chance"])
    data = (effects.y, effects.v)
    headline = pool(*data, estimator="REML", interval="hksj", prediction="V", level=level, labels=effects.labels)
    own: Literal["greater", "less"] = "greater" if headline.mean > 0 else "less"
    side = favoured or own
    towards: Literal["left", "right"] = "left" if side == "greater" else "right"
    tests = [
        _answered("Egger, classical", lambda: regtest(
            *data, model="lm", predictor="sei", level=level, measure=measure, labels=labels)),
        _answered("Egger, random effects", lambda: regtest(
            *data, model="rma", predictor="sei", method="REML", test="knha", level=level, measure=measure,
            labels=labels)),
        _answered("Begg", lambda: ranktest(*data, measure=measure)),
    ]  # fmt: skip
    if patients is not None:
        tests.insert(2, _answered("Egger, 1/√n", lambda: regtest(
            *data, model="rma", predictor="sqrtninv", method="REML", test="knha", ni=patients, level=level,
            measure=measure, labels=labels)))  # fmt: skip
    if tables is not None and not tables.rates:
        tests += [_answered(f"{name} (log odds ratio)", _of_tables(tables, name)) for name in TABLE_TESTS]
    adjusted = [
        *(
            _answered(f"Trim and fill {name}", _filled(data, name, towards, level, measure))
            for name in ("L0", "R0", "Q0")
        ),
        _answered("PET-PEESE", lambda: pet_peese(*data, level=level, measure=measure, labels=labels)),
        _answered("Selection model, step at P = 0.05", lambda: selmodel(
            *data, type="stepfun", steps=STEP, alternative=side, level=level, measure=measure)),
        _answered("Selection model, beta", lambda: selmodel(
            *data, type="beta", alternative=side, level=level, measure=measure)),
        _answered("Limit meta-analysis", lambda: limitmeta(*data, level=level, measure=measure)),
        _answered("Henmi-Copas", lambda: hc(*data, level=level, measure=measure)),
    ]  # fmt: skip
    return Survey(
        headline, side, "given" if favoured else "that of the pooled effect", tuple(tests), tuple(adjusted),
        funnel(*data, centre=headline.mean, level=level, measure=measure, labels=effects.labels),
    )  # fmt: skip


def _answered(name: str, run: Callable[[], Result]) -> Answered:
    try:
        return Answered(name, run(), "")
    except InputError as error:
        return Answered(name, None, "; ".join(error.problems))


def _of_tables(tables: TwoArms, method: TableMethod) -> Callable[[], Result]:
    b, d = tables.n1 - tables.x1, tables.n2 - tables.x2
    return lambda: metabias(tables.x1, b, tables.x2, d, method=method, labels=tables.labels)


def _filled(
    data: tuple[npt.ArrayLike, npt.ArrayLike], estimator: str, side: Literal["left", "right"], level: float,
    measure: str,
) -> Callable[[], Result]:  # fmt: skip
    return lambda: trimfill(*data, method="REML", estimator=estimator, side=side, level=level, measure=measure)  # type: ignore[arg-type]
