"""evsynth's own JSON is read back exactly, also in a review; what is none of it is never taken for CSL-JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from invented_files import ARTICLE, pubmed, small
from invented_records import records
from test_format_round_trips import LAW

from evsynth.model.record import Record
from evsynth.review.records import all_records
from evsynth.sources.formats.any_format import each, read
from evsynth.sources.formats.writers import written

OTTERS = read(pubmed(ARTICLE, small(1), small(2)).encode()).records


def own(*many: Record) -> str:
    return "".join(written(many, "json"))


def bare(many) -> list[Record]:
    return [one.without_raw() for one in many]


@LAW
@given(records())
def test_what_is_written_is_read_back_exactly(record):
    reading = read(own(record, record).encode())
    assert (reading.failures, bare(reading.records)) == ((), bare([record, record]))


def test_every_field_of_a_record_of_pubmed_comes_back():
    text = own(*OTTERS)
    assert each([text.encode()]).format == "JSON"
    back = read(text.encode())
    assert (back.failures, bare(back.records)) == ((), bare(OTTERS))
    assert (back.records[0].pmid, len(back.records[0].authors), back.records[0].doi) == (
        "90000001",
        3,
        "10.9999/otter.2031.1",
    )
    assert all(json.loads(one.raw)["pmid"] == one.pmid for one in back.records)
    assert all(one.raw in text for one in back.records)


@pytest.mark.parametrize(
    "laid_out",
    [
        json.dumps,
        lambda found: json.dumps(found, sort_keys=True, indent=1),
        lambda found: json.dumps(found[0]) + "\n" + json.dumps(found[1]) + "\n" + json.dumps(found[2]) + "\n",
        lambda found: "\ufeff" + json.dumps(found),
    ],
)
def test_another_program_may_lay_it_out(laid_out):
    text = laid_out(json.loads(own(*OTTERS)))
    assert bare(read(text.encode()).records) == bare(OTTERS)
    assert bare(read(text.encode("utf-16")).records) == bare(OTTERS)


def test_a_long_record_is_told_by_its_first_fields():
    long = OTTERS[0].model_copy(update={"subsets": ("IM" * 50_000,)})
    assert bare(read(own(long).encode()).records) == bare([long])


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ({"title": "T", "authors": ["Lutra O"]}, "authors.0"),
        ({"pmid": "1", "weight": 3}, "no field 'weight'"),
        ({"pmid": 1}, "pmid: "),
        ({"pmid": "1", "title": "T\nPMID- 2"}, "'T\\nPMID- 2' has a line break"),
        ({"pmid": "1", "title": "\ud800"}, "half a character"),
    ],
)
def test_an_item_that_is_no_record_costs_itself(item, words):
    reading = read(f"[\n{json.dumps({'pmid': '7'})},\n{json.dumps(item)},\n{json.dumps({'pmid': '8'})}\n]".encode())
    assert [one.pmid for one in reading.records] == ["7", "8"]
    assert [(one.line, words in one.message) for one in reading.failures] == [(3, True)], reading.failures


def test_a_file_that_is_cut_gives_what_is_before_the_cut():
    text = own(*OTTERS)
    reading = read(text[: text.rindex("publication_types")].encode())
    assert (bare(reading.records), len(reading.failures)) == (bare(OTTERS[:2]), 1)
    (failure,) = read(text.rstrip()[:-1].encode()).failures
    assert "ends inside its list" in failure.message


def test_an_item_that_is_not_json_costs_itself():
    text = own(*OTTERS).replace('"pmid": "1"', '"pmid": 1"')
    reading = read(text.encode())
    assert bare(reading.records) == bare([OTTERS[0], OTTERS[2]])
    assert ["not JSON" in one.message for one in reading.failures] == [True]
    assert text.splitlines()[reading.failures[0].line - 1].strip() == '"pmid": 1",'


def test_what_stands_after_the_list_is_said():
    (failure,) = read((own(*OTTERS) + '{"pmid": "9"}').encode()).failures
    assert "after the end of the list" in failure.message


def test_csl_stays_csl_and_takes_no_record_of_evsynth():
    csl = '{"type": "book", "title": "A", "references": "x", "source": "y", "version": "1"}'
    assert each([f"[{csl}]".encode()]).format == "CSL-JSON"
    mixed = read(f"[{csl},{json.dumps({'title': 'B', 'authors': []})}]".encode())
    assert (len(mixed.records), "among CSL items" in mixed.failures[0].message) == (1, True)


def test_a_review_reads_it_among_its_imports(tmp_path):
    (tmp_path / "corpora/imports").mkdir(parents=True)
    (tmp_path / "corpora/imports/mine.json").write_text(own(*OTTERS), encoding="utf-8")
    everything = all_records(tmp_path)
    assert [one.key for one in everything.found] == ["90000001", "1", "2"]
    assert bare(one.record for one in everything.found) == bare(OTTERS)
    assert everything.notes == ()
