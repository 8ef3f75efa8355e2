"""Rows of tables, and the same quantity in two places: what is found, and what is left alone."""

from __future__ import annotations

import pytest

from evsynth.checks.scanned.judging import CHECKS, reading
from evsynth.checks.scanned.numbers import percentages, ranges, ratios, scales, scores_told
from evsynth.checks.scanned.places import (
    exchanged,
    lists_of_rows,
    one_group_differs,
    rows_by_year,
    sequences,
    sums_of_columns,
)
from evsynth.checks.scanned.statements import endpoint_time, legend_groups, limits_of_entry, rows_direction
from evsynth.checks.scanned.tabled import (
    at_risk,
    case_tables,
    comparisons,
    count_columns,
    denominators,
    events,
    ratios_of_counts,
)
from evsynth.scan.document import read_document

CHECK = {
    "at_risk": at_risk.at_risk, "case_tables": case_tables.case_tables,
    "comparisons": comparisons.comparisons, "count_columns": count_columns.count_columns,
    "denominators": denominators.denominators, "endpoint_time": endpoint_time.endpoint_time, "events": events.events,
    "exchanged": exchanged.exchanged, "legend_groups": legend_groups.legend_groups,
    "limits_of_entry": limits_of_entry.limits_of_entry, "lists_of_rows": lists_of_rows.lists_of_rows,
    "one_group_differs": one_group_differs.one_group_differs, "ranges": ranges.ranges,
    "percentages": percentages.percentages, "ratios": ratios.ratios,
    "ratios_of_counts": ratios_of_counts.ratios_of_counts, "rows_by_year": rows_by_year.rows_by_year,
    "rows_direction": rows_direction.rows_direction, "scales": scales.scales,
    "scores_told": scores_told.scores_told, "sequences": sequences.sequences,
    "sums_of_columns": sums_of_columns.sums_of_columns,
}  # fmt: skip

TWO = "Table 2. Outcomes\nOutcome\tDrug (n = 120)\tPlacebo (n = 118)\tP\n"
DIFFERENCES = "Table 2. Outcomes\nOutcome\tDrug\tPlacebo\tDifference ± SE\t95% CI\tP\n"
RATIOS = "Table 2. Outcomes\nVariable\tOR (95% CI)\tP\n"


def paper(
    methods: str = "", results: str = "", table: str = "", abstract: str = "", discussion: str = "", legend: str = ""
) -> str:
    """Give a paper with these pieces under its headings."""
    return (
        "A study of one drug in adults with a disease of the lung\n\n"
        f"Abstract\n\n{abstract or 'We studied one drug.'}\n\nIntroduction\n\nLittle is known.\n\n"
        f"Methods\n\n{methods or 'We did a trial.'}\n\nResults\n\n{results or 'Results follow.'}\n\n{table}\n\n"
        f"Figure "
        f"legends\n\n{legend or 'Figure 1. Flow of patients.'}\n\nDiscussion\n\n{discussion or 'More is needed.'}\n"
    )  # fmt: skip


def codes(check: str, text: str) -> list[str]:
    """Run one check on a paper."""
    return [f.code for f in CHECK[check](reading(read_document("x", text)))]


def table(head: str, *rows: str) -> str:
    """Give a table of tab-separated rows, written with bars for short."""
    return head + "\n".join(row.replace("|", "\t") for row in rows) + "\n"


LINES = ("24-h|131.5 ± 7.9|136.6 ± 9.4|-5.2 ± 1.5|-8.2 to -2.1|0.002", "Day|135.0 ± 10.1|139.7 ± 10.0|-4.7 ± 1.2|"
    "-7.2 to -2.2|<0.001")  # fmt: skip
LEVELS = "Variable|Cases, n (%)|No cases, n (%)|COR (95% CI)"

FOUND: tuple[tuple[str, str, str], ...] = (
    ("comparisons", "STANDARD_ERROR", paper(table=table(
        DIFFERENCES, *LINES, "Night|121.5 ± 8.0|128.9 ± 9.9|-7.4 ± 7.9|-10.8 to -4.1|<0.001"))),
    ("comparisons", "DIFFERENCE_P", paper(table=table(
        DIFFERENCES, *LINES, "Weight|84.2 ± 13.7|84.6 ± 13.2|-0.4 ± 0.3|-1.0 to 0.2|0.002"))),
    ("comparisons", "DIFFERENCE_TOLD", paper(table=table(
        DIFFERENCES, *LINES, "Night|121.5 ± 8.0|128.9 ± 9.9|-4.7 ± 1.6|-7.9 to -1.5|0.006"))),
    ("comparisons", "RATIO_P", paper(table=table(
        RATIOS, "Age|1.31 (0.92-1.87)|0.014", "Smoking|1.58 (1.02-2.45)|0.04", "Diabetes|2.11 (1.06-4.20)|0.03"))),
    ("ranges", "OUT_OF_ORDER", paper(table=table(TWO, "Dose, mg|17.5 (15.0-22.5)|10.0 (7.5-9.1)|0.01"))),
    ("ranges", "OUT_OF_ORDER", paper(table=table(TWO, "Stay, days|8 [9; 12]|9 [7; 14]|0.21"))),
    ("at_risk", "AT_RISK", paper(
        legend="Figure 2. Survival. Patients at risk at 0, 12 and 24 months: drug 34, 32, 12; placebo 25, 17, 19.")),
    ("at_risk", "AT_RISK", paper(table=table(
        "Table 2. Numbers at risk\nGroup\t0\t12 months\t24 months\t36 "
        "months\n", "Drug|120|96|99|40", "Placebo|118|90|71|33"))),
    ("events", "EVENTS_FEWER", paper(table=table(
        "Table 2. Adverse events\n\tEvents\tPatients, n "
        "(%)\n", "Any|31|19 (41)", "Serious|9|11 (24)", "Fall|4|3 (7)"))),
    ("events", "EVENTS_FEWER", paper(table=table(
        "Table 2. Harms\n\tPatients\tEpisodes\n", "Any|19|31", "Serious|11|8", "Fall|3|4", "Rash|2|2"))),
    ("count_columns", "COUNT_PERCENT", paper(table=table(
        "Table 1. Characteristics (N = "
        "688)\nGrade\tn\t%\n", "None|249|36.2", "Mild|222|32.3", "Moderate|113|19.0", "Severe|86|12.5"))),
    ("denominators", "GROUP_EXCEEDS", paper(table=table(
        TWO, "Fever|12/120 (10.0%)|14/118 (11.9%)|"
             "0.6", "Rash|3/136 (2.2%)|4/118 (3.4%)|0.7", "Pain|9/120 (7.5%)|9/118 (7.6%)|0.9"))),
    ("denominators", "TOTAL_DIFFERS", paper(table=table(
        "Table 1. Base\n\tCases (n = 98)\tControls (n = "
        "114)\n", "Women|51 (52.0%)|52 (45.6%)", "Men|47 (48.0%)|62 (54.4%)")
        + "\n" + table("Table 2. By extent\nCases (n = 89)\tn\tMarker, median "
                       "(IQR)\n", "Local|39|1188 (925-1746)", "Wide|59|899 (706-1174)"))),
    ("limits_of_entry", "ELIGIBILITY_CONTRADICTS", paper(
        "Adults aged 35 to 75 years with an office systolic BP of 140–169 mmHg were eligible.",
        table=table("Table 1. Base (n = 26)\nVariable\tValue\n", "Office systolic BP, mmHg, mean ± SD (range)|152.4 "
                                                                 "± 7.7 (134–168)"))),
    ("limits_of_entry", "ELIGIBILITY_CONTRADICTS", paper(
        "Children younger than 8 years were included.",
        table=table("Table 1. Base\nVariable\tDrug (n = 40)\tPlacebo (n = "
                    "41)\n", "Age range, months|3–95|5–131", "Girls|20|21"))),
    ("limits_of_entry", "ELIGIBILITY_CONTRADICTS", paper(
        "Patients 40 years or older were eligible.",
        table=table("Table 1. Base\nVariable\tDrug (n = 40)\tPlacebo (n = "
                    "41)\n", "Age, years, median (range)|61 (41–83)|60 (36–84)"))),
    ("ratios_of_counts", "RATIO_OF_COUNTS", paper(table=table(
        "Table 2. Factors\n" + LEVELS.replace("|", "\t") + "\n", "Residence|||", "  Urban|24 (7.8)|282 (92.2)|1", "  "
            "Rural|38 (17.9)|174 (82.1)|2.57 (1.49-4.42)",
        "Labour|||", "  No|11 (6.2)|167 (93.8)|1", "  Yes|51 (15.0)|289 (85.0)|2.68 (1.36-5.28)",
        "Incision|||", "  Low|44 (10.5)|377 (89.5)|1", "  High|18 (18.6)|79 (81.4)|0.51 (0.28-0.94)"))),
    ("ratios_of_counts", "RATIO_OF_COUNTS", paper(table=table(
        "Table 2. Risk\nFactor\tCases (n = 217)\tControls (n = 471)\tCrude "
        "OR\n", "Diabetes|98 (45.2%)|171 (36.3%)|1.44",
        "Neuropathy|57 (26.3%)|72 (15.3%)|"
        "1.97", "Catheter|61 (28.1%)|112 (23.8%)|1.25", "Smoking|38 (17.5%)|90 (19.1%)|1.90"))),
    ("exchanged", "COLUMNS_EXCHANGED", paper(
        abstract="CAT scores fell by a mean of 1.4 points with the drug and 4.1 points with placebo.",
        table=table(TWO, "Change in CAT score, mean (SD)|-4.1 (6.4)|-1.4 (6.7)|<0.001"))),
    ("exchanged", "COLUMNS_EXCHANGED", paper(
        abstract="The stay was 8.1 days in the drug group and 6.4 days in the placebo group. At discharge the dose "
                 "was 10.0 and 7.5 mg, respectively.",
        table=table(TWO, "Dose, mg/day|7.5 (5.0-9.4)|10.0 (7.5-12.5)|0.020"))),
    ("exchanged", "COLUMNS_EXCHANGED", paper(
        discussion="Bradycardia was twice as common with placebo (21.8%) as with the drug (10.7%).",
        table=table(TWO, "Bradycardia|26 (21.8)|13 (10.7)|0.02"))),
    ("exchanged", "COLUMNS_EXCHANGED", paper(
        results="Fever occurred in 10.7% of controls versus 21.8% in the intervention group and 21.8% had pain. "
                "Fever lasted long.",
        abstract="Fever was seen in 21.8% of controls and in 10.7% of the intervention group.",
        table=table(TWO, "Fever|26 (21.8)|13 (10.7)|0.02"))),
    ("sequences", "PRINTED_DIFFERENTLY", paper(
        abstract="Delirium occurred in 49/124 (39.5%) and 82/121 (67.8%) patients (p = 0.002).",
        table=table("Table 2. Outcomes\n\tDrug\tPlacebo\tp\n", "Delirium within 14 days|59/124 (47.6%)|82/121 "
                                                               "(67.8%)|0.002"))),
    ("sequences", "PRINTED_DIFFERENTLY", paper(
        abstract="Mean 24-h pressure was 131.5 ± 7.9 and 136.6 ± 9.4 mmHg (difference −5.2 mmHg, 95% CI −8.2 to 2.1).",
        table=table(DIFFERENCES, "24-h pressure|131.5 ± 7.9|136.6 ± 9.4|−5.2 ± 1.5|−8.2 to −2.1|0.002", LINES[1]))),
    ("sequences", "PRINTED_DIFFERENTLY", paper(
        abstract="Forced capacity rose from 61.3 (50.2–70.8) to 68.9 (58.0–79.5) percent.",
        results="Forced capacity was 61.3 (50.2–70.8) before and 66.9 (58.0–79.5) after treatment.")),
    ("lists_of_rows", "PRINTED_DIFFERENTLY", paper(
        results="The 46 patients had sclerosis (17), myositis (12), arthritis (9) or mixed disease (8).",
        table=table("Table 1. Base\n\tAll "
                    "(n=46)\n", "Sclerosis|17/46 (37%)", "Myositis|12/46 (26%)", "Arthritis|19/46 (41%)", "Mixed "
                        "disease|8/46 (17%)"))),
    ("legend_groups", "TOTAL_DIFFERS", paper(
        results="The model rests on 671 people.", legend="Figure 2. Adjusted odds ratios (n = 617) on a logarithmic "
                                                         "scale.")),
    ("legend_groups", "LEGEND_CONTRADICTS", paper(
        table=table("Table 1. Base\n\tPropofol (n = 121)\tDexmedetomidine (n = "
                    "124)\n", "Women|44 (36.4%)|43 (34.7%)", "Men|77 (63.6%)|81 (65.3%)"),
        legend="Figure 2. Delirium in the dexmedetomidine group (n = 124) and the midazolam group (n = 121).")),
    ("legend_groups", "GROUP_EXCEEDS", paper(
        table=table("Table 1. Base\n\tPropofol (n = 92)\tPlacebo (n = 91)\n", "Women|44 (47.8%)|43 (47.3%)"),
        legend="Figure 2. Walking distance in the propofol group (n = 98) and the placebo group (n = 86).")),
    ("exchanged", "COLUMNS_EXCHANGED", paper(
        results="Deaths were 25.8% with the drug and 51.4% with placebo. One-year survival was thus 48.6% and 74.2%.",
        table=table("Table 2. Outcomes\n\tDrug (n = 31)\tPlacebo (n = "
                    "37)\n", "Death within 1 year|8 (25.8)|19 (51.4)"))),
    ("endpoint_time", "ENDPOINT_TIME", paper(
        "The primary outcome was respiratory readmission within 30 days of discharge.",
        abstract="The primary outcome, respiratory readmission within 90 days, occurred in 48 and 70 patients.")),
    ("endpoint_time", "ENDPOINT_TIME", paper(
        "The primary endpoint was complete clinical remission at week 24.",
        results="The primary endpoint, complete clinical remission at 12 weeks, was met by 40 patients.")),
    ("sums_of_columns", "TOTAL_DIFFERS", paper(
        results="Across the four years 186 667 appointments were booked.",
        table=table("Table 1. Appointments\nYear\tAll, "
                    "No.\n", "2019|41 280", "2020|38 915", "2021|43 602", "2022|44 870"))),
    ("rows_by_year", "PRINTED_DIFFERENTLY", paper(
        results="Video use peaked in 2020, when it reached 47.0%.",
        table=table("Table 1. Use\nYear\tVideo, No. "
                    "(%)\n", "2019|310 (0.8)", "2020|15177 (39.0)", "2021|20493 (47.0)"))),
    ("rows_direction", "DIRECTION_CONTRADICTS", paper(
        results="Serum urate was lower with the drug.", table=table(TWO, "Urate, µmol/L|402 ± 65|383 ± 65|0.01"))),
    ("rows_direction", "DIRECTION_CONTRADICTS", paper(
        results="Placebo patients had a higher heart rate.", table=table(TWO, "Heart rate, bpm|82 ± 9|76 ± 8|0.01"))),
    ("rows_direction", "DIRECTION_CONTRADICTS", paper(
        results="Table 2 compares them. Those with itch had higher phosphate and lower albumin.",
        table=table("Table 2. Patients by itch\n\tScore ≥4 (n = 217)\tScore <4 (n = 471)\tP\n",
                    "Phosphate, mmol/L|1.98 ± 0.51|1.79 ± 0.48|0.001", "Albumin, g/dL|3.82 ± 0.40|3.71 ± 0.42|0.001"))),
    ("rows_direction", "DIRECTION_CONTRADICTS", paper(
        results="Magnesium was higher in cases than in controls.",
        table=table("Table 1. Base\n\tCases (n = 90)\tControls (n = "
                    "91)\tP\n", "Magnesium, mmol/L|0.84 ± 0.10|0.87 ± 0.09|0.04"))),
    ("one_group_differs", "PRINTED_DIFFERENTLY", paper(
        results="ICU stay was 85 hours with the drug and 44 hours with placebo.",
        table=table(TWO, "ICU stay, h|58 (44-81)|44 (22-68)|0.001"))),
    ("one_group_differs", "PRINTED_DIFFERENTLY", paper(
        discussion="Fever was seen in 21.8% of those given the drug, against 17.0% of controls.",
        table=table(TWO, "Fever|26 (21.8)|13 (10.7)|0.02"))),
    ("scales", "OUTSIDE_INSTRUMENT", paper(
        "HRCT was scored on a scale from 0 to 24 (six zones, 0–4 each). Data are medians (interquartile ranges).",
        table=table(TWO, "HRCT score|9 [6-11]|10 [8-32]|0.15"))),
    ("scales", "OUTSIDE_INSTRUMENT", paper(
        "Dyspnoea was graded with the MRC scale (grade 1, best, to grade 5, worst). Data are median (IQR).",
        table=table(TWO, "MRC grade|2.0 (1.0-2.0)|2.0 (0.0-3.0)|0.46"))),
    ("scores_told", "OUTSIDE_INSTRUMENT", paper(
        "Itch was scored on the Numerical Rating Scale (WI-NRS, 0 to 10).",
        results="In this group the mean WI-NRS was 6.2 (SD 1.6; range 4 to 12).")),
    ("scores_told", "OUTSIDE_INSTRUMENT", paper(
        "Confidence was rated on a five-point scale (1 = none, 5 = full).",
        results="Mean confidence was 5.4 (SD 0.9) in the trained.")),
    ("scores_told", "SD_IMPOSSIBLE", paper(
        "WOMAC pain (0-20) was obtained at baseline.", results="Baseline WOMAC pain was 9.8±2.9, 9.9±13.1 and "
                                                               "9.7±2.8.")),
)  # fmt: skip

CASES = "Table 1. The patients\nCase\tSex\tHours to removal\tAdmitted\tDischarged\tNights\n"
FIVE = (
    "1|M|5|3 Mar 2017|9 Mar 2017|6", "2|F|12|21 Jul 2017|18 Aug 2017|28", "3|M|4|8 Jan 2018|12 Jan 2018|4",
    "4|F|38|14 Oct 2018|29 Nov 2018|46", "5|M|7|27 May 2019|2 Jun 2019|6",
)  # fmt: skip
FOUND += (
    ("case_tables", "PRINTED_DIFFERENTLY", paper(results="There were two boys and three "
                                                         "girls.", table=table(CASES, *FIVE))),
    ("case_tables", "PRINTED_DIFFERENTLY", paper(
        results="The interval ran from 4 to 38 hours, the median being 12 hours.", table=table(CASES, *FIVE))),
    ("case_tables", "DATES", paper(
        table=table(CASES, *FIVE[:3], "4|F|38|14 Oct 2018|29 Nov 2018|36", FIVE[4]))),
)  # fmt: skip

LEFT_ALONE = (
    ("case_tables", paper(
        results="There were three boys and two girls. The median was 7 hours.",
        table=table("Table 1. The patients\nCase\tSex\tHours to removal\tAdmitted\tDischarged\tNights\n",
                    "1|M|5|3 Mar 2017|9 Mar 2017|6", "2|F|12|21 Jul 2017|18 Aug 2017|"
                                                     "28", "3|M|4|8 Jan 2018|12 Jan 2018|4",
                    "4|F|38|14 Oct 2018|29 Nov 2018|46", "5|M|7|27 May 2019|2 Jun 2019|6"))),
    ("case_tables", paper(
        results="There were two boys and one girl with fistula. A median of 12 hours was told by others, in 40 cases.",
        table=table("Table 1. Centres\nCentre\tSex\tHours to removal\n", "1|M|5", "2|F|12", "3|M|4"))),
    ("comparisons", paper(table=table(DIFFERENCES, *LINES, "Night|121.5 ± 8.0|128.9 ± 9.9|-7.4 ± 1.6|-10.8 to -4.1|"
                                                           "<0.001"))),
    ("comparisons", paper(table=table(DIFFERENCES, *LINES, "Weight|84.2 ± 13.7|84.6 ± 13.2|-0.4 ± 0.3|-1.0 to 0.2|"
                                                           "0.19"))),
    # A P of a factor with several levels, printed beside each of them.
    ("comparisons", paper(table=table(
        RATIOS, "50-54|1.03 (0.94-1.12)|<0.001", "55-59|1.29 (1.01-1.65)|<0.001", "60-64|1.51 (1.15-1.98)|<0.001"))),
    # A 90% interval, or a non-inferiority test.
    ("comparisons", paper(table=table(
        "Table 2. Non-inferiority\nVariable\tOR (95% "
        "CI)\tP\n", "Age|1.31 (0.92-1.87)|0.014", "Sex|1.58 (1.02-2.45)|0.04"))),
    # Differences that a model adjusts need not be those of the groups.
    ("comparisons", paper(table=table(
        DIFFERENCES.replace("Difference", "Adjusted difference"), *LINES, "Night|121.5 ± 8.0|128.9 ± 9.9|-4.7 ± 1.6|"
            "-7.9 to -1.5|0.006"))),
    ("ranges", paper(table=table(TWO, "Cost, mean (IQR)|17.5 (5.0-12.5)|10.0 (7.5-9.1)|0.01"))),
    ("ranges", paper(table=table(TWO, "Change|0.6 (-2.7-3.4)|-4.2 (-9.1 to -1.0)|0.01"))),
    ("at_risk", paper(legend="Figure 2. Survival. Numbers at risk at 0, 6, 12 and 24 months: drug 34, 32, 12, 12; "
                             "placebo 25, 17, 9, 2.")),
    ("at_risk", paper(
        "The model allowed delayed entry.", legend="Figure 2. Patients at risk at 50, 60 and 70 years: drug 12, 32, "
                                                   "20.")),
    ("events", paper(table=table(
        "Table 2. Adverse events\n\tEvents\tPatients, n "
        "(%)\n", "Any|31|19 (41)", "Serious|14|11 (24)", "Fall|4|4 (9)"))),
    ("events", paper(table=table(
        "Table 2. Harms\n\tEvents per 100 patient-years\tPatients\n", "Any|9|31", "Serious|2|12", "Fall|1|4"))),
    ("count_columns", paper(table=table(
        "Table 1. Characteristics (N = "
        "688)\nGrade\tn\t%\n", "None|249|36.2", "Mild|222|32.3", "Moderate|131|19.0", "Severe|86|12.5"))),
    ("count_columns", paper(table=table(
        "Table 1. Characteristics (N = 688); some data are "
        "missing\nGrade\tn\t%\n", "None|249|36.2", "Mild|222|32.3", "Moderate|131|19.0", "Other|86|12.8"))),
    ("denominators", paper(table=table(
        TWO, "Fever|12/120 (10.0%)|14/118 (11.9%)|0.6", "Eyes operated|30/236 (12.7%)|41/230 (17.8%)|"
                                                        "0.7", "Pain|9/120 (7.5%)|9/118 (7.6%)|0.9"))),
    ("limits_of_entry", paper(
        "Adults aged 35 to 75 years with an office systolic BP of 140–169 mmHg were eligible.",
        table=table("Table 1. Base (n = 26)\nVariable\tValue\n", "24-h systolic BP, mmHg, mean ± SD (range)|132.4 ± "
                                                                 "7.7 (114–158)"))),
    ("limits_of_entry", paper(
        "Patients 40 years or older were eligible.",
        table=table("Table 1. Base\nVariable\tDrug (n = 40)\tPlacebo (n = "
                    "41)\n", "Age at onset, years, median (range)|31 (21–63)|30 (16–64)",
                    "Age, years, median (IQR)|61 (41–83)|60 (36–84)"))),
    ("limits_of_entry", paper(
        "Patients aged 18 to 65 years were eligible.",
        table=table("Table 1. Base\nVariable\tDrug (n = 40)\tPlacebo (n = 41)\n", "Age, years, range|18–65|19–65.9"))),
    ("ratios_of_counts", paper(table=table(
        "Table 2. Risk, adjusted for age\nFactor\tCases (n = 217)\tControls (n = "
        "471)\tOR\n", "Diabetes|98 (45.2%)|171 (36.3%)|1.44",
        "Neuropathy|57 (26.3%)|72 (15.3%)|"
        "1.97", "Catheter|61 (28.1%)|112 (23.8%)|1.25", "Smoking|38 (17.5%)|90 (19.1%)|1.90"))),
    ("ratios_of_counts", paper(table=table(
        "Table 2. Risk\nFactor\tCases (n = 217)\tControls (n = 471)\tCrude "
        "OR\n", "Diabetes|98 (45.2%)|171 (36.3%)|1.44",
        "Neuropathy|57 (26.3%)|72 (15.3%)|"
        "1.97", "Catheter|61 (28.1%)|112 (23.8%)|1.25", "Smoking|38 (17.5%)|90 (19.1%)|0.90"))),
    ("exchanged", paper(
        abstract="CAT scores fell by a mean of 4.1 points with the drug and 1.4 points with placebo.",
        table=table(TWO, "Change in CAT score, mean (SD)|-4.1 (6.4)|-1.4 (6.7)|<0.001"))),
    ("exchanged", paper(
        abstract="Fever was commoner with the drug (21.8%) than with placebo (10.7%).",
        table=table(TWO, "Fever|26 (21.8)|13 (10.7)|0.02"))),
    ("exchanged", paper(
        discussion="In the trial of Smith et al. fever was seen in 10.7% with the drug and 21.8% with placebo.",
        table=table(TWO, "Fever|26 (21.8)|13 (10.7)|0.02"))),
    # Another row has these numbers in this order.
    ("exchanged", paper(
        abstract="Nausea was seen in 10.7% with the drug and in 21.8% with placebo, fever being rare.",
        table=table(TWO, "Fever|26 (21.8)|13 (10.7)|0.02", "Nausea|13 (10.7)|26 (21.8)|0.02"))),
    ("sequences", paper(
        abstract="Delirium occurred in 59/124 (48%) and 82/121 (68%) patients (p = 0.002).",
        table=table("Table 2. Outcomes\n\tDrug\tPlacebo\tp\n", "Delirium within 14 days|59/124 (47.6%)|82/121 "
                                                               "(67.8%)|0.002"))),
    ("sequences", paper(
        results="Among women delirium occurred in 49/124 (39.5%) and 82/121 (67.8%) patients.",
        table=table("Table 2. Outcomes\n\tDrug\tPlacebo\tp\n", "Delirium within 14 days|59/124 (47.6%)|82/121 "
                                                               "(67.8%)|0.002"))),
    ("sequences", paper(
        results="Delirium at day 7 occurred in 49/124 (39.5%) and 82/121 (67.8%) patients.",
        table=table("Table 2. Outcomes\n\tDrug\tPlacebo\tp\n", "Delirium within 14 days|59/124 (47.6%)|82/121 "
                                                               "(67.8%)|0.002",
                    "Delirium within 7 days|49/124 (39.5%)|82/121 (67.8%)|0.001"))),
    ("lists_of_rows", paper(
        results="Of these, those who died had sclerosis (17), myositis (12), arthritis (9) or mixed disease (8).",
        table=table("Table 1. Base\n\tAll "
                    "(n=46)\n", "Sclerosis|17/46 (37%)", "Myositis|12/46 (26%)", "Arthritis|19/46 (41%)", "Mixed "
                        "disease|8/46 (17%)"))),
    ("legend_groups", paper(results="The model rests on 671 people.", legend="Figure 2. Adjusted odds ratios (n = "
        "631) on a logarithmic scale.")),
    ("legend_groups", paper(
        table=table("Table 1. Base\n\tPropofol (n = 121)\tDexmedetomidine (n = "
                    "124)\n", "Women|44 (36.4%)|43 (34.7%)", "Men|77 (63.6%)|81 (65.3%)"),
        legend="Figure 2. Delirium in the dexmedetomidine group (n = 124) and the control group (n = 121).")),
    ("legend_groups", paper(
        table=table("Table 1. Base\n\tPropofol (n = 92)\tPlacebo (n = 91)\n", "Women|44 (47.8%)|43 (47.3%)"),
        legend="Figure 2. Walking distance in the propofol group (n = 88) and the placebo group (n = 86).")),
    ("exchanged", paper(
        results="Deaths were 25.8% with the drug and 51.4% with placebo. One-year survival was thus 74.2% and 48.6%.",
        table=table("Table 2. Outcomes\n\tDrug (n = 31)\tPlacebo (n = "
                    "37)\n", "Death within 1 year|8 (25.8)|19 (51.4)"))),
    ("endpoint_time", paper(
        "The primary outcome was respiratory readmission within 90 days of discharge. Secondary outcomes were death "
        "at 30 days.",
        abstract="The primary outcome, respiratory readmission within 3 months, occurred in 48 and 70 patients.")),
    ("endpoint_time", paper(
        "The primary outcome was delirium by the rating scale on any of postoperative days 1 to 5.",
        abstract="The primary outcome, delirium by the rating scale through postoperative day 5, occurred in 33.")),
    ("endpoint_time", paper(
        "The primary outcome was respiratory readmission within 90 days of discharge.",
        abstract="The primary outcome was respiratory readmission; death within 30 days was secondary.")),
    ("sums_of_columns", paper(
        results="Across the four years 168 667 appointments were booked, 186 667 with those cancelled.",
        table=table("Table 1. Appointments\nYear\tAll, "
                    "No.\n", "2019|41 280", "2020|38 915", "2021|43 602", "2022|44 870"))),
    ("rows_by_year", paper(
        results="Video use was 39.0% in 2020 and peaked at 47.0% in 2021.",
        table=table("Table 1. Use\nYear\tVideo, No. "
                    "(%)\n", "2019|310 (0.8)", "2020|15177 (39.0)", "2021|20493 (47.0)"))),
    ("rows_direction", paper(
        results="Serum urate was not lower with the drug. Urate was higher with the drug.",
        table=table(TWO, "Urate, µmol/L|402 ± 65|383 ± 65|0.01"))),
    ("rows_direction", paper(
        results="Patients who died had higher phosphate and lower albumin.",
        table=table("Table 2. Patients by itch\n\tScore ≥4 (n = 217)\tScore <4 (n = 471)\tP\n",
                    "Phosphate, mmol/L|1.98 ± 0.51|1.79 ± 0.48|0.001", "Albumin, g/dL|3.82 ± 0.40|3.71 ± 0.42|0.001"))),
    ("one_group_differs", paper(
        results="Among women, ICU stay was 85 hours with the drug and 44 hours with placebo.",
        table=table(TWO, "ICU stay, h|58 (44-81)|44 (22-68)|0.001"))),
    ("one_group_differs", paper(
        results="At 24 months fever was seen in 21.8% with the drug and 17.0% with placebo.",
        table=table("Table 2. Outcomes at 12 months\nOutcome\tDrug (n = 120)\tPlacebo (n = "
                    "118)\n", "Fever|26 (21.8)|13 (10.7)"))),
    ("one_group_differs", paper(
        results="Fever was seen in 22% with the drug and 11% with "
                "placebo.", table=table(TWO, "Fever|26 (21.8)|13 (10.7)|0.02"))),
    # The range of one zone is not that of the score.
    ("scales", paper(
        "HRCT was scored by two readers: six lung zones were each graded from 0 to 4, giving a total between 0 and 24.",
        table=table(TWO, "HRCT score|9 (6-11)|10 (8-13)|0.15"))),
    ("scales", paper(
        "Burden was asked by the CAT (eight items, 0-40).", table=table(TWO, "CAT score, range|8-31|9-36|0.1"))),
    ("scores_told", paper(
        "Depression was measured by the PHQ-9 (0 to 27).", results="The PHQ-9 was completed by 45 patients; PHQ-9 "
                                                                   "fell by 4.1 points.")),
    ("scores_told", paper(
        "Good outcome was mRS 0-2.", results="The mean mRS was 3.1 (SD 1.2).")),
    # Rows that are percentages of their own sum: the stage of others is not known.
    ("percentages", paper(table=table(
        "Table 1. Stage\n\tBladder (n = "
        "600)\n", "Stage I|200 (40.0)", "Stage II|150 (30.0)", "Stage III|100 (20.0)", "Stage IV|50 (10.0)"))),
    ("ratios", paper(table=table(
        RATIOS, "50-54|1.03 (0.94-1.12)|<0.001", "55-59|1.29 (1.01-1.65)|<0.001", "60-64|1.51 (1.15-1.98)|<0.001"))),
)  # fmt: skip


@pytest.mark.parametrize(("check", "code", "text"), FOUND, ids=[f"{i}-{c}-{k}" for i, (c, k, _) in enumerate(FOUND)])
def test_found(check: str, code: str, text: str) -> None:
    """Each contradiction gives its code."""
    assert code in codes(check, text)


@pytest.mark.parametrize(("check", "text"), LEFT_ALONE, ids=[f"{i}-{c}" for i, (c, _) in enumerate(LEFT_ALONE)])
def test_left_alone(check: str, text: str) -> None:
    """None of the innocent texts gives a finding."""
    assert codes(check, text) == []


@pytest.mark.parametrize("name", sorted(CHECK))
def test_registered(name: str) -> None:
    """Every check tested here is one that a document is judged by."""
    assert CHECK[name] in [check.run for check in CHECKS]
