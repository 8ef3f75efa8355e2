"""Effects told of two shares: risk difference, risk ratio, odds ratio, relative reduction, number needed to treat.

Every effect is compared with what the two shares give, in either direction, over all values that print so. A difference
or ratio may come from an adjusted model that the sentence does not name: papers that adjust get more room.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.comparisons import Comparison, comparisons, share_span, tables
from evsynth.checks.scanned.facts.effects_told import Effect
from evsynth.checks.scanned.facts.marked import spot
from evsynth.checks.scanned.facts.reviews import is_review
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("DIFFERENCE_OF_SHARES", "RATIO_OF_SHARES")

_MODEL = Expression(
    r"adjust|stratif|mantel|regress|weight|imput|cluster|mixed|generali[sz]ed|propensity|match|kaplan|cumulative|"
    r"bayes|"
    r"cox\b|poisson|multivari", re.I,
)  # fmt: skip
_ESTIMATED = Expression(
    r"adjust|weighted|estimat|kaplan|cumulative|surviv|interaction|pooled|hazard|model|margin|mean\b|median|sensitiv|"
    r"specific|accura|predictive|interim|per[- ]year|annual", re.I,
)  # fmt: skip
_NEXT = Expression(r"\)[,;]? (?:and|but|whereas|while|which|with)\b|;")
_OF_SOME = Expression(
    r"\b(?:especially|particularly|in particular|notably|subgroups?|among those|in those|(?:younger|older) than|"
    r"aged|multivaria\w+|regression)\b|;\s(?-i:[A-Z][a-z])|\.\s(?-i:(?!The |This |That |Hence|Thus|It |Relative|"
    r"Absolute|Risk|Odds)[A-Z][a-z])", re.I,
)  # fmt: skip
"""Between shares and an effect: it is of a part of the patients, or told in another sentence."""
_CASES = Expression(r"\bcases?\b.*\bcontrols?\b|\bcontrols?\b.*\bcases?\b", re.I | re.S)
ROOM, MODELLED = 0.35, 2.0
"""Percentage points a difference may be off, and where the paper also adjusts or models."""
FACTOR, MODELLED_FACTOR = 1.06, 1.3
"""Factors by which a ratio may be off."""
MISNAMED_FACTOR = 1.15
"""The same for an odds ratio that is the risk ratio of the two shares."""


def effects_of_shares(reading: Reading) -> Iterator[Finding]:
    """Compare differences and ratios with the two shares they are told of."""
    if is_review(reading):
        return  # pooled effects are no quotients of the sums of patients
    modelled = bool(_MODEL.search(reading.document.prose))
    for told in comparisons(reading):
        if len(told.shares) != 2 or sum(e.name in ("risk ratio", "odds ratio") for e in told.effects) > 2:
            continue  # ratios of several factors are of none of the two shares
        for effect in told.effects:
            if (effect.bound != "=" and effect.name != "P") or _ESTIMATED.search(_words(told, effect)):
                continue
            if _OF_SOME.search(told.sentence.text[told.two.end : max(told.two.end, effect.start)]):
                continue
            if effect.name == "difference":
                yield from _difference(reading, told, effect, modelled)
            elif effect.name in ("risk ratio", "odds ratio", "relative reduction"):
                yield from _ratio(reading, told, effect, modelled)


def _words(told: Comparison, effect: Effect) -> str:
    """Give the words from the shares to an effect, and those behind it as far as they can be about it."""
    text = told.sentence.text
    return text[max(0, told.one.start - 120) : effect.end] + _NEXT.split(text[effect.end : effect.end + 60])[0]


def _difference(reading: Reading, told: Comparison, effect: Effect, modelled: bool) -> Iterator[Finding]:
    one, two = share_span(told.one), share_span(told.two)
    follows = Span(one.low - two.high, one.high - two.low).absolute()
    printed = span(effect.number.printed).absolute()
    relative = _relative(one, two)
    absolute = re.search(r"absolute", told.sentence.text[effect.start : effect.end], re.I)
    is_relative = any(printed.meets(Span(100 * r.low, 100 * r.high)) for r in relative)
    if not absolute and is_relative and effect.number.kind == "p":
        return
    room = MODELLED if modelled else ROOM
    if printed.low - room <= follows.high and follows.low - room <= printed.high:
        return
    yield _finding(
        reading,
        told,
        effect,
        "DIFFERENCE_OF_SHARES",
        f"a difference of {effect.number.printed} points",
        follows,
        "points",
    )


def _relative(one: Span, two: Span) -> list[Span]:
    """Give the relative changes from one share to the other, either way, as fractions."""
    found = []
    for a, b in ((one, two), (two, one)):
        if a.low > 0:
            ends = sorted((b.low / a.high - 1, b.high / a.low - 1))
            found.append(Span(*ends).absolute())
    return found


def _ratio(reading: Reading, told: Comparison, effect: Effect, modelled: bool) -> Iterator[Finding]:
    one, two = share_span(told.one), share_span(told.two)
    if min(one.low, two.low) <= 0 or max(one.high, two.high) >= 100:
        return
    printed = span(effect.number.printed)
    if effect.name == "relative reduction":
        lesser, greater = sorted((one, two))
        left = Span(100 - printed.high, 100 - printed.low)
        # What is left, told for what was lost, is no matter of a model.
        turned = not 47 < printed.middle < 53 and left.meets(
            Span(100 - 100 * lesser.high / greater.low - 0.6, 100 - 100 * lesser.low / greater.high + 0.6)
        )
        room = 10.0 if modelled and not turned else 1.0
        said = told.sentence.text[effect.start : effect.end]
        lost = re.search(r"reduction|decrease|RRR|efficacy|effectiveness", said) is not None
        fell = lost and not turned and lesser.high < greater.low
        fallen = Span(100 - 100 * lesser.high / greater.low, 100 - 100 * lesser.low / greater.high)
        relative = [Span(fallen.low / 100, fallen.high / 100)] if fell or turned else _relative(one, two)
        if all(not printed.meets(Span(100 * r.low - room, 100 * r.high + room)) for r in relative):
            follows = _relative(one, two)[0]
            yield _finding(reading, told, effect, "RATIO_OF_SHARES", f"a relative change of {effect.number.printed}%",
                           Span(100 * follows.low, 100 * follows.high), "%")  # fmt: skip
        return
    ratios = {"risk ratio": Span(one.low / two.high, one.high / two.low)}
    ratios["odds ratio"] = Span(_odds(one.low) / _odds(two.high), _odds(one.high) / _odds(two.low))
    names = ("odds ratio",) if effect.name == "odds ratio" else ("risk ratio",)
    factor = MODELLED_FACTOR if modelled else FACTOR
    crude = bool(re.search(r"crude|unadjusted", told.words, re.I))
    if crude:
        factor = FACTOR
    elif effect.name == "odds ratio" and printed.meets(ratios["risk ratio"]):
        factor = min(factor, MISNAMED_FACTOR)
    directions = [ratios[name] for name in names]
    if not (crude and _CASES.search(told.words)):
        directions += [Span(1 / r.high, 1 / r.low) for r in directions]
    if any(printed.low <= r.high * factor and r.low <= printed.high * factor for r in directions):
        return
    yield _finding(
        reading, told, effect, "RATIO_OF_SHARES", f"{_a(effect.name)} of {effect.number.printed}", ratios[names[0]], ""
    )


def _a(name: str) -> str:
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"


def _odds(percent: float) -> float:
    return percent / (100 - percent)


def _finding(
    reading: Reading, told: Comparison, effect: Effect, code: str, what: str, follows: Span, unit: str
) -> Finding:
    known, sure = tables(reading, told)
    percents = [f"{s.percent.printed}%" for s in told.shares if s.percent is not None]
    groups = " and ".join([f"{k} of {n}" for k, n in known[0]] if known and sure else percents)
    gives = (
        f"{follows.low:.3g}"
        if follows.high - follows.low < 0.005 * follows.high
        else f"{follows.low:.3g} to {follows.high:.3g}"
    )
    return reading.finding(
        code, "inconsistent", f"{what} is inconsistent with {groups}, which give {gives}{' ' + unit if unit else ''}",
        "the effect may be adjusted, or of patients with data; otherwise one of the numbers is misprinted",
        quotes=(
            spot(told.line, *told.one.numbers), spot(told.line, *told.two.numbers), spot(told.line, effect.number)
        ),
        computed=(("from the shares", f"{follows.low:.4g} to {follows.high:.4g}"),),
    )  # fmt: skip
