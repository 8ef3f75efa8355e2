"""Sums whose parts and total stand apart: other sentences, rows, legends, pairs of groups, lists of values."""

from __future__ import annotations

import pytest

from evsynth.checks.scanned.judging import judge
from evsynth.scan.document import read_document

CODES = {"FLOW", "GROUPS", "SUBGROUPS", "COUNT_EXCEEDS", "PRINTED_DIFFERENTLY", "COUNT_PERCENT"}


def codes(text: str) -> set[str]:
    document = read_document("paper", f"A study of an invented disease\n\nAbstract\n\n{text}\n")
    return {f.code for f in judge(document) if f.severity in ("error", "inconsistent")} & CODES


TOLD = (
    # found, left alone
    (
        "Of 214 patients transplanted, 28 were excluded: five multi-organ transplants, four retransplantations, eight "
        "with eGFR below 60, two deaths within 72 hours, and {} with AKI before the landmark.", "fourteen", "nine",
    ),
    (
        "The reasons for a missing visit were, in the drug group (12 patients): loss to follow-up in {}, "
        "moving away in "
        "three, withdrawal in two, cancellation because of the pandemic in two, and death in one.", "seven", "four",
    ),
    ("After correction nine genes differed, six higher and {} lower in arthritis.", "two", "three"),
    (
        "Of the 308 randomised, 155 to dexmedetomidine and {} to propofol, seven withdrew consent, and "
        "301 were analysed.",
        "135", "153",
    ),
    (
        "Adults were assigned at random to home training (n=78), centre training (n=77) or usual care (n={}). Of 231 "
        "participants, 213 walked at week 12.", "67", "76",
    ),
    (
        "In all 186 cases and 558 controls were studied. Exposure was present in 61 cases and 104 "
        "controls; the unexposed "
        "125 cases and {} controls were the reference.", "544", "454",
    ),
    (
        "All 11 patients (aged 27, 33, 38, 41, 46, 49, 52, 58, 60, 66, and 71 years; median {}) were "
        "admitted.", "46", "49",
    ),
    ("All 1,846 nurses received a link. {} nurses replied (40.2%).", "747", "743"),
    ("743 nurses replied, 41 of whom left most items blank, which left {} for analysis.", "712", "702"),
    (
        "AKI developed in 52 of 312 patients. AKI was seen in 52 men and women. All nine deaths were in patients with "
        "AKI; sixteen of the {} survivors with AKI still had a low eGFR.", "48", "43",
    ),
    (
        "There were 175 flares: 71 at clinic A and 104 at clinic B. By quarter there were {}, 29, 12, "
        "and 9 flares at A "
        "and 28, 27, 25, and 24 flares at B.", "31", "21",
    ),
    (
        "We enrolled 38 patients. Six serious infections occurred in {} patients, and two patients "
        "died.", "eight", "five",
    ),
    ("246 were assessed in person. After assessment {} were listed and 105 were not.", "114", "141"),
    (
        "The skin test was positive in 157 and the blood test in 118. Both were positive in 96; {} were "
        "positive on the "
        "skin test alone.", "91", "61",
    ),
    (
        "Transfusion was given to 51 of 155 with iron and 68 of 154 with placebo. In all, {} patients were transfused.",
        "191", "119",
    ),
    (
        "Of 913 people screened, 309 were randomised. Reasons for exclusion were: no proxy, 251; high "
        "haemoglobin, 183; "
        "early operation, {}; refusal, 44; other, 29.", "79", "97",
    ),
    (
        "Reactivation occurred in 29 of 83 patients. It was more frequent after steroids (21 of 39) than "
        "otherwise ({} of "
        "44).", "18", "8",
    ),
    ("Twelve patients died, seven in the first period and {} in the second.", "fifteen", "five"),
    (
        "Seroprotection was reached by 139 of 205 and 163 of 198. Non-responders numbered 66 and {} and "
        "were vaccinated "
        "again.", "53", "35",
    ),
    ("Five of the nine died after 6, 11, 13, 20 and 34 days; the other {} were alive.", "six", "four"),
    ("The unit saw 2,214 patients, of whom 1,327 were sent home on the same day and {} were admitted.", "878", "887"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "wrong", "right"), TOLD)
def test_a_sum_that_a_misprint_mends_is_found_and_what_fits_is_left_alone(text: str, wrong: str, right: str) -> None:
    assert codes(text.format(wrong))
    assert not codes(text.format(right))


LEFT_ALONE = (
    "We enrolled 240 patients. Twelve deaths occurred in 40 patients of the surgical group.",
    "The trial was discontinued by 25 (49%) of the 51 placebo patients, 18 (35%) of the 52 risperidone "
    "patients, and 28 "
    "(53%) of the 53 haloperidol patients.",
    "Visits took place at 3, 6, 9, and 12 months; median follow-up was 24 months.",
    "Frailty was found in 214 of 589 patients assessed (36.3%). In all, 612 patients were included.",
    "The nine were aged 24, 31, 36, 40, 44, 47, 51, 55 and 63 years (median 44).",
    "Causes of death were acute exacerbation (n = 34), progression (n = 21), lung cancer (n = 9), "
    "infection (n = 8), and "
    "other or unknown causes (n = 5).",
    "Of 52 excluded, 21 took two drugs, 14 had a past transplant, 9 declined and 8 were lost.",
)


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_counts_of_other_things_are_left_alone(text: str) -> None:
    assert not codes(text)


TABLES = (
    (
        "Category\tn\t%\nGained 10%\t12\t34.3\nGained less\t9\t25.7\nUnchanged\t{}\t31.4\nLost less\t2\t5.7\n"
        "Lost 10%\t1\t2.9\nTotal\t35\t100.0\n", "13", "11",
    ),
    (
        "Group\tMonth\tAt risk\tEvents\tCensored\nDrug\t0\t108\t0\t0\nDrug\t12\t89\t10\t9\nDrug\t24\t79\t18\t11\n"
        "Drug\t36\t{}\t26\t17\nDrug\t48\t40\t32\t36\n", "56", "65",
    ),
    (
        "Outcome\tDrug (n=152)\tPlacebo (n=149)\nDelirium, No. (%)\t24 (15.8)\t{}\n"
        "  after bypass, No./total (%)\t17/89 (19.1)\t27/84 (32.1)\n  after valve, No./total (%)\t7/63 "
        "(11.1)\t14/65 (21.5)\n",
        "51 (34.2)", "41 (27.5)",
    ),
)  # fmt: skip


@pytest.mark.parametrize(("rows", "wrong", "right"), TABLES)
def test_rows_that_make_no_total(rows: str, wrong: str, right: str) -> None:
    text = "# A study\n\n## Results\n\nThe results are in the table.\n\nTable 1. Results\n" + rows
    judged = [
        {f.code for f in judge(read_document("paper", text.format(x))) if f.severity == "inconsistent"} & CODES
        for x in (wrong, right)
    ]
    assert judged[0]
    assert not judged[1]
