"""Every code that a command can print about files, records, searches and logs has a heading that a reader can find."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

import evsynth

PACKAGE = Path(evsynth.__file__).parent
PAGE = PACKAGE.parent / "docs" / "findings.md"
LAYERS = ("text", "sources", "review", "cli")
"""The checks of studies and of papers hold their own codes, each where it is registered."""

MAKERS = {"Finding", "_problem", "finding"}
"""What makes a finding, and takes its code first."""


def explained() -> list[str]:
    lines = PAGE.read_text("utf-8").splitlines()
    return [code for line in lines if line.startswith("### ") for code in line[4:].split(", ")]


def codes() -> dict[str, str]:
    """Give each code that stands in a call, and where."""
    found = {}
    for path in (path for layer in LAYERS for path in sorted((PACKAGE / layer).rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            value = node.args[0].value
            if name in MAKERS and isinstance(value, str) and re.fullmatch(r"[A-Z][A-Z_]+", value):
                found[value] = f"{path.relative_to(PACKAGE)}:{node.lineno}"
    return found


def test_the_codes_are_found():
    assert {"EXPORT", "LOG", "SNAPSHOT", "SEARCH", "BUSY", "QUERY", "YAML_SYNTAX"} <= codes().keys()
    assert len(codes()) > 40


@pytest.mark.parametrize(("code", "place"), sorted(codes().items()))
def test_every_code_has_a_heading(code, place):
    assert code in explained(), f"{place}: docs/findings.md does not say what {code} is"


def test_no_code_has_two_headings():
    twice = [code for code, count in Counter(explained()).items() if count > 1]
    assert [code for code in twice if code in codes()] == []
