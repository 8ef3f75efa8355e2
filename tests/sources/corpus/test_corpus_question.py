"""The language of a corpus: what is read, what is refused with its column, and that nothing typed becomes SQL."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evsynth.model.finding import Problems
from evsynth.sources.corpus.condition import Looked, condition
from evsynth.sources.corpus.question import Both, Term, Without, question
from evsynth.sources.corpus.searched import abstract_words, folded, headings, names, title_words, year


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("otter", Term("tiab", "otter")),
        ("immun*", Term("tiab", "immun", begins=True)),
        ('"otter disease"[ti]', Term("ti", "otter disease")),
        ("Otters [MeSH Terms]", Term("mesh", "Otters")),
        ("a b", Both("all", (Term("tiab", "a"), Term("tiab", "b")))),
        ("a AND b NOT c", Both("all", (Term("tiab", "a"), Term("tiab", "b"), Without(Term("tiab", "c"))))),
        ("a AND NOT c", Both("all", (Term("tiab", "a"), Without(Term("tiab", "c"))))),
        ("NOT 7[pmid]", Without(Term("pmid", "7"))),
        ("a (b OR c)", Both("all", (Term("tiab", "a"), Both("any", (Term("tiab", "b"), Term("tiab", "c")))))),
        ("2015:2020[dp] OR 2022[year]", Both("any", (Term("year", "2015:2020"), Term("year", "2022")))),
        ("and or not", Both("all", (Term("tiab", "and"), Term("tiab", "or"), Term("tiab", "not")))),
    ],
)
def test_what_is_read(text, meant):
    assert question(text) == meant


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("", 1, "a word is missing"),
        ("a AND", 6, "a word is missing"),
        ("a AND OR b", 7, "a word is missing"),
        ("a OR b AND c", 8, "AND and OR stand side by side"),
        ("a OR b c", 8, "AND and OR stand side by side"),
        ("(a", 1, "a [(] without its [)]"),
        ("a)", 2, "a [)] without its [(]"),
        ("[ti]", 2, "has nothing before it"),
        ("otter[paws]", 1, "is no field"),
        ('"otter', 1, "stands alone"),
        ("lung disease[mesh]", 1, "does .mesh. belong to 'disease' or to 'lung disease'"),
        ("20x5[year]", 1, "is no year"),
        (":[year]", 1, "is no year"),
        ("x[pmid]", 1, "is no PMID"),
        ("im*une", 1, "a [*] stands inside"),
        ("a AND ---", 7, "no letter and no digit"),
        ("*", 1, "no letter and no digit"),
    ],
)
def test_what_is_refused(text, column, words):
    with pytest.raises(Problems, match=words) as refused:
        question(text)
    assert refused.value.findings[0].place.column == column


@given(st.text(max_size=40) | st.text("()\"[]*: abtiyear'%;", max_size=30))
def test_whatever_is_typed_is_read_or_refused_and_never_sql(text):
    refused = None
    try:
        sql, parameters, _ = condition(question(text))
    except Problems as problems:
        (refused,) = problems.findings
        sql, parameters = "", ()
    assert refused is None or 1 <= refused.place.column <= len(text) + 1
    assert sql.count("?") == len(parameters)
    assert not set(sql) - set("abcdefghijklmnopqrstuvwxyz_0(),.'=>?: ")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Anti-MDA5 in Sjögren's", "anti mda5 in sjogren s"),
        ("TGF-β1 (n = 40), p<0.05", "tgf β1 n 40 p 0 05"),
        ("  ", ""),
        ("CO₂ – naïve_T", "co2 naive t"),
        ("İ", "i"),
    ],
)
def test_words_in_one_spelling(text, words):
    assert folded(text) == words


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert folded(folded(text)) == folded(text)


@given(st.text(st.characters(max_codepoint=127)))
def test_both_ways_of_folding_agree(text):
    """Plain ASCII is folded by a quick way; beside a letter beyond it, the same words come out."""
    assert folded(f"{text} β").removesuffix("β").strip() == folded(text)


def test_what_is_searched_of_a_record():
    sections = ({"label": "AIM", "text": "To swim."}, {"text": "We swam"})
    mesh = (
        {"name": "Lung", "major": False, "qualifiers": ({"name": "surgery", "major": True},)},
        {"name": "Otters", "major": False, "qualifiers": ()},
    )
    assert title_words({"title": "Otters!", "vernacular_title": "Lutra"}) == " otters  lutra "
    assert abstract_words({"abstract": sections}) == " aim  to swim  we swam "
    assert headings({"mesh": mesh}) == "|lung|lung/surgery|*lung/surgery|*lung|otters|"
    people = (
        {"family": "Lutra", "full_name": "Lutra, Otto", "short_name": "Lutra O"},
        {"collective": "The Weirs"},
    )
    assert names({"authors": people}) == "|lutra o|lutra, otto|lutra|the weirs|"
    assert title_words({}) is abstract_words({}) is headings({}) is names({}) is None


def test_words_are_looked_up_and_everything_else_is_sql():
    """The words of a question are numbered in the order of their parameters."""
    said = condition(question('"otter weir*"[ti] AND (reed[au] OR NOT heron)'))
    assert said.sql == (
        "(place in (select place from hits where number = ?) and "
        "(contains(coalesce(names, ''), ?) or (not place in (select place from hits where number = ?))))"
    )
    assert said.parameters == (0, "|reed|", 1)
    assert said.looked == (Looked((0,), ("otter", "weir"), begins=True), Looked((0, 1), ("heron",)))


@pytest.mark.parametrize(
    ("dates", "read"),
    [
        ({"published": "2019 Apr-Jun"}, 2019),
        ({"published": "1998 Dec-1999 Jan"}, 1998),
        ({"published": "Winter", "electronic": "20210102"}, 2021),
        ({"published": "12019"}, None),
        ({}, None),
    ],
)
def test_the_year_that_is_printed(dates, read):
    assert year({"dates": dates}) == read
