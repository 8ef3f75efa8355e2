"""The endpoints that the methods list, one by one: one of which no result is told after the start of treatment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.identity import SHORT
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("OUTCOME_NOT_REPORTED",)

_LIST = Expression(
    r"\bsecondary (?:\w+ ){0,2}(?:end-?points?|outcomes?)(?: measures?)?\s(?:included|were|comprised|are|include)"
    r"(?: as follows| the following)?\s*:?\s*(?P<list>(?=[^.;]*,)[^.]{20,600})",
    re.I,
)
_CUT = Expression(r"[,;]\s*(?:and\s+|or\s+)?|\s+and\s+")
_WORD = Expression(r"[A-Za-z][A-Za-z0-9-]{2,}")
_EMPTY = frozenset(
    "the and was were for from with during change changes parameter parameters finding findings rate rates score "
    "scores total level levels time mean value values use number proportion patients patient therapy treatment "
    "course courses other study each any all end follow-up baseline month months week weeks year years visit "
    "visits day days per measured assessed defined incidence occurrence events event function status test tests index "
    "scale data".split()
)
_BASELINE = Expression(r"\b(?:baseline|at inclusion|at entry|before treatment|demographic|characteristics)\b", re.I)
_SINCE = Expression(
    r"\b(?:from|since) (?:the )?baseline|\b(?:chang|improv|reduc|decreas|increas|outcome|final)\w*", re.I
)
_KNOWN_AS = (
    ("laborator", r"CRP|C-reactive|ESR|sedimentation|ferritin|creatine kinase|\bCK\b|LDH|KL-6|creatinine|"
                  r"h(?:a)?emoglobin|\bAL[TP]\b|\bAST\b|albumin|platelet|leu[ck]ocyte|biomarker"),
    ("adverse", r"side[- ]effects?|toxicit|complication|safety"),
    ("mortal", r"death|died|surviv"),
    ("surviv", r"death|died|mortal"),
    ("quality", r"SF-36|EQ-5D|SGRQ|questionnaire"),
    ("hospital", r"admission|admitted|stay"),
    ("relaps", r"recurren|flare|exacerbat"),
    ("recurr", r"relaps|flare"),
)  # fmt: skip
"""Words by which an endpoint is told as well."""
_IMPROVED = Expression(r"\b(?:improv|benefi|ameliorat|normali|reduc|decreas)\w*", re.I)
_BRACKETS = Expression(r"\([^()]*\)?|\[[^\[\]]*\]?")
_CLAUSE = Expression(
    r"\b(?:compared|tested|by the|better|worse|higher|lower|thresholds?|analy[sz]ed|using|were|was|is|"
    r"unless|stated)\b",
    re.I,
)
LONGEST = 8
"""An item of more words is a clause."""
LEAST = 3
"""A list of fewer endpoints is no list in which one is missed."""


class Endpoint(NamedTuple):
    """An item of a list: its words, the beginnings of those of its own, its abbreviations, and where it stands."""

    name: str
    stems: frozenset[str]
    shorts: frozenset[str]
    spot: Spot


def endpoints_walked(reading: Reading) -> Iterator[Finding]:
    """Find secondary endpoints of a list of which nothing is told but values at baseline; sentences that claim them.

    A concern, in full texts. Most of the list must be reported. An endpoint counts as reported where one of its own
    words, or another word for it, stands in a sentence, legend or table of results that is not about the baseline.
    """
    if reading.document.kind != "full text":
        return
    for line in lines(reading, ("methods",)):
        match = _LIST.search(line.words)
        if match is None:
            continue
        items = list(_items(match["list"], line.start + match.start("list")))
        told = _told(reading)
        missed = [one for one in items if not _reported(one, told)]
        if len(items) >= LEAST and missed and len(missed) * 2 <= len(items):
            claims = [claim for one in missed for claim in _claims(reading, one.stems)]
            yield reading.finding(
                "OUTCOME_NOT_REPORTED", "concern",
                f"{', '.join(one.name for one in missed)}: an endpoint of the methods, and no result of it after "
                "the start is told" + (", though it is said to have improved" if claims else ""),
                "it may stand in a supplement; an endpoint that was measured and is not reported may have shown "
                "nothing",
                quotes=(*(one.spot for one in missed), *claims),
                computed=(("listed", str(len(items))), ("reported", str(len(items) - len(missed)))),
            )  # fmt: skip


def _items(listed: str, at: int) -> Iterator[Endpoint]:
    bare = _BRACKETS.sub(lambda m: " " * len(m[0]), listed)
    start = 0
    for cut in (*_CUT.finditer(bare), None):
        end = cut.start() if cut else len(bare)
        words = bare[start:end]
        stems = frozenset(_stem(w) for w in _WORD.findall(words) if w.lower() not in _EMPTY)
        if stems and len(words.split()) <= LONGEST and not _CLAUSE.search(words):
            first = start + len(words) - len(words.lstrip())
            shorts = frozenset(SHORT.findall(listed[start:end]))
            yield Endpoint(" ".join(words.split()), stems, shorts, (at + first, at + start + len(words.rstrip())))
        start = cut.end() if cut else end


def _told(reading: Reading) -> str:
    """Give what is told of results after the baseline: sentences, legends, and tables not of the baseline."""
    document = reading.document
    parts = [
        x.words for x in lines(reading, ("results",)) if not _BASELINE.search(x.words) or _IMPROVED.search(x.words)
    ]
    parts += [
        document.plain[t.start : t.end]
        for t in document.tables
        if t.caption is None or not _BASELINE.search(t.caption.text) or _SINCE.search(t.caption.text)
    ]
    parts += [document.plain[legend.start : legend.end] for legend in document.legends]
    return " ".join(parts)


def _reported(one: Endpoint, told: str) -> bool:
    small = told.lower()
    if any(stem in small for stem in one.stems) or any(re.search(rf"\b{re.escape(x)}\b", told) for x in one.shorts):
        return True
    return any(
        stem.startswith(key[: len(stem)]) and re.search(words, told, re.I)
        for stem in one.stems
        for key, words in _KNOWN_AS
    )


def _claims(reading: Reading, stems: frozenset[str]) -> list[Spot]:
    return [
        x.whole
        for x in lines(reading, ("discussion", "conclusion"))
        if _IMPROVED.search(x.words) and re.search(r"\b(?:our|this|present) (?:study|cohort)", x.words)
        and any(stem in x.words.lower() for stem in stems)
    ]  # fmt: skip


def _stem(word: str) -> str:
    return word.lower()[:8].rstrip("s")
