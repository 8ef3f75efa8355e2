"""The identifier of a result: a hash of its canonical inputs, not of files, dates or floating-point digits."""

from __future__ import annotations

from evsynth.model.effect import Leaf, Selection
from evsynth.model.pool import Pool
from evsynth.text.canonical import digest

RULES = "evsynth-default/1"
"""Version of the rules by which inputs become a result; a change of rules changes every identifier."""


def identity(pool: Pool, selection: Selection) -> str:
    """Give the SHA-256 over question, choices and inputs.

    Inputs are sorted, so the order of studies does not matter; names of files, places and quotes do not
    enter. One digit, one exclusion, or one choice gives another identifier.
    """
    content = {
        "rules": RULES,
        "pool": pool.pool,
        "claim": pool.claim,
        "outcome": pool.outcome,
        "measure": pool.measure,
        "plan": pool.plan,
        "choices": pool.choices.model_dump(),
        "overrides": sorted([o.code, o.because] for o in pool.overrides),
        "effects": sorted([e.id, list(e.estimand), _inputs(e.leaves)] for e in selection.effects),
        "unusable": sorted(
            [f"{u.study}/{u.cohort}/{u.group}", u.code, list(u.estimand or ()), _inputs(u.leaves)]
            for u in selection.unusable
        ),
    }
    return digest(content)


def _inputs(leaves: tuple[Leaf, ...]) -> list[list[str]]:
    return [list(pair) for pair in sorted({(leaf.id, leaf.text) for leaf in leaves})]
