"""What documents say against themselves is remembered until a text changes, and only where a build has made room."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from evsynth.model.finding import Alternative, Finding, Place, Quoted
from evsynth.review.remembered import is_kept, remembered

FOUND = Finding(
    "COUNT_PERCENT", "inconsistent", "alpha-2020", Place("paper.txt", 3, 7), "31 of 40 is not 75%", "missing data",
    path=("passages", 0, "values", 1), quotes=(Quoted("paper", 4, 9, "31 of"), Quoted("letter", None, None, "40")),
    computed=(("percent", "77.5"),), alternatives=(Alternative("30", "prints so", (("alpha-2020/x.count", "30"),)),),
    values=("x",),
)  # fmt: skip


@pytest.fixture
def judge() -> tuple[list[int], Callable[[], tuple[Finding, ...]]]:
    """A judge that counts how often it is asked."""
    asked: list[int] = []

    def judged() -> tuple[Finding, ...]:
        asked.append(1)
        return (FOUND,)

    return asked, judged


def test_a_judgement_is_read_back_as_it_was(tmp_path: Path, judge) -> None:
    """Every field, tuples and None included, and without judging again."""
    asked, judged = judge
    texts = (("paper", "full text", "31 of 40"),)
    first = remembered(tmp_path, "alpha-2020", texts, judged)
    assert remembered(tmp_path, "alpha-2020", texts, judged) == first == (FOUND,)
    assert len(asked) == 1


@pytest.mark.parametrize(
    "texts",
    [
        (("paper", "full text", "32 of 40"),),
        (("paper", "abstract", "31 of 40"),),
        (("other", "full text", "31 of 40"),),
        (),
    ],
    ids=["text", "kind", "name", "none"],
)
def test_another_text_is_judged_again(tmp_path: Path, judge, texts) -> None:
    asked, judged = judge
    remembered(tmp_path, "alpha-2020", (("paper", "full text", "31 of 40"),), judged)
    remembered(tmp_path, "alpha-2020", texts, judged)
    assert len(asked) == 2


@pytest.mark.parametrize("spoiled", ["", "[]", "{", '{"alpha-2020": 1}'])
def test_notes_that_cannot_be_read_count_as_none(tmp_path: Path, judge, spoiled: str) -> None:
    asked, judged = judge
    texts = (("paper", "full text", "31 of 40"),)
    remembered(tmp_path, "alpha-2020", texts, judged)
    (tmp_path / ".evsynth" / "judged.json").write_text(spoiled, encoding="utf-8")
    assert remembered(tmp_path, "alpha-2020", texts, judged) == (FOUND,)
    assert len(asked) == 2


def test_a_check_leaves_nothing_in_a_review_that_was_never_built(tmp_path: Path) -> None:
    assert not is_kept(tmp_path)
    (tmp_path / ".evsynth").mkdir()
    assert is_kept(tmp_path)
