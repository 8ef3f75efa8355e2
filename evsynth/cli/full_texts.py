"""Reads the full text of an article from a file, and keeps it as a source of the review with its licence."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import click

from evsynth.cli.records import chunks, unreadable
from evsynth.model.finding import Finding, Place, Problems
from evsynth.model.record import Record
from evsynth.review.files import sha256, write
from evsynth.review.root import find_root
from evsynth.sources.reading import ReadError

_NAMED = re.compile(r"CC0|CC BY|Public Domain Mark")
"""So begins a licence that the file names by its address; all else is a sentence, which a person has to read."""

_NARROW = re.compile(r"non-?\s?commercial|no-?\s?deriv", re.IGNORECASE)


class Text(NamedTuple):
    """The text of an article, what its file says about it, and where the text came from."""

    text: str
    record: Record
    licence: str
    credit: str
    origin: str


def text_of(file: str) -> Text:
    """Return the text of a JATS or PDF file. Raises Problems for any other, and for a file of several articles."""
    from evsynth.sources.formats.decoding import as_utf8
    from evsynth.sources.formats.detection import detect
    from evsynth.sources.formats.jats import article_record, articles
    from evsynth.sources.formats.jats_text import credit, full_text, licence
    from evsynth.sources.formats.pdf_text import pdf_text
    from evsynth.sources.reading import Failure

    data = b"".join(chunks(file))
    try:
        form = detect(data[: 1 << 16])
        if form == "PDF":
            read = pdf_text(data)
            for doubt in read.doubts:
                click.echo(f"{file}:{doubt.line}:1: note RECORD_DOUBT: {doubt.message}", err=True)
            return Text(read.text, Record(), "", "", "Text layer of a PDF, page by page, as pypdfium2 gives it")
        if form != "JATS":
            hint = "give the JATS XML or the PDF of an article; records are shown without --text"
            raise ReadError(1, f"{form} holds records, not the text of an article", hint)
        found = list(articles(as_utf8(data, [])))
        failed = next((one for one in found if isinstance(one, Failure)), None)
        if failed is not None:
            raise ReadError(failed.line, failed.message, failed.hint)
        if len(found) != 1:
            raise ReadError(
                1, f"the file holds {len(found)} articles where one is wanted", "save the one article alone"
            )
        (article,) = (one for one in found if not isinstance(one, Failure))
        try:
            text = full_text(article.element).text
        except ValueError as error:
            raise ReadError(article.line, f"the article cannot be read: {error}", "get another copy") from None
    except ReadError as error:
        raise unreadable(file, error) from None
    element = article.element
    return Text(text, article_record(element), licence(element), credit(element), "The text of the article's JATS XML")


def keep(found: Text, study: str, said: str | None, start: str, *, outside: str) -> None:
    """Write the text and its sidecar to corpora/sources, or refuse: only openly licensed text is kept in a review.

    `outside` says how the text is had without a review.
    """
    from evsynth.model.source import is_open
    from evsynth.text.scaffold import full_text_sidecar

    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]*", study):
        raise click.UsageError(f"{study!r} is not an identifier: use lower-case letters, digits and hyphens")
    root = find_root(Path(start))
    source = f"{study}-full-text"
    shown = f"corpora/sources/{source}"
    own_words = bool(found.licence) and not _NAMED.match(found.licence)
    licence = said if said and own_words else found.licence or said or ""
    if found.licence and said and said != found.licence and (not own_words or _NARROW.search(found.licence)):
        hint = "the article's own statement counts: leave out --licence"
        message = f"the article states the licence {found.licence!r}, and --licence says {said!r}"
        raise Problems((Finding("LICENCE", "error", study, Place(f"{shown}.txt"), message, hint),))
    if not is_open(licence):
        message = f"the text is under {licence or 'no stated licence'}, so it is not kept here; the review is as it was"
        hint = f"if it is openly licensed, add --licence 'CC BY 4.0'; if not, keep it outside: {outside}"
        if found.licence and not (own_words and not _NARROW.search(found.licence)):
            hint = f"keep it outside of the review: {outside}"
        raise Problems((Finding("LICENCE", "error", study, Place(f"{shown}.txt"), message, hint),))
    there = [name for name in (f"{shown}.txt", f"{shown}.yaml") if (root / name).exists()]
    if there:
        message = f"{there[0]} is already there; nothing was written"
        raise Problems((Finding("EXISTS", "error", study, Place(there[0]), message, "choose another --study"),))
    credit = " ".join(filter(None, (found.credit, found.licence))) if own_words else found.credit
    raw = found.text.encode()
    sidecar = full_text_sidecar(
        found.record, study, source, sha256(raw), licence=licence, credit=credit, origin=found.origin
    )
    write(root / f"{shown}.txt", raw)
    write(root / f"{shown}.yaml", sidecar.encode())
    click.echo(f"{shown}.txt: written\n{shown}.yaml: written")
