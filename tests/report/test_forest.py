"""Forest plots: what stands in them, that they are well-formed, and that they say the same in words."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

import invented_answers as invented
import pytest

from evsynth.report.drawing import Line, Shape, Write, text_width, wrap
from evsynth.report.forest import DIAMOND, PREDICTION, STUDY, draw, forest

SVG = "{http://www.w3.org/2000/svg}"
EVERY = invented.every()


def words_of(answer: Any) -> list[str]:
    return [part.text for part in draw(answer).parts if isinstance(part, Write)]


def shapes_of(answer: Any, fill: str) -> list[Shape]:
    return [part for part in draw(answer).parts if isinstance(part, Shape) and part.fill == fill]


@pytest.mark.parametrize("kind", EVERY)
def test_svg_is_well_formed_with_text_as_text_title_and_description(kind: str) -> None:
    root = ET.fromstring(forest(EVERY[kind], format="svg"))
    assert root.tag == f"{SVG}svg"
    assert root.findtext(f"{SVG}title") == EVERY[kind].pool.title
    assert (root.findtext(f"{SVG}desc") or "").startswith("Forest plot of")
    assert root.attrib["role"] == "img"
    assert len(root.findall(f"{SVG}text")) > 3
    assert not [e for e in root.iter() if e.tag == f"{SVG}metadata"]


@pytest.mark.parametrize("kind", EVERY)
def test_png_has_no_text_chunks(kind: str) -> None:
    raw = forest(EVERY[kind], format="png")
    assert raw.startswith(b"\x89PNG")
    assert not any(chunk in raw for chunk in (b"tEXt", b"iTXt", b"tIME"))


@pytest.mark.parametrize("kind", EVERY)
def test_everything_lies_on_the_sheet(kind: str) -> None:
    picture = draw(EVERY[kind])
    for part in picture.parts:
        if isinstance(part, Write):
            width = text_width(part.text, part.size, bold=part.bold)
            left = part.x - {"start": 0, "middle": width / 2, "end": width}[part.anchor]
            assert left >= 0, part.text
            assert left + width <= picture.width + 0.5, part.text
            assert 0 < part.y < picture.height
        elif isinstance(part, Line):
            assert -0.5 <= min(part.x1, part.x2) <= max(part.x1, part.x2) <= picture.width


@pytest.mark.parametrize("kind", EVERY)
def test_no_two_words_of_a_row_overlap(kind: str) -> None:
    rows: dict[float, list[tuple[float, float, str]]] = {}
    for part in draw(EVERY[kind]).parts:
        if isinstance(part, Write):
            width = text_width(part.text, part.size, bold=part.bold)
            left = part.x - {"start": 0, "middle": width / 2, "end": width}[part.anchor]
            rows.setdefault(part.y, []).append((left, left + width, part.text))
    for row in rows.values():
        for (_, end, one), (start, _, other) in zip(sorted(row), sorted(row)[1:], strict=False):
            assert end <= start + 0.5, (one, other)


def test_a_pool_has_a_diamond_a_square_per_study_weights_and_a_line_of_no_effect() -> None:
    answer = EVERY["twelve"]
    assert len(shapes_of(answer, DIAMOND)) == 1
    assert len(shapes_of(answer, STUDY)) == 12
    said = words_of(answer)
    assert "0.71 (0.58 to 0.87)" in said
    assert "Weight" in said
    assert "100%" in said
    assert any("lower hazard" in text for text in said)
    assert answer.result.id in said


def test_squares_grow_with_weight() -> None:
    answer = EVERY["twelve"]
    squares = shapes_of(answer, STUDY)
    sides = [s.points[1][0] - s.points[0][0] for s in squares]
    weights = list(answer.result.weights)  # type: ignore[union-attr]
    assert max(sides) == sides[weights.index(max(weights))]
    assert min(sides) == sides[weights.index(min(weights))]


def test_a_cut_interval_ends_in_an_arrow() -> None:
    arrows = [s for s in shapes_of(EVERY["twelve"], "#000000") if len(s.points) == 3]
    assert len(arrows) == 1


@pytest.mark.parametrize(("kind", "drawn"), [("twelve", 1), ("three", 0)])
def test_the_prediction_interval_is_drawn_from_five_studies_on_and_else_in_words(kind: str, drawn: int) -> None:
    assert len(shapes_of(EVERY[kind], PREDICTION)) == drawn
    assert any("very imprecise with 3 studies" in text for text in words_of(EVERY[kind])) == (not drawn)


@pytest.mark.parametrize("kind", ["refused with two", "refused with one", "refused with none"])
def test_a_refusal_has_no_diamond_but_reasons_and_the_unusable_inputs(kind: str) -> None:
    answer = EVERY[kind]
    assert not shapes_of(answer, DIAMOND)
    said = " ".join(words_of(answer))
    assert "Not pooled: DIFFERENT_DEFINITIONS, NO_VARIANCE, TOO_FEW" in said
    assert "65% lower dose (secondary source)" in said
    assert "A percentage reduction without absolute values has no variance." in said
    assert len(shapes_of(answer, STUDY)) == answer.result.k


def test_without_effects_there_is_no_axis() -> None:
    assert "HR (95% CI)" not in words_of(EVERY["refused with none"])


def test_companions_and_warnings_are_listed() -> None:
    said = words_of(EVERY["three"])
    assert "Wald: 0.71 (0.60 to 0.84)" in said
    assert any(text.startswith("Modified HKSJ: 0.71 (0.56 to 1.02)") for text in said)
    assert "Fewer than five studies. [FEW_STUDIES]" in said


def test_zero_events_are_drawn_at_zero_with_counts() -> None:
    said = words_of(EVERY["exact"])
    assert "0/24" in said
    assert "0/42" in said
    assert "0.0% (0.0% to 6.9%)" in said


def test_rows_of_a_change_share_their_decimals() -> None:
    answer = EVERY["three"]
    effects = tuple(
        e._replace(measure="mean change", scale="natural", estimate=x, lower=x - 2.5, upper=x + 2.5)
        for e, x in zip(answer.selection.effects, (-3.0, -12.0, 4.25), strict=True)
    )
    changed = answer._replace(pool=invented.pool("mean change"), selection=answer.selection._replace(effects=effects))
    said = words_of(changed)
    assert "−3.0 (−5.5 to −0.5)" in said
    assert "−12.0 (−14.5 to −9.5)" in said


def test_a_single_study_has_no_diamond() -> None:
    assert not shapes_of(EVERY["single"], DIAMOND)
    assert len(shapes_of(EVERY["single"], STUDY)) == 1


def test_hostile_labels_are_escaped() -> None:
    raw = forest(EVERY["hostile"], format="svg").decode()
    assert "<script" not in raw
    assert "&lt;script&gt;" in raw


def test_an_override_is_printed_in_the_figure() -> None:
    answer = EVERY["three"]
    overridden = invented.pool("hazard ratio", overrides=({"code": "SHARED_PATIENTS", "because": "They do not."},))
    said = words_of(answer._replace(pool=overridden))
    assert "Refusal set aside by the reviewers [SHARED_PATIENTS]: They do not." in said


def test_wrapping_keeps_every_character_and_cuts_what_is_too_long() -> None:
    lines = wrap("short " + "x" * 80, 60)
    assert "".join(lines).replace(" ", "") == "short" + "x" * 80
    assert all(text_width(line) <= 60 for line in lines)
