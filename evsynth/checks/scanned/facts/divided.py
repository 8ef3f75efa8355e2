"""Whether a number of people is divided into parts, by what the parts are called and what mends it.

The parts are all of it where they exclude each other and leave none out: sexes, grades, bands of time, groups, causes
of death, or a list that ends with the rest. A sum that misses is a finding only where a misprint mends it.
"""

from __future__ import annotations

import re
from itertools import combinations

from evsynth.checks.scanned.facts.closed_lists import Whole, closed, teens, two_ways
from evsynth.checks.scanned.facts.divided_words import (
    AFTER,
    ALIVE,
    ARMS,
    BANDS,
    BEFORE,
    DEAD,
    DIVIDED,
    DUE,
    EVENTS,
    GROUPS,
    LAST,
    LOOSE,
    ONCE,
    OPEN_BAND,
    OPENED,
    ORDINALS,
    OUT,
    PARTIAL,
    REST,
    SCALE,
    SEX,
    STAYED,
    UNITS,
)
from evsynth.checks.scanned.facts.parted import Part
from evsynth.checks.scanned.facts.slips import mended_by_digit, mended_by_swap, swapped

UNKNOWN = 0.005
"""A sum short of all people by at most this share of them leaves out a few whose sex or fate is not known."""


def misses(whole: Whole, run: tuple[Part, ...], near: set[int], tail: str) -> bool:
    """Say whether parts are meant to be all of a number and are not; `near` are the counts told about it."""
    values = [p.value for p in run]
    total, made = whole.part.value, sum(values)
    over = made - total
    if sum(re.fullmatch(r" ?(?:and|versus|vs) (?:in )?", p.before) is not None for p in run) > 2:
        return False
    if all("=" in p.before[-2:] for p in (whole.part, *run)):
        return False  # "(n = 21), ... (n = 9)": members of one list
    if teens(whole, run) and made not in near:
        return True
    missing = over < 0 and -over in near - {total, *values}
    told = made in near or missing
    if over and all(values) and not told and (closed(whole, run, tail) or two_ways(whole, run, tail)):
        return True
    if not over or total < 8 or max(values) >= total or not all(values):
        return False
    if (
        made in near
        or (bool(whole.head) and not whole.before and total + made in near)
        or abs(over) in near - {total, *values}
        or any(sum(some) == total for k in range(2, len(values)) for some in combinations(values, k))
    ):
        return False
    once = ONCE.search(whole.head) is not None
    far = 0.16
    if mended_by_swap(values, total):
        listed = re.search(r": ?[^⟨]{0,30}$", whole.head) is not None and tail.startswith((" .", "."))
        opposite = len(run) == 2 and _kin([*(p.before for p in run), re.split(r"[.;:⟨,]", tail)[0]])
        listed = listed or (opposite and OPENED.search(whole.head) is not None)
        far = 0.8 if once and len(run) > 2 else 0.35 if swapped(made, total) or len(run) > 2 or listed else 0.2
    elif once and REST.search(run[-1].before[-30:]):
        far = 0.35
    if abs(over) > far * total:
        return False
    tail = re.split(r"[.;:⟨]|,(?! ?(?:and|or)\b)", tail)[0]
    words = " | ".join([*(p.before for p in run[1:]), tail])
    if not whole.head:
        said = (
            AFTER.match(whole.part.after)
            or BEFORE.search(whole.part.before)
            or (whole.part.before.endswith(" =") and not any(p.before.endswith("=") for p in run))
        )
        return (
            bool(said) and not LOOSE.search(words) and (mended_by_swap(values, total) or mended_by_digit(values, total))
        )
    head = whole.head
    pairs = sum(re.fullmatch(r" ?(?:\S+ ){0,2}?(?:and|versus|vs|v) (?:in )?", p.before) is not None for p in run[1::2])
    if LOOSE.search(words) or PARTIAL.search(head) or (pairs > 1 and len(run) % 2 == 0):
        return False
    labels = [*(p.before for p in run), tail]
    rest = REST.search(labels[-2][-30:]) or REST.search(tail)
    scale = _kinds(labels)
    once = ONCE.search(head) is not None or UNITS.search(head) is not None
    swap = mended_by_swap(values, total)
    slip = swap or mended_by_digit(values, total)
    if EVENTS.search(head + words) and not once and not scale:
        return False
    if len(run) == 2:
        return _two(whole, labels, swap, slip, over)
    sized = all("=" in p.before[-2:] for p in run)
    whole_list = rest is not None or LAST.search(f"{labels[-2]} {tail}") is not None or scale
    if (rest or scale or (once and whole_list)) and (slip or (rest and once) or abs(over) <= max(2, 0.06 * total)):
        return True
    if sized and slip and whole_list and "=" not in whole.part.before[-2:]:
        return True
    opened = OPENED.search(head) is not None
    if whole.before and swap and total >= 60 and abs(over) <= 0.1 * total:
        return True
    if once and slip and over > 0 and all(DUE.search(x) for x in labels[2:]):
        return True
    gone = any(OUT.search(x) for x in labels)
    return (swap and (whole_list or (not whole.before and (once or opened or gone)))) or (
        opened and over in (-10, 10, 20, 100)
    )


def _two(whole: Whole, labels: list[str], swap: bool, slip: bool, over: int) -> bool:
    """Say whether two parts are meant to be all: groups, sexes, or a number divided, by a misprint."""
    head, total = whole.head, whole.part.value
    if total < 12:
        return False
    sexes = any(sum(bool(SEX.search(x)) for x in side) == 2 for side in (labels[1:], labels[:-1]))
    if sexes or (ALIVE.search(labels[1]) and DEAD.search(labels[2])):
        return (slip and not 0 < -over <= UNKNOWN * total) or 0 < over <= 0.1 * total
    if _kin(labels) or (OUT.search(labels[1]) and STAYED.search(labels[2])):
        return slip and abs(over) <= (0.35 if swap and OPENED.search(head) else 0.12) * total
    if swap and total >= 30:
        return DIVIDED.search(head) is not None or OPENED.search(head) is not None
    if whole.before:
        return False
    one, two = (set(ARMS.findall(x.lower())) for x in labels[1:])
    first = ARMS.search(labels[2].lower())
    alike = first is not None and first[1] in one & two and len(labels[2].split()) < 9
    opened = re.search(r"⟨⟩[^,;:.]{0,60}: ?$", head) is not None or (OPENED.search(head) is not None and _kinds(labels))
    return (
        slip
        and (over > 0 or over in (-10, -100))
        and (alike or opened or GROUPS.search(head + labels[1] + labels[2]) is not None)
    )


def _kin(labels: list[str]) -> bool:
    """Say whether two labels are opposites by their form: cemented and uncemented, primiparous and multiparous."""
    one, two = (re.findall(r"[a-z]{5,}", x.lower().replace("-", "")) for x in labels[1:])
    return any(a != b and a[-5:] == b[-5:] and (a.endswith(b) or b.endswith(a) or a[-6:] == b[-6:]) and not
               a.endswith(("ation", "ology", "ction", "iting")) for a in one for b in two)  # fmt: skip


def _kinds(labels: list[str]) -> bool:
    """Say whether what is counted are kinds of one scale: sexes, ordinals, bands, grades."""
    before, after = labels[:-1], labels[1:]
    for pattern in (ORDINALS, SEX, SCALE, BANDS):
        for side in (before, after):
            if pattern is BANDS and not any(OPEN_BAND.search(x) for x in side):
                continue
            if sum(bool(pattern.search(x)) for x in side) >= max(2, len(side) - 1):
                return True
    return False
