"""A total told behind the list of its parts: "fourteen from Asia and six from Africa, 23 in all"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.counts import counts
from evsynth.checks.scanned.facts.exclusive import LOOSE
from evsynth.checks.scanned.facts.lists import Entry, entries, tallies
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.told.sums import SEVERAL, adds_up_to, sum_finding
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("FLOW", "GROUPS")

_ALL = Expression(
    r"(?:\b(?:a|the) (?:grand |overall |combined )?total (?:of|was|being|came to)|\btotal(?:l?ing|led|s)?|"
    r"\bwhich (?:gives|gave|makes|made|"
    r"adds? up to|added up to|amounts? to|brings|came to)|\b(?:giving|making|yielding|adding up to|amounting to|"
    r"summing to|"
    r"bringing|in sum|together|altogether)\b|\b(?:in all|in total|all told|overall),)"
    r"(?:\s(?:an?|the|of|to|in|total|overall|all|combined|together|altogether|mortality|number|rate|sum|up|tally|"
    r"(?:\d+(?:\.\d+)?)\s?%|,))*\s*[(\[]?$",
    re.I,
)
_ALL_AFTER = Expression(
    r"\s*(?:[a-z-]+\s){0,2}?(?:in all|in total|altogether|all told|overall|together|combined)\b", re.I
)
_P = Expression(r"\([^()]*\)|\d+(?:\.\d+)?\s?%|\b[Pp]\s?[=<>]\s?0?\.\d+")
_MORE = Expression(r"\b(?:further|another|additional\w*|more|also|as well)\b", re.I)
_FREE = Expression(r"\b(?:each|every|mean|median|average|per|interim|respectively|points?)\b", re.I)
_OBJECTS = Expression(
    r"\s(?:[a-z-]+ )?(?:\w*grafts|valves|stents|implants|eyes|knees|hips|teeth|lesions|devices|samples|sessions|"
    r"procedures)\b"
)


def sums_behind(reading: Reading) -> Iterator[Finding]:
    """Compare the parts of a list with the total told behind them: "a total of", "in all", "giving".

    Left alone: reasons that overlap, parts told in the sentence before, things of which a person has several.
    """
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    for place, line in enumerate(every):
        after = every[place + 1] if place + 1 < len(every) else None
        told = entries(line.words)
        if len(told) < 3 or SEVERAL.search(line.words) or (after is not None and SEVERAL.search(after.words)):
            continue
        yield from _after(reading, line, told, entries(every[place - 1].words) if place else ())


def _after(reading: Reading, line: Line, told: tuple[Entry, ...], last: tuple[Entry, ...]) -> Iterator[Finding]:
    """Check "fourteen from Asia and six from Africa, 23 in all"."""
    words = line.words
    for index, total in enumerate(told):
        if index < 2:
            continue
        before = words[told[index - 1].last : total.first + (words[total.first] in "([")]
        if re.search(r"\d", _P.sub("", before)) or len(before) > 130:
            continue
        said = _ALL.search(before) or (
            re.search(r"[,;:-]\s*(?:or |i\.e\.,? |thus |so )?$", before) and _ALL_AFTER.match(words[total.last :])
        )
        if not said or _FREE.search(before) or _closes(words, told[index - 1], total):
            continue
        parts = list(told[:index])
        lists = [t for t in tallies(words, tuple(parts), 0, total.first) if t.parts[-1] == parts[-1]]
        if not lists or len(lists[0].parts) > 9 or any(p.base for p in lists[0].parts):
            continue
        tally = lists[0]
        if _MORE.search(words) and adds_up_to([*last[-5:], *tally.parts], total.value):
            continue  # "four and 15 responded. A further 14 were stable, giving control in 33"
        if (
            adds_up_to(list(tally.parts), total.value)
            or sum(p.value for p in parts) == total.value
            or total.value <= max(p.value for p in tally.parts)
        ):
            continue
        if _OBJECTS.match(words[total.last :]) and tally.sum in {c.value for c in counts(reading.document.prose)}:
            continue  # of things, and the sum of the people is told
        if LOOSE.search(" ".join(tally.gaps[1:])) or abs(tally.sum - total.value) > max(4, 0.25 * total.value):
            continue
        yield sum_finding(reading, line, total, tally, False)
        return


def _closes(words: str, part: Entry, total: Entry) -> bool:
    """Say whether the parts stand in a bracket after a number of their own: "908 (452 to A, 456 to B), in all 795".

    The bracket is closed before the total is told.
    """
    opened = words.rfind("(", 0, part.first)
    inside = opened >= 0 and ")" not in words[opened : part.first] and ")" in words[part.last : total.first]
    return inside and re.search(r"\d[^.;,()]{0,40}\s$", words[:opened]) is not None
