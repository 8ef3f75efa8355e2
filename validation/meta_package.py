"""What a second reference program prints: pools with its intervals, predictions, I2 from Q, and exact proportions."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from scipy.stats import norm

from evsynth.pooling.approximate_proportion import agresti_coull, normal, wilson_corrected
from evsynth.pooling.exact import clopper_pearson, wilson
from evsynth.pooling.kenward_roger import kenward_roger
from evsynth.pooling.random_effects import RandomEffects, pool
from evsynth.pooling.rare_events import mantel_haenszel, peto
from evsynth.pooling.regression.subgroups import subgroups
from evsynth.pooling.tau2.approximate import from_h
from evsynth.pooling.tau2_interval import generalised_q, profile_likelihood
from validation.case import Case, number, numbers
from validation.comparison import Compared, Sheet
from validation.rare_events import tables_of

TAIL = 1e-300
PREDICTIONS = {"V": "V", "HTS": "HTS", "HK": "HK", "S": "normal"}


def pooled(case: Case) -> Iterator[Compared]:
    """Compare a pool of given effects: both models, every interval and prediction, tau2, Q, I2."""
    theirs, given = case.output, case.arguments
    y, v = _effects(case)
    level = 0.95
    estimator = given.get("method.tau", "REML")
    tight = "tau.ci" not in case.id  # those of the reference were left at its default convergence
    found = pool(y, v, estimator=estimator, interval="hksj", prediction="V", level=level)
    kind = "pool, second reference" if tight else "pool, second reference at its default convergence"
    if given.get("adhoc.hakn.ci") == "IQWiG6" and _shrinks(found, theirs):
        kind = "pool, second reference, IQWiG 6 with a smaller standard error than Knapp-Hartung's"
    sheet, least = Sheet(case, kind), float(np.min(v))
    yield sheet.row("tau2", found.tau2.value, theirs["tau2"], least)
    if "TE" in theirs and given.get("method", "Inverse") == "Inverse":
        yield from _common(sheet, found, y, v, theirs)
    if "TE.random" in theirs and given.get("method", "Inverse") != "GLMM":
        yield from _random(sheet, found, theirs, given)
    if "lower.predict" in theirs and number(theirs["lower.predict"]) is not None:
        yield from _prediction(sheet, found, theirs, given)
    if "Q" in theirs and given.get("method", "Inverse") == "Inverse":
        yield from _shares(sheet, found, theirs)
    if "tau.ci" in case.id or theirs.get("method.tau.ci") in ("QP", "J", "BJ", "PL"):
        yield from _tau2_bounds(case, found, y, v, theirs)
    if "subgroup" in theirs:
        yield from _subgroups(case, y, v, theirs["subgroup"], common=bool(given["tau.common"]))


def _effects(case: Case) -> tuple[Any, Any]:
    if "TE" in (case.output or {}):
        pairs = zip(numbers(case.output["TE"]), numbers(case.output["seTE"]), strict=True)
        kept = [(y, se) for y, se in pairs if y is not None and se is not None]
        return np.array([y for y, _ in kept]), np.square([se for _, se in kept])
    return np.array(case.data["yi"], dtype=float), np.square(np.array(case.data["sei"], dtype=float))


def _common(sheet: Sheet, found: RandomEffects, y: Any, v: Any, theirs: Any) -> Iterator[Compared]:
    w = 1 / np.asarray(v)
    one = pool(y, v, estimator="FE", interval="wald", prediction="V", level=found.level).intervals.wald
    yield sheet.row("estimate", one.mean, theirs["TE.common"], one.se)
    yield sheet.row("standard error", one.se, theirs["seTE.common"])
    yield sheet.row("interval", one.lower, theirs["lower.common"], one.se)
    if number(theirs["pval.common"]) is not None:
        yield sheet.row("p", one.p, theirs["pval.common"], TAIL)
    if len(numbers(theirs["w.common"])) == len(w):
        yield from sheet.rows("weights", w, theirs["w.common"])


def _random(sheet: Sheet, found: RandomEffects, theirs: Any, given: Any) -> Iterator[Compared]:
    wanted, adhoc = given.get("method.random.ci", "classic"), given.get("adhoc.hakn.ci", "")
    plain, adjusted, floored = found.intervals.wald, found.intervals.hksj, found.intervals.modified_hksj
    one: Any = plain
    if wanted == "KR":
        one = kenward_roger(*_again(found, theirs), tau2=found.tau2.value, level=found.level)
    elif wanted == "HK" and adjusted is not None and floored is not None:
        one = adjusted
        wider = _width(adjusted) < _width(plain)
        if adhoc == "se":
            one = floored
        elif adhoc == "ci" and wider:
            one = plain
        elif adhoc == "IQWiG6" and _narrower_than_dl(found, theirs):
            one = floored
    yield sheet.row("estimate", one.mean, theirs["TE.random"], one.se)
    yield sheet.row("standard error", one.se, theirs["seTE.random"])
    yield sheet.row("interval", one.lower, theirs["lower.random"], one.se)
    yield sheet.row("interval", one.upper, theirs["upper.random"], one.se)
    if number(theirs["pval.random"]) is not None:
        yield sheet.row("p", one.p, theirs["pval.random"], TAIL)
    if wanted == "KR":
        yield sheet.row("degrees of freedom, Kenward-Roger", one.df, theirs["df.random"])


def _again(found: RandomEffects, theirs: Any) -> tuple[Any, Any]:
    return theirs["TE"], np.square(numbers(theirs["seTE"]))


def _width(one: Any) -> float:
    return float(one.upper - one.lower)


def _narrower_than_dl(found: RandomEffects, theirs: Any) -> bool:
    y, v = _again(found, theirs)
    other = pool(y, v, estimator="DL", interval="wald", prediction="V", level=found.level)
    return found.intervals.hksj is not None and _width(found.intervals.hksj) < _width(other.intervals.wald)


def _shrinks(found: RandomEffects, theirs: Any) -> bool:
    hksj = found.intervals.hksj
    return hksj is not None and hksj.factor > 1 and _narrower_than_dl(found, theirs)


def _prediction(sheet: Sheet, found: RandomEffects, theirs: Any, given: Any) -> Iterator[Compared]:
    wanted = theirs.get("method.predict") or given.get("method.predict", "V")
    if wanted == "KR":
        one = kenward_roger(*_again(found, theirs), tau2=found.tau2.value, level=found.level)
        bounds, unit = (one.predict_lower, one.predict_upper), one.se
    elif wanted in PREDICTIONS:
        named = found.predictions.named(PREDICTIONS[wanted])
        if named is None:
            return
        bounds, unit = (named.lower, named.upper), named.total_se or 1.0
    else:
        return
    yield sheet.row("prediction", bounds[0], theirs["lower.predict"], unit)
    yield sheet.row("prediction", bounds[1], theirs["upper.predict"], unit)


def _shares(sheet: Sheet, found: RandomEffects, theirs: Any) -> Iterator[Compared]:
    yield sheet.row("Q", found.q.q, theirs["Q"], 1e-6)
    if number(theirs["pval.Q"]) is not None:
        yield sheet.row("p of Q", found.q.p, theirs["pval.Q"], TAIL)
    if number(theirs.get("I2")) is None or found.inconsistency.h2_from_q is None:
        return
    yield sheet.row("I2 from Q", (found.inconsistency.i2_from_q or 0.0) / 100, theirs["I2"], 1.0)
    h2 = max(1.0, found.inconsistency.h2_from_q)
    yield sheet.row("H", math.sqrt(h2), theirs["H"])
    if found.k > 2 and number(theirs.get("lower.H")) is not None:
        bounds = from_h(h2, found.q.q, found.k, 1.0, level=found.level)
        for ours, key in zip(bounds, ("lower.H", "upper.H"), strict=True):
            yield sheet.row("interval of H", math.sqrt(1 + ours), theirs[key])


def _tau2_bounds(case: Case, found: RandomEffects, y: Any, v: Any, theirs: Any) -> Iterator[Compared]:
    kind = theirs.get("method.tau.ci")
    if kind == "QP":
        bounds = (found.tau2_interval.lower, found.tau2_interval.upper)
    elif kind == "PL":
        one = profile_likelihood(y, v, level=found.level, likelihood="REML")
        bounds = (one.lower, one.upper)
    elif kind in ("J", "BJ"):
        one = generalised_q(y, v, level=found.level, weights=1 / np.sqrt(v) if kind == "J" else 1 / np.asarray(v))
        bounds = (one.lower, one.upper)
    else:
        return
    names = {"QP": "Q-profile", "J": "Jackson", "BJ": "Biggerstaff-Jackson", "PL": "profile likelihood"}
    sheet = Sheet(case, f"interval of tau2, {names[kind]}, second reference")
    for ours, key in zip(bounds, ("lower.tau2", "upper.tau2"), strict=True):
        if number(theirs[key]) is not None:
            yield sheet.row("bounds, absolute", ours, theirs[key], 1.0)


def _subgroups(case: Case, y: Any, v: Any, pins: Any, *, common: bool) -> Iterator[Compared]:
    columns = case.data["columns"]
    labels = [str(label) for label in columns[case.arguments["subgroup"]]]
    found = subgroups(
        y, v, labels, estimator="DL", test="z", tau2="pooled" if common else "separate", level=0.95
    )  # fmt: skip
    order = {name: at for at, name in enumerate(pins["levels"])}
    sheet = Sheet(case, "subgroups, one tau2" if common else "subgroups")
    for one in found.groups:
        at = order[one.name]
        yield sheet.same("studies", one.k, pins["k.w"][at])
        yield sheet.row("estimates", one.estimate, pins["TE.random.w"][at], one.se)
        yield sheet.row("standard errors", one.se, pins["seTE.random.w"][at])
    yield sheet.row("test between", found.test.statistic, pins["Q.b.random"], 1.0)
    yield sheet.row("p between", found.test.p, pins["pval.Q.b.random"], TAIL)


def counts(case: Case) -> Iterator[Compared]:
    """Compare a pool made from counts or means: its effects, then the pool."""
    theirs, given = case.output, case.arguments
    if "method.ci" in given:
        yield from proportion_interval(case)
        return
    method = given.get("method", "Inverse")
    if method in ("MH", "Peto") and given["sm"] in ("OR", "RR", "RD", "IRR", "IRD"):
        tables = tables_of(case)
        rates = given["sm"] in ("IRR", "IRD")
        rule: dict[str, Any] = {} if rates else {"add": 0.5, "to": given.get("method.incr", "only0")}
        found = (
            peto(tables, level=0.95)
            if method == "Peto"
            else mantel_haenszel(tables, given["sm"], level=0.95, drop00=given["sm"] in ("OR", "RR"), **rule)
        )
        name = f"{'Peto' if method == 'Peto' else 'Mantel-Haenszel'}, second reference"
        if given["sm"] == "RD" and bool(
            ((tables.x1 == 0) | (tables.x2 == 0) | (tables.x1 == tables.n1) | (tables.x2 == tables.n2)).any()
        ):
            name += ", risk difference with a zero cell"
        sheet = Sheet(case, name)
        yield sheet.row("estimate", found.estimate, theirs["TE.common"], found.se)
        if not (given["sm"] == "RD" and method == "MH"):  # another variance: Greenland and Robins, named
            yield sheet.row("standard error", found.se, theirs["seTE.common"])
        else:
            other = mantel_haenszel(tables, "RD", level=0.95, difference_variance="Greenland-Robins", **rule)
            yield sheet.row("standard error", other.se, theirs["seTE.common"])
    if method in ("Inverse", "Peto") or given.get("sm") in ("ZCOR", "COR"):
        yield from pooled(case)


def proportion_interval(case: Case) -> Iterator[Compared]:
    """Compare the interval of every single proportion."""
    data, kind = case.table(), case.arguments["method.ci"]
    sheet = Sheet(case, "intervals of a proportion")
    pairs = list(zip(data["xi"], data["ni"], strict=True))
    for (x, n), lower, upper in zip(pairs, numbers(case.output["lower"]), numbers(case.output["upper"]), strict=True):
        if kind == "NAsm":
            low, high = _summary_interval(x, n)
        else:
            one = {
                "CP": clopper_pearson, "WS": wilson, "WSCC": wilson_corrected, "AC": agresti_coull, "SA": normal,
                "SACC": lambda x, n, level: normal(x, n, level=level, corrected=True),
            }[kind](x, n, level=0.95)  # fmt: skip
            low, high = one.lower, one.upper
        yield sheet.row(f"{'exact and score' if kind in ('CP', 'WS') else 'approximate'}", low, lower, 1.0)
        yield sheet.row(f"{'exact and score' if kind in ('CP', 'WS') else 'approximate'}", high, upper, 1.0)


def _summary_interval(x: float, n: float) -> tuple[float, float]:
    half = float(norm.isf(0.025)) * math.sqrt(x / n * (1 - x / n) / n)  # not cut at 0 and 1
    return x / n - half, x / n + half


TOPICS = {
    "metagen": pooled,
    "metabin": counts,
    "metacont": pooled,
    "metacor": pooled,
    "metainc": counts,
    "metarate": counts,
    "metaprop(method.ci)": proportion_interval,
    "metaprop": counts,
}
