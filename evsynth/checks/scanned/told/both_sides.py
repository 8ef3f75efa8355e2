"""Eyes, ears, hips and other paired organs: the patients, and those with both of them, make the number of organs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("GROUPS",)

_ORGANS = (
    r"(?:eyes|ears|hips|knees|shoulders|feet|ankles|hands|wrists|elbows|breasts|limbs|legs|arms|kidneys|testes|"
    r"ovaries|hernias|lungs|thumbs|hemispheres|cochleas?|tubes|sides|cataracts)"
)
_PEOPLE = (
    r"(?:patients|participants|people|subjects|individuals|children|infants|women|men|adults|volunteers|persons|"
    r"recipients|cases|controls|neonates|males|females)"
)
_NAMED = Expression(rf"{_ORGANS}|\b(?:grafts|transplants|implants|stents|lesions|tumou?rs|prostheses|devices)\b", re.I)
_W = r"(?: (?!and\b|or\b|of\b|in\b|from\b|with\b)[A-Za-z][\w'-]*)"
_OF = Expression(
    rf"⟨c(?P<e>\d+)⟩{_W}{{0,4}} (?P<organ>{_ORGANS})(?: \([^()⟨]*\))? (?:of|in|from|belonging to) "
    rf"(?:a total of |the |these )?⟨c(?P<p>\d+)⟩{_W}{{0,4}} {_PEOPLE}\b|"
    rf"⟨c(?P<q>\d+)⟩{_W}{{0,4}} {_PEOPLE},? ?(?:\(|with |and )(?:a total of )?⟨c(?P<f>\d+)⟩{_W}{{0,2}} "
    rf"(?P<organs>{_ORGANS})\b",
    re.I,
)
_BOTH = Expression(
    rf"⟨c(?P<a>\d+)⟩(?: ?\(⟨p\d+⟩\))?(?: of (?:them|whom|these|the patients))?(?:{_W}| with| had| in){{0,5}}? "
    rf"(?:both (?:eyes|ears|hips|knees|sides|feet|hands|breasts|kidneys|shoulders|of their)|bilateral(?:ly)?\b)|"
    rf"(?:\b(?:both (?:eyes|ears|hips|knees|sides|feet|hands|breasts|shoulders)|bilateral(?:ly)?)(?: [a-z]+){{0,5}}? "
    rf"(?:in|of|by|from|for) )⟨c(?P<b>\d+)⟩",
    re.I,
)
_THINGS = Expression(
    rf"⟨c(?P<e>\d+)⟩{_W}{{0,3}} (?:grafts|transplants|implants|stents|lesions|tumou?rs|prostheses|devices) "
    rf"(?:were [a-z]+ )?(?:of|in|from) (?:a total of |the )?⟨c(?P<p>\d+)⟩{_W}{{0,3}} {_PEOPLE}[,;]? (?:\()?"
    rf"⟨c(?P<b>\d+)⟩ of (?:whom|them) "
    r"(?:received|had|were given|underwent) (?:both|⟨c(?P<two>\d+)⟩)", re.I,
)  # fmt: skip
"""Things of which the people who have more have two: "118 grafts in 104 recipients, 14 of whom received two"."""
_SINGLE = Expression(
    rf"⟨c(?P<a>\d+)⟩(?: ?\(⟨p\d+⟩\))?{_W}{{0,3}}? (?:unilateral(?:ly)?\b|(?:with |contributed )?(?:only )?one "
    r"(?:eye|ear|hip|knee|foot)\b)", re.I,
)  # fmt: skip
_GIVEN = Expression(
    r"\b(?:contribut\w+|includ\w+|treated|operated|underwent|provided|studied|enrol\w+|surgery|performed|done|had)\b"
)


def both_sides(reading: Reading) -> Iterator[Finding]:
    """Check "158 eyes of 127 patients (31 with both eyes)": 127 and 31 make 158.

    Found: another number with both, told in the same sentence or the next. Left alone: more patients with both sides
    affected than gave both, and sentences with several such pairs.
    """
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    for index, line in enumerate(every):
        if not _NAMED.search(line.words):
            continue
        sentence = marked(line.words)
        yield from _doubled(reading, line, sentence)
        pairs = list(_OF.finditer(sentence.text))
        if len(pairs) != 1:
            continue
        pair = pairs[0]
        organs = sentence.numbers[int(pair["e"] or pair["f"])]
        people = sentence.numbers[int(pair["p"] or pair["q"])]
        if not people.whole < organs.whole < 2 * people.whole:
            continue
        following = every[index + 1 : index + 2]
        for place in (line, *(x for x in following if x.section == line.section)):
            other = sentence if place is line else marked(place.words)
            both = _both(other, pair.end() if place is line else 0)
            if both is None:
                continue
            found = _judged(reading, (line, organs, people), place, both)
            if found is not None:
                yield found
            break


def _doubled(reading: Reading, line: Line, sentence: Marked) -> Iterator[Finding]:
    for match in _THINGS.finditer(sentence.text):
        things, people, two = (sentence.numbers[int(match[g])] for g in ("e", "p", "b"))
        if match["two"] and sentence.numbers[int(match["two"])].whole != 2:
            continue
        if people.whole < things.whole < 2 * people.whole and people.whole + two.whole != things.whole:
            yield _finding(reading, (line, things, people), (line, two), two.whole)


def _both(sentence: Marked, start: int) -> tuple[Number, re.Match[str], bool] | None:
    """Give the one number of patients who are said to have both sides, or one side alone."""
    found = [(m, False) for m in _BOTH.finditer(sentence.text, start)]
    alone = [(m, True) for m in _SINGLE.finditer(sentence.text, start)]
    if len(found) > 1 or (not found and len(alone) != 1):
        return None
    match, single = (found or alone)[0]
    place = match["a"] if single else match["a"] or match["b"]
    return sentence.numbers[int(place)], match, single


def _judged(
    reading: Reading, pair: tuple[Line, Number, Number], place: Line, both: tuple[Number, re.Match[str], bool]
) -> Finding | None:
    line, organs, people = pair
    count, match, single = both
    value = people.whole - count.whole if single else count.whole
    wanted = organs.whole - people.whole
    if value == wanted or count.whole >= people.whole or count.whole < 1:
        return None
    if not _GIVEN.search(match[0]) and (value > wanted or single or place is not line):
        return None
    if abs(value - wanted) > max(12, 0.5 * wanted) and not (value < wanted and place is line):
        return None
    return _finding(reading, pair, (place, count), value)


def _finding(reading: Reading, pair: tuple[Line, Number, Number], both: tuple[Line, Number], value: int) -> Finding:
    line, organs, people = pair
    place, count = both
    shown = f"{people.whole} + {value} = {people.whole + value}"
    return reading.finding(
        "GROUPS", "inconsistent",
        f"patients and those with both sides, {shown}, are inconsistent with {organs.whole}",
        "some sides may have been left out; otherwise a digit is misprinted",
        quotes=(spot(line, organs, people), spot(place, count), spot(line, organs), spot(line, people)),
        computed=(("sum", str(people.whole + value)),),
    )  # fmt: skip
