"""More hits than PubMed hands out are divided by date; the parts make the whole, or there is an error."""

from __future__ import annotations

import re
from calendar import monthrange

import pytest
from eutilities_server import Paper, otters
from hypothesis import given
from hypothesis import strategies as st

from evsynth.model.finding import Problems
from evsynth.sources.search import divide
from evsynth.sources.search.term import Day, Days


@pytest.fixture
def few(monkeypatch, library):
    """Let PubMed hand out 8 records of one search."""
    library.most = 8
    monkeypatch.setattr(divide.divide, "__defaults__", (8,))
    return library


def test_every_part_fits_and_the_union_is_the_whole(shelf, few):
    taken = shelf.take().snapshot
    rows = taken.rows()
    assert len({row.pmid for row in rows}) == len(rows) == 46
    assert taken.manifest.parts == 7
    whole = [form for form in few.asked("efetch") if int(form["retstart"][0]) + int(form["retmax"][0]) > 8]
    assert whole == []


def test_a_day_with_too_many_is_divided_by_the_day_of_publication(shelf, few):
    few.papers = {p.pmid: p._replace(entered="2020/05/05") for p in otters(30)}
    taken = shelf.take().snapshot
    assert len(taken.rows()) == 30
    assert any("[pdat]" in form["term"][0] for form in few.asked("esearch"))


def test_a_day_that_cannot_be_divided_is_named(shelf, few):
    few.papers = {p.pmid: p._replace(entered="2020/05/05", published="2020/05/06") for p in otters(12)}
    with pytest.raises(Problems, match=r'12 records fall on \("2020/05/05"\[edat\].*"2020/05/06"\[pdat\].*Narrow'):
        shelf.take()
    assert shelf.finished() == []


def test_a_count_that_changes_once_is_counted_again(shelf, few):
    few.growing = [Paper("5000", "Otters, late", entered="2012/03/04")]
    assert {row.pmid for row in shelf.take().snapshot.rows()} >= {"5000", "77"}
    assert len([f for f in few.asked("esearch") if "[edat]" not in f["term"][0]]) == 2


def test_a_count_that_keeps_changing_is_an_error_and_is_not_kept(shelf, few):
    few.growing = [Paper(str(5000 + n), "Otters, late", entered=f"2012/03/{1 + n % 28:02}") for n in range(40)]
    with pytest.raises(Problems, match=r"PubMed counts \d+ records") as raised:
        shelf.take()
    assert "happened 3 times" in str(raised.value)
    few.growing = []
    assert len(shelf.take().snapshot.rows()) == len(few.papers)


def test_a_record_that_moves_between_parts_is_noticed(shelf, few):
    """The counts may add up although a record is listed twice and another one not at all."""
    moved = []

    def moving(term):
        found = type(few).matching(few, term)
        first = re.search(r'\("(\d{4})/01/01"\[edat\]', term)
        if first and first[1] == "2005" and len(found) <= 8 and len(moved) < 1 and "1001" not in found:
            moved.append(found[0])
            return ["1000", *found[1:]]
        return found

    few.matching = moving
    rows = shelf.take().snapshot.rows()
    assert moved
    assert len({row.pmid for row in rows}) == 46


def test_nothing_found_is_a_snapshot_of_nothing(shelf, library):
    library.papers = {}
    taken = shelf.take().snapshot
    assert (taken.rows(), taken.manifest.records) == ((), 0)
    assert library.asked("efetch") == []


days = st.builds(
    lambda year, month, day: Day(year, month, min(day, monthrange(year, month)[1])),
    st.integers(1000, 3000),
    st.integers(1, 12),
    st.integers(1, 31),
)


@given(days, days)
def test_two_halves_are_the_whole_range_without_gap_or_overlap(one, other):
    whole = Days("edat", min(one, other), max(one, other))
    halves = whole.halves()
    if one == other:
        assert halves is None
        return
    left, right = halves
    assert (left.first, right.last) == (whole.first, whole.last)
    assert left.first <= left.last < right.first <= right.last
    length = monthrange(left.last.year, left.last.month)[1]
    following = (
        Day(left.last.year, left.last.month, left.last.day + 1)
        if left.last.day < length
        else Day(left.last.year + left.last.month // 12, left.last.month % 12 + 1, 1)
    )
    assert right.first == following
