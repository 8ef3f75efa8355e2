"""YAML becomes data and places: the same under both loaders, text kept as text, nothing constructed."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from evsynth.model.finding import Problems
from evsynth.text.compose import DEEPEST, compose

LOADERS = ("c", "pure")

SAME = [
    "",
    "# only a comment\n",
    "a: 1\nb: [x, 'y z', \"q\"]\nc:\n  - {d: 0.50, e: no}\n",
    "a:\nb: null\nc: ~\nd: ''\ne: 'null'\n",
    "text: >-\n  folded\n  lines\n\n  and more\nnext: |\n  kept\n  lines\n",
    "ä: größer\nµ: '–'\n",
    "a: 1\r\nb: 2\r\n",
    "- 1\n- [2, [3]]\n",
    "{a: {b: {c: d}}}",
    "word",
    "a: 2026-01-01\nb: 1e3\nc: 0o17\nd: yes\ne: .inf\n",
]

WRONG = [
    ("a: [1, 2", "YAML_SYNTAX"),
    ("a: 'open", "YAML_SYNTAX"),
    ("a: 1\n\tb: 2", "YAML_SYNTAX"),
    ("a: b: c", "YAML_SYNTAX"),
    ("a: 1\n b: 2", "YAML_SYNTAX"),
    ("a: 1\n---\nb: 2", "YAML_SYNTAX"),
    ("a: @x", "YAML_SYNTAX"),
    ("a: \x07", "YAML_SYNTAX"),
    ("a: 1\na: 2", "YAML_DUPLICATE_KEY"),
    ("x: {a: 1, b: 2, a: 3}", "YAML_DUPLICATE_KEY"),
    ("? [a, b]\n: 1", "YAML_KEY"),
    ("a: &x 1\nb: *x", "YAML_ALIAS"),
    ("a: &x 1", "YAML_ALIAS"),
    ("a: *x", "YAML_ALIAS"),
    ("a: !tag 5", "YAML_ALIAS"),
    ("a: !!python/object/apply:os.system ['true']", "YAML_ALIAS"),
    ("a: " + "[" * 10_000 + "]" * 10_000, "YAML_DEPTH"),
    ("a: " + "{b: " * 10_000 + "}" * 10_000, "YAML_DEPTH"),
    ("a: " + "[" * 10_000, "YAML_DEPTH"),
    ("- " * 5_000 + "x", "YAML_DEPTH"),
    ("\n".join("  " * n + "a:" for n in range(200)), "YAML_DEPTH"),
    ("a: &a [x, x]\n" + "".join(f"{k}: &{k} [*a, *a, *a]\n" for k in "bcdefgh"), "YAML_ALIAS"),
]


@pytest.mark.parametrize("text", SAME)
def test_both_loaders_give_the_same_data_and_spans(text):
    """They differ in the style of plain scalars; nothing of that may show."""
    c, pure = (compose(text, "f", loader=loader) for loader in LOADERS)
    assert c == pure


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(("text", "code"), WRONG)
def test_what_cannot_be_read_is_one_problem_with_a_place_and_a_hint(text, code, loader):
    """Never a traceback, also for ten thousand brackets and for aliases that would fill the memory."""
    with pytest.raises(Problems) as raised:
        compose(text, "f.yaml", loader=loader)
    (finding,) = raised.value.findings
    assert finding.code == code
    assert finding.hint
    assert finding.place.file == "f.yaml"
    assert 1 <= finding.place.line <= text.count("\n") + 2


def test_the_place_is_that_of_the_key_or_of_the_value():
    """Line and column count from 1."""
    tree = compose("a: 1\nlist:\n  - {x: 5,  y: zwei}\n", "f")
    assert tree.place(("list", 0, "y")) == ("f", 3, 16)
    assert tree.key_place(("list", 0, "y")) == ("f", 3, 13)
    assert tree.place(("list", 0, "missing")) == ("f", 3, 5)
    assert tree.place(("nowhere",)) == ("f", 1, 1)


def test_nesting_up_to_the_limit_is_read():
    """The limit is far above what a study needs."""
    assert compose("[" * DEEPEST + "]" * DEEPEST, "f").data


scalars = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12).filter(lambda s: "\ufeff" not in s)
data = st.recursive(
    scalars,
    lambda children: st.lists(children, max_size=4) | st.dictionaries(scalars, children, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(scalars, data, min_size=1, max_size=4), st.booleans())
def test_what_is_written_is_read_back_under_both_loaders(content, flow):
    """Quoted text is never taken for nothing, a number or a truth value; spans point at it."""
    text = (
        json.dumps(content, ensure_ascii=False)
        if flow
        else yaml.safe_dump(content, allow_unicode=True, default_style='"')
    )
    trees = [compose(text, "f", loader=loader) for loader in LOADERS]
    assert trees[0] == trees[1]
    assert trees[0].data == content
    for path, span in trees[0].values.items():
        value = content
        for key in path:
            value = value[key]
        assert 0 <= span.start <= span.end <= len(text)
        assert text.count("\n", 0, span.start) == span.line - 1
        assert span.start - (text.rfind("\n", 0, span.start) + 1) == span.column - 1
        if isinstance(value, str):
            assert yaml.load(text[span.start : span.end], Loader=yaml.BaseLoader) == value


@given(st.integers(-(10**6), 10**6), st.integers(0, 4))
def test_the_digits_of_a_number_survive(number, zeros):
    """0.50 keeps its zero."""
    text = f"{number}.{'0' * zeros}5"
    assert compose(f"a: {text}", "f").data == {"a": text}
