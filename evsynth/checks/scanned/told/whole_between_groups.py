"""The share of all must lie between those of its groups: "overall 18%, 24% of the boys and 21% of the girls".

Where the sizes of the two groups are told, it must be their weighted mean; of equal groups the plain one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.denominators import printed_numbers
from evsynth.checks.scanned.facts.effects_told import effects, intervals_of
from evsynth.checks.scanned.facts.group_sizes import sizes_told
from evsynth.checks.scanned.facts.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.facts.opposites_named import opposite
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import span
from evsynth.text.expressions import Expression

CODES = ("GROUPS",)

_PLACES = r"groups?|arms?|cohorts?|wards?|sexes|periods|sites|centres|centers|hospitals|years|seasons|strata|ages"
_WHOLE = Expression(
    rf"\b(?:overall|in total|in all|altogether|all told|taken together|combined|together|"
    rf"total (?!of\b)(?:[a-z-]+ ){{0,2}}?(?:rate|share|prevalence|incidence|mortality|proportion|percentage|figure)|"
    rf"(?:whole|entire|total|full|complete) (?:study )?(?:cohort|group|sample|population|series|set|study|period|town|"
    rf"trial|school|district|country|department)|(?:both|the two) [a-z]+ (?:together|combined)|"
    rf"all (?!the\b|of\b|but\b|other\b|cause)(?:[a-z-]+ )?(?:patients|participants|women|men|children|infants|adults|"
    rf"attendances|admissions|visits|births|deliver\w+|operations|people|cases|eyes|animals|respondents|schools|"
    rf"{_PLACES}))\b", re.I,
)  # fmt: skip
_MOST = Expression(r"\b(?:highest|greatest|largest|maximum|most (?:often|common|frequent)\w*)\b", re.I)
_LEAST = Expression(r"\b(?:lowest|least|smallest|minimum|rarest)\b", re.I)
_MODEL = Expression(
    r"adjust|weight|standardi[sz]ed|kaplan|surviv|cumulative|pooled|estimat|predict|imput|change|increas|decreas|"
    r"reduc|differen|agreement|sensitiv|specific|accura|predictive|kappa|improvement of|intensity|vary|varied|"
    r"variance|quality|power|assum|expected|target|other (?:stud|trial|report)|previous|earlier (?:stud|trial)", re.I,
)  # fmt: skip
_PART = Expression(
    r"\b(?:of (?:whom|which|these|them)|includ\w+|especially|particularly|notably|mainly|mostly|namely|"
    r"e\.g|such as|subgroups?|stages?|due to|caused by|attribut\w+|consist\w*|followed by)\b", re.I,
)  # fmt: skip
_DID = Expression(
    r"\b(?:had|has|have|reported|developed|died|received|underwent|achieved|reached|required|used|showed|experienced|"
    r"completed|suffered|needed|complain\w+|present(?:ed)? with|discontinu\w+|withdrew|relapsed|recovered)\b", re.I,
)  # fmt: skip
_LIMIT = Expression(r"[<>≥≤±]\s?$|\b(?:least|most|than|over|under|above|below|to|by) $")
_TIME = Expression(r"⟨[my]\d+⟩")
_GROUPS = Expression(rf"(?:\b(?:both|respective|each)|⟨c\d+⟩) (?:{_PLACES})\b|\beach arm\b", re.I)


class Told(NamedTuple):
    """The share of all and those of its groups, in the order they stand; the words before and behind each share."""

    whole: Number
    parts: tuple[Number, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    sizes: tuple[int, ...]
    """The size told beside each share, 0 where none is."""


def whole_between_groups(reading: Reading) -> Iterator[Finding]:
    """Check the share of all against those of its groups told in the same sentence.

    Left alone: estimates from models, shares at several times, parts of the patients that are not all of them, shares
    of other outcomes told after "overall".
    """
    for line in lines(reading, ("abstract", "results", "body")):
        if line.words.count("%") + line.words.count("cent") < 3 or not _WHOLE.search(line.words):
            continue
        sentence = marked(line.words)
        told = _told(sentence)
        if told is not None and not _makes(told):
            yield from _judged(reading, line, sentence, told)


def _makes(told: Told) -> bool:
    """Say whether the shares of the groups add up to that of all: they are parts of it, then."""
    total = sum(float(p.printed.value) for p in told.parts)
    return abs(total - float(told.whole.printed.value)) <= 0.06 * len(told.parts) + 0.05


def _told(sentence: Marked) -> Told | None:
    text, limits = sentence.text, intervals_of(sentence)
    effective = {e.number for e in effects(sentence)}
    shares = [
        (i, n) for i, n in enumerate(sentence.numbers)
        if n.kind == "p" and i not in limits and n not in effective and not n.printed.bound
        and not _LIMIT.search(text[: text.index(f"⟨p{i}⟩")])
    ]  # fmt: skip
    if not 3 <= len(shares) <= 6:
        return None
    ends = [text.index(f"⟨p{i}⟩") for i, _ in shares]
    first, last = ends[0], ends[-1]
    begin = max(text.rfind(mark, 0, first) for mark in (". ", "; ")) + 1
    if _MODEL.search(text[begin : last + 60]) or re.search(r"[.;] ", text[first:last].replace("; ", ", ", 1)):
        return None
    gaps = _gaps(text, [f"⟨p{i}⟩" for i, _ in shares], begin)
    named = [
        k for k in range(len(shares))
        if _WHOLE.search(_CUT.split(gaps[k])[-1] if k else gaps[0]) or _WHOLE.search(_CUT.split(gaps[k + 1])[0])
    ]  # fmt: skip
    if len(named) != 1 or _PART.search(text[begin : last + 30]) or named[0] not in (0, len(shares) - 1):
        return None
    rest = [k for k in range(len(shares)) if k != named[0]]
    parts = tuple(shares[k][1] for k in rest)
    sizes = tuple(_size(sentence, text[ends[k] : [*ends, last + 70][k + 1]]) for k in rest)
    return Told(shares[named[0]][1], parts, tuple(gaps[k] for k in rest), tuple(gaps[k + 1] for k in rest), sizes)


_CUT = Expression(r"[,(;:)]|\b(?:and|while|whereas|but|or|versus|vs)\b")
_SIZE = Expression(r" ?\((?:[nN] ?= ?)?⟨c(\d+)⟩\)")


def _size(sentence: Marked, words: str) -> int:
    found = _SIZE.search(words)
    return sentence.numbers[int(found[1])].whole if found else 0


def _gaps(text: str, marks: list[str], begin: int) -> list[str]:
    """Give the words between the percentages, those before the first and those behind the last."""
    places = [text.index(m) for m in marks]
    ends = [begin, *(at + len(m) for at, m in zip(places, marks, strict=True))]
    return [_SIZE.sub("", text[a:b]) for a, b in zip(ends, [*places, min(len(text), ends[-1] + 60)], strict=True)]


def _judged(reading: Reading, line: Line, sentence: Marked, told: Told) -> Iterator[Finding]:
    whole, parts = span(told.whole.printed), [span(n.printed) for n in told.parts]
    low, high = min(p.low for p in parts), max(p.high for p in parts)
    text = sentence.text
    inside = low <= whole.high and whole.low <= high
    tops = [p for p, words in zip(parts, told.before, strict=True) if _MOST.search(words)]
    floors = [p for p, words in zip(parts, told.before, strict=True) if _LEAST.search(words)]
    if (tops and whole.low > max(p.high for p in parts) and tops[0].high == high) or (
        floors and whole.high < low and floors[0].low == low
    ):
        yield _finding(reading, line, told, "the highest and lowest of its groups")
        return
    if tops or floors or not (_are_all(text, told) or _bare(reading, told)):
        return
    if not inside:
        yield _finding(reading, line, told, "the shares of its groups")
        return
    for sizes in _sizes(reading, sentence, told):
        mean = sum(n * p.middle for n, p in zip(sizes, parts, strict=True)) / sum(sizes)
        room = max(0.6, 0.1 * (high - low)) + max(p.high - p.low for p in (*parts, whole))
        if abs(mean - whole.middle) <= room:
            return
        told_sizes = " and ".join(map(str, sizes))
        yield _finding(reading, line, told, f"the mean of its groups of {told_sizes}, which is {mean:.1f}%:")
        return


def _are_all(text: str, told: Told) -> bool:
    """Say whether the parts are groups that make up all, and the same thing is told of each."""
    if len(told.parts) not in (2, 3, 4):
        return False
    first = told.whole.start < told.parts[0].start
    bridge = told.before[0] if first else told.after[-1]
    others = told.before[1:]
    if any(_DID.search(g) for g in others) or (first and not re.search(r":|\(|,", bridge)):
        return False
    if (not first and len(_DID.findall(bridge)) > 1) or any(_TIME.search(g) for g in others):
        return False
    if _GROUPS.search(text) or text.count("n = ") >= len(told.parts):
        return True
    behind = [_CUT.split(x)[0] for x in told.after]
    ahead = [_CUT.split(x.rstrip(" ("))[-1] for x in told.before]
    return len(told.parts) == 2 and (opposite(behind[0], behind[1]) or opposite(ahead[0], ahead[1]))


def _bare(reading: Reading, told: Told) -> bool:
    """Say whether two shares "12% and 18%" stand together, of two groups of told size."""
    joined = len(told.parts) == 2 and re.fullmatch(r" (?:and|vs?|versus) ", told.before[1]) is not None
    return joined and any(s.groups and len(s.sizes) == 2 for s in sizes_told(reading))


def _sizes(reading: Reading, sentence: Marked, told: Told) -> Iterator[tuple[int, ...]]:
    """Give the sizes of the groups: told beside their shares, or those of the only two groups, if equal."""
    if all(told.sizes):
        yield told.sizes
        return
    if len(told.parts) != 2:
        return
    if any(told.sizes):
        numbers, known = printed_numbers(reading), max(told.sizes)
        others = {n - known for n in numbers if n > known and n - known in numbers and n - known != known}
        if len(others) == 1:
            other = others.pop()
            yield (known, other) if told.sizes[0] else (other, known)
        return
    pairs = {s.sizes for s in sizes_told(reading) if s.groups and len(s.sizes) == 2}
    if len(pairs) == 1 and len(set(next(iter(pairs)))) == 1:
        yield pairs.pop()


def _finding(reading: Reading, line: Line, told: Told, what: str) -> Finding:
    shown = " and ".join(f"{n.printed}%" for n in told.parts)
    return reading.finding(
        "GROUPS", "inconsistent",
        f"{told.whole.printed}% of all is inconsistent with {what} {shown}",
        "the groups may not be all, or the share may be of other people; otherwise a digit is misprinted",
        quotes=(spot(line, told.whole), *(spot(line, n) for n in told.parts)),
    )  # fmt: skip
