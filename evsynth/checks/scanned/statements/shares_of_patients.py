"""'The test identified two thirds of patients', concluded, against '1012 of 2318 participants (43.7%)' told of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.clauses import clauses
from evsynth.checks.scanned.facts.concluding import before_conclusion, concluding, stems
from evsynth.checks.scanned.facts.share_words import share_words
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("SHARE_CONTRADICTS",)

_PEOPLE = (
    r"(?:patients|participants|subjects|people|persons|women|men|children|infants|adults|individuals|respondents|"
    r"eyes|samples|"
    r"specimens|lesions|studies|trials|households|cases|controls|tumou?rs)"
)
_OF = Expression(rf"\s?of (?:all |the |our |these |those )*{_PEOPLE}\b", re.I)
_TOLD = Expression(
    rf"(?<![\d.,])(?P<k>\d[\d,]*) (?:of|out of) (?:the |all )?(?P<n>\d[\d,]*)(?: [a-z-]+){{0,2}} "
    rf"{_PEOPLE}\s?[(\[]\s?(?P<p>\d+(?:\.\d+)?)\s?%",
    re.I,
)
_HEDGED = Expression(
    r"\b(?:not|no|may|might|could|would|whether|previous\w*|et al|literature|reduc\w*|decreas\w*|increas\w*|by "
    r"(?:about|nearly|almost|"
    r"roughly|more than)?|among|who|with(?:in)? \d)\b", re.I,
)  # fmt: skip


class _Told(NamedTuple):
    share: float
    about: frozenset[str]
    spot: Spot


def shares_of_patients(reading: Reading) -> Iterator[Finding]:
    """Compare a share in words of patients with the fraction whose words are those of the subject of the claim.

    At least three words of the subject must stand before the fraction in its sentence, and no percentage of another
    such sentence may fit. Left alone: hedges, denials, reductions by a share, claims with a percentage of their own.
    """
    told: list[_Told] | None = None
    for line in concluding(reading):
        for clause in clauses(line):
            if "%" in clause.words:
                continue
            for word in share_words(clause.words):
                before = clause.words[: word.match.start()]
                if not _OF.match(clause.words, word.match.end()) or _HEDGED.search(before):
                    continue
                told = list(_fractions(reading)) if told is None else told
                subject = stems(before)
                found = [t for t in told if len(t.about & subject) >= 3]
                if found and not any(word.holds(t.share) for t in told if t.about & subject):
                    yield reading.finding(
                        "SHARE_CONTRADICTS", "concern",
                        f"'{' '.join(word.match[0].split())}' is inconsistent with {100 * found[0].share:.3g}%, "
                        f"told of it",
                        "another group or another denominator may be meant",
                        quotes=(clause.piece(word.match), *(t.spot for t in found)),
                        computed=(("share that the words allow", f"{100 * word.low:.0f} to {100 * word.high:.0f} %"),),
                    )  # fmt: skip


def _fractions(reading: Reading) -> Iterator[_Told]:
    for line in before_conclusion(reading):
        for m in _TOLD.finditer(line.words):
            k, n = (int(m[x].replace(",", "")) for x in ("k", "n"))
            if 0 < k <= n:
                yield _Told(k / n, stems(line.words[: m.start()]), line.piece(m))
