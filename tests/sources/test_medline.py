from __future__ import annotations

from pathlib import Path

import pytest

from evsynth.model.record import RELATIONS, Author, Identifier, Keyword, Link, Section, Substance
from evsynth.sources.medline import read_medline, read_one
from evsynth.sources.reading import ReadError
from evsynth.sources.tags import TAGS

SEED = Path(__file__).parents[2] / "corpora" / "sources" / "chen-2022-record.txt"


@pytest.fixture(params=["proper", "flat"])
def record(request, proper, flat):
    return read_one({"proper": proper, "flat": flat}[request.param])


def test_every_field_of_the_invented_record(record):
    assert (record.pmid, record.owner, record.status, record.subsets) == (
        "90000001",
        "NLM",
        "MEDLINE",
        ("IM",),
    )
    assert record.title == (
        "Willowbark and factor II - a trial of type I and II - disease in otters: what AD - and CI - do not mean."
    )
    assert record.vernacular_title == "Ecorce de saule et loutres."
    assert [s.label for s in record.abstract] == [
        "OBJECTIVE",
        "METHODS",
        "RESULTS",
        "CONCLUSION",
        "CLINICAL TRIAL REGISTRATION",
    ]
    assert record.abstract[2].text == "Relapse was rarer (p=0.021). COPD: none was seen."
    assert "95% CI - 0.5 to 0.9" in record.abstract[0].text
    assert "AU - arbitrary units - once" in record.abstract[1].text
    assert [(o.text[:9], o.language) for o in record.other_abstracts] == [("Publisher", "fre")]
    assert record.copyright == "Copyright (c) 2031 Lutra, Vidra and Oter."
    assert (record.volume, record.issue, record.pages) == ("13", "4 Suppl 1", "978-429")
    assert record.journal.title == "Journal of otter medicine"
    assert record.journal.abbreviation == "J Otter Med"
    assert record.journal.nlm_id == "999999999"
    assert record.journal.place == "Freedonia"
    assert record.journal.issn("Print") == "9990-0012"
    assert record.journal.issn("Electronic") == record.journal.issn("Linking") == "9990-0011"
    assert record.dates.published == "2031 Apr-Jun"
    assert record.dates.electronic == "20310402"
    assert (record.dates.completed, record.dates.revised) == ("20310920", "20310926")
    assert (record.dates.entrez, record.dates.mesh) == ("2031/04/03 06:00", "2031/09/21 06:00")
    assert (record.dates.created, record.dates.pmc_release) == ("2031/04/02 04:21", "2031/10/01")
    assert [(e.when, e.status) for e in record.history] == [
        ("2031/01/26 00:00", "received"),
        ("2031/04/02 04:21", "entrez"),
    ]
    assert record.languages == ("eng", "fre")
    assert record.publication_types == ("Journal Article", "Research Support, Non-U.S. Gov't")
    assert record.publication_status == "epublish"
    assert record.location_ids[1] == Identifier(value="978429")
    assert (record.doi, record.pii, record.pmcid) == (
        "10.9999/otter.2031.1",
        "otter.2031-1",
        "PMC99000001",
    )
    assert record.dois == ("10.9999/otter.2031.1",)
    assert record.manuscript_ids == ("NIHMS990001",)
    assert record.keywords == (
        Keyword(text="otters", owner="NOTNLM"),
        Keyword(text="willowbark", major=True, owner="NOTNLM"),
    )
    assert record.substances == (
        Substance(registry="0", name="Salicylates"),
        Substance(registry="WM0HAQ0OTR", name="Willowbark (extract)"),
    )
    assert (record.databank_ids[0].databank, record.databank_ids[0].accession) == ("OtterReg", "OTT0001")
    assert record.grants[0].agency == "Otter Institute"
    assert record.grants[1].printed == "The Holt Foundation"
    assert record.conflict_of_interest == "The authors declare that no otter paid them."
    assert record.source.startswith("J Otter Med. 2031 Apr-Jun")
    assert record.unknown == ()


def test_mesh_stars_stand_where_they_are_printed(record):
    lung = record.mesh[1]
    assert (lung.name, lung.major) == ("Lung Diseases, Interstitial", True)
    assert [(q.name, q.major) for q in lung.qualifiers] == [("drug therapy", False), ("mortality", True)]
    assert [heading.major_topic for heading in record.mesh] == [False, True, False]


def test_addresses_belong_to_the_name_before_them(record):
    lutra, vidra, group, oter = record.authors
    assert lutra == Author(
        family="Lutra",
        given="Ottilie B",
        initials="OB",
        suffix="2nd",
        full_name="Lutra, Ottilie B 2nd",
        short_name="Lutra OB 2nd",
        affiliations=(
            "Department of Rivers, Weir Hospital, Weirton.",
            "Institute of Holts, Weirton. o.lutra@example.org",
        ),
        identifiers=("ORCID: https://orcid.org/0000-0001-2345-678X",),
    )
    assert lutra.orcid == "0000-0001-2345-678X"
    assert vidra.affiliations == ("Department of Rivers, Weir Hospital, Weirton.",)
    assert (group.collective, group.name, group.affiliations) == (
        "Otter Study Group",
        "Otter Study Group",
        (),
    )
    assert (oter.name, oter.affiliations, oter.orcid) == ("Oter, An", (), "")
    assert record.investigators[0].name == "Nutria, Coy P"
    assert record.investigators[0].affiliations == ("Weir Hospital, Weirton.",)


def test_links_say_what_they_are(record):
    assert record.links[0] == Link(
        tag="CIN",
        citation="J Otter Med. 2032;14(1):5. doi: 10.9999/otter.2032.5. PMID: 90000002",
        pmid="90000002",
    )
    assert [link.relation for link in record.links] == ["comment in", "retraction in"]
    assert record.retracted


def test_raw_is_the_record_as_it_was(proper, flat):
    text = f"{proper}\n{proper.replace('90000001', '90000007')}".replace("\n", "\r\n")
    first, second = read_medline(text).records
    assert first.raw in text
    assert second.raw in text
    assert second.raw.startswith("PMID- 90000007\r\nOWN")
    assert read_one(flat).raw == flat


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda t: "\ufeff" + t, id="byte order mark"),
        pytest.param(lambda t: t.replace("\n", "\r\n"), id="CRLF"),
        pytest.param(lambda t: t.replace("\n", "\r"), id="CR"),
        pytest.param(lambda t: "\n\n" + t + "\n\n\n", id="empty lines around"),
        pytest.param(lambda t: t.replace("\n      ", " \n      "), id="blanks at line ends"),
        pytest.param(lambda t: t.replace("\n      ", "\n\t"), id="tab as indent"),
        pytest.param(lambda t: t.replace("\n      and CI", "\n\n      and CI"), id="empty line inside a field"),
        pytest.param(lambda t: t.replace("TI  - ", "TI  -  "), id="two blanks"),
        pytest.param(lambda t: " ".join(t.split()).replace(" PHST-", "\nPHST-"), id="some breaks left"),
    ],
)
def test_harmless_layouts_read_the_same(proper, change):
    assert read_one(change(proper)).without_raw() == read_one(proper).without_raw()


def test_two_records_without_an_empty_line_between(proper):
    assert [r.pmid for r in read_medline(proper + proper).records] == ["90000001", "90000001"]


def test_two_flattened_records_in_one_line_and_in_two(flat):
    other = flat.replace("90000001", "90000009")
    for text in (f"{flat} {other}", f"{flat}\n{other}", f"{flat}\n\n{other}\n"):
        read = read_medline(text)
        assert [r.pmid for r in read.records] == ["90000001", "90000009"]
        assert read.records[1].without_raw() == read_one(other).without_raw()


def test_one_bad_record_costs_one_record(proper):
    bad = "PMID- 90000004\nOWN - NLM\nTI  - A title\nthat lost its indent.\nSO  - J Otter Med. 2031.\n"
    read = read_medline("\n".join([proper, bad, proper]))
    assert len(read.records) == 2
    (failure,) = read.failures
    line = proper.count("\n") + 1 + 4
    assert failure.line == line
    assert "that lost its indent." in failure.message
    assert failure.text == bad.rstrip()
    assert str(failure) == (
        f"line {line}: 'that lost its indent.' is neither a field (TAG - value) nor the continuation of one. "
        "Indent a continued line by six blanks, or remove the line."
    )


def test_unknown_and_surplus_fields_are_kept_in_order():
    text = (
        "PMID- 90000005\nXYZ - first\n      of it\nTI  - One.\nTI  - Two.\nQQ  -\nOTO - NLM\nAUID- ORCID: 1\n"
        "AU  - Oter A\nLA  - eng\nAD  - Nobody's.\n"
    )
    record = read_one(text)
    assert [(t.tag, t.value) for t in record.unknown] == [
        ("XYZ", "first of it"),
        ("TI", "Two."),
        ("QQ", ""),
        ("OTO", "NLM"),
        ("AUID", "ORCID: 1"),
        ("AD", "Nobody's."),
    ]
    assert record.title == "One."
    assert record.authors[0].affiliations == ()


def test_an_address_before_the_names_is_of_the_record():
    record = read_one("PMID- 90000006\nAD  - Weir Hospital, Weirton.\nFAU - Oter, A\nAU  - Oter A\nAU  - et al.\n")
    assert record.affiliations == ("Weir Hospital, Weirton.",)
    assert [a.name for a in record.authors] == ["Oter, A", "et al."]
    assert (record.authors[1].family, record.authors[1].initials) == ("et al.", "")


def test_a_book_needs_no_source_line():
    record = read_one(
        "PMID- 90000010\nSTAT- Publisher\nDRDT- 20190404\nCTDT- 20090630\nPB  - Weir Press\nDP  - 2019\n"
        "TI  - Holts.\nBTI - The Otter Book\nFED - Lutra, O\nED  - Lutra O\nFAU - Oter, A\nAU  - Oter A\n"
        "ISBN- 9780000000002\nAID - NBK0000001 [bookaccession]\n"
    )
    assert (record.book.title, record.book.publisher, record.book.isbns) == (
        "The Otter Book",
        "Weir Press",
        ("9780000000002",),
    )
    assert [e.name for e in record.editors] == ["Lutra, O"]
    assert (record.dates.book_contributed, record.dates.book_revised) == ("20090630", "20190404")


def test_absent_is_empty():
    record = read_one("PMID- 90000011\nTI  -\nAB  - \n")
    assert record.without_raw().model_dump(exclude_defaults=True) == {"pmid": "90000011"}
    assert (record.doi, record.abstract_text, record.retracted) == ("", "", False)


@pytest.mark.parametrize("tag", sorted(TAGS))
def test_every_tag_has_a_place(tag):
    """A value of any tag is found again in the record, and not among the unknown ones."""
    before = {"OABL": "OAB - x.\n", "AUID": "AU  - Oter A\n", "IRAD": "IR  - Oter A\n"}.get(tag, "")
    value = {"PMID": "90000012"}.get(tag, "9 zz/q")
    after = {"OTO": "OT  - x\n", "OWN": "SO  - x.\n", "STAT": "SO  - x.\n"}.get(tag, "")
    pmid = "" if tag == "PMID" else "PMID- 90000012\n"
    record = read_one(f"{pmid}{before}{tag:<4}- {value}\n{after}")
    assert record.unknown == ()
    if tag not in {"SI", "MH"}:
        assert f"'{value}'" in str(record.without_raw().model_dump())


def test_relations_are_all_tags():
    assert RELATIONS.keys() <= TAGS.keys()


PUBMED = "PMID- 90000013\nOWN - NLM\nTI  - Cut.\n"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        pytest.param("", 1, "empty", id="nothing"),
        pytest.param(" \n\t\n", 1, "empty", id="blanks"),
        pytest.param("Dear reader,\nthis is prose.\n", 1, "not MEDLINE: no line begins with a tag", id="prose"),
        pytest.param("\n\nTY  - JOUR\nAU  - Oter, A\nER  - \n", 3, "this is RIS", id="RIS"),
        pytest.param("<?xml version='1.0'?><PubmedArticleSet/>", 1, "this is XML", id="XML"),
        pytest.param("<!DOCTYPE html><html></html>", 1, "an HTML page", id="HTML"),
        pytest.param("@article{otter,\n title={x}}", 1, "this is BibTeX", id="BibTeX"),
        pytest.param("%PDF-1.7\n%\u00e2\u00e3", 1, "a PDF file", id="PDF"),
        pytest.param('{"error": "x"}', 1, "another format", id="JSON"),
        pytest.param("PMID- 1\nTI  - a\0b\n", 2, "NUL character", id="NUL"),
        pytest.param(PUBMED, 3, "PMID 90000013 breaks off after TI: no SO", id="cut"),
        pytest.param(PUBMED + "AB  - Half of a sent", 4, "breaks off after AB", id="cut in the abstract"),
        pytest.param(" ".join(PUBMED.split()) + " AB - Half of", 1, "breaks off after AB", id="cut and flattened"),
        pytest.param("PMID- abc\nTI  - a.\n", 1, "PMID 'abc' is not a number", id="PMID in letters"),
        pytest.param("TI- Holts\nAU- Oter, A.\nDT- monograph\n", 1, "without PMID; it begins 'TI- Holts'", id="Copac"),
        pytest.param("PMID- 1\nSO  no dash\n", 2, "'SO  no dash' is neither a field", id="no dash"),
        pytest.param("      indented\nPMID- 1\n", 1, "neither a field", id="begins indented"),
    ],
)
def test_bad_input_gives_one_clear_error(text, line, message):
    with pytest.raises(ReadError) as error:
        read_medline(text)
    assert error.value.line == line
    assert message in error.value.message
    assert error.value.hint
    assert str(error.value).startswith(f"line {line}: ")


def test_a_cut_last_record_costs_only_itself(proper):
    read = read_medline(f"{proper}\n{proper[:900]}")
    assert [r.pmid for r in read.records] == ["90000001"]
    assert "breaks off after" in read.failures[0].message


@pytest.mark.parametrize(
    ("text", "records"),
    [
        ("TI  - Otters\nFAU - Lutra, Ottilie\nSO  - J Otter Med. 2031.\n", 1),
        ("OWN - NLM\nTI  - Otters\nSO  - J Otter Med. 2031.\n", 0),
        ("TI  - Otters\nPST - ppublish\nSO  - J Otter Med. 2031.\n", 0),
        ("TI- Otters\nAU- Lutra, O.\n", 0),
        ("VI  - 7\nIP  - 3\n", 0),
    ],
    ids=["of another database", "PubMed's, without its head", "its tail", "another layout", "says nothing"],
)
def test_a_record_without_pmid_is_one_of_another_database_or_damaged(text, records):
    read = read_medline(f"PMID- 1\nTI  - A\n\n{text}")
    assert (len(read.records) - 1, len(read.failures)) == (records, 1 - records)


def test_a_cut_source_line_is_doubted(proper):
    assert read_medline(proper.rstrip()).doubts == ()
    (doubt,) = read_medline(proper[:-12]).doubts
    assert "the file may be cut" in str(doubt)
    assert doubt.line == proper.count("\n")


def test_one_record_is_wanted(proper):
    with pytest.raises(ReadError, match="2 records where one is wanted"):
        read_one(f"{proper}\n{proper}")


@pytest.mark.skipif(not SEED.exists(), reason="the seed record is not in the corpus")
def test_the_seed_record():
    read = read_medline(SEED.read_text(encoding="utf-8"))
    (record,) = read.records
    assert read.doubts == ()
    assert record.title == (
        "The efficacy and safety of tacrolimus on top of glucocorticoids in the management of IIM-ILD: "
        "A retrospective and prospective study."
    )
    assert [s.label for s in record.abstract] == [
        "OBJECTIVE",
        "METHODS",
        "RESULTS",
        "CONCLUSION",
        "CLINICAL TRIAL REGISTRATION",
    ]
    assert record.abstract[-1] == Section(
        label="CLINICAL TRIAL REGISTRATION",
        text="http://www.chictr.org.cn, identifier ChiCTR2100043595.",
    )
    assert record.abstract[2].text.startswith("For the retrospective study, tacrolimus group (n=93)")
    assert [(a.full_name, a.short_name, len(a.affiliations)) for a in record.authors] == [
        ("Chen, Yuxue", "Chen Y", 1),
        ("Bai, Zhiqian", "Bai Z", 1),
        ("Zhang, Ziyun", "Zhang Z", 1),
        ("Hu, Qiongjie", "Hu Q", 1),
        ("Zhong, Jixin", "Zhong J", 1),
        ("Dong, Lingli", "Dong L", 1),
    ]
    assert [a.affiliations[0].split(",")[0] for a in record.authors].count("Department of Radiology") == 1
    assert [(m.name, m.major, [q.name for q in m.qualifiers]) for m in record.mesh] == [
        ("Glucocorticoids", False, ["adverse effects"]),
        ("Humans", False, []),
        ("Immunosuppressive Agents", False, ["adverse effects"]),
        ("Lung Diseases, Interstitial", True, ["etiology"]),
        ("Prospective Studies", False, []),
        ("Recurrence", False, []),
        ("Retrospective Studies", False, []),
        ("Tacrolimus", True, ["adverse effects"]),
    ]
    assert [(s.registry, s.name) for s in record.substances] == [
        ("0", "Glucocorticoids"),
        ("0", "Immunosuppressive Agents"),
        ("WM0HAQ4WNM", "Tacrolimus"),
    ]
    assert [(d.databank, d.accession) for d in record.databank_ids] == [("ChiCTR", "ChiCTR2100043595")]
    assert record.publication_types == ("Journal Article", "Research Support, Non-U.S. Gov't")
    assert [e.status for e in record.history] == [
        "received",
        "accepted",
        "entrez",
        "pubmed",
        "medline",
        "pmc-release",
    ]
    assert [k.text for k in record.keywords] == [
        "glucocorticoids",
        "idiopathic inflammatory myopathies (IIM)",
        "interstitial lung diseases (ILD)",
        "pirfenidone",
        "tacrolimus",
    ]
    assert record.dates.model_dump(exclude_defaults=True) == {
        "published": "2022",
        "electronic": "20220902",
        "completed": "20220920",
        "revised": "20220926",
        "created": "2022/09/19 04:21",
        "entrez": "2022/09/20 06:00",
        "mesh": "2022/09/21 06:00",
        "pmc_release": "2022/01/01",
    }
    assert (record.pmid, record.pmcid, record.doi) == (
        "36119045",
        "PMC9479328",
        "10.3389/fimmu.2022.978429",
    )
    assert record.location_ids[1].value == record.pages == "978429"
    assert record.copyright == "Copyright (c) 2022 Chen, Bai, Zhang, Hu, Zhong and Dong."
    assert record.conflict_of_interest.endswith("potential conflict of interest.")
    assert record.source.endswith("eCollection 2022.")
    assert record.unknown == ()
