"""`evsynth fetch`: single records by PMID or DOI, and openly licensed full text from PubMed Central."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evsynth.cli.here import in_review
from evsynth.cli.printable import printable
from evsynth.model.finding import Problems
from evsynth.review.files import write
from evsynth.review.root import find_root

if TYPE_CHECKING:
    from evsynth.model.record import Record
    from evsynth.sources.search.asking import Ask


@click.command("fetch", short_help="Fetch single records.")
@click.argument("names", nargs=-1, required=True, metavar="PMID|DOI|PMCID…")
@click.option("-o", "--output", metavar="FILE", help="Write what came, as it came (XML), for `evsynth read`.")
@click.option("--full-text", is_flag=True, help="Fetch the full text of one article from PubMed Central.")
@click.option("--study", metavar="ID", help="Keep an openly licensed full text as source ID-full-text of this study.")
@click.option("--licence", metavar="WORDS", help="Licence of the article, where it does not state one.")
@click.option("--fresh", is_flag=True, help="Ask again for what was answered within the last day.")
@in_review
def command(
    names: tuple[str, ...],
    output: str | None,
    full_text: bool,
    study: str | None,
    licence: str | None,
    fresh: bool,
    start: str,
) -> None:
    """Fetch the records with these PMIDs and DOIs. All of them come, or there is one clear error.

    In a review, every answer is kept for a day under .evsynth/answers, to the byte, with its SHA-256 and time: what
    came before an interruption is not asked for again.

    With --full-text, fetch an article and say under which licence it is. With --study too, its text is written to
    corpora/sources together with the licence, if that is open: CC0, public domain, CC BY or CC BY-SA.
    """
    from evsynth.cli import ncbi

    if study is not None and not full_text:
        raise click.UsageError("--study goes with --full-text")
    if licence is not None and study is None:
        raise click.UsageError("--licence goes with --study")
    if full_text and len(names) != 1:
        raise click.UsageError("--full-text takes one article")
    hint = "check the numbers, or save it by hand and use `evsynth read`"
    if full_text:
        from evsynth.cli.full_texts import Text, keep
        from evsynth.sources.search.full_text import fetch_full_text

        with ncbi.reported(names[0], hint), _asking(start, fresh) as ask:
            article = fetch_full_text(names[0], ask, ncbi.address())
        _written(output, article.body)
        _show(article.record)
        click.echo(
            f"{article.pmcid}: licence {article.licence or 'not stated'}; {len(article.text)} characters of text"
        )
        if study is not None:
            origin = f"PubMed Central, {article.pmcid}, by the E-utilities; the text of its JATS XML"
            found = Text(article.text, article.record, article.licence, article.credit, origin)
            file = output or f"{article.pmcid}.xml"
            first = "" if output else f"`evsynth fetch {article.pmcid} --full-text -o {file}`, then "
            keep(found, study, licence, start, outside=f"{first}`evsynth read {file} --text -o TEXT`")
        return
    from evsynth.sources.search.single import fetch

    subject = " ".join(names[:10]) + (f" and {len(names) - 10} more" if len(names) > 10 else "")
    with ncbi.reported(subject, hint), _asking(start, fresh) as ask:
        fetched = fetch(names, ask, ncbi.address())
    _written(output, fetched.document)
    for one in fetched.articles:
        _show(one.record)


@contextmanager
def _asking(start: str, fresh: bool) -> Iterator[Ask]:
    """Ask through what is kept in the review; outside a review nothing is kept. Say how much was kept from before."""
    from evsynth.cli import ncbi
    from evsynth.review.answers import answers
    from evsynth.sources.search.asking import Direct

    try:
        root = find_root(Path(start))
    except Problems:
        if start != ".":
            raise
        yield Direct(ncbi.pubmed())
        return
    with answers(root, ncbi.pubmed(), lambda: datetime.now(UTC), fresh=fresh) as keeper:
        yield keeper
        if keeper.reused:
            since = min(keeper.used[name].time for name in keeper.kept_before)
            click.echo(
                f"{keeper.reused} answers were kept from before (since {since}), and not asked for again; "
                "--fresh asks again",
                err=True,
            )


def _show(record: Record) -> None:
    first = record.authors[0].name if record.authors else "no author"
    mark = "  RETRACTED" if record.retracted else ""
    line = f"{record.pmid:>9}  {first}; {record.dates.published}; {record.title or record.book.title}{mark}"
    click.echo(printable(line))


def _written(output: str | None, body: bytes) -> None:
    if output is not None:
        write(Path(output), body)
        click.echo(f"{output}: written", err=True)
