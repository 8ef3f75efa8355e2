"""What the commands over plain tables share: reading the table, showing a result, refusing what cannot be answered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from evsynth.model.finding import Finding, Place, Problems
from evsynth.review.files import read_text, write

if TYPE_CHECKING:
    from evsynth.build.found import Found
    from evsynth.build.plain_table import Studies

TABLES = (".csv", ".tsv", ".txt")

PERCENT = click.FloatRange(50, 100, max_open=True)
"""A confidence level: 0.95 in place of 95 would give an interval of no width to speak of."""


def given_alone(options: tuple[str, ...], because: str) -> None:
    """Refuse options that the user gave and that would change nothing. Raises UsageError."""
    context = click.get_current_context()
    for name in options:
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            raise click.UsageError(f"--{name.replace('_', '-')} {because}")


def is_table(name: str) -> bool:
    """Say whether an argument names a table rather than a pool of a review."""
    return Path(name).suffix.lower() in TABLES


def read_studies(
    file: str, measure: str, *, level: float = 95.0, scale: str = "natural", correction: bool = False,
    counts: bool = False,
) -> Studies:  # fmt: skip
    """Read the studies of a table. Raises Problems for what is wrong in it; `level` is in percent."""
    from evsynth.build.plain_table import studies_of
    from evsynth.text.table import read_table

    table = read_table(read_text(Path(file), file), file)
    return studies_of(table, measure, level=level / 100, correction=correction, counts=counts, scale=scale)


@contextmanager
def refused(file: str) -> Iterator[None]:
    """Turn what the engine refuses into one message per problem."""
    from evsynth.pooling.guard import InputError

    try:
        yield
    except InputError as error:
        hint = "see the command with --help"
        raise Problems(tuple(Finding("CHOICE", "error", file, Place(file), p, hint) for p in error.problems)) from None


def shown(found: Found, *, json_: bool, methods: bool = False) -> None:
    """Print a result: as a summary, as JSON, or its methods sentence."""
    if methods:
        click.echo(found.methods())
    elif json_:
        click.echo(found.to_json(), nl=False)
    else:
        click.echo(repr(found))


def write_figures(found: Found, folder: str | None, *, png: bool) -> None:
    """Write every figure of a result into a folder, and name the files."""
    if folder is None:
        return
    for name in found.figures:
        for kind in ("svg", "png") if png else ("svg",):
            path = Path(folder) / f"{name}.{kind}"
            write(path, found.figure(name, format="png" if kind == "png" else "svg"))
            click.echo(f"{path}: written", err=True)
