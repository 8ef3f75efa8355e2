"""The fields of one PubMed article, read from its XML element into the shape of `model.record.Record`.

Dates, pages, links and identifiers are spelled as the MEDLINE text of the same record spells them, so that one record
reads alike in both formats.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

from evsynth.sources.formats.elements import marked, text
from evsynth.sources.formats.pubmed_people import people, person

Fields = dict[str, Any]

#: The MEDLINE tag of each kind of comment or correction.
LINKS = {
    "CommentOn": "CON",
    "CommentIn": "CIN",
    "ErratumIn": "EIN",
    "ErratumFor": "EFR",
    "CorrectedandRepublishedIn": "CRI",
    "CorrectedandRepublishedFrom": "CRF",
    "DatasetDescribedIn": "DDIN",
    "DatasetUseReportedIn": "DRIN",
    "ExpressionOfConcernIn": "ECI",
    "ExpressionOfConcernFor": "ECF",
    "OriginalReportIn": "ORI",
    "PartialRetractionIn": "PRIN",
    "PartialRetractionOf": "PROF",
    "RepublishedIn": "RPI",
    "RepublishedFrom": "RPF",
    "RetractionIn": "RIN",
    "RetractionOf": "ROF",
    "RetractedandRepublishedIn": "RRI",
    "RetractedandRepublishedFrom": "RRF",
    "SummaryForPatientsIn": "SPIN",
    "UpdateIn": "UIN",
    "UpdateOf": "UOF",
}
_MONTHS = dict(enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1))
_DIGITS = 9
"""A number of more digits is no month, and int() refuses very long ones."""
#: The dates of the history that a MEDLINE record prints under tags of their own.
_EVENTS = {"pubmed": "entrez", "medline": "mesh", "entrez": "created", "pmc-release": "pmc_release"}


def article_fields(root: Element) -> Fields:
    """Return the fields of a `PubmedArticle` (or of a `MedlineCitation` alone) that print something."""
    citation = root if root.tag == "MedlineCitation" else root.find("MedlineCitation")
    found: Fields = {}
    markup: list[dict[str, str]] = []
    if citation is not None:
        _citation(citation, found, markup)
    data = root.find("PubmedData")
    if data is not None:
        pubmed_data(data, found, markup)
    if markup:
        found["markup"] = tuple(markup)
    return {name: value for name, value in found.items() if value or value is False}


def _citation(citation: Element, found: Fields, markup: list[dict[str, str]]) -> None:
    found["owner"] = citation.get("Owner", "")
    found["status"] = citation.get("Status", "")
    dates: dict[str, str] = {}
    found["dates"] = dates
    for child in citation:
        tag = str(child.tag)
        if tag == "PMID":
            found["pmid"], found["version"] = text(child), child.get("Version", "")
        elif tag == "Article":
            _article(child, found, dates, markup)
        elif tag == "MedlineJournalInfo":
            _journal_info(child, found)
        elif tag in _DAYS:
            dates[_DAYS[tag]] = day(child)
        elif tag in _LISTS:
            name, one = _LISTS[tag]
            found[name] = found.get(name, ()) + tuple(map(one, child))
        elif tag in _SINGLE:
            name, one = _SINGLE[tag]
            found[name] = (*found.get(name, ()), one(child))
        elif tag in _TEXTS:
            found[_TEXTS[tag]] = text(child)
        elif tag == "KeywordList":
            before = found.get("keywords", ())
            found["keywords"] = before + keyword_list(child, len(before), markup)


def _article(article: Element, found: Fields, dates: dict[str, str], markup: list[dict[str, str]]) -> None:
    found["publishing_model"] = article.get("PubModel", "")
    languages: list[str] = []
    located: list[dict[str, str]] = []
    for child in article:
        tag = child.tag
        if tag == "ArticleTitle":
            found["title"] = titled("title", child, markup)
        elif tag == "Abstract":
            abstract(child, found, markup)
        elif tag == "AuthorList":
            author_list(child, found)
        elif tag == "Journal":
            _journal(child, found, dates)
        elif tag == "Pagination":
            found["pages"] = pages(child)
        elif tag == "ELocationID":
            invalid = child.get("ValidYN") == "N"
            kind = child.get("EIdType", "")
            located.append({"value": text(child), "kind": f"invalid {kind}" if invalid else kind})
        elif tag == "Language":
            languages.append(text(child))
        elif tag == "PublicationTypeList":
            found["publication_types"] = tuple(map(text, child))
        elif tag == "VernacularTitle":
            found["vernacular_title"] = titled("vernacular_title", child, markup)
        elif tag == "ArticleDate":
            if "electronic" not in dates:
                dates["electronic"] = day(child)
        elif tag == "GrantList":
            found["grants"] = tuple(map(grant, child))
        elif tag == "DataBankList":
            found["databank_ids"] = tuple(pair for bank in child for pair in _databank(bank))
    found["languages"] = tuple(languages)
    found["location_ids"] = tuple(located)


def author_list(element: Element, found: Fields) -> None:
    """Read a list of authors or of editors."""
    role = "editors" if element.get("Type") == "editors" else "authors"
    found[role] = found.get(role, ()) + people(element)
    if element.get("CompleteYN") == "N" and role == "authors":
        found["authors_complete"] = False


def abstract(element: Element, found: Fields, markup: list[dict[str, str]]) -> None:
    """Read the sections of an abstract in order, with labels and categories, and its copyright line."""
    sections: list[dict[str, str]] = []
    for child in element:
        if child.tag == "AbstractText":
            section = {"text": titled(f"abstract.{len(sections)}", child, markup)}
            if child.attrib:
                section["label"] = child.get("Label", "")
                section["category"] = child.get("NlmCategory", "")
            if section["text"] or section.get("label"):
                sections.append(section)
        elif child.tag == "CopyrightInformation":
            found["copyright"] = text(child)
    found["abstract"] = tuple(sections)


def titled(field: str, element: Element, markup: list[dict[str, str]]) -> str:
    """Return plain text, and keep what is printed with markup."""
    if len(element):
        markup.append({"field": field, "text": marked(element)})
    return text(element)


def _journal(journal: Element, found: Fields, dates: dict[str, str]) -> None:
    about: Fields = {}
    for child in journal:
        tag = child.tag
        if tag == "ISSN":
            about["issns"] = ({"number": text(child), "kind": child.get("IssnType", "")},)
        elif tag == "Title":
            about["title"] = text(child)
        elif tag == "ISOAbbreviation":
            about["abbreviation"] = text(child)
        elif tag == "JournalIssue":
            for part in child:
                if part.tag == "Volume":
                    found["volume"] = text(part)
                elif part.tag == "Issue":
                    found["issue"] = text(part)
                elif part.tag == "PubDate":
                    dates["published"] = published(part)
    found["journal"] = about


def _journal_info(info: Element, found: Fields) -> None:
    about = found.setdefault("journal", {})
    for child in info:
        tag = child.tag
        if tag == "Country":
            about["place"] = text(child)
        elif tag == "MedlineTA":
            about["abbreviation"] = text(child) or about.get("abbreviation", "")
        elif tag == "NlmUniqueID":
            about["nlm_id"] = text(child)
        elif tag == "ISSNLinking":
            about["issns"] = (*about.get("issns", ()), {"number": text(child), "kind": "Linking"})


def pages(element: Element) -> str:
    """Return the pages as MEDLINE prints them, or first and last page."""
    printed = text(element.find("MedlinePgn"))
    ends = [text(element.find("StartPage")), text(element.find("EndPage"))]
    return printed or "-".join(filter(None, ends))


def published(element: Element) -> str:
    """Return a publication date as printed: `2019 Apr-Jun`, `2022 Sep 2`, `2031 Winter`."""
    parts = {child.tag: text(child) for child in element}
    if "MedlineDate" in parts:
        return parts["MedlineDate"]
    month = parts.get("Month", "")
    if month.isdecimal() and len(month) < _DIGITS:
        month = _MONTHS.get(int(month), month)
    number = parts.get("Day", "").lstrip("0")
    return " ".join(filter(None, (parts.get("Year", ""), month, parts.get("Season", ""), number)))


def day(element: Element) -> str:
    """Return a date as `20220926`."""
    return "".join(text(child).zfill(2) for child in element if child.tag in {"Year", "Month", "Day"})


def _moment(element: Element) -> str:
    """Return a date of the history as `2022/06/26 00:00`: its children are year, month, day, hour and minute."""
    parts = [(child.text or "").strip() for child in element]
    if len(parts) >= 5:
        year, month, day_, hour, minute = parts[:5]
        return f"{year}/{month:0>2}/{day_:0>2} {hour:0>2}:{minute:0>2}"
    return "/".join(part.zfill(2) for part in parts)


def _chemical(element: Element) -> dict[str, str]:
    name = element.find("NameOfSubstance")
    registry = text(element.find("RegistryNumber"))
    return {"registry": registry, "name": text(name), "ui": name.get("UI", "") if name is not None else ""}


def _supplementary(element: Element) -> dict[str, str]:
    return {"name": text(element), "ui": element.get("UI", ""), "kind": element.get("Type", "")}


def _other_id(element: Element) -> str:
    source = element.get("Source", "")
    return f"{text(element)} [{source}]" if source else text(element)


def _link(element: Element) -> dict[str, str]:
    kind = element.get("RefType", "")
    citation, pmid = text(element.find("RefSource")), text(element.find("PMID"))
    printed = " ".join(filter(None, (citation, f"PMID: {pmid}" if pmid else "")))
    return {"tag": LINKS.get(kind, kind), "citation": printed, "pmid": pmid, "note": text(element.find("Note"))}


def _heading(element: Element) -> Fields:
    found: Fields = {"name": ""}
    qualifiers: tuple[Fields, ...] = ()
    for child in element:
        about = child.attrib
        one: Fields = {"name": text(child), "major": about.get("MajorTopicYN") == "Y", "ui": about.get("UI", "")}
        if child.tag == "DescriptorName":
            found = one
        else:
            qualifiers = (*qualifiers, one)
    found["qualifiers"] = qualifiers
    return found


def keyword_list(element: Element, before: int, markup: list[dict[str, str]]) -> tuple[Fields, ...]:
    """Return the keywords of one list, with their owner; `before` counts those of earlier lists."""
    owner = element.get("Owner", "")
    return tuple(
        {
            "text": titled(f"keywords.{number}", child, markup),
            "major": child.get("MajorTopicYN") == "Y",
            "owner": owner,
        }
        for number, child in enumerate(element, before)
    )


def _other_abstract(element: Element) -> dict[str, str]:
    parts = []
    for child in element.iter("AbstractText"):
        label = child.get("Label", "")
        parts += [f"{label}:" if label else "", text(child)]
    kind = element.get("Type", "")
    words = " ".join(filter(None, (f"{kind}:" if kind else "", *parts)))
    return {"text": words, "language": element.get("Language", "")}


def grant(element: Element) -> dict[str, str]:
    """Return a grant in parts, and printed as `number/acronym/agency/country`."""
    names = ("GrantID", "Acronym", "Agency", "Country")
    number, acronym, agency, country = (text(element.find(name)) for name in names)
    printed = "/".join(filter(None, (number, acronym, agency, country)))
    return {"printed": printed, "number": number, "acronym": acronym, "agency": agency, "country": country}


def _databank(element: Element) -> list[dict[str, str]]:
    name = text(element.find("DataBankName"))
    accessions = [text(one) for one in element.iter("AccessionNumber")]
    return [{"databank": name, "accession": one} for one in accessions or [""]]


def pubmed_data(data: Element, found: Fields, markup: list[dict[str, str]]) -> None:
    """Read history, identifiers, status and reference list, which stand beside the citation."""
    dates = found.setdefault("dates", {})
    history: list[dict[str, str]] = []
    references: list[Fields] = []
    for child in data:
        tag = child.tag
        if tag == "History":
            for event in child:
                status, when = event.get("PubStatus", ""), _moment(event)
                history.append({"when": when, "status": status})
                if status in _EVENTS:
                    dates.setdefault(_EVENTS[status], when)
        elif tag == "PublicationStatus":
            found["publication_status"] = text(child)
        elif tag == "ArticleIdList":
            article_ids(child, found)
        elif tag == "ReferenceList":
            for one in child.iter("Reference"):
                citation, ids = one.find("Citation"), one.find("ArticleIdList")
                if citation is not None and len(citation):
                    markup.append({"field": f"references.{len(references)}", "text": marked(citation)})
                known = tuple(map(_article_id, ids)) if ids is not None else ()
                references.append({"citation": text(citation), "identifiers": known})
    found["history"] = tuple(history)
    found["references"] = tuple(references)


def article_ids(element: Element, found: Fields) -> None:
    """Sort the record's own identifiers: PMCID, manuscript numbers, all others."""
    kept = list(found.get("article_ids", ()))
    for child in element:
        one = _article_id(child)
        if one["kind"] == "pmc" and not found.get("pmcid"):
            found["pmcid"] = one["value"]
        elif one["kind"] == "mid":
            found["manuscript_ids"] = (*found.get("manuscript_ids", ()), one["value"])
        elif one["kind"] == "pubmed" and one["value"] == found.get("pmid", one["value"]):
            found.setdefault("pmid", one["value"])
        elif one["value"]:
            kept.append(one)
    found["article_ids"] = tuple(kept)


def _article_id(element: Element) -> dict[str, str]:
    return {"value": (element.text or "").strip(), "kind": element.get("IdType", "")}


#: Elements that list entries of one kind: the field, and the reader of an entry.
_LISTS: dict[str, tuple[str, Callable[[Element], Any]]] = {
    "ChemicalList": ("substances", _chemical),
    "SupplMeshList": ("substances", _supplementary),
    "CommentsCorrectionsList": ("links", _link),
    "MeshHeadingList": ("mesh", _heading),
    "GeneSymbolList": ("gene_symbols", text),
    "PersonalNameSubjectList": ("persons_as_subject", person),
    "InvestigatorList": ("investigators", person),
}
#: Elements that stand once for each entry.
_SINGLE: dict[str, tuple[str, Callable[[Element], Any]]] = {
    "CitationSubset": ("subsets", text),
    "OtherID": ("other_ids", _other_id),
    "OtherAbstract": ("other_abstracts", _other_abstract),
    "SpaceFlightMission": ("space_flight", text),
    "GeneralNote": ("general_notes", text),
}
_TEXTS = {"NumberOfReferences": "references_count", "CoiStatement": "conflict_of_interest"}
_DAYS = {"DateCompleted": "completed", "DateRevised": "revised", "DateCreated": "record_created"}
