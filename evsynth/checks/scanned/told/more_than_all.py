"""A part larger than its whole right beside it: "forty patients (43 women)", "1760 were sent, 1798 were returned"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.marked import marked, spot
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("GROUP_EXCEEDS",)

_PEOPLE = (
    r"(?:patients|participants|people|subjects|individuals|children|infants|adults|volunteers|recipients|neonates|"
    r"students|cases|controls|nurses|workers|residents|persons)"
)
_SEXES = r"(?:women|men|males?|females?|boys|girls)\b(?!-)"
_OF_THEM = Expression(
    rf"⟨c(?P<n>\d+)⟩ (?:[a-z-]+ ){{0,3}}?{_PEOPLE} \((?:[^()⟨]|⟨(?!c)[a-z]\d+⟩|⟨c\d+⟩ (?:per|in each)){{0,60}}?"
    rf"⟨c(?P<k>\d+)⟩ (?:\(⟨p\d+⟩\) ?)?{_SEXES}|"
    rf"⟨c(?P<m>\d+)⟩ (?:[a-z-]+ ){{0,2}}?{_PEOPLE},? (?:of whom |including )⟨c(?P<j>\d+)⟩ (?:\(⟨p\d+⟩\) )?"
    rf"(?:were )?{_SEXES}",
    re.I,
)
_SENT = Expression(
    r"⟨c(?P<n>\d+)⟩ (?:[a-z-]+ ){0,3}?(?:questionnaires|surveys|forms|invitations|letters|kits|invitees|e-?mails|links|"
    r"diaries) (?:were )?(?:sent|mailed|distributed|issued|posted|handed out|e-?mailed),? (?:out,? )?"
    r"(?:and |of which )?⟨c(?P<k>\d+)⟩ (?:\(⟨p\d+⟩\) )?(?:were )?(?:returned|completed|answered|received|filled in)",
    re.I,
)  # fmt: skip


def more_than_all(reading: Reading) -> Iterator[Finding]:
    """Compare men or women with the people whose bracket tells them, and what was returned with what was sent."""
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        if not re.search(r"men\b|male|boys|girls|sent\b|mailed|distributed|issued|posted|handed", line.words):
            continue
        sentence = marked(line.words)
        for match in (*_OF_THEM.finditer(sentence.text), *_SENT.finditer(sentence.text)):
            told = match.groupdict()
            whole = sentence.numbers[int(told.get("n") or told["m"])]
            part = sentence.numbers[int(told.get("k") or told["j"])]
            if whole.whole < part.whole <= 20 * whole.whole and whole.whole > 2:
                yield reading.finding(
                    "GROUP_EXCEEDS", "error", f"{part.printed} are more than the {whole.printed} they are of",
                    "the two numbers may be exchanged; otherwise a digit is misprinted",
                    quotes=(spot(line, whole, part), spot(line, part), spot(line, whole)),
                )  # fmt: skip
