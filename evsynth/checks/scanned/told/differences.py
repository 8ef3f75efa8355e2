"""A difference, change or relative change told beside the two values it is made of.

"6.4 with training and 8.7 with advice, a gap of 3.2 points"; "fell from 3.9 to 0.9, a decrease of 67%"; "halved".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from evsynth.checks.scanned.facts.effects import Effect, effects
from evsynth.checks.scanned.facts.measured import Measured, Sentence, measured, same_unit
from evsynth.checks.scanned.facts.told_differences import NOUN, Told, among_alike, told_difference, values_of
from evsynth.checks.scanned.numbers.methods_said import tests
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("DIFFERENCE_TOLD", "RELATIVE_CHANGE")

_MODELLED = Expression(
    r"adjust|ANCOVA|covarian|least[- ]squares|\bLS\b|model|weighted|imput|controll|estimat|marginal|predicted|"
    r"standardi|geometric|hodges|matched|regress|\bcorrected|pooled|meta-anal", re.I,
)  # fmt: skip
_MEDIANS = Expression(r"\bmedians?\b|\bIQR\b|quartile", re.I)
_SURVIVAL = Expression(
    r"\bmedian (?:overall |progression-free |event-free |disease-free |relapse-free )?(?:survival|OS|PFS|EFS|DFS)\b"
)
"""Medians whose difference is told as the gain: no other estimate of it is in use."""
_LEAST_SQUARES = Expression(r"\b(?:least[- ]squares|LS|LSM)[ -]?(?:means?|changes?)?\b[^.;()]{0,90}$", re.I)
"""Means of a model: the difference told with them is of the same model."""
_OWN_CHANGE = Expression(
    r"\b(?:mean|median|average|individual|typical|maxim\w+|peak|up)\s?(?:percent(?:age)?|relative|%)?\s?$", re.I
)
_LOOSE = 0.25
"""A difference of a subset, or of a model that is not named, lies within this share of that of the two values."""


_OR_MORE = Expression(r"^\s?(?:[a-z-]+\s){0,2}or (?:more|less|greater|better|worse|higher|lower|fewer|longer)\b", re.I)
"""After a number: it is the limit of those who are counted, no difference."""


def _of_people(sentence: Sentence, value: Measured) -> bool:
    """Say whether a number is a limit of those who are counted, or counts the others: "the other 34 (+31 vs -9 m)"."""
    before = sentence.words[max(0, value.start - 20) : value.start]
    return (
        _OR_MORE.match(sentence.words[value.end :]) is not None
        or re.search(r"\b(?:other|remaining|rest,)\s$", before) is not None
    )


def differences(reading: Reading) -> Iterator[Finding]:
    """Check every difference that stands in one sentence with its two values."""
    said = tests(reading)
    modelled = said.adjusted or bool(_MODELLED.search(reading.document.prose))
    for line in lines(reading, ("abstract", "results", "body", "figure legend")):
        if not re.search(r"\d", line.words) or not re.search(
            NOUN + r"|lower|higher|less|more|points|[(\[]\s?[-+]\s?\d", line.words, re.I
        ):
            continue
        sentence = measured(line)
        if len(sentence.values) < 3:
            continue
        beside = effects(line)
        earlier: list[tuple[int, Told]] = []
        for index, value in enumerate(sentence.values):
            told = None if _of_people(sentence, value) else told_difference(sentence, index, value)
            if told is None:
                yield from _of_start(reading, sentence, index, earlier)
            if told is not None:
                earlier.append((index, told))
                yield from _judged(reading, sentence, index, told, beside, modelled=modelled)


_LESS = Expression(r"^\s?(?:lower|less|fewer|shorter|smaller|reduction|decrease|decline|fall|drop|loss)\b", re.I)
_LESSENED = Expression(
    r"\b(?:reduction|decrease[ds]?|declin(?:ed?|es)|falls?|fell|drop(?:ped)?|reduced|lowered)(?: of| by|,|"
    r":)?\s?(?:an? )?[(]?$",
    re.I,
)
"""What is less by a share is less by a share of the larger value."""
_ABOUT = Expression(r"\b(?:about|approximately|roughly|around|nearly|almost|some|circa)\b|[~≈]", re.I)
_OF_START = Expression(
    r"^\s?(?:of|from|against|relative to|compared with) (?:the |its |their )?(?:initial|baseline|original|"
    r"first|starting|former|"
    r"previous|pre-\w+|pretreatment)\b", re.I,
)  # fmt: skip


def _of_start(reading: Reading, sentence: Sentence, index: int, earlier: list[tuple[int, Told]]) -> Iterator[Finding]:
    """Check "an improvement of 146.5 mL or 65.6% of the initial rate" against the two values of the improvement."""
    value = sentence.values[index]
    if not earlier or not value.unit.startswith("%") or not _OF_START.match(sentence.words[value.end :]):
        return
    at, told = earlier[-1]
    pair, _ = values_of(sentence, at, told)
    if pair is None or told.relative or float(pair[0].value) == 0 or index - at > 2:
        return
    own, made = span(value.value), 100 * abs(float(told.value.value) / float(pair[0].value))
    if own.low - 0.6 <= made <= own.high + 0.6:
        return
    yield reading.finding(
        "RELATIVE_CHANGE", "inconsistent",
        f"{value.value}% of the first value is inconsistent with a change of {told.value.value} from {pair[0].value}, "
        f"which is {made:.3g}%",
        "what is left may have been printed for what was lost; otherwise one of the numbers is misprinted",
        quotes=(_spot(sentence, value), _spot(sentence, pair[0], told.value)),
        computed=(("per cent of the first", f"{made:.4g}"),),
    )  # fmt: skip


def _judged(
    reading: Reading, sentence: Sentence, index: int, told: Told, beside: tuple[Effect, ...], *, modelled: bool
) -> Iterator[Finding]:
    pair, direct = values_of(sentence, index, told)
    if pair is not None and any(e.start < sentence.line.start + pair[0].start < e.end for e in beside):
        return  # "(incidence rate ratio 0.72, 0.58 to 0.89), i.e. 28% fewer": limits
    if pair is None and told.value.value.decimals and not told.relative:
        alike = among_alike(sentence, told.value)
        pair, direct = values_of(alike, alike.values.index(told.value), told)
    if pair is None:
        return
    one, two = pair
    words = sentence.words[max(0, min(one.start, told.value.start) - 60) : told.value.end]
    moved = direct and re.search(r"\bfrom $", sentence.words[: one.start]) is not None
    survival = direct and not told.relative and _SURVIVAL.search(words) is not None and told.value.n is None
    same_model = direct and not told.relative and _LEAST_SQUARES.search(sentence.words[: one.start]) is not None
    if (_MODELLED.search(words) and not moved and not same_model) or (_MEDIANS.search(words) and not survival):
        return
    if told.relative:
        yield from _relative(reading, sentence, told, one, two, direct=direct)
        return
    own = span(told.value.value).absolute()
    unlike = direct and bool(told.value.unit) and not re.match(r"%|p|points", told.value.unit)
    others = [
        v for i, v in enumerate(sentence.values)
        if i != index and (v in pair or not unlike or same_unit(v, told.value))
    ]  # fmt: skip
    if any(own.meets(d) for d in (_difference(one.value, two.value), *_every(others, sentence.words))):
        return
    made = _difference(one.value, two.value)
    size = max(own.middle, made.middle)
    if size > 12 * max(min(own.middle, made.middle), 10.0**-told.value.value.decimals):
        return  # not a difference of these two
    held = _centred(beside, told, sentence, made)
    if same_model and abs(own.middle - made.middle) <= 0.1 * size:
        return
    if not held and not direct and (modelled or abs(own.middle - made.middle) <= _LOOSE * size):
        return
    yield reading.finding(
        "DIFFERENCE_TOLD", "inconsistent",
        f"a difference of {told.value.value} is inconsistent with {one.value} and {two.value}, which differ by "
        f"{made.middle:.4g}",
        "an adjusted difference, or one in fewer patients, may be meant; otherwise one of the three is misprinted",
        quotes=(_spot(sentence, one, two, told.value),), computed=(("difference", f"{made.middle:.6g}"),),
    )  # fmt: skip


def _signed_text(words: str, value: Measured) -> bool:
    """Say whether a value is printed with its sign: it then is no size of a fall or rise that words tell."""
    return value.value.value < 0 or words[: value.start].rstrip().endswith("+") or words[value.start] == "+"


def _every(values: list[Measured], words: str) -> Iterator[Span]:
    """Give the differences of any two values, and the differences of two differences of neighbours."""
    some = values[:8]
    for one, two in combinations(some, 2):
        yield _difference(one.value, two.value)
    steps = [_signed(a.value, b.value) for a, b in zip(some[::2], some[1::2], strict=False)]
    for a, b in combinations(steps, 2):
        yield Span(a.low - b.high, a.high - b.low).absolute()
    if len(some) >= 2 and not all(_signed_text(words, v) for v in some[:2]):
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


def _behind(sentence: Sentence, told: Told) -> str:
    return re.sub(r"^\s?%", "", sentence.words[told.value.end :])


def _doses(sentence: Sentence, one: Measured, two: Measured) -> bool:
    """Say whether two numbers are doses: "(50 and 150 mg/kg)"."""
    return bool(
        re.fullmatch(r"\s?(?:and|or)\s", sentence.words[one.end : two.start])
        and re.match(r"[\d.,]+\s?(?:mg|µg|g|mcg|IU|mL)\b", sentence.words[two.start : two.end + 12])
        and one.spread is None and two.spread is None
    )  # fmt: skip


def _relative(
    reading: Reading, sentence: Sentence, told: Told, one: Measured, two: Measured, *, direct: bool
) -> Iterator[Finding]:
    if not direct or _OWN_CHANGE.search(told.lead) or one.value.value <= 0 or two.value.value <= 0:
        return
    if re.search(r"\b(?:mean|median|average)\b", told.lead) or _doses(sentence, one, two):
        return
    if one.unit.startswith("%") != two.unit.startswith("%") or re.match(r"\s?,\s?n\s?=", _behind(sentence, told)):
        return
    own, a, b = span(told.value.value).absolute(), span(one.value), span(two.value)
    points = [v for v in sentence.values[:8] if v.unit.startswith("%") and v is not told.value]
    if any(own.meets(_difference(v.value, w.value)) for v, w in combinations(points, 2)):
        return  # "(70%), a 10% reduction compared with the others (80% and 78%)"
    near = sentence.words[max(0, min(one.start, told.value.start) - 40) : max(two.end, told.value.end)]
    about = 0.15 * own.middle if _ABOUT.search(near) else 0.5
    room = Span(own.low - about, own.high + about)
    less = _LESS.search(_behind(sentence, told)[:22]) or _LESSENED.search(told.lead[-45:])
    tried = [
        Span(100 * abs(x.low - y.high) / z.high, 100 * abs(x.high - y.low) / max(z.low, 1e-9))
        for x, y in ((max(a, b), min(a, b)),) for z in ((x,) if less else (a, b))
    ]  # fmt: skip
    tried += [] if less else [Span(100 * x.low / y.high, 100 * x.high / max(y.low, 1e-9)) for x, y in ((a, b), (b, a))]
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
