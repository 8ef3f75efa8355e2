"""The identifier of a result: a hash of its canonical inputs, not of files, dates or floating-point digits."""

from __future__ import annotations

import re

from evsynth.model.effect import Leaf, Selection
from evsynth.model.estimate import Reason
from evsynth.model.pool import Pool
from evsynth.text.canonical import digest

RULES = "evsynth-default/1"
"""Version of the rules by which inputs become a result; a change of rules changes every identifier."""


def identity(pool: Pool, selection: Selection, against: tuple[Reason, ...] = ()) -> str:
    """Give the SHA-256 over question, choices, inputs, and the codes of what stands against pooling.

    Inputs are sorted, so the order of studies does not matter; names of files, places and quotes do not enter. One
    digit, one exclusion, one choice, or a decision about shared patients gives another identifier.
    """
    content = {
        "rules": RULES,
        "pool": pool.pool,
        "question": " ".join(pool.question.split()),
        "claim": pool.claim,
        "outcome": pool.outcome,
        "measure": pool.measure,
        "plan": pool.plan,
        "choices": pool.choices.model_dump(exclude_none=True),
        "overrides": sorted([o.code, o.because] for o in pool.overrides),
        "against": sorted({reason.code for reason in against}),
        "effects": sorted(
            [e.id, list(e.estimand), _inputs(e.leaves), list(e.events), list(e.totals)] for e in selection.effects
        ),
        "unusable": sorted(
            [f"{u.study}/{u.cohort}/{u.group}", u.code, list(u.estimand or ()), _inputs(u.leaves)]
            for u in selection.unusable
        ),
    }
    return digest(content)


def _inputs(leaves: tuple[Leaf, ...]) -> list[list[str]]:
    """List numbers by identifier; where a value without a name is printed (after its @) does not enter."""
    found = {(re.sub(r"@[a-z0-9-]*", "", leaf.id), leaf.text) for leaf in leaves}
    return [list(pair) for pair in sorted(found)]
