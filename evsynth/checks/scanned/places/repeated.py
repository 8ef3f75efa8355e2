"""One P value of many digits printed for two different analyses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.statistics import Reported
from evsynth.text.expressions import Expression

CODES = ("REPEATED_P",)

_ENDS = {
    "death": r"\b(?:death|died|mortality|overall survival|survival rate|OS)\b",
    "relapse": r"\b(?:relapse\w*|recurren\w+|RFS)\b",
    "progression": r"\b(?:progression\w*|PFS)\b",
    "exacerbation": r"\bexacerbation\w*\b",
    "hospital": r"\b(?:re-?)?hospitali[sz]ation\w*\b",
    "infection": r"\binfection\w*\b",
    "transplantation": r"\btransplant\w*\b",
    "response": r"\b(?:response|remission)\b",
}  # fmt: skip
_PATTERNS = {name: Expression(pattern, re.I) for name, pattern in _ENDS.items()}


_FLOOR = Expression(r"0?\.0+1?|[1-9](?:\.0+)?|0?\.9+")
_LEFT_OUT = ("discussion", "background", "conclusion", "methods")


def repeated(reading: Reading) -> Iterator[Finding]:
    """Compare exact P values of at least three significant digits that two clauses or legends print."""
    found = [r for r in reading.reported if r.spot.table is None and r.spot.role not in _LEFT_OUT and _odd(r)]
    done: set[str] = set()
    for one in found:
        yield from _again(reading, one, done)
    for one, two in combinations(found, 2):
        a, b = one.figure("p"), two.figure("p")
        if a is None or b is None or a.printed.text != b.printed.text or a.printed.text in done:
            continue
        if one.figure("hazard_ratio") or two.figure("hazard_ratio") or a.printed.decimals < 3:
            continue
        same_sentence = one.spot.sentence is not None and one.spot.sentence == two.spot.sentence
        if (same_sentence and _two_analyses(reading, one, two)) or (
            a.printed.decimals >= 4 and not same_sentence and _other_ends(reading, one, two)
        ):
            done.add(a.printed.text)
            yield _finding(reading, a.printed.text, (a.start, a.end), (b.start, b.end))


def _again(reading: Reading, one: Reported, done: set[str]) -> Iterator[Finding]:
    """Find "P was 0.0252 for A and 0.0252 for B" in one sentence."""
    p, sentence = one.figure("p"), reading.document.sentence_at(one.start)
    if p is None or sentence is None or p.printed.text in done:
        return
    rest = reading.document.prose[p.end : sentence.end]
    match = re.match(
        rf"\s+for (?P<a>[^.;()]{{3,60}}?),? and (?P<p>{re.escape(p.printed.text)}) for (?P<b>[^.;()]{{3,60}})", rest
    )
    if match and match["a"].split()[:2] != match["b"].split()[:2]:
        done.add(p.printed.text)
        yield _finding(reading, p.printed.text, (p.start, p.end), (p.end + match.start("p"), p.end + match.end("p")))


def _finding(reading: Reading, text: str, one: tuple[int, int], two: tuple[int, int]) -> Finding:
    return reading.finding(
        "REPEATED_P", "concern",
        f"P {text} is printed for two analyses, to the last digit the same",
        "two tests can agree so by chance, though seldom; otherwise one was copied", quotes=(one, two),
    )  # fmt: skip


def _odd(r: Reported) -> bool:
    """Say whether a P is exact and has digits enough to be told from others."""
    p = r.figure("p")
    if p is not None and _FLOOR.fullmatch(p.printed.text):
        return False  # what programs print for every smaller P
    return p is not None and not p.printed.bound and (_significant(p.printed.text) >= 3 or p.printed.decimals >= 4)


def _significant(text: str) -> int:
    return len(re.sub(r"[^0-9]", "", text).lstrip("0"))


def _two_analyses(reading: Reading, one: Reported, two: Reported) -> bool:
    """Say whether a sentence gives the P values to two things: "P was 0.0252 for A and 0.0252 for B"."""
    between = reading.document.prose[one.end : two.start]
    after = reading.document.prose[two.end : two.end + 60]
    names = (re.search(r"\bfor\s+([\w -]+)", between), re.match(r"\s*\)?,?\s*for\s+([\w -]+)", after))
    if names[0] and names[1]:
        return names[0][1].split()[:2] != names[1][1].split()[:2]
    found = ends(reading.document.prose[max(0, one.start - 90) : one.start]), ends(between)
    return bool(found[0]) and bool(found[1]) and not found[0] & found[1]


def _other_ends(reading: Reading, one: Reported, two: Reported) -> bool:
    found = ends(_around(reading, one)), ends(_around(reading, two))
    return bool(found[0]) and bool(found[1]) and not found[0] & found[1]


def _around(reading: Reading, r: Reported) -> str:
    document = reading.document
    if r.spot.legend is not None:
        return document.prose[document.legends[r.spot.legend].start : document.legends[r.spot.legend].end]
    sentence = document.sentence_at(r.start)
    start = sentence.start if sentence is not None else max(0, r.start - 100)
    words = document.prose[start : r.start]
    return words[max(words.rfind(";"), words.rfind(", and "), words.rfind(" whereas "), -1) + 1 :]


def ends(words: str) -> set[str]:
    """Give the outcomes that some words name."""
    return {name for name, pattern in _PATTERNS.items() if pattern.search(words)}
