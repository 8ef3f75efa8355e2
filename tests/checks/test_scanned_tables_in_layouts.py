"""Tables of many layouts: sizes of rows, parts of any, rates by their arithmetic, changes, strata, columns of parts."""

from __future__ import annotations

import pytest

from evsynth.checks.scanned.judging import reading
from evsynth.checks.scanned.numbers import ratios, scales
from evsynth.checks.scanned.tabled import (
    changes_of_rows,
    comparisons,
    part_columns,
    parts_of_any,
    rates_by_shape,
    sizes_of_rows,
    strata_of_all,
    sums_of_children,
    total_rows,
)
from evsynth.scan.document import read_document

CHECK = {
    "any": parts_of_any.parts_of_any, "changes": changes_of_rows.changes_of_rows,
    "children": sums_of_children.sums_of_children, "comparisons": comparisons.comparisons,
    "parts": part_columns.part_columns, "rates": rates_by_shape.rates_by_shape, "ratios": ratios.ratios,
    "scales": scales.scales, "sizes": sizes_of_rows.sizes_of_rows, "strata": strata_of_all.strata_of_all,
    "total": total_rows.total_rows,
}  # fmt: skip


def table(*rows: str, caption: str = "Results by group", note: str = "") -> str:
    """Give a text with a table; bars part the cells."""
    body = "\n".join(r.replace("|", "\t") for r in rows)
    return f"Results\nOutcomes follow.\n\nTable 2 {caption}\n{body}\n{note}\n"


WARDS = ("Ward|No.|Burnout, n (%)", "Intensive care|211|109 (51.7)", "Surgery|298|98 (32.9)", "Medicine|303|94 (31.0)")
CARRIERS = ("Age|Swabbed|Carriers|%", "1-4|120|31|25.8", "5-9|144|52|36.1", "10-14|139|{}|31.8", "15-19|88|21|23.9",
            "20 or more|201|40|19.9")  # fmt: skip
EVENTS = ("Event|Drug (n=151)|Placebo (n=149)", "{}", "Nausea|41 (27.2)|18 (12.1)", "Diarrhoea|29 (19.2)|24 (16.1)",
          "Rash|9 (6.0)|11 (7.4)")  # fmt: skip
REACTIONS = ("Reaction|Vaccine (n=604)|Placebo (n=600)", "Any local|{}|66 (11.0)", "Pain|241 (39.9)|56 (9.3)",
             "Redness|58 (9.6)|11 (1.8)", "{}", "Fatigue|139 (23.0)|96 (16.0)", "Fever|12 (2.0)|5 (0.8)")  # fmt: skip
CATHETERS = ("Year|Infections|Catheter-days|Rate per 1000 catheter-days", "2015|41|9820|4.18", "2016|38|10114|3.76",
             "2017|29|10530|{}", "2018|22|10041|2.19", "2019|19|9977|1.90")  # fmt: skip
SLASHED = ("Event|A: events / person-years / rate|B: events / person-years / rate", "Death|24 / 439.4 / 5.5|{}",
           "Relapse|53 / 378.9 / 14.0|114 / 499.7 / 22.8")  # fmt: skip
WEIGHTS = ("Group|Baseline|6 months|Change", "Diet|94.1 (12.2)|87.9 (12.0)|-6.2 (4.1)",
           "Exercise|93.0 (13.1)|90.6 (13.3)|-2.4 (3.3)", "Both|95.2 (12.8)|86.1 (12.1)|-9.1 (4.6)",
           "Control|94.4 (13.3)|94.0 (13.5)|{} (3.0)")  # fmt: skip
POCKETS = ("Parameter|Time|Test|Control", "PPD|Baseline|7.3 ± 1.0|7.2 ± 1.1", "PPD|6 months|3.8 ± 0.8|4.4 ± 0.9",
           "PPD|Reduction|3.5 ± 1.1|2.8 ± 1.2", "CAL|Baseline|8.1 ± 1.4|8.0 ± 1.4", "CAL|6 months|4.9 ± 1.2|{} ± 1.3",
           "CAL|Gain|3.2 ± 1.2|2.3 ± 1.2")  # fmt: skip
GRADES = ("Event|All grades|Grade ≥ 3", "Anaemia|58 (63.7)|24 (26.4)", "Infection|60 (65.9)|29 (31.9)",
          "Rash|16 (17.6)|3 (3.3)", "Thrombocytopenia|{}|33 (36.3)")  # fmt: skip
INJURIES = ("|Before (n = 1604)|After (n = 1562)", "Any injury, n (%)|118 (7.4)|{}", "– Category 1|57 (3.6)|39 (2.5)",
            "– Category 2|46 (2.9)|29 (1.9)", "– Category 3 or 4|15 (0.9)|7 (0.4)")  # fmt: skip
CULTURES = ("Subgroup|Short|Long", "All|105/141 (74.5%)|{}", "Cavity|44/71 (62.0%)|39/68 (57.4%)",
            "No cavity|61/70 (87.1%)|63/74 (85.1%)")  # fmt: skip
MODEL = ("Predictor|aOR (95% CI)|p value", "Age, per 10 years|1.16 (1.01 to 1.33)|0.037", "Diabetes|{}|0.031",
         "CPB time, per 30 min|1.27 (1.12 to 1.44)|<0.001", "Statin|0.88 (0.70 to 1.11)|0.279")  # fmt: skip
WRIST = ("Outcome|Plate n|Plate|Cast n|Cast|Difference (95% CI)",
         "PRWE, 6 weeks|81|38.4 (18.2)|80|51.2 (19.7)|-12.8 (-18.7 to -6.9)",
         "PRWE, 3 months|80|24.1 (16.9)|79|30.3 (18.4)|{}",
         "PRWE, 12 months|78|14.2 (13.8)|76|19.6 (16.1)|-5.4 (-10.2 to -0.6)")  # fmt: skip
HAQ = ("|A (n=104)|B (n=105)|C (n=103)", "Tender joints (0-68), mean (SD)|19.8 (12.4)|20.6 (13.1)|19.1 (12.0)",
       "HAQ-DI (0-3), mean (SD)|1.28 (0.61)|1.24 (0.63)|{} (0.60)")  # fmt: skip
CAUSES = ("Cause|A (n=410)|B (n=405)", "Cardiovascular|29|36", "Cancer|22|19", "Other|8|13", "All|59|{}")


def filled(rows: tuple[str, ...], *cells: str) -> tuple[str, ...]:
    """Give rows with their gaps filled, in order."""
    given = iter(cells)
    return tuple(r.format(*(next(given) for _ in range(r.count("{}")))) for r in rows)


FOUND = [
    ("sizes", "COUNT_PERCENT", table(*WARDS, "Under 5 years|402|171 (45.2)"), "171 (45.2"),
    ("sizes", "COUNT_PERCENT", table(*filled(CARRIERS, "53")), "53\t31.8"),
    ("sizes", "COUNT_PERCENT", table(
        "Operator|Success, n (%)", "Consultant (n=212)|188 (88.7)", "Trainee (n=143)|101 (70.6)",
        "Nurse (n=97)|79 (91.4)", "Student (n=51)|22 (43.1)"), "79 (91.4"),
    ("any", "COUNT_EXCEEDS", table(*filled(EVENTS, "At least one event|38 (25.2)|49 (32.9)")), "41 (27.2)"),
    ("any", "COUNT_EXCEEDS", table(*filled(REACTIONS, "228 (37.7)", "Any systemic|214 (35.4)|148 (24.7)")),
     "241 (39.9)"),
    ("rates", "RATE", table(*filled(CATHETERS, "2.57")), "2.57"),
    ("rates", "RATE", table(*filled(SLASHED, "66 / 537.1 / 13.2")), "13.2"),
    ("changes", "DIFFERENCE_TOLD", table(*filled(WEIGHTS, "-1.4")), "-1.4"),
    ("changes", "DIFFERENCE_TOLD", table(*filled(WEIGHTS, "0.4")), "0.4"),
    ("changes", "DIFFERENCE_TOLD", table(*filled(POCKETS, "6.7")), "2.3"),
    ("parts", "COUNT_EXCEEDS", table(*filled(GRADES, "14 (15.4)")), "14"),
    ("children", "SUBGROUPS", table(*filled(INJURIES, "71 (4.5)")), "71"),
    ("strata", "SUBGROUPS", table(*filled(CULTURES, "112/142 (78.9%)")), "112/142"),
    ("ratios", "RATIO_P", table(*filled(MODEL, "1.34 (0.93 to 1.75)")), "1.34 (0.93 to 1.75)\t0.031"),
    ("comparisons", "DIFFERENCE_TOLD", table(*filled(WRIST, "-8.9 (-14.4 to -3.4)")), "-8.9"),
    ("scales", "OUTSIDE_INSTRUMENT", table(*filled(HAQ, "3.31")), "3.31"),
    ("total", "SUBGROUPS", table(*filled(CAUSES, "73")), "73"),
]  # fmt: skip
LEFT = [
    ("sizes", table(*WARDS, "Under 5 years|402|171 (42.5)")),
    ("sizes", table(*WARDS, "Under 5 years*|402|171 (45.2)", note="*Age was missing in 24.")),
    ("sizes", table("Ward|Visits|Admitted, n (%)", "Medicine|1210|311 (41.2)", "Surgery|840|204 (27.0)",
                    "Paediatrics|655|150 (19.9)", "Other|222|90 (11.9)")),  # of all who were admitted
    ("any", table(*filled(EVENTS, "Any serious event|8 (5.3)|7 (4.7)"))),  # the rows below are of any grade
    ("any", table(*filled(EVENTS, "Any infection|38 (25.2)|49 (32.9)"))),  # nausea is no infection
    ("any", table(*filled(REACTIONS, "258 (42.7)", "Any systemic|214 (35.4)|148 (24.7)"))),
    ("any", table(*filled(REACTIONS, "228 (37.7)", "Headache|214 (35.4)|148 (24.7)"))),  # where the local ones end?
    ("any", table(*filled(EVENTS, "At least one event|38 (25.2)|17 (11.4)"))),  # two parts are more: no parts
    ("rates", table(*filled(CATHETERS, "2.75"))),
    ("rates", table("Age|Falls|Person-years|Rate, adjusted", "65-69|51|612.4|8.1", "70-74|77|701.9|10.7",
                    "75-79|92|655.1|14.4", "80 or more|133|590.0|21.0")),
    ("changes", table(*filled(WEIGHTS, "-0.4"))),
    ("changes", table("Scale|Baseline|12 weeks|Change", "PHQ-9|14.1 (4.2)|9.0 (5.1)|-5.3 (4.8)",
                      "GAD-7|11.8 (3.9)|8.1 (4.4)|-3.7 (4.1)", "ISI|15.2 (4.9)|11.0 (5.6)|-4.2 (5.0)",
                      "WSAS|20.4 (8.2)|15.9 (8.8)|-4.5 (7.4)")),  # some patients lack one of the two
    ("changes", table(*filled(POCKETS, "5.7"))),
    ("parts", table(*filled(GRADES, "44 (48.4)"))),
    ("parts", table(*(r.replace("Grade ≥ 3", "Grade 1-2") for r in filled(GRADES, "14 (15.4)")))),
    ("children", table(*filled(INJURIES, "75 (4.8)"))),
    ("children", table("|A (n=140)|B (n=138)", "Any complication|44 (31.4)|31 (22.5)",
                       "– Infection|24 (17.1)|14 (10.1)",
                       "– Bleeding|12 (8.6)|11 (8.0)", "– Ileus|15 (10.7)|8 (5.8)")),  # several in one patient
    ("strata", table(*filled(CULTURES, "102/142 (71.8%)"))),
    ("strata", table(*(r.replace("63/74", "63/73") for r in filled(CULTURES, "112/142 (78.9%)")))),
    ("ratios", table(*filled(MODEL, "1.34 (1.03 to 1.75)"))),
    ("comparisons", table(*filled(WRIST, "-6.2 (-11.7 to -0.7)"))),
    ("scales", table(*filled(HAQ, "1.31"))),
    ("total", table(*filled(CAUSES, "68"))),
]  # fmt: skip


@pytest.mark.parametrize(("check", "code", "text", "quoted"), FOUND)
def test_found(check: str, code: str, text: str, quoted: str) -> None:
    (finding,) = CHECK[check](reading(read_document("a", text)))
    assert finding.code == code
    assert quoted in [q.text for q in finding.quotes]
    assert finding.hint


@pytest.mark.parametrize(("check", "text"), LEFT)
def test_left_alone(check: str, text: str) -> None:
    assert [f.message for f in CHECK[check](reading(read_document("a", text)))] == []
