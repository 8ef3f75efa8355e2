"""`evsynth read`: what a record file of any format holds, the same in another format, and the text of an article."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from evsynth.cli.full_texts import keep, text_of
from evsynth.cli.here import in_review
from evsynth.cli.printable import printable
from evsynth.cli.records import opened, unreadable, writing
from evsynth.model.record import Record
from evsynth.sources.formats.writers import TARGETS, Target, written
from evsynth.sources.reading import Deletion, Doubt, Failure, ReadError

_SHOWN = 100


@click.command("read", short_help="Show, convert or keep records and full texts.")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--to", type=click.Choice(TARGETS), help="Write the records in this format.")
@click.option("--json", "json_", is_flag=True, help="The same as --to json: every field.")
@click.option("-o", "--output", metavar="OUT", help="Write to this file instead of the screen.")
@click.option("--text", "text", is_flag=True, help="Print the text of an article (JATS XML or PDF).")
@click.option("--study", metavar="ID", help="Keep the text of an article as the source ID-full-text of the review.")
@click.option("--licence", metavar="WORDS", help="Licence of the article, where the file does not state it.")
@in_review
def command(
    files: tuple[str, ...],
    to: Target | None,
    json_: bool,
    output: str | None,
    text: bool,
    study: str | None,
    licence: str | None,
    start: str,
) -> None:
    """Show the records of FILE (- is the standard input), whatever its format, which is told by the content.

    Read are PubMed (.nbib), PubMed XML, JATS XML, RIS, EndNote XML, Web of Science, CSV of PubMed, Embase, Cochrane,
    Scopus and ASReview, BibTeX, CSL-JSON and evsynth's own JSON, also inside gzip. A record that cannot be read is
    reported with its line; the others are shown.
    """
    if (text or study) and (to or json_ or len(files) > 1):
        raise click.UsageError("--text and --study take one article, and no --to")
    if licence and not study:
        raise click.UsageError("--licence belongs to --study")
    if output and any(_same(output, file) for file in files):
        raise click.UsageError(f"{output} is one of the files that are read, and would be lost: choose another name")
    if study:
        keep(text_of(files[0]), study, licence, start, outside=f"`evsynth read {files[0]} --text -o TEXT`")
        return
    if text:
        _out(iter([text_of(files[0]).text]), output)
        return
    to = "json" if json_ else to
    if output and not to:
        raise click.UsageError("say the format of the output with --to")
    counts: Counter[str] = Counter()
    losses: Counter[str] = Counter()
    counted = sys.stderr.isatty() and bool(output or not sys.stdout.isatty())
    records = _records(files, counts, counted=counted)
    if to:
        _out(written(records, to, losses), output)
    else:
        for record in records:
            click.echo(printable(_line(record)))
    if losses:
        said = ", ".join(f"{field} ({count})" for field, count in sorted(losses.items()))
        click.echo(f"note: {to} cannot hold, with the number of records: {said}", err=True)
    if counts["failures"] > _SHOWN:
        click.echo(f"note: only the first {_SHOWN} records that were not read are shown", err=True)
    deleted = f", {counts['deletions']} deletions" if counts["deletions"] else ""
    click.echo(f"{counts['records']} records read, {counts['failures']} not{deleted}", err=True)
    if counts["failures"]:
        click.get_current_context().exit(1)


def _records(files: tuple[str, ...], counts: Counter[str], *, counted: bool) -> Iterator[Record]:
    """Give the records of all files; report the rest as it comes; count on the screen what takes more than a second."""
    begun = time.monotonic()
    for file in files:
        try:
            for one in opened(file).found:
                if counted and counts["records"] % 500 == 499 and time.monotonic() - begun > 1:
                    click.echo(f"\r{counts['records'] + 1:,} records", nl=False, err=True)
                if isinstance(one, Record):
                    counts["records"] += 1
                    yield one
                elif isinstance(one, Failure):
                    counts["failures"] += 1
                    if counts["failures"] <= _SHOWN:
                        click.echo(f"{file}:{one.line}:1: error RECORD: {one.message}\n    hint: {one.hint}", err=True)
                elif isinstance(one, Doubt):
                    click.echo(f"{file}:{one.line}:1: note RECORD_DOUBT: {one.message}", err=True)
                elif isinstance(one, Deletion):
                    counts["deletions"] += 1
        except ReadError as error:
            raise unreadable(file, error) from None
    if counted:
        click.echo("\r" + " " * 30 + "\r", nl=False, err=True)


def _same(one: str, other: str) -> bool:
    try:
        return Path(one).samefile(other)
    except OSError:
        return False


def _line(record: Record) -> str:
    first = record.authors[0].name if record.authors else "no author"
    mark = "  RETRACTED" if record.retracted else ""
    name = record.pmid or record.pmcid or record.doi or "-"
    return f"{name:>9}  {first}; {record.dates.published}; {record.title or record.book.title}{mark}"


def _out(pieces: Iterator[str], output: str | None) -> None:
    if output is None:
        for piece in pieces:
            click.echo(piece, nl=False)
        return
    with writing(output) as write:
        for piece in pieces:
            write(piece)
    click.echo(f"{Path(output)}: written", err=True)
