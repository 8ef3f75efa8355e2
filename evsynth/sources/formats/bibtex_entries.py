"""Cut a BibTeX text into entries: type, key, fields with their braces, the line and the very text of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.sources.formats.decoding import LARGEST_RECORD

_BEGIN = re.compile(r"@\s*([A-Za-z]+)\s*([{(])")
_NEXT = re.compile(r"(?<![^\r\n])[ \t]*@\s*[A-Za-z]+\s*[{(]")
_KEY = re.compile(r"\s*+([^\s,={}\"]*+)\s*+(?:,|(?=[})]))")
_NAME = re.compile(r"[\s,]*([A-Za-z][\w:.+/-]*)\s*=\s*")
_MONTHS = {m.lower()[:3]: m for m in "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()}


class Entry(NamedTuple):
    """One entry; `trouble` says why it could not be read."""

    line: int
    kind: str
    key: str
    fields: tuple[tuple[str, str], ...]
    raw: str
    trouble: str = ""


class _Broken(ValueError):
    pass


def entries(text: str) -> Iterator[Entry]:
    """Return the entries of a text, without comments and preambles, with `@string` names put in.

    An entry whose braces do not close ends where the next one begins a line.
    """
    names: dict[str, str] = dict(_MONTHS)
    at = counted = 0
    line = 1
    break_ = "\n" if "\n" in text else "\r"
    while (found := _BEGIN.search(text, at)) is not None:
        line += text.count(break_, counted, found.start())
        counted = found.start()
        kind = found[1].lower()
        try:
            key, fields, end = _entry(text, found, kind, names)
        except _Broken as error:
            following = _NEXT.search(text, found.end())
            end = following.start() if following else len(text)
            if kind != "comment":
                yield Entry(line, kind, "", (), text[found.start() : end].rstrip(), str(error))
        else:
            if kind == "string":
                names |= {name.lower(): value for name, value in fields}
            elif kind not in {"comment", "preamble"}:
                yield Entry(line, kind, key, fields, text[found.start() : end])
        at = end


def _entry(
    text: str, found: re.Match[str], kind: str, names: dict[str, str]
) -> tuple[str, tuple[tuple[str, str], ...], int]:
    at = found.end()
    close = "}" if found[2] == "{" else ")"
    if kind in {"comment", "preamble"}:
        return "", (), _group(text, at, close)
    key = ""
    if kind != "string":
        printed = _KEY.match(text, at)
        if printed is None:
            raise _Broken("no key after the type of the entry")
        key, at = printed[1], printed.end()
    fields: list[tuple[str, str]] = []
    size = 0 if kind != "string" else sum(map(len, names.values()))
    while True:
        name = _NAME.match(text, at)
        if name is None:
            end = re.compile(r"[\s,]*").match(text, at)
            at = end.end() if end else at
            if text[at : at + 1] == close:
                return key, tuple(fields), at + 1
            what = "the file ends inside it" if at >= len(text) else f"{text[at : at + 20]!r} is no field"
            raise _Broken(f"the entry does not close: {what}")
        value, at = _value(text, name.end(), names)
        fields.append((name[1].lower(), value))
        size += len(value)
        if size > LARGEST_RECORD:
            raise _Broken(f"the entry has more than {LARGEST_RECORD // 2**20} MiB with its strings put in")


def _value(text: str, at: int, names: dict[str, str]) -> tuple[str, int]:
    parts: list[str] = []
    while True:
        if text[at : at + 1] == "{":
            end = _group(text, at + 1, "}")
            parts.append(text[at + 1 : end - 1])
        elif text[at : at + 1] == '"':
            end = _quoted(text, at + 1)
            parts.append(text[at + 1 : end - 1])
        else:
            word = re.compile(r"[^\s,#{}()\"=]+").match(text, at)
            if word is None:
                raise _Broken("a field without value")
            end = word.end()
            parts.append(names.get(word[0].lower(), word[0]))
        if sum(map(len, parts)) > LARGEST_RECORD:
            raise _Broken(f"a value has more than {LARGEST_RECORD // 2**20} MiB with its strings put in")
        more = re.compile(r"\s*#\s*").match(text, end)
        if more is None:
            return "".join(parts), end
        at = more.end()


def _group(text: str, at: int, close: str) -> int:
    """Return where the group that is open before `at` ends; an entry that begins a line inside it means it does not."""
    depth = 0
    mark = re.compile(r"\\.|[{}()]|(?<![^\r\n])[ \t]*@\s*[A-Za-z]+\s*\{\s*[^\s,={}]+\s*,", re.S)
    for found in mark.finditer(text, at):
        sign = found[0]
        if sign.lstrip().startswith("@"):
            raise _Broken("its braces do not close before the next entry")
        if sign == close and depth == 0:
            return found.end()
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth < 0:
                raise _Broken("a brace closes that was never opened")
    raise _Broken("its braces do not close; the file ends inside it")


def _quoted(text: str, at: int) -> int:
    depth = 0
    for found in re.compile(r"\\.|[{}\"]|(?<![^\r\n])[ \t]*@\s*[A-Za-z]+\s*\{", re.S).finditer(text, at):
        sign = found[0]
        if sign.lstrip().startswith("@"):
            break
        if sign == '"' and depth == 0:
            return found.end()
        depth += (sign == "{") - (sign == "}")
    raise _Broken("quotes that do not close")
