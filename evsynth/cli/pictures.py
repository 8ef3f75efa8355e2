"""Writing pictures into a folder, and naming the files that were written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from evsynth.report.drawing import Picture


def write_pictures(pictures: Mapping[str, Picture], folder: str, *, as_png: bool) -> None:
    """Write each picture as SVG, and as PNG too where asked."""
    from evsynth.report.drawing import png, svg
    from evsynth.review.files import write

    for name, picture in pictures.items():
        for kind, render in (("svg", svg), ("png", png)) if as_png else (("svg", svg),):
            path = Path(folder) / f"{name}.{kind}"
            write(path, render(picture))
            click.echo(f"{path}: written", err=True)
