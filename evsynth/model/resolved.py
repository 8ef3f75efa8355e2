"""Values as resolutions read them: moved to where they belong, relabelled, or with a misprint corrected.

The prints themselves stay as they are; only what selects values for a pool sees them so.
"""

from __future__ import annotations

from evsynth.model.observation import Observation
from evsynth.model.printed import Printed
from evsynth.model.study import Study
from evsynth.model.values import STATISTICS

_INSTEAD = {"arm": "contrast", "contrast": "arm"}


def resolved(study: Study, observations: tuple[Observation, ...]) -> tuple[Observation, ...]:
    """Give the observations with `read_as` of their resolutions applied; order and identifiers stay."""
    changes = {r.use: r.read_as for r in study.resolutions if r.use and r.read_as}
    return tuple(_read(o, changes[o.id]) if o.id in changes else o for o in observations)


def _read(observation: Observation, read_as: dict[str, str]) -> Observation:
    about: dict[str, str | None] = {}
    for key, text in read_as.items():
        if key not in STATISTICS:
            about |= {_INSTEAD[key]: None, key: text} if key in _INSTEAD else {key: text}
    statistics = {}
    for name, number in observation.statistics.items():
        new = read_as.get(name, name)
        if new in STATISTICS:
            statistics[new] = number
        else:
            statistics[name] = Printed.parse(new)
    return observation._replace(
        about=observation.about.model_copy(update=about),
        cohort=about.get("cohort") or observation.cohort,
        statistics=statistics,
    )
