"""A sentence sweeps over a table: 'comparable at baseline (Table 1)', 'all parameters improved (Table 2)'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.clauses import clauses
from evsynth.checks.scanned.facts.levels import above, below
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.scan.parts import Row, Table
from evsynth.text.expressions import Expression

CODES = ("COMPARABLE_CONTRADICTS", "ALL_CONTRADICTS")

_COMPARABLE = Expression(
    r"\b(?:no (?:statistically )?(?:significant )?(?:between-group )?differences? (?:was |were )?(?:found |seen |"
    r"observed |"
    r"noted )?(?:in|between|at|regarding|with respect)"
    r"|(?:was|were) no (?:statistically )?(?:significant )?(?:between-group )?differences?"
    r"|did not differ(?: significantly)?|(?:was|were) (?:\w+ )?(?:comparable|similar|balanced|well[- "
    r"](?:balanced|matched)|matched)(?!\s+(?:for|by|on)\b)"
    r"|(?:comparable|similar|balanced) (?:at baseline|baseline))\b",
    re.I,
)
_BASELINE = Expression(
    r"\bbaseline\b|\bdemographic|\bclinical (?:characteristics|features|data)|\bcharacteristics\b", re.I
)
_WHOLE = Expression(
    r"\bbaseline (?:demographic |clinical |patient )*(?:characteristics|features|data|variables|parameters|"
    r"demographics)\b|\b(?:in|for|across) (?:all|any|every)\b|\b(?:all|any) (?:baseline|characteristics)\b|"
    r"\bgroups were (?:\w+ )?(?:comparable|similar|balanced|(?:well[- ])?matched)|(?:demographic|clinical)(?: and "
    r"(?:\w+ )?)?"
    r"(?:clinical |demographic |laboratory )?characteristics (?:were|did)|\bbetween-group differences? at baseline|"
    r"\bdifferences? (?:was |were )?(?:found |seen |"
    r"observed )?at baseline\b|\bno significant differences? at baseline",
    re.I,
)
_LISTED = Expression(
    r"\b(?:comparable|similar|balanced|differences?|differ)\b[^.;]{0,40}?\b(?:in terms of|with (?:respect|regard) "
    r"to|regarding|"
    r"as to|in|for)\s+(?!(?:all|any|every|each|the|both|either|terms)\b|(?:\w+ )?(?:baseline|demographic|clinical|"
    r"patient)|"
    r"(?:most|other)\b|(?:\w+ )?characteristics)",
    re.I,
)
_KIND = (
    r"(?:(?:evaluated|measured|assessed|studied|other|clinical|laboratory|secondary|efficacy|self-rated|reported|"
    r"outcome|"
    r"HRCT|imaging|inflammatory)[ ,]+(?:and )?)*(?:parameters?|outcomes?|measures?|variables?|scales?|scores?|"
    r"indicators?|end-?points?|markers?|"
    r"components?)"
)
_MOVED = r"(?:improv\w*|decreas\w*|declin\w*|reduc\w*|favou?r\w*|increas\w*|differ\w*|better|lower|higher|progress\w*)"
_ALL = Expression(
    rf"\b(?:all|every|each|both)(?: of)?(?: the)? {_KIND}\b[^.;]{{0,80}}?\b{_MOVED}|"
    rf"\b{_MOVED}\b[^.;()]{{0,30}}?\b(?:in|across|of) all(?: of)?(?: the)? {_KIND}\b",
    re.I,
)
_EXCEPT = Expression(
    r"\bexcept|\bapart from|\bother than|\bbesides\b|\bwith the exception|\bexcluding\b|\bafter (?:weighting|"
    r"matching|adjust)",
    re.I,
)
_OWN_P = Expression(r"\b[Pp](?:[- ]?values?)?\s*[=<>≤≥]\s*0?\.[0-9]")
_CHARACTERISTICS = Expression(r"baseline|characteristic|demographic|enrol", re.I)
_FOLLOWED = Expression(
    r"\bchanges?\b|\bafter\b|follow-?up|\bpost\b|post-|outcome|response|\bweek [1-9]|\bmonth [1-9]", re.I
)
_TABLE = Expression(r"\bTables?\s*(S?[0-9]+)", re.I)
_WORD = Expression(r"[A-Za-z][A-Za-z0-9-]{2,}")
_EMPTY = frozenset(
    "the and for with between groups group two both patients were was not all any than after before mean "
    "median score level levels history data table".split()
)


class Tested(NamedTuple):
    """A row of a table with its P value, and where that stands."""

    table: Table
    row: Row
    column: int
    p: Printed
    start: int
    end: int


def sweeping(reading: Reading) -> Iterator[Finding]:
    """Hold sweeping sentences against the P values of the table they name (or the first table, for baseline).

    Left alone: sentences with an exception, sentences that list variables whose rows agree, tables without P values,
    and "all improved" without a table that has a column of P for the group it speaks of.
    """
    said: set[tuple[str, int, int]] = set()
    for line in lines(reading, ("abstract", "results", "body", "discussion", "conclusion")):
        for clause in clauses(line):
            for code, pattern, baseline in (
                ("COMPARABLE_CONTRADICTS", _COMPARABLE, True),
                ("ALL_CONTRADICTS", _ALL, False),
            ):
                found = pattern.search(clause.words)
                if (
                    found is None
                    or _own_p(clause.words, baseline=baseline)
                    or _EXCEPT.search(line.words)
                    or re.search(r"\bonly\b", clause.words)
                    or (baseline and line.role == "discussion")
                ):
                    continue
                rows = _rows(reading, clause, line, baseline=baseline)
                if not rows or (baseline and not _BASELINE.search(line.words + _caption(rows))):
                    continue
                if baseline:
                    admitted = _words(_following(reading, line, found))
                    rows = tuple(t for t in rows if not _words(t.row.stem or t.row.label.text) <= admitted)
                wrong = [t for t in rows if (below(t.p) and _meant(t, clause) if baseline else above(t.p))]
                key = (code, rows[0].table.index, rows[0].column)
                if wrong and key not in said and (baseline or len(wrong) < len(rows)):
                    said.add(key)
                    yield _finding(reading, code, clause, found, wrong, len(rows), baseline=baseline)


def _following(reading: Reading, line: Line, found: re.Match[str]) -> str:
    """Give the words of a section that follow a statement, up to two sentences on: there exceptions are told."""
    section = reading.document.sections[line.section]
    rest = reading.document.prose[line.start + found.end() : section.end]
    return " ".join(re.split(r"(?<=[.!?])\s+", rest)[:3])


def _words(text: str) -> frozenset[str]:
    return frozenset(w.lower() for w in _WORD.findall(text)) - _EMPTY or frozenset({text})


def _own_p(words: str, *, baseline: bool) -> bool:
    """Say whether a clause prints P values of its own; "all P > 0.05" is none."""
    return bool(
        _OWN_P.search(re.sub(r"\ball [Pp](?:[- ]?values?)?\s*[>≥]\s*0?\.05\b", "", words) if baseline else words)
    )


def _finding(
    reading: Reading, code: str, line: Line, found: re.Match[str], wrong: list[Tested], many: int, *, baseline: bool
) -> Finding:
    shown = "; ".join(f"{t.row.stem or t.row.label.text}: P {t.p}" for t in wrong)
    side = f"{'below' if baseline else 'not below'} 0.05 in {len(wrong)} of {many} rows"
    return reading.finding(
        code, "inconsistent",
        f"'{' '.join(found[0].split())}' is inconsistent with Table {wrong[0].table.number}, where P is "
        f"{side}: {shown}",
        "the sentence may speak of some of the rows only, or of clinical rather than statistical difference",
        quotes=(line.piece(found), *((t.start, t.end) for t in wrong)),
    )  # fmt: skip


def _rows(reading: Reading, clause: Line, line: Line, *, baseline: bool) -> tuple[Tested, ...]:
    """Give the rows with P of the table that the sentence means: named in it, or the only one of its kind."""
    document = reading.document
    named = {m[1].upper() for m in _TABLE.finditer(line.words)}
    tables = [t for t in document.tables if t.number.upper() in named]
    if not named:
        if line.role == "results":
            section = document.sections[line.section]
            named = {m[1].upper() for m in _TABLE.finditer(document.plain, section.body, section.end)}
        tables = [
            t for t in document.tables
            if _is_baseline(t) == baseline and (not named or t.number.upper() in named)
            and column_of_p(t, clause) is not None
        ]  # fmt: skip
    if len(tables) > 1:
        most = max(_groups(t, clause) for t in tables)
        tables = [t for t in tables if _groups(t, clause) == most]
        tables = [t for t in tables if _FOLLOWED.search(_heads(t))] or tables
    if len(tables) > 1 and not baseline:
        longest = max(len(t.rows) for t in tables)
        tables = [t for t in tables if len(t.rows) == longest]
    if len(tables) != 1:
        return ()
    table, column = tables[0], column_of_p(tables[0], clause)
    found = []
    for item in reading.reported:
        figure = item.figure("p")
        if item.spot.table == table.index and item.spot.row is not None and column is not None and figure is not None:
            cell = table.cell(item.spot.row, column)
            if cell.start <= figure.start < cell.end:
                row = table.rows[item.spot.row]
                found.append(Tested(table, row, column, figure.printed, figure.start, figure.end))
    return tuple(found)


def column_of_p(table: Table, clause: Line) -> int | None:
    """Give the column of P that a clause means: the only one, that of its group, or that between two groups."""
    columns = [c for c in table.columns if c.statistic == "p"]
    if any(c.statistic in ("b", "hazard_ratio", "odds_ratio", "risk_ratio", "rho") for c in table.columns):
        return None
    if len(columns) == 1 and columns[0].group is None:
        return columns[0].index
    groups = {c.group.text for c in table.columns if c.group}
    said = [g for g in groups if re.search(rf"\b{re.escape(g.split()[0])}", clause.words)]
    wanted = said[0] if len(said) == 1 else None
    found = [c.index for c in columns if (c.group.text if c.group else None) == wanted]
    return found[0] if said and len(found) == 1 else None


def _is_baseline(table: Table) -> bool:
    return bool(_CHARACTERISTICS.search(_heads(table))) and not _FOLLOWED.search(_heads(table))


def _heads(table: Table) -> str:
    return " ".join((table.caption.text if table.caption else "", *(c.label for c in table.columns)))


def _groups(table: Table, clause: Line) -> int:
    """Count the groups of a table that a clause names."""
    groups = {c.group.text.split()[0] for c in table.columns if c.group}
    return sum(bool(re.search(rf"\b{re.escape(g)}", clause.words)) for g in groups)


def _caption(rows: tuple[Tested, ...]) -> str:
    caption = rows[0].table.caption
    return " " + caption.text if caption else ""


def _meant(tested: Tested, line: Line) -> bool:
    """Say whether the sentence speaks of this row: by its words, or of the whole table."""
    if _WHOLE.search(line.words) and not _LISTED.search(line.words):
        return True
    said = {w.lower() for w in _WORD.findall(line.words)} - _EMPTY
    own = {w.lower() for w in _WORD.findall(tested.row.stem or tested.row.label.text)} - _EMPTY
    parent = tested.row.parent
    if parent is not None:
        own |= {w.lower() for w in _WORD.findall(tested.table.rows[parent].stem)} - _EMPTY
    return bool(own & said)
