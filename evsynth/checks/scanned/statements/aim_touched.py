"""A level was to be kept below a limit, and the upper quartile of what was reached lies at the limit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("DOSE_OFF_AIM",)

_NUMBER = r"\d+(?:[.·]\d+)?"
_AIM = Expression(
    r"\b(?:aim(?:ed)?|target\w*|kept|maintain\w*|adjusted to)\b[^.;]{0,80}?\b"
    r"(?P<what>(?:trough |blood |serum |plasma |mean )?(?:concentrations?|levels?|pressures?|glucose|INR))\b"
    r"[^.;\d]{0,30}?(?:\bbelow\b|<|\bunder\b|\bless than\b|"
    rf"\bnot (?:to )?exceed(?:ing)?\b)\s?(?P<limit>{_NUMBER})\s?(?P<unit>[a-zµ]+\s?/\s?[a-zL]+|mm ?Hg)?",
    re.I,
)
_REACHED = Expression(
    rf"\bmedian\b[^.;]{{0,100}}?(?P<median>{_NUMBER})\s?[^.;\d(\[]{{0,12}}[(\[]\s?(?:IQR|interquartile range)?[,:\s]*"
    rf"(?P<low>{_NUMBER})\s?(?:,|-|–|to|;)\s?(?P<high>{_NUMBER})\s?[)\]]?\s?(?P<unit>[a-zµ]+\s?/\s?[a-zL]+|mm ?Hg)?",
    re.I,
)
NEAR = 0.98
"""Share of the limit from which an upper quartile is taken to lie at it."""


def aim_touched(reading: Reading) -> Iterator[Finding]:
    """Compare a limit that was aimed at with the quartiles told of the same quantity in the next two sentences.

    A note where the upper quartile is at 98 % of the limit or above: in a quarter of the patients the level was as
    high or higher. Left alone: other units, other quantities, and limits far from what was reached.
    """
    told = list(lines(reading, ("methods", "results", "body")))
    for index, line in enumerate(told):
        aim = _AIM.search(line.words)
        if aim is None:
            continue
        for after in told[index : index + 3]:
            reached = _REACHED.search(after.words, aim.end() if after == line else 0)
            if after.section == line.section and reached and _same(aim, after, reached):
                high, limit = (float(x.replace("·", ".")) for x in (reached["high"], aim["limit"]))
                if NEAR * limit <= high <= 3 * limit:
                    yield reading.finding(
                        "DOSE_OFF_AIM", "note",
                        f"the aim was to stay below {aim['limit']}, and the upper quartile reached is "
                        f"{reached['high']}: a quarter of the patients had as much or more",
                        "the aim may have been met later, or as far as could be; what was done about higher levels is "
                        "then of interest",
                        quotes=(line.piece(aim), after.piece(reached)),
                    )  # fmt: skip
                return


def _same(aim: re.Match[str], line: Line, reached: re.Match[str]) -> bool:
    word = aim["what"].lower().split()[-1].rstrip("s")
    units = {re.sub(r"\s", "", u.lower()) for u in (aim["unit"], reached["unit"]) if u}
    return word in line.words.lower() and len(units) <= 1
