"""'The risk of hypoglycaemia decreases', concluded, where the ratio printed for hypoglycaemia is 1.41 (1.2 to 1.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.clauses import clauses, subject
from evsynth.checks.scanned.facts.concluding import concluding, stems
from evsynth.checks.scanned.facts.estimates_known import Estimate, estimates_known
from evsynth.checks.scanned.facts.frequency_words import frequency_words
from evsynth.checks.scanned.prose import Line
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("RATIO_DIRECTION",)

_RISK = r"(?:risks?|rates?|incidence|odds|hazards?|frequency|likelihood|occurrence|probability)"
_OF = r"(?P<{}>[a-z][a-z-]+(?:\s(?!(?:is|was|are|were|by|in|with|and|or|but|to|when|after|than)\b)[a-z-]+){{0,3}})"
_UP = (
    r"increas(?:es|ed)|ris(?:es|en)|rose|(?:is|was|are|were) (?:\w+ly )?(?:increased|higher|raised|elevated|"
    r"doubled|greater)"
)
_DOWN = (
    r"decreas(?:es|ed)|falls?|fell|declin(?:es|ed)|drop(?:s|ped)|(?:is|was|are|were) (?:\w+ly )?(?:decreased|"
    r"reduced|lower|lowered|"
    r"halved|diminished)"
)
_CLAIM = Expression(
    rf"\b(?:the )?{_RISK} of {_OF.format('a')}\s(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b|"
    rf"\b(?:(?P<up2>increases?d?|raises?d?|doubles?d?|higher|increased|greater|elevated)|(?P<down2>reduces?d?|"
    rf"decreases?d?|lowers?|lowered|"
    rf"lower|reduced|halves?d?|smaller|cuts?))\s(?:the |a |an )?{_RISK} (?:of|for) (?:the |an? )?{_OF.format('b')}|"
    rf"\b(?:(?P<up3>more|likelier)|(?P<down3>less)) (?:likely )?to (?:be |have |develop |undergo |experience |need |"
    rf"suffer )?(?:an? |the )?{_OF.format('c')}", re.I,
)  # fmt: skip
_SKIP = Expression(
    r"\b(?:not|no|nor|neither|may|might|could|would|should|to (?!be\b|have\b|develop|undergo|experience|need|suffer)"
    r"[a-z]+|than|compared|versus|whether|if|subgroups?|except|per|dose|each|previous\w*|"
    r"survival|alive|remission|recover\w*|respon\w*|success\w*|cure|cured|free)\b", re.I,
)  # fmt: skip
_GENERIC = stems("event events outcome outcomes adverse serious any overall severe clinical disease effective "
                 "likely than "
                 "frequent common often primary secondary subsequent future new major patient time cost")  # fmt: skip
_APART = Expression(
    r"\b(?:not|no|without|absence|lack|never|non-\w+|than|versus|vs|lower|low|untreated|unexposed|reference)\b", re.I
)
"""Words of a result that may have the groups the other way round."""
_EXPOSURE = Expression(r"\b(?:associated|linked|related|correlated|predict\w*)\b", re.I)
"""Behind a claim: "lower rates of insurance were associated with falls" is about falls."""
_OF_LAST = Expression(r"[^A-Za-z]*(?:of|for) [^,;]*?(?:,|\band\b|\bbut\b)", re.I)
_PERCENT = Expression(r"(?<![\d.])(?P<n>\d{1,2}(?:\.\d+)?) ?%")
MOST = 3


def risk_of_outcome(reading: Reading) -> Iterator[Finding]:
    """Compare whether an outcome is concluded to be more or less frequent with all ratios whose words name it.

    All words of the outcome must stand in those before the ratio, with a word of its direction, two shares of groups
    named, or the exposure alone; every such ratio (at most three) must lie wholly on the other side of 1. Left alone:
    hedges, denials, good outcomes, comparisons that name two groups, sentences with numbers of their own.
    """
    known: list[Estimate] | None = None
    for line in concluding(reading):
        for clause in clauses(line):
            if _SKIP.search(clause.words) or re.search(r"\d[.·]\d", clause.words):
                continue
            for match in _CLAIM.finditer(clause.words):
                if _EXPOSURE.search(clause.words, match.end()):
                    continue
                known = [e for e in estimates_known(reading) if e.ratio] if known is None else known
                if (found := _against(known, line, clause, match)) is not None:
                    yield _finding(reading, clause, match, found)
                    return


def _against(known: list[Estimate], line: Line, clause: Line, match: re.Match[str]) -> list[Estimate] | None:
    what = match["a"] or match["b"] or match["c"]
    wanted = stems(what) - _GENERIC
    up = bool(match["up"] or match["up2"] or match["up3"])
    about = [e for e in known if wanted and wanted <= _own(e) and e.spot[0] < clause.start]
    if not 0 < len(about) <= MOST:
        return None
    exposure = stems(subject(line, clause)) - wanted - _GENERIC
    return about if all(_exposed_more(e, exposure) is (not up) for e in about) else None


def _own(e: Estimate) -> frozenset[str]:
    """Give the stems about an estimate without those of the outcome told behind the one before it: ") of death and"."""
    before = _OF_LAST.match(e.words)
    return e.about - (stems(before[0]) - stems(e.words[before.end() :])) if before else e.about


def _exposed_more(e: Estimate, exposure: frozenset[str]) -> bool | None:
    """Say whether those exposed have more, by an interval beyond 1; None where nothing tells who is compared with whom.

    The words of the clause tell it, or two shares of groups named, or, of an exposure named there, no other group.
    """
    side = True if float(e.low) > 1 else False if 0 < float(e.high) < 1 else None
    if side is None:
        return None
    said = {f.up for f in frequency_words(e.words)}
    shares = _shares(e.words, exposure)
    if shares is not None:
        return side if shares == side and said <= {side} else None
    if _APART.search(e.words):
        return None
    return side if said == {side} or (not said and exposure & e.about) else None


def _shares(words: str, exposure: frozenset[str]) -> bool | None:
    """Say whether the share of those exposed is the greater of two: "31.7% with and 25.4% without the condition"."""
    found = list(_PERCENT.finditer(words))
    if len(found) != 2:
        return None
    one, two = (float(m["n"]) for m in found)
    cut = [words[: found[0].start()], words[found[0].end() : found[1].start()], words[found[1].end() :]]
    behind = [_without(cut[1]), _without(cut[2])]
    before = [_without(cut[0][-40:]), _without(cut[1])]
    for sides in (behind, before):
        if sum(sides) == 1 and (exposure & stems(words)):
            return (two > one) if sides[0] else (one > two)
    named = [bool(exposure & stems(x)) for x in cut[1:]]
    return None if sum(named) != 1 else (one > two) if named[0] else (two > one)


def _without(words: str) -> bool:
    return bool(_APART.search(words))


def _finding(reading: Reading, clause: Line, match: re.Match[str], wrong: list[Estimate]) -> Finding:
    shown = ", ".join(f"{e.value} ({e.low} to {e.high})" for e in wrong)
    return reading.finding(
        "RATIO_DIRECTION", "concern",
        f"'{' '.join(match[0].split())}' is inconsistent with {shown}, printed for it",
        "the ratio may be printed for the other group as reference; otherwise more and less are exchanged",
        quotes=(clause.piece(match), *(e.spot for e in wrong)),
    )  # fmt: skip
