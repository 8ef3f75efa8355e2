"""An estimate with its standard error, against the t, the P or the interval beside it.

"B = 1.2 (SE 0.4; P = 0.30)", "lower by 5.2 ± 1.5 (SE) mmHg (t = 2.52)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.effects import NUMBER, SIGNED, number
from evsynth.checks.scanned.numbers.p_of_counts import distance
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.distributions import normal_two_sided, t_two_sided
from evsynth.reanalyse.result import meets
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("STANDARD_ERROR",)

NEAR = 0.5
"""A likelihood ratio or score test lies this near, in Z, to the estimate over its standard error."""

FEWEST = 8.0
"""Degrees of freedom from which t is tried."""

_SE = Expression(
    rf"(?P<v>(?:(?<=[\s(\[=,:])-\s?)?(?<![\w.,]){NUMBER})(?P<unit>(?:\s[a-zA-Z/%µ]{{1,10}}){{0,3}}?)\s?(?:"
    rf"(?:±|\+/-)\s?(?P<s1>{NUMBER})\s?(?:[a-zA-Z/%µ]{{1,10}}\s)?\(?(?:SE|standard error)\)?|"
    rf"[(\[,;]\s?(?:with an? )?(?:S\.?E\.?|standard error)(?: of)?\s?[=:,]?\s?(?P<s2>{NUMBER}))(?![\w%]|\.\d)"
)
_T = Expression(rf"(?<![A-Za-z])(?:t|z|Z)\s?(?:[(\[]\s?\d+(?:\.\d+)?\s?[)\]])?\s?=\s?(?P<t>{SIGNED})")
_P = Expression(r"(?<![A-Za-z])[Pp](?:\s?-?\s?values?)?\s?(?P<p>[=<>≤≥]\s?(?:0?\.\d+|1\.0+))(?!\s?for\b)")
_EFFECT = Expression(
    r"\b(?:differ\w*|chang\w*|lower\w*|higher|coefficients?|slopes?|beta|estimates?|effects?|increas\w*|"
    r"decreas\w*|reduc\w*|gain\w*|"
    r"declin\w*|fell|rose|improv\w*|B|b)\b|β", re.I,
)  # fmt: skip
_OF_MODEL = Expression(r"\bF\s?[\[(]|\bR\s?[2²]|χ|\bchi", re.I)
_OTHER = Expression(
    r"\bratios?\b|\b[ao]?[HO]R\b|one-sided|corrected|bonferroni|bootstrap|robust|versus|\bvs\b|respectively|"
    r"interaction|"
    r"permutation|wilcoxon|mann", re.I,
)  # fmt: skip


def standard_errors(reading: Reading) -> Iterator[Finding]:
    """Check estimates over their standard errors."""
    for line in lines(reading, ("abstract", "methods", "results", "body", "figure legend")):
        for match in _SE.finditer(line.words):
            yield from _over_error(reading, line, match)


def _over_error(reading: Reading, line: Line, match: re.Match[str]) -> Iterator[Finding]:
    lead, rest = line.words[max(0, match.start() - 90) : match.start()], line.words[match.end() : match.end() + 75]
    rest = re.split(r"[;.]\s(?![tzPp]\b)|\band\b", rest)[0]
    if not _EFFECT.search(re.split(r"[;.]\s", lead)[-1] + match["unit"]) or _OTHER.search(lead + rest):
        return
    v, s = span(number(match["v"])).absolute(), span(number(match["s1"] or match["s2"]))
    if s.low <= 0 or re.search(r"\d", lead[-12:]):
        return
    made = Span(v.low / s.high, v.high / s.low)
    t, p = _T.search(rest), _P.search(rest)
    if p is not None and (
        _OF_MODEL.search(rest[: p.start()]) or re.match(r"\d", line.words[match.end() + p.end("p") :])
    ):
        p = None  # that of a model, or cut
    if t is not None and not span(number(t["t"])).absolute().meets(made):
        own = span(number(t["t"])).absolute()
        if max(own.low - made.high, made.low - own.high) > 0.05 * made.high:
            yield _finding(reading, line, match, f"{t[0].strip()}", f"{made.low:.3g} to {made.high:.3g}", t.end())
            return
    if p is not None:
        printed = Printed.parse(re.sub(r"[\s=]", "", p["p"]))
        values = Span(normal_two_sided(made.high), t_two_sided(made.low, FEWEST))
        ends = {"low": values.low, "high": values.high}
        if not meets(printed, values) and distance(printed, ends) > NEAR:
            yield _finding(reading, line, match, f"P {printed}", f"P {values.low:.2g} to {values.high:.2g}", p.end("p"))


def _finding(reading: Reading, line: Line, match: re.Match[str], printed: str, made: str, end: int) -> Finding:
    return reading.finding(
        "STANDARD_ERROR", "inconsistent",
        f"{printed} is inconsistent with {match['v']} and its standard error {match['s1'] or match['s2']}, which give "
        f"{made}",
        "the spread may be a standard deviation, or the test another one",
        quotes=((line.start + match.start(), line.start + match.end() + end),), computed=(("estimate / SE", made),),
    )  # fmt: skip
