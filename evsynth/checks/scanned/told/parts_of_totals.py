"""A total score, time or amount told with its parts in one sentence: "21.4, 24.3 and 44.8 ..., a total of 90.5 points".

Sums of means are means of sums. Parts are the values printed alike before the total, or in the bracket behind it; the
words must speak of parts, or of a sum.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from evsynth.checks.scanned.facts.told_numbers import Told, told_numbers
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("COMPONENTS",)

FAR = 0.4
"""A total this share off the sum is one of other parts."""

_TOTAL = Expression(
    r"(?:\b(?:total(?:s|led|ling)?|sum(?:med)?|overall|altogether|in all|adding up|adds? up|together|composite|global|"
    r"combined|full[- ]scale)\b[^.;\d]{0,45}|=\s?)$", re.I,
)  # fmt: skip
_BEHIND = Expression(r"^[^.;,\d]{0,12}?\b(?:in all|altogether|in total|overall|together|total)\b", re.I)
_MADE_OF = Expression(
    r"^[^.;\d]{0,14}?\b(?:compris\w+|consist\w+ of|made up of|being the sum of|was the sum of)\b", re.I
)
_PARTS = Expression(
    r"\b(?:subscales?|subscores?|items?|domains?|components?|dimensions?|sections?|parts?|sub-?totals?|subtests?|"
    r"factors?|sum|total(?:s|led|ling)?|adding up|made up of|consist\w+|compris\w+|altogether|in all|"
    r"plus|made)\b", re.I,
)  # fmt: skip
_SUMMED = Expression(r"\b(?:sub-?scales?|subscores?|components?|items|sum|compris\w+|made up|adding up)\b", re.I)
_OTHER = Expression(
    r"\b(?:medians?|versus|vs\.?|compared|than|differ\w*|chang\w*|from|decreas\w*|increas\w*|improv\w*|"
    r"adjusted|mean of the|"
    r"average of|ratio|overall (?:survival|response|mean)|correlat\w*|maxim\w*|out of|rang\w*|between|group|arm|"
    r"respectively|overall mean|grand)\b", re.I,
)  # fmt: skip


_RATIO = Expression(r"\b[aA]?[HOR]R\b|\b(?:odds|hazard|risk)\b")


def parts_of_totals(reading: Reading) -> Iterator[Finding]:
    """Check totals of a sentence against the parts told with them."""
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        if _RATIO.search(line.words) or not re.search(r"\d\.\d|total|compris|made up|consist", line.words):
            continue
        if _PARTS.search(line.words):
            yield from _in_line(reading, line)


def _in_line(reading: Reading, line: Line) -> Iterator[Finding]:
    every = told_numbers(line.words)
    if any(t.part in ("sd", "se", "spread") for t in every) and not _SUMMED.search(line.words):
        return  # means side by side, each with its spread
    numbers = [t for t in every if t.part == "value"]
    for at, t in enumerate(numbers):
        lead = re.split(r"[;,:(]\s?", t.before)[-1] if not _TOTAL.search(t.before[-15:]) else t.before
        if not (_TOTAL.search(lead) or _BEHIND.match(t.after) or _MADE_OF.match(t.after)):
            continue
        parts = _before(numbers, at) or _behind(line.words, numbers, at)
        if parts is None or len(parts) < 2:
            continue
        start = min(t.start, parts[0].start)
        words = line.words[max(0, start - 70) : max(t.stop, parts[-1].stop)]
        if _OTHER.search(re.sub(r"[(\[][^()\[\]]*[)\]]", "", words)):
            continue
        made = Span(sum(span(p.printed).low for p in parts), sum(span(p.printed).high for p in parts))
        own = span(t.printed)
        if (own.low - 1e-9 <= made.high and made.low <= own.high + 1e-9) or abs(
            own.middle - made.middle
        ) > FAR * made.middle:
            continue
        if any(
            own.low <= sum(float(p.printed) for p in some) <= own.high
            for k in range(2, len(parts)) for some in combinations(parts, k)
        ) or own.low <= made.middle / len(parts) <= own.high:  # fmt: skip
            continue
        yield _finding(
            reading, t.printed, [p.printed.text for p in parts], made.middle,
            (line.start + t.start, line.start + t.end), (line.start + parts[0].start, line.start + parts[-1].end),
        )  # fmt: skip


def _fits(t: Told, parts: list[Told]) -> bool:
    units = {x.unit for x in (t, *parts)} - {""}
    return (
        len(units) <= 1 and "%" not in units and (bool(t.unit) or units <= {"points"})
        and {p.printed.decimals for p in parts} == {t.printed.decimals} and bool(t.printed.decimals or t.unit)
        and all(0 < p.printed.value < t.printed.value for p in parts)
    )  # fmt: skip


def _before(numbers: list[Told], at: int) -> list[Told] | None:
    """Give the run of values before a total that are printed as it is."""
    parts: list[Told] = []
    for p in reversed(numbers[:at]):
        if not _fits(numbers[at], [p, *parts]) or re.search(
            r"[.]\s(?=[A-Z])", (parts[0] if parts else numbers[at]).before
        ):
            break
        parts.insert(0, p)
    return parts if len(parts) > 1 else None


def _behind(words: str, numbers: list[Told], at: int) -> list[Told] | None:
    """Give the values in the bracket, or after the colon, right behind a total."""
    m = re.match(
        r"[^.;\d]{0,25}(?:[(:]|\b(?:compris\w+|consist\w+ of|made up of|of which|being the sum of|the "
        r"sum of))([^();]*)",
        words[numbers[at].stop :],
    )
    if m is None:
        return None
    if words[numbers[at].stop + m.end() :].startswith("(") and _MADE_OF.match(words[numbers[at].stop :]):
        rest = re.match(r"[^;]*", words[numbers[at].stop :])  # each part has its value in brackets
        named = [p for p in numbers[at + 1 :] if rest and p.start < numbers[at].stop + rest.end()]
        return named if len(named) > 2 and _fits(numbers[at], named) else None
    end = numbers[at].stop + m.end()
    parts = [p for p in numbers[at + 1 :] if p.start < end]
    return parts if len(parts) > 1 and _fits(numbers[at], parts) else None


def _finding(reading: Reading, total: Printed, parts: list[str], made: float, spot: Spot, others: Spot) -> Finding:
    return reading.finding(
        "COMPONENTS", "inconsistent",
        f"a total of {total} is inconsistent with its parts, {' + '.join(parts)} = {made:.4g}",
        "a part may be missing from the list; otherwise one of the numbers is misprinted",
        quotes=(spot, others), computed=(("sum", f"{made:.6g}"),),
    )  # fmt: skip
