"""What is left of a number already told: "the other eleven", those of a later step added, the denominators of a set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

from evsynth.checks.scanned.facts.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.facts.slips import swapped
from evsynth.checks.scanned.numbers.totals import sizes_said
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("GROUPS", "FLOW")

_OTHERS = Expression(
    r"(?:^|[;,.(] ?|\b(?:and|while|whereas|but) )(?:in |of |among )?(?:[Tt]he|all) (?:(?:other|remaining) "
    r"⟨c(?P<r>\d+)⟩|"
    r"(?:others|rest|remainder) ?\(?,? ?(?:[nN] ?= ?)?⟨c(?P<q>\d+)⟩)(?! ?(?:of|/|,? ⟨p))(?P<after>[^⟨.;]{0,60})"
)
_MADE = Expression(
    r"\b(?:giving|making|for|bringing|which (?:gives|gave|makes|made|brings|brought)|so that|thus|yielding|"
    r"raising|hence)\b"
    r"[^⟨.;]{0,50}⟨c(?P<k>\d+)⟩ ?(?:/|(?:out )?of(?: the)?) "
    r"?⟨c(?P<n>\d+)⟩(?:[^⟨.;]{0,12}⟨p\d+⟩\)?)?[^⟨.;]{0,12}\b(?:overall|in all|in total|altogether|"
    r"cumulative\w*|after (?:both|two|the second)|all told)"
)
_FRACTION = Expression(r"⟨c(\d+)⟩(?: ?\(⟨p\d+⟩\))? ?(?:/|(?:out )?of(?: the)?) ?⟨c(\d+)⟩")
_TIMES = Expression(r"(?:⟨[cmx]\d+⟩, (?:and )?)*⟨[cmx]\d+⟩,? and ⟨m\d+⟩")
"""A list of times: "after 6, 11 and 20 days"."""
_SET = Expression(
    r"\b(?:population|set|analysis|sample|cohort|subset|completers|patients|"
    r"participants)\b[^⟨.;]{0,40}\((?:[nN] ?= ?)?⟨c(\d+)⟩(?: [a-z]+)?\)"
)


def remainders(reading: Reading) -> Iterator[Finding]:
    """Check "14 died; the other eleven were alive", "9 of these were cured, giving 58/62", "(n = 425) 18/229, 22/223".

    Found: the sum is no number told, and one that is lies near. Left alone: sums and differences told elsewhere.
    """
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    told = numbers_told(reading)
    for index, line in enumerate(every):
        sentence = marked(line.words)
        if sum(n.kind == "c" for n in sentence.numbers) < 2:
            continue
        yield from _others(reading, every, index, sentence, told)
        yield from _cumulated(reading, line, sentence)
        yield from _set(reading, line, sentence)


@lru_cache(maxsize=16)
def numbers_told(reading: Reading) -> frozenset[int]:
    found = {
        n.whole for x in lines(reading) for n in marked(x.words).numbers
        if n.kind in "cmxr" and not n.printed.decimals
    }  # fmt: skip
    heads = {int(c.n.printed.value) for t in reading.document.tables for c in t.columns if c.n is not None}
    return frozenset(found | heads | set(sizes_said(reading)))


def _counts(sentence: Marked) -> list[Number]:
    return [n for n in sentence.numbers if n.kind == "c"]


def _others(
    reading: Reading, every: list[Line], index: int, sentence: Marked, told: frozenset[int]
) -> Iterator[Finding]:
    line = every[index]
    for match in _OTHERS.finditer(sentence.text):
        rest = sentence.numbers[int(match["r"] or match["q"])]
        plain = _TIMES.sub("", sentence.text[: match.start()])
        shares = [
            (sentence.numbers[int(f[1])], sentence.numbers[int(f[2])])
            for f in _FRACTION.finditer(sentence.text, 0, match.start())
        ]
        if len(shares) == 1 and len(re.findall(r"⟨c\d+⟩", plain)) == 2:
            part, of = shares[0]
            if 0 < part.whole < of.whole and rest.whole not in (of.whole - part.whole, part.whole) and rest.whole > 1:
                yield left_over(
                    reading, f"{part.whole} of {of.whole} leave {of.whole - part.whole}, inconsistent with "
                        f"the other "
                    f"{rest.whole}", (spot(line, rest), spot(line, part, of)), of.whole - part.whole,
                )  # fmt: skip
            continue
        first = [n for n in _counts(sentence) if n.start < rest.start]
        where = line
        if not first and index and every[index - 1].section == line.section:
            where = every[index - 1]
            first = [n for n in _counts(marked(where.words)) if n.whole > 1]
        if not first or first[0].whole < 3 or rest.whole < 3 or _aside(where.words, first[0]):
            continue
        if len(first) > 2 and sum(n.whole for n in first[1:]) == first[0].whole:
            first = first[:1]
        sums = {sum(n.whole for n in some) for k in (1, 2, 3, 4) for some in combinations(first[:8], k)}
        if any(s + rest.whole in told for s in sums if s >= first[0].whole) or rest.whole in sums:
            continue
        near = [t for t in _near(every, index) if t[1].whole != rest.whole]
        made = first[0].whole + rest.whole
        likely = [
            (x, n) for x, n in near if n not in first and n.whole > max(first[0].whole, rest.whole)
            and (0 < abs(n.whole - made) <= max(3, 0.03 * made) or swapped(n.whole, made))
        ]  # fmt: skip
        if not likely or any(rest.whole == n.whole - s for _, n in near for s in sums if s >= first[0].whole):
            continue
        place, whole = likely[-1]
        yield left_over(
            reading, f"{first[0].whole} + {rest.whole} = {made} is inconsistent with {whole.whole} told before",
            (spot(line, rest), spot(where, first[0]), spot(place, whole)), made,
        )  # fmt: skip
        return


def _aside(words: str, number: Number) -> bool:
    """Say whether a number counts things other than people inside a bracket: "(a score for 3 domains was above)"."""
    opened = words[: number.start].rfind("(")
    return (
        opened > words[: number.start].rfind(")") and number.start - opened > 8
        and re.match(r"\s(?:domains|items|points|days|weeks|months|years|scales|criteria|times|doses|levels)\b",
                     words[number.end :]) is not None
    )  # fmt: skip


def _near(every: list[Line], index: int) -> list[tuple[Line, Number]]:
    """Give the counts told in the sentences before, in the same section."""
    found = [x for x in every[max(0, index - 12) : index + 1] if x.section == every[index].section]
    return [(x, n) for x in found for n in _counts(marked(x.words))]


def _cumulated(reading: Reading, line: Line, sentence: Marked) -> Iterator[Finding]:
    """Check "47/62 ... a second dose cured 9 of 12, giving 58/62 overall" against those before and those added."""
    for match in _MADE.finditer(sentence.text):
        made, of = sentence.numbers[int(match["k"])], sentence.numbers[int(match["n"])]
        earlier = [x for x in lines(reading) if x.section == line.section and x.start <= line.start]
        before = [
            (x, m.numbers[int(f[1])]) for x in earlier for m in [marked(x.words)] for f in _FRACTION.finditer(m.text)
            if m.numbers[int(f[2])].whole == of.whole and (x is not line or f.start() < match.start())
        ]  # fmt: skip
        added = [n for n in _counts(sentence) if n.start < made.start and n.whole < of.whole]
        before = [(x, n) for x, n in before if n.whole < made.whole]
        if not before or not added:
            continue
        steps = [made.whole - n.whole for _, n in before]
        if any(n.whole in steps for n in added) or any(a.whole + b.whole in steps for a, b in combinations(added, 2)):
            continue
        where, first = before[-1]
        nearest = added[-1]
        if abs(first.whole + nearest.whole - made.whole) > 3 and not swapped(made.whole, first.whole + nearest.whole):
            continue
        yield left_over(
            reading, f"{first.whole} + {nearest.whole} = {first.whole + nearest.whole} is inconsistent "
                f"with {made.whole} "
            f"of {of.whole} in all", (spot(line, made, of), spot(where, first), spot(line, nearest)),
            first.whole + nearest.whole,
        )  # fmt: skip
        return


def _set(reading: Reading, line: Line, sentence: Marked) -> Iterator[Finding]:
    """Check "the per-protocol population (n = 425): 18 of 229 versus 22 of 223"."""
    match = _SET.search(sentence.text)
    if match is None:
        return
    whole = sentence.numbers[int(match[1])]
    bases = [sentence.numbers[int(f[2])] for f in _FRACTION.finditer(sentence.text, match.end())]
    if len(bases) != 2 or max(n.whole for n in bases) >= whole.whole:
        return
    made = sum(n.whole for n in bases)
    if made == whole.whole or abs(made - whole.whole) > 0.15 * whole.whole:
        return
    if (
        made > whole.whole
        or swapped(made, whole.whole)
        or any(swapped(n.whole, whole.whole - made + n.whole) for n in bases)
    ):
        yield left_over(
            reading, f"{bases[0].whole} + {bases[1].whole} = {made} is inconsistent with the {whole.whole} "
                f"analysed",
            (spot(line, whole), *(spot(line, n) for n in bases)), made,
        )  # fmt: skip


def left_over(reading: Reading, message: str, quotes: tuple[tuple[int, int], ...], made: int) -> Finding:
    return reading.finding(
        "GROUPS", "inconsistent", message,
        "a part may not be told, or some may be counted in both; otherwise a digit is misprinted",
        quotes=quotes, computed=(("sum", str(made)),),
    )  # fmt: skip
