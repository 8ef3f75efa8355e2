"""What a posterior says of each study: its own effect, and the effect shrunken towards the mean."""

from __future__ import annotations

from evsynth.pooling.bayes.model import NormalNormal
from evsynth.pooling.pooled import back
from evsynth.report.account import Grid


def shrinkage(found: NormalNormal, scale: str) -> Grid:
    """Give the studies' own and shrunken effects on the reader's scale (posterior medians, equal tails)."""
    to = back(scale)
    rows = tuple(
        (one.label, to(one.y), to(one.effect.median), to(one.effect.lower), to(one.effect.upper))
        for one in found.studies
    )
    return Grid("shrunken effects", ("study", "own", "shrunken", "lower", "upper"), rows)
