"""`evsynth trace`: from a result down to the quotes."""

from __future__ import annotations

import click

from evsynth.cli.here import folder, in_review


@click.command("trace", short_help="Follow a result to its quotes.")
@click.argument("pool")
@in_review
def command(pool: str, start: str) -> None:
    """Follow POOL: estimate, effects, formulas, extracted values, quotes with offsets, and the share quoted."""
    from evsynth.build.answers import answer
    from evsynth.build.offsets import offsets
    from evsynth.report.trace import trace

    review = folder(start)
    click.echo(trace(answer(review, pool), offsets(review)))
