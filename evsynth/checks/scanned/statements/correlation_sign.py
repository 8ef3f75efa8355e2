"""A correlation called inverse with a positive coefficient, or positive with a negative one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.clauses import clauses
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("DIRECTION_CONTRADICTS",)

_SIGN = Expression(
    r"\b(?:(?P<down>(?:inversely|negatively) (?:and \w+ly )?(?:correlat|relat|associat)\w*|correlat\w*(?: \w+ly)? "
    r"(?:inversely|negatively)|"
    r"(?:inverse|negative) (?:\w+ )?(?:correlations?|relationships?|associations?))|"
    r"(?P<up>(?:positively|directly) (?:and \w+ly )?(?:correlat|relat|associat)\w*|correlat\w*(?: \w+ly)? "
    r"(?:positively|directly)|"
    r"(?:positive|direct) (?:\w+ )?(?:correlations?|relationships?|associations?)))\b",
    re.I,
)
_MORE = r"(?:higher|greater|longer|older|larger|more)"
_LESS = r"(?:lower|smaller|shorter|younger|less|fewer)"
_CROSSED = Expression(
    rf"\b(?:(?P<up>{_MORE})|{_LESS})\s+(?P<x>[^.;,()\d]{{2,50}}?)\s+(?:was|were)\s+(?:\w+ly\s+)?(?:associated|"
    rf"correlated|related|linked)\s+(?:with|to)\s+(?:an?\s+)?(?:(?P<up2>{_MORE})|{_LESS})\s+(?P<y>[^.;()\d]{{2,60}}?)\s*"
    r"\((?:standardi[sz]ed )?(?:β|[Bb]eta|B|r[sp]?|rho|ρ)\s*(?:=|of|:)?\s*(?P<sign>[-+]?)\s*(?P<r>\d?\.\d+)",
    re.I,
)
_SCORED = Expression(
    r"declin|decreas|reduc|\bfall|\bloss|drop|deteriorat|worsen|\btime\b|disab|impair|sever|quality|functi|perform|"
    r"fatigue|\bpain|independ|fitness|frail|activity|symptom|mobility|adheren|per |\bnot?\b|poor|better|worse|risk|"
    r"odds|score", re.I
)  # fmt: skip
"""Words for what is often scored the other way round, or whose change is printed without its sign."""
_R = Expression(
    r"(?<![\w-])(?:r[sp]?|rho|ρ|Spearman's (?:r|rho|ρ)|Pearson's r|tau|τ)\s*(?:=|of|was|"
    r":)\s*(?P<sign>[-+]?)\s*(?P<r>0?\.[0-9]+)"
)
_LIST = Expression(r"\s*(?:,|and|to|or|;)\s*[-+]?\s*0?\.[0-9]")
_TURNED = Expression(
    r"\b(?:not|no|neither|nor|both|respectively|either|or|absolute|predictive value|mice|test)\b", re.I
)


def correlation_sign(reading: Reading) -> Iterator[Finding]:
    """Compare the word for the sign of a correlation with the signs of all coefficients of its clause.

    Left alone: clauses with both words, negations, lists in order, and intervals or squares of coefficients.
    """
    for line in lines(reading, ("abstract", "results", "conclusion", "figure legend", "body")):
        for match in _CROSSED.finditer(line.words):
            if not _SCORED.search(match["x"] + " " + match["y"]) and float(match["r"]):
                yield from _crossed(reading, line, match)
        if len({bool(m["up"]) for m in _SIGN.finditer(line.words)}) != 1:
            continue
        for clause in clauses(line):
            said = _SIGN.search(clause.words)
            if said is None or _TURNED.search(clause.words):
                continue
            found = list(_R.finditer(clause.words, said.end()))
            if not found or _R.search(clause.words, 0, said.start()) or found[0].start() - said.end() > 150:
                continue
            if _LIST.match(clause.words, found[-1].end()):
                continue
            if all((m["sign"] == "-") == bool(said["up"]) and float(m["r"]) > 0 for m in found):
                yield reading.finding(
                    "DIRECTION_CONTRADICTS", "inconsistent",
                    f"'{' '.join(said[0].split())}' is inconsistent with {' '.join(found[0][0].split())}",
                    "one of the variables may be scored the other way round; otherwise a sign is missing or too much",
                    quotes=((clause.piece(said)[0], clause.piece(found[-1])[1]),),
                )  # fmt: skip


def _crossed(reading: Reading, line: Line, match: re.Match[str]) -> Iterator[Finding]:
    """Compare two words for more and less ("a longer delay ... a smaller gain") with the sign of the coefficient."""
    if (bool(match["up"]) == bool(match["up2"])) == (match["sign"] == "-"):
        yield reading.finding(
            "DIRECTION_CONTRADICTS", "inconsistent",
            f"'{' '.join(match[0].split())}' is inconsistent with the sign of the coefficient",
            "one of the variables may be scored the other way round; otherwise a sign is missing or too much",
            quotes=(line.piece(match),),
        )  # fmt: skip
