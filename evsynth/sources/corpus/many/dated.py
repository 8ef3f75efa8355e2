"""The dates of many articles at once, and the steps of their publication."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from evsynth.sources.corpus.many.articles import Articles
from evsynth.sources.corpus.many.parts import day, moment, published
from evsynth.sources.corpus.many.shapes import given, lists, struct

if TYPE_CHECKING:
    import pyarrow as pa

    Columns = dict[str, pa.Array]

_CITATION, _ARTICLE = "MedlineCitation", "MedlineCitation/Article"
_DAYS = {"completed": "DateCompleted", "revised": "DateRevised", "record_created": "DateCreated"}
_EVENTS = {"pubmed": "entrez", "medline": "mesh", "entrez": "created", "pmc-release": "pmc_release"}


def history(articles: Articles, kind: pa.ListType) -> tuple[pa.ListArray, Columns]:
    """Return the steps of publication, and the dates that are among them."""
    import pyarrow as pa

    found = moment(articles, "PubmedData/History/PubMedPubDate")
    status = articles.attribute(found.elements, "PubStatus")
    steps = struct(kind.value_type, {"when": found.values, "status": status}, len(found.elements))
    events: Columns = {}
    for event, field in _EVENTS.items():
        said = articles.says(found.elements, lambda about, event=event: about.get("PubStatus") == event)  # type: ignore[misc]
        at = np.flatnonzero(said)
        owners, first = np.unique(found.owners[at], return_index=True)
        events[field] = given(found.values.take(pa.array(at[first])), owners, articles.count)
    return lists(steps, found.owners, articles.count), events


def dates(articles: Articles, kind: pa.StructType, events: Columns) -> pa.StructArray:
    columns = dict(events)
    found = published(articles, f"{_ARTICLE}/Journal/JournalIssue/PubDate")
    articles.once(found.elements, found.owners)
    columns["published"] = given(found.values, found.owners, articles.count)
    days = {"electronic": f"{_ARTICLE}/ArticleDate", **{name: f"{_CITATION}/{tag}" for name, tag in _DAYS.items()}}
    for name, path in days.items():
        found = day(articles, path)
        articles.once(found.elements, found.owners)
        columns[name] = given(found.values, found.owners, articles.count)
    there = np.zeros(articles.count, np.bool_)
    for one in columns.values():
        there |= one.is_valid().to_numpy(zero_copy_only=False)
    return struct(kind, columns, articles.count, there)
