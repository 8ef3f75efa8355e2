"""Screening in the terminal: one record at a time with the criteria in view, keys to decide, undo, and resume.

Every key is written to the log at once, so closing the terminal at any moment loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from evsynth.cli.printable import printable
from evsynth.cli.screening import fullest
from evsynth.model.found import Found
from evsynth.model.screening import Stage
from evsynth.sources.screening.decisions import Answer, Decision, last

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from evsynth.review.screening import Desk

Order = Callable[[dict[int, bool]], list[int]]
"""Given labels by position in the list of reports, the positions without label in the order to read them."""

_KEYS: dict[Stage, dict[str, Answer]] = {
    "abstract": {"i": "include", "m": "maybe", "e": "exclude"},
    "retrieval": {"o": "obtained", "n": "not obtained"},
    "full-text": {"i": "include", "m": "maybe", "e": "exclude"},
}


class Session(NamedTuple):
    """Who screens what: the desk, the stage, and the reports of the stage in the order of the review."""

    desk: Desk
    stage: Stage
    by: str
    reports: tuple[tuple[str, ...], ...]


def run(session: Session, order: Order, console: Console, key: Callable[[], str]) -> int:
    """Show reports until all are decided or the person quits. Returns how many decisions were made.

    Undo takes back the latest decision that stands, also of an earlier session, and shows that report again.
    """
    made: list[int] = []
    skipped: list[int] = []
    again: list[int] = []
    while True:
        labels = own_labels(session)
        queue = again + [at for at in order(labels) if at not in labels and at not in again]
        now = [at for at in queue if at not in skipped] or queue
        if not now:
            console.print(f"Nothing is left for {session.by} at the stage {session.stage}.")
            return len(made)
        at, page = now[0], 0
        show(session, at, len(labels), console, page)
        answer, reason = _ask(session, console, key)
        while answer in (" ", "c"):
            page += answer == " "
            if answer == "c":
                _criteria(session, console, key)
            show(session, at, len(labels), console, page)
            answer, reason = _ask(session, console, key)
        if answer == "q":
            return len(made)
        if answer == "s":
            skipped.append(at)
            again = [one for one in again if one != at]
        elif answer == "u":
            before = _latest(session)
            if before is None:
                console.print("There is nothing to undo. Any key goes on.")
                key()
                continue
            session = _decided(session, before, "undo", "")
            again = [before, *(one for one in again if one != before)]
            skipped = [one for one in skipped if one != before]
            made = [one for one in made if one != before]
        else:
            made.append(at)
            again = [one for one in again if one != at]
            session = _decided(session, at, answer, reason)


def own_labels(session: Session) -> dict[int, bool]:
    """Return the positions that this person has decided, and whether the report was kept."""
    return {at: d.answer not in ("exclude", "not obtained") for at, d in _own(session).items()}


def _own(session: Session) -> dict[int, Decision]:
    """Return the positions that this person has decided, with the latest decision on each."""
    known = last(session.desk.decisions)
    found: dict[int, Decision] = {}
    for at, report in enumerate(session.reports):
        own = [d for id_ in report if (d := known.get((session.stage, id_), {}).get(session.by))]
        if own:
            found[at] = max(own, key=lambda d: d.at)
    return found


def _latest(session: Session) -> int | None:
    """Return the position of the decision that was made last, or None: later lines of the log win among equal times."""
    own = {(d.stage, d.record): at for at, d in _own(session).items()}
    lines = sorted((d for d in session.desk.decisions if d.by == session.by), key=lambda d: d.at)
    return next((own[d.stage, d.record] for d in reversed(lines) if (d.stage, d.record) in own), None)


def show(session: Session, at: int, done: int, console: Console, page: int = 0) -> None:
    """Clear the screen and print a report, the criteria and the keys; of a long abstract one page at a time."""
    from rich.console import Group
    from rich.rule import Rule
    from rich.text import Text

    report = session.reports[at]
    shown = fullest(session.desk.found, report)
    console.clear()
    console.print(Rule(f"{session.stage} · {session.by} · {done} of {len(session.reports)} decided", align="left"))
    parts: list[RenderableType] = [_abstract(shown)]
    if len(report) > 1:
        parts += [Text(""), Text(f"found {len(report)} times: {', '.join(report)}", style="dim")]
    above = Group(_panel(session.desk.criteria, console), _heading(shown), Text(""))
    console.print(above)
    lines = console.render_lines(Group(*parts), pad=False)
    room = max(5, console.height - len(console.render_lines(above)) - 5)
    pages = -(-len(lines) // room)
    first = page % pages * room
    for line in lines[first : first + room]:
        console.print(Text.assemble(*((piece.text, piece.style or "") for piece in line)))
    console.print(Rule(f"page {page % pages + 1} of {pages}" if pages > 1 else "", style="dim", align="left"))
    console.print(_keys(session) + ("  [bold]space[/] next page" if pages > 1 else ""))


def _panel(criteria: Sequence[str], console: Console) -> RenderableType:
    """Frame the criteria; of many, what fits into a third of the screen."""
    from rich.panel import Panel
    from rich.text import Text

    most = max(3, console.height // 3 - 2)
    text = Text("\n".join(f"• {one}" for one in criteria))
    wrapped = list(text.wrap(console, max(1, console.width - 4)))
    if len(wrapped) > most:
        text = Text("\n").join([*wrapped[: most - 1], Text("… c shows all of them", style="dim")])
    return Panel(text, title="criteria", title_align="left", border_style="dim")


def _criteria(session: Session, console: Console, key: Callable[[], str]) -> None:
    """Show all criteria alone, until a key is pressed."""
    console.clear()
    for text in session.desk.criteria:
        console.print(f"• {text}", markup=False, highlight=False)
    console.print("Any key goes back.", style="dim")
    key()


def _heading(found: Found) -> RenderableType:
    from rich.text import Text

    r = found.record
    people = "; ".join(author.name for author in r.authors[:6]) + (" …" if len(r.authors) > 6 else "")
    journal = r.journal.title or r.journal.abbreviation or r.book.title
    place = " ".join(filter(None, (journal, r.dates.published, r.volume and f"{r.volume}:{r.pages}")))
    text = Text(printable(r.title or r.book.title or "(no title)"), style="bold")
    if r.retracted:
        text.append("\nRETRACTED", style="bold red")
    text.append("\n" + printable(people or "(no author)"), style="not bold")
    text.append("\n" + printable(f"{place}  {found.id}{'  doi:' + r.doi if r.doi else ''}"), style="not bold dim")
    return text


def _abstract(found: Found) -> RenderableType:
    from rich.text import Text

    text = Text()
    for section in found.record.abstract:
        if section.label:
            text.append(printable(f"{section.label}: "), style="bold")
        text.append(f"{printable(section.text)}\n")
    return text if text.plain.strip() else Text("(no abstract)", style="dim")


def _keys(session: Session) -> str:
    own = "  ".join(f"[bold]{key}[/] {answer}" for key, answer in _KEYS[session.stage].items())
    return f"{own}  [bold]s[/] later  [bold]u[/] undo  [bold]q[/] quit"


def _ask(session: Session, console: Console, key: Callable[[], str]) -> tuple[Answer | str, str]:
    """Wait for a key that means something; an excluded full text is asked for its one reason."""
    while True:
        pressed = key().lower()
        if pressed in ("q", "\x03", "\x04"):
            return "q", ""
        if pressed in ("s", "u", " ", "c"):
            return pressed, ""
        answer = _KEYS[session.stage].get(pressed)
        if answer is None:
            continue
        if session.stage != "full-text" or answer != "exclude":
            return answer, ""
        reason = _reason(session.desk.reasons, console, key)
        if reason:
            return answer, reason
        console.print(_keys(session))


def _reason(reasons: dict[str, str], console: Console, key: Callable[[], str]) -> str:
    from rich.markup import escape

    letters = "123456789abcdefghijklmnopqrstuvwxyz"
    choices: Sequence[tuple[str, tuple[str, str]]] = list(zip(letters, reasons.items(), strict=False))
    console.print("The first of these that applies (any other key: not excluded):")
    for letter, (_, label) in choices:
        console.print(f"  [bold]{letter}[/] {escape(label)}", highlight=False)
    pressed = key().lower()
    return next((reason for letter, (reason, _) in choices if letter == pressed), "")


def _decided(session: Session, at: int, answer: Answer | str, reason: str) -> Session:
    from evsynth.review.screening import decide

    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    known = last(session.desk.decisions)
    record = session.reports[at][0]
    if answer == "undo":
        own = [id_ for id_ in session.reports[at] if session.by in known.get((session.stage, id_), {})]
        record = max(own, key=lambda id_: known[session.stage, id_][session.by].at)
    decision = Decision(now, session.stage, record, answer, reason, "", session.by)  # type: ignore[arg-type]
    return session._replace(desk=decide(session.desk, decision))
