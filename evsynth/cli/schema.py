"""`evsynth schema`: JSON Schemas for editors, written beside the extractions."""

from __future__ import annotations

import json
from pathlib import Path

import click
from pydantic import BaseModel

from evsynth.cli.here import in_review
from evsynth.model.pool import Pool
from evsynth.model.review import Review
from evsynth.model.source import Sidecar
from evsynth.model.study import Study
from evsynth.review.files import write
from evsynth.review.folder import find_root

MODELS: dict[str, type[BaseModel]] = {"study": Study, "pool": Pool, "review": Review, "source": Sidecar}


@click.command("schema", short_help="Write JSON Schemas.")
@click.option("--check", is_flag=True, help="Write nothing; end with 1 if the schemas are stale.")
@in_review
@click.pass_context
def command(ctx: click.Context, check: bool, start: str) -> None:
    """Write extractions/schema/*.json. Editors use them for completion, hover text and red underlines."""
    root = find_root(Path(start))
    stale = False
    for name, model in MODELS.items():
        path = root / "extractions" / "schema" / f"{name}.json"
        text = json.dumps(model.model_json_schema(by_alias=True), indent=1, ensure_ascii=False) + "\n"
        if path.is_file() and path.read_bytes() == text.encode():
            continue
        stale = True
        shown = path.relative_to(root).as_posix()
        click.echo(f"{shown}: {'stale' if check else 'written'}")
        if not check:
            write(path, text.encode())
    ctx.exit(1 if stale and check else 0)
