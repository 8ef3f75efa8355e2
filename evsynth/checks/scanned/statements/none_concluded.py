"""'With no serious adverse events or deaths reported', concluded, where the results count some."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.concluding import concluding
from evsynth.checks.scanned.facts.counts import NUMBER, value
from evsynth.checks.scanned.identity import table_lines
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("NONE_CONTRADICTS",)

_THINGS = {
    "death": r"deaths?|mortality|fatalit(?:y|ies)|fatal events?|patients? died|one died|died",
    "serious": r"serious adverse (?:events?|reactions?|effects?)|SAEs?",
    "stroke": r"strokes?", "infarction": r"myocardial infarctions?", "relapse": r"relapses?|recurrences?|flares?",
    "infection": r"serious infections?", "bleeding": r"major (?:bleed\w*|h(?:a)?emorrhages?)",
    "conversion": r"conversions?(?: to open\w*)?", "anaphylaxis": r"anaphyla\w+",
    "reoperation": r"re-?operations?|reinterventions?", "thrombosis": r"stent thrombos[ei]s|graft thrombos[ei]s",
    "rejection": r"rejections?|rejection episodes?", "discontinued": r"discontinuations?|treatment discontinuations?",
}  # fmt: skip
_NO = Expression(
    r"\b(?:no|without(?: any)?|zero)\s(?P<list>(?:[a-z-]+\s){0,6}?[a-z-]+)(?=\s(?:was|were|being|in either|in any|"
    r"reported|observed|"
    r"recorded|seen|occurr\w+|noted|during|over|at|within|up to)\b|\s?[.,;]|\s*$)", re.I,
)  # fmt: skip
_NARROW = Expression(
    r"\b(?:related|attribut\w*|attributable|new|additional|further|excess|increase\w*|difference\w*|significant\w*|"
    r"effect|benefit|"
    r"impact|unexpected|procedure-?|drug-?|treatment-?|vaccine-?|device-?|device|procedural|intra-?operative\w*|"
    r"early|late|evidence|"
    r"reduction|influence|change|association|cardiac|cause-specific|risk|case)\b|-related", re.I,
)  # fmt: skip
_DIED = (
    Expression(rf"(?P<k>{NUMBER})\s(?:\(\d+(?:[.·]\d+)?\s?%\)\s)?(?:of \d+ )?(?:(?:patients?|participants?|"
               rf"infants?|children|women|men|"
               r"subjects?|person|people|one)\s)?(?:in (?:each|either|both) (?:group|arm)s?\s)?(?:in the \w+ "
               r"(?:group|arm)\s)?(?:had\s)?died\b", re.I),
    Expression(rf"\b(?P<k>{NUMBER})\sdeaths?\b(?! certificates?)", re.I),
    Expression(rf"\b(?:deaths?|died)\s(?:occurred\s)?(?:in|were|was)?\s?(?P<k>{NUMBER})(?=\s(?:\(|of\b|patients|"
               rf"participants)|[.,;])", re.I),
)  # fmt: skip
_AFTER = Expression(
    r"\b(?:after (?:the )?(?:study|trial|end)|during (?:extension|long-?term|follow-?up)|before|prior|screening|"
    r"run-in|excluded|previous|"
    r"worldwide|annual\w*|each year|per year)\b", re.I,
)  # fmt: skip


def none_concluded(reading: Reading) -> Iterator[Finding]:
    """Compare "no deaths", "without serious adverse events" in a conclusion with counts of the same before it.

    Left alone: events narrowed (treatment-related, additional), effects on them, counts at another time or elsewhere.
    """
    for line in concluding(reading):
        for match in _NO.finditer(line.words):
            if _NARROW.search(match["list"]) or _NARROW.search(line.words[match.end() : match.end() + 20]):
                continue
            for item in re.split(r"\s(?:or|and|nor)\s", match["list"]):
                name = next(
                    (k for k, v in _THINGS.items() if re.fullmatch(rf"(?:any )?(?:{v})", item.strip(), re.I)), None
                )
                if name is None:
                    continue
                told = next(_counted(reading, name, line), None)
                if told is not None:
                    yield reading.finding(
                        "NONE_CONTRADICTS", "inconsistent",
                        f"'{' '.join(match[0].split())}' is inconsistent with '{told[0]}'",
                        "the conclusion may mean another time, or events caused by the treatment; it should say so",
                        quotes=(line.piece(match), told[1]),
                    )  # fmt: skip
                    return


def _counted(reading: Reading, name: str, said: Line) -> Iterator[tuple[str, Spot]]:
    """Give the counts of a kind of event, other than nought, told before the conclusion."""
    thing = _THINGS[name]
    patterns = [
        re.compile(rf"\b(?:{thing})\s(?:(?:was|were)\s(?:seen|reported|observed|recorded|noted)|occurred|"
                   rf"developed)?\s?(?:in\s)?"
                   rf"(?P<k>{NUMBER})(?=\s?(?:\(|\[|/|of\b|patients|participants|infants|children|cases))", re.I),
        re.compile(rf"(?P<k>{NUMBER})\s(?:\(\d+(?:[.·]\d+)?\s?%\)\s)?(?:of \d+ )?(?:(?:patients?|participants?|"
                   rf"infants?|children)\s)?"
                   rf"(?:had|experienced|developed|suffered)?\s?(?:an?\s)?(?:{thing})\b", re.I),
    ]  # fmt: skip
    for line in lines(reading, ("abstract", "results", "body")):
        if (line.start >= said.start and line.role == said.role) or _AFTER.search(line.words):
            continue
        every = [*patterns, *(_DIED if name == "death" else ())]
        for pattern in every:
            for m in pattern.finditer(line.words):
                if value(m["k"]) > 0:
                    yield " ".join(m[0].split()), line.piece(m)
    for row in table_lines(reading):
        if re.fullmatch(rf"(?:any )?(?:{thing})", row.row.stem or row.row.label.text, re.I):
            for cell in row.cells:
                count = cell.figure("count")
                if count is not None and count.printed.value > 0:
                    yield f"{row.name} {count.printed}", (cell.start, cell.end)
