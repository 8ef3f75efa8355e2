"""Follow a result down: estimate, effects, formula, extracted numbers, quotes and where they stand in their source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from evsynth.model.effect import Effect, Leaf, Unusable
from evsynth.model.estimate import Answer
from evsynth.report.citation import headline
from evsynth.report.composition import composition, inputs, parts
from evsynth.report.numbers import six, with_interval

Offset = tuple[str, int, int]


class Step(NamedTuple):
    """One input of a result on its way to the quote; `source`, `start` and `end` are None where it is not located."""

    result: str
    part: str
    formula: str
    input: str
    text: str
    quoted: bool
    grade: str
    where: str
    quote: str
    source: str | None
    start: int | None
    end: int | None


def steps(answer: Answer, offsets: Mapping[str, Offset]) -> tuple[Step, ...]:
    """List every input of every effect, and of every input that gives no effect, in the order of the answer."""
    return tuple(_steps(answer, offsets))


def trace(answer: Answer, offsets: Mapping[str, Offset]) -> str:
    """Write the way from a result to its quotes; coverage below 100 % is labelled PARTIAL.

    `offsets` gives, by identifier of a number, its source and the characters at which it stands there.
    """
    found = composition(answer)
    located = sum(leaf.id in offsets for leaf in inputs(answer))
    share = f"{100 * found.quoted / found.inputs:.1f}" if found.inputs else "0.0"
    lines = [f"{answer.result.id}  {headline(answer)}", f"  {answer.pool.question}"]
    lines.append(f"  {found.quoted}/{found.inputs} inputs quoted ({share}%), {located} located in a source held here")
    if found.label:
        lines.append(f"  {found.label}")
    for effect in answer.selection.effects:
        number = with_interval(effect.estimate, effect.lower, effect.upper, effect.measure)
        lines += [
            "",
            f"  {effect.label}: {number}",
            f"    y = {six(effect.y)}, v = {six(effect.v)} ({effect.scale} scale)",
        ]
        lines += [f"    {effect.formula}", *(f"    note: {note}" for note in effect.notes)]
        lines += _leaves(effect, offsets)
    for unusable in answer.selection.unusable:
        lines += ["", f"  {unusable.label}: no effect [{unusable.code}]", f"    {unusable.reason}"]
        lines += _leaves(unusable, offsets)
    return "\n".join(lines)


def _leaves(part: Effect | Unusable, offsets: Mapping[str, Offset]) -> list[str]:
    lines = []
    for leaf in part.leaves:
        lines.append(f"    {leaf.statistic} {leaf.text}  {leaf.id}")
        lines.append(f"      {_place(leaf, offsets)}")
        quote = " ".join(leaf.quote.split())
        lines.append(f"      “{quote}”" if leaf.quoted else f"      not quoted: {quote}")
    return lines


def _place(leaf: Leaf, offsets: Mapping[str, Offset]) -> str:
    grade = f" ({leaf.grade})" if leaf.grade else ""
    if leaf.id in offsets:
        source, start, end = offsets[leaf.id]
        return f"{source}{grade}, characters {start}–{end}, {leaf.where}"
    held = f"{leaf.source}{grade}, not located" if leaf.source else "no source"
    return f"{held}, {leaf.where}"


def _steps(answer: Answer, offsets: Mapping[str, Offset]) -> Iterator[Step]:
    for part in parts(answer):
        formula = part.formula if isinstance(part, Effect) else f"no effect: {part.code}"
        for leaf in part.leaves:
            source, start, end = offsets.get(leaf.id, (leaf.source, None, None))
            yield Step(
                answer.result.id, part.label, formula, leaf.id, leaf.text, leaf.quoted, leaf.grade or "", leaf.where,
                leaf.quote, source, start, end,
            )  # fmt: skip
