"""`evsynth fetch`: single records by PMID or DOI, and openly licensed full text from PubMed Central."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from evsynth.cli.here import in_review
from evsynth.review.files import write

if TYPE_CHECKING:
    from evsynth.model.record import Record


@click.command("fetch", short_help="Fetch single records.")
@click.argument("names", nargs=-1, required=True, metavar="PMID|DOI|PMCID…")
@click.option("-o", "--output", metavar="FILE", help="Write what came, as it came (XML), for `evsynth read`.")
@click.option("--full-text", is_flag=True, help="Fetch the full text of one article from PubMed Central.")
@click.option("--study", metavar="ID", help="Keep an openly licensed full text as source ID-full-text of this study.")
@click.option("--licence", metavar="WORDS", help="Licence of the article, where it does not state one.")
@in_review
def command(
    names: tuple[str, ...], output: str | None, full_text: bool, study: str | None, licence: str | None, start: str
) -> None:
    """Fetch the records with these PMIDs and DOIs. All of them come, or there is one clear error.

    With --full-text, fetch an article and say under which licence it is. With --study too, its text is written to
    corpora/sources together with the licence, if that is open: CC0, public domain, CC BY or CC BY-SA.
    """
    from evsynth.cli import network

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

        with network.reported(names[0], hint):
            article = fetch_full_text(names[0], network.pubmed(), network.address())
        _written(output, article.body)
        _show(article.record)
        click.echo(
            f"{article.pmcid}: licence {article.licence or 'not stated'}; {len(article.text)} characters of text"
        )
        if study is not None:
            origin = f"PubMed Central, {article.pmcid}, by the E-utilities; the text of its JATS XML"
            found = Text(article.text, article.record, article.licence, article.credit, origin)
            keep(found, study, licence, start)
        return
    from evsynth.sources.search.single import fetch

    with network.reported(" ".join(names), hint):
        fetched = fetch(names, network.pubmed(), network.address())
    _written(output, fetched.body)
    for one in fetched.articles:
        _show(one.record)


def _show(record: Record) -> None:
    first = record.authors[0].name if record.authors else "no author"
    mark = "  RETRACTED" if record.retracted else ""
    click.echo(f"{record.pmid:>9}  {first}; {record.dates.published}; {record.title or record.book.title}{mark}")


def _written(output: str | None, body: bytes) -> None:
    if output is not None:
        write(Path(output), body)
        click.echo(f"{output}: written", err=True)
