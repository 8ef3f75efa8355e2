"""The lists of many articles at once: sections of abstracts, headings, keywords, grants, references and others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from evsynth.sources.corpus.many.articles import Articles
from evsynth.sources.corpus.many.parts import child, children, words
from evsynth.sources.corpus.many.shapes import filled, given, joined, lists, struct, together, where

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    Numbers = NDArray[np.integer[Any]]

_CITATION, _ARTICLE = "MedlineCitation", "MedlineCitation/Article"


def plain_list(articles: Articles, path: str, *, source: bool = False) -> pa.ListArray:
    """Return the texts of elements; with `source`, where one is from stands after it in brackets."""
    found = articles.at(path)
    values = articles.text(found)
    if source:
        known = articles.attribute(found, "Source")
        there = filled(known)
        values = together(values, where(there, " ["), known, where(there, "]"))
    return lists(values, articles.record(found), articles.count)


def abstract(articles: Articles, kind: pa.ListType) -> pa.ListArray:
    """Return the sections of abstracts; one without any attribute has no label, not even an empty one."""
    import pyarrow as pa
    import pyarrow.compute as pc

    found = articles.at(f"{_ARTICLE}/Abstract/AbstractText")
    texts, label = articles.text(found), articles.attribute(found, "Label")
    articles.blame(articles.record(found[~(filled(texts) | filled(label))]))
    named = pa.array(articles.says(found, bool))
    columns = {"text": texts}
    for field, name in (("label", "Label"), ("category", "NlmCategory")):
        columns[field] = pc.if_else(named, articles.attribute(found, name), None)
    return lists(struct(kind.value_type, columns, len(found)), articles.record(found), articles.count)


def located(articles: Articles, kind: pa.ListType) -> pa.ListArray:
    """Return identifiers of the place, of which some are marked as invalid."""
    found = articles.at(f"{_ARTICLE}/ELocationID")
    said = articles.attribute(found, "EIdType")
    wrong = articles.says(found, lambda about: about.get("ValidYN") == "N")
    if wrong.any():
        said = together(where(wrong, "invalid "), said)
    values = struct(kind.value_type, {"value": articles.text(found), "kind": said}, len(found))
    return lists(values, articles.record(found), articles.count)


def headings(articles: Articles, kind: pa.ListType) -> pa.ListArray:
    """Return MeSH headings with their qualifiers."""
    path = f"{_CITATION}/MeshHeadingList/MeshHeading"
    found = articles.at(path)
    names = children(articles, found, f"{path}/DescriptorName")
    if len(names.elements) != len(found) or (names.owners != np.arange(len(found))).any():
        each = np.bincount(names.owners, minlength=len(found)) if len(found) else np.zeros(0)
        articles.blame(articles.record(found[each != 1]))
        names = child(articles, found, f"{path}/DescriptorName")
    under = children(articles, found, f"{path}/QualifierName")
    qualifier = kind.value_type.field("qualifiers").type
    columns = {
        name: given(values, names.owners, len(found), empty=True)
        for name, values in (("name", names.values), ("ui", articles.attribute(names.elements, "UI")))
    }
    columns["major"] = _major(articles, names.elements, names.owners, len(found))
    columns["qualifiers"] = lists(
        struct(
            qualifier.value_type,
            {
                "name": under.values,
                "ui": articles.attribute(under.elements, "UI"),
                "major": _major(articles, under.elements, np.arange(len(under.elements)), len(under.elements)),
            },
            len(under.elements),
        ),
        under.owners,
        len(found),
        empty=True,
    )
    return lists(struct(kind.value_type, columns, len(found)), articles.record(found), articles.count)


def _major(articles: Articles, elements: Numbers, owners: Numbers, count: int) -> pa.BooleanArray:
    import pyarrow as pa

    starred = np.zeros(count, np.bool_)
    starred[owners] = articles.says(elements, lambda about: about.get("MajorTopicYN") == "Y")
    return pa.array(starred)


def keywords(articles: Articles, kind: pa.ListType) -> pa.ListArray:
    """Return keywords, with the owner of their list."""
    import pyarrow as pa

    groups = articles.at(f"{_CITATION}/KeywordList")
    found = children(articles, groups, f"{_CITATION}/KeywordList/Keyword")
    count = len(found.elements)
    owner = articles.attribute(groups, "Owner").take(pa.array(found.owners))
    starred = _major(articles, found.elements, np.arange(count), count)
    values = struct(kind.value_type, {"text": found.values, "major": starred, "owner": owner}, count)
    return lists(values, articles.record(found.elements), articles.count)


def substances(articles: Articles, kind: pa.ListType) -> pa.ListArray:
    """Return chemicals and supplementary concepts in their order; only a chemical has a registry number."""
    import pyarrow as pa

    path = f"{_CITATION}/ChemicalList/Chemical"
    chemicals, others = articles.at(path), articles.at(f"{_CITATION}/SupplMeshList/SupplMeshName")
    named = child(articles, chemicals, f"{path}/NameOfSubstance")
    uis = given(articles.attribute(named.elements, "UI"), named.owners, len(chemicals), empty=True)
    names = given(named.values, named.owners, len(chemicals), empty=True)
    both = np.concatenate([chemicals, others])
    order = pa.array(np.argsort(both))
    none = [pa.nulls(len(one), pa.string()) for one in (chemicals, others)]
    columns = {
        "registry": pa.concat_arrays([words(articles, chemicals, f"{path}/RegistryNumber"), none[1]]),
        "name": pa.concat_arrays([names, articles.text(others)]),
        "ui": pa.concat_arrays([uis, articles.attribute(others, "UI")]),
        "kind": pa.concat_arrays([none[0], articles.attribute(others, "Type")]),
    }
    if len(others):
        columns = {name: values.take(order) for name, values in columns.items()}
    return lists(struct(kind.value_type, columns, len(both)), articles.record(np.sort(both)), articles.count)


def databanks(articles: Articles, kind: pa.ListType) -> pa.ListArray:
    """Return accession numbers, each with the name of its databank."""
    import pyarrow as pa

    path = f"{_ARTICLE}/DataBankList/DataBank"
    banks = articles.at(path)
    names = words(articles, banks, f"{path}/DataBankName")
    found = children(articles, banks, f"{path}/AccessionNumberList/AccessionNumber")
    lonely = np.ones(len(banks), np.bool_)
    lonely[found.owners] = False
    articles.blame(articles.record(banks[lonely]))
    columns = {"databank": names.take(pa.array(found.owners)), "accession": found.values}
    values = struct(kind.value_type, columns, len(found.elements))
    return lists(values, articles.record(found.elements), articles.count)


def grants(articles: Articles, kind: pa.ListType) -> pa.ListArray:
    """Return grants in parts, and as a MEDLINE record prints them."""
    path = f"{_ARTICLE}/GrantList/Grant"
    found = articles.at(path)
    fields = {"number": "GrantID", "acronym": "Acronym", "agency": "Agency", "country": "Country"}
    columns = {field: words(articles, found, f"{path}/{name}") for field, name in fields.items()}
    columns["printed"] = joined(list(columns.values()), "/")
    return lists(struct(kind.value_type, columns, len(found)), articles.record(found), articles.count)
