"""The list of checks: plain functions from a case (a study, the review it belongs to, its sources) to findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

from evsynth.model.finding import Finding, KeyPath, Quoted, Severity, order
from evsynth.model.observation import Observation
from evsynth.model.review import Review
from evsynth.model.source import Source
from evsynth.text.extraction import Extraction
from evsynth.text.normalise import Normal, normalise
from evsynth.text.quotes import find


class Case(NamedTuple):
    """A study to check, with what it is checked against."""

    extraction: Extraction
    review: Review
    sources: dict[str, Source]
    normal: dict[str, Normal]

    def finding(
        self,
        code: str,
        severity: Severity,
        path: KeyPath,
        message: str,
        hint: str = "",
        *,
        about: Iterable[Observation] = (),
        computed: tuple[tuple[str, str], ...] = (),
        alternatives: tuple[tuple[str, str], ...] = (),
    ) -> Finding:
        """Make a finding about this study at `path`, quoting the observations it is about."""
        quotes = tuple(self.quoted(o) for o in about if o.unquoted is None)
        place = self.extraction.place(path)
        study = self.extraction.study.study
        return Finding(code, severity, study, place, message, hint, path, quotes, computed, alternatives)

    def quoted(self, observation: Observation) -> Quoted:
        """Give the quote of an observation with its offsets in the source, where the source is held."""
        quote = self.extraction.quote(observation)
        source = self.normal.get(observation.source or "")
        if source is None:
            return Quoted(observation.source or "", None, None, quote)
        found = find(quote, source)
        if found.times == 0:
            return Quoted(observation.source or "", None, None, quote)
        wanted = normalise(quote).text.strip()
        start, end = source.span(found.start, found.start + len(wanted))
        return Quoted(observation.source or "", start, end, quote)


Check = Callable[[Case], Iterator[Finding]]


class Registered(NamedTuple):
    """A check, the codes it can give, and whether it judges our file or the paper."""

    run: Check
    codes: tuple[str, ...]
    judges: Literal["file", "paper"]


def case(extraction: Extraction, review: Review, sources: dict[str, Source]) -> Case:
    """Put together what checks need; sources are normalised once."""
    study = extraction.study
    used = {passage.source for passage in study.passages} | {missing.source for missing in study.not_reported}
    normal = {name: normalise(s.text) for name, s in sources.items() if name in used and s.text is not None}
    return Case(extraction, review, sources, normal)


def check(subject: Case, checks: tuple[Registered, ...]) -> tuple[Finding, ...]:
    """Run checks on one case and give their findings by place.

    One cause gives one finding: a value with a mistake in our file is not held against the paper. A finding about a
    value that a resolution settles stays, because it is true of the paper, and says so.
    """
    found = [finding for one in checks if one.judges == "file" for finding in one.run(subject)]
    wrong = {finding.path[:4] for finding in found}
    extraction = subject.extraction
    sound = tuple(o for o in extraction.observations if o.path not in wrong)
    paper = subject._replace(extraction=extraction._replace(observations=sound))
    settled = _settled(subject)
    for finding in (finding for one in checks if one.judges == "paper" for finding in one.run(paper)):
        because = settled.get(finding.path[:4])
        found.append(finding._replace(hint=f"settled under `resolutions`: {because}") if because else finding)
    return tuple(sorted(found, key=order))


def _settled(subject: Case) -> dict[KeyPath, str]:
    because = {i: r.because for r in subject.extraction.study.resolutions for i in r.about}
    return {o.path[:4]: because[o.id] for o in subject.extraction.observations if o.id in because}
