"""`evsynth pool`: pool a plain table, outside any review."""

from __future__ import annotations

from pathlib import Path

import click

from evsynth.review.files import read_text


@click.command("pool", short_help="Pool a plain table.")
@click.argument("file", metavar="DATA.csv")
@click.option("--measure", required=True, help="OR, RR, RD, MD, SMD, IRR, PLO, ZCOR, … or GEN for columns yi and vi.")
@click.option("--estimator", default="REML", show_default=True, help="REML, ML, DL, PM, EB, SJ, HE, HS, HSk.")
@click.option("--interval", default="hksj", show_default=True, help="wald, hksj, modified hksj.")
@click.option("--prediction", default="V", show_default=True, help="V, HTS, HK, HK-PR, normal, none.")
@click.option("--level", default=95.0, show_default=True, help="Confidence level in percent.")
@click.option("--correct-zeros", is_flag=True, help="Add 0.5 to every cell of a study with a zero cell.")
@click.option("--json", "json_", is_flag=True, help="Print everything as JSON.")
@click.option("--forest", "picture", metavar="FILE", help="Write the forest plot to FILE (.svg or .png).")
def command(
    file: str,
    measure: str,
    estimator: str,
    interval: str,
    prediction: str,
    level: float,
    correct_zeros: bool,
    json_: bool,
    picture: str | None,
) -> None:
    """Pool DATA.csv by random effects, one study a row.

    Columns carry metafor's names: ai, n1i, ci, n2i (or ai, bi, ci, di) for two groups with events; xi, ni for
    proportions; m1i, sd1i, n1i, m2i, sd2i, n2i for means; ri, ni for correlations; yi and vi (or sei) for GEN. A column
    study names the rows. Nothing is corrected, dropped or replaced unless you ask, and then it is said.
    """
    from evsynth.build.plain import pool_table
    from evsynth.model.finding import Finding, Place, Problems
    from evsynth.pooling.guard import InputError
    from evsynth.text.table import read_table

    table = read_table(read_text(Path(file), file), file)
    try:
        found = pool_table(
            table, measure, estimator=estimator, interval=interval, prediction=prediction, level=level / 100,
            correction=correct_zeros,
        )  # fmt: skip
    except InputError as error:
        hint = "see `evsynth pool --help`"
        raise Problems(tuple(Finding("CHOICE", "error", file, Place(file), p, hint) for p in error.problems)) from None
    click.echo(found.to_json() if json_ else repr(found), nl=not json_)
    if picture is not None:
        from evsynth.report.forest import forest
        from evsynth.review.files import write

        write(Path(picture), forest(found.answer, format="png" if picture.endswith(".png") else "svg"))
