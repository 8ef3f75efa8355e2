"""The identifier of a result: what changes it, and what must not."""

from __future__ import annotations

import re

import pytest

NAMES = ("alpha-2020", "beta-2021", "gamma-2022", "delta-2023")
STUDY = "extractions/studies/beta-2021.yaml"
POOL = "extractions/pools/asked.yaml"


@pytest.fixture
def pooled(invented, counted):
    """Give a review with a pool of four proportions, and a fifth study that it does not draw on."""
    for number, name in enumerate((*NAMES, "unused-1999")):
        invented.study(**counted(name, 4 + number, 20))
    invented.pool([{"study": n, "cohort": "main", "arm": "all", "variable": "improved"} for n in NAMES])
    return invented


def identifier(review):
    """Give the whole hash of the pool's result."""
    return review.answer().result.hash


def rewrite(review, name, change):
    """Rewrite a file of the review."""
    old = (review.root / name).read_text()
    new = change(old)
    assert new != old
    review.write(name, new)


SAME = [
    # what is done, the file, how
    ("inputs in another order", POOL, lambda t: re.sub(r"inputs: \[(.*?), (\{.*\})\]", r"inputs: [\2, \1]", t)),
    ("keys in another order", POOL, lambda t: "\n".join(reversed(t.splitlines())) + "\n"),
    ("blanks and empty lines", POOL, lambda t: t.replace(": ", ":   ").replace("\n", "\n\n")),
    ("a comment", STUDY, lambda t: "# extracted on a Sunday\n" + t.replace("label:", "label:  ") + "# the end\n"),
    ("Windows line ends", STUDY, lambda t: t.replace("\n", "\r\n")),
    ("a byte-order mark", STUDY, lambda t: "\ufeff" + t),
    ("the label of a study", STUDY, lambda t: t.replace("label: Beta 2021", "label: Beta and colleagues 2021")),
    ("the title of a pool", POOL, lambda t: t.replace("The invented question", "Another title")),
    ("where a value is printed", STUDY, lambda t: t.replace("where: Results", "where: Results, first line")),
    ("a bibliographic field", STUDY, lambda t: t + "doi: 10.1000/invented\n"),
    (
        "a study that is not drawn on",
        "extractions/studies/unused-1999.yaml",
        lambda t: t.replace("8 of 20", "9 of 20").replace("count: 8", "count: 9"),
    ),
    ("another pool", "extractions/pools/other.yaml", lambda t: t.replace("X", "Y")),
]

OTHER = [
    ("one digit", STUDY, lambda t: t.replace("count: 5", "count: 6").replace("5 of 20", "6 of 20")),
    ("one digit of a denominator", STUDY, lambda t: t.replace("of: 20", "of: 21").replace("5 of 20", "5 of 21")),
    (
        "one digit of the patients of an arm",
        STUDY,
        lambda t: t.replace("patients: 20", "patients: 21").replace(", of: 20", ""),
    ),
    ("one exclusion", POOL, lambda t: re.sub(r", \{[^{}]*delta[^{}]*\}", "", t)),
    ("another prediction", POOL, lambda t: t.replace('"V"', '"none"')),
    ("another level", POOL, lambda t: t.replace("95", "90")),
    ("another claim", POOL, lambda t: t.replace("rate in treated patients", "treatment effect")),
    ("another plan", POOL, lambda t: t.replace('plan: "pool"', "plan: tabulate")),
    ("an override", POOL, lambda t: t + "overrides: [{code: SHARED_PATIENTS, because: They do not.}]\n"),
    ("another time", STUDY, lambda t: t.replace("at: month-6, count", "at: baseline, count")),
    (
        "shared patients",
        STUDY,
        lambda t: t.replace(
            "    condition:", "    may_overlap: [{study: alpha-2020, cohort: main, because: One town}]\n    condition:"
        ),
    ),
    (
        "who was analysed",
        STUDY,
        lambda t: t.replace("    where: Results", "    where: Results\n    population: survivors"),
    ),
]


@pytest.mark.parametrize(("file", "change"), [row[1:] for row in SAME], ids=[row[0] for row in SAME])
def test_the_same_identifier(pooled, file, change):
    """B6 AT1: order, layout, words for readers, and studies that are not drawn on."""
    if file.endswith("other.yaml"):
        pooled.write(file, (pooled.root / POOL).read_text().replace("asked", "other") + "# X\n")
    before = identifier(pooled)
    rewrite(pooled, file, change)
    assert not pooled.folder().problems
    assert identifier(pooled) == before


@pytest.mark.parametrize(("file", "change"), [row[1:] for row in OTHER], ids=[row[0] for row in OTHER])
def test_another_identifier(pooled, file, change):
    """One digit, one exclusion, one choice."""
    before = identifier(pooled)
    rewrite(pooled, file, change)
    assert not pooled.folder().problems
    assert identifier(pooled) != before


def test_a_study_that_is_not_drawn_on_changes_nothing_of_the_answer(pooled):
    """Not one byte of it."""
    before = pooled.answer()
    rewrite(pooled, "extractions/studies/unused-1999.yaml", lambda t: t.replace("Unused", "Never used"))
    assert pooled.answer() == before
    (pooled.root / "extractions/studies/unused-1999.yaml").unlink()
    assert pooled.answer() == before


def test_the_order_of_inputs_does_not_matter_for_the_answer(pooled):
    """Effects come out sorted."""
    before = pooled.answer()
    rewrite(pooled, POOL, SAME[0][2])
    after = pooled.answer()
    assert after.selection.effects == before.selection.effects
    assert after.result == before.result


def test_a_refusal_has_an_identifier_that_is_not_that_of_the_estimate(pooled):
    """The same inputs, a decision more: the two can be cited apart."""
    estimate = pooled.answer().result
    rewrite(pooled, STUDY, OTHER[-2][2])
    refusal = pooled.answer().result
    assert re.fullmatch(r"asked@[0-9a-f]{10}", refusal.id)
    assert refusal.id != estimate.id
    assert refusal.hash.startswith(refusal.id.partition("@")[2])
