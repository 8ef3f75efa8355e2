"""An estimate with its standard error, against the t, the P or the interval beside it; and I² against Q.

"B = 1.2 (SE 0.4; P = 0.30)", "lower by 5.2 ± 1.5 (SE) mmHg (t = 2.52)", "Q = 12.3, df = 10, I² = 60%".
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

CODES = ("STANDARD_ERROR", "HETEROGENEITY")

NEAR = 0.5
"""A likelihood ratio or score test lies this near, in Z, to the estimate over its standard error."""

FEWEST = 8.0
"""Degrees of freedom from which t is tried."""

_SE = re.compile(
    rf"(?P<v>(?:(?<=[\s(\[=,:])-\s?)?(?<![\w.,]){NUMBER})(?P<unit>(?:\s[a-zA-Z/%µ]{{1,10}}){{0,3}}?)\s?(?:"
    rf"(?:±|\+/-)\s?(?P<s1>{NUMBER})\s?(?:[a-zA-Z/%µ]{{1,10}}\s)?\(?(?:SE|standard error)\)?|"
    rf"[(\[,;]\s?(?:with an? )?(?:S\.?E\.?|standard error)(?: of)?\s?[=:,]?\s?(?P<s2>{NUMBER}))(?![\w%]|\.\d)"
)
_T = re.compile(rf"(?<![A-Za-z])(?:t|z|Z)\s?(?:[(\[]\s?\d+(?:\.\d+)?\s?[)\]])?\s?=\s?(?P<t>{SIGNED})")
_P = re.compile(r"(?<![A-Za-z])[Pp](?:\s?-?\s?values?)?\s?(?P<p>[=<>≤≥]\s?(?:0?\.\d+|1\.0+))(?!\s?for\b)")
_EFFECT = re.compile(
    r"\b(?:differ\w*|chang\w*|lower\w*|higher|coefficients?|slopes?|beta|estimates?|effects?|increas\w*|"
    r"decreas\w*|reduc\w*|gain\w*|"
    r"declin\w*|fell|rose|improv\w*|B|b)\b|β", re.I,
)  # fmt: skip
_OTHER = re.compile(
    r"\bratios?\b|\b[ao]?[HO]R\b|one-sided|corrected|bonferroni|bootstrap|robust|versus|\bvs\b|respectively|"
    r"interaction|"
    r"permutation|wilcoxon|mann", re.I,
)  # fmt: skip
_Q = re.compile(
    rf"(?:Cochran'?s? Q|\bQ|χ²|χ2|[Cc]hi-?squared?|[Cc]hi2|Chi²)(?: statistic)?\s?(?:\((?P<d1>\d+)\))?\s?(?:=|of|"
    rf"was)\s?"
    rf"(?P<q>{NUMBER})(?P<gap>[^.]{{0,15}}?(?:on |df\s?=?\s?|d\.f\.\s?=?\s?)(?P<d2>\d+)(?: df| d\.f\.|"
    rf" degrees of freedom)?)?"
    rf"[^()]{{0,45}}?I(?:²|\^?2|-squared|-square)\s?(?:=|of|was|:)?\s?(?P<i>{NUMBER})\s?%"
)


def standard_errors(reading: Reading) -> Iterator[Finding]:
    """Check estimates over their standard errors, and the share of heterogeneity."""
    for line in lines(reading, ("abstract", "methods", "results", "body", "figure legend")):
        for match in _SE.finditer(line.words):
            yield from _over_error(reading, line, match)
        for match in _Q.finditer(line.words):
            yield from _share(reading, line, match)


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


def _share(reading: Reading, line: Line, match: re.Match[str]) -> Iterator[Finding]:
    df = match["d1"] or match["d2"]
    if df is None or not int(df):
        return
    q, printed = span(number(match["q"])), number(match["i"])
    share = Span(*(max(0.0, 100 * (x - int(df)) / x) if x > 0 else 0.0 for x in q))
    if meets(printed, share) or abs(float(printed) - share.middle) <= 1:
        return
    yield reading.finding(
        "HETEROGENEITY", "inconsistent",
        f"I² {printed}% is inconsistent with Q {match['q']} on {df} df, which gives {share.middle:.3g}%",
        "I² may come from another estimator of the variance between studies",
        quotes=(line.piece(match),), computed=(("I²", f"{share.low:.4g} to {share.high:.4g}"),),
    )  # fmt: skip
