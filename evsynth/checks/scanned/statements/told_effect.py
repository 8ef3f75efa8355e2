"""A conclusion that denies an effect where every comparison of the abstract's results is significant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.clauses import clauses
from evsynth.checks.scanned.facts.concluding import before_conclusion, concluding, stems
from evsynth.checks.scanned.facts.levels import above, below, other_level
from evsynth.checks.scanned.prose import Line
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import span
from evsynth.scan.statistics import Reported
from evsynth.text.expressions import Expression

CODES = ("SIGNIFICANCE_CONTRADICTS",)

_DENIED = Expression(
    r"\b(?:does|do|did) not (?:significantly )?(?:prevent|reduce|lower|improve|increase|affect|change|shorten|"
    r"prolong|ease|"
    r"decrease|influence|raise|alter|protect)\w*|\b(?:no|without) (?:significant )?(?:benefit|effect|advantage|"
    r"improvement|reduction)"
    r" (?:on|of|in|over|for)\b|\bfail(?:s|ed) to (?:prevent|reduce|lower|improve|shorten|prolong|decrease)|\bno "
    r"(?:more|better) than\b(?! \d)|"
    r"\b(?:was|were|is|are) not associated with\b|\b(?:was|were|is) (?:ineffective|not effective)\b",
    re.I,
)
_HEDGED = Expression(
    r"\b(?:may|might|could|whether|however|recommend\w*|subgroups?|long[- ]term|except|although|but|only|other|"
    r"further|beyond|at the "
    r"cost)\b",
    re.I,
)
_NOTHING = Expression(
    r"\bnot (?:statistically )?significant|\binsignificant\w*|\bdid not (?:\w+ly )?(?:change|improve|increase|"
    r"decrease)|"
    r"\bno (?:statistically )?(?:significant )?(?:difference|effect|change|"
    r"association)|\bsimilar|"
    r"\bdid not differ|\b(?:but )?not (?:higher|lower|increased|symptomatic|the)\b|"
    r"\bcomparable|\bn\.?s\.?\b|\bnon-?significant|\bunchanged|\bno clear",
    re.I,
)
_AGREED = Expression(r"κ|\bkappas?\b|\bagreement\b|\bconcordance\b|\bintraclass\b", re.I)
_RATIOS = frozenset({"hazard_ratio", "odds_ratio", "risk_ratio", "rate_ratio"})


def told_effect(reading: Reading) -> Iterator[Finding]:
    """Hold a denial in the conclusion against the results about the same outcome, none of which is without effect.

    The results about an outcome are the sentences that share two of its words, or all where these print no test. Each
    must print a P below 0.05, or a ratio or difference whose interval excludes no effect, and none the contrary.
    For "not associated with" a result must share a word with both things, and no result may say "no difference".
    Left alone: tests of agreement, hedges and exceptions, papers with another level of significance, outcomes of which
    results say "no difference".
    """
    if other_level(reading):
        return
    for line in concluding(reading):
        for clause in clauses(line):
            match = _DENIED.search(clause.words)
            if match is None or _HEDGED.search(line.words):
                continue
            about = stems(clause.words)
            results = list(before_conclusion(reading))
            own = [x for x in results if len(about & stems(x.words)) >= 2]
            if "associated" in match[0]:
                after = clause.words[match.end() :]
                if any(_NOTHING.search(x.words) for x in results) or re.search(r"\badjust|\bsignificant", after):
                    continue
                one, two = stems(clause.words[: match.start()]), stems(after)
                results = [x for x in own if one & (there := stems(x.words)) and two & there]
            results = [x for x in results if not _AGREED.search(x.words)]
            results = (
                own
                if "associated" not in match[0] and any(True for x in own for _ in _significance(reading, x))
                else results
            )
            if any(_NOTHING.search(x.words) for x in results):
                continue
            found = [s for x in results for s in _significance(reading, x)]
            if found and all(significant for significant, _ in found):
                yield reading.finding(
                    "SIGNIFICANCE_CONTRADICTS", "inconsistent",
                    f"'{' '.join(clause.words[match.start() :].split())[:90]}' is inconsistent with the "
                    f"significant result"
                    f"{'s' if len(found) > 1 else ''} printed for it",
                    "another outcome, another time or a smaller group may be meant; otherwise the conclusion "
                    "reverses the result",
                    quotes=(clause.piece(match), *(spot for _, spot in found)),
                )  # fmt: skip
                return


def _significance(reading: Reading, line: Line) -> Iterator[tuple[bool, Spot]]:
    """Give for each test of a sentence whether it is significant; nothing where that cannot be told."""
    for item in reading.reported:
        if item.spot.table is not None or not line.start <= item.start < line.end or item.measure == "threshold":
            continue
        p, side = item.figure("p"), _excludes(item)
        if p is not None and (below(p.printed) or above(p.printed)):
            yield below(p.printed), (p.start, p.end)
        elif side is not None:
            yield side, (item.start, item.end)


def _excludes(item: Reported) -> bool | None:
    low, high = item.figure("lower"), item.figure("upper")
    if low is None or high is None or item.measure is None:
        return None
    null = 1.0 if item.measure in _RATIOS else 0.0 if "difference" in item.measure else None
    if null is None:
        return None
    if span(low.printed).low > null or span(high.printed).high < null:
        return True
    return False if span(low.printed).high < null < span(high.printed).low else None
