"""`evsynth compare`: what each method profile would print for one pool, and which digits differ."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evsynth.cli.here import folder, in_review
from evsynth.model.finding import Finding, Place, Problems

if TYPE_CHECKING:
    from evsynth.model.effect import Effect


@click.command("compare", short_help="Compare method profiles.")
@click.argument("pool", metavar="POOL|DATA.csv")
@click.option("--profiles", default="all", show_default=True, help="all, or names separated by commas.")
@click.option("--measure", help="Measure, for a table (see `evsynth pool`).")
@click.option("--json", "json_", is_flag=True, help="Print the figures on the analysis scale as JSON.")
@in_review
def command(pool: str, profiles: str, measure: str | None, json_: bool, start: str) -> None:
    """Show what other programs and guidelines print for the same effects, and which digits differ.

    Profiles: evsynth-default, cochrane-2025, iqwig-6, metafor, meta-8, meta-7, revman-5.

    The effects of a refused pool are not pooled under any profile.
    """
    from evsynth.pooling.guard import InputError
    from evsynth.pooling.pooled import back
    from evsynth.pooling.profiles import PROFILES, under_profile
    from evsynth.report.comparison import as_json, as_table, lines

    effects = _of_table(pool, measure) if Path(pool).suffix in (".csv", ".tsv", ".txt") else _of_pool(pool, start)
    names = list(PROFILES) if profiles == "all" else [name.strip() for name in profiles.split(",")]
    y, v, labels = [e.y for e in effects], [e.v for e in effects], [e.label for e in effects]
    try:
        found = [under_profile(y, v, profile=name, labels=labels) for name in names]
    except InputError as error:
        hint = f"profiles: {', '.join(PROFILES)}"
        raise Problems(tuple(Finding("CHOICE", "error", pool, Place(pool), p, hint) for p in error.problems)) from None
    if json_:
        click.echo(json.dumps(as_json(found), indent=2))
    else:
        click.echo(as_table(lines(found, effects[0].measure, back(effects[0].scale))))


def _of_table(file: str, measure: str | None) -> tuple[Effect, ...]:
    from evsynth.build.plain import pool_table
    from evsynth.review.files import read_text
    from evsynth.text.table import read_table

    if measure is None:
        raise click.UsageError("name the measure of the table with --measure")
    table = read_table(read_text(Path(file), file), file)
    made = pool_table(
        table, measure, estimator="REML", interval="wald", prediction="V", level=0.95, correction=False
    )  # fmt: skip
    return made.answer.selection.effects


def _of_pool(name: str, start: str) -> tuple[Effect, ...]:
    from evsynth.build.answers import answer
    from evsynth.model.estimate import Estimate
    from evsynth.report.citation import headline

    answered = answer(folder(start), name)
    if not isinstance(answered.result, Estimate) or answered.result.kind != "pooled":
        message = f"{answered.result.id} is {headline(answered)}; no profile pools it"
        raise Problems((Finding("NOT_POOLED", "error", name, Place(name), message, "see `evsynth show`"),))
    return answered.selection.effects
