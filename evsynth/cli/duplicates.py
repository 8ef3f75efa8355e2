"""`evsynth duplicates`: link records that describe one report, say otherwise, take it back. No record is deleted."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evsynth.cli.here import in_review
from evsynth.cli.screening import bar, brief, records_in, show_notes
from evsynth.model.finding import Finding, Place, Problems
from evsynth.review.root import find_root

if TYPE_CHECKING:
    from evsynth.sources.duplicates.decisions import Answer


@click.group("duplicates", short_help="Link duplicate records.")
def command() -> None:
    """Links stand in corpora/duplicates/links.csv, what people say about pairs in decisions/WHO.csv beside it."""


@command.command("find", short_help="Look for duplicates.")
@in_review
@click.pass_context
def find(ctx: click.Context, start: str) -> None:
    """Compare all records of all searches and imports, and write the links. What people said stays as it is."""
    from evsynth.review.duplicates import keep_links, open_settled
    from evsynth.sources.duplicates.groups import group
    from evsynth.sources.duplicates.links import find_links

    root = find_root(Path(start))
    everything = records_in(root)
    if not everything.found:
        message = "there are no records yet"
        hint = "take a snapshot with `evsynth search run`, or put exports into corpora/imports"
        raise Problems((Finding("NO_RECORDS", "error", "", Place("corpora"), message, hint),))
    with bar("records compared") as progress:
        links = find_links(everything.found, progress)
    keep_links(root, links.links, everything.found)
    settled = open_settled(root)
    groups = group(everything.found, links.links, settled)
    same = sum(link.answer == "same" for link in links.links)
    asked = sum(link.answer == "maybe" and not settled.said(link.pair) for link in links.links)
    click.echo(
        f"{len(everything.found)} records, {len(groups.reports)} reports: {same} links, "
        f"{asked} pairs for a person to look at"
    )
    if links.common:
        click.echo(f"{links.common} keys that too many records share were not compared", err=True)
    show_notes(everything.notes)
    ctx.exit(1 if any(note.severity == "error" for note in everything.notes) else 0)


@command.command("list", short_help="List links or groups.")
@click.option("--maybe", "what", flag_value="maybe", default="same", help="Pairs that a person should look at.")
@click.option("--links", "what", flag_value="same", help="Links, with score and reason (default).")
@click.option("--groups", "what", flag_value="groups", help="Reports with more than one record.")
@click.option("--refused", "what", flag_value="refused", help="Links that were not followed, and why.")
@click.option("--json", "json_", is_flag=True, help="Print as JSON.")
@in_review
def list_(what: str, json_: bool, start: str) -> None:
    """Show what is linked, what is not, and why."""
    from evsynth.review.duplicates import not_compared, open_groups, open_links, open_settled

    root = find_root(Path(start))
    found = records_in(root).found
    records = {one.id: one for one in found}
    show_notes(not_compared(root, found))
    if what in ("groups", "refused"):
        groups = open_groups(root, found)
        several = [report for report in groups.reports if len(report) > 1]
        if json_:
            apart = [{"pair": r.link, "reason": r.reason} for r in groups.refused]
            click.echo(json.dumps(several if what == "groups" else apart, indent=2, ensure_ascii=False))
        elif what == "groups":
            for report in several:
                click.echo("\n".join(brief(records[id_]) for id_ in report) + "\n")
        else:
            for refused in groups.refused:
                click.echo(f"{refused.link[0]}  {refused.link[1]}: {refused.reason}")
        return
    settled = open_settled(root)
    shown = [k for k in open_links(root) if k.answer == what and k.one in records and k.other in records]
    if what == "maybe":
        shown = [k for k in shown if not settled.said(k.pair)]
    if json_:
        click.echo(json.dumps([link._asdict() for link in shown], indent=2, ensure_ascii=False))
        return
    for link in shown:
        click.echo(f"{brief(records[link.one])}\n{brief(records[link.other])}")
        click.echo(f"    {link.answer}, {link.score:g} points: {link.reason}")
    for pair, said in settled.disputed.items():
        people = ", ".join(f"{one.by} says {one.answer}" for one in said)
        click.echo(f"{pair[0]}  {pair[1]}: {people}; they stay apart", err=True)
    click.echo(f"{len(shown)} pairs", err=True)


@command.command("look", short_help="Look at the pairs in question, side by side.")
@click.option("--by", required=True, metavar="WHO", help="Who looks: the name of a log, such as ab.")
@in_review
@click.pass_context
def look(ctx: click.Context, by: str, start: str) -> None:
    """Show the pairs that the rules leave to a person, the likeliest first. Every key is kept at once.

    A pair of which somebody has said something is not shown again.
    """
    from rich.console import Console

    from evsynth.cli.duplicates_terminal import Pairs, run
    from evsynth.review.duplicates import FOLDER, not_compared, open_groups, open_links, open_settled
    from evsynth.review.logs import checked_name

    console = Console()
    if not console.is_terminal:
        raise click.UsageError("this is no terminal; use `evsynth duplicates same` and `different`", ctx)
    checked_name(by, FOLDER)
    root = find_root(Path(start))
    found = records_in(root).found
    records = {one.id: one for one in found}
    settled, groups = open_settled(root), open_groups(root, found)
    pairs = [k for k in open_links(root) if k.answer == "maybe" and k.one in records and k.other in records]
    pairs = [k for k in pairs if not settled.said(k.pair) and groups.of[k.one] != groups.of[k.other]]
    show_notes(not_compared(root, found))
    made = run(Pairs(root, by, sorted(pairs, key=lambda k: -k.score), records), console, click.getchar)
    click.echo(f"{made} pairs; go on with the same command" if made < len(pairs) else f"{made} pairs")


@command.command("same", short_help="Say that two records are one report.")
@click.argument("one")
@click.argument("other")
@click.option("--by", required=True, metavar="WHO", help="Who says so.")
@click.option("--because", required=True, metavar="TEXT", help="Why.")
@in_review
def same(one: str, other: str, by: str, because: str, start: str) -> None:
    """Link ONE and OTHER, whatever the rules say."""
    _say(start, one, other, "same", because, by)


@command.command("different", short_help="Say that two records are two reports.")
@click.argument("one")
@click.argument("other")
@click.option("--by", required=True, metavar="WHO", help="Who says so.")
@click.option("--because", required=True, metavar="TEXT", help="Why.")
@in_review
def different(one: str, other: str, by: str, because: str, start: str) -> None:
    """Keep ONE and OTHER apart, whatever the rules say, also where a third record links them."""
    _say(start, one, other, "different", because, by)


@command.command("undo", short_help="Take back what you said.")
@click.argument("one")
@click.argument("other")
@click.option("--by", required=True, metavar="WHO", help="Who said it.")
@in_review
def undo(one: str, other: str, by: str, start: str) -> None:
    """Take back what WHO said about ONE and OTHER; the rules decide again. The log keeps both lines."""
    _say(start, one, other, "undo", "", by)


def _say(start: str, one: str, other: str, answer: Answer, because: str, by: str) -> None:
    from evsynth.review.duplicates import FOLDER, open_groups, open_settled, say
    from evsynth.sources.duplicates.decisions import Said

    root = find_root(Path(start))
    found = records_in(root).found
    known = {record.id for record in found}
    place = Place(f"{FOLDER}/{by}.csv")
    for id_ in (one, other):
        if id_ not in known:
            message, hint = f"{id_!r} is not a record of this review", "see `evsynth duplicates list`"
            raise Problems((Finding("UNKNOWN_NAME", "error", id_, place, message, hint),))
    if one == other:
        message = f"{one!r} is given twice"
        raise Problems((Finding("VALUE", "error", one, place, message, "name two records"),))
    first, second = sorted((one, other))
    if answer == "undo" and by not in {said.by for said in open_settled(root).said((first, second))}:
        message = f"{by} has said nothing about these two records that stands"
        raise Problems((Finding("NOTHING_TO_UNDO", "error", by, place, message, "look into the log"),))
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    say(root, Said(now, first, second, answer, because, by))
    together = second in open_groups(root, found).of[first]
    click.echo(f"{first} and {second} are now {'one report' if together else 'two reports'}")
