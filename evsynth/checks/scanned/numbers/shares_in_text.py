"""Percentages in sentences: of some number of patients that the document prints, if they are to be believed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.marked import marked
from evsynth.checks.scanned.facts.proportions import proportions
from evsynth.checks.scanned.identity import group_key, group_sizes, spot, whole_number
from evsynth.checks.scanned.numbers.percentages import prints
from evsynth.checks.scanned.numbers.totals import sizes_said, study_size
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.counting import counts_that_print, denominators_that_print, last_digit
from evsynth.scan.parts import Figure
from evsynth.scan.statistics import Reported
from evsynth.text.expressions import Expression

CODES = ("COUNT_PERCENT", "PERCENT_IMPOSSIBLE")

_OWN = ("abstract", "results", "body", "figure legend")
_WHOLE = Expression(r"(?<![\d.,·/])(\d{1,3}(?:,\d{3})+|\d+)(?![\d·%]|[.,]\d)")
_OF_PATIENTS = Expression(
    r"%\s*\)?\s*(?:of\s+(?:all\s+|the\s+|our\s+|these\s+|enrolled\s+)*)?(?:patients|cases|participants|children|subjects)\b"
)
_BETWEEN = Expression(
    r"\s*(?:(?:of the )?(?:patients?|participants?|subjects?|children|women|men|cases|individuals|infants|people|"
    r"eyes|had))?\s*[(\[,]\s*"
)
_BEFORE = Expression(
    r"(?:\bof|\bat|\bafter|\bthan|\bby|\bgrade|\bstage|\bday|\bweek|\bmonth|\bof the|[=<>≥≤/])\s*$", re.I
)
_OF_LATER = Expression(r"\s*%?\s*[)\]]\s*(?:out )?of (?:the )?(\d{1,3}(?:,\d{3})+|\d+)\b")
_ESTIMATE = Expression(
    r"surviv|Kaplan|cumulative|estimate|rate\b|incidence|sensitiv|specific|predict|power|confiden|weighted|adjusted|reduc|"
    r"increas|decreas|change|decline|improve(?:d|ment) (?:of|by)|fell|rose|by\s*$|al\.|\b(?:19|20)\d\d\b|previous|"
    r"literature|reported by", re.I,
)  # fmt: skip


def shares_in_text(reading: Reading) -> Iterator[Finding]:
    """Check "39 patients (38.7%)" against every number printed, and "32.3% of cases" against the sizes of groups."""
    printed = _printed(reading)
    total = study_size(reading)
    sizes = group_sizes(reading)
    for r in reading.reported:
        if r.spot.table is not None:
            continue
        if r.sort == "count percent" and r.figure("of") is None and r.spot.role in _OWN:
            group = sizes.get(group_key(r.group.text)) if r.group is not None else None
            yield from _count(reading, r, printed, group.patients if group else None, total)
        elif r.sort == "percent" and total is not None and r.spot.role in (*_OWN, "discussion"):
            yield from _alone(reading, r, total)


def _printed(reading: Reading) -> frozenset[int]:
    """Give every whole number the document prints, and sums of group sizes."""
    found = {int(m[1].replace(",", "")) for m in _WHOLE.finditer(reading.document.plain)}
    return frozenset(found | set(sizes_said(reading)))


def _count(
    reading: Reading, r: Reported, printed: frozenset[int], group: int | None, total: int | None
) -> Iterator[Finding]:
    count, percent = r.figure("count"), r.figure("percent")
    number = whole_number(count.printed) if count is not None else None
    if count is None or percent is None or not number or percent.printed.bound or not _plainly(reading, count, percent):
        return
    if _OF_LATER.match(reading.document.prose[percent.end : percent.end + 40]):
        return  # its own denominator follows
    if _of_another(reading, r, percent):
        return
    if total is None and group is None:
        return
    most = max(total or 0, group or 0)
    if any(prints(count.printed, percent.printed, n) for n in printed if number <= n <= 100_000):
        return
    hidden = denominators_that_print(percent.printed, number, most)
    if hidden and group is None:
        return
    if percent.printed.value == 0 or number > most:
        return
    among = {group, *printed} if group else {*range(number, most + 1), *printed}
    cuts = [last_digit(percent.printed, number, n) for n in sorted(among) if number <= n < 200_000]
    of_ = f"{group} patients of the group" if group else f"any number of patients up to {most}"
    yield _finding(
        reading, count, percent, f"{of_}, and with every number the document prints", (group,) if group else (), hidden,
        next((cut for cut in cuts if cut), ""),
    )  # fmt: skip


def _of_another(reading: Reading, r: Reported, percent: Figure) -> bool:
    """Say whether the sentence tells the percentage of another count: "4 improvements among 41 patients (9.8%)"."""
    if r.spot.sentence is None:
        return False
    sentence = reading.document.sentences[r.spot.sentence]
    told = proportions(marked(reading.document.prose[sentence.start : sentence.end].rstrip()))
    return any(
        s.percent is not None and s.of is not None and sentence.start + s.percent.start == percent.start for s in told
    )


def _finding(
    reading: Reading,
    count: Figure,
    percent: Figure,
    against: str,
    groups: tuple[int, ...],
    hidden: tuple[int, ...],
    cut: str = "",
) -> Finding:
    fit = counts_that_print(percent.printed, groups[0]) if groups else ()
    innocent = f"a denominator of {', '.join(map(str, hidden[:4]))} gives it; " if hidden else ""
    return reading.finding(
        "COUNT_PERCENT", "note" if cut else "inconsistent",
        f"{count.printed} ({percent.printed}%) is inconsistent with {against}" + (f"; {cut}" if cut else ""),
        f"{innocent}counts that print as {percent.printed}%: {', '.join(map(str, fit)) or 'not known'}",
        quotes=(spot(count, percent),),
    )  # fmt: skip


def _plainly(reading: Reading, count: Figure, percent: Figure) -> bool:
    """Say whether a sentence prints "39 patients (38.7%)": digits, a word for people or none, the bracket closed."""
    prose = reading.document.prose
    return (
        count.printed.text.replace(",", "").isdigit() and count.start < percent.start
        and bool(_BETWEEN.fullmatch(prose[count.end : percent.start]))
        and bool(re.match(r"\s*%\s*[)\],;]", prose[percent.end : percent.end + 5]))
        and not _BEFORE.search(prose[max(0, count.start - 25) : count.start])
    )  # fmt: skip


def _alone(reading: Reading, r: Reported, total: int) -> Iterator[Finding]:
    percent = r.figure("percent")
    sentence = reading.document.sentence_at(r.start)
    if percent is None or sentence is None or percent.printed.decimals < 1 or percent.printed.bound:
        return
    words = reading.document.prose[sentence.start : sentence.end]
    if not _OF_PATIENTS.match(reading.document.prose[percent.end : percent.end + 50]):
        return
    clause = words[: percent.end - sentence.start]
    if _ESTIMATE.search(clause[max(clause.rfind(","), clause.rfind(";")) + 1 :]) or re.search(
        r"et al|\(\d{4}\)|\bof \d", words
    ):
        return
    if r.spot.role == "discussion" and not re.search(r"\b(?:our|this study|enrolled|present study|we)\b", words):
        return
    known = {n for n in sizes_said(reading) if 3 < n <= total} | _sizes(reading) | {total}
    if any(counts_that_print(percent.printed, n) for n in known if n < 5000):
        return
    yield reading.finding(
        "PERCENT_IMPOSSIBLE", "inconsistent",
        f"{percent.printed}% of patients is inconsistent with any whole number of {total} patients, or of a "
        f"printed group",
        "missing data would give another denominator", quotes=((percent.start, percent.end),),
    )  # fmt: skip


def _sizes(reading: Reading) -> set[int]:
    """Give the sizes that are printed for groups and subsets anywhere."""
    found = set()
    for r in reading.reported:
        if r.sort in ("group size", "count", "fraction", "count percent"):
            for name in ("count", "of"):
                figure = r.figure(name)
                if figure is not None and (number := whole_number(figure.printed)) is not None and number > 3:
                    found.add(number)
    return found
