"""The fields of a book, or of a chapter of one, that PubMed lists beside articles."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from evsynth.sources.formats.elements import text
from evsynth.sources.formats.pubmed_article import (
    Fields,
    abstract,
    article_ids,
    author_list,
    day,
    grant,
    keyword_list,
    pages,
    published,
    pubmed_data,
    titled,
)


def book_fields(root: Element) -> Fields:
    """Return the fields of a `PubmedBookArticle` that print something."""
    found: Fields = {}
    markup: list[dict[str, str]] = []
    document = root.find("BookDocument")
    if document is not None:
        _document(document, found, markup)
    data = root.find("PubmedBookData")
    if data is not None:
        pubmed_data(data, found, markup)
    if markup:
        found["markup"] = tuple(markup)
    return {name: value for name, value in found.items() if value or value is False}


def _document(document: Element, found: Fields, markup: list[dict[str, str]]) -> None:
    dates: dict[str, str] = {}
    found["dates"] = dates
    types: list[str] = []
    languages: list[str] = []
    keywords: tuple[Fields, ...] = ()
    book: Fields = {}
    for child in document:
        tag = child.tag
        if tag == "PMID":
            found["pmid"], found["version"] = text(child), child.get("Version", "")
        elif tag == "Book":
            book = _book(child, found, dates)
        elif tag == "ArticleTitle":
            found["title"] = titled("title", child, markup)
        elif tag == "VernacularTitle":
            found["vernacular_title"] = titled("vernacular_title", child, markup)
        elif tag == "LocationLabel":
            book["chapter"] = text(child)
        elif tag == "Abstract":
            abstract(child, found, markup)
        elif tag == "AuthorList":
            author_list(child, found)
        elif tag == "Pagination":
            found["pages"] = pages(child)
        elif tag == "Language":
            languages.append(text(child))
        elif tag == "PublicationType":
            types.append(text(child))
        elif tag == "ArticleIdList":
            article_ids(child, found)
        elif tag == "KeywordList":
            keywords += keyword_list(child, len(keywords), markup)
        elif tag == "ContributionDate":
            dates["book_contributed"] = day(child)
        elif tag == "DateRevised":
            dates["book_revised"] = day(child)
        elif tag == "GrantList":
            found["grants"] = tuple(map(grant, child))
    found["book"] = {name: value for name, value in book.items() if value}
    found["languages"] = tuple(languages)
    found["publication_types"] = tuple(types)
    found["keywords"] = keywords


def _book(book: Element, found: Fields, dates: dict[str, str]) -> Fields:
    isbns: list[str] = []
    located: list[dict[str, str]] = []
    about: Fields = {}
    names = {
        "BookTitle": "title",
        "CollectionTitle": "collection",
        "VolumeTitle": "volume_title",
        "Edition": "edition",
    }
    for child in book:
        tag = str(child.tag)
        if tag in names:
            about[names[tag]] = text(child)
        elif tag == "Publisher":
            about["publisher"] = text(child.find("PublisherName"))
            found["journal"] = {"place": text(child.find("PublisherLocation"))}
        elif tag == "PubDate":
            dates["published"] = published(child)
        elif tag == "Volume":
            found["volume"] = text(child)
        elif tag == "Isbn":
            isbns.append(text(child))
        elif tag == "AuthorList":
            author_list(child, found)
        elif tag == "ELocationID":
            located.append({"value": text(child), "kind": child.get("EIdType", "")})
    about["isbns"] = tuple(isbns)
    found["location_ids"] = tuple(located)
    return about
