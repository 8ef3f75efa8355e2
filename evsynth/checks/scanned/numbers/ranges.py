"""Medians inside their quartiles, limits around their estimate, and ends of a range in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from evsynth.checks.scanned.identity import spot
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.parts import Figure
from evsynth.scan.statistics import Reported
from evsynth.text.expressions import Expression

CODES = ("OUT_OF_ORDER", "NUMBER_IMPOSSIBLE")

_CHAINS = (
    ("minimum", "median", "maximum"), ("minimum", "mean", "maximum"), ("q1", "median", "q3"), ("q1", "q3"),
    ("minimum", "maximum"),
)  # fmt: skip
_ESTIMATES = (
    "hazard_ratio", "odds_ratio", "risk_ratio", "b", "mean_difference", "mean_change", "median_change", "rho", "r",
    "effect_size",
)  # fmt: skip
_WORDS = {
    "q1": "the lower quartile",
    "q3": "the upper quartile",
    "lower": "the lower limit",
    "upper": "the upper limit",
}
_POSSIBLE: dict[str, tuple[float | None, float | None]] = {
    "p": (0, 1), "rho": (-1, 1), "r": (-1, 1), "adjusted_r_squared": (None, 1), "r_squared": (0, 1),
    **dict.fromkeys(("hazard_ratio", "odds_ratio", "risk_ratio", "sd", "se", "u", "chi2", "w"), (0, None)),
}  # fmt: skip


def ranges(reading: Reading) -> Iterator[Finding]:
    """Check every result by itself."""
    for r in reading.reported:
        yield from _order(reading, r)
        yield from _possible(reading, r)


_SIGNED = ("value", "mean_difference", "mean_change", "median_change")
_THREE = Expression(r"[-+]?[\d.,]+\s*[(\[]\s*[-+]?[\d.,]+\s*(?:-|to|;|,\s)\s*[-+]?[\d.,]+\s*[)\]]")
"""One number and two in brackets after it."""


def _order(reading: Reading, r: Reported) -> Iterator[Finding]:
    if r.sort == "range" and "/" in r.text and r.spot.table is not None:
        return  # "52/50": two numbers of patients
    chains = [c for c in _CHAINS if all(r.figure(name) for name in c)]
    chains += [("lower", name, "upper") for name in _ESTIMATES if all(r.figure(x) for x in ("lower", name, "upper"))]
    if not chains and r.sort == "centre spread" and len(r.figures) == 3 and _is_centre(reading, r):
        chains = [("lower", "centre", "upper")]
    if (
        not chains
        and r.figure("lower")
        and r.figure("upper")
        and r.figure("value")
        and not _base(reading, r)
        and not _error_of(reading, r)
    ):
        chains = [("lower", "value", "upper")]
    if not chains and r.sort in ("estimate", "coefficient") and r.figure("lower") and r.figure("upper"):
        chains = [("lower", "upper")]
    if not chains:
        return
    figures = [figure for name in chains[0] if (figure := r.figure(name)) is not None]
    if re.search(r"[<>≥≤]\s?$", reading.document.prose[max(0, figures[1].start - 2) : figures[1].start]):
        return  # "6.0 months for a ratio ≥3.65 (3.9-9.4)": a threshold
    wrong = [(a, b) for a, b in pairwise(figures) if _after(a, b)]
    if not wrong:
        return
    if not _read_rightly(reading, r, figures) or _by_size(reading, r, figures) or _per_cent(reading, figures):
        return
    one, two = wrong[0]
    what = r.variable.text if r.variable is not None else r.text
    said = " and ".join(f"{_name(a)} {a.printed} lies above {_name(b)} {b.printed}" for a, b in wrong)
    yield reading.finding(
        "OUT_OF_ORDER", "error", f"{what}: {said}",
        "a sign or a digit may have been lost, or one of the numbers belongs to another row", quotes=(spot(*figures),),
        computed=((_name(one), one.printed.text), (_name(two), two.printed.text)),
    )  # fmt: skip


def _per_cent(reading: Reading, figures: list[Figure]) -> bool:
    """Say whether a fraction has its limits in per cent: "an area of 0.7 (59 to 80.8%)"."""
    found = {f.statistic: f for f in figures}
    low, high = found.get("lower"), found.get("upper")
    if low is None or high is None or len(figures) != 3 or reading.document.prose[high.end : high.end + 1] != "%":
        return False
    own = next(f for f in figures if f not in (low, high)).printed
    return 0 < own.value <= 1 and low.printed.value <= 100 * own.value <= high.printed.value


_OTHER = Expression(
    r"(?:\bper|±|\+/?-|\b(?:at|after|within|until|by (?:week|month|day|year)|at (?:week|month|day|year|visit)))\s*$",
    re.I,
)


def _base(reading: Reading, r: Reported) -> bool:
    """Say whether a number is the base of a rate, a spread or a time.

    "6.03 per 100 patient-years", "5.2 ± 8.6 points", "0.6 points at 12 months".
    """
    return _OTHER.search(reading.document.prose[max(0, r.start - 12) : r.start]) is not None


_NOT_AROUND = Expression(r"\bmean\b(?=.*\b(?:IQR|interquartile|quartiles))|\bIQR\b(?=.*\bmean\b)", re.I | re.S)
"""A mean can lie outside the quartiles printed with it."""


def _is_centre(reading: Reading, r: Reported) -> bool:
    """Say whether the first of three numbers is a centre: in a sentence a word says so, in a cell the brackets."""
    if r.spot.table is not None:
        table = reading.document.tables[r.spot.table]
        label = table.rows[r.spot.row].label.text if r.spot.row is not None else ""
        caption = table.caption.text if table.caption is not None else ""
        cell = reading.document.plain[r.start : r.end]
        heads = table.columns[r.spot.column].label if r.spot.column is not None else ""
        return bool(_THREE.fullmatch(cell.strip())) and not _NOT_AROUND.search(f"{label} {heads} {caption}")
    return bool(
        re.search(r"\b(?:median|mean)\b[^.;()]{0,60}$", reading.document.prose[max(0, r.start - 70) : r.start], re.I)
    )


def _read_rightly(reading: Reading, r: Reported, figures: list[Figure]) -> bool:
    """Say whether a sentence prints the numbers as one result, "x (95% CI a to b)", with the signs they should have.

    A fall "by 0.73 (-1.22 to -0.15)", a comma between thousands and a doubled dash are not contradictions.
    """
    if re.search(r"\d,\d{3}(?!\d)|--", r.text):
        return False
    if re.search(r"[A-Za-z]CI\s?[:=]?\s?$", reading.document.prose[max(0, figures[0].start - 8) : figures[0].start]):
        return False  # "ECI: 0.09 and 0.02": another word
    centre = next((f for f in figures if f.statistic not in ("q1", "q3", "lower", "upper", "minimum", "maximum")), None)
    low, high = figures[0], figures[-1]
    if centre is None or centre in (low, high):
        return True
    signed = ("value", "mean_difference") if r.spot.table is not None else _SIGNED  # of text, told.intervals judges
    if centre.statistic in signed and float(low.printed) <= -float(centre.printed) <= float(high.printed):
        return False
    if r.spot.table is not None:
        return True
    if high.statistic == "maximum":
        near = reading.document.prose[max(0, centre.start - 200) : high.end + 30]
        if not re.search(r"\b(?:median|mean|averag)", near, re.I):
            return False  # "a level of 3.9 (range, 0.8-1.8)": the normal range
    first = min(low.start, high.start)
    between, before = (
        reading.document.plain[centre.end : first],
        reading.document.plain[max(0, centre.start - 12) : centre.start],
    )
    if centre.statistic in ("value", "mean", "median") and not re.fullmatch(
        r"\s*[a-zA-Z%/]{0,12}\s*[(\[][^()\[\]]{0,40}", between
    ):
        return False
    after = reading.document.plain[max(low.end, high.end) : max(low.end, high.end) + 12]
    if re.search(r"[<>≥≤]\s?$", before):
        return False  # "6.0 months for those ≥3.65 (95% CI 3.9-9.4)"
    if re.match(r"\s?:\s?\d", after):
        return False  # "(quartile 1-3: 363-1267)"
    units = [m[1][0] for x in (between, after) if (m := re.match(r"\s*(years?|yr|months?|mo|weeks?|wk|days?)\b", x))]
    if len(set(units)) > 1:
        return False
    if re.match(r"\s?%\s?-?\s?(?:C\.?I\b|confidence|credible)", between, re.I):
        return False  # "OR 95% CI: 0.66-0.96": no estimate, but the level
    if re.fullmatch(r"(?:19|20)\d\d", centre.printed.text) and re.search(r"\b[Ii]n\s*$", before):
        return False  # a year: "1.7 years in 2019 (range, 0.1 to 14)"
    return (
        not re.search(r"\d\s+of\s*$|(?:±|\+/?-|\d\s?\+|[a-zA-Z]\s?[-−])\s*$|\b[Pp]\s*[=<>]\s*$", before)
        and "percent" not in between[:9]
    )


_FALL = Expression(r"\b(?:decreas\w+|reduc\w+|declin\w+|lower\w*|fell|fall|drop\w*|less|thinner|shorter)\b", re.I)


def _by_size(reading: Reading, r: Reported, figures: list[Figure]) -> bool:
    """Say whether the limits of a fall are told from the largest: "-53 (-30 to -100)", "decreased by 7.2 (7.3-7.1)"."""
    if r.spot.table is not None:
        return False
    if len(figures) < 3 or any(_after(b, a) for a, b in pairwise(figures)):
        return all(f.printed.value < 0 for f in figures) and not any(_after(b, a) for a, b in pairwise(figures))
    before = reading.document.prose[max(0, r.start - 260) : r.start].rsplit(". ", 1)[-1]
    return all(f.printed.value < 0 for f in figures) or _FALL.search(before) is not None


def _after(one: Figure, two: Figure) -> bool:
    """Say whether a number that should not be larger is: rounding to the same decimals keeps the order of numbers."""
    if one.printed.decimals == two.printed.decimals and not one.printed.bound and not two.printed.bound:
        return one.printed.value > two.printed.value
    low, high = one.printed.interval().low, two.printed.interval().high
    return low is not None and high is not None and low > high


def _name(figure: Figure) -> str:
    return _WORDS.get(figure.statistic, f"the {figure.statistic.replace('_', ' ')}")


_LENGTH = Expression(r"\s?(?:×|x\b|\*|[cmµn]?m\b|km\b|Å|kpc|years\b|k?g\s?(?:/|cm|m|L|dm)|[mµ]?Ω)")
_LIMITS = Expression(
    r"\s?[,;(]\s?95\s?%\s?(?:CI[:,]?|confidence interval[:,]?)?\s?(?P<low>\d+(?:\.\d+)?)\s?(?:to|-|,)\s?"
    r"(?P<high>\d+(?:\.\d+)?)"
)


def _no_correlation(reading: Reading, figure: Figure) -> bool:
    """Say whether r or rho is a factor, a length, a density or a ratio: "R = 4 × 4", "ρ = 2.3 g cm-3"."""
    if figure.statistic not in ("r", "rho"):
        return False
    if "," in figure.printed.text:
        return True  # "-0,188"
    plain = reading.document.plain
    limits = _LIMITS.match(plain, figure.end)
    if limits is not None and float(limits["high"]) > 1 and float(limits["low"]) <= float(figure.printed):
        return True
    return bool(
        _LENGTH.match(plain, figure.end)
        or re.search(r"\bHammett|\breaction constant", plain[max(0, figure.start - 160) : figure.end + 40])
        or (figure.printed.value >= 2 and re.search(r"\bR\s?=\s?$", plain[max(0, figure.start - 6) : figure.start]))
        or re.search(r"\bn\s?=\s?\d+[,;]\s?r\s?=\s?$", plain[max(0, figure.start - 16) : figure.start])
    )


def _error_of(reading: Reading, r: Reported) -> bool:
    """Say whether the value beside an interval is a standard error: the interval is that of the mean before it."""
    before = reading.document.plain[max(0, r.start - 24) : r.start]
    return re.search(r"\bstandard (?:error|deviation)s? (?:of|=|was)? ?$", before, re.I) is not None


def _possible(reading: Reading, r: Reported) -> Iterator[Finding]:
    for figure in r.figures:
        low, high = _POSSIBLE.get(figure.statistic, (None, None))
        if "squared" in figure.statistic and re.match(r"\s?%", reading.document.plain[figure.end : figure.end + 2]):
            high = 100
        interval = figure.printed.interval()
        below = low is not None and interval.high is not None and float(interval.high) < low
        above = high is not None and interval.low is not None and float(interval.low) > high
        logged = re.search(r"\blog[- ]$", reading.document.plain[max(0, r.start - 5) : r.start], re.I)
        if (below or above) and not logged and not (_no_correlation(reading, figure)):
            yield reading.finding(
                "NUMBER_IMPOSSIBLE", "error",
                f"{_name(figure)} {figure.printed} must be {f'at least {low}' if below else f'at most {high}'}",
                "a point or a sign may have been lost, or the number belongs to another column",
                quotes=((figure.start, figure.end),),
            )  # fmt: skip
