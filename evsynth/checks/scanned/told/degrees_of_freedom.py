"""Degrees of freedom of a test against the people it can be about: a paired t has one less, two groups two less.

"All 31 participants ... paired t(30) = 2.95", "80 specimens in four groups, F(3, 76) = 5.02". More than there are
people cannot be, unless each is observed several times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.counts import counts
from evsynth.checks.scanned.facts.people_told import people_told
from evsynth.checks.scanned.facts.statistics_told import Told, told_together
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("DEGREES_OF_FREEDOM",)

_SEVERAL = Expression(
    r"\b(?:mixed|multi-?level|hierarchical|GEE|generali[sz]ed estimating|observations?|repeated|per (?:patient|"
    r"participant|"
    r"subject|animal|tooth|eye)|trials? per|items?|measurements|(?<!paired[- ])(?<!independent[- "
    r"])(?<!dependent[- ])samples|recordings|epochs|cells|neurons?|imput\w+|within-subject|"
    r"within-participant|crossover|cross-over|longitudinal|MANOVA|multivariate|Pillai|Wilks|time\s?[×x*]|"
    r"[×x*]\s?time|"
    r"stimuli|sessions|blocks|cluster\w*|robust|[×x] (?:group|condition)|greenhouse)\b", re.I,
)  # fmt: skip
_PAIRED = Expression(r"\b(?:paired|dependent|matched)[- ](?:samples? )?t\b|\bone-sample\b|\bpaired[- ]samples?\b", re.I)
_N = Expression(r"(?<![A-Za-z])[nN]s?\s?=\s?(\d+)")
_EACH = Expression(r"\b(?:all|every|equally|each|both visits|completed|in the|the)\b", re.I)
_BEHIND = Expression(r"[\s,;(]{0,3}(?:with |on |d\.?f\.?\s?=?\s?)?\d+\s(?:df|d\.f\.|degrees of freedom)", re.I)
_WELCH = Expression(r"welch|unequal variance|satterthwaite|adjusted (?:df|degrees)", re.I)


def degrees_of_freedom(reading: Reading) -> Iterator[Finding]:
    """Check the degrees of freedom of t, F and r against every number of people that the text tells."""
    if _SEVERAL.search(reading.document.prose):
        return
    for line in lines(reading, ("abstract", "results", "body", "figure legend")):
        if "=" not in line.words or _WELCH.search(line.words):
            continue
        for group in told_together(line.words):
            for name in ("t", "f", "r"):
                test = group.get(name)
                df = _freedom(test, group) if test is not None else ()
                if test is not None and df:
                    yield from _judged(reading, line, test, df)


def _freedom(test: Told, group: dict[str, Told]) -> tuple[float, ...]:
    """Give the degrees of freedom printed with a test: those in its bracket, or those told behind it."""
    if test.df or test.role == "r":
        return test.df
    behind = group.get("df")
    return (float(behind.value),) if behind is not None and test.role == "t" else ()


def _judged(reading: Reading, line: Line, test: Told, df: tuple[float, ...]) -> Iterator[Finding]:
    if (len(df) == 2) != (test.role == "f") or any(x != int(x) for x in df) or df[-1] < 3:
        return
    lost = df[0] + 1 if test.role == "f" else 2 if test.role == "r" else 1
    told = people_told(reading)
    most = max(told, default=0)
    if most > 5 and df[-1] + lost > most:
        limit = f"at most {most:g} people are told, which leave at most {most - lost:g}"
        yield _finding(reading, line, test, df, limit)
        return
    exact = _exact(line, test)
    if exact is not None and df[-1] != exact[0]:
        yield _finding(reading, line, test, df, exact[1])


def _exact(line: Line, test: Told) -> tuple[float, str] | None:
    """Give the degrees of freedom that the sizes told in the same sentence leave; None where these are not plain."""
    before = line.words[: test.start]
    sizes = [int(n) for n in _N.findall(line.words)]
    if test.role == "t" and _PAIRED.search(line.words) and _EACH.search(before):
        found = [c.value for c in counts(before)] + sizes
        if len(set(found)) == 1 and found[0] > 4:
            return found[0] - 1, f"{found[0]} pairs leave {found[0] - 1}"
    if test.role == "t" and len(sizes) == 2 and not _PAIRED.search(line.words) and sum(sizes) > 8:
        return sum(sizes) - 2, f"groups of {sizes[0]} and {sizes[1]} leave {sum(sizes) - 2}"
    if test.role == "f" and len(sizes) == test.df[0] + 1 and len(sizes) > 1:
        return sum(sizes) - len(sizes), f"{sum(sizes)} people in {len(sizes)} groups leave {sum(sizes) - len(sizes)}"
    return None


def _end(line: Line, test: Told) -> int:
    """Give where the degrees of freedom of a test end, in its bracket or behind it."""
    behind = _BEHIND.match(line.words[test.end :])
    return test.end + behind.end() if behind is not None else test.end


def _finding(reading: Reading, line: Line, test: Told, df: tuple[float, ...], limit: str) -> Finding:
    shown = ", ".join(f"{x:g}" for x in df)
    return reading.finding(
        "DEGREES_OF_FREEDOM", "inconsistent",
        f"{test.name.strip()} on {shown} degrees of freedom is inconsistent with the numbers of people: {limit}",
        "people may be missing from this test, or be observed several times; otherwise a number is misprinted",
        quotes=((line.start + test.start, line.start + _end(line, test)),),
    )  # fmt: skip
