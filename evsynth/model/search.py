"""The file `corpora/searches/<name>/search.yaml`: what is searched, how, why, and what PRISMA-S asks to report."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, WithJsonSchema, model_validator

from evsynth.model.form import Form, Id, Words
from evsynth.model.found import Way

Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]

Pmid = Annotated[
    str,
    StringConstraints(pattern=r"^[1-9][0-9]{0,8}$"),
    WithJsonSchema({"type": ["string", "integer"], "pattern": r"^[1-9][0-9]{0,8}$"}),
]
"""The number of a PubMed record."""

Direction = Literal["cited by", "cites"]


Method = Literal["database", "registry", "website", "citations", "contact", "other"]
"""How a search by hand finds records: PRISMA-S items 1, 3, 4, 5, 6 and 7, in this order."""


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
    """One search of one source. A search of citations starts from studies instead of a query.

    A search by hand is run by a person at the source; what it exported is entered with `evsynth search import`.
    """

    search: Id = Field(description="Identifier of the search; the name of its folder.")
    source: Literal["PubMed", "PubMed citations", "by hand"] = Field(
        description="PubMed: records that match a query. PubMed citations: what included studies cite and are cited by."
        " By hand: a person searched, and exported what was found."
    )
    resource: Words | None = Field(
        None,
        description="By hand: what was searched, such as Embase, ClinicalTrials.gov, a web site, or who was asked.",
    )
    method: Method | None = Field(None, description="By hand: the way of searching, which PRISMA-S tells apart.")
    platform: Words | None = Field(None, description="By hand: where it was searched, such as Ovid or Embase.com.")
    coverage: Words | None = Field(None, description="By hand: the years that the source held on that day.")
    together_with: tuple[Words, ...] = Field(
        (), description="By hand: other databases searched at the same time on the same platform (PRISMA-S item 2)."
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

    @property
    def way(self) -> Way:
        """How the PRISMA 2020 flow counts its records: databases and registers, or other methods."""
        others = ("website", "citations", "contact", "other")
        return "other" if self.source == "PubMed citations" or self.method in others else "database"

    @model_validator(mode="after")
    def _has_its_start(self) -> Search:
        own = {"resource", "method", "platform", "coverage", "together_with"} & self.model_fields_set
        if self.source == "by hand":
            if self.resource is None or self.method is None:
                missing = "resource" if self.resource is None else "method"
                raise ValueError(f"a search by hand says what was searched and how; add `{missing}:`")
            if self.method in ("database", "registry") and not self.query:
                raise ValueError("a search of a database or registry needs its strategy, as it was run; add `query:`")
            if self.studies or "directions" in self.model_fields_set:
                raise ValueError("a search by hand has no studies to start from; leave `studies` and `directions` out")
        elif own:
            raise ValueError(f"`{min(own)}` belongs to a search by hand; leave it out, or write `source: by hand`")
        elif self.source == "PubMed":
            if not self.query:
                raise ValueError("a search of PubMed needs a query; add `query:`")
            if self.studies or "directions" in self.model_fields_set:
                raise ValueError("a query has no studies to start from; leave `studies` and `directions` out")
        elif self.query or self.limits or self.filters:
            raise ValueError("citations are not searched by a query; leave `query`, `limits` and `filters` out")
        return self
