"""From a pool file and its studies to effects: which printed numbers are used, and why any input gives none."""

from __future__ import annotations

from collections.abc import Callable

from evsynth.effects import changes, hazards, proportions, two_groups
from evsynth.effects.prints import Asked, ask
from evsynth.model.effect import Effect, Selection, Unusable
from evsynth.model.pool import Measure, Pool
from evsynth.model.review import Review
from evsynth.model.source import Sidecar
from evsynth.text.extraction import Extraction

Made = Effect | Unusable
Maker = Callable[[Asked, Pool, list[str]], Made]

MAKERS: dict[Measure, Maker] = {
    "proportion": proportions.effect,
    "hazard ratio": hazards.effect,
    "log odds ratio": two_groups.effect,
    "log risk ratio": two_groups.effect,
    "risk difference": two_groups.effect,
    "mean change": changes.mean,
    "median change": changes.without_variance,
    "percent reduction": changes.without_variance,
}


def select(pool: Pool, extractions: dict[str, Extraction], sources: dict[str, Sidecar], review: Review) -> Selection:
    """Make the effects of a pool, sorted by study, cohort and group; every exclusion and assumption is logged."""
    log: list[str] = []
    made: list[Made] = []
    for wanted in pool.inputs:
        made.append(MAKERS[pool.measure](ask(wanted, extractions[wanted.study], sources, review), pool, log))

    def key(one: Made) -> tuple[str, str, str]:
        return one.study, one.cohort, one.group

    made = _told_apart(made)
    return Selection(
        tuple(sorted((m for m in made if isinstance(m, Effect)), key=key)),
        tuple(sorted((m for m in made if isinstance(m, Unusable)), key=key)),
        tuple(dict.fromkeys(log)),
    )


def _told_apart(made: list[Made]) -> list[Made]:
    """Add the group, then the outcome, to labels that would otherwise be the same."""
    for detail in (_group, _outcome):
        labels = [m.label for m in made]
        told = [_with(m.label, detail(m)) for m in made]
        split = {label: len({t for t, own in zip(told, labels, strict=True) if own == label}) > 1 for label in labels}
        made = [m._replace(label=t) if split[m.label] else m for m, t in zip(made, told, strict=True)]
    return made


def _with(label: str, detail: str) -> str:
    return f"{label[:-1]}, {detail})" if label.endswith(")") else f"{label} ({detail})"


def _group(made: Made) -> str:
    return made.group


def _outcome(made: Made) -> str:
    return made.estimand.outcome if made.estimand else ""
