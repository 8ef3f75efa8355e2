"""Statistics of running text that no data can give: a P above 1, a correlation beyond 1, a ratio or an F below 0."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.effects import effects
from evsynth.checks.scanned.facts.statistics_told import Told, statistics_told
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("NUMBER_IMPOSSIBLE",)

_LIMITS: dict[str, tuple[float | None, float | None]] = {
    "p": (0, 1), "r": (-1, 1), "rho": (-1, 1), "r2": (None, 1), "eta2": (0, 1), "phi": (-1, 1), "kappa": (-1, 1),
    "area": (0, 1), "ratio": (0, None), "chi2": (0, None), "f": (0, None), "wald": (None, None), "sd": (0, None),
    "se": (0, None), "i2": (0, 100), "evalue": (1, None),
}  # fmt: skip
_ENDS = Expression(r"\s?(?:[)\],;]|\.(?:\s|$)|$|(?:and|but|for|with|in|95|which|[pPnt]\s?[=<>(]|by)\b|\()")
"""What may follow a statistic: no unit, no power of ten, no second number."""
_LONG = Expression(r"ratio|odds|hazard|relative|coefficient|value|kappa|curve|index|statistic|deviation|error", re.I)
_INTERVAL = Expression(r"(?<=to )\d+\.\d+|(?<=\d-)\d+\.\d+")
_LENGTH = Expression(
    r"Hammett|reaction constant|"
    r"radius|resistan|respirator|heart rate|phosph|pressure|power|distance|spectr|\bppm\b",
    re.I,
)
_EXPOSURE = Expression(
    r"[·*×]\s?(?:h|hr|hours?|min|d|days?)\b|\b(?:h|hr|hours?|min|days?)\s?[·*×]|"
    r"\b(?:[mnµμp]?g|[mnµμp]?mol|IU|U)[\s.·-](?:h|hr|min)\b|\bC\s?(?:max|min|trough)|bioavailab|pharmacokinetic", re.I,
)  # fmt: skip


def impossible_statistics(reading: Reading) -> Iterator[Finding]:
    """Check every named statistic of the text by itself."""
    for line in lines(reading, ("abstract", "methods", "results", "body", "figure legend")):
        for told in statistics_told(line.words):
            low, high = _LIMITS.get(told.role, (None, None))
            interval = told.value.interval()
            below = low is not None and interval.high is not None and float(interval.high) < low
            above = high is not None and interval.low is not None and float(interval.low) > high
            if not (below or above) or not _sure(line, told, below=below):
                continue
            name = told.name.strip()
            yield reading.finding(
                "NUMBER_IMPOSSIBLE", "error",
                f"{name} {told.value} must be {f'at least {low:g}' if below else f'at most {high:g}'}",
                "a point or a sign may have been lost, or the number is that of another statistic",
                quotes=((line.start + told.start, line.start + told.end),),
            )  # fmt: skip


def _sure(line: Line, told: Told, *, below: bool) -> bool:
    words = line.words.replace("\n", " ")
    if (
        (told.percent and told.role != "i2")
        or not _ENDS.match(words, told.end)
        or "," in told.value.text
        or _LENGTH.search(words)
    ):
        return False
    text = words[told.start : told.end]
    if told.role == "area" and _EXPOSURE.search(words):
        return False  # the area under a curve of concentrations
    if told.role in ("sd", "se") and re.search(r",\s?-", text):
        return False  # a change in standard deviations: "urinary continence (SD, -0.4)"
    if told.role in ("r", "rho") and any(float(n) > 1 for n in _INTERVAL.findall(words[told.end : told.end + 40])):
        return False  # another measure by that letter, with limits above 1
    if below and re.search(r"[\w)]\s-\s|[-]\s\d|\d\s?-", text):
        return False  # a dash, not a sign
    if told.role in ("p", "r", "rho", "phi", "area", "eta2", "r2", "kappa", "icc") and not told.value.decimals:
        return False  # "R = 4", "p 53"
    if told.role == "area" and told.value.value > 10:
        return False  # per cent, told at the end of a list
    if told.role in ("r", "rho") and abs(told.value.value) >= 2:
        return False  # a length, a density, a factor
    if told.role == "ratio" and below:
        beside = [e for e in effects(line) if line.start + told.start <= e.start <= line.start + told.end]
        return bool(_LONG.search(told.name)) or any(e.low.value > 0 for e in beside)
    if told.role in ("f", "chi2", "p", "r", "rho"):
        return re.search(r"[=<>≤≥]|\b(?:of|was)\b", text) is not None
    return True
