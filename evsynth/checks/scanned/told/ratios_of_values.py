"""A ratio, or "k times as high", beside the only two values of its sentence: "1,840 and 1,150, the ratio being 1.60".

Left alone: ratios of odds, hazards and risks, adjusted ones, and the mean of ratios.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.told_numbers import Told, told_numbers
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("FOLD_CHANGE",)

ROOM, HEDGED, FAR = 0.05, 0.2, 8.0
"""Shares by which a ratio, and a hedged one, may be off; how many times off it is of something else."""

_RATIO = Expression(r"\b(?:ratios?(?! of the)\b[^;.\d]{0,60}|ratio of the [^;.\d]{0,60})$", re.I)
_OTHER = Expression(
    r"\b(?:odds|hazards?|risks?|rates?|likelihood|adjust\w*|weighted|model\w*|mean ratio|median ratio|"
    r"prevalence|incidence|sex ratio|"
    r"normali[sz]ed|estimat\w+|per|percent\w*|sensitivity|signal|survival|matched|intention|"
    r"respectively|PaO2|P/F)\b|%", re.I,
)  # fmt: skip
_LEVEL = Expression(
    r"(\bratios?\b[^.;\d]{0,60}\d+(?:\.\d+)?\s?[(\[,;]\s?)9\d(?:\.\d)?\s?%\s?(?:CI|confidence)", re.I
)  # fmt: skip
"""The level of the interval of a ratio, which is no percentage."""
_HEDGE = Expression(
    r"\b(?:about|almost|nearly|roughly|approximately|some|around|over|more than|less than|at least|up to|just)\b|[~≈]",
    re.I,
)
_TIMES = Expression(
    r"\b(?P<w>twice|two|three|four|five|six|seven|eight|nine|ten|twelve)(?: times|fold|-fold)? (?:as|"
    r"that of|the) (?:high|large|great|long|many|"
    r"much|frequent\w*|heavy|fast|level|value|amount)\b|\b(?P<f>two|three|four|five|six|seven|eight|"
    r"ten|twelve|twenty)-?fold\b|\b(?P<v>doubled|tripled|"
    r"trebled|quadrupled)\b", re.I,
)  # fmt: skip
_WORDS = {
    "twice": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12,
    "twenty": 20, "doubled": 2, "tripled": 3, "trebled": 3, "quadrupled": 4,
}  # fmt: skip
_TITRES = Expression(r"\bfrom\s(?:an? [a-z ]{3,20})?1\s?:\s?(?P<a>\d+)\sto\s1\s?:\s?(?P<b>\d+)(?!\d)")


def ratios_of_values(reading: Reading) -> Iterator[Finding]:
    """Check ratios and multiples against the two values told with them."""
    for line in lines(reading, ("abstract", "results", "body")):
        words = line.words
        times = _TIMES.search(words)
        if (times is None and "atio" not in words) or not re.search(r"\d", words):
            continue
        if times is not None:
            yield from _titres(reading, line, times)
        if _OTHER.search(_LEVEL.sub(r"\1 ", words, count=1)):
            continue
        numbers = told_numbers(words)
        values = [t for t in numbers if t.part == "value"]
        told = [t for t in numbers if t.part in ("value", "statistic") and _RATIO.search(t.before[-70:]) and not t.unit]
        if len(told) == 1:
            yield from _judged(
                reading,
                line,
                span(told[0].printed),
                (told[0].start, told[0].end),
                [v for v in values if v is not told[0]],
                ROOM,
            )
        elif not told and times is not None and len(values) == 2 and len(list(_TIMES.finditer(words))) == 1:
            k = float(_WORDS[(times["w"] or times["f"] or times["v"]).lower()])
            hedged = _HEDGE.search(words[max(0, times.start() - 25) : times.start()])
            if not hedged:
                yield from _judged(reading, line, Span(k - 0.5, k + 0.5), times.span(), values, HEDGED)


def _titres(reading: Reading, line: Line, times: re.Match[str]) -> Iterator[Finding]:
    """Check "rose fourfold, from 1:20 to 1:80"."""
    found = list(_TITRES.finditer(line.words))
    if (
        len(found) != 1
        or (not times["f"] and not times["v"])
        or _HEDGE.search(line.words[max(0, times.start() - 25) : times.start()])
    ):
        return
    a, b, k = int(found[0]["a"]), int(found[0]["b"]), _WORDS[(times["f"] or times["v"]).lower()]
    made = max(a, b) / min(a, b) if min(a, b) else k
    if abs(made - k) > HEDGED * k:
        yield _finding(reading, line, times[0], made, times.span(), (found[0].span(),))


def _judged(
    reading: Reading, line: Line, own: Span, spot: tuple[int, int], values: list[Told], room: float
) -> Iterator[Finding]:
    if (
        len(values) != 2
        or (values[0].unit != values[1].unit and values[0].unit)
        or min(v.printed.value for v in values) <= 0
    ):
        return
    one, two = values
    if re.match(r"\s?(?:±|\(?SD\b)", line.words[spot[1] :]):
        return  # a measured ratio, with its spread
    if abs(one.printed.decimals - two.printed.decimals) > 1 or len(line.words[one.stop : two.start]) > 90:
        return
    a, b = span(one.printed), span(two.printed)
    made = [Span(a.low / b.high, a.high / b.low), Span(b.low / a.high, b.high / a.low)]
    if any(m.low * (1 - room) <= own.high and own.low <= m.high * (1 + room) for m in made):
        return
    near = min(made, key=lambda m: abs(m.middle - own.middle))
    if any(1 / FAR < own.middle / m.middle < FAR for m in made):
        yield _finding(
            reading,
            line,
            line.words[spot[0] : spot[1]],
            near.middle,
            spot,
            ((one.start, one.end), (two.start, two.end)),
        )


def _finding(
    reading: Reading, line: Line, told: str, made: float, spot: tuple[int, int], others: tuple[tuple[int, int], ...]
) -> Finding:
    return reading.finding(
        "FOLD_CHANGE", "inconsistent", f"'{told}' is inconsistent with the two values beside it, whose "
        f"ratio is {made:.3g}",
        "an adjusted ratio, or the mean of single ones, may be meant; otherwise one of the numbers is misprinted",
        quotes=tuple((line.start + a, line.start + b) for a, b in (spot, *others)),
    )  # fmt: skip
