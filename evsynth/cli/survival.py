"""`evsynth survival`: patients rebuilt from a digitised survival curve, and how well that went."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evsynth.cli.pictures import write_pictures
from evsynth.cli.progress import working
from evsynth.model.finding import Finding, Place, Problems

if TYPE_CHECKING:
    from evsynth.reanalyse.survival.digitised import CurveFile


@click.command("survival", short_help="Rebuild patients from a curve.")
@click.argument("files", nargs=-1, required=True, metavar="CURVE.yaml [SECOND.yaml]...")
@click.option("--json", "json_", is_flag=True, help="Print everything but the patients as JSON.")
@click.option("--patients", "out", metavar="FILE", help="Write the rebuilt patients to FILE as CSV.")
@click.option("--figures", metavar="DIR", help="Write the rebuilt curves into DIR as SVG.")
@click.option("--png", is_flag=True, help="Write the figure as PNG too.")
def command(files: tuple[str, ...], json_: bool, out: str | None, figures: str | None, png: bool) -> None:
    """Rebuild the patients behind a digitised Kaplan-Meier curve (Guyot 2012), from calibration, clicks and numbers.

    Prints how well the rebuilt curve gives back the figure, what is printed beside what is rebuilt, the hazard ratio of
    the first two groups, and whether it may be pooled. Further files are further digitisations of the same figure.
    """
    from evsynth.report.rebuilt import as_json, figure, lines, patients_csv, rebuild
    from evsynth.review.files import write

    curves = [_read(file) for file in files]
    _same(files, curves)
    try:
        with working("rebuilding …"):
            found = rebuild(curves)
    except ValueError as error:
        hint = "correct calibration, clicks or numbers at risk"
        raise Problems((Finding("CURVE", "error", files[0], Place(files[0]), str(error), hint),)) from None
    click.echo(json.dumps(as_json(found), indent=2) if json_ else "\n".join(lines(found)))
    if out is not None:
        write(Path(out), patients_csv(found).encode())
        click.echo(f"{out}: written", err=True)
    if figures is not None:
        write_pictures({"rebuilt-survival": figure(found)}, figures, as_png=png)


def _read(file: str) -> CurveFile:
    from evsynth.reanalyse.survival.digitised import CurveFile
    from evsynth.review.files import read_bytes, read_text, sha256
    from evsynth.text.read import read

    path = Path(file)
    curve, tree = read(CurveFile, read_text(path, file), file)
    if curve.image is not None:
        found = sha256(read_bytes(path.with_name(Path(curve.image).name), curve.image))
        if found != curve.image_sha256:
            message = f"the image {curve.image} has sha256 {found}, this file says {curve.image_sha256}"
            hint = "the clicks belong to another image; digitise this one again"
            raise Problems((Finding("CURVE", "error", file, tree.place(("image_sha256",)), message, hint),))
    return curve


def _same(files: tuple[str, ...], curves: list[CurveFile]) -> None:
    """Further digitisations are of the same image and the same groups."""
    for file, curve in zip(files[1:], curves[1:], strict=True):
        if curve.image_sha256 != curves[0].image_sha256 or [g.arm for g in curve.groups] != [
            g.arm for g in curves[0].groups
        ]:
            message = f"{file} is not a digitisation of the image and the groups of {files[0]}"
            raise Problems((Finding("CURVE", "error", file, Place(file), message, "give figures one by one"),))
