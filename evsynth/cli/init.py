"""`evsynth init`: the folder of a new review."""

from __future__ import annotations

import re
from pathlib import Path

import click

from evsynth.model.finding import Finding, Place, Problems
from evsynth.review.files import write
from evsynth.text.scaffold import review_file
from evsynth.text.schema import schemas

MERGED = "corpora/sources/*.txt -text\ncorpora/**/decisions/*.csv merge=union\n"
"""Sources keep their bytes; decisions that one person took on two branches are joined line by line."""

FOLDERS = ("extractions/studies", "extractions/pools", "corpora/sources", "corpora/searches", "outputs")


@click.command("init", short_help="Start a review.")
@click.argument("folder", metavar="DIR")
def command(folder: str) -> None:
    """Start a review in DIR: the folders, and extractions/review.yaml to fill in."""
    root = Path(folder)
    target = root / "extractions" / "review.yaml"
    if target.exists():
        message = f"there is already a review in {folder}"
        hint = "choose another folder; nothing was written"
        raise Problems((Finding("EXISTS", "error", folder, Place(str(target)), message, hint),))
    name = re.sub(r"[^a-z0-9]+", "-", root.resolve().name.lower()).strip("-") or "review"
    for inside in FOLDERS:
        write(root / inside / ".gitkeep", b"")
    write(root / ".gitattributes", MERGED.encode())
    for kind, text in schemas().items():
        write(root / "extractions" / "schema" / f"{kind}.json", text.encode())
    write(target, review_file(name).encode())
    click.echo(f"{target}: written")
    click.echo(f"Next: fill it in, then `cd {folder}` and `evsynth new PMID:…`.", err=True)
