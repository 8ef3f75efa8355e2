"""Looking at pairs in the terminal: two records side by side, what differs marked, keys to say one report or two.

Every key is written to the log at once, so closing the terminal at any moment loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from evsynth.cli.printable import printable
from evsynth.model.found import Found
from evsynth.sources.duplicates.decisions import Answer, Said
from evsynth.sources.duplicates.links import Link

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

_KEYS: dict[str, Answer] = {"o": "same", "t": "different"}


class Pairs(NamedTuple):
    """Who looks at which pairs, and the records by id."""

    root: Path
    by: str
    pairs: Sequence[Link]
    records: Mapping[str, Found]


def run(session: Pairs, console: Console, key: Callable[[], str]) -> int:
    """Show pairs until something is said of each, or the person quits. Returns of how many something was said.

    What is put off comes back at the end; undo takes back the latest answer of this session.
    """
    waiting = list(session.pairs)
    said: list[Link] = []
    while waiting:
        link = waiting[0]
        show(session, link, len(said), console)
        pressed = key().lower()
        if pressed in ("q", "\x03", "\x04"):
            return len(said)
        if pressed == "s":
            waiting.append(waiting.pop(0))
        elif pressed == "u" and said:
            waiting.insert(0, said.pop())
            _say(session, waiting[0], "undo")
        elif pressed in _KEYS:
            _say(session, link, _KEYS[pressed])
            said.append(waiting.pop(0))
    console.print("Nothing is left to look at.")
    return len(said)


def show(session: Pairs, link: Link, done: int, console: Console) -> None:
    """Clear the screen and print the two records of a pair beside each other; what differs is bold."""
    from rich.rule import Rule
    from rich.table import Table
    from rich.text import Text

    one, other = session.records[link.one], session.records[link.other]
    console.clear()
    console.print(Rule(f"{done} of {len(session.pairs)} pairs", align="left"))
    table = Table(box=None, show_header=False, expand=True, padding=(0, 1))
    table.add_column(style="dim", no_wrap=True, width=8)
    table.add_column(ratio=1, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    room = max(2, console.height - 18) * max(10, (console.width - 14) // 2)
    for (name, left), (_, right) in zip(_fields(one, room), _fields(other, room), strict=True):
        if left or right:
            style = "" if _plain(left) == _plain(right) or name == "record" else "bold yellow"
            row: list[RenderableType] = [Text(left or "-", style=style), Text(right or "-", style=style)]
            table.add_row(Text(name), *row)
    console.print(table)
    console.print(Text(f"{link.score:g} points: {link.reason}", style="dim"))
    console.print("[bold]o[/] one report  [bold]t[/] two reports  [bold]s[/] later  [bold]u[/] undo  [bold]q[/] quit")


def _fields(found: Found, room: int) -> tuple[tuple[str, str], ...]:
    r = found.record
    people = "; ".join(author.name for author in r.authors[:6]) + (" …" if len(r.authors) > 6 else "")
    place = " ".join(filter(None, (r.volume, f"({r.issue})" if r.issue else "", r.pages)))
    abstract = r.abstract_text
    fields = (
        ("record", found.id + ("  RETRACTED" if r.retracted else "")),
        ("title", r.title or r.book.title),
        ("authors", people),
        ("date", r.dates.published),
        ("journal", r.journal.title or r.journal.abbreviation or r.book.title),
        ("place", place),
        ("DOI", r.doi),
        ("PMID", r.pmid),
        ("type", "; ".join(r.publication_types)),
        ("abstract", abstract if len(abstract) <= room else abstract[: room - 1] + "…"),
    )
    return tuple((name, printable(text)) for name, text in fields)


def _plain(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _say(session: Pairs, link: Link, answer: Answer) -> None:
    from evsynth.review.duplicates import say

    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    because = "" if answer == "undo" else f"looked at side by side; {link.reason}"
    say(session.root, Said(now, *link.pair, answer, because, session.by))
