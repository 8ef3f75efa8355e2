"""'X significantly lowered mortality' where no test of mortality that the paper prints is below 0.05."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.concluding import before_conclusion, concluding, stems
from evsynth.checks.scanned.facts.levels import below, other_level
from evsynth.checks.scanned.facts.tested import Tested, holds, tested
from evsynth.checks.scanned.identity import table_lines
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("SIGNIFICANCE_CONTRADICTS",)

_VERB = (
    r"(?:lower(?:s|ed)?|reduc(?:es?|ed)|decreas(?:es?|ed)|increas(?:es?|ed)|improv(?:es?|ed)|shorten(?:s|ed)?|"
    r"prolong(?:s|ed)?|rais(?:es?|ed)|affect(?:s|ed)?|prevent(?:s|ed)?|delay(?:s|ed)?|reliev(?:es?|ed)|eas(?:es?|ed)|"
    r"enhanc(?:es?|ed)|diminish(?:es|ed)?|slow(?:s|ed)?|hasten(?:s|ed)?)"
)
_OBJECT = Expression(
    rf"\b(?:significantly {_VERB}|{_VERB} significantly|(?:a|led to a|had a) significant (?:reduction|increase|"
    rf"decrease|improvement|effect|benefit) (?:in|of|on|for)|"
    rf"(?:with|had|showed|gave|achieved) (?:an? )?significantly (?:lower|higher|shorter|longer|fewer|greater|"
    rf"better|less|more|larger|smaller)|"
    rf"(?:was|were|is|proved) (?:\w+ )?superior to [^.;,:()]{{3,40}}? (?:for|in terms of|with regard to|"
    rf"with respect to|"
    rf"in (?:reducing|lowering|improving|preventing|relieving)))\s+(?:the )?(?P<what>[^.;,:()]{{3,70}}?)"
    r"(?=\s+(?:compared|than|in|among|at|by|without|but|and|when|versus|after|with|over|for|relative)\b|\s*[.;,:(]|"
    r"\s*$)",
    re.I,
)
_SUBJECT = Expression(
    r"(?:^|[.;,:]|\bthat\b|\band\b)\s*(?:the )?(?P<what>[^.;,:()]{3,60}?)\s+(?:(?:was|were)\s+significantly "
    r"(?:lower|higher|shorter|longer|improved|reduced|increased|better|less|more|fewer|decreased|prolonged)|"
    r"(?:fell|rose|improved|decreased|declined|increased|dropped) significantly)\b",
    re.I,
)
_LEAD = Expression(r"^.*\b(?:that|conclusions?:?|conclude|found|show(?:s|ed)?)\s+(?:the )?", re.I)
"""What introduces a claim: "we conclude that"."""
_WENT = Expression(
    r"\b(?:higher|lower|greater|longer|shorter|older|larger|smaller|more|less)\s+(?P<what>[^.;,:()]{3,60}?)\s+"
    r"(?:went (?:along )?with|(?:was|were) (?:associated|linked|correlated) with|correlated with|predicted)\s+(?:an? )?"
    r"significantly\s+\w+\s+(?P<of>[^.;,:()]{3,50}?)(?=\s*[.;,:(]|\s*$)", re.I,
)  # fmt: skip
_HEDGED = Expression(
    r"\b(?:not|no|nor|neither|without|fail\w*|clinically|trend|may|might|could|subgroup|adjust\w*|among those|whether|"
    r"previous\w*|meta-analys\w*|noninferior\w*|non-inferior\w*|within|from baseline|both groups|over time|"
    r"et al|earlier|others|literature|reported)\b",
    re.I,
)
_OUT = Expression(
    r"\bgroup (?:\d|[A-D])\b|\b(?:subgroup|interaction|baseline|heterogeneity|adjust\w*|trend|post hoc|sensitivity)\b",
    re.I,
)
_MOVED = Expression(r"\b(?:fell|rose|improved|decreased|declined|increased|dropped) significantly", re.I)
_WITHIN = Expression(r"\b(?:from baseline|both groups|each group|within|over time|before and after)\b", re.I)
_SAYS = Expression(r"(?<!not )(?<!non-)(?<!no )\bsignificant(?:ly)?\b", re.I)
_PLAIN = stems(
    "mean initial level change score value percentage nor neither either rho correlation coefficient Spearman"
)
MOST = 3
"""Tests of an outcome, at most, that a claim is held against: of more, one may be meant that is not read."""


def concluded_significant(reading: Reading) -> Iterator[Finding]:
    """Compare a significant effect in the conclusion or discussion with every test of that outcome in the results.

    The outcome's words must all stand in the words of a test; no test of it may be below 0.05, in text or tables. Left
    alone: hedges, changes in time, subgroups, other studies, and another level of significance.
    """
    if other_level(reading):
        return
    made: list[Tested] | None = None
    ends = {line.whole for line in concluding(reading)}
    for line in lines(reading, ("abstract", "discussion", "conclusion", "body")):
        own = line.whole in ends
        if not (own or line.role == "discussion"):
            continue
        went = [m for m in _WENT.finditer(line.words) if not _HEDGED.search(line.words[: m.end()])]
        plain = own and not went and not _HEDGED.search(line.words)
        for match in (*went, *((*_OBJECT.finditer(line.words), *_SUBJECT.finditer(line.words)) if plain else ())):
            made = list(tested(reading)) if made is None else made
            against = _related(made, match) if _WENT.gave(match) else _of_any(reading, made, line, match)
            if against:
                yield _finding(reading, line, match, against)
                return


def _finding(reading: Reading, line: Line, match: re.Match[str], against: list[Tested]) -> Finding:
    shown = ", ".join(t.printed for t in against)
    return reading.finding(
        "SIGNIFICANCE_CONTRADICTS", "inconsistent",
        f"'{' '.join(match[0].split())}' is inconsistent with {shown}, printed for it in the results",
        "an adjusted or a later comparison may be meant; otherwise the conclusion says more than the results",
        quotes=(line.piece(match), *(t.spot for t in against)), computed=(("alpha", "0.05"),),
    )  # fmt: skip


def _related(made: list[Tested], match: re.Match[str]) -> list[Tested]:
    """Give the tests of a relation: of all words of its variable that the results test, and of no other outcome."""
    one, two = stems(match["what"]), stems(match["of"])
    about = [t for t in made if t.about & one and t.about <= one | two | _PLAIN]
    return about if len(about) <= MOST and not any(t.significant for t in about) else []


def _of_any(reading: Reading, made: list[Tested], line: Line, match: re.Match[str]) -> list[Tested]:
    """Give the tests of the outcome named, or of the first item of a list of outcomes ("stay and mortality")."""
    items = (
        [match["what"], *re.split(r"\s+and\s+|,\s*", match["what"])] if " and " in match["what"] else [match["what"]]
    )
    return next((found for what in items if (found := _of_outcome(reading, made, line, match, what))), [])


def _of_outcome(reading: Reading, made: list[Tested], line: Line, match: re.Match[str], what: str) -> list[Tested]:
    """Give all tests of an outcome, if there are any and none is significant."""
    if re.match(r"(?:with|by|in|after|when|for|among|at|on|during|using)\b", what, re.I):
        return []  # "was significantly reduced with dual treatment": no object
    what = _LEAD.sub("", what)
    wanted, numbers = stems(what), set(re.findall(r"[0-9]+", what))
    about = [
        t for t in made
        if t.line.start != line.start and holds(wanted, t.about) and numbers <= set(re.findall(r"[0-9]+", t.line.words))
    ]  # fmt: skip
    if not about or len(about) > MOST or any(t.significant or _OUT.search(t.line.words) for t in about):
        return []
    if _MOVED.search(match[0]) and any(
        _WITHIN.search(x.words) for x in before_conclusion(reading) if wanted & stems(x.words)
    ):
        return []
    tests = {t.line.start for t in about}
    for other in before_conclusion(reading):
        if holds(wanted, stems(other.words)) and other.start not in tests and _SAYS.search(other.words):
            return []
    for row in table_lines(reading):
        if wanted & stems(row.label) and row.p is not None:
            p = row.p.figure("p")
            if p is None or below(p.printed):
                return []
    return about
