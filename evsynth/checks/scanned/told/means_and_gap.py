"""The means of two groups and what is then said of them: "174 (21) minutes with and 158 (18) without; 16 min longer".

The two means print their spread, and what is said of them uses their unit; it stands behind them in the sentence or in
the next, in whatever words: "the mesh thus prolonged surgery by 16 minutes", "they went home 2.3 days earlier".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from evsynth.checks.scanned.facts.effects import NUMBER, number
from evsynth.checks.scanned.facts.measured import Measured, measured, same_unit
from evsynth.checks.scanned.numbers.methods_said import tests
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("DIFFERENCE_TOLD",)

_MOVED = (
    r"(?:prolong|lengthen|shorten|extend|delay|hasten|lower|rais|reduc|increas|decreas|improv|cut|sav|add|exceed|"
    r"differ|"
    r"slow|speed|advanc|bring|brought|gain|outliv|outlast)\w*"
)
_COMPARED = (
    r"(?:longer|shorter|earlier|later|sooner|less|more|lower|higher|heavier|lighter|greater|smaller|faster|slower|"
    r"fewer|"
    r"taller|deeper|wider|narrower|better|worse|older|younger|apart|ahead|behind)\b"
)
_GAP = Expression(
    rf"(?:\b{_MOVED}\b(?P<what>[^.;()\d]{{0,45}}?)\s(?:by\s)?(?:an? |the )?(?:mean of |average of |about |some |"
    rf"almost |"
    rf"nearly )?(?P<d>{NUMBER})(?P<u>\s?[A-Za-zµ%][A-Za-z0-9/²³%]*(?:\s(?:Hg|per [a-z]+))?)|"
    rf"(?<![-+±\d.])\b(?P<d2>{NUMBER})(?P<u2>\s?[A-Za-zµ%][A-Za-z0-9/²³%]*(?:\s(?:Hg|per [a-z]+))?)\s{_COMPARED})",
    re.I,
)  # fmt: skip
_MODELLED = Expression(
    r"adjust|ANCOVA|covarian|least[- ]squares|\bLS\b|model|weighted|imput|estimat|marginal|predicted|geometric|matched|"
    r"regress|corrected|pooled|\bmedians?\b|IQR|quartile|baseline|chang|from\b", re.I,
)  # fmt: skip
_SAID = Expression(
    r"^\W*(?:(?:thus|therefore|hence|so|accordingly|that is)\b|[^.;\d]{0,60}\b(?:thus|therefore|hence)\b)", re.I
)
_TWO = Expression(r"\b(?:and|v|vs\.?|versus|against|compared with|but|while|whereas|as against|or|than)\b|,|/")
_FAR = 6.0


def means_and_gap(reading: Reading) -> Iterator[Finding]:
    """Check what is said of two means against them.

    Left alone: adjusted differences and changes, medians, three or more means of one unit, other units.
    """
    every = list(lines(reading, ("abstract", "results", "body")))
    adjusted = tests(reading).adjusted
    for index, line in enumerate(every):
        if not re.search(r"±|\bSDs?\b|\(\d", line.words) or _MODELLED.search(line.words):
            continue
        spread = [v for v in measured(line).values if v.spread is not None]
        if len(spread) != 2 or not same_unit(*spread) or not any(v.unit for v in spread):
            continue
        one, two = spread
        if not _TWO.search(line.words[one.end : two.start]) or "." in re.sub(
            r"\d\.\d", "", line.words[one.end : two.start]
        ):
            continue
        yield from _behind(reading, line, line.words[two.end :], two.end, (one, two), adjusted=adjusted)
        after = every[index + 1] if index + 1 < len(every) else None
        if after is not None and _SAID.match(after.words) and not _MODELLED.search(after.words):
            yield from _behind(reading, after, after.words, 0, (one, two), adjusted=adjusted)


def _behind(
    reading: Reading, line: Line, words: str, start: int, means: tuple[Measured, Measured], *, adjusted: bool
) -> Iterator[Finding]:
    for match in _GAP.finditer(words):
        name = "d" if match["d"] else "d2"
        unit = (match["u"] or match["u2"]).strip().lower()
        own = {v.unit.lower().rstrip("s.") for v in means if v.unit}
        value = number(match[name])
        if unit.rstrip("s.") not in own or value.decimals > max(v.value.decimals for v in means) + 1:
            continue
        a, b = (span(v.value) for v in means)
        made = Span(a.low - b.high, a.high - b.low).absolute()
        room = 0.25 * made.middle if adjusted else 0.0
        told = span(value)
        if told.low <= made.high + room and made.low - room <= told.high:
            return
        others = [span(v.value).middle for v in measured(line).values if v.value != value]
        if any(told.low <= abs(x - y) <= told.high for x, y in combinations(others, 2)):
            return
        if not made.middle or not 1 / _FAR <= told.middle / made.middle <= _FAR:
            return
        yield reading.finding(
            "DIFFERENCE_TOLD", "inconsistent",
            f"a difference of {value} is inconsistent with {means[0].value} and {means[1].value}, which differ by "
            f"{made.middle:.4g}",
            "the difference may be adjusted or of fewer patients; otherwise one of the numbers is misprinted",
            quotes=((line.start + start + match.start(name), line.start + start + match.end(name)),),
            computed=(("difference", f"{made.middle:.4g}"),),
        )  # fmt: skip
        return
