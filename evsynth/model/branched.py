"""Values as an alternative of a finding reads them: the same prints, with some numbers replaced.

Apply it to the raw values, before resolutions: what a resolution sets aside stays aside in every branch.
"""

from __future__ import annotations

from collections.abc import Iterable

from evsynth.model.observation import Observation
from evsynth.model.printed import Printed


def branched(observations: tuple[Observation, ...], reads: Iterable[tuple[str, str]]) -> tuple[Observation, ...]:
    """Give the observations with the numbers named `study/value.statistic` read as the texts beside them.

    A statistic that a value does not print is added. Order and identifiers stay. Raises ValueError for an identifier
    that is none of these numbers' values.
    """
    wanted: dict[str, dict[str, Printed]] = {}
    for name, text in reads:
        value, _, statistic = name.rpartition(".")
        wanted.setdefault(value, {})[statistic] = Printed.parse(text)
    unknown = wanted.keys() - {f"{o.study}/{o.id}" for o in observations}
    if unknown:
        raise ValueError(f"no value is called {', '.join(sorted(unknown))}")
    return tuple(
        o._replace(statistics=o.statistics | wanted[f"{o.study}/{o.id}"]) if f"{o.study}/{o.id}" in wanted else o
        for o in observations
    )
