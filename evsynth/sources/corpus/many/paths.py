"""Where the elements of an article stand that are read many at a time: their paths below `PubmedArticle`, numbered.

A path is coded in eight bytes, one for the name at each depth, so that a running sum over the tags knows it. Elements
whose text may hold markup are `RICH`; what stands in them is read with them.
"""

from __future__ import annotations

from functools import lru_cache

OTHER, BESIDE = 255, 254
"""The code of a name that stands in no path, and of what is no element: a comment or an instruction."""
CODES = 256
INSIDE, UNKNOWN = 0, 1
"""The number of a path inside a rich element (and of what begins no element), and of one that is not listed."""

_PERSON = (
    "LastName ForeName Initials Suffix CollectiveName Identifier "
    "AffiliationInfo AffiliationInfo/Affiliation AffiliationInfo/Identifier"
)
_LISTED = {
    "": "MedlineCitation PubmedData",
    "MedlineCitation": "PMID DateCompleted DateRevised DateCreated Article MedlineJournalInfo ChemicalList "
    "SupplMeshList CitationSubset CommentsCorrectionsList GeneSymbolList MeshHeadingList "
    "NumberOfReferences PersonalNameSubjectList OtherID KeywordList CoiStatement SpaceFlightMission "
    "InvestigatorList GeneralNote",
    "MedlineCitation/DateCompleted": "Year Month Day",
    "MedlineCitation/DateRevised": "Year Month Day",
    "MedlineCitation/DateCreated": "Year Month Day",
    "MedlineCitation/Article": "Journal ArticleTitle Pagination ELocationID Abstract AuthorList Language DataBankList "
    "GrantList PublicationTypeList VernacularTitle ArticleDate",
    "MedlineCitation/Article/Journal": "ISSN JournalIssue Title ISOAbbreviation",
    "MedlineCitation/Article/Journal/JournalIssue": "Volume Issue PubDate",
    "MedlineCitation/Article/Journal/JournalIssue/PubDate": "Year Month Day Season MedlineDate",
    "MedlineCitation/Article/Pagination": "StartPage EndPage MedlinePgn",
    "MedlineCitation/Article/Abstract": "AbstractText CopyrightInformation",
    "MedlineCitation/Article/AuthorList": "Author",
    "MedlineCitation/Article/AuthorList/Author": _PERSON,
    "MedlineCitation/Article/DataBankList": "DataBank",
    "MedlineCitation/Article/DataBankList/DataBank": "DataBankName AccessionNumberList "
    "AccessionNumberList/AccessionNumber",
    "MedlineCitation/Article/GrantList": "Grant",
    "MedlineCitation/Article/GrantList/Grant": "GrantID Acronym Agency Country",
    "MedlineCitation/Article/PublicationTypeList": "PublicationType",
    "MedlineCitation/Article/ArticleDate": "Year Month Day",
    "MedlineCitation/MedlineJournalInfo": "Country MedlineTA NlmUniqueID ISSNLinking",
    "MedlineCitation/ChemicalList": "Chemical Chemical/RegistryNumber Chemical/NameOfSubstance",
    "MedlineCitation/SupplMeshList": "SupplMeshName",
    "MedlineCitation/CommentsCorrectionsList": "CommentsCorrections",
    "MedlineCitation/CommentsCorrectionsList/CommentsCorrections": "RefSource PMID Note",
    "MedlineCitation/GeneSymbolList": "GeneSymbol",
    "MedlineCitation/MeshHeadingList": "MeshHeading MeshHeading/DescriptorName MeshHeading/QualifierName",
    "MedlineCitation/PersonalNameSubjectList": "PersonalNameSubject",
    "MedlineCitation/PersonalNameSubjectList/PersonalNameSubject": _PERSON,
    "MedlineCitation/KeywordList": "Keyword",
    "MedlineCitation/InvestigatorList": "Investigator",
    "MedlineCitation/InvestigatorList/Investigator": _PERSON,
    "PubmedData": "History PublicationStatus ArticleIdList ReferenceList",
    "PubmedData/History": "PubMedPubDate",
    "PubmedData/History/PubMedPubDate": "Year Month Day Hour Minute",
    "PubmedData/ArticleIdList": "ArticleId",
    "PubmedData/ReferenceList": "Title Reference ReferenceList",
    "PubmedData/ReferenceList/Reference": "Citation ArticleIdList ArticleIdList/ArticleId",
    "PubmedData/ReferenceList/ReferenceList": "Title Reference",
    "PubmedData/ReferenceList/ReferenceList/Reference": "Citation ArticleIdList ArticleIdList/ArticleId",
}  # fmt: skip
_ALL = [f"{above}/{name}".lstrip("/") for above, names in _LISTED.items() for name in names.split()]
_HOLDERS = [path for path in _ALL if any(one.startswith(f"{path}/") for one in _ALL)]
_LEAVES = [path for path in _ALL if path not in _HOLDERS]
PATHS: dict[str, int] = {path: number for number, path in enumerate([*_HOLDERS, *_LEAVES], 2)}
FIRST_LEAF = 2 + len(_HOLDERS)
"""The first number of a path whose elements hold a text, and no listed element."""
RICH = frozenset(
    PATHS[path]
    for path in (
        "MedlineCitation/Article/ArticleTitle",
        "MedlineCitation/Article/VernacularTitle",
        "MedlineCitation/Article/Abstract/AbstractText",
        "MedlineCitation/Article/Abstract/CopyrightInformation",
        "MedlineCitation/Article/AuthorList/Author/AffiliationInfo/Affiliation",
        "MedlineCitation/Article/AuthorList/Author/CollectiveName",
        "MedlineCitation/CoiStatement",
        "MedlineCitation/KeywordList/Keyword",
        "PubmedData/ReferenceList/Title",
        "PubmedData/ReferenceList/Reference/Citation",
        "PubmedData/ReferenceList/ReferenceList/Title",
        "PubmedData/ReferenceList/ReferenceList/Reference/Citation",
    )
)
#: Identifiers, whose text is taken as it stands but for the white space around it.
STRIPPED = tuple(PATHS[path] for path in PATHS if path.endswith("/ArticleId"))
NAMES: dict[bytes, int] = {
    name.encode(): code
    for code, name in enumerate(dict.fromkeys(name for path in PATHS for name in path.split("/")), 1)
}
LEVELS = 8
ROOT = b"PubmedArticle"
_CODED = {sum(NAMES[name.encode()] << 8 * at for at, name in enumerate(path.split("/"))): PATHS[path] for path in PATHS}


@lru_cache(maxsize=1 << 10)
def below(above: int) -> bytes:
    """Return the numbers of the paths below a path that is coded, by the code of the last name.

    What stands deeper than any path is numbered as what it stands in.
    """
    levels = -(-above.bit_length() // 8)
    numbers = [number_of(above + (code << 8 * levels) if levels < LEVELS else above) for code in range(CODES)]
    numbers[BESIDE] = INSIDE
    return bytes(numbers)


def number_of(coded: int) -> int:
    """Return the number of a path from its code; the root is INSIDE."""
    for levels in range(LEVELS, 0, -1):
        found = _CODED.get(coded & (1 << 8 * levels) - 1)
        if found is not None:
            return found if levels == LEVELS else INSIDE if found in RICH else UNKNOWN
    return UNKNOWN if coded else INSIDE
