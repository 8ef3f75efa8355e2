"""What a result is made of: the share of its inputs, and of its weight, that is not a quote from the paper itself."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from evsynth.model.effect import Effect, Leaf, Unusable
from evsynth.model.estimate import Answer, Estimate
from evsynth.report.numbers import decimal

CATEGORIES = (
    ("secondary", "come from a secondary summary"),
    ("abstract", "come from an abstract"),
    ("record", "come from a bibliographic record"),
    ("derived", "are derived, not printed"),
)


class Part(NamedTuple):
    """Inputs of one kind: how many, and the share of weight (0 to 1) of the effects that use any."""

    key: str
    words: str
    inputs: int
    weight: float | None


class Composition(NamedTuple):
    """All inputs of a result, how many of them stand in a quote, and those that are not from the paper itself."""

    inputs: int
    quoted: int
    parts: tuple[Part, ...]

    @property
    def complete(self) -> bool:
        """Whether every input is quoted."""
        return self.quoted == self.inputs

    @property
    def label(self) -> str:
        """Give the label of coverage: nothing where it is complete."""
        return "" if self.complete else f"PARTIAL ({self.quoted}/{self.inputs} inputs quoted)"


def parts(answer: Answer) -> tuple[Effect | Unusable, ...]:
    """List what an answer selected: its effects, then the inputs that gave none."""
    selected: list[Effect | Unusable] = [*answer.selection.effects, *answer.selection.unusable]
    return tuple(selected)


def inputs(answer: Answer) -> tuple[Leaf, ...]:
    """List the inputs of a result, each once: those of its effects, and for a refusal also those that gave none."""
    estimated = isinstance(answer.result, Estimate)
    counted = [part for part in parts(answer) if isinstance(part, Effect) or not estimated]
    return tuple({leaf.id: leaf for part in counted for leaf in part.leaves}.values())


def composition(answer: Answer) -> Composition:
    """Count the inputs of an answer by kind, and weigh them."""
    leaves = inputs(answer)
    kinds = Counter(_kind(leaf) for leaf in leaves)
    found = tuple(Part(key, words, kinds[key], _weight(answer, key)) for key, words in CATEGORIES if kinds[key])
    return Composition(len(leaves), sum(leaf.quoted for leaf in leaves), found)


def in_words(found: Composition) -> str:
    """Write a composition as a sentence."""
    if not found.inputs:
        return "No input."
    plural = "input" if found.inputs == 1 else "inputs"
    if not found.parts:
        alone = "The input is" if found.inputs == 1 else f"All {found.inputs} inputs are"
        return f"{alone} quoted from the paper itself."
    shares = []
    for part in found.parts:
        weight = f"; {decimal(100 * part.weight, 1)}% of the weight" if part.weight is not None else ""
        share = decimal(100 * part.inputs / found.inputs, 1)
        shares.append(f"{part.inputs} ({share}%{weight}) {part.words}")
    return f"Of {found.inputs} {plural}, {', '.join(shares)}; {found.quoted} of {found.inputs} stand in a quote."


def _kind(leaf: Leaf) -> str:
    return "derived" if not leaf.quoted else leaf.grade or "primary"


def _weight(answer: Answer, key: str) -> float | None:
    result, effects = answer.result, answer.selection.effects
    if not isinstance(result, Estimate) or len(result.weights) != len(effects) or not result.weights:
        return None
    touched = (w for w, e in zip(result.weights, effects, strict=True) if any(_kind(leaf) == key for leaf in e.leaves))
    return min(1.0, max(0.0, sum(touched) / sum(result.weights)))
