"""'Its confidence interval included zero', 'the interval excluded the MCID', against the interval that is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.concluding import stems
from evsynth.checks.scanned.facts.effects import NUMBER, SIGNED, Effect, effects, number
from evsynth.checks.scanned.facts.estimates_known import Estimate, estimates_known
from evsynth.checks.scanned.facts.thresholds import Threshold, thresholds
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding, Severity
from evsynth.text.expressions import Expression

CODES = ("INTERVAL_SAID",)

_ABOUT = r"(?:confidence|credible|uncertainty)\s(?:intervals?|limits?)|(?:95\s?%\s?)?(?:CI|CrI)s?|intervals?"
_NO = r"(?:did|does|do|was|were|is|are|could|can)\s?(?:not|n't)\s"
_HOLD = (
    r"includ(?:e[sd]?|ing)|contain(?:s|ed|ing)?|cross(?:es|ed|ing)?|spann?(?:s|ed|ing)?|cover(?:s|ed)?|"
    r"embrac(?:e[sd]?|ing)|encompass(?:es|ed|ing)?|straddl(?:e[sd]?|ing)|bridg(?:e[sd]?|ing)|overlap(?:s|ped|ping)?|"
    r"comprise[sd]?|allow(?:s|ed) for|permit(?:s|ted)|(?:was|were|is|are) (?:also )?(?:compatible|consistent) with"
)
_OUT = (
    r"exclud(?:e[sd]?|ing)|rul(?:e[sd]?|ing) out|avoid(?:s|ed)?|miss(?:es|ed)|clear(?:s|ed) of|(?:was|were|is|"
    r"are) (?:incompatible|inconsistent) with"
)
_NULL = (
    rf"(?P<zero>zero|0(?:\.0+)?(?![\d.,%]))|(?P<one>one(?! (?:of|[a-z]+s)\b)|unity|1(?:\.0+)?(?![\d.,%]))|"
    r"(?P<null>(?:the )?(?:null(?: value| effect)?|line of no effect|no[ -](?:effect|difference|association|"
    r"benefit|change)|(?:value|line|point|possibility) of (?:there being )?no "
    r"(?:effect|difference|association|benefit)|absence of (?:an?|any) (?:effect|association|difference|benefit)|"
    r"equality|equivalence|parity(?! of)|chance findings?|"
    r"neutrality|null hypothesis))|"
    rf"(?P<mcid>(?:the |this |that |our )?(?:MCID|MID|minimal(?:ly)? (?:clinically )?important (?:difference|change)|"
    rf"threshold|margin)(?: of (?P<size>{NUMBER}))?)|"
    rf"(?P<number>(?<![\d.])-?{NUMBER})(?=\s(?:points?|mm|m|%|percentage))"
)
_CLAIM = Expression(
    rf"\b(?:{_ABOUT})\b[^.;:()\d]{{0,40}}?\b(?:(?P<not>{_NO}(?:quite\s)?(?:{_HOLD}|reach|compatible with|"
    rf"consistent with|include|contain|cover|embrace|straddle)|(?<!not\s)(?:{_OUT}))|"
    rf"(?P<fail>{_NO}(?:exclude|rule out)|fail(?:s|ed) to (?:exclude|rule out))|(?P<yes>{_HOLD}))\s(?:both\s|"
    rf"also\s)?(?:{_NULL})(?![\w-])",
    re.I,
)  # fmt: skip
_HEDGED = Expression(
    r"\b(?:if|whether|would|should|may|might|could|when|unless|until|provided|considered|defined|all|each|"
    r"neither|both|"
    r"some|most|several|none|two|three|four|five|whose|which|where|means?|previous\w*|et al|trials|studies)\b", re.I,
)  # fmt: skip
_TIME = Expression(
    r"\b(?P<n>\d+|one|two|three|four|five|six|nine|ten|twelve)[- ](?P<unit>day|week|month|year)s?\b|"
    r"\b(?P<unit2>day|week|month|year)s? (?P<n2>\d+)\b", re.I,
)  # fmt: skip
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "nine": 9, "ten": 10, "twelve": 12}
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 360}
_SHORT = Expression(r"\b(?!CI\b|MCID\b|MID\b|SD\b|CrI\b)[A-Z][A-Za-z0-9-]*[A-Z0-9]\b")
_TWO = (
    rf"[(\[]\s?(?:from\s)?(?P<low>{SIGNED})\s?%?\s?(?:to|-|,|;|and)\s?(?P<high>{SIGNED})\s?(?:%|"
    rf"[A-Za-z/]{{1,8}})?\s?[)\]]"
)
_BEHIND = Expression(rf"[^.;()\[\]\d]{{0,25}}{_TWO}")
_INSIDE = Expression(_TWO)
"""An interval in brackets behind a claim, or within it: "the interval included unity (1.04 to 1.52)"."""
MOST = 3
"""Intervals, at most, that a sentence without numbers may be about."""


def interval_said(reading: Reading) -> Iterator[Finding]:
    """Compare what is said of an interval with the one of the sentence, or that of the value told in it.

    Without either: with every interval of the measure that a threshold is for, at the time of the sentence. All that
    may be meant must contradict. Left alone: conditions, several intervals at once, other studies, limits that round
    to the value.
    """
    known: list[Estimate] | None = None
    last: Line | None = None
    for line in lines(reading, ("abstract", "results", "body", "discussion", "conclusion")):
        before, last = last, line
        if "nterval" not in line.words and "CI" not in line.words and "limit" not in line.words:
            continue
        for match in _CLAIM.finditer(_without_limits(line)):
            if _HEDGED.search(_clause(line.words, match)):
                continue
            known = list(estimates_known(reading)) if known is None else known
            meant, severity = _meant(line, match, known, reading)
            if not meant and before is not None and not re.search(r"\d", line.words):
                meant, severity = _of_sentence_before(before, line), "inconsistent"
            held = match["yes"] is not None or match["fail"] is not None
            wrong = [e for e in meant if (side := _says(e, match, reading)) is not None and side != held]
            if wrong and len(wrong) == len(meant):
                shown = ", ".join(f"{e.low} to {e.high}" for e in wrong[:3])
                yield reading.finding(
                    "INTERVAL_SAID", severity,
                    f"'{' '.join(match[0].split())}' is inconsistent with {shown}",
                    "another interval may be meant; otherwise the word, a limit or its sign is misprinted",
                    quotes=(line.piece(match), *(e.spot for e in wrong[:3])),
                )  # fmt: skip


def _without_limits(line: Line) -> str:
    """Give the words with letters for the digits of intervals: "the interval, 0.9 to 2.5, excluded 1"."""
    words = line.words
    for e in effects(line):
        start = e.start - line.start
        at = (words.rfind(" ", 0, start) + 1 if e.value is None else start, e.end - line.start)
        piece = words[at[0] : at[1]]
        low = piece.rfind(e.low.text)
        if low >= 0:
            words = words[: at[0] + low] + re.sub(r"[\d.]", "x", piece[low:]) + words[at[1] :]
    return _INSIDE.sub(lambda m: re.sub(r"[\d.()\[\];]", "x", m[0]), words)


def _clause(words: str, match: re.Match[str]) -> str:
    """Give what stands between the last break before a claim and its end, without brackets."""
    bare = re.sub(r"\([^()]*\)", lambda m: " " * len(m[0]), words[: match.end()])
    return re.split(r"[;:,]\s", bare)[-1]


def _meant(
    line: Line, match: re.Match[str], known: list[Estimate], reading: Reading
) -> tuple[list[Estimate], Severity]:
    """Give the intervals that a sentence can be about, and how sure that is."""
    own = [e for e in effects(line) if e.low.value < e.high.value]
    if not own and (behind := _BEHIND.match(line.words, match.end())) is not None:
        low, high = number(behind["low"]), number(behind["high"])
        ratio = True if match["one"] else False if match["zero"] else None
        if low.value < high.value and ratio is not None:
            at = line.start + behind.start("low"), line.start + behind.end("high")
            return [Estimate(low, low, high, ratio, None, frozenset(), "", at)], "inconsistent"
    first = max(0, match.start() - 5)
    if not own and (inside := _INSIDE.search(line.words, first, match.end())) is not None:
        low, high = number(inside["low"]), number(inside["high"])
        ratio = True if match["one"] else False if match["zero"] else None
        if low.value < high.value and ratio is not None:
            spot = line.start + inside.start("low"), line.start + inside.end("high")
            return [Estimate(low, low, high, ratio, None, frozenset(), "", spot)], "inconsistent"
    if own:
        before = [e for e in own if e.end <= line.start + match.start()]
        one = own if len(own) == 1 else before[-1:]
        gap = line.words[one[0].end - line.start : match.start()] if one and before else ""
        if not one or re.search(r";|\bwhereas\b|\bwhile\b|\bbut\b|\balthough\b", gap):
            return [], "concern"
        return [_estimate(one[0])], "inconsistent"
    told = [m[0] for m in re.finditer(r"(?<![\w.,])-?\d+\.\d+(?![\d.])", line.words[: match.start()])]
    by_value = [e for e in known if e.value.text in told]
    if by_value:
        return by_value, "concern"
    if match["mcid"] is None:
        return [], "concern"
    limit = _threshold(reading, match)
    if limit is None:
        return [], "concern"
    names, when = limit.measures, _times(line.words)
    found = [
        e for e in known
        if names & set(_SHORT.findall(_label(e))) and (not when or when & (_times(_label(e)) | _around(reading, e)))
        and not e.ratio
    ]  # fmt: skip
    return (found if len({e.value.text for e in found}) <= MOST else []), "concern"


def _estimate(e: Effect) -> Estimate:
    ratio = True if e.kind == "ratio" else False if e.kind == "difference" else None
    return Estimate(e.value or e.low, e.low, e.high, ratio, e.p, frozenset(), "", e.spot)


def _of_sentence_before(before: Line, line: Line) -> list[Estimate]:
    """Give the interval that the sentence right before prints, where it prints one only."""
    own = [e for e in effects(before) if e.low.value < e.high.value]
    return [_estimate(e) for e in own] if len(own) == 1 and 0 <= line.start - before.end < 4 else []


def _label(e: Estimate) -> str:
    return e.words.split(" | ")[0]


def _around(reading: Reading, e: Estimate) -> frozenset[int]:
    sentence = reading.document.sentence_at(e.spot[0]) if e.table is None else None
    return _times(reading.document.words(sentence)) if sentence is not None else frozenset()


def _times(words: str) -> frozenset[int]:
    found = set()
    for m in _TIME.finditer(words):
        n, unit = (m["n"] or m["n2"]).lower(), (m["unit"] or m["unit2"]).lower()
        found.add((_WORDS.get(n) or int(n)) * _DAYS[unit])
    return frozenset(found)


def _threshold(reading: Reading, match: re.Match[str]) -> Threshold | None:
    found = list(thresholds(reading))
    return found[0] if len({t.size for t in found}) == 1 else None


def _says(e: Estimate, match: re.Match[str], reading: Reading) -> bool | None:
    """Say whether an interval holds the value named; None where that is open."""
    if match["zero"]:
        values = [0.0] if e.ratio is not True else []
    elif match["one"]:
        values = [1.0] if e.ratio is not False and float(e.low) > 0 else []
    elif match["null"]:
        values = [e.null] if e.ratio is not None else []
    else:
        limit = None if match["size"] or match["number"] else _threshold(reading, match)
        size = match["size"] or match["number"] or (str(limit.size) if limit else "")
        if not size or e.ratio is not False:
            return None
        limit_of = float(size.replace(",", ""))
        values = [limit_of] if limit_of < 0 else [limit_of, -limit_of]
    if not values or any(abs(v - float(x)) < 0.6 * 10.0**-x.decimals for v in values for x in (e.low, e.high)):
        return None
    return any(e.holds(v) for v in values)


__all__ = ["CODES", "Spot", "interval_said", "stems"]
