"""The flow of patients in sentences: those screened less those excluded are those included, and groups add up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.numerals import NUMBER_WORDS

CODES = ("FLOW",)

_WORDS = [word for word, value in NUMBER_WORDS.items() if 2 <= value <= 20]
_NUMBER = rf"(?<![\w.,·/-])(?:\d{{1,3}}(?:,\d{{3}})+|\d+|(?i:{'|'.join(_WORDS)}))(?![\w·/%-]|[.,]\d| ?%)"
_COUNT = re.compile(_NUMBER)
_NOT_A_COUNT = re.compile(
    r"\s*(?:-?(?:years?|months?|weeks?|days?|hours?|h\b|min|mg|g\b|ml|mm|cm|kg|%|per cent|points?|IU|U/|µg|mmol|"
    r"nmol|sites?|"
    r"centres?|centers?|hospitals?|visits?|times?|doses?|sessions?|cycles?|physicians?|trials?|studies))", re.I,
)  # fmt: skip
_START = re.compile(rf"(?:^|[.;]\s+)(?:Of|From|Among|Out of)\s+(?:the\s+|a total of\s+|all\s+)?({_NUMBER})\s", re.M)
_SCREENED = re.compile(
    rf"(?:screened|assessed|identified|approached|reviewed|evaluated|referred)\b[^.;\d]{{0,60}}?({_NUMBER})\s|"
    rf"({_NUMBER})\s[^.;\d]{{0,60}}?\b(?:were|was)\s(?:initially\s)?(?:screened|assessed|identified|approached|"
    rf"evaluated|referred)\b", re.I,
)  # fmt: skip
_OUT = re.compile(
    r"exclud|declin|refus|withdr|not (?:meet|fulfil|eligible|elig|have|be)|ineligib|lost|had |were lost|left|"
    r"missing|without|"
    r"insufficient|incomplete|no baseline|never|fail|for other reasons|other reasons|did not", re.I,
)  # fmt: skip
_SAID = re.compile(r"exclud|declin|refus|withdr|ineligib|not (?:meet|fulfil|eligible)|did not|for other reasons", re.I)
SAID, UNSAID = 0.8, 0.35
"""How far reasons may be from what is missing, as a share of it, with and without words of exclusion."""

_IN = re.compile(
    rf"(?:remaining|leaving|leaves|(?:which|that) left|resulting in|thus,?|(?:,|;|"
    rf"and) finally)\s+(?:a (?:final )?(?:cohort|total|sample) of\s+|the\s+|us with\s+)?"
    rf"(?P<a>{_NUMBER})|(?P<b>{_NUMBER})\s(?:[a-z]+ ){{0,3}}?(?:were|was)\s(?:finally |then |eventually )?"
    rf"(?:randomi[sz]ed|analy[sz]ed|included|enrolled|enroled|studied|eligible)|the (?:other|"
    rf"remaining)\s+(?P<c>{_NUMBER})",
    re.I,
)  # fmt: skip
_KEPT = re.compile(
    r"\s*(?:of (?:them|these|whom)\s+|[a-z]+\s+){0,2}?(?:were|was|who)?\s*(?:eligible|met\b|fulfilled|consented|agreed|"
    r"completed|received|underwent|assigned|allocated|randomi[sz]ed|in the|to (?:the )?[a-z]+ (?:group|arm))", re.I,
)  # fmt: skip
_ASIDE = re.compile(r"\([^)]*\)")


class Count(NamedTuple):
    """A count in a sentence, with its offsets in the document."""

    value: int
    start: int
    end: int


def flow(reading: Reading) -> Iterator[Finding]:
    """Check the sentences that start from a number of patients and end with those included."""
    every = list(lines(reading, ("methods", "results", "abstract", "body")))
    for index, line in enumerate(every):
        words = _blank(line.words)
        first = _START.search(words) or _SCREENED.search(words)
        if first is None:
            continue
        group = 1 if first[1] else 2
        start = _count(words, first.start(group), first.end(group), line.start)
        after = every[index + 1] if index + 1 < len(every) and every[index + 1].section == line.section else None
        yield from _sentence(
            reading, words, line.start, start, after.words if after else "", after.start if after else 0
        )


def _sentence(
    reading: Reading, words: str, offset: int, total: Count, later: str, later_offset: int
) -> Iterator[Finding]:
    counts = [c for c in _counts(words, offset) if c.start > total.start]
    left = _left(words, offset)
    if left is None:
        second = _blank(later)
        match = re.match(r"\s*(?:The remaining|Th(?:is|ese) left|Thus|Finally|The other)\b", second)
        left = _left(second, later_offset) if match else None
    excluded = _excluded(words, offset)
    reasons = [
        c for c in counts if c not in (excluded, left) and (left is None or c.start < left.start or left.start < offset)
    ]
    if left is not None and left.start < total.end:
        return
    in_list = [c for c in reasons if excluded is None or c.start > excluded.start]
    if excluded is not None and len(in_list) > 1 and ":" in words[excluded.end - offset :]:
        found = sum(c.value for c in in_list)
        listed = found == excluded.value or some_add_up(in_list, excluded.value)
        rest = left is None or total.value - excluded.value == left.value
        if listed and rest:
            return
        told = [] if listed else [f"the reasons add up to {found}, not {excluded.value}"]
        if not rest and left is not None:
            told.append(f"{total.value} - {excluded.value} = {total.value - excluded.value}, not {left.value}")
        if not listed and left is not None and total.value - found == left.value:
            told = [f"{total.value} less the reasons, {found}, leaves {left.value}; {excluded.value} does not fit"]
        yield _finding(reading, total, [excluded, *in_list], left, "; ".join(told))
    elif left is not None and left.value < total.value:
        wanted = total.value - left.value
        parts = [
            c
            for c in reasons
            if c.start > total.start and (left.start < offset or c.start < left.start or c.start > left.end)
        ]
        if excluded is not None and excluded.value == wanted:
            return
        parts = [*([excluded] if excluded is not None else []), *parts]
        parts = list(dict.fromkeys(parts))
        if not parts or not _OUT.search(words) or some_add_up(parts, wanted):
            return
        if (len(parts) == 1 and excluded is None) or any(_KEPT.match(words[c.end - offset :]) for c in parts):
            return  # a step between is told as well
        found = sum(c.value for c in parts)
        share = SAID if _SAID.search(words) else UNSAID
        if abs(found - wanted) > max(3, share * wanted):
            return  # the numbers are about something else than the flow
        told_ = f"{total.value} - {found} = {total.value - found}, not {left.value}"
        yield _finding(reading, total, parts, left, told_)


def _finding(reading: Reading, total: Count, parts: list[Count], left: Count | None, said: str) -> Finding:
    quotes = [(total.start, total.end), *((c.start, c.end) for c in parts)]
    if left is not None:
        quotes.append((left.start, left.end))
    return reading.finding(
        "FLOW", "error", f"flow of patients: {said}",
        "a patient may have had several reasons, or a step of the flow is not mentioned", quotes=tuple(quotes),
    )  # fmt: skip


def some_add_up(parts: list[Count], wanted: int) -> bool:
    """Say whether all parts, or some of them, add up to what is wanted: others may be named for another purpose."""
    if len(parts) > 12:
        return True
    return any(
        sum(c.value for c in some) == wanted for k in range(1, len(parts) + 1) for some in combinations(parts, k)
    )


def _excluded(words: str, offset: int) -> Count | None:
    match = re.search(rf"({_NUMBER})\s(?:[a-z]+ ){{0,2}}(?:were |was )?excluded", words)
    match = match or re.search(rf"excluded\s({_NUMBER})\b", words)
    return _count(words, match.start(1), match.end(1), offset) if match else None


def _left(words: str, offset: int) -> Count | None:
    found = list(_IN.finditer(words))
    if not found:
        return None
    match = found[-1]
    name = next(n for n in ("a", "b", "c") if match[n])
    return _count(words, match.start(name), match.end(name), offset)


def _counts(words: str, offset: int) -> list[Count]:
    return [
        _count(words, m.start(), m.end(), offset)
        for m in _COUNT.finditer(words)
        if not _NOT_A_COUNT.match(words[m.end() :]) and not _is_year(m[0], words, m.start())
        and not re.search(r"(?:[<>≥≤=±]|stages?|grades?|aged|than|within|least|below|above|table|figure|step|"
                          r"version|type|for|after)\s*$", words[: m.start()], re.I)
    ]  # fmt: skip


def _is_year(text: str, words: str, start: int) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", text)) and bool(
        re.search(r"(?:in|since|from|to|and|until|by|January|February|March|April|May|June|July|August|September|October|"
                  r"November|December|\d)\s*$", words[:start])
    )  # fmt: skip


def _count(words: str, start: int, end: int, offset: int) -> Count:
    text = words[start:end].replace(",", "")
    return Count(int(text) if text.isdigit() else NUMBER_WORDS[text.lower()], offset + start, offset + end)


def _blank(words: str) -> str:
    """Blank what stands in round brackets, length kept."""
    return _ASIDE.sub(lambda m: " " * len(m[0]), words)
