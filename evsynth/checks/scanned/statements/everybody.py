"""'FVC rose in all 32 patients', 'all seven went home', against those in whom it fell, or who died."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.counts import NUMBER, value
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("ALL_OF_THEM_CONTRADICTS",)

_PEOPLE = (
    r"(?:patients?|participants?|subjects?|children|child|infants?|wom[ae]n|m[ae]n|people|adults?|recipients?|cases?|"
    r"boys|girls|babies|volunteers?|eyes?)"
)
_EVERY = rf"(?:all|every one|each|every)(?:\s(?:of|the|our|these|those|single|{NUMBER}))*"
_UP = r"(?:rose|increased|climbed|went up|was higher|were higher|grew)"
_DOWN = r"(?:fell|declined|decreased|dropped|went down|diminished|was lower|were lower)"
_GOOD = r"(?:improved)"
_ITS_UP = r"(?:rises?|increases?|gains?)"
_ITS_DOWN = r"(?:falls?|declines?|decreases?|drops?|reductions?|loss(?:es)?)"
_WORSE = r"(?:worsened|deteriorated|got worse|became worse|progressed)"
_HAD = r"(?:had|showed|experienced)\s(?:an?\s|some\s)?(?:[a-z]+\s)?"
_CLAIMS = {
    sort: Expression(
        rf"\b(?P<verb>{verb})\b[^.;:,()\d]{{0,30}}?\sin\s{_EVERY}\s(?:[a-z-]+\s)?{_PEOPLE}\b(?!\s(?:groups?|who|"
        rf"with|without|given|on|whose|in the|of|under|over|aged))"
        rf"|\b{_EVERY}\s{_PEOPLE}\s(?:{verb}|{_HAD}{noun})\b", re.I,
    )
    for sort, verb, noun in (("up", _UP, _ITS_UP), ("down", _DOWN, _ITS_DOWN), ("good", _GOOD, "improvement"))
}  # fmt: skip
_SOME = (
    rf"(?P<k>{NUMBER})(?:\s(?:of (?:the|them|these)|others?|{_PEOPLE}))*(?:\s?\(\d+(?:\.\d+)?\s?%\))?(?:\s{_PEOPLE})?"
)
_AGAINST = {
    sort: Expression(
        rf"\b(?:the\s)?(?:largest|greatest|biggest|maximum|maximal|steepest)\s{nouns}\b"
        r"(?=\s(?:was|were|being|of|by|amounted|\d)|\s?[,.;:()]|$)"
        rf"|{_SOME}\s(?:had\s)?(?:{verbs}|{_HAD}{nouns})\b|\b(?P<verb>{verbs})\s(?:slightly\s)?in\s(?P<m>{NUMBER})"
        rf"(?=\s(?:of\b|{_PEOPLE}|\()|[.,;]|\sand\b)", re.I,
    )
    for sort, verbs, nouns in (
        ("up", rf"(?:{_DOWN}|{_WORSE})", _ITS_DOWN), ("down", _UP, _ITS_UP), ("good", _WORSE, r"(?:worsening|"
            r"deterioration)"),
    )
}  # fmt: skip
_VARIABLE = Expression(
    r"\b(?:[A-Z][A-Za-z]*[A-Z0-9][\w-]*|scores?|pressure|weight|dose|levels?|counts?|concentrations?|distance|"
    r"pain|quality|"
    r"symptoms?|titres?|titers?|capacity|volume|ratio|function|rate|diameter|thickness|length|time|activity|"
    r"severity)\b"
)
_LATER = Expression(
    r"\b(?:later|by (?:week|month|year|day|then)|until|within|during|relaps\w*|thereafter|subsequent\w*|"
    r"initial\w*|transient\w*|withdrawal|stopping|discontinu\w*|eventually|"
    r"then|again|follow-?up|at (?:month|week|year|day|\d)|group|arm|except|but one|nearly|almost|apart from|"
    r"clinically|"
    r"whose|controls?|placebo|versus|vs)\b", re.I,
)  # fmt: skip
_ITSELF = Expression(r"[\s,]*(?:(?:and|but|while|whereas|it|this|they|only|levels?|values?|had|has)\s)*", re.I)
"""What may stand before "fell in two" when it is the same thing that fell."""
_DIED = Expression(
    rf"(?P<k>{NUMBER})\s(?:of (?:the|these|our|"
    rf"all)\s)?(?:{NUMBER}\s)?(?:{_PEOPLE}\s)?(?:\(\d+(?:\.\d+)?\s?%\)\s)?(?:had\s)?died\b",
    re.I,
)
_HOME = Expression(
    rf"\ball\s(?:of\s)?(?:the\s)?(?P<n>{NUMBER})\s(?:{_PEOPLE}\s)?(?:went home|were discharged|survived|recovered|"
    r"were alive|are alive|made a (?:full|complete) recovery|returned home|left (?:the )?hospital)\b", re.I,
)  # fmt: skip


def everybody(reading: Reading) -> Iterator[Finding]:
    """Compare a rise, a fall or survival of all with those told beside it of whom it is not true.

    Looked at are the sentence and the two after it. Left alone: another variable named in between, a later time, one
    group, exceptions, and 'all nine' who remain after the deaths.
    """
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    for index, line in enumerate(every):
        near = [x for x in every[index : index + 3] if x.section == line.section]
        yield from _moved(reading, line, near)
        yield from _alive(reading, every, index)


def _moved(reading: Reading, line: Line, near: list[Line]) -> Iterator[Finding]:
    for sort, pattern in _CLAIMS.items():
        claim = pattern.search(line.words)
        if claim is None or _LATER.search(line.words[: claim.end()]):
            continue
        own = {m[0] for m in _VARIABLE.finditer(line.words[: claim.end()])}
        for other in near:
            begin = claim.end() if other is line else 0
            told = _AGAINST[sort].search(other.words, begin)
            if told is None or (told["k"] and value(told["k"]) == 0) or (told["m"] and value(told["m"]) == 0):
                continue
            after = re.split(r"[.;(]", other.words[told.end() :])[0]
            between = reading.document.prose[line.start + claim.end() : other.start + told.end()] + after
            if told["verb"] and not _ITSELF.fullmatch(re.split(r"[.;]", between[: -len(told[0] + after)])[-1]):
                continue
            if _LATER.search(between) or {m[0] for m in _VARIABLE.finditer(between)} - own or "\n\n" in between:
                continue
            yield _finding(reading, (line, claim), (other, told))
            return


def _alive(reading: Reading, every: list[Line], index: int) -> Iterator[Finding]:
    line = every[index]
    home = _HOME.search(line.words)
    if home is None:
        return
    for other in every[max(0, index - 1) : index + 2]:
        died = _DIED.search(other.words)
        if died is None or other.section != line.section or _LATER.search(other.words):
            continue
        dead, left = value(died["k"]), value(home["n"])
        plain = reading.document.plain
        if dead and _told(plain, left) and not _told(plain, dead + left):
            yield _finding(reading, (line, home), (other, died))
            return


def _told(text: str, number: int) -> bool:
    """Say whether a number of patients is told somewhere: "seven children", "N = 7"."""
    return any(
        value(m["n"]) == number
        for m in re.finditer(rf"(?<!all )(?<!all the )(?P<n>{NUMBER})\s(?:[a-z-]+\s)?{_PEOPLE}\b", text, re.I)
    )


def _finding(reading: Reading, one: tuple[Line, re.Match[str]], two: tuple[Line, re.Match[str]]) -> Finding:
    return reading.finding(
        "ALL_OF_THEM_CONTRADICTS", "inconsistent",
        f"'{' '.join(one[1][0].split())}' is inconsistent with '{' '.join(two[1][0].split())}'",
        "the sentences may mean different times or measures; otherwise 'all' is too wide",
        quotes=(one[0].piece(one[1]), two[0].piece(two[1])),
    )  # fmt: skip
