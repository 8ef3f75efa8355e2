"""A number of patients left out and the reasons in brackets or after a colon: "58 were excluded (41 ..., 27 ...)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.numbers.flow import Count, some_add_up
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.numerals import NUMBER_WORDS

CODES = ("FLOW",)

_VALUES = {word: value for word, value in NUMBER_WORDS.items() if value <= 60}
_WORDS = "|".join(w for w, n in sorted(_VALUES.items(), reverse=True) if n)
_NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+|(?:{_WORDS}))"
_LEFT_OUT = re.compile(
    rf"(?<![\w.,/·-])(?P<n>{_NUMBER})(?!\s*%|[.,·/]\d)(?:\s+\w[\w-]*){{0,5}}?\s+"
    r"(?:(?:were|was|had to be|could be|are)\s+)?"
    r"(?:then |subsequently |later |also |initially )?(?P<verb>excluded|not (?:randomi[sz]ed|included|enrolled|"
    r"eligible|"
    r"analy[sz]ed|assessed|evaluable|recruited)|lost(?: to follow-?up)?|withdr[ae]wn?|"
    r"dropped out|discontinued(?: \w+)?|did not (?:complete|participate|enter|attend)[^(:;.\d]{0,40}|died|removed|"
    r"ineligible|screen failures?|left the (?:study|trial)|exclusions|dropouts|withdrawals|deaths)"
    r"(?P<more>[^(:;.\d]{0,45}?)\s*(?P<open>[(:])\s*", re.I,
)  # fmt: skip
_FIRST = re.compile(
    rf"\b(?P<verb>we excluded|excluding|exclusion of)\s+(?P<n>{_NUMBER})(?:\s+[a-z-]+){{0,3}}?\s*(?P<open>[(:])\s*",
    re.I,
)
_BREAK = re.compile(rf"\s*[,;]\s*(?:and\s+)?|\s+and\s+(?={_NUMBER}\s)", re.I)
_LEADS = re.compile(rf"(?P<n>{_NUMBER})(?!\s*%|\d|[.,·/]\d|-|\s*(?:years?|months?|weeks?|days?|mg|mL)\b)(?=\s|$)", re.I)
_ENDS = re.compile(r"[a-z][^\d]*?[\s(=:](?P<n>\d+)\)?\s*$", re.I)
_OPEN = re.compile(
    r"\b(?:main(?:ly)?|most(?:ly)?|chiefly|including|includes?|among (?:them|these|others)|e\.g|such as|more than one|"
    r"several reasons|could have|multiple|some|at least|overlap\w*|of whom|of these|respectively|years?|weeks?|months?|"
    r"days?|range|median|mean|Table|Figure|refs?|references?)\b|[=<>≥≤±]|%", re.I,
)  # fmt: skip


_SEVERAL = re.compile(
    r"more than one reason|several reasons|multiple reasons|reasons (?:could|may|can|are not|were not|overlap)|"
    r"not mutually|"
    r"categories overlap|two (?:or more )?reasons", re.I,
)  # fmt: skip


def reasons(reading: Reading) -> Iterator[Finding]:
    """Add up the reasons of every number left out, where the whole list is numbers and words."""
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    for line, after in zip(every, [*every[1:], None], strict=True):
        if _SEVERAL.search(line.words) or (after is not None and _SEVERAL.search(after.words)):
            continue
        for match in (*_LEFT_OUT.finditer(line.words), *_FIRST.finditer(line.words)):
            yield from _list(reading, line, match)


def _list(reading: Reading, line: Line, match: re.Match[str]) -> Iterator[Finding]:
    rest = line.words[match.end() :]
    if match["open"] == "(":
        end = _closing(rest)
    else:
        stop = re.search(r"[.;](?:\s|$)|\s(?:leaving|so that|resulting)\b", rest)
        end = stop.start() if stop else len(rest)
    text = rest[:end] if end >= 0 else ""
    found = _items(text)
    if found is None or len(found) < 2 or _OPEN.search(re.sub(r"\(?n\s*=\s*(?=\d)", "", text)):
        return
    whole = _value(match["n"])
    total = sum(n for n, _, _ in found)
    parts = [Count(n, a, b) for n, a, b in found]
    if total == whole or (total > whole and some_add_up(parts, whole)):
        return  # a reason may be divided further in the same list
    if abs(total - whole) > max(2, 0.6 * whole) or any(n > whole for n, _, _ in found):
        return
    start = line.start + match.start("n")
    said = " + ".join(str(n) for n, _, _ in found)
    yield reading.finding(
        "FLOW", "inconsistent",
        f"{match['n']} {' '.join(match['verb'].split())}, but the reasons add up to {said} = {total}",
        "a patient may have had several reasons" if total > whole else "not all reasons may be listed",
        quotes=((start, start + len(match["n"])),
                *((line.start + match.end() + a, line.start + match.end() + b) for _, a, b in found)),
        computed=(("sum", str(total)),),
    )  # fmt: skip


def _closing(text: str) -> int:
    depth = 1
    for index, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return index
    return -1


def _items(text: str) -> list[tuple[int, int, int]] | None:
    """Give numbers with their offsets where every piece of the text leads, or ends, with one; otherwise None."""
    found: list[tuple[int, int, int]] = []
    starts = [0, *(m.end() for m in _BREAK.finditer(text))]
    stops = [*(m.start() for m in _BREAK.finditer(text)), len(text)]
    for start, stop in zip(starts, stops, strict=True):
        piece = text[start:stop]
        match = _LEADS.match(piece) or _ENDS.fullmatch(piece)
        if match is None and re.search(r"\d", piece):
            return None
        if match is not None:
            found.append((_value(match["n"]), start + match.start("n"), start + match.end("n")))
    return found


def _value(text: str) -> int:
    digits = text.replace(",", "")
    return int(digits) if digits.isdigit() else _VALUES[text.lower()]
