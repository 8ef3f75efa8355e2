"""The file `corpora/searches/<name>/search.yaml`: what is searched, how, why, and what PRISMA-S asks to report."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, WithJsonSchema, model_validator

from evsynth.model.form import Form, Id, Words

Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]

Pmid = Annotated[
    str,
    StringConstraints(pattern=r"^[1-9][0-9]{0,8}$"),
    WithJsonSchema({"type": ["string", "integer"], "pattern": r"^[1-9][0-9]{0,8}$"}),
]
"""The number of a PubMed record."""

Direction = Literal["cited by", "cites"]


class Limit(Form):
    """A restriction that is added to the query with AND, and the reason for it (PRISMA-S item 9)."""

    limit: Words = Field(description="In the syntax of the source, such as `english[la]`.")
    because: Words


class Filter(Form):
    """A published search filter that is added to the query with AND (PRISMA-S item 10)."""

    filter: Words = Field(description="Name of the filter.")
    query: Words = Field(description="The filter in the syntax of the source, whole.")
    citation: Words = Field(description="Where it is published; say so if it was modified.")


class Search(Form):
    """One search of one source. A search of citations starts from studies instead of a query."""

    search: Id = Field(description="Identifier of the search; the name of its folder.")
    source: Literal["PubMed", "PubMed citations"] = Field(
        description="PubMed: records that match a query. PubMed citations: what included studies cite and are cited by."
    )
    query: Words | None = Field(None, description="The whole query in the syntax of the source; no limits, no filters.")
    limits: tuple[Limit, ...] = ()
    filters: tuple[Filter, ...] = ()
    studies: tuple[Pmid, ...] = Field(
        (), description="Search of citations: PMIDs to start from; left out, every study of the review with a PMID."
    )
    directions: tuple[Direction, ...] = Field(
        ("cited by", "cites"), min_length=1, description="Search of citations: forward (cited by), backward (cites)."
    )
    by: Words = Field(description="Who designed the search.")
    date: Day = Field(description="When it was designed; a snapshot keeps the day it was taken.")
    adapted_from: Words | None = Field(None, description="Earlier searches this one was taken or adapted from.")
    peer_review: Words | None = Field(None, description="Who reviewed the strategy, and how (PRESS, for example).")
    updates: Words | None = Field(None, description="How the search is kept up to date.")
    note: Words | None = None

    @model_validator(mode="after")
    def _has_its_start(self) -> Search:
        if self.source == "PubMed":
            if not self.query:
                raise ValueError("a search of PubMed needs a query; add `query:`")
            if self.studies or "directions" in self.model_fields_set:
                raise ValueError("a query has no studies to start from; leave `studies` and `directions` out")
        elif self.query or self.limits or self.filters:
            raise ValueError("citations are not searched by a query; leave `query`, `limits` and `filters` out")
        return self
