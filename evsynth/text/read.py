"""A composed file becomes a frozen model; everything wrong with it comes back at once, each with place and hint."""

from __future__ import annotations

import difflib
import re
import types
import typing
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from evsynth.model.finding import Finding, KeyPath, Place, Problems
from evsynth.text.compose import Tree, compose

M = TypeVar("M", bound=BaseModel)

_PATTERNS = {
    r"^[a-z0-9][a-z0-9.-]*$": "an identifier: lower-case letters, digits, hyphens and points",
    r"^-?[0-9]+(\.[0-9]+)?$": "a number in digits, with a point for decimals",
    r"^[0-9a-f]{64}$": "the 64 hexadecimal digits of a SHA-256",
    r"^\d{4}-\d{2}-\d{2}$": "a date such as 2026-01-31",
}
"""What the patterns of the models mean, in words."""


def read(model: type[M], text: str, file: str) -> tuple[M, Tree]:
    """Read YAML `text` into `model`. Raises Problems holding every error of the file, sorted by line."""
    tree = compose(text, file)
    if not isinstance(tree.data, dict):
        kind = "is empty" if tree.data is None else "is not a list of `key: value` lines"
        hint = f"start with `{next(iter(model.model_fields))}:`"
        raise Problems((Finding("SHAPE", "error", file, Place(file), f"the file {kind}", hint),))
    try:
        return model.model_validate(tree.data), tree
    except ValidationError as error:
        details = error.errors(include_url=False)
        # pydantic counts a list as too short when its items are wrong; the items say enough.
        paths = {tuple(d["loc"][:n]) for d in details for n in range(len(d["loc"]))}
        real = [d for d in details if d["type"] != "too_short" or tuple(d["loc"]) not in paths]
        findings = [_finding(detail, model, tree) for detail in real]
        unique = {(f.place, f.message): f for f in findings}
        raise Problems(tuple(sorted(unique.values(), key=lambda f: f.place))) from None


def _finding(detail: ErrorDetails, model: type[BaseModel], tree: Tree) -> Finding:
    path = _real_path(detail["loc"], tree)
    name = _words(path) or "the file"
    value = detail.get("input")
    kind = detail["type"]
    if kind == "extra_forbidden":
        known = _fields(model, path[:-1])
        close = difflib.get_close_matches(str(path[-1]), known, n=1, cutoff=0.6)
        hint = f"did you mean {close[0]!r}?" if close else f"known keys here: {', '.join(known)}"
        return _at(tree.key_place(path), "UNKNOWN_KEY", tree, f"{name} is not a known key", hint, path)
    if kind == "missing":
        return _at(tree.place(path[:-1]), "MISSING_KEY", tree, f"{name} is missing", f"add `{path[-1]}:`", path)
    if kind == "literal_error":
        expected = str(detail["ctx"]["expected"])
        options = re.findall(r"'([^']*)'", expected)
        close = difflib.get_close_matches(str(value), options, n=1, cutoff=0.5)
        hint = f"did you mean {close[0]!r}? " if close else ""
        message = f"{name} is {value!r}, which is not one of the known values"
        return _at(tree.place(path), "UNKNOWN_VALUE", tree, message, f"{hint}known: {', '.join(options)}", path)
    if kind == "value_error":
        message = str(detail["ctx"]["error"])
        head, _, hint = message.partition("; ")
        return _at(tree.place(path), "VALUE", tree, f"{name}: {head}", hint, path)
    if kind == "too_short":
        least = detail["ctx"]["min_length"]
        return _at(tree.place(path), "TYPE", tree, f"{name} needs at least {least}", "add the missing lines", path)
    if kind == "string_pattern_mismatch":
        message = f"{name} is {value!r}, which is not written as expected"
        hint = f"expected {_PATTERNS.get(detail['ctx']['pattern'], detail['ctx']['pattern'])}"
        return _at(tree.place(path), "TYPE", tree, message, hint, path)
    shown = "nothing" if value is None else f"{value!r}" if isinstance(value, str) else f"a {_kind(value)}"
    message = f"{name} is {shown}; expected {_expected(kind, detail.get('ctx', {}))}"
    return _at(tree.place(path), "TYPE", tree, message, "leave the key out if there is nothing to say", path)


def _at(place: Place, code: str, tree: Tree, message: str, hint: str, path: KeyPath) -> Finding:
    return Finding(code, "error", tree.file, place, message, hint, path)


def _kind(value: Any) -> str:
    return "group of keys" if isinstance(value, dict) else "list" if isinstance(value, list) else type(value).__name__


def _expected(kind: str, context: dict[str, Any]) -> str:
    words = {
        "string_type": "text",
        "tuple_type": "a list (lines that start with `- `, or [a, b])",
        "list_type": "a list (lines that start with `- `, or [a, b])",
        "model_type": "a group of `key: value` lines",
        "model_attributes_type": "a group of `key: value` lines",
        "dict_type": "a group of `key: value` lines",
        "int_parsing": "a whole number",
        "int_type": "a whole number",
        "int_from_float": "a whole number",
        "greater_than_equal": f"{context.get('ge')} or more",
        "string_too_short": "some text",
        "float_parsing": "a number",
        "float_type": "a number",
        "bool_parsing": "true or false",
        "bool_type": "true or false",
    }
    return words.get(kind, kind.replace("_", " "))


def _real_path(location: tuple[Any, ...], tree: Tree) -> KeyPath:
    """Drop the parts of a pydantic location that name a union member rather than a key."""
    path: KeyPath = ()
    for part in location[:-1]:
        if (*path, part) in tree.values:
            path = (*path, part)
    return (*path, location[-1]) if location else path


def _words(path: KeyPath) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path)


def _fields(model: type[BaseModel], path: KeyPath) -> list[str]:
    """List the keys known at `path` by following the annotations of `model`."""
    current: Any = model
    for part in path:
        if isinstance(part, str) and isinstance(current, type) and issubclass(current, BaseModel):
            field = current.model_fields.get(part)
            current = _model_in(field.annotation) if field else None
        if current is None:
            return []
    return list(current.model_fields) if isinstance(current, type) and issubclass(current, BaseModel) else []


def _model_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if typing.get_origin(annotation) in (tuple, list, dict, typing.Union, types.UnionType):
        for argument in typing.get_args(annotation):
            found = _model_in(argument)
            if found is not None:
                return found
    return None
