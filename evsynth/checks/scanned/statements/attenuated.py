"""An association is said to be attenuated, or strengthened, and the second ratio says the opposite."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise

from evsynth.checks.scanned.facts.statistics_told import Told, statistics_told
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.text.expressions import Expression

CODES = ("RATIO_DIRECTION",)

_WEAKER = r"attenuat\w+|weaken\w*|weaker|diminish\w+|shr[ua]nk|closer to (?:the null|unity|one)|toward(?:s)? the null"
_STRONGER = (
    r"strengthen\w*|stronger|amplif\w+|accentuat\w+|more pronounced|further from (?:the null|unity)|away from "
    r"the null"
)
_SAID = Expression(rf"\b(?:(?P<weaker>{_WEAKER})|(?P<stronger>{_STRONGER}))\b", re.I)
_ADJUSTED = Expression(
    r"\b(?:adjust\w*|account\w*|control\w*|add(?:ed|ing|ition)|includ\w+|model|multivaria\w+|exclu\w+|"
    r"restrict\w+|covariates?|"
    r"confounders?|sensitivity|propensity|weight\w+|matching|matched)\b", re.I,
)  # fmt: skip
_NOT = Expression(
    r"\b(?:not|neither|nor|no|without|less|hardly|barely|little|than|in (?:women|men|those|patients)|among|"
    r"interaction|effect modif)\b",
    re.I,
)
_TO = Expression(r"\sto (?:an? )?(?:[A-Za-z]+ )?(?:of )?(?P<v>\d+\.\d+)(?![\d%])")


def attenuated(reading: Reading) -> Iterator[Finding]:
    """Compare two ratios of one sentence, or of two, the second of which is said to be weaker or stronger."""
    every = list(lines(reading, ("abstract", "results", "body")))
    for before, line in pairwise([None, *every]):
        assert line is not None
        said = list(_SAID.finditer(line.words))
        if len(said) != 1 or not _ADJUSTED.search(line.words):
            continue
        own = _ratios(line)
        earlier = _ratios(before) if before is not None and before.section == line.section else []
        pair = own if len(own) == 2 else [*earlier, *own] if len(own) == 1 and len(earlier) == 1 else []
        if not pair and len(own) == 1 and (to := _TO.match(line.words, said[0].end())) is not None:
            second = own[0][0]._replace(value=Printed.parse(to["v"]), start=to.start("v"), end=to.end("v"))
            pair = [own[0], (second, line.start)] if second.start > own[0][0].end else []
        clause = re.split(r"[;.]\s", line.words[: said[0].start()])[-1]
        if len(pair) != 2 or _NOT.search(clause + line.words[said[0].end() : said[0].end() + 12]):
            continue
        yield from _judged(reading, said[0], line, pair)


def _ratios(line: Line) -> list[tuple[Told, int]]:
    return [
        (t, line.start) for t in statistics_told(line.words) if t.role == "ratio" and float(t.value) > 0 and not t.bound
    ]


def _judged(reading: Reading, said: re.Match[str], line: Line, pair: list[tuple[Told, int]]) -> Iterator[Finding]:
    (one, at), (two, at2) = pair
    if one.name.strip().lower()[-2:] != two.name.strip().lower()[-2:] and min(len(one.name), len(two.name)) < 4:
        return
    a, b = math.log(float(one.value)), math.log(float(two.value))
    if a * b <= 0 or abs(abs(a) - abs(b)) < 0.1:
        return
    weaker = said["weaker"] is not None
    if (abs(b) < abs(a)) == weaker:
        return
    yield reading.finding(
        "RATIO_DIRECTION", "inconsistent",
        f"'{said[0]}' is inconsistent with {one.value} and then {two.value}, which is "
        f"{'further from' if weaker else 'nearer to'} 1",
        "the two may be of other models, or told the other way round; otherwise a number or the word is misprinted",
        quotes=(line.piece(said), (at + one.start, at + one.end), (at2 + two.start, at2 + two.end)),
    )  # fmt: skip
