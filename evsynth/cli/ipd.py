"""`evsynth ipd`: the analyses papers report, on a table of patients."""

from __future__ import annotations

import json
from pathlib import Path

import click

from evsynth.cli.pictures import write_pictures
from evsynth.cli.progress import working
from evsynth.model.finding import Finding, Place, Problems


@click.command("ipd", short_help="Analyse a table of patients.")
@click.argument("data", metavar="DATA.csv")
@click.argument("spec", metavar="SPEC.yaml")
@click.option("--json", "json_", is_flag=True, help="Print everything as JSON.")
@click.option("--figures", metavar="DIR", help="Write the figures into DIR as SVG.")
@click.option("--png", is_flag=True, help="Write the figures as PNG too.")
def command(data: str, spec: str, json_: bool, figures: str | None, png: bool) -> None:
    """Run the analyses that SPEC.yaml names on DATA.csv (one patient a row).

    Before and after (Wilcoxon with r, bootstrap interval of the median change), visits with Bonferroni, two groups
    (Mann-Whitney, chi-square or Fisher), Spearman matrix, linear regression, and inverse-probability weighting with
    balance, weighted Kaplan-Meier, log-rank and Cox.
    """
    from evsynth.reanalyse.ipd.analyse import analyse
    from evsynth.reanalyse.ipd.spec import IpdSpec
    from evsynth.report.patient_account import as_json, lines
    from evsynth.report.patient_account import figures as pictures
    from evsynth.review.files import read_text
    from evsynth.text.read import read
    from evsynth.text.table import read_table

    wanted, _ = read(IpdSpec, read_text(Path(spec), spec), spec)
    rows = read_table(read_text(Path(data), data), data)
    table = {name: [row.cells.get(name, "") for row in rows.rows] for name in rows.columns}
    try:
        with working("computing …"):
            found = analyse(table, wanted)
    except ValueError as error:
        hint = "correct the table, or the column named in the spec"
        raise Problems((Finding("TABLE_VALUE", "error", data, Place(data), str(error), hint),)) from None
    if json_:
        click.echo(json.dumps(as_json(found), indent=2, default=float))
    else:
        click.echo("\n".join(lines(found, wanted)))
    if figures is not None:
        write_pictures(pictures(table, found, wanted), figures, as_png=png)
