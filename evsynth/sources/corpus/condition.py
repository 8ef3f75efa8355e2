"""A question as a condition of SQL over the columns of a corpus; what was typed is a parameter, never a part of it."""

from __future__ import annotations

from typing import NamedTuple

from evsynth.sources.corpus.question import Both, Question, Term, Without, years
from evsynth.sources.corpus.searched import folded


class Condition(NamedTuple):
    """SQL with a `?` for each parameter, and the parameters."""

    sql: str
    parameters: tuple[str | int, ...]


def condition(question: Question) -> Condition:
    """Return the condition that the rows of a question's answer fulfil; it is never null.

    >>> condition(Term("ti", "Immun", begins=True))
    Condition(sql="contains(coalesce(title_words, ''), ?)", parameters=(' immun',))
    """
    if isinstance(question, Without):
        inside = condition(question.part)
        return Condition(f"(not {inside.sql})", inside.parameters)
    if isinstance(question, Both):
        parts = [condition(part) for part in question.parts]
        sql = (" and " if question.how == "all" else " or ").join(part.sql for part in parts)
        return Condition(f"({sql})", tuple(one for part in parts for one in part.parameters))
    return _term(question)


def _term(term: Term) -> Condition:
    text = term.text.lower()
    if term.field in {"tiab", "ti", "ab"}:
        words = f" {folded(text)}" + ("" if term.begins else " ")
        columns = {"tiab": ("title_words", "abstract_words"), "ti": ("title_words",), "ab": ("abstract_words",)}
        looked = [f"contains(coalesce({column}, ''), ?)" for column in columns[term.field]]
        return Condition(f"({' or '.join(looked)})" if len(looked) > 1 else looked[0], (words,) * len(looked))
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
        names = [
            compare.format(f"coalesce(a.{name}, '')") for name in ("short_name", "full_name", "family", "collective")
        ]
        sql = f"coalesce(len(list_filter(authors, lambda a: {' or '.join(names)})) > 0, false)"
        return Condition(sql, (text,) * len(names))
    column = {"type": "publication_types", "lang": "languages"}[term.field]
    return Condition(f"coalesce(len(list_filter({column}, lambda v: {compare.format('v')})) > 0, false)", (text,))
