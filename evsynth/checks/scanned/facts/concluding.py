"""The sentences in which a document concludes, and which outcome a phrase is about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading

_HEAD = re.compile(r"\s*(?:conclusions?|interpretation)\b", re.I)
_SAID = re.compile(
    r"\s*(?:in (?:conclusion|summary)\b|to conclude\b|(?:thus, |hence, )?we conclude\b|conclusions?\b)", re.I
)
_NEXT = re.compile(r"\s*(?:(?:trial |clinical trial )?registration|funding|keywords?|trial number)\b", re.I)
_WORD = re.compile(r"[A-Za-zα-ω][A-Za-z-]{2,}")
_SAME = (
    (re.compile(r"mortal|death|died|dead\b|deceased|fatal", re.I), "death"),
    (re.compile(r"admi(?:t|ss)", re.I), "admit"),
    (re.compile(r"readmi(?:t|ss)", re.I), "readmit"),
    (re.compile(r"infect", re.I), "infect"),
    (re.compile(r"relaps", re.I), "relapse"),
    (re.compile(r"bleed|h(?:a|)emorrhag", re.I), "bleed"),
)
_EMPTY = frozenset(
    "the and for with was were has had are its than from that this those these rate rates risk incidence frequency "
    "number numbers proportion occurrence patients patient children women men adults infants people participants group "
    "groups arm arms treatment therapy significantly significant compared within after before during among day days "
    "month months week weeks year years more fewer less total overall early late all-cause any both versus than "
    "in-hospital "
    "strategy use outcome outcomes score scores level levels been not did does".split()
)


def concluding(reading: Reading) -> Iterator[Line]:
    """Give the sentences of the conclusion of an abstract or a paper, in order."""
    open_section = -1
    for line in lines(reading, ("abstract", "conclusion", "body")):
        part = reading.document.sections[line.section].part
        if _HEAD.match(line.words):
            open_section = line.section
        elif _NEXT.match(line.words):
            open_section = -1
        named = line.role == "conclusion" or (line.role == "abstract" and part == "conclusion")
        if named or (line.role == "body" and open_section == line.section) or _SAID.match(line.words):
            yield line


def before_conclusion(reading: Reading) -> Iterator[Line]:
    """Give the sentences of results that stand before the conclusion."""
    last = {(x.start, x.end) for x in concluding(reading)}
    for line in lines(reading, ("abstract", "results", "body")):
        part = reading.document.sections[line.section].part
        if line.whole not in last and not (line.role == "abstract" and part in ("background", "methods")):
            yield line


def stems(words: str) -> frozenset[str]:
    """Give the beginnings of the words that carry a meaning; words for one outcome (died, mortality) become one."""
    found = set()
    for word in _WORD.findall(words):
        low = word.lower()
        same = next((name for pattern, name in _SAME if pattern.match(low)), None)
        if same:
            found.add(same)
        elif low not in _EMPTY:
            found.add(low.replace("haem", "hem")[:5])
    return frozenset(found)
