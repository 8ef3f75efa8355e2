"""Small-study effects, told: tests of funnel asymmetry, adjusted estimates, and what each can and cannot show."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from evsynth.pooling.pooled import back, warned
from evsynth.pooling.small_study.egger import Asymmetry
from evsynth.pooling.small_study.henmi_copas import HenmiCopas
from evsynth.pooling.small_study.limit import Limit
from evsynth.pooling.small_study.pet_peese import PetPeese
from evsynth.pooling.small_study.rank import RankTest
from evsynth.pooling.small_study.selection import SelectionModel
from evsynth.pooling.small_study.survey import Adjusted, Answered, Survey, Test
from evsynth.pooling.small_study.trim_and_fill import TrimAndFill
from evsynth.report.account import Account, Cell, Grid
from evsynth.report.numbers import decimal, level, p_value, with_interval

To = Callable[[float], float]

FAVOURED = {"greater": "larger", "less": "smaller"}


def bias_account(found: Survey, *, title: str, measure: str, scale: str) -> Account:
    """Tell a survey of small-study effects, adjusted estimates on the reader's scale."""
    to, used = back(scale), found.headline.interval
    assert used is not None
    number = with_interval(to(used.mean), to(used.lower), to(used.upper), measure)
    low = [a for a in found.tests if a.result is not None and a.result.p < 0.1]  # type: ignore[union-attr]
    answered = [a for a in found.tests if a.result is not None]
    asymmetry = (
        f"{len(low)} of {len(answered)} tests of funnel asymmetry have P < 0.1; they look at the same studies in like "
        "ways and are not independent votes."
        if answered
        else "No test of funnel asymmetry can be computed."
    )
    headline = f"Pooled effect {number}, k = {found.headline.k}. {asymmetry}"
    every = (*found.tests, *found.adjusted)
    codes = tuple(dict.fromkeys(code for a in every if a.result is not None for code in a.result.codes))
    fitted = {
        "model": f"random effects, tau2 by {found.headline.tau2.estimator} for the pooled effect",
        "selection favours": f"{FAVOURED[found.favoured]} effects ({found.favoured_from})",
        "level": level(found.headline.level),
        "no answer": "; ".join(f"{a.name}: {a.why_not}" for a in every if a.result is None),
    }
    tests = Grid(
        "tests of funnel asymmetry", ("test", "statistic", "df", "P", "model"),
        tuple((a.name, *_test(a.result)) for a in found.tests if a.result is not None),  # type: ignore[arg-type]
    )  # fmt: skip
    adjusted = Grid(
        "adjusted estimates", ("method", "estimate", "lower", "upper", "P", "what it found"),
        (("pooled, not adjusted", to(used.mean), to(used.lower), to(used.upper), used.p, ""),
         *((a.name, *_estimate(a.result, to)) for a in found.adjusted if a.result is not None)),  # type: ignore[arg-type]
    )  # fmt: skip
    points = Grid(
        "funnel", ("study", "y", "se", "P"), tuple((p.label, p.y, p.se, p.p) for p in found.funnel.points),
        "y and se on the analysis scale.",
    )  # fmt: skip
    return Account(
        title, headline, fitted, (tests, adjusted, _says(every), points),
        "Whether small studies report other effects than large ones.",
        "Why. Unpublished studies are one reason; others are smaller studies of sicker patients or lower quality, true "
        "heterogeneity, the arithmetic of the measure, and chance. An adjusted estimate is what the data would say if "
        "its model of selection were true; none of them is a corrected result.",
        warned(codes), ("contour-enhanced funnel", *(a.name for a in every if a.result is not None)),
    )  # fmt: skip


def _test(result: Test) -> tuple[Cell, ...]:
    if isinstance(result, Asymmetry):
        model = f"{'least squares' if result.model == 'lm' else 'random effects ' + (result.method or '')}"
        rule = ", Knapp-Hartung" if result.model == "rma" and result.df is not None else ""
        return result.statistic, result.df, result.p, f"{model}{rule} on {result.predictor}"
    if isinstance(result, RankTest):
        return result.z, None, result.p, f"Kendall's τ = {decimal(result.tau, 3)}{', exact' if result.exact else ''}"
    told = ((result.left_out, "left out"), (result.corrected, "corrected"))
    notes = [f"{len(rows)} tables {words}" for rows, words in told if rows]
    return result.statistic, result.df, result.p, "; ".join([f"slope {result.bias:.4g}", *notes])


def _estimate(result: Adjusted, to: To) -> tuple[Cell, ...]:
    if isinstance(result, PetPeese):
        limits = (to(result.estimate), to(result.lower), to(result.upper), None)
        return (*limits, f"{result.used} used; one-sided {p_value(result.p_one_sided)} of PET")
    found = (to(result.mean), to(result.lower), to(result.upper))
    if isinstance(result, TrimAndFill):
        filled = f"{result.k0} {'study' if result.k0 == 1 else 'studies'}"
        return (*found, result.p, f"{filled} filled in on the {result.side}; Wald")
    if isinstance(result, SelectionModel):
        return (*found, result.p, f"{_weight(result)}; likelihood ratio {p_value(result.lrt_p)}")
    if isinstance(result, Limit):
        return (*found, result.p, f"small-study effect {p_value(result.q_small_p)}")
    assert isinstance(result, HenmiCopas)
    return (*found, None, "common-effect mean, interval that allows for heterogeneity")


def _weight(result: SelectionModel) -> str:
    shown = ", ".join(f"{p.name} = {decimal(p.value, 3)}" for p in result.parameters)
    return shown or "no parameter"


def _says(every: tuple[Answered, ...]) -> Grid:
    """List once for each kind of method what it can and cannot show, in the words of its module."""
    rows: dict[tuple[str, str], str] = {}
    for a in every:
        if a.result is not None:
            rows.setdefault((a.result.shows, a.result.cannot_show), a.name.partition(",")[0].partition(" (")[0])
    told: Iterator[tuple[Cell, ...]] = ((name, shows, cannot) for (shows, cannot), name in rows.items())
    return Grid("what each method shows", ("method", "shows", "cannot show"), tuple(told))
