"""The P value beside a correlation and a number of patients: of the sentence, or at most that of the whole study."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.counts import counts
from evsynth.checks.scanned.identity import spot, whole_number
from evsynth.checks.scanned.numbers.p_of_counts import distance
from evsynth.checks.scanned.numbers.totals import study_size
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.correlation import correlation_p, exact_spearman, normal_p, patients_that_fit
from evsynth.reanalyse.result import meets
from evsynth.reanalyse.spans import Span, span
from evsynth.scan.parts import Figure
from evsynth.scan.statistics import Reported
from evsynth.scan.statistics.spelling import figure_at
from evsynth.text.expressions import Expression

CODES = ("P_OF_CORRELATION",)

_P_LATER = Expression(
    r"[\s,;(]{1,3}[nN]\s?=\s?\d[\d,]*\s?[,;)]{1,2}\s?\(?[Pp]\s?(?:values?)?\s?[=<>≤≥]\s?(?P<p>0?\.\d+|1\.0+)"
)
_PEOPLE = Expression(
    r"\b[nN]\s?=\s?(\d[\d,]*)|\bin (?:the |all |these )?(\d[\d,]*) (?:[a-z]+ )?(?:patients|participants|children|"
    r"adults|people|"
    r"subjects|women|men|eyes)\b"
)
_WHO = Expression(
    r"(?: [a-z-]+){0,2} (?:patients|participants|children|adults|people|subjects|women|men|eyes|volunteers|infants)\b"
)
_TOLD = Expression(
    r"(?<![\w.,-])(\d{1,3}(?:,\d{3})+|\d{1,6}) (?:[a-z-]+ ){0,2}(?:controls|volunteers|patients|"
    r"participants|children|adults|people|subjects|"
    r"women|men|eyes)\b"
)
_OF_TWO = Expression(
    r"\b(?:r|rho|ρ)\s?=\s?-?0?\.\d+\s(?:vs?\.?|versus|compared (?:with|to))\s(?:an? )?(?:r|rho|"
    r"ρ)?\s?=?\s?$"
)
"""Before the second of two coefficients that are compared: the P behind it is that of their difference."""
_SIZE = Expression(r"\b[nN]\s?=\s?(\d{1,3}(?:,\d{3})+|\d+)")
_PEOPLE_SAID = Expression(
    r"\b(?:patients|participants|children|adults|people|subjects|women|men|eyes|controls|students|infants|cases|"
    r"males?|females?|feet|hips|knees|limbs|samples|cadavers|healthy)\b"
)
_CONTROLS = Expression(r"\b(?:controls?|healthy|volunteers)\b", re.I)
_ANIMALS = Expression(r"\b(?:rats?|mice|mouse|animals?|rabbits?|pigs?|dogs|rodents?|sheep)\b", re.I)
"""Words of papers that measure few often."""
NEAR = 0.05
"""Approximations of the distribution of ranks differ by so little, in Z."""
FEW = 10
"""A smaller number of people of the sentence is that of a part, where none is told for the coefficient."""
MANY = 30
"""Where no size of the study is told, the largest number of the text is taken for the most, from so many on."""
SETTLED = 3
"""Correlations with an exact P of all patients after which the number of patients is taken as known."""


def p_of_correlation(reading: Reading) -> Iterator[Finding]:
    """Compare coefficient and P; without a printed number of patients only what no number could give is said."""
    total = _total(reading)
    fitting, odd = 0, []
    most: int | None = None
    for r in reading.reported:
        rho, p = r.figure("rho") or r.figure("r"), r.figure("p") or _later(reading, r)
        if r.sort != "correlation" or rho is None or p is None or rho.printed.bound or abs(float(rho.printed)) >= 1:
            continue
        if r.spot.role in ("discussion", "background", "conclusion"):
            continue
        if any(_fits(rho, p, n) for n in _told(reading, r)) or _OF_TWO.search(reading.document.prose[: r.start][-40:]):
            continue
        said = _stated(reading, r)
        if said is not None and total is not None and not _bracketed(reading, r) and _fits(rho, p, total):
            continue
        if said is not None:
            yield from _judged(reading, r, rho, p, said, stated=True)
        elif total is not None and total > 3:
            if meets(p.printed, correlation_p(span(rho.printed), total)):
                fitting += not p.printed.bound
            odd.append((r, rho, p))
        elif (told := _people_told(reading, r)) and r.spot.role != "methods":
            yield from _judged(reading, r, rho, p, max(told), stated=False)
        elif (
            total is None
            and not _ANIMALS.search(reading.document.prose)
            and r.spot.role not in ("methods", "front matter")
        ):
            most = _largest(reading) if most is None else most
            if most >= MANY:
                yield from _judged(reading, r, rho, p, most, stated=False)
    if total is not None:
        for r, rho, p in odd:
            # Where several others have exactly the P of all patients, fewer patients are no likely explanation.
            yield from _judged(reading, r, rho, p, total, stated=fitting >= SETTLED)


def _total(reading: Reading) -> int | None:
    """Give the size of the study; none where the text tells of more patients than that."""
    total = study_size(reading)
    return None if total is None or _most(reading) > total else total


def _most(reading: Reading) -> int:
    """Give the largest number of people that the text tells."""
    prose = reading.document.prose
    with_controls = [
        sum(int(re.sub(r"\D", "", m[1])) for m in _TOLD.finditer(prose, s.start, s.end))
        for s in reading.document.sentences
        if _CONTROLS.search(prose, s.start, s.end)
    ]
    return max([*(int(re.sub(r"\D", "", m[1])) for m in _TOLD.finditer(prose)), *with_controls], default=0)


def _largest(reading: Reading) -> int:
    """Give the largest whole number of the text that may count something."""
    told = [c.value for c in counts(reading.document.prose) if not 1900 <= c.value <= 2100]
    told += [int(re.sub(r"\D", "", m[1])) for m in _SIZE.finditer(reading.document.prose)]
    named = {int(re.sub(r"\D", "", m[1])) for m in re.finditer(r"\bn\s?=\s?(\d[\d,]*)", reading.document.prose)}
    return max([*told, *_together(reading), sum(named)], default=0)


def _together(reading: Reading) -> Iterator[int]:
    """Give the sums of the numbers of each sentence that tells of several groups: "35 before, 72 on dialysis"."""
    for sentence in reading.document.sentences:
        words = reading.document.prose[sentence.start : sentence.end]
        numbers = [c.value for c in counts(words) if not 1900 <= c.value <= 2100]
        if len(numbers) > 1 and _PEOPLE_SAID.search(words):
            yield sum(numbers)


def _stated(reading: Reading, r: Reported) -> int | None:
    """Give the number of patients printed as (n = ...) in the same sentence, or in the heading of the table."""
    if r.spot.table is not None:
        table = reading.document.tables[r.spot.table]
        column = table.columns[r.spot.column] if r.spot.column is not None else None
        figure = (column.n if column is not None else None) or table.n
        return whole_number(figure.printed) if figure is not None else None
    people = _people(reading, r)
    if people is not None:
        return people
    stop = _next(reading, r)
    near = [
        x for x in reading.reported
        if x.sort == "group size" and x.spot.sentence is not None and x.spot.sentence == r.spot.sentence
        and r.end <= x.start < stop and "=" in reading.document.plain[max(0, x.start - 4) : x.end]
    ]  # fmt: skip
    figure = near[0].figures[0] if near and near[0].figures else None
    return whole_number(figure.printed) if figure is not None else None


def _later(reading: Reading, r: Reported) -> Figure | None:
    """Give the P after a number of patients: "r = 0.12, n = 240, P < 0.001"."""
    found = _P_LATER.match(reading.document.prose, r.end) if r.spot.table is None and r.sort == "correlation" else None
    return figure_at("p", reading.document.prose, found.start("p"), found.end("p")) if found else None


def _people(reading: Reading, r: Reported) -> int | None:
    """Give the only number of people that stands behind the coefficient: "n = 240", "in the 240 patients"."""
    prose = reading.document.prose
    sentence = reading.document.sentence_at(r.start)
    if sentence is None:
        return None
    found = _PEOPLE.findall(prose, r.start, min(sentence.end, r.end + 60, _next(reading, r)))
    numbers = {int(re.sub(r"\D", "", one or two)) for one, two in found}
    return numbers.pop() if len(numbers) == 1 else None


def _next(reading: Reading, r: Reported) -> int:
    """Give where the next coefficient stands: a number of patients after it is that of the next one."""
    starts = [x.start for x in reading.reported if x.sort == "correlation" and x.start > r.start]
    return min(starts, default=len(reading.document.prose))


def _bracketed(reading: Reading, r: Reported) -> bool:
    """Say whether the number of patients stands in one bracket with the coefficient, or in its table."""
    if r.spot.table is not None:
        return True
    after = re.split(r"[).]\s|[)\]]", reading.document.prose[r.start : r.end + 40])[0]
    return re.search(r"\b[nN]\s?=", after) is not None


def _told(reading: Reading, r: Reported) -> tuple[int, ...]:
    """Give the numbers of people of its sentence: "in the 54 patients in whom it was measured"."""
    sentence = reading.document.sentence_at(r.start) if r.spot.table is None else None
    if sentence is None:
        return ()
    words = reading.document.prose[sentence.start : sentence.end]
    sized = (int(re.sub(r"\D", "", m[1])) for m in _SIZE.finditer(words))
    return tuple(n for n in (*(c.value for c in counts(words)), *sized) if 4 <= n <= 100_000)


def _people_told(reading: Reading, r: Reported) -> tuple[int, ...]:
    """Give the numbers of its sentence that are said to be of people."""
    sentence = reading.document.sentence_at(r.start) if r.spot.table is None else None
    if sentence is None:
        return ()
    words = reading.document.prose[sentence.start : sentence.end]
    told = tuple(c.value for c in counts(words) if 4 <= c.value <= 100_000 and _WHO.match(words, c.end))
    return told if told and max(told) >= _most(reading) else ()


def _fits(rho: Figure, p: Figure, n: int) -> bool:
    values = span(rho.printed)
    return meets(p.printed, correlation_p(values, n)) or meets(p.printed, normal_p(values, n))


def _judged(reading: Reading, r: Reported, rho: Figure, p: Figure, n: int, *, stated: bool) -> Iterator[Finding]:
    if n < (4 if stated else FEW):
        return
    values = span(rho.printed)
    spans = [correlation_p(values, n), normal_p(values, n)]
    if (exact := exact_spearman(values, n)) is not None:
        spans.append(exact)
    if any(meets(p.printed, s) for s in spans):
        return
    if any(distance(p.printed, {"low": s.low, "high": s.high}) < NEAR for s in spans):
        return
    fit = () if p.printed.bound else patients_that_fit(values, _interval(p.printed), n)
    if not stated and (_larger(p.printed, spans[0]) or fit):
        return  # fewer patients than all would give it
    told = f"; the printed P is that of {fit[len(fit) // 2]} patients" if fit else ""
    of = f"{n} patients" if stated else f"at most {n} patients"
    yield reading.finding(
        "P_OF_CORRELATION", "inconsistent",
        f"P {p.printed} is inconsistent with a correlation of {rho.printed} in {of}, which gives {spans[0]}{told}",
        "fewer patients, or another coefficient in the same row, may explain it; otherwise one of both is misprinted",
        quotes=(spot(rho, p),), computed=(("t of the coefficient", str(spans[0])),),
    )  # fmt: skip


def _interval(p: Printed) -> Span:
    return span(p)


def _larger(p: Printed, values: Span) -> bool:
    low = p.interval().low
    return low is not None and float(low) > values.high
