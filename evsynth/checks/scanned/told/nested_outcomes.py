"""Outcomes of which one contains the other, in one sentence: deaths by day 60 are no fewer than by day 28."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from evsynth.checks.scanned.facts.marked import marked, spot
from evsynth.checks.scanned.facts.paired_conditions import Pair, Value, paired
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import span
from evsynth.text.expressions import Expression

CODES = ("GROUP_EXCEEDS",)

_RISES = Expression(
    r"\b(?:mortality|deaths?|died|dead|fatalit\w+|cumulative\w*|readmi\w+|rehospitali\w+|recurren\w+|relaps\w+|"
    r"revision|re-?operat\w+|re-?intervention\w*|conversion to dementia)\b",
    re.I,
)
_FALLS = Expression(r"\b(?:surviv\w+|alive|event-free|patency|retention|persistence|freedom)\b", re.I)
_SPANS = Expression(
    r"\b(?:conditional|annual\w*|per year|monthly|interval|between|incidence rate|prevalence|new|additional|further|"
    r"remaining|relative|from (?:day|week|month|year)|reduc\w+|ratio|odds|hazard|risk|decreas\w+|difference|"
    r"respectively in|"
    r"gestation\w*|standardi[sz]ed|late|early|period|era|since|among (?:those|survivors|the)|landmark)\b", re.I,
)  # fmt: skip
_OTHERS = Expression(
    r"\b(?:those|groups?|arms?|among|versus|vs|whereas|while|compared|than|placebo|controls?|in (?:those|patients|"
    r"women|men|children)|"
    r"for (?:those|patients)|cohorts?|respectively for|subgroups?)\b", re.I,
)  # fmt: skip
_OF_OTHERS = Expression(
    r"\b(?:those|sensitivity|specificity|accuracy|predictive|survival|mortality|risk|ratio|rate|rates|detection|"
    r"incidence|prevalence|"
    r"died|deaths?|AUC|increase[ds]?|reduced|effective\w*|efficacy|success|concordance|agreement|coverage|power|"
    r"per|higher|lower|versus|vs|"
    r"difference|mean|median|SD|correlat\w+|improved|yield)\b", re.I,
)  # fmt: skip

_GATHERED = Expression(
    r"\b(?:respectively|controls?|each|per|additional\w*|another|further|more|samples?|episodes|eyes|sites|"
    r"centres|centers|hospitals|"
    r"studies|trials|articles|records|visits|tests|of (?:whom|which|these|them)|groups?|arms?|variables|items|"
    r"genes|propensity|matched|"
    r"weeks?|sessions|clusters|households)\b", re.I,
)  # fmt: skip
_NEXT = Expression(r"[;.)]")


def nested_outcomes(reading: Reading) -> Iterator[Finding]:
    """Compare what a sentence tells of conditions that contain each other: none is told of more than what contains it.

    Found: counts, or percentages of the same people, in the wrong order. Left alone: rates of other people, groups.
    """
    for line in lines(reading, ("abstract", "results", "body")):
        sentence = marked(line.words)
        if sum(n.kind in "cpm" for n in sentence.numbers) < 2 or _NOT_REACHED.search(sentence.text):
            continue
        for ladder, pairs in paired(sentence):
            for run in _runs(pairs):
                yield from _judged(reading, line, sentence.text, ladder, run)


_NEW_SUBJECT = Expression(r"\band (?:the )?(?:prevalence|rates?|proportion|incidence|frequency|numbers?) of\b")
"""Between two values: the second is of another outcome."""
_BRACKETS = Expression(r"\) and (?:[A-Z][\w-]*|the|a) [\w ]{2,40}\(")
"""Between two values in brackets, the name of something else that has the second."""
_NOT_REACHED = Expression(
    r"\b(?:not|never) (?:been |yet )?reached\b|\bN[RE]\b|\bICCs?\b|\bresponse rate|\bORR\b|(?<=⟩)[<>≤≥] ?⟨"
)
"""Sentences on something else than ordered outcomes: no median yet, reliability, response, bands as "25<30"."""


def _runs(pairs: tuple[Pair, ...]) -> Iterator[list[Pair]]:
    """Give the stretches in which the conditions go one way."""
    run: list[Pair] = []
    for pair in pairs:
        up = [b.condition.rung > a.condition.rung for a, b in pairwise([*run, pair])]
        same = bool(run) and pair.condition.rung == run[-1].condition.rung
        if run and (same or len(set(up)) > 1):
            yield run
            run = []
        run.append(pair)
    yield run


def _judged(reading: Reading, line: Line, text: str, ladder: str, run: list[Pair]) -> Iterator[Finding]:
    for one, two in pairwise(run):
        low, high = (one, two) if one.condition.rung < two.condition.rung else (two, one)
        between = text[min(one.end, two.end) : max(one.start, two.start)]
        if text[max(one.end, two.end) :].startswith((" of those", " of them")):
            continue
        if len(one.values) != len(two.values) or (len(one.values) == 1 and _OTHERS.search(between)):
            continue
        fewer = _fewer(ladder, text, run)
        if fewer is None:
            continue
        if not fewer:
            low, high = high, low
        for less, more in zip(high.values, low.values, strict=True):
            if _exceeds(less, more):
                yield _finding(reading, line, text, ladder, high, low, less, more)
                return


def _fewer(ladder: str, text: str, run: list[Pair]) -> bool | None:
    """Say whether fewer meet the higher condition (true) or more (false); None where that is not known."""
    about = text[: run[-1].end]
    between = text[min(p.start for p in run) : max(p.end for p in run) + 16]
    if _NEW_SUBJECT.search(between):
        return None
    if ladder == "time":
        if _SPANS.search(text) or _BRACKETS.search(between):
            return None
        rises, falls = _RISES.search(about) is not None, _FALLS.search(about) is not None
        return None if rises == falls else falls
    if ladder in ("late death", "unit death", "all deaths"):
        where = between if ladder == "unit death" else text
        return True if re.search(r"mortality|death|died", about, re.I) and not _SPANS.search(where) else None
    if ladder in ("flow", "care", "referral"):
        return (
            None
            if _GATHERED.search(text)
            or any(v.events is None or v.of is not None or v.events.whole < 10 for p in run for v in p.values)
            else True
        )
    if ladder.startswith(("below", "above")):
        return (
            None
            if "⟨r" in between
            or _OF_OTHERS.search(re.split(r"[;.] ", text[: run[-1].end])[-1] + _NEXT.split(text[run[-1].end :])[0][:25])
            else True
        )
    return True


def _exceeds(less: Value, more: Value) -> bool:
    """Say whether the first is more than the second, both counts or both shares of the same people."""
    if less.percent is not None and more.percent is not None:
        if less.of is not None and more.of is not None and less.of.whole != more.of.whole:
            return False
        return span(less.percent.printed).low > span(more.percent.printed).high
    if less.events is None or more.events is None:
        return False
    if less.of is not None and more.of is not None and less.of.whole != more.of.whole:
        return False
    return float(less.events.printed.value) > float(more.events.printed.value)


def _finding(
    reading: Reading, line: Line, text: str, ladder: str, high: Pair, low: Pair, less: Value, more: Value
) -> Finding:
    names = [text[p.condition.start : p.condition.end] for p in (high, low)]
    read = [
        re.sub(r"⟨.(\d+)⟩", lambda m: line.words[(n := marked(line.words).numbers[int(m[1])]).start : n.end], x)
        for x in names
    ]
    one, two = (v.percent if less.percent and more.percent else v.events for v in (less, more))
    assert one is not None
    assert two is not None
    sign = "%" if one.kind == "p" else ""
    return reading.finding(
        "GROUP_EXCEEDS", "inconsistent",
        f"'{read[0]}' is part of '{read[1]}', but {one.printed}{sign} is more than {two.printed}{sign}",
        "the two may be of other people or times; otherwise they may be exchanged, or a digit is misprinted",
        quotes=(spot(line, *less.numbers), spot(line, *more.numbers)),
    )  # fmt: skip
