"""`evsynth verify pool@hash`: recompute a cited result and compare it with what is cited and with what is written."""

from __future__ import annotations

import click

from evsynth.cli.here import folder, in_review
from evsynth.model.finding import Finding, Place, Problems


@click.command("verify", short_help="Recompute and compare.")
@click.argument("identifier", metavar="POOL@HASH")
@in_review
@click.pass_context
def command(ctx: click.Context, identifier: str, start: str) -> None:
    """Recompute a result and say whether POOL@HASH is what these files give. Ends with 1 if it is not."""
    from evsynth.build.answers import answer
    from evsynth.build.result import estimate_json

    name, _, given = identifier.partition("@")
    if not given or len(given) < 10 or set(given) - set("0123456789abcdef"):
        hint = "copy it from `evsynth cite`: the name of a pool, @, and at least 10 hexadecimal digits"
        message = f"{identifier!r} is not an identifier of a result"
        raise Problems((Finding("IDENTIFIER", "error", name, Place(identifier), message, hint),))
    review = folder(start)
    answered = answer(review, name)
    if not answered.result.hash.startswith(given):
        click.echo(f"{identifier}: these files now give {answered.result.id}; inputs or choices have changed since")
        ctx.exit(1)
    written = review.root / "outputs" / name / "estimate.json"
    if not written.is_file():
        click.echo(f"{identifier}: recomputed, but outputs/{name}/estimate.json is not there; run `evsynth build`")
        ctx.exit(1)
    if written.read_bytes() != estimate_json(answered):
        click.echo(f"{identifier}: outputs/{name}/estimate.json differs from what is computed; run `evsynth build`")
        ctx.exit(1)
    click.echo(f"{identifier}: verified; recomputed from its quotes, and equal to outputs/{name}/estimate.json")
