"""'Ferritin differed significantly', 'remained associated with A, as well as with B', against all tests of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.concluding import before_conclusion, concluding, stems
from evsynth.checks.scanned.facts.levels import above, below, other_level
from evsynth.checks.scanned.facts.significance_claims import ADJUSTED, SignificanceClaim, significance_claims
from evsynth.checks.scanned.facts.tested import tested
from evsynth.checks.scanned.identity import table_lines
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("SIGNIFICANCE_CONTRADICTS",)

_EMPTY = stems(
    "association associations effect effects difference differences reduction increase improvement benefit trend "
    "relation relationship correlation result results finding findings hazard odds ratio factor factors predictor "
    "predictors independent risk clear higher lower greater longer shorter more less fewer better worse significant "
    "adjusted adjustment drug intervention statistically analysis model regression multivariable multivariate present "
    "study trial cohort centre center hospital large small common frequent often observed seen found known all other "
    "others common commoner rarer worse compared control controls their them they only slightly had showed occurred"
)
_OUT = Expression(r"\b(?:subgroups?|interaction|heterogeneity|post hoc|sensitivity analys\w+|per[- ]protocol)\b", re.I)
_TABLES_ADJUSTED = Expression(r"adjust|multivaria|model|regression|hazard|odds", re.I)
_ASIDE = Expression(
    r"\b(?:stronger|weaker|more (?:strongly|pronounced)|less pronounced|"
    r"comparable|similar|little|uncertain|except\w*|irrespective|conclusive|not yet|"
    r"all differences|tests? for|trend test|overall test)\b|"
    r"\bassociated with (?:an? )?(?:lack|absence)\b|^\W*only\b|\ball (?:groups|arms)\b", re.I,
)  # fmt: skip
"""What is no claim of an effect, or one of another comparison than the test of the thing."""
_NOTHING = Expression(
    r"\b(?:no|not|nor|neither|without|similar\w*|comparable|unchanged|non-?significant\w*|n\.?s\.?)\b", re.I
)
_SEVERE = Expression(r"\b(?:severe|major|serious|grades? (?:[\dIV≥]|or)|fatal)\b", re.I)
_HENCE = Expression(r"\s*(?:thus|hence|therefore|accordingly|overall|in short|consequently|in sum)\b", re.I)
_LINKED = Expression(r"associat|relat|linked|correlat|predict", re.I)
MOST = 3
"""Tests of a thing, at most, that a claim is held against."""


class _Test(NamedTuple):
    about: frozenset[str]
    significant: bool
    printed: str
    spot: Spot
    adjusted: bool
    words: str


def said_significant(reading: Reading) -> Iterator[Finding]:
    """Compare claims of significance, or of none, in conclusions and discussions with every test of what they name.

    A phrase is about the tests that hold all its words that any test has. All of them must say the other thing; a claim
    "after adjustment" is held against adjusted tests only, and where it names none of them, against all if none is
    significant. Left alone: hedges, other studies, subgroups, changes within a group, another level of significance.
    """
    if other_level(reading):
        return
    made: list[_Test] | None = None
    title: frozenset[str] = frozenset()
    tail = _tail(reading)
    ends = {line.whole for line in concluding(reading)}
    for line in lines(reading, ("abstract", "discussion", "conclusion", "body")):
        own = (
            line.whole in ends
            or line.role == "discussion"
            or (line.role != "results" and line.start >= tail.get(line.section, 0) > 0)
        )
        if not own:
            continue
        for claim in significance_claims(line):
            if (
                not claim.positive
                and line.whole not in ends
                and line.role != "discussion"
                and not _HENCE.match(line.words)
            ):
                continue
            if made is None:
                made = list(_tests(reading))
                title = frozenset[str]().union(*(stems(x.words) for x in lines(reading, ("title",))))
            against = _against(made, claim, title)
            if against and (_ASIDE.search(claim.line.words) or _borne_out(reading, claim, against)):
                continue
            if against:
                shown = ", ".join(t.printed for t in against)
                yield reading.finding(
                    "SIGNIFICANCE_CONTRADICTS", "concern",
                    f"'{' '.join(claim.line.words.split())[:160]}' is inconsistent with {shown}, printed for it",
                    "another analysis may be meant; otherwise the words say more, or less, than the results",
                    quotes=((claim.line.start, claim.line.end), *(t.spot for t in against)),
                    computed=(("alpha", "0.05"),),
                )  # fmt: skip


def _borne_out(reading: Reading, claim: SignificanceClaim, against: list[_Test]) -> bool:
    """Say whether the results say what is claimed, or the tests are about less, or other, than the claim.

    A denial is borne out by a sentence that denies and shares a word; a link needs both things in the sentence of its
    tests; "complications" is more than the severe ones.
    """
    words = claim.line.words
    if not claim.positive:
        asked = stems(" ".join(i for items in claim.items for i in items)) - _EMPTY
        return any(_NOTHING.search(x.words) and asked & stems(x.words) for x in before_conclusion(reading))
    if not _SEVERE.search(words) and any(_SEVERE.search(t.words) for t in against):
        return True
    if not _LINKED.search(words) or claim.adjusted:
        return False
    other = stems(" ".join(claim.items[-1])) - _EMPTY
    return bool(other) and not any(other & stems(t.words) for t in against)


def _tail(reading: Reading) -> dict[int, int]:
    """Give, for each section, where the sentences begin after which no number with a decimal point stands."""
    found: dict[int, int] = {}
    for line in lines(reading, ("abstract", "body", "results")):
        if re.search(r"\d[.·]\d", line.words):
            found[line.section] = line.end
    return found


def _tests(reading: Reading) -> Iterator[_Test]:
    for t in tested(reading):
        if not _OUT.search(t.line.words):
            before = t.line.words[: t.spot[0] - t.line.start]
            yield _Test(t.about - _EMPTY, t.significant, t.printed, t.spot, bool(ADJUSTED.search(before)), t.line.words)
    for row in table_lines(reading):
        p = row.p.figure("p") if row.p is not None else None
        if p is None or not (below(p.printed) or above(p.printed)):
            continue
        heads = " ".join((row.table.caption.text if row.table.caption else "", *(c.label for c in row.table.columns)))
        about = stems(row.label) - _EMPTY
        spot = p.start, p.end
        adjusted = bool(_TABLES_ADJUSTED.search(heads))
        yield _Test(about, below(p.printed), f"P {p.printed}", spot, adjusted, row.label)


def _against(made: list[_Test], claim: SignificanceClaim, title: frozenset[str]) -> list[_Test]:
    known = frozenset[str]().union(*(t.about for t in made))
    tests = [t for t in made if t.adjusted] if claim.adjusted else made
    for items in claim.items:
        named = False
        for item in items:
            wanted = stems(item) - _EMPTY
            if not wanted & known:
                continue
            asked = wanted & known if claim.positive else wanted
            about = [t for t in tests if asked <= t.about and _numbers(item) <= _numbers(t.words)]
            named = named or any(wanted & t.about for t in tests)
            if 2 * len(wanted & known) >= len(wanted) and 0 < len(about) <= MOST and _other(about, claim):
                return about
            if claim.positive and claim.adjusted and not about and tests and "ndependent" in claim.line.words:
                crude = [t for t in made if wanted & known <= t.about]
                if wanted <= known and 0 < len(crude) <= MOST and _other(crude, claim):
                    return crude  # of those that the model has not
        subject = stems(" ".join(items)) - _EMPTY
        if named or not (claim.positive and subject <= title | known):
            break  # of the other phrases only where this one is what the study is about
    if claim.positive and claim.adjusted and claim.lasting and tests and not any(t.significant for t in tests):
        return tests[:MOST]
    return []


def _other(about: list[_Test], claim: SignificanceClaim) -> bool:
    """Say whether all tests of a thing contradict a claim, and none stands beside an adjusted result not read here."""
    if not claim.adjusted and any(re.search(r"\badjust", t.words) and not t.adjusted for t in about):
        return False
    return all(t.significant != claim.positive for t in about)


def _numbers(words: str) -> frozenset[str]:
    return frozenset(re.findall(r"\d+", words))
