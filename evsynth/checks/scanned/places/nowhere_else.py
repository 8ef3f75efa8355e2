"""A number of the abstract, or of the paper's own results in the discussion, that stands nowhere else in the paper."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from evsynth.checks.scanned.facts.concluding import stems
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("NOWHERE_ELSE",)

_NUMBER = Expression(
    r"(?:(?<![\w.,·/-])[-−]?|(?<=[0-9]-))"
    r"(?P<whole>[0-9]{1,3}(?:[,\u2009\u202f\u00a0 ][0-9]{3})+(?![0-9])|[0-9]+)?(?P<part>[.·][0-9]+)?"
    r"(?P<percent>\s?%|\s?per ?cent\b)?(?![\w·])"
)
_LEVEL = Expression(r"\s*-?\s*(?:CI\b|confidence|credible|CrI|limits?\b|predict|two-sided|one-sided|power)", re.I)
_OWN = Expression(
    r"\b(?:our|we|the present|this)\b[^.]{0,40}\b(?:study|cohort|trial|series|patients|found|"
    r"observed|data|results)\b",
    re.I,
)
_OTHERS = Expression(
    r"\b(?:et al|previous\w*|earlier|others|literature|meta-analys\w+|reported|another|"
    r"published)\b|\[[0-9,; -]+\]|\([A-Z][a-z]+[^()]*(?:19|20)[0-9]{2}\)"
)


_COUNTED, _SORTS = frozenset({"count", "of"}), frozenset({"count", "count percent", "count of", "percent of"})
FEW = 13
"""Smaller counts stand in every paper somewhere."""


class _Number(NamedTuple):
    value: Decimal
    decimals: int
    percent: bool
    text: str
    spot: Spot


def nowhere_else(reading: Reading) -> Iterator[Finding]:
    """Look for decimals, percentages and counts of the abstract in the rest of a full text, and name those missing.

    A number is found when another rounds to it, or is what it leaves to 100 %, or when two numbers of one sentence
    differ by it, add to it (counts) or give it as a percentage. A note; a concern where one of a similar sentence
    of results differs by one digit or an exchange of two. Left alone: levels of confidence, P values given as
    limits, sentences on other studies.
    """
    document = reading.document
    if document.kind != "full text":
        return
    abstract = [x for x in lines(reading, ("abstract",)) if document.sections[x.section].part not in ("background",)]
    discussed = [x for x in lines(reading, ("discussion", "conclusion")) if not _OTHERS.search(x.words)]
    discussion = [x for x in discussed if _OWN.search(x.words)]
    body = _body(reading)
    if len(body) < 20 or not abstract:
        return
    known = sorted(body)
    counted = {f.start for r in reading.reported for f in r.figures if f.statistic in _COUNTED and r.sort in _SORTS}
    told = list(lines(reading, ("results", "methods", "body")))
    for line in (*abstract, *discussed):
        alone = [
            number
            for number in _numbers(line)
            if _looked_for(number, line, counted) and not _known(number, known) and not _derived(number, line, told)
        ]
        if not alone:
            continue
        near = [found for number in alone for found in [_similar(number, line, told)] if found]
        if line.role != "abstract" and line not in discussion and not near:
            continue  # it may be about another study
        instead = f"; a similar sentence prints {', '.join(n.text for n in near)}" if near else ""
        where = "abstract" if line.role == "abstract" else "discussion"
        yield reading.finding(
            "NOWHERE_ELSE", "concern" if near else "note",
            f"{', '.join(n.text for n in alone)}, told in the {where}, stand{'s' * (len(alone) == 1)} nowhere else in "
            f"the paper{instead}",
            "it may be computed from numbers that are printed, or stand in a supplement; or be left over from a draft",
            quotes=tuple(n.spot for n in (*alone, *near)),
        )  # fmt: skip


def _numbers(line: Line) -> Iterator[_Number]:
    for match in _NUMBER.finditer(line.words):
        if not match["whole"] and not match["part"]:
            continue
        if match["percent"] and _LEVEL.match(line.words, match.end()):
            continue
        whole = re.sub(r"\D", "", match["whole"] or "0")
        part = (match["part"] or "").replace("·", ".")
        yield _Number(
            Decimal(whole + part), max(0, len(part) - 1), bool(match["percent"]), match[0].strip(), line.piece(match)
        )


def _looked_for(number: _Number, line: Line, counted: set[int]) -> bool:
    before = line.words[max(0, number.spot[0] - line.start - 3) : number.spot[0] - line.start]
    if re.search(r"[<>≤≥]\s*$", before):
        return False
    if number.spot[0] in counted:
        return number.value >= FEW
    return number.decimals > 0 or (number.percent and number.value > 0)


def _body(reading: Reading) -> set[Decimal]:
    document = reading.document
    found: set[Decimal] = set()
    skipped = [
        (s.start, s.end)
        for s in document.sections
        if s.role in ("abstract", "discussion", "conclusion", "references", "title")
    ]
    for match in _NUMBER.finditer(document.plain):
        if (match["whole"] or match["part"]) and not any(a <= match.start() < b for a, b in skipped):
            found.add(Decimal(re.sub(r"\D", "", match["whole"] or "0") + (match["part"] or "").replace("·", ".")))
    return found


def _known(number: _Number, known: list[Decimal]) -> bool:
    return any(
        _printed(v, number, known) for v in ((number.value, 100 - number.value) if number.percent else (number.value,))
    )


def _printed(value: Decimal, number: _Number, known: list[Decimal]) -> bool:
    half = Decimal(5).scaleb(-number.decimals - 1)
    at = bisect_left(known, value - half)
    return at < len(known) and known[at] <= value + half


def _derived(number: _Number, line: Line, told: list[Line]) -> bool:
    """Say whether two numbers of one sentence, here or in the results, differ by it, or give it as a percentage."""
    half = Decimal(11).scaleb(-number.decimals - 1)
    for source in (line, *told):
        values = [n for n in _numbers(source) if n.spot != number.spot]
        for i, a in enumerate(values):
            for b in values[i + 1 :]:
                alike = a.percent == b.percent and a.decimals == b.decimals
                if alike and abs(abs(a.value - b.value) - number.value) <= half:
                    return True
                if alike and a.decimals == 0 and not a.percent and a.value + b.value == number.value:
                    return True
                low, high = sorted((a.value, b.value))
                if high >= FEW and not (a.decimals or b.decimals) and abs(100 * low / high - number.value) <= half:
                    return True
    return False


def _similar(number: _Number, line: Line, told: list[Line]) -> _Number | None:
    """Give the number of a sentence of results with three stems in common that differs by one digit or an exchange."""
    own = stems(line.words)
    for other in sorted(told, key=lambda x: -len(own & stems(x.words))):
        if len(own & stems(other.words)) < 3:
            return None
        for candidate in _numbers(other):
            if (
                candidate.percent == number.percent
                and candidate.decimals == number.decimals
                and _one_slip(candidate.text, number.text)
            ):
                return candidate
    return None


def _one_slip(one: str, two: str) -> bool:
    return len(one) == len(two) and (
        sum(a != b for a, b in zip(one, two, strict=True)) == 1 or sorted(one) == sorted(two)
    )
