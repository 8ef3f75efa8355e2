"""Patients who had entered the study are left out of the analysis: after enrolment, or as they did not complete it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("EXCLUDED_AFTER_ENROLMENT", "COMPLETERS_ONLY")

_ENROLLED = Expression(r"\b(?:enrol|recruit|includ|start|randomi[sz]|allocat|treated|entered)[a-z]*\b", re.I)
_EXCLUDED = Expression(
    r"\b(?:(?:were|was|being) (?:then |subsequently |later )?(?:excluded|removed|omitted|not (?:analy[sz]ed|"
    r"included))|excluded)\b[^.;]{0,80}?\b(?:because of|due to|owing to|for|as|because|after|"
    r"who)\b[^.;]{0,80}?\b(?:loss (?:of|to) follow|lost to follow|discontinu|withdr|non-?complian|poor "
    r"(?:compliance|adherence)|non-?adheren|died|death|protocol violation|stopp|drop(?:ped)? ?out|intoleran|"
    r"adverse)",
    re.I,
)
_LOST = Expression(
    r"\b(?:who|that) (?:had |have |were |later |subsequently |then )*(?:died|stopped|changed|switched|discontinued|"
    r"withdrew|"
    r"progressed|worsened|relapsed|failed|deteriorated|did not respond|showed no)\b[^.;]{0,90}?\b(?:were|was) (?:then |"
    r"subsequently |later |therefore |also )?(?:removed|taken out|deleted|dropped|excluded) from (?:the |our |this )?"
    r"(?:cohort|study|dataset|data set|sample|trial|population)\b|"
    r"\b(?:were|was) (?:excluded|removed|replaced|dropped|withdrawn) (?:from the (?:study|trial|analysis) "
    r")?(?:after|following) (?:randomi[sz]ation|enrolment|enrollment|inclusion|allocation)\b|"
    r"\b(?:lost to follow-?up|loss (?:of|to) follow-?up|discontinu\w+|withdr\w+|died|dropped out|"
    r"non-?complian\w+|adverse events?)\b[^.;]{0,60}?\b(?:were|was) (?:therefore |thus |subsequently |then "
    r")?(?:excluded|removed|not (?:included|analy[sz]ed)|omitted)\b",
    re.I,
)
_COMPLETERS = Expression(
    r"\b(?:who|that) (?:had |have |were |later |subsequently )*(?:died|dead|withdrew(?! (?:their )?consent)|withdrawn|"
    r"discontinued|stopped|"
    r"ceased|"
    r"left|transplanted|been transplanted|dropped out|missed|lost|did not (?:complete|tolerate|adhere|"
    r"attend|return)"
    r"|dropped out|were "
    r"lost to "
    r"follow-?up)\b[^.;]{0,60}?\b(?:were|was) (?:not (?:included|analy[sz]ed|entered|considered)|excluded|"
    r"left out|omitted|disregarded|taken out|not counted|dropped)\b"
    r"|\bonly (?:(?:the )?(?:patients|subjects|participants|those|cases|survivors|children|women|men) "
    r")?(?:who|that|with)? ?(?:completed|complete (?:data|follow-?up|records))\b[^.;]{0,60}?\b(?:were|was)? "
    r"?(?:analy[sz]ed|included|evaluated)"
    r"|\b(?:analys[ei]s|analy[sz]ed|evaluated)\b[^.;]{0,60}?\b(?:in|of|for|restricted to|limited to) (?:the "
    r")?(?:[0-9]+ )?(?:survivors|completers|surviving patients)\b"
    r"|\bonly (?:the )?(?:completers|survivors)\b[^.;]{0,40}?\b(?:were|was)? ?(?:analy[sz]ed|included|evaluated)"
    r"|\b(?:restricted|limited|confined) to (?:the )?(?:[0-9]+ (?:of (?:the )?[0-9]+ )?)?(?:patients|participants"
    r"|subjects|children|women|"
    r"men|those) "
    r"(?:who|that) (?:(?:had )?(?:completed|survived|attended|finished)|had complete)\b"
    r"|\b(?:patients|participants|subjects|children|women|men|those) (?:without|lacking|with missing) (?:an? |the "
    r")?(?:\w+ ){0,3}?"
    r"(?:visit|assessment|outcome data|end-?point)s?\b[^.;]{0,40}?\b(?:were|was) (?:excluded|not analy[sz]ed|"
    r"omitted|left out)"
    r"|\b(?:reported|available|shown|given|presented) for (?:the )?[0-9]+ (?:patients|participants|subjects|"
    r"children|women|men) "
    r"who completed\b"
    r"|\b(?:[0-9]+|those|ones) (?:patients |participants |subjects |children |women |men )?(?:who|that) (?:had )?"
    r"(?:completed|"
    r"finished|survived|stayed|remained|attended)\b[^.;,]{0,50}?\b(?:were|was) (?:analy[sz]ed|included in the"
    r" analys[ei]s|"
    r"evaluated)\b"
    r"|\b(?:completed|finished|survived|attended|stayed)\b[^.;]{0,60}?\b(?:only these|only those|only they|these"
    r" alone|those "
    r"alone)\b[^.;]{0,30}?\b(?:analy[sz]ed|included|evaluated|considered)"
    r"|\b(?:patients|subjects|participants|children|women|men|[0-9]+|those) who completed (?:the "
    r")?(?:[0-9]+[- ](?:week|month|year)s? )?(?:of )?(?:follow-?up|treatment|study|trial|protocol|"
    r"program(?:me)?)\b[^.;]{0,50}?\b(?:were|was) (?:analy[sz]ed|included|evaluated)",
    re.I,
)
_NOBODY = Expression(r"\b(?:no|none of the|not one|not a single|neither) (?:\w+ )?\w+\s*$", re.I)
_EXCEPT = Expression(
    r"\b(?:analy[sz]ed|included|evaluated|assessed)\s+except (?:for |in )?(?:the )?(?:cases|patients|those|subjects|"
    r"participants) (?:who|that) (?:had )?(?:died|withdr\w+|dropped out|discontinued)",
    re.I,
)
_BY_OUTCOME = Expression(
    r"\b(?:progress\w*|worsen\w*|relaps\w*|deteriorat\w*|fail\w*|respon\w+|died|death)\b[^.;]*\bfrom (?:the |our |this "
    r")?"
    r"(?:cohort|study|dataset|data set|sample|trial|population)", re.I,
)  # fmt: skip
"""Taken out of the study by how they fared: no way of analysis makes up for that."""
_INTENTION = Expression(
    r"intent(?:ion)?[- ]to[- ]treat(?! activit)|\bITT\b|multiple imputation|mixed (?:effects |linear )?model|"
    r"last observation carried",
    re.I,
)


def left_out(reading: Reading) -> Iterator[Finding]:
    """Find patients left out after they had entered, once for each of the two causes.

    Left alone: exclusions at screening, and papers that also analyse by intention to treat or impute.
    """
    kept = any(_INTENTION.search(line.words) for line in lines(reading))
    after = completers = False
    for line in lines(reading, ("methods", "results", "abstract", "body")):
        found = _COMPLETERS.search(line.words)
        if found and not completers and not kept and not re.search(r"\blandmark\b", line.words):
            completers = True
            yield reading.finding(
                "COMPLETERS_ONLY", "concern",
                f"patients are left out of an analysis by what became of them: '{' '.join(found[0].split())}'",
                "an outcome may not have been measurable in them; but survivors and completers do better "
                    "than all who started, so the "
                "change is that of a selected group",
                quotes=(line.whole, *_again(reading, line)),
            )  # fmt: skip
            continue
        found = (_EXCLUDED.search(line.words) if _ENROLLED.search(line.words) else None) or _LOST.search(line.words)
        if found and _NOBODY.search(line.words[: found.start()]):
            continue
        if found and not after and (not kept or _BY_OUTCOME.search(found[0])):
            after = True
            yield reading.finding(
                "EXCLUDED_AFTER_ENROLMENT", "concern",
                f"patients who had been enrolled were excluded afterwards: '{' '.join(found[0].split())}'",
                "the flow is reported openly; but leaving out those lost, withdrawn or non-adherent is not "
                    "an analysis of all who were "
                "enrolled",
                quotes=(line.whole,),
            )  # fmt: skip


def _again(reading: Reading, first: Line) -> Iterator[Spot]:
    """Give the other sentences that tell the same."""
    for line in lines(reading, ("methods", "results", "abstract", "body")):
        if line.start > first.start and (_COMPLETERS.search(line.words) or _EXCEPT.search(line.words)):
            yield line.whole
