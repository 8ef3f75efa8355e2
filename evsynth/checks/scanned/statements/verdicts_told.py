"""'A (OR 1.22, 0.58-2.57) was an independent predictor, whereas B (P = 0.01) was not': each verdict against its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.concluding import stems
from evsynth.checks.scanned.facts.evidence import Evidence, bounds_of, evidence
from evsynth.checks.scanned.facts.told_before import END
from evsynth.checks.scanned.facts.verdict_pairs import verdict_pairs
from evsynth.checks.scanned.facts.verdicts import Verdict, verdicts
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("SIGNIFICANCE_CONTRADICTS",)

_HEDGED = Expression(
    r"\b(?:considered|defined|regarded|set at|level of significance|significance level|trends?|borderline|"
    r"marginal\w*|"
    r"tendency|tended|nearly|almost|approach\w*|non-?\s?inferior\w*|equivalen\w*|one-?\s?sided|one-?tailed|"
    r"heterogeneity|"
    r"clinically|homogene\w*|goodness|hosmer|normality|shapiro|kolmogorov|levene|not only|regardless of|"
    r"irrespective of|"
    r"numerical\w*|except\w*|apart from|bayes\w*|credible|posterior|quartiles?|IQR|if|whether|would|should|"
    r"expected)\b|\?", re.I,
)  # fmt: skip
_WITH_NO = Expression(r"\bwith\s$")
_NON_INFERIOR = Expression(r"\bnon-?\s?inferior(?:ity)?(?=,? (?:and|but)\b)", re.I)
_OTHERS = Expression(
    r"\b(?:previous\w*|earlier (?:stud|trial|report)\w*|et al|meta-analys[ie]s|literature|others)\b", re.I
)


def verdicts_told(reading: Reading) -> Iterator[Finding]:
    """Pair each verdict of a sentence with the evidence that stands with it, before or behind, and compare.

    Behind: nothing but a phrase stands between. Before: the verdict is the predicate of what the evidence is printed
    in brackets for. Several pieces in one bracket, or a list with "both" or "neither", must each bear the verdict out.
    """
    last: Line | None = None
    for line in lines(reading, ("abstract", "results", "figure legend", "body", "conclusion")):
        found, before = evidence(line), last
        last = line
        if not found and before is not None and before.section == line.section and not _HEDGED.search(line.words):
            yield from _referring(reading, line, before)
        if not found:
            continue
        said = verdicts(line.words)
        words = _NON_INFERIOR.sub(" ", line.words) if any("superior" in v.text.lower() for v in said) else line.words
        if not said or _HEDGED.search(words) or _OTHERS.search(line.words):
            continue
        level = bounds_of(reading, line)
        if level is None:
            continue
        ways = {v.positive for v in said}
        for verdict, own in verdict_pairs(line.words, said, found):
            if (verdict.weak and len(ways) < 2) or (
                _WITH_NO.search(line.words[: verdict.start]) and own[0].end <= verdict.start
            ):
                continue
            sides = [e.significant(*level) for e in own]
            if any(e.interval is not None for e in own) and level != (0.05, 0.05):
                continue
            wrong = [e for e, side in zip(own, sides, strict=True) if side is not None and side != verdict.positive]
            if wrong and len(wrong) == len(own):
                yield _finding(reading, line, verdict, wrong)


_THIS = Expression(
    r"(?:(?:This|These|The|Such a|That|Both) (?:(?:observed|mean|absolute|relative|between-group|overall|"
    r"latter) )?(?:differences?|reductions?|increases?|effects?|comparison|changes?|"
    r"gains?|association|correlation|improvement|decrease|results?|finding|relationship|advantage)|It|This|They|"
    r"Neither|The two groups)"
    r"(?: (?:in|between|of|for) (?P<what>[\w -]{3,40}?))?(?:,? however,?)? (?=(?:was|were|is|are|did|had|"
    r"reached|attained|achieved|failed|remained|fell)\b)"
)


def _referring(reading: Reading, line: Line, before: Line) -> Iterator[Finding]:
    """Hold "The difference was significant" against the one piece of evidence of the sentence before."""
    match = _THIS.match(line.words)
    said = verdicts(line.words) if match is not None else ()
    if match is None or len(said) != 1 or said[0].start > match.end() + 3 or not END.match(line.words[said[0].end :]):
        return
    found = evidence(before)
    level = bounds_of(reading, line) or (0.05, 0.05)
    sides = {e.significant(*level) for e in found}
    if not found or len(sides) != 1 or None in sides or said[0].positive in sides or _HEDGED.search(before.words):
        return
    if (match["what"] and not stems(match["what"]) <= stems(before.words)) or any(
        v.positive == said[0].positive for v in verdicts(before.words)
    ):
        return
    if len(found) > 1:
        return
    yield reading.finding(
        "SIGNIFICANCE_CONTRADICTS", "inconsistent",
        f"'{' '.join(line.words.split())[:120]}' is inconsistent with {found[0].printed}, printed just before",
        "another level of significance, or another comparison, may be meant; otherwise the word or a number is wrong",
        quotes=(
            (line.start + said[0].start, line.start + said[0].end),
            *((before.start + e.start, before.start + e.end) for e in found),
        ),
        computed=(("alpha", "0.05"),),
    )  # fmt: skip


def _finding(reading: Reading, line: Line, verdict: Verdict, wrong: list[Evidence]) -> Finding:
    shown = ", ".join(e.printed for e in wrong)
    return reading.finding(
        "SIGNIFICANCE_CONTRADICTS", "inconsistent",
        f"'{verdict.text}' is inconsistent with {shown}, printed for it",
        "another level of significance, or another comparison, may be meant; otherwise the word or a number is wrong",
        quotes=(
            (line.start + verdict.start, line.start + verdict.end),
            *((line.start + e.start, line.start + e.end) for e in wrong),
        ),
        computed=(("alpha", "0.05"),),
    )  # fmt: skip
