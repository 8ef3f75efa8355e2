"""Discrepant prints flow into the estimate (BEYOND B2): readings become branches, and the pool shows their range."""

from __future__ import annotations

import csv
import io
import json
import math
from typing import Any

import pytest

from evsynth.build.answers import answered
from evsynth.build.branches import CODE
from evsynth.build.outputs import pool_outputs
from evsynth.model.finding import Alternative, Finding, Place
from evsynth.pooling.random_effects import pool

NAMES = ("alpha-2020", "beta-2021", "gamma-2022", "delta-2023")
PRINTS = {
    "alpha-2020": ("0.63", "0.41", "0.98"),
    "beta-2021": ("0.80", "0.50", "1.28"),
    "gamma-2022": ("0.55", "0.37", "0.82"),
    "delta-2023": ("0.90", "0.60", "1.35"),
}
HAZARDS: dict[str, Any] = {"measure": "hazard ratio", "outcome": "death"}


def inputs(names: tuple[str, ...] = NAMES) -> list[dict[str, str]]:
    """Give the inputs of a pool of printed hazard ratios."""
    return [{"study": n, "cohort": "main", "contrast": "drug-vs-usual", "variable": "death"} for n in names]


@pytest.fixture
def hazards(invented):
    """Four studies that each print one hazard ratio, and a pool of them."""
    for name, (estimate, lower, upper) in PRINTS.items():
        printed = f"{estimate} ({lower}-{upper}), P = 0.004"
        invented.study(
            f"""
            passages:
              - source: {name}-paper
                where: Results
                quote: the hazard ratio was {printed} here
                values: [{{id: hr, printed: "{printed}", contrast: drug-vs-usual, variable: death, at: month-6,
                           hazard_ratio: {estimate}, lower: {lower}, upper: {upper}, p: 0.004}}]
            """,
            study=name,
            label=name,
        )
    invented.pool(inputs(), **HAZARDS)
    return invented


def finding(study: str, *alternatives: Alternative, code: str = "RATIO_P") -> Finding:
    """Make a finding that admits other readings, as a check would."""
    return Finding(code, "inconsistent", study, Place("x"), "does not fit", alternatives=alternatives)


def limits(study: str, lower: str, upper: str, because: str = "what the printed P gives") -> Alternative:
    """Admit other limits of a study's hazard ratio."""
    reads = ((f"{study}/hr.lower", lower), (f"{study}/hr.upper", upper))
    return Alternative(f"{lower} to {upper}", because, reads)


def numbers(review: Any) -> tuple[list[float], list[float]]:
    effects = answered(review.folder(), "asked", findings=()).answer.selection.effects
    return [e.y for e in effects], [e.v for e in effects]


def test_a_printed_p_that_does_not_fit_gives_two_branches(hazards):
    """AT1: HR 0.63 (0.41-0.98) with P 0.004: the interval as printed, and the one that the printed P gives."""
    found = answered(
        hazards.folder(), "asked", findings=(finding("alpha-2020", limits("alpha-2020", "0.460", "0.863")),)
    )
    assert found.branches is not None
    assert (found.branches.combinations, found.branches.listed) == (2, 2)
    (alone,) = found.branches.branches
    y, v = numbers(hazards)
    order = [e.study for e in found.answer.selection.effects].index("alpha-2020")
    y[order], v[order] = math.log(0.63), ((math.log(0.863) - math.log(0.460)) / (2 * 1.959963984540054)) ** 2
    other = pool(y, v, estimator="REML", interval="hksj", prediction="V", level=0.95)
    assert alone.estimate == pytest.approx(math.exp(other.mean), rel=1e-9)
    assert alone.lower == pytest.approx(math.exp(other.intervals.hksj.lower), rel=1e-9)
    both = sorted([alone.estimate, found.answer.result.figures.estimate])
    assert [found.branches.lowest, found.branches.highest] == pytest.approx(both, rel=1e-12)
    (said,) = [w.message for w in found.answer.result.warnings if w.code == CODE]
    assert "1 other reading of discrepant prints (2 data sets)" in said
    assert f"{found.branches.crossing} of 2 intervals hold no effect" in said


def test_what_cannot_change_the_estimate_is_no_branch(hazards):
    """AT2: rounding noise, a P that enters no effect, and readings without numbers."""
    readings = (
        finding("alpha-2020", limits("alpha-2020", "0.4100", "0.98", "the same number with more digits")),
        finding("beta-2021", Alternative("0.04", "misprinted P", (("beta-2021/hr.p", "0.04"),))),
        finding("gamma-2022", Alternative("misprint", "nothing to replace")),
    )
    found = answered(hazards.folder(), "asked", findings=readings)
    assert found.branches is not None
    assert found.branches.branches == ()
    assert {one.reading.why_not for one in found.branches.readings} == {"does not move the effect"}
    assert found.branches.combinations == 1
    assert CODE not in {w.code for w in found.answer.result.warnings}


def test_without_findings_the_range_is_the_headline(hazards):
    """AT3: one data branch, equal to the headline to 1e-12."""
    noise = finding("alpha-2020", limits("alpha-2020", "0.4100", "0.98"))
    found = answered(hazards.folder(), "asked", findings=(noise,))
    headline = found.answer.result.figures.estimate
    assert found.branches.lowest == pytest.approx(headline, rel=1e-12)
    assert found.branches.highest == pytest.approx(headline, rel=1e-12)
    nothing = answered(hazards.folder(), "asked", findings=())
    assert nothing.branches is None
    assert nothing.answer.result == found.answer.result


def test_many_branches_are_a_full_grid_or_a_sample_with_exact_extremes(hazards):
    """AT4: up to 5,000 data sets all are pooled; beyond, a seeded sample, and the extremes are still exact."""

    def several(count: int) -> tuple[Finding, ...]:
        return tuple(
            finding(n, *(limits(n, f"{float(low) - 0.01 * (i + 1):.3f}", high) for i in range(count)))
            for n, (_, low, high) in PRINTS.items()
        )

    full = answered(hazards.folder(), "asked", findings=several(3)).branches
    assert (full.combinations, full.listed) == (4**4, 4**4)
    assert full.how == "all 256 data sets pooled"
    many = answered(hazards.folder(), "asked", findings=several(9)).branches
    assert (many.combinations, many.listed) == (10**4, 5000)
    assert "seed 1" in many.how
    assert "all 10000 combinations" in many.how
    assert many.lowest <= full.lowest < full.highest <= many.highest


def test_readings_that_take_an_effect_away_are_said_and_not_pooled(hazards):
    """Limits that exclude the estimate give no effect."""
    found = answered(hazards.folder(), "asked", findings=(finding("alpha-2020", limits("alpha-2020", "0.70", "0.98")),))
    (one,) = found.branches.readings
    assert one.estimate is None
    assert one.reading.why_not == "alpha-2020 would give no effect"


def test_the_outputs_of_a_pool_show_its_branches(hazards):
    """branches.csv, the warning in estimate.json, and the sentence."""
    findings = (finding("alpha-2020", limits("alpha-2020", "0.460", "0.863")),)
    found = answered(hazards.folder(), "asked", findings=findings)
    made = pool_outputs(found.answer, hazards.folder().review, {}, found.branches)
    rows = list(csv.DictReader(io.StringIO(made["asked/branches.csv"].decode())))
    assert [row["reading"] for row in rows] == ["0.460 to 0.863", "lowest", "highest"]
    assert rows[0]["reads"] == "alpha-2020/hr.lower = 0.460; alpha-2020/hr.upper = 0.863"
    assert CODE in {w["code"] for w in json.loads(made["asked/estimate.json"])["warnings"]}
    assert "other reading of discrepant prints" in made["asked/sentence.md"].decode()
    assert {"asked/sensitivity.json", "asked/leave-one-out.svg", "asked/specification-curve.png"} <= made.keys()


def test_a_count_that_reads_otherwise_moves_a_pool_of_counts(invented, counted):
    """Proportions have no fast path: every data set is fitted by the model of the pool."""
    for number, name in enumerate(NAMES):
        invented.study(**counted(name, 6 + number, 25))
    invented.pool([{"study": n, "cohort": "main", "arm": "all", "variable": "improved"} for n in NAMES])
    folder = invented.folder()
    value = folder.studies["beta-2021"].observations[0]
    other = Alternative("9", "another count prints the same percentage", ((value.name("count"), "9"),))
    hidden = Alternative("of 23", "two patients missing", ((value.name("of"), "23"),))
    found = answered(folder, "asked", findings=(finding("beta-2021", other, hidden, code="COUNT_PERCENT"),))
    assert (found.branches.combinations, found.branches.crossing) == (3, None)
    assert found.branches.lowest < found.branches.highest
    (said,) = [w.message for w in found.answer.result.warnings if w.code == CODE]
    assert "hold no effect" not in said
    assert "all 3 data sets fitted" in said


def test_exchanged_numbers_are_one_branch(invented, compared):
    """Two values of one reading change together: there is no data set with only one of them."""
    for number, name in enumerate(NAMES):
        invented.study(**compared(name, (8 + number, 40), (14, 40)))
    pair = [{"study": n, "cohort": "main", "arms": ["drug", "usual"], "variable": "improved"} for n in NAMES]
    invented.pool(pair, measure="log odds ratio")
    folder = invented.folder()
    drug, usual = (o.name("count") for o in folder.studies["alpha-2020"].observations)
    both = Alternative("counts exchanged", "the columns", ((drug, "14"), (usual, "8")))
    found = answered(folder, "asked", findings=(finding("alpha-2020", both, code="COUNTS_EXCHANGED"),))
    assert found.branches.combinations == 2
    (alone,) = found.branches.branches
    assert alone.estimate > found.answer.result.figures.estimate


def test_the_command_shows_the_branches(hazards, monkeypatch, capsys):
    """`evsynth sensitivity POOL` in a review, with the checks of the review itself."""
    from evsynth.cli.main import main

    monkeypatch.chdir(hazards.root)
    with pytest.raises(SystemExit) as ended:
        main(["sensitivity", "asked", "--part", "leave-one-out", "--json"])
    assert not ended.value.code
    told = json.loads(capsys.readouterr().out)
    assert [t["name"] for t in told["tables"]] == ["data branches", "leave-one-out"]
    assert told["fitted"]["model"] == "random effects, tau2 by REML"


def test_a_single_study_shows_its_readings_too(hazards, monkeypatch, capsys):
    """Nothing is pooled, but the figures of the study hang on the reading all the same."""
    hazards.pool(inputs(NAMES[:1]), plan="single study", **HAZARDS)
    findings = (finding("alpha-2020", limits("alpha-2020", "0.460", "0.863")),)
    found = answered(hazards.folder(), "asked", findings=findings)
    assert found.answer.result.kind == "single study"
    (said,) = [w.message for w in found.answer.result.warnings if w.code == CODE]
    assert said.startswith("The study admits 1 other reading")
    assert (found.branches.combinations, found.branches.crossing) == (2, 0)
    assert (
        b"0.460 to 0.863"
        in pool_outputs(found.answer, hazards.folder().review, {}, found.branches)["asked/branches.csv"]
    )


def test_what_a_check_finds_reaches_the_pool(hazards):
    """AT1 from the print to the pool: three of four printed P do not go with their interval."""
    found = answered(hazards.folder(), "asked")
    assert {one.reading.code for one in found.branches.branches} == {"RATIO_P"}
    assert {one.reading.study for one in found.branches.branches} == {"alpha-2020", "beta-2021", "delta-2023"}
    assert found.branches.combinations == 2**3
    assert found.branches.lowest < found.answer.result.figures.estimate < found.branches.highest
    assert CODE in {w.code for w in found.answer.result.warnings}
