"""The fields of many articles at once, as columns: what `pubmed_article.article_fields` gives for one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from evsynth.sources.corpus.many.articles import Articles
from evsynth.sources.corpus.many.lists import (
    abstract,
    databanks,
    grants,
    headings,
    identifiers,
    keywords,
    links,
    located,
    plain_list,
    references,
    substances,
)
from evsynth.sources.corpus.many.parts import day, moment, people, published, words
from evsynth.sources.corpus.many.shapes import given, joined, lists, struct, unless_empty

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    Numbers = NDArray[np.integer[Any]]
    Columns = dict[str, pa.Array]

_CITATION, _ARTICLE = "MedlineCitation", "MedlineCitation/Article"
_DAYS = {"completed": "DateCompleted", "revised": "DateRevised", "record_created": "DateCreated"}
_EVENTS = {"pubmed": "entrez", "medline": "mesh", "entrez": "created", "pmc-release": "pmc_release"}
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
        columns[name] = _empty_is_null(articles.attribute(found, attribute), articles.record(found), articles.count)
    columns["journal"] = _journal(articles, kinds["journal"])
    columns["pages"] = _pages(articles)
    columns["history"], events = _history(articles, kinds["history"])
    columns["dates"] = _dates(articles, kinds["dates"], events)
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
    columns["markup"] = _markup(articles, kinds["markup"])
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
    return _empty_is_null(articles.text(found), records, articles.count)


def _empty_is_null(values: pa.StringArray, records: Numbers, count: int) -> pa.StringArray:
    return unless_empty(given(values, records, count, empty=True))


def _there(count: int, *records: NDArray[np.integer]) -> NDArray[np.bool_]:
    there = np.zeros(count, np.bool_)
    for one in records:
        there[one] = True
    return there


def _people(articles: Articles, path: str, kind: pa.ListType) -> pa.ListArray:
    found = people(articles, path, kind.value_type)
    return lists(found.values, found.owners, articles.count)


def _complete(articles: Articles) -> pa.BooleanArray:
    import pyarrow as pa

    found = articles.at(f"{_ARTICLE}/AuthorList")
    editors = articles.says(found, lambda about: about.get("Type") == "editors")
    articles.blame(articles.record(found[editors]))
    partly = articles.record(found[articles.says(found, lambda about: about.get("CompleteYN") == "N")])
    return pa.array(np.zeros(articles.count, np.bool_), mask=~_there(articles.count, partly))


def _journal(articles: Articles, kind: pa.StructType) -> pa.StructArray:
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
    return struct(kind, columns, count, _there(count, *all_, articles.record(both)))


def _pages(articles: Articles) -> pa.StringArray:
    import pyarrow.compute as pc

    path = f"{_ARTICLE}/Pagination"
    found = articles.at(path)
    printed, start, end = (words(articles, found, f"{path}/{name}") for name in ("MedlinePgn", "StartPage", "EndPage"))
    pages = pc.coalesce(unless_empty(printed), joined([start, end], "-"))
    return _empty_is_null(pages, articles.record(found), articles.count)


def _history(articles: Articles, kind: pa.ListType) -> tuple[pa.ListArray, Columns]:
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


def _dates(articles: Articles, kind: pa.StructType, events: Columns) -> pa.StructArray:
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


def _markup(articles: Articles, kind: pa.ListType) -> pa.ListArray:
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
    held = [one for one in elements.tolist() if one in articles.markup]
    if not held:
        return []
    first = np.searchsorted(articles.record(counted), np.arange(articles.count))
    at = np.searchsorted(counted, np.array(held), "right") - 1
    numbers = at - first[articles.record(np.array(held))]
    return [
        (element, name.format(number), articles.markup[element])
        for element, number in zip(held, numbers.tolist(), strict=True)
    ]
