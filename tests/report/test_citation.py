"""Citations in four styles: the result first, valid syntax, unique keys."""

from __future__ import annotations

import json
import re

import invented_answers as invented
import pytest

from evsynth.report.citation import cite
from evsynth.report.methods_references import Reference
from evsynth.report.reference_formats import as_bibtex, as_csl, as_ris, as_text, name, unique_keys

EVERY = invented.every()
STUDIES = invented.studies()


def write(kind: str, style: str) -> str:
    return cite(EVERY[kind], invented.REVIEW, STUDIES, style)


@pytest.mark.parametrize("style", ["text", "bibtex", "csl-json", "ris"])
@pytest.mark.parametrize("kind", EVERY)
def test_the_identifier_is_in_every_style(kind: str, style: str) -> None:
    assert EVERY[kind].result.id in write(kind, style).replace("\\_", "_")


def test_an_unknown_style_lists_the_known_ones() -> None:
    with pytest.raises(ValueError, match="'apa' is not a citation style; choose one of text, bibtex, csl-json, ris"):
        write("single", "apa")


def test_text_gives_the_result_the_sentence_and_numbered_references() -> None:
    said = write("three", "text")
    assert said.startswith(
        "Tester A, Example B. Death under the invented drug: hazard ratio: hazard ratio 0.71 (95% CI"
    )
    assert (
        "1. Alpha A, Beta-Gamma BC. An invented study of {Death} & relapse. Journal of Invented Results. 2010;12:34-56."
        in said
    )
    assert "doi:10.3102/10769986030003261" in said


def test_text_of_a_refusal_has_reasons_and_what_the_studies_report() -> None:
    said = write("refused with two", "text")
    assert "[DIFFERENT_DEFINITIONS]" in said
    assert "Bravo 2011 [2], drug vs none" in said


@pytest.mark.parametrize("kind", EVERY)
def test_bibtex_is_balanced_escaped_and_has_unique_keys(kind: str) -> None:
    said = write(kind, "bibtex")
    keys = re.findall(r"^@\w+\{([^,]+),$", said, re.MULTILINE)
    assert len(keys) == len(set(keys)) == said.count("\n@") + 1
    assert all(re.fullmatch(r"[A-Za-z0-9-]+", key) for key in keys)
    for entry in said.split("\n\n"):
        bare = re.sub(r"\\[{}]", "", entry)
        assert bare.count("{") == bare.count("}")
        for line in entry.splitlines()[1:-1]:
            field, _, value = line.strip().partition(" = ")
            assert value.startswith("{")
            assert value.endswith("},")
            if field not in ("doi", "url"):
                assert not re.search(r"(?<!\\)[%&#$]", value), value


def test_bibtex_escapes_what_tex_would_run() -> None:
    said = as_bibtex([Reference("k", "article-journal", ("A_B C",), r"50% of $x$ & \input{y} #1 ~^")])
    title = next(line for line in said.splitlines() if "title" in line)
    assert r"50\% of \$x\$ \& \textbackslash{}input\{y\} \#1 \textasciitilde{}\textasciicircum{}" in title


@pytest.mark.parametrize("kind", EVERY)
def test_ris_records_open_and_close(kind: str) -> None:
    said = write(kind, "ris")
    lines = [line for line in said.split("\r\n") if line]
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines)
    assert said.count("TY  - ") == said.count("ER  - ")
    assert lines[0] == "TY  - DATA"


@pytest.mark.parametrize("kind", EVERY)
def test_csl_json_is_json_with_the_required_members(kind: str) -> None:
    items = json.loads(write(kind, "csl-json"))
    assert items[0]["type"] == "dataset"
    assert len({item["id"] for item in items}) == len(items)
    for item in items:
        assert item["type"] in ("dataset", "article-journal", "software")
        assert item["title"]
        assert all({"family", "given"} == set(a) or set(a) == {"literal"} for a in item["author"])


@pytest.mark.parametrize(
    ("given", "family", "initials", "whole"),
    [
        ("Chen Y", "Chen", "Y", ""),
        ("van Houwelingen HC", "van Houwelingen", "HC", ""),
        ("Chen, Yuxue", "Chen", "Yuxue", ""),
        ("Özdemir P.", "Özdemir", "P.", ""),
        ("Zhao", "", "", "Zhao"),
        ("Yuxue Chen", "", "", "Yuxue Chen"),
        ("{PyMARE developers}", "", "", "PyMARE developers"),
    ],
)
def test_names_are_divided_only_where_their_form_says_how(given: str, family: str, initials: str, whole: str) -> None:
    assert tuple(name(given)) == (family, initials, whole)


def test_et_al_stays_et_al() -> None:
    some = [Reference("k", "article-journal", ("Chen Y", "others"), "T")]
    assert "and others" in as_bibtex(some)
    assert "et al" in as_text(some[0])
    assert len(json.loads(as_csl(some))[0]["author"]) == 1
    assert as_ris(some).count("AU  - ") == 1


def test_repeated_keys_are_told_apart() -> None:
    same = Reference("chen@2022", "dataset", ("A",), "T")
    assert unique_keys([same, same]) == ("chen-2022", "chen-2022-2")
