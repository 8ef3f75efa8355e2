"""`evsynth search`: searches as files, snapshots of what PubMed finds, and what changed since."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click

from evsynth.cli.here import in_review
from evsynth.cli.printable import printable
from evsynth.cli.search_by_hand import METHODS, checklist, import_, show_by_hand
from evsynth.model.finding import Finding, Place, Problems
from evsynth.review.root import find_root


@click.group("search", short_help="Search PubMed and keep what it finds.")
def command() -> None:
    """A search is the file corpora/searches/NAME/search.yaml; each run keeps a snapshot in a folder beside it.

    A search of another source is run by hand there, and what it exported is entered with `import`.

    NCBI_EMAIL and NCBI_API_KEY are read from the environment; the key is never written anywhere.
    """


command.add_command(import_)
command.add_command(checklist)


@command.command("new", short_help="Start a search.")
@click.argument("name")
@click.option("--query", metavar="TEXT", help="The query in the syntax of PubMed, or of the source searched by hand.")
@click.option("--citations", is_flag=True, help="Follow the citations of the included studies instead.")
@click.option("--by-hand", "resource", metavar="SOURCE", help="Another source, searched there by hand: Embase, say.")
@click.option("--method", type=click.Choice(METHODS), help="By hand: which kind of source.  [default: database]")
@click.option("--platform", metavar="NAME", help="By hand: where the source is searched, such as Ovid.")
@click.option("--by", required=True, metavar="WHO", help="Who designs the search.")
@in_review
def new(
    name: str,
    query: str | None,
    citations: bool,
    resource: str | None,
    method: str | None,
    platform: str | None,
    by: str,
    start: str,
) -> None:
    """Write corpora/searches/NAME/search.yaml to fill in. An existing file is never overwritten."""
    from datetime import UTC, datetime

    from evsynth.review.files import write
    from evsynth.text.search_file import by_hand_file, search_file

    if citations if resource is not None else (query is None) != citations:
        raise click.UsageError("give either --query TEXT, --citations, or --by-hand SOURCE")
    for option, text in (("--by", by), ("--query", query), ("--by-hand", resource)):
        if text is not None and not text.strip():
            raise click.UsageError(f"{option} is empty")
    if resource is None and (method or platform):
        raise click.UsageError("--method and --platform go with --by-hand")
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]*", name):
        raise click.UsageError(f"{name!r} is not an identifier: use lower-case letters, digits and hyphens")
    shown = f"corpora/searches/{name}/search.yaml"
    path = find_root(Path(start)) / shown
    if path.exists():
        message = f"{shown} is already there; nothing was written"
        raise Problems((Finding("EXISTS", "error", name, Place(shown), message, "edit it, or choose another name"),))
    today = datetime.now(UTC).date().isoformat()
    if resource is None:
        text = search_file(name, query, by, today)
    else:
        text = by_hand_file(name, resource, method or "database", platform or "", query or "", by, today)
    write(path, text.encode())
    click.echo(f"{shown}: written")
    after = f"`evsynth search run {name}`"
    if resource is not None:
        after = (
            f"search, export the records, and enter them with `evsynth search import {name} FILE --date DAY --by WHO`"
        )
    click.echo(f"Next: look at it, then {after}.", err=True)


@command.command("run", short_help="Take a snapshot.")
@click.argument("name")
@click.option("--fresh", is_flag=True, help="Give up a snapshot that was interrupted, and begin anew.")
@in_review
def run(name: str, fresh: bool, start: str) -> None:
    """Search, fetch every record, and keep all answers in corpora/searches/NAME/DATE. Interrupted, it goes on."""
    from evsynth.cli.searching import take

    snapshot = take(find_root(Path(start)), name, fresh=fresh)
    click.echo(f"{snapshot.shown}: {snapshot.manifest.records} records")


@command.command("update", short_help="Take a snapshot and show what changed.")
@click.argument("name")
@click.option("--fresh", is_flag=True, help="Give up a snapshot that was interrupted, and begin anew.")
@click.option("--json", "json_", is_flag=True, help="Print the changes as JSON.")
@in_review
def update(name: str, fresh: bool, json_: bool, start: str) -> None:
    """Take another snapshot, and show which records are new, changed, vanished or retracted since the last one."""
    from evsynth.cli import ncbi
    from evsynth.cli.searching import run_here, show_changes, take, whereabouts
    from evsynth.review.searches import latest

    root = find_root(Path(start))
    run_here(root, name)
    before = latest(root, name)
    door = ncbi.pubmed()  # one door, so that it keeps its distance between all requests
    after = take(root, name, fresh=fresh, door=door)
    click.echo(f"{after.shown}: {after.manifest.records} records", err=True)
    show_changes(before, after, as_json=json_, gone=whereabouts(before, after, door))


@command.command("changes", short_help="Show what changed between snapshots.")
@click.argument("name")
@click.argument("before", required=False)
@click.argument("after", required=False)
@click.option("--json", "json_", is_flag=True, help="Print the changes as JSON.")
@in_review
def changes(name: str, before: str | None, after: str | None, json_: bool, start: str) -> None:
    """Compare two snapshots of NAME, by default the last two. Needs no network."""
    from evsynth.cli.searching import run_here, show_changes
    from evsynth.review.searches import snapshots

    root = find_root(Path(start))
    run_here(root, name)
    taken = {snapshot.name: snapshot for snapshot in snapshots(root, name)}
    known = ", ".join(taken) or "none"
    place = Place(f"corpora/searches/{name}/search.yaml")
    for wanted in (before, after):
        if wanted is not None and wanted not in taken:
            message = f"{wanted!r} is no snapshot of {name}"
            raise Problems((Finding("UNKNOWN_NAME", "error", name, place, message, f"known: {known}"),))
    if len(taken) < 2:
        message = f"there are not two snapshots of {name} to compare: {known}"
        hint = f"take {'another' if taken else 'the first'} one with `evsynth search run {name}`"
        raise Problems((Finding("NO_SNAPSHOT", "error", name, place, message, hint),))
    names = list(taken)
    show_changes(taken[before or names[-2]], taken[after or names[-1]], as_json=json_)


@command.command("list", short_help="List the searches.")
@in_review
def list_(start: str) -> None:
    """List the searches of the review with their snapshots."""
    from evsynth.review.by_hand import tell
    from evsynth.review.searches import open_search, searches, snapshots
    from evsynth.review.taking import interrupted

    root = find_root(Path(start))
    for name in searches(root):
        search = open_search(root, name).search
        if search.source == "by hand":
            runs = tell(root, name).runs
            last = f"{runs[-1].date}: {runs[-1].records} records" if runs else "nothing entered yet"
            click.echo(f"{name}  by hand, {search.resource}; {len(runs)} runs; {last}")
            continue
        taken = snapshots(root, name)
        last = f"{taken[-1].name}: {taken[-1].manifest.records} records" if taken else "no snapshot yet"
        begun = interrupted(root, name)
        unfinished = f"; interrupted since {begun}" if begun else ""
        click.echo(f"{name}  {search.source}; {len(taken)} snapshots; {last}{unfinished}")
    if not searches(root):
        click.echo("there is no search yet; start one with `evsynth search new NAME`", err=True)


@command.command("show", short_help="Show a snapshot.")
@click.argument("name")
@click.option("--records", is_flag=True, help="List its records.")
@click.option("--json", "json_", is_flag=True, help="Print its records with every field as JSON.")
@in_review
def show(name: str, records: bool, json_: bool, start: str) -> None:
    """Show the latest snapshot of NAME: what was asked, how PubMed understood it, how many records."""
    from evsynth.review.searches import latest, open_search, snapshots

    root = find_root(Path(start))
    if open_search(root, name).search.source == "by hand":
        if records or json_:
            raise click.UsageError(f"{name} is searched by hand: `evsynth read FILE` shows the records of its exports")
        show_by_hand(root, name)
        return
    last = latest(root, name)
    if json_:
        found = [a.record.model_dump(exclude={"raw"}) for a in last.articles()]
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
        return
    if records:
        for article in last.articles():
            record = article.record
            first = record.authors[0].name if record.authors else "no author"
            title = record.title or record.book.title
            mark = "  RETRACTED" if record.retracted else ""
            click.echo(printable(f"{record.pmid:>9}  {first}; {record.dates.published}; {title}{mark}"))
        return
    said = last.manifest
    retracted = sum(row.retracted for row in last.rows())
    parts = f", in {said.parts} parts by date" if said.parts > 1 else ""
    click.echo(f"{last.shown}: {said.records} records{parts}; {retracted} retracted")
    click.echo(f"asked: {said.term}")
    if said.translation:
        click.echo(f"understood: {said.translation}")
    for note in said.notes:
        click.echo(f"PubMed says: {note}")
    click.echo("snapshots: " + ", ".join(f"{s.name} ({s.manifest.records})" for s in snapshots(root, name)))


@command.command("report", short_help="Write the PRISMA-S paragraph.")
@click.argument("name")
@click.option("--items", "as_items", is_flag=True, help="Print the items of the checklist instead.")
@in_review
def report(name: str, as_items: bool, start: str) -> None:
    """Write the paragraph that reports the search, for pasting, from its file and its snapshots."""
    from evsynth.review.by_hand import tell
    from evsynth.sources.search.paragraph import items, paragraph

    told = tell(find_root(Path(start)), name)
    if as_items:
        for item in items(told):
            click.echo(f"{item.number:>2}  {item.name}: {item.answer or '-'}")
        return
    click.echo(paragraph(told), nl=False)
