"""'All patients responded', 'all survived', against counts of those who did not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.identity import table_lines
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("ALL_OF_THEM_CONTRADICTS",)

_ALL = Expression(
    r"\b(?:all|every|each)(?: of)?(?: (?:the|our|these|\d+|included|treated|enrolled|study))*\s+"
    r"(?:patients?|participants?|subjects?|children|women|men|recipients?|cases)\s+(?:in (?:our|this|the present) "
    r"(?:study|cohort|series)\s+)?(?:were |was |are |had |have )?(?P<verb>(?:still )?alive|survived|responded|improved|"
    r"recovered|completed (?=(?:the |all |this |their )?(?:\w+ )?(?:stud(?:y|ies)|trials?|follow-?up|treatment|therapy|"
    r"protocol|programme|program|course|visits)\b)|tolerated|well tolerated)",
    re.I,
)
_EXCEPT = Expression(r"\b(?:except|but|apart|other than|almost|nearly|not all|with the exception|who|whose|if)\b", re.I)
_DEATH = Expression(r"\bdeaths?\b|\bdied\b|\bmortality\b|\bdead\b|\bnon-?survivors?\b", re.I)
_NO_RESPONSE = Expression(
    r"\bnon-?respon\w+|\bno response\b|\bdid not respond\b|\btreatment failures?\b|\brelapsed?\b|"
    r"\bprogressive disease\b|"
    r"\bworsened\b|\bdeteriorat\w+",
    re.I,
)
_NOT_TOLERATED = Expression(
    r"\b(?:serious|severe) adverse (?:events?|reactions?)|\bopportunistic infections?|\b(?:discontinu\w+|withdr\w+|"
    r"stopped)\b[^.;]{0,40}\b(?:adverse|side effects?|intoleran\w+|toxicity)",
    re.I,
)
_LOST = Expression(r"\blost to follow-?up|\bwithdr[ea]w\w*|\bdropped out|\bdiscontinued\b", re.I)
_AGAINST = {
    "alive": (_DEATH,), "survived": (_DEATH,), "recovered": (_DEATH, _NO_RESPONSE), "completed": (_DEATH, _LOST),
    "responded": (_DEATH, _NO_RESPONSE), "improved": (_DEATH, _NO_RESPONSE), "tolerated": (_NOT_TOLERATED,),
}  # fmt: skip
_SURVIVED = Expression(r"\b(?:surviv\w+|alive)\b[^.;()]{0,30}\(\s*(?P<n>[0-9]+)\s*/\s*(?P<of>[0-9]+)", re.I)
_TOLD = Expression(
    r"(?P<n>\b[1-9][0-9]{0,3}|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve))\s+(?:\([0-9.]+\s*%\)\s+)?"
    r"(?:of (?:the )?[0-9]+ )?(?:(?:further|other|more)\s+)?(?:patients?|participants?|subjects?|children|"
    r"women|men)?\s*"
    r"(?:had |have |has |were |was )?(?P<what>(?:\w+ ){0,2}\w+)",
    re.I,
)


_AT = Expression(r"\b(?:week|month|year|day)s? \d+", re.I)
"""A time that the sentence on all patients does not name."""
_COMBINED = Expression(
    r"\bto (?:this|the|that|their)\s+[\"“‘']?(?:triple|dual|double|quadruple|combin\w+|add-?on)\b[\w -]{0,20}"
    r"(?:therap\w+|treatments?|regimens?)",
    re.I,
)
"""A sentence on those who had the combination: only their numbers stand against it."""
_SIZE = Expression(r"\bcombin\w+[^.;()]{0,60}\(\s?n\s?=\s?(?P<n>\d+)\s?\)", re.I)
_ANALYSED = Expression(
    r"\b(?P<n>\d+) patients (?:with|in|on|receiving|given) (?:the )?combin\w+(?: (?:therapy|group))?", re.I
)
_WITHOUT_DEAD = Expression(
    r"\b(?:except|excluding|apart from|without|not includ\w+)\b[^.;]{0,50}\b(?:died|deaths?|deceased)\b|"
    r"\b(?:died|deceased)\b[^.;]{0,60}\bnot (?:included|analy[sz]ed)|\bsurviv(?:ed|ing|ors)\b",
    re.I,
)


class Against(NamedTuple):
    """What stands against a sentence on all patients, in words, and where."""

    said: str
    spot: Spot


def all_of_them(reading: Reading) -> Iterator[Finding]:
    """Hold 'all patients responded', 'survived', 'completed' or 'tolerated' against counts of the opposite.

    Counts are cells of tables that count deaths, relapses, non-responders or severe events, and such counts told in the
    results. What is said of those on a combination ("to this triple therapy") is held only against how many of them
    were left when the dead were not analysed. Left alone: exceptions, sentences about another group ("all patients
    who", "all patients in the drug group").
    """
    for line in lines(reading, ("abstract", "results", "body", "discussion", "conclusion")):
        match = _ALL.search(line.words)
        if match is None or _EXCEPT.search(line.words[match.start() :]) or _grouped(line.words, match):
            continue
        verb = match["verb"].lower().split()[-1]
        if _COMBINED.search(line.words, match.end()):
            found = list(_left_of_combined(reading)) if _DEATH in _AGAINST.get(verb, ()) else []
        else:
            found = [a for pattern in _AGAINST.get(verb, ()) for a in _against(reading, pattern, line)]
        if found:
            yield reading.finding(
                "ALL_OF_THEM_CONTRADICTS", "inconsistent",
                f"'{' '.join(match[0].split())}' is inconsistent with {'; '.join(a.said for a in found[:4] if a.said)}",
                "the sentence may mean those who were still followed, or an earlier time than the counts",
                quotes=(line.piece(match), *(a.spot for a in found[:4])),
            )  # fmt: skip
            return


def _grouped(words: str, match: re.Match[str]) -> bool:
    return bool(
        re.search(r"\bin the \w+(?: \w+)? (?:group|arm)\b|\b(?:group|arm|subgroup)s?\b", words[: match.end() + 60])
    )


def _against(reading: Reading, pattern: Expression, said: Line) -> Iterator[Against]:
    for row in table_lines(reading):
        if not pattern.search(row.label):
            continue
        for cell in row.cells:
            count = cell.figure("count")
            if count is not None and not count.printed.bound and count.printed.value > 0:
                yield Against(f"Table {row.table.number}: {row.name} {count.printed}", (cell.start, cell.end))
                break
    for line in lines(reading, ("abstract", "results", "body", "discussion")):
        if line.start == said.start or set(_AT.findall(line.words)) - set(_AT.findall(said.words)):
            continue
        some = _SURVIVED.search(line.words) if pattern is _DEATH else None
        if some and int(some["n"]) < int(some["of"]):
            yield Against(f"'{' '.join(some[0].split())})'", line.piece(some))
        if line.role == "discussion":
            continue
        for told in _TOLD.finditer(line.words):
            if pattern.search(told["what"]):
                yield Against(f"'{' '.join(told[0].split())}'", line.piece(told))


def _left_of_combined(reading: Reading) -> Iterator[Against]:
    """Give how many on the combination were analysed where those who died were left out, if fewer than were in it."""
    told = list(lines(reading, ("abstract", "methods", "results", "body")))
    sized = [(x, m) for x in told if (m := _SIZE.search(x.words))]
    sizes = {int(m["n"]) for _, m in sized}
    if len(sizes) != 1:
        return
    (size,) = sizes
    for before, line in zip([None, *told], told, strict=False):
        some = _ANALYSED.search(line.words)
        if some is None or int(some["n"]) >= size:
            continue
        if _WITHOUT_DEAD.search(line.words) or (before is not None and _WITHOUT_DEAD.search(before.words)):
            yield Against(f"'{' '.join(some[0].split())}' of {size}, analysed without those who died",
                          line.piece(some))  # fmt: skip
            yield Against("", sized[0][0].piece(sized[0][1]))
            return
