"""Invented answers, studies and sources for the tests of the report. No number here is from a real study."""

from __future__ import annotations

import math

from evsynth.model.choices import Choices
from evsynth.model.effect import Effect, Estimand, Leaf, Selection, Unusable
from evsynth.model.estimate import Answer, Companion, Estimate, Figures, Reason, Refusal
from evsynth.model.finding import Alternative, Finding, Place, Quoted
from evsynth.model.pool import Input, Pool
from evsynth.model.review import Outcome, Question, Review
from evsynth.model.source import Sidecar, Source
from evsynth.model.study import Study
from evsynth.text.extraction import Extraction, read_study

Z = 1.959964
HASH = "0123456789abcdef" * 4

REVIEW = Review(
    review="invented",
    title="Invented drug in invented lung disease",
    authors=("Tester A", "Example B"),
    licence="CC BY 4.0",
    question=Question(
        population="Adults",
        intervention="Invented drug",
        comparator="None",
        outcomes="Death & relapse",
        designs="Cohorts",
    ),
    eligibility=("Any cohort",),
    outcomes=(
        Outcome(outcome="death", label="Death within 12 months", word="death", definition="Any cause", better="lower"),
    ),
)


def pool(measure: str, name: str = "death", **more: object) -> Pool:
    """Make a pool with every choice stated."""
    proportion = measure == "proportion"
    choices = Choices(
        model="binomial-normal" if proportion else "random effects",
        estimator="none" if proportion else "REML",
        interval="wald" if proportion else "hksj",
        prediction="V",
        level="95",
        correction="none",
        overlap="refuse",
    )
    given: dict[str, object] = {
        "pool": name,
        "title": f"Death under the invented drug: {measure}",
        "question": "How often do patients die?",
        "claim": "rate in treated patients" if proportion else "treatment effect",
        "outcome": "death",
        "measure": measure,
        "plan": "pool",
        "because": "The definitions agree.",
        "inputs": (Input(study="alpha-2020", cohort="main", variable="death", arm="drug"),),
        "choices": choices,
    }
    return Pool.model_validate(given | more)


def estimand(**other: str) -> Estimand:
    """Make an estimand."""
    given = {
        "design": "non-randomised comparison",
        "contrast": "between arms",
        "outcome": "death",
        "definition": "Any cause",
        "instrument": "",
        "timepoint": "m12",
        "population": "",
        "adjustment": "Cox regression",
        "target": "conditional",
    }
    return Estimand(**(given | other))


def leaf(
    study: str, statistic: str, text: str, *, quoted: bool = True, printed: str = "", grade: str = "primary"
) -> Leaf:
    """Make a leaf; unquoted leaves are derived."""
    return Leaf(
        id=f"{study}/main/drug/death/m12@results.{statistic}",
        statistic=statistic,
        text=text,
        quoted=quoted,
        source=f"{study}-text" if quoted else None,
        grade=grade if quoted else None,
        where="Results, paragraph 2",
        quote=f"the result was {printed or text} in all" if quoted else "derived; 12 - 8; all were followed",
        printed=printed or text,
    )


def ratio(
    i: int, estimate: float, lower: float, upper: float, *, measure: str = "hazard ratio", **other: object
) -> Effect:
    """Make a ratio effect of invented study number i."""
    study = f"{NAMES[i]}-{2010 + i}"
    printed = f"HR {estimate} ({lower}–{upper})"
    se = (math.log(upper) - math.log(lower)) / (2 * Z)
    effect = Effect(
        id=f"{study}/main/drug-vs-none",
        study=study,
        cohort="main",
        group="drug-vs-none",
        label=f"{NAMES[i].title()} {2010 + i}",
        measure=measure,
        scale="log",
        y=math.log(estimate),
        v=se * se,
        estimate=estimate,
        lower=lower,
        upper=upper,
        interval_method="as printed",
        events=(),
        totals=(),
        formula="v = ((ln upper − ln lower) / (2 z))²",
        notes=(),
        estimand=estimand(),
        leaves=tuple(
            leaf(study, s, str(x), printed=printed)
            for s, x in (("hazard_ratio", estimate), ("lower", lower), ("upper", upper))
        ),
    )
    return effect._replace(**other)  # type: ignore[arg-type]


def share(i: int, events: int, total: int, lower: float, upper: float) -> Effect:
    """Make a proportion of invented study number i."""
    study = f"{NAMES[i]}-{2010 + i}"
    p = events / total
    return Effect(
        id=f"{study}/main/drug",
        study=study,
        cohort="main",
        group="drug",
        label=f"{NAMES[i].title()} {2010 + i}",
        measure="proportion",
        scale="logit",
        y=math.log((events + 0.5) / (total - events + 0.5)),
        v=1 / (events + 0.5) + 1 / (total - events + 0.5),
        estimate=p,
        lower=lower,
        upper=upper,
        interval_method="Clopper-Pearson",
        events=(events,),
        totals=(total,),
        formula="y = logit(events / total)",
        notes=(),
        estimand=estimand(contrast="one arm", adjustment="", design="single-arm series"),
        leaves=(leaf(study, "count", str(events)), leaf(study, "of", str(total))),
    )


NAMES = (
    "alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliett", "kilo", "lima",
)  # fmt: skip

RATIOS = (
    (0.62, 0.33, 1.16), (0.45, 0.20, 1.01), (0.91, 0.60, 1.38), (1.30, 0.71, 2.38), (0.55, 0.35, 0.86),
    (0.05, 0.001, 2.6), (0.77, 0.44, 1.35), (0.68, 0.50, 0.92), (1.02, 0.66, 1.58), (0.40, 0.12, 1.33),
    (0.83, 0.61, 1.13), (0.59, 0.25, 1.39),
)  # fmt: skip


def figures(measure: str, scale: str, estimate: float, lower: float, upper: float, **other: object) -> Figures:
    """Make figures; everything not given is plausible."""
    given = {
        "measure": measure,
        "scale": scale,
        "estimate": estimate,
        "lower": lower,
        "upper": upper,
        "level": 95.0,
        "interval": "hksj",
        "p": 0.0032,
        "tau2": 0.0361,
        "tau2_lower": 0.0,
        "tau2_upper": 0.49,
        "i2_tau2": 21.34,
        "i2_q": 18.0,
        "q": 12.345,
        "q_df": 11,
        "q_p": 0.338,
        "prediction": "V",
        "prediction_lower": lower * 0.7,
        "prediction_upper": upper * 1.4,
        "events": None,
        "total": None,
    }
    return Figures(**(given | other))  # type: ignore[arg-type]


BLANK = dict.fromkeys(
    (
        "tau2", "tau2_lower", "tau2_upper", "i2_tau2", "i2_q", "q", "q_df", "q_p", "prediction_lower",
        "prediction_upper",
    )
)  # fmt: skip

FITTED = {
    "model": "random effects, normal-normal",
    "tau2": "REML",
    "tau2 interval": "Q-profile",
    "interval": "hksj",
    "prediction": "V",
    "I2": "from tau2",
    "engine": "PyMARE 0.0.13",
}


def pooled(k: int) -> Answer:
    """Make a pool of k hazard ratios."""
    effects = tuple(ratio(i, *RATIOS[i]) for i in range(k))
    weights = tuple(100 * (1 / e.v) / sum(1 / f.v for f in effects) for e in effects)
    companions = (
        Companion("Wald", 0.71, 0.60, 0.84, "wald"),
        Companion("HKSJ", 0.71, 0.58, 0.87, "hksj"),
        Companion("Modified HKSJ", 0.71, 0.56, 1.02, "modified-hksj", "factor floored at 1"),
    )
    result = Estimate(
        pool="death-hazard",
        hash=HASH,
        kind="pooled",
        k=k,
        figures=figures("hazard ratio", "log", 0.71, 0.58, 0.87, q_df=k - 1),
        fitted=FITTED,
        weights=weights,
        companions=companions,
        warnings=(Reason("FEW_STUDIES", "Fewer than five studies."),) if k < 5 else (),
    )
    return Answer(pool("hazard ratio", "death-hazard"), Selection(effects, (), ()), result)


def single() -> Answer:
    """Make a single study shown as it is."""
    effect = ratio(0, *RATIOS[0])
    result = Estimate(
        pool="death-single",
        hash=HASH,
        kind="single study",
        k=1,
        figures=figures("hazard ratio", "log", *RATIOS[0], interval="as printed", prediction="none", **BLANK),
        fitted={"model": "none", "interval": "as printed"},
        weights=(100.0,),
        companions=(),
        warnings=(),
    )
    return Answer(pool("hazard ratio", "death-single", plan="single study"), Selection((effect,), (), ()), result)


UNUSABLE = Unusable(
    study="mike-2017",
    cohort="main",
    group="drug",
    label="Mike 2017",
    code="NO_VARIANCE",
    reason="A percentage reduction without absolute values has no variance.",
    shown="65% lower dose (secondary source)",
    estimand=None,
    leaves=(leaf("mike-2017", "percent_reduction", "65", grade="secondary"),),
)


def refused(k: int = 2) -> Answer:
    """Make a refusal with k effects and one unusable input."""
    effects = tuple(ratio(i, *RATIOS[i]) for i in range(k))
    reasons = [
        Reason("DIFFERENT_DEFINITIONS", "One word, 'relapse', stands for different outcomes: relapse (Alpha 2010)."),
        Reason("NO_VARIANCE", f"{UNUSABLE.label}: {UNUSABLE.reason}"),
        Reason(
            "TOO_FEW", "No input gives an effect." if k == 0 else f"{k} studies do not carry a random-effects model."
        ),
    ]
    bayes = Companion(
        "Bayesian, half-normal(0.5)", 0.54, 0.21, 1.33, "bayesian: half-normal 0.5 on tau", "companion only"
    )
    companions = (bayes,) if k == 2 else ()
    result = Refusal("death-refused", HASH[::-1], k, tuple(reasons), companions, ())
    made = pool("hazard ratio", "death-refused")
    return Answer(made, Selection(effects, (UNUSABLE,), ("mike-2017/x set aside: one patient",)), result)


def proportions() -> Answer:
    """Make a pool of three proportions, one of them without events."""
    effects = (share(0, 3, 24, 0.027, 0.324), share(1, 0, 18, 0.0, 0.185), share(2, 9, 60, 0.071, 0.266))
    companions = (
        Companion("Crude rate", 12 / 102, None, None, "sum of events over sum of patients"),
        Companion("Logit, REML", 0.118, 0.061, 0.216, "inverse variance, logit, REML", "0.5 added to a zero cell"),
    )
    result = Estimate(
        pool="death-rate",
        hash=HASH[3:] + "abc",
        kind="pooled",
        k=3,
        figures=figures(
            "proportion", "logit", 0.112, 0.058, 0.207, interval="wald", events=12, total=102, p=None,
            q=None, q_df=None, q_p=None, tau2_lower=None, tau2_upper=None, i2_q=None, i2_tau2=None,
        ),
        fitted={"model": "binomial-normal (logit, maximum likelihood)", "interval": "wald", "prediction": "V"},
        weights=(),
        companions=companions,
        warnings=(Reason("FEW_STUDIES", "Fewer than five studies."),),
    )  # fmt: skip
    return Answer(pool("proportion", "death-rate"), Selection(effects, (), ()), result)


def exact() -> Answer:
    """Make an outcome that nobody had."""
    effects = (share(0, 0, 24, 0.0, 0.142), share(1, 0, 18, 0.0, 0.185))
    made = figures(
        "proportion", "raw", 0.0, 0.0, 0.0688, interval="Clopper-Pearson, one-sided", events=0, total=42, p=None,
        **BLANK,
    )  # fmt: skip
    result = Estimate(
        "death-none",
        HASH,
        "exact",
        2,
        made._replace(prediction="none"),
        {"interval": "Clopper-Pearson, one-sided"},
        (),
        (),
        (),
    )
    return Answer(pool("proportion", "death-none"), Selection(effects, (), ()), result)


def hostile() -> Answer:
    """Make an answer whose words try to be markup and formulas."""
    effect = ratio(0, *RATIOS[0], label='<script>alert("x")</script>', formula="=HYPERLINK(1)", notes=("@sum & <b>",))
    single_answer = single()
    return single_answer._replace(selection=Selection((effect,), (), ()))


STUDY_FILE = """\
study: alpha-2010
label: Alpha 2010
title: An invented study of {Death} & relapse
authors: [Alpha A, Beta-Gamma BC]
year: "2010"
journal: Journal of Invented Results
volume: "12"
pages: 34-56
doi: 10.9999/invented.2010
reports: [{source: alpha-2010-text}]
extraction: {first: reader one, second: reader two, compared: 5, disagreements: 1, reconciled: a typing error}
cohorts:
  - cohort: main
    label: Main cohort
    design: non-randomised comparison
    condition: Invented lung disease
    patients: 54
    arms:
      - {arm: drug, label: Invented drug, role: treated, patients: 24}
      - {arm: none, label: No drug, role: comparator, patients: 30}
    contrasts:
      - {contrast: drug-vs-none, kind: between arms, arms: [drug, none], adjustment: cox}
adjustments: [{adjustment: cox, method: Cox regression, estimand: conditional, standard_error: model}]
timepoints: [{at: m12, label: 12 months}]
variables:
  - {variable: death, label: Death, kind: count, outcome: death}
passages:
  - source: alpha-2010-text
    where: Results, paragraph 2
    quote: died in 3 (12.5%) of 24 patients under <the drug>
    arm: drug
    variable: death
    at: m12
    values:
      - {printed: 3 (12.5%) of 24, count: 3, percent: 12.5, of: 24}
  - source: alpha-2010-text
    where: Results, paragraph 3
    quote: HR 0.62 (0.33–1.16)
    contrast: drug-vs-none
    variable: death
    at: m12
    adjustment: cox
    values:
      - {printed: HR 0.62 (0.33–1.16), hazard_ratio: 0.62, lower: 0.33, upper: 1.16}
unquoted:
  - {why: derived, id: alive, arm: drug, variable: death, count: 21, formula: 24 - 3, inputs: [x], assumption: followed}
not_reported:
  - {variable: death, source: alpha-2010-text, where: Discussion, quote: some also relapsed, why: no count}
resolutions:
  - {about: [x, z], relation: conflict, use: x, rule: primary first, because: so the table, by: AT, date: "2026-01-02"}
"""

SOURCE_TEXT = (
    "An invented study.\n\nMethods. <b>not markup</b>\n\nResults. One patient of each arm left; "
    "died in 3 (12.5%) of 24 patients under <the drug>.\n\nThe adjusted HR 0.62 (0.33–1.16) was not significant.\n"
)


def extraction() -> Extraction:
    """Read the invented study."""
    return read_study(STUDY_FILE, "extractions/studies/alpha-2010.yaml")


def studies() -> dict[str, Study]:
    """Give the invented studies by identifier; those without a file have only a title."""
    made = {"alpha-2010": extraction().study}
    for i, name in enumerate(NAMES[1:], 1):
        made[f"{name}-{2010 + i}"] = Study(
            study=f"{name}-{2010 + i}", label=f"{name.title()} {2010 + i}", title=f"Study {name}",
            authors=(f"{name.title()} X",), year=str(2010 + i),
        )  # fmt: skip
    made["mike-2017"] = Study(
        study="mike-2017", label="Mike 2017", title="Study mike", authors=("Mike M", "Oscar"), year="2017"
    )
    return made


def sidecar(source: str, **other: object) -> Sidecar:
    """Make a sidecar."""
    given: dict[str, object] = {
        "source": source, "kind": "full text", "grade": "primary", "study": source.rpartition("-")[0], "title": "T",
        "licence": "CC BY 4.0", "attribution": "© the invented authors", "origin": "invented", "sha256": "0" * 64,
    }  # fmt: skip
    return Sidecar.model_validate(given | other)


def sources() -> dict[str, Source]:
    """Give one openly licensed source that is held, and one that is not."""
    return {
        "alpha-2010-text": Source(sidecar("alpha-2010-text", file="a.txt"), SOURCE_TEXT, "0" * 64),
        "mike-2017-text": Source(
            sidecar("mike-2017-text", grade="secondary", kind="secondary summary", licence="not openly licensed"),
            None,
            None,
        ),
    }


def offsets() -> dict[str, tuple[str, int, int]]:
    """Locate the numbers of the invented study in its source, as the build does."""
    found = {}
    for observation in extraction().observations:
        if observation.unquoted is not None:
            continue
        start = SOURCE_TEXT.index(observation.printed)
        for name, number in observation.statistics.items():
            at = SOURCE_TEXT.index(number.text, start)
            found[observation.name(name)] = ("alpha-2010-text", at, at + len(number.text))
    return found


def findings() -> tuple[Finding, ...]:
    """Give two findings."""
    place = Place("extractions/studies/alpha-2010.yaml", 24, 5)
    return (
        Finding(
            "PERCENT_IMPOSSIBLE", "inconsistent", "alpha-2010", place, "12.5 <i> of 24", "list the counts",
            quotes=(Quoted("alpha-2010-text", 5, 9, "died in 3"),), computed=(("count", "3"),),
            alternatives=(Alternative("3", "fits"),),
        ),
        Finding("NOTE_ONLY", "note", "alpha-2010", place, "=a note"),
    )  # fmt: skip


def every() -> dict[str, Answer]:
    """Give one answer of every kind."""
    return {
        "twelve": pooled(12),
        "three": pooled(3),
        "single": single(),
        "refused with two": refused(2),
        "refused with one": refused(1),
        "refused with none": refused(0),
        "proportions": proportions(),
        "exact": exact(),
        "hostile": hostile(),
    }
