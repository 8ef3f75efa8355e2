"""A file becomes a model, or every mistake in it comes back at once with its place and a hint."""

from __future__ import annotations

import json

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from evsynth.model.finding import Problems
from evsynth.model.pool import Pool
from evsynth.model.review import Review
from evsynth.model.source import Sidecar
from evsynth.model.study import Study
from evsynth.text.canonical import canonical, digest, readable
from evsynth.text.decode import decode
from evsynth.text.read import read

STUDY = """\
study: alpha-2020
label: Alpha 2020
title: An invented drug
authors: [Alpha A]
year: 2020
cohorts:
  - cohort: main
    label: All
    design: single-arm series
    condition: invented
    arms:
      - {arm: all, label: All, role: whole, patients: 40}
variables: [{variable: improved, label: Improved, kind: count}]
passages:
  - source: paper
    where: Results
    quote: 17 (42.5) of 40
    values:
      - {printed: 17 (42.5) of 40, arm: all, variable: improved, count: 17, percent: 42.5, of: 40}
"""

MISTAKES = [
    # text, instead, code, what the finding points at, in the message, in the hint
    ("label: Alpha", "lable: Alpha", "UNKNOWN_KEY", "lable", "lable is not a known key", "did you mean 'label'?"),
    ("role: whole", "rolle: whole", "UNKNOWN_KEY", "rolle", "cohorts.1.arms.1.rolle is not", "did you mean 'role'?"),
    ("count: 17,", "cuont: 17,", "UNKNOWN_KEY", "cuont", "passages.1.values.1.cuont", "did you mean 'count'?"),
    ("year: 2020\n", "", "MISSING_KEY", "study:", "year is missing", "add `year:`"),
    ("where: Results\n    ", "", "MISSING_KEY", "source: paper", "passages.1.where is missing", "add `where:`"),
    ("role: whole", "role: whol", "UNKNOWN_VALUE", "whol,", "role is 'whol'", "did you mean 'whole'?"),
    ("single-arm series", "series", "UNKNOWN_VALUE", "series", "design is 'series'", "known: randomised"),
    ("kind: count", "kind: Count", "UNKNOWN_VALUE", "Count", "kind is 'Count'", "did you mean 'count'?"),
    ("patients: 40", "patients: forty", "TYPE", "forty", "patients is 'forty'; expected a whole number", ""),
    ("patients: 40", "patients: 40.5", "TYPE", "40.5", "patients is '40.5'; expected a whole number", ""),
    ("patients: 40", "patients: -1", "TYPE", "-1", "patients is '-1'; expected 0 or more", "leave the key out"),
    ("count: 17,", "count: '1,1',", "VALUE", "'1,1'", "'1,1' is not a number as printed", "write '1.1' with a point"),
    ("count: 17,", "count: 17%,", "VALUE", "17%", "'17%' is not a number", "leave the percent sign out"),
    ("count: 17,", "count: [17],", "VALUE", "[17]", "one number is expected", ""),
    ("count: 17,", "count: {a: 1},", "VALUE", "{a", "one number is expected", ""),
    ("[Alpha A]", "Alpha A", "TYPE", "Alpha A", "authors is 'Alpha A'; expected a list", "leave the key out"),
    ("[Alpha A]", "[]", "TYPE", "[]", "authors needs at least 1", "add the missing lines"),
    ("[Alpha A]", "[[Alpha]]", "TYPE", "[Alpha]", "authors.1 is a list; expected text", "leave the key out"),
    ("label: Alpha 2020", "label: ''", "TYPE", "''", "label is ''; expected some text", "leave the key out"),
    ("label: Alpha 2020", "label:", "TYPE", "", "label is nothing; expected text", "leave the key out"),
    ("study: alpha-2020", "study: Alpha 2020", "TYPE", "Alpha 2020", "study is 'Alpha 2020'", "lower-case letters"),
    ("- cohort: main\n    label", "- main\n  - label", "TYPE", "main", "cohorts.1 is 'main'", "leave the key out"),
]


@pytest.mark.parametrize(("text", "instead", "code", "at", "message", "hint"), MISTAKES)
def test_a_mistake_says_what_where_and_what_to_do(text, instead, code, at, message, hint):
    """One finding for one mistake."""
    assert STUDY.count(text) == 1
    with pytest.raises(Problems) as raised:
        read(Study, STUDY.replace(text, instead), "f.yaml")
    found = raised.value.findings
    if instead.startswith("lable"):
        assert [f.code for f in found] == ["MISSING_KEY", "UNKNOWN_KEY"]
        found = found[1:]
    if instead.startswith(("rolle", "- main")):
        found = [f for f in found if f.code == code][:1]
    (finding,) = found
    assert finding.code == code
    assert message in finding.message
    assert hint in finding.hint
    line = STUDY.replace(text, instead).splitlines()[finding.place.line - 1]
    assert line[finding.place.column - 1 :].startswith(at)


def test_all_mistakes_of_a_file_come_at_once_and_in_order():
    """Not one per run."""
    text = (
        STUDY.replace("year: 2020", "yaer: 2020")
        .replace("role: whole", "role: hole")
        .replace("count: 17,", "count: x,")
    )
    with pytest.raises(Problems) as raised:
        read(Study, text, "f.yaml")
    found = raised.value.findings
    assert [f.code for f in found] == ["MISSING_KEY", "UNKNOWN_KEY", "UNKNOWN_VALUE", "VALUE"]
    assert [f.place.line for f in found] == [1, 5, 12, 19]


SHAPES = [
    ("", "the file is empty"),
    ("# nothing\n", "the file is empty"),
    ("- a\n- b\n", "is not a list of `key: value` lines"),
    ("only words\n", "is not a list of `key: value` lines"),
]


@pytest.mark.parametrize(("text", "message"), SHAPES)
def test_a_file_without_keys_says_how_to_start(text, message):
    """With the first key of its kind."""
    with pytest.raises(Problems) as raised:
        read(Study, text, "f.yaml")
    (finding,) = raised.value.findings
    assert (finding.code, finding.hint) == ("SHAPE", "start with `study:`")
    assert message in finding.message


def test_values_keep_the_order_in_which_they_are_written():
    """The order is that of the print."""
    study, _ = read(Study, STUDY.replace("count: 17, percent: 42.5, of: 40", "of: 40, count: 17"), "f")
    assert list(study.passages[0].values[0].statistics()) == ["of", "count"]


DECODED = [
    (b"a: 1\r\nb: 2\r\n", "a: 1\r\nb: 2\r\n"),
    (b"\xef\xbb\xbfa: 1", "a: 1"),
    ("ä: –".encode(), "ä: –"),
    (b"", ""),
]

UNDECODABLE = [
    ("a: 1\nä: Köln".encode("latin-1"), "2:1", "byte 6 is not UTF-8"),
    ("ä: 1\nb: ä–".encode() + b"\xff", "2:6", "is not UTF-8"),
    (b"a\n\x00b", "2:1", "NUL"),
    ("a: 1".encode("utf-16"), "1:1", "is not UTF-8"),
    (b"PK\x03\x04\x14\x00\x08", "1:1", "NUL"),
    (b"\x89PNG\r\n\x1a\n", "1:1", "is not UTF-8"),
]


@pytest.mark.parametrize(("raw", "text"), DECODED)
def test_utf_8_with_or_without_a_mark_is_text(raw, text):
    """Windows editors write a mark and other line ends."""
    assert decode(raw, "f") == text


@pytest.mark.parametrize(("raw", "place", "message"), UNDECODABLE)
def test_what_is_no_text_says_where(raw, place, message):
    """The place counts characters, not bytes."""
    with pytest.raises(Problems) as raised:
        decode(raw, "f")
    (finding,) = raised.value.findings
    assert (finding.code, str(finding.place)) == ("NOT_TEXT", f"f:{place}")
    assert message in finding.message
    assert finding.hint


@pytest.mark.parametrize("model", [Study, Pool, Review, Sidecar])
def test_models_have_a_schema_that_says_what_keys_mean(model):
    """Editors complete from it and refuse what is not in it."""
    schema = model.model_json_schema(by_alias=True)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["additionalProperties"] is False


def test_an_editor_accepts_what_we_accept():
    """It reads YAML as YAML: a year and a count are numbers to it, not text."""
    jsonschema.validate(yaml.safe_load(STUDY), Study.model_json_schema(by_alias=True))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(yaml.safe_load(STUDY.replace("role:", "rolle:")), Study.model_json_schema(by_alias=True))


content = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=4), children, max_size=3),
    max_leaves=10,
)


@given(content)
def test_canonical_text_does_not_depend_on_the_order_of_keys(value):
    """And is JSON of the same content."""
    assert json.loads(canonical(value)) == value
    assert digest(value) == digest(_turned(value))


def _turned(value):
    if isinstance(value, dict):
        return {key: _turned(value[key]) for key in reversed(list(value))}
    return [_turned(v) for v in value] if isinstance(value, list) else value


def test_floats_are_no_canonical_text_but_readable_with_six_digits():
    """Their last digits differ between computers."""
    with pytest.raises(TypeError, match="float"):
        digest({"y": 0.1 + 0.2})
    assert json.loads(readable({"y": 0.1 + 0.2, "n": 3.0, "small": 1.23456789e-9})) == {
        "y": 0.3,
        "n": 3,
        "small": 1.23457e-9,
    }
    with pytest.raises(ValueError, match="no place in a result"):
        readable({"y": float("nan")})
