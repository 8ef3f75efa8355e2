"""Read records in evsynth's own JSON, with every field: a list of them, one alone, or one after the other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import ValidationError

from evsynth.model.record import Record
from evsynth.sources.formats.decoding import beginning, unfit
from evsynth.sources.reading import Failure, shown

_OWN = frozenset(Record.model_fields) - set("abstract title volume issue source status references version raw".split())
"""Names of fields that CSL-JSON does not have too."""

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*+)"(\s*:)?|[\[\]{}]', re.S)
_BETWEEN = re.compile(r"[\s,]*")
_NEXT = re.compile(r"^[ \t]*\{[ \t]*\r?$", re.M)
_BREAKS = re.compile(r"[\r\n\0]")
_HINT = "Write the records again with `evsynth read FILE --json`."


def is_own(keys: Iterable[str]) -> bool:
    """Tell a record of evsynth by its keys; an item of CSL-JSON has a `type`, and calls its people `author`."""
    names = set(keys)
    return bool(names & _OWN) and not names & {"type", "author", "issued"}


def is_own_json(text: str) -> bool:
    """Tell by the beginning of a text of JSON whether its first item is a record of evsynth."""
    depth, keys = 0, set()
    inside = 2 if text.startswith("[") else 1
    for found in _TOKEN.finditer(text):
        if found[0] in "[{":
            depth += 1
        elif found[0] in "]}":
            depth -= 1
            if depth < inside:
                break
        elif found[2] and depth == inside:
            keys.add(found[1])
    return is_own(keys)


def read_own_json(text: str) -> Iterator[Record | Failure]:
    """Return the records of a text, exactly as they were written, and items that cannot be read.

    An item that is no JSON ends where the next one begins a line. `raw` is the text of the item.
    """
    decoder = json.JSONDecoder()
    text = text.removeprefix("\ufeff")
    at = _after(text, 0)
    in_list = text[at : at + 1] == "["
    at = _after(text, at + in_list)
    line, counted = 1, 0
    while at < len(text) and text[at] != "]":
        line += text.count("\n", counted, at)
        counted = at
        try:
            item, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            following = _NEXT.search(text, text.find("\n", at) + 1 or len(text))
            end = following.start() if following else len(text)
            raw = text[at:end].rstrip()
            yield Failure(getattr(error, "lineno", line), f"this is not JSON: {error}", _HINT, beginning(raw))
            in_list = in_list and following is not None
        else:
            yield _record(item, text[at:end], line)
        at = _after(text, end)
    if in_list and at >= len(text):
        yield Failure(text.count("\n") + 1, "the file ends inside its list; records may be missing", _HINT)
    if rest := text[at + 1 :].strip():
        line += text.count("\n", counted, at)
        yield Failure(line, f"after the end of the list stands {shown(rest)}", _HINT, beginning(rest))


def _after(text: str, at: int) -> int:
    found = _BETWEEN.match(text, at)
    return found.end() if found else at


def _record(item: Any, raw: str, line: int) -> Record | Failure:
    if not isinstance(item, dict):
        return Failure(line, f"{shown(raw)} is no record", _HINT, beginning(raw))
    if trouble := unfit(raw) or unfit(json.dumps(item, ensure_ascii=False)) or _broken(item):
        return Failure(line, trouble, _HINT, beginning(raw))
    try:
        return Record.model_validate(item | {"raw": raw})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        known = first["type"] == "extra_forbidden"
        why = f"evsynth has no field {shown(where)}" if known else f"{where}: {first['msg']}"
        return Failure(line, f"a record that cannot be read: {why}", _HINT, raw)


def _broken(value: Any) -> str:
    """Say which text has a line break or a NUL: no reader gives one, and other formats would take it for the end."""
    if isinstance(value, str):
        return f"{shown(value)} has a line break or a NUL in it" if _BREAKS.search(value) else ""
    within = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return next(filter(None, map(_broken, within)), "")
