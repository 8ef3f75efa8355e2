"""What a paper would say of an answer: result, methods, evidence, and what stands beside it, as plain sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from evsynth.model.effect import Effect, Unusable
from evsynth.model.estimate import Answer, Estimate, Figures
from evsynth.model.review import Review
from evsynth.model.study import Study
from evsynth.report.composition import composition, in_words, parts
from evsynth.report.forest_rows import (
    DRAW_PREDICTION_FROM,
    abbreviation,
    companions,
    group,
    heterogeneity,
    interval_name,
    prediction,
    sentence,
)
from evsynth.report.measures import words
from evsynth.report.methods_references import Method, Reference, references, used
from evsynth.report.numbers import journal, level, p_value, with_interval


class Statement(NamedTuple):
    """An answer in sentences. Numbers in square brackets point into `references`, counted from 1."""

    result: str
    reasons: tuple[tuple[str, str], ...]
    reported: tuple[str, ...]
    methods: str
    evidence: str
    companions: tuple[str, ...]
    warnings: tuple[tuple[str, str], ...]
    overrides: tuple[tuple[str, str], ...]
    references: tuple[Reference, ...]


def statement(answer: Answer, review: Review, studies: Mapping[str, Study]) -> Statement:
    """Say what came out of a pool and how."""
    result, pool = answer.result, answer.pool
    listed = [*study_references(answer, studies), *references(sum(used(answer), ()))]
    numbers = {r.key: i for i, r in enumerate(listed, 1)}
    found = composition(answer)
    label = f" {found.label}." if found.label else ""
    return Statement(
        result=_result(answer, review, numbers),
        reasons=() if isinstance(result, Estimate) else tuple((r.code, sentence(r.message)) for r in result.reasons),
        reported=tuple(_reported(part, numbers) for part in parts(answer)),
        methods=_methods(answer, numbers),
        evidence=in_words(found) + label,
        companions=companions(answer),
        warnings=tuple((w.code, sentence(w.message)) for w in result.warnings),
        overrides=tuple((o.code, sentence(o.because)) for o in pool.overrides),
        references=tuple(listed),
    )


def study_references(answer: Answer, studies: Mapping[str, Study]) -> tuple[Reference, ...]:
    """Give the references of the studies of an answer in the order in which they appear."""
    names = dict.fromkeys(part.study for part in parts(answer))
    return tuple(study_reference(studies[name]) for name in names if name in studies)


def study_reference(study: Study) -> Reference:
    """Give the reference of a study as its file states it; nothing is filled in."""
    return Reference(
        key=study.study,
        type="article-journal",
        authors=study.authors,
        title=study.title,
        journal=study.journal or "",
        year=study.year,
        volume=study.volume or "",
        pages=study.pages or "",
        doi=study.doi or "",
        pmid=study.pmid or "",
    )


def outcome_label(answer: Answer, review: Review) -> str:
    """Name the outcome of a pool as review.yaml does."""
    known = {o.outcome: o.label for o in review.outcomes}
    return known.get(answer.pool.outcome, answer.pool.outcome.replace("-", " "))


def _result(answer: Answer, review: Review, numbers: Mapping[str, int]) -> str:
    result, outcome, about = answer.result, outcome_label(answer, review), words(answer.pool.measure)
    if not isinstance(result, Estimate):
        k = result.k
        found = {0: "no input gives", 1: "one input gives"}.get(k, f"{k} inputs give")
        return f"{outcome} ({about.name}) was not pooled; {found} an effect."
    f, effects = result.figures, answer.selection.effects
    if result.kind == "single study":
        return _single(effects[0], f, outcome, numbers)
    cited = _cited([e.study for e in effects], numbers)
    different = len({e.study for e in effects})
    across = f"{different} {'study' if different == 1 else 'studies'}{cited}"
    if different < len(effects):
        across = f"{len(effects)} groups of {across}"
    if result.kind == "exact":
        return _exact(f, outcome, across, answer.pool.measure)
    number = with_interval(f.estimate, f.lower, f.upper, f.measure)
    number = number.replace("(", f"({level(f.level)} {abbreviation(f)} ", 1)
    if f.p is not None:
        number = f"{number[:-1]}; {p_value(f.p)})"
    if answer.pool.measure == "proportion":
        crude, meaning = "", result.fitted.get("meaning") or "median study probability"
        if f.events is not None and f.total:
            rate = journal(f.events / f.total, "proportion")
            crude = f" with {f.events} events in {f.total} patients (crude rate {rate})"
        text = f"{outcome}: across {across}{crude}, the {meaning} was {number}."
    else:
        text = f"{outcome}: across {across}, the pooled {about.name} was {number}."
    return " ".join(part for part in (text, _spread(result, f), _disagreement(answer)) if part)


def _spread(result: Estimate, f: Figures) -> str:
    written = heterogeneity(f)
    said = (
        [f"Between-study standard deviation {written}." if written.startswith("τ") else sentence(written)]
        if written
        else []
    )
    predicted = prediction(f, f.measure)
    if predicted:
        few = f", very imprecise with {result.k} studies" if result.k < DRAW_PREDICTION_FROM else ""
        said.append(f"{predicted}{few}.")
    return " ".join(said)


def _disagreement(answer: Answer) -> str:
    """With three or four studies, say so when the Wald and Hartung-Knapp intervals disagree about no effect."""
    null = words(answer.pool.measure).no_effect
    if null is None or not 3 <= answer.result.k <= 4:
        return ""
    verdicts = {
        c.lower <= null <= c.upper
        for c in answer.result.companions
        if c.label in ("Wald", "HKSJ", "Modified HKSJ") and c.lower is not None and c.upper is not None
    }
    if len(verdicts) < 2:
        return ""
    return "The Wald, Hartung-Knapp and modified intervals disagree about no effect: the result is inconclusive."


def _exact(f: Figures, outcome: str, across: str, measure: str) -> str:
    everybody = f.events == f.total
    who = f"all {f.total} patients" if everybody else f"none of the {f.total} patients"
    bound = f"lower limit {journal(f.lower, measure)}" if everybody else f"upper limit {journal(f.upper, measure)}"
    method = interval_name(f.interval)
    said = f"{outcome}: {who} in {across} had it; {level(f.level)} confidence interval with {bound} ({method})."
    return f"{said} No model was fitted."


def _single(effect: Effect, f: Figures, outcome: str, numbers: Mapping[str, int]) -> str:
    about = words(effect.measure)
    number = with_interval(f.estimate, f.lower, f.upper, f.measure).replace("(", f"({level(f.level)} CI ", 1)
    counts = f" ({effect.events[0]} of {effect.totals[0]})" if len(effect.events) == len(effect.totals) == 1 else ""
    cited = _cited([effect.study], numbers)
    return (
        f"{outcome}: one study, {effect.label}{cited}, gives {_article(about.name)} {about.name} of {number}{counts}. "
        f"{_design(effect)} {_whose(effect)} Nothing was pooled."
    )


def _article(name: str) -> str:
    return "an" if name[:1] in "aeio" else "a"


def _whose(effect: Effect) -> str:
    """Say whether the figure is printed, calculated here from counts, or derived."""
    if any(not leaf.quoted for leaf in effect.leaves):
        return "The figure is calculated here from numbers of which at least one is derived, not printed."
    if effect.interval_method.startswith("as printed"):
        return "Estimate and interval are those the study prints."
    return "The figure and its interval are calculated here from the numbers the study prints."


def _design(effect: Effect) -> str:
    e = effect.estimand
    said = [f"Design: {e.design or 'not stated'}"]
    if e.contrast not in ("one arm", "within arm"):
        how = e.adjustment if e.adjustment not in ("", "none") else "none"
        target = f" (target {e.target})" if e.target and how != "none" else ""
        said.append(f"adjustment: {how}{target}")
    if e.timepoint:
        said.append(f"timepoint: {e.timepoint}")
    return "; ".join(said) + "."


def _reported(part: Effect | Unusable, numbers: Mapping[str, int]) -> str:
    cited = _cited([part.study], numbers)
    named = ", ".join(name for name in (f"{part.label}{cited}", group(part)) if name)
    if isinstance(part, Unusable):
        return f"{named}: {part.shown}. No effect: {sentence(part.reason)}"
    number = with_interval(part.estimate, part.lower, part.upper, part.measure)
    counts = " and ".join(f"{x}/{n}" for x, n in zip(part.events, part.totals, strict=False))
    return f"{named}: {words(part.measure).name} {number}" + (f", {counts}." if counts else ".")


def _methods(answer: Answer, numbers: Mapping[str, int]) -> str:
    """Write the methods that were really used, each with its references."""
    effects, fitted, beside = used(answer)
    said = [
        "" if isinstance(answer.result, Estimate) else "No model was fitted.",
        _phrases("", effects, numbers),
        _phrases("", fitted, numbers),
        _phrases("Shown beside it: ", beside, numbers),
    ]
    fit = answer.result.fitted if isinstance(answer.result, Estimate) else {}
    fitted_as = "; ".join(f"{key}: {value}" for key, value in fit.items() if value)
    return " ".join(part for part in (*said, f"As fitted: {fitted_as}." if fitted_as else "") if part)


def _phrases(before: str, methods: tuple[Method, ...], numbers: Mapping[str, int]) -> str:
    if not methods:
        return ""
    text = before + "; ".join(m.words + _cited(m.references, numbers) for m in methods) + "."
    return text[0].upper() + text[1:]


def _cited(keys: tuple[str, ...] | list[str], numbers: Mapping[str, int]) -> str:
    found = sorted({numbers[key] for key in keys if key in numbers})
    return f" [{', '.join(map(str, found))}]" if found else ""
