"""Patients behind a digitised Kaplan-Meier curve (Guyot 2012, doi 10.1186/1471-2288-12-9; iKM as modified by Liu 2021).

Between two numbers at risk the censored patients are spread evenly; at each click the events are those that bring the
curve to it; the number censored is moved until the number at risk at the next printed time is met. After the last
number at risk the censoring rate of the time before is used, and where the total of events is printed the number
censored is moved until the total is met. Liu 2021 (doi 10.1186/s12874-021-01308-8) cleans the clicks first, which
`digitised.clean` does.

Everything is deterministic. Refuses (ValueError) numbers at risk that rise, or more at risk than patients.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from evsynth.reanalyse.survival.digitised import Points

Floats = NDArray[np.float64]


class Patients(NamedTuple):
    """Rebuilt times and events (1) or censorings (0)."""

    time: Floats
    event: Floats


class _Stretch(NamedTuple):
    events: NDArray[np.int64]
    left: int
    level: float


def reconstruct(
    curve: Points, patients: int, at_risk: Sequence[tuple[float, int]] = (), events: int | None = None
) -> Patients:
    """Rebuild the patients of one curve."""
    times, numbers = _table(patients, at_risk, float(curve.time[-1]))
    starts = [int(np.searchsorted(curve.time, t, side="left")) for t in times]
    # Numbers at risk after the last click say only how many were censored in between.
    used = [i for i, s in enumerate(starts) if s < len(curve.time)]
    times, numbers, starts = [times[i] for i in used], [numbers[i] for i in used], [starts[i] for i in used]
    level, left, total = 1.0, patients, 0
    died: list[tuple[float, int]] = []
    censored: list[Floats] = []
    rates: list[float] = []
    for i, start in enumerate(starts):
        final = i + 1 == len(starts)
        stop = len(curve.time) if final else starts[i + 1]
        end = float(curve.time[-1]) if final else times[i + 1]
        stretch = Points(curve.time[start:stop], curve.survival[start:stop])
        wanted = None if final else numbers[i + 1]
        goal = events - total if final and events is not None else None
        guess = _first_guess(stretch, level, left, wanted, rates, times[i], end)
        count, result = _settle(stretch, times[i], end, left, level, guess, wanted, goal)
        spread = _censor_times(times[i], end, count)
        died += [(float(t), int(d)) for t, d in zip(stretch.time, result.events, strict=True) if d]
        censored.append(spread)
        total += int(result.events.sum())
        if end > times[i] and left:
            rates.append(count / (left * (end - times[i])))
        level, left = result.level, result.left
    event_times = np.repeat([t for t, _ in died], [d for _, d in died]) if died else np.zeros(0)
    gone = np.concatenate(censored) if censored else np.zeros(0)
    remaining = max(0, patients - len(event_times) - len(gone))
    after = _after(float(curve.time[-1]), remaining, at_risk)
    gone = np.concatenate([gone[: max(0, patients - len(event_times))], after])
    time = np.concatenate([event_times, gone])
    event = np.concatenate([np.ones(len(event_times)), np.zeros(len(gone))])
    order = np.lexsort((-event, time))
    return Patients(time[order], event[order])


def _after(last: float, remaining: int, at_risk: Sequence[tuple[float, int]]) -> Floats:
    """Censor those left at the last click; numbers at risk printed later keep as many until then."""
    times = np.full(remaining, last)
    for t, n in sorted(at_risk):
        if t > last:
            times[: min(n, remaining)] = t
    return times


def _table(patients: int, at_risk: Sequence[tuple[float, int]], last: float) -> tuple[list[float], list[int]]:
    rows = sorted(at_risk)
    if not rows or rows[0][0] > 0:
        rows = [(0.0, patients), *rows]
    times, numbers = [float(t) for t, _ in rows], [int(n) for _, n in rows]
    if any(b > a for a, b in pairwise(numbers)) or numbers[0] > patients:
        raise ValueError(f"numbers at risk cannot rise or exceed {patients} patients: {numbers}")
    inside = [i for i, t in enumerate(times) if t < last or i == 0]
    return [times[i] for i in inside], [numbers[i] for i in inside]


def _first_guess(
    stretch: Points, level: float, left: int, wanted: int | None, rates: list[float], start: float, end: float
) -> int:
    if wanted is None:
        rate = float(np.mean(rates)) if rates else 0.0
        return max(0, min(left, round(rate * left * (end - start))))
    reached = float(stretch.survival[-1]) if len(stretch.survival) else level
    return max(0, min(left - wanted, round(left * (reached / level if level > 0 else 0.0) - wanted)))


def _settle(
    stretch: Points, start: float, end: float, left: int, level: float, guess: int, wanted: int | None, goal: int | None
) -> tuple[int, _Stretch]:
    """Move the number censored until the next number at risk, or the total of events, is met as closely as possible."""
    tried: dict[int, _Stretch] = {}
    count = guess
    while count not in tried:
        tried[count] = _walk(stretch, _censor_times(start, end, count), left, level)
        miss = _miss(tried[count], wanted, goal)
        # A patient too many at risk, or an event too many, means too few censored.
        count = max(0, min(left, count + miss))
    best = min(tried, key=lambda c: (abs(_miss(tried[c], wanted, goal)), abs(c - guess)))
    return best, tried[best]


def _miss(result: _Stretch, wanted: int | None, goal: int | None) -> int:
    if wanted is not None:
        return result.left - wanted
    return int(result.events.sum()) - goal if goal is not None else 0


def _walk(stretch: Points, censored: Floats, left: int, level: float) -> _Stretch:
    """Go along the clicks: patients censored before a click leave, then events bring the curve to it."""
    events = np.zeros(len(stretch.time), dtype=np.int64)
    seen = 0
    for k, (t, s) in enumerate(zip(stretch.time, stretch.survival, strict=True)):
        before = int(np.searchsorted(censored, t, side="left"))
        left = max(0, left - (before - seen))
        seen = before
        if left == 0 or level <= 0:
            continue
        d = min(left, max(0, round(left * (1 - s / level))))
        if d:
            events[k] = d
            level *= 1 - d / left
            left -= d
    return _Stretch(events, max(0, left - (len(censored) - seen)), level)


def _censor_times(start: float, end: float, count: int) -> Floats:
    return start + (end - start) * np.arange(1, count + 1) / (count + 1)
