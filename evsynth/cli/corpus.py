"""`evsynth corpus`: all of PubMed, or a part of it, on this machine: built from PubMed's files, and asked."""

from __future__ import annotations

import importlib.util
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evsynth.sources.formats.writers import TARGETS, Target, written

if TYPE_CHECKING:
    from evsynth.build.corpus.one_file import Outcome

_NEEDED = ("duckdb", "pyarrow")
_POOL = ("ARROW_DEFAULT_MEMORY_POOL", "system")
"""Read by pyarrow when it is first imported; its own pool keeps a tenth more of what was freed."""
_corpus = click.option(
    "--corpus", "corpus", default="corpus", show_default=True, metavar="FOLDER", help="The folder of the corpus."
)


@click.group("corpus", short_help="Keep all of PubMed on this machine, and ask it.")
def command() -> None:
    """A corpus is a folder of Parquet files, one for each baseline or update file of PubMed."""


@command.command("build", short_help="Read PubMed's files.")
@click.argument("folders", nargs=-1, required=True, metavar="DIR…")
@_corpus
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes on this machine.")
@click.option(
    "--scheduler", default="", metavar="tcp://…", help="A Dask scheduler, whose workers see the same folders."
)
def build(folders: tuple[str, ...], corpus: str, workers: int, scheduler: str) -> None:
    """Read the files pubmed26n0001.xml.gz … below DIR into the corpus. What was read before is not read again.

    Interrupted in any way, the next build goes on. A record that cannot be read is reported with its file and line; a
    file that is cut is reported and left out.
    """
    _need(*_NEEDED, *(("distributed",) if scheduler else ()))
    os.environ.setdefault(*_POOL)
    from evsynth.build.corpus.building import build_corpus
    from evsynth.cli.screening import bar

    with bar("files read") as progress:
        built = build_corpus(
            [Path(folder) for folder in folders],
            Path(corpus),
            workers=workers,
            scheduler=scheduler,
            progress=progress,
        )
    for outcome in built.outcomes:
        _report(outcome)
    total = {name: sum(getattr(one, name) for one in built.outcomes) for name in ("records", "deletions", "failed")}
    click.echo(
        f"{corpus}: {built.files} files, of which {sum(not one.problem for one in built.outcomes)} read now: "
        f"{total['records']} records, {total['deletions']} deletions, {total['failed']} not read; "
        f"{built.superseded} records of the corpus are no longer the latest"
    )
    if total["failed"] or any(one.problem for one in built.outcomes):
        click.get_current_context().exit(1)


def _report(outcome: Outcome) -> None:
    if outcome.problem:
        click.echo(f"{outcome.path}:1:1: error CORPUS: {outcome.problem}", err=True)
    for one in outcome.failures:
        click.echo(f"{outcome.path}:{one.line}:1: error RECORD: {one.message}\n    hint: {one.hint}", err=True)
    if outcome.failed > len(outcome.failures):
        click.echo(f"{outcome.path}: {outcome.failed - len(outcome.failures)} more records were not read", err=True)


@command.command("query", short_help="Ask the corpus.")
@click.argument("query")
@_corpus
@click.option("--count", "count", is_flag=True, help="Print the number of records only.")
@click.option("--first", type=click.IntRange(1), default=20, show_default=True, help="How many records the list shows.")
@click.option("--to", type=click.Choice(TARGETS), help="Write all records found in this format.")
@click.option("-o", "--output", metavar="OUT", help="Write to this file instead of the screen.")
def query(query: str, corpus: str, count: bool, first: int, to: Target | None, output: str | None) -> None:
    """Find records by words of title and abstract, MeSH, year, type and more; only the latest version of each.

    For example: tacrolimus AND "interstitial lung disease"[tiab] AND 2015:2020[year] NOT review[type]. An end with *
    is left open. Fields: tiab (where none is given), ti, ab, mesh, majr, year, type, lang, journal, author, pmid.
    """
    if output and not to:
        raise click.UsageError("say the format of the output with --to")
    _need(*_NEEDED)
    from evsynth.build.corpus.asking import BRIEF, records, rows
    from evsynth.cli.records import writing
    from evsynth.sources.corpus.question import question

    asked = question(query)
    found = rows(Path(corpus), asked)
    number = sum(map(len, found.values()))
    if count:
        click.echo(number)
        return
    if to is None:
        shown = 0
        for record in records(Path(corpus), found, BRIEF):
            if shown == first:
                break
            shown += 1
            who = record.authors[0].name if record.authors else "no author"
            mark = "  RETRACTED" if "Retracted Publication" in record.publication_types else ""
            where = record.journal.abbreviation or record.journal.title
            title = record.title or record.book.title or "no title"
            click.echo(f"{record.pmid:>9}  {who}; {record.dates.published}; {title} {where}{mark}".rstrip())
        left = f"; the first {shown} are shown, --first N shows more" if shown < number else ""
        click.echo(f"{number} records{left}", err=True)
        return
    losses: Counter[str] = Counter()
    pieces = written(records(Path(corpus), found), to, losses)
    if output is None:
        for piece in pieces:
            click.echo(piece, nl=False)
    else:
        with writing(output) as write:
            for piece in pieces:
                write(piece)
        click.echo(f"{Path(output)}: written", err=True)
    del losses["raw"]
    if losses:
        said = ", ".join(f"{field} ({times})" for field, times in sorted(losses.items()))
        click.echo(f"note: {to} cannot hold, with the number of records: {said}", err=True)
    click.echo(f"{number} records", err=True)


def _need(*modules: str) -> None:
    missing = [name for name in modules if importlib.util.find_spec(name) is None]
    if missing:
        raise click.ClickException(f"a corpus needs {' and '.join(missing)}; install: pip install 'evsynth[corpus]'")
