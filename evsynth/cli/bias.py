"""`evsynth bias`: small-study effects in a plain table, where there are enough studies to look for them."""

from __future__ import annotations

from typing import Any

import click

from evsynth.cli.tables import PERCENT, read_studies, refused, shown, write_figures


@click.command("bias", short_help="Look for small-study effects.")
@click.argument("file", metavar="DATA.csv")
@click.option("--measure", required=True, help="Measure of the table (see `evsynth pool`).")
@click.option("--favoured", type=click.Choice(["greater", "less"]), help="Direction that selection would favour.")
@click.option("--level", type=PERCENT, default=95.0, show_default=True, help="Confidence level in percent.")
@click.option("--scale", default="natural", show_default=True, help="Scale of yi in GEN: log shows ratios.")
@click.option("--correct-zeros", is_flag=True, help="Add 0.5 to every cell of a study with a zero cell.")
@click.option("--json", "json_", is_flag=True, help="Print everything as JSON.")
@click.option("--methods", is_flag=True, help="Print the sentence for a methods section and its references.")
@click.option("--figures", metavar="DIR", help="Write the funnels into DIR as SVG.")
@click.option("--png", is_flag=True, help="Write the figures as PNG too.")
def command(
    file: str,
    measure: str,
    favoured: Any,
    level: float,
    scale: str,
    correct_zeros: bool,
    json_: bool,
    methods: bool,
    figures: str | None,
    png: bool,
) -> None:
    """Look for small-study effects in DATA.csv: do small studies report other effects than large ones?

    Tests of funnel asymmetry (Egger in its variants, Begg; Harbord, Peters and others for two-by-two tables), adjusted
    estimates (trim and fill, PET-PEESE, selection models, limit meta-analysis, Henmi-Copas), and a contour-enhanced
    funnel. Refused for proportions, whose standard error follows from the estimate, and with fewer than ten studies.
    Each method says what it can and cannot show.
    """
    from evsynth.build.plain_bias import survey_studies

    with refused(file):
        studies = read_studies(file, measure, level=level, scale=scale, correction=correct_zeros)
        found = survey_studies(studies, level=level / 100, favoured=favoured)
    shown(found, json_=json_, methods=methods)
    write_figures(found, figures, png=png)
