"""YAML composed, never constructed: plain data whose scalars are text, and the place of every key and value."""

from __future__ import annotations

from typing import Any, NamedTuple

import yaml

from evsynth.model.finding import Finding, Key, KeyPath, Place, Problems

Data = dict[str, Any] | list[Any] | str | None

_LOADERS: dict[str, Any] = {"c": getattr(yaml, "CSafeLoader", yaml.SafeLoader), "pure": yaml.SafeLoader}

DEEPEST = 50
"""More levels than any file of a review needs; deeper nesting would exhaust the stack."""


class Span(NamedTuple):
    """Where a node stands: line and column from 1, and the character offsets in the text."""

    line: int
    column: int
    start: int
    end: int


class Tree(NamedTuple):
    """A composed file: its text, its data, and the spans of its values and of its keys by path."""

    file: str
    text: str
    data: Data
    values: dict[KeyPath, Span]
    keys: dict[KeyPath, Span]

    def place(self, path: KeyPath) -> Place:
        """Give the place of the value at `path`, or of the nearest thing that encloses it."""
        for length in range(len(path), -1, -1):
            span = self.values.get(path[:length])
            if span:
                return Place(self.file, span.line, span.column)
        return Place(self.file)

    def key_place(self, path: KeyPath) -> Place:
        """Give the place of the key at the end of `path`."""
        span = self.keys.get(path)
        return Place(self.file, span.line, span.column) if span else self.place(path)


def compose(text: str, file: str, *, loader: str = "c") -> Tree:
    """Compose one YAML document.

    Raises Problems: YAML_SYNTAX for what YAML cannot read, YAML_DUPLICATE_KEY for a key written twice in one mapping,
    YAML_ALIAS for anchors, aliases and tags, YAML_DEPTH for nesting no study needs, YAML_KEY for a key that is
    no plain text.
    """
    try:
        _flat_enough(text, file, loader)
        node = yaml.compose(text, Loader=_LOADERS[loader])
    except yaml.YAMLError as error:
        raise Problems((_syntax(error, text, file),)) from None
    walker = _Walker(file)
    data = walker.walk(node, ()) if node is not None else None
    if walker.problems:
        raise Problems(tuple(walker.problems))
    return Tree(file, text, data, walker.values, walker.keys)


def _flat_enough(text: str, file: str, loader: str) -> None:
    """Read the events before the nodes are built, because an alias or deep nesting can cost all memory or the stack."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADERS[loader]):
        mark = event.start_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        marks = (getattr(event, "anchor", None), getattr(event, "tag", None))
        if isinstance(event, yaml.AliasEvent) or any(marks):
            message = "anchors, aliases and tags (&, * and !) are not used in these files"
            hint = "write the value out, or quote the text that starts with &, * or !"
            raise Problems((Finding("YAML_ALIAS", "error", file, place, message, hint),))
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            message = f"brackets or blanks nest more than {DEEPEST} deep here"
            hint = "close what is open; a study file nests about six deep"
            raise Problems((Finding("YAML_DEPTH", "error", file, place, message, hint),))


class _Walker:
    def __init__(self, file: str) -> None:
        self.file = file
        self.values: dict[KeyPath, Span] = {}
        self.keys: dict[KeyPath, Span] = {}
        self.problems: list[Finding] = []

    def walk(self, node: yaml.Node, path: KeyPath) -> Data:
        self.values[path] = _span(node)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.walk(child, (*path, index)) for index, child in enumerate(node.value)]
        if not isinstance(node, yaml.ScalarNode):
            raise TypeError(f"unknown YAML node {node!r}")
        # Plain `key:` and `key: null` mean "nothing"; quoted text never does.
        if node.style in (None, "") and node.value in ("", "~", "null"):
            return None
        return str(node.value)

    def _mapping(self, node: yaml.MappingNode, path: KeyPath) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            span = _span(key_node)
            place = Place(self.file, span.line, span.column)
            if not isinstance(key_node, yaml.ScalarNode):
                self._problem("YAML_KEY", place, "a key must be plain text", "check brackets and commas here")
                continue
            key: Key = key_node.value
            if key in result:
                first = self.keys[(*path, key)].line
                message = f"the key {key!r} stands here a second time (first in line {first})"
                self._problem("YAML_DUPLICATE_KEY", place, message, "keep one of the two")
                continue
            self.keys[(*path, key)] = span
            result[str(key)] = self.walk(value_node, (*path, key))
        return result

    def _problem(self, code: str, place: Place, message: str, hint: str) -> None:
        self.problems.append(Finding(code, "error", self.file, place, message, hint))


def _span(node: yaml.Node) -> Span:
    start, end = node.start_mark, node.end_mark
    return Span(start.line + 1, start.column + 1, start.index, end.index)


def _syntax(error: yaml.YAMLError, text: str, file: str) -> Finding:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read as YAML"
    if mark is not None:
        place = Place(file, mark.line + 1, mark.column + 1)
    else:
        position = getattr(error, "position", 0) or 0
        before = text[:position]
        place = Place(file, before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1)
    hint = "quote a text that holds a colon, a # or brackets; indent with blanks, not tabs"
    return Finding("YAML_SYNTAX", "error", file, place, f"YAML: {problem}", hint)
