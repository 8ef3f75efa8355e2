"""Reads the text of a search.yaml, and says of a query that YAML cannot read, or reads in part, how to write it."""

from __future__ import annotations

import re
from itertools import pairwise

from evsynth.model.finding import Finding, Place, Problems
from evsynth.model.search import Search
from evsynth.text.compose import Tree, compose
from evsynth.text.read import read

_BLOCK = (
    "write `query: |-` and the query in the lines below it, each indented by two blanks; "
    "there quotes, colons, # and brackets need no care"
)
_QUOTED = "put the whole text between single quotes, such as '\"lung diseases\"[mh] OR lung'; a ' inside is written ''"
_HINTS = {"query": _BLOCK, "limits": _QUOTED, "filters": _QUOTED}


def read_search(text: str, file: str) -> tuple[Search, Tree]:
    """Read a search. Raises Problems with every error of the file; `file` is what they call it."""
    try:
        tree = compose(text, file)
    except Problems as problems:
        raise _explained(problems, text, file) from None
    _whole(text, file)
    if isinstance(tree.data, dict) and isinstance(tree.data.get("query"), (dict, list)):
        message = "to YAML the query is a list, because of its brackets or dashes"
        raise Problems((Finding("VALUE", "error", file, tree.place(("query",)), message, _BLOCK),))
    return read(Search, text, file)


def _explained(problems: Problems, text: str, file: str) -> Problems:
    """Name the key whose text makes the file unreadable, if the file is YAML without it."""
    lines = text.split("\n")
    for key, hint in _HINTS.items():
        for first, last in _standing(key, lines):
            try:
                compose("\n".join([*lines[:first], *lines[last:]]), file)
            except Problems:
                continue
            found = problems.findings[0]
            inside = first < found.place.line <= last
            place = found.place if inside else Place(file, first + 1, len(key) + 3)
            message = f"`{key}:` holds quotes or signs that mean something else to YAML ({found.message})"
            return Problems((Finding(found.code, "error", file, place, message, hint),))
    return problems


def _standing(key: str, lines: list[str]) -> list[tuple[int, int]]:
    """Give where a key of the file begins, and where the next key begins, as numbers of lines from 0."""
    starts = [at for at, line in enumerate(lines) if re.match(r"[A-Za-z_]+:(?:\s|$)", line)] + [len(lines)]
    return [(at, after) for at, after in pairwise(starts) if lines[at].startswith(f"{key}:")]


def _whole(text: str, file: str) -> None:
    """Refuse a query of which YAML would leave out what it takes for a comment. Raises Problems VALUE."""
    lines = text.split("\n")
    for first, last in _standing("query", lines):
        if re.match(r"query:\s*[|>'\"]", lines[first]):
            continue
        for at in range(first, last):
            found = re.search(r"\s(#)", lines[at])
            if found and (at == first or lines[at][:1].isspace()):
                message = (
                    f"to YAML a comment begins here, so {lines[at][found.start(1) :].strip()!r} would not be searched"
                )
                raise Problems(
                    (Finding("VALUE", "error", file, Place(file, at + 1, found.start(1) + 1), message, _BLOCK),)
                )
