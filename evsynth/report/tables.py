"""Tables as CSV: the effects of an answer with the inputs that gave none, and the findings of a review."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence

from evsynth.model.effect import Effect, Leaf, Unusable
from evsynth.model.estimate import Answer, Estimate
from evsynth.model.finding import Finding, order
from evsynth.report.numbers import six

EFFECTS = (
    "row", "study", "cohort", "group", "label", "measure", "scale", "y", "v", "se", "estimate", "lower", "upper",
    "interval_method", "weight_percent", "events", "totals", "design", "timepoint", "adjustment", "formula", "inputs",
    "notes", "code", "reason", "shown",
)  # fmt: skip
FINDINGS = (
    "severity", "code", "subject", "file", "line", "column", "message", "hint", "computed", "alternatives", "quotes",
)  # fmt: skip
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def effects_csv(answer: Answer) -> str:
    """Write the effects, then the inputs that give none, one row each.

    Numbers have 6 significant digits; inputs are given by identifier, joined by a semicolon.
    """
    result, selection = answer.result, answer.selection
    weights = result.weights if isinstance(result, Estimate) else ()
    known = len(weights) == len(selection.effects)
    rows = [_effect(e, six(weights[i]) if known else "") for i, e in enumerate(selection.effects)]
    return _csv(EFFECTS, [*rows, *(_unusable(u, answer.pool.measure) for u in selection.unusable)])


def findings_table(findings: Iterable[Finding]) -> str:
    """Write findings as CSV, by place."""
    rows = [
        {
            "severity": f.severity,
            "code": f.code,
            "subject": text(f.subject),
            "file": text(f.place.file),
            "line": str(f.place.line),
            "column": str(f.place.column),
            "message": text(f.message),
            "hint": text(f.hint),
            "computed": text("; ".join(f"{name} = {value}" for name, value in f.computed)),
            "alternatives": text("; ".join(f"{a.value}: {a.because}" for a in f.alternatives)),
            "quotes": text(" | ".join(q.text for q in f.quotes)),
        }
        for f in sorted(findings, key=order)
    ]
    return _csv(FINDINGS, rows)


def text(words: str) -> str:
    """Guard words against being read as a formula by a spreadsheet, with a leading apostrophe.

    >>> text("=1+1"), text("plain")
    ("'=1+1", 'plain')
    """
    return f"'{words}" if words.lstrip(" ").startswith(FORMULA_STARTS) else words


def _effect(effect: Effect, weight: str) -> dict[str, str]:
    about = effect.estimand
    return {
        "row": "effect",
        **_group(effect),
        "measure": effect.measure,
        "scale": effect.scale,
        "y": six(effect.y),
        "v": six(effect.v),
        "se": six(math.sqrt(effect.v)) if effect.v >= 0 else "",
        "estimate": six(effect.estimate),
        "lower": six(effect.lower),
        "upper": six(effect.upper),
        "interval_method": text(effect.interval_method),
        "weight_percent": weight,
        "events": _counts(effect.events),
        "totals": _counts(effect.totals),
        "design": text(about.design),
        "timepoint": text(about.timepoint),
        "adjustment": text(about.adjustment),
        "formula": text(effect.formula),
        "inputs": text(_inputs(effect.leaves)),
        "notes": text("; ".join(effect.notes)),
    }


def _unusable(unusable: Unusable, measure: str) -> dict[str, str]:
    about = unusable.estimand
    return {
        "row": "no effect",
        **_group(unusable),
        "measure": measure,
        "design": text(about.design) if about else "",
        "timepoint": text(about.timepoint) if about else "",
        "adjustment": text(about.adjustment) if about else "",
        "inputs": text(_inputs(unusable.leaves)),
        "code": unusable.code,
        "reason": text(unusable.reason),
        "shown": text(unusable.shown),
    }


def _group(part: Effect | Unusable) -> dict[str, str]:
    return {name: text(getattr(part, name)) for name in ("study", "cohort", "group", "label")}


def _counts(numbers: tuple[int, ...]) -> str:
    return "; ".join(map(str, numbers))


def _inputs(leaves: tuple[Leaf, ...]) -> str:
    return "; ".join(dict.fromkeys(leaf.id for leaf in leaves))


def _csv(columns: Sequence[str], rows: Sequence[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: " ".join(cell.splitlines()) for name, cell in row.items()} for row in rows)
    return out.getvalue()
