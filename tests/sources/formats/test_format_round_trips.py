"""Laws of the writers: what is written is read back as far as the format can hold it, and no input breaks a reader."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from invented_files import BIBTEX, EMBASE, ENDNOTE, JATS, OVID_NAMED, OVID_TAGGED, RIS, WOS, pubmed, small
from invented_records import records

from evsynth.model.record import Author, Identifier, Keyword, Record
from evsynth.sources.formats import bibtex, csl, own_table, ris_text
from evsynth.sources.formats.any_format import read
from evsynth.sources.formats.held import lost
from evsynth.sources.formats.writers import TARGETS, written
from evsynth.sources.reading import ReadError, Reading

LAW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
HELD = {"ris": ris_text.held, "bibtex": bibtex.held, "csl": csl.held, "csv": own_table.held}
#: Fields that every one of these formats keeps as they are.
KEPT = ("pmid", "pmcid", "title", "abstract_text", "volume", "issue", "pages", "doi")


def without_key(record: Record) -> Record:
    return record.model_copy(update={"unknown": tuple(t for t in record.unknown if t.tag != "key"), "raw": ""})


@pytest.mark.parametrize("to", HELD)
def test_what_is_written_is_read_back(to):
    @LAW
    @given(st.lists(records(), min_size=1, max_size=2))
    def law(many):
        reading = read("".join(written(many, to)).encode())
        assert reading.failures == ()
        assert [without_key(one) for one in reading.records] == [HELD[to](one) for one in many]
        for one, back in zip(many, reading.records, strict=True):
            assert [getattr(back, name) for name in KEPT] == [getattr(one, name) for name in KEPT]
            assert [a.family or a.collective for a in back.authors] == [a.family or a.collective for a in one.authors]
            assert [a.suffix for a in back.authors] == [a.suffix for a in one.authors]
            assert back.dates.published == one.dates.published

    law()


@pytest.mark.parametrize("to", HELD)
def test_a_record_with_nothing_for_the_format_is_still_one(to):
    many = [Record(title="Otters"), Record(source="A weir"), Record(conflict_of_interest="none"), Record(title="Holts")]
    reading = read("".join(written(many, to)).encode())
    assert reading.failures == ()
    assert [without_key(one) for one in reading.records] == [HELD[to](one) for one in many]


@pytest.mark.parametrize("to", HELD)
def test_what_was_read_back_loses_nothing_more(to):
    @LAW
    @given(records())
    def law(record):
        once = HELD[to](record)
        assert lost(once, HELD[to](once)) == ()

    law()


def test_losses_are_named():
    record = Record(
        title="T",
        authors=(Author(family="Lutra", given="O", full_name="Lutra, O", affiliations=("Weir",)),),
        general_notes=("a", "b"),
        article_ids=(Identifier(value="10.9999/a", kind="doi"), Identifier(value="x", kind="pii")),
        conflict_of_interest="none",
    )
    assert lost(record, ris_text.held(record)) == ("authors.affiliations", "article_ids", "conflict_of_interest")
    assert "general_notes" in lost(record, bibtex.held(record))


@pytest.mark.parametrize("to", TARGETS)
def test_no_records_make_a_file_all_the_same(to):
    text = "".join(written([], to))
    if to in {"json", "csl"}:
        assert json.loads(text) == []
    elif to == "csv":
        assert text.count("\n") == 1
    else:
        assert text == ""


def test_json_holds_every_field():
    record = Record(pmid="1", title="T", keywords=(Keyword(text="k"),))
    (item,) = json.loads("".join(written([record], "json")))
    assert Record.model_validate_json(json.dumps(item)) == record


def test_keys_of_bibtex_are_its_own_and_old_ones_stay():
    entry = Record(title="T", dates={"published": "2031"}, authors=(Author(family="Lutra", full_name="Lutra"),))
    text = "".join(written([entry, entry], "bibtex"))
    assert "@article{lutra2031," in text
    assert "@article{lutra2031-2," in text
    (old,) = read(b"@article{mine:1, title={T}, year=2031}").records
    assert "@article{mine:1," in "".join(written([old], "bibtex"))


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'=1", "'quoted'", "＝1", "=cmd|' /C calc'!A0"]


@pytest.mark.parametrize("title", FORMULAS)
def test_no_cell_is_a_formula(title):
    record = Record(title=title.strip(), authors=(Author(collective=title.strip()),), general_notes=(title.strip(),))
    text = "".join(written([record], "csv"))
    for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"))):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝")) for cell in row)
    assert read(text.encode()).records[0].title == title.strip()


FILES = [
    pubmed(small(1), small(2)),
    JATS,
    RIS,
    WOS,
    ENDNOTE,
    BIBTEX,
    OVID_TAGGED,
    OVID_NAMED,
    EMBASE,
    "PMID- 1\nTI  - T\n",
    "Title,PMID\nT,1\n",
    '[{"title":"T"}]',
]


CHANGES = {
    "CRLF": lambda data: data.replace(b"\n", b"\r\n"),
    "CR": lambda data: data.replace(b"\n", b"\r"),
    "blanks at the ends": lambda data: data.replace(b"\n", b"  \n"),
    "UTF-16": lambda data: data.decode().encode("utf-16"),
    "UTF-16 without a mark": lambda data: data.decode().encode("utf-16-be"),
    "gzip": gzip.compress,
    "odd dates": lambda data: re.sub(rb"\b(?:19|20)[0-9]{2}\b", b"32/13/n.d.", data),
    "no dates": lambda data: re.sub(rb"\b(?:19|20)[0-9]{2}\b", b"0000", data),
    "a very long line": lambda data: re.sub(rb"(?i)(.*\btitle.*?otter\w*)", rb"\1" + b" holt" * 200_000, data, count=1),
}
"""What editors, mails and servers do to a whole file, and what a careless database prints."""


@pytest.mark.parametrize("text", FILES, ids=lambda text: text[:12].strip())
@pytest.mark.parametrize("change", CHANGES)
def test_what_happens_to_a_whole_file_costs_no_record(text, change):
    before, after = (read(data) for data in (text.encode(), CHANGES[change](text.encode())))
    assert [(r.title[:10], r.pmid) for r in after.records] == [(r.title[:10], r.pmid) for r in before.records]
    assert (len(after.failures), after.deletions) == (len(before.failures), before.deletions)


@st.composite
def damaged(draw):
    """A file of some format with a few of its bytes changed, cut out or repeated."""
    data = bytearray(draw(st.sampled_from(FILES)).encode())
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data) - 1))
        what = draw(st.sampled_from(["change", "cut", "repeat", "end"]))
        width = draw(st.integers(1, 40))
        if what == "change":
            data[at : at + 1] = draw(st.binary(min_size=1, max_size=3))
        elif what == "cut":
            del data[at : at + width]
        elif what == "repeat":
            data[at:at] = data[at : at + width]
        else:
            del data[at:]
        if not data:
            break
    return bytes(data)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged() | st.binary(max_size=200))
@example(b"")
@example(b"\x1f\x8b\x08")
@example(b"\xff\xfe")
@example(b"\xff\xfe" + "Title,PMID\nA,1\n".encode("utf-16-le") + b"\n")
@example(b"\xfe\xff" + "TY  - JOUR\nTI  - A\nER  - \n".encode("utf-16-be")[:-1])
@example(b"\xff\xfe" + b"\x00\xd8T\x00i\x00t\x00l\x00e\x00,\x00D\x00O\x00I\x00\n\x00A\x00,\x001\x00")
@example(b"[" * 100_000)
@example(b"\x80\xc2\x80le,PMID\nT,1\n")
@example(b"@a{" + b"{" * 10_000)
@example(b'Title\n"' + b"x" * 300_000)
def test_any_bytes_are_read_or_refused(data):
    """Every record comes with its text; everything else is a failure with a reason, or one clear error."""
    try:
        reading = read(data)
    except ReadError as error:
        said = error
        reading = Reading(())
    else:
        said = None
    assert said is None or (said.message and said.hint and said.line >= 1)
    assert all(record.raw for record in reading.records)
    for failure in reading.failures:
        assert failure.message
        assert failure.hint
        assert failure.line >= 1
    for to in TARGETS:
        "".join(written(reading.records, to)).encode()


@pytest.mark.parametrize("to", [to for to in TARGETS if to != "json"])
def test_no_format_loses_a_record_that_has_no_pmid(to):
    """Records of Embase and of reference managers have none; converted to NBIB they were refused when read back."""
    found = read(RIS.encode()).records + read(OVID_NAMED.encode()).records + read(WOS.encode()).records
    without = [record.model_copy(update={"pmid": "", "pmcid": "", "article_ids": ()}) for record in found]
    back = read("".join(written(without, to)).encode())
    assert back.failures == ()
    assert [record.title for record in back.records] == [record.title for record in without]
