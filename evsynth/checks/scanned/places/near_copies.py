"""A number with two digits exchanged beside the same numbers as in another place.

"8.4 points (2.1 to 9.4)" in the abstract and "4.8 points (2.1 to 9.4)" in the results; "621 with and 2244 without" in a
legend and 612 in the text. Whatever the words are, the other numbers are the same. (A replaced digit is no evidence: in
clean papers such pairs are as frequent as in others.)
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from evsynth.checks.scanned.facts.slips import exchanged
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

CODES = ("PRINTED_DIFFERENTLY",)

SHARED = 4
"""Least number of significant digits of the two numbers that are the same; with fewer, chance makes such pairs."""
LONG = 7
"""Least number of digits of the two others where those with exchanged digits have two: such meet by chance."""
LARGE = 3
"""Least number of digits of a count that is compared where only one other count is the same."""
_NUMBER = Expression(
    r"(?:(?<![\w.,·])[-−]?|(?<=[0-9]-))(?P<whole>[0-9]{1,3}(?:[,\u2009\u202f\u00a0 ][0-9]{3})+(?![0-9])|[0-9]+)?"
    r"(?P<part>[.·][0-9]+)?(?![\w·]|[.,][0-9])"
)
_LEVEL = Expression(r"\s*-?\s*%?\s*(?:CI\b|confidence|credible|CrI|limits?\b|predict)", re.I)
_TIME = Expression(r"[ -](?:days?|weeks?|months?|years?|hours?|h|min)\b")
_AT = Expression(r"\b(?:at|after|by|until|week|month|year|day|over)\s$|,\s$", re.I)
_OTHERS = Expression(
    r"\bet al\b|\b(?:previous|earlier|other|another|published) (?:\w+ )?(?:stud|trial|cohort|series)", re.I
)
_ROLES: tuple[Role, ...] = ("abstract", "results", "methods", "body", "discussion", "conclusion", "figure legend")


class _Token(NamedTuple):
    value: Decimal
    text: str
    spot: Spot

    @property
    def digits(self) -> int:
        """Its significant digits; one for a round number, which many quantities have."""
        bare = re.sub(r"[^0-9]", "", self.text).lstrip("0")
        return len(bare) if bare.rstrip("0") == bare or "." in self.text else len(bare.rstrip("0"))


class _Line(NamedTuple):
    """The numbers of a sentence or of a row, and the table it stands in."""

    tokens: tuple[_Token, ...]
    table: int | None


class _Near(NamedTuple):
    """Two numbers with exchanged digits, and the numbers that stand beside both."""

    one: _Token
    two: _Token
    shared: tuple[str, ...]


def near_copies(reading: Reading) -> Iterator[Finding]:
    """Find numbers with exchanged digits among the same numbers in two places, once for each.

    The same numbers are two neighbours in a row of three, or, for counts of three digits and more, any count of three
    digits in the sentence or row. Left alone: rows of one table, other studies, numbers that both stand more than
    once, and counts that add up with their neighbours to another number beside them.
    """
    told = list(_lines(reading))
    done: set[Spot] = set()
    for near in (*_threes(told), *_counts(told)):
        a, b = near.one, near.two
        if a.spot in done or b.spot in done:
            continue
        done |= {a.spot, b.spot}
        yield reading.finding(
            "PRINTED_DIFFERENTLY", "inconsistent",
            f"{a.text} is inconsistent with {b.text}, which stands beside {' and '.join(near.shared)} in another place",
            "two results may share numbers by chance; otherwise two digits of one of both are exchanged",
            quotes=tuple(sorted((a.spot, b.spot))),
        )  # fmt: skip


def _threes(told: list[_Line]) -> Iterator[_Near]:
    """Give pairs whose two neighbours, before, around or after them, are the same."""
    found: dict[tuple[int, Decimal, Decimal], list[tuple[_Token, _Line, tuple[str, str]]]] = defaultdict(list)
    for line in told:
        for run in zip(line.tokens, line.tokens[1:], line.tokens[2:], strict=False):
            for at in range(3):
                a, b = (t for i, t in enumerate(run) if i != at)
                if min(a.digits, b.digits) >= 2 and a.digits + b.digits >= SHARED and a.value != b.value:
                    found[at, a.value, b.value].append((run[at], line, (a.text, b.text)))
    for places in found.values():
        often = Counter(token.value for token, *_ in places)
        for (one, here, shared), (two, there, _) in combinations(places, 2):
            if _short(one, shared) or min(often[one.value], often[two.value]) > 1 or not _apart(here, there):
                continue
            if exchanged(one.text, two.text):
                yield _Near(one, two, shared)


def _short(one: _Token, shared: tuple[str, str]) -> bool:
    """Say whether all three are whole numbers, and short ones."""
    whole = all(text.isdigit() for text in (one.text, *shared))
    return whole and one.digits < 3 and sum(map(len, shared)) < LONG


def _counts(told: list[_Line]) -> Iterator[_Near]:
    """Give pairs of counts of three digits and more in lines that share another such count."""
    often = Counter(t.text for line in told for t in line.tokens)
    large = [(line, [t for t in line.tokens if t.text.isdigit() and t.digits >= LARGE]) for line in told]
    by_digits: dict[str, list[tuple[_Token, _Line, list[_Token]]]] = defaultdict(list)
    for line, tokens in large:
        for token in tokens:
            by_digits["".join(sorted(token.text))].append((token, line, tokens))
    for places in by_digits.values():
        for (one, here, beside), (two, there, also) in combinations(places, 2):
            shared = {t.text for t in beside} & {t.text for t in also} - {one.text, two.text}
            once = min(often[one.text], often[two.text]) == 1
            own = one.text not in {t.text for t in there.tokens} and two.text not in {t.text for t in here.tokens}
            if (
                sum(map(len, shared)) >= SHARED
                and once
                and own
                and _apart(here, there)
                and exchanged(one.text, two.text)
                and not (_adds_up(one, here) or _adds_up(two, there))
            ):
                yield _Near(one, two, tuple(sorted(shared)))


def _adds_up(token: _Token, line: _Line) -> bool:
    """Say whether a count is part of a run of its line that adds up to another number there: then it is no slip."""
    values = [t.value for t in line.tokens]
    runs = (range(a, b) for a in range(len(values)) for b in range(a + 2, min(len(values), a + 8) + 1))
    return any(
        any(line.tokens[i] is token for i in run)
        and sum(values[i] for i in run) in values[: run.start] + values[run.stop :]
        for run in runs
    )


def _apart(one: _Line, two: _Line) -> bool:
    return one is not two and (one.table is None or one.table != two.table)


def _lines(reading: Reading) -> Iterator[_Line]:
    document = reading.document
    for line in lines(reading, _ROLES):
        if not _OTHERS.search(line.words):
            yield _Line(tuple(_tokens(line.words, line.start)), None)
    for table in document.tables:
        for row in table.rows:
            start, end = row.cells[0].start, row.cells[-1].end
            yield _Line(tuple(_tokens(document.plain[start:end], start)), table.index)


def _tokens(words: str, start: int) -> Iterator[_Token]:
    for match in _NUMBER.finditer(words):
        whole, part = re.sub(r"\D", "", match["whole"] or ""), (match["part"] or "").replace("·", ".")
        if not whole and not part:
            continue
        if not part and _TIME.match(words, match.end()) and _AT.search(words, max(0, match.start() - 8), match.start()):
            continue  # "at 12 months"
        if not part and ((whole == match["whole"] and 1900 <= int(whole) <= 2099) or _LEVEL.match(words, match.end())):
            continue
        sign = "-" if match[0][0] in "-−" else ""
        text = f"{sign}{whole or '0'}{part}"
        yield _Token(Decimal(text), text, (start + match.start(), start + match.end()))
