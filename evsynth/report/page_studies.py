"""What the page says of one study: cohorts, every extracted value with its quote, what is not reported, resolutions."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

from evsynth.model.observation import Observation
from evsynth.model.study import Cohort, Study
from evsynth.report.anchors import Anchors, value_anchor
from evsynth.report.reference_formats import as_text
from evsynth.report.statement import study_reference
from evsynth.text.extraction import Extraction


class Number(NamedTuple):
    """A printed number with the name of its statistic and the link to it in the source."""

    statistic: str
    text: str
    link: str


class ValueRow(NamedTuple):
    """One value: what it is about, and its numbers."""

    anchor: str
    group: str
    variable: str
    at: str
    details: str
    numbers: tuple[Number, ...]


class PassageRows(NamedTuple):
    """A quoted passage (or a reason why there is no quote) and the values in it."""

    where: str
    source: str
    quote: str
    link: str
    values: tuple[ValueRow, ...]


class StudyView(NamedTuple):
    """One study, ready to be shown."""

    study: Study
    reference: str
    cohorts: tuple[tuple[Cohort, str], ...]
    passages: tuple[PassageRows, ...]
    numbers: int
    quoted: int


def study_view(extraction: Extraction, anchors: Anchors) -> StudyView:
    """Prepare one study: values grouped by the passage they are printed in, in file order."""
    study = extraction.study
    passages = []
    for (key, index), members in groupby(extraction.observations, key=lambda o: (str(o.path[0]), _index(o))):
        values = tuple(_value(study, o, anchors) for o in members)
        if key == "passages":
            passage = study.passages[index]
            link = anchors.quotes.get((study.study, index), "")
            passages.append(PassageRows(passage.where, passage.source, passage.quote, link, values))
        else:
            passages.append(PassageRows(_reason(study, index), "", "", "", values))
    numbers = [(o, s) for o in extraction.observations for s in o.statistics]
    return StudyView(
        study=study,
        reference=as_text(study_reference(study)),
        cohorts=tuple((cohort, _arms(cohort)) for cohort in study.cohorts),
        passages=tuple(passages),
        numbers=len(numbers),
        quoted=sum(o.unquoted is None for o, _ in numbers),
    )


def _index(observation: Observation) -> int:
    return int(observation.path[1])


def _value(study: Study, o: Observation, anchors: Anchors) -> ValueRow:
    about = o.about
    variables = {v.variable: v.label for v in study.variables}
    times = {t.at: t.label for t in study.timepoints}
    names = [about.variable] if about.variable else list(about.variables)
    details = [
        about.category,
        f"with {variables.get(about.with_, about.with_)}" if about.with_ else None,
        f"term {variables.get(about.term, about.term)}" if about.term else None,
        about.drug,
        about.unit,
        f"labelled {about.label!r}" if about.label else None,
        f"test: {about.test}" if about.test else None,
        f"in {about.population}" if about.population else None,
        f"n = {about.patients}" if about.patients is not None else None,
        f"adjustment: {about.adjustment}" if about.adjustment else None,
        f"{about.direction}" if about.direction else None,
        f"cited from elsewhere ({about.cites or 'reference not given'})" if about.basis == "external" else None,
        about.note,
    ]
    return ValueRow(
        anchor=value_anchor(study.study, o.id),
        group=_group(study, o),
        variable=", ".join(variables.get(name, name) for name in names) or "the study",
        at=times.get(about.at, about.at) if about.at else "",
        details="; ".join(part for part in details if part),
        numbers=tuple(
            Number(name.replace("_", " "), number.text, anchors.numbers.get(o.name(name), ""))
            for name, number in o.statistics.items()
        ),
    )


def _group(study: Study, o: Observation) -> str:
    cohort = next((c for c in study.cohorts if c.cohort == o.cohort), None)
    if cohort is None:
        return o.group.replace("-", " ")
    arm = next((a.label for a in cohort.arms if a.arm == o.about.arm), None)
    name = arm or (o.about.contrast or "").replace("-", " ")
    parts = [cohort.label] if len(study.cohorts) > 1 or not name else []
    return ": ".join([*parts, name] if name else parts)


def _arms(cohort: Cohort) -> str:
    return "; ".join(
        f"{arm.label} ({arm.role}{f', {arm.patients} patients' if arm.patients is not None else ''})"
        for arm in cohort.arms
    )


def _reason(study: Study, index: int) -> str:
    about = study.unquoted[index]
    formula = f"{about.formula} (inputs: {', '.join(about.inputs)})" if about.formula else ""
    parts = [about.why, about.where, formula, about.factor, about.assumption, about.because]
    return "; ".join(part for part in parts if part)
