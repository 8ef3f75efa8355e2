"""The endpoint that the methods call primary is not reported where one would look for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.identity import SHORT
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

CODES = ("PRIMARY_ENDPOINT_MISSING",)

_PRIMARY = Expression(
    r"\bprimary (?:efficacy |study |clinical )?(?:end-?point|outcome)s?(?: measure| variable)?s?\s+(?:was|were|is|"
    r"of (?:the|this) (?:study|trial) was|for [^,.;]{0,60} was)\s+(?:defined as\s+)?(?P<what>[^.;]{4,160}?)"
    r"(?=,? (?:and|while|whereas) (?:the )?secondary|[.;]|$)",
    re.I,
)
_ONLY_MEASURED = Expression(
    r"^\s*(?:all|both|[0-9]+)?[^.,;0-9%]{0,30}[0-9]* ?(?:patients|participants|subjects|children)\b"
    r"[^.,;0-9%]{0,30}\b(?:had|underwent|completed)\b[^.,;%]{0,40}\b(?:measured|measurements?|assessed|assessments?|"
    r"available|recorded|tested)\b"
    r"[^.,;%]{0,40}\.?$",
    re.I,
)
_MEASURED_IN = Expression(
    r"^[^.;%=]{0,60}\b(?:was|were|had been)\s+(?:measured|assessed|available|recorded|obtained|known|determined|"
    r"evaluated|tested)\s+(?:again\s+)?(?:at [\w ]{1,20}\s)?"
    r"(?:in|for|from|of)\s+(?:all|both|each|every|[0-9]+)[^.;%=]{0,60}\.?$",
    re.I,
)
"""Who was measured, and no result."""
_NAMED = Expression(r"\bprimary (?:\w+ )?(?:end-?point|outcome)", re.I)
_WORD = Expression(r"[A-Za-z][A-Za-z0-9-]{2,}")
_HOW_KNOWN = Expression(r"\b[\w-]+-(?:defined|based|confirmed|assessed|reported|rated|diagnosed)\b")
"""How an endpoint is known, not what it is: "CAM-defined delirium"."""
_EMPTY = frozenset(
    "the and was were for from with without within total score scores rate rates change changes mean median number "
    "proportion percentage time between baseline last follow-up followup month months week weeks year years day days "
    "hour hours minute minutes first any both each point points scale measured assessed defined all cause level levels "
    "difference end study trial patients patient participants occurrence incidence frequency percent this that "
    "which who postoperative preoperative perioperative "
    "per its their body clinical overall either composite after during until".split()
)
_SAME = (
    frozenset("survival surviv death deaths died mortality mort hazard alive".split()),
    frozenset("relapse relapses recurrence recurrences recurrent flare flares exacerbation".split()),
    frozenset("bleeding haemorrhage hemorrhage".split()),
    frozenset("remission remitted".split()),
    frozenset("hospitalisation hospitalization admission admissions admitted readmission".split()),
)
_SLOPE = Expression(
    r"\b(?:(?:annual|yearly|monthly|mean) (?:rate|change|decline|loss)|rates? of (?:change|decline)|slopes?)\b", re.I
)
"""Endpoints that are a speed of change."""
SHOWN = 3
"""So many results that are told instead are quoted."""
_RESULT = Expression(r"[0-9]|\b(?:significan\w+|improve\w*|lower|higher|better|fewer|reduced|increased)\b", re.I)
_SUBJECT = Expression(r"\b(?:randomi[sz]|enrol|included|assigned|recruited|screened|eligible|underwent)", re.I)


class Stated(NamedTuple):
    """Where an endpoint is called primary, its words, and the part of the study ('prospective') it is for, if any."""

    line: Line
    match: re.Match[str]
    words: frozenset[str]
    part: str


def endpoints(reading: Reading) -> Iterator[Finding]:
    """Look for the words of the primary endpoint in the results, and in the results of the abstract.

    Where the methods call no endpoint primary, that of the abstract is taken. Who was measured is no result.
    The endpoint counts as reported where half of its own words, another word for the same, or its abbreviation stand.
    In a paper with a retrospective and a prospective part, the abstract is read part by part. Left alone: endpoints of
    which no word remains after the general ones, and documents without a section of methods.
    """
    document = reading.document
    if document.kind not in ("full text", "record"):
        return
    results = " ".join(x.words for x in lines(reading, ("results",))) + " ".join(
        cell.text for table in document.tables for row in table.rows for cell in row.cells[:1]
    )
    told = [
        x for x in lines(reading, ("abstract",))
        if document.sections[x.section].part == "results" and not _only_measured(x.words)
    ]  # fmt: skip
    seen: set[tuple[frozenset[str], str]] = set()
    for stated in _stated(reading):
        if (stated.words, stated.part) in seen:
            continue
        seen.add((stated.words, stated.part))
        own = _own_part(told, stated.part)
        if document.kind == "full text" and results and not _reported(stated, results):
            yield _missing(
                reading, stated, [], "results", "it may be reported under another name, in a figure or a supplement"
            )
        elif own and not _reported(stated, " ".join(x.words for x in own)):
            yield _missing(
                reading, stated, own, "results of the abstract",
                "there may have been no room, or another name is used; a reader of the abstract does not learn the "
                "main "
                "result",
            )  # fmt: skip


def _only_measured(words: str) -> bool:
    """Say whether a sentence tells who was measured, and nothing that was found."""
    return bool(_ONLY_MEASURED.search(words) or _MEASURED_IN.search(words.strip()))


def _stated(reading: Reading) -> Iterator[Stated]:
    """Give the endpoints that the methods call primary; those of the abstract where the methods call none so."""
    found = list(_called(reading, ("methods", "body"))) if reading.document.kind == "full text" else []
    yield from found or _called(reading, ("abstract",))


def _called(reading: Reading, roles: tuple[Role, ...]) -> Iterator[Stated]:
    document = reading.document
    for line in lines(reading, roles):
        for match in _PRIMARY.finditer(line.words):
            words = frozenset(w.lower() for w in _WORD.findall(_HOW_KNOWN.sub(" ", match["what"]))) - _EMPTY
            if words:
                heading = document.sections[line.section].heading.lower()
                parts = [p for p in ("retrospective", "prospective") if re.search(rf"\b{p}", heading)]
                yield Stated(line, match, words, parts[0] if len(parts) == 1 else "")


def _own_part(told: list[Line], part: str) -> list[Line]:
    """Give the sentences on one part of the study; all of them where the abstract does not tell the parts apart."""
    current, kept, named = "", [], set()
    for line in told:
        found = [p for p in ("retrospective", "prospective") if re.search(rf"\b{p}", line.words, re.I)]
        if len(found) == 1:
            current = found[0]
            named.add(current)
        if current == part:
            kept.append(line)
    return kept if part and len(named) == 2 else told


def _missing(reading: Reading, stated: Stated, own: list[Line], where: str, hint: str) -> Finding:
    instead = [x for x in own if _RESULT.search(x.words) and not _SUBJECT.search(x.words)][:SHOWN]
    of_part = f" of the {stated.part} part" if stated.part else ""
    return reading.finding(
        "PRIMARY_ENDPOINT_MISSING", "concern",
        f"the primary endpoint{of_part} '{' '.join(stated.match['what'].split())}' is not found in the {where}", hint,
        quotes=(stated.line.piece(stated.match), *_same_in_abstract(reading, stated), *(x.whole for x in instead)),
    )  # fmt: skip


def _same_in_abstract(reading: Reading, stated: Stated) -> tuple[Spot, ...]:
    """Give where the abstract, too, calls this endpoint primary."""
    if stated.line.role == "abstract":
        return ()
    return tuple(x.line.piece(x.match) for x in _called(reading, ("abstract",)) if x.words == stated.words)


def _reported(stated: Stated, text: str) -> bool:
    if _NAMED.search(text):
        return True
    said = {w.lower() for w in _WORD.findall(text)}
    stems = {_stem(w) for w in said}
    hits = sum(_stem(word) in stems for word in stated.words)
    if _other_kind(stated.match["what"], text):
        return False
    if hits * 2 >= len(stated.words):
        return True
    if any(same & stated.words and same & (said | stems) for same in _SAME):
        return True
    shorts = set(SHORT.findall(text))
    initials = "".join(w[0].lower() for w in re.findall(r"[A-Za-z]+|[0-9]", stated.match["what"]))
    return any(s in stated.match["what"] or (len(s) > 1 and s.lower() in initials) for s in shorts)


def _other_kind(what: str, text: str) -> bool:
    """Say whether a text tells the share of patients who lost so much, where a rate of change was primary."""
    shorts = SHORT.findall(what)
    if not _SLOPE.search(what) or not shorts:
        return False
    own = [s for s in re.split(r"[.;]\s", text) if any(re.search(rf"\b{re.escape(x)}\b", s) for x in shorts)]
    return bool(own) and not any(_SLOPE.search(s) or re.search(r"\bper year|/year|\bby\b", s) for s in own)


def _stem(word: str) -> str:
    for end in ("ies", "es", "s", "ed", "ing", "al", "ity"):
        if word.endswith(end) and len(word) - len(end) >= 4:
            return word[: -len(end)]
    return word
