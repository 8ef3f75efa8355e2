"""The fields of many articles at once, as columns: what `pubmed_article.article_fields` gives for one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from evsynth.sources.corpus.many.articles import Articles
from evsynth.sources.corpus.many.dated import dates, history
from evsynth.sources.corpus.many.journals import journal, pages
from evsynth.sources.corpus.many.linked import identifiers, links, references
from evsynth.sources.corpus.many.lists import (
    abstract,
    databanks,
    grants,
    headings,
    keywords,
    located,
    plain_list,
    substances,
)
from evsynth.sources.corpus.many.marked_up import markup
from evsynth.sources.corpus.many.parts import people
from evsynth.sources.corpus.many.shapes import among, empty_is_null, lists

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    Numbers = NDArray[np.integer[Any]]
    Columns = dict[str, pa.Array]

_CITATION, _ARTICLE = "MedlineCitation", "MedlineCitation/Article"
#: Elements that stand in an article once; a second one changes what the first one said.
_ONCE = (
    "MedlineCitation", "PubmedData", "MedlineCitation/Article", "MedlineCitation/MedlineJournalInfo",
    "MedlineCitation/MeshHeadingList", "MedlineCitation/CommentsCorrectionsList", "MedlineCitation/GeneSymbolList",
    "MedlineCitation/Article/Journal", "MedlineCitation/Article/Journal/JournalIssue",
    "MedlineCitation/Article/Pagination", "MedlineCitation/Article/Abstract", "MedlineCitation/Article/AuthorList",
    "MedlineCitation/Article/DataBankList", "MedlineCitation/Article/GrantList",
    "MedlineCitation/Article/PublicationTypeList", "PubmedData/History", "PubmedData/ArticleIdList",
)  # fmt: skip


def fields(articles: Articles, schema: pa.Schema) -> Columns:
    """Return the columns of all fields that an article can have; the others are null."""
    kinds = {field.name: field.type for field in schema}
    for path in _ONCE:
        found = articles.at(path)
        articles.once(found, articles.record(found))
    _ordered(articles)
    columns: Columns = {}
    for name, path in (
        ("title", f"{_ARTICLE}/ArticleTitle"),
        ("vernacular_title", f"{_ARTICLE}/VernacularTitle"),
        ("copyright", f"{_ARTICLE}/Abstract/CopyrightInformation"),
        ("volume", f"{_ARTICLE}/Journal/JournalIssue/Volume"),
        ("issue", f"{_ARTICLE}/Journal/JournalIssue/Issue"),
        ("references_count", f"{_CITATION}/NumberOfReferences"),
        ("conflict_of_interest", f"{_CITATION}/CoiStatement"),
        ("publication_status", "PubmedData/PublicationStatus"),
        ("pmid", f"{_CITATION}/PMID"),
    ):
        columns[name] = _one(articles, path)
    for name, path, attribute in (
        ("owner", _CITATION, "Owner"),
        ("status", _CITATION, "Status"),
        ("version", f"{_CITATION}/PMID", "Version"),
        ("publishing_model", _ARTICLE, "PubModel"),
    ):
        found = articles.at(path)
        columns[name] = empty_is_null(articles.attribute(found, attribute), articles.record(found), articles.count)
    columns["journal"] = journal(articles, kinds["journal"])
    columns["pages"] = pages(articles)
    columns["history"], events = history(articles, kinds["history"])
    columns["dates"] = dates(articles, kinds["dates"], events)
    columns["authors"] = _people(articles, f"{_ARTICLE}/AuthorList/Author", kinds["authors"])
    columns["authors_complete"] = _complete(articles)
    columns["investigators"] = _people(articles, f"{_CITATION}/InvestigatorList/Investigator", kinds["investigators"])
    subjects = f"{_CITATION}/PersonalNameSubjectList/PersonalNameSubject"
    columns["persons_as_subject"] = _people(articles, subjects, kinds["persons_as_subject"])
    for name, path in (
        ("subsets", f"{_CITATION}/CitationSubset"),
        ("languages", f"{_ARTICLE}/Language"),
        ("publication_types", f"{_ARTICLE}/PublicationTypeList/PublicationType"),
        ("gene_symbols", f"{_CITATION}/GeneSymbolList/GeneSymbol"),
        ("space_flight", f"{_CITATION}/SpaceFlightMission"),
        ("general_notes", f"{_CITATION}/GeneralNote"),
    ):
        columns[name] = plain_list(articles, path)
    columns["other_ids"] = plain_list(articles, f"{_CITATION}/OtherID", source=True)
    columns["abstract"] = abstract(articles, kinds["abstract"])
    columns["location_ids"] = located(articles, kinds["location_ids"])
    columns["mesh"] = headings(articles, kinds["mesh"])
    columns["keywords"] = keywords(articles, kinds["keywords"])
    columns["substances"] = substances(articles, kinds["substances"])
    columns["databank_ids"] = databanks(articles, kinds["databank_ids"])
    columns["grants"] = grants(articles, kinds["grants"])
    columns["links"] = links(articles, kinds["links"])
    columns["references"] = references(articles, kinds["references"])
    columns |= identifiers(articles, columns["pmid"], kinds["article_ids"])
    columns["markup"] = markup(articles, kinds["markup"])
    return columns


def _ordered(articles: Articles) -> None:
    """Leave articles whose parts stand in another order, or without a citation and a PMID, to the reader of one."""
    last = np.full(articles.count, -1)
    for path in (_CITATION, f"{_CITATION}/PMID", _ARTICLE, f"{_CITATION}/MedlineJournalInfo", "PubmedData"):
        found = articles.at(path)
        records = articles.record(found)
        articles.blame(records[found <= last[records]])
        last[records] = found
        if path.startswith(_CITATION) and not path.endswith("Info"):
            missing = np.ones(articles.count, np.bool_)
            missing[records] = False
            articles.blame(np.flatnonzero(missing))


def _one(articles: Articles, path: str) -> pa.StringArray:
    found = articles.at(path)
    records = articles.record(found)
    articles.once(found, records)
    return empty_is_null(articles.text(found), records, articles.count)


def _people(articles: Articles, path: str, kind: pa.ListType) -> pa.ListArray:
    found = people(articles, path, kind.value_type)
    return lists(found.values, found.owners, articles.count)


def _complete(articles: Articles) -> pa.BooleanArray:
    import pyarrow as pa

    found = articles.at(f"{_ARTICLE}/AuthorList")
    editors = articles.says(found, lambda about: about.get("Type") == "editors")
    articles.blame(articles.record(found[editors]))
    partly = articles.record(found[articles.says(found, lambda about: about.get("CompleteYN") == "N")])
    return pa.array(np.zeros(articles.count, np.bool_), mask=~among(articles.count, partly))
