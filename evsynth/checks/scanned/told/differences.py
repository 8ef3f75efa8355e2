"""A difference, change or relative change told beside the two values it is made of.

"6.4 with training and 8.7 with advice, a gap of 3.2 points"; "fell from 3.9 to 0.9, a decrease of 67%"; "halved".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from evsynth.checks.scanned.numbers.methods_said import tests
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.told.effects import Effect, effects
from evsynth.checks.scanned.told.measured import Measured, Sentence, measured, same_unit
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import Span, span

CODES = ("DIFFERENCE_TOLD", "RELATIVE_CHANGE")

_NOUN = (
    r"(?:differences?|gap|chang(?:es?|ed)|gain(?:s|ed)?|rise|rose|fall|fell|drop(?:ped)?|increas(?:es?|ed)|"
    r"decreas(?:es?|ed)|"
    r"reduc(?:tions?|ed)|improv(?:ements?|ed)|declin(?:es?|ed)|loss|lost|advantage|benefit|excess|deficit|saving|"
    r"cut|grew|"
    r"lower(?:ed)?|shorten(?:ed|ing)|shrank|Δ|delta)"
)
_BEFORE = re.compile(
    rf"\b{_NOUN}\b(?P<what>(?:(?!above|below|import|minim|detect|clinic)[^.;()\[\]\d]){{0,40}}?)(?:\s?(?:\b(?:of|"
    rf"was|were|is|being|by|averaged|averaging|"
    r"amounted to|came to|equal(?:s|led|ling)?(?: to)?)|[:=,(\[]))?\s?(?:a |an )?(?:about |approximately |"
    r"roughly |some |almost |nearly )?"
    r"(?:mean |median )?[(\[]?$", re.I,
)  # fmt: skip
_AFTER = re.compile(
    r"^\s?(?:lower|higher|less|more|fewer|longer|shorter|larger|smaller|greater|apart|better|worse|reduction|increase|"
    r"decrease|difference|drop|fall|rise|gain|improvement|decline|loss|change)\b", re.I,
)  # fmt: skip
_POINTS = re.compile(r"points?|pp", re.I)
_FROM_TO = re.compile(
    r"^[^.;\d]{0,45}?\b(?:to|and|versus|vs\.?|against|compared (?:with|to)|than|then)\s[^.;\d]{0,45}$", re.I
)
_APPOSITIVE = re.compile(
    r"^[^.;\d]{0,50}?(?:[,;(\[-]|\bor\b|\bi\.e\.)\s?(?:(?:or|i\.e\.,?|that is,?|for|with|giving|yielding|"
    r"representing|corresponding to|which is|thus|hence|by|an?|the|mean|crude|absolute|relative|overall|paired|"
    r"unadjusted|"
    r"between-group|net|percentage|percent)\s)*"
    rf"(?:{_NOUN}(?: between (?:the )?(?:two )?(?:groups|arms|means|conditions|periods))?"
    r"\s?(?:of|by|was|[:=,])?\s?(?:a |an )?)?$", re.I,
)  # fmt: skip
_MODELLED = re.compile(
    r"adjust|ANCOVA|covarian|least[- ]squares|\bLS\b|model|weighted|imput|controll|estimat|marginal|predicted|"
    r"standardi|geometric|hodges|matched|regress|\bcorrected|pooled|meta-anal", re.I,
)  # fmt: skip
_MEDIANS = re.compile(r"\bmedians?\b|\bIQR\b|quartile", re.I)
_BY = re.compile(r"\bby\s?(?:about |almost |nearly |some |roughly )?$", re.I)
_VERB = re.compile(rf"\b{_NOUN}\b[^;]{{0,90}}$", re.I)
_CUT = re.compile(r";\s|(?<!i\.e)\.\s|\bwhereas\b|\bwhile\b|,\s?and\b|\band\b.*\band\b")
_LIMIT = re.compile(
    r"(?:than|least|most|over|under|above|below|exceed\w*|up to|cut-?off|threshold|margin|between|within|target\w*|≥|≤)"
    r"\s?(?:of\s|or\s)?$", re.I,
)  # fmt: skip
_LISTED = re.compile(
    r"^[^.;\d]{0,30}?\b(?:vs\.?|versus|against|compared (?:with|to))\s[^.;\d]{0,25}\d|^\s?\(\s?\d[\d.]*\s?%\s?\)|"
    r"^\s?(?:on|since|over|above|relative to|compared)\b",
    re.I,
)
_BETWEEN = re.compile(r"\b(?:differ\w*|gap|advantage|excess|deficit|benefit|apart|net)\b|Δ", re.I)
_TIGHT = re.compile(
    r"^(?:(?!\band\b)[^.;\d()]){0,30}?[,(:]?\s?(?:\(|\bfrom\s)(?:from |mean |means |i\.e\.,? )?[^.;\d()]{0,20}$", re.I
)
_OWN_CHANGE = re.compile(
    r"\b(?:mean|median|average|individual|typical|maxim\w+|peak|up)\s?(?:percent(?:age)?|relative|%)?\s?$", re.I
)
_LOOSE = 0.25
"""A difference of a subset, or of a model that is not named, lies within this share of that of the two values."""


class Told(NamedTuple):
    """A claimed difference: its number, whether it is a percentage of one of the values, and the words before it."""

    value: Measured
    relative: bool
    lead: str


def differences(reading: Reading) -> Iterator[Finding]:
    """Check every difference that stands in one sentence with its two values."""
    said = tests(reading)
    modelled = said.adjusted or bool(_MODELLED.search(reading.document.prose))
    for line in lines(reading, ("abstract", "results", "body", "figure legend")):
        if not re.search(r"\d", line.words) or not re.search(
            _NOUN + r"|lower|higher|less|more|points", line.words, re.I
        ):
            continue
        sentence = measured(line)
        if len(sentence.values) < 3:
            continue
        beside = effects(line)
        for index, value in enumerate(sentence.values):
            told = _told(sentence, index, value)
            if told is not None:
                yield from _judged(reading, sentence, index, told, beside, modelled=modelled)


def _told(sentence: Sentence, index: int, value: Measured) -> Told | None:
    """Give the claim that a value is a difference, by the words beside it; None if it is none."""
    if value.spread is not None and value.spread_kind != "sd":
        return None
    start = sentence.values[index - 1].end if index else 0
    lead = sentence.words[max(start, value.start - 90) : value.start]
    after = sentence.words[value.start + len(value.value.text) :].removeprefix(" ")
    after = after[len(value.unit) :] if after.startswith(value.unit) else after
    named = _BEFORE.search(lead) or (_BY.search(lead) and _VERB.search(sentence.words[: value.start]))
    points = bool(re.search(r"percent(?:age)? points?|per cent points?|pp", value.unit, re.I))
    if named is None and not _AFTER.match(after) and not points:
        return None
    if _LIMIT.search(lead) or _LISTED.match(after) or re.search(r"\b(?:no|without)\b[^.;]*$", lead[-45:]):
        return None
    if re.search(r"\bfrom\s?(?:a (?:mean|median) (?:of )?)?$|\bto\s?$|\bfrom\b[^,;()]*$", lead):
        return None
    relative = value.unit.startswith(("%", "per")) and not points
    return Told(value, relative, lead)


def _judged(
    reading: Reading, sentence: Sentence, index: int, told: Told, beside: tuple[Effect, ...], *, modelled: bool
) -> Iterator[Finding]:
    pair, direct = _pair(sentence, index, told)
    if pair is None:
        return
    one, two = pair
    words = sentence.words[max(0, min(one.start, told.value.start) - 60) : told.value.end]
    if _MODELLED.search(words) or _MEDIANS.search(words):
        return
    if told.relative:
        yield from _relative(reading, sentence, told, one, two, direct=direct)
        return
    own = span(told.value.value).absolute()
    others = [v for i, v in enumerate(sentence.values) if i != index]
    if any(own.meets(d) for d in _every(others)):
        return
    made = _difference(one.value, two.value)
    size = max(own.middle, made.middle)
    if size > 12 * max(min(own.middle, made.middle), 10.0**-told.value.value.decimals):
        return  # not a difference of these two
    held = _centred(beside, told, sentence, made)
    if not held and not direct and (modelled or abs(own.middle - made.middle) <= _LOOSE * size):
        return
    yield reading.finding(
        "DIFFERENCE_TOLD", "inconsistent",
        f"a difference of {told.value.value} is inconsistent with {one.value} and {two.value}, which differ by "
        f"{made.middle:.4g}",
        "an adjusted difference, or one in fewer patients, may be meant; otherwise one of the three is misprinted",
        quotes=(_spot(sentence, one, two, told.value),), computed=(("difference", f"{made.middle:.6g}"),),
    )  # fmt: skip


def _pair(sentence: Sentence, index: int, told: Told) -> tuple[tuple[Measured, Measured] | None, bool]:
    """Give the two values right before (or after) a claim, and whether the claim restates them."""
    values, words = sentence.values, sentence.words
    generic = told.relative or bool(_POINTS.search(told.value.unit)) or not told.value.unit
    for at, ahead in ((index - 2, False), (index + 1, True)):
        if at < 0 or at + 1 >= len(values):
            continue
        one, two = values[at], values[at + 1]
        between = words[one.end : two.start]
        if not same_unit(one, two) or not _FROM_TO.match(between) or (one.spread is None) != (two.spread is None):
            continue
        if not generic and not same_unit(told.value, two):
            continue
        gap = words[told.value.end : one.start] if ahead else words[two.end : told.value.start]
        anew = re.match(r"[^.]{0,40};\s(?:paired |mean |the |a |between-group |absolute )*" + _NOUN, gap)
        if not anew and (len(gap) > 70 or _CUT.search(gap)):
            continue
        if at and not ahead and _third(words[values[at - 1].end : one.start]):
            continue
        if ahead and (not _TIGHT.match(gap) or ("from " in gap and not re.search(r"\bto\b", between))):
            continue
        if _depth(words, one.start) != _depth(words, two.start):
            continue
        if any(_told(sentence, i, values[i]) for i in (at, at + 1)) and not _BETWEEN.search(told.lead[-60:]):
            continue  # each of them is a change: these are three groups
        return (one, two), bool(_APPOSITIVE.match(gap)) if not ahead else True
    return None, False


def _depth(words: str, at: int) -> int:
    before = words[:at]
    return before.count("(") + before.count("[") - before.count(")") - before.count("]")


def _third(between: str) -> bool:
    """Say whether another value stands in a list with the pair: there are three groups, or two visits of each."""
    return len(between) < 60 and not re.search(r"[;(]", between)


def _every(values: list[Measured]) -> Iterator[Span]:
    """Give the differences of any two values, and the differences of two differences of neighbours."""
    some = values[:8]
    for one, two in combinations(some, 2):
        yield _difference(one.value, two.value)
    steps = [_signed(a.value, b.value) for a, b in zip(some[::2], some[1::2], strict=False)]
    for a, b in combinations(steps, 2):
        yield Span(a.low - b.high, a.high - b.low).absolute()
    if len(some) >= 2:
        a, b = span(some[0].value), span(some[1].value)
        yield Span(a.low + b.low, a.high + b.high).absolute()


def _signed(one: Printed, two: Printed) -> Span:
    a, b = span(one), span(two)
    return Span(a.low - b.high - 1e-9, a.high - b.low + 1e-9)


def _difference(one: Printed, two: Printed) -> Span:
    return _signed(one, two).absolute()


def _centred(beside: tuple[Effect, ...], told: Told, sentence: Sentence, made: Span) -> bool:
    """Say whether the interval of the claim has the difference of the two values in its middle."""
    at = sentence.line.start + told.value.start
    for e in beside:
        if e.value is not None and abs(e.start - at) <= 2:
            low, high = span(e.low), span(e.high)
            if Span((low.low + high.low) / 2, (low.high + high.high) / 2).absolute().meets(made):
                return True
    return False


def _relative(
    reading: Reading, sentence: Sentence, told: Told, one: Measured, two: Measured, *, direct: bool
) -> Iterator[Finding]:
    if not direct or _OWN_CHANGE.search(told.lead) or one.value.value <= 0 or two.value.value <= 0:
        return
    if re.search(r"\b(?:mean|median|average)\b", told.lead):
        return
    own, a, b = span(told.value.value), span(one.value), span(two.value)
    room = Span(own.low - 0.5, own.high + 0.5)
    tried = [
        Span(100 * abs(x.low - y.high) / z.high, 100 * abs(x.high - y.low) / max(z.low, 1e-9))
        for x, y in ((max(a, b), min(a, b)),) for z in (a, b)
    ]  # fmt: skip
    tried += [Span(100 * x.low / y.high, 100 * x.high / max(y.low, 1e-9)) for x, y in ((a, b), (b, a))]
    if one.unit.startswith(("%", "per")) or two.unit.startswith(("%", "per")):
        tried.append(_difference(one.value, two.value))
    if any(room.meets(Span(min(t), max(t))) for t in tried):
        return
    yield reading.finding(
        "RELATIVE_CHANGE", "inconsistent",
        f"{told.value.value}% is inconsistent with {one.value} and {two.value}: they differ by "
        f"{_difference(one.value, two.value).middle:.3g}, "
        f"{_percent(one.value, two.value):.3g}% of the first",
        "an adjusted difference, or a mean of the changes of single patients, may be meant; "
        "otherwise one of the three is misprinted",
        quotes=(_spot(sentence, one, two, told.value),),
        computed=(("per cent of the first", f"{_percent(one.value, two.value):.4g}"),),
    )  # fmt: skip


def _percent(one: Printed, two: Printed) -> float:
    return 100 * abs(float(two) - float(one)) / float(one)


def _spot(sentence: Sentence, *values: Measured) -> tuple[int, int]:
    return (
        sentence.line.start + min(v.start for v in values),
        sentence.line.start + max(v.start + len(v.value.text) for v in values),
    )
