"""'All 14 deaths', 'the nine girls', 'of the 31 survivors': a known number told again, against where it was told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from evsynth.checks.scanned.facts.counts import NUMBER, value
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("PRINTED_DIFFERENTLY",)

_ROLES = {
    "deaths": (r"deaths|fatalities", r"\bdeaths?\b|\bdied\b|\bfatal\w*|\bdead\b|\bmortality\b|\bsurviv\w+|\balive\b"),
    "women": (r"women|females", r"\bwom[ae]n\b|\bfemales?\b|\bgirls?\b|\bmothers?\b"),
    "girls": (r"girls", r"\bgirls?\b|\bfemales?\b"),
    "men": (r"men|males", r"\bm[ae]n\b|\bmales?\b|\bboys?\b"),
    "boys": (r"boys", r"\bboys?\b|\bmales?\b"),
    "survivors": (r"survivors", r"\bsurviv\w+|\balive\b|\bdied\b|\bdeaths?\b|\bdead\b"),
    "smokers": (r"smokers", r"\bsmok\w+"),
    "completers": (r"completers", r"\bcomplet\w+|\bwithdr\w+|\bdrop\w*|\blost\b|\bdiscontinu\w+"),
    "non-responders": (r"non-?responders", r"\brespon\w+|\bremission\b"),
    "twins": (r"twins", r"\btwins?\b"),
}
_KNOWN = {
    role: Expression(
        rf"\b(?:all|(?:of|among|in) the|the|these|of all)\s(?:of the\s)?(?P<n>{NUMBER})\s(?:{nouns})\b"
        r"(?!\s(?:in|on|with|who|whose|given|from|aged?|of|at|among|under|over|after|between|taking|without|that|to|for|"
        r"within|during|and|or|treated|assigned|receiving|due|per|caused|attribut\w+|related|occurr\w+|before|since|"
        r"recorded|reported|born|having|randomi[sz]ed|analy[sz]ed|not|included|studied|recruited|enrol\w+)\b|-)", re.I,
    )
    for role, (nouns, _) in _ROLES.items()
}  # fmt: skip
_ANY = {role: Expression(stem, re.I) for role, (_, stem) in _ROLES.items()}
_NUMBER = Expression(rf"(?<![\d.,])(?:{NUMBER}|\d{{1,3}}(?:[, ]\d{{3}})+|\d+(?=\s?/|/))|(?<=/)\s?\d+", re.I)
_OTHER = Expression(r"\[\d+\]|\bet al\b|\b(?:previous|earlier|other) (?:stud|series|trial|report|cohort)", re.I)


def role_nouns(reading: Reading) -> Iterator[Finding]:
    """Compare a number told as known with the numbers of the other sentences about the same people.

    Found: it is none of those numbers, nor a sum or a difference of two or three of them, nor what one leaves of all.
    Left alone: narrowed ones ("the nine women with A"), and people whose number is told nowhere else.
    """
    every = list(lines(reading, ("title", "abstract", "methods", "results", "body")))
    wholes = _wholes(every)
    for role, known in _KNOWN.items():
        for line in every:
            match = known.search(line.words)
            if match is None or _OTHER.search(line.words):
                continue
            told = value(match["n"])
            others = [x for x in every if x is not line and _ANY[role].search(x.words)]
            near = _near(others, role)
            if near is None or told < 2 or _fits(told, [line, *others], match, wholes):
                continue
            number, spot = near
            if not 0.5 < told / number < 2:
                continue
            yield reading.finding(
                "PRINTED_DIFFERENTLY", "inconsistent",
                f"'{' '.join(match[0].split())}' is inconsistent with {number}, told of the {role} in another place",
                "they may be those of one group or time; otherwise one of the numbers is misprinted",
                quotes=(line.piece(match), spot),
            )  # fmt: skip
            return


def _near(others: list[Line], role: str) -> tuple[int, Spot] | None:
    """Give the number told of a role and its place: "14 patients died", "14 (20%) were women", "14 deaths"."""
    noun = _ROLES[role][0]
    people = r"(?:patients|participants|children|infants|adults|subjects|people|persons|cases)"
    verb = r"died" if role == "deaths" else r"survived|were alive" if role == "survivors" else rf"were (?:{noun})"
    pattern = Expression(
        rf"(?P<n>{NUMBER})\s(?:of (?:the |these |our )?{NUMBER}\s)?(?:{people}\s)?(?:[(\[]\d+(?:\.\d+)?\s?%[)\]]\s)?"
        rf"(?:{verb}|{noun})\b", re.I,
    )  # fmt: skip
    for line in others:
        match = pattern.search(line.words)
        if match is not None and value(match["n"]) > 1 and not _OTHER.search(line.words):
            return value(match["n"]), (line.start + match.start("n"), line.start + match.end())
    return None


def _wholes(every: list[Line]) -> set[int]:
    people = Expression(
        rf"(?P<n>{NUMBER})\s(?:[a-z-]+\s){{0,3}}?(?:patients|participants|children|infants|adults|subjects|people|cases|"
        r"individuals|volunteers|neonates|adolescents|persons|recipients|members|residents|students)\b", re.I,
    )  # fmt: skip
    return {value(m["n"]) for line in every for m in people.finditer(line.words)}


def _fits(told: int, about: list[Line], match: re.Match[str], wholes: set[int]) -> bool:
    """Say whether a number is among those of the sentences, a sum or difference of them, or what one leaves of all."""
    numbers: set[int] = set()
    for index, line in enumerate(about):
        for m in _NUMBER.finditer(line.words):
            if index or m.start() != match.start("n"):
                numbers.add(value(m[0].strip()))
    some = sorted(numbers)[:40]
    if told in numbers or any(w - n == told for w in wholes for n in some):
        return True
    return any(sum(x) == told for k in (2, 3) for x in combinations(some, k)) or any(
        b - a == told for a, b in combinations(some, 2)
    )
