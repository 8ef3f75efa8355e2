"""`evsynth show`: a result as a statistician's summary."""

from __future__ import annotations

import click

from evsynth.cli.here import folder, in_review


@click.command("show", short_help="Show a result.")
@click.argument("pool", required=False)
@click.option("--json", "json_", is_flag=True, help="Print everything as JSON.")
@in_review
def command(pool: str | None, json_: bool, start: str) -> None:
    """Show the result of POOL, or list all pools with their results."""
    from evsynth.build.answers import answer
    from evsynth.build.result import estimate_json
    from evsynth.report.citation import headline
    from evsynth.report.summary import summary

    review = folder(start)
    if pool is None:
        for name in sorted(review.pools):
            answered = answer(review, name)
            click.echo(f"{answered.result.id}  {headline(answered)}")
        return
    answered = answer(review, pool)
    click.echo(estimate_json(answered).decode() if json_ else summary(answered), nl=not json_)
