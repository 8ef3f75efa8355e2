"""'Early feeding shortened the stay', concluded where no test of the stay that the results print is below 0.05."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.clauses import clauses
from evsynth.checks.scanned.facts.concluding import before_conclusion, concluding, stems
from evsynth.checks.scanned.facts.levels import other_level
from evsynth.checks.scanned.facts.tested import Tested, holds, tested
from evsynth.checks.scanned.identity import table_lines
from evsynth.checks.scanned.prose import Line
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("SIGNIFICANCE_CONTRADICTS",)

_VERB = (
    r"(?:reduc(?:es|ed)|shorten(?:s|ed)|lower(?:s|ed)|decreas(?:es|ed)|increas(?:es|ed)|improv(?:es|ed)|"
    r"prolong(?:s|ed)|"
    r"rais(?:es|ed)|prevent(?:s|ed)|delay(?:s|ed)|reliev(?:es|ed)|halv(?:es|ed)|accelerat(?:es|ed)|hasten(?:s|ed)|"
    r"cuts?)"
)
_LINK = (
    r"(?:(?:was|were|is|are) associated with|(?:led|leads) to|result(?:ed|s) in|gave|gives|yield(?:ed|s)|had|has|with|"
    r"produced|provided|caused)"
)
_MORE = r"(?:lower|shorter|fewer|less|higher|greater|longer|faster|better|earlier|reduced|improved|increased)"
_CLAIM = Expression(
    rf"\b(?:{_VERB}|{_LINK} (?:an? |both )?(?:\w+ly )?{_MORE})\s(?:the |both |its |their )?"
    r"(?P<what>[A-Za-z][^.;,:()\d]{2,60}?)"
    rf"(?=\s(?:compared|than|in|among|at|by|without|but|and (?:{_VERB}|{_LINK}|was|were|is|are|did|that|not)|when|"
    r"versus|after|with|over|for|relative|as|during|within|following|under|from|to)\b|\s*[.;,:()]|\s*$)",
    re.I,
)
_SKIP = Expression(
    r"\b(?:not|no|nor|neither|without|fail(?:s|ed)? to|may|might|could|should|would|can|cannot|whether|if|trends?|"
    r"tend\w*|previous\w*|"
    r"earlier stud\w*|et al|literature|subgroups?|adjust\w*|non-?inferior\w*|baseline|within|over time|both groups|"
    r"need|"
    r"numerical\w*|slight\w*|non-?significant\w*|although|suggest\w*|appear\w*|seem\w*|patients with|those with|"
    r"correlat\w*|"
    r"significan\w*|risk factors?|predict\w*|models?)\b", re.I,
)  # fmt: skip
_PARTS = Expression(
    r"\b(?:subgroup|interaction|baseline|heterogeneity|trend|post hoc|sensitivity|per[- ]protocol|adjust\w*|"
    r"noninferior\w*|"
    r"within|correlat\w*|regression|women|men|younger|older)\b|\bnon-", re.I,
)  # fmt: skip
_GENERIC = stems("risk need overall hospital length duration time total mean occurrence development severe clinical")
_ALREADY = Expression(
    r"\b(?:reduc|shorten|lower|decreas|increas|improv|prolong|fewer|higher|less|more|great|"
    r"better)\w*",
    re.I,
)
_P = Expression(r"P\s?[=>]?\s?(0?\.\d+)")
FAR = 0.1
"""Least P of an outcome that is named second: nearer ones are often told along with the first."""
_DIFFERS = Expression(r"significan\w*|p\s?[<=]\s?0?\.0[0-4]", re.I)


def concluded_effect(reading: Reading) -> Iterator[Finding]:
    """Compare an effect that the conclusion states, without calling it significant, with every test of its outcome.

    All tests of the outcome (at most two) must be above 0.05, and nothing in the results may call a change in it
    significant. Left alone: hedges, denials, risk factors, subgroups, outcomes of more than one word not tested.
    """
    if other_level(reading):
        return
    made: list[Tested] | None = None
    for line in concluding(reading):
        for clause in clauses(line):
            if _SKIP.search(clause.words) or re.search(r"\d", clause.words):
                continue
            for match in _CLAIM.finditer(clause.words):
                made = list(tested(reading)) if made is None else made
                against = _against(reading, made, clause, match["what"])
                if against:
                    shown = ", ".join(t.printed for t in against)
                    yield reading.finding(
                        "SIGNIFICANCE_CONTRADICTS", "concern",
                        f"'{' '.join(match[0].split())}' is concluded, and the results print {shown} for it",
                        "another analysis may be meant; otherwise the conclusion states an effect that was not shown",
                        quotes=(clause.piece(match), *(t.line.whole for t in against)), computed=(("alpha", "0.05"),),
                    )  # fmt: skip
                    return


def _against(reading: Reading, made: list[Tested], clause: Line, what: str) -> list[Tested]:
    """Give the tests of the outcome named, where they are few and none is significant."""
    for place, item in enumerate(re.split(r"\s(?:and|or)\s(?:of\s)?", what)):
        wanted = stems(item) - _GENERIC
        if not wanted:
            continue
        about = [t for t in made if t.line.start != clause.start and holds(wanted, t.about)]
        if not 0 < len(about) <= 2 or any(
            t.significant or "." not in t.printed or _PARTS.search(t.line.words) for t in about
        ):  # "P = 001" is no P
            continue
        if place and any((p := _P.search(t.printed)) and float(p[1]) < FAR for t in about):
            continue
        if not _borne_out(reading, wanted, about):
            return about
    return []


def _borne_out(reading: Reading, wanted: frozenset[str], about: list[Tested]) -> bool:
    """Say whether another sentence or a table has a significant result about the same words."""
    tests = {t.line.start for t in about}
    for other in before_conclusion(reading):
        if (
            other.start not in tests
            and wanted <= stems(other.words)
            and (_DIFFERS.search(other.words) or _ALREADY.search(other.words))
        ):
            return True
    for row in table_lines(reading):
        p = row.p.figure("p") if row.p is not None else None
        if p is not None and wanted & stems(row.label) and float(p.printed.value) < 0.05:
            return True
    return False
