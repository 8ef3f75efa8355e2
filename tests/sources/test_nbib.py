"""The layout that is written; the laws stand in test_round_trips.py."""

from __future__ import annotations

from evsynth.model.record import Author, Keyword, Record, Tagged
from evsynth.sources.medline import read_one
from evsynth.sources.nbib import record_fields, write_nbib, write_record
from evsynth.sources.tags import TAGS


def test_the_invented_record_is_written_field_for_field(proper):
    """The fields are the same in the same order; where lines break is the writer's own."""
    assert [line.split("-")[0] for line in write_nbib([read_one(proper)]).split("\n") if line[:1] != " "] == [
        line.split("-")[0] for line in proper.split("\n") if line[:1] != " "
    ]


def test_layout():
    record = Record(
        pmid="90000001",
        title="A title too long for one line of eighty-seven characters, so that it goes on to the next.",
        authors=(
            Author(full_name="Oter, An", short_name="Oter A", affiliations=("Weir.",)),
            Author(collective="Group"),
        ),
        keywords=(
            Keyword(text="a"),
            Keyword(text="b", major=True, owner="NLM"),
            Keyword(text="c", owner="NLM"),
        ),
        source="J Otter Med. 2031.",
        unknown=(Tagged(tag="XYZ", value=""), Tagged(tag="QQ", value="w" * 100)),
    )
    assert write_record(record) == (
        "PMID- 90000001\n"
        "TI  - A title too long for one line of eighty-seven characters, so that it goes on to\n"
        "      the next.\n"
        "FAU - Oter, An\n"
        "AU  - Oter A\n"
        "AD  - Weir.\n"
        "CN  - Group\n"
        "OT  - a\n"
        "OTO - NLM\n"
        "OT  - *b\n"
        "OT  - c\n"
        "SO  - J Otter Med. 2031.\n"
        "XYZ -\n"
        f"QQ  - {'w' * 100}\n"
    )


def test_records_are_separated_by_an_empty_line():
    one = Record(pmid="1")
    assert write_nbib([one, one]) == "PMID- 1\n\nPMID- 1\n"
    assert write_nbib([]) == ""


def test_only_known_tags_are_written_for_fields(proper):
    assert {tag for tag, _ in record_fields(read_one(proper))} <= TAGS.keys()
