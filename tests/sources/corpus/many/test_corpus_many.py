"""Articles read many at once are those read one by one: every field, line, failure, whatever is done to the file."""

import importlib.util
import random
import re
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evsynth.sources.corpus.columns import batch, schema
from evsynth.sources.corpus.many.characters import characters
from evsynth.sources.corpus.many.cutting import Run, runs
from evsynth.sources.corpus.many.folding import folded_rows
from evsynth.sources.corpus.many.reading import read
from evsynth.sources.corpus.many.rows import rows
from evsynth.sources.corpus.many.spelling import marked
from evsynth.sources.corpus.many.tags import tag
from evsynth.sources.corpus.searched import folded
from evsynth.sources.formats.pubmed_xml import items
from evsynth.sources.reading import Failure, ReadError

_path = Path(__file__).parents[3] / "build/corpus/invented_pubmed.py"
_spec = importlib.util.spec_from_file_location("invented_pubmed_many", _path)
invented = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(invented)

FULL = """<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">7</PMID>
<DateRevised><Year>2021</Year><Month>6</Month><Day>07</Day></DateRevised>
<Article PubModel="Print"><Journal><ISSN IssnType="Print">1-2</ISSN><JournalIssue><Volume>5</Volume>
<PubDate><MedlineDate>2019 Apr-Jun</MedlineDate></PubDate></JournalIssue><Title>Otter &amp; weir</Title>
<ISOAbbreviation>O W</ISOAbbreviation></Journal><ArticleTitle>Of <i>Lutra</i> at 10<sup>3</sup> m &lt; 2</ArticleTitle>
<Pagination><StartPage>1</StartPage><EndPage>9</EndPage></Pagination>
<ELocationID EIdType="doi" ValidYN="N">10.1/x</ELocationID><Abstract><AbstractText Label="AIM &amp; END">We  swam
far.</AbstractText><AbstractText>Na\u00efve \u03b2 <b>o<i>t</i></b>ters</AbstractText></Abstract>
<AuthorList CompleteYN="N"><Author ValidYN="N" EqualContrib="Y"><LastName>Lutra</LastName><ForeName>Otto R</ForeName>
<Initials>OR</Initials><Suffix>Jr</Suffix><Identifier Source="ORCID">0-1</Identifier><AffiliationInfo>
<Affiliation>Weir.</Affiliation><Identifier Source="ROR">r</Identifier></AffiliationInfo></Author>
<Author><CollectiveName>The <sub>O</sub> group</CollectiveName></Author></AuthorList><Language>eng</Language>
<DataBankList><DataBank><DataBankName>OtterTrials</DataBankName><AccessionNumberList>
<AccessionNumber>OT1</AccessionNumber><AccessionNumber>OT2</AccessionNumber></AccessionNumberList></DataBank>
</DataBankList>
<GrantList><Grant><GrantID>G1</GrantID><Agency>Weir Fund</Agency><Country>Otterland</Country></Grant></GrantList>
<PublicationTypeList><PublicationType UI="D1">Review</PublicationType></PublicationTypeList>
<VernacularTitle>Vom \u00d6tter.</VernacularTitle>
<ArticleDate><Year>2019</Year><Month>03</Month><Day>1</Day></ArticleDate></Article>
<MedlineJournalInfo><Country>Otterland</Country><MedlineTA>Ott Weir</MedlineTA><NlmUniqueID>9</NlmUniqueID>
<ISSNLinking>1-3</ISSNLinking></MedlineJournalInfo><ChemicalList><Chemical><RegistryNumber>0</RegistryNumber>
<NameOfSubstance UI="D2">Mud</NameOfSubstance></Chemical></ChemicalList><SupplMeshList>
<SupplMeshName Type="Disease" UI="C1">Weir foot</SupplMeshName></SupplMeshList><CitationSubset>IM</CitationSubset>
<CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn"><RefSource>J Otter. 2020</RefSource>
<PMID Version="1">8</PMID></CommentsCorrections></CommentsCorrectionsList><MeshHeadingList><MeshHeading>
<DescriptorName UI="D3" MajorTopicYN="N">Otters</DescriptorName><QualifierName UI="Q1" MajorTopicYN="Y">physiology
</QualifierName></MeshHeading><MeshHeading><DescriptorName UI="D4" MajorTopicYN="Y">Weirs</DescriptorName>
</MeshHeading></MeshHeadingList><OtherID Source="NLM">PMC1</OtherID><KeywordList Owner="NOTNLM">
<Keyword MajorTopicYN="Y"><i>L</i> lutra</Keyword><Keyword>weir</Keyword></KeywordList>
<CoiStatement>None.</CoiStatement><InvestigatorList><Investigator><LastName>Reed</LastName></Investigator>
</InvestigatorList></MedlineCitation><PubmedData><History><PubMedPubDate PubStatus="pubmed"><Year>2019</Year>
<Month>3</Month><Day>2</Day><Hour>6</Hour><Minute>0</Minute></PubMedPubDate><PubMedPubDate PubStatus="received">
<Year>2018</Year><Month>11</Month><Day>2</Day></PubMedPubDate></History><PublicationStatus>ppublish</PublicationStatus>
<ArticleIdList><ArticleId IdType="pubmed">7</ArticleId><ArticleId IdType="doi"> 10.1/x </ArticleId>
<ArticleId IdType="pmc">PMC1</ArticleId><ArticleId IdType="mid">M1</ArticleId></ArticleIdList><ReferenceList>
<Title>References</Title><Reference><Citation>Reed 1<sup>2</sup>. <i>J</i></Citation><ArticleIdList>
<ArticleId IdType="pubmed">3</ArticleId></ArticleIdList></Reference><ReferenceList><Reference><Citation>Heron</Citation>
</Reference></ReferenceList></ReferenceList></PubmedData></PubmedArticle>"""
PLAIN = [
    re.sub(r">\s*\n\s*<", "><", FULL).encode(),
    FULL.encode(),
    *(invented.article(random.Random(one), one).encode() for one in range(3)),
]
ODD = [
    b"<", b">", b"&", b"]]>", b"<!--", b"<!-- x -->", b"<!-- -- -->", b"<?x y?>", b"<?xml?>", b"<PubmedArticle>",
    b"</PubmedArticle>", b"</PubmedArticle >", b"<PubmedBookArticle>", b"</PubmedBookArticle>",
    b"<DeleteDocument><PMID>3</PMID></DeleteDocument>",
    b"\0", b"\1", b"\xff", b"\xef\xbf\xbf", b"\xc2\xa0", b"\xe2\x80\x89", b"\xcc\x88", b"\xc4\xb0", b"\xd9\xa3",
    b"&#0;",
    b"&#8211;", b"&#x3c;", b"&#13;", b"&#10;", b"&nbsp;", b"&otter;", b"&lt;", b"&amp;", b"&quot;", b"<i>", b"</i>",
    b"<i>x</i>", b"1<sup>2</sup>", b"\xd9\xa3<sup>2</sup>", b"<sub/>", b"<b><i/></b>", b'<i class="a&lt;b">x</i>',
    b'<m:math xmlns:m="m"><m:mi>x</m:mi></m:math>', b"<m:math/>", b"  ", b"\n", b"\t", b"\r\n", b'"', b"'", b' a="1"',
    b' xmlns="u"', b"<![CDATA[x]]>", b"<Year>", b"<Author><LastName>A</LastName></Author>", b"<Month>13</Month>", b"/",
    b'<PMID Version="2">9</PMID>', b"<ArticleTitle>x</ArticleTitle>", b"<AbstractText/>",
    b"<ERROR>x</ERROR>",
    b"Sj\xc3\xb6gren", b"<i>3</i><sup>2</sup>", b"3<sup></sup>4", b"3<sup><i>2</i></sup>", b"3<sup>2</sup><sup>4</sup>",
    b"<i>x</i><b>y</b>", b"\x01&lt;", b"\t&amp;\x06", b"<PubmedArticle></PubmedArticle>", b"<i>" * 210 + b"</i>" * 210,
]  # fmt: skip


def together(data, step):
    tables, failures = [], []
    for some, failed in read((data[at : at + step] for at in range(0, len(data), step)), 1):
        tables.append(some.to_pylist())
        failures += failed
    return [row for some in tables for row in some], failures


def one_by_one(data):
    entries = [one._replace(text="") if isinstance(one, Failure) else one for one in items([data])]
    return batch(entries, 1, 0).to_pylist() if entries else [], [one for one in entries if isinstance(one, Failure)]


def same(data, step=1 << 18):
    """Compare both ways of reading, but for the number of the row, which is given later."""
    try:
        wanted = one_by_one(data)
    except ReadError as error:
        with pytest.raises(ReadError, match=re.escape(str(error))):
            together(data, step)
        return
    found = together(data, step)
    assert found[1] == wanted[1]
    assert [{**row, "row": 0} for row in found[0]] == [{**row, "row": 0} for row in wanted[0]]


def document(*records):
    return b'<?xml version="1.0"?>\n<PubmedArticleSet>\n  ' + b"\n  ".join(records) + b"\n</PubmedArticleSet>\n"


@pytest.mark.parametrize("number", range(len(PLAIN)))
def test_a_usual_article_is_read_with_the_others(number):
    """None of these is left to the slow way, so the comparisons below compare two ways."""
    found = rows([PLAIN[number]], 1, schema())
    assert found.plain == [0]
    assert not found.wrong
    same(document(PLAIN[number]))


@pytest.mark.parametrize("odd", ODD, ids=repr)
@pytest.mark.parametrize("mark", [b"We  swam", b"<Year>20", b"<MeshHeading>"])
def test_an_odd_thing_changes_both_ways_alike(odd, mark):
    for place in (PLAIN[1].find(mark), PLAIN[1].find(mark) + len(mark)):
        same(document(PLAIN[2], PLAIN[1][:place] + odd + PLAIN[1][place:], PLAIN[3]))


PARTS = [found.span() for found in re.finditer(rb"<(\w+)[^<>]*>[^<>]*</\1>", PLAIN[1])]
CHANGE = st.one_of(
    st.tuples(st.just("insert"), st.integers(0, len(PLAIN[1])), st.sampled_from(ODD)),
    st.tuples(st.just("cut"), st.integers(0, len(PLAIN[1])), st.integers(1, 40)),
    st.tuples(st.sampled_from(["twice", "without"]), st.integers(0, len(PARTS) - 1), st.just(b"")),
    st.tuples(st.just("move"), st.integers(0, len(PARTS) - 1), st.integers(0, len(PARTS) - 1)),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(CHANGE, min_size=1, max_size=3), st.integers(0, 2))
def test_whatever_is_done_to_an_article_both_ways_read_the_same(changes, number):
    damaged = PLAIN[1]
    for kind, at, by in changes:
        if kind == "insert":
            damaged = damaged[:at] + by + damaged[at:]
        elif kind == "cut":
            damaged = damaged[:at] + damaged[at + by :]
        else:
            begin, end = PARTS[at]
            part = damaged[begin:end]
            to = PARTS[by][1] if kind == "move" else end
            damaged = damaged[:begin] + damaged[end:] if kind == "without" else damaged[:to] + part + damaged[to:]
    same(document(*PLAIN[:number], damaged, PLAIN[4]))


@pytest.mark.parametrize("step", [1, 7, 100, 5000])
def test_the_length_of_chunks_changes_nothing(step):
    data = document(*PLAIN[:3], b"<DeleteCitation><PMID Version='1'>3</PMID></DeleteCitation>")
    assert together(data, step) == together(data, 1 << 18)
    same(data, step)


@pytest.mark.parametrize("step", [7, 5000, 1 << 18])
@pytest.mark.parametrize("after", [b"", b"\n", b"<DeleteDocument><PMID>3</PMID></DeleteDocument>", b"lost"])
def test_a_blank_before_the_end_of_the_last_tag_ends_an_article(after, step):
    blank = PLAIN[0].replace(b"</PubmedArticle>", b"</PubmedArticle >" + after)
    data = document(PLAIN[2], blank, PLAIN[3])
    same(data, step)
    assert [row["pmid"] for row in together(data, step)[0] if row["entry"] == "record"] == ["0", "7", "1"]


@pytest.mark.parametrize(
    ("month", "read_as"),
    [("\u00b2", "\u00b2"), ("\u0663", "Mar"), ("9" * 5000, "9" * 5000), ("06", "Jun"), ("13", "13")],
)
def test_a_month_of_odd_digits_stays_as_it_is_printed(month, read_as):
    date = f"<PubDate><Year>2022</Year><Month>{month}</Month></PubDate>".encode()
    data = document(re.sub(rb"<PubDate>.*</PubDate>", date, PLAIN[0]))
    same(data)
    assert together(data, 999)[0][0]["dates"]["published"] == f"2022 {read_as}"


def test_what_is_no_article_is_read_after_the_run():
    book = b"<PubmedBookArticle><BookDocument><PMID>5</PMID></BookDocument></PubmedBookArticle>"
    data = document(PLAIN[0], book, PLAIN[2])
    first, _ = runs([data])
    assert isinstance(first, Run)
    assert len(first.raws) == 1
    same(data)
    assert [row["pmid"] for row in together(data, 999)[0]] == ["7", "5", "0"]


def test_what_is_read_alone_stands_among_what_is_read_together():
    odd = PLAIN[1].replace(b"Vom ", b"<!-- -->Vom ")
    lost = b"<PubmedArticle><MedlineCitation></MedlineCitation></PubmedArticle>"
    data = document(odd, PLAIN[2], lost, lost, PLAIN[3], odd, PLAIN[4], lost)
    same(data)
    (first, failed), *_ = read([data], 1)
    assert first.column("entry").to_pylist() == [*"record record failure failure record record record failure".split()]
    assert [one.line for one in failed] == [
        line
        for line, entry in zip(first["line"].to_pylist(), first["entry"].to_pylist(), strict=True)
        if entry[0] == "f"
    ]


@pytest.mark.parametrize("raw", [PLAIN[0].replace(b"None.", b"&otter;"), b"<PubmedArticle></PubmedArticle>"])
def test_a_run_of_which_no_article_is_plain_is_read_one_by_one(raw):
    same(document(raw, raw))


@pytest.mark.parametrize(
    ("short", "long"),
    [
        (b'<PMID Version="1">', b'<PMID  Version="1">'),
        (b'<QualifierName UI="Q1" MajorTopicYN="N">', b"<QualifierName UI='Q1' MajorTopicYN = \"N\">"),
        (b'<AbstractText Label="\xc2\xa7 A" NlmCategory="">', b'<AbstractText Label="\xc2\xa7 A" NlmCategory="" >'),
        (b'<ArticleId IdType="a" IdType="b">', b'<ArticleId  IdType="a" IdType="b">'),
        (b'<ArticleId xmlns="a">', b'<ArticleId  xmlns="a">'),
        (b'<otter UI="1">', b'<otter  UI="1">'),
    ],
)
def test_a_usual_tag_says_what_it_says_in_an_unusual_spelling(short, long):
    assert tag(short) == tag(long)
    assert tag(short).step == 1


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.text("aZ9 .-\tSj\u00f6\u00e9\u03b2\u0308\u4e00\u2009", min_size=1)), max_size=6
    )
)
def test_texts_are_folded_together_as_one_by_one(parts):
    parts.sort(key=lambda one: one[0])
    found = folded_rows(pa.array([text for _, text in parts], pa.string()), np.array([row for row, _ in parts], int), 4)
    wanted = ["".join(f" {folded(text)} " for at, text in parts if at == row) or None for row in range(4)]
    assert found.to_pylist() == wanted


@pytest.mark.parametrize(
    ("raws", "wanted"),
    [
        ([b"a\nb &lt;\n", b"&amp;\t\r\n&gt;"], ([2, 1], [4, 6, 10])),
        ([b"a", b"\x01\n"], {1}),
        ([b"&lt;\x0b", b"b"], {0}),
        ([b"\xff", b"b", b"\xef\xbf\xbe"], {0, 2}),
        ([b"\xef\xbf\xbd"], ([0], [])),
    ],
)
def test_the_characters_of_records(raws, wanted):
    records = [marked(raw) for raw in raws]
    found = characters(records, bytearray(b"".join(one.raw for one in records)))
    assert (found if isinstance(found, set) else (found.lines, found.marks.tolist())) == wanted


def test_an_error_is_an_error_only_where_nothing_was_read():
    same(document(b"<ERROR>Otters are away</ERROR>"))
    same(document(PLAIN[0], b"<ERROR>Otters are away</ERROR>"))
