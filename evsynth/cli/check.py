"""`evsynth check`: prove that every number stands in its quote and every quote in its source; find contradictions."""

from __future__ import annotations

from pathlib import Path

import click

from evsynth.checks import must_be_corrected
from evsynth.cli.here import in_review
from evsynth.cli.shown import as_json, lines, summary
from evsynth.model.finding import Finding, Place, Problems, Severity, order
from evsynth.review.folder import Folder, find_root, open_folder


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
    """Check study files (all, or those in PATHS) against their sources and for contradictions.

    Prints file:line:column: severity CODE: message. Ends with 1 if anything in the files must be corrected: a file that
    cannot be read, a quote that is not in its source, a value that is not in its quote. Contradictions inside a paper
    do not fail the check; they are printed, because a paper is extracted as it is.
    """
    try:
        folder = open_folder(find_root(Path(paths[0]) if paths else Path(start)))
        findings = _chosen(folder, paths)
    except Problems as problems:
        findings = problems.findings
    shown = [f for f in findings if _rank(f.severity) <= _rank(least)]
    if json_:
        click.echo(as_json(shown))
    else:
        ours = [f for f in shown if must_be_corrected(f)]
        for line in lines([*ours, *(f for f in shown if f not in ours)]):
            click.echo(line)
        faults = sum(must_be_corrected(f) for f in findings)
        papers = [f for f in findings if not must_be_corrected(f)]
        click.echo(f"to correct in the files: {faults}; about the papers: {summary(papers)}", err=True)
    ctx.exit(1 if any(must_be_corrected(f) for f in findings) else 0)


def _chosen(folder: Folder, paths: tuple[str, ...]) -> tuple[Finding, ...]:
    findings = folder.check()
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
