"""The design of a study is called one thing in a record or summary and the opposite in the full text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.elsewhere.counterpart import counterpart
from evsynth.checks.scanned.prose import OWN, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

CODES = ("DESIGN_RETOLD",)

_STUDY = r"(?: [\w-]+,?){0,3}? (?:stud(?:y|ies)|trial|analysis|cohort|review|series|design|investigation|comparison)\b"
_NUMBER = r"(?:[2-9]|[1-9]\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|many)"
_WORDS = {
    "open": r"open[- ]label(?:led)?\b(?! (?:extension|phase|period))|\bunblinded\b|\bunmasked\b|\bopen (?:trial|"
    r"study|design)\b",
    "blind": r"\b(?:double|triple)[- ](?:blind|mask)\w*",
    "random": r"\brandomi[sz](?:ed|ation)\b|\brandomly (?:assigned|allocated)|\bat random\b",
    "unrandom": rf"\bsingle[- ]arm\b|\bone(?: treatment)? arm\b|\bsingle[- ]group\b|\bbefore[- ]and[- ]after "
    rf"(?:study|comparison)|"
    rf"\b(?:cohort|case-control|cross-sectional|observational|registry|chart)\b{_STUDY}|\bobservational\b|"
    rf"\bcohort study|"
    rf"\bcase series\b|\bretrospective(?:ly)?\b|\buncontrolled\b",
    "prospective": r"\bprospective(?:ly)?\b",
    "retrospective": r"\bretrospective(?:ly)?\b|\bchart review\b",
    "single": r"\bsingle[- ]?cent(?:er|re)\b|\b(?:at|in) (?:one|a single) (?:[a-z]+ )?(?:cent(?:er|re)|hospital|"
    r"clinic|site)\b",
    "multi": rf"\bmulti-?cent(?:er|re)\b|\bmulticent(?:er|re) study\b|\b{_NUMBER} (?:[a-z]+ ){{0,2}}(?:cent(?:er|"
    rf"re)s|hospitals|"
    rf"sites|clinics)\b",
    "crossover": r"\bcross-?over\b", "parallel": r"\bparallel[- ](?:group|arm)s?\b",
    "superior": r"\bsuperiority (?:trial|study|design)\b", "noninferior": r"\bnon-?inferiority\b",
}  # fmt: skip
_SAID = {name: Expression(words, re.I) for name, words in _WORDS.items()}
_OPPOSED = (
    ("open", "blind"), ("random", "unrandom"), ("retrospective", "prospective"), ("single", "multi"),
    ("crossover", "parallel"), ("superior", "noninferior"),
)  # fmt: skip
_HERE: tuple[Role, ...] = ("title", "abstract", "body", "methods", "results", "front matter")
_NOT_IT = Expression(
    r"\b(?:needed|required|warranted|necessary|future|further|should|await\w*|call\w* for|previous|earlier|other|"
    r"others|"
    r"nested|unlike|not|no|never|neither|without|lack\w*|rather than|instead of|emulat\w*|meta-analys\w+|extension|"
    r"post hoc|secondary analysis|would|planned|confirm\w*|retrospectively registered|et al)\b|\[\d", re.I,
)  # fmt: skip


class _Said(NamedTuple):
    text: str
    spot: Spot


def designs_retold(reading: Reading) -> Iterator[Finding]:
    """Compare open with double-blind, randomised with single-arm or observed, prospective with retrospective, and so.

    Found where each of the documents says one of the two and nowhere the other. Left alone: sentences on other studies,
    on what is needed, on extensions, and denials.
    """
    other = counterpart(reading)
    if other is None:
        return
    for pair in _OPPOSED:
        for one, two in (pair, pair[::-1]):
            here, there = _claimed(reading, one), _claimed(other, two)
            if here is None or there is None or _anywhere(other, one) or _anywhere(reading, two):
                continue
            yield reading.finding(
                "DESIGN_RETOLD", "inconsistent",
                f"'{here.text}' is inconsistent with '{there.text}' in {other.document.id}",
                "the two may be about different parts of one study (a blind phase and an open extension, say)",
                quotes=(here.spot,), others=(other.quoted(*there.spot),),
            )  # fmt: skip
            return


def _claimed(reading: Reading, name: str) -> _Said | None:
    for line in lines(reading, _HERE):
        for match in _SAID[name].finditer(line.words):
            if not _NOT_IT.search(line.words[max(0, match.start() - 90) : match.end() + 50]):
                return _Said(" ".join(match[0].split()), line.whole)
    for field in reading.document.fields:
        text = reading.document.plain[field.start : field.end]
        named = _SAID[name].search(text) if field.tag in ("PT", "MH") else None
        if named:
            return _Said(" ".join(named[0].split()), (field.start + named.start(), field.start + named.end()))
    return None


def _anywhere(reading: Reading, name: str) -> bool:
    """Say whether a word for a design stands in a document's own parts, those on what is needed left out."""
    own: tuple[Role, ...] = (*OWN, "figure legend", "front matter")
    for line in lines(reading, own):
        for match in _SAID[name].finditer(line.words):
            if not re.search(
                r"\b(?:needed|required|warranted|necessary|future|further|previous|earlier|not|no|without|"
                r"lack\w*)\b|\[\d",
                line.words[max(0, match.start() - 60) : match.end() + 50], re.I,
            ):  # fmt: skip
                return True
    return False
