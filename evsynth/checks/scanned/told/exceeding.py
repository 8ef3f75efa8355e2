"""A part larger than its whole, in sentences: "29 of the 24", more returned than sent, fewer events than patients."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.counts import NUMBER, value
from evsynth.checks.scanned.facts.lists import Entry, entries
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("GROUP_EXCEEDS", "EVENTS_FEWER")

_PEOPLE = (
    r"(?:patients?|participants?|children|adults?|subjects?|wom[ae]n|m[ae]n|infants?|cases|controls|persons?|people|"
    r"deaths?|trials|studies|recipients?|boys|girls|neonates|respondents|residents|inmates|workers|nurses|pupils|"
    r"doctors|students|volunteers|eyes|samples|sessions|"
    r"centres|centers|hospitals|reports|articles|survivors|responders|women)"
)
_OF = Expression(
    rf"(?P<k>{NUMBER})\s(?:out of|of) (?:the |these |all |our |those )?(?P<n>{NUMBER})\s"
    rf"(?:[a-zA-Z-]+\s){{0,3}}?{_PEOPLE}\b", re.I,
)  # fmt: skip
_NOT_OF = Expression(
    r"\b(?:ratio|to|version|grade|stage|day|page|figure|table|chapter|score|scores|a total|increase)\s*$|[<>≥≤=]\s*$",
    re.I,
)
_SENT = Expression(
    r"\b(?:scheduled|planned|sent|mailed|posted|distributed|dispatched|invited|offered|handed out|issued|prescribed|"
    r"booked|"
    r"ordered|approached|requested|expected|possible|available)\b", re.I,
)  # fmt: skip
_DONE = Expression(
    r"\b(?:delivered|returned|completed|attended|received back|answered|filled in|came back|given|taken|performed|held|"
    r"replied|responded|carried out)\b", re.I,
)  # fmt: skip
_THING = Expression(r"\b(?P<noun>[a-z]{4,}s)\b", re.I)
_EVENTS = Expression(
    rf"(?P<k>{NUMBER})\s(?:[a-z-]+\s){{0,4}}?(?P<what>events?|episodes?|infections?|relapses?|exacerbations?|falls|"
    rf"fractures|"
    rf"attacks|seizures|bleeds|admissions|readmissions|hospitali[sz]ations|flares|complications)\s?(?:,|were |was |"
    rf"occurred |"
    rf"developed |recorded |reported |observed |seen |noted |that |and |which |serious |in total |altogether )*"
    rf"(?:in|among|affecting|"
    rf"affected)\s(?P<n>{NUMBER})\s(?:[a-z-]+\s)?{_PEOPLE}\s?[(\[]\s?(?P<p>\d+(?:\.\d+)?)\s?%", re.I,
)  # fmt: skip
_GRADES = Expression(r"\b(?:grades?|types?|stages?|class|levels?|phases?)\s[\dIV ,-]*(?:or|and|to)?\s*$", re.I)
_LEAST = Expression(r"(?:\b(?:least|than|most|every|any|about|or|and|to)|[<>≥≤])\s*$", re.I)
_AMONG = Expression(
    rf"\ball (?P<k>{NUMBER})(?:\s[a-z]+){{0,2}}? (?:were |was |are |being )?(?:also )?(?:among|amongst|part of|"
    rf"included in|within) "
    rf"(?:the |those )(?:(?P<n>{NUMBER})\s)?(?:{_PEOPLE}\s)?(?:who (?:were|had been|"
    rf"had) )?(?P<verb>[a-z-]{{4,}})", re.I,
)  # fmt: skip


def exceeding(reading: Reading) -> Iterator[Finding]:
    """Check parts against the whole that the sentence, or the one before, gives for them.

    Found: "29 of the 24 patients"; more of a thing returned than were sent; fewer events than patients who had one.
    Left alone: events of all patients, things of which several belong to one patient.
    """
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    for index, line in enumerate(every):
        yield from _of(reading, line)
        yield from _events(reading, line)
        before = every[index - 1] if index and every[index - 1].section == line.section else None
        yield from _among(reading, line, before)
        for earlier in every[max(0, index - 4) : index + 1]:
            yield from _returned(reading, earlier, line)


def _of(reading: Reading, line: Line) -> Iterator[Finding]:
    for match in _OF.finditer(line.words):
        part, whole = value(match["k"]), value(match["n"])
        if part <= whole or _NOT_OF.search(line.words[: match.start()]) or whole < 2 or part > 20 * whole:
            continue
        told = {(e.start, e.end) for e in entries(line.words)}
        if match.span("k") not in told:
            continue
        yield reading.finding(
            "GROUP_EXCEEDS", "error", f"{match['k']} of {match['n']} is more than all",
            "the two numbers may be exchanged; otherwise a digit is misprinted", quotes=(line.piece(match),),
        )  # fmt: skip


def _events(reading: Reading, line: Line) -> Iterator[Finding]:
    for match in _EVENTS.finditer(line.words):
        events, patients = value(match["k"]), value(match["n"])
        if _GRADES.search(line.words[: match.start()]) or _LEAST.search(line.words[: match.start()]):
            continue
        if events >= patients or events < 2 or abs(100 * events / patients - float(match["p"])) < 1:
            continue
        yield reading.finding(
            "EVENTS_FEWER", "error", f"{match['k']} {match['what']} cannot have occurred in {match['n']} patients",
            "the two numbers may be exchanged; otherwise a digit is misprinted", quotes=(line.piece(match),),
        )  # fmt: skip


def _among(reading: Reading, line: Line, before: Line | None) -> Iterator[Finding]:
    """Check "three were readmitted and five had surgery; all five were among those readmitted"."""
    for match in _AMONG.finditer(line.words):
        part = value(match["k"])
        for place in (line, before):
            words = (line.words[: match.start()] if place is line else place.words) if place is not None else ""
            for whole in entries(words):
                after = re.split(r"[,;]|\band\b|\.\s", words[whole.last :])[0]
                if place is None or whole.value >= part or not re.search(rf"\b{match['verb'][:7]}", after, re.I):
                    continue
                yield reading.finding(
                    "GROUP_EXCEEDS", "error", f"{part} cannot be among {whole.value} ({match['verb']})",
                    "one of the numbers may be misprinted",
                    quotes=(line.piece(match), whole.spot(place.start)),
                )  # fmt: skip
                return


def _returned(reading: Reading, earlier: Line, line: Line) -> Iterator[Finding]:
    """Check that no more of a thing was returned, attended or delivered than was sent, planned or offered."""
    if not _SENT.search(earlier.words) or not _DONE.search(line.words):
        return
    sent = [(e, n) for e in entries(earlier.words) if (n := _noun(earlier.words, e, _SENT)) is not None]
    if len(sent) != 1:
        return
    whole, noun = sent[0]
    for part in entries(line.words):
        if line is earlier and part.start <= whole.start:
            continue
        if _noun(line.words, part, _DONE) == noun and whole.value < part.value <= 1.5 * whole.value:
            yield reading.finding(
                "GROUP_EXCEEDS", "error", f"{part.value} {noun} are more than the {whole.value} there can have been",
                "the numbers may be of different groups or times; otherwise a digit is misprinted",
                quotes=(part.spot(line.start), whole.spot(earlier.start)),
            )  # fmt: skip
            return


def _noun(words: str, entry: Entry, verb: Expression) -> str | None:
    """Give the plural noun that a number counts, where the verb of its clause is the one looked for."""
    after = re.split(r"[;:(]|\.\s", words[entry.last :])[0][:80]
    said = verb.search(after)
    noun = _THING.search(after)
    if said is None or noun is None or noun.start() > said.start():
        return None
    between = after[noun.end() : said.start()]
    return noun["noun"].lower() if re.fullmatch(r"\s(?:[a-z]+\s){0,3}", between, re.I) else None
