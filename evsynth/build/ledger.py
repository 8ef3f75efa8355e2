"""The ledger of a review: what study files take from a document and set aside, and what pools leave out of these."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial

from evsynth.build.offsets import Offset, offsets
from evsynth.checks.checking import must_be_corrected
from evsynth.model.finding import Problems
from evsynth.report.unused import Unused, unused
from evsynth.review.folder import Folder
from evsynth.review.texts import document_of
from evsynth.scan.document import Document
from evsynth.scan.ledger import Ledger, Scanned, Span, ledger
from evsynth.scan.statistics import Reported, statistics
from evsynth.text.normalise import normalise
from evsynth.text.quotes import find


def scanned(folder: Folder, names: Sequence[str]) -> dict[str, Scanned]:
    """Scan the sources named, as far as they are held, and account for their numbers with the study files."""
    result = {}
    quoted = cache(partial(offsets, folder))
    for name in names:
        document = document_of(folder.sources[name])
        if document is not None:
            found = statistics(document)
            result[name] = Scanned(document, found, cache(partial(_account, folder, quoted, name, document, found)))
    return result


def _account(
    folder: Folder, quoted: Callable[[], dict[str, Offset]], name: str, document: Document, found: tuple[Reported, ...]
) -> Ledger:
    places = [Span(start, end) for where, start, end in quoted().values() if where == name]
    return ledger(document, found, places, tuple(_set_aside(folder, name, document.text)))


def left_out(folder: Folder) -> tuple[Unused, ...]:
    """Give, for every pool of a review, the results on its outcome that it does not use. Raises Problems as answers do.

    The findings of the studies are heard once, not once for each pool.
    """
    from evsynth.build.answers import answered

    findings = folder.check()
    faults = tuple(f for f in findings if must_be_corrected(f))
    if faults:
        raise Problems(faults)
    answers = (answered(folder, name, findings=findings).answer for name in sorted(folder.pools))
    return tuple(unused(found, folder.review, folder.studies) for found in answers)


def _set_aside(folder: Folder, name: str, text: str) -> Iterator[Span]:
    """Give the places of the quotes whose numbers the study files leave out, each with its reason."""
    normal = normalise(text)
    for _, extraction in sorted(folder.studies.items()):
        study = extraction.study
        listed = [(n.source, n.quote, n.because) for n in study.not_used]
        listed += [(n.source, n.quote, f"not reported: {n.why}") for n in study.not_reported]
        for source, quote, because in listed:
            wanted = normalise(quote).text.strip()
            found = find(quote, normal)
            if source == name and found.times == 1:
                yield Span(*normal.span(found.start, found.start + len(wanted)), because)
