"""One invented file of each format, with the troubles that real exports have."""

from __future__ import annotations

ARTICLE = """\
<PubmedArticle>
  <MedlineCitation Status="MEDLINE" Owner="NLM" IndexingMethod="Curated">
    <PMID Version="2">90000001</PMID>
    <DateCompleted><Year>2031</Year><Month>09</Month><Day>20</Day></DateCompleted>
    <DateRevised><Year>2031</Year><Month>9</Month><Day>6</Day></DateRevised>
    <Article PubModel="Print-Electronic">
      <Journal>
        <ISSN IssnType="Electronic">9990-0011</ISSN>
        <JournalIssue CitedMedium="Internet">
          <Volume>13</Volume><Issue>4 Suppl 1</Issue>
          <PubDate><MedlineDate>2031 Apr-Jun</MedlineDate></PubDate>
        </JournalIssue>
        <Title>Journal of otter medicine</Title><ISOAbbreviation>J. Otter Med.</ISOAbbreviation>
      </Journal>
      <ArticleTitle>Willowbark raises CO<sub>2</sub> in <i>Lutra lutra</i>.</ArticleTitle>
      <Pagination><StartPage>978</StartPage><EndPage>429</EndPage><MedlinePgn>978-429</MedlinePgn></Pagination>
      <ELocationID EIdType="doi" ValidYN="Y">10.9999/otter.2031.1</ELocationID>
      <ELocationID EIdType="doi" ValidYN="N">10.9999/otter.wrong</ELocationID>
      <Abstract>
        <AbstractText Label="AIM AND SCOPE" NlmCategory="OBJECTIVE">To see whether it helps at 10<sup>-3</sup> mol.</AbstractText>
        <AbstractText Label="RESULTS" NlmCategory="RESULTS">Relapse was rarer (p&lt;0.05).</AbstractText>
        <AbstractText>Plain end.</AbstractText>
        <CopyrightInformation>© 2031 Otters.</CopyrightInformation>
      </Abstract>
      <AuthorList CompleteYN="N">
        <Author ValidYN="Y" EqualContrib="Y">
          <LastName>Lutra</LastName><ForeName>Ottilie B</ForeName><Initials>OB</Initials><Suffix>2nd</Suffix>
          <Identifier Source="ORCID">0000-0001-2345-678X</Identifier>
          <AffiliationInfo><Affiliation>Weir Hospital, Weirton.</Affiliation><Identifier Source="ROR">https://ror.example/1</Identifier></AffiliationInfo>
          <AffiliationInfo><Affiliation>Institute of Holts.</Affiliation></AffiliationInfo>
        </Author>
        <Author ValidYN="N"><LastName>Vydra</LastName><ForeName>Jan</ForeName><Initials>J</Initials></Author>
        <Author ValidYN="Y"><CollectiveName>Otter Study Group</CollectiveName></Author>
      </AuthorList>
      <Language>eng</Language><Language>fre</Language>
      <DataBankList CompleteYN="Y"><DataBank><DataBankName>OtterReg</DataBankName><AccessionNumberList>
        <AccessionNumber>OTT0001</AccessionNumber><AccessionNumber>OTT0002</AccessionNumber>
      </AccessionNumberList></DataBank></DataBankList>
      <GrantList CompleteYN="Y"><Grant><GrantID>R01 1</GrantID><Acronym>OT</Acronym><Agency>Otter Institute</Agency><Country>Freedonia</Country></Grant>
        <Grant><Agency>The Holt Foundation</Agency></Grant></GrantList>
      <PublicationTypeList><PublicationType UI="D1">Journal Article</PublicationType><PublicationType UI="D2">Retracted Publication</PublicationType></PublicationTypeList>
      <VernacularTitle>Écorce de saule et <i>Lutra</i>.</VernacularTitle>
      <ArticleDate DateType="Electronic"><Year>2031</Year><Month>4</Month><Day>2</Day></ArticleDate>
    </Article>
    <MedlineJournalInfo><Country>Freedonia</Country><MedlineTA>J Otter Med</MedlineTA><NlmUniqueID>999999999</NlmUniqueID><ISSNLinking>9990-0012</ISSNLinking></MedlineJournalInfo>
    <ChemicalList><Chemical><RegistryNumber>0</RegistryNumber><NameOfSubstance UI="D0">Salicylates</NameOfSubstance></Chemical></ChemicalList>
    <SupplMeshList><SupplMeshName Type="Disease" UI="C1">Otter pox</SupplMeshName></SupplMeshList>
    <CitationSubset>IM</CitationSubset>
    <CommentsCorrectionsList>
      <CommentsCorrections RefType="RetractionIn"><RefSource>J Otter Med. 2033;15(1):6</RefSource><PMID Version="1">90000003</PMID><Note>By the editor</Note></CommentsCorrections>
      <CommentsCorrections RefType="ExpressionOfConcernIn"><RefSource>J Otter Med. 2032;14(1):5</RefSource></CommentsCorrections>
      <CommentsCorrections RefType="ErratumIn"><RefSource>J Otter Med. 2031;13(9):1</RefSource></CommentsCorrections>
    </CommentsCorrectionsList>
    <MeshHeadingList><MeshHeading><DescriptorName UI="D8" MajorTopicYN="N">Lung Diseases, Interstitial</DescriptorName><QualifierName UI="Q4" MajorTopicYN="Y">drug therapy</QualifierName></MeshHeading></MeshHeadingList>
    <NumberOfReferences>2</NumberOfReferences>
    <OtherAbstract Type="Publisher" Language="fre"><AbstractText>En bref.</AbstractText></OtherAbstract>
    <KeywordList Owner="NOTNLM"><Keyword MajorTopicYN="Y">otters</Keyword><Keyword MajorTopicYN="N">CO<sub>2</sub></Keyword></KeywordList>
    <CoiStatement>No otter paid.</CoiStatement>
    <InvestigatorList><Investigator ValidYN="Y"><LastName>Nutria</LastName><ForeName>Coy</ForeName><Initials>C</Initials></Investigator></InvestigatorList>
    <GeneralNote Owner="NLM">A note.</GeneralNote>
  </MedlineCitation>
  <PubmedData>
    <History><PubMedPubDate PubStatus="received"><Year>2031</Year><Month>1</Month><Day>26</Day></PubMedPubDate>
      <PubMedPubDate PubStatus="pubmed"><Year>2031</Year><Month>4</Month><Day>3</Day><Hour>6</Hour><Minute>0</Minute></PubMedPubDate></History>
    <PublicationStatus>ppublish</PublicationStatus>
    <ArticleIdList><ArticleId IdType="pubmed">90000001</ArticleId><ArticleId IdType="pmc">PMC99000001</ArticleId><ArticleId IdType="mid">NIHMS1</ArticleId><ArticleId IdType="doi">10.9999/otter.2031.1</ArticleId><ArticleId IdType="pii">otter-1</ArticleId></ArticleIdList>
    <ReferenceList><Title>References</Title>
      <Reference><Citation>Oter A. On <i>otters</i>. 2001.</Citation><ArticleIdList><ArticleId IdType="pubmed">11</ArticleId><ArticleId IdType="pmc">PMC11</ArticleId></ArticleIdList></Reference>
      <Reference><Citation>Vidra J. Holts. 2002.</Citation></Reference></ReferenceList>
  </PubmedData>
</PubmedArticle>"""  # noqa: E501

BOOK = """\
<PubmedBookArticle><BookDocument><PMID Version="1">90000009</PMID>
<ArticleIdList><ArticleId IdType="bookaccession">NBK1</ArticleId></ArticleIdList>
<Book><Publisher><PublisherName>Holt Press</PublisherName><PublisherLocation>Weirton</PublisherLocation></Publisher>
<BookTitle book="otters">All about otters</BookTitle><PubDate><Year>2030</Year></PubDate>
<AuthorList Type="editors"><Author>
<LastName>Oter</LastName><ForeName>An</ForeName><Initials>A</Initials></Author></AuthorList>
<Isbn>9780000000002</Isbn></Book>
<LocationLabel Type="chapter">7</LocationLabel><ArticleTitle book="otters" part="ch7">Holts</ArticleTitle>
<Language>eng</Language>
<AuthorList Type="authors" CompleteYN="Y"><Author>
<LastName>Vidra</LastName><ForeName>Jan</ForeName><Initials>J</Initials></Author></AuthorList>
<PublicationType UI="D3">Review</PublicationType>
<Abstract><AbstractText>How to build one.</AbstractText></Abstract>
<ContributionDate><Year>2030</Year><Month>3</Month><Day>3</Day></ContributionDate>
</BookDocument><PubmedBookData><PublicationStatus>ppublish</PublicationStatus></PubmedBookData></PubmedBookArticle>"""

DELETED = '<DeleteCitation><PMID Version="1">1</PMID>\n<PMID Version="3">2</PMID></DeleteCitation>'

HEAD = """\
<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle//EN" "https://otters.example/pubmed.dtd">
"""


def pubmed(*records: str) -> str:
    """Return a PubMed XML file of these records."""
    inside = "\n".join(records)
    return f"{HEAD}<PubmedArticleSet>\n{inside}\n</PubmedArticleSet>\n"


def small(pmid: int) -> str:
    """Return a small article."""
    title = f"<Article><ArticleTitle>Otter {pmid}</ArticleTitle></Article>"
    return f"<PubmedArticle><MedlineCitation><PMID>{pmid}</PMID>{title}</MedlineCitation></PubmedArticle>"


JATS = """\
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS//EN" "JATS-archivearticle1.dtd">
<article xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML" article-type="research-article">
<front><journal-meta><journal-id journal-id-type="nlm-ta">J Otter Med</journal-id><journal-title-group><journal-title>Journal of otter medicine</journal-title></journal-title-group><issn pub-type="epub">9990-0011</issn></journal-meta>
<article-meta><article-id pub-id-type="pmid">90000001</article-id><article-id pub-id-type="pmc">99000001</article-id><article-id pub-id-type="doi">10.9999/otter.2031.1</article-id>
<title-group><article-title>Willowbark in <italic>Lutra</italic></article-title></title-group>
<contrib-group><contrib contrib-type="author"><contrib-id contrib-id-type="orcid">https://orcid.org/0000-0001-2345-678X</contrib-id><name><surname>Lutra</surname><given-names>Ottilie</given-names></name><xref ref-type="aff" rid="a1">1</xref></contrib>
<contrib contrib-type="author"><collab>Otter Study Group</collab></contrib></contrib-group>
<aff id="a1"><label>1</label>Weir Hospital, Weirton</aff>
<pub-date pub-type="epub"><day>02</day><month>4</month><year>2031</year></pub-date><volume>13</volume><fpage>978</fpage><lpage>989</lpage>
<permissions><copyright-statement>© 2031 Lutra.</copyright-statement><license><license-p xlink:href="https://creativecommons.org/licenses/by/4.0/">Open access.</license-p></license></permissions>
<abstract><sec><title>Methods:</title><p>Forty otters.</p></sec><sec><title>Results</title><p>Fewer relapses.</p></sec></abstract>
<kwd-group><kwd>otters</kwd></kwd-group></article-meta></front>
<body><sec><title>Results</title>
<p>FEV<sub>1</sub> rose (p = 0.03<sup>1</sup>; n = 40) <xref ref-type="table" rid="t1">Table 1</xref>.
<table-wrap id="t1"><label>Table 1</label><caption><p>Baseline.</p></caption><table>
<thead><tr><th rowspan="2">Variable</th><th colspan="2">Group</th><th rowspan="2">P</th></tr><tr><th>Bark (n=20)</th><th>None (n=20)</th></tr></thead>
<tbody><tr><td colspan="4">Lung</td></tr><tr><td rowspan="2">Age</td><td>5.0<sup>a</sup></td><td>6.0</td><td>0.4</td></tr><tr><td>7</td><td>8</td><td/></tr></tbody></table>
<table-wrap-foot><fn><label>a</label><p>Mean.</p></fn></table-wrap-foot></table-wrap> It held.</p>
<fig id="f1"><label>Figure 1</label><caption><title>Survival.</title><p>By group.</p></caption><graphic xlink:href="x.jpg"/></fig>
</sec></body>
<back><fn-group><fn fn-type="conflict"><p>None declared.</p></fn></fn-group><ref-list><title>References</title>
<ref id="r1"><label>1</label><element-citation><person-group><name><surname>Oter</surname><given-names>A</given-names></name></person-group><article-title>On otters</article-title><source>J Otter Med</source><year>2001</year><volume>1</volume><fpage>2</fpage><lpage>3</lpage><pub-id pub-id-type="pmid">11</pub-id></element-citation></ref>
<ref id="r2"><label>2</label><mixed-citation>Vidra J. Holts. 2002.</mixed-citation></ref></ref-list></back></article>
"""  # noqa: E501

RIS = """\
Record #1 of 3
Provider: Otter Library
TY  - JOUR
T1  - Willowbark in otters
A1  - Lutra, Ottilie
A1  - Otter Study Group,
Y1  - 2031//
N2  - BACKGROUND: Otters cough
and sneeze. CI - 0.5 is not a tag.
KW  - *otters
willowbark
JF  - Journal of otter medicine
SP  -
SN  - 9990-0011 (electronic)
DO  - https://doi.org/10.9999/otter.1
U1  - kept
ER  -

TY  - CHAP
TI  - No end
T2  - All about otters
SN  - 9780000000002
AN  - PMID:90000002
TY  - JOUR
TI  - Last
ER  -
"""

WOS = """\
FN Otter Web of Science
VR 1.0
PT J
AU Lutra, O
   Vidra, J
AF Lutra, Ottilie
   Vidra, Jan
CA Otter Study Grp
TI Willowbark in otters: a
   trial
SO JOURNAL OF OTTER MEDICINE
DE otters; willowbark
ID LUNG; DISEASE
AB Aim: to see.
OI Lutra, Ottilie/0000-0001-2345-678X
SN 9990-0011
EI 9990-0012
PD APR
PY 2031
VL 13
BP 978
EP 989
DI 10.9999/otter.1
UT WOS:000000000000001
PM 90000001
CR Oter A, 2001, J OTTER MED
   Vidra J, 2002, HOLTS
ER

PT J
TI Second
ER

EF
"""

ENDNOTE = """\
<?xml version="1.0" encoding="UTF-8"?><xml><records><record><database name="Otters.enl" path="C:\\Otters.enl">Otters.enl</database>
<source-app name="EndNote" version="20">EndNote</source-app><rec-number>2</rec-number><foreign-keys><key app="EN">2</key></foreign-keys>
<ref-type name="Journal Article">17</ref-type><contributors><authors><author><style face="normal">Lutra, O.</style></author><author>Vidra, J.</author></authors></contributors>
<auth-address>Weir Hospital&#xD;Institute of Holts</auth-address>
<titles><title><style face="normal">CO</style><style face="subscript">2</style><style face="normal"> in otters</style></title><secondary-title>J Otter Med</secondary-title></titles>
<pages>978-989</pages><volume>13</volume><number>4</number><keywords><keyword>otters</keyword><keyword>*bark</keyword></keywords>
<dates><year>2031</year><pub-dates><date>Apr 2</date></pub-dates></dates><isbn>9990-0011</isbn><accession-num>90000001</accession-num>
<abstract>To see.</abstract><electronic-resource-num>10.9999/otter.1</electronic-resource-num><urls><related-urls><url>https://otters.example</url></related-urls></urls><custom2>PMC99000001</custom2><label>mine</label></record>
<record><titles><title>Broken & more</title></titles></record>
<record><titles><title>Third</title></titles></record></records></xml>
"""  # noqa: E501

BIBTEX = r"""
@comment{nothing}
@string{jom = "Journal of otter medicine"}
@article{lutra2031,
  author = {M{\"u}ller, Ottilie and {Otter Study Group} and Jan Vidra and others},
  title = "{{CO2} in otters: 5\% more}",
  journal = jom # {, new series},
  year = 2031, month = apr,
  pages = {978--989},
  doi = {10.9999/otter.1},
  keywords = {otters, bark},
  custom = {kept},
}
@article{broken,
  title = {never closed,
@book{oter2001, editor = "Oter, An and Holt, B", title = {Holts}, publisher = {Holt Press}, isbn = {9780000000002}}
"""

EMBASE = """\
RECORD 1
TITLE
  Otters and willowbark
AUTHOR NAMES
  Lutra O.; Vidra J.B.
AUTHOR ADDRESSES
  (Lutra O., o.lutra@example.org) Holt Hospital, Weir.
  (Vidra J.B.) University of Weir.
AiP/IP ENTRY DATE
  2031-02-03
SOURCE
  Journal of Otter Medicine (2031) 13:2 (101-109). Date of Publication: 15 Sep 2031
SOURCE TITLE
  Journal of Otter Medicine
PUBLICATION YEAR
  2031
VOLUME
  13
ISSUE
  2
FIRST PAGE
  101
LAST PAGE
  109
ISSN
  9990-0012
  9990-0020
ABSTRACT
  OBJECTIVE: To see otters.
  METHODS: We looked.
EMTREE DRUG INDEX TERMS
  willowbark (drug therapy)
  salicin
CLINICAL TRIAL NUMBERS
  NCT00000001
LANGUAGE OF ARTICLE
  English
MEDLINE PMID
  90000001 (https://pubmed.example/90000001)
PUI
  L2031000001
DOI
  10.9999/otter.1
FULL TEXT LINK
  https://doi.example/10.9999/otter.1
ODD FIELD
  kept

RECORD 2
TITLE
  HOLTS AND WEIRS
AUTHOR NAMES
  Vidra J.B.
  Otter Study Group
SOURCE
  J Holt (2030) 4 Article Number: 102938
PUI
  L2
"""

OVID_TAGGED = """\
<3001. >
VN  - Ovid Technologies
DB  - Embase
UI  - 690000001
ST  - CONFERENCE ABSTRACT
TI  - Otters in holts: A systematic review.
SO  - Otter Proceedings. Conference: 2nd Holt Conference: Part 2. Freedonia. 12 (Supplement 3) (no pagination), 2031. Date of Publication: 15 March 2031.
AU  - Lutra O.B.
AU  - Vydra J.
IN  - (Lutra) Weir Hospital, Weirton, Freedonia
      (Vydra) Institute of Holts, Holtville
CP  - Freedonia
MH  - adult
MH  - *otter
KW  - holts; weirs.
AB  - Background: Otters are shy.
Method(s): We looked.
Result(s): None came.
IS  - 9990-0011
DO  - http://dx.doi.org/10.9999/otter.1
LG  - English
PT  - Conference Abstract
YR  - 2031
CR  - Copyright 2031 Otters.

<3002. >
VN  - Ovid Technologies
DB  - Ovid MEDLINE(R) ALL <1946 to November 20, 2031>
UI  - 31
TI  - Holts.
AU  - Lutra O
FA  - Lutra, Ottilie
SO  - J Otter Med. 13(4):9-12, 2031 Apr 2.
IS  - 9990-0011
IL  - 9990-0012
YR  - 2031
"""  # noqa: E501

OVID_NAMED = """\
<8>
Score
  *****
Accession Number
  00042637-900000000-99667.
Author
  Lutra, Ottilie RN; PhD 1;  Vydra, Jan 2;  Otter Study Group *
Institution
  (1)Weir Hospital, Weirton
  (2)Institute of Holts
Title
  Otters and their holts.[Review]
Source
  Journal of Otter Medicine.   28(2):103-106, April 2031.
Abstract
  Otters were seen.
  They were few.
Author Keywords
  otters;  holts.
References
  Oter A. On otters. 2001.

  Vidra J. Holts. 2002.

Language
  English.
ISSN
  9990-0011
DOI Number
  10.9999/otter.1
Link to the Ovid Full Text or citation
 http://ovid.example/1


<7>
Author
  Nutria, Coy
Title
  Holts of the world
Chapter Title
  Weirs
Source
  Journal of Weirs.
"""
