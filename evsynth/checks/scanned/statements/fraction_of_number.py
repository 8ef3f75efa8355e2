"""'Two thirds of those traced (27)', 'half of the 84 participants (n = 32)', 'one in ten (45 of 150)': counts in words.

The count is held against the number it is said to be of: told in the phrase, or earlier for those it names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.facts.share_words import ShareWord, share_words
from evsynth.checks.scanned.facts.who_of_whom import called
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("SHARE_CONTRADICTS",)

_WORD = Expression(r"half|third|quarter|fifth|tenth|majority|minority| in | out of ", re.I)
_ALL = r"(?:the |these |those |our |all |all the )?"
_COUNT = r" ?(?:\((?:[nN] ?= ?|that is,? |i\.e\.,? )?|, (?:that is,? |i\.e\.,? )|, )⟨c(?P<k>\d+)⟩"
_END = r"(?= ?[);,.]| ?/ ?⟨c(?P<of>\d+)⟩| of (?:the )?⟨c(?P<from>\d+)⟩)"
_AFTER = (
    Expression(rf"^ (?:of|in) {_ALL}⟨c(?P<n>\d+)⟩(?: (?!and\b|or\b|but\b)[A-Za-z][\w'-]*){{0,5}}{_COUNT}{_END}"),
    Expression(
        rf"^(?: (?:of|in) {_ALL}(?P<who>(?: ?(?!and\b|or\b|but\b|had\b|were\b|"
        rf"was\b)[A-Za-z][\w'-]*){{1,5}}))?{_COUNT}{_END}"
    ),
    Expression(
        r"^(?: (?:of|in) (?:(?!and\b|or\b|but\b|had\b|were\b|was\b|did\b|who\b)[A-Za-z][\w'-]* ?){1,5})?"
        r"(?: ?[-–—:(] ?|, (?=that|or|namely|i\.e))(?:that is,? |or |namely,? |i\.e\.,? )?"
        r"⟨c(?P<k>\d+)⟩ ?(?:out of|of|/) ?(?:the |these |all )?⟨c(?P<of>\d+)⟩"
    ),
    Expression(rf"^ (?:was|were|had|did|died|[a-z]+ed)\b[^⟨.;:()]{{0,60}}{_COUNT}{_END}"),
)
_SCOPE = Expression(
    r"(?:^|[.;:] )(?:Of|Among|Out of|In|of|among) (?:the |these |those |our |all |a total of "
    r")*⟨c(?P<n>\d+)⟩[^⟨.;:]{0,60}$"
)
_BAD = Expression(r"\b(?:dose|doses|by|fell|reduced|cut|risk|odds|than|other|remaining|another|second|first|last|"
                  r"compared|reduction|increase|least|as)\b(?: \w+)?$", re.I)  # fmt: skip


def fraction_of_number(reading: Reading) -> Iterator[Finding]:
    """Compare a fraction in words with the count in the bracket behind it and the number that it is of."""
    for line in lines(reading, ("abstract", "results", "body")):
        if not _WORD.search(line.words) or not re.search(r"[(,–—-]", line.words):
            continue
        sentence = marked(line.words)
        for word in share_words(line.words):
            if _BAD.search(line.words[max(0, word.match.start() - 14) : word.match.start()].rstrip()):
                continue
            yield from _judged(reading, line, sentence, word)


def _judged(reading: Reading, line: Line, sentence: Marked, word: ShareWord) -> Iterator[Finding]:
    tail = _tail(sentence, word)
    match = next((m for p in _AFTER if (m := p.match(tail)) is not None), None)
    if match is None:
        return
    parts = match.groupdict()
    count = sentence.numbers[int(parts["k"])]
    told = [parts[name] for name in ("of", "from", "n") if parts.get(name)]
    bases: list[tuple[Line, Number]] = [(line, sentence.numbers[int(told[0])])] if told else []
    scope = _SCOPE.search(sentence.text[: _place(sentence, word)])
    if not told and not parts.get("who") and scope is not None:
        bases = [(line, sentence.numbers[int(scope["n"])])]
    if not told and parts.get("who"):
        named = called(reading, line, word.match.start(), parts["who"])
        bases = [(n.line, n.number) for n in named if n.number.whole >= count.whole]
    if not bases or count.whole < 2 or any(_fits(word, count.whole, n.whole) for _, n in bases):
        return
    where, of = bases[-1]
    if count.whole > of.whole:
        return
    yield reading.finding(
        "SHARE_CONTRADICTS", "inconsistent",
        f"'{' '.join(word.match[0].split())}' is inconsistent with {count.printed} of {of.printed}, which are "
        f"{100 * count.whole / of.whole:.3g}%",
        "the number may have another denominator, or be about a part of the group",
        quotes=(line.piece(word.match), spot(line, count), spot(where, of)),
        computed=(("share", f"{count.whole / of.whole:.4g}"),),
    )  # fmt: skip


def _place(sentence: Marked, word: ShareWord) -> int:
    """Give where the first number of a word's own, or its first letters, stand in the marked text."""
    inside = [i for i, n in enumerate(sentence.numbers) if word.match.start() <= n.start < word.match.end()]
    if inside:
        return sentence.text.index(f"⟨{sentence.numbers[inside[0]].kind}{inside[0]}⟩")
    return max(0, sentence.text.find(word.match[0]))


def _fits(word: ShareWord, count: int, of: int) -> bool:
    """Say whether a count can be called so: also where one person more or fewer would."""
    return any(0 <= k <= of and word.holds(k / of) for k in (count - 1, count, count + 1))


def _tail(sentence: Marked, word: ShareWord) -> str:
    """Give the marked text behind a word: it begins where the last number before the word's end is put back."""
    text = sentence.text
    inside = [i for i, n in enumerate(sentence.numbers) if n.start < word.match.end()]
    start = 0
    if inside:
        mark = f"⟨{sentence.numbers[inside[-1]].kind}{inside[-1]}⟩"
        start = text.index(mark) + len(mark)
        if sentence.numbers[inside[-1]].end >= word.match.end():
            return text[start:]
    last = word.match[0].split()[-1]
    found = re.search(rf"(?<![\w-]){re.escape(last)}(?![\w-])", text[start:])
    return text[start + found.end() :] if found else ""
