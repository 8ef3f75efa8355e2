"""`evsynth reanalyse`: every reported result beside its recomputation from the numbers printed with it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from evsynth.cli.here import folder, in_review
from evsynth.model.finding import Finding, Place, Problems

if TYPE_CHECKING:
    from evsynth.model.review import Instrument
    from evsynth.text.extraction import Extraction


@click.command("reanalyse", short_help="Recompute what studies report.")
@click.argument("studies", nargs=-1, metavar="[STUDY]...")
@click.option("--all", "everything", is_flag=True, help="Show every result, not only those that are discrepant.")
@click.option(
    "--routes", is_flag=True, help="Show what is not printed instead (errors, spreads, means), by every route."
)
@click.option("--to", type=click.Choice(["text", "csv", "markdown", "html", "json"]), default="text", show_default=True)
@click.option("--json", "json_", is_flag=True, help="The same as --to json.")
@in_review
def command(studies: tuple[str, ...], everything: bool, routes: bool, to: str, json_: bool, start: str) -> None:
    """Recompute every reported result of STUDY (or of all studies) from what is printed with it.

    Each result is exact, within rounding, discrepant, or not recomputable, and then says what is missing. Tables
    (csv, markdown, html, json) hold every result.

    A paper is extracted as it is: a discrepant result does not fail the command.
    """
    extractions, instruments = _chosen(studies, start)
    to = "json" if json_ else to
    if routes:
        _routes(extractions, everything, to)
    else:
        _results(extractions, instruments, everything, to)


def _chosen(studies: tuple[str, ...], start: str) -> tuple[list[Extraction], tuple[Instrument, ...]]:
    review = folder(start)
    hint = f"studies here: {', '.join(sorted(review.studies)) or 'none'}"
    unknown = tuple(
        Finding("UNKNOWN_STUDY", "error", name, Place("extractions/studies"), f"there is no study {name!r}", hint)
        for name in studies
        if name not in review.studies
    )
    if unknown or (review.problems and not review.studies):
        raise Problems((*unknown, *review.problems))
    return [review.studies[name] for name in sorted(studies or review.studies)], review.review.instruments


def _results(extractions: list[Extraction], instruments: tuple[Instrument, ...], everything: bool, to: str) -> None:
    from evsynth.reanalyse.prints import reanalyse
    from evsynth.report.reanalysis import as_csv, as_html, as_json, as_markdown, lines, missing, rows, summary

    made = {e.study.study: (e, rows(reanalyse(e, instruments), e.observations)) for e in extractions}
    every = [row for _, found in made.values() for row in found]
    if to == "json":
        click.echo(json.dumps(as_json(every), indent=2, ensure_ascii=False))
    elif to != "text":
        click.echo({"csv": as_csv, "markdown": as_markdown, "html": as_html}[to](every), nl=False)
    else:
        for extraction, found in made.values():
            results = [row.result for row in found]
            click.echo(f"{extraction.study.label}: {summary(results)}")
            for text in lines(row for row in found if everything or row.result.verdict == "discrepant"):
                click.echo(f"  {text}")
            lacking = missing(results)
            if lacking and not everything:
                click.echo("  missing most often:\n    " + "\n    ".join(lacking))
            click.echo()


def _routes(extractions: list[Extraction], everything: bool, to: str) -> None:
    from rich.console import Console
    from rich.progress import track

    from evsynth.build.conversions import conversions
    from evsynth.reanalyse.derived import derive
    from evsynth.report.reanalysis import route_lines, route_rows, routes_csv

    if to not in ("text", "csv", "json"):
        raise click.UsageError("--routes is written as text, csv or json")
    console = Console(stderr=True)
    steps = track(extractions, "every route …", console=console, transient=True, disable=not console.is_terminal)
    made = [(e, (*derive(e), *conversions(e))) for e in steps]
    observations = [o for e, _ in made for o in e.observations]
    if to == "json":
        click.echo(
            json.dumps([r for e, d in made for r in route_rows(d, e.observations)], indent=2, ensure_ascii=False)
        )
    elif to == "csv":
        click.echo(routes_csv([d for _, found in made for d in found], observations), nl=False)
    else:
        for extraction, found in made:
            several = [d for d in found if len(d.routes) > 1]
            differing = [d for d in several if not d.agree]
            click.echo(f"{extraction.study.label}: {len(found)} quantities that are not printed; "
                       f"{len(several)} by several routes, {len(differing)} of them differ")  # fmt: skip
            for text in route_lines(found if everything else differing, {o.path: o for o in extraction.observations}):
                click.echo(f"  {text}")
            click.echo()
