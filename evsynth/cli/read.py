"""`evsynth read`: what a MEDLINE/NBIB file holds, also one whose line breaks were lost."""

from __future__ import annotations

import json

import click

from evsynth.cli.records import records_of
from evsynth.sources.nbib import write_nbib


@click.command("read", short_help="Show records.")
@click.argument("file")
@click.option("--json", "json_", is_flag=True, help="Print the records with every field as JSON.")
@click.option("--nbib", is_flag=True, help="Print the records in the proper MEDLINE layout.")
@click.pass_context
def command(ctx: click.Context, file: str, json_: bool, nbib: bool) -> None:
    """Show the records of FILE. A record that cannot be read is reported with its line; the others are shown."""
    reading, _ = records_of(file)
    if nbib:
        click.echo(write_nbib(reading.records), nl=False)
    elif json_:
        click.echo(json.dumps([r.model_dump(exclude={"raw"}) for r in reading.records], indent=2, ensure_ascii=False))
    else:
        for r in reading.records:
            first = r.authors[0].name if r.authors else "no author"
            click.echo(f"{r.pmid or '-':>9}  {first}; {r.dates.published}; {r.title}")
    for doubt in reading.doubts:
        click.echo(f"{file}:{doubt.line}:1: note RECORD_DOUBT: {doubt.message}", err=True)
    for failure in reading.failures:
        click.echo(f"{file}:{failure.line}:1: error RECORD: {failure.message}\n    hint: {failure.hint}", err=True)
    click.echo(f"{len(reading.records)} records read, {len(reading.failures)} not", err=True)
    ctx.exit(1 if reading.failures else 0)
