"""Dates, ages, and words without numbers beside them: what is found, and what is left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from evsynth.checks.scanned.calendar import ages, registered, sequence
from evsynth.checks.scanned.calendar.moments import moments, periods
from evsynth.checks.scanned.design import blinding
from evsynth.checks.scanned.judging import Reading, judge, reading
from evsynth.checks.scanned.places import told_twice
from evsynth.checks.scanned.statements import (
    concluded_significant,
    correlation_sign,
    rows_of_models,
    told_direction,
    younger,
)
from evsynth.model.finding import Finding
from evsynth.scan.document import read_document

Check = Callable[[Reading], Iterator[Finding]]


def abstract(methods: str = "", results: str = "", conclusion: str = "More work is needed.") -> str:
    """Write an abstract with run-in headings."""
    parts = ["A trial of two drugs", "", "Abstract", "Background: We ran a study.", f"Methods: {methods}",
             f"Results: {results}", f"Conclusion: {conclusion}"]  # fmt: skip
    return "\n".join(parts) + "\n"


def article(
    methods: str = "", results: str = "", discussion: str = "We discuss.", tables: str = "", seen: str = "See text."
) -> str:
    """Write a short full text with headings on lines of their own."""
    return (
        f"A study of two groups\n\nAbstract\nBackground: We ran a study.\nMethods: Adults took part.\nResults: {seen}\n"
        f"Conclusion: More work is needed.\n\nIntroduction\nLittle is "
        f"known.\n\nMethods\n{methods}\n\nResults\n{results}\n\n"
        f"{tables}\nDiscussion\n{discussion}\n\nReferences\n1. Nobody A. Nothing. J Void. 2001;1:1.\n"
    )


AGE_TABLE = (
    "Table 1. Characteristics\n\n| Characteristic | Relapse (n = 60) | No relapse (n = 58) | P |\n|---|---|---|---|\n"
    "| Age, years, mean (SD) | 61.2 (9.4) | 55.8 (10.1) | 0.003 |\n| Weight, kg, mean (SD) | 71.0 (9.0) | 78.0 (9.9) "
    "| 0.01 |\n"
)
ENROLLED = "Patients were randomly assigned to a drug or placebo between May 10, 2019, and July 31, 2021. "
SURVEY = "In a survey, 640 children were examined in November and December 2018. "
WOMEN = "We randomised women aged 18-35 years. "
RATES = (
    "Admission occurred in 39 of 141 children in the magnesium group (27.7%) and 57 of 138 in the placebo group "
    "(41.3%). "
)
DEATHS = "By day 28, 112 (34%) of 327 patients given vasopressin and 128 (39%) of 331 given placebo had died (p=0.24). "

FOUND: list[tuple[Check, str, str]] = [
    (
        registered.registered,
        abstract(ENROLLED + "(NCT03014411, registered 9 January 2020)."),
        "registered 9 January 2020",
    ),
    (registered.registered, abstract(ENROLLED + "The trial was registered on January 9th, 2020."), "January 9th, 2020"),
    (
        registered.registered,
        abstract(ENROLLED, "No.", "None. ChiCTR-IOR-18019982, registered December 2019."),
        "December 2019",
    ),
    (
        registered.registered,
        abstract(ENROLLED + "Trial registration: ISRCTN12345678. Registered on 12 May 2020."),
        "12 May 2020",
    ),
    (
        registered.registered,
        abstract(ENROLLED + "ClinicalTrials.gov NCT03014411 (date of registration: 2020-01-09)."),
        "2020-01-09",
    ),
    (
        registered.registered,
        abstract(ENROLLED + "The protocol was registered in ClinicalTrials.gov in March 2022."),
        "March 2022",
    ),
    (
        registered.registered,
        abstract(ENROLLED + "It is in the German registry (DRKS00012345; 15.08.2020)."),
        "15.08.2020",
    ),
    (
        registered.registered,
        abstract(
            "A randomised trial recruited adults from March to October 2017. Registration: NTR7062, 5 March 2019."
        ),
        "5 March 2019",
    ),
    (
        sequence.sequence,
        article(SURVEY + "The ethics committee approved the study (12 September 2019)."),
        "12 September 2019",
    ),
    (
        sequence.sequence,
        article(SURVEY + "Approval was granted by the Institutional Review Board on March 3, 2019."),
        "March 3, 2019",
    ),
    (sequence.sequence, article(SURVEY + "Follow-up ended in March 2018."), "March 2018"),
    (sequence.sequence, article(SURVEY + "The last follow-up visit took place on 4 June 2018."), "4 June 2018"),
    (sequence.sequence, article(SURVEY + "Data were analysed from May to August 2018."), "May to August 2018"),
    (
        sequence.sequence,
        article("Adults were recruited between 3 May 2019 and 4 April 2019."),
        "between|3 May 2019 and 4 April 2019",
    ),
    (
        sequence.sequence,
        article("Adults were enrolled from May 10, 2019, to July 31, 2018."),
        "May 10, 2019, to July 31, 2018",
    ),
    (ages.ages, abstract(WOMEN, "They were 27.1 (SD 4.6) years old (range 19 to 41)."), "range 19 to 41"),
    (
        ages.ages,
        article("Patients aged 18 to 85 years were eligible.", "The oldest patient was 91 years."),
        "oldest patient was 91",
    ),
    (
        ages.ages,
        article("Children between 5 and 12 years of age were eligible.", "The youngest was 3 years."),
        "youngest was 3 years",
    ),
    (
        ages.ages,
        article("Adults aged 40 years or older were included.", "Ages ranged from 31 to 88 years."),
        "31 to 88",
    ),
    (
        ages.ages,
        article("Infants aged 6 to 24 months were recruited.", "The oldest was 31 months."),
        "oldest was 31 months",
    ),
    (
        ages.ages,
        article("Infants aged 6-24 months were recruited.", "The oldest child was 3 years."),
        "oldest child was 3 years",
    ),
    (
        ages.ages,
        article("Participants had to be at least 65 years of age.", "The youngest participant was 58 years."),
        "58 years",
    ),
    (ages.ages, article("Children younger than 5 years were included.", "Ages ranged from 1 to 8 years."), "1 to 8"),
    (
        correlation_sign.correlation_sign,
        article(results="It correlated inversely with iron (r = 0.31, P < 0.001)."),
        "r = 0.31",
    ),
    (
        correlation_sign.correlation_sign,
        article(results="Iron was negatively correlated with age (rho = 0.42)."),
        "rho = 0.42",
    ),
    (
        correlation_sign.correlation_sign,
        article(results="There was an inverse correlation between A and B (r=.55)."),
        "r=.55",
    ),
    (
        correlation_sign.correlation_sign,
        article(results="Iron was positively correlated with age (r = -0.42)."),
        "r = -0.42",
    ),
    (
        correlation_sign.correlation_sign,
        article(results="A positive correlation was found (rs = −0.35; P = 0.01)."),
        "0.35",
    ),
    (
        correlation_sign.correlation_sign,
        article(results="Age correlated negatively with iron (r was 0.61)."),
        "r was 0.61",
    ),
    (
        correlation_sign.correlation_sign,
        abstract(results="A negative association of age with iron (ρ = 0.29) was seen."),
        "ρ = 0.29",
    ),
    (
        concluded_significant.concluded_significant,
        abstract("", DEATHS, "Vasopressin significantly lowered 28-day mortality."),
        "lowered",
    ),
    (
        concluded_significant.concluded_significant,
        abstract("", DEATHS, "Vasopressin significantly reduced mortality."),
        "reduced",
    ),
    (
        concluded_significant.concluded_significant,
        abstract("", DEATHS, "Mortality was significantly lower with it."),
        "lower",
    ),
    (
        concluded_significant.concluded_significant,
        abstract("", DEATHS, "It led to a significant reduction in deaths."),
        "deaths",
    ),
    (
        told_direction.told_direction,
        abstract("", RATES, "More children were admitted after magnesium than after placebo."),
        "More children",
    ),
    (
        told_direction.told_direction,
        abstract("", RATES, "Fewer children were admitted after placebo than after nebulised magnesium."),
        "Fewer children",
    ),
    (
        told_direction.told_direction,
        abstract("", RATES, "Admissions were more frequent with magnesium than with placebo."),
        "more frequent",
    ),
    (
        told_direction.told_direction,
        abstract("", RATES, "Admission was less common in the placebo group than in the magnesium group."),
        "less common",
    ),
    (younger.younger, article(results="Patients with relapse were younger.", tables=AGE_TABLE), "were younger"),
    (younger.younger, article(results="The relapse group was heavier.", tables=AGE_TABLE), "was heavier"),
    (
        younger.younger,
        article(results="Patients without relapse were older than the others.", tables=AGE_TABLE),
        "older",
    ),
    (
        told_twice.told_twice,
        article(
            seen="The area under the curve was 0.64.",
            tables="Figure legends\nFigure 1. Curve (area under the curve 0.74).\n\n",
        ),
        "0.74",
    ),
    (
        told_twice.told_twice,
        article(
            results="Parathyroid hormone was measured in a random subsample of 120 children.",
            discussion="Parathyroid hormone was obtained in 210 children only.",
        ),
        "210 children only",
    ),
    (
        blinding.blinding,
        article("This was an assessor-blinded trial. Pain was rated by the therapists who had delivered it."),
        "therapists",
    ),
    (
        blinding.blinding,
        article("A double-blind trial. Wounds were assessed by an unblinded nurse."),
        "unblinded nurse",
    ),
    (
        blinding.blinding,
        article(
            "Outcome assessors: blinded outcome assessment. Complications were graded by the same surgeons who "
            "had operated."
        ),
        "same surgeons",
    ),
]

LEFT: list[tuple[Check, str]] = [
    (registered.registered, abstract(ENROLLED + "(NCT03014411, registered 9 January 2019).")),
    (registered.registered, abstract(ENROLLED + "(NCT03014411, registered May 2019).")),
    (registered.registered, abstract(ENROLLED + "NCT03014411, registered in 2019.")),
    (registered.registered, abstract(ENROLLED + "The NCT03014411 entry was registered and last updated on 9 January "
                                                "2020.")),
    (registered.registered, abstract(ENROLLED + "Deaths registered until March 2022 came from the registry.")),
    (registered.registered, abstract("We retrospectively reviewed patients admitted between 2010 and 2015. "
                                     "Registration: "
                                     "NCT03014411, 9 January 2020.")),
    (registered.registered, abstract("In this secondary analysis of a trial, patients were enrolled from 2010 to 2012 "
                                     "(registered 2013).")),
    (registered.registered, abstract(ENROLLED + "Registered nurses gave the drug until 9 January 2020.")),
    (sequence.sequence, article(SURVEY + "The ethics committee approved the study (12 September 2018).")),
    (sequence.sequence, article(SURVEY + "The ethics committee approved an amendment on 12 September 2019.")),
    (sequence.sequence, article("We reviewed records of children examined in November and December 2018. The ethics "
                                "committee "
                                "approved this on 3 May 2019.")),
    (sequence.sequence, article(SURVEY + "Follow-up ended in March 2019.")),
    (sequence.sequence, article(SURVEY + "Data were analysed from May to August 2019.")),
    (sequence.sequence, article("Rates fell between 2019 and 2018.")),
    (sequence.sequence, article("Adults were recruited between March and October 2019.")),
    (ages.ages, abstract(WOMEN, "They were 27.1 (SD 4.6) years old (range 19 to 35).")),
    (ages.ages, abstract(WOMEN, "Age at menarche (range 9 to 15 years) did not differ.")),
    (ages.ages, article("Patients aged 18 to 85 years were eligible.", "The oldest control was 91 years; controls "
                                                                       "differed.")),
    (ages.ages, article("Patients aged 18 to 85 years were eligible.", "Age was 60 (interquartile range, 12-90).")),
    (ages.ages, article("Patients were grouped as aged 18 to 40 years.", "Ages ranged from 17 to 88 years.")),
    (ages.ages, article("Children aged 2 to 12 years and adults aged 18 to 60 years were eligible.", "The oldest was "
                                                                                                     "64 years.")),
    (ages.ages, article("Adults aged 40 years or older were included.", "In other work [3], ages ranged from 31 to "
                                                                        "88 years.")),
    (ages.ages, article("Infants aged 6 to 24 months were recruited.", "The oldest child was 2 years.")),
    (correlation_sign.correlation_sign, article(results="It correlated inversely with iron (r = -0.31).")),
    (correlation_sign.correlation_sign, article(results="It correlated inversely with iron (r = −0.31).")),
    (correlation_sign.correlation_sign, article(results="Iron correlated positively with age (r = 0.3) and inversely "
                                                        "(r = -0.2).")),
    (correlation_sign.correlation_sign, article(results="No inverse correlation was found (r = 0.05).")),
    (correlation_sign.correlation_sign, article(results="Iron was inversely correlated with age (r2 = 0.31).")),
    (correlation_sign.correlation_sign, article(results="A and B were negatively correlated with C (r = 0.3 and "
                                                        "-0.4).")),
    (correlation_sign.correlation_sign, article(results="Iron was inversely associated with death (HR = 0.31).")),
    (concluded_significant.concluded_significant, abstract("", DEATHS, "Vasopressin did not significantly lower "
                                                                       "mortality.")),
    (concluded_significant.concluded_significant, abstract("", DEATHS, "Vasopressin lowered mortality.")),
    (concluded_significant.concluded_significant, abstract("", DEATHS, "Vasopressin significantly lowered 90-day "
                                                                       "mortality.")),
    (concluded_significant.concluded_significant,
     abstract("", DEATHS + "Adjusted mortality differed (p=0.01).", "Vasopressin significantly lowered mortality.")),
    (told_direction.told_direction,
     abstract("", RATES, "Fewer children were admitted after magnesium than after placebo.")),
    (told_direction.told_direction,
     abstract("", RATES, "More children vomited after magnesium than after placebo.")),
    (told_direction.told_direction,
     abstract("", RATES, "No more children were admitted after magnesium than after placebo.")),
    (told_direction.told_direction,
     abstract("", RATES, "More children were admitted after magnesium than after salbutamol.")),
    (younger.younger, article(results="Patients with relapse were older.", tables=AGE_TABLE)),
    (younger.younger, article(results="Patients with diabetes were younger.", tables=AGE_TABLE)),
    (younger.younger, article(results="Patients with relapse were not younger.", tables=AGE_TABLE)),
    (told_twice.told_twice, article(seen="The area under the curve was 0.64.", tables="Figure legends\nFigure 1. "
                                                                                      "Curve of "
     "the validation set (area under the curve 0.74).\n\n")),
    (told_twice.told_twice, article(results="Parathyroid hormone was measured in a random subsample of 120 children.",
     discussion="Serum calcium was obtained in 210 children only.")),
    (blinding.blinding, article("This was an assessor-blinded trial. Adherence was rated by the therapists who had "
                                "delivered it.")),
    (blinding.blinding, article("This was an open-label trial. Pain was rated by the therapists who had delivered "
                                "it.")),
    (blinding.blinding, article("An assessor-blinded trial. Pain was rated by an investigator unaware of the group.")),
]  # fmt: skip


@pytest.mark.parametrize(("check", "text", "quoted"), FOUND)
def test_what_is_found_quotes_the_piece(check: Check, text: str, quoted: str) -> None:
    found = list(check(reading(read_document("paper", text))))
    assert len(found) == 1
    assert quoted.rsplit("|", maxsplit=1)[-1] in " / ".join(q.text for q in found[0].quotes)
    for quote in found[0].quotes:
        assert text[quote.start : quote.end] == quote.text


@pytest.mark.parametrize(("check", "text"), LEFT)
def test_what_is_left_alone(check: Check, text: str) -> None:
    assert list(check(reading(read_document("paper", text)))) == []


def test_all_of_them_run_in_judge() -> None:
    text = abstract(
        ENROLLED + "(NCT03014411, registered 9 January 2020).", DEATHS, "It significantly lowered mortality."
    )
    assert {f.code for f in judge(read_document("paper", text))} >= {"REGISTERED_LATE", "SIGNIFICANCE_CONTRADICTS"}


CRUDE = (
    "Table 2. Crude comparison\n\n| Variable | Infection n (%) | None n (%) | P |\n|---|---|---|---|\n"
    "| Rural residence | 40 (40.0) | 60 (25.0) | 0.006 |\n| Obesity | 30 (30.0) | 30 (12.5) | <0.001 |\n\n"
)
ADJUSTED = (
    "Table 3. Model of infection\n\n| Variable | Adjusted OR (95% CI) | P |\n|---|---|---|\n"
    "| Rural residence | 1.42 (0.99-2.04) | 0.057 |\n| Obesity | 1.80 (1.15-2.82) | 0.010 |\n\n"
)


@pytest.mark.parametrize(
    ("said", "tables", "found"),
    [
        ("Rural residence and obesity were significantly associated with infection.", CRUDE + ADJUSTED, 0),
        ("Rural residence and obesity were significantly associated with infection.", ADJUSTED, 1),
        ("After adjustment, rural residence was significantly associated with infection.", CRUDE + ADJUSTED, 1),
        ("After adjustment, obesity was significantly associated with infection, and rural residence lost "
         "significance.", ADJUSTED, 0),
        ("In bivariate analysis, rural residence was significantly associated with infection.", ADJUSTED, 0),
    ],
)  # fmt: skip
def test_the_crude_p_of_another_table_may_be_meant(said: str, tables: str, found: int) -> None:
    subject = reading(read_document("paper", article(results=said, tables=tables)))
    assert len(list(rows_of_models.rows_of_models(subject))) == found


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("9 January 2018", 20180109, 20180109),
        ("the 9th of January, 2018", 20180109, 20180109),
        ("January 9, 2018", 20180109, 20180109),
        ("Sept 2018", 20180901, 20180930),
        ("Feb. 2020", 20200201, 20200229),
        ("2018-01-09", 20180109, 20180109),
        ("09.01.2018", 20180109, 20180109),
        ("03/04/2018", 20180304, 20180403),
        ("25/04/2018", 20180425, 20180425),
        ("in 2018", 20180101, 20181231),
    ],
)
def test_dates_in_all_orders(written: str, first: int, last: int) -> None:
    (moment,) = moments(f"It was on {written}, they say.")
    assert (moment.first, moment.last) == (first, last)


@pytest.mark.parametrize("written", ["NCT03014411", "18-2018", "2018 patients were 31.02.2018", "in May", "1.2018"])
def test_what_is_no_date(written: str) -> None:
    assert all(not m.exact for m in moments(written))


@pytest.mark.parametrize(
    "written",
    ["from May to August 2018", "between 3 May and 4 August 2018", "May 3, 2018, through August 4, 2018",
     "May 2018-August 2018", "03.05.2018 until 04.08.2018"],
)  # fmt: skip
def test_periods_take_the_year_of_their_end(written: str) -> None:
    (period,) = periods(f"It ran {written} in two towns.")
    assert (period.opens.first // 100, period.closes.first // 100) == (201805, 201808)
