"""What the columns of exported tables mean, whoever exported them: PubMed, Embase, Cochrane, Scopus, ASReview …

A column is known by its heading in small letters and digits only, so `Author(s)`, `AUTHORS` and `authors` are one.
"""

from __future__ import annotations

import re

_MEANINGS = {
    "pmid": "pmid medlinepmid pubmedid uid pubmedpmid",
    "pmcid": "pmcid pmc",
    "doi": "doi digitalobjectidentifier",
    "title": "title articletitle recordtitle primarytitle documenttitle ti",
    "original_title": "originaltitle",
    "vernacular_title": "originalnonenglishtitle vernaculartitle",
    "authors": "authors author authornames authorfullnames authornamesfull au",
    "citation": "citation",
    "editors": "editors editor",
    "year": "year publicationyear pubyear py",
    "published": "dateofpublication publicationdate date published",
    "journal": "journal journalbook sourcetitle publicationtitle secondarytitle journaltitle fulljournalname",
    "journal_or_source": "source",
    "copyright": "copyright",
    "abbreviation": "abbreviatedsourcetitle journalabbreviation isoabbreviation abbreviation",
    "volume": "volume vl",
    "issue": "issue number",
    "pages": "pages pagerange",
    "first_page": "firstpage pagestart beginningpage startpage",
    "last_page": "lastpage pageend endingpage endpage",
    "article_number": "artno articlenumber",
    "abstract": "abstract ab abstracttext abstractnote",
    "keywords": "keywords keyword authorkeywords",
    "index_terms": "indexkeywords emtreedrugindextermsmajorfocus emtreedrugindexterms emtreemedicalindextermsmajorfocus"
    " emtreemedicalindexterms meshterms",
    "language": "language articlelanguage languageoforiginaldocument languageofarticle",
    "type": "documenttype publicationtype typeofwork",
    "kind": "entrytype itemtype kind",
    "database": "database datasource",
    "accession": "embaseaccessionid accessionnumber cochraneid cochranereviewid cochranelibraryid recordid pui eid ut"
    " utuniquewosid uniquewosid accessionid centralid",
    "registration": "clinicaltrialnumbers trialregistration",
    "issn": "issn eissn",
    "isbn": "isbn",
    "publisher": "publisher bookpublisher",
    "booktitle": "booktitle",
    "institution": "institution",
    "affiliations": "affiliations authoraddress authoraddresses",
    "urls": "url urls link links fulltextlink embaselink openurllink",
    "notes": "notes note",
}
#: The meaning of each heading.
MEANING = {heading: meaning for meaning, headings in _MEANINGS.items() for heading in headings.split()}
#: A table is one of records if it has one of these.
NEEDED = {"title", "original_title", "pmid", "doi"}
#: The first cell of a table of Embase that has one field a row, and begins with the query.
QUERY = "SEARCH QUERY"
#: What Embase may print before each record, there and in its plain text.
NUMBERED = re.compile(r"RECORD ([0-9]{1,9})")


def meaning(heading: str) -> str:
    """Return what a column holds, or `""` for a heading that is not known.

    >>> meaning("Author(s)"), meaning("Journal/Book"), meaning("label_included")
    ('authors', 'journal', '')
    """
    return MEANING.get(re.sub(r"[^a-z0-9]", "", heading.lower()), "")
