"""A document that numbers are quoted from, and what its sidecar says about it."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from evsynth.model.form import Plain

_OPEN = re.compile(r"cc0|public domain|cc[ -]by(?:-sa)?(?: \d|\b(?!-))", re.IGNORECASE)


def is_open(licence: str) -> bool:
    """Say whether everybody may keep, change and pass on a text: CC0, public domain, CC BY or CC BY-SA.

    >>> is_open("CC BY 4.0"), is_open("CC BY-NC-ND 4.0")
    (True, False)
    """
    return _OPEN.match(licence.strip()) is not None


Grade = Literal["primary", "abstract", "record", "secondary"]


class Sidecar(BaseModel):
    """The file `corpora/sources/<id>.yaml` that stands beside a document."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str = Field(description="Identifier of the document; the name of this file.")
    kind: Literal["full text", "abstract page", "record", "secondary summary"] = Field(
        description="What the document is."
    )
    grade: Grade = Field(description="How near it is to the study: primary, abstract, record or secondary.")
    study: str = Field(description="Identifier of the study it reports.")
    title: str
    authors: tuple[str, ...] = ()
    year: Plain | None = None
    journal: str | None = None
    doi: str | None = None
    pmid: Plain | None = None
    pmcid: str | None = None
    url: str | None = Field(None, description="Where it was obtained.")
    licence: str = Field(description="Licence of the document, or 'not openly licensed'.")
    attribution: str = Field(description="The credit that the licence asks for.")
    origin: str = Field(description="How and from where the bytes came here.")
    file: str | None = Field(
        None,
        pattern=r"^[^/\\\x00-\x1f.][^/\\\x00-\x1f]*$",
        description="Name of the document beside this sidecar; leave out if it is not held.",
    )
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the bytes of the document.")


class Source(NamedTuple):
    """A document with its sidecar; `text` is None where the document is not held, `actual_sha256` likewise."""

    about: Sidecar
    text: str | None
    actual_sha256: str | None
