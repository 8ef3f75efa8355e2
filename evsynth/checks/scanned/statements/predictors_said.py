"""Two characteristics are said to go with a better response, and the model shows it for one of them only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.levels import above, below
from evsynth.checks.scanned.identity import Line as TableLine
from evsynth.checks.scanned.identity import table_lines
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.parts import Figure
from evsynth.text.expressions import Expression

CODES = ("PREDICTOR_NOT_SIGNIFICANT",)

_MODEL = frozenset({"b", "beta", "hazard_ratio", "odds_ratio", "risk_ratio"})
_CUE = Expression(
    r"\b(?:predict\w*|benefit|respon(?:d|se)\w*|risk factors?|associated with|prognos\w+|candidates?|"
    r"determinants?|favou?rabl\w+)\b",
    re.I,
)
_NOT = Expression(
    r"\b(?:not|no|neither|nor|only|although|however|except|tentative|trend|previous\w*|et al|"
    r"studies|others)\b",
    re.I,
)
_EMPTY = frozenset(
    "baseline the and per for year years score scores total sex age versus group level levels yes non high low "
    "initial change of "
    "at in with".split()
)


def predictors_said(reading: Reading) -> Iterator[Finding]:
    """Find a conclusion that names two rows of one model as predictors, of which one has P below 0.05 and one has not.

    A row is named by the words of its label that no other row has. Left alone: denials, "only", models
    with a column for each of several analyses, rows of which a sentence of results gives a P below 0.05 as a predictor.
    """
    rows = [r for r in table_lines(reading) if _of_model(r)]
    for line in lines(reading, ("abstract", "discussion", "conclusion")):
        last = line.role != "abstract" or reading.document.sections[line.section].part in ("conclusion", "discussion")
        if not last or not _CUE.search(line.words) or _NOT.search(line.words):
            continue
        named = [(r, p) for r in rows if (p := _p(r)) is not None and _is_named(r, rows, line)]
        if len({r.table.index for r, _ in named}) != 1:
            continue
        weak = [(r, p) for r, p in named if above(p.printed)]
        strong = [r for r, p in named if below(p.printed)]
        if weak and strong:
            shown = "; ".join(f"{r.name}: P {p.printed}" for r, p in weak)
            yield reading.finding(
                "PREDICTOR_NOT_SIGNIFICANT", "concern",
                f"{strong[0].name} and {weak[0][0].name} are named together, and Table "
                f"{weak[0][0].table.number} has {shown}",
                "another analysis, or clinical knowledge, may stand behind the second; the model of the paper does not",
                quotes=(line.whole, *((p.start, p.end) for _, p in weak)),
            )  # fmt: skip
            return


def _of_model(row: TableLine) -> bool:
    kinds = [c.statistic for c in row.table.columns]
    return any(k in _MODEL for k in kinds) and kinds.count("p") == 1


def _p(row: TableLine) -> Figure | None:
    found = [f for c in row.cells if (f := c.figure("p")) is not None]
    return found[0] if len(found) == 1 else None


def _words(row: TableLine) -> frozenset[str]:
    return (
        frozenset(w.lower() for w in re.findall(r"[A-Za-z][A-Za-z0-9-]{2,}", row.row.stem or row.row.label.text))
        - _EMPTY
    )


def _is_named(row: TableLine, rows: list[TableLine], line: Line) -> bool:
    peers = [r for r in rows if r.table == row.table and r is not row]
    own = _words(row) - frozenset(w for r in peers for w in _words(r))
    return bool(own) and all(re.search(rf"\b{re.escape(w)}", line.words, re.I) for w in own)
