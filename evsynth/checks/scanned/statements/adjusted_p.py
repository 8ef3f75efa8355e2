"""Two P values of one test, and P against the level that the sentence asks for.

A two-sided P is about twice the one-sided; a Bonferroni-corrected P is as many times larger as there are tests; and
what has a P above a corrected level is not significant at it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import span
from evsynth.text.expressions import Expression

CODES = ("P_OF_STATISTIC", "SIGNIFICANCE_CONTRADICTS")

_V = r"(?P<{}>0?\.\d+|1\.0+)(?!\d)"
_ONE = Expression(
    rf"\bone-(?:sided|tailed)\s[Pp](?:[- ]?values?)?\s?(?:=|was|of|:|is)?\s?{_V.format('v')}|[Pp]\s?(?:=|"
    rf"of)\s?{_V.format('w')}[ ,(]{{1,2}}one-(?:sided|tailed)",
    re.I,
)
_TWO = Expression(
    rf"\btwo-(?:sided|tailed)\s(?:[Pp](?:[- ]?values?)?)\s?(?:=|was|of|:|is)?\s?{_V.format('v')}|[Pp]\s?(?:=|"
    rf"of)\s?{_V.format('w')}[ ,(]{{1,2}}two-(?:sided|tailed)",
    re.I,
)
_CORRECTED = Expression(
    rf"\b(?:uncorrected |unadjusted |raw |nominal )?[Pp](?:[- ]?values?)?\s?(?:=|was|"
    rf"of)\s?{_V.format('raw')}[^.;]{{0,80}}?\b(?:bonferroni|corrected|correction|after adjustment for multiple)\b"
    rf"[^.;]{{0,60}}?(?:=|was|of|to|became)\s?{_V.format('made')}", re.I,
)  # fmt: skip
_LEVEL = Expression(
    r"\b(?:significance|alpha|α|threshold|level|tested at|criterion)\b[^.;()\d]{0,40}?(?:[Pp]\s?)?[<=≤of "
    r"]{1,4}(?P<a>0?\.0\d+)(?!\d)",
    re.I,
)
_P = Expression(r"(?<![A-Za-z])[Pp](?:[- ]?values?)?\s?=\s?(?P<p>0?\.\d+)(?!\d)")
_HELD = Expression(
    r"\b(?:(?<!not )(?<!considered )significant(?:ly)?|met the (?:prespecified |corrected |adjusted )?(?:level|"
    r"criterion|threshold)|reached (?:the )?(?:\w+ )?(?:significance|level|threshold))\b",
    re.I,
)
_NOT = Expression(
    r"\b(?:not|no|neither|nor|non|without|failed|missed|neither|trend|nominal\w*|above|would|were considered|was "
    r"considered (?:to|as)|is considered|values? (?:below|less|of|<)|defined|set at|if)\b",
    re.I,
)


def adjusted_p(reading: Reading) -> Iterator[Finding]:
    """Check the P values of each sentence of results against each other and against its own level."""
    for line in lines(reading, ("abstract", "results", "body")):
        yield from _sides(reading, line)
        yield from _corrected(reading, line)
        yield from _level(reading, line)


def _sides(reading: Reading, line: Line) -> Iterator[Finding]:
    if "sided" not in line.words and "tailed" not in line.words:
        return
    ones, twos = list(_ONE.finditer(line.words)), list(_TWO.finditer(line.words))
    if len(ones) != 1 or len(twos) != 1:
        return
    one, two = (Printed.parse(m["v"] or m["w"]) for m in (ones[0], twos[0]))
    a, b = span(one), span(two)
    if (b.low <= 2 * a.high + 0.002 and 2 * a.low - 0.002 <= b.high) or a.middle > 0.5:
        return
    yield _finding(
        reading,
        line,
        f"a two-sided P of {two} is inconsistent with a one-sided P of {one}, which is half of it",
        ones[0],
        twos[0],
    )


def _corrected(reading: Reading, line: Line) -> Iterator[Finding]:
    for match in _CORRECTED.finditer(line.words):
        raw, made = Printed.parse(match["raw"]), Printed.parse(match["made"])
        if float(span(made).high) < float(span(raw).low):
            yield _finding(
                reading, line, f"a corrected P of {made} is inconsistent with {raw} before: it cannot be smaller", match
            )


def _level(reading: Reading, line: Line) -> Iterator[Finding]:
    levels = list(_LEVEL.finditer(line.words))
    if len(levels) != 1 or not 0.001 <= float(levels[0]["a"]) < 0.045:
        return
    behind = levels[0].end()
    found, said = list(_P.finditer(line.words, behind)), list(_HELD.finditer(line.words, behind))
    if len(found) != 1 or len(said) != 1 or _NOT.search(line.words[behind:]):
        return
    p = Printed.parse(found[0]["p"])
    if span(p).low <= float(levels[0]["a"]) or float(p) > 0.5:
        return
    yield reading.finding(
        "SIGNIFICANCE_CONTRADICTS", "inconsistent",
        f"'{said[0][0]}' is inconsistent with P {p}, which is above the level of the sentence, {levels[0]['a']}",
        "another level may hold for this outcome; otherwise the word or the number is misprinted",
        quotes=(line.piece(said[0]), line.piece(found[0]), line.piece(levels[0])),
    )  # fmt: skip


def _finding(reading: Reading, line: Line, message: str, *matches: re.Match[str]) -> Finding:
    return reading.finding(
        "P_OF_STATISTIC", "inconsistent", message, "the two may be of different tests; otherwise one of them is "
                                                   "misprinted",
        quotes=tuple(line.piece(m) for m in matches),
    )  # fmt: skip
