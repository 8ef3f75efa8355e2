from __future__ import annotations

import pytest
from pydantic import ValidationError

from evsynth.model.record import (
    Author,
    Identifier,
    Issn,
    Journal,
    Link,
    MeshHeading,
    Qualifier,
    Record,
    Section,
)


def test_an_empty_record_is_all_empty():
    record = Record()
    assert (record.abstract_text, record.dois, record.doi, record.pii, record.retracted) == (
        "",
        (),
        "",
        "",
        False,
    )


@pytest.mark.parametrize("field", ["title", "raw", "authors"])
def test_records_do_not_change(field):
    with pytest.raises(ValidationError):
        setattr(Record(), field, "x")


def test_unknown_keys_are_refused():
    with pytest.raises(ValidationError):
        Record(doi="10.9/x")


def test_records_can_be_keys_and_survive_json():
    record = Record(pmid="1", authors=(Author(collective="Group"),), mesh=(MeshHeading(name="Otters"),))
    assert {record: 1}[Record.model_validate_json(record.model_dump_json())] == 1


def test_without_raw_leaves_all_else():
    assert Record(pmid="1", raw="a").without_raw() == Record(pmid="1", raw="b").without_raw()


@pytest.mark.parametrize(
    ("sections", "text"),
    [
        ((Section(text="One."),), "One."),
        (
            (Section(label="AIM", text="One."), Section(label="RESULTS", text="Two.")),
            "AIM: One. RESULTS: Two.",
        ),
        ((Section(text="One."), Section(label="FUNDING")), "One. FUNDING:"),
    ],
)
def test_the_plain_abstract(sections, text):
    assert Record(abstract=sections).abstract_text == text


@pytest.mark.parametrize(
    ("identifier", "orcid"),
    [
        ("ORCID: 0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("ORCID: https://orcid.org/0000-0002-1825-009X", "0000-0002-1825-009X"),
        ("ORCID: http://www.orcid.org/0000000218250097", "0000-0002-1825-0097"),
        ("ORCID: 0000000218250097", "0000-0002-1825-0097"),
        ("ISNI: 0000000218250097", ""),
        ("ORCID: 0000-0002", ""),
    ],
)
def test_orcid(identifier, orcid):
    assert Author(identifiers=("other", identifier)).orcid == orcid


def test_dois_stand_once_articles_first():
    record = Record(
        location_ids=(Identifier(value="10.9/b", kind="doi"), Identifier(value="10.9/a", kind="doi")),
        article_ids=(Identifier(value="10.9/a", kind="DOI"), Identifier(value="S1", kind="pii")),
    )
    assert record.dois == ("10.9/a", "10.9/b")
    assert (record.doi, record.pii) == ("10.9/a", "S1")


def test_issn_by_kind():
    journal = Journal(issns=(Issn(number="9990-0011", kind="Print"),))
    assert (journal.issn("Print"), journal.issn("Linking")) == ("9990-0011", "")


def test_a_major_topic_is_starred_on_the_heading_or_on_a_qualifier():
    assert not MeshHeading(name="Otters").major_topic
    assert MeshHeading(name="Otters", major=True).major_topic
    assert MeshHeading(name="Otters", qualifiers=(Qualifier(name="genetics", major=True),)).major_topic


@pytest.mark.parametrize(
    ("record", "retracted"),
    [
        (Record(publication_types=("Journal Article", "Retracted Publication")), True),
        (Record(links=(Link(tag="RIN", citation="J. 2031."),)), True),
        (
            Record(publication_types=("Retraction of Publication",), links=(Link(tag="ROF", citation="J."),)),
            False,
        ),
    ],
)
def test_retracted_is_the_report_not_the_notice(record, retracted):
    assert record.retracted is retracted
