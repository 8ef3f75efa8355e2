"""The texts of a review, taken apart for the checks on documents."""

from __future__ import annotations

from collections.abc import Mapping

from evsynth.model.source import Source
from evsynth.review.sources import KINDS
from evsynth.scan.document import Document, read_document


def document_of(source: Source) -> Document | None:
    """Take the text of a source apart; None where it is not held."""
    return (
        read_document(source.about.source, source.text, KINDS[source.about.kind]) if source.text is not None else None
    )


def related(sources: Mapping[str, Source], source: Source) -> tuple[Document, ...]:
    """Give the other documents held of the same study."""
    others = (
        document_of(other)
        for name, other in sorted(sources.items())
        if other.about.study == source.about.study and name != source.about.source
    )
    return tuple(document for document in others if document is not None)
