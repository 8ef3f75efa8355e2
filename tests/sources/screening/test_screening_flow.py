"""Decisions become standings, and standings the flow of records, which always adds up (PRISMA 2020)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evsynth.model.finding import Problems
from evsynth.model.found import Found
from evsynth.model.record import Identifier, Record
from evsynth.model.screening import STAGES
from evsynth.sources.screening.decisions import ANSWERS, COLUMNS, CONSENSUS, Decision, read_decisions, wrong_reason
from evsynth.sources.screening.flow import derive, flow_table, unreconciled, waiting
from evsynth.sources.screening.standing import standings
from evsynth.text.log import log_line, read_log

REASONS = {"population": "Wrong population", "design": "Wrong design"}


def decision(record: str, answer: str, by: str = "ab", stage: str = "abstract", reason: str = "", at: str = "1"):
    return Decision(at, stage, record, answer, reason, "", by)


def fate(*decisions: Decision, reviewers: int = 2, report: tuple[str, ...] = ("a:1", "b:1")) -> str:
    return standings([report], decisions, reviewers)[0].fate


KEPT = (decision("a:1", "include", "ab"), decision("b:1", "maybe", "cd"))


def full(answer: str, by: str = "ab", reason: str = "") -> Decision:
    return decision("a:1", answer, by, "full-text", reason)


GONE = decision("a:1", "not obtained", stage="retrieval")

FATES = [
    ("abstract open", ()),
    ("abstract open", (decision("a:1", "include"),)),
    ("abstract conflict", (decision("a:1", "include"), decision("a:1", "exclude", "cd"))),
    ("excluded", (decision("a:1", "exclude"), decision("b:1", "exclude", "cd"))),
    ("retrieval open", KEPT),
    ("excluded", (*KEPT, decision("a:1", "exclude", CONSENSUS))),
    ("abstract open", (*KEPT, decision("b:1", "undo", "cd", at="2"))),
    ("not obtained", (*KEPT, GONE)),
    ("full text open", (*KEPT, GONE, decision("b:1", "obtained", "cd", "retrieval", at="2"))),
    ("full text open", (*KEPT, full("include"))),
    ("full text open", (*KEPT, full("maybe"), full("include", "cd"))),
    ("included", (*KEPT, full("include"), full("include", "cd"))),
    ("included", (*KEPT, GONE, full("include"), full("include", "cd"))),
    ("full text conflict", (*KEPT, full("include"), full("exclude", "cd", "design"))),
    ("full text conflict", (*KEPT, full("exclude", reason="population"), full("exclude", "cd", "design"))),
    ("full text excluded", (*KEPT, full("exclude", reason="design"), full("exclude", "cd", "design"))),
    ("full text excluded", (*KEPT, full("include"), full("exclude", CONSENSUS, "design"))),
]


@pytest.mark.parametrize(("expected", "decisions"), FATES)
def test_each_report_has_one_fate(expected, decisions):
    assert fate(*decisions) == expected
    assert fate(*decisions[::-1]) == expected


def test_one_reviewer_is_enough_where_the_review_says_so():
    assert fate(decision("a:1", "exclude"), reviewers=1) == "excluded"


def test_different_decisions_of_one_person_before_two_records_were_linked_are_a_conflict():
    (standing,) = standings([("a:1", "b:1")], [decision("a:1", "include"), decision("b:1", "exclude")], 1)
    assert standing.fate == "abstract conflict"
    assert standing.abstract.reason == "decided twice before the records were linked"


def found(ids: list[str]) -> list[Found]:
    way = {"a": "database", "b": "database", "c": "other"}
    return [Found(i[0], i[2:], Record(pmid=i.replace(":", "")), way[i[0]]) for i in ids]


IDS = [f"{source}:{n}" for source in "abc" for n in range(5)]


@st.composite
def logs(draw):
    made = []
    for number in range(draw(st.integers(0, 60))):
        stage = draw(st.sampled_from(STAGES))
        answer = draw(st.sampled_from(ANSWERS[stage]))
        reason = draw(st.sampled_from(list(REASONS))) if (stage, answer) == ("full-text", "exclude") else ""
        by = draw(st.sampled_from(["ab", "cd", CONSENSUS]))
        made.append(Decision(f"{number:03}", stage, draw(st.sampled_from(IDS)), answer, reason, "", by))
    return made


@given(logs(), st.lists(st.integers(0, 6), min_size=len(IDS), max_size=len(IDS)), st.integers(1, 2))
def test_the_boxes_add_up_whatever_is_decided(decisions, groups, reviewers):
    """Sums of boxes reconcile; each excluded full text is counted under exactly one reason."""
    reports = [tuple(i for i, g in zip(IDS, groups, strict=True) if g == k) for k in range(7)]
    reports = [report for report in reports if report]
    stood = standings(reports, decisions, reviewers)
    flow = derive(found(IDS), stood, REASONS, {"alpha": frozenset({"a0"})})
    assert unreconciled(flow) == []
    assert sum(c.identified for c in flow.columns) == len(IDS)
    assert sum(c.screened + c.abstract_open + c.abstract_conflicts for c in flow.columns) == len(reports)
    excluded = [s for s in stood if s.fate == "full text excluded"]
    assert all(s.reason in REASONS for s in excluded)
    assert sum(e.reports for c in flow.columns for e in c.excluded_for) == len(excluded)
    assert flow.reports == sum(s.fate == "included" for s in stood)
    assert flow.final == (not any(count for c in flow.columns for _, count in waiting(c)))
    numbers = [line.rsplit(",", 1)[1] for line in flow_table(flow).splitlines()[1:]]
    assert all(number.isdigit() for number in numbers)


def test_a_sum_that_does_not_hold_is_found():
    """The check itself can fail."""
    flow = derive(found(["a:1"]), standings([("a:1",)], [], 2), REASONS, {})
    wrong = flow._replace(columns=(flow.columns[0]._replace(screened=7),))
    assert unreconciled(wrong) == [
        "database: records identified 1, but its parts add up to 8",
        "database: records screened 7, but its parts add up to 0",
    ]


def test_a_source_that_held_nothing_stands_in_the_flow():
    nothing = {"ictrp": "database", "letters": "other", "a": "database"}
    flow = derive(found(["a:1"]), standings([("a:1",)], [], 2), REASONS, {}, nothing)
    assert [c.sources for c in flow.columns] == [(("a", 1), ("ictrp", 0)), (("letters", 0),)]
    assert unreconciled(flow) == []


def test_a_report_that_both_ways_found_counts_for_the_database():
    flow = derive(found(["a:1", "c:1", "c:2"]), standings([("a:1", "c:1"), ("c:2",)], [], 1), REASONS, {})
    database, other = flow.columns
    assert (database.identified, database.duplicates, database.abstract_open) == (1, 0, 1)
    assert (other.identified, other.duplicates, other.abstract_open) == (2, 1, 1)


def test_studies_are_those_that_name_an_included_report():
    records = [Found("a", "1", Record(pmid="91")),
               Found("a", "2", Record(article_ids=(Identifier(value="10.5555/X", kind="doi"),))),
               Found("a", "3", Record(pmid="93"))]  # fmt: skip
    kept = [decision(one.id, "include", stage=stage) for one in records for stage in ("abstract", "full-text")]
    studies = {"alpha": frozenset({"91", "10.5555/x"}), "beta": frozenset({"99"})}
    flow = derive(records, standings([(one.id,) for one in records], kept, 1), REASONS, studies)
    assert (flow.reports, flow.studies) == (3, 1)
    assert (flow.without_study, flow.without_record) == (("a:3",), ("beta",))


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (("1", "title", "a:1", "include", "", ""), "the stage 'title' does not exist"),
        (
            ("1", "abstract", "a:1", "obtained", "", ""),
            "the decision 'obtained' of the stage 'abstract' does not exist",
        ),
        (("1", "full-text", "a:1", "exclude", "", ""), "an excluded full text needs a reason"),
        (("1", "full-text", "a:1", "exclude", "boring", ""), "'boring' is not a reason of screening.yaml"),
        (("1", "full-text", "a:1", "include", "design", ""), "'include' has no reason"),
        (("1", "abstract", "a:1", "include", "", ""), "'1' is no time such as"),
        (("2026-02-03T04:05:06+02:00", "abstract", "a:1", "include", "", ""), "is no time such as"),
        (("2026-02-33T04:05:06+00:00", "abstract", "a:1", "include", "", ""), "is no time such as"),
    ],
)
def test_a_line_that_cannot_be_is_refused(cells, message):
    text = log_line(COLUMNS) + log_line(cells)
    with pytest.raises(Problems, match=message):
        read_decisions(read_log(text, "ab.csv", COLUMNS), "ab", tuple(REASONS))


def test_a_reason_is_asked_for_full_texts_only():
    assert wrong_reason("abstract", "exclude", "", tuple(REASONS)) == ""
    assert wrong_reason("full-text", "exclude", "design", tuple(REASONS)) == ""
