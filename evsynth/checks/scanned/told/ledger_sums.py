"""Those there were, less those out, are those left: "91 were approached; 9 declined and 6 moved, which left 78".

Reads `facts/ledgers`: any words, any order, over three sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from evsynth.checks.scanned.facts.ledgers import Ledger, Told, ledgers
from evsynth.checks.scanned.facts.marked import spot
from evsynth.checks.scanned.facts.slips import one_digit, swapped
from evsynth.checks.scanned.numbers.totals import sizes_said
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.told.remainders import numbers_told
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("FLOW",)

_FREE = Expression(
    r"\b(?:respectively|pairs?|matched|about|approximately|around|added|replac\w+|more than one|imput\w+|crossed "
    r"over|each|"
    r"per|median|mean|random(?:ly)? (?:sampl|select)\w*|some|overlap\w*|at least|also|returned|new|additional records|"
    r"hand-?search\w*|controls)\b", re.I,
)  # fmt: skip
_NOUN = Expression(
    r"^(?: [a-z-]+){0,2}? (eyes|samples|specimens|lesions|pregnancies|cycles|visits|teeth|implants|episodes|procedures|"
    r"operations|admissions|sessions|isolates|scans|couples|families|infants|knees|hips|tumou?rs|questionnaires|"
    r"items|births|embryos|deliveries)\b", re.I,
)  # fmt: skip
_AND_MORE = Expression(r"\s(?:and|vs?\.?|versus|/)\s(?:the\s)?\d")
"""Behind the first of several numbers: "leaving 92 and 91"."""
LEAST = 6
"""Fewer people are no number that others leave."""


def ledger_sums(reading: Reading) -> Iterator[Finding]:
    """Compare those said to be left with those told before them, less those told to be out.

    Found: "which left", "the remaining" and their kind, where no number of people told before gives those left; those
    who completed, where the right number is told elsewhere, or two digits are exchanged, or there are more of them
    than there were. Left alone: other things than those told before; the first of several
    groups; people told to be added, matched or in doubt.
    """
    for ledger in ledgers(reading):
        left, rest = ledger.left.value, ledger.rest
        if left == rest or rest < 1 or ledger.people.value < LEAST or left < 4 or _other(ledger):
            continue
        if _AND_MORE.match(ledger.left.line.words, ledger.left.number.end):
            continue
        if _FREE.search(ledger.left.line.words) or _FREE.search(ledger.people.line.words):
            continue
        if _fits(ledger):
            continue
        if ledger.left.part == "done" and not _told(reading, ledger):
            continue
        if abs(left - rest) > 0.25 * ledger.people.value and not _slip(left, rest):
            continue
        yield _finding(reading, ledger)


def _fits(ledger: Ledger) -> bool:
    """Say whether a number told before, less some of those told, gives those left; in a closed list, all of them."""
    left = ledger.left.value
    values = [t.value for t in ledger.before]
    if left in values[:-1] and ledger.left.part == "done":
        return True
    strict = ledger.listed or any(t.of_those for t in ledger.out)
    out = [t.value for t in ledger.before if t.part == "out"]
    for base in ledger.before:
        if base.part == "out" or (strict and base is ledger.people):
            continue
        if ledger.out[0].of_those:
            continue
        if any(base.value - sum(some) == left for k in range(1, 5) for some in combinations(out, k)):
            return True
        if base is not ledger.people and any(base.value - v == left for v in values):
            return True
    return left == sum(t.value for t in ledger.out) or left in [
        t.value for t in ledger.before if t is not ledger.people
    ]


def _told(reading: Reading, ledger: Ledger) -> bool:
    """Say whether those who completed are told wrongly: the number that the others make is told, and theirs is not."""
    left, rest, known = ledger.left.value, ledger.rest, sizes_said(reading)
    if left > ledger.people.value:
        return _slip(left, rest)
    if left > rest:
        return _slip(left, rest) or left - rest <= 0.1 * rest
    told = rest in numbers_told(reading) and known.get(left, 0) < 1
    return _slip(left, rest) or (told and (ledger.listed or len(ledger.out) > 1))


def _slip(one: int, two: int) -> bool:
    return swapped(one, two) or sorted(str(one)) == sorted(str(two)) or (min(one, two) > 99 and one_digit(one, two))


def _other(ledger: Ledger) -> bool:
    """Say whether those left are other things than those there were: samples of patients, pregnancies of women."""
    one, two = (_NOUN.match(t.after) for t in (ledger.left, ledger.people))
    return one is not None and (two is None or two[1].lower()[:4] != one[1].lower()[:4])


def _finding(reading: Reading, ledger: Ledger) -> Finding:
    left, people = ledger.left, ledger.people
    shown = " - ".join(str(t.value) for t in (people, *ledger.out))
    return reading.finding(
        "FLOW", "inconsistent", f"flow of patients: {shown} = {ledger.rest}, not {left.value}",
        "some may have left for a reason that is not told; otherwise a digit is misprinted",
        quotes=(_spot(left), _spot(people), *(_spot(t) for t in ledger.out)), computed=(("left", str(ledger.rest)),),
    )  # fmt: skip


def _spot(told: Told) -> tuple[int, int]:
    return spot(told.line, told.number)
