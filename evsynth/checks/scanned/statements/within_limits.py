"""'The criterion was met for AUC but not for Cmax', where intervals had to lie within 0.80-1.25, and did otherwise.

The rule is the one range of the paper in which an interval has to lie: of bioequivalence, of an interaction, of
equivalence. Each thing that is said to meet it, or not to, is held against the interval of the sentence that names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.concluding import stems
from evsynth.checks.scanned.facts.effects import NUMBER, Effect, effects
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("CRITERION_CONTRADICTS",)

_RULE = Expression(
    rf"\b(?:CIs?|confidence intervals?|intervals?|limits)\b[^.;]{{0,60}}?\b(?:within|inside|between|contained in)\b"
    rf"[^.;\d]{{0,60}}?(?P<low>-?{NUMBER})\s?%?\s?(?:-|to|and)\s?(?P<high>\+?{NUMBER})\s?%?", re.I,
)  # fmt: skip
_THING = (
    r"(?:criteri(?:on|a)|requirements?|bioequivalence|equivalence|similarity|absence of an? (?:\w+ )?interaction|"
    r"no[ -]effect boundar\w+)"
)
_MET = r"(?:met|satisfied|fulfilled|shown|demonstrated|established|confirmed|reached|concluded)"
_CLAIM = (
    Expression(
        rf"\b{_THING}[^.;,()\d]{{0,60}}? (?:was|were|is|has been|could be) (?P<no>not )?(?:thus |therefore |only "
        rf")*{_MET} "
        rf"(?:only )?(?:for|with|in respect of) (?P<what>[^.;()]{{2,60}}?)"
        r"(?:,? but not (?:for |with )?(?P<other>[^.;,()]{2,40}))?(?=[.;()]|,|$)", re.I,
    ),
    Expression(
        rf"\b(?P<what>[A-Z][^.;()]{{1,50}}?) (?:(?P<no>did not meet|failed(?: to meet)?|missed)|met|satisfied|"
        rf"fulfilled|was "
        rf"within|were within) (?:the )?(?:\w+ )?{_THING}"
        r"(?:,? (?:but|whereas|while) (?P<other>[^.;,()]{2,40}?) (?:did not|failed))?\b", re.I,
    ),
    Expression(
        r"\b(?:was|were|are|is|proved) (?P<no>not )?(?:thus |therefore )?bioequivalent (?:for|with respect to|in "
        r"terms of|"
        r"as to) (?P<what>[^.;()]{2,60}?)(?:,? but not (?:for |in )?(?P<other>[^.;,()]{2,40}))?(?=[.;()]|,|$)", re.I,
    ),
)  # fmt: skip
_AND = Expression(r",\s(?:and\s)?|\s(?:and|or)\s(?:for\s)?|\s&\s")
_SKIP = Expression(
    r"\b(?:if|would|whether|was to be|were to be|to be declared|provided|considered|defined|when)\b", re.I
)


def within_limits(reading: Reading) -> Iterator[Finding]:
    """Compare what is said to meet the one range of the methods with the interval of each thing named.

    Left alone: several ranges, things whose sentences print several intervals, limits that touch those of the range.
    """
    if "within" not in reading.document.prose and "between" not in reading.document.prose:
        return
    every = list(lines(reading, ("abstract", "methods", "results", "body", "discussion", "conclusion")))
    rules = [(x, m) for x in every for m in _RULE.finditer(x.words) if _SKIP.search(x.words)]
    if len({(m["low"], m["high"]) for _, m in rules}) != 1:
        return
    line, rule = rules[0]
    low, high = float(rule["low"]), float(rule["high"].lstrip("+"))
    if not low < high:
        return
    for said in every:
        if said.whole == line.whole or _SKIP.search(said.words):
            continue
        for match in (m for pattern in _CLAIM for m in pattern.finditer(said.words)):
            names = [(stems(x), not match["no"]) for x in _AND.split(match["what"])]
            names += [(stems(x), False) for x in _AND.split(match["other"] or "") if x]
            wrong = [e for name, met in names if name and (e := _other(every, said, name, names, (low, high), met))]
            if wrong:
                shown = ", ".join(f"{e.low} to {e.high}" for e in wrong)
                yield reading.finding(
                    "CRITERION_CONTRADICTS", "inconsistent",
                    f"'{' '.join(match[0].split())}' is inconsistent with {shown} and the range of {low:g} to {high:g}",
                    "another range, or another analysis, may be meant; otherwise the names or a limit are exchanged",
                    quotes=(said.piece(match), *(e.spot for e in wrong), line.piece(rule)),
                )  # fmt: skip
                return


def _other(
    every: list[Line], said: Line, name: frozenset[str], names: list[tuple[frozenset[str], bool]],
    limits: tuple[float, float], met: bool,
) -> Effect | None:  # fmt: skip
    """Give the interval of a thing that lies on the other side of what is said of it."""
    others = frozenset[str]().union(*(n for n, _ in names)) - name
    told = [
        e for x in every if x.whole != said.whole and name <= (own := stems(x.words)) and not own & others
        for e in effects(x) if 0.88 < e.level < 0.96 and e.low.value < e.high.value
    ]  # fmt: skip
    if len(told) != 1:
        return None
    e = told[0]
    a, b = float(e.low), float(e.high)
    if limits[0] > 10 and b < 10:
        a, b = 100 * a, 100 * b
    elif limits[1] < 10 < a:
        a, b = a / 100, b / 100
    if any(abs(x - y) < 1e-9 for x in (a, b) for y in limits):
        return None
    return e if (limits[0] < a and b < limits[1]) != met else None
