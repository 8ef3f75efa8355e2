"""What every model that is read from a reviewer's file has in common: frozen, no unknown keys, text kept as text."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, WithJsonSchema

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]*$")]
"""An identifier: lower-case letters, digits, hyphens and points."""

Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
"""Text that says something."""

Plain = Annotated[str, WithJsonSchema({"type": ["string", "number"]})]
"""Text that often looks like a number (a year, a volume); editors accept it with and without quotes."""

Number = Annotated[
    str,
    StringConstraints(pattern=r"^-?[0-9]+(\.[0-9]+)?$"),
    WithJsonSchema({"type": ["string", "number"], "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}),
]
"""A number that stays text: its digits are kept as they are written."""


class Form(BaseModel):
    """Base of all models that are read from YAML."""

    model_config = ConfigDict(extra="forbid", frozen=True)
