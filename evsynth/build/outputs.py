"""All outputs of a review as bytes, by their path under `outputs/`."""

from __future__ import annotations

from evsynth.build.examined import sensitivity_of, small_study_of
from evsynth.build.result import estimate_json
from evsynth.model.estimate import Answer
from evsynth.model.review import Review
from evsynth.model.study import Study
from evsynth.pooling.sensitivity.data_branches import DataBranches
from evsynth.report.branches_table import branches_csv
from evsynth.report.forest import forest
from evsynth.report.sentence import sentence
from evsynth.report.tables import effects_csv

FILES = (
    "estimate.json", "effects.csv", "forest.svg", "forest.png", "sentence.md", "branches.csv", "sensitivity.json",
    "leave-one-out.svg", "leave-one-out.png", "specification-curve.svg", "specification-curve.png", "small-study.json",
    "funnel.svg", "funnel.png",
)  # fmt: skip
"""All files that a pool can have; the first five it has always."""


def pool_outputs(
    answer: Answer, review: Review, studies: dict[str, Study], branches: DataBranches | None = None
) -> dict[str, bytes]:
    """Render the files of one pool: always five, and what examines a pooled result where it is defined."""
    name = answer.pool.pool
    made = {
        f"{name}/estimate.json": estimate_json(answer),
        f"{name}/effects.csv": effects_csv(answer).encode(),
        f"{name}/forest.svg": forest(answer, format="svg"),
        f"{name}/forest.png": forest(answer, format="png"),
        f"{name}/sentence.md": sentence(answer, review, studies).encode(),
    }
    if branches is not None:
        made[f"{name}/branches.csv"] = branches_csv(branches).encode()
    for file, found, figures in (
        ("sensitivity.json", sensitivity_of(answer), ("leave-one-out", "specification-curve")),
        ("small-study.json", small_study_of(answer), ("funnel",)),
    ):
        if found is not None:
            made[f"{name}/{file}"] = found.to_json().encode()
            drawn = [figure for figure in figures if figure in found.figures]
            made |= {f"{name}/{figure}.svg": found.figure(figure) for figure in drawn}
            made |= {f"{name}/{figure}.png": found.figure(figure, format="png") for figure in drawn}
    return made
