"""The file `corpora/searches/reporting.yaml`: what PRISMA-S asks of the whole review, and no single search can say."""

from __future__ import annotations

from pydantic import Field

from evsynth.model.form import Form, Words


class Reporting(Form):
    """A sentence for each item; also that something was not done, and why. What is left out is not recorded."""

    databases: Words | None = Field(None, description="Item 1, where no search of the review says it.")
    together: Words | None = Field(None, description="Item 2: databases searched at the same time on one platform.")
    registries: Words | None = Field(None, description="Item 3: study registries.")
    browsing: Words | None = Field(None, description="Item 4: web sites, tables of contents, proceedings; and how.")
    citation_searching: Words | None = Field(None, description="Item 5: cited and citing references.")
    contacts: Words | None = Field(None, description="Item 6: authors, experts, manufacturers who were asked.")
    other_methods: Words | None = Field(None, description="Item 7: any other source or method.")
    peer_review: Words | None = Field(None, description="Item 14, of all searches.")
    deduplication: Words | None = Field(None, description="Item 16: what was done beside `evsynth duplicates`.")
    note: Words | None = None
