"""'40% lower (15% v 20%)', 'a third lower', 'rose by 10 points to 65% from 45%': a change beside the two shares of it.

A change in percent may be relative to either share, or the difference in points; of odds too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.effects_told import effects, intervals_of
from evsynth.checks.scanned.facts.marked import Marked, marked, spot
from evsynth.checks.scanned.facts.proportions import proportions
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("RELATIVE_CHANGE",)

_WORDS = {"half": 50.0, "third": 100 / 3, "quarter": 25.0, "fifth": 20.0, "two thirds": 200 / 3, "two-thirds": 200 / 3,
          "three quarters": 75.0, "three-quarters": 75.0, "tenth": 10.0}  # fmt: skip
_WORD = r"(?:(?:a|one)[ -])?(?P<w>half|third|quarter|fifth|tenth|two[ -]thirds|three[ -]quarters)"
_HOW = r"(?:lower|higher|fewer|less|more|greater|smaller|larger|reduction|decrease|increase|fall|rise|drop|decline)"
_CHANGE = (
    Expression(rf"⟨p(?P<p>\d+)⟩ {_HOW}\b"),
    Expression(r"\b(?:increased?|rose|grew|decreased?|fell|fallen|dropped|declined?|reduced?|cut|lowered|raised|"
               r"higher|lower|went "
               r"(?:up|down)) by (?:only |about |some |nearly |almost )?(?:⟨p(?P<p>\d+)⟩|⟨[os](?P<o>\d+)⟩)"),
    Expression(rf"\b{_WORD} {_HOW}\b|\b(?:reduced|cut|fell|lowered|decreased|dropped|declined|increased|rose|"
               rf"reduction) by "
               rf"(?:about |nearly |almost |roughly |around |some )?{_WORD.replace('(?P<w>', '(?P<v>')}\b(?! of)",
               re.I),
)  # fmt: skip
_DOWN = Expression(r"lower|fewer|less|smaller|reduc|decreas|fall|fell|drop|declin|cut|down", re.I)
_UP = Expression(r"higher|more|greater|larger|increas|rise|rose|grew|raised|up\b", re.I)
_OTHER = Expression(
    r"adjust|odds ratio|hazard|\b(?:OR|HR|aOR|RR)\b|per (?:day|week|month|year|⟨)|annual|model|regress|weight|surviv|"
    r"cumulative|expected|assum|power|other stud|previous|median|mean\b|dose|standardi[sz]ed|estimat|interim|"
    r"relative to "
    r"baseline|respectively|volume|score|concentration|level|pressure|cost",
    re.I,
)
_CONTENT = Expression(r"\s?%?\s?\(?(?:w/w|v/v|w/v|wt|vol)\b", re.I)
_JOIN = Expression(r"^[^⟨.;]{0,60}?(?:\band\b|\bvs?\b|\bversus\b|\bagainst\b|\bcompared (?:with|to)\b|[;/,]|\bthan\b|"
                   r"\bto\b|"
                   r"\bfrom\b|\bwhile\b|\bwhereas\b|\bor\b)[^⟨.;]{0,60}$")  # fmt: skip


def lower_by(reading: Reading) -> Iterator[Finding]:
    """Compare a change told in percent, points or words with the only two shares of its sentence.

    Left alone: sentences with more shares, models, levels of other things than shares.
    """
    for line in lines(reading, ("abstract", "results", "body")):
        if line.words.count("%") + line.words.count("cent") < 2:
            continue
        sentence = marked(line.words)
        found = [m for pattern in _CHANGE for m in pattern.finditer(sentence.text)]
        if len(found) == 1 and not _OTHER.search(sentence.text):
            yield from _judged(reading, line, sentence, found[0])


def _judged(reading: Reading, line: Line, sentence: Marked, match: re.Match[str]) -> Iterator[Finding]:
    parts = match.groupdict()
    own = next((sentence.numbers[int(parts[x])] for x in "po" if parts.get(x)), None)
    limits = intervals_of(sentence)
    told = {e.number for e in effects(sentence)}
    shares = [s.percent for s in proportions(sentence) if s.percent is not None and s.percent != own]
    shares = [n for n in shares if sentence.numbers.index(n) not in limits and n not in told]
    if len(shares) != 2 or any(n.printed.bound for n in shares) or (own is not None and own.printed.bound):
        return
    if any(re.search(r"\bby $", line.words[: n.start]) for n in shares):
        return  # "visits fell by 72%, admissions by 59%"
    if own is not None and (own.printed.value < 0 or line.words[: own.start].rstrip()[-1:] in ("-", "–")):
        return  # "a 20%-40% reduction"
    if any(_CONTENT.match(line.words, n.end) for n in shares):
        return
    places = [sentence.text.index(f"⟨p{sentence.numbers.index(n)}⟩") for n in shares]
    if not _JOIN.search(sentence.text[places[0] + len(f"⟨p{sentence.numbers.index(shares[0])}⟩") : places[1]]):
        return
    a, b = sorted((span(n.printed) for n in shares), key=lambda s: s.middle)
    if a.low <= 0 or b.high >= 100 or a.middle == b.middle:
        return
    word = parts.get("w") or parts.get("v")
    if word:
        value = _WORDS[word.lower().replace("-", " ")]
        said = Span(value * 0.72, value * 1.28)
    elif own is not None:
        said = span(own.printed)
    else:
        return
    points = Span(b.low - a.high, b.high - a.low)
    gives = [points]
    if parts.get("o") is None:
        fell, rose = (bool(way.search(match[0])) for way in (_DOWN, _UP))
        if fell or not rose:
            gives += [_relative(a, b), _odds(a, b)]
        if rose or not fell:
            gives += [_relative(b, a), _odds(b, a)]
    if any(said.low - 1.0 <= g.high and g.low <= said.high + 1.0 for g in gives):
        return
    quotes = [spot(line, n) for n in shares]
    if own is not None:
        quotes.insert(0, spot(line, own))
    yield reading.finding(
        "RELATIVE_CHANGE", "inconsistent",
        f"'{_plain(sentence, match)}' is inconsistent with {shares[0].printed}% and {shares[1].printed}%, which "
        f"differ by "
        f"{points.middle:.3g} points or {_relative(b, a).middle:.3g}%",
        "another outcome or another comparison may be meant; otherwise a number is misprinted",
        quotes=tuple(quotes), computed=(("difference", f"{points.middle:.4g}"),),
    )  # fmt: skip


def _plain(sentence: Marked, match: re.Match[str]) -> str:
    """Give the words of a match with its numbers in the place of their marks."""

    def number(mark: re.Match[str]) -> str:
        kind, printed = mark[1], sentence.numbers[int(mark[2])].printed
        return f"{printed}{'%' if kind == 'p' else ' points' if kind in 'os' else ''}"

    return re.sub(r"⟨([a-z])(\d+)⟩", number, match[0]).strip()


def _relative(a: Span, b: Span) -> Span:
    """Give the change from the second to the first, in percent of the second, without its sign."""
    ends = [100 * abs(x / y - 1) for x in a for y in b]
    return Span(min(ends), max(ends))


def _odds(a: Span, b: Span) -> Span:
    x, y = ((s.low / (100 - s.low), s.high / (100 - s.high)) for s in (a, b))
    ends = [100 * abs(i / j - 1) for i in x for j in y]
    return Span(min(ends), max(ends))
