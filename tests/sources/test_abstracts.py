from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evsynth.model.record import Record
from evsynth.sources.abstracts import sections


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("OBJECTIVE: One. METHODS: Two. RESULTS: Three.", ["OBJECTIVE", "METHODS", "RESULTS"]),
        (
            "BACKGROUND AND PURPOSE: One? MATERIALS AND METHODS: Two.",
            ["BACKGROUND AND PURPOSE", "MATERIALS AND METHODS"],
        ),
        (
            "AIM: One. LEVEL OF EVIDENCE: Two. KEY MESSAGES: Three.",
            ["AIM", "LEVEL OF EVIDENCE", "KEY MESSAGES"],
        ),
        ("We saw it. TRIAL REGISTRATION: NCT0.", ["", "TRIAL REGISTRATION"]),
        ("AVAILABILITY: One. SUPPLEMENTARY INFORMATION: Two.", ["AVAILABILITY", "SUPPLEMENTARY INFORMATION"]),
        ("METHODS AND RESULTS: One (p<0.05). CONCLUSIONS:Two.", [""]),
        ("MAIN OUTCOME MEASURE(S): One.", ["MAIN OUTCOME MEASURE(S)"]),
        ("METHODS: METHODS: twice.", ["METHODS"]),
    ],
)
def test_labels_begin_sections(text, labels):
    assert [section.label for section in sections(text)] == labels


@pytest.mark.parametrize(
    "text",
    [
        "We saw it.",
        "Background: in small letters. Methods: too.",
        "It was seen. COPD: none. FVC: fell.",
        "COVID-19: a review.",
        "The RESULTS: were good.",
        "Ratio 1:2 of METHODS.",
    ],
)
def test_what_is_no_label_stays_text(text):
    (section,) = sections(text)
    assert (section.label, section.text) == ("", text)


def test_abbreviations_stay_in_their_section():
    one, two = sections("METHODS: Done. COPD: none. FVC: fell. RESULTS: Good.")
    assert one.text == "Done. COPD: none. FVC: fell."
    assert two.text == "Good."


def test_nothing_has_no_sections():
    assert sections("") == ()


@given(
    st.lists(st.sampled_from(["METHODS:", "AIM:", "RESULTS: ", "COPD:", "One.", " ", "LEVEL OF EVIDENCE:", "x)"])).map(
        " ".join
    )
    | st.text()
)
def test_the_text_comes_back_whole(text):
    assert Record(abstract=sections(text)).abstract_text == text
