"""What the verbs that search share: taking a snapshot with progress on the screen, and showing what changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evsynth.cli import ncbi
from evsynth.cli.here import folder
from evsynth.cli.printable import printable
from evsynth.model.finding import Finding, Place, Problems

if TYPE_CHECKING:
    from evsynth.review.searches import SearchFile, Snapshot
    from evsynth.sources.door import Door
    from evsynth.sources.search.harvest import Progress


def take(root: Path, name: str, *, fresh: bool, door: Door | None = None) -> Snapshot:
    """Take a snapshot of a search, or finish the one that was interrupted, and say what happened."""
    from evsynth.cli.shown import lines
    from evsynth.review import taking

    file = run_here(root, name)
    studies = starts(root, file)
    begun = taking.interrupted(root, name)
    if begun and not fresh:
        click.echo(f"going on with the snapshot begun on {begun}", err=True)
    with _bar(name) as progress:
        taken = taking.take(
            root,
            file,
            door or ncbi.pubmed(),
            address=ncbi.address(),
            date=datetime.now(UTC).date().isoformat(),
            now=lambda: datetime.now(UTC).isoformat(timespec="seconds"),
            progress=progress,
            studies=studies,
            fresh=fresh,
        )
    snapshot = taken.snapshot
    if taken.reused:
        click.echo(f"{taken.reused} answers were kept from before, and not asked for again", err=True)
    place = Place(f"corpora/searches/{name}/search.yaml")
    hint = "look whether the search says what it should; the snapshot holds what PubMed found"
    notes = [Finding("SEARCH_READ", "note", name, place, f"PubMed says: {n}", hint) for n in snapshot.manifest.notes]
    for line in lines(notes):
        click.echo(line, err=True)
    return snapshot


def run_here(root: Path, name: str) -> SearchFile:
    """Read a search that evsynth runs itself. Raises Problems SEARCH for one by hand, which has no snapshots."""
    from evsynth.review.searches import open_search

    file = open_search(root, name)
    if file.search.source == "by hand":
        place = Place(f"corpora/searches/{name}/search.yaml")
        message = f"{file.search.resource} is searched by hand, so there is nothing to run"
        hint = (
            "search there, export the records, and enter them with "
            f"`evsynth search import {name} FILE --date DAY --by WHO`; "
            f"`evsynth search show {name}` lists what was entered"
        )
        raise Problems((Finding("SEARCH", "error", name, place, message, hint),))
    return file


def starts(root: Path, file: SearchFile) -> tuple[str, ...]:
    """Give the PMIDs that a search of citations starts from: those of its file, or of every study of the review."""
    if file.search.source != "PubMed citations":
        return ()
    if file.search.studies:
        return file.search.studies
    place = Place(f"corpora/searches/{file.search.search}/search.yaml")
    studies = folder(str(root)).studies.values()
    pmids = sorted({e.study.pmid for e in studies if e.study.pmid}, key=lambda pmid: (len(pmid), pmid))
    if wrong := [pmid for pmid in pmids if not pmid.isdecimal()]:
        message = f"a study has the PMID {wrong[0]!r}, which is no number"
        raise Problems((Finding("VALUE", "error", file.search.search, place, message, "correct `pmid:` of the study"),))
    if not pmids:
        message = "no study of the review has a PMID, so there is nothing to start from"
        hint = "add `pmid:` to the studies, or name PMIDs under `studies:`"
        raise Problems((Finding("SEARCH", "error", file.search.search, place, message, hint),))
    return tuple(pmids)


def show_changes(before: Snapshot, after: Snapshot, *, as_json: bool, gone: Mapping[str, str] | None = None) -> None:
    """Print what changed between two snapshots; `gone` says of vanished records what became of them."""
    from evsynth.sources.search.changes import compare, differing

    changes = compare(before.rows(), after.rows())
    old = {a.pmid: a.record for a in before.articles(set(changes.changed) | set(changes.vanished))}
    wanted = {*changes.new, *changes.changed, *changes.retracted, *changes.concern}
    new = {a.pmid: a.record for a in after.articles(wanted)}
    fields = {pmid: differing(old[pmid], new[pmid]) for pmid in changes.changed}
    if as_json:
        said = {**changes._asdict(), "changed": {pmid: list(names) for pmid, names in fields.items()}}
        between = {"from": before.name, "to": after.name}
        click.echo(json.dumps({**between, **said, "gone": dict(gone or {})}, indent=2, ensure_ascii=False))
        return
    click.echo(f"from {before.name} ({before.manifest.records} records) to {after.name} ({after.manifest.records})")
    for kind, pmids in changes._asdict().items():
        click.echo(f"{len(pmids)} {_WORDS[kind]}")
        for pmid in pmids:
            record = new.get(pmid) or old[pmid]
            more = {"changed": ", ".join(fields.get(pmid, ())) or "layout only", "vanished": (gone or {}).get(pmid, "")}
            what = f"  [{more[kind]}]" if more.get(kind) else ""
            click.echo(
                "  " + printable(f"{pmid:>9}  {record.dates.published}; {record.title or record.book.title}{what}")
            )


def whereabouts(before: Snapshot, after: Snapshot, door: Door) -> dict[str, str]:
    """Ask PubMed what became of the records that a search no longer finds."""
    from evsynth.sources.search.articles import articles
    from evsynth.sources.search.asking import through
    from evsynth.sources.search.changes import compare
    from evsynth.sources.search.eutilities import efetch
    from evsynth.sources.search.faults import PubMedError
    from evsynth.sources.search.harvest import BATCH

    vanished = compare(before.rows(), after.rows()).vanished
    said: dict[str, str] = {}
    for start in range(0, len(vanished), BATCH):
        some = vanished[start : start + BATCH]
        try:
            _, found = through(door, efetch(ncbi.address(), some), articles)
        except PubMedError as error:
            said |= dict.fromkeys(some, f"PubMed does not say why: {error}")
            continue
        still = {a.pmid: "in PubMed, not found by the search any more" for a in found}
        retracted = {a.pmid: "retracted; not found by the search any more" for a in found if a.record.retracted}
        said |= dict.fromkeys(some, "not in PubMed any more") | still | retracted
    return said


_WORDS = {
    "new": "new",
    "changed": "changed",
    "vanished": "vanished",
    "retracted": "retracted since",
    "concern": "under an expression of concern since",
}


@contextmanager
def _bar(name: str) -> Iterator[Progress]:
    """Show how many records are in, on stderr; nothing where that is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    screen = Console(stderr=True)
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as bars:
        task = bars.add_task(f"{name}: records", total=None)

        def progress(done: int, total: int) -> None:
            bars.update(task, completed=done, total=total)

        yield progress
