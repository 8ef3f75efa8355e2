"""JSON Schemas of the files a reviewer edits, for completion and hover text in editors."""

from __future__ import annotations

import json

from pydantic import BaseModel

from evsynth.model.pool import Pool
from evsynth.model.reporting import Reporting
from evsynth.model.review import Review
from evsynth.model.screening import Screening
from evsynth.model.search import Search
from evsynth.model.source import Sidecar
from evsynth.model.study import Study

_MODELS: dict[str, type[BaseModel]] = {
    "study": Study,
    "pool": Pool,
    "review": Review,
    "source": Sidecar,
    "search": Search,
    "reporting": Reporting,
    "screening": Screening,
}


def schemas() -> dict[str, str]:
    """Give each schema as JSON text, by the kind of file it describes."""
    return {
        name: json.dumps(model.model_json_schema(by_alias=True), indent=1, ensure_ascii=False) + "\n"
        for name, model in _MODELS.items()
    }
