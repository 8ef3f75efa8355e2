"""Which records are linked, which are left alone, and where a person is asked. Every record is invented."""

from __future__ import annotations

import pytest

from evsynth.model.found import Found
from evsynth.model.record import Author, Dates, Identifier, Journal, Record, Section
from evsynth.sources.duplicates.candidates import LARGEST, candidates
from evsynth.sources.duplicates.decisions import Settled
from evsynth.sources.duplicates.face import face
from evsynth.sources.duplicates.groups import group
from evsynth.sources.duplicates.links import find_links, read_links, write_links

BASE = {
    "title": "Tacrolimus in anti-MDA5 interstitial pneumonia: a retrospective cohort of 31 adults",
    "authors": "Okabe, Yuki; Marchetti, Lea; Brandt, Jo",
    "year": "2014",
    "journal": "Journal of Invented Respiratory Medicine",
    "volume": "12",
    "issue": "3",
    "pages": "411-420",
    "doi": "",
    "pmid": "",
    "abstract": "",
    "vernacular": "",
}


def record(**fields: str) -> Record:
    """Make a record from the base, with other fields."""
    f = BASE | fields
    return Record(
        title=f["title"],
        vernacular_title=f["vernacular"],
        authors=tuple(Author(full_name=name.strip()) for name in f["authors"].split(";") if name.strip()),
        dates=Dates(published=f["year"]),
        journal=Journal(title=f["journal"]),
        volume=f["volume"],
        issue=f["issue"],
        pages=f["pages"],
        pmid=f["pmid"],
        abstract=(Section(text=f["abstract"]),) if f["abstract"] else (),
        article_ids=(Identifier(value=f["doi"], kind="doi"),) if f["doi"] else (),
    )


def answer(one: Record, other: Record, *, sources: tuple[str, str] = ("medline", "embase")) -> tuple[str, str]:
    """Link two records; give the answer (`different` where there is no link) and the reason."""
    found = (Found(sources[0], "1", one), Found(sources[1], "2", other))
    links = find_links(found).links
    assert links == find_links(found[::-1]).links
    return (links[0].answer, links[0].reason) if links else ("different", "")


LONG = "In this cohort we asked whether tacrolimus changes survival. " * 6

FOUND = {
    "the same print": {},
    "capitals and a full stop": {"title": BASE["title"].upper() + "."},
    "abbreviated journal, cut pages": {"journal": "J Invent Respir Med", "pages": "411-20"},
    "journal with what follows a colon": {"journal": "Journal of Invented Respiratory Medicine : official organ"},
    "another dash": {"title": BASE["title"].replace("anti-MDA5", "anti–MDA5")},
    "a slip in the title": {"title": BASE["title"].replace("pneumonia", "pneumona")},
    "words joined": {"title": BASE["title"].replace("interstitial pneumonia", "interstitialpneumonia")},
    "language in brackets": {"title": f"{BASE['title']}. [Japanese]"},
    "references in brackets": {"title": f"{BASE['title']}. [Review] [45 refs]"},
    "erratum named in brackets": {
        "title": f"{BASE['title']}.[Erratum appears in J Invent Respir Med. 2014 Jun;12(6):900]"
    },
    "initials": {"authors": "Okabe Y; Marchetti L; Brandt J"},
    "names turned round": {"authors": "Yuki Okabe; Lea Marchetti; Jo Brandt"},
    "one author only": {"authors": "Okabe, Y."},
    "first author broken": {"authors": "Ok?b?, Yuki; Marchetti, Lea; Brandt, Jo"},
    "no pages": {"pages": ""},
    "no volume, issue and pages": {"volume": "", "issue": "", "pages": ""},
    "supplement in the volume": {"volume": "12 (3)", "issue": ""},
    "year of the electronic print": {"year": "2013"},
    "subtitle left out": {"title": "Tacrolimus in anti-MDA5 interstitial pneumonia"},
    "translated title, same place": {"title": "Tacrolimus bei interstitieller Pneumonie mit MDA5-Antikörpern"},
    "last page of a supplement": {"pages": "Suppl-20"},
    "pages without their beginning": {"pages": "t-20", "year": "2013"},
    "last page only": {"pages": "420"},
    "a word lost": {"title": BASE["title"].replace("retrospective ", "")},
    "a word lost, and the first page only": {"title": BASE["title"].replace("retrospective ", ""), "pages": "411"},
    "a word lost, and an author before": {
        "title": BASE["title"].replace("retrospective ", ""), "authors": "Marchetti L; Okabe Y; Brandt J",
    },
    "electronic number, and the year before": {"pages": "e1401", "year": "2013"},
    "pages before they were counted": {"pages": "1-10", "year": "2013"},
    "no place in print yet": {"year": "2013", "volume": "", "issue": "", "pages": ""},
    "volume and issue one field too late": {"volume": "", "issue": "12", "pages": "3", "year": "2013"},
    "acronym before the journal": {"journal": "JIRM Journal of Invented Respiratory Medicine", "pages": ""},
    "a retracted article": {"title": f"RETRACTED ARTICLE: {BASE['title']}"},
    "both titles, one in brackets": {
        "title": "Tacrolimus bei Lungenfibrose mit MDA5-Antikörpern. "
        "[Tacrolimus in anti-MDA5 interstitial pneumonia: a retrospective cohort of 31 adults]",
        "volume": "", "issue": "", "pages": "",
    },
}  # fmt: skip

LEFT_ALONE = {
    "another report": {"title": "Rituximab in idiopathic fibrosis", "authors": "Vidal, An", "pages": "1-9"},
    "the next paper of the group": {
        "title": "Tacrolimus in anti-MDA5 interstitial pneumonia: quality of life", "volume": "15", "issue": "1",
        "pages": "77-85", "year": "2017",
    },
    "conference abstract elsewhere": {
        "journal": "Thorax", "volume": "68", "issue": "2", "pages": "A12", "year": "2012", "authors": "Okabe, Yuki",
    },
    "update three years later": {"year": "2017", "volume": "15", "issue": "1", "pages": "1-30"},
    "another place, other DOI": {"doi": "10.5555/other.2", "volume": "13", "issue": "1", "pages": "9-20"},
}  # fmt: skip

ASKED = {
    "erratum": {"title": f"Erratum: {BASE['title']}", "pages": "900"},
    "erratum with the place it corrects": {"title": f"{BASE['title']} (vol 12, pg 411, 2014)", "pages": "900"},
    "corrigendum on the same pages": {"title": f"Corrigendum to: {BASE['title']}"},
    "reply": {"title": f"{BASE['title']} - Reply", "pages": "421-422"},
    "retraction": {"title": f"Retraction: {BASE['title']}", "pages": "900"},
    "protocol": {"title": f"{BASE['title']}: study protocol"},
    "notice of a retraction": {"title": f"Retracted: notice of {BASE['title']}"},
    "one page of the same volume, no issue": {"issue": "", "pages": "88-88"},
    "pages of a supplement, no issue": {"issue": "", "pages": "S88-S89"},
    "a supplement, no pages of it": {"issue": "Suppl", "volume": "12", "pages": "88-90"},
    "entry in a register": {"journal": "https://clinicaltrials.gov/show/NCT00000000", "volume": "", "issue": "",
                            "pages": ""},
    "abstract in a supplement of the journal": {"issue": "9", "pages": "S88"},
    "no title": {"title": ""},
    "another number of patients": {"title": BASE["title"].replace("31", "48"), "pages": "500-510"},
    "same title, another journal": {"journal": "Thorax", "pages": ""},
    "same title, another journal, no place yet": {"journal": "Thorax", "volume": "", "issue": "", "pages": ""},
    "no place yet, and another author": {
        "year": "2013", "volume": "", "issue": "", "pages": "", "authors": "Okabe Y; Vidal A; Brandt J",
    },
    "no place yet, two years before": {"year": "2012", "volume": "", "issue": "", "pages": ""},
    "a similar title on the same first page, another number": {
        "title": BASE["title"].replace("retrospective ", "").replace("31", "48"), "pages": "411",
    },
    "a similar title, no pages": {"title": BASE["title"].replace("retrospective ", ""), "pages": ""},
    "a similar title in another issue": {
        "title": BASE["title"].replace("retrospective ", ""), "issue": "4", "pages": "411",
    },
    "the title of other people's letter": {"authors": "Vidal, An; Qureshi, Ben", "pages": "420-421"},
}  # fmt: skip


@pytest.mark.parametrize("fields", FOUND.values(), ids=FOUND)
def test_one_report_is_found(fields):
    """Databases print it differently."""
    assert answer(record(), record(**fields))[0] == "same"


@pytest.mark.parametrize("kind", ["Published Erratum", "Retraction of Publication"])
def test_a_notice_may_have_the_title_of_the_article(kind):
    notice = record(pages="").model_copy(update={"publication_types": ("Journal Article", kind)})
    assert answer(record(pages=""), notice)[0] == "maybe"
    assert answer(notice, notice)[0] == "same"


def test_one_text_in_two_places_is_shown_to_a_person():
    """A preprint and its paper, or an article that was printed again."""
    preprint = {"journal": "medRxiv", "volume": "", "issue": "", "pages": "", "year": "2012", "doi": "10.1101/1"}
    paper = record(abstract=LONG, doi="10.5555/base.1")
    verdict, reason = answer(paper, record(**preprint, abstract=LONG))
    assert verdict == "maybe"
    assert reason.startswith("one text in two places")
    assert answer(record(doi="10.5555/base.1"), record(**preprint))[0] == "different"


def test_versions_of_a_preprint_have_one_doi():
    preprint = {"journal": "medRxiv", "volume": "", "issue": "", "pages": ""}
    one = record(**preprint, doi="10.1101/2020.02.03.20012345")
    assert answer(one, record(**preprint, doi="10.1101/2020.02.03.20012345v2"))[0] == "same"
    assert answer(one, record(**preprint, doi="10.1101/2020.02.03.20012346v2"))[0] != "same"


JAPANESE = {
    "title": "男性患者における間質性肺炎の予後の検討", "authors": "山田, 太郎; 鈴木, 花子", "journal": "架空誌",
    "issue": "",
}  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"authors": "山田太郎; 鈴木花子"}, "same"),
        ({"pages": "", "year": "2014"}, "same"),
        ({"title": "女性患者における間質性肺炎の予後の検討", "pages": "421-427"}, "maybe"),
        ({"title": "女性患者における間質性肺炎の予後の検討", "pages": "", "year": "2014"}, "maybe"),
        ({"authors": "佐藤, 次郎", "pages": ""}, "maybe"),
    ],
)
def test_a_title_without_gaps_between_words(fields, expected):
    """Men (男) and women (女) differ by one sign; names have a gap or none; a long title is no heading."""
    assert answer(record(**JAPANESE), record(**JAPANESE | fields))[0] == expected


def test_a_particle_can_be_a_family_name():
    one = record(authors="Le, Thanh; Ngo, An", pages="")
    assert "first author same" in answer(one, record(authors="Le T; Ngo A", pages=""))[1]


def sources(*records: Record) -> list[Found]:
    return [Found(f"s{n}", "1", one) for n, one in enumerate(records)]


def test_a_record_without_a_place_does_not_join_a_paper_and_an_abstract():
    """By hand: title, author and year. It is as like the paper as the abstract of a meeting in another journal."""
    bare = {"journal": "", "volume": "", "issue": "", "pages": ""}
    abstract = {"journal": "Invented Rheumatology", "volume": "71", "issue": "Suppl 10", "pages": "1234"}
    links = find_links(sources(record(), record(**abstract), record(**bare))).links
    assert [(k.pair, k.answer) for k in links] == [
        (("s0:1", "s2:1"), "maybe"), (("s1:1", "s2:1"), "maybe"), (("s0:1", "s1:1"), "apart"),
    ]  # fmt: skip
    assert "it is as like s1:1, which is another report" in links[0].reason
    assert read_links(write_links(links)) == links
    with_doi = find_links(
        sources(record(doi="10.5555/base.1"), record(**abstract), record(**bare, doi="10.5555/base.1"))
    )
    assert [k.answer for k in with_doi.links] == ["same", "same", "apart"]
    made = group(sources(record(), record(), record()), with_doi.links, Settled({}, {}, {}))
    assert made.reports == (("s0:1", "s2:1"), ("s1:1",))
    assert "the rules keep s0:1 and s1:1 apart" in made.refused[0].reason


def test_one_doi_needs_little_else():
    bare = {"volume": "", "issue": "", "pages": "", "year": "", "journal": "", "authors": ""}
    assert answer(record(doi="10.5555/Base.1"), record(doi="10.5555/base.1", **bare))[0] == "same"
    assert answer(record(), record(**bare))[0] == "maybe"


def test_british_words_are_american_words():
    british = "Haemolytic anaemia and oedema in paediatric tumours"
    american = "Hemolytic anemia and edema in pediatric tumors"
    assert answer(record(title=british), record(title=american))[0] == "same"


@pytest.mark.parametrize("fields", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_two_reports_are_left_alone(fields):
    """They share a title, authors or a journal, and are no duplicates."""
    base = record(doi="10.5555/base.1") if "doi" in fields else record()
    assert answer(base, record(**fields))[0] == "different"


@pytest.mark.parametrize("fields", ASKED.values(), ids=ASKED)
def test_a_person_is_asked(fields):
    """Not linked, and not passed over."""
    assert answer(record(), record(**fields))[0] == "maybe"


def test_part_1_and_part_2_stay_apart():
    one, two = (record(title=f"Imaging of the lung in myositis. Part {n}: patterns", pages=p) for n, p in
                (("I", "10-19"), ("II", "20-31")))  # fmt: skip
    assert answer(one, two)[0] != "same"
    assert answer(one, record(title="Imaging of the lung in myositis. Part 1: patterns", pages="10-9"))[0] == "same"


def test_versions_of_a_cochrane_review_stay_apart():
    review = {"title": "Immunosuppressants for invented lung disease", "journal": "Cochrane Database of Syst Rev"}
    versions = [
        record(**review, year=year, volume="", issue=issue, pages="CD099999", doi=f"10.5555/14651858.CD099999.pub{n}")
        for n, year, issue in ((2, "2009", "4"), (3, "2015", "2"))
    ]
    assert answer(*versions)[0] != "same"


def test_editorials_of_one_name_in_one_volume_stay_apart():
    one, other = (
        record(title="Editor's comments", issue=issue, pages=p) for issue, p in (("1", "iii-x"), ("2", "iii-v"))
    )
    assert answer(one, other)[0] != "same"


def test_editorials_without_issue_and_pages_stay_apart():
    titles = ("Remarks of the journal's editor on the year", "Invented lung disease")
    for title in titles:
        issued = record(title=title, pages="1-4", issue="2")
        assert answer(issued, record(title=title, pages="", issue=""))[0] == "maybe"
        assert answer(issued, record(title=title, pages="1-4", issue=""))[0] == "same"


def test_letters_of_one_name_on_one_page_stay_apart():
    one = record(title="Thrombin in invented pneumonia", pages="411")
    other = record(title="Thrombin in invented pneumonia", pages="411-411", authors="Vidal, An; Qureshi, Ben")
    assert answer(one, other)[0] == "maybe"
    assert answer(one, record(title="Thrombin in invented pneumonia", pages="411-411"))[0] == "same"


def test_two_prints_of_one_erratum_are_one_and_two_errata_are_two():
    named, placed = f"Erratum: {BASE['title']}", f"{BASE['title']} (vol 12, pg 411, 2014)"
    for issue in ("6", ""):
        first = record(title=named, issue=issue, pages="900-900")
        assert answer(first, record(title=placed, issue=issue, pages="900"))[0] == "same"
        assert answer(first, record(title=named, issue=issue, pages="955"))[0] == "maybe"
        assert answer(first, record(title=placed, issue=issue, pages="955"))[0] != "same"


def test_a_section_of_a_journal_is_told_by_volume_and_pages():
    """A short title, another year, and a journal that is cut to one word."""
    short = {"title": "Invented lung disease", "issue": ""}
    whole = record(**short, journal="Respira Clinical Practice", pages="411-420")
    assert answer(whole, record(**short, journal="Respira", pages="c411-c420", year="2013"))[0] == "same"
    assert answer(whole, record(**short, journal="Respira", pages="", year="2013"))[0] != "same"


def test_meetings_by_their_acronym():
    """`AMCIS` is a conference with two letters from its first word; another conference is another report."""
    bare = {"volume": "", "issue": "", "pages": ""}
    one = record(**bare, journal="Americas Conference on Invented Systems")
    assert answer(one, record(**bare, journal="AMCIS 2014 Proceedings"))[0] == "same"
    assert answer(one, record(**bare, journal="AMCIS 2015 Proceedings", year="2015"))[0] == "same"
    other = record(**bare, journal="Proceedings of the 51st Hawaii Conference on Invented Systems", year="2015")
    assert answer(one, other)[0] == "maybe"


def test_numbers_in_words_are_numbers():
    one = record(title="Six-minute walk versus rest over two years", pages="")
    assert answer(one, record(title="6-minute walk vs. rest over 2 years", pages=""))[0] == "same"
    assert answer(one, record(title="6-minute walk vs. rest over 3 years", pages=""))[0] != "same"


def test_one_doi_and_one_page_speak_for_a_translated_title():
    german = "Tacrolimus bei interstitieller Pneumonie mit MDA5-Antikörpern"
    one = record(doi="10.5555/base.1", volume="")
    assert answer(one, record(doi="10.5555/base.1", title=german, pages="411"))[0] == "same"
    assert answer(one, record(doi="10.5555/base.1", title=german, pages=""))[0] == "maybe"
    assert answer(one, record(doi="10.5555/base.1", title=german, pages="411", authors="Vidal, An"))[0] != "same"


def test_similar_abstracts_of_one_group_on_one_page_stay_apart():
    """Atypical repair and atrophy are two studies, though the rest of a long title is the same."""
    title = "Atypical cells of unclear meaning with {} in liquid tests: prevalence of infections and later biopsies"
    one = record(title=title.format("repair"), pages="100A-101A", issue="")
    other = record(title=title.format("atrophy"), pages="100A", issue="", authors="Okabe, Yuki; Vidal, An")
    assert answer(one, other)[0] == "maybe"


def test_two_abstracts_on_one_page_stay_apart():
    one = record(title="Tacrolimus for cough in men with fibrosis", pages="81A", issue="")
    two = record(title="Tacrolimus for sleep in women with fibrosis", pages="81A", issue="")
    assert answer(one, two)[0] != "same"


def test_a_translated_title_beside_the_own_one():
    own = record(title="Tacrolimus bei Lungenfibrose", vernacular="", pages="")
    other = record(title="[Tacrolimus in lung fibrosis]", vernacular="Tacrolimus bei Lungenfibrose", pages="")
    assert answer(own, other)[0] == "same"


def test_one_pmid_is_one_report_whatever_is_printed():
    verdict, reason = answer(record(pmid="91"), record(title="Something else", pmid="91"))
    assert verdict == "same"
    assert reason.startswith("one PMID")


def test_two_pmids_are_two_reports():
    assert answer(record(pmid="91"), record(pmid="92"))[0] != "same"


def test_abstracts_that_begin_alike_speak_for_one_report():
    bare = {"volume": "", "issue": "", "pages": "", "year": "2013"}
    assert answer(record(**bare, journal="Invented Press"), record())[0] != "same"
    one, other = record(**bare, abstract=LONG), record(abstract=LONG)
    assert answer(one, other)[0] == "same"


def test_a_source_does_not_print_a_report_twice_without_saying_so():
    verdict, reason = answer(record(), record(), sources=("embase", "embase"))
    assert verdict == "maybe"
    assert "both are from embase" in reason
    twice = record(doi="10.5555/base.1")
    assert answer(twice, twice, sources=("embase", "embase"))[0] == "same"
    assert answer(twice, record(doi="10.5555/base.2"), sources=("embase", "embase"))[0] != "same"


def test_links_say_why_and_survive_the_file():
    links = find_links((Found("a", "1", record()), Found("b", "1", record(journal="J Invent Respir Med")))).links
    assert links[0].score >= 9
    assert "journal same" in links[0].reason
    assert read_links(write_links(links)) == links


@pytest.mark.parametrize(
    ("text", "message"),
    [("", "line 1"), ("one,other,answer,score,reason\na,b,perhaps,1,x\n", "line 2"),
     ("one,other,answer,score,reason\na,b,same,much,x\n", "'much' is not a score")],
)  # fmt: skip
def test_a_broken_file_of_links_is_refused_with_its_line(text, message):
    with pytest.raises(ValueError, match=message):
        read_links(text)


def test_a_key_that_everybody_shares_is_counted_and_left_out():
    faces = [face(record(title="Editorial", authors="", pages="1", volume="3")) for _ in range(LARGEST + 1)]
    assert candidates(faces) == ([], 2)
