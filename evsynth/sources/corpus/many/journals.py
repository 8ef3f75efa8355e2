"""The journals of many articles at once, and the pages on which the articles stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from evsynth.sources.corpus.many.articles import Articles
from evsynth.sources.corpus.many.parts import words
from evsynth.sources.corpus.many.shapes import among, empty_is_null, given, joined, lists, struct, unless_empty

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    Numbers = NDArray[np.integer[Any]]
    Columns = dict[str, pa.Array]

_CITATION, _ARTICLE = "MedlineCitation", "MedlineCitation/Article"


def journal(articles: Articles, kind: pa.StructType) -> pa.StructArray:
    """Return journals: what the issue prints, then what NLM's catalogue says."""
    import pyarrow as pa
    import pyarrow.compute as pc

    count = articles.count
    journals, infos = f"{_ARTICLE}/Journal", f"{_CITATION}/MedlineJournalInfo"
    columns: Columns = {}
    all_: list[Numbers] = []

    def part(path: str) -> pa.StringArray:
        found = articles.at(path)
        records = articles.record(found)
        articles.once(found, records)
        all_.append(records)
        return given(articles.text(found), records, count)

    columns["title"] = part(f"{journals}/Title")
    own = part(f"{journals}/ISOAbbreviation")
    known = part(f"{infos}/MedlineTA")
    columns["abbreviation"] = pc.coalesce(unless_empty(known.fill_null("")), own, known)
    columns["nlm_id"] = part(f"{infos}/NlmUniqueID")
    columns["place"] = part(f"{infos}/Country")
    printed, linking = articles.at(f"{journals}/ISSN"), articles.at(f"{infos}/ISSNLinking")
    for found in (printed, linking):
        articles.once(found, articles.record(found))
    both = np.concatenate([printed, linking])
    order = np.argsort(both)
    names = pa.concat_arrays(
        [articles.attribute(printed, "IssnType"), pa.array(["Linking"] * len(linking), pa.string())]
    )
    issn = kind.field("issns").type
    columns["issns"] = lists(
        struct(
            issn.value_type,
            {"number": articles.text(both[order]), "kind": names.take(pa.array(order))},
            len(both),
        ),
        articles.record(both[order]),
        count,
    )
    return struct(kind, columns, count, among(count, *all_, articles.record(both)))


def pages(articles: Articles) -> pa.StringArray:
    """Return the pages as they are printed, or the first and the last one."""
    import pyarrow.compute as pc

    path = f"{_ARTICLE}/Pagination"
    found = articles.at(path)
    printed, start, end = (words(articles, found, f"{path}/{name}") for name in ("MedlinePgn", "StartPage", "EndPage"))
    pages = pc.coalesce(unless_empty(printed), joined([start, end], "-"))
    return empty_is_null(pages, articles.record(found), articles.count)
