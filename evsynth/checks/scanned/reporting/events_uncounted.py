"""Adverse events that are named as having occurred, and counted nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.clauses import clauses
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("EVENTS_UNCOUNTED",)

_EVENT = Expression(
    r"\b(?:gastro-?intestinal (?:discomfort|upset|symptoms|complaints|disturbances?|side effects)|nausea|vomiting|"
    r"diarrh(?:o)?ea|abdominal pain|hypertension|hypotension|hyperglyc(?:a)?emia|hypoglyc(?:a)?emia|tremors?|"
    r"headaches?|rash(?:es)?|pruritus|fatigue|dizziness|insomnia|alopecia|leu[ck]openia|neutropenia|thrombocytopenia|an(?:a)?emia|"
    r"hepatotoxicity|nephrotoxicity|(?:elevated|raised|abnormal) (?:liver enzymes|transaminases|liver function|"
    r"creatinine)|hyperkal(?:a)?emia|hypokal(?:a)?emia|hypomagnes(?:a)?emia|infections?|pneumonia|bleeding|"
    r"photosensitivity|weight loss|anorexia|o?edema|bruising|constipation|arrhythmias?|seizures?)\b",
    re.I,
)
_SEEN = Expression(
    r"\b(?:was|were) (?:also )?(?:documented|observed|reported|noted|recorded|seen|encountered)\b|"
    r"\b(?:occurred|developed|appeared)\b|\b(?:common|frequent|usual|typical|main|other) "
    r"(?:adverse (?:events|effects|reactions)|side effects)\b[^.;]{0,25}\b(?:were|was|included|comprised)\b",
    re.I,
)
_NOT = Expression(
    r"\b(?:no|not|none|neither|nor|without|never|absence|if|may|might|can|could|would|any|previous\w*|history|baseline|"
    r"risk|rates?|incidence|severity|stopped|defined?|definition|criteri\w+|had to|et al|more|less|fewer|"
    r"all|every|each|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|single|half|most|majority|"
    r"similar\w*|differ\w*|comparable|equally|both|tables?|figures?|fig|supplement\w*|appendix|after|before)\b|\d",
    re.I,
)


def events_uncounted(reading: Reading) -> Iterator[Finding]:
    """Find a clause of the results that says that named adverse events were seen, with no number for any of them.

    Judged in full texts. Left alone: events that stand with a number in a table, a legend or another sentence, and
    clauses that point to a table or say in how many they were seen.
    """
    if reading.document.kind != "full text":
        return
    for line in lines(reading, ("results", "body")):
        for clause in clauses(line):
            seen = _SEEN.search(clause.words)
            names = [m[0].lower() for m in _EVENT.finditer(clause.words)]
            if seen is None or not names or _NOT.search(clause.words):
                continue
            lacking = [n for n in dict.fromkeys(names) if not _counted(reading, n, clause)]
            if len(lacking) == len(set(names)):
                yield reading.finding(
                    "EVENTS_UNCOUNTED", "concern",
                    f"{' and '.join(lacking)}: said to have been seen, and the paper does not say in how many patients",
                    "the numbers may stand in a supplement; without them the events cannot be compared or pooled",
                    quotes=(clause.whole,),
                )  # fmt: skip


def _counted(reading: Reading, name: str, clause: Line) -> bool:
    """Say whether a number stands near an event anywhere else: in its row of a table, or in its sentence."""
    word = Expression(rf"\b{re.escape(name.rstrip('s'))}", re.I)
    if any(word.search(row.label.text) for table in reading.document.tables for row in table.rows):
        return True
    return any(
        re.search(r"\d", line.words) and word.search(line.words)
        for line in lines(
            reading, ("title", "abstract", "results", "body", "discussion", "conclusion", "figure legend")
        )
        if not (line.start <= clause.start and clause.end <= line.end)
    )
