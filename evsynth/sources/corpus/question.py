"""The language in which a corpus is asked: words and phrases with fields, AND, OR, NOT, parentheses.

    tacrolimus AND "interstitial lung disease"[tiab] AND 2015:2020[year] NOT review[type]

A word without operator after another one means AND. AND and OR are never mixed without parentheses, for nobody
remembers which one goes first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple, get_args

from evsynth.model.finding import Finding, Place, Problems
from evsynth.sources.corpus.searched import folded

Field = Literal["tiab", "ti", "ab", "mesh", "majr", "year", "type", "lang", "journal", "author", "pmid"]
FIELDS: tuple[Field, ...] = get_args(Field)
#: The names that PubMed gives to the same fields.
ALSO: dict[str, Field] = {
    "title/abstract": "tiab", "title": "ti", "abstract": "ab", "mh": "mesh", "mesh terms": "mesh",
    "mesh major topic": "majr", "dp": "year", "pdat": "year", "date - publication": "year", "pt": "type",
    "publication type": "type", "la": "lang", "language": "lang", "ta": "journal", "au": "author", "uid": "pmid",
}  # fmt: skip
_TOKEN = re.compile(r'\s*(?:(?P<mark>[()])|"(?P<phrase>[^"]*)"|\[(?P<field>[^\[\]]*)\]|(?P<word>[^\s()"\[\]]+))')
_YEARS = re.compile(r"(\d{4})?(?::(\d{4})?)?")


class Term(NamedTuple):
    """What is looked for in one field: a text as it was typed; `begins` for a word or phrase cut with `*`."""

    field: Field
    text: str
    begins: bool = False


class Both(NamedTuple):
    """All of these (`all`) or any of these (`any`)."""

    how: Literal["all", "any"]
    parts: tuple[Question, ...]


class Without(NamedTuple):
    """Not this."""

    part: Question


Question = Term | Both | Without


class _Token(NamedTuple):
    kind: str
    text: str
    column: int


def question(text: str) -> Question:
    """Read a question. Raises Problems QUERY, with the column."""
    reader = _Reader(_tokens(text), len(text) + 1)
    found = reader.group()
    if reader.left:
        raise _wrong(reader.left[0].column, "a ) without its (", "take it away, or open it")
    return found


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    at = 0
    while text[at:].strip():
        token = _TOKEN.match(text, at)
        if token is None or token.lastgroup is None:
            column = at + 1 + len(text[at:]) - len(text[at:].lstrip())
            raise _wrong(column, f"{text[column - 1]!r} stands alone", 'write "a phrase" and [field] with both ends')
        kind = token.lastgroup
        word, column = token[kind], token.start(kind) + 1
        if kind == "word" and word in {"AND", "OR", "NOT"}:
            kind = "operator"
        found.append(_Token(kind, word, column))
        at = token.end()
    return found


class _Reader:
    """Reads tokens from the left."""

    def __init__(self, tokens: Sequence[_Token], end: int) -> None:
        self.left = list(tokens)
        self.end = end

    def peek(self, kind: str, text: str = "") -> bool:
        return bool(self.left) and self.left[0].kind == kind and (not text or self.left[0].text == text)

    def group(self) -> Question:
        parts: list[Question] = [self.negated()]
        how: Literal["all", "any"] | None = None
        while self.left and not self.peek("mark", ")"):
            column = self.left[0].column
            this: Literal["all", "any"] = "any" if self.peek("operator", "OR") else "all"
            if how not in {None, this}:
                raise _wrong(column, "AND and OR stand side by side", "say with parentheses what belongs together")
            how = this
            if not self.peek("operator", "NOT") and self.left[0].kind == "operator":
                self.left.pop(0)
            parts.append(self.negated())
        return parts[0] if how is None else Both(how, tuple(parts))

    def negated(self) -> Question:
        if self.peek("operator", "NOT"):
            self.left.pop(0)
            return Without(self.one())
        return self.one()

    def one(self) -> Question:
        if not self.left or self.left[0].kind == "operator" or self.peek("mark", ")"):
            column = self.left[0].column if self.left else self.end
            raise _wrong(column, "a word is missing here", 'write a word, "a phrase" or a group in parentheses')
        token = self.left.pop(0)
        if token.kind == "mark":
            found = self.group()
            if not self.peek("mark", ")"):
                raise _wrong(token.column, "a ( without its )", "close it")
            self.left.pop(0)
            return found
        if token.kind == "field":
            raise _wrong(token.column, f"[{token.text}] has nothing before it", "a field follows a word or a phrase")
        if self.peek("field"):
            return _term(self.left.pop(0).text, token)
        if token.kind == "word" and len(self.left) > 1 and self.left[0].kind == "word" and self.left[1].kind == "field":
            both = f"{token.text} {self.left[0].text}"
            words = f"does [{self.left[1].text}] belong to {self.left[0].text!r} or to {both!r}?"
            raise _wrong(token.column, words, f'write "{both}"[{self.left[1].text}], or put AND between them')
        return _term("tiab", token)


def _term(name: str, token: _Token) -> Term:
    key = name.strip().lower()
    field = ALSO.get(key) or next((one for one in FIELDS if one == key), None)
    if field is None:
        raise _wrong(token.column, f"[{name}] is no field", f"known: {', '.join(FIELDS)}")
    text = token.text.strip()
    if field == "year" and not (text.strip(":") and _YEARS.fullmatch(text)):
        raise _wrong(
            token.column, f"{text!r} is no year", "write 2015[year], 2015:2020[year], 2015:[year] or :2020[year]"
        )
    if field == "pmid" and not text.isdecimal():
        raise _wrong(token.column, f"{text!r} is no PMID", "a PMID is a number")
    begins = text.endswith("*") and field not in {"year", "pmid"}
    text = text.rstrip("*") if begins else text
    if "*" in text:
        raise _wrong(token.column, f"{token.text!r}: a * stands inside", "only an end may be left open: immun*")
    if field not in {"year", "pmid"} and not folded(text):
        raise _wrong(token.column, f"{token.text!r} has no letter and no digit", "write a word")
    return Term(field, text, begins)


def years(text: str) -> tuple[int, int]:
    """Return the first and the last year of `2015:2020`; an open end reaches as far as there are years."""
    first, mark, last = text.partition(":")
    return int(first or 0), int(last or 9999) if mark else int(first)


def _wrong(column: int, message: str, hint: str) -> Problems:
    return Problems((Finding("QUERY", "error", "query", Place("query", 1, column), message, hint),))
