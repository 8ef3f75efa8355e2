"""The day of the first or the last patient against the period of the study: to 2018, the last in March 2019."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.calendar.moments import moments
from evsynth.checks.scanned.calendar.study_dates import study_dates
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("DATES",)

_TAKEN = (
    r"(?:randomi[sz]ed|enrol+ed|included|recruited|treated|admitted|operated(?: on)?|entered|performed|done|"
    r"carried out|"
    r"implanted|transplanted|born|delivered|diagnosed|undertaken|was|were|took place|occurred|vaccinated|"
    r"registered|given|"
    r"seen|presented|reported|notified|consented|tested|examined)"
)
_WHOM = (
    r"(?:patient|participant|subject|woman|child|person|infant|man|one|recruit|case|operation|procedure|"
    r"transplant\w*|birth|"
    r"admission|implantation|delivery|surgery|intervention|inclusion|enrol+ment|injection|dose|sample|specimen)s?"
)
_LAST = Expression(rf"\b(?:the )?(?:last|final|latest)(?: {_WHOM})?(?: (?:of (?:them|these)|who|to be))?(?: (?:was|"
                   rf"were|being|had been))?(?: {_TAKEN})?,?\s*"
                   r"(?:on|in)?\s*$", re.I)  # fmt: skip
_FIRST = Expression(rf"\b(?:the )?(?:first|earliest)(?: {_WHOM})?(?: (?:of (?:them|these)|who|to be))?(?: (?:was|"
                    rf"were|being|had been))?(?: {_TAKEN})?,?\s*"
                    r"(?:on|in)?\s*$", re.I)  # fmt: skip
_ELSE = Expression(
    r"\b(?:follow-?\s?up|visit|contact|search|approv\w+|regist(?:ered|ration) (?:at|on|with)|"
    r"published|death|literature|review of|outcomes?|measure\w*|assess\w*|examin\w+|interview\w*|question\w+|"
    r"(?:last|final|latest) [^.;,\d]{0,40}\bseen)\b",
    re.I,
)


def outside_period(reading: Reading) -> Iterator[Finding]:
    """Compare the date of the first and the last patient with the one period in which patients entered.

    Left alone: visits, deaths, searches, and papers that tell several periods.
    """
    windows = study_dates(reading).windows
    if len({(w[0].opens.first, w[0].closes.last) for w in windows}) != 1:
        return
    period, spot, text = windows[0]
    if period.opens == period.closes:
        return
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        for moment in moments(line.words):
            if not moment.exact or (spot[0] <= line.start + moment.start < spot[1]):
                continue
            before = line.words[: moment.start]
            late = moment.first > period.closes.last and _LAST.search(before)
            early = moment.last < period.opens.first and _FIRST.search(before)
            if not (late or early) or _ELSE.search(line.words):
                continue
            yield reading.finding(
                "DATES", "error",
                f"{line.words[moment.start : moment.end]} is inconsistent with the period of the study, "
                f"{' '.join(text.split())}",
                "one of the dates may be misprinted",
                quotes=((line.start + moment.start, line.start + moment.end), spot),
            )  # fmt: skip
            return
