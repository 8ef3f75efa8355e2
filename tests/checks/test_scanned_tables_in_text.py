"""Sentences and legends against tables: lists of groups, pairs beside names, limits, sizes, exchanged estimates."""

from __future__ import annotations

import pytest

from evsynth.checks.scanned.judging import reading
from evsynth.checks.scanned.places import (
    accuracy_in_rows,
    estimates_exchanged,
    exchanged,
    groups_in_order,
    legend_of_row,
    limits_retold,
    more_than_group,
    moved_in_text,
    pair_beside_name,
    pairs_in_text,
    row_in_text,
)
from evsynth.checks.scanned.statements import all_significant
from evsynth.scan.document import read_document

CHECK = {
    "accuracy": accuracy_in_rows.accuracy_in_rows,
    "all": all_significant.all_significant, "estimates": estimates_exchanged.estimates_exchanged,
    "exchanged": exchanged.exchanged, "legend": legend_of_row.legend_of_row, "limits": limits_retold.limits_retold,
    "list": groups_in_order.groups_in_order, "more": more_than_group.more_than_group,
    "moved": moved_in_text.moved_in_text, "pair": pair_beside_name.pair_beside_name,
    "pairs": pairs_in_text.pairs_in_text, "row": row_in_text.row_in_text,
}  # fmt: skip


def paper(said: str, *rows: str, caption: str = "Outcomes", legend: str = "") -> str:
    """Give a paper with an abstract that says so much and a table; bars part the cells."""
    body = "\n".join(r.replace("|", "\t") for r in rows)
    return (
        f"A trial of two regimens in adults\n\nAbstract\nBackground. Little is known.\nResults. {said}\n"
        f"Conclusions. More is needed.\n\nResults\nOutcomes follow.\n\nTable 2 {caption}\n{body}\n\n{legend}\n"
    )


DOSES = ("|Placebo (n=104)|80 mg (n=105)|160 mg (n=103)", "ACR20|38 (36.5)|62 (59.0)|68 (66.0)",
         "ACR50|14 (13.5)|33 (31.4)|39 (37.9)")  # fmt: skip
VACCINES = ("Reaction|aQIV (n = 155)|HD-QIV (n = 154)|SD-QIV (n = 154)", "Pain|64 (41.3)|71 (46.1)|39 (25.3)",
            "Fever|4 (2.6)|5 (3.2)|3 (1.9)")  # fmt: skip
GRIP = ("|Frail (n=71)|Prefrail (n=180)|Robust (n=149)", "Age, years|81.2 (6.1)|77.9 (6.4)|74.4 (5.2)",
        "Grip strength, kg|21.4 (6.3)|29.6 (7.4)|31.2 (8.0)")  # fmt: skip
LUNG = ("Variable|RP-ILD (n = 61)|Others (n = 107)|p value", "Female, n (%)|38 (62.3)|74 (69.2)|0.364",
        "Anti-Ro52 positive, n (%)|47 (77.0)|61 (57.0)|0.009",
        "CRP, mg/L|12.6 (6.1–28.4)|6.8 (3.2–14.9)|0.002")  # fmt: skip
DEATHS = ("Outcome|Early (n=304)|Late (n=301)|P", "Death, n (%)|41 (13.5)|55 (18.3)|0.11",
          "Stroke, n (%)|12 (3.9)|14 (4.7)|0.67")  # fmt: skip
FERRITIN = ("Variable|Baseline|Week 12|P", "Ferritin, µg/L|21 (12-33)|46 (28-71)|0.004",
            "Haemoglobin, g/dL|10.9 (10.1-11.6)|11.8 (11.0-12.5)|<0.001")  # fmt: skip
GRIPS = ("Outcome|Plate (n=78)|Cast (n=76)|Difference (95% CI)", "Grip, %|84.6 (17.9)|79.3 (19.2)|5.3 (−0.6 to 11.2)",
         "PRWE|14.2 (13.8)|19.6 (16.1)|−5.4 (−10.2 to −0.6)")  # fmt: skip
HFO = ("Outcome|HFO (n=207)|Standard oxygen (n=205)", "Failure, n (%)|27 (13.0)|48 (23.4)")
MEN = ("Subgroup|HR (95% CI)", "Men|0.94 (0.66-1.34)", "Women|0.61 (0.42-0.89)", "Age <65|0.70 (0.48-1.02)")
SALINE = ("Outcome|HS|IS|Effect (95% CI)",
          "Patients admitted, n/N (%)|21/118 (17.8)|24/116 (20.7)|0.86 (0.51 to 1.46)",
          "Patients who died, n/N (%)|1/118 (0.8)|2/116 (1.7)|0.49 (0.05 to 5.4)")  # fmt: skip
GAIN = ("Parameter|Time|Test|Control", "PPD|Reduction|3.55 ± 1.10|2.82 ± 1.18", "CAL|Baseline|8.14 ± 1.36|8.05 ± 1.41",
        "CAL|Gain|3.19 ± 1.20|2.32 ± 1.25")  # fmt: skip
CURE = ("|Quadruple|Triple|P", "Intention to treat|171/190 (90.0%)|142/188 (75.5%)|<0.001",
        "Per protocol|168/179 (93.9%)|140/177 (79.1%)|<0.001")  # fmt: skip
SLEEP = ("Outcome|Drug, No.|Mean (SD)|Placebo, No.|Mean (SD)", "Peak score|172|4.1 (3.6)|170|5.3 (4.1)",
         "Nocturnal sleep, h|164|6.4 (1.3)|161|5.9 (1.4)")  # fmt: skip
COURSE = ("Variable|Week 0|Week 12", "DAS28|5.1 (4.4-5.8)|3.2 (2.5-4.1)", "CRP, mg/L|14.3 (7.1-28.0)|5.5 (2.2-9.6)")
THREE = ("Outcome|Difference (95% CI)|P", "Pain|-1.2 (-1.9 to -0.5)|0.001", "Function|-3.3 (-7.1 to 0.5)|0.09",
         "Sleep|-0.9 (-1.6 to -0.2)|0.01")  # fmt: skip
STOPPED = ("|All (n=74)|MMF (n=46)|AZA (n=28)|P", "Women|42 (56.8)|25 (54.3)|17 (60.7)|0.59",
           "Discontinuation due to adverse event|14 (18.9)|5 (10.9)|9 (32.1)|0.02")  # fmt: skip
CUT_OFFS = ("Cut-off, ng/mL|Sensitivity, %|Specificity, %", "1.0|93.8|51.2", "2.1|81.3|79.4", "3.0|62.5|88.7")

FOUND = [
    ("accuracy", paper("At 2.1 ng/mL sensitivity was 81.3% and specificity 74.9%.", *CUT_OFFS), "74.9"),
    ("pair", paper("Discontinuation for an adverse event was more frequent with AZA (32% versus 19%).", *STOPPED),
     "19"),
    ("list", paper("ACR20 was achieved by 36.5%, 59.0% and 68.0% of patients, respectively.", *DOSES), "68.0"),
    ("list", paper("ACR20 was met by 38 (36.5%), 62 (59.0%) and 68 (68.0%) patients.", *DOSES), "68.0"),
    ("list", paper("Grip strength was 21.4 kg in frail, 26.9 kg in prefrail and 31.2 kg in robust people.", *GRIP),
     "26.9"),
    ("list", paper("Fever was rare with aQIV, HD-QIV, and SD-QIV. Pain was reported by 41.3%, 25.3%, and 46.1%.",
                   *VACCINES), "41.3%, 25.3%, and 46.1"),
    ("pair", paper("They were more often anti-Ro52 positive (70.7% vs. 57.0%) and had higher CRP.", *LUNG), "70.7"),
    ("pair", paper("CRP was higher (median 12.6 vs. 6.8 mg/L; P = 0.012).", *LUNG), "= 0.012"),
    ("pair", paper("Mortality did not differ (13.5% versus 18.3%; P = 0.41).", *DEATHS), "= 0.41"),
    ("moved", paper("Median ferritin rose from 21 to 64 µg/L (P = 0.004).", *FERRITIN), "64"),
    ("limits", paper("Grip differed by 5.3 points (95% CI 0.6 to 11.2).", *GRIPS), "5.3 (−0.6 to 11.2)"),
    ("limits", paper("PRWE differed by −5.4 (95% CI −10.2 to 0.6).", *GRIPS), "−5.4 (−10.2 to −0.6)"),
    ("more", paper("The respiratory rate was 44.8 in 211 infants on HFO and 49.1 in 198 on oxygen.", *HFO),
     "211"),
    ("more", paper("It was measured in 154, 141 and 272 infants on HFO.", *HFO), "272"),
    ("more", paper("Few failed.", *HFO, legend="Figure 1. Time to failure with HFO (n = 270) and oxygen."), "270"),
    ("estimates", paper("The HR was 0.61 (95% CI 0.42-0.89) in men and 0.94 (0.66-1.34) in women.", *MEN),
     "0.94 (0.66-1.34)"),
    ("exchanged", paper("Admission occurred in 24 HS patients (20.7%) and 21 IS patients (17.8%).", *SALINE), "24"),
    ("exchanged", paper("CAL gain was 2.32 ± 1.25 mm in the test and 3.19 ± 1.20 mm in the control group, and PPD "
                        "reduction was 3.55 ± 1.10 and 2.82 ± 1.18 mm, respectively.", *GAIN), "2.32"),
    ("pairs", paper("Eradication: 171 of 190 patients (90.0%) and 152 of 188 (80.9%).", *CURE, caption="Eradication"),
     "152"),
    ("legend", paper("Sleep was longer.", *SLEEP, legend="Figure 2. Nocturnal sleep in 146 patients receiving the "
                     "drug and 161 receiving placebo."), "146"),
    ("legend", paper("DAS28 fell.", *COURSE, caption="Course, median (IQR), n = 41",
                     legend="Figure 1. DAS28 of 47 patients; bars are medians (5.1 and 3.2)."), "47"),
    ("all", paper("All three outcomes improved significantly (Table 2).", *THREE), "0.09"),
]  # fmt: skip
LEFT = [
    ("accuracy", paper("At 2.1 ng/mL sensitivity was 81.3% and specificity 79.4%.", *CUT_OFFS)),
    ("accuracy", paper("At 2.5 ng/mL sensitivity was 81.3% and specificity 85.0%.", *CUT_OFFS)),  # not in the table
    ("accuracy", paper("In the validation set, at 2.1, sensitivity was 81.3% and specificity 74.9%.", *CUT_OFFS)),
    ("pair", paper("Discontinuation for an adverse event was more frequent with AZA (32% versus 11%).", *STOPPED)),
    ("list", paper("ACR20 was achieved by 36.5%, 59.0% and 66.0% of patients, respectively.", *DOSES)),
    ("list", paper("ACR20 was achieved by 36.5%, 59.0% and 68.0% of women in whom it was known.", *DOSES).replace(
        "of women", "among women")),
    ("list", paper("ACR20 was achieved by 37%, 59% and 66%.", *DOSES)),  # rounded
    ("list", paper("Pain was reported by 41.3% with aQIV, 25.3% with SD-QIV and 46.1% with HD-QIV.", *VACCINES)),
    ("list", paper("Pain was reported by 41.3%, 25.3%, and 46.1%.", *VACCINES)),  # the order is not told
    ("pair", paper("They were more often anti-Ro52 positive (77.0% vs. 57.0%), P = 0.009.", *LUNG)),
    ("pair", paper("Among smokers they were more often anti-Ro52 positive (70.7% vs. 57.0%).", *LUNG)),
    ("pair", paper("Mortality did not differ (13.5% versus 18.3%; P = 0.11).", *DEATHS)),
    ("moved", paper("Median ferritin rose from 21 to 46 µg/L (P = 0.004).", *FERRITIN)),
    ("moved", paper("In women, median ferritin rose from 21 to 64 µg/L (P = 0.02).", *FERRITIN)),  # another P
    ("limits", paper("Grip differed by 5.3 points (95% CI −0.6 to 11.2).", *GRIPS)),
    ("limits", paper("PRWE was lower by 5.4 points (95% CI 0.6 to 10.2).", *GRIPS)),  # both signs turned
    ("more", paper("The respiratory rate was 44.8 in 201 infants on HFO.", *HFO)),
    ("more", paper("In a previous trial, 1100 infants on HFO did well; 250 infants screened were on HFO.", *HFO)),
    ("estimates", paper("The HR was 0.61 (95% CI 0.42-0.89) in women and 0.94 (0.66-1.34) in men.", *MEN)),
    ("exchanged", paper("Admission occurred in 21 HS patients (17.8%) and 24 IS patients (20.7%).", *SALINE)),
    ("exchanged", paper("It is 20.7% that is given to HS and 17.8% is not.", *SALINE)),  # "is" is no group
    ("pairs", paper("Eradication: 171 of 190 patients (90.0%) and 142 of 188 (75.5%).", *CURE, caption="Eradication")),
    ("pairs", paper("At 6 months 23 (67.6%) and 18 (40.0%) responded.", "|A (n=34)|B (n=45)",
                    "Responded at 6 months|23 (67.6)|18 (40.0)")),
    ("legend", paper("Sleep was longer.", *SLEEP, legend="Figure 2. Nocturnal sleep in 164 patients receiving the "
                     "drug and 161 receiving placebo.")),
    ("legend", paper("DAS28 fell.", *COURSE, caption="Course, median (IQR), n = 41",
                     legend="Figure 1. DAS28 of 37 responders; bars are medians (5.1 and 3.2).")),
    ("row", paper("CR was seen in 24 (47.1%) and 13 (28.9%) and partial remission in 17 (33.3%) and 17 (37.8%); "
                  "P = 0.068.", "|TAC (n = 51)|CYC (n = 45)|P", "Complete remission, n (%)|24 (47.1)|13 (28.9)|0.068",
                  "Partial remission, n (%)|17 (33.3)|17 (37.8)|0.650")),  # the P of the other row
    ("all", paper("Both pain and sleep improved significantly (Table 2).", *THREE)),
    ("all", paper("All three outcomes improved, but not all were significant (Table 2).", *THREE)),
]  # fmt: skip


@pytest.mark.parametrize(("check", "text", "quoted"), FOUND)
def test_found(check: str, text: str, quoted: str) -> None:
    (finding,) = CHECK[check](reading(read_document("a", text)))
    assert finding.code in ("PRINTED_DIFFERENTLY", "COLUMNS_EXCHANGED", "GROUP_EXCEEDS", "TOTAL_DIFFERS",
                            "SIGNIFICANCE_CONTRADICTS")  # fmt: skip
    assert quoted in [q.text for q in finding.quotes]
    assert finding.hint


@pytest.mark.parametrize(("check", "text"), LEFT)
def test_left_alone(check: str, text: str) -> None:
    assert [f.message for f in CHECK[check](reading(read_document("a", text)))] == []


def test_one_lost_sign_is_one_finding_on_a_wrapped_record() -> None:
    """A record breaks its lines inside "95% CI": the estimate is the number before, not the level."""
    wrapped = "The HR was 0.61 (95%\n      CI, 0.42-0.89) in men and 0.94 (95%\n      CI, 0.66-1.34) in women."
    (finding,) = estimates_exchanged.estimates_exchanged(reading(read_document("a", paper(wrapped, *MEN))))
    assert finding.quotes[0].text.startswith("0.61")
