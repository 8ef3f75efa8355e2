"""`evsynth pool`, `sensitivity`, `bias` and `nma` over plain tables print what the engine, and others, give."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from plain_tables import BCG, RARE, RESPONSE

import evsynth as ev
from evsynth.cli.main import main
from evsynth.pooling.beta_binomial import beta_binomial
from evsynth.pooling.dependence.correlated_effects import over_rho
from evsynth.pooling.fast.many import fit_subsets
from evsynth.pooling.proportions import binomial_normal
from evsynth.pooling.rare_events.beta_binomial_arms import beta_binomial_arms
from evsynth.pooling.rare_events.glmm import two_arm_glmm
from evsynth.pooling.rare_events.mantel_haenszel import mantel_haenszel
from evsynth.pooling.rare_events.peto import peto
from evsynth.pooling.rare_events.tables import check_two_arms
from evsynth.pooling.small_study.two_by_two import metabias

REFERENCES = Path(__file__).resolve().parents[1] / "references"


@pytest.fixture
def run(capsys):
    """Run a command; give its exit code, output and errors."""

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        captured = capsys.readouterr()
        return int(ended.value.code or 0), captured.out, captured.err

    return call


@pytest.fixture
def table(tmp_path):
    """Write a table and give its path."""

    def write(text: str, name: str = "data.csv") -> str:
        path = tmp_path / name
        path.write_text(text)
        return str(path)

    return write


def told(run, *arguments: str) -> dict:
    code, out, err = run(*arguments, "--json")
    assert code == 0, err
    return json.loads(out)


def rows(content: dict, name: str) -> list[dict]:
    return next(t["rows"] for t in content["tables"] if t["name"] == name)


def arms(text: str):
    lines = [line.split(",") for line in text.splitlines()[1:]]
    columns = [[int(line[i]) for line in lines] for i in (1, 2, 3, 4)]
    return check_two_arms(*columns, labels=[line[0] for line in lines])


ARMS = [
    ("mh", lambda t: mantel_haenszel(t, "OR", level=0.95)),
    ("peto", lambda t: peto(t, level=0.95)),
    ("glmm", lambda t: two_arm_glmm(t, model="CM.EL", interval="wald", prediction="V", level=0.95)),
    ("glmm-conditional-approximate", lambda t: two_arm_glmm(
        t, model="CM.AL", interval="wald", prediction="V", level=0.95)),
    ("glmm-fixed-studies", lambda t: two_arm_glmm(t, model="UM.FS", interval="wald", prediction="V", level=0.95)),
    ("beta-binomial", lambda t: beta_binomial_arms(t, "OR", level=0.95)),
]  # fmt: skip


@pytest.mark.parametrize(("model", "fit"), ARMS, ids=[name for name, _ in ARMS])
def test_models_of_two_arms(run, table, model, fit):
    """Zero cells and a study without events stay in the table; nothing is corrected, and the model names itself."""
    content = told(run, "pool", table(RARE), "--measure", "OR", "--model", model)
    found, figures = fit(arms(RARE)), content["figures"]
    values = (figures["estimate"], figures["lower"], figures["upper"])
    assert values == pytest.approx([math.exp(x) for x in (found.estimate, found.lower, found.upper)], rel=2e-6)
    assert content["fitted"]["zero cells"] == "as they are, no correction"
    assert content["k"] == 5
    assert [e["label"] for e in content["effects"] if e["y"] is None] == ["One", "Four"]


def test_a_study_that_a_model_leaves_out_is_named(run, table):
    _, out, _ = run("pool", table(RARE), "--measure", "OR", "--model", "mh")
    assert "Four" in out
    fitted = told(run, "pool", table(RARE), "--measure", "OR", "--model", "glmm")["fitted"]
    assert "Four" in fitted["left out"]


def test_models_of_one_arm(run, table):
    path = table(RESPONSE)
    x, n = [12, 9, 17, 5, 22], [24, 31, 40, 18, 37]
    mixed = told(run, "pool", path, "--measure", "PLO", "--model", "glmm")["figures"]
    found = binomial_normal(x, n, interval="wald", prediction="V", level=0.95)
    assert mixed["estimate"] == pytest.approx(found.median_probability, rel=2e-6)
    beta = told(run, "pool", path, "--measure", "PLO", "--model", "beta-binomial")
    assert beta["figures"]["estimate"] == pytest.approx(beta_binomial(x, n, level=0.95).mean_probability, rel=2e-6)
    assert beta["fitted"]["meaning"] == "mean study probability"


def test_nobody_with_the_event_is_an_exact_answer_and_shows_each_study(run, table):
    content = told(run, "pool", table("study,xi,ni\nA,0,20\nB,0,25"), "--measure", "PLO", "--model", "glmm")
    assert content["kind"] == "exact"
    assert [e["upper"] for e in content["effects"]] == pytest.approx([0.168433, 0.137185], abs=2e-6)


MEANS = "study,m1i,sd1i,n1i,m2i,sd2i,n2i\nA,10,2,20,8,2,20\nB,11,{sd},22,9,2.1,21\nC,10,2,20,9,2,25\nD,10,2.2,20,9,2,25"


@pytest.mark.parametrize(("sd", "warned"), [("0.45", True), ("2.1", False), ("1.2", False), ("0.05", False)])
def test_a_standard_error_that_stands_for_a_standard_deviation_is_pointed_at(run, table, sd, warned):
    """Far below the other studies' and like them when multiplied by the root of n; a small SD alone is left alone."""
    content = told(run, "pool", table(MEANS.format(sd=sd)), "--measure", "MD")
    messages = [w["message"] for w in content["warnings"] if w["code"] == "SD_MAY_BE_SE"]
    assert bool(messages) == warned
    assert all("B: sd1i" in message for message in messages)


def test_rates_are_pooled_without_correction(run, table):
    path = table("study,x1i,t1i,x2i,t2i\nA,0,120,4,118\nB,3,310,9,300\nC,2,95,5,99\n")
    for model in ("mh", "glmm"):
        content = told(run, "pool", path, "--measure", "IRR", "--model", model)
        assert 0 < content["figures"]["estimate"] < 1


def test_printed_hazard_ratios_are_read_with_their_intervals(run, table):
    path = table("study,estimate,lower,upper\nA,0.63,0.41,0.98\nB,0.80,0.50,1.28\nC,0.55,0.37,0.82\n")
    content = told(run, "pool", path, "--measure", "HR")
    assert content["effects"][0]["estimate"] == pytest.approx(0.63)
    assert content["effects"][0]["v"] == pytest.approx(0.2223**2, rel=2e-3)  # METHODS of the field: D9
    code, _, err = run(
        "pool", table("study,estimate,lower,upper\nA,0.63,0.70,0.98\nB,0.8,0.5,1.28\n"), "--measure", "HR"
    )
    assert code == 1
    assert "does not lie inside its interval" in err


def test_bayes_shows_shrinkage_and_other_priors(run, table):
    path = table(BCG)
    code, out, _ = run("pool", path, "--measure", "RR", "--model", "bayes", "--prior", "half-normal:0.5")
    assert code == 0
    for words in ("half-normal(scale = 0.5)", "shrunken effects", "Prior half-normal(scale = 1)", "HKSJ"):
        assert words in out
    code, _, err = run("pool", path, "--measure", "RR", "--model", "bayes")
    assert code == 1
    assert "needs prior" in err


def test_several_effects_of_a_cluster(run, table):
    lines = ["study,yi,vi,district"]
    y = [0.1, 0.25, -0.05, 0.4, 0.32, 0.2, 0.05, 0.15]
    lines += [f"s{i},{value},0.04,{'abcd'[i // 2]}" for i, value in enumerate(y)]
    content = told(run, "pool", table("\n".join(lines)), "--measure", "GEN", "--cluster", "district", "--rho", "0.6")
    (at,) = over_rho(y, [0.04] * 8, cluster=[*"aabbccdd"], method="REML", rhos=(0.6,))
    mean = at.robust.coefficients[0]
    figures = content["figures"]
    assert [figures[x] for x in ("estimate", "lower", "upper")] == pytest.approx(
        [mean.estimate, mean.lower, mean.upper], rel=2e-5
    )
    assert "SATTERTHWAITE_DF_BELOW_4" in {w["code"] for w in content["warnings"]}


def test_a_meta_regression_gives_the_published_coefficients(run, table, tmp_path):
    """The mixed-effects model of the BCG trials on latitude, as R's metafor prints it."""
    picture = tmp_path / "bubbles.svg"
    content = told(run, "pool", table(BCG), "--measure", "RR", "--moderators", "latitude", "--forest", str(picture))
    intercept, slope = rows(content, "coefficients")
    assert (intercept["estimate"], slope["estimate"]) == pytest.approx((0.2515, -0.0291), abs=5e-5)
    assert content["fitted"]["explained"].startswith("R² = 75.6%")
    assert b"<svg" in picture.read_bytes()
    assert "between studies" in content["cannot_show"]


def test_permutation_of_moderators_is_seeded(run, table):
    first, second = (
        told(run, "pool", table(BCG), "--measure", "RR", "--moderators", "latitude", "--permute") for _ in range(2)
    )
    assert first == second
    assert rows(first, "permutation test")[0]["P"] < 0.05


@pytest.mark.parametrize("tau2", ["separate", "pooled"])
def test_subgroups_are_compared_by_their_interaction(run, table, tau2):
    content = told(run, "pool", table(BCG), "--measure", "RR", "--subgroup", "allocation", "--tau2", tau2)
    groups = {row["subgroup"]: row for row in rows(content, "subgroups")}
    assert {name: row["k"] for name, row in groups.items()} == {"alternate": 2, "random": 7, "systematic": 4}
    shared = {row["tau2"] for row in groups.values()}
    assert (len(shared) == 1) == (tau2 == "pooled")
    assert "SUBGROUPS_ARE_OBSERVATIONAL" in {w["code"] for w in content["warnings"]}


def test_everything_an_answer_hangs_on(run, table, tmp_path):
    figures = tmp_path / "figures"
    content = told(run, "sensitivity", table(BCG), "--measure", "RR", "--order", "year", "--figures", str(figures))
    studies = [line.partition(",")[0] for line in BCG.splitlines()[1:]]
    assert [row["without"] for row in rows(content, "leave-one-out")] == studies
    assert rows(content, "cumulative")[0]["added"] == "Aronson 1948"
    assert rows(content, "cumulative")[-1]["estimate"] == pytest.approx(math.exp(-0.7145323), rel=1e-6)
    assert content["fitted"]["subsets"] == f"all {2**13 - 13 - 1} of two studies or more"
    made = {p.name for p in figures.iterdir()}
    assert made == {f"{n}.svg" for n in ("leave-one-out", "cumulative", "baujat", "gosh", "specification-curve")}
    inside = [[int(i != 3) for i in range(13)]]
    effects = ev.sensitivity([0.1, 0.2, 0.4, 0.3], [0.01, 0.02, 0.03, 0.02])
    assert effects.tables[0] == "leave-one-out"
    from evsynth.build.plain_table import studies_of
    from evsynth.text.table import read_table

    found = studies_of(read_table(BCG, "x.csv"), "RR").effects
    fit = fit_subsets([e.y for e in found], [e.v for e in found], inside, estimator="REML")
    hart = rows(content, "leave-one-out")[3]
    assert hart["estimate"] == pytest.approx(math.exp(fit.mean[0]), rel=1e-9)


def test_a_model_of_counts_is_fitted_again_without_each_study(run, table):
    """Zero cells included; a fit without an answer keeps its reason."""
    content = told(run, "sensitivity", table(RARE), "--measure", "OR", "--model", "mh")
    whole = arms(RARE)
    expected = [mantel_haenszel(whole.take([j != i for j in range(5)]), "OR", level=0.95) for i in range(5)]
    found = [row["estimate"] for row in rows(content, "leave-one-out")]
    assert found == pytest.approx([math.exp(e.estimate) for e in expected], rel=1e-9)
    two = table("\n".join([RARE.splitlines()[0], "A,0,9,1,9", "B,0,9,0,8", "C,0,7,0,7", "D,1,9,2,8"]), "two.csv")
    told_of = rows(told(run, "sensitivity", two, "--measure", "OR", "--model", "mh"), "leave-one-out")
    assert [bool(row["no answer because"]) for row in told_of] == [False, False, False, True]
    code, _, err = run("sensitivity", two, "--measure", "OR", "--model", "mh", "--part", "gosh")
    assert code == 1
    assert "only for --model inverse-variance" in err


def test_one_part_of_a_sensitivity_analysis(run, table):
    content = told(run, "sensitivity", table(BCG), "--measure", "RR", "--part", "leave-two-out")
    assert [t["name"] for t in content["tables"]] == ["leave-two-out"]


def test_small_study_effects_of_two_by_two_tables(run, table, tmp_path):
    content = told(run, "bias", table(BCG), "--measure", "OR", "--figures", str(tmp_path / "f"))
    t = arms(BCG)
    peters = metabias(t.x1, t.n1 - t.x1, t.x2, t.n2 - t.x2, method="Peters")
    by_name = {row["test"]: row for row in rows(content, "tests of funnel asymmetry")}
    assert by_name["Peters (log odds ratio)"]["P"] == pytest.approx(peters.p, rel=1e-9)
    names = {row["method"].partition(" ")[0] for row in rows(content, "adjusted estimates")}
    assert {"Trim", "PET-PEESE", "Selection", "Limit", "Henmi-Copas"} <= names
    assert all(row["cannot show"] for row in rows(content, "what each method shows"))
    assert (tmp_path / "f" / "funnel.svg").exists()


@pytest.mark.parametrize(
    ("text", "measure", "words"),
    [
        (RESPONSE, "PLO", "funnel asymmetry says nothing"),
        ("\n".join(BCG.splitlines()[:10]), "OR", "9 studies: with fewer than 10"),
    ],
)
def test_small_study_effects_are_refused_with_the_reason(run, table, text, measure, words):
    code, out, err = run("bias", table(text), "--measure", measure)
    assert (code, out) == (1, "")
    assert words in err


def test_a_network_agrees_with_netmeta(run, table, tmp_path):
    """Senn 2013, REML: network estimates of every treatment against placebo."""
    reference = json.loads((REFERENCES / "network_netmeta.json").read_text())
    columns = reference["datasets"]["senn2013_contrast"]["columns"]
    case = next(c for c in reference["cases"] if c["id"] == "netmeta/senn2013_contrast/DL")["output"]
    names = ("studlab", "treat1", "treat2", "TE", "seTE")
    lines = ["study,treat1,treat2,yi,sei"]
    lines += [",".join(map(str, row)) for row in zip(*(columns[n] for n in names), strict=True)]
    path = table("\n".join(lines))
    figures = ("--figures", str(tmp_path / "n"))
    content = told(run, "nma", path, "--measure", "MD", "--reference", "plac", "--estimator", "DL", *figures)
    place = {name: i for i, name in enumerate(case["trts"])}
    for row in rows(content, "against plac"):
        expected = case["TE.random"][place[row["treatment"]]][place["plac"]]
        assert row["estimate"] == pytest.approx(expected, abs=1e-8)
    assert {p.name for p in (tmp_path / "n").iterdir()} == {
        "against-reference.svg",
        "network.svg",
        "adjusted-funnel.svg",
    }
    assert len(rows(content, "league table")) == 10
    code, _, err = run("nma", path, "--measure", "MD", "--reference", "nobody")
    assert code == 1
    assert "'nobody' is no treatment" in err


def test_a_network_of_arms(run, table):
    path = table(
        "study,treatment,event,n\nA,drug,5,50\nA,usual,9,51\nB,drug,4,40\nB,other,7,42\nC,other,8,60\nC,usual,11,58\n"
        "D,drug,6,70\nD,usual,12,69\nD,other,9,71\n"
    )
    content = told(run, "nma", path, "--measure", "OR", "--reference", "usual")
    assert {row["treatment"] for row in rows(content, "against usual")} == {"drug", "other"}
    apart = table("study,treatment,event,n\nA,x,5,50\nA,y,9,51\nB,z,4,40\nB,w,7,42\n", "apart.csv")
    code, _, err = run("nma", apart, "--measure", "OR")
    assert code == 1
    assert "x" in err
    assert "Traceback" not in err


WRONG = [
    (("pool", "--measure", "OR", "--model", "best"), "inverse-variance"),
    (("pool", "--measure", "MD", "--model", "mh"), "needs"),
    (("pool", "--measure", "OR", "--model", "peto", "--interval", "hksj"), "one way only"),
    (("pool", "--measure", "OR", "--moderators", "longitude"), "longitude"),
    (("pool", "--measure", "OR", "--subgroup", "nothing"), "no column nothing"),
    (("pool", "--measure", "OR", "--moderators", "year", "--subgroup", "allocation"), "one of"),
    (("pool", "--measure", "OR", "--level", "150"), "not in the range 50<=x<100"),
    (("pool", "--measure", "OR", "--level", "0.95"), "not in the range 50<=x<100"),
    (("pool", "--measure", "OR", "--model", "bayes", "--prior", "wide"), "half-normal"),
    (("pool", "--measure", "OR", "--forest", "plot.pdf"), ".svg or .png"),
    (("sensitivity", "--measure", "OR", "--estimator", "BEST"), "REML"),
    (("sensitivity", "--measure", "OR", "--order", "nothing"), "no column nothing"),
    (("sensitivity",), "--measure"),
]


@pytest.mark.parametrize(("arguments", "words"), WRONG, ids=[" ".join(a) for a, _ in WRONG])
def test_a_wrong_question_gets_one_clear_message(run, table, arguments, words):
    verb, *options = arguments
    code, out, err = run(verb, table(BCG), *options)
    assert (code, out) == (1, "")
    assert words in err
    assert "Traceback" not in err


def test_every_result_prints_frames_and_cites(tmp_path):
    """One face for every model: repr, frame, JSON, picture, methods with references."""
    y, v = [0.1, -0.3, 0.4, 0.2, 0.05], [0.02, 0.03, 0.05, 0.04, 0.02]
    data = {"dose": [1.0, 2.0, 3.0, 4.0, 5.0]}
    senn = (
        [0.2, 0.3, 0.15], [0.1, 0.1, 0.12], ["a", "a", "b"], ["b", "c", "c"], ["s1", "s2", "s3"],
    )  # fmt: skip
    results = [
        ev.pool(y, v),
        ev.pool(y, v, model="bayes", prior="half-normal 0.5"),
        ev.pool(y, v, model="multilevel", cluster=["a", "a", "b", "c", "c"], rho=0.6),
        ev.pool_counts([1, 2, 0], [20, 30, 25], [4, 5, 3], [20, 30, 25], model="mantel-haenszel"),
        ev.pool_counts([3, 8, 5], [20, 30, 25]),
        ev.meta_regression(y, v, data, "dose"),
        ev.sensitivity(y, v, parts=("leave-one-out", "influence")),
        ev.bias(y * 2, v * 2),
        ev.network(*senn),
    ]
    for found in results:
        assert isinstance(found, ev.Found)
        assert len(repr(found).splitlines()) > 5
        assert len(found.frame()) >= 2
        assert json.loads(found.to_json())
        assert found.forest()._repr_svg_().startswith("<svg")
        assert "1. " in found.methods(), found.methods()
        for name in found.figures:
            assert found.figure(name, format="png").startswith(b"\x89PNG")
            assert found.figure(name) == found.figure(name)
    with pytest.raises(KeyError, match="tables:"):
        results[0].frame("nothing")
    with pytest.raises(KeyError, match="figures:"):
        results[0].figure("nothing")
