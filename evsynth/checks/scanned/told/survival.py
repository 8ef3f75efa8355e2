"""Survival told twice: as a median time and as a percentage at a time, or at several times.

Where the median survival is 18 months, half or more are alive at 12 months and half or fewer at 24. Survival cannot
rise with time; the cumulative incidence cannot fall.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from evsynth.checks.scanned.facts.marked import marked, spot
from evsynth.checks.scanned.facts.survival_told import Told, listed, medians, series, shares
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import span
from evsynth.text.expressions import Expression

CODES = ("MEDIAN_AND_RATE", "SURVIVAL_CONTRADICTS")

_FALLS = Expression(r"surviv|free(?:dom)?\b|alive|\bOS\b|\bPFS\b|\bDFS\b|\bEFS\b|\bRFS\b|retention|patency", re.I)
_RISES = Expression(r"cumulative (?:incidence|mortality|recurrence|risk|rates? of)", re.I)
_GROUPS = Expression(
    r"\b(?:versus|vs\.?|respectively|compared with|conditional|relative survival|groups?|arms?|among|subgroup|"
    r"responders|"
    r"in (?:the )?(?:patients|women|men|those) (?:with|who|on|given|treated)|stages?|grades?|mutat\w+|"
    r"wild-?type|carriers|"
    r"(?:high|low|intermediate)-risk|positive|negative|tumou?rs (?:of|with)|after (?:relapse|progression|transplant\w*|"
    r"recurrence|surgery|resection)|from (?:relapse|progression|recurrence|diagnosis|surgery)|whose)\b|[<>≥≤]",
    re.I,
)
_SOME = Expression(
    r"⟨p\d+⟩(?: ?\([^()]*\))? (?:for|in|among|with|of) (?!(?:all|the (?:whole|entire|full|overall|study|total)|our|"
    r"(?:the )?(?:patients|participants|women|men|children|subjects|people|them) (?:were|was|are|remained|survived|"
    r"still|"
    r"had survived)|(?:patients|participants|subjects) (?:at|after) ⟨)\b)",
    re.I,
)
ROOM = 1.0
"""Percentage points that rounding of the curve may move a share."""


def survival(reading: Reading) -> Iterator[Finding]:
    """Check medians against percentages, and percentages at several times against each other."""
    every = [
        x
        for x in lines(reading, ("abstract", "results", "body"))
        if re.search(r"surviv|alive|free|incidence|OS\b|PFS", x.words, re.I)
    ]
    centres = [m for i, x in enumerate(every) for m in medians(x, i)]
    percents = [s for i, x in enumerate(every) for s in (*shares(x, i), *listed(x, i))]
    for median in centres:
        alike = [m for m in centres if m.kind == median.kind and m.line.role == median.line.role]
        own = [
            s
            for s in percents
            if s.kind == median.kind and s.line.role == median.line.role and abs(s.place - median.place) <= 1
        ]
        if len(alike) == 1:
            for share in own:
                if not any(_GROUPS.search(x.line.words) for x in (share, median)) and not _some(share):
                    yield from _judged(reading, median, share)
    for line in every:
        yield from _falling(reading, line)


def _some(share: Told) -> bool:
    """Say whether a share is told of some of the patients: "63% for carriers"."""
    text = marked(share.line.words).text
    at = text.index(f"⟨p{marked(share.line.words).numbers.index(share.number)}⟩")
    return _SOME.match(text, at) is not None


def _judged(reading: Reading, median: Told, share: Told) -> Iterator[Finding]:
    percent = span(share.number.printed)
    early, late = share.days < 0.95 * median.days, share.days > 1.05 * median.days
    if (early and percent.high < 50 - ROOM) or (late and percent.low > 50 + ROOM):
        side = "half or more" if early else "half or fewer"
        yield reading.finding(
            "MEDIAN_AND_RATE", "inconsistent",
            f"{share.number.printed}% alive or free is inconsistent with a median of {median.number.printed} told of "
            f"the "
            f"same survival: {side} must be so at that time",
            "the two may be of other patients, or counted from another day",
            quotes=(spot(share.line, share.number), spot(median.line, median.number)),
        )  # fmt: skip


def _falling(reading: Reading, line: Line) -> Iterator[Finding]:
    """Compare the shares of one curve at several times."""
    seen: set[int] = set()
    for about, times, percents, _ in series(line):
        falls, rises = bool(_FALLS.search(about)), bool(_RISES.search(about))
        if len(times) != len(percents) or falls == rises or re.search(r"conditional|relative", about, re.I):
            continue
        if any(a.printed.value >= b.printed.value for a, b in pairwise(times)) or percents[0].start in seen:
            continue
        seen.add(percents[0].start)
        for one, two in pairwise(percents):
            first, second = span(one.printed), span(two.printed)
            if (falls and second.low > first.high) or (rises and second.high < first.low):
                yield reading.finding(
                    "SURVIVAL_CONTRADICTS", "inconsistent",
                    f"{one.printed}% and later {two.printed}%: "
                    f"{'survival cannot rise' if falls else 'a cumulative share cannot fall'}"
                    " with time",
                    "the two may be of other patients; otherwise they may have been exchanged",
                    quotes=(spot(line, one), spot(line, two)),
                )  # fmt: skip
