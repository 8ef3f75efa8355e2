"""Reported results beside their recomputation, as tables that can be pasted: text, CSV, Markdown, HTML, JSON."""

from __future__ import annotations

import csv
import html
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from evsynth.model.observation import Observation
from evsynth.reanalyse.derived import Derived
from evsynth.reanalyse.result import VERDICTS, Attempt, Recomputed
from evsynth.report.numbers import six
from evsynth.report.tables import text as guarded

COLUMNS = (
    "study", "where", "group", "variable", "at", "quantity", "reported", "recomputed", "route", "tolerance", "verdict",
    "missing", "note",
)  # fmt: skip
FILE_COLUMNS = (*COLUMNS, "value", "point", "low", "high", "inputs", "tried")
ROUTE_COLUMNS = (
    "study", "where", "group", "variable", "at", "quantity", "route", "value", "low", "high", "decides", "agree",
    "note",
)  # fmt: skip


class Row(NamedTuple):
    """One reported result with what it is about."""

    result: Recomputed
    about: Observation


def rows(results: Iterable[Recomputed], observations: Iterable[Observation]) -> tuple[Row, ...]:
    """Join results to the values they are about."""
    by_path = {o.path: o for o in observations}
    return tuple(Row(r, by_path[r.path]) for r in results)


def summary(results: Sequence[Recomputed]) -> str:
    """Count verdicts in words.

    >>> summary(())
    '0 results: 0 exact, 0 within rounding, 0 discrepant, 0 not recomputable'
    """
    count = Counter(r.verdict for r in results)
    return f"{len(results)} results: " + ", ".join(f"{count[v]} {v}" for v in VERDICTS)


def missing(results: Iterable[Recomputed], most: int = 6) -> tuple[str, ...]:
    """List what is missing most often for a recomputation."""
    count = Counter(r.missing for r in results if r.missing)
    ranked = sorted(count.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(f"{n} × {words}" for words, n in ranked[:most])


def cells(row: Row) -> dict[str, str]:
    """Give the cells of one row by column."""
    r, o = row
    return {
        "study": r.study, "where": o.where, "group": o.group, "variable": _variable(o), "at": o.about.at or "",
        "quantity": r.quantity, "reported": r.reported, "recomputed": r.recomputed, "route": r.route,
        "tolerance": r.tolerance, "verdict": r.verdict, "missing": r.missing, "note": r.note, "value": r.value,
        "point": six(r.point), "low": six(r.low), "high": six(r.high), "inputs": "; ".join(r.inputs),
        "tried": "; ".join(_tried(a) for a in r.tried),
    }  # fmt: skip


def as_csv(found: Iterable[Row]) -> str:
    """Write every column; words are guarded against being read as formulas."""
    return _csv(FILE_COLUMNS, [cells(row) for row in found])


def as_markdown(found: Iterable[Row], columns: Sequence[str] = COLUMNS) -> str:
    """Write a Markdown table."""
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    for row in map(cells, found):
        lines.append("| " + " | ".join(row[c].replace("|", "\\|") for c in columns) + " |")
    return "\n".join(lines) + "\n"


def as_html(found: Iterable[Row], columns: Sequence[str] = COLUMNS) -> str:
    """Write an HTML table that a word processor takes."""
    head = "".join(f"<th>{c}</th>" for c in columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(row[c])}</td>" for c in columns) + "</tr>\n" for row in map(cells, found)
    )
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n"


def as_json(found: Iterable[Row]) -> list[dict[str, Any]]:
    """Give every row as an object; numbers are numbers, routes that were tried are objects."""
    return [
        {
            **{c: cell for c, cell in cells(row).items() if c not in ("point", "low", "high", "inputs", "tried")},
            "path": list(row.result.path), "point": row.result.point, "low": row.result.low, "high": row.result.high,
            "inputs": list(row.result.inputs), "tried": [_attempt(a) for a in row.result.tried],
        }
        for row in found
    ]  # fmt: skip


def lines(found: Iterable[Row]) -> list[str]:
    """Give each row two lines for a terminal: what is printed with its verdict, and how it was recomputed."""
    shown = []
    for row in found:
        c = cells(row)
        about = " ".join(part for part in (c["variable"], f"in {c['group']}" if c["group"] else "", c["at"]) if part)
        shown.append(f"{c['verdict']}: {about}: {c['quantity']} {c['reported']}  [{c['where']}]")
        how = f"{c['route']} gives {c['recomputed']}" if c["recomputed"] else ""
        lacking = f"missing: {c['missing']}" if c["missing"] else ""
        shown.append("    " + "; ".join(part for part in (how, lacking, c["note"]) if part))
    return shown


def route_rows(derived: Iterable[Derived], observations: Iterable[Observation]) -> list[dict[str, str]]:
    """Give one row for each route to a quantity that is not printed."""
    by_path = {o.path: o for o in observations}
    found = []
    for d in derived:
        o = by_path[d.path]
        for a in d.routes:
            found.append({
                "study": d.study, "where": o.where, "group": o.group, "variable": _variable(o), "at": o.about.at or "",
                "quantity": d.quantity, "route": a.route, "value": six(a.point),
                "low": six(a.span.low if a.span else None), "high": six(a.span.high if a.span else None),
                "decides": "yes" if a.binding and not a.missing else "no", "agree": "yes" if d.agree else "no",
                "note": a.note or a.missing,
            })  # fmt: skip
    return found


def routes_csv(derived: Iterable[Derived], observations: Iterable[Observation]) -> str:
    """Write the routes as CSV."""
    return _csv(ROUTE_COLUMNS, route_rows(derived, observations))


def route_lines(derived: Iterable[Derived], observations: Mapping[object, Observation]) -> list[str]:
    """Give each quantity a line and each of its routes another."""
    shown = []
    for d in derived:
        o = observations[d.path]
        at = f" {o.about.at}" if o.about.at else ""
        shown.append(f"{_variable(o)} in {o.group}{at}: {d.quantity}  [{o.where}]")
        for a in d.routes:
            value = f"{a.point:.4g}" if a.point is not None else f"missing: {a.missing}"
            wide = f" ({a.span.low:.4g} to {a.span.high:.4g})" if a.span and a.span.low != a.span.high else ""
            shown.append(f"    {value}{wide}  {a.route}" + (f"; {a.note}" if a.note else ""))
    return shown


def _variable(o: Observation) -> str:
    more = "".join(f" {word} {name}" for word, name in (("with", o.about.with_), ("term", o.about.term)) if name)
    return o.variable + more


def _tried(a: Attempt) -> str:
    value = (
        f"missing {a.missing}"
        if a.missing
        else six(a.point) or (f"{six(a.span.low)} to {six(a.span.high)}" if a.span else "")
    )
    return f"{a.route}: {value}" if value else a.route


def _attempt(a: Attempt) -> dict[str, Any]:
    return {
        "route": a.route, "point": a.point, "low": a.span.low if a.span else None,
        "high": a.span.high if a.span else None, "missing": a.missing, "decides": a.binding, "note": a.note,
        "inputs": list(a.inputs), "reads": dict(a.reads),
    }  # fmt: skip


def _csv(columns: Sequence[str], found: Iterable[Mapping[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for row in found:
        writer.writerow({c: guarded(row[c]) for c in columns})
    return out.getvalue()
