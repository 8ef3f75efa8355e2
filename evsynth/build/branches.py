"""From findings to the readings they admit, and from these to the effects a pool would then have."""

from __future__ import annotations

from collections.abc import Iterable

from evsynth.effects.select import select
from evsynth.model.branched import branched
from evsynth.model.effect import Effect, Selection
from evsynth.model.estimate import Estimate, Figures, Reason
from evsynth.model.finding import Alternative, Finding
from evsynth.model.pool import Pool
from evsynth.pooling.overlap import Pairs
from evsynth.pooling.sensitivity.data_branches import DataBranches, Reading, data_branches
from evsynth.pooling.synthesise import fitted, own_figures
from evsynth.report.measures import words
from evsynth.report.numbers import interval
from evsynth.review.folder import Folder

CODE = "DATA_BRANCHES"


def branches_of(
    folder: Folder, pool: Pool, selection: Selection, findings: Iterable[Finding], pairs: Pairs
) -> DataBranches | None:
    """Pool the effects of `selection` under every reading that findings about its studies admit; None without any."""
    drawn = {wanted.study for wanted in pool.inputs}
    used = {leaf.id.rpartition(".")[0] for e in selection.effects for leaf in e.leaves}
    readings = [
        _reading(folder, pool, selection, finding, alternative)
        for finding in findings
        if finding.subject in drawn
        for alternative in finding.alternatives
        if any(name.rpartition(".")[0] in used for name, _ in alternative.reads)
    ]
    if not readings:
        return None

    def fit(effects: tuple[Effect, ...]) -> Figures:
        return own_figures(pool, effects[0]) if len(effects) == 1 else fitted(pool, effects, pairs).figures

    return data_branches(pool, selection.effects, readings, fit)


def told(found: DataBranches, pool: Pool, *, pooled: bool) -> Reason | None:
    """Say in one sentence what the readings do to the result; nothing where none moves it."""
    if not found.branches:
        return None
    n, about = len(found.branches), words(pool.measure)
    held = "" if found.crossing is None else f"; {found.crossing} of {found.listed} intervals hold no effect"
    who, what = ("The studies admit", f"pooled {about.name}") if pooled else ("The study admits", about.name)
    message = (
        f"{who} {n} other reading{'s' if n > 1 else ''} of discrepant prints ({found.combinations} data sets): the "
        f"{what} then lies from {interval(found.lowest, found.highest, pool.measure)}{held} ({found.how})."
    )
    return Reason(CODE, message)


def with_branches(result: Estimate, found: DataBranches | None, pool: Pool) -> Estimate:
    """Add what the readings do to what a result warns of."""
    reason = told(found, pool, pooled=result.kind == "pooled") if found is not None else None
    return result if reason is None else result._replace(warnings=(*result.warnings, reason))


def _reading(folder: Folder, pool: Pool, selection: Selection, finding: Finding, alternative: Alternative) -> Reading:
    made = Reading(finding.subject, finding.code, alternative.value, alternative.because, alternative.reads, {})
    extractions = {name: folder.studies[name] for name in sorted({i.study for i in pool.inputs})}
    own = extractions[finding.subject]
    extractions[finding.subject] = own._replace(observations=branched(own.observations, alternative.reads))
    sidecars = {key: source.about for key, source in folder.sources.items()}
    found = select(pool, extractions, sidecars, folder.review)
    effects: dict[str, Effect] = {e.id: e for e in found.effects}
    lost = [e.label for e in selection.effects if e.id not in effects]
    if lost:
        return made._replace(why_not=f"{', '.join(lost)} would give no effect")
    return made._replace(effects={e.id: effects[e.id] for e in selection.effects})
