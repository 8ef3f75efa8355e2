"""What the sources of a study say against themselves, without the extraction, placed where a reviewer can look."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.causes import LEADS
from evsynth.checks.checking import CHECKS, Case, case, check
from evsynth.checks.scanned.causes import RANK, overlap
from evsynth.model.finding import Finding, Quoted, order
from evsynth.model.observation import Observation
from evsynth.review.folder import Folder
from evsynth.review.remembered import Texts, is_kept, remembered
from evsynth.review.sources import KINDS
from evsynth.text.normalise import normalise
from evsynth.text.quotes import find

_ARITHMETIC = frozenset((*RANK, *LEADS))


class Examined(NamedTuple):
    """What checks on extractions say (with what could not be read), and what the documents themselves say."""

    extractions: tuple[Finding, ...]
    documents: tuple[Finding, ...]


def examine(folder: Folder) -> Examined:
    """Check every study of a review, and judge the sources held of it.

    A document finding is left out where one of the extraction says the same of the same piece. If it is about an
    extracted number it stands at its line of the study file, and says where a resolution settles it; otherwise it
    stands at the line of the source.
    """
    found, judged = list(folder.problems), []
    for name in sorted(folder.studies):
        subject = case(folder.studies[name], folder.review, folder.sources)
        mine = check(subject, CHECKS)
        found += mine
        judged += list(_documents(folder, subject, mine))
    return Examined(tuple(sorted(found, key=order)), tuple(sorted(judged, key=order)))


def _documents(folder: Folder, subject: Case, mine: tuple[Finding, ...]) -> Iterator[Finding]:
    name = subject.extraction.study.study
    held = {s.about.source: s for s in folder.sources.values() if s.about.study == name and s.text is not None}
    order_ = sorted(held.items(), key=lambda item: (item[1].about.grade != "primary", item[0]))
    texts = tuple((k, KINDS[s.about.kind], s.text or "") for k, s in order_)
    passages = tuple(_passages(subject))
    told: set[tuple[str, tuple[str, ...]]] = set()
    for finding in _found(folder, name, texts):
        words = (finding.code, tuple(q.text for q in finding.quotes))
        if words in told or any(_said(finding, other) for other in mine):
            continue
        told.add(words)
        near = {i for i, quote in passages if any(overlap(quote, q) for q in finding.quotes)}
        extracted = [
            (o, subject.quoted(o)) for o in subject.extraction.observations
            if o.unquoted is None and int(o.path[1]) in near
        ]  # fmt: skip
        file = held[finding.subject].about.file or ""
        placed = finding._replace(subject=name, place=finding.place._replace(file=f"corpora/sources/{file}"))
        yield _at(subject, placed, extracted)


def _found(folder: Folder, name: str, texts: Texts) -> tuple[Finding, ...]:
    """Judge the documents of a study, or remember what was found; nothing is noted in a review that was never built."""
    if not is_kept(folder.root):
        return _judged(texts)
    return remembered(folder.root, name, texts, lambda: _judged(texts))


def _judged(texts: Texts) -> tuple[Finding, ...]:
    """Judge the documents of a study. Imported only where nothing is remembered: its patterns take long to compile."""
    from evsynth.checks.scanned.judging import judge_all
    from evsynth.scan.document import read_document

    return judge_all(tuple(read_document(identifier, text, kind) for identifier, kind, text in texts))


def _passages(subject: Case) -> Iterator[tuple[int, Quoted]]:
    """Give the passages that stand in a source held, with their offsets."""
    for index, passage in enumerate(subject.extraction.study.passages):
        source = subject.normal.get(passage.source)
        found = find(passage.quote, source) if source is not None else None
        if source is not None and found is not None and found.times:
            start, end = source.span(found.start, found.start + len(normalise(passage.quote).text.strip()))
            yield index, Quoted(passage.source, start, end, passage.quote)


def _said(finding: Finding, other: Finding) -> bool:
    """Say whether another finding is about the same cause: the same code, or arithmetic on the same piece."""
    if finding.code == other.code == "GROUPS_UNEXPLAINED":
        return True  # told of the study as a whole
    same = finding.code == other.code or {finding.code, other.code} <= _ARITHMETIC
    return same and any(overlap(a, b) for a in finding.quotes for b in other.quotes)


def _at(subject: Case, finding: Finding, extracted: list[tuple[Observation, Quoted]]) -> Finding:
    """Place a finding at the value its first quote is about, and say what resolutions settle of it."""
    because = {i: r.because for r in subject.extraction.study.resolutions for i in r.about}
    touched = [o for o, quote in extracted if any(overlap(quote, q) for q in finding.quotes)]
    about = (
        touched if finding.severity in ("error", "inconsistent") else ()
    )  # what is of concern is no matter of a value
    settled = dict.fromkeys(because[o.id] for o in about if o.id in because)
    hint = f"settled under `resolutions`: {' | '.join(settled)}" if settled else finding.hint
    at = next((o for o, quote in extracted if overlap(quote, finding.quotes[0])), None)
    if at is None:
        return finding._replace(hint=hint)
    values = tuple(o.id for o in touched)
    return finding._replace(hint=hint, place=subject.extraction.place(at.path), path=at.path, values=values)
