"""What many articles point to: comments and corrections, works cited, and the articles' own identifiers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from evsynth.sources.corpus.many.articles import Articles
from evsynth.sources.corpus.many.parts import words
from evsynth.sources.corpus.many.shapes import filled, given, joined, lists, struct, together, where
from evsynth.sources.formats.pubmed_article import LINKS

if TYPE_CHECKING:
    import pyarrow as pa

_CITATION = "MedlineCitation"


def links(articles: Articles, kind: pa.ListType) -> pa.ListArray:
    """Return comments, corrections and retractions under their MEDLINE tags."""
    import pyarrow as pa

    path = f"{_CITATION}/CommentsCorrectionsList/CommentsCorrections"
    found = articles.at(path)
    source, pmid, note = (words(articles, found, f"{path}/{name}") for name in ("RefSource", "PMID", "Note"))
    kinds = articles.attribute(found, "RefType").dictionary_encode()
    tags = pa.array([LINKS.get(one, one) for one in kinds.dictionary.to_pylist()], pa.string()).take(kinds.indices)
    printed = joined([source, together(where(filled(pmid), "PMID: "), pmid)], " ")
    columns = {"tag": tags, "citation": printed, "pmid": pmid, "note": note}
    return lists(struct(kind.value_type, columns, len(found)), articles.record(found), articles.count)


def references(articles: Articles, kind: pa.ListType) -> pa.ListArray:
    """Return the works cited, also those of lists in lists."""
    paths = ("PubmedData/ReferenceList/Reference", "PubmedData/ReferenceList/ReferenceList/Reference")
    found = articles.at(*paths)
    cited = words(articles, found, *(f"{path}/Citation" for path in paths))
    groups = articles.at(*(f"{path}/ArticleIdList" for path in paths))
    articles.once(groups, np.searchsorted(found, groups, "right"))
    ids = articles.at(*(f"{path}/ArticleIdList/ArticleId" for path in paths))
    identifier = kind.value_type.field("identifiers").type
    known = struct(
        identifier.value_type, {"value": articles.text(ids), "kind": articles.attribute(ids, "IdType")}, len(ids)
    )
    owned = lists(known, np.searchsorted(found, ids, "right") - 1, len(found), empty=True)
    values = struct(kind.value_type, {"citation": cited, "identifiers": owned}, len(found))
    return lists(values, articles.record(found), articles.count)


def identifiers(articles: Articles, pmids: pa.StringArray, kind: pa.ListType) -> dict[str, pa.Array]:
    """Sort the articles' own identifiers: PMCID, manuscript numbers, all others but the PMID itself."""
    import pyarrow as pa
    import pyarrow.compute as pc

    found = articles.at("PubmedData/ArticleIdList/ArticleId")
    records = articles.record(found)
    values = articles.text(found)
    full = filled(values)
    kinds = articles.attribute(found, "IdType")
    pmc, mid, own = (pc.equal(kinds, one).to_numpy(zero_copy_only=False) for one in ("pmc", "mid", "pubmed"))
    articles.blame(records[pmc & ~full])
    owners, first = np.unique(records[pmc], return_index=True)
    first_pmc = np.flatnonzero(pmc)[first]
    same = pc.equal(values, pmids.take(pa.array(records))).fill_null(False).to_numpy(zero_copy_only=False)
    left = full & ~mid & ~(own & same)
    left[first_pmc] = False
    kept, hand = np.flatnonzero(left), np.flatnonzero(mid)
    columns = {name: one.take(pa.array(kept)) for name, one in (("value", values), ("kind", kinds))}
    return {
        "pmcid": given(values.take(pa.array(first_pmc)), owners, articles.count),
        "manuscript_ids": lists(values.take(pa.array(hand)), records[hand], articles.count),
        "article_ids": lists(struct(kind.value_type, columns, len(kept)), records[kept], articles.count),
    }
