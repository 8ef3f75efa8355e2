"""The period of entry told twice with another year."""

from __future__ import annotations

import pytest

from evsynth.checks.scanned.calendar.period_retold import period_retold
from evsynth.checks.scanned.reading import reading
from evsynth.scan.document import read_document

PAPER = (
    "Bones\n\nABSTRACT\n{}\n\nINTRODUCTION\nBones break.\n\nMETHODS\n{}\n\nRESULTS\nThere were 87.\n\nDISCUSSION\n{}\n"
)


def found(a: str, b: str, c: str = "It is rare.") -> list[str]:
    """Give the codes of what is found in a paper of four parts."""
    return [f.code for f in period_retold(reading(read_document("x", PAPER.format(a, b, c))))]


@pytest.mark.parametrize("text", [
    ("We reviewed children admitted between March 2014 and February 2019.",
     "The study window opened on 1 March 2014 and closed on 28 February 2017."),
    ("We included women delivered from January 2010 to December 2015.",
     "All women who delivered between 1 January 2010 and 31 December 2016 were eligible."),
    ("Patients operated on from May 2011 to June 2018 were studied.",
     "From May 2012 to June 2018 all patients undergoing repair were included."),
    ("Dogs were seen at four clinics.", "Dogs treated between April 2009 and March 2013 were included.",
     "We included all dogs treated between April 2009 and March 2015."),
    ("Consecutive births from 2 May 2003 through 30 June 2009 were studied.",
     "Recruitment ran from 2 May 2003 to 30 June 2008."),
    ("Pupils were enrolled September 2016-August 2017.",
     "Enrolment of pupils lasted from September 2016 to August 2018."),
])  # fmt: skip
def test_periods_that_differ_in_a_year(text: tuple[str, ...]) -> None:
    assert found(*text) == ["DATES"]


@pytest.mark.parametrize("text", [
    ("We reviewed children admitted between March 2014 and February 2019.",
     "The study window opened on 1 March 2014 and closed on 28 February 2019."),
    ("We reviewed children admitted between March 2014 and February 2019.",
     "Children admitted from March 2014 to February 2017 were followed until 2019."),
    ("We reviewed children admitted from 2014 to 2019.", "Children admitted from March 2014 to February 2019."),
    ("We reviewed children admitted from 2014 to 2019.", "Children admitted from 2014 to 2017 were a first cohort."),
    ("Patients admitted between May 2011 and May 2015 were included.",
     "The registry has patients treated from May 2011 to May 2018."),
    ("Patients admitted between May 2011 and May 2015 were included.",
     "Patients were admitted from May 2011 to May 2015.", "A previous cohort enrolled from May 2011 to May 2018."),
    ("Patients admitted between May 2011 and May 2015 were included.",
     "We searched PubMed for patients treated from May 2011 to May 2018."),
    ("Patients admitted between May 2011 and May 2015 were included.",
     "Patients were admitted from June 2012 to May 2018."),
    ("Patients admitted between May 2011 and May 2015 were included.",
     "Patients were admitted from May 2011 to September 2015."),
    ("Two waves were enrolled, May 2011 to May 2015 and later.", "Patients were enrolled May 2011 to May 2016."),
    ("Patients were included.", "Patients were enrolled May 2011 to May 2016. Wards closed in May 2011."),
    ("Patients admitted from May 2011 to May 2015, or from May 2016 to May 2018, were included.",
     "Patients admitted from May 2011 to May 2018 were screened."),
])  # fmt: skip
def test_periods_left_alone(text: tuple[str, ...]) -> None:
    assert not found(*text)
