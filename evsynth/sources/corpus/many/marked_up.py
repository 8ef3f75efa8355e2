"""What many articles print with markup, under the names of its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from evsynth.sources.corpus.many.articles import Articles
from evsynth.sources.corpus.many.shapes import lists, struct

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    Numbers = NDArray[np.integer[Any]]

_CITATION, _ARTICLE = "MedlineCitation", "MedlineCitation/Article"


def markup(articles: Articles, kind: pa.ListType) -> pa.ListArray:
    """Return what is printed with markup, each under the name of its field."""
    import pyarrow as pa

    named: list[tuple[int, str, str]] = []
    for path, name in (
        (f"{_ARTICLE}/ArticleTitle", "title"),
        (f"{_ARTICLE}/VernacularTitle", "vernacular_title"),
        (f"{_ARTICLE}/Abstract/AbstractText", "abstract.{}"),
        (f"{_CITATION}/KeywordList/Keyword", "keywords.{}"),
    ):
        named += _named(articles, articles.at(path), articles.at(path), name)
    entries = articles.at("PubmedData/ReferenceList/Reference", "PubmedData/ReferenceList/ReferenceList/Reference")
    citations = articles.at(
        "PubmedData/ReferenceList/Reference/Citation", "PubmedData/ReferenceList/ReferenceList/Reference/Citation"
    )
    named += _named(articles, citations, entries, "references.{}")
    named.sort()
    values = {
        "field": pa.array([one[1] for one in named], pa.string()),
        "text": pa.array([one[2] for one in named], pa.string()),
    }
    elements = np.array([one[0] for one in named], np.int64)
    return lists(struct(kind.value_type, values, len(named)), articles.record(elements), articles.count)


def _named(articles: Articles, elements: Numbers, counted: Numbers, name: str) -> list[tuple[int, str, str]]:
    """Return markup under the name of its field, in which the number of the element in its article may stand."""
    held = elements[np.isin(elements, list(articles.markup))]
    if not len(held):
        return []
    first = np.searchsorted(articles.record(counted), np.arange(articles.count))
    at = np.searchsorted(counted, held, "right") - 1
    numbers = at - first[articles.record(held)]
    return [
        (element, name.format(number), articles.markup[element])
        for element, number in zip(held.tolist(), numbers.tolist(), strict=True)
    ]
