"""`evsynth nma`: compare several treatments through all studies that compare any of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from evsynth.cli.tables import PERCENT, refused, shown, write_figures
from evsynth.review.files import read_text


@click.command("nma", short_help="Compare several treatments (network meta-analysis).")
@click.argument("file", metavar="DATA.csv")
@click.option("--measure", required=True, help="OR, RR, RD, MD, ROM, IRR from arms; HR, SMD, … for comparisons.")
@click.option("--reference", help="Treatment that the others are compared with (default: the first by name).")
@click.option("--model", type=click.Choice(["random", "common"]), default="random", show_default=True)
@click.option(
    "--small-values",
    type=click.Choice(["desirable", "undesirable"]),
    default="desirable",
    show_default=True,
    help="Whether a small value is good for the patient; P-scores depend on it.",
)
@click.option("--estimator", default="REML", show_default=True, help="REML, ML, DL.")
@click.option("--level", type=PERCENT, default=95.0, show_default=True, help="Confidence level in percent.")
@click.option("--correct-zeros", is_flag=True, help="Add 0.5 to every arm of a study with a zero.")
@click.option("--leave-out-silent", is_flag=True, help="Leave out, and name, studies without events in any arm.")
@click.option("--json", "json_", is_flag=True, help="Print everything as JSON.")
@click.option("--methods", is_flag=True, help="Print the sentence for a methods section and its references.")
@click.option("--figures", metavar="DIR", help="Write the figures into DIR as SVG.")
@click.option("--png", is_flag=True, help="Write the figures as PNG too.")
def command(
    file: str,
    measure: str,
    reference: str | None,
    model: Any,
    small_values: Any,
    estimator: str,
    level: float,
    correct_zeros: bool,
    leave_out_silent: bool,
    json_: bool,
    methods: bool,
    figures: str | None,
    png: bool,
) -> None:
    """Compare the treatments of DATA.csv by network meta-analysis.

    One row per arm: study, treatment, and event and n (or event and time; or mean, sd and n). Or one row per
    comparison: study, treat1, treat2, yi and sei (or vi); a study with more arms brings every pair. Prints the effects
    against one treatment, the league table, P-scores, the decomposition of Q into heterogeneity and inconsistency, and
    direct against indirect evidence; draws the network and a comparison-adjusted funnel.
    """
    from evsynth.build.plain_network import Networked, network_of
    from evsynth.text.table import read_table

    asked = Networked(
        reference, model, small_values, estimator, level / 100, correction=correct_zeros, leave_out=leave_out_silent
    )
    with refused(file):
        found = network_of(read_table(read_text(Path(file), file), file), measure, asked)
    shown(found, json_=json_, methods=methods)
    write_figures(found, figures, png=png)
