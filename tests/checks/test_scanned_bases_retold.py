"""A count told again of another number of people, or of those who are left."""

from __future__ import annotations

import pytest

from evsynth.checks.scanned.places.bases_retold import bases_retold
from evsynth.checks.scanned.reading import reading
from evsynth.scan.document import read_document

PAPER = "Sleep\n\nABSTRACT\n{}\n\nINTRODUCTION\nSleep matters.\n\nRESULTS\n{}\n\nDISCUSSION\n{}\n"


def found(a: str, b: str, c: str = "More work is needed.") -> list[str]:
    """Give the codes of what is found in a paper of three parts."""
    return [f.code for f in bases_retold(reading(read_document("x", PAPER.format(a, b, c))))]


@pytest.mark.parametrize("text", [
    ("Doctors sleep badly.", "Altogether 221 doctors answered. Poor sleep was found in 137 of them (62.0%).",
     "We found that 137 of our 212 respondents slept poorly."),
    ("Mastitis was found in 48 of 351 cows.", "We examined 315 cows. Mastitis was found in 48 cows (15.2%).", "No."),
    ("Teeth were lost by 19 of 264 pupils.", "There were 246 pupils; 19 pupils (7.7%) had lost a tooth.", "No."),
    ("We studied 68 children. An index below 1 was achieved by 42 (61.8%).",
     "The index fell below 1 in 26 children; the other 42 (61.8%) had residual disease.", "No."),
    ("Of 90 dogs, 61 (67.8%) walked again.", "At six months 29 dogs walked and the remaining 61 had to be carried.",
     "No."),
    ("We asked 120 nurses. Vaccination was accepted by 45 (37.5%).",
     "Seventy-five nurses accepted vaccination; the other 45 declined.", "No."),
])  # fmt: skip
def test_counts_of_another_number(text: tuple[str, str, str]) -> None:
    assert set(found(*text)) == {"PRINTED_DIFFERENTLY"}


@pytest.mark.parametrize("text", [
    ("Doctors sleep badly.", "Altogether 221 doctors answered. Poor sleep was found in 137 of them (62.0%).",
     "We found that 137 of our 221 respondents slept poorly."),
    ("Doctors sleep badly.", "Altogether 221 doctors answered. Poor sleep was found in 137 of them (62.0%).",
     "Of 390 invited, 212 were juniors; 137 of the 212 juniors (64.6%) slept poorly."),
    ("Doctors sleep badly.", "Altogether 221 doctors answered. Poor sleep was found in 137 of them (62.0%).",
     "Others found that 137 of 212 respondents slept poorly [3]."),
    ("Mastitis was found in 48 of 300 cows.", "We examined 315 cows. Mastitis was found in 48 cows (15.2%).", "No."),
    ("Mastitis was found in 48 of 351 cows.", "We examined 351 cows. Mastitis was found in 48 cows (13.7%).", "No."),
    ("We studied 68 children. An index below 1 was achieved by 26 (38.2%).",
     "The index fell below 1 in 26 children; the other 42 (61.8%) had residual disease.", "No."),
    ("A slope was missing in 23 of 214 patients.", "A slope could be drawn for 191 patients; the other 23 had none.",
     "No."),
    ("We studied 68 children. Residual disease was left in 42 (61.8%).",
     "The index fell below 1 in 26 children; the other 42 had residual disease.", "No."),
    ("Of 90 dogs, 61 (67.8%) did not walk again.", "At six months 29 dogs walked and the remaining 61 did not.", "No."),
    ("Of 97 patients, 58 had the one form.", "Deaths were 22/39 in the one and 19/58 in the other form.", "No."),
    ("Of 80 dogs, 40 (50.0%) walked.", "Forty dogs walked; the other 40 were carried.", "No."),
    ("Nine of 12 cats ate.", "Twelve cats were seen; 9 cats (75%) ate.", "Nine of 21 cats ate."),
])  # fmt: skip
def test_counts_left_alone(text: tuple[str, str, str]) -> None:
    assert not found(*text)
