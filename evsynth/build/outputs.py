"""All outputs of a review as bytes, by their path under `outputs/`."""

from __future__ import annotations

from evsynth.build.result import estimate_json
from evsynth.model.estimate import Answer
from evsynth.model.review import Review
from evsynth.model.study import Study
from evsynth.report.forest import forest
from evsynth.report.sentence import sentence
from evsynth.report.tables import effects_csv

FILES = ("estimate.json", "effects.csv", "forest.svg", "forest.png", "sentence.md")


def pool_outputs(answer: Answer, review: Review, studies: dict[str, Study]) -> dict[str, bytes]:
    """Render the files of one pool."""
    name = answer.pool.pool
    return {
        f"{name}/estimate.json": estimate_json(answer),
        f"{name}/effects.csv": effects_csv(answer).encode(),
        f"{name}/forest.svg": forest(answer, format="svg"),
        f"{name}/forest.png": forest(answer, format="png"),
        f"{name}/sentence.md": sentence(answer, review, studies).encode(),
    }
