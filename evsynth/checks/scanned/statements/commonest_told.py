"""'Colitis was the most frequent problem' against 'skin toxicity in 23, colitis in 14, thyroiditis in 11'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.concluding import stems
from evsynth.checks.scanned.facts.lists import entries, tallies
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("COMMONEST_CONTRADICTS",)

_FIRST = r"(?:commonest|leading|main|chief|principal|foremost|predominant|number one|top)"
_HOW = r"(?:common|frequent|prevalent|often (?:seen|used|reported|affected|given)|numerous|frequently \w+|commonly \w+)"
_IS = r"(?:was|were|is|are|being|proved|remained)"
_CLAIM = (
    Expression(
        rf"(?:^|[.;:,]|\b(?:and|with|that|but|while|whereas)\b)\s*(?:the )?(?P<name>[A-Za-z][\w' -]{{2,50}}?),? "
        rf"(?:again |also |by far |once more )*(?:{_IS} (?:again |also |by far |therefore |thus |now |"
        rf"still |clearly )*)?(?:the |our )?"
        rf"(?:single )?(?:(?P<least>least {_HOW}|rarest)|most {_HOW}|{_FIRST}|(?:ranked|came) (?:first|top)|(?:headed|"
        rf"topped) the list)\b(?P<what>[^.;,()]{{0,60}})", re.I,
    ),
    Expression(
        rf"\b(?:the |our )(?:single )?(?:(?P<least>least {_HOW}|rarest)|most {_HOW}|"
        rf"{_FIRST})\b(?P<what>[^.;,()]{{0,50}}?) "
        rf"{_IS} (?:again |by far )?"
        rf"(?:the |an? )?(?P<name>[A-Za-z][\w' -]{{2,40}}?)(?=\s*(?:[.;,(]|and\b|in\b|followed\b|with\b|at\b|$))", re.I,
    ),
)  # fmt: skip
_NOT = Expression(
    r"\b(?:one of|among|second|third|next|at least|not|no|other|remaining|rest|severe|serious|grade|previous\w*|et al|"
    r"reported|had|literature|studies|worldwide|elsewhere|others|may|might|whereas in|in contrast)\b|\d", re.I,
)  # fmt: skip
_ADVERB = Expression(r"\b(?:thus|hence|therefore|also|again|so|being|was|were)\b", re.I)
_HENCE = Expression(r"\b(?:thus|hence|therefore|so that|i\.e\.|that is)\b", re.I)
_BARE = Expression(
    r"(?:^|[:;,.]|\band\b)\s*(?:and )?(?P<label>[A-Za-z][A-Za-z' -]{2,50}?) (?P<k>\d{1,5}) "
    r"[(\[]\d{1,3}(?:[.·]\d+)? ?%[)\]]"
)
"""An item of "headache 38 (15.8%), myalgia 22 (9.2%), fever 9 (3.8%)"."""
_BRACKETED = Expression(
    r"(?P<label>[A-Za-z][^()\d;.]{2,70}?)\s?[(\[]\s?(?:n\s?=\s?)?(?P<k>\d{1,5})(?:\s[a-z]+)?(?:\s?[,;/:]\s?[\d.·]+\s?%)"
    r"\s?[)\]]"
)
_WHOLE = Expression(r"\b(?:total|all|overall|other|others|unknown|both|any|more than one|several|none)\b", re.I)
_BEHIND = Expression(r"(?:\b(?:in|of|for|with|was|were|had|by|among|at)|[:=,(\[])\s*(?:the )?$", re.I)
_SOME = Expression(r"\b(?:severe|serious|grade|first|second|third|death|fatal|year|month|group|women|men)\w*\b", re.I)


_SCOPE = Expression(r"(?:^|[.;]\s)\s*(?:under|among|of|within) [^.;]{3,60},", re.I)
"""A part that the most common thing is one of: "among the metastases, ..."."""
_GATHERED = Expression(
    r"\b(?:samples|specimens|records|articles|reports)\b[^.;]{0,30}\b(?:collected|taken|found)\b", re.I
)


_SHARED = Expression(r"n\s?=\s?\d+\s?[,;]\s?(\d+(?:\.\d+)?)\s?%")


class _Item(NamedTuple):
    name: frozenset[str]
    label: str
    number: int
    spot: Spot


class _Listed(NamedTuple):
    items: tuple[_Item, ...]
    line: Line
    start: int


def commonest_told(reading: Reading) -> Iterator[Finding]:
    """Hold what is called most common against the lists of counts of which it is an item.

    Its name must stand in one item of one list of three or more, another item of which has a greater count. Left alone:
    second and other ones, parts (severe, first, in women), lists of which two hold the name, other studies.
    """
    lists: list[_Listed] | None = None
    for line in lines(reading, ("abstract", "results", "discussion", "conclusion", "body")):
        if reading.document.sections[line.section].part == "background":
            continue
        for match in (m for pattern in _CLAIM for m in pattern.finditer(line.words)):
            around = re.split(r"[,;.]", line.words[max(0, match.start() - 30) : match.start() + 1])[-1]
            if _NOT.search(match[0]) or re.search(r"\b(?:one of|among|second|not|previous\w*)\b", around):
                continue
            if lists is None:
                lists = list(_lists(reading))
            found = _against(reading, lists, line, match)
            if found is not None:
                yield found
                break


def _against(reading: Reading, lists: list[_Listed], line: Line, match: re.Match[str]) -> Finding | None:
    name = stems(_ADVERB.sub(" ", match["name"]))
    if not name or _SOME.search(match[0]):
        return None
    own = [(x, i) for x in lists for i in x.items if i.name and (name <= i.name or i.name <= name)]
    if len(own) != 1:
        return None
    told, mine = own[0]
    if (
        told.line.whole == line.whole
        and told.items[-1].spot[0] < line.start + match.start()
        and not _HENCE.search(line.words, max(0, match.start() - 12), match.end())
    ):
        return None  # "A 9, B 12, of which most often A": of something else
    more = (min if match["least"] else max)(told.items, key=lambda i: i.number)
    if more.number == mine.number or (more.name & name):
        return None
    if len(match["what"].split()) > 1 and sum((i.number > mine.number) != bool(match["least"]) for i in told.items) < 2:
        return None  # "the most common systemic reaction": the first of the list may be another kind
    if told.line.whole == line.whole and more.spot[0] < line.start + match.start() < mine.spot[0]:
        return None  # "complications in 19, the most common was haematoma in 17": the whole of the list
    if _SCOPE.search(line.words[: match.start() + 1]) or _GATHERED.search(told.line.words):
        return None
    return reading.finding(
        "COMMONEST_CONTRADICTS", "concern",
        f"'{' '.join(match[0].split())}' is inconsistent with {mine.number} for it and {more.number} for {more.label}",
        "another kind of thing, or a part of the patients, may be meant",
        quotes=(line.piece(match), mine.spot, more.spot),
    )  # fmt: skip


def _lists(reading: Reading) -> Iterator[_Listed]:
    for line in lines(reading, ("abstract", "results", "body")):
        if not re.search(r"\d", line.words):
            continue
        labelled = [
            _Item(stems(label := _label(m["label"], ahead=True)), label, int(m["k"]), line.piece(m))
            for m in _BRACKETED.finditer(line.words.replace("\n", " "))
        ]
        bare = list(_BARE.finditer(line.words.replace("\n", " ")))
        if len(bare) > 2 and not labelled:
            labelled = [_Item(stems(m["label"]), m["label"].strip(), int(m["k"]), line.piece(m)) for m in bare]
        if sum(float(m[1]) for m in _SHARED.finditer(line.words)) > 110:
            labelled = []  # no parts of one whole
        if len(labelled) > 2 and all(i.name for i in labelled):
            yield _Listed(tuple(i for i in labelled if not _WHOLE.search(i.label)), line, line.start)
            continue
        for tally in tallies(line.words, entries(line.words)):
            if len(tally.parts) < 3:
                continue
            ahead = all(p.bracketed or _BEHIND.search(g) for p, g in zip(tally.parts[1:], tally.gaps[1:], strict=True))
            ahead = ahead or re.match(r"[\s)%]*(?:$|[.;])", tally.tail) is not None
            texts = tally.gaps if ahead else (*tally.gaps[1:], tally.tail)
            items = []
            for part, text in zip(tally.parts, texts, strict=True):
                label = _label(text, ahead=ahead)
                spot = line.start + part.start, line.start + part.end
                items.append(_Item(stems(label), label, part.value, spot))
            if len(items) > 2 and all(i.name for i in items) and not any(_WHOLE.search(i.label) for i in items[:-1]):
                yield _Listed(tuple(i for i in items if not _WHOLE.search(i.label)), line, line.start)


def _label(text: str, *, ahead: bool) -> str:
    """Give the words of an item: the last phrase before its number, or the first behind it."""
    pieces = [p for p in re.split(r"[,;:.()\[\]]|\band\b|\bor\b", text) if re.search(r"[A-Za-z]{3}", p)]
    words = (pieces[-1] if ahead else pieces[0]).split() if pieces else []
    return " ".join(words[-6:] if ahead else words[:6])
