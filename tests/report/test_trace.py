"""Traces lead to the quote, and say so when they do not."""

from __future__ import annotations

import invented_answers as invented

from evsynth.report.trace import steps, trace

EVERY = invented.every()


def test_every_input_leads_to_its_quote_and_offsets() -> None:
    answer = EVERY["single"]
    first = answer.selection.effects[0].leaves[0]
    said = trace(answer, {first.id: ("alpha-2010-text", 10, 14)})
    assert "3/3 inputs quoted (100.0%), 1 located in a source held here" in said
    assert "PARTIAL" not in said
    assert "alpha-2010-text (primary), characters 10–14, Results, paragraph 2" in said
    assert "not located" in said
    assert "v = ((ln upper − ln lower) / (2 z))²" in said
    assert f"“{first.quote}”" in said


def test_an_unquoted_input_makes_it_partial() -> None:
    answer = EVERY["single"]
    effect = answer.selection.effects[0]
    derived = invented.leaf("alpha-2010", "upper", "1.16", quoted=False)
    changed = effect._replace(leaves=(*effect.leaves[:2], derived))
    said = trace(answer._replace(selection=answer.selection._replace(effects=(changed,))), {})
    assert "PARTIAL (2/3 inputs quoted)" in said
    assert "not quoted: derived; 12 - 8; all were followed" in said


def test_a_refusal_traces_what_gave_no_effect() -> None:
    said = trace(EVERY["refused with none"], {})
    assert "Mike 2017: no effect [NO_VARIANCE]" in said
    assert "1/1 inputs quoted" in said


def test_an_answer_without_inputs_is_traced_too() -> None:
    answer = EVERY["refused with none"]
    empty = answer._replace(selection=answer.selection._replace(unusable=()))
    assert "0/0 inputs quoted (0.0%)" in trace(empty, {})


def test_steps_hold_one_row_per_input() -> None:
    rows = steps(EVERY["refused with two"], {})
    assert len(rows) == 7
    assert rows[-1].formula == "no effect: NO_VARIANCE"
    assert (rows[0].source, rows[0].start) == ("alpha-2010-text", None)
