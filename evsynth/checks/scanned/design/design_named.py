"""A study that calls itself a trial in one place and an observational study in another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line, is_randomised, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

CODES = ("DESIGN_NAMED_DIFFERENTLY",)

_SELF = r"\b(?:this|our|the present|the current)\b(?: (?:is|was|study (?:is|was)|work (?:is|was)))?(?: an?)?"
_TRIAL = Expression(
    rf"{_SELF}(?: [\w-]+,?){{0,5}}? (?:clinical )?trial\b(?! (?:regist|number|protocol|of (?:the|this) drug))",
    re.I,
)
_RANDOMISED = Expression(rf"{_SELF}(?: [\w-]+,?){{0,2}}? randomi[sz]ed(?: [\w-]+){{0,2}}? (?:study|comparison)\b", re.I)
_OBSERVED = Expression(
    r"(?<!% of the )(?<!of this )\b(?:retrospective|prospective|observational|single-cent(?:er|re)|"
    r"multi-?cent(?:er|re)|matched)?,? ?(?:cohort|"
    r"observational|case-control|cross-sectional|registry|chart review|case series)\b(?: study| analysis)?",
    re.I,
)
_OWN_DESIGN = Expression(
    r"\b(?:we (?:conducted|performed|carried out|did|undertook)|was (?:conducted|performed|carried out|a)|were "
    r"(?:conducted|performed)|this (?:was|is|retrospective|prospective|observational|cohort)|study design|is a|in this|"
    r"in the (?:prospective|retrospective))\b",
    re.I,
)
_OTHER = Expression(
    r"\b(?:post hoc|secondary analys\w+|data from|ancillary|embedded|nested|extension|previous|other|et al|future|"
    r"further|needed|warranted|required|emulat\w*|target|no|not|lack|rather than|instead of|compared with|"
    r"unlike|should)\b",
    re.I,
)
_EARLY: tuple[Role, ...] = ("title", "abstract", "methods", "body")


def design_named(reading: Reading) -> Iterator[Finding]:
    """Compare what a study calls itself: a trial or randomised, and a cohort, registry or case series.

    Judged where nothing says that patients were allocated at random. Left alone: analyses of data from a trial,
    emulated trials, and trials that are called for.
    """
    if is_randomised(reading):
        return
    observed = next(_said(reading, _OBSERVED, _EARLY, _OWN_DESIGN), None) or next(
        ((x, m) for x in lines(reading, ("title",)) if (m := _OBSERVED.search(x.words))), None
    )
    everywhere: tuple[Role, ...] = (*_EARLY, "results", "discussion", "conclusion")
    claimed = next(_said(reading, _TRIAL, everywhere), None) or next(_said(reading, _RANDOMISED, everywhere), None)
    if observed is None or claimed is None or observed[0].start == claimed[0].start:
        return
    yield reading.finding(
        "DESIGN_NAMED_DIFFERENTLY", "concern",
        f"'{' '.join(claimed[1][0].split())}' is inconsistent with '{' '.join(observed[1][0].split())}'",
        "'trial' is sometimes said of any prospective study; readers will look for allocation, a protocol and its "
        "registration",
        quotes=(observed[0].piece(observed[1]), claimed[0].piece(claimed[1])),
    )  # fmt: skip


def _said(
    reading: Reading, pattern: Expression, roles: tuple[Role, ...], beside: Expression | None = None
) -> Iterator[tuple[Line, re.Match[str]]]:
    for line in lines(reading, roles):
        match = pattern.search(line.words)
        if match and not _OTHER.search(line.words) and (beside is None or beside.search(line.words)):
            yield line, match
