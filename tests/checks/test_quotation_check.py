"""Every number stands in its quote, and every quote in its source: what is found, and what is left alone."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

SOURCE = "Methods. We saw 62 patients. Results: the score fell from 18 (12, 21) to 14 (10, 19), P < 0.001. The end."
QUOTE = "the score fell from 18 (12, 21) to 14 (10, 19), P < 0.001"

FOUND = [
    # what is changed, from, to, code
    ("quote", "score fell", "score fall", "QUOTE_NOT_IN_SOURCE"),
    ("quote", "score fell", "Score fell", "QUOTE_NOT_IN_SOURCE"),
    ("source", "score fell", "score fail", "SOURCE_CHANGED"),
    ("source", "The end.", "The end!", "SOURCE_CHANGED"),
    ("source", "The end.", "The end. ", "SOURCE_CHANGED"),
    ("value", '"median": 18', '"median": 81', "VALUE_NOT_IN_QUOTE"),
    ("value", '"median": 18', '"median": "18.0"', "VALUE_NOT_IN_QUOTE"),
    ("value", '"median": 18', '"median": -18', "VALUE_NOT_IN_QUOTE"),
    ("value", '"q1": 12', '"q1": 21', "VALUE_NOT_IN_QUOTE"),
    ("value", '"median": 18, "q1": 12', '"q1": 12, "median": 18', "VALUE_NOT_IN_QUOTE"),  # another order
    ("value", ', "q3": 21', "", "VALUE_NOT_IN_QUOTE"),  # more numbers are printed than stored
    ("value", '"q3": 21', '"q3": 21, "count": 5', "VALUE_NOT_IN_QUOTE"),  # fewer
    ("value", '"printed": "18 (12, 21)"', '"printed": "18 (12, 22)"', "PRINTED_NOT_IN_QUOTE"),
    ("value", '"<0.001"', '"0.001"', "BOUND_NOT_IN_QUOTE"),
    ("value", '"<0.001"', '">0.001"', "BOUND_NOT_IN_QUOTE"),
    ("value", '"<0.001"', '"≤0.001"', "BOUND_NOT_IN_QUOTE"),
    ("value", '"<0.001"', '"<0.01"', "VALUE_NOT_IN_QUOTE"),
]


def write(invented: Any, source: str = SOURCE, quote: str = QUOTE, values: str | None = None) -> None:
    """Write a study that quotes a source."""
    values = values or json.dumps(
        [
            {"printed": "18 (12, 21)", "at": "baseline", "median": 18, "q1": 12, "q3": 21},
            {"printed": "P < 0.001", "p": "<0.001"},
        ]
    )
    invented.study(
        f"""
        passages:
          - source: paper
            where: Results
            arm: drug
            variable: dose
            quote: {json.dumps(quote)}
            values: {values}
        """,
        source=source,
    )


def one(invented: Any, printed: str, stored: dict[str, Any], quote: str | None = None) -> Any:
    """Write a study with one value, printed in a quote."""
    quote = quote or f"Here {printed} stands."
    write(invented, quote, quote, json.dumps([{"printed": printed, **stored}]))
    return invented


@pytest.mark.parametrize(("where", "old", "new", "code"), FOUND)
def test_one_changed_character_is_found(invented, where, old, new, code):
    """In the quote, in the source, in the value, in the printed piece."""
    write(invented)
    assert invented.codes() == []
    name = "corpora/sources/paper.txt" if where == "source" else "extractions/studies/alpha-2020.yaml"
    invented.edit(name, old, new)
    found = invented.findings()
    assert code in [f.code for f in found]
    assert all(f.severity == "error" for f in found)
    finding = next(f for f in found if f.code == code)
    assert finding.place.file == "extractions/studies/alpha-2020.yaml"
    assert finding.place.line > 1
    assert finding.hint
    wrong = 1 + (old == "score fell" and where == "source")  # the document changed, and the quote is not in it any more
    assert len(found) == wrong


LEFT_ALONE = [
    # printed in the paper, printed in the extraction, what is stored
    ("−0.249", "−0.249", {"b": "-0.249"}),  # U+2212
    ("–0.249", "-0.249", {"b": "-0.249"}),  # en dash for minus
    ("18 (12, 21)", "18 (12, 21)", {"median": 18, "q1": 12, "q3": 21}),  # thin spaces
    ("18\u00a0(12,\u202f21)", "18 (12, 21)", {"median": 18, "q1": 12, "q3": 21}),  # no-break spaces
    ("18\n   (12,\n21)", "18 (12, 21)", {"median": 18, "q1": 12, "q3": 21}),  # line breaks
    ("18\t(12,\t21)", "18 (12, 21)", {"median": 18, "q1": 12, "q3": 21}),  # tabs
    ("0·63 (0·41–0·98)", "0·63 (0·41–0·98)", {"hazard_ratio": "0.63", "lower": "0.41", "upper": "0.98"}),  # middle dots
    ("0·63", "0.63", {"hazard_ratio": "0·63"}),
    ("tacro\u00adlimus in 5", "tacrolimus in 5", {"count": 5}),  # soft hyphen
    ("\ufeff5\u200b of 9", "5 of 9", {"count": 5, "of": 9}),  # zero-width marks
    ("“5” of ‘9’", "\"5\" of '9'", {"count": 5, "of": 9}),  # curly quotes
    ("50–59", "50–59", {"value": 50, "value_to": 59}),  # a range, not minus 59
    ("(50-59)", "(50-59)", {"q1": 50, "q3": 59}),
    ("−4 (−16, 0)", "−4 (−16, 0)", {"median_change": -4, "lower": -16, "upper": 0}),
    ("1 mg of IL-2 on CD4 cells", "1 mg of IL-2 on CD4 cells", {"value": 1}),  # glued numbers are names
    ("anti-MDA5 in 3", "anti-MDA5 in 3", {"count": 3}),
    ("1,234 cells", "1,234 cells", {"value": "1,234"}),
    ("1,234 cells", "1,234 cells", {"value": 1234}),
    ("P ⩽ .05", "P ⩽ .05", {"p": "≤.05"}),
    ("P ≤ 0.05", "P ≤ 0.05", {"p": "<=0.05"}),
    ("P=.04", "P=.04", {"p": ".04"}),
    ("31 (77.5%)", "31 (77.5%)", {"count": 31, "percent": "77.5"}),
    ("Thirty-one", "Thirty-one", {"count": 31}),
    ("none died", "none died", {"count": 0}),
    ("two of 7", "two of 7", {"count": 2, "of": 7}),
    ("one of seven", "one of seven", {"count": 1, "of": 7}),
    ("(0.41)", "(0.41)", {"lower": 0.41}),
    ("≥3 months", "≥3 months", {"value": "≥3"}),
    ("+3.2", "+3.2", {"mean_change": 3.2}),
]


@pytest.mark.parametrize(("paper", "printed", "stored"), LEFT_ALONE)
def test_what_looks_alike_in_print_is_left_alone(invented, paper, printed, stored):
    """Spelling of the source and of the extraction differ, the print does not."""
    values = json.dumps([{"printed": printed, **stored}])
    write(invented, f"Before. Here {paper} stands. After.", f"Here {printed} stands", values)
    assert invented.codes() == []


def test_the_tables_are_equally_long():
    """Every finding has its counterpart that is none."""
    assert len(LEFT_ALONE) >= len(FOUND)


def test_a_quote_that_stands_twice_is_found(invented):
    """Which of the two it is cannot be told."""
    write(invented, "5 of 9. And again: 5 of 9.", "5 of 9", '[{"printed": "5 of 9", "count": 5, "of": 9}]')
    finding = invented.only()
    assert finding.code == "QUOTE_TWICE"
    assert "stands 2 times in paper" in finding.message


def test_a_quote_says_up_to_where_it_is_found(invented):
    """That is where to look for the slip."""
    write(invented, quote=QUOTE.replace("14 (10, 19)", "14 (11, 19)"))
    assert invented.only().hint.endswith("(12, 21) to 14 (1'")


@pytest.mark.parametrize(
    ("printed", "quote"),
    [
        ("1 (5)", "21 (5), then 1 (5)"),
        ("2 (2)", "Female 12 (2), male 2 (2)"),
        ("5 of 9", "15 of 90 or 5 of 9"),
        ("0.5", "10.5; 0.51; 0.5"),
    ],
)
def test_a_piece_is_not_found_inside_a_longer_number(invented, printed, quote):
    """ "1 (5)" does not stand in "21 (5)"."""
    numbers = printed.replace("(", "").replace(")", "").replace("of ", "").split()
    stored = dict(zip(("count", "of"), numbers, strict=False)) if len(numbers) > 1 else {"value": numbers[0]}
    assert [c for c in one(invented, printed, stored, quote).codes() if "QUOTE" in c] == []


def test_values_stand_in_the_order_they_are_printed(invented):
    """A second print of the same piece is the second value; a third there is not."""
    value = {"printed": "p=.04", "p": ".04"}
    write(invented, "a p=.04, b p=.04", "a p=.04, b p=.04", json.dumps([value, value]))
    assert invented.codes() == []
    write(invented, "a p=.04, b p=.04", "a p=.04, b p=.04", json.dumps([value, value, value]))
    assert invented.only().code == "PRINTED_NOT_IN_QUOTE"


def test_a_changed_source_names_both_checksums(invented):
    """So that one can see whether it was replaced on purpose."""
    write(invented)
    invented.edit("corpora/sources/paper.txt", "The end.", "The End.")
    finding = invented.only()
    assert finding.code == "SOURCE_CHANGED"
    assert len(re.findall("[0-9a-f]{64}", finding.message)) == 2


def test_an_unknown_source_is_one_finding_with_the_known_ones(invented):
    """Its quotes are not complained about as well."""
    write(invented)
    invented.edit("extractions/studies/alpha-2020.yaml", "source: paper", "source: papers")
    finding = invented.only()
    assert (finding.code, finding.hint) == (
        "SOURCE_UNKNOWN",
        "add corpora/sources/papers.yaml, or use one of: paper",
    )


def test_a_source_that_is_not_held_is_a_note_and_its_values_are_still_compared(invented):
    """Not every licence lets us keep the document."""
    write(invented)
    invented.source("paper", None)
    (invented.root / "corpora/sources/paper.txt").unlink()
    finding = invented.only()
    assert (finding.code, finding.severity) == ("SOURCE_NOT_HELD", "note")
    invented.edit("extractions/studies/alpha-2020.yaml", '"median": 18', '"median": 19')
    assert invented.codes() == ["SOURCE_NOT_HELD", "VALUE_NOT_IN_QUOTE"]


def test_the_quote_of_what_is_not_reported_is_looked_up_too(invented):
    """Also where nothing else is quoted from that source."""
    missing = (
        "not_reported: [{variable: death, source: letter, where: Letter, quote: deaths were seen, "
        "why: without a number}]"
    )
    invented.study(missing, source="Some deaths were seen.")
    assert invented.codes() == []
    invented.edit("extractions/studies/alpha-2020.yaml", "deaths were seen", "deaths were not seen")
    assert invented.codes() == ["QUOTE_NOT_IN_SOURCE"]
    invented.edit("corpora/sources/letter.txt", "Some", "Few")
    assert "SOURCE_CHANGED" in invented.codes()


def test_the_quote_of_numbers_that_are_not_used_is_looked_up_too(invented):
    """A reason for leaving a number out holds only while the number stands where it says."""
    unused = "not_used: [{source: letter, quote: version 27 of the program, because: no result}]"
    invented.study(unused, source="We used version 27 of the program.")
    assert invented.codes() == []
    invented.edit("extractions/studies/alpha-2020.yaml", "version 27", "version 28")
    assert invented.codes() == ["QUOTE_NOT_IN_SOURCE"]
    invented.edit("extractions/studies/alpha-2020.yaml", "source: letter", "source: other")
    assert invented.codes() == ["UNKNOWN_NAME"]


def test_findings_carry_the_offsets_of_the_quote_in_the_source(invented):
    """In the characters of the document, white space and marks included."""
    source = "Sex\u00ad.  \n\n Improved\u2009 17   (43.0) of 40 patients."
    quote = "Improved 17 (43.0) of 40"
    values = [{"printed": "17 (43.0) of 40", "count": 17, "percent": "43.0", "of": 40}]
    write(invented, source, quote, json.dumps(values))
    (quoted,) = invented.only().quotes
    assert source[quoted.start : quoted.end] == "17   (43.0) of 40"
