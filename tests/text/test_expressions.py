"""Every expression of the scanner and the checks is one that Python can compile, though it is compiled late."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import evsynth.checks
import evsynth.scan
from evsynth.text.expressions import Expression


def _held(thing: object) -> list[Expression]:
    if isinstance(thing, Expression):
        return [thing]
    if isinstance(thing, dict):
        return [e for pair in thing.items() for one in pair for e in _held(one)]
    return [e for one in thing for e in _held(one)] if isinstance(thing, list | tuple | frozenset) else []


def _all() -> list[tuple[str, Expression]]:
    packages = (evsynth.checks, evsynth.scan)
    names = [m.name for p in packages for m in pkgutil.walk_packages(p.__path__, f"{p.__name__}.")]
    return [(n, e) for n in names for value in vars(importlib.import_module(n)).values() for e in _held(value)]


def test_that_every_expression_compiles() -> None:
    found = _all()
    assert len(found) > 1500
    for name, expression in found:
        assert expression.compiled.pattern == expression.pattern, name


def test_that_a_mistake_is_told_at_the_first_use() -> None:
    late = Expression("(")
    with pytest.raises(re.error, match="unterminated"):
        late.search("a")


def test_that_it_answers_as_a_compiled_expression_does() -> None:
    words, late, now = "one 12, two 345", Expression(r"(?P<n>\d)\d*"), re.compile(r"(?P<n>\d)\d*")
    found = late.search(words, 5)
    assert found is not None
    assert (found["n"], found.start()) == ("2", 5)
    assert [m.span() for m in late.finditer(words)] == [m.span() for m in now.finditer(words)]
    assert late.findall(words) == now.findall(words) == ["1", "3"]
    assert late.split(words, maxsplit=1) == now.split(words, maxsplit=1)
    assert late.sub("x", words, count=1) == now.sub("x", words, count=1) == "one x, two 345"
    assert late.match(words) is None
    assert late.match(words, 4) is not None
    assert late.fullmatch(words, 4, 6) is not None
    assert late.gave(found)
    assert not Expression(r"\d").gave(found)
