"""`evsynth build`: everything from the files of the review to the page."""

from __future__ import annotations

import click

from evsynth.cli.here import folder, in_review


@click.command("build", short_help="Write every output.")
@click.option("--check", is_flag=True, help="Write nothing; end with 1 if outputs are stale.")
@click.option("--force", is_flag=True, help="Compute everything again, also what did not change.")
@in_review
@click.pass_context
def command(ctx: click.Context, check: bool, force: bool, start: str) -> None:
    """Check, select, pool, and write every output and the page. What did not change is not computed again."""
    from evsynth.build.run import build
    from evsynth.checks.checking import must_be_corrected
    from evsynth.cli.shown import lines, summary

    review = folder(start)
    findings = review.check()
    faults = [f for f in findings if must_be_corrected(f)]
    if faults:
        click.echo("\n".join(lines(faults)), err=True)
        click.echo("nothing was written: correct these files first", err=True)
        ctx.exit(1)
    click.echo(
        f"{len(review.studies)} studies, {len(review.pools)} pools; in the papers: {summary(findings)}",
        err=True,
    )
    built = build(review, check=check, force=force, step=lambda name: click.echo(f"  {name} …", err=True))
    if check:
        for name in (*built.written, *built.surplus):
            click.echo(f"outputs/{name}: stale")
        if built.written or built.surplus:
            click.echo("run `evsynth build` and commit outputs/", err=True)
            ctx.exit(1)
        click.echo("outputs are up to date", err=True)
        return
    for name in built.surplus:
        click.echo(f"outputs/{name}: removed, nothing makes it any more")
    click.echo(
        f"{len(built.written)} files written, {len(built.unchanged)} unchanged; look at outputs/index.html",
        err=True,
    )
