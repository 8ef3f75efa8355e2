"""The four counts of a test, and its rates, as words tell them in any order: "31 true positives", "TP = 31", "no case
was missed". Shared reading.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from evsynth.checks.scanned.facts.counts import WORD, value
from evsynth.model.printed import Printed
from evsynth.text.expressions import Expression

_N = rf"(?P<a>\d{{1,3}}(?:,\d{{3}})+|\d+|{WORD}|no)"
_M = r"(?P<b>\d{1,3}(?:,\d{3})+|\d+)"
_COUNT = {
    "tp": r"(?:true[- ]positives?(?: (?:results?|cases|tests|findings))?|TPs?)",
    "fp": r"(?:false[- ]positives?(?: (?:results?|cases|tests|findings))?|false[- ]alarms?|FPs?)",
    "tn": r"(?:true[- ]negatives?(?: (?:results?|cases|tests|findings))?|TNs?)",
    "fn": r"(?:false[- ]negatives?(?: (?:results?|cases|tests|findings))?|FNs?)",
}
_COUNTS = {
    k: Expression(rf"(?<![\w.,/%-]){_N} (?:were |was |results? (?:were|was) )?{v}(?![\w-]| (?:rate|fraction|ratio))|"
                  rf"\b{v}(?: \([A-Z]{{2}}s?\))?\s?(?:=|:|were|was|numbered|in|\(n ?=)?\s?{_M}(?![\w%]|\.\d|\s?%|"
                  rf"-)", re.I)
    for k, v in _COUNT.items()
}  # fmt: skip
_RATE = {
    "sensitivity": r"sensitivity", "specificity": r"specificity",
    "PPV": r"positive predictive values?(?: \(PPV\))?|PPV", "NPV": r"negative predictive values?(?: \(NPV\))?|NPV",
    "accuracy": r"(?:overall |diagnostic )*accuracy", "prevalence": r"prevalence|pre-?test probability",
    "false-negative rate": r"false[- ]negative (?:rate|fraction|proportion)(?: \(FNR\))?|miss rate",
    "false-positive rate": r"false[- ]positive (?:rate|fraction|proportion)(?: \(FPR\))?|false[- ]alarm rate",
    "post-test probability": r"post-?test probability",
    "LR+": r"positive likelihood ratio(?: \(LR ?\+\))?|LR ?\+|likelihood "
           r"ratio", "observed": r"(?:observed|percentage|raw|overall) agreement",
    "expected": r"(?:expected|chance) agreement|agreement expected by "
                r"chance", "kappa": r"(?:Cohen's |unweighted )*(?:kappa|κ)",
}  # fmt: skip
_VALUE = (
    r"(?:\s\([A-Za-z+-]{1,4}\))?(?:\s(?:rate|value|of the test|of this cut-?off))?(?:\s(?:for|of) [a-z -]{1,25}?)?"
    r"(?:,?\s?(?:=|:|,|\(|of|was|were|is|being|therefore|thus|only|reached|at)\s?){0,3}\s?(?P<v>\d+(?:\.\d+)?|"
    r"\.\d+)(?P<p>\s?%|\sper cent)?"
    r"(?![\d,/-]*\d)"
)
_RATES = {k: Expression(rf"(?<![\w-])(?:{v}){_VALUE}", re.I) for k, v in _RATE.items()}
_BACK = {
    k: Expression(rf"(?<![\w.,-])(?P<v>\d+(?:\.\d+)?)(?P<p>\s?%)\s(?:{_RATE[k]})\b", re.I)
    for k in _RATE
    if k not in ("prevalence", "post-test probability", "LR+", "kappa")
}  # fmt: skip
SEVERAL = Expression(
    r"\b(?:respectively|vs|versus|compared|pooled|adjusted|both|each|training|validation|derivation|external|internal|"
    r"rose|fell|increased|combin\w+|alone|AI|per[- ](?:lesion|patient|segment|vessel))\b", re.I
)  # fmt: skip


class Figure(NamedTuple):
    """A figure of a test as a share of one (counts and ratios as they are), its half digit, and where it stands."""

    number: float
    half: float
    printed: Printed
    start: int
    end: int


def figures(words: str) -> dict[str, Figure]:
    """Give the counts and the rates that a text tells once each; one that it tells twice is left out."""
    found: dict[str, Figure] = {}
    for name, pattern in _COUNTS.items():
        own = [(m, "a" if m["a"] else "b") for m in pattern.finditer(words)]
        numbers = {0 if m[k].lower() == "no" else value(m[k]) for m, k in own}
        if len(numbers) == 1:
            m, k = own[0]
            number = numbers.pop()
            found[name] = Figure(number, 0.0, Printed.parse(str(number)), *m.span(k))
    for name, pattern in _RATES.items():
        matches = [m for p in (pattern, _BACK.get(name)) if p is not None for m in p.finditer(words)]
        if len({m.span("v") for m in matches}) == 1:
            found[name] = _rate(matches[0])
    taken: dict[int, list[str]] = {}
    for name, one in found.items():
        taken.setdefault(one.start, []).append(name)
    return {k: v for k, v in found.items() if len(taken[v.start]) == 1}


def _rate(match: re.Match[str]) -> Figure:
    printed = Printed.parse(match["v"])
    scale = 0.01 if match["p"] else 1.0
    return Figure(float(printed) * scale, 0.5 * 10.0**-printed.decimals * scale, printed, *match.span("v"))
