"""Two cohorts of one hospital were recruited in overlapping years, and may share patients."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("COHORTS_MAY_OVERLAP",)

_YEAR = r"(?:19|20)[0-9]{2}"
_WINDOW = Expression(
    rf"\b(?:from|between|in)\s+(?:the\s+)?(?:[A-Z][a-z]+\.?\s+)?(?P<first>{_YEAR})\s*(?:to|and|until|-|"
    rf"through)\s*(?:[A-Z][a-z]+\.?\s+)?(?P<last>{_YEAR})"
)
_RETRO = Expression(r"\bretrospective|\bderivation|\bdevelopment|\btraining", re.I)
_PRO = Expression(r"\bprospective|\bvalidation", re.I)
_SEPARATE = Expression(
    r"\b(?:no|none of the) patients?\b[^.;]{0,40}\b(?:in|to|from) (?:both|the other|either)\b|\bdid not "
    r"overlap|\bno overlap|\bdifferent patients|\bnot included in (?:both|the retro|the pro)",
    re.I,
)
_OTHER = Expression(
    r"\b(?:external|other|another|second|independent|different) (?:hospital|cent(?:er|re)|institution|site|cohort)",
    re.I,
)


def overlapping_windows(reading: Reading) -> Iterator[Finding]:
    """Compare the windows of a retrospective and a prospective cohort (or development and validation) of one paper.

    Left alone: papers that say that no patient is in both, and cohorts from different hospitals.
    """
    told = list(lines(reading, ("methods", "abstract", "results", "body")))
    if any(_SEPARATE.search(x.words) or _OTHER.search(x.words) for x in told):
        return
    first = next(
        (
            (x, m)
            for x in told
            if _RETRO.search(x.words) and not _PRO.search(x.words)
            for m in _WINDOW.finditer(x.words)
        ),
        None,
    )
    second = next(
        (
            (x, m)
            for x in told
            if _PRO.search(x.words) and not _RETRO.search(x.words)
            for m in _WINDOW.finditer(x.words)
        ),
        None,
    )
    first = first or _before(told, second)
    if first is None or second is None:
        first, second = _in_one(told) or (first, second)
    if first is None or second is None:
        return
    (a, m), (b, n) = first, second
    if max(int(m["first"]), int(n["first"])) <= min(int(m["last"]), int(n["last"])):
        yield reading.finding(
            "COHORTS_MAY_OVERLAP", "concern",
            f"two cohorts were recruited in overlapping years ({m['first']} to {m['last']} and {n['first']} "
                f"to {n['last']}); patients may be in both",
            "they may have been kept apart without saying so; a pool must not count a patient twice",
            quotes=(a.piece(m), b.piece(n)),
        )  # fmt: skip


def _in_one(told: list[Line]) -> tuple[tuple[Line, re.Match[str]], tuple[Line, re.Match[str]]] | None:
    """Give the windows of two cohorts that one sentence tells, each after its name."""
    for line in told:
        windows = list(_WINDOW.finditer(line.words))
        if len(windows) == 2:
            one, two = line.words[: windows[0].start()], line.words[windows[0].end() : windows[1].start()]
            if (_RETRO.search(one) and _PRO.search(two)) or (_PRO.search(one) and _RETRO.search(two)):
                return (line, windows[0]), (line, windows[1])
    return None


def _before(told: list[Line], second: tuple[Line, re.Match[str]] | None) -> tuple[Line, re.Match[str]] | None:
    """Give a window that stands in the section of the retrospective part without naming it."""
    if second is None or not any(_RETRO.search(x.words) for x in told):
        return None
    windows = ((x, m) for x in told for m in _WINDOW.finditer(x.words))
    return next(
        (
            (x, m)
            for x, m in windows
            if x.start != second[0].start and m[0] != second[1][0] and not _PRO.search(x.words)
        ),
        None,
    )
