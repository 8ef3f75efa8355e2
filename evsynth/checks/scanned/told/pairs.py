"""P values of two groups told in one sentence: of counts with percentages, and of means with standard deviations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from evsynth.checks.scanned.numbers.methods_said import Tests, tests
from evsynth.checks.scanned.numbers.p_of_counts import distance
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.told.counts import counts
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.counting import percent_span
from evsynth.reanalyse.means import Group, t_test
from evsynth.reanalyse.result import meets
from evsynth.reanalyse.spans import span
from evsynth.reanalyse.tables import table_tests

CODES = ("P_OF_COUNTS", "P_OF_MEANS")

_N = r"\d+(?:[.·]\d+)?"
_SHARE = (
    rf"(?<![\w.,·<>=±-])(?P<k{{0}}>\d{{{{1,4}}}})(?:\s?/\s?(?P<n{{0}}>\d{{{{1,5}}}}))?(?:\s[a-z]+){{{{0,2}}}}\s?[(\[]\s?"
    rf"(?P<p{{0}}>{_N})\s?%\s?[)\]](?:\sof\s(?P<o{{0}}>\d{{{{1,5}}}}))?"
)
_WORDS = (
    r"(?P<between>[^.;:()\[\]\d]{0,60}?(?:\band|\bvs\.?|\bversus|\bv|compared (?:with|to)|,)\s[^.;:()\[\]\d]{0,40}?)"
)
_P = (
    r"(?P<after>(?:[^.;:()\[\]\d]|m2|m3){0,60})[(\[,;]\s?[Pp](?:\s?-?\s?values?)?\s?"
    r"(?P<p>[=<>≤]\s?(?:0?[.·]\d+|1[.·]0+))"
)
_COUNTS = re.compile(_SHARE.format(1) + _WORDS + _SHARE.format(2) + _P)
_MEAN = r"(?<![\w.,·/±-])(?P<m{0}>-?\d+(?:[.·]\d+)?)\s?(?:±|\+/-|\(SD\s?)\s?(?P<s{0}>\d+(?:[.·]\d+)?)\)?"
_MEANS = re.compile(_MEAN.format(1) + _WORDS + _MEAN.format(2) + _P)
_OTHER = re.compile(
    r"\b(?:trend|one-sided|one-tailed|inferior\w*|log-?rank|adjusted|weighted|mcnemar|paired|within|interaction|"
    r"cox|regression|logistic|ancova|mixed|gee|stratif\w+|univaria\w+|multivaria\w+|bonferroni|corrected|hazard\w*|"
    r"propensity|match\w+|before|after|pre|post|pre-\w+|post-\w+|from|follow-up|initial\w*|final\w*|estimat\w+|"
    r"surviv\w+|kaplan|cumulative|cluster\w*|episodes?|events|samples|eyes|lesions|sites|respectively, (?:and|in)|"
    r"increased|decreased|fell|rose|changed|improv\w+|declin\w+|reduc\w+|overall|all groups|three|four|SEM?|"
    r"standard errors?|geometric|procedures|admissions|visits|cycles|specimens|isolates)\b", re.I,
)  # fmt: skip
_ANOTHER = re.compile(r"(?:%\s?[)\]]|±\s?\d[\d.]*)[^.;()]{0,40},?\s?(?:and|vs\.?|versus|,)\s?[^.;()\d]{0,40}$")
_ERRORS = re.compile(r"standard errors?|\bSEM?\b|s\.e\.", re.I)

FAR, RANKS, ADJUSTED = 0.3, 1.2, 1.8
"""Least distance in Z from every usual test, where the text also ranks, and where it also adjusts or models."""


def pairs(reading: Reading) -> Iterator[Finding]:
    """Recompute P values that directly follow the numbers of two groups."""
    said = tests(reading)
    modelled = bool(re.search(r"regression|adjust|propensity|weighted|cluster", reading.document.prose, re.I))
    if said.paired:
        return
    for line in lines(reading, ("abstract", "results", "body")):
        for match in _COUNTS.finditer(line.words):
            if _plain(line, match):
                yield from _of_counts(reading, line, match, said, modelled)
        for match in _MEANS.finditer(line.words):
            if _plain(line, match) and not _ERRORS.search(reading.document.prose):
                yield from _of_means(reading, line, match, said, modelled)


def _plain(line: Line, match: re.Match[str]) -> bool:
    clause = line.words[: match.start()]
    clause = clause[max(clause.rfind(";"), clause.rfind(". ")) + 1 :]
    if re.search(r"\bbaseline\b", match[0]):
        return False
    tail = line.words[match.end() : match.end() + 30]
    return not (_OTHER.search(clause[-120:] + match["between"] + match["after"] + tail) or _ANOTHER.search(clause))


def _sizes(count: int, percent: Printed, shown: str | None) -> list[int]:
    """Give denominators that print a percentage: the one shown, or the least, the middle and the greatest."""
    if shown is not None:
        return [int(shown)] if count <= int(shown) and meets(percent, percent_span(count, int(shown))) else []
    if count == 0 or float(percent.value) <= 0:
        return []
    middle = round(100 * count / float(percent.value))
    reach = range(max(count, int(middle * 0.7)), int(middle * 1.4) + 2)
    fits = [n for n in reach if meets(percent, percent_span(count, n))]
    return sorted({fits[0], fits[len(fits) // 2], fits[-1]}) if fits and fits[-1] <= 1.25 * fits[0] else []


def _of_counts(reading: Reading, line: Line, match: re.Match[str], said: Tests, modelled: bool) -> Iterator[Finding]:
    p = Printed.parse(re.sub(r"[\s=]", "", match["p"]))
    numbers = [int(match["k1"]), int(match["k2"])]
    sizes = [
        _sizes(k, Printed.parse(match[f"p{i}"]), match[f"n{i}"] or match[f"o{i}"]) for i, k in enumerate(numbers, 1)
    ]
    if max(numbers) == 0 or not all(sizes):
        return
    tried: dict[str, float] = {}
    for n1, n2 in product(*sizes):
        made = table_tests([tuple(numbers), (n1 - numbers[0], n2 - numbers[1])])
        tried |= {f"{name} ({n1}, {n2})": v for name, v in made.items()}
    least = ADJUSTED if said.survival or said.adjusted or said.multiple else 1.2 if modelled else FAR
    if not tried or _agrees(p, tried, least):
        return
    given = ", ".join(f"{v:.2g}" for v in sorted({float(f"{v:.2g}") for v in tried.values()})[:4])
    yield reading.finding(
        "P_OF_COUNTS", "inconsistent",
        f"P {p} is inconsistent with {match['k1']} ({match['p1']}%) and {match['k2']} ({match['p2']}%): usual tests "
        f"give {given}",
        "an adjusted or paired test that is not named may explain it", quotes=(line.piece(match),),
        computed=tuple((name, f"{v:.4g}") for name, v in list(tried.items())[:5]),
    )  # fmt: skip


def _agrees(p: Printed, tried: dict[str, float], least: float) -> bool:
    """Say whether a P is near one of the values, or half of one (a one-sided test)."""
    if distance(p, tried | {f"half {k}": v / 2 for k, v in tried.items()}) < least:
        return True
    return not p.bound and min(tried.values()) <= float(p.value) <= max(tried.values())


def _of_means(reading: Reading, line: Line, match: re.Match[str], said: Tests, modelled: bool) -> Iterator[Finding]:
    p = Printed.parse(re.sub(r"[\s=]", "", match["p"]))
    told = [
        c.value for x in lines(reading, ("title", "abstract", "methods", "results", "body")) for c in counts(x.words)
    ]
    told += [int(n) for n in re.findall(r"\bn\s?=\s?(\d+)", reading.document.prose, re.I)]
    sizes = sorted({n for n in told if 5 <= n <= 20_000})
    means = [span(Printed.parse(match[f"m{i}"])) for i in "12"]
    sds = [span(Printed.parse(match[f"s{i}"])) for i in "12"]
    if len(sizes) < 2 or len(sizes) > 40 or min(s.low for s in sds) <= 0:
        return
    tried: dict[str, float] = {}
    for n in sizes:
        made = t_test(Group(means[0], sds[0], n), Group(means[1], sds[1], n), equal_variances=False)
        tried |= {f"t ({n} each)": made.p, f"t ({n} each) low": made.p_span.low, f"t ({n} each) high": made.p_span.high}
    least = ADJUSTED if said.adjusted or said.multiple or modelled else RANKS if said.ranks else 0.6
    if _agrees(p, tried, least):
        return
    low, high = min(tried.values()), max(tried.values())
    yield reading.finding(
        "P_OF_MEANS", "inconsistent",
        f"P {p} is inconsistent with {match['m1']} ± {match['s1']} and {match['m2']} ± {match['s2']} in groups of any "
        f"size printed: t tests give {low:.2g} to {high:.2g}",
        "the spread may be a standard error, or the test a paired or adjusted one", quotes=(line.piece(match),),
        computed=(("lowest P", f"{low:.4g}"), ("highest P", f"{high:.4g}")),
    )  # fmt: skip
