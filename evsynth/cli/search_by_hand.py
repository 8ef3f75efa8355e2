"""Searches by hand for `evsynth search`: entering what was exported, showing it, and the checklist of all searches."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from evsynth.cli.here import in_review
from evsynth.model.finding import Finding, Place, Problems
from evsynth.review.root import find_root

METHODS = ("database", "registry", "website", "citations", "contact", "other")


@click.command("import", short_help="Enter what a search by hand exported.")
@click.argument("name")
@click.argument("files", nargs=-1, metavar="[FILE…]")
@click.option("--date", required=True, metavar="YYYY-MM-DD", help="The day of the search.")
@click.option("--by", required=True, metavar="WHO", help="Who ran it.")
@click.option("--hits", type=click.IntRange(0), help="So many records the source showed; held against the files.")
@click.option("--because", default="", metavar="TEXT", help="Why other records were exported than the source showed.")
@in_review
def import_(name: str, files: tuple[str, ...], date: str, by: str, hits: int | None, because: str, start: str) -> None:
    """Copy the exported files of one run into corpora/imports, and note day, person, numbers and SHA-256.

    Name all files of the run at once; their format is told by the content. A search that found nothing has no file, and
    --hits 0.
    """
    from datetime import UTC, datetime, timedelta

    from evsynth.cli.progress import working
    from evsynth.cli.screening import show_notes
    from evsynth.review.by_hand import enter
    from evsynth.review.searches import open_search

    if not by.strip():
        raise click.UsageError("--by is empty: say who searched")
    today = datetime.now(UTC)
    _checked(name, date, (today + timedelta(hours=14)).date().isoformat())  # in Kiribati it is the next day already
    root = find_root(Path(start))
    given = [Path(file) for file in files]
    now = today.isoformat(timespec="seconds")
    file = open_search(root, name)
    with working("reading the export"):
        done = enter(root, file, given, date=date, by=by.strip(), hits=hits, note=because.strip(), entered=now)
    show_notes(done.notes)
    for export in done.exports:
        unread = f", {export.unread} not" if export.unread else ""
        click.echo(f"{export.file}: {export.records} records read{unread}")
    if not done.exports:
        click.echo(f"{name}: noted that nothing was found")


@click.command("checklist", short_help="Write the PRISMA-S checklist of the review.")
@click.option("--markdown", metavar="FILE", help="Write it as Markdown, with every strategy.")
@click.option("--csv", "csv_", metavar="FILE", help="Write it as a table.")
@in_review
def checklist(markdown: str | None, csv_: str | None, start: str) -> None:
    """Answer the sixteen items of PRISMA-S from all searches; what nobody recorded is marked.

    What no search can say (who was asked, what was not searched and why) is said in corpora/searches/reporting.yaml.
    """
    from evsynth.cli.screening import show_notes
    from evsynth.review.by_hand import REPORTING, described, reporting, told
    from evsynth.review.deduplication import deduplication
    from evsynth.review.files import write
    from evsynth.sources.search.checklist import checklist as answered
    from evsynth.sources.search.checklist import checklist_csv, checklist_markdown, checklist_text

    root = find_root(Path(start))
    searches = told(root)
    lines = answered(searches, reporting(root), deduplication(root))
    for target, text in ((markdown, checklist_markdown(lines, searches)), (csv_, "\ufeff" + checklist_csv(lines))):
        if target:
            write(Path(target), text.encode())
            click.echo(f"{target}: written", err=True)
    click.echo(checklist_text(lines), nl=False)
    show_notes(described(root).notes)
    count = {state: sum(line.state == state for line in lines) for state in ("recorded", "in part", "not recorded")}
    said = ", ".join(f"{number} {state}" for state, number in count.items() if number)
    click.echo(f"{said}; the rest is said in search.yaml of each search, and in {REPORTING}", err=True)


def show_by_hand(root: Path, name: str) -> None:
    """Show what was entered for a search by hand."""
    from evsynth.review.by_hand import open_exports
    from evsynth.review.searches import open_search

    search = open_search(root, name).search
    platform = f" on {search.platform}" if search.platform else ""
    click.echo(f"{name}: {search.resource}{platform}, searched by hand ({search.method})")
    exports = open_exports(root, name)
    together = Counter(export.entered for export in exports)
    for export in exports:
        unread = f", {export.unread} not read" if export.unread else ""
        files = together[export.entered]
        in_all = f" for these {files} files" if files > 1 else ""
        hits = "" if export.hits is None or not export.file else f"; the source showed {export.hits}{in_all}"
        what = f"{export.file}: {export.records} records{unread}{hits}" if export.file else "nothing found"
        click.echo(f"{export.date}  {export.by}  {what}")
    for line in (search.query or "").splitlines():
        click.echo(f"asked: {line}")


def _checked(name: str, date: str, latest: str) -> None:
    from datetime import date as day

    try:
        fits = day.fromisoformat(date).isoformat() == date
    except ValueError:
        fits = False
    why = "is no day such as 2026-11-22" if not fits else "is not here yet" if date > latest else ""
    if why:
        place = Place(f"corpora/searches/{name}")
        raise Problems((Finding("VALUE", "error", name, place, f"{date!r} {why}", "give the day of the search"),))
