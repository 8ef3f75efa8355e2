"""Proportions told in running text: a count, a percentage and a denominator, or two of the three, in any order.

"12/50 (24%)", "24% (12 of the 50)", "12 of the 50 men (24%)", "12 men, or 24%", "12 (24%) of 50", "12 and 9 patients,
respectively (24% v 18%)". Made for all checks that need the shares of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from evsynth.checks.scanned.facts.marked import Marked, Number
from evsynth.model.printed import Printed
from evsynth.reanalyse.counting import percent_span
from evsynth.reanalyse.result import meets
from evsynth.text.expressions import Expression


class Proportion(NamedTuple):
    """A share as told: count, percentage and denominator (None where not told), and where it stands in the marks."""

    events: Number | None
    percent: Number | None
    of: Number | None
    start: int
    end: int

    @property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers it is told with."""
        return tuple(n for n in (self.events, self.percent, self.of) if n is not None)


def _mark(kind: str, name: str) -> str:
    return rf"⟨{kind}(?P<{name}>\d+)⟩"


_ONE = r"(?! ?(?:v|vs\.?|versus|against|and|or|compared with|compared to),? ⟨p\d+⟩)"
"""What does not follow a percentage that stands alone: one more, as in "(24% v 18%)"."""
_ALONE = (
    r"(?!(?: [a-z]+){0,3},? ?(?:v|vs\.?|versus|against|and|or|compared with|compared to) "
    r"(?:[nN] ?= ?)?⟨c\d+⟩(?: of | out of | ?/))"
)
"""What does not follow a fraction that stands alone: one more, as in "(12/50 v 9/50)"."""
_K, _P, _N = _mark("c", "k"), _mark("p", "p"), _mark("c", "n")
_W = (
    r"(?: (?!(?:and|or|but|vs|versus|than|to|while|whereas|of|had|was|were)\b)(?:[A-Za-z][\w'/+.-]*|⟨[mxc]\d+⟩-[a-z]+))"
)
_WORDS = rf"(?:{_W}){{0,6}}?"
_ALSO = r"(?: (?!(?:and|or|but|vs|versus|than|while|whereas)\b)(?:[A-Za-z][\w'/+.-]*|⟨[mxc]\d+⟩-[a-z]+))"
_OF = r"(?: ?/ ?| (?:(?:out )?of|among) (?:the |these |those |our |all |its |both |a possible |a total of ){0,3})"
_RATE = (
    r"(?:(?:for |giving |with |yielding |corresponding to |equivalent to |representing |i\.?e\.?,? |that is,? |or |"
    r"about |= ?)?"
    r"(?:an? |the )?(?:[a-z-]+ )?(?:rate|proportion|prevalence|share|yield|frequency|incidence|percentage|risk|"
    r"mortality)(?: of|,|:| =)? ?)"
)
_LABEL = r"(?:(?:sensitivity|specificity|accuracy|PPV|NPV|(?:positive |negative )?predictive value)(?: of|,|:| =)? ?)"
_TO = (
    r" ?(?:\(|, |; ?|= ?|: ?| or | - )\(?"
    rf"(?:{_RATE}|{_LABEL}|(?:i\.?e\.?,? |or |= ?|about |that is,? |giving |corresponding to |"
    rf"representing |equivalent to ))?"
)
_CI = r"(?: ?\((?:⟨l\d+⟩[^()]{0,60}|⟨[cdpr]\d+⟩ ?(?:;|,|to|-) ?⟨[cdpr]\d+⟩)\))?"
_LIMITS = r"(?:⟨l\d+⟩[^();]{0,60}; ?)?"
_SIZE = r"(?:[nN] ?= ?|that is,? |i\.?e\.?,? |or )?"
_OTHER = (
    r"(?:(?:fe)?males?|(?:wo)?m[ae]n|boys|girls|white|black|caucasian|asian|hispanic|african|(?:non-?)?smokers|"
    r"with|had|having|who|were|was|aged|younger|older|under|over|returned|response)\b"
)
_END = rf"(?=\)|[,;.:]|$| (?!of\b|to ⟨|(?i:{_OTHER})))"
"""What may follow the percentage of a count; in "22 (77% male)" it is a share of the 22."""

_NO_LIMITS = r"(?! ?⟨[cdpx]\d+⟩ ?\))"
"""Not followed by another number and the bracket: "76% (72, 80)" are limits or quartiles."""

_PATTERNS = tuple(
    Expression(pattern)
    for pattern in (
        rf"{_K}{_WORDS}{_OF}{_N}(?:{_ALSO}){{0,8}}?{_TO}{_P}{_ONE}",
        rf"{_K}{_WORDS} from (?:the |these |all |a total of )?{_N}(?:{_ALSO}){{1,4}}? ?\({_P}{_ONE}{_END}",
        rf"{_K}{_WORDS} ?\((?:of |out of ){_N} ?[,;:] ?{_P}{_ONE}{_END}",
        rf"{_K}(?:{_ALSO}){{0,4}}? ?\([^()]{{0,160}}\){_OF}{_N}(?:{_ALSO}){{0,8}}?{_TO}{_P}{_ONE}",
        rf"{_P}(?:{_ALSO}){{0,7}}? ?\({_LIMITS}{_SIZE}{_K}{_WORDS}{_OF}{_N}{_ALONE}",
        rf"{_P} (?:of|among) (?:the |these |all |our ){{0,2}}{_N}(?:{_ALSO}){{0,5}}? ?\([nN] ?= ?{_K}(?=[);,])",
        rf"{_P}{_CI}{_WORDS} ?(?:\(|, (?=that is|i\.?e|or )) ?{_SIZE}{_K}{_WORDS}{_OF}{_N}{_ALONE}",
        rf"(?<=\()(?:[^()⟨]{{0,40}}? )?{_P}{_CI} ?[,;:] ?{_SIZE}{_K}{_WORDS}{_OF}{_N}{_ALONE}",
        rf"(?<=[,;] ){_P}, {_SIZE}{_K} ?/ ?{_N}(?=[,;)])",
        rf"{_P}{_WORDS} ?\({_SIZE}{_K}{_WORDS}\){_OF}{_N}{_ALONE}",
        rf"{_K}{_WORDS} ?\({_P}{_ONE}\){_OF}{_N}(?! ?\(⟨p)",
        rf"{_K}{_WORDS} ?\({_P} of (?:the |these |all |our ){{0,2}}{_N}(?=\W)",
        rf"\({_SIZE}{_K}{_WORDS} ?[,;:/] ?{_P}{_ONE}{_END}",
        rf"{_K}{_WORDS} ?\((?:{_RATE}|{_LABEL})?{_P}{_ONE}{_END}",
        rf"{_K}(?:{_ALSO}){{0,4}}?, (?:or (?:by |in )?|i\.e\.,? (?:by |in )?|that is,? |corresponding to |"
        rf"giving |making |representing |"
        rf"being )?{_P}{_ONE}"
        r"(?= ?[,;.:)]|$| and| in| of(?! (?:them|these|those|whom|which)\b)| v| against| compared)",
        rf"{_K}(?:{_ALSO}){{5,10}}?, (?:i\.e\.,? |that is,? |which is |corresponding to |making )(?:about )?{_P}{_ONE}"
        r"(?= ?[,;.:)]|$)",
        rf"{_K}(?:{_ALSO}){{0,8}}? ?\((?:{_LABEL})?{_P}{_ONE}{_END}",
        rf"{_P}(?: of (?:them|these|those))?{_WORDS} ?\({_SIZE}{_K}(?: (?:patients|people|men|women|children|"
        rf"cases|participants|subjects|of "
        rf"them))?(?:\)|[,;]{_NO_LIMITS})",
        rf"{_P} ?[(,;:] ?{_SIZE}{_K}(?:\)|[,;]{_NO_LIMITS})",
        rf"{_K}{_WORDS}{_OF}{_N}(?=\W|$)",
        rf"{_P} (?:of|among) (?:the |these |all |our |those ){{0,2}}{_N}(?= (?:[a-z]|⟨))",
    )
)
_LINK = r"(?: ?(?:,? (?:and|v|vs\.?|versus|against|or|compared with|compared to|but)|[,;/]) ?)"
_ITEM = rf"(?:[nN] ?= ?)?⟨c\d+⟩(?:{_OF}⟨c\d+⟩)?"
_SHARES = Expression(
    rf"(?P<open> ?\(|,? (?:or|i\.e\.,?|that is,?|corresponding to|representing|giving|-) |: ?|, )(?:{_RATE})?"
    rf"(?P<run>⟨p\d+⟩(?:{_LINK}⟨p\d+⟩){{1,3}})(?! ?(?:to|-) ⟨)"
)
_JOIN = _LINK.replace("[,;/]", "[,;]")
_COUNTS = Expression(rf"(?P<run>{_ITEM}(?:{_JOIN}{_ITEM}){{1,3}})")
_FRACTION = Expression(rf"⟨c(?P<k>\d+)⟩(?:{_OF}⟨c(?P<n>\d+)⟩)?")
_BASE = Expression(r"(?:\b(?:of|among|amongst|from|[nN] ?=)|\bof (?:the|these|those|all|our)|=) ?$", re.I)
_LINKED = Expression(r"\b(?:and|v|vs|versus|against|compared|while|whereas|but|or|than)\b|[,/]")
_AFTER_BASE = Expression(r"(?:\b(?:of|in|among|per|for|after|at|with|[nN] ?=) ?|= ?)⟨[a-z]\d+⟩")
_PERCENTS = Expression(r"⟨p(\d+)⟩")
FEW = 3
"""One of so few are mostly no people: "one of three classes: 41% had never smoked"."""


@lru_cache(maxsize=8192)
def proportions(sentence: Marked) -> tuple[Proportion, ...]:
    """Give the shares of a sentence in the order they stand; each number belongs to one."""
    if sum(n.kind in "cp" for n in sentence.numbers) < 2:
        return ()
    text, found, taken = sentence.text, [], set[int]()
    for shares in (*_in_order(sentence), *_before_counts(sentence)):
        places = {n.start for share in shares for n in share.numbers}
        if not taken & places:
            taken |= places
            found += shares
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            own = {name: int(value) for name, value in match.groupdict().items() if value is not None}
            told = {name: sentence.numbers[i] for name, i in own.items()}
            if {"k", "n"} <= told.keys() and told["k"].whole == 1 and told["n"].whole <= FEW:
                continue
            places = {n.start for n in told.values()}
            if taken & places:
                continue
            taken |= places
            found.append(Proportion(told.get("k"), told.get("p"), told.get("n"), match.start(), match.end()))
    found += [
        Proportion(None, n, None, text.index(mark), text.index(mark) + len(mark))
        for i, n in enumerate(sentence.numbers)
        if n.kind == "p" and n.start not in taken and (mark := f"⟨p{i}⟩")
    ]
    return tuple(sorted(found, key=lambda s: s.start))


def _in_order(sentence: Marked) -> Iterator[list[Proportion]]:
    """Give the shares of "38 of 71 with and 14 of 47 without (53.5% vs 29.8%)": counts, then as many percentages."""
    text = sentence.text
    for match in _SHARES.finditer(text):
        percents = [sentence.numbers[int(i)] for i in _PERCENTS.findall(match["run"])]
        begin = max(text.rfind(mark, 0, match.start()) for mark in ("; ", ". ", ": ")) + 1
        items = [
            m for m in _FRACTION.finditer(text, begin, match.start())
            if m["n"] or not _BASE.search(text[max(0, m.start() - 22) : m.start()])
        ]  # fmt: skip
        items = items[-len(percents) :]
        if len(items) < len(percents) or (match["open"] == ", " and not all(m["n"] for m in items)):
            continue
        gaps = [text[a.end() : b.start()] for a, b in pairwise(items)]
        if any(not _LINKED.search(gap) or "⟨p" in gap for gap in gaps) or "⟨" in _AFTER_BASE.sub(
            "", text[items[-1].end() : match.start()]
        ):
            continue
        yield [_share(sentence, m, p, m.start() + (m is not items[0])) for m, p in zip(items, percents, strict=True)]


def _before_counts(sentence: Marked) -> Iterator[list[Proportion]]:
    """Give the shares of "53.5% vs 29.8% (38/71 vs 14/47)": percents, then as many counts in brackets."""
    text = sentence.text
    for match in _COUNTS.finditer(text):
        items = list(_FRACTION.finditer(text, *match.span("run")))
        begin = max(text.rfind(mark, 0, match.start()) for mark in ("; ", ". ")) + 1
        percents = list(_PERCENTS.finditer(text, begin, match.start()))[-len(items) :]
        if text[match.start() - 1 : match.start()] != "(" or len(percents) < len(items):
            continue
        gaps = [text[a.end() : b.start()] for a, b in pairwise(percents)]
        if any(not re.fullmatch(_LINK, gap) for gap in gaps) or "⟨" in text[percents[-1].end() : match.start()]:
            continue
        yield [
            _share(sentence, m, sentence.numbers[int(p[1])], p.start())
            for m, p in zip(items, percents, strict=True)
        ]  # fmt: skip


def _share(sentence: Marked, item: re.Match[str], percent: Number, start: int) -> Proportion:
    of = sentence.numbers[int(item["n"])] if item["n"] else None
    end = max(item.end(), sentence.text.index(f"⟨p{sentence.numbers.index(percent)}⟩") + 4)
    return Proportion(sentence.numbers[int(item["k"])], percent, of, start, end)


def prints(count: int, of: int, percent: Printed) -> bool:
    """Say whether a count of a denominator prints as the percentage."""
    return 0 <= count <= of and of > 0 and (bool(percent.bound) or meets(percent, percent_span(count, of)))
