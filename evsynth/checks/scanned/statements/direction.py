"""Words of direction against the two numbers they join: 'decreased from 12 to 15', 'lower with the drug (14 vs 11)'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.beside import FIRST_GROUP
from evsynth.checks.scanned.facts.clauses import clauses
from evsynth.checks.scanned.facts.pair_order import order_known
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding, Severity
from evsynth.text.expressions import Expression

CODES = ("DIRECTION_CONTRADICTS",)

_NUMBER = r"-?[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?(?![ \u2009\u202f][0-9]{3}(?![0-9.]))"
"""A number; not one whose thousands are set apart by a space, of which it would be a part."""
_UP = r"(?:increas(?:ed|es|e|ing)|rose|ris(?:es?|ing|en)|grew|went up|climb(?:ed|ing))"
_DOWN = (
    r"(?:decreas(?:ed|es|e|ing)|fell|falls?|falling|fallen|declin(?:ed|es|e|ing)|drop(?:ped|s|ping)?|reduced|went down|"
    r"shortened)"
)
_FROM = Expression(
    rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b(?P<between>[^.;()0-9]{{0,60}}?(?:[0-9]{{1,3}} (?:days?|weeks?|"
    rf"months?|years?)[^.;()0-9]{{0,20}}?)?)\bfrom\s+(?:an?\s+)?(?:(?:mean|"
    rf"median|baseline|initial)\s+(?:value\s+)?(?:of\s+)?)?(?P<a>{_NUMBER})\s*(?P<unit>%|"
    rf"[A-Za-z/µ]{{1,8}})?(?:\s*(?:±\s*{_NUMBER}|\([^()]*\)))?(?:\s*(?:%|[A-Za-z/µ]{{1,8}}))??\s*(?:at "
    rf"baseline\s*|(?:in|during) (?:19|20)[0-9]{{2}}\s*|(?:at|before|on|during|under|with|without|"
    rf"in) [a-z -]{{3,30}}?\s*|(?:on|at|in) (?:day|week|month|year|"
    rf"visit) [0-9]{{1,3}}\s*)?,?\s*to\s+(?:an?\s+)?(?:(?:mean|median)\s+(?:of\s+)?)?(?P<b>{_NUMBER})"
)
_UNIT = r"(?:\s*(?:%|[a-zA-Z/µ²]{1,8}(?:/[a-z]+)?))?"
_SPREAD = rf"{_UNIT}(?:\s*(?:±|\+/-)\s*{_NUMBER}|\s*\([^()]{{1,40}}\)|\s*\[[^\[\]]{{1,40}}\])?{_UNIT}"
_VERSUS = Expression(
    rf"(?<!\bor )\b(?P<word>higher|lower|older|younger|longer|shorter|greater|smaller|fewer|more frequent|"
    rf"less frequent|more "
    rf"likely|less likely|more "
    rf"common|"
    rf"less common)\b(?P<between>[^.;()]{{0,80}}?)[(\[,]\s*(?:mean|"
    rf"median)?\s*(?P<a>{_NUMBER}){_SPREAD}\s*(?:,\s?n\s?=\s?\d+)?,?\s*(?:vs?\.?|versus|compared (?:with|"
    rf"to))\s*(?P<b>{_NUMBER})(?![0-9])",
)
_COMPARATIVE = Expression(r"\b(?:higher|lower|longer|shorter|greater|smaller|fewer|more|less)\b", re.I)
_MORE = frozenset({"higher", "older", "longer", "greater", "more frequent", "more common", "more likely"})
_TURNED = Expression(
    r"\b(?:not|no|neither|less|improv\w*|(?<!blood )loss|reduction|decline|decrease|increase|change|"
    r"difference|worse\w*|"
    r"negative)\b",
    re.I,
)
_FRAME = Expression(r"\b(?:compared|relative|unlike|in contrast|after|before|following|versus|vs)\b", re.I)
"""Words before a comparative that name a group or a time first: the pair may stand in the order of that."""
_GROUP = Expression(
    r"\s+(?:(?:adults?|patients?|people|persons?|individuals|women|men|children|subjects|participants|age|ages|group|"
    r"cohort|segments?|limbs?|extremit\w+|lobes?|back|jaw|lip|urinary|respiratory|body)\b|abdom\w+)",
    re.I,
)
"""What a word such as 'older' or 'lower' is a part of the name of."""
_OWN_WORD = Expression(
    r"[0-9]\s*%?\s*(?!(?:days?|hours?|weeks?|months?|years?|min|points?|times|mean|per|ml|kg)\b)[a-z]{4,}"
)
"""A number followed by a word of its own: "15.8% smoked vs 24.6% vaped"."""
_DOSES = Expression(
    r"\b(?:groups?|those|animals|rats|patients) (?:with|at|given|of) (?:\w+ )?(?:doses?|concentrations?|levels?|"
    r"ages?)\b"
)
_SEEN = Expression(r"\b(?:observed|seen|noted|found|detected|recorded|occurred|evident)\b", re.I)
_WHEN = Expression(
    r"\s*-?(?:h|hours?|hrs?|min|minutes?|d|dpi|days?|weeks?|months?|years?)\b(?P<after>\s+(?:after|post\w*|following|"
    r"of (?:age|treatment|life|therapy|gestation)|later|old)\b)?",
    re.I,
)
"""What makes the two numbers after 'from' times, between which the change lies."""
_LASTS = Expression(
    r"\b(?:times?|durations?|stays?|lengths?|latenc\w+|intervals?|periods?|delays?|half-?li\w+|ages?|surviv\w+|"
    r"lifespans?|days?|hours?|minutes?|weeks?|months?|years?|follow-up|hospitali[sz]\w+|onset|aged)\b",
    re.I,
)
_RISK = Expression(r"\b(?:risks?|mortality|hazards?|deaths?)\b", re.I)
_LONG = Expression(r"\s*(?:days?|weeks?|months?|years?)\b")
_LESSENED = Expression(
    r"\b(?:lower(?:ed|s|ing)|reduc(?:ed|es|ing)|attenuat\w+|blunt\w+|halv\w+|limit(?:ed|s)|smaller|slow(?:ed|"
    r"s))\s(?:the\s)?"
    r"(?:[\w-]+\s){0,2}$", re.I,
)  # fmt: skip
"""What is done to a rise or fall: "lowered the fold rise in all groups, from 7.9 to 4.4"."""
_THOUSANDS = Expression(r"\d|[,\s'’]\d{3}(?![\d.])")
"""The rest of a number that is parted by a blank: "12 650"."""
_LOG_MAR = Expression(r"log\s?MAR\b|logarithm of (?:the )?min", re.I)
_TIMES = Expression(r"\bbaseline\b|\bbefore\b|\bat (?:the )?(?:last|first|final)\b|\bpre-?treatment\b", re.I)


def direction(reading: Reading) -> Iterator[Finding]:
    """Compare a verb with the two numbers after 'from' and 'to', and a comparative with those around 'versus'.

    Left alone: verbs that tell no direction on a scale (improved, changed, worsened), sentences on losses, reductions
    or differences, negations, acuity as logMAR (less is better), two times between which a change is seen, counts with
    their percentages, and comparatives whose second group is named first or that name a group ("older adults"), or
    of two times, whose numbers may stand in the order of time. Pairs that may stand in the paper's order are a note.
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
        if re.search(r"\b(?:within|into|between|interval|range|ranging|ranged|went|moved|changed)\b", match["between"]):
            continue
        if _TURNED.search(clause.words[max(0, match.start() - 40) : match.start()]):
            continue
        if _LESSENED.search(clause.words[: match.start()]):
            continue
        if _THOUSANDS.match(clause.words, match.end("a")) or _THOUSANDS.match(clause.words, match.end("b")):
            continue
        if re.fullmatch(r"(?:19|20)\d\d", match["a"]) and re.fullmatch(r"(?:19|20)\d\d", match["b"]):
            continue  # two years
        if (
            _DOSES.search(match["between"])
            or _SEEN.search(match["between"])
            or _when(clause.words, match)
            or _LOG_MAR.search(clause.words)
        ):
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
        or _FRAME.search(clause.words[: match.start()])
        or _TIMES.search(clause.words)
        or _other_first(reading, clause.start + match.start())
        or (
            (label := re.match(r"[^();]{0,25}?\b([A-Z][A-Za-z]{2,})\b", clause.words[match.end() :]))
            and label[1] in match["between"]
        )
        or _GROUP.match(match["between"])
        or _OWN_WORD.search(clause.words[match.start("a") : match.end()])
        or _counts(match)
        or (_RISK.search(match["between"]) and _LONG.match(clause.words, match.end()))
        or re.match(r"\s*than\b(?!\s+(?:in |with |those |that |the |patients |controls? ))", match["between"])
        or re.match(
            r"[^();]{0,30}(?:\brespectively\b|\bin (?:the )?[\w ]{2,30} and [\w ]{2,30}\))", clause.words[match.end() :]
        )
    ):
        return
    a, b = _value(match["a"]), _value(match["b"])
    if (match["word"] in _MORE and a < b) or (match["word"] not in _MORE and a > b):
        yield _finding(reading, clause, match, match["word"], f"{match['a']} versus {match['b']}")


def _other_first(reading: Reading, at: int) -> bool:
    """Say whether another group is named just before an offset: "in the young group but less common"."""
    return FIRST_GROUP.search(reading.document.prose[max(0, at - 90) : at]) is not None


def _when(words: str, match: re.Match[str]) -> bool:
    """Say whether the two numbers are times between which a change lies: "decreased the ratio from 1 to 7 d"."""
    after = _WHEN.match(words, match.end())
    return after is not None and (bool(after["after"]) or not _LASTS.search(words[: match.start("a")]))


def _counts(match: re.Match[str]) -> bool:
    """Say whether the numbers are counts whose percentages stand in brackets: "50 [71.4%] vs 892 [54.0%]"."""
    return bool(re.match(r"\s*[(\[]\s*[0-9.]+\s*%", match.string[match.end("a") :]))


def _finding(reading: Reading, clause: Line, match: re.Match[str], word: str, numbers: str) -> Finding:
    severity: Severity = "inconsistent"
    if " versus " in numbers:
        start, end = clause.start + match.start("a"), clause.start + match.end("b")
        severity = order_known(reading, clause, match["between"], start, end)
    return reading.finding(
        "DIRECTION_CONTRADICTS", severity, f"'{word}' is inconsistent with {numbers}",
        "the numbers may be printed in the other order than the groups or times in the sentence",
        quotes=(clause.piece(match),),
    )  # fmt: skip


def _value(text: str) -> float:
    return float(text.replace(",", ""))
