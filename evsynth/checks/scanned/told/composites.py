"""A composite against its components: success needs no bleeding; death or stroke is no rarer than stroke."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.marked import marked, spot
from evsynth.checks.scanned.facts.proportions import Proportion, prints, proportions
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("GROUP_EXCEEDS",)

_NAMED = Expression(
    r"\b(?P<name>success|cure|remission|response|healing|recovery|control|resolution|failure-free|"
    r"responders?|textbook outcome)\b[^.;]{0,40}?\b(?:defined (?:as|by)|required|meant|considered (?:as|if|when)|"
    r"taken (?:as|to be)|was (?:an? )?(?=absence|no\b))(?P<what>[^.;]{5,260})", re.I,
)  # fmt: skip
_ABSENT = Expression(
    r"\b(?:absence of|no|without|free(?:dom)? (?:of|from)|neither)\s"
    r"(?P<x>[A-Za-z][\w-]*(?:\s(?!and\b|or\b|nor\b)[\w-]+){0,2})"
    r"(?:\s(?:and|or|nor)\s(?P<y>[A-Za-z][\w-]*))?"
)
_COMPOSITE = Expression(
    r"\bcomposite(?: \w+){0,4}? (?:of|comprising|consisting of|including|was|\()(?P<what>[^.;]{8,240})", re.I
)
_ITEM = Expression(r",? (?:and|or|and/or) |, ?|; ")
_PLAIN = Expression(
    r"\b(?:further|any|all|new|the|an?|of|from|within|at|by|on|during|non-?fatal|fatal|first|worsening|signs?|evidence|"
    r"active|need|persistent|other|additional|residual|more|occurrence|cause|\d+|days?|weeks?|months?|years?)\b", re.I,
)  # fmt: skip
_WHOLE = Expression(r"\b(?:composite|primary (?:end-?\s?point|outcome|event))\b", re.I)
_ELSE = Expression(r"\b(?:baseline|before|previous|history of|per.protocol|sensitivity|score|ratio)\b", re.I)
_NEXT = Expression(r"[;.]| and [a-z-]+ (?:at|in|was|were|occurred|by) ⟨|, [a-z][a-z -]+ (?:at|in|by) ⟨")


class Told(NamedTuple):
    """Shares told of a thing by group, in order, and the sentence."""

    line: Line
    shares: tuple[Proportion, ...]


def composites(reading: Reading) -> Iterator[Finding]:
    """Compare counts of a composite with those of its components, group by group.

    Found: successes and those with what success excludes are more than all; a component is commoner than the composite.
    Left alone: shares that are not of one number, baselines, and other analyses.
    """
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    for line in every:
        match = _NAMED.search(line.words)
        if match is not None:
            for absent in _ABSENT.finditer(match["what"]):
                for thing in (absent["x"], absent["y"]):
                    if thing:
                        yield from _absent(reading, every, match["name"], thing)
        match = _COMPOSITE.search(line.words)
        if match is not None:
            for thing in _ITEM.split(match["what"]):
                if 2 < len(thing) < 50:
                    yield from _component(reading, every, thing)


def _words(thing: str) -> str | None:
    """Give the words that name a thing: its first word or two without those that say nothing."""
    kept = [w for w in _PLAIN.sub(" ", re.sub(r"\(.*", "", thing)).split() if len(w) > 2]
    return r"\b" + r"[ -]".join(re.escape(w) for w in kept[:2]) if kept else None


def _told(every: list[Line], named: str, exact: bool) -> Iterator[Told]:
    """Give the shares that follow a name in sentences, up to the next thing."""
    for line in every:
        if line.role == "methods" or _ELSE.search(line.words) or not re.search(r"\d", line.words):
            continue
        if not re.search(named, line.words, 0 if exact else re.I):
            continue
        sentence = marked(line.words)
        for begin in re.finditer(named, sentence.text, 0 if exact else re.I):
            after = [s for s in proportions(sentence) if s.events is not None and begin.end() <= s.start]
            end = _NEXT.search(sentence.text, after[0].end) if after else None
            shares = tuple(s for s in after if s.start < (end.start() if end else len(sentence.text)))
            if 0 < len(shares) < 5 and not re.search(r"⟨[cpd]|[.;]", sentence.text[begin.end() : shares[0].start]):
                yield Told(line, shares)


def _absent(reading: Reading, every: list[Line], name: str, thing: str) -> Iterator[Finding]:
    named = _words(thing)
    if named is None:
        return
    whole = [t for t in _told(every, rf"\b{name}", False) if all(s.of is not None for s in t.shares)]
    for part in _told(every, named + r"\b", thing.isupper()):
        for told in whole:
            if told.line is part.line or len(told.shares) != len(part.shares):
                continue
            for good, bad in zip(told.shares, part.shares, strict=True):
                if good.events is None or good.of is None or bad.events is None:
                    continue
                if not _same_base(bad, good.of.whole) or good.events.whole + bad.events.whole <= good.of.whole:
                    continue
                yield reading.finding(
                    "GROUP_EXCEEDS", "inconsistent",
                    f"{good.events.printed} with {name.lower()} and {bad.events.printed} with {thing.strip()}, which "
                    f"{name.lower()} excludes, are more than {good.of.printed}",
                    "they may be of different times; otherwise a digit is misprinted",
                    quotes=(spot(told.line, good.events, good.of), spot(part.line, bad.events)),
                )  # fmt: skip
                return


def _component(reading: Reading, every: list[Line], thing: str) -> Iterator[Finding]:
    named = _words(thing)
    if named is None:
        return
    whole = list(_told(every, _WHOLE.pattern, False))
    for part in _told(every, named + r"\b", thing.strip().isupper()):
        for told in whole:
            if len(told.shares) != len(part.shares) or (told.line is part.line and told.shares == part.shares):
                continue
            for all_, one in zip(told.shares, part.shares, strict=True):
                if all_.events is None or one.events is None or one.events.whole <= all_.events.whole:
                    continue
                if all_.percent is None or one.percent is None:
                    continue
                if float(one.percent.printed) <= float(all_.percent.printed):
                    continue
                yield reading.finding(
                    "GROUP_EXCEEDS", "inconsistent",
                    f"{one.events.printed} with {thing.strip()} are more than the {all_.events.printed} with the "
                    "composite it is part of",
                    "they may be of different times or patients; otherwise a digit is misprinted",
                    quotes=(spot(part.line, one.events), spot(told.line, all_.events)),
                )  # fmt: skip
                return


def _same_base(share: Proportion, of: int) -> bool:
    """Say whether a share can be of a number: by its denominator, or by its percentage."""
    if share.events is None or (share.of is not None and share.of.whole != of):
        return False
    return share.percent is None or prints(share.events.whole, of, share.percent.printed)
