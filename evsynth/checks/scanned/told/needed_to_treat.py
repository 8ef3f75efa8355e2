"""Numbers needed to treat or to harm, told as "NNT 8" or as "one death prevented for every eight treated".

The number is one through a risk difference. It is compared with every difference that the paper tells, or that two of
its shares or rates give; a finding is made where none gives it and one stands near.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from evsynth.checks.scanned.facts.comparisons import comparisons, share_span
from evsynth.checks.scanned.facts.effects_told import effects
from evsynth.checks.scanned.facts.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.facts.reviews import is_review
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import Span, span
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

CODES = ("NEEDED_TO_TREAT",)

_ROLES: tuple[Role, ...] = ("abstract", "results", "body", "discussion", "conclusion")

_C = r"⟨[cxdm](?P<i>\d+)⟩(?! (?:years?|months?|weeks?|days?|hours?)\b)"
_ONE = r"(?:(?P<about>about |approximately |roughly )?one|a single|another|an? (?:extra|additional|further))"
_DONE = (
    r"(?:avert|prevent|avoid|saved|spared|gained|caus|benefit|respond|postpon|delay|cured|heal|extra|additional|"
    r"further|more\b|"
    r"fewer|harm)"
)
_PATTERNS = (
    Expression(
        r"(?:numbers?[ -]needed[ -]to[ -](?:treat|harm|screen|invite|vaccinate|prevent|offer|benefit)|\bNNT[BH]?|"
        r"\bNNH|\bNNS|"
        r"\bNNV)(?:,? ?\([A-Za-z]{3,5}\))?(?: (?:for|to|with|of|over|at|per) (?:[a-z-]+ ?){1,9}?)?"
        rf"(?:,? ?(?:=|:|,|\(|of|was|is|being|would be|were|amounted to|came to|of about|about|approximately|"
        rf"therefore|thus|hence|then|"
        r"accordingly|only|calculated (?:as|at|to be)|estimated (?:as|at|to be)|stood at|equal(?:led)?(?: to)?|be) "
        rf"?){{0,4}} ?{_C}",
        re.I,
    ),
    Expression(
        rf"{_ONE}(?: [a-z-]+){{0,6}}? (?:(?:was|is|would be|were|being|could be) )?(?:[a-z-]*{_DONE}[a-z]*)(?: "
        rf"[a-z-]+){{0,5}}?"
        rf" (?:for|in|per|among) (?:every|each|about|approximately|some|roughly| ){{0,3}} ?{_C}(?! ?%)",
        re.I,
    ),
    Expression(
        rf"(?:for|of|in) every {_C}(?: [a-z-]+){{1,8}},? {_ONE}(?: [a-z-]+){{0,5}}? ?{_DONE}", re.I),
    Expression(
        rf"{_C}(?: [a-z-]+){{1,4}} (?:would )?(?:need|needed|have|had|must)(?: to)?(?: be)? [a-z]+(?: "
        rf"[a-z-]+){{0,6}}? "
        rf"(?:for|to|so that|before)(?: [a-z]+){{0,3}} {_ONE}(?: [a-z-]+){{0,6}}", re.I,
    ),
    Expression(
        rf"to (?:prevent|avoid|avert|save|gain|obtain|achieve|spare|cure) {_ONE}[^⟨.;]{{0,40}}? {_C}(?: "
        rf"[a-z-]+){{1,4}} "
        r"(?:need|would|must|have|had|should)\b", re.I,
    ),
    Expression(
        rf"treating {_C}(?: [a-z-]+){{1,6}}? (?:would|could|will|to)? ?(?:prevent|avert|avoid|save|spare)s? {_ONE}",
        re.I),
)  # fmt: skip
_MARK = Expression(r"⟨([a-z])(\d+)⟩")
_ASIDE = Expression(
    r" ?\((?:⟨l\d+⟩ CI,?:? ?)?⟨[a-z]\d+⟩ ?(?:to|;|,|-) ?⟨[a-z]\d+⟩\)|"
    r" (?:for|over|during) ⟨m\d+⟩ (?:years?|months?|weeks?|days?)\b"
)
"""An interval after the number, and how long the treatment lasts."""
_ABOUT = Expression(r"(?:about|approximately|roughly|nearly|almost|some|around|~) ?$", re.I)
_LIMITS = Expression(r"adjust|stratif|regress|weight|imput|cluster|mixed|kaplan|cumulative|cox\b|poisson", re.I)
_RATE = Expression(r"⟨d(\d+)⟩(?:[^⟨.;]){0,40}(?:per|/) ?⟨[ucxm](\d+)⟩")
_FEWER = Expression(
    r"⟨[cdx](\d+)⟩ (?:fewer|less|more|additional|extra)\b[^⟨.;]{0,60}?(?:per|in|for every|among|of every) "
    r"⟨[cxu](\d+)⟩"
)
_CELL = Expression(r"(-?\d+\.\d+)\s*(?:%|points?|pp)?\s*[(\[]\s*-?\d+\.?\d*\s*(?:to|,|;|-)\s*-?\d")
_ELSEWHERE = Expression(r"previous|earlier|other (?:trial|stud)|literature|reported by|et al|meta-?analys", re.I)
BESIDE = 3
"""So many sentences from the number, two shares may be those it is of, where a difference is told right before."""
ROOM, MODELLED, ABOUT = 1.02, 1.12, 1.12
"""Factors by which a number needed to treat may be off."""


class Source(NamedTuple):
    """A risk difference as a fraction, the sentence it is told in, its quotes; whether told as so many per 1000."""

    difference: Span
    place: int
    quotes: tuple[Spot, ...]
    absolute: bool = False


def needed_to_treat(reading: Reading) -> Iterator[Finding]:
    """Compare numbers needed to treat with the risk differences of the paper."""
    every = list(lines(reading, _ROLES))
    told = [
        (index, line, number, room)
        for index, line in enumerate(every)
        if re.search(r"need|NN[THSV]|every|treat|prevent|avert|avoid|spare|save|have to|per\b", line.words)
        for number, room in _numbers(line)
    ]
    if not told:
        return
    pooled = is_review(reading)
    modelled = MODELLED if _LIMITS.search(reading.document.prose) else ROOM
    sources = [s for s in _sources(reading, every) if not pooled or (s.absolute and s.place >= 0)]
    for index, line, number, room in told:
        own = _before(line, number, [s for s in sources if s.place == index])
        if len(own) != 1 or _LIMITS.search(line.words):
            own = [s for s in own if len(s.quotes) == 1]
        direct = [s for s in own if _right_before(line, number, s)]
        own = direct if len(direct) == 1 else own
        tried = own if len(own) == 1 else sources
        if not own and any(s.place == index - 1 and len(s.quotes) == 1 for s in sources):
            tried = [
                s for s in sources if len(s.quotes) < 2 or abs(s.place - index) <= BESIDE
            ]  # a difference just told
        if any(_fits(number, s.difference, max(room, modelled)) for s in tried):
            continue
        near = [s for s in own if s.difference.low > 0] or [
            s for s in sources if 0 <= index - s.place <= 2 and s.difference.low > 0
        ]
        if not near or _ELSEWHERE.search(line.words):
            continue
        source = near[-1]
        low, high = 1 / source.difference.high, 1 / source.difference.low
        gives = f"{low:.3g}" if f"{low:.3g}" == f"{high:.3g}" else f"{low:.3g} to {high:.3g}"
        yield reading.finding(
            "NEEDED_TO_TREAT", "inconsistent",
            f"{number.printed} needed to treat is inconsistent with the difference told, which gives {gives}",
            "it may rest on an adjusted or estimated difference that is not told, or on another outcome",
            quotes=(spot(line, number), *source.quotes), computed=(("1 / difference", gives),),
        )  # fmt: skip


def _before(line: Line, number: Number, own: list[Source]) -> list[Source]:
    """Give the one pair of shares told before a number, where those behind it are about another thing."""
    at = line.start + number.start
    ahead = [s for s in own if all(q[1] <= at for q in s.quotes)]
    after = line.words[number.end :]
    return own if len(ahead) != 1 or len(own) == 1 or re.match(r"\s?(?:[(\[]|for\b|to\b)", after) else ahead


_SO = Expression(
    r"^[^.;\d]{0,25}(?:[(\[][^()]{0,40}[)\]])?,? (?:so that|so|hence|thus|i\.e\.,?|that is,?|which (?:means|"
    r"corresponds|"
    r"translates|gives)|meaning|giving|corresponding|equivalent|translating|or|and therefore)\b[^.;\d]{0,60}$"
)


def _right_before(line: Line, number: Number, source: Source) -> bool:
    """Say whether a number is told to follow from a difference: "8.9 points (1.9 to 15.9), so that 12 patients"."""
    at = source.quotes[-1][1] - line.start if len(source.quotes) == 1 else -1
    return 0 < at < number.start and _SO.match(line.words[at : number.start]) is not None


def _numbers(line: Line) -> Iterator[tuple[Number, float]]:
    sentence = marked(line.words)
    text = _MARK.sub(
        lambda m: "one" if m[1] in "cx" and sentence.numbers[int(m[2])].printed.value == 1 else m[0],
        _ASIDE.sub("", sentence.text),
    )
    seen: set[int] = set()
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            i = int(match["i"])
            number = sentence.numbers[i]
            if i in seen or number.printed.value < 2 or (number.kind == "m" and number.printed.decimals):
                continue
            seen.add(i)
            at = text.index(f"⟨{number.kind}{i}⟩")
            if re.match(r"⟨\w+⟩[ -]?(?:fold|times)\b", text[at:]):
                continue  # "the numbers needed to treat differed by more than two fold"
            about = match.groupdict().get("about") or _ABOUT.search(text[max(0, at - 16) : at])
            yield number, ABOUT if about else 1.0


def _sources(reading: Reading, every: list[Line]) -> Iterator[Source]:
    where = {line.start: index for index, line in enumerate(every)}
    for pair in comparisons(reading, _ROLES):
        if len(pair.shares) == 2 and pair.line.start in where:
            one, two = share_span(pair.one), share_span(pair.two)
            apart = Span((one.low - two.high) / 100, (one.high - two.low) / 100).absolute()
            quotes = tuple(spot(pair.line, *s.numbers) for s in pair.shares)
            yield Source(apart, where[pair.line.start], quotes)
    for index, line in enumerate(every):
        sentence = marked(line.words)
        for effect in effects(sentence):
            if effect.name == "difference":
                own = span(effect.number.printed).absolute()
                yield Source(Span(own.low / 100, own.high / 100), index, (spot(line, effect.number),))
        yield from _rates(line, sentence, index)
        for match in _FEWER.finditer(sentence.text):
            number, base = sentence.numbers[int(match[1])], float(sentence.numbers[int(match[2])].printed.value)
            if base in (100, 1000, 10_000) and number.printed.value:
                own = span(number.printed)
                about = 0.06 if _ABOUT.search(sentence.text[: match.start()]) and own.middle % 5 == 0 else 0.0
                apart = Span(own.low * (1 - about) / base, own.high * (1 + about) / base)
                yield Source(apart, index, (spot(line, number),), absolute=True)
    for table in reading.document.tables:
        for match in _CELL.finditer(reading.document.plain, table.start, table.end):
            value = abs(float(match[1]))
            if value:
                yield Source(Span(value / 100 - 0.0005, value / 100 + 0.0005), -9, ())


def _rates(line: Line, sentence: Marked, index: int) -> Iterator[Source]:
    found = [
        (sentence.numbers[int(m[1])], float(sentence.numbers[int(m[2])].printed.value))
        for m in _RATE.finditer(sentence.text)
    ]
    for (one, scale), (two, other) in pairwise(found):
        if scale == other and scale >= 1:
            a, b = span(one.printed), span(two.printed)
            apart = Span((a.low - b.high) / scale, (a.high - b.low) / scale).absolute()
            yield Source(apart, index, (spot(line, one), spot(line, two)))


def _fits(number: Number, difference: Span, room: float) -> bool:
    if difference.high <= 0:
        return False
    low, high = 1 / difference.high, math.inf if difference.low <= 0 else 1 / difference.low
    own = span(number.printed)
    if not number.printed.decimals:
        low, high = math.floor(low), math.ceil(high) if math.isfinite(high) else high
    return own.low <= high * room and low <= own.high * room
