"""'An independent predictor', 'not associated with', against the P of that variable in a table of a model."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.clauses import with_own_subjects
from evsynth.checks.scanned.facts.levels import above, below, other_level
from evsynth.checks.scanned.facts.named_rows import against_rows, row_key
from evsynth.checks.scanned.identity import Line as TableLine
from evsynth.checks.scanned.identity import key, table_lines
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.parts import Figure, Table
from evsynth.text.expressions import Expression

CODES = ("SIGNIFICANCE_CONTRADICTS",)

_NO = Expression(
    r"\b(?:was|were|is|are) (?:\w+ly )?not (?:\w+ly )?(?:an? )?(?:(?:independent|significant|strong) )?(?:associated|"
    r"related|"
    r"predictive|predictors?|risk factors?|significant)\b|\bdid not (?:\w+ly )?predict\b|\bno (?:\w+ "
    r")?(?:significant )?(?:association|predictor)\b|"
    r"\bneither\b[^.;]{3,60}\b(?:was|were) (?:\w+ly )?(?:associated|predict\w*)",
    re.I,
)
_YES = Expression(
    r"\bindependent(?:ly)? (?:predict\w*|associat\w*|risk factors?|prognostic|related)|"
    r"\b(?:was|were|remained) (?:\w+ly )?(?:significantly|significant|independent)\b[^.;]{0,40}\b(?:associat\w*|"
    r"predict\w*|factors?)|"
    r"\bsignificantly associated\b|\bsignificant predictors?\b|\bindependent predictors?\b",
    re.I,
)
_BUT = Expression(
    r"\W*(?:but|whereas|while|although|though|however)\s(?:not|no|only|when|after|in|the (?:assoc|effect|relat))", re.I
)
_DENIED = Expression(r"\b(?:not|no|nor|neither|never|without|hardly)\b", re.I)
_LEAD = Expression(r"\W*(?:in|on|among|after|for|when|by|at)\s[^,;.]{3,80},", re.I)
_TURN = Expression(r"\W*(?:but|whereas|while)\s[^.;,:()]{3,60}\s(?:was|were|did|is|are)(?P<no> not)?\W*", re.I)
"""A clause that only turns, or repeats, the verdict before it."""
_MULTI = Expression(r"\bmultivaria|\bmultiple\b|\badjust|\bindependent", re.I)
_SINGLE = Expression(r"\b(?:uni|bi)varia|\bunadjust|\bcrude\b|\bsimple\b", re.I)
_SKIP = Expression(
    r"\b(?:only|except|sensitivity|subgroup|among|interaction|weighted|trend|borderline|tend\w*|whether|if|"
    r"bootstrap\w*|lost|no longer|disappear\w*|attenuat\w*|weaken\w*|"
    r"correlat\w*|stepwise|in (?:men|women|patients with))\b|[<=>]\s*0?\.[0-9]|\bCI\b",
    re.I,
)
_HINT = "another model, or the variable in another form, may be meant; otherwise the word or the P is misprinted"
_MODELS = frozenset({"hazard_ratio", "odds_ratio", "risk_ratio", "b", "beta"})


def rows_of_models(reading: Reading) -> Iterator[Finding]:
    """Compare words on predictors with the P of the rows they name in the one table of a model that has them.

    'Independent' and 'multivariable' mean the adjusted column; where a table has a crude and an adjusted P and the
    sentence says neither, both must contradict. Left alone: sentences that print their own numbers, exceptions,
    subgroups, variables that stand in tables of several models, and those of which another table has a P that agrees.
    """
    if other_level(reading):
        return
    rows = [x for x in table_lines(reading) if _is_model(x.table)]
    if not rows:
        return
    for line in lines(reading, ("abstract", "results", "conclusion", "body")):
        went = ""
        lead = found[0] if (found := _LEAD.match(line.words)) else ""
        if _SKIP.search(lead):
            continue
        for part in with_own_subjects(line):
            clause, before, went = part, went, ""
            if _SKIP.search(clause.words) or _BUT.match(clause.words):
                continue
            no, yes = _NO.search(clause.words), _YES.search(clause.words)
            turned = None
            if no is None and yes is not None and _DENIED.search(clause.words, 0, yes.start()):
                continue
            if no is None and yes is None and before:  # "A was not a predictor, but B was"
                turned = _TURN.fullmatch(clause.words)
                no = turned if turned and turned["no"] else None
                yes = turned if turned and not turned["no"] else None
            went = clause.words if no or yes else ""
            if (no is None) == (yes is None) and not (no and yes and no.start() <= yes.start() < no.end()):
                continue
            said = no or yes
            assert said is not None
            if (cut := clause.words.rfind(". ", 0, said.start())) > 0:  # "(Table 3). suPAR was": a sentence of its own
                clause = clause._replace(words=clause.words[cut + 2 :], start=clause.start + cut + 2)
                said = (_NO if no else _YES).search(clause.words)
                assert said is not None
            asked = f"{lead} {before if turned else ''} {clause.words}"
            wrong = list(_wrong(reading, rows, clause, line, asked, negative=no is not None))
            if wrong:
                yield against_rows(reading, clause, said, wrong, negative=no is not None, hint=_HINT)


def _wrong(
    reading: Reading, rows: list[TableLine], clause: Line, line: Line, asked: str, *, negative: bool
) -> Iterator[tuple[TableLine, Figure]]:
    words = key(clause.words)
    cited = {m.upper() for m in re.findall(r"\bTables?\s*(S?[0-9]+)", line.words, re.I)}
    named = [x for x in rows if (own := row_key(x)) and own <= words and (not cited or x.table.number.upper() in cited)]
    named = [x for x in named if not any(row_key(x) < row_key(y) for y in named)]
    for row in named:
        if len({x.table.index for x in named if row_key(x) == row_key(row)}) > 1:
            continue
        found = _meant(reading, row, asked)
        heads = " ".join((row.table.caption.text if row.table.caption else "", *(c.label for c in row.table.columns)))
        if _SINGLE.search(asked) and _MULTI.search(heads):
            continue  # the P may be that of the adjusted model
        if not _MULTI.search(asked) and _elsewhere(reading, row, negative=negative):
            continue
        if found and all(below(f.printed) if negative else above(f.printed) for f in found):
            yield row, found[-1]


def _elsewhere(reading: Reading, row: TableLine, *, negative: bool) -> bool:
    """Say whether another table prints a P of the same variable that agrees with the words."""
    others = [x for x in table_lines(reading) if x.table.index != row.table.index and row_key(x) == row_key(row)]
    figures = [f for x in others if x.p is not None and (f := x.p.figure("p")) is not None]
    return any(above(f.printed) if negative else below(f.printed) for f in figures)


def _meant(reading: Reading, row: TableLine, asked: str) -> list[Figure]:
    """Give the P values of a row that some words can mean, the adjusted one last."""
    found: list[tuple[str, Figure]] = []
    for item in reading.reported:
        spot = item.spot
        if spot.table != row.table.index or spot.row != row.row.index or spot.column is None:
            continue
        figure = item.figure("p")
        if figure is None:
            continue
        at = next((c.index for c in row.table.columns if _holds(row, c.index, figure)), spot.column)
        heads = " ".join(row.table.columns[i].label for i in range(max(1, at - 2), at + 1))
        found.append((heads, figure))
    unique = {f.start: (h, f) for h, f in found}
    pairs = [unique[start] for start in sorted(unique)]
    if len(pairs) == 1:
        caption = row.table.caption.text if row.table.caption else ""
        crude = _SINGLE.search(caption) and not _MULTI.search(caption)
        return [] if crude and _MULTI.search(asked) else [pairs[0][1]]
    if len(pairs) == 2 and _SINGLE.search(pairs[0][0]) and _MULTI.search(pairs[1][0]):
        if _MULTI.search(asked):
            return [pairs[1][1]]
        return [pairs[0][1]] if _SINGLE.search(asked) else [p[1] for p in pairs]
    return []


def _holds(row: TableLine, column: int, figure: Figure) -> bool:
    cell = row.table.cell(row.row.index, column)
    return cell.start <= figure.start < cell.end


def _is_model(table: Table) -> bool:
    return bool({c.statistic for c in table.columns} & _MODELS)
