"""Measured values told side by side: what is found, and what fits or may fit."""

from __future__ import annotations

import pytest

from evsynth.checks.scanned.facts.told_measures import told_measures
from evsynth.checks.scanned.facts.told_numbers import told_numbers
from evsynth.checks.scanned.judging import CHECKS, reading
from evsynth.checks.scanned.statements.improved_on_scale import improved_on_scale
from evsynth.checks.scanned.tabled.change_columns import change_columns
from evsynth.checks.scanned.told.ages_from_dates import ages_from_dates
from evsynth.checks.scanned.told.body_sizes import body_sizes
from evsynth.checks.scanned.told.converted_units import converted_units
from evsynth.checks.scanned.told.derived_quantities import derived_quantities
from evsynth.checks.scanned.told.effects_of_groups import effects_of_groups
from evsynth.checks.scanned.told.errors_of_means import errors_of_means
from evsynth.checks.scanned.told.frequencies import frequencies
from evsynth.checks.scanned.told.grim_of_counts import grim_of_counts
from evsynth.checks.scanned.told.limits_of_scale import limits_of_scale
from evsynth.checks.scanned.told.listed_individuals import listed_individuals
from evsynth.checks.scanned.told.order_statistics import order_statistics
from evsynth.checks.scanned.told.paces import paces
from evsynth.checks.scanned.told.pairs_and_gaps import pairs_and_gaps
from evsynth.checks.scanned.told.parts_of_totals import parts_of_totals
from evsynth.checks.scanned.told.pooled_means import pooled_means
from evsynth.checks.scanned.told.ratios_of_values import ratios_of_values
from evsynth.checks.scanned.told.t_of_changes import t_of_changes
from evsynth.checks.scanned.told.totals_of_means import totals_of_means
from evsynth.scan.document import read_document

CHECK = {
    check.__name__: check
    for check in (
        ages_from_dates,
        body_sizes,
        change_columns,
        converted_units,
        derived_quantities,
        effects_of_groups,
        errors_of_means,
        frequencies,
        grim_of_counts,
        improved_on_scale,
        limits_of_scale,
        listed_individuals,
        order_statistics,
        paces,
        pairs_and_gaps,
        parts_of_totals,
        pooled_means,
        ratios_of_values,
        t_of_changes,
        totals_of_means,
    )
}

FOUND = (
    ("errors_of_means", "STANDARD_ERROR", "Zinc averaged 11.4 µmol/L (SD 2.8, SEM 1.40; n = 64) in winter."),
    (
        "errors_of_means",
        "STANDARD_ERROR",
        "Lactate was 2.1 ± 0.6 mmol/L (n = 36) with A and 2.4 ± 0.6 mmol/L (n = 36) with B (mean ± SD); the "
        "standard errors were 0.60 in each case.",
    ),
    ("errors_of_means", "INTERVAL_OF_MEANS", "The mean score was 14.2 (95% CI 12.9-15.5; n = 100; SD 2.1)."),
    ("errors_of_means", "INTERVAL_OF_MEANS", "Mean birthweight was 3150 g (SE 45; 95% CI 2890 to 3410)."),
    (
        "errors_of_means",
        "OUT_OF_ORDER",
        "Mean difference in stiffness: -2.3 points (95% confidence interval -0.6 to 5.2).",
    ),
    (
        "pooled_means",
        "WHOLE_OF_PARTS",
        "Mean weight was 84.1 kg overall: 71.2 kg in the women (n = 30) and 80.4 kg in the men (n = 50).",
    ),
    (
        "pooled_means",
        "WHOLE_OF_PARTS",
        "Delay averaged 3.0 days for the 200 urban and 9.0 days for the 100 rural cases; across the 300 cases"
        " it came to 6.0 days.",
    ),
    ("totals_of_means", "RATE", "A total of 450 calls were made to 150 households (mean 2.4 calls per household)."),
    (
        "totals_of_means",
        "RATE",
        "Each of the 18 schools sent on average 41.5 forms (630 altogether), of which 610 could be read.",
    ),
    ("totals_of_means", "RATE", "Forty patients were followed for a mean of 3.5 years, giving 98 patient-years."),
    (
        "parts_of_totals",
        "COMPONENTS",
        "The mean stay of 14.2 days comprised 3.1 days in intensive care and 9.1 days on the ward.",
    ),
    (
        "parts_of_totals",
        "COMPONENTS",
        "They scored 11.4 on the verbal, 14.3 on the visual and 24.8 on the memory subscale, i.e. a total of "
        "60.5 points.",
    ),
    (
        "effects_of_groups",
        "STANDARDISED_DIFFERENCE",
        "Mean worry was 41.0 in controls and 36.0 with training (SD 10.0 in both groups), d = 1.20.",
    ),
    (
        "pairs_and_gaps",
        "DIFFERENCE_TOLD",
        "Before surgery patients could walk 310 m; six months later they managed 402 m, an improvement of 112 m.",
    ),
    (
        "pairs_and_gaps",
        "DIFFERENCE_TOLD",
        "On average, men lost 7.1 kg and women 5.2 kg, so that men lost 2.9 kg more.",
    ),
    (
        "pairs_and_gaps",
        "DIFFERENCE_TOLD",
        "The gap between the ages at diagnosis (34.2 years in women, 39.0 years in men) was 6.8 years.",
    ),
    ("pairs_and_gaps", "DIFFERENCE_TOLD", "Vital capacity gained +205 mL (2.310 to 2.415 L) with the device."),
    ("derived_quantities", "DERIVED_VALUE", "Pulse pressure was 62 mm Hg (blood pressure 148/96 mm Hg)."),
    ("derived_quantities", "DERIVED_VALUE", "The interquartile range was 12 (from 31 to 48)."),
    ("derived_quantities", "DERIVED_VALUE", "Variance was 16.0 and the standard deviation 8.0 mmHg."),
    ("frequencies", "DERIVED_VALUE", "Parity was 0 in 40 women, 1 in 35, 2 in 15 and 3 in 10, a mean of 1.45."),
    (
        "frequencies",
        "DERIVED_VALUE",
        "Of 50 knees, 10 were grade 0, 20 grade 1, 15 grade 2 and 5 grade 3; the median grade was 2.",
    ),
    (
        "frequencies",
        "DERIVED_VALUE",
        "The delay had a median of 20 hours, 31% of the 90 children being seen within 24 hours.",
    ),
    ("ratios_of_values", "FOLD_CHANGE", "Titres rose fourfold, from 1:20 to 1:160."),
    ("ratios_of_values", "FOLD_CHANGE", "Neutrophils were 8.0 and lymphocytes 2.0 x10^9/L, a ratio of 6.0."),
    (
        "limits_of_scale",
        "OUTSIDE_INSTRUMENT",
        "Mothers rated support between 5 (least) and 35 (most). The lowest single rating was 3.",
    ),
    ("limits_of_scale", "OUTSIDE_INSTRUMENT", "Visual analogue pain (0-100 mm) averaged 112 mm on the day of surgery."),
    (
        "listed_individuals",
        "DERIVED_VALUE",
        "The three brothers had ferritin levels of 12, 18 and 30 µg/L, that is 26 µg/L on average.",
    ),
    (
        "body_sizes",
        "DERIVED_VALUE",
        "The patient, a bus driver, stood 64 in (162.6 cm), weighed 152 lb (68.9 kg) and had a body mass "
        "index of 21.6.",
    ),
    ("grim_of_counts", "GRIM", "In 12 mice the mean number of pups was 7.29."),
    ("ages_from_dates", "DATES", "The index case, born on 3 May 1960, fell ill in August 2010, at the age of 41."),
    ("order_statistics", "OUT_OF_ORDER", "The oldest participant was 79 and the youngest 21; mean age was 83 years."),
    ("order_statistics", "OUT_OF_ORDER", "No patient stayed longer than 10 days; the mean stay was 12.3 days."),
    ("order_statistics", "OUT_OF_ORDER", "A quarter of the infants weighed less than 1000 g (lower quartile 1240 g)."),
    ("t_of_changes", "P_OF_MEANS", "Mean change was -5.0 mmHg (SD 10.0, n = 100; paired t test, P = 0.40)."),
    ("t_of_changes", "P_OF_STATISTIC", "The paired difference was 3.0 (SD 6.0) in 36 patients, t = 1.2."),
    ("paces", "DERIVED_VALUE", "The infant gained 340 g in 10 days, i.e. 54 g per day."),
    ("paces", "DERIVED_VALUE", "The procedure lasted from 09:15 to 11:45, i.e. 180 minutes."),
    (
        "improved_on_scale",
        "DIRECTION_CONTRADICTS",
        "On the scale, where higher values mean more symptoms, patients improved from 14.2 to 18.6 points.",
    ),
    (
        "change_columns",
        "DIFFERENCE_TOLD",
        "Table 2. Lung function\n\n\tBefore\tAfter\tDifference\nFEV1, L\t1.82\t2.04\t0.22\nFVC, L\t"
        "3.10\t3.31\t0.41\nPEF, L/s\t5.2\t5.9\t0.7\n",
    ),
    ("converted_units", "CONVERTED_UNITS", "Vitamin D went up from 12 to 30 ng/mL (from 30 to 57 nmol/L)."),
)

LEFT_ALONE = (
    ("errors_of_means", "Zinc averaged 11.4 µmol/L (SD 2.8, SEM 0.35; n = 64) in winter."),
    (
        "errors_of_means",
        "Lactate was 2.1 ± 0.6 mmol/L (n = 36) with A and 2.4 ± 0.6 mmol/L (n = 36) with B (mean ± SD); the "
        "standard errors were 0.10 in each case.",
    ),
    ("errors_of_means", "The mean score was 14.2 (95% CI 13.8-14.6; n = 100; SD 2.1)."),
    ("errors_of_means", "Mean birthweight was 3150 g (SE 45; 95% CI 3060 to 3240)."),
    ("errors_of_means", "Mean difference in stiffness: 2.3 points (95% confidence interval -0.6 to 5.2)."),
    ("pooled_means", "Mean weight was 77.0 kg overall: 71.2 kg in the women (n = 30) and 80.4 kg in the men (n = 50)."),
    (
        "pooled_means",
        "Delay averaged 3.0 days for the 200 urban and 9.0 days for the 100 rural cases; across the 300 cases"
        " it came to 5.0 days.",
    ),
    ("totals_of_means", "A total of 450 calls were made to 150 households (mean 3.0 calls per household)."),
    (
        "totals_of_means",
        "Each of the 18 schools sent on average 35.0 forms (630 altogether), of which 610 could be read.",
    ),
    ("totals_of_means", "Forty patients were followed for a mean of 3.5 years, giving 140 patient-years."),
    ("parts_of_totals", "The mean stay of 12.2 days comprised 3.1 days in intensive care and 9.1 days on the ward."),
    (
        "parts_of_totals",
        "They scored 11.4 on the verbal, 14.3 on the visual and 24.8 on the memory subscale, i.e. a total of "
        "50.5 points.",
    ),
    ("effects_of_groups", "Mean worry was 41.0 in controls and 36.0 with training (SD 10.0 in both groups), d = 0.50."),
    (
        "pairs_and_gaps",
        "Before surgery patients could walk 310 m; six months later they managed 402 m, an improvement of 92 m.",
    ),
    ("pairs_and_gaps", "On average, men lost 7.1 kg and women 5.2 kg, so that men lost 1.9 kg more."),
    ("pairs_and_gaps", "The gap between the ages at diagnosis (34.2 years in women, 39.0 years in men) was 4.8 years."),
    ("pairs_and_gaps", "Vital capacity gained +105 mL (2.310 to 2.415 L) with the device."),
    ("derived_quantities", "Pulse pressure was 52 mm Hg (blood pressure 148/96 mm Hg)."),
    ("derived_quantities", "The interquartile range was 17 (from 31 to 48)."),
    ("derived_quantities", "Variance was 16.0 and the standard deviation 4.0 mmHg."),
    ("frequencies", "Parity was 0 in 40 women, 1 in 35, 2 in 15 and 3 in 10, a mean of 0.95."),
    ("frequencies", "Of 50 knees, 10 were grade 0, 20 grade 1, 15 grade 2 and 5 grade 3; the median grade was 1."),
    ("frequencies", "The delay had a median of 20 hours, 61% of the 90 children being seen within 24 hours."),
    ("ratios_of_values", "Titres rose fourfold, from 1:20 to 1:80."),
    ("ratios_of_values", "Neutrophils were 8.0 and lymphocytes 2.0 x10^9/L, a ratio of 4.0."),
    ("limits_of_scale", "Mothers rated support between 5 (least) and 35 (most). The lowest single rating was 7."),
    ("limits_of_scale", "Visual analogue pain (0-100 mm) averaged 62 mm on the day of surgery."),
    ("listed_individuals", "The three brothers had ferritin levels of 12, 18 and 30 µg/L, that is 20 µg/L on average."),
    (
        "body_sizes",
        "The patient, a bus driver, stood 64 in (162.6 cm), weighed 152 lb (68.9 kg) and had a body mass "
        "index of 26.1.",
    ),
    ("grim_of_counts", "In 12 mice the mean number of pups was 7.25."),
    ("ages_from_dates", "The index case, born on 3 May 1960, fell ill in August 2010, at the age of 50."),
    ("order_statistics", "The oldest participant was 79 and the youngest 21; mean age was 53 years."),
    ("order_statistics", "No patient stayed longer than 10 days; the mean stay was 6.3 days."),
    ("order_statistics", "A quarter of the infants weighed less than 1240 g (lower quartile 1240 g)."),
    ("t_of_changes", "Mean change was -5.0 mmHg (SD 10.0, n = 100; paired t test, P < 0.001)."),
    ("t_of_changes", "The paired difference was 3.0 (SD 6.0) in 36 patients, t = 3.0."),
    ("paces", "The infant gained 340 g in 10 days, i.e. 34 g per day."),
    ("paces", "The procedure lasted from 09:15 to 11:45, i.e. 150 minutes."),
    (
        "improved_on_scale",
        "On the scale, where higher values mean more symptoms, patients improved from 18.6 to 14.2 points.",
    ),
    (
        "change_columns",
        "Table 2. Lung function\n\n\tBefore\tAfter\tDifference\nFEV1, L\t1.82\t2.04\t0.22\nFVC, L\t"
        "3.10\t3.31\t0.21\nPEF, L/s\t5.2\t5.9\t0.7\n",
    ),
    ("converted_units", "Vitamin D went up from 12 to 30 ng/mL (from 30 to 75 nmol/L)."),
    ("errors_of_means", "The adjusted mean was 4.1 (SD 2.0, SE 0.9; n = 64) by the model."),
    ("errors_of_means", "There was a mean reduction of 1.9 points (95% CI -4.2 to -0.4)."),
    ("pooled_means", "Mean age was 64.7 years (SD 11.8) overall and 70.3 years (10.2) in those with severe disease."),
    ("totals_of_means", "The 212 children made 1908 visits over 3 years, a mean of 3.0 per child per year."),
    (
        "totals_of_means",
        "Fifty-two patients were referred. The 48 who attended made 312 visits, a mean of 6.5 per attender.",
    ),
    (
        "parts_of_totals",
        "The duration of anosmia (6.6 ± 2.5 days) and ageusia (6.1 ± 2.6 days) and the mean total score (11.9"
        " ± 1.6) were lower.",
    ),
    ("pairs_and_gaps", "A gain of 15 letters or more was found in 34 (28.8%) and 30 (26.1%) eyes."),
    ("pairs_and_gaps", "Patients with delirium were on average 3.2 years older [1.9; 4.5]."),
    ("pairs_and_gaps", "Pain was 6.1 at rest and 7.4 on movement; after a week it was 3.2 points lower."),
    ("pairs_and_gaps", "Scores were .7 points lower at 12 months and .6 to .8 points lower at 24 months."),
    ("frequencies", "The median time was 45 min; among night arrivals 40% were treated within 60 min."),
    ("ratios_of_values", "Mean delays of 4.0 and 9.0 days gave an adjusted ratio of 1.60."),
    (
        "limits_of_scale",
        "Raw scores (scale 0 to 30) were converted to a percentage; the mean converted score was 82.3.",
    ),
    (
        "grim_of_counts",
        "Each of ten essays received the average of two examiners, who gave whole marks; the mean of the "
        "averages was 4.35.",
    ),
    ("order_statistics", "Men were the oldest group, at 61 years, compared with a mean of 70 years in women."),
    ("t_of_changes", "Mean change was -5.0 (SD 10.0, n = 100), in the adjusted model P = 0.40."),
)


def codes(check: str, text: str) -> list[str]:
    return [finding.code for finding in CHECK[check](reading(read_document("paper", f"{text}\n")))]


@pytest.mark.parametrize(("check", "code", "text"), FOUND)
def test_a_contradiction_is_found(check: str, code: str, text: str) -> None:
    assert codes(check, text) == [code]


@pytest.mark.parametrize(("check", "text"), LEFT_ALONE)
def test_what_fits_or_may_fit_is_left_alone(check: str, text: str) -> None:
    assert codes(check, text) == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("48.6 ng/mL (SD 21.0, SEM 3.0; n = 49)", "value sd se n"),
        ("2.1 points (95% CI 0.4 to 3.8; P = 0.02)", "value level low high p"),
        ("84 minutes (quartiles 66 and 117, range 12-300)", "value q1 q3 least most"),
        ("at 24 weeks 0.81 ± 0.10 mmol/L", "time value spread"),
        ("31 (42%) had grade 2", "count percent name"),
        ("3.2 years older [1.9; 4.5]", "value low high"),
    ],
)
def test_the_part_of_each_number_is_read(text: str, parts: str) -> None:
    assert [number.part for number in told_numbers(text)] == parts.split()


def test_pieces_are_read_in_any_order_and_sizes_before_their_value_too() -> None:
    (one,) = told_measures("Zinc was 11.4 (95% CI 10.7 to 12.1; n = 64; SD 2.8).")
    assert (one.size, str(one.sd and one.sd.printed), str(one.low and one.low.printed)) == (64, "2.8", "10.7")
    sizes = [m.size for m in told_measures("Wearers (n = 22) had a mean of 8.0 and others (n = 18) 6.5.")]
    assert sizes == [22, 18]


def test_every_check_is_registered() -> None:
    assert set(CHECK.values()) <= {check.run for check in CHECKS}
