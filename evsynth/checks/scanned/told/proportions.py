"""Proportions told in running text: a count, a percentage and a denominator, or two of the three, in any order.

"12/50 (24%)", "24% (12 of the 50)", "12 of the 50 men (24%)", "12 men, or 24%", "12 (24%) of 50", "12 and 9 patients,
respectively (24% v 18%)". Made for all checks that need the shares of a sentence.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from evsynth.checks.scanned.told.marked import Marked, Number
from evsynth.model.printed import Printed
from evsynth.reanalyse.counting import percent_span
from evsynth.reanalyse.result import meets


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


_K, _P, _N = _mark("c", "k"), _mark("p", "p"), _mark("c", "n")
_W = r"(?: (?!(?:and|or|but|vs|versus|than|to|while|whereas|of|had|was|were)\b)[A-Za-z][\w'/+.-]*)"
_WORDS = rf"(?:{_W}){{0,6}}?"
_ALSO = r"(?: (?!(?:and|or|but|vs|versus|than|while|whereas)\b)[A-Za-z][\w'/+.-]*)"
_OF = r"(?: ?/ ?| (?:out )?of (?:the |these |those |our |all |its |both |a possible ){0,3})"
_RATE = (
    r"(?:(?:for |giving |with |yielding |corresponding to |equivalent to |representing |i\.?e\.?,? |that is,? |or |"
    r"about |= ?)?"
    r"(?:an? |the )?(?:[a-z-]+ )?(?:rate|proportion|prevalence|share|yield|frequency|incidence|percentage|risk|"
    r"mortality)(?: of|,|:| =)? ?)"
)
_LABEL = r"(?:(?:sensitivity|specificity|accuracy|PPV|NPV|(?:positive |negative )?predictive value)(?: of|,|:| =)? ?)"
_TO = (
    r" ?(?:\(|, |; ?|= ?|: ?| or | - )\(?"
    rf"(?:{_RATE}|(?:i\.?e\.?,? |or |= ?|about |that is,? |giving |corresponding to |representing |equivalent to ))?"
)
_SIZE = r"(?:[nN] ?= ?|that is,? |i\.?e\.?,? |or )?"
_END = r"(?=\)|[,;.:]|$| (?!of\b|to ⟨))"

_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_K}{_WORDS}{_OF}{_N}(?:{_ALSO}){{0,8}}?{_TO}{_P}",
        rf"{_K}{_WORDS} ?\((?:[nN] ?= ?|of |out of ){_N} ?[,;:] ?{_P}{_END}",
        rf"{_P}(?:{_ALSO}){{0,7}}? ?\({_SIZE}{_K}{_WORDS}{_OF}{_N}",
        rf"{_P}{_WORDS} ?(?:\(|, (?=that is|i\.?e|or )) ?{_SIZE}{_K}{_WORDS}{_OF}{_N}",
        rf"{_P}{_WORDS} ?\({_SIZE}{_K}{_WORDS}\){_OF}{_N}",
        rf"{_K}{_WORDS} ?\({_P}\){_OF}{_N}(?! ?\(⟨p)",
        rf"\({_SIZE}{_K}{_WORDS} ?[,;:/] ?{_P}{_END}",
        rf"{_K}{_WORDS} ?\((?:{_RATE}|{_LABEL})?{_P}{_END}",
        rf"{_K}(?:{_ALSO}){{0,4}}?, (?:or |i\.e\.,? |that is,? |corresponding to |giving |making |representing |"
        rf"being )?{_P}"
        r"(?= ?[,;.:)]|$| and| in| of| v| against| compared)",
        rf"{_K}(?:{_ALSO}){{0,8}}? ?\({_P}{_END}",
        rf"{_P}{_WORDS} ?\({_SIZE}{_K}(?: (?:patients|people|men|women|children|cases|participants|subjects|of "
        rf"them))?[),;]",
        rf"{_P} ?[(,;:] ?{_SIZE}{_K}[),;]",
        rf"{_K}{_WORDS}{_OF}{_N}(?=\W|$)",
    )
)
_PAIR = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_mark('c', 'k')}(?:{_ALSO}){{0,5}}?,? and (?:in |by |among )?{_mark('c', 'l')}(?:{_ALSO}){{0,8}}?"
        rf"(?:,? respectively)?,? ?(?:\(|corresponding to |or |i\.e\.,? |that is,? |representing |- )"
        rf"{_mark('p', 'p')},? (?:and|v|vs\.?|versus|against|compared with|compared to) {_mark('p', 'q')}",
        rf"{_mark('c', 'k')} (?:v|vs\.?|versus|against) {_mark('c', 'l')}(?:{_ALSO}){{0,6}}?,? ?[(,;:] ?(?:or )?"
        rf"{_mark('p', 'p')},? (?:and|v|vs\.?|versus|against|compared with|compared to) {_mark('p', 'q')}",
        rf"{_mark('p', 'p')},? (?:and|v|vs\.?|versus|against|compared with|compared to) {_mark('p', 'q')}"
        rf"(?:{_ALSO}){{0,8}}?(?:,? respectively)?,? ?\((?:n ?= ?)?{_mark('c', 'k')},? (?:and|v|vs\.?|versus) "
        rf"(?:n ?= ?)?{_mark('c', 'l')}",
    )
)


@lru_cache(maxsize=8192)
def proportions(sentence: Marked) -> tuple[Proportion, ...]:
    """Give the shares of a sentence in the order they stand; each number belongs to one."""
    if sum(n.kind in "cp" for n in sentence.numbers) < 2:
        return ()
    text, found, taken = sentence.text, [], set[int]()
    for pattern in _PAIR:
        for match in pattern.finditer(text):
            group = {name: int(match[name]) for name in ("k", "l", "p", "q")}
            if not taken & set(group.values()):
                taken |= set(group.values())
                number = {name: sentence.numbers[i] for name, i in group.items()}
                found.append(Proportion(number["k"], number["p"], None, match.start(), match.end()))
                found.append(Proportion(number["l"], number["q"], None, match.start() + 1, match.end()))
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            own = {name: int(value) for name, value in match.groupdict().items() if value is not None}
            if taken & set(own.values()):
                continue
            taken |= set(own.values())
            told = {name: sentence.numbers[i] for name, i in own.items()}
            found.append(Proportion(told.get("k"), told.get("p"), told.get("n"), match.start(), match.end()))
    found += [
        Proportion(None, n, None, text.index(mark), text.index(mark) + len(mark))
        for i, n in enumerate(sentence.numbers)
        if n.kind == "p" and i not in taken and (mark := f"⟨p{i}⟩")
    ]
    return tuple(sorted(found, key=lambda s: s.start))


def prints(count: int, of: int, percent: Printed) -> bool:
    """Say whether a count of a denominator prints as the percentage."""
    return 0 <= count <= of and of > 0 and (bool(percent.bound) or meets(percent, percent_span(count, of)))
