"""`evsynth flow`: the PRISMA 2020 flow of records, counted from searches, links and decisions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from evsynth.cli.here import in_review
from evsynth.cli.screening import show_notes
from evsynth.model.finding import Finding, Place
from evsynth.review.files import write
from evsynth.review.folder import find_root

if TYPE_CHECKING:
    from evsynth.sources.screening.flow import Column


@click.command("flow", short_help="Show the PRISMA 2020 flow.")
@click.option("--svg", metavar="FILE", help="Write the diagram as SVG.")
@click.option("--png", metavar="FILE", help="Write the diagram as PNG.")
@click.option("--csv", "csv_", metavar="FILE", help="Write the numbers as a table.")
@in_review
def command(svg: str | None, png: str | None, csv_: str | None, start: str) -> None:
    """Count the flow of records. Nothing of it can be typed: change a decision, and it changes."""
    from evsynth.report import drawing
    from evsynth.report.flow_diagram import flow_diagram
    from evsynth.review.by_hand import described
    from evsynth.review.screening import FOLDER, open_desk, open_flow
    from evsynth.sources.screening.flow import flow_table, unreconciled, waiting

    desk = open_desk(find_root(Path(start)))
    flow = open_flow(desk)
    known = described(desk.root)
    if wrong := unreconciled(flow):
        raise AssertionError(f"the flow does not add up: {wrong}")
    flow = flow._replace(columns=tuple(_named(c, known.searches, desk.root) for c in flow.columns))
    for target, made in ((svg, drawing.svg), (png, drawing.png)):
        if target:
            write(Path(target), made(flow_diagram(flow)))
    if csv_:
        write(Path(csv_), flow_table(flow).encode())
    for c in flow.columns:
        click.echo({"database": "Databases and registers", "other": "Other methods"}[c.way])
        rows = [(f"records from {name}", count) for name, count in c.sources]
        rows += [("duplicate records removed", c.duplicates), ("records screened", c.screened)]
        rows += [("records excluded", c.excluded), ("reports sought for retrieval", c.sought)]
        rows += [("reports not retrieved", c.not_obtained), ("reports assessed for eligibility", c.assessed)]
        rows += [(f"reports excluded: {e.label}", e.reports) for e in c.excluded_for]
        rows += [("reports included", c.included)]
        rows += [(f"NOT DECIDED: {what}", count) for what, count in waiting(c) if count]
        for what, count in rows:
            click.echo(f"{count:>8,}  {what}")
    click.echo(f"{flow.reports:>8,}  reports of included studies\n{flow.studies:>8,}  studies included")
    show_notes((*desk.notes, *known.notes))
    for id_ in flow.without_study:
        message = f"{id_} is included, but no study of the review names its PMID or DOI"
        hint = "start its extraction with `evsynth new`, or add the source that reports it"
        show_notes([Finding("FLOW_NO_STUDY", "note", id_, Place(FOLDER), message, hint)])
    for study in flow.without_record:
        message = f"the study {study} is in the review, but no included record is a report of it"
        hint = "import its record (corpora/imports/other for other methods) and screen it, or the flow leaves it out"
        place = Place(f"extractions/studies/{study}.yaml")
        show_notes([Finding("FLOW_NO_RECORD", "concern", study, place, message, hint)])
    if not flow.final:
        click.echo("screening is not finished; the numbers will change", err=True)


def _named(column: Column, searches: dict[str, str], root: Path) -> Column:
    """Name what was searched by hand by its source and platform, and add up the files of one search."""
    from evsynth.review.searches import open_search

    counts: dict[str, int] = {}
    for source, count in column.sources:
        name = source
        if source in searches:
            search = open_search(root, searches[source]).search
            name = f"{search.resource} ({search.platform})" if search.platform else search.resource or source
        counts[name] = counts.get(name, 0) + count
    return column._replace(sources=tuple(counts.items()))
