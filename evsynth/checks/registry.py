"""The list of checks: plain functions from a case (a study, the review it belongs to, its sources) to findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

from evsynth.checks.causes import one_cause
from evsynth.model.finding import Alternative, Finding, KeyPath, Quoted, Severity, order
from evsynth.model.observation import Observation
from evsynth.model.review import Review
from evsynth.model.source import Source
from evsynth.text.extraction import Extraction
from evsynth.text.normalise import Normal, normalise
from evsynth.text.quotes import find, pieces


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
        alternatives: tuple[Alternative, ...] = (),
    ) -> Finding:
        """Make a finding about this study at `path`, quoting the observations it is about."""
        members = tuple({o.path: o for o in about}.values())
        quotes = tuple(dict.fromkeys(self.quoted(o) for o in members if o.unquoted is None))
        place, values = self.extraction.place(path), tuple(o.id for o in members)
        study = self.extraction.study.study
        return Finding(code, severity, study, place, message, hint, path, quotes, computed, alternatives, values)

    def quoted(self, observation: Observation) -> Quoted:
        """Give the printed piece of an observation as it stands in the source, with its offsets, where that is held."""
        name, passage = observation.source or "", self.extraction.study.passages[int(observation.path[1])]
        source = self.normal.get(name)
        if source is None:
            return Quoted(name, None, None, observation.printed)
        found = find(passage.quote, source)
        piece = pieces(passage.quote, [v.printed for v in passage.values])[int(observation.path[3])]
        if found.times == 0 or piece is None:
            return Quoted(name, None, None, observation.printed)
        start, end = source.span(found.start + piece.start, found.start + piece.end)
        text = self.sources[name].text or ""
        return Quoted(name, start, end, text[start:end] or observation.printed)


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
    used |= {unused.source for unused in study.not_used}
    normal = {name: normalise(s.text) for name, s in sources.items() if name in used and s.text is not None}
    return Case(extraction, review, sources, normal)


def check(subject: Case, checks: tuple[Registered, ...]) -> tuple[Finding, ...]:
    """Run checks on one case and give their findings by place.

    One cause gives one finding: a value with a mistake in our file is not held against the paper, and findings about
    one value of the paper are joined. A finding about a value that a resolution settles stays, because it is true of
    the paper, and says so.
    """
    found = [finding for one in checks if one.judges == "file" for finding in one.run(subject)]
    wrong = {finding.path[:4] for finding in found}
    extraction = subject.extraction
    sound = tuple(o for o in extraction.observations if o.path not in wrong)
    paper = subject._replace(extraction=extraction._replace(observations=sound))
    settled = {i: r.because for r in extraction.study.resolutions for i in r.about}
    places = {o.path[:4]: o.id for o in extraction.observations}
    for finding in one_cause(f for one in checks if one.judges == "paper" for f in one.run(paper)):
        about = dict.fromkeys((places.get(finding.path[:4], ""), *finding.values))
        because = dict.fromkeys(settled[i] for i in about if i in settled)
        hint = f"settled under `resolutions`: {' | '.join(because)}" if because else finding.hint
        found.append(finding._replace(hint=hint))
    return tuple(sorted(found, key=order))
