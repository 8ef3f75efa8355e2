"""What the rows of a forest plot say: studies, summary, inputs without an effect, and the notes below."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from evsynth.model.effect import Effect, Unusable
from evsynth.model.estimate import Answer, Estimate, Figures
from evsynth.report.measures import words
from evsynth.report.numbers import decimal, decimals_for, interval, journal, level, p_value, six, with_interval

DRAW_PREDICTION_FROM = 5
"""With fewer studies a prediction interval is too imprecise to draw; from three on it is given in words."""

MODELS = {
    "random effects": "Random effects",
    "common effect": "Common effect",
    "binomial-normal": "Binomial-normal, median study",
    "bayes": "Bayesian, posterior median",
    "mantel-haenszel": "Mantel-Haenszel",
    "peto": "Peto",
    "glmm-conditional": "Conditional logistic mixed model",
    "glmm-conditional-approximate": "Conditional logistic mixed model (approximate)",
    "glmm-fixed-studies": "Logistic mixed model, fixed studies",
    "glmm-random-studies": "Logistic mixed model, random studies",
    "beta-binomial": "Beta-binomial",
    "multilevel": "Multilevel, cluster-robust",
}

WEIGHTLESS = (
    "binomial-normal", "beta-binomial", "glmm-conditional", "glmm-conditional-approximate", "glmm-fixed-studies",
    "glmm-random-studies",
)  # fmt: skip
"""Models of counts that have no weights; the share of patients stands there instead."""


INTERVALS = {
    "hksj": "Hartung-Knapp-Sidik-Jonkman",
    "modified hksj": "modified Hartung-Knapp-Sidik-Jonkman",
    "modified-hksj": "modified Hartung-Knapp-Sidik-Jonkman",
    "wald": "Wald",
}


_IDS = re.compile(r":( \S+/\S+[.,;])+$")
"""Identifiers of inputs at the end of a warning: they stand in the tables, not in the figure."""


_MARKUP = re.compile(r"\$([^$]*)\$")
"""Dollar signs around a formula, left by the conversion of a source to text; the quotes keep them."""


class Row(NamedTuple):
    """A row with an estimate: what stands in its columns, and what is drawn."""

    label: str
    group: str
    counts: str
    written: str
    weight: str
    estimate: float
    lower: float
    upper: float
    share: float


def study_rows(answer: Answer) -> tuple[Row, ...]:
    """List the effects in the order of the answer; `share` is the weight relative to the largest, or 1."""
    result = answer.result
    weights = result.weights if isinstance(result, Estimate) and result.kind != "single study" else ()
    known = len(weights) == len(answer.selection.effects) and weights
    largest = max(weights, default=0.0) if known else 0.0
    effects = answer.selection.effects
    decimals = decimals_for([x for e in effects for x in (e.estimate, e.lower, e.upper)], answer.pool.measure)
    return tuple(
        Row(
            label=e.label,
            group=group(e),
            counts=counts(e),
            written=with_interval(e.estimate, e.lower, e.upper, e.measure, decimals=decimals),
            weight=f"{decimal(weights[i], 1)}%" if known else "",
            estimate=e.estimate,
            lower=e.lower,
            upper=e.upper,
            share=weights[i] / largest if known and largest > 0 else 1.0,
        )
        for i, e in enumerate(effects)
    )


def group(part: Effect | Unusable) -> str:
    """Name the comparison of a row; nothing for one group, which the label names, and where the label says it."""
    compared = part.estimand is not None and part.estimand.contrast.startswith("between")
    name = part.group.replace("-", " ")
    return name if compared and name.lower() not in part.label.replace("-", " ").lower() else ""


def counts(effect: Effect) -> str:
    """Write events and totals ('3/24', or '3/24 and 9/30'); without counts the numbers as they are printed."""
    if effect.events and len(effect.events) == len(effect.totals):
        return " and ".join(f"{x}/{n}" for x, n in zip(effect.events, effect.totals, strict=True))
    if effect.totals:
        return " and ".join(f"n={n}" for n in effect.totals)
    printed = dict.fromkeys(leaf.printed for leaf in effect.leaves if leaf.quoted and leaf.printed)
    return "; ".join(_MARKUP.sub(r"\1", text) for text in printed)


def counts_header(answer: Answer) -> str:
    """Name the column of counts."""
    effects = answer.selection.effects
    if not effects:
        return ""
    if all(e.events for e in effects):
        return "Events/total"
    return "Analysed" if all(e.totals and not e.events for e in effects) else "As printed"


def weight_header(answer: Answer) -> str:
    """Name the column of weights; models of counts have none, there it is the share of patients."""
    return "Patients" if answer.pool.choices.model in WEIGHTLESS else "Weight"


def summary_label(answer: Answer, result: Estimate) -> str:
    """Name the summary row by the model that was chosen."""
    if result.kind == "exact":
        return "All patients, exact"
    name = MODELS.get(answer.pool.choices.model, answer.pool.choices.model)
    estimator = answer.pool.choices.estimator
    return f"{name} ({estimator})" if answer.pool.choices.model == "random effects" else name


def heterogeneity(figures: Figures) -> str:
    """Write tau with its interval, then I² with its kind, then Q; only what is there."""
    parts = []
    if figures.tau2 is not None:
        tau = f"τ = {_spread(figures.tau2, figures)}"
        if figures.tau2_lower is not None and figures.tau2_upper is not None:
            low, high = (_spread(x, figures) for x in (figures.tau2_lower, figures.tau2_upper))
            tau += f" ({level(figures.level)} {abbreviation(figures)} {low} to {high})"
        parts.append(tau + scale_note(figures))
    if figures.i2_tau2 is not None:
        parts.append(f"I² (from τ²) = {percent(figures.i2_tau2)}")
    elif figures.i2_q is not None:
        parts.append(f"I² (from Q) = {percent(figures.i2_q)}")
    if figures.q is not None and figures.q_df is not None:
        tested = f", {p_value(figures.q_p)}" if figures.q_p is not None else ""
        parts.append(f"Q = {decimal(figures.q, 2)} on {figures.q_df} df{tested}")
    return "; ".join(parts)


def abbreviation(figures: Figures) -> str:
    """Give the short name of an interval: CrI for a posterior, else CI."""
    return "CrI" if figures.interval.startswith("credible") else "CI"


TRANSFORMED = (
    "logit", "log", "probit", "double arcsine", "arcsine", "square root", "double root", "fisher z", "bonett",
    "hakstian",
)  # fmt: skip
"""Scales of analysis that are not the scale of the axis."""


def _spread(tau2: float, figures: Figures) -> str:
    """Write tau: in the unit of the measure on its natural scale, with two decimals on others."""
    tau = math.sqrt(max(tau2, 0.0))
    return decimal(tau, 2) if scale_note(figures) else journal(tau, figures.measure)


def scale_note(figures: Figures) -> str:
    """Say on which scale tau is, where that is not the scale of the axis."""
    scale = figures.scale.lower()
    named = next((name for name in TRANSFORMED if name in scale), "")
    return f" on the {named} scale" if named else ""


def percent(value: float) -> str:
    """Write I² with one decimal; it is stored in percent."""
    return f"{decimal(value, 1)}%"


def prediction(figures: Figures, measure: str) -> str:
    """Write the prediction interval with its name, or nothing."""
    if figures.prediction_lower is None or figures.prediction_upper is None:
        return ""
    limits = interval(figures.prediction_lower, figures.prediction_upper, measure)
    return f"{level(figures.level)} prediction interval ({figures.prediction}): {limits}"


def notes(answer: Answer) -> tuple[str, ...]:
    """List what stands below the plot: heterogeneity, prediction in words, companions, warnings, overrides."""
    pool, _, result = answer
    found = []
    if isinstance(result, Estimate):
        if result.kind != "single study":
            f = result.figures
            kind = "credible" if abbreviation(f) == "CrI" else "confidence"
            found.append(f"{level(f.level)} {kind} interval: {interval_name(f.interval.removeprefix('credible, '))}")
        found.append(heterogeneity(result.figures))
        written = prediction(result.figures, pool.measure)
        if written and result.k < DRAW_PREDICTION_FROM:
            found.append(f"{written}; not drawn, very imprecise with {result.k} studies")
    if len(answer.selection.effects) > 1 and not any(row.weight for row in study_rows(answer)):
        found.append("Squares are of one size because there are no weights")
    found += companions(answer)
    found += [f"{sentence(_IDS.sub('', w.message))} [{w.code}]" for w in result.warnings]
    found += [f"Refusal set aside by the reviewers [{o.code}]: {sentence(o.because)}" for o in pool.overrides]
    return tuple(note for note in found if note)


def interval_name(name: str) -> str:
    """Write out the name of an interval; other words stay as they are."""
    return INTERVALS.get(name.lower(), name)


def companions(answer: Answer) -> tuple[str, ...]:
    """Write each companion in one line."""
    lines = []
    for c in answer.result.companions:
        number = with_interval(c.estimate, c.lower, c.upper, answer.pool.measure) if c.estimate is not None else "none"
        method = "" if c.method.lower().startswith(c.label.lower()) else c.method
        lines.append("; ".join(part for part in (f"{c.label}: {number}", method, c.note) if part))
    return tuple(lines)


def sentence(text: str) -> str:
    """Fold white space and end with one full stop."""
    return re.sub(r"\s+", " ", text).strip().rstrip(".") + "."


def description(answer: Answer) -> str:
    """Say in words what the plot shows, for readers who cannot see it."""
    pool, selection, result = answer
    measure = words(pool.measure).name
    ci = f"{six(float(pool.choices.level))}% confidence interval"
    parts = [f"Forest plot of {len(selection.effects)} effects; {measure} with {ci}."]
    for row in study_rows(answer):
        named = f"{row.label} {row.group}".strip()
        parts.append(f"{named}: {row.written}{', weight ' + row.weight if row.weight else ''}.")
    parts += [f"{u.label}: no effect; {sentence(u.reason)}" for u in selection.unusable]
    if isinstance(result, Estimate):
        f = result.figures
        what = "Pooled" if result.kind == "pooled" else "Single study" if result.kind == "single study" else "Exact"
        parts.append(f"{what}: {with_interval(f.estimate, f.lower, f.upper, pool.measure)}.")
    else:
        parts.append(f"Not pooled: {' '.join(sentence(r.message) for r in result.reasons)}")
    return " ".join(parts)
