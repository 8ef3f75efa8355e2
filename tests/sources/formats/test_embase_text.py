"""The plain text of Embase.com: names of fields in capitals, values indented below. The records are invented."""

from __future__ import annotations

from contextlib import suppress

import pytest
from invented_files import EMBASE as TEXT

from evsynth.model.record import Tagged
from evsynth.sources.formats.any_format import each, read
from evsynth.sources.reading import ReadError


def plain(records):
    return [record.model_copy(update={"raw": ""}) for record in records]


def test_every_field_finds_its_place_or_is_kept():
    opened = each([TEXT.encode()])
    assert opened.format == "Embase"
    first, second = opened.found
    assert (first.title, first.pmid, first.doi, first.other_ids) == (
        "Otters and willowbark",
        "90000001",
        "10.9999/otter.1",
        ("L2031000001",),
    )
    assert [(a.family, a.initials) for a in first.authors] == [("Lutra", "O"), ("Vidra", "JB")]
    assert first.affiliations == (
        "(Lutra O., o.lutra@example.org) Holt Hospital, Weir.",
        "(Vidra J.B.) University of Weir.",
    )
    assert [(part.label, part.text) for part in first.abstract] == [
        ("OBJECTIVE", "To see otters."),
        ("METHODS", "We looked."),
    ]
    journal = first.journal
    assert (journal.title, [one.number for one in journal.issns]) == (
        "Journal of Otter Medicine",
        ["9990-0012", "9990-0020"],
    )
    assert (first.volume, first.issue, first.pages, first.dates.published) == ("13", "2", "101-109", "2031")
    assert [k.text for k in first.keywords] == ["willowbark (drug therapy)", "salicin"]
    assert [d.accession for d in first.databank_ids] == ["NCT00000001"]
    assert first.languages == ("English",)
    assert first.source.endswith("15 Sep 2031")
    assert first.urls == ("https://doi.example/10.9999/otter.1",)
    assert first.unknown == (
        Tagged(tag="AiP/IP ENTRY DATE", value="2031-02-03"),
        Tagged(tag="ODD FIELD", value="kept"),
    )
    assert first.raw + "\n\n" + second.raw + "\n" == TEXT


def test_a_source_alone_gives_journal_and_year():
    _, second = read(TEXT.encode()).records
    assert (second.journal.title, second.dates.published, second.source) == (
        "J Holt",
        "2030",
        "J Holt (2030) 4 Article Number: 102938",
    )
    assert [a.family or a.collective for a in second.authors] == ["Vidra", "Otter Study Group"]
    assert (second.volume, second.issue, second.pages) == ("4", "", "102938")
    assert second.title == "HOLTS AND WEIRS"
    assert second.unknown == ()


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("Journal of otters (2020) 3:4 (12-15). Date of Publication: 1 Apr 2020", ("3", "4", "12-15")),
        ("Journal of otters (2020) 3:4 (12-15)", ("3", "4", "12-15")),
        ("Journal of otters (2020) 3 (12-15). Date of Publication: 2020", ("3", "", "12-15")),
        ("Journal of otters (2020) 3:SUPPL. 1 (S12-S15)", ("3", "SUPPL. 1", "S12-S15")),
        ("Journal of otters (2020) 3:4 Supplement 2 (12). Date of Publication: 2020", ("3", "4 Supplement 2", "12")),
        ("Journal of otters (2020) 3:4. Conference: Weirs", ("3", "4", "")),
        ("Journal of otters (2020) 3:4-5 (12, 15-17)", ("3", "4-5", "12, 15-17")),
        ("Journal of otters (2020) 3:4 Article Number: e102.938", ("3", "4", "e102.938")),
        ("Journal of otters (2020) 3:4 (12-15) Article Number: 9", ("3", "4", "12-15")),
        ("Journal of otters (2020) 3:4. Date of Publication: 1 Apr 2020", ("3", "4", "")),
        ("Journal of otters (2020) (12-15)", ("", "", "12-15")),
        ("Journal of otters (2020) Date of Publication: 1 Apr 2020", ("", "", "")),
        ("Journal of otters (2020)", ("", "", "")),
        ("Journal of otters (2020) volume 3, number 4, pp 12-15", ("", "", "")),
        ("Journal of otters (2020) 3:4 (no pagination)", ("", "", "")),
        ("Journal of otters (2020) 3:4:5 (12-15)", ("", "", "")),
    ],
)
def test_volume_issue_and_pages_of_a_source(source, place):
    (record,) = read(f"RECORD 1\nTITLE\n  Holts\nSOURCE\n  {source}\n".encode()).records
    assert (record.volume, record.issue, record.pages) == place
    assert (record.journal.title, record.dates.published, record.source) == ("Journal of otters", "2020", source)
    assert record.unknown == ()


def test_fields_of_their_own_stand_above_the_source():
    text = "RECORD 1\nTITLE\n  Holts\nSOURCE\n  J otters (2020) 3:4 (12-15)\nVOLUME\n  5\nFIRST PAGE\n  30\n"
    (record,) = read(text.encode()).records
    assert (record.volume, record.issue, record.pages) == ("5", "4", "30")
    assert record.unknown == ()


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n\n", "\n"),
        lambda text: text.replace("\nTITLE", "\n\nTITLE").replace("\nSOURCE", "\n \nSOURCE"),
        lambda text: text.replace("  ", "\t"),
        lambda text: "\n".join(f"{line}  " for line in text.splitlines()),
        lambda text: text.replace("\n  ", "\n").replace("ODD FIELD", "CODEN"),
        lambda text: text.replace("RECORD 1\n", "").replace("RECORD 2\n", ""),
    ],
    ids=["CRLF", "CR", "mark", "no blank lines", "more of them", "tabs", "blanks", "not indented", "no numbers"],
)
def test_what_happens_to_it_on_the_way_changes_nothing(change):
    reading = read(change(TEXT).encode())
    wanted = plain(read(TEXT.replace("ODD FIELD", "CODEN").encode()).records)
    assert [record.model_copy(update={"unknown": ()}) for record in plain(reading.records)] == [
        record.model_copy(update={"unknown": ()}) for record in wanted
    ]
    assert (reading.failures, reading.doubts) == ((), ())


def test_what_stands_before_and_a_number_that_is_left_out_are_told():
    reading = read(f"Embase, 2031-02-03\n{TEXT.replace('RECORD 2', 'RECORD 5')}".encode())
    assert len(reading.records) == 2
    line = TEXT[: TEXT.index("RECORD 2")].count("\n") + 2
    assert [str(one) for one in reading.doubts] == [
        "line 1: 'Embase, 2031-02-03' stands outside all records; it was passed over",
        f"line {line}: after RECORD 1 comes RECORD 5; records may be missing",
    ]


@pytest.mark.parametrize(
    ("spoilt", "message"),
    [
        ("TITLE\n  HO\0LTS\n", "a NUL character"),
        ("PUI\n  L2\n", "without title, author, source and identifier"),
        ("", "without title, author, source and identifier"),
        ("TITLE\n  HOLTS\n" + "  otter\n" * 2_200_000, "more than 16 MiB"),
    ],
    ids=["NUL", "no title", "nothing", "too long"],
)
def test_a_record_that_cannot_be_read_costs_itself(spoilt, message):
    reading = read(f"{TEXT}\nRECORD 3\n{spoilt}\nRECORD 4\nTITLE\n  Last\n".encode())
    assert [record.title for record in reading.records] == ["Otters and willowbark", "HOLTS AND WEIRS", "Last"]
    (failure,) = reading.failures
    assert message in failure.message
    assert (failure.line, bool(failure.hint)) == (TEXT.count("\n") + 2, True)


def test_the_stacked_table_may_have_the_same_lines_between_records():
    text = '"RECORD 1"\n"TITLE","Otters"\n"PUI","L1"\n"RECORD 2"\n"TITLE","Holts"\n'
    reading = read(text.encode())
    assert [record.title for record in reading.records] == ["Otters", "Holts"]
    assert reading.failures == ()


@pytest.mark.parametrize(
    "text",
    ["RECORD 1\nsomething else\n", "TITLE\nOtters\n", "TITLES\n  A\nABSTRACT\n  B\nDOI\n  C\n", "RECORD\nTITLE\n"],
)
def test_other_texts_are_no_plain_text_of_embase(text):
    with suppress(ReadError):
        assert each([text.encode()]).format != "Embase"


def test_records_that_have_run_together_are_told():
    reading = read(TEXT.replace("RECORD 2", "RECRD 2").encode())
    assert [str(one) for one in reading.doubts] == [
        "line 1: the record prints two titles; perhaps two records have run together"
    ]
    assert len(reading.records) == 1
