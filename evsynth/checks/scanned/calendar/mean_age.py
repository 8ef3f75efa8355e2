"""Mean and median ages, in sentences and tables, below or above the ages that could take part."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.calendar.age_limits import MONTHS, Limits, age_limits
from evsynth.checks.scanned.identity import table_lines
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("ELIGIBILITY_CONTRADICTS",)

_N = r"\d{1,3}(?:\.\d+)?"
_UNIT = r"(?:\s?-?(?P<{0}>years?|yrs?|y\b|months?|mo\b|weeks?|days?))?"
_CENTRE = Expression(
    rf"\b(?:(?:mean|median|average)\s(?:\([^()]{{1,30}}\)\s|\[[^\[\]]{{1,30}}\]\s|[±]\s?SD\s)?"
    rf"(?:patient(?:s'|'s)?\s|participant(?:s'|'s)?\s)?"
    rf"ages?(?:\s(?:of|in|among|for)\s(?:the\s|all\s|these\s)*\d[\d,]*(?=\s(?!years|yrs|y\b|"
    rf"months)[a-z]))?(?P<what>(?:\s[^\d.;:"
    rf"()%]{{0,50}})?)[\s,:=(]{{0,3}}|\bages?\s(?:averaged|had an? (?:mean|median) of)\s|"
    rf"\baged\s(?:a |an )?(?:mean|median|average)(?: of)?\s|\baveraged\s(?=[\d.]+\syears of age)|"
    rf"\b(?:mean|median|average) of (?=[\d.]+\syears old)|\bages?\s(?:was|were)\s(?=[\d.]+\s?(?:years\s)?(?:±|\(SD)))"
    rf"(?P<n>{_N})(?![\d%]|,\d{{3}}|\s\d{{3}}\b|\s?(?:%|to\b|-))" + _UNIT.format("unit"), re.I,
)  # fmt: skip
_ELSE = Expression(
    r"\b(?:onset|diagnos\w+|surgery|operation|death|menarche|menopause|first|transplant\w*|controls|control "
    r"(?:subjects|persons|women|men|children)|donors?|mothers?|"
    r"maternal|fathers?|paternal|parents?|caregivers?|husbands?|wives|spouses?|partners?|relatives|siblings?|staff|"
    r"clinicians?|nurses|physicians|excluded|gestational|bone|excluding|difference|older|younger|non-?responders|"
    r"declin\w+|refus\w+|screened|last|end of|follow\w*|population|region|country|census|pregnan\w*|conception|birth|"
    r"previous|earlier|other|healthy|retire\w*|biological|index|brain|vascular)\b", re.I,
)  # fmt: skip
_OTHER_STUDY = Expression(
    r"\b[A-Z][a-z]+ (?:and (?:co-?workers|colleagues|others)|et al\b)|"
    r"\b[Ii]n (?:the )?(?:[A-Z][A-Z0-9-]{2,}|[A-Z][a-z]+ et al\.?) (?:trial|study|cohort|registry)?"
)
"""Before an age: another study is told of by its name."""
LATER = Expression(
    r"\b(?:re-?examin\w+|re-?assess\w+|re-?visit\w+|re-?invited|re-?contacted|survivors|years later|long-term)\b", re.I
)
"""Before an age: it is one long after the patients entered."""
_LABEL = Expression(
    r"^(?:(?:mean|median) )?age(?:\s?(?:\(|\[|,|-)?\s?(?:in )?(?:years?|yrs?|y)\b\.?[)\]]?)?(?:[\s,(]*(?:mean|median|"
    r"average|SD|IQR|±|\+/-|quartiles?|range|interquartile|and|at (?:entry|baseline|enrol+ment|inclusion)|["
    r"()\[\],;-])*)*$",
    re.I,
)


def mean_age(reading: Reading) -> Iterator[Finding]:
    """Find a mean or median age that the limits of age exclude: not all patients can have kept them.

    Left alone: ages at another time, of relatives, staff and controls, months and weeks where the limits are in years
    and no unit is told, and tables of controls.
    """
    told = age_limits(reading)
    if told is None:
        return
    for line in lines(reading, ("abstract", "results", "body")):
        for match in _CENTRE.finditer(line.words):
            near = line.words[max(0, match.start() - 45) : match.end() + 28]
            if _ELSE.search(re.split(r"[;.]\s", near[: 45 + len(match[0])])[-1]) or _ELSE.search(match["what"] or ""):
                continue
            if re.match(
                r"[^.;,()]{0,25}\b(?:at|in the controls?|of controls?)\s(?:onset|diag)", line.words[match.end() :]
            ):
                continue
            before = reading.document.prose[max(0, line.start + match.start() - 260) : line.start + match.start()]
            if re.search(r"\btheir\s$", before, re.I) and _ELSE.search(before):
                continue
            if re.search(r"[<>≥≤]\s?$", line.words[: match.start("n")]):
                continue
            found = _wrong(match["n"], match["unit"], told)
            start, end = line.start + match.start("n"), line.start + match.end("n")
            if _OTHER_STUDY.search(line.words[: match.start()]) or LATER.search(line.words[: match.start()]):
                continue
            if _of_others(reading.document.prose, told.spot[0], start):
                continue
            if found and not (start < told.spot[1] and told.spot[0] < end):
                yield _finding(reading, match["n"], (start, end), told)
                return
    for row in table_lines(reading):
        if not _LABEL.match(row.row.label.text.strip()) or row.row.parent is not None:
            continue
        for cell in row.cells:
            head = row.table.columns[cell.spot.column].label if cell.spot.column is not None else ""
            centre = cell.figure("mean") or cell.figure("median")
            if centre is None or _ELSE.search(head) or not (row.row.unit or "years").startswith("y"):
                continue
            if _wrong(centre.printed.text, "years", told):
                yield _finding(reading, centre.printed.text, (centre.start, centre.end), told)
                return


_BRACKETED = Expression(r"\b([a-z]{3,})\s?\([^()]*$")
_ANYONE = frozenset("patients participants subjects adults people persons individuals volunteers cases cohort".split())


def _of_others(prose: str, limit: int, age: int) -> bool:
    """Say whether limit and age stand in brackets behind unlike people: "teachers (> 55)", "students (mean 22)"."""
    found = [_BRACKETED.search(prose[max(0, at - 60) : at]) for at in (limit, age)]
    who = [m[1] for m in found if m is not None]
    return len(who) == 2 and who[0] != who[1] and not _ANYONE & set(who)


def _wrong(text: str, unit: str | None, told: Limits) -> bool:
    value = float(text)
    lowest = min(x for x in (told.least, told.beyond) if x is not None)
    if value > 105 or (unit is None and lowest < 36):
        return False
    months = value * MONTHS[(unit or "years")[0].lower()]
    below = told.least is not None and months + 0.6 * MONTHS[(unit or "y")[0].lower()] < told.least
    return below or (told.beyond is not None and months >= told.beyond)


def _finding(reading: Reading, text: str, spot: Spot, told: Limits) -> Finding:
    return reading.finding(
        "ELIGIBILITY_CONTRADICTS", "error",
        f"a mean or median age of {text} is inconsistent with the limits of the paper ('{told.text}')",
        "the limit may hold for another part of the study, or age at another time may be printed",
        quotes=(spot, told.spot),
    )  # fmt: skip
