"""A result as plain text for a terminal: what was asked, what came out, what was really fitted."""

from __future__ import annotations

from evsynth.model.estimate import Answer, Estimate
from evsynth.report.citation import headline
from evsynth.report.forest_rows import companions, heterogeneity, prediction
from evsynth.report.numbers import with_interval


def summary(answer: Answer) -> str:
    """Give the whole result as lines of text."""
    pool, selection, result = answer
    asked = [f"Question   {pool.question}", f"Claim      {pool.claim}"] if pool.inputs else []
    lines = [f"{result.id}", pool.title, "", *asked, f"Result     {headline(answer)}", ""]
    if isinstance(result, Estimate):
        f = result.figures
        spread = (heterogeneity(f), prediction(f, f.measure))
        width = max(12, *(len(key) for key in result.fitted))
        lines += [f"  {key:<{width}} {value}" for key, value in result.fitted.items() if value]
        lines += [f"  {text}" for text in spread if text]
    else:
        lines += [f"  {reason.code}: {reason.message}" for reason in result.reasons]
    for title, rows in (
        (
            "Studies",
            [f"{e.label}: {with_interval(e.estimate, e.lower, e.upper, e.measure)}" for e in selection.effects],
        ),
        ("No effect", [f"{u.label}: {u.shown}: {u.reason}" for u in selection.unusable]),
        ("Also", list(companions(answer))),
        ("Warnings", [f"{w.code}: {w.message}" for w in result.warnings]),
        ("Decided on the way", list(selection.log)),
    ):
        if rows:
            lines += ["", title, *(f"  {row}" for row in rows)]
    if pool.inputs:
        lines += ["", f"Because    {' '.join(pool.because.split())}"]
    return "\n".join(lines)
