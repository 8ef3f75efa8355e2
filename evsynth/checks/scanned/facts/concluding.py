"""The sentences in which a document concludes, and which outcome a phrase is about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.text.expressions import Expression

_HEAD = Expression(r"\s*(?:conclusions?|interpretation)\b", re.I)
_SAID = Expression(
    r"\s*(?:in (?:conclusion|summary)\b|to conclude\b|(?:thus, |hence, )?we conclude\b|conclusions?\b)", re.I
)
_RESULTS = Expression(r"\b(?:results|findings)\b", re.I)
"""What a heading for methods may say as well: "Methods and results"."""
_NEXT = Expression(r"\s*(?:(?:trial |clinical trial )?registration|funding|keywords?|trial number)\b", re.I)
_WORD = Expression(r"[A-Za-zα-ω][A-Za-z-]{2,}")
_SHORT = Expression(r"\b(?!CI|HR|OR|RR|SD|SE|PR|US|UK|II|IV|VI|IX|XI|EU|PY|NS|VS)[A-Z]{2}\b")
"""Groups are often called by two letters."""
_SAME = (
    (Expression(r"mortal|death|died|dead\b|deceased|fatal", re.I), "death"),
    (Expression(r"surviv|alive", re.I), "alive"),
    (Expression(r"admi(?:t|ss)", re.I), "admit"),
    (Expression(r"readmi(?:t|ss)", re.I), "readmit"),
    (Expression(r"infect", re.I), "infect"),
    (Expression(r"relaps", re.I), "relapse"),
    (Expression(r"bleed|h(?:a|)emorrhag", re.I), "bleed"),
    (Expression(r"stay(?:s|ed|ing)?$", re.I), "stay"),
)
_LONG = Expression(r"hyper|inter|trans|micro|macro|multi|super")
"""Beginnings that many words share: of these, more letters count."""
_EMPTY = frozenset(
    "the and for with was were has had are its than from that this those these rate rates risk incidence frequency "
    "number numbers proportion occurrence patients patient children women men adults infants people participants group "
    "groups arm arms treatment therapy significantly significant compared within after before during among day days "
    "month months week weeks year years more fewer less total overall early late all-cause any both versus than "
    "in-hospital "
    "strategy about nearly almost roughly approximately per "
    "use outcome outcomes score scores level levels been not did does".split()
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
        section = reading.document.sections[line.section]
        other = section.part in ("background", "methods") and not _RESULTS.search(section.heading)
        if line.whole not in last and not (line.role == "abstract" and other):
            yield line


_SEXES = Expression(r"\b(?:(wom[ae]n|females?)|(m[ae]n|males?)|(boys?)|(girls?)|(adults?)|(child(?:ren)?))\b", re.I)


def group_stems(words: str) -> frozenset[str]:
    """Give the stems of words that may name a group: also women and men, boys and girls, adults and children."""
    found = {
        ("women", "men", "boys", "girls", "adults", "children")[(m.lastindex or 1) - 1] for m in _SEXES.finditer(words)
    }
    return stems(words) | found


def stems(words: str) -> frozenset[str]:
    """Give the beginnings of the words that carry a meaning; words for one outcome (died, mortality) become one."""
    found = set()
    for word in _WORD.findall(words):
        low = word.lower()
        same = next((name for pattern, name in _SAME if pattern.match(low)), None)
        if same:
            found.add(same)
        elif low not in _EMPTY:
            found.add(low.replace("haem", "hem")[: 8 if _LONG.match(low) else 5])
    found.update(short.lower() for short in _SHORT.findall(words))
    return frozenset(found)
