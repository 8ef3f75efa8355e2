"""Groups: every record stays in exactly one, people stand above rules, and what was kept apart is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evsynth.model.finding import Problems
from evsynth.model.found import Found
from evsynth.model.record import Author, Dates, Journal, Record
from evsynth.sources.duplicates.decisions import COLUMNS, Said, Settled, read_said, settle
from evsynth.sources.duplicates.groups import group
from evsynth.sources.duplicates.links import Link, find_links
from evsynth.text.log import log_line, read_log

NOTHING = Settled({}, {}, {})


def found(*ids: str) -> tuple[Found, ...]:
    return tuple(Found(*id_.split(":"), Record(title=id_)) for id_ in ids)


def link(one: str, other: str, score: float = 10.0, answer: str = "same") -> Link:
    return Link(*sorted((one, other)), answer, score, "")


def said(one: str, other: str, answer: str, by: str = "ab", at: str = "1") -> Said:
    return Said(at, *sorted((one, other)), answer, "seen", by)


def test_links_join_through_a_third_record():
    made = group(found("a:1", "b:1", "c:1", "d:1"), [link("a:1", "b:1"), link("b:1", "c:1")], NOTHING)
    assert made.reports == (("a:1", "b:1", "c:1"), ("d:1",))
    assert made.of["c:1"] == made.of["a:1"]


def test_a_maybe_joins_nothing():
    assert len(group(found("a:1", "b:1"), [link("a:1", "b:1", 8, "maybe")], NOTHING).reports) == 2


def test_two_records_of_one_source_do_not_meet_through_a_third():
    made = group(found("a:1", "a:2", "b:1"), [link("a:1", "b:1", 12), link("a:2", "b:1", 11)], NOTHING)
    assert made.reports == (("a:1", "b:1"), ("a:2",))
    assert "a:1 and a:2, two records of one source" in made.refused[0].reason
    said_so = group(found("a:1", "a:2", "b:1"), [link("a:1", "b:1"), link("a:1", "a:2")], NOTHING)
    assert said_so.reports == (("a:1", "a:2", "b:1"),)


@pytest.mark.parametrize(
    ("databases", "reports"),
    [
        (("Embase", "Ovid MEDLINE(R)"), 1),
        (("Embase", "embase "), 2),
        (("", ""), 2),
        (("Embase", ""), 2),
    ],
)
def test_one_file_of_several_databases_is_several_sources(databases, reports):
    """Only where both records name theirs: Ovid and Embase.com export MEDLINE and Embase together."""
    record = Record(
        title="Tacrolimus in myositis with lung disease: a cohort of twenty adults",
        authors=(Author(full_name="Okabe, Yuki", family="Okabe", given="Yuki"),),
        dates=Dates(published="2014"),
        volume="7",
        pages="101-108",
        journal=Journal(title="Journal of Invented Medicine"),
    )
    records = [Found("ovid", str(n), record.model_copy(update={"database": d})) for n, d in enumerate(databases)]
    links = find_links(records).links
    assert [k.answer for k in links] == ["same" if reports == 1 else "maybe"]
    assert len(group(records, links, NOTHING).reports) == reports
    third = [*records, Found("scopus", "1", record)]
    assert len(group(third, find_links(third).links, NOTHING).reports) == reports


def test_what_a_person_calls_different_stays_apart_also_through_a_third_record():
    records = found("a:1", "b:1", "c:1")
    settled = settle([said("a:1", "c:1", "different")])
    made = group(records, [link("a:1", "b:1", 12), link("b:1", "c:1", 11)], settled)
    assert made.reports == (("a:1", "b:1"), ("c:1",))
    assert "somebody says that a:1 and c:1 are different" in made.refused[0].reason


def test_undo_lets_the_rules_decide_again():
    lines = [said("a:1", "b:1", "different", at="1"), said("a:1", "b:1", "undo", at="2")]
    assert settle(lines) == NOTHING
    assert len(group(found("a:1", "b:1"), [link("a:1", "b:1")], settle(lines[:1])).reports) == 2
    assert len(group(found("a:1", "b:1"), [link("a:1", "b:1")], settle(lines)).reports) == 1


def test_people_who_disagree_keep_a_pair_apart_and_are_named():
    settled = settle([said("a:1", "b:1", "same", "ab"), said("a:1", "b:1", "different", "cd")])
    assert [one.by for one in settled.disputed["a:1", "b:1"]] == ["ab", "cd"]
    assert len(group(found("a:1", "b:1"), [link("a:1", "b:1")], settled).reports) == 2


def test_each_of_two_who_agree_can_take_it_back():
    lines = [said("a:1", "b:1", "same", "cd", "1"), said("a:1", "b:1", "same", "ab", "2")]
    assert [one.by for one in settle(lines).said(("a:1", "b:1"))] == ["ab", "cd"]
    for undone, left in (("ab", "cd"), ("cd", "ab")):
        settled = settle([*lines, said("a:1", "b:1", "undo", undone, "3")])
        assert [one.by for one in settled.same["a:1", "b:1"]] == [left]


def test_what_a_person_calls_the_same_is_joined_though_the_rules_keep_it_apart():
    links = [link("a:1", "b:1", 3, "apart"), link("a:1", "c:1"), link("b:1", "c:1", 9)]
    assert group(found("a:1", "b:1", "c:1"), links, NOTHING).reports == (("a:1", "c:1"), ("b:1",))
    settled = settle([said("a:1", "b:1", "same")])
    assert group(found("a:1", "b:1", "c:1"), links, settled).reports == (("a:1", "b:1", "c:1"),)


def test_links_to_records_that_are_gone_have_no_effect():
    assert group(found("a:1"), [link("a:1", "gone:1")], settle([said("a:1", "gone:2", "same")])).reports == (("a:1",),)


IDS = [f"{source}:{n}" for source in "abc" for n in range(4)]
PAIRS = st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)).filter(lambda p: p[0] != p[1]), max_size=12)


@given(PAIRS, PAIRS, PAIRS)
def test_no_record_is_lost_or_twice_and_the_order_of_links_does_not_matter(linked, same, different):
    links = [link(*pair, score=float(n)) for n, pair in enumerate(dict.fromkeys(map(tuple, map(sorted, linked))))]
    settled = settle([said(*p, "same", at=f"1{n:03}") for n, p in enumerate(same)]
                     + [said(*p, "different", at=f"2{n:03}") for n, p in enumerate(different)])  # fmt: skip
    made = group(found(*IDS), links, settled)
    assert sorted(id_ for report in made.reports for id_ in report) == sorted(IDS)
    assert group(found(*reversed(IDS)), links[::-1], settled) == made
    for one, other in settled.different:
        assert made.of[one] != made.of[other]
    explicit = {k.pair for k in links} | settled.same.keys()
    for report in made.reports:
        for one in report:
            for other in report:
                if one < other and one[0] == other[0]:
                    assert (one, other) in explicit


def test_a_log_with_an_answer_that_is_none_is_refused_with_its_line():
    at = "2026-02-03T04:05:06.789+00:00"
    lines = [(at, "a:1", "b:1", "perhaps", ""), (at, "a:1", "a:1", "same", ""), ("3 Feb", "a:1", "b:1", "same", "")]
    text = "".join(map(log_line, (COLUMNS, *lines)))
    with pytest.raises(Problems) as caught:
        read_said(read_log(text, "ab.csv", COLUMNS), "ab")
    assert [(f.place.line, f.message) for f in caught.value.findings] == [
        (2, "'perhaps' is not one of same, different, undo"),
        (3, "'a:1' twice"),
        (4, "'3 Feb' is no time such as 2026-02-03T04:05:06.789+00:00"),
    ]
