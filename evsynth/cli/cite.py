"""`evsynth cite`: a result with its permanent identifier, its studies and its methods."""

from __future__ import annotations

import click

from evsynth.cli.here import folder, in_review


@click.command("cite", short_help="Print a citation.")
@click.argument("pool")
@click.option("--style", type=click.Choice(["text", "bibtex", "csl-json", "ris"]), default="text", show_default=True)
@in_review
def command(pool: str, style: str, start: str) -> None:
    """Cite POOL: the sentence, the references of its studies and of the methods used, and its identifier."""
    from evsynth.build.answers import answer
    from evsynth.report.citation import cite

    review = folder(start)
    studies = {name: extraction.study for name, extraction in review.studies.items()}
    click.echo(cite(answer(review, pool), review.review, studies, style).rstrip("\n"))
