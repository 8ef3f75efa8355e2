"""`evsynth snowball`: what the included studies cite and are cited by, ranked; the citation graph."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evsynth.cli.here import in_review
from evsynth.cli.printable import printable
from evsynth.model.finding import Finding, Place, Problems
from evsynth.review.files import write
from evsynth.review.root import find_root

if TYPE_CHECKING:
    from evsynth.sources.citations.graph import Shape


@click.command("snowball", short_help="Rank citing and cited records.")
@click.argument("name", required=False)
@click.option("--top", default=20, show_default=True, type=click.IntRange(0), help="So many candidates; 0 means all.")
@click.option("--unknown", is_flag=True, help="Leave out records that another search of the review found.")
@click.option("--csv", "csv_", metavar="FILE", help="Write all candidates to a table.")
@click.option("--graphml", metavar="FILE", help="Write the citation graph for yEd, Gephi or Cytoscape.")
@click.option("--json", "json_", is_flag=True, help="Print everything as JSON.")
@in_review
def command(
    name: str | None, top: int, unknown: bool, csv_: str | None, graphml: str | None, json_: bool, start: str
) -> None:
    """Rank the records around the included studies, from the latest snapshot of NAME. Needs no network.

    NAME is a search of citations (`evsynth search new NAME --citations --by WHO`, then `evsynth search run NAME`).
    """
    from evsynth.model.record import Record
    from evsynth.review.searches import latest, open_search, searches, snapshots
    from evsynth.sources.citations import graph as drawing
    from evsynth.sources.citations.candidate_table import candidate_table
    from evsynth.sources.citations.candidates import candidates
    from evsynth.text.scaffold import year

    root = find_root(Path(start))
    own = name or _only(root)
    if (source := open_search(root, own).search.source) != "PubMed citations":
        how = "by hand" if source == "by hand" else "by a query"
        message = f"{own} is searched {how}, and holds no citations"
        hint = "start from the included studies: `evsynth search new NAME --citations --by WHO`"
        raise Problems((Finding("SEARCH", "error", own, Place(f"corpora/searches/{own}/search.yaml"), message, hint),))
    snapshot = latest(root, own)
    others = [n for n in searches(root) if n != own]
    known = {row.pmid for other in others for taken in snapshots(root, other)[-1:] for row in taken.rows()}
    records = {article.pmid: article.record for article in snapshot.articles()}
    for pmid in {pmid for link in snapshot.links() for pmid in link} - records.keys():
        records[pmid] = Record(pmid=pmid, title="(PubMed has no record of it)")
    words = {pmid: {"title": r.title or r.book.title, "year": year(r)} for pmid, r in records.items()}
    made = drawing.graph(snapshot.links(), snapshot.manifest.studies, words)
    ranked = [c for c in candidates(made, known) if not (unknown and c.known)]
    if graphml:
        write(Path(graphml), drawing.graphml(made))
        click.echo(f"{graphml}: {made.number_of_nodes()} records, {made.number_of_edges()} citations", err=True)
    if csv_:
        write(Path(csv_), candidate_table(ranked, records).encode("utf-8-sig"))
        click.echo(f"{csv_}: {len(ranked)} candidates", err=True)
    shape = drawing.shape(made)
    if json_:
        found = [{**c._asdict(), "reason": c.reason, **words.get(c.pmid, {})} for c in ranked]
        click.echo(json.dumps({"candidates": found, "graph": shape._asdict()}, indent=2, ensure_ascii=False))
        return
    for candidate in ranked[: top or None]:
        record = records[candidate.pmid]
        marks = ("  [found by another search]" if candidate.known else "") + ("  RETRACTED" if record.retracted else "")
        title = words[candidate.pmid]["title"]
        click.echo(printable(f"{candidate.pmid:>9}  {candidate.reason}; {year(record)}; {title}{marks}"))
    click.echo(f"{len(ranked)} candidates around {len(snapshot.manifest.studies)} studies", err=True)
    _describe(shape)


def _only(root: Path) -> str:
    from evsynth.review.searches import open_search, searches

    names = [n for n in searches(root) if open_search(root, n).search.source == "PubMed citations"]
    if len(names) == 1:
        return names[0]
    message = f"there are {len(names)} searches of citations: {', '.join(names)}" if names else "no search of citations"
    hint = "name one" if names else "start one with `evsynth search new NAME --citations --by WHO`"
    raise Problems((Finding("UNKNOWN_NAME", "error", "", Place("corpora/searches"), message, hint),))


def _describe(shape: Shape) -> None:
    if shape.isolated:
        click.echo(f"no other included study cites or is cited by: {', '.join(shape.isolated)}", err=True)
    if shape.unlinked:
        click.echo(f"PubMed knows no citation at all of: {', '.join(shape.unlinked)}", err=True)
    for circle in shape.cycles:
        click.echo(f"these cite each other in a circle: {', '.join(circle)}", err=True)
