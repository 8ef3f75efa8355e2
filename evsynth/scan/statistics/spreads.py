"""Means with SD, medians with quartiles or range, in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.scan.labels import forms_in
from evsynth.scan.statistics.candidate import Candidate
from evsynth.scan.statistics.reported import Sort
from evsynth.scan.statistics.spelling import CLOSE, END, GAP, INTERVAL, NUMBER, OPEN, START, UNSIGNED, figures
from evsynth.text.expressions import Expression

_UNIT = r"(?:[A-Za-zµ°%/²0-9.-]{1,12}(?:[ \n]+[a-z]{1,8})?)"
_SD_NAME = r"(?i:s\.?d\.?|standard deviation|±|\+/-)"
_SD_WORDS = r"(?:(?<![A-Za-z])S\.?D\.?|(?<![A-Za-z])s\.d\.|(?i:standard[ \n]+deviations?)(?:[ \n]*\(SD\))?)"
_SE_NAME = r"(?i:s\.?e\.?(?:m\.?)?|standard error(?: of the mean)?)"
_IQR_NAME = (
    r"(?:[Ii]\.?[Qq]\.?[Rr]\.?|[Ii]nter-?[ ]?quartile(?:[ \n]+range)?s?|[Qq]uartiles?|Q1{G}[-,/]{G}Q3|"
    r"(?:(?:25|xx)th|P(?:25|xx)){G}(?:-|and|,|to){G}(?:(?:75|xx)th|P(?:75|xx))(?:[ \n]+percentiles?)?)"
).replace("{G}", GAP)
_RANGE_NAME = r"(?:[Rr]anges?|min(?:imum)?{G}[-,]{G}max(?:imum)?|ranging[ \n]+from|ranged?[ \n]+from)".replace(
    "{G}", GAP
)
_LIMITS = INTERVAL.replace("?P<lower>", "?P<q1>").replace("?P<upper>", "?P<q3>")
_ENDS = INTERVAL.replace("?P<lower>", "?P<minimum>").replace("?P<upper>", "?P<maximum>")

_PLUS_MINUS = Expression(
    rf"{START}(?P<mean>{NUMBER}){GAP}(?:%|{_UNIT}{GAP})?(?:±|\+/-|\+-){GAP}(?P<sd>{UNSIGNED}){END}"
)
_SD = Expression(
    rf"{START}(?P<mean>{NUMBER}){GAP}(?:{_UNIT})?{GAP}[,;]?{GAP}{OPEN}{GAP}(?:{_SD_NAME}){GAP}[=:,]?{GAP}(?P<sd>"
    rf"{UNSIGNED}){GAP}(?:{_UNIT}{GAP})?{CLOSE}"
)
_NO_PEOPLE = (
    r"(?![ \n]*(?:patients|participants|subjects|women|men|children|adults|controls|cases|eyes|groups?|"
    r"studies|trials|and|to|vs|or)\b)"
)
_SD_AFTER = Expression(
    rf"{START}(?P<mean>{NUMBER}){_NO_PEOPLE}{GAP}(?:%|{_UNIT})?{GAP}(?:[,;]{GAP}|"
    rf"with{GAP}an?{GAP}|and{GAP}(?:an?{GAP})?|[,;]{GAP}with{GAP}an?{GAP})(?:{_SD_WORDS}){GAP}(?:[=:]|of\b|was\b)?{GAP}"
    rf"(?P<sd>{UNSIGNED}){END}"
)
_SD_LAST = Expression(
    rf"{START}(?P<mean>{NUMBER}){GAP}(?:{_UNIT})?{GAP}{OPEN}{GAP}±?{GAP}(?P<sd>{UNSIGNED}){GAP}(?:{_SD_WORDS}){GAP}{CLOSE}"
)
_WIDTH = Expression(
    rf"{START}(?P<centre>{NUMBER}){GAP}(?:{_UNIT})?{GAP}[,;]?{GAP}{OPEN}{GAP}{_IQR_NAME}{GAP}[=:,]?{GAP}(?:of{GAP})?"
    rf"(?P<spread>{UNSIGNED}){GAP}(?:[A-Za-z]{{1,10}}{GAP})?{CLOSE}"
)
_SE = Expression(
    rf"{START}(?P<mean>{NUMBER}){GAP}(?:{_UNIT})?{GAP}[,;]?{GAP}{OPEN}{GAP}(?:{_SE_NAME}){GAP}[=:,]?{GAP}(?P<se>"
    rf"{UNSIGNED}){GAP}{CLOSE}"
)
_IQR = Expression(
    rf"{START}(?P<median>{NUMBER}){GAP}(?:{_UNIT})?{GAP}[,;]?{GAP}{OPEN}?{GAP}{_IQR_NAME}{GAP}[=:,]?{GAP}(?:of"
    rf"{GAP}|from{GAP})?{OPEN}?{GAP}{_LIMITS}{GAP}{CLOSE}?"
)
_RANGE = Expression(
    rf"{START}(?P<median>{NUMBER}){GAP}(?:{_UNIT})?{GAP}[,;]?{GAP}{OPEN}?{GAP}{_RANGE_NAME}{GAP}[=:,]?{GAP}(?:of"
    rf"{GAP}|from{GAP}|between{GAP})?{OPEN}?{GAP}{_ENDS}{GAP}{CLOSE}?"
)
_BRACKETS = Expression(
    rf"{START}(?P<centre>{NUMBER}){GAP}(?:%|{_UNIT})?{GAP}{OPEN}{GAP}(?P<lower>{NUMBER}){GAP}(?:-|~|;|,|to|"
    rf"and){GAP}(?P<upper>{NUMBER}){GAP}(?:{_UNIT}{GAP})?{CLOSE}"
)
_ONE = Expression(rf"{START}(?P<centre>{NUMBER}){GAP}(?:{_UNIT})?{GAP}{OPEN}{GAP}(?P<spread>{UNSIGNED}){GAP}{CLOSE}")
_MEDIAN = Expression(r"\b(median|mean|average|IQR|interquartile|range|SD)s?\b", re.IGNORECASE)
_PLAIN_CENTRE = Expression(
    rf"\b(?P<word>[Mm]edian|[Mm]ean|[Aa]verage)(?![ \n]+(?:difference|change))(?P<what>[A-Za-z0-9 \n,'/()-]{{0,6"
    rf"0}}?)[ \n]+(?:was|were|of|is|=|:){GAP}(?P<centre>{NUMBER}){END}"
)


def spreads(prose: str) -> Iterator[Candidate]:
    """Find centres with a spread. What a bare bracket holds is read from the words before it, else from the methods."""
    usual = _usual(prose)
    mean_sd = re.search(r"\b[Mm]eans?,?[ \n]*\([ \n]*(?:±[ \n]*)?(?:S\.?D|standard)", prose) is not None
    error = bool(re.search(r"mean[ \n]*(?:±|\+/-)[ \n]*(?:s\.?e\.?m?\.?\b|standard error)", prose, re.IGNORECASE))
    for match in _PLUS_MINUS.finditer(prose):
        near = prose[max(0, match.start() - 80) : match.end() + 12]
        se = (error and not re.search(r"\bSD\b", near)) or bool(re.search(r"\bSEM?\b", near))
        if se:
            yield Candidate("mean se", figures(match, sd="se"), match.start(), match.end(), None, "±")
        else:
            yield Candidate("mean sd", figures(match), match.start(), match.end(), None, "±")
    for match in _SD.finditer(prose):
        yield Candidate("mean sd", figures(match), match.start(), match.end(), None, "SD")
    for pattern in (_SD_LAST, _SD_AFTER):
        for match in pattern.finditer(prose):
            before = prose[max(0, match.start() - 60) : match.start()]
            if re.search(r"(?<![A-Za-z])[nN] ?= ?\Z", before):
                continue
            if re.search(r"\bmedian\b(?![^.]*\bmean\b)", before[before.rfind(". ") + 1 :], re.IGNORECASE):
                names = {"mean": "centre", "sd": "spread"}
                yield Candidate(
                    "centre spread", figures(match, **names), match.start(), match.end(), None, "median (SD)"
                )
            else:
                yield Candidate("mean sd", figures(match), match.start(), match.end(), None, "SD")
    for match in _SE.finditer(prose):
        yield Candidate("mean se", figures(match), match.start(), match.end(), None, "SE")
    for match in _IQR.finditer(prose):
        if not re.search(r"\bmean\b(?![^.]*median)", prose[max(0, match.start() - 60) : match.start()], re.IGNORECASE):
            yield Candidate("median quartiles", figures(match), match.start(), _end(match), None, "IQR")
    for match in _WIDTH.finditer(prose):
        yield Candidate("centre spread", figures(match), match.start(), match.end(), None, "median (width of IQR)")
    for match in _RANGE.finditer(prose):
        before = prose[max(0, match.start() - 80) : match.start()]
        mean = re.search(r"\b(?:mean|average)\b(?![^.]*median)", before, re.IGNORECASE)
        if mean:
            yield Candidate("range", figures(match, median="mean"), match.start(), _end(match), None, "mean (range)")
        else:
            yield Candidate("median range", figures(match), match.start(), _end(match), None, "range")
    yield from _bracketed(prose, usual)
    for match in _ONE.finditer(prose):
        before = prose[max(0, match.start() - 100) : match.start()]
        said = re.findall(r"\b(mean|median)\b[^.]{0,40}\b(?:SD|standard deviation)", before, re.IGNORECASE)
        if said and said[-1].lower() == "median":
            yield Candidate("centre spread", figures(match), match.start(), match.end(), None, "median (SD)")
        elif said or (mean_sd and "." in match["centre"] and "." in match["spread"]):
            names = {"centre": "mean", "spread": "sd"}
            yield Candidate("mean sd", figures(match, **names), match.start(), match.end(), None, "mean (SD)")
    for match in _PLAIN_CENTRE.finditer(prose):
        if "age" in match["word"].lower() and match["word"].lower() != "average":
            continue
        sort: Sort = "median" if match["word"].lower() == "median" else "mean"
        yield Candidate(
            sort, figures(match, centre=sort), match.start("word"), match.end(), None, match["word"].lower()
        )


def _bracketed(prose: str, usual: str | None) -> Iterator[Candidate]:
    """Read "7.5 (5, 10)": by the words before it, else by what the paper says it prints."""
    for match in _BRACKETS.finditer(prose):
        before = prose[max(0, match.start() - 120) : match.start()]
        words = _MEDIAN.findall(before[before.rfind(". ") + 1 :])
        named = {word.lower() for word in words}
        if not named:
            found = figures(match)
            thousands = re.search(r"[(\[][ \n]*[0-9]{1,3},[0-9]{3}(?![0-9])", match[0]) is not None
            ordered = (
                not thousands
                and len(found) == 3
                and found[1].printed.value <= found[0].printed.value <= found[2].printed.value
            )
            if ordered and re.search(
                r"sensitivity|specificity|predictive value|accuracy|survival|rate|\bPPV|\bNPV", before[-70:]
            ):
                yield Candidate(
                    "percent", figures(match, centre="percent"), match.start(), match.end(), "percent", "with interval"
                )
            elif ordered:
                yield Candidate("centre spread", found, match.start(), match.end(), None, "")
            continue
        if "median" in named and (
            {"iqr", "interquartile"} & named or ("range" not in named and usual == "median quartiles")
        ):
            names = {"centre": "median", "lower": "q1", "upper": "q3"}
            yield Candidate("median quartiles", figures(match, **names), match.start(), match.end(), None, "median")
        elif "median" in named and ("range" in named or usual == "median range"):
            names = {"centre": "median", "lower": "minimum", "upper": "maximum"}
            yield Candidate("median range", figures(match, **names), match.start(), match.end(), None, "median")
        else:
            yield Candidate("centre spread", figures(match), match.start(), match.end(), None, "")


def _usual(prose: str) -> str | None:
    """Give the form in which the paper says it prints medians, if it says so once."""
    found = [form for form in forms_in(prose) if form in ("median quartiles", "median range")]
    return found[0] if found else None


def _end(match: re.Match[str]) -> int:
    text = match[0].rstrip()
    end = match.start() + len(text)
    unpaired = text[-1:] in ")]}" and sum(text.count(c) for c in ")]}") > sum(text.count(c) for c in "([{")
    return end - 1 if unpaired else end
