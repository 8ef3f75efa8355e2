"""Two shares called comparable although so few patients cannot show it: the interval of their difference is wide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from evsynth.checks.scanned.facts.marked import Number, marked, spot
from evsynth.checks.scanned.facts.proportions import Proportion, proportions
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.proportion_intervals import two_proportions
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

CODES = ("CALLED_EQUAL",)

WIDE = 0.25
"""A difference of a quarter of all patients, which the interval must not reach."""
_EQUAL = Expression(
    r"\b(?:(?:was|were|is|are|appeared|seemed|remained|proved)(?: also| very| quite| broadly| largely| generally)? "
    r"(?:comparable|similar|equivalent|alike|the same|equal|identical)|comparable|similarly|equally|"
    r"(?:a )?similar (?:rates?|proportions?|frequenc\w+|incidences?|shares?|percentages?|numbers?|risks?)|"
    r"as (?:often|frequent(?:ly)?|common(?:ly)?|many|safe|effective|well)|"
    r"no(?:t any|t)? (?:more|less) (?:often|frequent\w*|common\w*|likely))\b",
    re.I,
)
_TURNED = Expression(
    r"\b(?:not|neither|although|despite|except|baseline|matched|non-?inferior\w*|margin|power\w*|too (?:few|small)|"
    r"other (?:studies|trials|cohorts)|previous\w*|et al)\b|"
    r"(?:similar|comparable|equal|identical|equivalent) (?:to|with)\b",
    re.I,
)
_INTERVAL = Expression(r"\b9[05]\s?%|\bCI\b|confidence interval", re.I)
_ROLES: tuple[Role, ...] = ("abstract", "results", "body", "conclusion")


def called_equal(reading: Reading) -> Iterator[Finding]:
    """Find 'comparable' said of two shares whose difference may be a quarter of all patients or more either way.

    The shares stand with their counts in the sentence or the one after it, and only they; the interval is Newcombe's,
    at 95 %. Left alone: intervals printed by the paper, non-inferiority, baseline and other studies.
    """
    told = list(lines(reading, _ROLES))
    for line, after in zip_longest(told, told[1:]):
        match = _EQUAL.search(line.words)
        if match is not None and re.fullmatch(r"similarly|equally", match[0], re.I) and match.start() < 12:
            continue  # a word that joins sentences
        if match is None or _TURNED.search(line.words) or _INTERVAL.search(line.words):
            continue
        found = _pair(line) or (_pair(after) if after is not None and after.section == line.section else None)
        if found is None:
            continue
        where, pair = found
        (a, m), (b, n) = ((_int(s.events), _int(s.of)) for s in pair)
        if min(m, n) < 2 or a > m or b > n:
            continue
        interval = two_proportions(a, m, b, n)
        if interval.low < 0 < interval.high and max(-interval.low, interval.high) >= WIDE:
            shown = f"{100 * interval.low:.0f} to {100 * interval.high:.0f}"
            of = "is said of" if where is line else "is said, and the sentence after it counts"
            yield reading.finding(
                "CALLED_EQUAL", "concern",
                f"'{match[0]}' {of} {a} of {m} and {b} of {n}; the difference is {100 * (a / m - b / n):.0f} "
                f"points with a 95 % interval (Newcombe) of {shown}",
                "authors often write so where a test is not significant; so few patients cannot show that groups "
                "are alike"
                + ("" if where is line else "; the shares may be those of a part of what is called comparable"),
                quotes=(line.piece(match), spot(where, *pair[0].numbers, *pair[1].numbers)),
                computed=(("difference", f"{100 * (a / m - b / n):.1f} points"), ("95 % interval", shown)),
            )  # fmt: skip


def _pair(line: Line) -> tuple[Line, tuple[Proportion, Proportion]] | None:
    """Give the two shares of a sentence that are told with their counts, where it tells no third."""
    if _INTERVAL.search(line.words):
        return None
    shares = [s for s in proportions(marked(line.words)) if s.events is not None and s.of is not None]
    return (line, (shares[0], shares[1])) if len(shares) == 2 else None


def _int(number: Number | None) -> int:
    return int(number.printed.value) if number is not None else 0
