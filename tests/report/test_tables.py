"""Tables: complete rows, six digits, and cells that no spreadsheet runs."""

from __future__ import annotations

import csv
import io

import invented_answers as invented
import pytest

from evsynth.report.tables import EFFECTS, FINDINGS, effects_csv, findings_table, text

EVERY = invented.every()


def rows_of(written: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written)))


@pytest.mark.parametrize("kind", EVERY)
def test_one_row_per_effect_then_one_per_unusable_input(kind: str) -> None:
    selection = EVERY[kind].selection
    written = effects_csv(EVERY[kind])
    rows = rows_of(written)
    assert [r["row"] for r in rows] == ["effect"] * len(selection.effects) + ["no effect"] * len(selection.unusable)
    assert tuple(rows[0]) == EFFECTS
    assert "\r" not in written
    assert written.endswith("\n")


def test_numbers_have_six_digits_and_inputs_their_identifiers() -> None:
    row = rows_of(effects_csv(EVERY["three"]))[0]
    assert row["y"] == "-0.478036"
    assert float(row["se"]) ** 2 == pytest.approx(float(row["v"]), rel=1e-5)
    assert row["inputs"].split("; ")[0] == "alpha-2010/main/drug/death/m12@results.hazard_ratio"
    assert float(row["weight_percent"]) > 0


def test_counts_of_a_proportion() -> None:
    row = rows_of(effects_csv(EVERY["proportions"]))[1]
    assert (row["events"], row["totals"], row["estimate"]) == ("0", "18", "0")


def test_an_unusable_input_says_what_is_printed_and_why_not() -> None:
    row = rows_of(effects_csv(EVERY["refused with none"]))[0]
    assert row["code"] == "NO_VARIANCE"
    assert row["shown"] == "65% lower dose (secondary source)"
    assert row["y"] == ""


@pytest.mark.parametrize("start", ["=1+1", "+1", "-cmd", "@sum", "\tx", "  =x"])
def test_words_that_look_like_formulas_are_guarded(start: str) -> None:
    assert text(start) == "'" + start


@pytest.mark.parametrize("plain", ["", "a = b", "3-4", "Chen 2022", "('x')"])
def test_other_words_are_left_alone(plain: str) -> None:
    assert text(plain) == plain


def test_negative_numbers_are_not_guarded_but_formulas_are() -> None:
    row = rows_of(effects_csv(EVERY["hostile"]))[0]
    assert row["y"].startswith("-0.478")
    assert row["formula"] == "'=HYPERLINK(1)"
    assert row["notes"] == "'@sum & <b>"


def test_findings_are_sorted_and_guarded() -> None:
    written = findings_table(reversed(invented.findings()))
    rows = rows_of(written)
    assert tuple(rows[0]) == FINDINGS
    assert [r["code"] for r in rows] == ["NOTE_ONLY", "PERCENT_IMPOSSIBLE"]
    assert rows[0]["message"] == "'=a note"
    assert rows[1]["alternatives"] == "3: fits"
    assert rows[1]["line"] == "24"
