"""One value of a study with everything that qualifies it: passage defaults applied, identified, and traceable."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from evsynth.model.finding import KeyPath
from evsynth.model.printed import Printed
from evsynth.model.study import Study
from evsynth.model.values import Passage, Qualifiers, Unquoted, Value


class Observation(NamedTuple):
    """Study × cohort × arm or contrast × variable × timepoint × place, with the statistics printed there."""

    id: str
    study: str
    path: KeyPath
    about: Qualifiers
    statistics: dict[str, Printed]
    cohort: str | None
    source: str | None
    where: str
    printed: str
    unquoted: Unquoted | None

    @property
    def group(self) -> str:
        """Arm or contrast, whichever the value belongs to."""
        return self.about.arm or self.about.contrast or ""

    @property
    def variable(self) -> str:
        """The variable, or the merged variables joined by a plus sign."""
        return self.about.variable or "+".join(self.about.variables)

    def name(self, statistic: str) -> str:
        """Identifier of one number: study, value and statistic."""
        return f"{self.study}/{self.id}.{statistic}"


def observations(study: Study) -> tuple[Observation, ...]:
    """List every value of a study in file order. Identifiers are unique and do not depend on other passages."""
    found = []
    seen: Counter[str] = Counter()
    only_cohort = study.cohorts[0].cohort if len(study.cohorts) == 1 else None
    for p, passage in enumerate(study.passages):
        for v, value in enumerate(passage.values):
            about = _merged(passage, value)
            found.append(_observed(study, ("passages", p, "values", v), about, value, passage, only_cohort, seen))
    for u, unquoted in enumerate(study.unquoted):
        found.append(_observed(study, ("unquoted", u), unquoted, unquoted, None, only_cohort, seen))
    return tuple(found)


def _observed(
    study: Study,
    path: KeyPath,
    about: Qualifiers,
    value: Value | Unquoted,
    passage: Passage | None,
    only_cohort: str | None,
    seen: Counter[str],
) -> Observation:
    cohort = about.cohort or only_cohort
    where = passage.where if passage else (value.where if isinstance(value, Unquoted) else None) or "not printed"
    identity = value.id or _identity(about, cohort, where)
    seen[identity] += 1
    if seen[identity] > 1 and not value.id:
        identity = f"{identity}-{seen[identity]}"
    return Observation(
        id=identity,
        study=study.study,
        path=path,
        about=about,
        statistics=value.statistics(),
        cohort=cohort,
        source=passage.source if passage else None,
        where=where,
        printed=value.printed if isinstance(value, Value) else "",
        unquoted=value if isinstance(value, Unquoted) else None,
    )


def _merged(passage: Passage, value: Value) -> Qualifiers:
    given = {name: getattr(value, name) for name in Qualifiers.model_fields if name in value.model_fields_set}
    # A value that names an arm is no longer about the contrast of its passage, and the other way round.
    for one, other in (
        ("arm", "contrast"),
        ("contrast", "arm"),
        ("variable", "variables"),
        ("variables", "variable"),
    ):
        if one in given and other not in given:
            given[other] = Qualifiers.model_fields[other].default
    shared = {name: getattr(passage, name) for name in Qualifiers.model_fields}
    return Qualifiers.model_construct(**(shared | given))


def _identity(about: Qualifiers, cohort: str | None, where: str) -> str:
    what = about.variable or "+".join(about.variables) or "study"
    for more in (about.with_, about.term, about.category):
        if more:
            what += f"~{_slug(more)}"
    parts = [cohort or "study", about.arm or about.contrast or "all", what, about.at or "any-time"]
    return "/".join(parts) + f"@{_slug(where)}"


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
