"""Patients in the tables whom the criteria of the paper exclude: a disease, or an age."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.calendar.age_limits import age_limits
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.statistics import Reported
from evsynth.text.expressions import Expression

CODES = ("ELIGIBILITY_CONTRADICTS",)

_SAME = (
    frozenset(
        "malignancy malignancies malignant cancer cancers tumour tumours tumor tumors neoplasm neoplasms "
        "carcinoma".split()
    ),
    frozenset("diabetes diabetic".split()),
    frozenset("tuberculosis tb".split()),
    frozenset("hypertension hypertensive".split()),
    frozenset("pregnancy pregnant".split()),
    frozenset("stroke".split()),
    frozenset("cirrhosis".split()),
    frozenset("hepatitis".split()),
    frozenset("hiv".split()),
    frozenset("epilepsy".split()),
    frozenset("psychosis psychotic".split()),
    frozenset("asthma asthmatic".split()),
    frozenset("copd".split()),
    frozenset("rickets".split()),
    frozenset("dementia".split()),
    frozenset("transplant transplantation transplanted".split()),
    frozenset("dialysis".split()),
    frozenset("neoadjuvant".split()),
)
"""Words for one condition; only those whose name says all, so that label and criterion mean the same."""

_EXCLUDED = Expression(
    r"\bexclusion criteri(?:a|on)\b|\b(?:were|was) (?:also )?(?:excluded|not eligible|ineligible)\b|"
    r"\breasons? for exclusion\b|\bwe excluded\b|\bexcluding (?:patients|those|subjects)",
    re.I,
)
_NARROWED = Expression(
    r"\b(?:active|severe|uncontrolled|recent|current|advanced|metastatic|untreated|unstable|insulin\w*|type "
    r"1|pulmonary|within|associated|overlap\w*|except|history|previous|prior|latent|chronic|refractory|"
    r"gestational)\b",
    re.I,
)
_AFTER = Expression(
    r"\b(?:new|incident|developed|during|after|follow-?up|adverse|family|parent\w*|mother|father)\b", re.I
)
_OF_A_RESULT = Expression(r"\bage groups?\b|\bsubgroups?\b|\bP\s?[<=>]|\bCI\b|\bsignificantly\b", re.I)
_OTHERS = Expression(
    r"\b(?:parents?|mothers?|fathers?|caregivers?|carers?|controls?|donors?|partners?|spouses?|siblings?|staff|nurses|"
    r"physicians|teachers|relatives)\b", re.I,
)  # fmt: skip
_WORD = Expression(r"[A-Za-z-]{2,}")
_CUT = Expression(r"[,;:()]|\bor\b|\band\b|\bwith\b")
_AGES = Expression(
    r"\b(?:aged?|ages)\s+(?:between\s+|from\s+|of\s+)?(?P<low>[0-9]{1,2})\s*(?:-|to|"
    r"and)\s*(?P<high>[0-9]{2,3})\s*years?"
    r"|(?:aged?|age of)\s*(?:≥|>=|at least|over|older than)\s*(?P<least>[0-9]{2})\b|(?:≥|>=|at "
    r"least)\s*(?P<least2>[0-9]{2})\s*years(?: of age| old)?"
    r"|\b(?:under|younger than|below|<)\s*(?P<under>[0-9]{2})\s*years[^.;]{0,40}(?:not eligible|excluded|"
    r"ineligible)|\bpatients (?:aged )?(?:under|younger than|below|<)\s*(?P<under2>[0-9]{2})\s*years"
)


_BAND = Expression(r"\d\s?(?:years\s)?(?:to|,|and|or|vs\.?|versus)\s?$")
"""Before the last of several bands of age: "declined from 60-69 to ≥80 years"."""


def eligibility(reading: Reading) -> Iterator[Finding]:
    """Compare exclusion criteria and age limits in the methods with the tables of patients.

    Conditions: the criterion and the label of a row are one condition, neither narrowed ("active", "previous") unless
    both are by the same word, and the row counts at least one patient. Ages: a printed range of ages reaches beyond
    the limits. Left alone: outcomes and events after the start, family history, narrowed criteria.
    """
    yield from _conditions(reading)
    yield from _ages(reading)


def _conditions(reading: Reading) -> Iterator[Finding]:
    for line in lines(reading, ("methods", "body")):
        if not _EXCLUDED.search(line.words):
            continue
        start = 0
        for cut in [*_CUT.finditer(line.words), None]:
            end = cut.start() if cut else len(line.words)
            words = {w.lower() for w in _WORD.findall(line.words[start:end])}
            condition = next((c for c in _SAME if c & words), None)
            if condition is not None:
                yield from _listed(reading, line, (start, end), condition)
            start = cut.end() if cut else end


def _listed(reading: Reading, line: Line, part: tuple[int, int], condition: frozenset[str]) -> Iterator[Finding]:
    criterion = line.words[part[0] : part[1]]
    criterion = re.split(r"\b(?:were|was|are|is|not)\b", criterion)[0] if condition & _words(criterion) else criterion
    narrow = {m[0].lower() for m in _NARROWED.finditer(criterion)}
    for table in reading.document.tables:
        for row in table.rows:
            own = {w.lower() for w in _WORD.findall(row.stem)}
            if not own & condition or _AFTER.search(row.label.text) or len(own - condition) > 3:
                continue
            own_narrow = {m[0].lower() for m in _NARROWED.finditer(row.label.text)}
            if (narrow if own_narrow else narrow - {"history", "previous", "prior"}) != own_narrow:
                continue
            counted = [r for r in _counts(reading, table.index, row.index) if float(r.figures[0].printed.value) > 0]
            if counted:
                shown = " ".join(criterion.split())
                said = re.search(r"\S(?:.*\S)?", criterion, re.S)
                start = line.start + part[0] + (said.start() if said else 0)
                yield reading.finding(
                    "ELIGIBILITY_CONTRADICTS", "inconsistent",
                    f"'{row.label.text}' in Table {table.number} counts patients with what the criteria "
                        f"exclude ('{shown}')",
                    "a past or cured condition may be counted, or the criterion may mean a narrower one than it says",
                    quotes=((start, start + len(criterion.strip())), (row.label.start, counted[-1].end)),
                )  # fmt: skip
                return


def _words(text: str) -> set[str]:
    return {w.lower() for w in _WORD.findall(re.split(r"\b(?:were|was|are|is|not)\b", text)[0])}


def _counts(reading: Reading, table: int, row: int) -> list[Reported]:
    return [
        r for r in reading.reported
        if r.spot.table == table and r.spot.row == row and r.sort in ("count percent", "fraction", "count")
        and r.figures and r.figures[0].statistic == "count"
    ]  # fmt: skip


def _ages(reading: Reading) -> Iterator[Finding]:
    limits = next(
        (
            (line, m)
            for line in lines(reading, ("methods", "abstract", "body"))
            if not _OF_A_RESULT.search(line.words)
            for m in _AGES.finditer(line.words)
            if not _BAND.search(line.words[: m.start()])
        ),
        None,
    )
    if limits is None:
        return
    line, match = limits
    least = next((int(match[name]) for name in ("low", "least", "least2", "under", "under2") if match[name]), None)
    most = int(match["high"]) if match["high"] else None
    wider = age_limits(reading)
    if least is not None and wider is not None and wider.least is not None and wider.least < 12 * least - 1:
        return
    for item in reading.reported:
        if not _is_age(reading, item):
            continue
        low, high = item.figure("minimum") or item.figure("value"), item.figure("maximum") or item.figure("value_to")
        if low is None or high is None or low.printed.bound or item.spot.role == "methods":
            continue
        if re.match(r"\s?%", reading.document.plain[high.end : high.end + 2]):
            continue
        under = least is not None and float(low.printed.interval().high or 0) < least
        over = most is not None and float(high.printed.interval().low or 0) >= most + 1
        if under or over:
            figure = low if under else high
            yield reading.finding(
                "ELIGIBILITY_CONTRADICTS", "error",
                f"age {figure.printed} is inconsistent with the limits of the paper ('{' '.join(match[0].split())}')",
                "the limit may hold for another part of the study, or age at another time may be printed",
                quotes=((item.start, item.end), line.piece(match)),
            )  # fmt: skip
            return


def _is_age(reading: Reading, item: Reported) -> bool:
    if item.sort not in ("range", "median range", "age"):
        return False
    label = item.variable.text if item.variable else ""
    if item.spot.table is not None and item.spot.row is not None:
        label = reading.document.tables[item.spot.table].rows[item.spot.row].label.text
    elif _OTHERS.search(reading.document.prose[max(0, item.start - 60) : item.start].split(")")[-1]):
        return False
    elif item.sort == "age":
        return item.figure("value_to") is not None and item.spot.role == "results"
    return bool(re.search(r"\bage\b", label, re.I)) and not re.search(r"\bonset|diagnosis|first\b", label, re.I)
