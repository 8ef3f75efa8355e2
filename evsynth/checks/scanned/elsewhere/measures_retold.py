"""A measure of discrimination or agreement (AUC, C statistic, kappa, ICC) told again with a digit changed.

"An AUC of 0.81" in the discussion, 0.710 (0.621 to 0.798) in the results: no value of the results is told there, and
one differs in a single digit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.slips import exchanged
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import span
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

CODES = ("PRINTED_DIFFERENTLY",)

_MEASURES = {
    "AUC": r"AUC|AUROC|AUCs|(?:area|areas) under the (?:receiver[- ]operating[- ]characteristic |ROC )?curves?|"
           r"[Cc][- ](?:statistics?|index|indices)",
    "kappa": r"[Kk]appa|κ",
    "ICC": r"ICC|intraclass correlation(?: coefficient)?",
    "alpha": r"Cronbach'?s alpha",
}  # fmt: skip
_FILL = r"(?:\s?\([A-Z]{2,5}\))?(?:\s[a-z]{2,14}\b|\sa\b){0,7}\s?[=:,(]?\s?"
_VALUE = r"(?P<v>0?[.·]\d{2,3})(?!\d|\s?(?:-|–|to\b)\s?\d)"
_TOLD = {name: Expression(rf"\b(?:{words}){_FILL}{_VALUE}") for name, words in _MEASURES.items()}
_DECIMAL = Expression(r"(?<![\d.·,])(?:0|(?=\.))[.·]\d{2,4}(?!\d)")
_OTHERS = Expression(
    r"\[\d|\(\d{1,2}\)|et al|previous|earlier|other (?:stud|model|score)|literature|published|reported (?:by|in|an?)|"
    r"(?-i:\bIn [A-Z])|validation|compared with the|threshold|at least|above|below|acceptable|considered|assum|expect",
    re.I,
)  # fmt: skip
_AGAIN: tuple[Role, ...] = ("abstract", "discussion", "conclusion")


class Value(NamedTuple):
    """A value of a measure and where it stands."""

    printed: Printed
    spot: Spot


def measures_retold(reading: Reading) -> Iterator[Finding]:
    """Compare the measures of abstract and discussion with every decimal number of results and tables."""
    document = reading.document
    own = list(lines(reading, ("results", "body", "methods", "figure legend")))
    if not own or not any(p.search(document.plain) for p in _TOLD.values()):
        return
    for name, pattern in _TOLD.items():
        named = Expression(_MEASURES[name])
        texts = [x.words for x in own] + [document.plain[t.start : t.end] for t in document.tables]
        printed = {Printed.parse(_plain(m[0])) for t in texts if named.search(t) for m in _DECIMAL.finditer(t)}
        known = [Value(_value(m), x.piece(m)) for x in own if x.role != "methods" for m in pattern.finditer(x.words)]
        for line in lines(reading, _AGAIN):
            if _OTHERS.search(line.words):
                continue
            for m in pattern.finditer(line.words):
                value = _value(m)
                near = [k for k in known if _slip(value, k.printed)]
                if not near or any(span(value).meets(span(p)) for p in printed):
                    continue
                yield reading.finding(
                    "PRINTED_DIFFERENTLY", "inconsistent",
                    f"{name} {value} is inconsistent with {near[0].printed} in the results, and with "
                    "every other number there",
                    "it may be a value that the results leave out; otherwise one of both is misprinted",
                    quotes=(line.piece(m), near[0].spot),
                )  # fmt: skip


def _value(match: re.Match[str]) -> Printed:
    return Printed.parse(_plain(match["v"]))


def _plain(text: str) -> str:
    text = text.replace("·", ".")
    return text if text.startswith("0") else f"0{text}"


def _slip(one: Printed, two: Printed) -> bool:
    """Say whether two decimals differ in one digit, or by the order of two, as far as both are printed."""
    decimals = min(one.decimals, two.decimals)
    a, b = (f"{round(float(x), decimals):.{decimals}f}" for x in (one, two))
    apart = sum(x != y for x, y in zip(a, b, strict=True))
    return apart == 1 or exchanged(a, b)
