"""Ratios, differences, correlations, coefficients and tests in running text, with interval and P value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.scan.statistics.candidate import Candidate
from evsynth.scan.statistics.reported import Sort
from evsynth.scan.statistics.spelling import (
    CLOSE,
    END,
    GAP,
    INTERVAL,
    INTERVAL_NAME,
    NUMBER,
    OPEN,
    SIGN,
    START,
    UNSIGNED,
    WHOLE,
    P,
    figures,
)
from evsynth.text.expressions import Expression

_IS = rf"(?:{GAP}[\)\]])?{GAP}(?:[,:]{GAP})?(?:{SIGN}|(?:was|were|is|of|being|estimated at)\b){GAP}"
_MAYBE_IS = rf"(?:{GAP}[\)\]])?(?:{_IS}|{GAP}[:,]?{GAP})"
_INTERVAL = (
    rf"(?:{GAP}%)?{GAP}(?:(?:[a-zA-Z/]{{1,9}}){GAP})?(?:[,;:]{GAP})?{OPEN}?{GAP}(?:with (?:a |"
    rf"an )?)?(?:{INTERVAL_NAME}{GAP}(?:[:=,]|of|from|was|ranging from)?{GAP}{OPEN}?{GAP}|(?<=[\(\[])|"
    rf"(?<=[,;][ ])(?={UNSIGNED}{GAP}(?:-|to){GAP}[0-9]))"
    rf"{INTERVAL}{GAP}%?{GAP}{CLOSE}?"
)
_P_AFTER = rf"(?:{GAP}{CLOSE}?{GAP}[,;:]?{GAP}(?:and |with (?:a )?)?{OPEN}?{GAP}{P})"
_TAIL = rf"(?:{_INTERVAL})?(?:{_P_AFTER})?"
_ADJUSTED = Expression(
    r"(?:adjusted|weighted|crude|unadjusted|multivariable|multivariate|univariable|univariate|pooled|summary|IPTW|"
    r"IPTW-adjusted|IPTW-weighted|stratified|cause-specific|sub-?distribution|age-adjusted)[- \n]{1,2}\Z",
    re.IGNORECASE,
)
"""How an estimate was made, said before its name."""


class _Named(NamedTuple):
    sort: Sort
    measure: str
    pattern: Expression


_UNNAMED_INTERVAL = INTERVAL_NAME.replace("?P<level>", "?:").replace("?P<level_>", "?:")


def _ratio(short: str, long: str, name: str) -> Expression:
    words = rf"(?:(?i:{long})s?|(?:{short})s?)(?:{GAP}{OPEN}{GAP}[a-zA-Z]{{0,3}}(?:{short}){GAP}{CLOSE})?"
    return Expression(
        rf"(?<![A-Za-z0-9])(?P<name>{words})(?:{GAP}{OPEN}{GAP}{_UNNAMED_INTERVAL}{GAP}"
        rf"{CLOSE})?{_MAYBE_IS}{OPEN}?{GAP}(?P<{name}>{NUMBER}){END}{_TAIL}"
    )


def _letter(name: str, letters: str, sign: str = _IS, after: str = "") -> Expression:
    return Expression(rf"(?<![A-Za-z0-9_-])(?P<name>{letters}){sign}(?P<{name}>{NUMBER}){END}{after}{_TAIL}")


_EQUALS = rf"{GAP}[=:]{GAP}"
_OR_NOTHING = r"|[ \n](?=-?[0-9]*\.[0-9])"
_DF = rf"(?:{GAP}[,;(]{GAP}(?:d\.?f\.?|degrees of freedom){GAP}[=:]?{GAP}(?P<df__>[0-9]+(?:\.[0-9]+)?){GAP}\)?)?"
_SE_AFTER = rf"(?:{GAP}[,;(]{GAP}(?:S\.?E\.?|standard error){GAP}[=:]?{GAP}(?P<se>{UNSIGNED}){GAP}\)?)?"
_IN_BRACKETS = rf"(?:{GAP}\({GAP}(?P<df>[0-9]+){GAP}\))?"


_PATTERNS: tuple[_Named, ...] = (
    _Named("estimate", "hazard_ratio", _ratio(r"(?:a|c|s|w)?HR", r"(?:sub)?hazards?[- \n]ratio", "hazard_ratio")),
    _Named("estimate", "odds_ratio", _ratio(r"(?:a|c)?OR", r"odds[- \n]ratio", "odds_ratio")),
    _Named("estimate", "risk_ratio", _ratio(r"(?:a|c)?(?:RR|IRR)", r"(?:(?:incidence[- \n])?rate|risk|"
        r"relative)[- \n](?:ratio|risk)", "risk_ratio")),
    _Named("estimate", "mean_difference", _ratio(r"(?:W|S)?MD", r"(?:(?:weighted|standardi[sz]ed|"
        r"least[- ]squares?|LS|between-group|treatment)[- \n])?mean[- \n](?:between-group[- \n])?difference|"
        r"(?:between-group|treatment|risk|absolute)[- \n]difference", "mean_difference")),
    _Named("estimate", "median_change", _ratio(r"(?!)", r"(?:median|hodges[- ]lehmann)[- \n](?:difference|"
        r"change|reduction|decrease|increase|improvement)", "median_change")),
    _Named("estimate", "mean_change", _ratio(r"(?!)", r"mean[- \n](?:absolute[- \n])?(?:change|reduction|"
        r"decrease|increase|improvement)(?:[ \n]+from[ \n]+baseline)?", "mean_change")),
    _Named("r squared", "adjusted_r_squared", Expression(rf"(?<![A-Za-z])(?P<name>(?i:adj(?:usted|"
        rf"\.)?)[- \n]{{1,2}}[rR]{GAP}(?:²|\^?2|-?squared?)){_IS}(?P<adjusted_r_squared>{NUMBER}){END}"
        rf"{_P_AFTER}?")),
    _Named("r squared", "r_squared", Expression(rf"(?<![A-Za-z])(?P<name>[rR]{GAP}(?:²|\^2|2(?=[ \n]?=)|"
        rf"-?squared?)){_IS}(?P<r_squared>{NUMBER}){END}{_P_AFTER}?")),
    _Named("correlation", "rho", _letter("rho", r"(?i:(?:spearman'?s?[ \n]+)?(?:rank[ \n]+)?(?:correlation[ \n]"
        r"+)?(?:coefficient[ \n]?)?)(?:ρ|rho|Rho|r_?s|rₛ)" + _IN_BRACKETS, rf"(?:{_IS}{_OR_NOTHING})")),
    _Named("correlation", "rho", Expression(rf"(?P<name>(?i:spearman'?s?(?:[ \n]+(?:rank|correlation|"
        rf"coefficient|r)){{1,4}}))(?:[ \n]?\(r\))?{_IS}(?P<rho>{NUMBER}){END}{_TAIL}")),
    _Named("correlation", "r", _letter("r", r"(?i:pearson'?s?[ \n]+)?(?:correlation[ \n]+)?(?:coefficient[ \n]+"
        r")?[rR]" + _IN_BRACKETS)),
    _Named("coefficient", "b", _letter("b", r"(?:unstandardi[sz]ed[ \n]+)?(?:regression[ \n]+)?(?:[Cc]oefficien"
        r"ts?|coef\.?|B|b)(?:[ \n]+\(B\))?", _IS, _SE_AFTER)),
    _Named("coefficient", "beta", _letter("beta", r"(?:standardi[sz]ed[ \n]+)?(?:β|[Bb]eta)(?:[ \n]+coefficients?)?",
        _IS, _SE_AFTER)),
    _Named("test", "u", _letter("u", r"(?:Mann[- ]Whitney[ \n]+)?U", _EQUALS)),
    _Named("test", "z", _letter("z", r"(?:[Zz])(?:-(?:score|value|statistic))?", _EQUALS)),
    _Named("test", "w", _letter("w", r"(?:Wilcoxon[ \n]+)?W", _EQUALS)),
    _Named("test", "t", _letter("t", rf"t(?:{GAP}\({GAP}(?:df{GAP}={GAP})?(?P<df>{NUMBER}){GAP}\)|"
        rf"_?(?P<df_>[0-9]{{2,4}}(?:\.[0-9]+)?)|[ -](?:value|statistic))?", _EQUALS, _DF)),
    _Named("test", "f", _letter("f", rf"F(?:{GAP}\({GAP}(?P<df>{NUMBER}){GAP},{GAP}(?P<df2>{NUMBER}){GAP}\)|"
        rf"_?(?P<df_>[0-9]{{1,3}}),[ ]?(?P<df2_>[0-9]{{1,4}}(?:\.[0-9]+)?)|[ -](?:value|statistic))?", _EQUALS)),
    _Named("test", "chi2", _letter("chi2", rf"(?:(?:χ|[Cc]hi|X|x){GAP}(?:²|\^?2|-?{GAP}squared?)|"
        rf"χ)(?:{GAP}\({GAP}(?:df{GAP}={GAP})?(?P<df>[0-9]+)(?:{GAP},{GAP}[Nn]{GAP}={GAP}(?P<analysed>[0-9]+))?"
        rf"{GAP}\))?(?:{GAP}(?:test|statistic|value))?", rf"(?:{GAP}(?:[=:]|of\b|was\b){GAP}{_OR_NOTHING})", _DF)),
)  # fmt: skip
_PATTERNS += (
    _Named("estimate", "value", Expression(
        rf"(?<![A-Za-z])(?P<name>(?i:intra-?class correlation(?: coefficients?)?(?: \(ICCs?\))?|ICCs?|"
            rf"(?:weighted |Cohen'?s? |Fleiss'? )?kappa(?: values?| statistic| coefficient)?|κ|AUCs?|AUROC|"
            rf"area under the(?: (?:receiver operating characteristic|ROC))? curve(?: \(AU(?:RO)?C\))?|c-(?:index|"
            rf"statistic)|Cronbach'?s? (?:alpha|α)|Cohen'?s? d|Hedges'? g|SMD|η²|Youden index|"
            rf"Kendall'?s? (?:tau|τ)(?:-?[bc])?))"
        rf"{_MAYBE_IS}{OPEN}?{GAP}(?P<value>{NUMBER}){END}{_TAIL}")),
)  # fmt: skip
_EFFECT_R = Expression(
    r"effect[- ]sizes?[ \n,]*\(?[ \n]*r\b|\br[ \n]*=[ \n]*\|?Z\|?[ \n]*/|\beffect[- ]size r\b", re.IGNORECASE
)
_COUNT_WITH_INTERVAL = Expression(
    rf"{START}(?P<count>{WHOLE})(?:{GAP}(?:/|of){GAP}(?P<of>{WHOLE}))?{GAP}[\(\[]{GAP}(?P<percent>{UNSIGNED}){GAP}%{GAP}[,;]?{GAP}"
    rf"[\(\[]?{GAP}{INTERVAL_NAME}{GAP}[:=,]?{GAP}{OPEN}?{GAP}{INTERVAL}{GAP}%?{GAP}{CLOSE}?"
)
_WITH_INTERVAL = Expression(
    rf"(?<![A-Za-z0-9.,_/-])(?P<value>{NUMBER})(?!{GAP}%?{GAP}-?{GAP}(?:C\.?I|CrI|con(?:fi|ﬁ)dence|credible))"
    rf"(?P<percent_sign>{GAP}%)?{GAP}(?:(?:percentage[ \n])?[a-zA-Z/]{{1,10}}{GAP})?[,;]?"
    rf"{GAP}{OPEN}?{GAP}{INTERVAL_NAME}{GAP}(?:[:=,]|of|from)?{GAP}{OPEN}?{GAP}{INTERVAL}{GAP}%?{GAP}"
    rf"{CLOSE}?{_P_AFTER}?"
)
_INTERVAL_ONLY = Expression(rf"{INTERVAL_NAME}{GAP}(?:[:=,]|of|from|was)?{GAP}{OPEN}?{GAP}{INTERVAL}{END}")


def estimates(prose: str) -> Iterator[Candidate]:
    """Find estimates, correlations, coefficients and tests, the most particular name first."""
    effect_r = _EFFECT_R.search(prose) is not None
    for sort, measure, pattern in _PATTERNS:
        for match in pattern.finditer(prose):
            before = prose[max(0, match.start("name") - 4) : match.start("name")]
            if match["name"].strip() == "OR" and not match.groupdict().get("lower") and before.strip().isupper():
                continue  # the word "or" in capitals
            name = " ".join(match["name"].split())
            if measure == "r" and effect_r and "earson" not in name:
                yield Candidate(
                    "coefficient", figures(match, r="effect_size"), match.start(), match.end(), "effect_size", name
                )
                continue
            found = figures(match)
            lead = _ADJUSTED.search(prose, max(0, match.start() - 24), match.start())
            start = lead.start() if lead and sort == "estimate" else match.start()
            if found:
                label = " ".join(prose[start : match.end("name")].split())
                yield Candidate(sort, found, start, _end(match), measure, label)
    for match in _COUNT_WITH_INTERVAL.finditer(prose):
        yield Candidate("count percent", figures(match), match.start(), _end(match), None, "with interval")
    for match in _WITH_INTERVAL.finditer(prose):
        if match["percent_sign"]:
            found = figures(match, value="percent")
            yield Candidate("percent", found, match.start(), _end(match), "percent", "with interval")
        else:
            yield Candidate("estimate", figures(match), match.start(), _end(match), "value", "with interval")
    for match in _INTERVAL_ONLY.finditer(prose):
        yield Candidate("estimate", figures(match), match.start(), match.end(), "interval", "interval")


def _end(match: re.Match[str]) -> int:
    """Give the end without white space and without an unpaired closing bracket."""
    text = match[0].rstrip()
    end = match.start() + len(text)
    if text[-1:] in ")]}" and text.count(text[-1]) > text.count({")": "(", "]": "[", "}": "{"}[text[-1]]):
        end -= 1
    return end
