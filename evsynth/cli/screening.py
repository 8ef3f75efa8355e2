"""What the verbs that link and screen share: reading the review, a record in one line, notes, and a bar of progress."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evsynth.cli.printable import printable
from evsynth.model.finding import Finding
from evsynth.model.found import Found

if TYPE_CHECKING:
    from evsynth.review.records import Everything
    from evsynth.review.screening import Desk


def desk_of(start: str) -> Desk:
    """Open the desk of the review around `start`; ten thousand records take seconds, so that a screen shows a sign."""
    from evsynth.cli.progress import working
    from evsynth.review.root import find_root
    from evsynth.review.screening import open_desk

    root = find_root(Path(start))
    with working("reading the records"):
        return open_desk(root)


def records_in(root: Path) -> Everything:
    """Read every record of the review, with a sign of it on a screen."""
    from evsynth.cli.progress import working
    from evsynth.review.records import all_records

    with working("reading the records"):
        return all_records(root)


def brief(found: Found) -> str:
    """Give a record one line: id, first author, date, title, where it stands."""
    r = found.record
    first = r.authors[0].name if r.authors else "no author"
    journal = r.journal.abbreviation or r.journal.title or r.book.title
    place = " ".join(filter(None, (journal, r.volume, f"({r.issue})" if r.issue else "", r.pages)))
    mark = "  RETRACTED" if r.retracted else ""
    said = f"{found.id}  {first}; {r.dates.published}; {r.title or r.book.title or 'no title'} {place}{mark}"
    return printable(said.rstrip())


def fullest(found: Mapping[str, Found], report: Sequence[str]) -> Found:
    """Give the record of a report that prints most of the abstract; the first of them if several do."""
    return max((found[id_] for id_ in report), key=lambda one: len(one.record.abstract_text))


def show_notes(notes: Iterable[Finding]) -> None:
    """Print findings on stderr."""
    from evsynth.cli.shown import lines

    for line in lines(notes):
        click.echo(line, err=True)


@contextmanager
def bar(what: str) -> Iterator[Callable[[int, int], object]]:
    """Show progress on stderr; nothing where that is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task(what, total=None)
        yield lambda done, total: bars.update(task, completed=done, total=total)
