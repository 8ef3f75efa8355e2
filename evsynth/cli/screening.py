"""What the verbs that link and screen share: a record in one line, its fullest print, notes, and a bar of progress."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import click

from evsynth.model.finding import Finding
from evsynth.model.found import Found


def brief(found: Found) -> str:
    """Give a record one line: id, first author, date, title, where it stands."""
    r = found.record
    first = r.authors[0].name if r.authors else "no author"
    journal = r.journal.abbreviation or r.journal.title or r.book.title
    place = " ".join(filter(None, (journal, r.volume, f"({r.issue})" if r.issue else "", r.pages)))
    mark = "  RETRACTED" if r.retracted else ""
    return f"{found.id}  {first}; {r.dates.published}; {r.title or r.book.title or 'no title'} {place}{mark}".rstrip()


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
