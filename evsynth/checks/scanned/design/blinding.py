"""Assessors are called blind, and the outcome is assessed by those who treated or knew the group."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

CODES = ("BLINDING_CONTRADICTS",)

_BLIND = Expression(
    r"\b(?:(?:assessor|observer|evaluator|examiner|rater)s?[- ](?:were )?(?:blind(?:ed)?|masked)|"
    r"(?:double|triple)[- ](?:blind(?:ed)?|masked)|"
    r"(?:blind(?:ed)?|masked) (?:outcome |end-?point )?(?:assess(?:ors?|ment)|evaluat(?:ors?|ion)|adjudicat\w+|"
    r"raters?|observers?)|(?:assessors?|observers?|evaluators?|examiners?|raters?)(?: who (?:were|was))? "
    r"(?:unaware of|blind(?:ed)? to|"
    r"masked to) (?:the )?(?:group|treatment|allocation|assignment))\b",
    re.I,
)
_BY = Expression(
    r"\b(?:graded|assessed|rated|scored|adjudicated|evaluated|measured|recorded|classified|judged|reconstructed|"
    r"read)\b[^.;]{0,60}?\bby\s+"
    r"(?P<who>[^.;,()]{0,60}?\b(?:"
    r"unblinded|unmasked|non-?blinded|not (?:blinded|masked|blind)|aware of (?:the )?(?:group|treatment|allocation|"
    r"assignment)|"
    r"(?:surgeons?|therapists?|physiotherapists?|physicians?|nurses?|dentists?|clinicians?|operators?|investigators?|"
    r"psychologists?|trainers?|doctors?)"
    r" who (?:had )?(?:also )?(?:supervised|delivered|given|gave|performed|treated|operated|provided|led|"
    r"administered|carried out|knew|chosen)|(?:the )?(?:two |three |same )?treating (?:physicians?|doctors?|"
    r"surgeons?|clinicians?)|"
    r"(?:the )?same (?:surgeons?|therapists?|physiotherapists?|physicians?|nurses?|dentists?|clinicians?) "
    r"who)\b[^.;,()]{0,60})",
    re.I,
)
_NEITHER = Expression(
    r"\b(?:blood|adherence|compliance|safety|adverse|pilot|screening|eligib\w+|fidelity|baseline|training|independent|"
    r"except|unlike|open-label (?:phase|extension)|dosage|dose)\b|(?:not|n't|never|nor) (?:graded|assessed|rated|"
    r"scored)",
    re.I,
)


def blinding(reading: Reading) -> Iterator[Finding]:
    """Compare 'assessor-blinded' with a sentence that names who assessed.

    Found: the assessors are called unblinded, aware of the group, or are those who gave the treatment. Left alone:
    what is no outcome (adherence, safety, screening), and papers that do not call assessors blind.
    """
    told = next(_matches(reading, _BLIND), None) or next(_matches(reading, _BLIND, ("discussion",)), None)
    by = next((x for x in _matches(reading, _BY) if not _NEITHER.search(x[0].words)), None)
    if told is None or by is None or told[0].start == by[0].start:
        return
    if re.search(r"\b(?:previous|other|et al|these trials)\b", told[0].words):
        return
    yield reading.finding(
        "BLINDING_CONTRADICTS", "inconsistent",
        f"'{' '.join(told[1][0].split())}' is inconsistent with an outcome assessed by "
        f"'{' '.join(by[1]['who'].split())}'",
        "another outcome may have been assessed blind; the paper should say which",
        quotes=(told[0].piece(told[1]), by[0].whole),
    )  # fmt: skip


def _matches(
    reading: Reading, pattern: Expression, roles: tuple[Role, ...] = ("title", "abstract", "methods", "body")
) -> Iterator[tuple[Line, re.Match[str]]]:
    for line in lines(reading, roles):
        match = pattern.search(line.words)
        if match:
            yield line, match
