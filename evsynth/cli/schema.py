"""`evsynth schema`: JSON Schemas for editors, written beside the extractions."""

from __future__ import annotations

from pathlib import Path

import click

from evsynth.cli.here import in_review
from evsynth.review.files import write
from evsynth.review.root import find_root
from evsynth.text.schema import schemas


@click.command("schema", short_help="Write JSON Schemas.")
@click.option("--check", is_flag=True, help="Write nothing; end with 1 if the schemas are stale.")
@in_review
@click.pass_context
def command(ctx: click.Context, check: bool, start: str) -> None:
    """Write extractions/schema/*.json. Editors use them for completion, hover text and red underlines."""
    root = find_root(Path(start))
    stale = False
    for name, text in schemas().items():
        path = root / "extractions" / "schema" / f"{name}.json"
        if path.is_file() and path.read_bytes() == text.encode():
            continue
        stale = True
        shown = path.relative_to(root).as_posix()
        click.echo(f"{shown}: {'stale' if check else 'written'}")
        if not check:
            write(path, text.encode())
    ctx.exit(1 if stale and check else 0)
