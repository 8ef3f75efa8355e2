"""So many of a thing for each: 12 raters with 20 films each make 240 ratings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import prod

from evsynth.checks.scanned.facts.marked import Number, marked, spot
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("GROUPS",)

_EACH = Expression(
    r"\b(?:[Ee]ach|[Ee]very one|[Aa]ll) (?:of (?:the|our|these) )?⟨c(?P<n>\d+)⟩ (?P<who>[a-z-]+(?: [a-z-]+){0,5}?) "
    r"(?P<verb>contribut\w+|provid\w+|complet\w+|had|has|received|receiving|underwent|undergoing|gave|giving|"
    r"scored|rated|read|reviewed|"
    r"attended|performed|answered|supplied|donated|was given|were given|assessed|tested|measured) "
    r"(?:exactly |only |just )?(?P<rest>[^.;⟨]{0,3}⟨c(?P<k>\d+)⟩ (?P<what>[^.;,⟨]{3,50})(?: and (?:exactly |also "
    r")?⟨c(?P<j>\d+)⟩ (?P<more>[^.;,⟨]{3,50}))?)"
)
_EACH_OF = Expression(
    r"⟨c(?P<k>\d+)⟩ (?P<what>[a-z-]+(?: [a-z-]+){0,3}?) (?:were |was )?(?:(?:taken|collected|obtained|selected|"
    r"assessed|examined|placed|"
    r"inserted|measured|drawn|chosen) )?(?:in|from|per|for|by|to|on) each of (?:the |our )?⟨c(?P<n>\d+)⟩ "
    r"(?P<who>[a-z-]+)"
)
_TOTAL = Expression(
    r"(?:\b(?:giving|yielding|making|a total of|total(?:l?ing)?|i\.e\.,?|resulting in|all|the|in all|altogether|"
    r"for|thus|hence|so),? (?:a total of |the |all |us )*|, ?\(?|\()"
    r"⟨c(?P<t>\d+)⟩ (?:[a-z-]+ ){0,3}?(?P<noun>[a-z-]+s)\b"
)


def so_many_each(reading: Reading) -> Iterator[Finding]:
    """Compare the number of things told with that of people times the things that each has.

    Found: the total of the same things, told in the sentence or the next, is another. Left alone: some were missing.
    """
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    for index, line in enumerate(every):
        if not re.search(r"\b[Ee]ach\b|\b[Ee]very one\b|\b[Aa]ll\b", line.words):
            continue
        sentence = marked(line.words)
        for match in (*_EACH.finditer(sentence.text), *_EACH_OF.finditer(sentence.text)):
            numbers = match.groupdict()
            people = sentence.numbers[int(match["n"])]
            per = [sentence.numbers[int(numbers[x])].whole for x in ("k", "j") if numbers.get(x)]
            names = {_stem(w) for x in ("what", "more") if numbers.get(x) for w in numbers[x].split()} - {
                _stem(match["who"].split()[0])
            }
            wanted = prod((people.whole, sum(per)))
            if people.whole < 3 or sum(per) < 2 or wanted < 8:
                continue
            for other, total in _totals(every, index, names, match.end()):
                if total.whole != wanted and 0.4 * wanted < total.whole < 2.5 * wanted and total.whole != people.whole:
                    yield _finding(reading, line, people, other, total, sum(per))
                    return
                break


def _stem(word: str) -> str:
    return word.lower().rstrip("s")[:5]


def _totals(every: list[Line], index: int, names: set[str], start: int) -> Iterator[tuple[Line, Number]]:
    """Give totals of the same things in the rest of the sentence and in the next."""
    for at in (index, index + 1):
        if at >= len(every) or every[at].section != every[index].section:
            return
        line = every[at]
        if re.search(
            r"\b(?:missing|excluded|except|lost|failed|available|usable|after|of which|missed|could not|not)\b",
            line.words,
        ):
            return
        sentence = marked(line.words)
        for match in _TOTAL.finditer(sentence.text, start if at == index else 0):
            own = _stem(match["noun"])
            if (
                own in names
                or (own == "ratin" and {"films", "radio"} & names)
                or (at == index and re.search(r"giving|yielding|total", match[0]))
            ):
                yield line, sentence.numbers[int(match["t"])]


def _finding(reading: Reading, line: Line, people: Number, other: Line, total: Number, per: int) -> Finding:
    return reading.finding(
        "GROUPS", "inconsistent", f"{people.printed} with {per} each make {people.whole * per}, not {total.printed}",
        "some may be missing; otherwise a digit is misprinted", quotes=(spot(other, total), spot(line, people)),
        computed=(("total", str(people.whole * per)),),
    )  # fmt: skip
