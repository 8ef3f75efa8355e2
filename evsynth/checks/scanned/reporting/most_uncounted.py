"""Most patients are said to have improved, or to have been of some kind, and nothing in the paper counts them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("MOST_UNCOUNTED",)

_MOST = Expression(
    r"\b(?P<verb>improve\w*|respon\w+|recover\w*|remission|benefit\w*)\b[^.;,]{0,30}\bin (?:most|the majority)(?: of)? "
    r"(?:the |these |our )?patients\b|"
    r"\b(?:most|the majority)(?: of)? (?:the |these |our )?(?:treated |included |enrol+ed )?patients "
    r"(?:in (?:this|our) (?:study|cohort) )?(?:\w+ly )?(?P<did>improved|responded|recovered|benefit(?:t)?ed)\b",
    re.I,
)
_KIND = Expression(
    r"\b(?:patients|participants) (?:enrol+ed|included|treated)?(?: in (?:this|our|the present) (?:study|cohort))"
    r"\s(?:predominantly|mostly|mainly|largely)\s(?:exhibited|had|were|showed|presented with|suffered from)\s"
    r"(?P<what>[^.;,]{8,120})|"
    r"\b(?:most|the majority) of (?:our|the included|the enrol+ed) patients\s(?:had|were|exhibited|showed)\s"
    r"(?P<state>[^.;,]{8,120})",
    re.I,
)
_WORD = Expression(r"[A-Za-z][A-Za-z-]{3,}")
_EMPTY = frozenset(
    "with from that this have been were their such more than other than both also into after before".split()
)
_COUNT = Expression(r"\d+\s?(?:/|of\b|\(|patients|%)")
_PEOPLE = Expression(r"\d+\s?(?:/\s?\d+|(?:out )?of\b|\(\s?\d|patients)|\d\s?%(?!\s?(?:ci|conf|boot))")
_OTHERS = Expression(r"\bet al\b|\bprevious(?:ly)?\b|\bother stud|\bliterature\b|\breported by\b", re.I)


def most_uncounted(reading: Reading) -> Iterator[Finding]:
    """Find 'improvement in most patients' or 'our patients predominantly had ...' that no count supports.

    A concern, in full texts. A claim counts as supported where a sentence or table row of results or abstract has a
    number of patients and the word for the change, or half of the words for the kind of patients. Left alone:
    sentences on other studies.
    """
    if reading.document.kind != "full text":
        return
    counted = [x.words.lower() for x in lines(reading, ("abstract", "results")) if _COUNT.search(x.words)]
    counted += [
        " ".join(c.text for c in row.cells).lower()
        for table in reading.document.tables for row in table.rows if any(_COUNT.search(c.text) for c in row.cells[1:])
    ]  # fmt: skip
    for line in lines(reading, ("discussion", "conclusion")):
        match = _claim(line)
        if match is None or _OTHERS.search(line.words) or _supported(match, counted):
            continue
        yield reading.finding(
            "MOST_UNCOUNTED", "concern",
            f"'{' '.join(match[0].split())[:110]}' is said, and the paper does not count such patients",
            "a significant change of the median does not tell how many improved; the authors may know from their data",
            quotes=(line.piece(match),),
        )  # fmt: skip


def _claim(line: Line) -> re.Match[str] | None:
    return _MOST.search(line.words) or _KIND.search(line.words)


def _supported(match: re.Match[str], counted: list[str]) -> bool:
    said = match.groupdict()
    verb = said.get("verb") or said.get("did")
    if verb:
        stem = verb.lower()[:6]
        return any(
            _PEOPLE.search(x[max(0, m.start() - 60) : m.end() + 60]) for x in counted for m in re.finditer(stem, x)
        )
    words = {w.lower()[:7] for w in _WORD.findall(said["what"] or said["state"] or "")} - {w[:7] for w in _EMPTY}
    return any(2 * sum(w in x for w in words) >= len(words) for x in counted)
