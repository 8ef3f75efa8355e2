"""'Every patient should receive it', where the paper itself calls the evidence weak: low certainty, benefit or harm."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.concluding import concluding
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("RECOMMENDED_BEYOND_EVIDENCE",)

_WEAK = Expression(
    r"\b(?:certainty|quality|strength)(?: of (?:the )?evidence)?\b[^.;]{0,40}?\b(?:very low|low)\b|\b(?:very "
    r")?low[- ](?:certainty|quality)\b|"
    r"\bcompatible with (?:both )?(?:a )?(?:\w+ )?(?:benefit|no (?:effect|benefit)|harm)\b[^.;]{0,40}?\b(?:as well "
    r"as|and|or)\b|"
    r"\b(?:does|do|did|can|could)(?: not|not) (?:permit|allow|support|be attributed|"
    r"exclude)\b[^.;]{0,60}?\b(?:caus\w+|attribut\w+|chance|harm|"
    r"drug alone|treatment)\b|\b(?:randomi[sz]ed|controlled) (?:trial|stud(?:y|ies))s? (?:is|are) (?:needed|"
    r"warranted|required|necessary)\b|"
    r"\bsubgroup (?:comparison|analysis|result)s? (?:says?|tells?|shows?) little\b|\bfindings? (?:is|are|should be "
    r"regarded as) "
    r"(?:exploratory|hypothesis[- ]generating|preliminary)\b", re.I,
)  # fmt: skip
_ADVICE = Expression(
    r"\b(?:routine\w*|universal\w*|every|all|each)\b[^.;]{0,60}?\b(?:is|are|should|must|ought to|can|has to|have "
    r"to)\b[^.;]{0,40}?\b(?:warranted|"
    r"recommended|receive|be (?:given|offered|treated|used|adopted|prescribed|screened|introduced|implemented)|"
    r"justified|mandatory|"
    r"adopted|indicated)\b|"
    r"\b(?:should|must|ought to) (?:now |therefore |thus |hence )?(?:be (?:given|offered|used|adopted|prescribed|"
    r"introduced|implemented|"
    r"recommended) )(?:to |in |for |by )?(?:every|all|each|routinely|everywhere|universally|as (?:the "
    r")?(?:standard|first))|"
    r"\b(?:should|must) (?:now |therefore |thus |hence )?become (?:the )?standard\b|\bguidelines should (?:now "
    r")?(?:be changed|recommend)", re.I,
)  # fmt: skip
_HEDGED = Expression(
    r"\b(?:not|no|nor|cannot|whether|may|might|could|if|until|before|unless|once|trials?|stud(?:y|ies)|research|"
    r"future|considered|"
    r"discuss\w*|reported|monitored|monitoring|caution\w*)\b", re.I,
)  # fmt: skip


def recommended_beyond(reading: Reading) -> Iterator[Finding]:
    """Find advice for all patients, in a conclusion or discussion, beside the paper's own words on weak evidence, once.

    Left alone: hedged or conditional advice, advice on research.
    """
    weak = None
    ends = {x.whole for x in concluding(reading)}
    for line in lines(reading, ("abstract", "discussion", "conclusion", "body")):
        part = reading.document.sections[line.section].part
        if (
            line.whole not in ends
            and part not in ("discussion", "conclusion")
            and line.role not in ("discussion", "body")
        ):
            continue
        found = _ADVICE.search(line.words)
        if found is None or _HEDGED.search(line.words):
            continue
        if weak is None:
            told = lines(reading, ("abstract", "results", "discussion", "conclusion", "body"))
            weak = next(((x, m) for x in told if (m := _WEAK.search(x.words)) is not None), ())
        if not weak or weak[0].whole == line.whole:
            return
        yield reading.finding(
            "RECOMMENDED_BEYOND_EVIDENCE", "concern",
            f"'{' '.join(found[0].split())}' beside '{' '.join(weak[1][0].split())}'",
            "advice for all patients asks for more than the paper says it has shown",
            quotes=(line.whole, weak[0].piece(weak[1])),
        )  # fmt: skip
        return
