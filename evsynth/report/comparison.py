"""What several method profiles print for the same effects, side by side, with the digits that differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from evsynth.pooling.profiles import UnderProfile
from evsynth.report.numbers import decimal, interval, journal, p_value

COLUMNS = ("profile", "estimate", "interval", "p", "tau2", "I2", "prediction", "rule")


class Line(NamedTuple):
    """One profile's figures as text, and which of them differ from the first profile's."""

    cells: tuple[str, ...]
    differs: tuple[str, ...]


def lines(found: Sequence[UnderProfile], measure: str, back: Callable[[float], float]) -> tuple[Line, ...]:
    """Write each profile's figures as its users would see them; `back` leads to the reader's scale."""
    written = [_cells(one, measure, back) for one in found]
    first = written[0]
    return tuple(
        Line(
            cells,
            tuple(name for name, own, ref in zip(COLUMNS[1:-1], cells[1:-1], first[1:-1], strict=True) if own != ref),
        )
        for cells in written
    )


def as_table(found: Sequence[Line]) -> str:
    """Lay the lines out as a table for a terminal; a star marks what differs from the first line."""
    rows: list[tuple[str, ...]] = [COLUMNS]
    for line in found:
        rows.append(
            tuple(cell + ("*" if name in line.differs else "") for name, cell in zip(COLUMNS, line.cells, strict=True))
        )
    widths = [max(len(row[i]) for row in rows) for i in range(len(COLUMNS))]
    text = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([*text, "", f"* differs from {found[0].cells[0]}"])


def as_json(found: Sequence[UnderProfile]) -> list[dict[str, Any]]:
    """Give the figures of each profile on the analysis scale."""
    return [
        {
            "profile": one.profile.name,
            "estimator": one.profile.estimator,
            "interval": one.interval_rule,
            "k": one.k,
            "mean": one.mean,
            "lower": one.lower,
            "upper": one.upper,
            "p": one.p,
            "tau2": one.tau2,
            "tau2_lower": one.tau2_lower,
            "tau2_upper": one.tau2_upper,
            "i2": one.i2,
            "i2_from": one.profile.i2,
            "prediction": one.prediction.name if one.prediction else None,
            "prediction_lower": one.prediction.lower if one.prediction else None,
            "prediction_upper": one.prediction.upper if one.prediction else None,
            "codes": list(one.codes),
        }
        for one in found
    ]


def _cells(one: UnderProfile, measure: str, back: Callable[[float], float]) -> tuple[str, ...]:
    prediction = "none"
    if one.prediction is not None:
        limits = interval(back(one.prediction.lower), back(one.prediction.upper), measure)
        prediction = f"{limits} ({one.prediction.name})"
    return (
        one.profile.name,
        journal(back(one.mean), measure),
        interval(back(one.lower), back(one.upper), measure),
        p_value(one.p),
        decimal(one.tau2, 4),
        "none" if one.i2 is None else f"{decimal(one.i2, 1)}% (from {one.profile.i2})",
        prediction,
        f"{one.profile.estimator}, {one.interval_rule}",
    )
