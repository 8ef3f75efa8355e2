"""`evsynth feasible`: is there any data set of whole numbers that prints these summaries?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from evsynth.cli.here import folder, in_review
from evsynth.cli.progress import working
from evsynth.model.finding import Finding, Place, Problems

if TYPE_CHECKING:
    from evsynth.model.printed import Printed
    from evsynth.reanalyse.feasible import Feasibility, Summary
    from evsynth.reanalyse.feasible_pairs import PairFeasibility

NUMBERS = ("median", "q1", "q3", "mean", "sd", "minimum", "maximum")
"""The printed numbers, in the order in which a `Summary` holds them."""


@click.command("feasible", short_help="Ask whether any data print so.")
@click.argument("study", required=False)
@click.option("--patients", type=click.IntRange(2), help="Without STUDY: number of patients.")
@click.option("--range", "ends", type=(int, int), help="Without STUDY: lowest and highest value a patient can have.")
@click.option("--median", help="As printed, with its digits; so also the others.")
@click.option("--q1")
@click.option("--q3")
@click.option("--mean")
@click.option("--sd")
@click.option("--minimum")
@click.option("--maximum")
@click.option("--steps", default=200_000, show_default=True, help="Steps after which a question is left undecided.")
@click.option("--seed", default=1, show_default=True, help="Seed of the search for pairs.")
@click.option("--json", "json_", is_flag=True, help="Print everything, examples too, as JSON.")
@in_review
def command(
    study: str | None, patients: int | None, ends: tuple[int, int] | None, steps: int, seed: int, json_: bool,
    start: str, **printed: str | None,
) -> None:  # fmt: skip
    """Decide for every score of STUDY whether any whole numbers in its range print the median, quartiles, mean and SD.

    For changes within a group also whether any pairs print both visits, the median change and the P value. Found comes
    with one example; impossible is a proof by exhaustion, under every definition of quartiles in use; not decided means
    that the steps were used up. Without STUDY one summary is given on the command line.
    """
    shown = _study(study, start, steps, seed) if study else [_typed(patients, ends, printed, steps)]
    if json_:
        click.echo(json.dumps(shown, indent=2))
        return
    for one in shown:
        why = f" ({one['reason']})" if one["reason"] else ""
        click.echo(f"{one['verdict']}: {one['what']}{why}")
        if one["example"]:
            values = one["example"]
            pairs = isinstance(values[0], tuple)
            text = " ".join(f"{a}→{b}" for a, b in values) if pairs else " ".join(map(str, values))
            click.echo(f"    for example {text}")
    if study and not shown:
        click.echo("there is no summary of whole numbers with a known range here (see instruments in review.yaml)")


def _study(name: str, start: str, steps: int, seed: int) -> list[dict[str, Any]]:
    from evsynth.reanalyse.feasible_study import feasible_changes, feasible_values

    review = folder(start)
    if name not in review.studies:
        hint = f"studies here: {', '.join(sorted(review.studies)) or 'none'}"
        problem = Finding(
            "UNKNOWN_STUDY", "error", name, Place("extractions/studies"), f"there is no study {name!r}", hint
        )
        raise Problems((problem, *review.problems))
    extraction, instruments = review.studies[name], review.review.instruments
    known = {o.id: o for o in extraction.observations}
    with working("searching …"):
        values = feasible_values(extraction, instruments, steps=steps)
        changes = feasible_changes(extraction, instruments, seed=seed, steps=steps)
    found = []
    for value in values:
        o = known[value.value]
        what = f"{o.variable} in {o.group} {o.about.at or ''}: {o.printed} in {_range(value.summary)} [{o.where}]"
        found.append(_shown(what, value.result))
    for change in changes:
        before, after, o = (known[v] for v in change.values)
        what = f"{o.variable} in {o.group}: {before.printed} to {after.printed}, change {o.printed} [{o.where}]"
        found.append(_shown(what, change.result))
    return found


def _typed(
    patients: int | None, ends: tuple[int, int] | None, printed: dict[str, str | None], steps: int
) -> dict[str, Any]:
    from evsynth.model.printed import Printed
    from evsynth.reanalyse.feasible import Summary, feasible

    if patients is None or ends is None or not any(printed.values()):
        raise click.UsageError("name a STUDY, or give --patients, --range LOWEST HIGHEST and what is printed")
    numbers: dict[str, Printed] = {}
    for name, text in printed.items():
        if text is not None:
            try:
                numbers[name] = Printed.parse(text)
            except ValueError as error:
                raise click.UsageError(f"--{name}: {error}") from None
    summary = Summary(patients, *ends, *(numbers.get(name) for name in NUMBERS))
    try:
        with working("searching …"):
            result = feasible(summary, steps=steps)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    what = ", ".join(f"{name} {number}" for name, number in numbers.items())
    return _shown(f"{what} in {_range(summary)}", result)


def _range(summary: Summary) -> str:
    return f"{summary.patients} whole numbers from {summary.lowest} to {summary.highest}"


def _shown(what: str, result: Feasibility | PairFeasibility) -> dict[str, Any]:
    return {
        "verdict": result.verdict, "what": what, "reason": result.reason, "quartiles": result.quartiles,
        "example": list(result.example), "steps": result.steps,
    }  # fmt: skip
