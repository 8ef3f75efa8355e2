"""A total and the parts listed after it in one sentence: in a bracket, behind a colon, or in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from evsynth.checks.scanned.facts.exclusive import OUT, exclude_each_other, shared_out
from evsynth.checks.scanned.facts.lists import Entry, Tally, enclosed, entries, tallies
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("FLOW", "GROUPS")

_OPEN = Expression(
    r",?\s(?:namely|viz\.?|i\.e\.,?|that is,?)\s(?:in\s)?|"
    r"\s?[(\[]|:\s|\s[-–—]\s|;\s|,\s(?=[^\s])|\b(?:comprised|comprising|consist(?:ed|ing) of)\s|\b(?:for|"
    r"because of|due to|owing to|on account of|by|in|at|from|were|was|"
    r"with)\s",
    re.I,
)
SEVERAL = Expression(
    r"more than one|several (?:reasons|could|causes)|multiple (?:reasons|causes)|reasons? (?:could|may|can|are not|"
    r"were not|overlap)|not mutually|(?:categories|groups) overlap|two (?:or more )?(?:reasons|causes)|"
    r"\boverlapp(?:ed|ing)\b", re.I,
)  # fmt: skip
_FOLLOWS = Expression(r"(?:,|;|\b(?:and|or|including|in|with|to|by|on|from))\s*$", re.I)
_INTRODUCED = Expression(r"(?:^|[.;]\s)[^.,;\d]{1,45},\s$")
_OF_THE = Expression(r"\s*(?:of|among|amongst|out of)\s(?:the|these|those|all|our|a total of|\s)*", re.I)
_FROM = Expression(r"\b(?:from|in|among|by|at|on)\s(?:only\s|the\s)?$", re.I)
_WITH = Expression(r"\b(?:with|in|involving|comprising|enrolling|totalling|on|from|of)\s(?:a total of\s)?$", re.I)


def sums(reading: Reading) -> Iterator[Finding]:
    """Compare totals with the parts told with them.

    Found: a list that misses its total, where the parts exclude each other: reasons, groups, sexes, places, a scale,
    or a list that ends with "other". Left alone: lists that say "including" or "mainly", reasons that overlap, events.
    """
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    for place, line in enumerate(every):
        after = every[place + 1] if place + 1 < len(every) else None
        told = entries(line.words)
        if len(told) < 3 or SEVERAL.search(line.words) or (after is not None and SEVERAL.search(after.words)):
            continue
        yield from _before(reading, line, told)


def _before(reading: Reading, line: Line, told: tuple[Entry, ...]) -> Iterator[Finding]:
    """Check "58 were excluded (41 ..., 27 ...)", "21 relapses, 5 in A and 14 in B"."""
    for index, total in enumerate(told[:-2]):
        if total.bracketed or total.value < 2:
            continue
        found = _list(line.words, total, told[index + 1 :])
        if found is None and len(told) > index + 3 and _WITH.search(line.words[: told[index + 1].first]):
            found = _list(line.words, total, told[index + 2 :], told[index + 1].last)
            if found is not None and (")" in found[1] or found[0].sum == told[index + 1].value):
                continue
        if found is None:
            continue
        tally, head, mark = found
        if mark in (",", ";") and _FOLLOWS.search(_INTRODUCED.sub("", line.words[: total.first])):
            continue
        if index and tally.sum == total.value + told[index - 1].value:
            continue
        if index and tally.sum == told[index - 1].value and _FROM.search(line.words[: total.first]):
            continue  # "52 isolates from 36 of them: ..." lists the 52
        before = re.split(r"[.;:,()]", line.words[max(0, total.first - 45) : total.first])[-1]
        shared = mark == "," and total.of and _OF_THE.fullmatch(before) and shared_out(head, tally, total)
        if re.search(r"\breasons? (?:for|of)\b|\b(?:lost|excluded|excluding|removed|discarded)\s*$", before, re.I):
            head = f"{before} {head}"
        elif (
            mark not in ("(", "[")
            and not shared
            and re.search(r"\b(?:of|among)\s(?:the\s|these\s|our\s|all\s)*$", before, re.I)
            and not re.search(r"\b(?:total|cohort|sample|series|population|number) of\s*$", before, re.I)
        ):
            continue
        if tally.sum == total.value or _adds_up(tally, total.value):
            continue
        if mark in ("were", "was") and tally.parts[0].bracketed and " of " in tally.gaps[0]:
            head = f"{head} {tally.gaps[0]}"  # "212 were excluded because of A (97), B (84) or C (31)"
        if _told_besides(told, total, tally):
            continue
        if shared or exclude_each_other(head, tally, mark, total):
            yield sum_finding(reading, line, total, tally, bool(OUT.search(head)))
            return


def _list(words: str, total: Entry, rest: tuple[Entry, ...], start: int | None = None) -> tuple[Tally, str, str] | None:
    """Give the list that belongs to a total, the words between them, and the mark that opens the list."""
    at = total.last if start is None else start
    while (mark := _OPEN.search(words, at)) is not None:
        if rest[0].first < mark.start() or mark.start() - total.last > 110:
            return None
        sign = mark[0].strip().lower()
        sign = ":" if sign.lstrip(", ").startswith(("compris", "consist", "namely", "viz", "i.e", "that is")) else sign
        if (sign.isalpha() or " " in sign) and not rest[0].bracketed:
            at = mark.end()
            continue
        end = enclosed(words, mark.end()) if sign in ("(", "[") else _stop(words, mark.end())
        inside = list(tallies(words, rest, mark.start() if sign in "([" else mark.end(), end))
        if (
            inside
            and inside[0].parts[0] == rest[0]
            and (sign in "([:-–—" or len(inside) == 1 or inside[0].parts[0].bracketed)
            and rest[0].first - mark.end() <= 90
        ):
            head = words[total.last : mark.start()]
            tail = inside[0].tail.split(";")[0] if sign in "([" else inside[0].tail.split(" (")[0][:60]
            if inside[0].parts[0].bracketed or (len(inside) == 1 and not re.search(r"\d", tail)):
                return inside[0], head, sign
            return None
        at = mark.end()
        if sign in "([" and at < len(words):
            at = end + 1
    return None


def _stop(words: str, start: int) -> int:
    """Give where the clause that starts here ends."""
    match = Expression(r";\s|(?<!spp)(?<!sp)(?<!vs)(?<!var)\.\s|\.?\Z|\s(?:leaving|so that|resulting in)\b").search(
        words, start
    )
    return match.start() if match else len(words)


def _adds_up(tally: Tally, wanted: int) -> bool:
    """Say whether some of the parts give the total: a part may be divided further in the same list."""
    values = [p.value for p in tally.parts]
    if len(values) > 10:
        return True
    return any(sum(some) == wanted for k in range(2, len(values)) for some in combinations(values, k))


def _told_besides(told: tuple[Entry, ...], total: Entry, tally: Tally) -> bool:
    """Say whether a number after the list is what is missing to its total: "(sex was not recorded in 10)"."""
    return any(
        e.value == total.value - tally.sum and e.first >= tally.parts[-1].last and e not in tally.parts for e in told
    )


def adds_up_to(parts: list[Entry], wanted: int) -> bool:
    values = [p.value for p in parts[-10:]]
    return any(sum(some) == wanted for k in range(1, len(values) + 1) for some in combinations(values, k))


def sum_finding(reading: Reading, line: Line, total: Entry, tally: Tally, out: bool) -> Finding:
    return reading.finding(
        "FLOW" if out else "GROUPS", "inconsistent",
        f"the parts, {tally.shown} = {tally.sum}, are inconsistent with {total.value}",
        "a patient may belong to several parts, or a part is not told",
        quotes=(_whole(line, total, tally), total.spot(line.start), *(p.spot(line.start) for p in tally.parts)),
        computed=(("sum", str(tally.sum)),),
    )  # fmt: skip


def _whole(line: Line, total: Entry, tally: Tally) -> tuple[int, int]:
    """Give the piece of the sentence from the total to the last part, or from the first part to the total."""
    ends = (total.start, total.end, tally.parts[0].start, tally.parts[-1].end)
    return line.start + min(ends), line.start + max(ends)
