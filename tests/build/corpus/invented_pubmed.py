"""Invents files in the layout of PubMed's baseline: nobody of these authors lives, and nothing of it was found out."""

from __future__ import annotations

import gzip
import itertools
import random
from collections.abc import Iterable
from functools import cache

HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<!DOCTYPE PubmedArticleSet SYSTEM "http://dtd.otters.example/pubmed_250101.dtd">\n<PubmedArticleSet>\n'
)
_STARTS = "otter weir brook lutra willow river salmon bank reed heron marsh pebble".split()
_MIDDLES = ("", "al", "ic", "o", "in", "ar", "is", "ol")
_ENDS = ("itis", "oma", "ectomy", "pathy", "scopy", "genesis", "ine", "ase", "mab", "cyte", "gram", "osis")
_SMALL = "the of and in to with for was were a by from after at between on as is patients study group results".split()
_LABELS = ("BACKGROUND", "METHODS", "RESULTS", "CONCLUSIONS")
_TYPES = ("Journal Article", "Review", "Randomized Controlled Trial", "Case Reports", "Letter", "Meta-Analysis")


@cache
def words() -> tuple[list[str], list[float]]:
    """Return 1,172 words and how often they come, together: few come often, most come rarely."""
    made = _SMALL + ["".join(three) for three in itertools.product(_STARTS, _MIDDLES, _ENDS)]
    return made, list(itertools.accumulate(1 / (rank + 3) for rank in range(len(made))))


def text(chance: random.Random, length: int) -> str:
    """Return words in sentences, with numbers and characters beyond ASCII as abstracts have them."""
    made, often = words()
    said = chance.choices(made, cum_weights=often, k=length)
    for at in range(9, length, 23):
        said[at] = chance.choice(("p &lt; 0.05", "12.5%", "β-weir", "95% CI 0.8–1.2", "n = 40", "Sjögren"))
    for at in range(14, length, 15):
        said[at] += "."
    return " ".join(said).capitalize() + "."


def _labelled(label: str) -> str:
    return f' Label="{label}" NlmCategory="{label}"' if label else ""


def article(chance: random.Random, pmid: int, version: int = 1) -> str:
    """Return an article with about the parts, and as much of each, as articles of PubMed have today."""
    year, month = chance.randint(1970, 2026), chance.randint(1, 12)
    made = words()[0][len(_SMALL) :]
    labels: tuple[str, ...] = _LABELS if chance.random() < 0.4 else ("",)
    abstract = "\n".join(
        f"<AbstractText{_labelled(label)}>{text(chance, 190 // len(labels))}</AbstractText>" for label in labels
    )
    authors = "\n".join(
        f'<Author ValidYN="Y">\n<LastName>{chance.choice(made).capitalize()}</LastName>\n'
        "<ForeName>Ottilie R</ForeName>\n<Initials>OR</Initials>\n"
        + (f'<Identifier Source="ORCID">0000-0001-{n:04}-678X</Identifier>\n' if n % 3 == 0 else "")
        + f"<AffiliationInfo>\n<Affiliation>Department of {made[n]}, Weir Hospital, Weirton, Otterland.</Affiliation>\n"
        "</AffiliationInfo>\n</Author>"
        for n in range(chance.randint(1, 8))
    )
    stars = "NY"
    headings = "\n".join(
        f'<MeshHeading>\n<DescriptorName UI="D{n:06}" MajorTopicYN="{stars[n % 2]}">{made[n].capitalize()}'
        '</DescriptorName>\n<QualifierName UI="Q000453" MajorTopicYN="N">epidemiology</QualifierName>\n</MeshHeading>'
        for n in chance.sample(range(len(made)), chance.randint(0, 14))
    )
    references = "\n".join(
        f"<Reference>\n<Citation>Lutra O. {text(chance, 9)} J Otter Med. {year};{n}:1-9.</Citation>\n<ArticleIdList>\n"
        f'<ArticleId IdType="pubmed">{n + 9000}</ArticleId>\n</ArticleIdList>\n</Reference>'
        for n in range(chance.choice((0, 0, 8, 35)))
    )
    return f"""<PubmedArticle>
<MedlineCitation Status="MEDLINE" Owner="NLM">
<PMID Version="{version}">{pmid}</PMID>
<DateRevised>
<Year>{year}</Year>
<Month>{month:02}</Month>
<Day>03</Day>
</DateRevised>
<Article PubModel="Print-Electronic">
<Journal>
<ISSN IssnType="Electronic">9990-0011</ISSN>
<JournalIssue CitedMedium="Internet">
<Volume>{year - 1969}</Volume>
<Issue>{month}</Issue>
<PubDate>
<Year>{year}</Year>
<Month>{month}</Month>
</PubDate>
</JournalIssue>
<Title>Journal of otter medicine</Title>
<ISOAbbreviation>J Otter Med</ISOAbbreviation>
</Journal>
<ArticleTitle>{text(chance, 14)}</ArticleTitle>
<Pagination>
<StartPage>978</StartPage>
<EndPage>989</EndPage>
<MedlinePgn>978-989</MedlinePgn>
</Pagination>
<ELocationID EIdType="doi" ValidYN="Y">10.9999/otter.{pmid}</ELocationID>
<Abstract>
{abstract}
</Abstract>
<AuthorList CompleteYN="Y">
{authors}
</AuthorList>
<Language>eng</Language>
<PublicationTypeList>
<PublicationType UI="D016428">{chance.choice(_TYPES)}</PublicationType>
</PublicationTypeList>
</Article>
<MedlineJournalInfo>
<Country>Otterland</Country>
<MedlineTA>J Otter Med</MedlineTA>
<NlmUniqueID>9999991</NlmUniqueID>
<ISSNLinking>9990-0011</ISSNLinking>
</MedlineJournalInfo>
<MeshHeadingList>
{headings}
</MeshHeadingList>
</MedlineCitation>
<PubmedData>
<History>
<PubMedPubDate PubStatus="received">
<Year>{year}</Year>
<Month>{month}</Month>
<Day>3</Day>
</PubMedPubDate>
<PubMedPubDate PubStatus="pubmed">
<Year>{year}</Year>
<Month>{month}</Month>
<Day>9</Day>
<Hour>6</Hour>
<Minute>0</Minute>
</PubMedPubDate>
</History>
<PublicationStatus>ppublish</PublicationStatus>
<ArticleIdList>
<ArticleId IdType="pubmed">{pmid}</ArticleId>
<ArticleId IdType="doi">10.9999/otter.{pmid}</ArticleId>
</ArticleIdList>
{f"<ReferenceList>{chr(10)}{references}{chr(10)}</ReferenceList>" if references else ""}
</PubmedData>
</PubmedArticle>"""


def small(pmid: int, version: int = 1, title: str = "Otters", inside: str = "", beside: str = "") -> str:
    """Return an article of a few lines, with more inside its `Article` and beside it."""
    about = f'<PMID Version="{version}">{pmid}</PMID><Article><ArticleTitle>{title}</ArticleTitle>{inside}</Article>'
    return f"<PubmedArticle><MedlineCitation>{about}{beside}</MedlineCitation></PubmedArticle>"


def deleted(*pmids: tuple[int, int | None]) -> str:
    """Return the list of what PubMed took back: PMIDs and their versions, or None for all."""
    ones = [f'<PMID Version="{v}">{pmid}</PMID>' if v else f"<PMID>{pmid}</PMID>" for pmid, v in pmids]
    return f"<DeleteCitation>{''.join(ones)}</DeleteCitation>"


def zipped(entries: Iterable[str]) -> bytes:
    """Return the bytes of a file of these entries; the same entries give the same bytes."""
    whole = HEAD + "\n".join(entries) + "\n</PubmedArticleSet>\n"
    return gzip.compress(whole.encode(), compresslevel=6, mtime=0)


def file(number: int, size: int) -> bytes:
    """Return the bytes of a whole file: its number is its chance, and tells its PMIDs."""
    chance = random.Random(number)
    return zipped(article(chance, number * 100_000 + one) for one in range(size))
