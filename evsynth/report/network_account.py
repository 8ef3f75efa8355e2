"""A network meta-analysis, told: league table, ranking, heterogeneity and inconsistency, direct against indirect."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from evsynth.pooling.guard import InputError
from evsynth.pooling.network.decomposition import Decomposition, QTest, decompose
from evsynth.pooling.network.fitting import NetworkFit
from evsynth.pooling.network.ranking import ModelName, SmallValues, league_table, model_of, p_scores
from evsynth.pooling.network.splitting import split
from evsynth.pooling.pooled import back
from evsynth.report.account import Account, Cell, Grid
from evsynth.report.drawing import Picture
from evsynth.report.ladder import Ladder, Rung, draw_ladder
from evsynth.report.measures import words
from evsynth.report.numbers import decimal, level, p_value, with_interval

To = Callable[[float], float]


def network_account(
    found: NetworkFit, *, title: str, measure: str, scale: str, model: ModelName, small_values: SmallValues,
    reference: str, notes: Sequence[str] = (),
) -> Account:  # fmt: skip
    """Tell a network on the reader's scale. Raises InputError for a reference that is no treatment."""
    to, chosen = back(scale), model_of(found, model)
    if reference not in found.treatments:
        raise InputError([f"{reference!r} is no treatment; there are {', '.join(found.treatments)}"])
    scores, parts = p_scores(found, model=model, small_values=small_values), decompose(found)
    order = [s.treatment for s in scores]
    league = league_table(found, model=model, order=order, ratio=scale == "log")
    fitted = {
        "model": f"network meta-analysis, {model} effects ({found.model})",
        "treatments": f"{len(found.treatments)}: {', '.join(found.treatments)}",
        "studies": f"{found.k} studies, {found.m} pairwise comparisons, {len(found.geometry.designs)} designs, "
        f"{len(found.geometry.multi_arm)} studies with more than two arms",
        "heterogeneity": f"τ² = {chosen.tau2:.4g} by {found.tau2.method}, one for all comparisons"
        + (f"; I² = {decimal(100 * found.i2.value, 1)}%" if found.i2.value is not None else ""),
        "certificate": found.tau2.certificate,
        "decomposition of Q": _decomposed(parts),
        "small values": small_values,
        "loops": f"{len(found.geometry.loops)}; bridges (one removed cuts the network): "
        + (", ".join(f"{a}:{b}" for a, b in found.geometry.bridges) or "none"),
    }
    pairs = [(name, chosen.pair(name, reference)) for name in order if name != reference]
    against: list[tuple[Cell, ...]] = [
        (name, to(p.estimate), to(p.lower), to(p.upper), p.p, p.studies, p.direct_share) for name, p in pairs
    ]
    said = [f"{name} {with_interval(to(p.estimate), to(p.lower), to(p.upper), measure)}" for name, p in pairs]
    best = scores[0]
    headline = f"Against {reference}: {'; '.join(said)}. Highest P-score: {best.treatment} ({best.score:.2f})"
    shown = "ratios" if scale == "log" else "differences"
    return Account(
        title, headline + ".", fitted,
        (
            Grid(f"against {reference}", ("treatment", "estimate", "lower", "upper", "P", "studies", "direct share"),
                 tuple(against), f"{words(measure).name}, {level(found.level)} intervals."),
            Grid("league table", ("", *(f"{i}" for i in range(1, len(order) + 1))),
                 tuple((str(i), *row) for i, row in enumerate(league.cells, 1)),
                 f"Lower triangle: network estimates of the column's treatment against the row's, {shown}. Upper "
                 "triangle: direct estimates of the row's against the column's; '.' where no study compared them."),
            Grid("P-scores", ("treatment", "P-score"), tuple((s.treatment, s.score) for s in scores),
                 "The mean chance of being better than another treatment, from 0 to 1; it says nothing about how much "
                 "better, and hardly anything where intervals overlap."),
            _q_table(parts), _splits(found, model, to), _comparisons(found),
        ),
        "What the direct and indirect evidence together say of every pair of treatments, and whether the two agree.",
        "That studies of different comparisons are alike in what modifies the effect (transitivity): no test shows "
        "that. Tests of inconsistency have little power. A ranking is not evidence that the first is better.",
        (), ("decomposition of Q", "p-score", "node-splitting", *notes),
    )  # fmt: skip


def draw_against(
    found: NetworkFit, *, title: str, measure: str, scale: str, model: ModelName, reference: str, order: Sequence[str]
) -> Picture:
    """Draw every treatment against the reference, the best first."""
    to, chosen = back(scale), model_of(found, model)
    rungs = tuple(
        Rung(name, to(p.estimate), to(p.lower), to(p.upper), more=str(p.studies))
        for name in order
        if name != reference
        for p in (chosen.pair(name, reference),)
    )
    note = f"Against {reference}; {model} effects, τ² = {chosen.tau2:.3g}; ordered by P-score; studies: direct ones."
    return draw_ladder(Ladder("against-reference", title, measure, ("Treatment", "Studies"), rungs, None, (note,),
                              level(found.level)))  # fmt: skip


def _decomposed(parts: Decomposition) -> str:
    named = (("total", parts.total), ("within designs", parts.within), ("between designs", parts.between))
    text = "; ".join(f"{name} {_q(test)}" for name, test in named)
    if parts.random is not None:
        text += f"; design-by-treatment interaction under random effects {_q(parts.random)}"
    return text


def _q(test: QTest) -> str:
    return f"Q = {decimal(test.q, 2)} on {test.df} df" + (f", {p_value(test.p)}" if test.p is not None else "")


def _q_table(parts: Decomposition) -> Grid:
    rows: list[tuple[Cell, ...]] = [
        (kind, test.name, test.q, test.df, test.p)
        for kind, tests in (("heterogeneity within a design", parts.within_design),
                            ("inconsistency left without a design", parts.detached))
        for test in tests
        if test.df > 0
    ]  # fmt: skip
    return Grid("decomposition of Q", ("part", "design", "Q", "df", "P"), tuple(rows))


def _splits(found: NetworkFit, model: ModelName, to: To) -> Grid:
    rows: list[tuple[Cell, ...]] = []
    for s in split(found, model=model):
        if s.direct is not None and s.indirect is not None and s.difference is not None:
            rows.append((f"{s.treat1} : {s.treat2}", s.studies, s.direct_share, to(s.direct.estimate),
                         to(s.indirect.estimate), to(s.network.estimate), s.difference.p))  # fmt: skip
    return Grid(
        "direct and indirect evidence", ("comparison", "studies", "direct share", "direct", "indirect", "network", "P"),
        tuple(rows), "P of the difference between direct and indirect evidence (node-splitting by back-calculation).",
    )  # fmt: skip


def _comparisons(found: NetworkFit) -> Grid:
    rows = tuple((f"{a} : {b}", n) for a, b, n in found.geometry.comparisons)
    return Grid("comparisons", ("comparison", "studies"), rows)
