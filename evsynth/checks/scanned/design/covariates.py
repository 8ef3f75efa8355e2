"""A model holds more covariates than its patients or events carry."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.parts import Table
from evsynth.text.expressions import Expression
from evsynth.text.numerals import NUMBER_WORDS

CODES = ("TOO_MANY_COVARIATES",)

LEAST = 10
"""Events (patients, in linear regression) for each covariate; a usual rule (Peduzzi 1996, J Clin Epidemiol 49:1373)."""

_TENS = "|".join(w for w, n in NUMBER_WORDS.items() if n >= 20)
_UNITS = "|".join(w for w, n in NUMBER_WORDS.items() if 1 <= n <= 9)
_COUNT = (
    rf"(?P<count>[0-9]{{1,2}}|(?:{_TENS})-(?:{_UNITS})|" + "|".join(w for w, n in NUMBER_WORDS.items() if n > 1) + ")"
)
_COVARIATES = Expression(
    rf"\b{_COUNT} (?:\w+ )?(?:covariates|variables|predictors|confounders|factors|candidate predictors|parameters)\b",
    re.I,
)
_MODEL = Expression(r"\b(?:adjust\w*|multivaria\w*|regression|cox|logistic|proportional hazards|model)\b", re.I)
_EVENTS = Expression(
    r"(?P<events>[0-9]{1,4}) (?:(?:patients?|participants|children|subjects) (?:had (?:the |an? )?)?)?(?:deaths?|"
    r"events?|"
    r"died|relapses|outcomes?|cases of|aneurysms?|recurrences|failures)\b",
    re.I,
)
_CONTAINED = Expression(
    r"\b(?:models?|regressions?)\b[^.;]{0,40}?\b(?:contain\w*|includ\w*|held|had|comprised|adjust\w*|with|of)\b", re.I
)
_TRIED = Expression(
    r"\b(?:candidate|potential|possible|available)\s(?:\w+\s)?(?:covariates|variables|predictors|factors|parameters|"
    r"features)\b"
    r"[^.;]{0,60}?\b(?:tried|tested|entered|considered|screened|examined|evaluated|offered|assessed|submitted)\b", re.I,
)  # fmt: skip
_RATIO_NAMED = Expression(r"\b(?:hazard|odds|risk) ratios?\b|\b[aH]?[HO]R\b", re.I)
_RATIOS = frozenset({"hazard_ratio", "odds_ratio", "risk_ratio"})
_LISTED = Expression(r"\badjust(?:ed|ing|ment) for (?P<list>[A-Za-z][^.;():]{10,240})", re.I)
_TIMES = Expression(r"\b(?:ridge|lasso|penali[sz]ed|firth|shrinkage|elastic net|propensity|weight)", re.I)
_LINEAR = frozenset({"b", "beta"})
_CONSTANT = Expression(r"\b(?:constant|intercept|reference|adjusted r|r2|r²|model)\b", re.I)
_MULTI = Expression(r"multivaria|multiple (?:linear )?regression|linear regression|adjusted", re.I)


def covariates(reading: Reading) -> Iterator[Finding]:
    """Count covariates against events in one sentence, and rows of a linear regression table against its patients.

    One finding for a paper. Left alone: propensity and penalised models, tables of single-variable models, and models
    whose number of events the sentence does not print.
    """
    before: Line | None = None
    told: tuple[Line, re.Match[str]] | None = None
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        listed = _LISTED.search(line.words)
        if (
            listed
            and _MODEL.search(line.words)
            and not _TIMES.search(line.words)
            and _COVARIATES.search(line.words) is None
        ):
            items = [x for x in re.split(r",\s*(?:and\s+)?|\s+and\s+", listed["list"]) if x.strip()]
            where = next(((x, e) for x in (line, before) if x is not None and (e := _EVENTS.search(x.words))), None)
            if where is not None and len(items) >= 3 and int(where[1]["events"]) < LEAST * len(items):
                quotes = (line.piece(listed), where[0].piece(where[1]))
                yield _finding(reading, len(items), f"{where[1]['events']} events", quotes)
                return
        before = line
        covariate, event = _COVARIATES.search(line.words), _EVENTS.search(line.words)
        held = _CONTAINED.search(line.words) or _TRIED.search(line.words)
        if covariate and not event and held and not _TIMES.search(line.words):
            told = told or (line, covariate)
        if covariate and event and _MODEL.search(line.words) and not _TIMES.search(line.words):
            count, events = _number(covariate["count"]), int(event["events"])
            if count > 1 and events < LEAST * count:
                yield _finding(reading, count, f"{events} events", (line.piece(covariate), line.piece(event)))
                return
    if told is not None:
        yield from _against_heads(reading, *told)
    for table in reading.document.tables:
        rows = _terms(table)
        patients = _patients(reading, table)
        if len(rows) > 1 and patients is not None and patients[0] < LEAST * len(rows):
            yield _finding(
                reading, len(rows), f"{patients[0]} patients", ((rows[0][0], rows[-1][1]), (patients[1], patients[2]))
            )
            return


def _against_heads(reading: Reading, line: Line, covariate: re.Match[str]) -> Iterator[Finding]:
    """Hold covariates of the methods against the events in captions and heads of tables of ratios: all are too few."""
    events = []
    for table in reading.document.tables:
        if not any(c.statistic in _RATIOS for c in table.columns) and not _RATIO_NAMED.search(_around(table)):
            continue
        phrases = [*([table.caption] if table.caption else []), *(h for c in table.columns for h in c.heads)]
        events += [
            (int(m["events"]), p.start + m.start(), p.start + m.end())
            for p in phrases
            for m in _EVENTS.finditer(p.text)
        ]
    count = _number(covariate["count"])
    if events and max(e for e, _, _ in events) < LEAST * count:
        most = max(events)
        yield _finding(reading, count, f"{most[0]} events", (line.piece(covariate), (most[1], most[2])))


def _around(table: Table) -> str:
    return " ".join([table.caption.text if table.caption else "", *(c.label for c in table.columns)])


def _finding(reading: Reading, count: int, carried: str, quotes: tuple[tuple[int, int], ...]) -> Finding:
    return reading.finding(
        "TOO_MANY_COVARIATES", "concern",
        f"a model with {count} covariates rests on {carried}, fewer than {LEAST} for each covariate",
        "covariates may have been chosen beforehand or estimates shrunken; otherwise such a model fits "
            "noise and its coefficients are unstable",
        quotes=quotes, computed=(("covariates", str(count)),),
    )  # fmt: skip


def _number(text: str) -> int:
    return int(text) if text.isdigit() else sum(NUMBER_WORDS[x] for x in text.lower().split("-"))


def _terms(table: Table) -> list[tuple[int, int]]:
    """Give the rows of a linear regression table that are covariates of one model."""
    statistics = {c.statistic for c in table.columns}
    said = (table.caption.text if table.caption else "") + " " + " ".join(c.label for c in table.columns)
    if not statistics & _LINEAR or not _MULTI.search(said) or re.search(r"\bunivaria|\bsimple regression", said, re.I):
        return []
    return [(r.label.start, r.label.end) for r in table.rows if not r.bare and not _CONSTANT.search(r.label.text)]


def _patients(reading: Reading, table: Table) -> tuple[int, int, int] | None:
    """Give the patients of the model: those of the caption, or the whole study's where one number is printed for it."""
    if table.n is not None:
        return int(table.n.printed.value), table.n.start, table.n.end
    whole = [
        t.columns[0].n for t in reading.document.tables if t.columns and t.columns[0].n is not None
    ] + [t.n for t in reading.document.tables if t.n is not None]  # fmt: skip
    found = {int(n.printed.value) for n in whole}
    if len(found) != 1:
        return None
    return int(whole[0].printed.value), whole[0].start, whole[0].end
