"""No adverse event is said to have caused death, and elsewhere patients died of what is counted as an adverse event."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("DEATHS_ATTRIBUTED",)

_NONE = Expression(
    r"\b(?:no|none of (?:the|these))\b[^.;,]{0,30}\b(?:adverse|side|toxic|drug|treatment)[- ]?(?:\w+ ){0,2}"
    r"(?:events?|effects?|reactions?|related|toxicit\w+)?[^.;,]{0,30}?\b(?:deaths?|fatal\w*|died|mortality|lethal)\b|"
    r"\ball\b[^.;]{0,40}\badverse (?:events?|effects?|reactions?) were (?:\w+ )?non-?fatal\b|"
    r"\badverse (?:events?|effects?|reactions?)\b[^.;]{0,60}\b(?:none|no(?:ne)? of (?:them|which))\b[^.;]{0,30}"
    r"\b(?:fatal|deaths?|lethal)\b",
    re.I,
)
_HARM = (
    r"(?:opportunistic )?infections?|sepsis|septic shock|pneumonias?|h(?:a)?emorrhages?|bleeding|toxicit\w+|"
    r"hepatotoxicity|cardiotoxicity|neutropenia|perforation|pulmonary embolism|thromboembolism|heart failure|"
    r"renal failure|kidney failure|liver failure"
)
_HARMS = Expression(rf"\b(?P<harm>{_HARM})\b", re.I)
_DIED = Expression(r"\b(?:died|deaths?|fatal\w*|succumb\w*)\b", re.I)
_CAUSE = Expression(
    rf"\b(?:died (?:of|from|due to|because of)|deaths? (?:was|were|is|are)? ?(?:due to|caused by|attributed to|"
    rf"attributable to|resulted from|from)|causes? of death\b[^.;]{{0,40}}|succumbed to|fatal|those patients either "
    rf"experienced)\b[^.;]{{0,80}}?\b(?P<harm>{_HARM})\b",
    re.I,
)
_ADVERSE = Expression(r"\b(?:adverse|side effects?|toxicit\w+|safety|complications?)\b", re.I)
_OTHERS = Expression(r"\bet al\b|\bprevious(?:ly)?\b|\bliterature\b|\breported by\b|\bother stud", re.I)
_DISEASE = Expression(
    r"\b(?:before (?:the )?treatment|unrelated|not related|progression of (?:the )?disease only)\b", re.I
)


def deaths_attributed(reading: Reading) -> Iterator[Finding]:
    """Compare 'no adverse event caused death' with sentences on what patients died of, which may take two sentences.

    A concern: the cause must be a harm that a sentence on adverse events names as well. Left alone: causes that are
    called unrelated, and sentences on other studies.
    """
    told = list(lines(reading, ("abstract", "results", "discussion", "conclusion", "body")))
    denied = [(x, m) for x in told for m in [_NONE.search(x.words)] if m]
    if not denied:
        return
    adverse = {_stem(m["harm"]) for x in told if _ADVERSE.search(x.words) for m in _HARMS.finditer(x.words)}
    for index, line in enumerate(told):
        match = _cause(told, index)
        if match is None or _stem(match["harm"]) not in adverse or _OTHERS.search(line.words):
            continue
        if _DISEASE.search(line.words) or any(line == x for x, _ in denied):
            continue
        yield reading.finding(
            "DEATHS_ATTRIBUTED", "concern",
            f"'{' '.join(denied[0][1][0].split())}' is told, and deaths are ascribed to {match['harm'].lower()}, which "
            "is told as an adverse event",
            "these deaths may be thought to come from the disease, or 'directly' is meant narrowly",
            quotes=(denied[0][0].piece(denied[0][1]), line.piece(match)),
        )  # fmt: skip
        return


def _cause(told: list[Line], index: int) -> re.Match[str] | None:
    """Give what a sentence says patients died of; 'those patients' are the dead of the sentence before."""
    match = _CAUSE.search(told[index].words)
    if match is None:
        return None
    if match[0].lower().startswith("those"):
        before = told[index - 1] if index else None
        if before is None or before.section != told[index].section or not _DIED.search(before.words):
            return None
    return match


def _stem(harm: str) -> str:
    return harm.lower().split()[-1].rstrip("s")[:7]
