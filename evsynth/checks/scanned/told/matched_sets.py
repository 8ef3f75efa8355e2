"""Pairs and matched sets: so many pairs are twice as many people, and two controls to each case twice the cases."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.counts import value
from evsynth.checks.scanned.facts.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.facts.slips import one_digit, swapped
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("GROUPS",)

_PEOPLE = (
    r"(?:patients|participants|people|women|men|children|adults|subjects|individuals|persons|infants|"
    r"recipients|cases|"
    r"records|twins|pregnancies|workers|students|residents)"
)
_PAIRS = Expression(
    rf"⟨c(?P<n>\d+)⟩ (?:[a-z-]+ ){{0,3}}?{_PEOPLE} ?(?:\(|,|, (?:or|i\.e\.,?|that is,?|in|making|forming) |"
    rf"in|as|making|forming)"
    r" ?⟨c(?P<p>\d+)⟩ (?:[a-z-]+ ){0,2}?pairs\b"
    rf"|⟨c(?P<q>\d+)⟩ (?:[a-z-]+ ){{0,3}}?pairs(?: of [a-z]+)? ?(?:\(|,|, (?:or|i\.e\.,?|that is,?) |with|"
    rf"of|, so) ?"
    rf"(?:a total of |in all )?(?:[nN] ?= ?)?⟨c(?P<m>\d+)⟩ ?(?:[a-z-]+ )?(?:{_PEOPLE}|\))", re.I,
)  # fmt: skip
_EACH = r"(?P<{}>two|three|four|five|[2-5])"
_RATIO = Expression(
    rf"\bmatched\b[^.;]{{0,60}}?\b(?:to|with|"
    rf"by)\b[^.;]{{0,25}}?{_EACH.format('k')}\s(?:[a-z-]+\s){{0,3}}?controls\b|"
    rf"\b1\s?(?::|to)\s?(?P<r>[1-5])\b[^.;]{{0,40}}\bcontrols|\b(?:match\w*|"
    rf"ratio)\b[^.;]{{0,40}}\b1\s?(?::|to)\s?(?P<s>[1-5])\b|"
    rf"(?:for (?:each|every) case,?\s|\bcase\b[^.;]{{0,50}}?){_EACH.format('e')}\s(?:[a-z-]+\s){{0,3}}?controls\b|"
    rf"\b{_EACH.format('f')}\s(?:controls\s)?(?:[a-z]+\s){{0,4}}?(?:per|for each|for every|to each|to "
    rf"every)\s(?:index\s)?case", re.I,
)  # fmt: skip
_GROUPS = Expression(
    rf"⟨c(\d+)⟩ (?:[a-z-]+ ){{0,2}}?{_PEOPLE}\b[^⟨;.]{{0,40}}⟨c(\d+)⟩ (?:[a-z]+ )?(?:in|to|per|for) "
    rf"(?:each|either|both)"
    rf"(?: of the two)?(?: [a-z]+)? (?:group|arm)s?\b", re.I,
)  # fmt: skip
_PART = Expression(
    r"^[^.;,()⟨]{0,12}\b(?:without|with|who|whose|in whom|exposed|unexposed|never|ever|used|not)\b", re.I
)
"""After cases and controls: only some of each are meant."""
_CASES = Expression(
    r"\b[Cc]ases \(n ?= ?⟨c(\d+)⟩\),? (?:and|versus|vs|with) (?:[a-z-]+ )?controls \(n ?= ?⟨c(\d+)⟩\)|"
    r"⟨c(\d+)⟩ (?:[a-z-]+ ){0,3}?cases\b[^⟨;]{0,60}?(?:⟨[a-z]\d+⟩ ?(?::|to) ?⟨[a-z]\d+⟩ )?(?:and|to|with|"
    r"versus|vs|,)(?: their)? "
    r"⟨c(\d+)⟩ (?:[a-z-]+ ){0,3}?controls\b|"
    rf"⟨c(\d+)⟩ (?:[a-z-]+ ){{0,2}}?{_PEOPLE}(?: with [A-Za-z -]{{2,30}})?(?: \((?!⟨p)[^()]*\))?,? (?:and|"
    rf"were matched (?:to|with)|to|with) "
    r"⟨c(\d+)⟩ (?:matched )?(?:(?:population|general|reference|comparison|unexposed|non-exposed) )?(?:comparators|"
    r"controls|referents|comparison (?:subjects|persons|people)|matched [a-z]+)\b", re.I,
)  # fmt: skip


def matched_sets(reading: Reading) -> Iterator[Finding]:
    """Check people against pairs, and controls against cases where every case was matched to as many.

    A ratio that some sets did not reach gives fewer controls: found only where exchanged digits or one digit mend it,
    or there are more controls than the ratio allows.
    """
    every = list(lines(reading, ("title", "abstract", "methods", "results", "body")))
    ratio = next(((x, m) for x in every if (m := _RATIO.search(x.words)) and "up to" not in m[0]), None)
    for line in every:
        if not re.search(r"pairs|controls|comparators|referents|matched|\beach|\bper\b", line.words):
            continue
        sentence = marked(line.words)
        for match in _PAIRS.finditer(sentence.text):
            people, pairs = _two(sentence, match, "n", "p") if match["n"] else _two(sentence, match, "m", "q")
            if people.whole != 2 * pairs.whole and _near(people.whole, 2 * pairs.whole):
                yield _finding(reading, line, people, pairs, 2)
        for match in _GROUPS.finditer(sentence.text):
            total, each_group = sentence.numbers[int(match[1])], sentence.numbers[int(match[2])]
            product = 2 * each_group.whole
            slip = swapped(total.whole, product) or one_digit(total.whole, product)
            if total.whole != product and slip and abs(total.whole - product) <= 0.2 * product:
                yield _finding(reading, line, total, each_group, 2)
        if ratio is None:
            continue
        said = next(g for g in ratio[1].groups() if g)
        each = int(said) if said.isdigit() else value(said)
        for match in _CASES.finditer(sentence.text):
            cases, controls = (sentence.numbers[int(g)] for g in match.groups() if g)
            wanted = each * cases.whole
            if _PART.match(sentence.text[match.end() :]):
                continue
            slip = swapped(controls.whole, wanted) or any(
                controls.whole == each * n for n in range(cases.whole // 2, 2 * cases.whole) if swapped(n, cases.whole)
            )
            more = wanted < controls.whole and (controls.whole <= 1.1 * wanted or one_digit(controls.whole, wanted))
            more |= one_digit(controls.whole, wanted) and wanted - controls.whole in (10, 100, 1000, 10_000)
            if controls.whole != wanted and cases.whole > 9 and (slip or more) and "up to" not in ratio[0].words:
                yield _finding(reading, line, controls, cases, each)
                return


def _two(sentence: Marked, match: re.Match[str], one: str, two: str) -> tuple[Number, Number]:
    return sentence.numbers[int(match[one])], sentence.numbers[int(match[two])]


def _near(one: int, two: int) -> bool:
    return abs(one - two) <= 0.3 * two


def _finding(reading: Reading, line: Line, whole: Number, sets: Number, each: int) -> Finding:
    return reading.finding(
        "GROUPS", "inconsistent",
        f"{whole.printed} is inconsistent with {sets.printed} x {each} = {each * sets.whole}",
        "some sets may be incomplete; otherwise a digit is misprinted",
        quotes=(spot(line, whole, sets), spot(line, whole), spot(line, sets)),
        computed=(("product", str(each * sets.whole)),),
    )  # fmt: skip
