"""The number ledger: every number of a document is extracted, not used with a reason, or unreviewed; they add up."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple

from evsynth.scan.document import Document
from evsynth.scan.plain import fold
from evsynth.scan.reasons import Reason, reasons
from evsynth.scan.statistics.reported import Reported
from evsynth.text.expressions import Expression

State = Literal["extracted", "not used", "unreviewed"]
_STATES: tuple[State, ...] = ("extracted", "not used", "unreviewed")

_NUMBER = Expression(r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|(?<![0-9A-Za-z)\]])\.[0-9]+")
_SETTINGS = {
    "time": "time or duration in the methods or the introduction",
    "follow-up": "time or duration in the methods or the introduction",
    "dose": "dose of a regimen in the methods or the introduction",
    "score range": "range of a scale in the methods",
    "range": "range of a scale in the methods",
    "eligibility": "limit in the methods",
}
_PLANNED = Expression(
    r"\bpower\b.{0,200}(?:detect|difference|sample)|sample size|(?:detect|difference).{0,200}\bpower\b",
    re.IGNORECASE | re.DOTALL,
)
_POINT = Expression(
    r"(?:\b(?:at|after|over|within|during|every|first|to|from|than|of)[ \n](?:the[ \n])?(?:first[ \n])?|"
    r"baseline and |-)\Z",
    re.IGNORECASE,
)


class Entry(NamedTuple):
    """One number of the document; a number word counts where it states a result. `because` is empty if unreviewed."""

    start: int
    end: int
    text: str
    state: State
    because: str


class Ledger(NamedTuple):
    """All numbers of one document, in order."""

    document: str
    entries: tuple[Entry, ...]

    def of(self, state: State) -> tuple[Entry, ...]:
        """Give the entries in one state."""
        return tuple(entry for entry in self.entries if entry.state == state)

    @property
    def unreviewed(self) -> tuple[Entry, ...]:
        """Numbers that nobody has placed yet."""
        return self.of("unreviewed")

    @property
    def totals(self) -> dict[str, int]:
        """Count found, extracted, not used and unreviewed; the last three add up to the first."""
        count = Counter(entry.state for entry in self.entries)
        return {"found": len(self.entries)} | {s: count[s] for s in _STATES}

    @property
    def classes(self) -> dict[str, int]:
        """Count the numbers not used by reason, the most frequent first."""
        count = Counter(entry.because for entry in self.of("not used"))
        return dict(sorted(count.items(), key=lambda pair: (-pair[1], pair[0])))


class Span(NamedTuple):
    """A stretch of the document that a study file accounts for: a number taken from it, or numbers set aside."""

    start: int
    end: int
    because: str = ""


class Scanned(NamedTuple):
    """A document taken apart, with its statistics and its ledger, which is kept when it is asked for."""

    document: Document
    reported: tuple[Reported, ...]
    account: Callable[[], Ledger]

    @property
    def ledger(self) -> Ledger:
        """What is used of each number of the document."""
        return self.account()


def ledger(
    document: Document,
    found: Sequence[Reported],
    extracted: Iterable[Span] = (),
    set_aside: Iterable[Span] = (),
) -> Ledger:
    """Account for every number of a document.

    `extracted` are the places of extracted numbers, `set_aside` the quotes that a reviewer listed as not used, each
    with the reason. What is extracted counts as such whatever else could be said of it; the reviewer's reason comes
    next, then the classes that are sure.
    """
    taken, aside = _Cover(extracted), _Cover(set_aside)
    known = _Cover(Span(*reason) for reason in (*reasons(document), *_settings(document, found)))
    entries = []
    for start, end in _numbers(document, found, taken):
        state: State
        if taken.first(start, end) is not None:
            state, because = "extracted", ""
        elif (reason := aside.first(start, end) or known.first(start, end)) is not None:
            state, because = "not used", reason.because
        else:
            state, because = "unreviewed", ""
        entries.append(Entry(start, end, document.text[start:end], state, because))
    return Ledger(document.id, tuple(entries))


def _numbers(document: Document, found: Sequence[Reported], taken: _Cover) -> list[tuple[int, int]]:
    """List the places of all numbers: digits, and words that a finder read as a number or a study extracted."""
    places = {(m.start(), m.end()) for m in _NUMBER.finditer(fold(document.text))}
    for reported in found:
        for figure in reported.figures:
            if not any(c.isdigit() for c in document.text[figure.start : figure.end]):
                places.add((figure.start, figure.end))
        if reported.sort == "count" and reported.measure == "none":
            places.add((reported.start, reported.start + len(document.text[reported.start : reported.end].split()[0])))
    for span in taken.spans:
        if not any(c.isdigit() for c in document.text[span.start : span.end]):
            clear = not any(span.start < end and start < span.end for start, end in places)
            if clear:
                places.add((span.start, span.end))
    return sorted(places)


def _settings(document: Document, found: Sequence[Reported]) -> list[Reason]:
    """Give the reasons that follow from what kind of result a number belongs to."""
    result = []
    for reported in found:
        if reported.measure == "threshold":
            result.append(Reason(reported.start, reported.end, "level of significance"))
        if reported.sort in ("date", "window"):
            figures = {o for figure in reported.figures for o in range(figure.start, figure.end)}
            days = [o for o in range(reported.start, reported.end) if o not in figures]
            result += [Reason(o, o + 1, "part of a calendar date") for o in days]
            if reported.sort == "date" and reported.spot.role != "results":
                result.append(Reason(reported.start, reported.end, "calendar date"))
        because = _SETTINGS.get(reported.sort)
        if because and reported.spot.role in ("methods", "background") and reported.spot.table is None:
            result.append(Reason(reported.start, reported.end, because))
        elif reported.sort in ("time", "follow-up") and reported.spot.table is None:
            before = document.plain[max(0, reported.start - 24) : reported.start]
            if _POINT.search(before) or re.search(r"[0-9a-z]-[a-z]", document.plain[reported.start : reported.end]):
                result.append(Reason(reported.start, reported.end, "time that a sentence names"))
    for sentence in document.sentences:
        words = document.words(sentence)
        if document.sections[sentence.section].role == "methods" and _PLANNED.search(words):
            result.append(Reason(sentence.start, sentence.end, "sample size planned"))
    for section in document.sections:
        if section.role == "background":
            for sentence in document.sentences:
                cited = re.search(
                    r"\([0-9]{1,3}(?:[,-][ 0-9]+)*\)|\[[0-9]|et al|(?:19|20)[0-9]{2}\)", document.words(sentence)
                )
                if section.body <= sentence.start < section.end and cited:
                    result.append(Reason(sentence.start, sentence.end, "cited from another study, in the introduction"))
    return result


class _Cover:
    """Stretches of text, looked up by place; of several the one given first."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans = tuple(span for span in spans if span.end > span.start)
        self._ordered = sorted(range(len(self.spans)), key=lambda i: self.spans[i].start)
        self._starts = [self.spans[i].start for i in self._ordered]
        longest = 0
        self._reach = []
        for i in self._ordered:
            longest = max(longest, self.spans[i].end)
            self._reach.append(longest)

    def first(self, start: int, end: int) -> Span | None:
        """Give the first span that shares a character with [start, end)."""
        best: int | None = None
        for k in range(bisect_right(self._starts, end - 1) - 1, -1, -1):
            if self._reach[k] <= start:
                break
            i = self._ordered[k]
            if self.spans[i].end > start and (best is None or i < best):
                best = i
        return self.spans[best] if best is not None else None
