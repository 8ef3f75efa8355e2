"""A test statistic in running text and its P: t, Z, F or chi-square, with degrees of freedom in any spelling, or none.

"t(23) = 2.52", "t = 2.52, 23 df", "χ² = 5.1 on 1 degree of freedom", "F(2, 57) = 3.4". Where no degrees of freedom are
printed only what none of them could give is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.effects import NUMBER, number
from evsynth.checks.scanned.numbers.p_of_counts import distance
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.distributions import chi_square_tail, normal_two_sided, t_two_sided
from evsynth.reanalyse.result import meets
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("P_OF_STATISTIC",)

_CORRECTED = 3
"""So many statistics, each with a P that is too large, are those of a paper that corrects its P values."""
NEAR = 0.15
"""Exact and corrected variants of a test lie this near, in Z."""

_DF = rf"(?P<df>{NUMBER})(?:\s?[,;]\s?(?:(?P<df2>{NUMBER})|[nN]\s?=\s?\d[\d,]*))?"
_STATISTIC = Expression(
    r"(?<![\w-])(?:(?P<t>[tT])(?:[- ](?:value|statistic|test))?|(?P<z>[zZ])(?:[- ](?:value|score|statistic))?|(?P<f>F)"
    r"(?:[- ](?:value|statistic|ratio))?|(?P<chi>(?:[χΧX]\s?(?:²|\^?2)|[Cc]hi-?\s?(?:squared?|²|2)|χ|H(?=\s?[=(]))"
    r"(?: (?:test|statistic|value))?))"
    rf"\s?(?:[(\[]\s?(?:d\.?f\.?\s?=\s?)?{_DF}\s?(?:d\.?f\.?)?\s?[)\]]|"
    rf"_?(?P<sub>\d{{1,3}})(?:,\s?(?P<sub2>\d{{1,4}}))?(?=\s?=))?"
    rf"\s?(?:=|of\s|was\s|:|(?<=[²2de])\s)\s?(?P<v>[-+]?\s?{NUMBER})(?![\w%]|\.\d)"
)
_FREEDOM = Expression(
    r"^[\s,;(\[]{1,3}(?:on|with|for)?\s?(?:d\.?f\.?|degrees? of freedom)\s?[=:]?\s?"
    r"(?P<a>\d+(?:\.\d+)?)(?:\s?[,;]\s?(?P<a2>\d+))?(?!\.\d)"
    r"|^[\s,;(\[]{1,3}(?:on\s|with\s|for\s)?(?P<b>\d+(?:\.\d+)?)\s?(?:d\.?f\.?|degrees? of freedom)"
)
_P = Expression(
    r"^(?:[\s,;)\](]|d\.?f\.?|degrees? of freedom|[nN]\s?=\s?\d[\d,]*|\d+(?:\.\d+)?(?=\s?d)|[=:]|on\b|"
    rf"with\b|for\b|and\b|two-sided|exact|giving|r\s?=\s?-?{NUMBER}|SE\s?=\s?{NUMBER}|(?<=[=,f] )\d+(?:\.\d+)?|"
    rf"(?<==)\d+)*"
    r"(?<![A-Za-z])[Pp](?:\s?-?\s?values?)?\s?(?P<p>[=<>≤≥]\s?(?:0?\.\d+|1\.0+))(?P<for>[^.;()\d]{0,30})"
)
_ANOTHER = Expression(
    r"bonferroni|tukey|dunnett|holm|scheff|corrected|permutation|adjusted p|fdr|false discovery|greenhouse|one-sided|"
    r"one-tailed|exact test|fisher|yates|randomi[sz]ation test|simulat", re.I,
)  # fmt: skip


def test_statistics(reading: Reading) -> Iterator[Finding]:
    """Recompute the P after every test statistic of the study's own text."""
    found = list(_every(reading))
    if len([f for f, _ in found if f is not None]) >= _CORRECTED and all(
        f is not None and larger for f, larger in found
    ):
        return  # every P is larger than its statistic makes it: they are corrected for many tests
    yield from (f for f, _ in found if f is not None)


def _every(reading: Reading) -> Iterator[tuple[Finding | None, bool]]:
    """Give the finding (None where both agree) of every statistic with a P, and whether the P is larger."""
    for line in lines(reading, ("abstract", "methods", "results", "body", "figure legend")):
        if "=" not in line.words and "hi" not in line.words and "χ" not in line.words:
            continue
        words = line.words.replace("\n", " ")
        for match in _STATISTIC.finditer(words):
            rest = words[match.end() : match.end() + 110]
            found = _P.match(rest)
            if found is None or _ANOTHER.search(words) or re.search(r"trend|interaction", found["for"]):
                continue
            after = _FREEDOM.match(rest)
            spot = (line.start + match.start(), line.start + match.end() + found.end("p"))
            p = Printed.parse(re.sub(r"[\s=]", "", found["p"]))
            yield from _judged(reading, match, _freedom(match, after), p, spot)


def _freedom(match: re.Match[str], after: re.Match[str] | None) -> tuple[str | None, str | None]:
    own = match["df"] or match["sub"]
    if own is not None or after is None:
        return _plain(own), _plain(match["df2"] or match["sub2"])
    return after["a"] or after["b"], after["a2"]


def _plain(text: str | None) -> str | None:
    """Give a number without the commas of its thousands: "t(1,018)"."""
    return text.replace(",", "") if text else text


def _judged(
    reading: Reading, match: re.Match[str], freedom: tuple[str | None, str | None], p: Printed, spot: tuple[int, int]
) -> Iterator[tuple[Finding | None, bool]]:
    size, (df, df2) = span(number(match["v"])).absolute(), freedom
    values = _values(match, size, df, df2)
    if values is None:
        return
    half = Span(values.low / 2, values.high if df is None and not match["z"] else values.high / 2)
    if match["f"]:
        half = values
    ends = {"low": values.low, "high": values.high}
    if meets(p, values) or meets(p, half) or distance(p, ends) < NEAR or distance(p, {"half": half.low}) < NEAR:
        yield None, False
        return
    name = "t" if match["t"] else "Z" if match["z"] else "F" if match["f"] else "chi-square"
    on = "" if match["z"] else f" on {df}{f' and {df2}' if df2 else ''} df" if df else " on any degrees of freedom"
    larger = float(p.value) > values.high and p.bound != "<"
    yield reading.finding(
        "P_OF_STATISTIC", "inconsistent",
        f"P {p} is inconsistent with {name} {match['v']}{on}, which gives {values.low:.3g} to {values.high:.3g}",
        "another test, or a correction for many tests, may explain it; otherwise one of both is misprinted",
        quotes=(spot,), computed=((f"{name} {match['v']}{on}", f"{values.low:.4g} to {values.high:.4g}"),),
    ), larger  # fmt: skip


def _values(match: re.Match[str], size: Span, df: str | None, df2: str | None) -> Span | None:
    """Give the P values of a statistic; without degrees of freedom, those of few to many."""
    if match["z"]:
        return Span(normal_two_sided(size.high), normal_two_sided(size.low))
    if match["t"]:
        if df is None or float(df) < 1:
            return Span(normal_two_sided(size.high), t_two_sided(size.low, 1.0))
        return Span(t_two_sided(size.high, float(df)), t_two_sided(size.low, float(df)))
    if match["chi"]:
        if df is None:
            return Span(chi_square_tail(size.high, 1), 1.0)
        if "." in df or int(df) < 1:
            return None
        return Span(*(chi_square_tail(x, int(df)) for x in size[::-1]))
    if df is None or df2 is None or float(df) <= 0 or float(df2) <= 0:
        return None
    from scipy.special import fdtrc

    low, high = (float(fdtrc(float(df), float(df2), x)) for x in (size.high, size.low))
    return Span(low, high)
