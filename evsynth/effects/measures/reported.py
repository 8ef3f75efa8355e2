"""An effect that a paper reports, with whichever of its precision it prints: SE, interval, p, z or t.

    se          v = se^2
    interval    v = ((U - L)/(2 q))^2, q the quantile of the level        symmetric on the analysis scale
    z or t      v = (y/statistic)^2
    p           v = (y/q(p/2))^2, two-sided, exact p only: "p < 0.05" is a bound, not a value

With ``ratio=True`` the estimate and its limits are ratios and are taken to logs. With ``df`` the quantiles are
those of t. Handbook 6.3; Altman & Bland 2011, doi 10.1136/bmj.d2090 (and the same caveat: rounded p-values and
limits give rounded standard errors). All columns hold one number per study.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.stats import norm, t

from evsynth.effects.measures.columns import Data, FloatArray, demand, read_columns, study
from evsynth.effects.measures.effect import MeasureError

ASYMMETRY = 0.10
"""Distance of the estimate from the middle of its limits, in units of the half-width, that gets a note."""


class Reported(NamedTuple):
    """Effects on the analysis scale, the route taken, and notes with stable codes."""

    y: FloatArray
    v: FloatArray
    se: FloatArray
    route: str
    notes: tuple[str, ...]


def from_interval(
    estimate: npt.ArrayLike,
    lower: npt.ArrayLike,
    upper: npt.ArrayLike,
    *,
    level: float,
    ratio: bool,
    df: npt.ArrayLike | None = None,
) -> Reported:
    """Return effects from intervals. Raises MeasureError unless lower <= estimate <= upper and lower < upper."""
    data = _read(estimate, {"lower": lower, "upper": upper}, df, ratio=ratio)
    if not 0 < level < 1:
        hint = f"; did you mean {level / 100!r}?" if 1 < level < 100 else ""
        raise MeasureError(f"level = {level!r} must lie in (0, 1){hint}")
    y, low, high = (np.log(data[n]) if ratio else data[n] for n in ("estimate", "lower", "upper"))
    wrong = ~((low <= y) & (y <= high) & (low < high))
    if wrong.any():
        raise MeasureError(
            "\n".join(f"{study(int(i), ())}: {_impossible(data, int(i))}" for i in np.flatnonzero(wrong))
        )
    half = (high - low) / 2
    off = np.abs(y - (low + high) / 2) > ASYMMETRY * half
    notes = _named(off, "ASYMMETRIC: the estimate is over 10 % of the half-width from the middle of its limits")
    return _reported(y, half / _quantile((1 - level) / 2, data), f"{100 * level:g} % interval", notes)


def from_se(estimate: npt.ArrayLike, se: npt.ArrayLike, *, ratio: bool) -> Reported:
    """Return effects from standard errors *on the analysis scale* (of the log for ratios). Raises MeasureError."""
    data = _read(estimate, {"se": se}, None, ratio=ratio)
    demand({"se": data["se"]}, lambda value: value > 0, "must be > 0")
    return _reported(np.log(data["estimate"]) if ratio else data["estimate"], data["se"], "standard error", ())


def from_statistic(estimate: npt.ArrayLike, statistic: npt.ArrayLike, *, ratio: bool, name: str = "z") -> Reported:
    """Return effects from z or t, the estimate over its standard error. Raises MeasureError.

    Refused where either is 0 (the standard error is then undetermined) or their signs differ.
    """
    data = _read(estimate, {name: statistic}, None, ratio=ratio)
    y, value = np.log(data["estimate"]) if ratio else data["estimate"], data[name]
    wrong = (y * value) <= 0
    if wrong.any():
        raise MeasureError(
            "\n".join(
                f"{study(int(i), ())}: effect {y[i]:g} and {name} = {value[i]:g} must have the same sign and not be 0"
                for i in np.flatnonzero(wrong)
            )
        )
    return _reported(y, y / value, name, ())


def from_p(estimate: npt.ArrayLike, p: npt.ArrayLike, *, ratio: bool, df: npt.ArrayLike | None = None) -> Reported:
    """Return effects from exact two-sided p-values. Raises MeasureError for p outside (0, 1) and for a null effect."""
    data = _read(estimate, {"p": p}, df, ratio=ratio)
    demand({"p": data["p"]}, lambda value: (value > 0) & (value < 1), "must lie in (0, 1), printed exactly")
    y = np.log(data["estimate"]) if ratio else data["estimate"]
    demand({"effect": y}, lambda value: value != 0, "is null: a p-value cannot give its standard error")
    return _reported(y, np.abs(y) / _quantile(data["p"] / 2, data), "two-sided p", ())


def _read(estimate: npt.ArrayLike, others: dict[str, npt.ArrayLike], df: npt.ArrayLike | None, *, ratio: bool) -> Data:
    columns = {"estimate": estimate, **others}
    if df is not None:
        columns["df"] = df
    data = read_columns(columns, tuple(columns))
    if df is not None:
        demand({"df": data["df"]}, lambda value: value > 0, "must be > 0")
    if ratio:
        ratios = {name: data[name] for name in data if name in ("estimate", "lower", "upper")}
        demand(ratios, lambda value: value > 0, "must be > 0: ratios are taken to logs")
    return data


def _quantile(tail: npt.ArrayLike, data: Data) -> FloatArray:
    return np.asarray(t.isf(tail, data["df"]) if "df" in data else norm.isf(tail), dtype=np.float64)


def _named(rows: npt.NDArray[np.bool_], words: str) -> tuple[str, ...]:
    which = ", ".join(str(i + 1) for i in np.flatnonzero(rows))
    return (f"{words}: study {which}",) if which else ()


def _reported(y: FloatArray, se: FloatArray, route: str, notes: tuple[str, ...]) -> Reported:
    return Reported(y, se * se, se, route, notes)


def _impossible(data: Data, i: int) -> str:
    estimate, lower, upper = (f"{data[name][i]:g}" for name in ("estimate", "lower", "upper"))
    if data["lower"][i] > data["upper"][i]:
        return f"lower = {lower} is above upper = {upper}"
    if data["lower"][i] == data["upper"][i]:
        return f"the interval {lower} to {upper} has no width"
    return f"estimate {estimate} does not lie inside its interval ({lower} to {upper})"
