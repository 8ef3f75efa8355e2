"""The file `estimate.json`: everything that went into a result and everything that came out, in one place."""

from __future__ import annotations

import math
from typing import Any

from evsynth import __version__
from evsynth.model.effect import Effect, Leaf, Unusable
from evsynth.model.estimate import Answer, Estimate
from evsynth.text.canonical import readable


def estimate_json(answer: Answer, *, digits: int = 6) -> bytes:
    """Render an answer as JSON; floats have 6 significant digits or those asked for, printed numbers stay text."""
    pool, selection, result = answer
    content: dict[str, Any] = {
        "id": result.id,
        "sha256": result.hash,
        "result": "estimate" if isinstance(result, Estimate) else "refusal",
        "pool": pool.pool,
        "title": pool.title,
        "question": pool.question,
        "claim": pool.claim,
        "outcome": pool.outcome,
        "measure": pool.measure,
        "plan": pool.plan,
        "because": pool.because,
        "choices": pool.choices.model_dump(exclude_none=True),
        "overrides": [o.model_dump() for o in pool.overrides],
        "k": result.k,
    }
    if isinstance(result, Estimate):
        content |= {
            "kind": result.kind,
            "figures": result.figures,
            "fitted": result.fitted,
            "weights": result.weights,
        }
    else:
        content |= {"reasons": result.reasons}
    content |= {
        "companions": result.companions,
        "warnings": result.warnings,
        "effects": [_effect(e) for e in selection.effects],
        "unusable": [_unusable(u) for u in selection.unusable],
        "log": selection.log,
        "evsynth": __version__,
    }
    return readable(content, digits=digits)


def _effect(effect: Effect) -> dict[str, Any]:
    content = {key: None if _is_nan(value) else value for key, value in effect._asdict().items()}
    content["estimand"] = effect.estimand._asdict()
    content["leaves"] = [_leaf(leaf) for leaf in effect.leaves]
    return content


def _is_nan(value: object) -> bool:
    """Say whether a study has no such number, as with counts that give no effect of their own."""
    return isinstance(value, float) and math.isnan(value)


def _unusable(unusable: Unusable) -> dict[str, Any]:
    content = unusable._asdict()
    content["estimand"] = unusable.estimand._asdict() if unusable.estimand else None
    content["leaves"] = [_leaf(leaf) for leaf in unusable.leaves]
    return content


def _leaf(leaf: Leaf) -> dict[str, Any]:
    return leaf._asdict()
