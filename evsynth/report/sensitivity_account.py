"""What a pool's answer hangs on, told: each study left out, pairs, order, influence, all subsets, analysis choices."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from evsynth.pooling.pooled import back, warned
from evsynth.pooling.sensitivity.examination import Examination
from evsynth.pooling.sensitivity.gosh import SHARES, Estimated
from evsynth.pooling.sensitivity.leave_out import Refit
from evsynth.pooling.sensitivity.specification import Specification
from evsynth.report.account import Account, Cell, Grid
from evsynth.report.measures import words
from evsynth.report.numbers import decimal, interval, journal, level, with_interval

To = Callable[[float], float]


def sensitivity_account(found: Examination, *, title: str, measure: str, scale: str) -> Account:
    """Tell an examination on the reader's scale."""
    to = back(scale)
    used = found.headline.interval
    assert used is not None
    number = with_interval(to(used.mean), to(used.lower), to(used.upper), measure)
    null = words(measure).no_effect
    parts = [f"Headline: {number}, k = {found.headline.k}", *_said(found, to, measure)]
    codes = found.influence.codes if found.influence else ()
    fitted = {
        "model": f"random effects, tau2 by {found.estimator}",
        "interval": f"{found.interval}, {level(found.level)}",
        "not defined": "; ".join(found.missing),
    }
    if found.gosh is not None:
        whole = found.gosh.subsets.sample is None
        number_of = len(found.gosh.subsets.codes)
        fitted["subsets"] = (
            f"all {number_of} of two studies or more"
            if whole
            else f"a sample of {number_of} with seed {found.gosh.subsets.sample[1]}"  # type: ignore[index]
        )
    names = [name for name, part in (("leave-one-out", found.left_one), ("cumulative", found.grown),
                                     ("influence", found.influence), ("baujat", found.baujat), ("gosh", found.gosh),
                                     ("specification curve", found.curve)) if part is not None]  # fmt: skip
    return Account(
        title, ". ".join(parts) + ".", fitted, tuple(_grids(found, to, measure, null)),
        "Which studies, and which choices of the analysis, the pooled number hangs on.",
        "That the answer is right: an answer that no study and no choice moves can still be biased in the same "
        "direction by all of them. A study that moves the answer is not thereby wrong.",
        warned(tuple(dict.fromkeys(codes))), tuple(names),
    )  # fmt: skip


def _said(found: Examination, to: To, measure: str) -> Iterator[str]:
    if found.left_one:
        means = [(to(r.mean), r) for r in found.left_one]
        low, high = min(means, key=lambda m: m[0]), max(means, key=lambda m: m[0])
        yield (
            f"With one study left out: {journal(low[0], measure)} (without {_name(found, low[1])}) to "
            f"{journal(high[0], measure)} (without {_name(found, high[1])})"
        )
    if found.left_two is not None:
        lowest, highest = found.left_two.extremes()
        yield f"With two left out: {interval(to(lowest[2]), to(highest[2]), measure)}"
    if found.gosh is not None:
        yield (
            f"Over {len(found.gosh.subsets.codes)} subsets the middle 95% of pooled effects lie from "
            f"{interval(to(found.gosh.quantiles[0].value), to(found.gosh.quantiles[-1].value), measure)}"
        )
    if found.curve is not None:
        c = found.curve
        held = f", {c.crossing} of their intervals hold no effect" if words(measure).no_effect is not None else ""
        yield (
            f"Over {c.specifications} analyses: {interval(to(c.lowest.mean), to(c.highest.mean), measure)}{held}; "
            f"the axis that moves it most is: {c.axes[0].name}"
        )


def _grids(found: Examination, to: To, measure: str, null: float | None) -> Iterator[Grid]:
    head = ("estimate", "lower", "upper", "P", "tau2", "I2")
    if found.left_one:
        rows = tuple((_name(found, r), *_row(r, to)) for r in found.left_one)
        yield Grid("leave-one-out", ("without", *head), rows)
    if found.left_two is not None:
        yield _pairs(found, to, null)
    if found.grown:
        rows = tuple((found.labels[r.added[0] - 1], r.k, *_row(r, to)) for r in found.grown)
        yield Grid("cumulative", ("added", "k", *head), rows)
    if found.influence is not None:
        points = {p.study: p for p in found.baujat or ()}
        yield Grid(
            "influence",
            ("study", "residual", "DFFITS", "Cook", "covariance ratio", "hat", "weight", "Baujat x", "Baujat y",
             "influential", "because"),
            tuple(
                (s.label, s.residual, s.dffits, s.cook, s.covariance_ratio, s.hat, s.weight,
                 points[s.study].heterogeneity, points[s.study].influence, s.influential, s.because)
                for s in found.influence.studies
            ),
            f"Flagged beyond |DFFITS| {found.influence.dffits_limit:.3g} or hat {found.influence.hat_limit:.3g}, and "
            "other usual limits; a flag asks for a look, not for an exclusion.",
        )  # fmt: skip
    if found.gosh is not None:
        yield from _subsets(found, to)
    if found.curve is not None:
        yield from _curve(found, to, null)


def _pairs(found: Examination, to: To, null: float | None) -> Grid:
    two = found.left_two
    assert two is not None
    low, high = two.extremes()
    rows: list[tuple[Cell, ...]] = [
        (name, found.labels[i - 1], found.labels[j - 1], to(mean)) for name, (i, j, mean) in (("lowest", low),
                                                                                             ("highest", high))
    ]  # fmt: skip
    held = f"; {two.crossing()} intervals hold no effect" if null is not None else ""
    return Grid("leave-two-out", ("extreme", "without", "and without", "estimate"), tuple(rows),
                f"{len(two.first)} pairs{held}.")  # fmt: skip


def _subsets(found: Examination, to: To) -> Iterator[Grid]:
    g = found.gosh
    assert g is not None
    rows: list[tuple[Cell, ...]] = [
        (f"{100 * share:g}%", to(q.value), _error(q, to)) for share, q in zip(SHARES, g.quantiles, strict=True)
    ]
    rows = [("lowest", to(g.lowest), None), *rows, ("highest", to(g.highest), None)]
    yield Grid("subsets (GOSH)", ("quantile", "estimate", "Monte-Carlo error"), tuple(rows),
               f"Median I² {decimal(g.median_i2.value, 1)}%; {g.multimodal} subsets with several maxima.")  # fmt: skip
    yield Grid(
        "subsets with and without each study",
        ("study", "mean with", "mean without", "I2 with", "I2 without"),
        tuple(
            (found.labels[s.study - 1], to(s.mean_with.value), to(s.mean_without.value), s.i2_with.value,
             s.i2_without.value)
            for s in g.splits
        ),
    )  # fmt: skip


def _curve(found: Examination, to: To, null: float | None) -> Iterator[Grid]:
    c = found.curve
    assert c is not None
    rows = tuple(
        (name, s.estimator, s.interval, _left(found, s), to(s.mean), to(s.lower), to(s.upper), s.p)
        for name, s in (("headline", c.headline), ("lowest", c.lowest), ("highest", c.highest))
    )
    yield Grid("specification curve", ("which", "estimator", "interval", "without", "estimate", "lower", "upper", "P"),
               rows, f"{c.specifications} analyses; intervals reach from {_four(to(c.lower))} to {_four(to(c.upper))}.",
               )  # fmt: skip
    axes = tuple(
        (axis.name, _level(found, axis.name, name), to(median), 100 * share if null is not None else None)
        for axis in c.axes
        for name, median, share in zip(axis.levels, axis.medians, axis.crossing, strict=True)
        if len(axis.levels) > 1
    )
    yield Grid("specification curve by axis", ("axis", "level", "median estimate", "% holding no effect"), axes)


def _row(r: Refit, to: To) -> tuple[Cell, ...]:
    limits = tuple(None if x is None else to(x) for x in (r.lower, r.upper))
    return (to(r.mean), *limits, r.p, r.tau2, r.i2_from_tau2)


def _name(found: Examination, r: Refit) -> str:
    return found.labels[r.left_out[0] - 1]


def _left(found: Examination, s: Specification) -> str:
    return " and ".join(found.labels[i - 1] for i in s.left_out) or "none"


def _level(found: Examination, axis: str, name: str) -> str:
    """Name the studies of a level of the axis of studies left out."""
    if axis != "left out" or name == "none":
        return name
    return " and ".join(found.labels[int(i) - 1] for i in name.removeprefix("study ").split(" and "))


def _error(q: Estimated, to: To) -> float | None:
    return None if q.error == 0 else abs(to(q.value + q.error) - to(q.value))


def _four(x: float) -> str:
    return f"{x:.3g}" if math.isfinite(x) else str(x)
