"""`evsynth pool`: pool a plain table, outside any review."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from evsynth.cli.tables import PERCENT, given_alone, read_studies, refused, shown

if TYPE_CHECKING:
    from evsynth.build.found import Found
    from evsynth.build.plain import Asked
    from evsynth.build.plain_table import Studies


@click.command("pool", short_help="Pool a plain table.")
@click.argument("file", metavar="DATA.csv")
@click.option("--measure", required=True, help="OR, RR, RD, HR, MD, SMD, IRR, PLO, ZCOR, … or GEN for yi and vi.")
@click.option(
    "--model",
    default="inverse-variance",
    show_default=True,
    help="inverse-variance, common-effect, mh, peto, glmm, glmm-conditional, glmm-fixed-studies, glmm-random-studies, "
    "beta-binomial, bayes, multilevel.",
)
@click.option("--estimator", default="REML", show_default=True, help="REML, ML, DL, PM, EB, SJ, HE, HS, HSk.")
@click.option("--interval", help="wald, hksj, modified hksj (default hksj); wald or t for a glmm.")
@click.option("--prediction", help="V, HTS, HK, HK-PR, normal, Nagashima, none (default V).")
@click.option("--level", type=PERCENT, default=95.0, show_default=True, help="Confidence level in percent.")
@click.option(
    "--prior", help="Prior of τ for the model bayes: half-normal:0.5, half-cauchy:0.5, uniform:2, jeffreys, …"
)
@click.option("--moderators", metavar="FORMULA", help="Meta-regression on columns: 'dose + year', 'C(design) * dose'.")
@click.option("--permute", is_flag=True, help="Add a permutation test of the moderators.")
@click.option("--subgroup", metavar="COLUMN", help="Pool each group of a column, and test the difference.")
@click.option(
    "--tau2",
    type=click.Choice(["pooled", "separate"]),
    default="separate",
    show_default=True,
    help="One τ² for all subgroups, or one each.",
)
@click.option("--cluster", metavar="COLUMN", help="Effects of one cluster depend on each other: multilevel and robust.")
@click.option("--rho", type=float, help="Assumed correlation inside a cluster, such as 0.6.")
@click.option("--scale", default="natural", show_default=True, help="Scale of yi in GEN: log shows ratios.")
@click.option("--correct-zeros", is_flag=True, help="Add 0.5 to every cell of a study with a zero cell.")
@click.option("--json", "json_", is_flag=True, help="Print everything as JSON.")
@click.option("--methods", is_flag=True, help="Print the sentence for a methods section and its references.")
@click.option("--forest", "picture", metavar="FILE", help="Write the forest plot to FILE (.svg or .png).")
def command(
    file: str,
    measure: str,
    model: str,
    estimator: str,
    interval: str | None,
    prediction: str | None,
    level: float,
    prior: str | None,
    moderators: str | None,
    permute: bool,
    subgroup: str | None,
    tau2: str,
    cluster: str | None,
    rho: float | None,
    scale: str,
    correct_zeros: bool,
    json_: bool,
    methods: bool,
    picture: str | None,
) -> None:
    """Pool DATA.csv, one study a row: by random effects, or by the model you name.

    Columns carry metafor's names: ai, n1i, ci, n2i (or ai, bi, ci, di) for two groups with events; xi, ni for
    proportions; x1i, t1i, x2i, t2i for rates; m1i, sd1i, n1i, m2i, sd2i, n2i for means; ri, ni for correlations;
    estimate, lower, upper for printed HR, OR or RR; yi and vi (or sei) for GEN. A column study names the rows; other
    columns can be moderators, subgroups or clusters. Nothing is corrected, dropped or replaced unless you ask, and then
    it is said. What was really fitted stands in the output.
    """
    from evsynth.build.plain import Asked, needs_counts

    if picture is not None and Path(picture).suffix not in (".svg", ".png"):
        raise click.UsageError(f"{picture}: a forest plot is written as .svg or .png")
    named = [name for name, given in (("--moderators", moderators), ("--subgroup", subgroup)) if given]
    if len(named) > 1 or (named and cluster):
        raise click.UsageError("ask for one of --moderators, --subgroup and --cluster at a time")
    if named and model != "inverse-variance":
        raise click.UsageError(f"{named[0]} goes with --model inverse-variance")
    if model not in ("inverse-variance", "random-effects", "random effects", "multilevel", "three-level"):
        given_alone(("estimator",), f"is of no use to --model {model}")
    if needs_counts(model):
        given_alone(("correct_zeros",), f"is of no use to --model {model}, which takes zero cells as they are")
    if subgroup is None:
        given_alone(("tau2",), "goes with --subgroup")
    if moderators is None:
        given_alone(("permute",), "goes with --moderators")
    if cluster is None:
        given_alone(("rho",), "goes with --cluster")
    if measure != "GEN":
        given_alone(("scale",), "goes with --measure GEN")
    with refused(file):
        studies = read_studies(
            file, measure, level=level, scale=scale, correction=correct_zeros, counts=needs_counts(model)
        )
        clusters = None if cluster is None else tuple(map(str, studies.column(cluster)))
        if cluster is not None and model == "inverse-variance":
            model = "multilevel"
        asked = Asked(model, estimator, interval, prediction, level / 100, prior, clusters, rho)
        found = _found(studies, asked, moderators, subgroup, tau2, permute=permute)
    shown(found, json_=json_, methods=methods)
    if picture is not None:
        from evsynth.review.files import write

        write(Path(picture), found.figure(format="png" if picture.endswith(".png") else "svg"))


def _found(
    studies: Studies, asked: Asked, moderators: str | None, subgroup: str | None, tau2: str, *, permute: bool
) -> Found:
    if moderators is not None:
        from evsynth.build.plain_regression import regress_studies

        return regress_studies(studies, moderators, asked, permute=permute)
    if subgroup is not None:
        from evsynth.build.plain_regression import compare_subgroups

        return compare_subgroups(studies, subgroup, asked, between="pooled" if tau2 == "pooled" else "separate")
    from evsynth.build.plain import pool_studies

    return pool_studies(studies, asked)
