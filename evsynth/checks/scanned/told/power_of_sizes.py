"""A sample size against the difference, the power and the level told with it.

For shares p and q, n per group is (z + z')^2 (p(1-p) + q(1-q)) / (p-q)^2; for two means 2 (z + z')^2 (SD/d)^2 (Chow,
Shao and Wang 2008). Formulas with a continuity correction or an exact test give more; half or twice the number is
given by none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.passages import Passage, passages
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.reanalyse.distributions import normal_size
from evsynth.text.expressions import Expression

CODES = ("DERIVED_VALUE",)

_POWER = Expression(r"(?<![\d.])(?P<a>[789]\d(?:\.\d)?)\s?%\s(?:statistical )?power\b|"
                    r"\bpower\s?(?:\(1\s?-\s?β\)\s?)?(?:of|=|was|set at|at|:|level of)?\s?"
                    r"\(?(?P<b>0?\.[789]\d*|[789]\d(?:\.\d)?\s?%)", re.I)  # fmt: skip
_LEVEL = Expression(r"(?:\balpha|α|\bsignificance(?: level)?|\blevel|\btype I error(?: "
                    r"rate)?)[^.;\d]{0,25}?(?P<a>0?\.\d+|\d(?:\.\d)?\s?%)|"
                    r"(?P<b>\d(?:\.\d)?\s?%|0?\.0\d+)\s(?:two-sided |two-tailed |one-sided |one-tailed )?(?:\w+ "
                    r")?(?:level|significance|alpha|α|type I)", re.I)  # fmt: skip
_EACH = Expression(
    r"(?<![\w.,-])(?P<n>\d{2,4}|\d,\d{3})\s(?:[a-z-]+\s){0,3}?(?:per|in each|for each|each|in every|in "
    r"either)\s?(?:of the (?:two|2) )?"
    r"(?:treatment |study |intervention )?(?:group|arm)s?\b|\b(?:each|per)\s(?:group|arm)\s(?:of|required|needed|"
    r"should (?:have|include)|"
    r"had to (?:have|include))\s(?P<m>\d{2,4})\b",
    re.I,
)
_SHARES = Expression(
    r"\b(?:from|of|between|to be|at|are|were|was|is|rates?|proportions?)\s(?:about |approximately "
    r")?(?P<p>\d{1,2}(?:\.\d+)?)\s?%[^.;%\d]{0,70}?(?:to|and|versus|vs\.?|v|with|"
    r"or)\s(?:[a-z-]+ ){0,5}?(?P<q>\d{1,2}(?:\.\d+)?)\s?%(?!\s?(?:power|reduc|relative|drop|loss|attrition|"
    r"decrease|increase|points|level|two|signif))",
    re.I,
)
_DIFFERENCE = Expression(
    r"\b(?:differences?|change|reduction|improvement|effect)\s(?:[a-z]+ ){0,4}?(?:of|=)\s(?:at least |about "
    r")?(?P<d>\d+(?:\.\d+)?)(?![\d%]|\s?%)",
    re.I,
)
_SPREAD = Expression(
    r"\b(?:SDs?|standard deviations?(?: \(SD\))?)\b[^.;\d]{0,35}?(?P<s>\d+(?:\.\d+)?)(?![\d%]|"
    r"\s?%)",
    re.I,
)
_ELSE = Expression(
    r"\b(?:non-?inferior\w*|equivalen\w+|hazard|surviv\w*|events|cluster\w*|intra-?class|ICC|design effect|"
    r"repeated|ANCOVA|"
    r"correlation|paired|cross-?over|matched|Bonferroni|interim|Bayes\w*|three|four|2:1|1:2|3:1|2 : 1|continuity|odds|"
    r"regression|logistic|non-?parametric|Mann|Wilcoxon|precision|width|margin|futility|sequential|adjust\w+|"
    r"case-control|"
    r"prevalence|change from|multiple)\b", re.I,
)  # fmt: skip
_OTHER_WAY = 1.75
"""A number per group that is this many times more, or less, than the formula gives is from no usual formula."""


def power_of_sizes(reading: Reading) -> Iterator[Finding]:
    """Compare the number per group with what the shares, or the difference and SD, told beside it need.

    Left alone: other designs, other tests, repeated measures, clusters, and several differences.
    """
    for _, near in passages(reading, _EACH, 1, 0):
        sizes = list(_EACH.finditer(near.words))
        power = list(_POWER.finditer(near.words))
        if not sizes or len(power) != 1 or _ELSE.search(near.words):
            continue
        made = _needed(near, _share(power[0]))
        told = [int((m["n"] or m["m"]).replace(",", "")) for m in sizes]
        if made is None or any(made[0] / _OTHER_WAY <= n <= made[1] * _OTHER_WAY for n in told):
            continue
        name = "n" if sizes[0]["n"] else "m"
        yield reading.finding(
            "DERIVED_VALUE", "inconsistent",
            f"{told[0]} per group are inconsistent with the difference and the power told, which need "
            f"{made[0]:.0f} to {made[1]:.0f}",
            "another formula or an assumption may not be told; otherwise a digit is misprinted",
            quotes=(near.spot(*sizes[0].span(name)), made[2], near.spot(*power[0].span())),
            computed=(("per group", f"{made[0]:.0f} to {made[1]:.0f}"),),
        )  # fmt: skip


def _needed(near: Passage, power: float) -> tuple[float, float, Spot] | None:
    """Give the least and the most that the usual formulas need, over one- and two-sided tests where neither is told."""
    levels = [_share(m) for m in _LEVEL.finditer(near.words)]
    alpha = levels[0] if levels else 0.05
    if len(set(levels)) > 1 or not 0.001 <= alpha <= 0.2 or not 0.5 < power < 1:
        return None
    one_sided = re.search(r"one-(?:sided|tailed)", near.words, re.I)
    two_sided = re.search(r"two-(?:sided|tailed)", near.words, re.I)
    z = [normal_size(a) for a in ([alpha] if two_sided else [2 * alpha] if one_sided else [alpha, 2 * alpha])]
    beyond = normal_size(2 * (1 - power))
    squares = [(x + beyond) ** 2 for x in z]
    shares = list(_SHARES.finditer(near.words))
    means, spreads = list(_DIFFERENCE.finditer(near.words)), list(_SPREAD.finditer(near.words))
    if len(shares) == 1 and not spreads:
        p, q = (float(shares[0][k]) / 100 for k in "pq")
        if p == q:
            return None
        plain = [s * (p * (1 - p) + q * (1 - q)) / (p - q) ** 2 for s in squares]
        return min(plain), max(plain) + 2 / abs(p - q), near.spot(*shares[0].span())
    if len(means) == len(spreads) == 1 and not shares and float(means[0]["d"]) > 0:
        ratio = float(spreads[0]["s"]) / float(means[0]["d"])
        made = [2 * s * ratio**2 for s in squares]
        return min(made), max(made) + 2, near.spot(means[0].start(), means[0].end())
    return None


def _share(match: re.Match[str]) -> float:
    text = (match["a"] or match["b"]).replace(" ", "")
    number = float(text.rstrip("%"))
    return number / 100 if number >= 1 or text.endswith("%") else number
