"""Only methods that were used are named, and every named method has references that exist."""

from __future__ import annotations

import invented_answers as invented
import pytest

from evsynth.report.methods_references import _data, reference, references, used

EVERY = invented.every()


def keys(kind: str) -> list[set[str]]:
    return [{method.key for method in group} for group in used(EVERY[kind])]


@pytest.mark.parametrize(
    ("kind", "effects", "result", "beside"),
    [
        (
            "three", {"hazard-ratio"}, {"reml", "hksj", "q-profile", "i2", "prediction-v", "pymare"},
            {"modified-hksj", "wald"},
        ),
        ("proportions", {"clopper-pearson"}, {"binomial-normal", "wald", "prediction-v"}, {"reml"}),
        ("exact", set(), {"clopper-pearson"}, set()),
        ("single", set(), set(), set()),
        ("refused with two", {"hazard-ratio"}, {"few-studies"}, {"bayesian"}),
        ("refused with none", set(), set(), set()),
    ],
)  # fmt: skip
def test_used(kind: str, effects: set[str], result: set[str], beside: set[str]) -> None:
    assert keys(kind) == [effects, result, beside]


def test_every_reference_of_every_method_exists_and_every_reference_is_of_a_method() -> None:
    cited = {key for method in _data()["methods"] for key in method["references"]}
    assert cited == set(_data()["references"])
    for key in cited:
        found = reference(key)
        assert found.authors
        assert found.title
        assert found.type == "software" or (found.journal and found.year.isdigit())


def test_a_doi_is_given_where_it_was_verified_and_has_the_form_of_one() -> None:
    for key in _data()["references"]:
        doi = reference(key).doi
        assert not doi or doi.startswith("10.")


def test_references_come_once_in_the_order_of_first_use() -> None:
    found = [r.key for r in references(sum(used(EVERY["three"]), ()))]
    assert len(found) == len(set(found))
    assert found[0] == "parmar-1998"
