"""An outcome that was collected, and left out of the analysis by a decision."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("OUTCOME_DROPPED",)

_DROPPED = Expression(
    r"\b(?:we|authors|it was|was|were|been)\b[^.;]{0,40}\b(?:decided|chose|chosen|opted|elected|preferred)\b"
    r"[^.;]{0,20}?\bnot to (?:include|analy[sz]e|report|present|use|consider|evaluate|perform|assess)\b"
    r"(?P<what>[^.;]{3,120})|"
    r"\bwe (?:therefore |thus |hence )?(?:omitted|dropped|left out|refrained from (?:including|analy[sz]ing|reporting))"
    r"\b(?P<that>[^.;]{3,100}\b(?:results?|data|outcomes?|end-?points?|values|scores?|tests?)\b)",
    re.I,
)
_OTHER = Expression(
    r"\b(?:stud(?:y|ies)|articles|reports|trials|papers|abstracts|records|reviews|case reports|patients|subgroup|"
    r"participants|children|surgery|biops\w+|meta-analys\w+|correct\w*|adjust\w*|imput\w*|interim)\b",
    re.I,
)


def outcome_dropped(reading: Reading) -> Iterator[Finding]:
    """Find a sentence that says that results were left out of the analysis by decision, once for each sentence.

    Left alone: decisions about patients, other studies, corrections and imputation.
    """
    for line in lines(reading, ("abstract", "methods", "results", "discussion", "body", "conclusion")):
        match = _DROPPED.search(line.words.replace("\n", " "))
        if match is None or _OTHER.search((match["what"] or match["that"]).split(" in this ")[0]):
            continue
        yield reading.finding(
            "OUTCOME_DROPPED", "concern",
            f"an outcome was left out by decision: '{' '.join(match[0].split())}'",
            "missing values may have made it unusable; but what is left out after it was seen may have shown nothing",
            quotes=(line.piece(match),),
        )  # fmt: skip
