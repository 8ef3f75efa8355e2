"""Words of direction against the two numbers they join: 'decreased from 12 to 15', 'lower with the drug (14 vs 11)'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.clauses import clauses
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding

CODES = ("DIRECTION_CONTRADICTS",)

_NUMBER = r"-?[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
_UP = r"(?:increas(?:ed|es|e|ing)|rose|ris(?:es?|ing|en)|grew|went up|climb(?:ed|ing))"
_DOWN = (
    r"(?:decreas(?:ed|es|e|ing)|fell|falls?|falling|fallen|declin(?:ed|es|e|ing)|drop(?:ped|s|ping)?|reduced|went down|"
    r"shortened)"
)
_FROM = re.compile(
    rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b(?P<between>[^.;()0-9]{{0,60}}?(?:[0-9]{{1,3}} (?:days?|weeks?|"
    rf"months?|years?)[^.;()0-9]{{0,20}}?)?)\bfrom\s+(?:an?\s+)?(?:(?:mean|"
    rf"median|baseline|initial)\s+(?:value\s+)?(?:of\s+)?)?(?P<a>{_NUMBER})\s*(?P<unit>%|"
    rf"[A-Za-z/µ]{{1,8}})?(?:\s*(?:±\s*{_NUMBER}|\([^()]*\)))?(?:\s*(?:%|[A-Za-z/µ]{{1,8}}))??\s*(?:at "
    rf"baseline\s*)?,?\s*to\s+(?:an?\s+)?(?:(?:mean|median)\s+(?:of\s+)?)?(?P<b>{_NUMBER})"
)
_UNIT = r"(?:\s*(?:%|[a-zA-Z/µ²]{1,8}(?:/[a-z]+)?))?"
_SPREAD = rf"{_UNIT}(?:\s*(?:±|\+/-)\s*{_NUMBER}|\s*\([^()]{{1,40}}\)|\s*\[[^\[\]]{{1,40}}\])?{_UNIT}"
_VERSUS = re.compile(
    rf"\b(?P<word>higher|lower|older|younger|longer|shorter|greater|smaller|fewer|more frequent|less frequent|more "
    rf"likely|less likely|more "
    rf"common|"
    rf"less common)\b(?P<between>[^.;()]{{0,80}}?)[(\[,]\s*(?:mean|"
    rf"median)?\s*(?P<a>{_NUMBER}){_SPREAD}\s*,?\s*(?:vs?\.?|versus|compared (?:with|"
    rf"to))\s*(?P<b>{_NUMBER})(?![0-9])",
)
_COMPARATIVE = re.compile(r"\b(?:higher|lower|longer|shorter|greater|smaller|fewer|more|less)\b", re.I)
_MORE = frozenset({"higher", "older", "longer", "greater", "more frequent", "more common", "more likely"})
_TURNED = re.compile(
    r"\b(?:not|no|neither|less|improv\w*|loss|reduction|decline|decrease|increase|change|difference|worse\w*|"
    r"negative)\b",
    re.I,
)
_TIMES = re.compile(r"\bbaseline\b|\bbefore\b|\bat (?:the )?(?:last|first|final)\b|\bpre-?treatment\b", re.I)


def direction(reading: Reading) -> Iterator[Finding]:
    """Compare a verb with the two numbers after 'from' and 'to', and a comparative with those around 'versus'.

    Left alone: verbs that tell no direction on a scale (improved, changed, worsened), sentences on losses, reductions
    or differences, negations, and comparatives whose second group is named first. Two times in the order of
    time, not of the sentence, are a note.
    """
    for line in lines(reading, ("abstract", "results", "conclusion", "body")):
        for clause in clauses(line):
            yield from _from_to(reading, clause)
            yield from _versus(reading, clause)


def _from_to(reading: Reading, clause: Line) -> Iterator[Finding]:
    for match in _FROM.finditer(clause.words):
        a, b = _value(match["a"]), _value(match["b"])
        if re.search(rf"\b(?:{_UP}|{_DOWN})\b", match["between"]) or (a < 0 and b < 0):
            continue
        if re.search(r"\b(?:within|into|between|interval|range)\b", match["between"]):
            continue
        if _TURNED.search(clause.words[max(0, match.start() - 40) : match.start()]):
            continue
        if (match["up"] and b < a) or (match["down"] and b > a):
            yield _finding(reading, clause, match, match["up"] or match["down"], f"{match['a']} to {match['b']}")


def _versus(reading: Reading, clause: Line) -> Iterator[Finding]:
    found = list(_VERSUS.finditer(clause.words))
    if len(found) != 1:
        return
    match = found[0]
    before = clause.words[max(0, match.start() - 60) : match.start()]
    if (
        _COMPARATIVE.search(match["between"])
        or _TURNED.search(before)
        or _TURNED.search(match["between"])
        or re.match(r"\s*than\b(?!\s+(?:in |with |those |that |the |patients |controls? ))", match["between"])
        or re.match(
            r"[^();]{0,30}(?:\brespectively\b|\bin (?:the )?[\w ]{2,30} and [\w ]{2,30}\))", clause.words[match.end() :]
        )
    ):
        return
    a, b = _value(match["a"]), _value(match["b"])
    if (match["word"] in _MORE and a < b) or (match["word"] not in _MORE and a > b):
        yield _finding(reading, clause, match, match["word"], f"{match['a']} versus {match['b']}")


def _finding(reading: Reading, clause: Line, match: re.Match[str], word: str, numbers: str) -> Finding:
    times = _TIMES.search(clause.words) is not None and " versus " in numbers
    return reading.finding(
        "DIRECTION_CONTRADICTS", "note" if times else "inconsistent", f"'{word}' is inconsistent with {numbers}",
        "the numbers may be printed in the other order than the groups or times in the sentence",
        quotes=(clause.piece(match),),
    )  # fmt: skip


def _value(text: str) -> float:
    return float(text.replace(",", ""))
