"""More than all: "192.4% of eligible infants", "complications in 52 of the 48 operations"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.marked import marked, spot
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("COUNT_EXCEEDS", "PERCENT_IMPOSSIBLE")

_WHO = (
    r"(?:patients|participants|subjects|children|infants|neonates|women|men|people|adults|volunteers|recipients|"
    r"cases|mothers|"
    r"babies|boys|girls|students|nurses|doctors|physicians|respondents|residents|dogs|cats|horses|cows|animals|"
    r"rats|mice|"
    r"eyes|teeth|implants|grafts|specimens|samples|hospitals|clinics|practices|schools|families|households|pregnancies|"
    r"births|deliveries|operations|procedures|admissions|attendances|survivors|controls|workers|employees|teachers|"
    r"inhabitants)"
)
_SHARE = Expression(
    rf"⟨p(?P<p>\d+)⟩ of (?:the |all |all the |our |these |those |its )?(?:(?!dose|target|expected|planned|"
    rf"predicted)[a-z-]+ ){{0,2}}{_WHO}\b"
)
_OF = Expression(
    rf"⟨c(?P<k>\d+)⟩ (?:out )?of (?:(?:the |these |those |all |our |a total of )*⟨c(?P<n>\d+)⟩ (?:[a-z-]+ "
    rf"){{0,2}}{_WHO}\b|"
    r"(?:these|those|the same|all these|all those) ⟨c(?P<m>\d+)⟩(?! (?:points|items|days|weeks|months|years|"
    r"doses|visits)))"
)
_ALLOWED = Expression(
    r"target|expected|predicted|baseline|planned|dose|normal|increase|decrease|change|higher|lower|more|rise|grew|"
    r"relative|"
    r"capacity|control values?|of (?:the )?(?:mean|value)|occupancy|required|recruit|enrol|goal|sample size|intake",
    re.I,
)


def more_than_whole(reading: Reading) -> Iterator[Finding]:
    """Find percentages above 100 of people or things counted, and counts above the number that they are of.

    Left alone: shares of what was expected or planned, changes, several events in one person.
    """
    for line in lines(reading, ("abstract", "results", "body")):
        if not re.search(r"\bof\b", line.words):
            continue
        sentence = marked(line.words)
        for match in _SHARE.finditer(sentence.text):
            percent = sentence.numbers[int(match["p"])]
            around = sentence.text[max(0, match.start() - 60) : match.end() + 30]
            if 100 < float(percent.printed) < 1000 and not percent.printed.bound and not _ALLOWED.search(around):
                yield reading.finding(
                    "PERCENT_IMPOSSIBLE", "inconsistent", f"{percent.printed}% of people or things counted is more "
                                                          f"than all",
                    "a digit or the decimal point is misprinted", quotes=(spot(line, percent),),
                )  # fmt: skip
        for match in _OF.finditer(sentence.text):
            count, of = sentence.numbers[int(match["k"])], sentence.numbers[int(match["n"] or match["m"])]
            before = sentence.text[max(0, match.start() - 30) : match.start()]
            if count.whole > of.whole >= 2 and not re.search(
                r"\b(?:total|sum|mean|median|mixture|ratio|score)\b|⟨\w+⟩ (?:to|or|and) $", before
            ):
                yield reading.finding(
                    "COUNT_EXCEEDS", "inconsistent", f"{count.printed} of {of.printed} is more than all",
                    "events may be counted, not people; otherwise a digit is misprinted",
                    quotes=(spot(line, count, of),),
                )  # fmt: skip
