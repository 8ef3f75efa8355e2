"""Rebuilt survival curves in words, as JSON, as a table of patients, and as a figure beside the digitised points."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from evsynth.reanalyse.ipd.curves import kaplan_meier, numbers_at_risk
from evsynth.reanalyse.survival.accuracy import (
    LARGEST_LIMIT,
    MEAN_LIMIT,
    RMSE_LIMIT,
    Accuracy,
    Gate,
    RebuiltHazard,
    accuracy,
    gate,
    rebuilt_hazard,
    restricted_mean,
    together,
)  # fmt: skip
from evsynth.reanalyse.survival.digitised import CurveFile, Group, Points, points
from evsynth.reanalyse.survival.reconstruct import Patients, reconstruct
from evsynth.report.drawing import Picture
from evsynth.report.numbers import six
from evsynth.report.survival_figure import Steps, draw_survival, ticks


class Curve(NamedTuple):
    """One group of one digitisation."""

    group: Group
    clicks: Points
    patients: Patients
    accuracy: Accuracy


class Rebuilt(NamedTuple):
    """Every digitisation of one figure; `hazards` compare the first two groups, one for each digitisation."""

    file: CurveFile
    digitisations: tuple[tuple[Curve, ...], ...]
    hazards: tuple[RebuiltHazard, ...]
    gate: Gate


def rebuild(files: Sequence[CurveFile]) -> Rebuilt:
    """Rebuild the patients of every digitisation. Raises ValueError where a file holds no usable curve."""
    found = tuple(tuple(_curve(file, group) for group in file.groups) for file in files)
    hazards = tuple(
        rebuilt_hazard(curves[0].patients, curves[1].patients)
        for curves in found
        if len(curves) == 2 and all(c.patients.event.sum() >= 1 for c in curves)
    )
    first, file = found[0], files[0]
    low = min(file.y.value_1, file.y.value_2)
    judged = gate(
        [c.accuracy for curves in found for c in curves], [c.patients for c in first],
        numbers_at_risk=all(g.at_risk for g in file.groups),
        total_events=all(g.events is not None for g in file.groups),
        digitisations=len(files), axis_from_zero=low <= 0,
    )  # fmt: skip
    return Rebuilt(file, found, hazards, judged)


def _curve(file: CurveFile, group: Group) -> Curve:
    clicks = points(file, group)
    at_risk = [(r.time, r.patients) for r in group.at_risk]
    patients = reconstruct(clicks, group.patients, at_risk, group.events)
    shown = [(s.time, s.survival) for s in group.survival_at]
    return Curve(group, clicks, patients, accuracy(clicks, patients, at_risk, group.events, group.median, shown))


def lines(found: Rebuilt) -> list[str]:
    """Give the accuracy table, the gate, and the hazard ratio."""
    text = [f"{found.file.study}, {found.file.figure}: {len(found.digitisations)} digitisation(s)"]
    for number, curves in enumerate(found.digitisations, start=1):
        for c in curves:
            name = f"{c.group.arm}, digitisation {number}" if len(found.digitisations) > 1 else c.group.arm
            events = int(c.patients.event.sum())
            text.append(
                f"  {name}: {len(c.patients.time)} patients, {events} events rebuilt from {len(c.group.clicks)} clicks"
            )
            a = c.accuracy
            text.append(
                f"    error of the curve: RMSE {a.rmse:.3f} (limit {RMSE_LIMIT:g}), mean {a.mean:.3f} "
                f"({MEAN_LIMIT:g}), largest {a.largest:.3f} ({LARGEST_LIMIT:g})"
            )
            text += [f"    {r.what}: printed {r.printed:g}, rebuilt {r.rebuilt:.4g}" for r in a.rows]
    text += _hazard(found)
    text.append("hazard ratio may be pooled" if found.gate.poolable else "hazard ratio may not be pooled")
    text += [f"  {code}: {words}" for code, words in (*found.gate.reasons, *found.gate.warnings)]
    return text


def _hazard(found: Rebuilt) -> list[str]:
    if not found.hazards:
        return []
    one, two = (c.group.arm for c in found.digitisations[0][:2])
    h = found.hazards[0]
    text = [f"{one} against {two}: rebuilt hazard ratio {h.ratio:.3f} ({h.lower:.3f} to {h.upper:.3f}), "
            f"log-rank P {h.log_rank_p:.3g}"]  # fmt: skip
    if found.file.hazard_ratio is not None:
        p = found.file.hazard_ratio
        text.append(f"  printed hazard ratio {p.ratio:g} ({p.lower:g} to {p.upper:g})")
    if len(found.hazards) > 1:
        centre, variance = together(found.hazards)
        text.append(f"  over {len(found.hazards)} digitisations: log ratio {centre:.4f}, variance {variance:.5f}, with "
                    "the variance between them")  # fmt: skip
    until = min(float(c.clicks.time[-1]) for c in found.digitisations[0][:2])
    means = [
        restricted_mean(kaplan_meier(c.patients.time, c.patients.event), until) for c in found.digitisations[0][:2]
    ]
    text.append(f"  restricted mean to {until:g} {found.file.time_unit}: {means[0]:.4g} and {means[1]:.4g}, "
                f"difference {means[0] - means[1]:.4g}")  # fmt: skip
    return text


def patients_csv(found: Rebuilt) -> str:
    """Write the rebuilt patients of the first digitisation: group, time, event."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("group", "time", "event"))
    for c in found.digitisations[0]:
        writer.writerows((c.group.arm, six(float(t)), int(e)) for t, e in zip(*c.patients, strict=True))
    return out.getvalue()


def figure(found: Rebuilt) -> Picture:
    """Draw the rebuilt curves of the first digitisation with the digitised points on them."""
    curves = found.digitisations[0]
    until = max(float(c.clicks.time[-1]) for c in curves)
    steps = []
    for c in curves:
        km = kaplan_meier(c.patients.time, c.patients.event)
        numbers = tuple(f"{n:.0f}" for n in numbers_at_risk(c.patients.time, np.array(ticks(until))))
        dots = tuple((float(t), float(s)) for t, s in zip(*c.clicks, strict=True))
        heights = tuple(map(float, km.survival))
        steps.append(Steps(c.group.arm, tuple(map(float, km.times)), heights, float(c.clicks.time[-1]), numbers, dots))
    notes = ("Lines: curves of the rebuilt patients; dots: digitised points; numbers at risk: rebuilt.",)
    title = f"{found.file.study}, {found.file.figure}, rebuilt"
    return draw_survival(steps, name="rebuilt-survival", title=title, unit=found.file.time_unit, notes=notes)


def as_json(found: Rebuilt) -> dict[str, Any]:
    """Give everything but the patients as JSON."""
    return {
        "study": found.file.study, "figure": found.file.figure,
        "curves": [
            [{"arm": c.group.arm, "patients": len(c.patients.time), "events": int(c.patients.event.sum()),
              "rmse": c.accuracy.rmse, "mean": c.accuracy.mean, "largest": c.accuracy.largest,
              "printed": [r._asdict() for r in c.accuracy.rows]} for c in curves]
            for curves in found.digitisations
        ],
        "hazards": [h._asdict() for h in found.hazards],
        "together": together(found.hazards) if found.hazards else None,
        "poolable": found.gate.poolable,
        "reasons": dict(found.gate.reasons), "warnings": [list(w) for w in found.gate.warnings],
    }  # fmt: skip
