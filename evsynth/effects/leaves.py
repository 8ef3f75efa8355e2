"""The printed numbers behind an effect, each with its quote; a derived number leads on to the numbers it uses."""

from __future__ import annotations

from evsynth.model.effect import Leaf
from evsynth.model.observation import Observation
from evsynth.model.source import Sidecar
from evsynth.model.study import Study


def leaves(
    study: Study,
    observations: tuple[Observation, ...],
    sources: dict[str, Sidecar],
    observation: Observation,
    statistics: tuple[str, ...],
) -> tuple[Leaf, ...]:
    """List the leaves of some statistics of a value; for a derived value also those of its inputs."""
    raw = next((o for o in observations if o.id == observation.id), observation)
    printed = dict(zip(observation.statistics, raw.statistics, strict=True))
    passage = study.passages[int(observation.path[1])] if observation.unquoted is None else None
    sidecar = sources.get(observation.source or "")
    found = [
        Leaf(
            id=observation.name(printed[name]),
            statistic=name,
            text=observation.statistics[name].text,
            quoted=passage is not None and observation.statistics[name] == raw.statistics[printed[name]],
            source=observation.source,
            grade=sidecar.grade if sidecar else None,
            where=observation.where,
            quote=passage.quote if passage else _derivation(observation),
            printed=observation.printed,
        )
        for name in statistics
        if name in observation.statistics
    ]
    if observation.unquoted is not None:
        by_id = {o.id: o for o in observations}
        for used in observation.unquoted.inputs:
            other = by_id.get(used)
            if other is not None and other.id != observation.id:
                found += leaves(study, observations, sources, other, tuple(other.statistics))
    return tuple(found)


def _derivation(observation: Observation) -> str:
    about = observation.unquoted
    if about is None:
        return ""
    parts = [about.why, about.formula, about.assumption, about.because]
    return "; ".join(part for part in parts if part)
