"""`evsynth check`: prove that every number stands in its quote and every quote in its source; find contradictions."""

from __future__ import annotations

from pathlib import Path

import click

from evsynth.checks.checking import must_be_corrected
from evsynth.cli.here import in_review
from evsynth.cli.shown import as_json, lines, summary
from evsynth.model.finding import Finding, Place, Problems, Severity, order
from evsynth.review.documents import examine
from evsynth.review.folder import Folder, open_folder
from evsynth.review.root import find_root


@click.command("check", short_help="Check extractions.")
@click.argument("paths", nargs=-1)
@click.option("--json", "json_", is_flag=True, help="Print a JSON list of findings.")
@click.option(
    "--least",
    type=click.Choice(["error", "inconsistent", "concern", "note"]),
    default="note",
    help="Least severity to print.",
)
@in_review
@click.pass_context
def command(ctx: click.Context, paths: tuple[str, ...], json_: bool, least: Severity, start: str) -> None:
    """Check study files (all, or those in PATHS) against their sources and for contradictions, and the sources held.

    Prints file:line:column: severity CODE: message. Ends with 1 if anything in the files must be corrected: a file that
    cannot be read, a quote that is not in its source, a value that is not in its quote. Contradictions inside a paper
    do not fail the check; they are printed, because a paper is extracted as it is.
    """
    documents: tuple[Finding, ...] = ()
    try:
        folder = open_folder(find_root(Path(paths[0]) if paths else Path(start)))
        examined = examine(folder)
        findings = _chosen(folder, paths, examined.extractions)
        documents = _chosen(folder, paths, examined.documents)
    except Problems as problems:
        findings = problems.findings
    faults = [f for f in findings if must_be_corrected(f)]
    papers = sorted((*(f for f in findings if f not in faults), *documents), key=order)
    least_rank = _rank(least)
    shown = [f for f in (*faults, *papers) if _rank(f.severity) <= least_rank]
    if json_:
        click.echo(as_json(sorted(shown, key=order)))
    else:
        for line in lines(shown):
            click.echo(line)
        click.echo(f"to correct in the files: {len(faults)}; about the papers: {summary(papers)}", err=True)
    ctx.exit(1 if faults else 0)


def _chosen(folder: Folder, paths: tuple[str, ...], findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    if not paths:
        return findings
    wanted = []
    for path in paths:
        given = Path(path)
        if not given.exists():
            hint = "give a study file or a folder of a review"
            raise Problems((Finding("FILE", "error", path, Place(path), f"{path}: there is no such file", hint),))
        wanted.append(given.resolve())
    return tuple(
        sorted(
            (f for f in findings if any(_inside((folder.root / f.place.file).resolve(), w) for w in wanted)),
            key=order,
        )
    )


def _inside(file: Path, wanted: Path) -> bool:
    return file == wanted or wanted in file.parents


def _rank(severity: Severity) -> int:
    return ("error", "inconsistent", "concern", "note").index(severity)
