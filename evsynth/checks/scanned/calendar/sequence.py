"""Dates that must follow one another: approval, start, end, last visit, analysis, acceptance."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from evsynth.checks.scanned.calendar.enrolment import Enrolment, enrolments, is_enrolment
from evsynth.checks.scanned.calendar.moments import moments, periods
from evsynth.checks.scanned.prose import Line, is_randomised, lines, says
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

CODES = ("DATES",)

_BOARD = Expression(
    r"\b(?:ethic\w*|institutional review board|review board|IRB|research committee|helsinki|bioethic\w*)\b", re.I
)
_APPROVED = Expression(r"\b(?:approv\w*|permi(?:ssion|tted)|authori[sz]ed|clearance|granted)\b", re.I)
_AGAIN = Expression(
    r"\b(?:amend\w*|renew\w*|extend\w*|extension|retrospective\w*|waive\w*|re-?approv\w*|update\w*)\b", re.I
)
_STORED = Expression(r"\b(?:retrospective\w*|secondary analysis|registry|registers?|database|stored|biobank|archiv\w*|"
                     r"records|routine\w*)\b", re.I)  # fmt: skip
_ENDED = Expression(
    r"(?:\b(?:follow-?up|observation)(?: (?:period|of all patients))? (?:ended|end|closed|finished|concluded|"
    r"was (?:completed|closed|ended|concluded|complete))|\bfollowed(?: up)? (?:until|till)|"
    r"\b(?:last|final) (?:follow-?up )?(?:visit|assessment|follow-?up|examination|patient visit)"
    r"(?: (?:was|took place|occurred|were))?|\bdata (?:lock|cut-?off)(?: (?:was|date))?|\bdatabase was locked)"
    r"\s*(?:in|on|at the end of|:|,)?\s*$",
    re.I,
)
_ANALYSED = Expression(r"\b(?:data|results) (?:were |was )?analy[sz]ed?\b|\b(?:data|statistical) analys[ei]s\b", re.I)
_ACCEPTED = Expression(r"\b(?:received|accepted|published(?: online)?)(?: for publication)?\s*(?:on|:|in)?\s*$", re.I)
_FRONT: tuple[Role, ...] = ("front matter", "back matter")
_TOLD: tuple[Role, ...] = ("title", "abstract", "methods", "results", "body", "back matter", "registration")


def sequence(reading: Reading) -> Iterator[Finding]:
    """Compare the dates of a study with its period of enrolment.

    Found: a period that ends before it starts; approval by an ethics committee after all patients had been examined;
    the end of follow-up, or of the analysis, before the end of enrolment; enrolment after the paper was received.
    Left alone: amendments, retrospective studies, stored data, several periods that disagree, and years alone.
    """
    yield from _reversed(reading)
    yield from _interrupted(reading)
    told = [
        e for e in enrolments(reading) if e.closes is not None and e.closes.exact and e.closes.last >= e.opens.first
    ]
    if not told or len({(e.opens.first, e.closes.last) for e in told if e.closes}) > 1:
        return
    yield from _approved(reading, told[0])
    yield from _ended(reading, told[0])


def _reversed(reading: Reading) -> Iterator[Finding]:
    for line in lines(reading, ("title", "abstract", "methods", "results", "body", "registration", "back matter")):
        for period in periods(line.words):
            opens, closes = period
            opening = re.search(r"\b(?:between|from)\s+(?:the\s+)?$", line.words[: opens.start], re.I) or (
                opens.exact
                and re.fullmatch(
                    r"\W*(?:to|until|through|till|up to)?\W*(?:the\s)?", line.words[opens.end : closes.start]
                )
            )
            sure = opens.exact or is_enrolment(line.words)
            if not re.search(r"\d{4}", line.words[opens.start : opens.end]):
                continue  # "December to October 2016": of the year before
            if opening and sure and closes.last < opens.first and not re.search(r"\b[Vv]s\b|versus", line.words):
                yield reading.finding(
                    "DATES", "error",
                    f"{line.words[closes.start : closes.end]} is inconsistent with a period that starts in "
                    f"{line.words[opens.start : opens.end]}: it is earlier",
                    "a year may be misprinted", quotes=((line.start + opens.start, line.start + closes.end),),
                )  # fmt: skip


_PAUSE = Expression(
    r"\b(?:interrupt\w*|suspen\w*|paus\w*|halt\w*|on hold|stopped temporarily|temporar\w+ (?:stopped|"
    r"closed))\b[^.;]{0,60}$",
    re.I,
)


def _interrupted(reading: Reading) -> Iterator[Finding]:
    """Check that an interruption lies inside the period that it interrupts, both told in one sentence."""
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        found = list(periods(line.words))
        for one, two in itertools.pairwise(found):
            if not _PAUSE.search(line.words[one.closes.end : two.opens.start]) or not is_enrolment(line.words):
                continue
            if two.opens.first > one.closes.last or two.closes.last < one.opens.first:
                yield reading.finding(
                    "DATES", "error",
                    f"the interruption, {line.words[two.opens.start : two.closes.end]}, lies outside the period that "
                    f"it "
                    f"interrupts, {line.words[one.opens.start : one.closes.end]}",
                    "one of the dates may be misprinted",
                    quotes=((line.start + one.opens.start, line.start + two.closes.end),),
                )  # fmt: skip


def _approved(reading: Reading, told: Enrolment) -> Iterator[Finding]:
    if says(reading, _STORED, ("title", "abstract", "methods", "body")):
        return
    found = []
    for line in lines(reading, _TOLD):
        if _BOARD.search(line.words) and _APPROVED.search(line.words) and not _AGAIN.search(line.words):
            found += [
                (line, m)
                for m in moments(line.words)
                if m.exact
                and not re.search(
                    r"\b(?:registered|registration|revised|version|between|from)\b[^;]{0,40}$",
                    line.words[: m.start],
                    re.I,
                )
            ]
    if len(found) != 1 or told.closes is None:
        return
    line, moment = found[0]
    if moment.first <= told.closes.last and not (is_randomised(reading) and moment.first > told.opens.last):
        return
    after = moment.first > told.closes.last
    yield reading.finding(
        "DATES", "inconsistent" if after else "concern",
        f"approval by the ethics committee ({line.words[moment.start : moment.end]}) is inconsistent with patients "
        f"examined before it ('{told.text}')",
        "the date may be that of an amendment or of another approval; otherwise a year is misprinted",
        quotes=((line.start + moment.start, line.start + moment.end), told.spot),
    )  # fmt: skip


def _ended(reading: Reading, told: Enrolment) -> Iterator[Finding]:
    if told.closes is None:
        return
    for line, start, end, last, what in _endings(reading):
        if last < told.closes.first:
            yield reading.finding(
                "DATES", "error" if what == "follow-up" else "inconsistent",
                f"the {what} until {' '.join(line.words[start:end].split())} is inconsistent with enrolment "
                f"('{told.text}'), which ended later",
                "the period may be that of another group of patients; otherwise a year is misprinted",
                quotes=((line.start + start, line.start + end), told.spot),
            )  # fmt: skip
            return


def _endings(reading: Reading) -> Iterator[tuple[Line, int, int, int, str]]:
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        if re.search(r"\binterim|\bpilot", line.words, re.I):
            continue
        for moment in moments(line.words):
            if moment.exact and _ENDED.search(line.words[: moment.start]):
                yield line, moment.start, moment.end, moment.last, "follow-up"
        if _ANALYSED.match(line.words.lstrip()):
            for period in periods(line.words):
                if period.closes.exact:
                    yield line, *period.span, period.closes.last, "analysis"
    for line in lines(reading, _FRONT):
        for moment in moments(line.words):
            said = _ACCEPTED.search(line.words[: moment.start])
            if moment.exact and said:
                yield line, moment.start, moment.end, moment.last, f"paper was {said[0].split()[0].lower()}; its data"
