"""`evsynth compare`: what each method profile would print for one pool, and which digits differ."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from evsynth.cli.here import folder, in_review
from evsynth.cli.tables import is_table, read_studies, refused
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

    POOL is the name of a pool of a review; proportions are compared on the logit scale. The effects of a refused pool
    are not pooled under any profile.
    """
    from evsynth.pooling.pooled import back
    from evsynth.pooling.profiles import PROFILES, under_profile
    from evsynth.report.comparison import as_json, as_table, lines

    effects = _of_table(pool, measure) if is_table(pool) else _of_pool(pool, start)
    names = list(PROFILES) if profiles == "all" else [name.strip() for name in profiles.split(",")]
    y, v, labels = [e.y for e in effects], [e.v for e in effects], [e.label for e in effects]
    with refused(pool):
        found = [under_profile(y, v, profile=name, labels=labels) for name in names]
    if json_:
        click.echo(json.dumps(as_json(found), indent=2))
    else:
        click.echo(as_table(lines(found, effects[0].measure, back(effects[0].scale))))


def _of_table(file: str, measure: str | None) -> tuple[Effect, ...]:
    if measure is None:
        raise click.UsageError("name the measure of the table with --measure")
    return read_studies(file, measure).effects


def _of_pool(name: str, start: str) -> tuple[Effect, ...]:
    from evsynth.build.answers import answer
    from evsynth.build.examined import comparable
    from evsynth.model.estimate import Estimate
    from evsynth.report.citation import headline

    found = answer(folder(start), name)
    effects = comparable(found)
    if effects is None:
        pooled = isinstance(found.result, Estimate) and found.result.kind == "pooled"
        why = "a study has no effect of its own" if pooled else "no profile pools it"
        message = f"{found.result.id} is {headline(found)}; {why}"
        raise Problems((Finding("NOT_POOLED", "error", name, Place(name), message, "see `evsynth show`"),))
    return effects
