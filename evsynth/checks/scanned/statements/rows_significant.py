"""A sentence calls a variable significantly different, or not, without a P; the row of that variable prints one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.clauses import clauses
from evsynth.checks.scanned.facts.levels import above, below
from evsynth.checks.scanned.facts.named_rows import against_rows, named, row_key
from evsynth.checks.scanned.identity import Line as TableLine
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.statements.sweeping import column_of_p
from evsynth.model.finding import Finding
from evsynth.scan.parts import Figure
from evsynth.text.expressions import Expression

CODES = ("SIGNIFICANCE_CONTRADICTS",)

_NO = Expression(
    r"\b(?:did|do|does) not (?:\w+ )?(?:differ|change)\b(?: significantly)?|\b(?:was|were) not (?:statistically )?"
    r"significantly (?:different|higher|lower|changed|improved)|\bno (?:statistically )?significant (?:difference|"
    r"change|"
    r"improvement)s?|\bnot statistically significant|\bdifferences? (?:in [^.;]{2,60} )?(?:was|were) not significant",
    re.I,
)
_YES = Expression(
    r"\bsignificantly (?:higher|lower|different|improved|better|worse|more|less|longer|shorter|greater|smaller|reduced|"
    r"increased|decreased|changed)|\b(?:differed|improved|decreased|increased|fell|rose|declined|changed) "
    r"significantly|"
    r"(?<!no )(?<!not )(?<!statistically )\bsignificant (?:differences?|improvements?|reductions?|increases?|"
    r"decreases?|changes?) (?:was |were )?(?:found |seen |"
    r"observed )?in\b",
    re.I,
)
_SKIP = Expression(
    r"\b(?:correlat|associat|predict|regression|adjust|multivaria|univaria|subgroup|hazard|odds|ratio|trend|"
    r"interaction|"
    r"non-?inferior|weight(?:ed|ing)|matched|whether|if|sensitivity|log-?rank|survival|only|surviv)\w*|"
    r"[<=>]\s*0?\.[0-9]|"
    r"\b(?:men|women|boys|girls) (?:but|only)|\bclinically\b|\bnone\b|\bmost\b|\bsome\b",
    re.I,
)
_OTHERS = Expression(
    r"\b(?:previous\w*|earlier|another|others|et al|reported|their|they|unlike|meta-analys\w+|literature|trials?|"
    r"studies|would|could|may|might)\b|\[[0-9]|\((?:[A-Z][a-z]+|see)", re.I
)  # fmt: skip
"""Words of sentences of a discussion that may speak of other studies."""
_BETWEEN = Expression(r"\bbetween\b|\bthan\b|\bversus\b|\bvs\b|\bgroups\b|\barms\b|\bcompared (?:with|to)\b", re.I)
_WITHIN = Expression(
    r"\b(?:from|to|with) (?:the )?baseline\b|\bafter (?:treatment|therapy)\b|\bover time\b|\bbefore and\b", re.I
)
_CHANGED = Expression(r"\b(?:chang|improv|decreas|increas|reduc|declin|fell|rose|wors)\w*", re.I)
_PARTS = Expression(r"\bbut\b|\bwhereas\b|\bexcept\b|\bapart from\b", re.I)

_HINT = "another time, another test or an adjusted comparison may be meant; otherwise the word or the P is misprinted"


def rows_significant(reading: Reading) -> Iterator[Finding]:
    """Compare words of significance with the P of the rows that the clause names, where it prints no P itself.

    Judged only where exactly one column of P can be meant, and for a table of two groups only comparisons between them.
    Left alone: changes in time, correlations, models, survival, trends, subgroups, rows named only in part.
    """
    for line in lines(reading, ("abstract", "results", "body", "conclusion", "discussion")):
        if line.role == "discussion" and _OTHERS.search(line.words):
            continue
        if _SKIP.search(line.words) or _PARTS.search(line.words):
            continue
        for clause in clauses(line):
            no, yes = _NO.search(clause.words), _YES.search(clause.words)
            if (no is None) == (yes is None):
                continue
            said = no or yes
            assert said is not None
            told = [(row, f) for row in named(reading, clause.words, line.words) if (f := _p(row, clause)) is not None]
            wrong = [(row, f) for row, f in told if (below(f.printed) if no else above(f.printed))]
            right = {row_key(row) for row, f in told if (row, f) not in wrong}
            wrong = [(row, f) for row, f in wrong if row_key(row) not in right]  # FVC in litres and in % predicted
            if wrong:
                yield against_rows(reading, clause, said, wrong, negative=bool(no), hint=_HINT)


def _p(row: TableLine, clause: Line) -> Figure | None:
    """Give the P of a row that a clause can mean."""
    table = row.table
    column = column_of_p(table, clause)
    if column is None:
        return None
    if row.p is None:
        cell = row.row.cells[column] if column < len(row.row.cells) else None
        own = [f for c in row.cells if (f := c.figure("p")) is not None and cell and cell.start <= f.start < cell.end]
        differences = any("differ" in c.label.lower() for c in table.columns)  # not the change of one group
        changes = any("change" in c.label.lower() for c in table.columns) and _CHANGED.search(clause.words)
        found = own[0] if len(own) == 1 and (differences or changes) else None
    else:
        found = row.p.figure("p") if row.p.spot.column == column else None
    if found is None:
        return None
    groups = {c.group.text for c in table.columns if c.group}
    between = _BETWEEN.search(clause.words) or any(
        re.search(rf"\b(?:by|with) (?:the )?{re.escape(group.split()[0])}\b", clause.words, re.I) for group in groups
    )
    within = _WITHIN.search(clause.words)
    if len(groups) >= 2 and (within or (_CHANGED.search(clause.words) and not between)):
        return None
    if len(groups) < 2 and between and not within:
        return None
    return found
