"""From a pool to effects: which printed numbers are used, and why an input gives none."""

from __future__ import annotations

import json
import math

import pytest

ARM = {"study": "alpha-2020", "cohort": "main", "arm": "drug", "variable": "improved"}
CONTRAST = {"study": "alpha-2020", "cohort": "main", "contrast": "drug-vs-usual", "variable": "death"}
CHANGE = {"study": "alpha-2020", "cohort": "main", "contrast": "change-drug", "variable": "score"}
ARMS = {"study": "alpha-2020", "cohort": "main", "arms": ["drug", "usual"], "variable": "improved"}

HAZARD = {"contrast": "drug-vs-usual", "variable": "death"}
SCORE = {"contrast": "change-drug", "variable": "score", "at": "month-6"}
COUNT = {"arm": "drug", "variable": "improved", "at": "month-6"}


def write(invented, *values, **given):
    """Write a study that prints these values, each in a passage of its own source."""
    passages = []
    for index, value in enumerate(values):
        quote = f"{index}: {value['printed']} printed"
        source = value.pop("source", "paper")
        passages.append({"source": source, "where": f"Place {index}", "quote": quote, "values": [value]})
    invented.study(passages=json.dumps(passages), **given)


def selection(invented, wanted, measure="proportion", **given):
    """Select the effects of a tabulated pool."""
    return invented.answer([wanted], measure=measure, plan="tabulate", **given).selection


UNUSABLE = [
    # code, measure, input, values
    ("NOT_PRINTED", "proportion", ARM, []),
    ("PERCENT_ONLY", "proportion", ARM, [{"printed": "42.5%", **COUNT, "percent": "42.5"}]),
    ("OTHER_STATISTIC", "proportion", ARM, [{"printed": "P=.04", **COUNT, "p": ".04"}]),
    ("OTHER_STATISTIC", "proportion", ARM, [{"printed": "<5 of 40", **COUNT, "count": "<5", "of": 40}]),
    ("NO_DENOMINATOR", "proportion", ARM, [{"printed": "5", **COUNT, "count": 5, "denominator": "unknown"}]),
    ("IMPOSSIBLE", "proportion", ARM, [{"printed": "50 of 40", **COUNT, "count": 50, "of": 40}]),
    ("IMPOSSIBLE", "proportion", ARM, [{"printed": "5.5 of 40", **COUNT, "count": "5.5", "of": 40}]),
    (
        "CONFLICT",
        "proportion",
        ARM,
        [{"printed": "5 of 40", **COUNT, "count": 5}, {"printed": "6 of 40", **COUNT, "count": 6}],
    ),
    ("INPUT", "proportion", ARMS, []),
    ("INPUT", "log odds ratio", ARM, []),
    ("INPUT", "hazard ratio", ARM, []),
    ("NOT_PRINTED", "log odds ratio", ARMS, [{"printed": "5 of 40", **COUNT, "count": 5, "of": 40}]),
    (
        "ZERO_CELL",
        "log odds ratio",
        ARMS,
        [
            {"printed": "0 of 40", **COUNT, "count": 0, "of": 40},
            {"printed": "3 of 40", **COUNT, "arm": "usual", "count": 3, "of": 40},
        ],
    ),
    (
        "IMPOSSIBLE",
        "log odds ratio",
        ARMS,
        [
            {"printed": "2.5 of 40", **COUNT, "count": "2.5", "of": 40},
            {"printed": "3 of 40", **COUNT, "arm": "usual", "count": 3, "of": 40},
        ],
    ),
    ("NOT_PRINTED", "hazard ratio", CONTRAST, []),
    ("OTHER_STATISTIC", "hazard ratio", CONTRAST, [{"printed": "HR 0.63", **HAZARD, "hazard_ratio": "0.63"}]),
    (
        "OTHER_STATISTIC",
        "hazard ratio",
        CONTRAST,
        [{"printed": "0.63 (<0.41-0.98)", **HAZARD, "hazard_ratio": "0.63", "lower": "<0.41", "upper": "0.98"}],
    ),
    (
        "IMPOSSIBLE",
        "hazard ratio",
        CONTRAST,
        [{"printed": "0.63 (0.98-0.41)", **HAZARD, "hazard_ratio": "0.63", "lower": "0.98", "upper": "0.41"}],
    ),
    (
        "IMPOSSIBLE",
        "hazard ratio",
        CONTRAST,
        [{"printed": "0.0 (0.0-0.0)", **HAZARD, "hazard_ratio": "0.0", "lower": "0.0", "upper": "0.0"}],
    ),
    (
        "NO_VARIANCE",
        "hazard ratio",
        CONTRAST,
        [
            {
                "printed": "0.6 (0.4-0.9)",
                **HAZARD,
                "hazard_ratio": "0.6",
                "lower": "0.4",
                "upper": "0.9",
                "ci_method": "Bootstrap",
            }
        ],
    ),
    ("NO_VARIANCE", "mean change", CHANGE, [{"printed": "−3.0", **SCORE, "mean_change": "-3.0"}]),
    (
        "NO_VARIANCE",
        "mean change",
        CHANGE,
        [{"printed": "−3.0 (−5, −1)", **SCORE, "median_change": "-3.0", "lower": -5, "upper": -1}],
    ),
    ("IMPOSSIBLE", "mean change", CHANGE, [{"printed": "−3.0 (0)", **SCORE, "mean_change": "-3.0", "sd": 0}]),
    ("NO_VARIANCE", "median change", CHANGE, [{"printed": "−3.0", **SCORE, "median_change": "-3.0"}]),
    ("NO_VARIANCE", "percent reduction", CHANGE, [{"printed": "65% lower", **SCORE, "percent_reduction": 65}]),
]


@pytest.mark.parametrize(("code", "measure", "wanted", "values"), UNUSABLE)
def test_an_input_that_gives_no_effect_says_why_and_what_is_printed(invented, code, measure, wanted, values):
    """Nothing disappears, and nothing is guessed."""
    write(invented, *(dict(v) for v in values))
    found = selection(invented, wanted, measure)
    assert not found.effects
    (unusable,) = found.unusable
    assert unusable.code == code
    assert unusable.reason.endswith(".")
    if values and code not in ("INPUT", "NOT_PRINTED"):
        assert values[0]["printed"] in unusable.shown
        assert unusable.leaves


def test_a_proportion_carries_its_exact_interval_and_its_leaves(invented):
    """Clopper-Pearson; the count and the denominator lead to their quote."""
    write(invented, {"printed": "17 (42.5) of 40", **COUNT, "count": 17, "percent": "42.5", "of": 40})
    (effect,) = selection(invented, ARM).effects
    assert (effect.events, effect.totals, effect.estimate) == ((17,), (40,), 0.425)
    assert effect.lower < 0.425 < effect.upper
    assert effect.interval_method == "Clopper-Pearson"
    assert [(leaf.statistic, leaf.text, leaf.quoted, leaf.printed) for leaf in effect.leaves] == [
        ("count", "17", True, "17 (42.5) of 40"),
        ("of", "40", True, "17 (42.5) of 40"),
    ]


DENOMINATORS = [
    # what is stored beside the count, the denominator, where it comes from
    ({"of": 30}, 30, "denominator printed with the count"),
    ({"of": 30, "patients": 35}, 30, "denominator printed with the count"),
    ({"patients": 35}, 35, "denominator: patients the value is about"),
    ({}, 40, "denominator: patients of the arm 'drug'"),
]


@pytest.mark.parametrize(("stored", "total", "origin"), DENOMINATORS)
def test_the_denominator_says_where_it_comes_from(invented, stored, total, origin):
    """The printed one first."""
    printed = " ".join(("12", *([f"of {stored['of']}"] if "of" in stored else [])))
    write(invented, {"printed": printed, **COUNT, "count": 12, **stored})
    found = selection(invented, ARM)
    assert found.effects[0].totals == (total,)
    assert any(origin in line for line in found.log)


def test_a_log_odds_ratio_is_that_of_the_two_arms(invented, compared):
    """ln(ad/bc)."""
    invented.study(**compared("alpha-2020", (4, 20), (10, 25)))
    (effect,) = selection(invented, ARMS, "log odds ratio").effects
    assert math.isclose(effect.y, math.log(4 * 15 / (16 * 10)))
    assert math.isclose(effect.v, 1 / 4 + 1 / 16 + 1 / 10 + 1 / 15)
    assert math.isclose(effect.estimate, math.exp(effect.y))
    assert (effect.events, effect.totals) == ((4, 10), (20, 25))


def test_the_level_of_a_hazard_ratio_is_assumed_only_aloud(invented):
    """METHODS D9 and promise 3."""
    value = {"printed": "HR 0.63 (0.41-0.98)", **HAZARD, "hazard_ratio": "0.63", "lower": "0.41", "upper": "0.98"}
    write(invented, dict(value))
    (effect,) = selection(invented, CONTRAST, "hazard ratio", outcome="death").effects
    assert any(note.startswith("LEVEL_ASSUMED") for note in effect.notes)
    write(invented, {**value, "printed": "HR 0.63 (90% 0.41-0.98)", "level": 90} | {"hazard_ratio": "0.63"})
    (other,) = selection(invented, CONTRAST, "hazard ratio", outcome="death").effects
    assert not [note for note in other.notes if note.startswith("LEVEL_ASSUMED")]
    assert other.v > effect.v, "the same limits at 90 % are less certain"


def test_an_asymmetric_interval_is_noted(invented):
    """No values that print so make it symmetric."""
    value = {"printed": "0.63 (0.41-0.89)", **HAZARD, "hazard_ratio": "0.63", "lower": "0.41", "upper": "0.89"}
    write(invented, value)
    (effect,) = selection(invented, CONTRAST, "hazard ratio", outcome="death").effects
    assert any(note.startswith("ASYMMETRIC") for note in effect.notes)


AGREE = [
    # two prints of one count or ratio; the one that is used
    ("sources", {"printed": "0.63 (0.41-0.98)", "source": "abstract"}, {"printed": "0.63 (0.41-0.98)"}, 1),
    ("digits", {"printed": "0.6 (0.4-1.0)"}, {"printed": "0.63 (0.41-0.98)"}, 1),
    ("place", {"printed": "0.63 (0.41-0.98)"}, {"printed": "0.63 (0.41-0.98)"}, 0),
    (
        "source before digits",
        {"printed": "0.634 (0.411-0.981)", "source": "abstract"},
        {"printed": "0.63 (0.41-0.98)"},
        1,
    ),
]


@pytest.mark.parametrize(("first", "second", "used"), [row[1:] for row in AGREE], ids=[row[0] for row in AGREE])
def test_of_prints_that_agree_the_best_is_used(invented, first, second, used):
    """Primary source, then most digits, then the first place."""
    values = []
    for given in (first, second):
        estimate, lower, upper = given["printed"].replace("(", "").replace(")", "").replace("-", " ").split()
        values.append({**given, **HAZARD, "hazard_ratio": estimate, "lower": lower, "upper": upper})
    write(invented, *values)
    if "source" in first:
        invented.edit("corpora/sources/abstract.yaml", '"primary"', '"abstract"')
    (effect,) = selection(invented, CONTRAST, "hazard ratio", outcome="death").effects
    assert effect.leaves[0].where == f"Place {used}"
    assert invented.codes() == []


def test_the_value_an_input_names_is_used_where_several_fit(invented):
    """A conflict is settled for this pool by naming the value."""
    write(
        invented,
        {"printed": "5 of 40", "id": "first", **COUNT, "count": 5, "of": 40},
        {"printed": "6 of 40", "id": "second", **COUNT, "count": 6, "of": 40},
    )
    assert selection(invented, ARM).unusable[0].code == "CONFLICT"
    assert selection(invented, {**ARM, "value": "second"}).effects[0].events == (6,)


def test_a_correlation_or_a_term_of_a_regression_is_no_effect(invented):
    """Numbers of a model are not the variable's own."""
    write(invented, {"printed": "−3.0 (1.0)", **SCORE, "mean_change": "-3.0", "sd": "1.0", "with": "dose"})
    assert selection(invented, CHANGE, "mean change").unusable[0].code == "NOT_PRINTED"


RESOLVED = [
    # relation, use, read_as -> events of the drug arm, or the code of what is unusable
    ("conflict", "first", None, (5,)),
    ("conflict", "second", None, (6,)),
    ("conflict", None, None, "NOT_PRINTED"),
    ("unusable", None, None, "NOT_PRINTED"),
    ("misplaced", None, None, "NOT_PRINTED"),
    ("misplaced", "first", {"arm": "usual"}, "NOT_PRINTED"),
    ("same quantity", "first", None, "CONFLICT"),
    ("conflict", "first", {"count": "9"}, (9,)),
    ("conflict", "first", {"count": "percent"}, "PERCENT_ONLY"),
]


@pytest.mark.parametrize(("relation", "use", "read_as", "expected"), RESOLVED)
def test_resolutions_choose_move_relabel_and_set_aside(invented, relation, use, read_as, expected):
    """Whatever they do, the prints stay in the file."""
    resolution = {
        "about": ["first", "second"],
        "relation": relation,
        "rule": "A rule",
        "because": "A reason",
        "by": "A",
        "date": "2026-01-01",
    }
    resolution |= ({"use": use} if use else {}) | ({"read_as": read_as} if read_as else {})
    write(
        invented,
        {"printed": "5 of 40", "id": "first", **COUNT, "count": 5, "of": 40},
        {"printed": "6 of 40", "id": "second", **COUNT, "count": 6, "of": 40},
        resolutions=json.dumps([resolution]),
    )
    found = selection(invented, ARM)
    if isinstance(expected, str):
        assert found.unusable[0].code == expected
        return
    (effect,) = found.effects
    assert effect.events == expected
    assert effect.leaves[0].quoted == (not (read_as and "count" in read_as)), "a corrected number stands in no quote"


BAD_RESOLUTIONS = [
    ({"use": "third"}, "is not among `about`"),
    ({"relation": "unusable", "use": "first"}, "an unusable value cannot be in use"),
    ({"read_as": {"count": "7"}}, "says how the value in use is read"),
    ({"use": "first", "read_as": {"cuont": "7"}}, "'cuont' is not a key of a value"),
    ({"use": "first", "read_as": {"count": "1,1"}}, "'1,1' is not a number as printed"),
    ({"use": "first", "date": "yesterday"}, "resolutions.1.date is 'yesterday', which is not written as expected"),
]


@pytest.mark.parametrize(("given", "message"), BAD_RESOLUTIONS)
def test_a_resolution_that_makes_no_sense_says_so(invented, given, message):
    """With the line of the resolution."""
    resolution = {
        "about": ["first"],
        "relation": "conflict",
        "rule": "A",
        "because": "B",
        "by": "C",
        "date": "2026-01-01",
    }
    write(
        invented,
        {"printed": "5 of 40", "id": "first", **COUNT, "count": 5, "of": 40},
        resolutions=json.dumps([{**resolution, **given}]),
    )
    finding = invented.only()
    assert message in finding.message
    assert finding.hint


def test_groups_of_one_study_have_labels_that_differ(invented, compared):
    """So that a forest plot can be read."""
    invented.study(**compared("alpha-2020", (4, 20), (10, 25)))
    both = [{**ARM, "arm": arm} for arm in ("drug", "usual")]
    labels = [e.label for e in invented.answer(both, plan="tabulate").selection.effects]
    assert len(set(labels)) == 2


def test_effects_are_sorted_whatever_the_order_of_the_inputs(invented, counted):
    """By study, cohort and group."""
    names = ("gamma-2022", "alpha-2020", "beta-2021")
    for name in names:
        invented.study(**counted(name, 5, 20))
    inputs = [{"study": n, "cohort": "main", "arm": "all", "variable": "improved"} for n in names]
    assert [e.study for e in invented.answer(inputs).selection.effects] == sorted(names)
