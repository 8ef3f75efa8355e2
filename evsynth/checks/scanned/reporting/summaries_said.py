"""The methods announce medians for all continuous variables, and a table is headed means; or the reverse."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("SUMMARY_NOT_AS_ANNOUNCED",)

_SAID = Expression(
    r"\b(?:all|the)?\s*(?P<all>all )?(?:continuous|quantitative|numerical|numeric)\s+(?:variables?|data|"
    r"values?|measures?)\s+"
    r"(?:are|were|was|is)\s+(?:\w+ )?(?:expressed|presented|reported|shown|summari[sz]ed|described|given)\s+"
    r"(?:as|by|with|using)\s+(?:the )?(?P<what>[^.;]{3,90})",
    re.I,
)
_MEAN = Expression(r"\bmeans?\b|±|\bs\.?\s?d\.?\b|standard deviation", re.I)
_MEDIAN = Expression(r"\bmedians?\b|\bIQR\b|interquartile|quartile", re.I)
_OTHERWISE = Expression(
    r"\b(?:or|if|when|depending|otherwise|as appropriate|unless|respectively|normal\w*|skewed)\b", re.I
)


def summaries_said(reading: Reading) -> Iterator[Finding]:
    """Compare 'all continuous variables are medians' (or means) of the methods with what tables say they print.

    Left alone: methods that name both, or a condition (normally distributed, as appropriate), and captions or notes
    that give both.
    """
    announced = [
        (line, match) for line in lines(reading, ("methods",)) for match in [_SAID.search(line.words)] if match
    ]
    if len(announced) != 1:
        return
    line, match = announced[0]
    what = match["what"]
    if _OTHERWISE.search(line.words) or bool(_MEAN.search(what)) == bool(_MEDIAN.search(what)):
        return
    if any(_MEAN.search(x.words) and _MEDIAN.search(x.words) for x in lines(reading, ("methods",))):
        return
    means = bool(_MEAN.search(what))
    plain = reading.document.plain
    other, name = (_MEDIAN, "median") if means else (_MEAN, "mean")
    for table in reading.document.tables:
        around: list[Spot] = [(n.start, n.end) for n in (table.caption, *table.notes) if n is not None]
        for start, end in around:
            words = plain[start:end]
            if re.search(r"\bwere|\bare\b|variables|data|values", words, re.I) and other.search(words):
                found = other.search(words)
                own = _around(words, found, start) if found else (start, end)
                if found and not (_MEDIAN if other is _MEAN else _MEAN).search(words):
                    yield reading.finding(
                        "SUMMARY_NOT_AS_ANNOUNCED", "concern",
                        f"the methods announce '{' '.join(what.split())}' for continuous variables, and Table "
                        f"{table.number} says {name}: '{' '.join(plain[own[0] : own[1]].split())}'",
                        "the table may have been made for another test, or a footnote may stand from a template; "
                        "what the numbers are decides how they can be pooled",
                        quotes=(line.piece(match), own),
                    )  # fmt: skip
                    return


def _around(words: str, found: re.Match[str], start: int) -> Spot:
    """Give the sentence of a caption or note in which a word stands, as offsets in the document."""
    before = max((m.end() for m in re.finditer(r"[.;]\s+|\t|\n", words[: found.start()])), default=0)
    after = re.search(r"[.;](?:\s|$)|\t|\n", words[found.end() :])
    return start + before, start + (found.end() + after.start() if after else len(words.rstrip()))
