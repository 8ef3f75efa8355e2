"""`evsynth sensitivity`: what the answer of a table, or of a pool of a review, hangs on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from evsynth.cli.here import in_review
from evsynth.cli.tables import PERCENT, given_alone, is_table, read_studies, refused, shown, write_figures

if TYPE_CHECKING:
    from evsynth.build.found import Found


@click.command("sensitivity", short_help="Ask what the answer hangs on.")
@click.argument("what", metavar="DATA.csv|POOL")
@click.option("--measure", help="Measure, for a table (see `evsynth pool`).")
@click.option(
    "--part",
    "parts",
    multiple=True,
    type=click.Choice(["leave-one-out", "leave-two-out", "cumulative", "influence", "gosh", "curve"]),
    help="One part only; may be repeated. Default: all.",
)
@click.option("--model", default="inverse-variance", show_default=True, help="Model, for a table (see `evsynth pool`).")
@click.option("--prior", help="Prior of τ for the model bayes.")
@click.option("--order", metavar="COLUMN", help="Column that orders the cumulative pool, such as year.")
@click.option("--estimator", default="REML", show_default=True, help="REML, ML, DL, PM, EB, SJ, HE, HS, HSk, FE.")
@click.option("--interval", default="hksj", show_default=True, help="wald, hksj, modified hksj.")
@click.option("--level", type=PERCENT, default=95.0, show_default=True, help="Confidence level in percent.")
@click.option("--scale", default="natural", show_default=True, help="Scale of yi in GEN: log shows ratios.")
@click.option("--seed", default=1, show_default=True, help="Seed of the sample of subsets, beyond 22 studies.")
@click.option("--correct-zeros", is_flag=True, help="Add 0.5 to every cell of a study with a zero cell.")
@click.option("--json", "json_", is_flag=True, help="Print everything as JSON.")
@click.option("--methods", is_flag=True, help="Print the sentence for a methods section and its references.")
@click.option("--figures", metavar="DIR", help="Write the figures into DIR as SVG.")
@click.option("--png", is_flag=True, help="Write the figures as PNG too.")
@in_review
def command(
    what: str,
    measure: str | None,
    parts: tuple[str, ...],
    model: str,
    prior: str | None,
    order: str | None,
    estimator: str,
    interval: str,
    level: float,
    scale: str,
    seed: int,
    correct_zeros: bool,
    json_: bool,
    methods: bool,
    figures: str | None,
    png: bool,
    start: str,
) -> None:
    """Ask what the answer of DATA.csv, or of POOL in a review, hangs on.

    Each study left out, every pair left out, studies added one after another, influence of each study, the pools of all
    subsets (GOSH), and the pool under every estimator, interval and study left out (specification curve). For a pool of
    a review, its own choices are examined, and also what other readings of discrepant numbers would give. With another
    --model than inverse-variance, that model is fitted again without each study and as studies are added.
    """
    from evsynth.pooling.sensitivity.examination import PARTS

    chosen = tuple(part for part in PARTS if part in parts) or PARTS
    with refused(what):
        if is_table(what) and measure is None:
            raise click.UsageError("name the measure of the table with --measure")
        if is_table(what) and model != "inverse-variance":
            given_alone(
                ("estimator", "interval", "scale", "seed", "correct_zeros"), "goes with --model inverse-variance"
            )
            found = _of_model(what, str(measure), model, prior, order, level, parts)
        elif is_table(what):
            from evsynth.build.plain_sensitivity import examine_studies

            studies = read_studies(what, str(measure), level=level, scale=scale, correction=correct_zeros)
            found = examine_studies(studies, estimator=estimator, interval=interval, level=level / 100, parts=chosen,
                                    seed=seed, order=order)  # fmt: skip
        else:
            from evsynth.build.examined import examine_pool
            from evsynth.cli.here import folder

            found = examine_pool(folder(start), what, parts=chosen, seed=seed)
    shown(found, json_=json_, methods=methods)
    write_figures(found, figures, png=png)


def _of_model(
    file: str, measure: str, model: str, prior: str | None, order: str | None, level: float, parts: tuple[str, ...]
) -> Found:
    from evsynth.build.plain import Asked, needs_counts
    from evsynth.build.plain_refits import refit_studies

    beyond = sorted(set(parts) - {"leave-one-out", "cumulative"})
    if beyond:
        raise click.UsageError(f"{', '.join(beyond)}: only for --model inverse-variance")
    studies = read_studies(file, measure, level=level, counts=needs_counts(model))
    return refit_studies(studies, Asked(model, level=level / 100, prior=prior), order=order)
