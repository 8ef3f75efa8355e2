"""A result as plain text for a terminal: what was asked, what came out, what was really fitted."""

from __future__ import annotations

from evsynth.model.estimate import Answer, Estimate
from evsynth.report.citation import headline
from evsynth.report.numbers import with_interval


def summary(answer: Answer) -> str:
    """Give the whole result as lines of text."""
    pool, selection, result = answer
    lines = [f"{result.id}", pool.title, "", f"Question   {pool.question}", f"Claim      {pool.claim}"]
    lines += [f"Result     {headline(answer)}", ""]
    if isinstance(result, Estimate):
        lines += [f"  {key:<12} {value}" for key, value in result.fitted.items()]
    else:
        lines += [f"  {reason.code}: {reason.message}" for reason in result.reasons]
    for title, rows in (
        (
            "Studies",
            [
                f"{e.label}: {with_interval(e.estimate, e.lower, e.upper, e.measure)}"
                for e in selection.effects
            ],
        ),
        ("No effect", [f"{u.label}: {u.shown}: {u.reason}" for u in selection.unusable]),
        (
            "Also",
            [
                _companion(c.label, c.estimate, c.lower, c.upper, c.note, pool.measure)
                for c in result.companions
            ],
        ),
        ("Warnings", [f"{w.code}: {w.message}" for w in result.warnings]),
        ("Decided on the way", list(selection.log)),
    ):
        if rows:
            lines += ["", title, *(f"  {row}" for row in rows)]
    lines += ["", f"Because    {' '.join(pool.because.split())}"]
    return "\n".join(lines)


def _companion(
    label: str, estimate: float | None, lower: float | None, upper: float | None, note: str, measure: str
) -> str:
    number = "none" if estimate is None else with_interval(estimate, lower, upper, measure)
    return f"{label}: {number}{'; ' + note if note else ''}"
