"""The whole time in a study against its phases: run-in 4, double-blind 24, extension 28, in all 56 weeks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from evsynth.checks.scanned.calendar.durations import Duration, durations
from evsynth.checks.scanned.facts.passages import Passage, passages
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("DATES",)

_PHASE = (
    r"\b(?:run-?in|lead-?in|wash-?\s?out|double-?blind|open-?label|extension|induction|maintenance|titration|taper\w*|"
    r"baseline|screening|treatment|intervention|follow-?up|observation|consolidation|phase|period|block|rest|"
    r"stabili[sz]ation|"
    r"up-?titration|withdrawal|recovery|training|de-?training|supplementation|familiari[sz]ation|placebo|each|"
    r"post-treatment)\b"
)
_OF_PHASE = (
    Expression(_PHASE + r"[^.;,\d]{0,30}$", re.I),
    Expression(
        r"^[\s-]*(?:[a-z-]+ ){0,3"
        r"}?" + _PHASE[2:],
        re.I,
    ),
)
_WHOLE = Expression(
    r"\b(?:total(?:led|ling|s)?|in all|altogether|entire|whole|overall|combined|participation|study duration|sum)\b|"
    r"\bin the (?:trial|study) for\b|\b(?:study|trial|experiment|protocol|programme|program|regimen) (?:thus |"
    r"therefore |"
    r"hence |so )?(?:lasted|took|ran|spanned|comprised|was completed in|required|extended over|covered)\b|\btook "
    r"part for\b|"
    r"\b(?:study|trial|participated|enrolled|involved|engaged|followed|under observation|occupied)\b[^.;\d]{0,20} "
    r"for\b",
    re.I,
)
_AFTER = Expression(r"^\s?(?:in total|in all|altogether|overall|total)\b", re.I)
_EACH = Expression(r"^[\s,]*(?:each|apiece|per (?:period|phase|arm|treatment))\b|^[^.;\d]{0,40}\beach\b", re.I)
_LOOSE = Expression(
    r"\b(?:at least|up to|median|mean|average|about|approximately|range|aged?|every|minimum|maximum|within|or "
    r"(?:more|longer|until)|survival|"
    r"previous|prior|history|optional|who (?:completed|continued)|subset|some)\b|[<>≥≤±]", re.I
)  # fmt: skip


def phases_added(reading: Reading) -> Iterator[Finding]:
    """Compare the whole time with every sum of the phases, each taken once, twice or left out.

    The text must tell two phases or more in the unit of the whole. Left alone: lengths that are limits, means or parts.
    """
    for _, near in passages(reading, _WHOLE, 2, 0):
        told = list(durations(near.words))
        wholes = [d for d in told if _is_whole(near, d)]
        if len(wholes) != 1:
            continue
        whole = wholes[0]
        parts = [d for d in told if d is not whole and _is_phase(near, d)]
        others = [d for d in told if d is not whole and d not in parts]
        unit = _unit(whole)
        if len(parts) + sum(1 for d in parts if _twice(near, d)) < 2 or any(_unit(d) != unit for d in parts):
            continue
        if len(parts) > 5 or any(_unit(d) == unit for d in others) or whole.start < max(d.start for d in parts):
            continue
        if _LOOSE.search(near.words[min(d.start for d in parts) - 20 if parts[0].start > 20 else 0 : whole.end]):
            continue
        if any(abs(s - whole.days) <= 0.5 for s in _sums(near, parts)):
            continue
        made = sum(d.days * (2 if _twice(near, d) else 1) for d in parts)
        if not 0.4 * made < whole.days < 2.5 * made:
            continue
        each = whole.days / float(_number(whole))
        yield reading.finding(
            "DATES", "inconsistent",
            f"{whole.text} is inconsistent with phases of {', '.join(d.text for d in parts)}, which make "
            f"{made / each:g}",
            "a phase may not be told; otherwise a number is misprinted",
            quotes=tuple(near.spot(d.start, d.end) for d in (whole, *parts)), computed=((unit, f"{made / each:g}"),),
        )  # fmt: skip


def _sums(near: Passage, parts: list[Duration]) -> set[float]:
    """Give what the phases can make: periods "each" two to six times, with a washout between any two."""
    each = [d for d in parts if _twice(near, d)]
    gaps = [d for d in parts if d not in each and re.match(r"[\s-]*(?:[a-z]+ )?wash", near.words[d.end :], re.I)]
    if len(each) == 1 and len(gaps) == 1:
        others = [d for d in parts if d not in (*each, *gaps)]
        between = {k * each[0].days + (k - 1) * gaps[0].days for k in range(2, 7)} | {2 * each[0].days}
        more = {
            sum(d.days for d, there in zip(others, s, strict=True) if there)
            for s in product((0, 1), repeat=len(others))
        }
        return {a + b for a in between for b in more}
    again = re.search(r"\b(?:two|both|twice|second|cross-?over|repeated)\b", near.words, re.I)
    single = (0, 1, 2) if again else (0, 1)
    times = product(*((1, 2, 3, 4) if d in each else single for d in parts))
    return {sum(k * d.days for k, d in zip(some, parts, strict=True)) for some in times}


def _is_whole(near: Passage, one: Duration) -> bool:
    before = re.split(r"[.;](?=\s)", near.words[max(0, one.start - 70) : one.start])[-1]
    return bool(_WHOLE.search(re.split(r"\d", before)[-1]) or _AFTER.match(near.words[one.end :]))


def _is_phase(near: Passage, one: Duration) -> bool:
    before, after = near.words[max(0, one.start - 45) : one.start], near.words[one.end : one.end + 50]
    return bool(_OF_PHASE[1].match(after) or _OF_PHASE[0].search(before))


def _twice(near: Passage, one: Duration) -> bool:
    return bool(_EACH.match(near.words[one.end : one.end + 45]))


def _unit(one: Duration) -> str:
    return re.split(r"[\s-]", one.text)[-1].lower().rstrip("s")


def _number(one: Duration) -> float:
    days = {"year": 365.25, "month": 30.4375, "week": 7.0, "day": 1.0}
    return one.days / days.get(_unit(one), 1.0) or 1.0
