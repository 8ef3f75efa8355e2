"""A question as a condition of SQL over the columns of a corpus; what was typed is a parameter, never a part of it."""

from __future__ import annotations

from typing import NamedTuple

from evsynth.sources.corpus.postings import ABSTRACT, TITLE
from evsynth.sources.corpus.question import Both, Question, Term, Without, years
from evsynth.sources.corpus.searched import folded


class Looked(NamedTuple):
    """A phrase, or one word, that is looked up in the lists of words; its last word may be cut.

    `parts` are those in which it may stand.
    """

    parts: tuple[int, ...]
    words: tuple[str, ...]
    begins: bool = False


class Condition(NamedTuple):
    """SQL with a `?` for each parameter, the parameters, and the words whose rows the table `hits` has to hold."""

    sql: str
    parameters: tuple[str | int, ...]
    looked: tuple[Looked, ...] = ()


def condition(question: Question, first: int = 0) -> Condition:
    """Return the condition that the rows of a question's answer fulfil; it is never null.

    The words that are looked up are numbered from `first` on.

    >>> condition(Term("year", "2015:2020"))
    Condition(sql='coalesce(year between ? and ?, false)', parameters=(2015, 2020), looked=())
    >>> condition(Term("ti", "Immun", begins=True))
    Condition(sql='place in (select place from hits where number = ?)', parameters=(0,), \
looked=(Looked(parts=(0,), words=('immun',), begins=True),))
    """
    if isinstance(question, Without):
        inside = condition(question.part, first)
        return inside._replace(sql=f"(not {inside.sql})")
    if isinstance(question, Both):
        parts: list[Condition] = []
        for one in question.parts:
            parts.append(condition(one, first + sum(len(part.looked) for part in parts)))
        sql = (" and " if question.how == "all" else " or ").join(part.sql for part in parts)
        return Condition(
            f"({sql})",
            tuple(one for part in parts for one in part.parameters),
            tuple(one for part in parts for one in part.looked),
        )
    return _term(question, first)


_PARTS = {"tiab": (TITLE, ABSTRACT), "ti": (TITLE,), "ab": (ABSTRACT,)}


def _term(term: Term, first: int) -> Condition:
    if term.field in _PARTS:
        looked = Looked(_PARTS[term.field], tuple(folded(term.text).split()), term.begins)
        return Condition("place in (select place from hits where number = ?)", (first,), (looked,))
    text = term.text.lower()
    if term.field in {"mesh", "majr"}:
        heading = f"|{'*' if term.field == 'majr' else ''}{text}{'' if term.begins else '|'}"
        return Condition("contains(coalesce(headings, ''), ?)", (heading,))
    if term.field == "year":
        return Condition("coalesce(year between ? and ?, false)", years(term.text))
    if term.field == "pmid":
        return Condition("coalesce(pmid = ?, false)", (term.text,))
    compare = "starts_with(lower({0}), ?)" if term.begins else "lower({0}) = ?"
    if term.field == "journal":
        names = [compare.format(f"coalesce(journal.{name}, '')") for name in ("abbreviation", "title")]
        return Condition(f"({' or '.join(names)})", (text, text))
    if term.field == "author":
        return Condition("contains(coalesce(names, ''), ?)", (f"|{text}{'' if term.begins else '|'}",))
    column = {"type": "publication_types", "lang": "languages"}[term.field]
    return Condition(f"coalesce(len(list_filter({column}, lambda v: {compare.format('v')})) > 0, false)", (text,))
