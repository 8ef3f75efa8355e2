"""Improved or worsened "from a to b" against the way the scale runs, as its sentence or the one before tells.

"On the Hamilton scale, where lower values mean fewer symptoms, patients worsened from 18.6 to 14.2".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.effects import NUMBER, number
from evsynth.checks.scanned.identity import SHORT
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("DIRECTION_CONTRADICTS",)

_SAYS = Expression(
    r"\b(?P<way>lower|higher|larger|greater|smaller|increasing|decreasing|rising|falling|low|high)(?: "
    r"(?:total|mean|sum))? (?:values?|scores?|numbers?|ratings?|figures?|points?)?\s?"
    r"(?:(?:mean|indicat|denot|signif|reflect|represent|correspond|stand|show|express|impl)\w*(?: to| "
    r"for)?|being|=|are|is)\s"
    r"(?P<what>[a-z -]{3,45})|\b(?P<way2>lower|higher)(?: scores?| values?)? (?:is|are|being|=) "
    r"(?P<what2>better|worse|more severe|less severe)", re.I,
)  # fmt: skip
_FINE = (
    r"(?:best\b|no (?:pain|symptoms?|disability|complaints|problems?|difficult\w+|impairment|limitations?)|none\b|"
    r"perfect\b|"
    r"normal\b|full\b|excellent\b|good\b|ideal\b|symptom-free)"
)
_ILLEST = (
    r"(?:worst\b|severe\b|maximal\b|unbearable\b|death\b|extreme\b|poor(?:est)?\b|unable\b|complete disab\w+|maximum "
    r"(?:pain|disab\w+|impair\w+|symptoms?)|most severe)"
)
_END = r"(?:\s?(?:[(=,:-]|is|means|meaning|for|being)\s?|\s)(?:the )?"
_ENDS = Expression(
    rf"(?<![\d.])(?P<low>\d{{1,2}}){_END}(?:(?P<fine>{_FINE})|{_ILLEST})[^.;\d]{{0,25}}?"
    rf"(?P<high>\d{{1,3}}){_END}(?:(?P<fine2>{_FINE})|{_ILLEST})", re.I,
)  # fmt: skip
_GOOD = Expression(r"\b(?:better|good|best|fewer|less|milder|lower|reduced|improved|well|healthier|lesser|no)\b", re.I)
_BAD = Expression(
    r"\b(?:worse|poor\w*|bad|more severe|severer|greater severity|worst|heavier|impaired|impairment)\b", re.I
)
_ILL = Expression(
    r"\b(?:symptoms?|pain|severity|severe|disabilit\w*|impairment|burden|distress|anxiety|depress\w*|"
    r"fatigue|limitation|handicap|disease|illness|stress|complaints|activity|dyspn\w*|breathless\w*|"
    r"problems|dysfunction)\b",
    re.I,
)
_MORE = Expression(r"\b(?:more|greater|higher|increas\w*|stronger|larger)\b", re.I)
_CHANGED = Expression(
    rf"\b(?:(?P<up>improv(?:ed|ing|ement|es)|got better|recovered)|(?P<down>worsen(?:ed|ing|s)|"
    rf"deteriorat(?:ed|ion|ing)|declined clinically|got worse))\b"
    rf"(?P<gap>[^.;\d]{{0,60}}?)\bfrom\s(?:an? )?(?:mean |median )?(?:of "
    rf")?(?P<a>{NUMBER})(?P<rest>[^.;]{{0,40}}?)\bto\s(?:an? )?(?:mean |median )?(?:of "
    rf")?(?P<b>{NUMBER})(?!\s?%)", re.I,
)  # fmt: skip


def improved_on_scale(reading: Reading) -> Iterator[Finding]:
    """Check changes for better or worse against the way their scale is said to run."""
    last: bool | None = None
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    named: dict[str, set[bool]] = {}
    for line in every:
        if (said := _way(line.words)) is not None and len(names := _names(line.words)) == 1:
            named.setdefault(names.pop(), set()).add(said)
    for line in every:
        said = _way(line.words)
        told = {w for name in _names(line.words) for w in named.get(name, ())}
        way = said if said is not None else told.pop() if len(told) == 1 else last
        last = said
        found = list(_CHANGED.finditer(line.words)) if way is not None else []
        if len(found) != 1 or re.search(r"\b(?:not|no|whereas|while|respectively)\b", found[0]["gap"]):
            continue
        if len(re.findall(r"\b(?:scale|score|index|questionnaire|inventory)\b", line.words)) > 1 and said is None:
            continue
        yield from _judged(reading, line, found[0], higher_better=bool(way))


def _names(words: str) -> set[str]:
    """Give the short names of instruments: KOOS, PHQ-9."""
    return {m[0] for m in SHORT.finditer(words) if m[0] not in ("CI", "SD", "IQR")}


def _way(words: str) -> bool | None:
    """Say whether higher values are better, where a sentence tells it once."""
    found = [w for m in _SAYS.finditer(words) if (w := _one(m)) is not None]
    for m in _ENDS.finditer(words):
        if (m["fine"] is None) != (m["fine2"] is None) and int(m["low"]) < int(m["high"]):
            found.append(m["fine"] is None)
    return found[0] if found and len(set(found)) == 1 and len(found) < 3 else None


def _one(m: re.Match[str]) -> bool | None:
    what = m["what"] or m["what2"]
    up = (m["way"] or m["way2"]).lower() in ("higher", "larger", "greater", "increasing", "rising", "high")
    good: bool | None
    if _BAD.search(what):
        good = False
    elif re.search(r"\bbetter\b|\bgood\b|\bbest\b|healthier", what):
        good = True
    elif _ILL.search(what):
        good = not _MORE.search(what) if _MORE.search(what) or _GOOD.search(what) else None
    else:
        return None
    return None if good is None else good == up


def _judged(reading: Reading, line: Line, m: re.Match[str], *, higher_better: bool) -> Iterator[Finding]:
    a, b = float(number(m["a"])), float(number(m["b"]))
    if a == b or bool(m["up"]) == ((b > a) == higher_better):
        return
    word = m["up"] or m["down"]
    yield reading.finding(
        "DIRECTION_CONTRADICTS", "inconsistent",
        f"'{word}' is inconsistent with a change from {m['a']} to {m['b']}: "
        f"{'higher' if higher_better else 'lower'} values are said to be better",
        "the scale may run the other way, or the two values be exchanged",
        quotes=(line.piece(m),),
    )  # fmt: skip
