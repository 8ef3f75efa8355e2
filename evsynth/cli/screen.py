"""`evsynth screen`: screening in the terminal, decisions from elsewhere, conflicts, agreement, ranking, labels."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evsynth.cli.here import in_review
from evsynth.cli.screening import bar, brief, desk_of, fullest, show_notes
from evsynth.model.finding import Finding, Place, Problems
from evsynth.model.screening import STAGES, Stage
from evsynth.review.root import find_root

if TYPE_CHECKING:
    from evsynth.review.screening import Desk
    from evsynth.sources.screening.ranking import Ranker

_STAGE = click.Choice(STAGES)


@click.group("screen", short_help="Screen records.", invoke_without_command=True)
@click.option("--by", metavar="WHO", help="Who screens: the name of a log, such as ab.")
@click.option("--stage", type=_STAGE, default="abstract", show_default=True)
@click.option("--ranked", is_flag=True, help="Show first what resembles the records you kept.")
@in_review
@click.pass_context
def command(ctx: click.Context, by: str | None, stage: Stage, ranked: bool, start: str) -> None:
    """Screen one record after another with keys. Every key is kept at once; start again to go on.

    Decisions stand in corpora/screening/decisions/WHO.csv, one file per person.
    """
    if ctx.invoked_subcommand is not None:
        return
    from rich.console import Console

    from evsynth.cli.screen_terminal import Session, run
    from evsynth.review.logs import checked_name
    from evsynth.review.screening import FOLDER

    if by is None:
        raise click.UsageError("say who screens: `evsynth screen --by WHO`", ctx)
    console = Console()
    if not console.is_terminal:
        raise click.UsageError("this is no terminal; use `evsynth screen decide`", ctx)
    checked_name(by, FOLDER)
    desk = desk_of(start)
    show_notes(desk.notes)
    reports = _reports(desk, stage)
    ranker = _ranker(desk, reports) if ranked and reports else None
    session = Session(desk, stage, by, reports)
    made = run(session, ranker.order if ranker else lambda labels: list(range(len(reports))), console, click.getchar)
    click.echo(f"{made} decisions; go on with the same command")


@command.command("new", short_help="Write screening.yaml.")
@click.option("--reviewers", default=2, show_default=True, type=click.IntRange(1, 5), help="People per record.")
@in_review
def new(reviewers: int, start: str) -> None:
    """Write corpora/screening/screening.yaml to adapt. An existing file is never overwritten."""
    from evsynth.review.files import write
    from evsynth.review.screening import SETTINGS
    from evsynth.text.screening_file import screening_file

    path = find_root(Path(start)) / SETTINGS
    if path.exists():
        message = f"{SETTINGS} is already there; nothing was written"
        raise Problems((Finding("EXISTS", "error", "", Place(SETTINGS), message, "edit it"),))
    write(path, screening_file(reviewers).encode())
    click.echo(f"{SETTINGS}: written; adapt the reasons before you screen full texts")


@command.command("decide", short_help="Enter one decision.")
@click.argument("record")
@click.argument("answer", metavar="DECISION")
@click.option("--by", required=True, metavar="WHO", help="Who decides; `consensus` stands above all others.")
@click.option("--stage", type=_STAGE, default="abstract", show_default=True)
@click.option("--reason", default="", help="Why a full text is excluded: a reason of screening.yaml.")
@click.option("--note", default="", help="Anything else.")
@in_review
def decide_(record: str, answer: str, by: str, stage: Stage, reason: str, note: str, start: str) -> None:
    """Enter DECISION on RECORD: include, maybe, exclude; obtained, not obtained (retrieval); undo."""
    from evsynth.review.screening import decide
    from evsynth.sources.screening.decisions import ANSWERS, Decision, last

    chosen = next((a for a in ANSWERS[stage] if a == answer), None)
    if chosen is None:
        raise click.UsageError(f"{answer!r} is no decision of the stage {stage}: {', '.join(ANSWERS[stage])}")
    desk = desk_of(start)
    if answer == "undo" and by not in last(desk.decisions).get((stage, record), {}):
        message = f"{by} has decided nothing about {record} at the stage {stage} that stands"
        place = Place("corpora/screening/decisions")
        raise Problems((Finding("NOTHING_TO_UNDO", "error", by, place, message, "see `evsynth screen list`"),))
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    desk = decide(desk, Decision(now, stage, record, chosen, reason, note, by))
    fate = next(s.fate for s in desk.standings() if record in s.report)
    click.echo(f"{record}: {fate}")


@command.command("list", short_help="List reports and where they stand.")
@click.option("--fate", metavar="FATE", help="Only these, such as 'included' or 'abstract open'.")
@click.option("--json", "json_", is_flag=True, help="Print as JSON.")
@in_review
def list_(fate: str | None, json_: bool, start: str) -> None:
    """List every report with its fate."""
    from typing import get_args

    from evsynth.sources.screening.standing import Fate

    fates = get_args(Fate)
    if fate not in (None, *fates):
        raise click.UsageError(f"{fate!r} is no fate: {', '.join(fates)}")
    desk = desk_of(start)
    shown = [s for s in desk.standings() if fate in (None, s.fate)]
    if json_:
        said = [{"report": s.report, "fate": s.fate, "reason": s.reason} for s in shown]
        click.echo(json.dumps(said, indent=2, ensure_ascii=False))
    else:
        for s in shown:
            click.echo(f"{s.fate + (': ' + s.reason if s.reason else ''):<20}  {brief(desk.found[s.id])}")
    show_notes(desk.notes)


@command.command("conflicts", short_help="List what people disagree on.")
@in_review
def conflicts(start: str) -> None:
    """List the reports on which people disagree. Settle each: `evsynth screen decide RECORD … --by consensus`."""

    desk = desk_of(start)
    number = 0
    for s in desk.standings():
        for stage, outcome in (("abstract", s.abstract), ("full-text", s.full_text)):
            if outcome.state != "conflict":
                continue
            number += 1
            click.echo(f"{brief(desk.found[s.id])}\n    {stage}: {outcome.reason}")
            for d in outcome.decisions:
                click.echo(f"    {d.by}: {' '.join(filter(None, (d.answer, d.reason, d.note and f'({d.note})')))}")
    click.echo(f"{number} conflicts", err=True)


@command.command("status", short_help="Show how far screening is.")
@in_review
def status(start: str) -> None:
    """Count reports by fate, what each person has decided, and estimate how many relevant ones may be missing."""
    from collections import Counter

    from evsynth.sources.screening.decisions import CONSENSUS, last
    from evsynth.sources.screening.recall import recall_bound

    desk = desk_of(start)
    standings = desk.standings()
    for fate, count in sorted(Counter(s.fate for s in standings).items()):
        click.echo(f"{count:>8,}  {fate}")
    known = last(desk.decisions)
    for by in sorted({d.by for d in desk.decisions} - {CONSENSUS}):
        said = [[d for id_ in s.report if (d := known.get(("abstract", id_), {}).get(by))] for s in standings]
        own = [max(decisions, key=lambda d: d.at) for decisions in said if decisions]
        kept = [d.answer != "exclude" for d in sorted(own, key=lambda d: d.at)]
        if not kept:
            continue
        bound = recall_bound(kept, len(standings))
        estimate = (
            "too early to estimate recall"
            if bound is None
            else f"estimate: recall at least {bound:.0%} if the order was ranked or random"
        )
        more = f"; {estimate}" if len(kept) < len(standings) else ""
        click.echo(f"{by}: {len(kept)} of {len(standings)} titles and abstracts, {sum(kept)} kept{more}")
    show_notes(desk.notes)
    if any(s.fate == "abstract open" for s in standings):
        click.echo("an estimate says what may be missed; it never replaces reading what is not read", err=True)


@command.command("agreement", short_help="Show how far people agree.")
@click.option("--json", "json_", is_flag=True, help="Print as JSON.")
@in_review
def agreement(json_: bool, start: str) -> None:
    """Give raw agreement, Cohen's kappa and Gwet's AC1 of each pair of people, with 95 % intervals."""
    from evsynth.sources.screening.agreement import Measure, agreements

    found = agreements(desk_of(start).decisions)
    if json_:
        names = ("raw", "kappa", "ac1")
        said = [{**a._asdict(), **{n: getattr(a, n)._asdict() for n in names}, "records": a.records} for a in found]
        click.echo(json.dumps(said, indent=2))
        return

    def words(m: Measure) -> str:
        if m.estimate is None or m.lower is None or m.upper is None:
            return "not defined" if m.estimate is None else f"{m.estimate:.2f}"
        return f"{m.estimate:.2f} ({m.lower:.2f} to {m.upper:.2f})"

    for a in found:
        table = f"both keep {a.both_keep}, only {a.one} {a.one_keeps}, only {a.other} {a.other_keeps}"
        click.echo(f"{a.stage}: {a.one} and {a.other}, {a.records} records; {table}, both exclude {a.both_exclude}")
        click.echo(f"    agreement {words(a.raw)}; kappa {words(a.kappa)}; AC1 {words(a.ac1)}")
    if not found:
        click.echo("no two people have decided on the same record yet", err=True)


@command.command("rank", short_help="Show the ranked order.")
@click.option("--by", required=True, metavar="WHO", help="Whose decisions the order learns from.")
@click.option("--top", default=20, show_default=True, type=click.IntRange(1))
@in_review
def rank(by: str, top: int, start: str) -> None:
    """List what WHO would see next with --ranked. Needs scikit-learn (`pip install evsynth[screening]`)."""
    from evsynth.cli.screen_terminal import Session, own_labels

    desk = desk_of(start)
    reports = _reports(desk, "abstract")
    labels = own_labels(Session(desk, "abstract", by, reports))
    order = _ranker(desk, reports).order(labels)
    for at in order[:top]:
        click.echo(brief(desk.found[reports[at][0]]))
    if len(set(labels.values())) < 2:
        said = "the order is that of the records: the ranking learns once one record is kept and one excluded"
        click.echo(said, err=True)


@command.command("export", short_help="Write labelled records.")
@click.option("--by", required=True, metavar="WHO", help="Whose labels.")
@click.option("--to", type=click.Choice(("ris", "csv")), default="ris", show_default=True)
@click.option("-o", "out", metavar="FILE", required=True, help="The file to write.")
@in_review
def export(by: str, to: str, out: str, start: str) -> None:
    """Write all reports with WHO's labels at title and abstract, as ASReview reads them."""
    from evsynth.cli.screen_terminal import Session, own_labels
    from evsynth.review.files import write
    from evsynth.sources.screening.labels import labels_csv, labels_ris

    desk = desk_of(start)
    reports = desk.groups.reports
    labels = own_labels(Session(desk, "abstract", by, reports))
    found = [fullest(desk.found, report) for report in reports]
    text = (labels_ris if to == "ris" else labels_csv)(found, [labels.get(at) for at in range(len(found))])
    write(Path(out), text.encode())
    click.echo(
        f"{out}: {len(found)} records, {sum(labels.values())} kept, {len(found) - len(labels)} not seen", err=True
    )


@command.command("import", short_help="Read labelled records.")
@click.argument("file")
@click.option("--by", required=True, metavar="WHO", help="Whose decisions they are.")
@in_review
def import_(file: str, by: str, start: str) -> None:
    """Enter the labels of FILE (RIS or CSV, as ASReview writes them) as decisions on titles and abstracts.

    A label that says what already stands is not entered again.
    """
    from evsynth.cli.labelled import enter_labels
    from evsynth.cli.progress import working
    from evsynth.review.logs import checked_name
    from evsynth.review.screening import FOLDER

    checked_name(by, FOLDER)
    desk = desk_of(start)
    with working("matching the labels"):
        entered = enter_labels(desk, file, by, datetime.now(UTC).isoformat(timespec="milliseconds"))
    click.echo(
        f"{entered.new} decisions entered; {entered.standing} stood already, {entered.unseen} records have no label"
    )
    show_notes(entered.notes)


@command.command("simulate", short_help="Measure the ranked order.")
@click.argument("files", nargs=-1, required=True)
@click.option("--runs", default=10, show_default=True, type=click.IntRange(1), help="Each begins with other records.")
@click.option("--json", "json_", is_flag=True, help="Print as JSON.")
def simulate_(files: tuple[str, ...], runs: int, json_: bool) -> None:
    """Screen labelled FILES in ranked order: work saved (WSS@95), and recall after a tenth of the records."""
    from evsynth.cli.labelled import simulated

    with bar("records read") as progress:
        rows = [simulated(file, runs, progress) for file in files]
    if json_:
        click.echo(json.dumps([row._asdict() for row in rows], indent=2))
        return
    for row in rows:
        spread = f"{min(row.wss95):.3f} to {max(row.wss95):.3f}"
        click.echo(
            f"{row.file}: {row.records} records, {row.relevant} relevant; WSS@95 {row.mean_wss95:.3f} ({spread}), "
            f"recall@10% {row.mean_recall10:.3f}, mean of {runs} runs"
        )
        if row.unlabelled:
            click.echo(f"{row.file}: {row.unlabelled} records without a label were left out", err=True)


def _reports(desk: Desk, stage: Stage) -> tuple[tuple[str, ...], ...]:
    """Give the reports that are screened at a stage: all, those kept, or those whose text is wanted and not missing."""
    standings = desk.standings()
    if stage == "abstract":
        return desk.groups.reports
    past = [s for s in standings if s.abstract.state == "on"]
    if stage == "retrieval":
        return tuple(s.report for s in past if s.fate in ("retrieval open", "not obtained"))
    return tuple(s.report for s in past if s.fate != "not obtained")


def _ranker(desk: Desk, reports: tuple[tuple[str, ...], ...]) -> Ranker:
    from evsynth.cli.labelled import ranker
    from evsynth.sources.screening.ranking import text_of

    if len(reports) > 500:
        click.echo(f"reading the words of {len(reports):,} reports …", err=True)
    return ranker([text_of(fullest(desk.found, report).record) for report in reports])
