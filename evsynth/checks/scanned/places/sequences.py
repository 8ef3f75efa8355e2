"""The numbers of a sentence in the order of a row, or of another sentence: all the same but one, or but a sign."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from evsynth.checks.scanned.identity import key
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import body, content
from evsynth.model.finding import Finding
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

CODES = ("PRINTED_DIFFERENTLY",)

_NUMBER = Expression(
    r"(?<![\w.,])(?P<sign>(?<![\d\w)%])-)?(?P<n>\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?|\.\d+)(?![\d\w]|-[a-z]|[.,]\d)"
)
_LEVEL = Expression(r"\s*(?:%|per ?cent)\s*(?:CI|CrI|confidence|credible)|\s*%\s*-?\s*(?:CI|confidence)", re.I)
_P = Expression(r"\b[pP](?:-?\s?values?)?\s*(?:for \w+\s*)?(?:[=<>≤≥]|was|of)\s*$")
_NAME = Expression(
    r"\b(?:tables?|figures?|figs?\.?|models?|grade|stage|type|phase|step|section|ref|NCT|group|day|week|month|year|"
    r"visit|cycle|case|cases|patients? no)\s*(?:[A-Z]?\s*)?$",
    re.I,
)
_DATE = Expression(r"^(?:19|20)\d\d$")
_PART = Expression(
    r"\b(?:among|subgroups?|adjusted|weighted|per[- ]protocol|sensitivity|imputed|of these|of whom|et al|other stud\w+|"
    r"previous(?:ly)?|matched|complete cases?|excluding|exclusion of|when|stratum|restricted)\b", re.I,
)  # fmt: skip
_PLACES: tuple[Role, ...] = ("abstract", "results", "body", "discussion", "conclusion", "figure legend")
_EMPTY = frozenset(
    "and with for from respectively versus compared v vs mean ci group table figure both all than more".split()
)
DIGITS = 7
"""Least number of significant digits of the numbers that are the same, so that they are not so by chance."""

LONG = 5
"""Numbers that are the same, at least, where the one that differs is the last of both."""


class Token(NamedTuple):
    """One number: its digits, its value, the characters beside it, whether it is a P, and where it stands."""

    text: str
    value: float
    around: str
    p: bool
    start: int
    end: int


class Run(NamedTuple):
    """The numbers of a sentence or a row in order, its words, and which kind of place it is."""

    tokens: tuple[Token, ...]
    words: frozenset[str]
    place: str
    name: str


def sequences(reading: Reading) -> Iterator[Finding]:
    """Align sentences with rows, and with sentences of other sections, and report the one number that differs.

    Both neighbours of the number must be the same in both places (or one, and the mark that ties it to the number), and
    the numbers that are the same have seven significant digits. Left alone: P values (another test), dates, subgroups,
    adjusted results, numbers of which the other place prints both.
    """
    rows = list(_rows(reading))
    said = list(_sentences(reading))
    index: dict[str, list[Run]] = {}
    for run in rows:
        for text in {t.text for t in run.tokens if _digits(t) >= 2}:
            index.setdefault(text, []).append(run)
    earlier: dict[str, list[Run]] = {}
    done: set[tuple[int, int]] = set()
    for run in said:
        texts = {t.text for t in run.tokens if _digits(t) >= 2}
        for pool, least in ((index, 1), (earlier, 2)):
            met: dict[int, tuple[int, Run]] = {}
            for text in texts:
                for other in pool.get(text, ()):
                    times = met.get(id(other), (0, other))[0]
                    met[id(other)] = (times + 1, other)
            near = [o for n, o in met.values() if n > 1 and o.place != run.place and len(o.words & run.words) >= least]
            if any(_whole(run, o) for o in near):
                continue
            found = [f for o in near for f in _differing(run, o)]
            if not 0 < len({(x.start, y.text) for x, y, _ in found}) <= 2 or len({id(o) for _, _, o in found}) > 2:
                continue
            if any(_elsewhere(x, run, rows, [o for _, _, o in found]) for x, _, _ in found):
                continue
            if (found[0][0].start, found[0][1].start) not in done:
                done |= {(x.start, y.start) for x, y, _ in found}
                yield _finding(reading, found)
        for text in texts:
            earlier.setdefault(text, []).append(run)


def _rows(reading: Reading) -> Iterator[Run]:
    for table in reading.document.tables:
        for row in body(table):
            tokens = []
            for cell in row.cells[1:]:
                for number in content(reading, cell).numbers:
                    tokens.append(
                        _token(reading.document.plain, number.start, number.end, cell.start, number.printed.value)
                    )
            parent = table.rows[row.parent].label.text if row.parent is not None and row.level else ""
            if len(tokens) > 1:
                where = f"table {table.number}" if table.number else "the table"
                yield Run(
                    tuple(tokens),
                    key(f"{row.stem or row.label.text} {parent}") - _EMPTY,
                    "row",
                    f"{row.stem} in {where}",
                )


def _sentences(reading: Reading) -> Iterator[Run]:
    for line in lines(reading, _PLACES):
        if _PART.search(line.words) or not re.search(r"\d\D+\d", line.words):
            continue
        tokens = []
        for match in _NUMBER.finditer(line.words):
            before, after = line.words[: match.start()], line.words[match.end() :]
            if _LEVEL.match(after) or _NAME.search(before[-14:]) or _DATE.match(match[0]):
                continue
            one = _token(line.words, match.start(), match.end(), 0, Decimal(match[0].replace(",", "")))
            tokens.append(
                one._replace(p=bool(_P.search(before[-24:])), start=line.start + one.start, end=line.start + one.end)
            )
        if len(tokens) > 2:
            yield Run(tuple(tokens), key(line.words) - _EMPTY, line.role, "another place")


def _token(text: str, start: int, end: int, floor: int, value: Decimal) -> Token:
    before = text[max(floor, start - 2) : start].strip()[-1:]
    after = text[end : end + 2].strip()[:1]
    around = (before if before in "/(±[" else "") + "#" + (after if after in "/%±" else "")
    return Token(str(abs(value)), float(value), around, False, start, end)


def _digits(token: Token) -> int:
    return len(re.sub(r"\D", "", token.text).lstrip("0"))


def _same(one: Token, two: Token) -> bool:
    if one.text == two.text:
        return True
    a, b = (len(t.text.partition(".")[2]) for t in (one, two))
    if a == b:
        return False
    few = min(a, b)
    return abs(abs(one.value) - abs(two.value)) <= 0.5 * 10**-few + 1e-9 and _digits(one if a < b else two) >= 2


def _aligned(one: Run, two: Run) -> list[tuple[int, int]]:
    """Give the longest common run of numbers, in order."""
    n, m = len(one.tokens), len(two.tokens)
    best = [[0] * (m + 1) for _ in range(n + 1)]
    for i in range(n - 1, -1, -1):
        for j in range(m - 1, -1, -1):
            same = _same(one.tokens[i], two.tokens[j])
            best[i][j] = max(
                best[i + 1][j], best[i][j + 1], (best[i + 1][j + 1] + _digits(one.tokens[i])) if same else 0
            )
    pairs, i, j = [], 0, 0
    while i < n and j < m:
        if _same(one.tokens[i], two.tokens[j]) and best[i][j] == best[i + 1][j + 1] + _digits(one.tokens[i]):
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def _elsewhere(x: Token, run: Run, rows: list[Run], told: list[Run]) -> bool:
    """Say whether another row about the same thing prints the number: another time, or other patients."""
    return any(
        row not in told and row.words & run.words and any(t.text == x.text and t.value == x.value for t in row.tokens)
        for row in rows
    ) and _digits(x) > 1  # fmt: skip


def _whole(one: Run, two: Run) -> bool:
    """Say whether all numbers of a row stand in a sentence: then it is the row that is told."""
    texts = {t.text for t in one.tokens}
    own = [t for t in two.tokens if not t.p and _digits(t) > 1]
    return two.place == "row" and len(own) > 1 and all(t.text in texts for t in own)


def _differing(one: Run, two: Run) -> list[tuple[Token, Token, Run]]:
    if len(one.tokens) > 40 or len(two.tokens) > 40:
        return []
    pairs = _aligned(one, two)
    if sum(_digits(one.tokens[i]) for i, _ in pairs if _digits(one.tokens[i]) > 1) < DIGITS or len(pairs) < 2:
        return []
    mine, theirs = {i for i, _ in pairs}, {j for _, j in pairs}
    match = dict(pairs)
    found = [
        (one.tokens[i], two.tokens[j], two) for i, j in pairs
        if one.tokens[i].value == -two.tokens[j].value != 0 and _limits(one, two, i, j, match)
    ]  # fmt: skip
    texts = ({t.text for t in one.tokens}, {t.text for t in two.tokens})
    for i, x in enumerate(one.tokens):
        if i in mine or x.p or x.text in texts[1] or _digits(x) < 2:
            continue
        before, after = match.get(i - 1), match.get(i + 1)
        places = {before + 1} if before is not None else set()
        places |= {after - 1} if after is not None else set()
        for j in places:
            if not 0 <= j < len(two.tokens) or j in theirs or two.tokens[j].text in texts[0] or two.tokens[j].p:
                continue
            y = two.tokens[j]
            both = before == j - 1 and after == j + 1
            tied = x.around == y.around != "#" and _tied(one, two, i, j, before == j - 1)
            last = before == j - 1 and i == len(one.tokens) - 1 and j == len(two.tokens) - 1 and len(pairs) > LONG
            decimals = [len(t.text.partition(".")[2]) for t in (x, y)]
            if (both or tied or last) and decimals[0] == decimals[1] and _alike(x, y):
                found.append((x, y, two))
    return found


def _tied(one: Run, two: Run, i: int, j: int, left: bool) -> bool:
    """Say whether a number and the neighbour that is the same are one result: "49/124", "12 (34%)"."""
    if left:
        return one.tokens[i].around[0] in "/(±[" and two.tokens[j].around[0] in "/(±["
    return one.tokens[i].around[-1] in "/±" and two.tokens[j].around[-1] in "/±"


def _limits(one: Run, two: Run, i: int, j: int, match: dict[int, int]) -> bool:
    """Say whether the number before or after, of the same interval, has the same sign in both places."""
    for step in (-1, 1):
        other = match.get(i + step)
        if other == j + step and one.tokens[i + step].value == two.tokens[other].value < 0:
            return True
    return False


def _alike(x: Token, y: Token) -> bool:
    """Say whether two numbers are of one size, as a slip of the pen would leave them."""
    low, high = sorted((abs(x.value), abs(y.value)))
    return low > 0 and high / low < 3


def _finding(reading: Reading, found: list[tuple[Token, Token, Run]]) -> Finding:
    text = reading.document.text
    x, y, other = found[0]
    quotes = [q for a, b, _ in found for q in ((a.start, a.end), (b.start, b.end))]
    return reading.finding(
        "PRINTED_DIFFERENTLY", "inconsistent",
        f"{text[x.start : x.end]} is inconsistent with {text[y.start : y.end]} of {other.name}, whose other numbers "
        f"are the "
        "same", "other patients, or another analysis, may be meant; otherwise one of both is misprinted",
        quotes=tuple(dict.fromkeys(quotes)),
    )  # fmt: skip
