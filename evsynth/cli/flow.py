"""`evsynth flow`: the PRISMA 2020 flow of records, counted from searches, links and decisions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evsynth.cli.here import in_review
from evsynth.cli.screening import desk_of, show_notes
from evsynth.model.finding import Finding, Place
from evsynth.review.files import write

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
    from evsynth.review.screening import open_flow
    from evsynth.sources.screening.flow import flow_table, unreconciled, waiting

    desk = desk_of(start)
    flow = open_flow(desk)
    known = described(desk.root)
    if wrong := unreconciled(flow):
        raise AssertionError(f"the flow does not add up: {wrong}")
    flow = flow._replace(columns=tuple(_named(c, known.searches, desk.root) for c in flow.columns))
    for target, made in ((svg, drawing.svg), (png, drawing.png)):
        if target:
            write(Path(target), made(flow_diagram(flow)))
    if csv_:
        write(Path(csv_), flow_table(flow).encode("utf-8-sig"))
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
    show_notes(_without_study(flow.without_study))
    for study in flow.without_record:
        message = f"the study {study} is in the review, but no included record is a report of it"
        hint = "import its record (corpora/imports/other for other methods) and screen it, or the flow leaves it out"
        place = Place(f"extractions/studies/{study}.yaml")
        show_notes([Finding("FLOW_NO_RECORD", "concern", study, place, message, hint)])
    if not flow.final:
        click.echo("screening is not finished; the numbers will change", err=True)


def _without_study(ids: Sequence[str]) -> list[Finding]:
    """Note the included reports that no study names, in one finding, however many they are."""
    from evsynth.review.screening import FOLDER

    if not ids:
        return []
    several = f"{len(ids)} reports are included, but no study of the review names their PMID or DOI: "
    one = f"{ids[0]} is included, but no study of the review names its PMID or DOI"
    message = one if len(ids) == 1 else several + ", ".join(ids[:5]) + (" …" if len(ids) > 5 else "")
    hint = "start the extraction with `evsynth new`, or add the source that reports it"
    if len(ids) > 5:
        hint += "; `evsynth screen list --fate included` lists all that are included"
    return [Finding("FLOW_NO_STUDY", "note", ids[0], Place(FOLDER), message, hint)]


def _named(column: Column, imports: dict[str, str], root: Path) -> Column:
    """Name sources as a report does, and add up the files of one search; the rest has the name of its file."""
    from evsynth.review.searches import searches

    known = searches(root)
    counts: dict[str, int] = {}
    for source, count in column.sources:
        search = imports.get(source, source)
        name = _name(root, search, known) if search in known else source
        counts[name] = counts.get(name, 0) + count
    return column._replace(sources=tuple(counts.items()))


def _name(root: Path, name: str, known: tuple[str, ...]) -> str:
    """Name a search: *Embase (Ovid)*, *PubMed*, or *PubMed (ild)* where the review has several of PubMed."""
    from evsynth.review.searches import open_search

    search = open_search(root, name).search
    if search.source == "by hand":
        return f"{search.resource} ({search.platform})" if search.platform else search.resource or name
    several = sum(open_search(root, other).search.source == search.source for other in known) > 1
    return f"{search.source} ({name})" if several else search.source
