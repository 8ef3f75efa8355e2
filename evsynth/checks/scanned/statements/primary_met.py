"""'The trial met its primary endpoint' against the P or interval of the sentences that tell of the primary endpoint."""

from __future__ import annotations

from collections.abc import Iterator

from evsynth.checks.scanned.facts.evidence import Evidence, bounds_of, evidence
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("CRITERION_CONTRADICTS",)

_AIM = r"(?:end ?-?points?|outcomes?(?: measures?)?|objectives?)"
_PRIMARY = Expression(rf"(?i:\bprimary (?:efficacy |study |composite )?{_AIM})")
_CLAIM = Expression(
    rf"(?i:\b(?:(?P<no>did not (?:meet|reach|achieve)|failed (?:to meet|to reach|to achieve|on)|missed|fell "
    rf"short of)|(?P<yes>met|reached|achieved|attained)) (?:its|the|their|our) "
    rf"primary (?:efficacy |study |composite )?{_AIM}|\bprimary (?:efficacy |study |composite )?{_AIM} (?:was|"
    rf"were|had been|has been) (?:thus |therefore |hence |accordingly )?"
    r"(?:(?P<not>not (?:met|reached|achieved|attained)|missed)|(?P<was>met|reached|achieved|attained))\b(?! "
    r"(?:by|in|at|after|when)\b)|\b(?:trial|study) was (?:thus |therefore |hence |formally "
    r")?(?:(?P<neg>negative)|(?P<pos>positive))(?= ?[.;,]| for its primary))"
)
_SKIP = Expression(
    r"(?i:\b(?:non-?\s?inferior\w*|equivalen\w*|if|whether|would|should|feasib\w*|single[- ]arm|safety|"
    r"co-?primary|one of|two primary|both primary|criterion|interim|futility)\b)"
)
_SECONDARY = Expression(r"(?i:\bsecondary|exploratory|sensitivity|per[- ]protocol|subgroup\w*|post hoc\b)")


def primary_met(reading: Reading) -> Iterator[Finding]:
    """Compare "met", or "did not meet", the primary endpoint with the evidence of the sentences that tell of it.

    All evidence of those sentences must say the opposite. Left alone: tests of non-inferiority, several primary
    endpoints, single-arm studies, rules of success, other levels of significance.
    """
    said = list(lines(reading, ("abstract", "results", "body", "conclusion", "discussion")))
    claims = [(x, m) for x in said for m in _CLAIM.finditer(x.words) if not _SKIP.search(x.words) and not evidence(x)]
    if not claims or _SKIP.search(reading.document.prose):
        return
    told: list[tuple[Line, Evidence]] = [
        (x, e) for x in said if _PRIMARY.search(x.words) and not _SECONDARY.search(x.words) for e in evidence(x)
    ]
    sides = {e.significant(*(bounds_of(reading, x) or (0.05, 0.05))) for x, e in told}
    if len(sides) != 1 or None in sides:
        return
    met = sides.pop()
    for line, match in claims:
        if bool(match["yes"] or match["was"] or match["pos"]) != met:
            yield reading.finding(
                "CRITERION_CONTRADICTS", "inconsistent",
                f"'{' '.join(match[0].split())}' is inconsistent with {told[0][1].printed}, told of the primary "
                f"endpoint",
                "another endpoint, or another rule of success, may be meant; otherwise the words or the number "
                "are wrong",
                quotes=(line.piece(match), *((x.start + e.start, x.start + e.end) for x, e in told)),
            )  # fmt: skip
