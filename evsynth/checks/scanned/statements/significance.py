"""A result is called significant, or not, against its own P value or interval in the same clause."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.statements.clauses import clauses
from evsynth.checks.scanned.statements.levels import ALPHA, above, below, other_level
from evsynth.checks.scanned.told.effects import effects
from evsynth.model.finding import Finding
from evsynth.scan.parts import Figure

CODES = ("SIGNIFICANCE_CONTRADICTS",)

_THING = (
    r"(?:differences?|changes?|associations?|correlations?|improvements?|effects?|reductions?|increases?|decreases?|"
    r"benefits?|"
    r"relationships?|impact|interaction)"
)
_NEGATIVE = re.compile(
    rf"(?<!compared to )(?<!compared with )(?<!versus )(?<!vs )(?<!than )\b(?:no|without|neither|nor|lack "
    rf"of)\s+(?:any\s+)?"
    rf"(?:(?:statistically|clear|overall)\s+)?(?:significant(?:ly)?\s+)?(?:\w+\s+){{0,2}}?{_THING}\b"
    r"|\b(?:did|do|does|was|were|is|are|had|has)(?: not|n[o']t)\s+(?:\w+ly\s+)?(?:show\w*\s+|have\s+|"
    r"find\s+)?(?:any?\s+)?(?:statistically\s+)?(?:significan\w*|differ\w*|associated|correlated?|"
    r"chang\w*|improve\w*|predict\w*|affect\w*|influenc\w*|relat\w*|depend\w*|"
    r"(?:reach|attain|achiev)\w* (?:(?:statistical|conventional) )?significance)"
    r"|\b(?:was|were|is|are|remained) (?:\w+ly )?(?:unaffected|unrelated|indistinguishable)\b"
    r"|\bno evidence (?:of|for|that)\b"
    r"|^(?:but|and|though|although)\s+not (?:with|in|for|between|at|by|of)\b"
    r"|\bnon-?significan\w*|\binsignificant\w*|\bnot (?:statistically )?significant\w*|\bno longer significant|"
    r"\bneither\b[^.;]{3,80}"
    r"\b(?:significant\w*|differ\w*|associated|correlated|predict\w*)|\bfailed to (?:reach|show|predict|differ|"
    r"improve|correlate)\w*",
    re.I,
)
_ALIKE = re.compile(
    r"(?<!effect )(?<!effects )(?<!difference )(?<!results )(?<!result )(?<!findings )(?<!estimate )\b(?:was|were|"
    r"is|are|"
    r"remained) (?:\w+ )?(?:similar|comparable|balanced)\b(?=[^.;]{0,60}\b(?:between|across|among|both|two|groups|"
    r"arms)\b)|\b(?:groups|arms|cohorts) (?:was|were|are) (?:\w+ )?(?:similar|comparable|balanced)\b",
    re.I,
)
_POSITIVE = re.compile(
    r"\bsignificant(?:ly)?\b|\bindependent(?:ly)? (?:predict\w*|associat\w*|risk factor)|\bdiffered\b|"
    r"\bdiffer significantly|\b(?:reach|attain|achiev|retain)(?:ed|es|ing)? "
    r"(?:(?:statistical|conventional) )?significance|"
    r"\bstatistically (?:different|detectable)\b",
    re.I,
)
_HEDGED = re.compile(
    r"\b(?:considered|defined|regarded|set at|threshold|level of significance|significance level|statistical "
    r"significance was|"
    r"indicated (?:as|by)|asterisk|trends?|borderline|marginal\w*|tendency|tended|tentative|nearly|almost|"
    r"approach\w*|one-?sided|"
    r"one-?tailed|non-?inferior\w*|equivalen\w*|interaction|heterogeneity|bonferroni|adjusted (?:alpha|"
    r"significance)|corrected "
    r"(?:alpha|level)|clinically (?:significant|relevant|meaningful)|significance was|homogene\w*|goodness|hosmer|"
    r"normality|shapiro|kolmogorov|levene|not only|prespecified level)\b",
    re.I,
)
_ELSE = re.compile(
    r"\b(?:within-group|weaken\w*|attenuat\w*|disappear\w*|similar\w*|comparable|reveal\w*|longer|shorter|higher|"
    r"lower|greater|"
    r"better|worse|fewer|more|less|reduced|increased|decreased|improved|not|no)\b",
    re.I,
)
_OWN = re.compile(r"\b(?:here|our|we|this (?:study|trial|cohort|series)|present (?:study|trial|cohort|series))\b", re.I)
_OTHERS = re.compile(
    r"\b(?:previous\w*|earlier|another|others|et al|reported by|their|they|unlike|meta-analys[ie]s|literature)\b", re.I
)
_ROBUST = re.compile(
    r"\b(?:results?(?!:)|findings?(?!:)|estimates?|associations?|effects?|adjust\w*|exclu\w*|left out|omit\w*|"
    r"restrict\w*|sensitivity|partial\w*|superiority)\b", re.I,
)  # fmt: skip
"""What is said not to be affected by something, and then is still there."""

_NEAR = 140
"""Characters between the word and its P, at most."""

_NULL = {"ratio": 1.0, "difference": 0.0}


def significance(reading: Reading) -> Iterator[Finding]:
    """Compare words of significance with the P value after them (or the interval of a ratio or difference), at 5 %.

    A finding needs every P value of the clause on the other side, the first of them near the word, and no other claim
    between. Left alone: clauses with both words, definitions of the threshold, trends, tests of interaction, of
    non-inferiority or of assumptions, one-sided tests, papers with another level, and discussions.
    """
    if other_level(reading):
        return
    stated = [r for r in reading.reported if r.spot.table is None]
    for line in lines(reading, ("abstract", "results", "figure legend", "body", "conclusion", "discussion")):
        if line.role == "discussion" and not (_OWN.search(line.words) and not _OTHERS.search(line.words)):
            continue
        if _HEDGED.search(line.words):
            continue
        for clause in clauses(line):
            items = [r for r in stated if clause.start <= r.start < clause.end]
            figures = [f for r in items if (f := r.figure("p")) is not None]
            if figures:
                yield from _against_p(reading, clause, figures)
            else:
                yield from _against_intervals(reading, clause)


def _against_p(reading: Reading, clause: Line, figures: list[Figure]) -> Iterator[Finding]:
    low, high = all(below(f.printed) for f in figures), all(above(f.printed) for f in figures)
    if not (low or high):
        return
    said = _said(clause, figures[0].start - clause.start, negative=low)
    if said is None:
        return
    shown = ", ".join(f"P {f.printed}" for f in figures)
    yield reading.finding(
        "SIGNIFICANCE_CONTRADICTS", "inconsistent",
        f"'{' '.join(said[0].split())}' is inconsistent with {shown}, which is {'' if low else 'not '}below 0.05",
        "another level of significance, a correction for several tests, or a P value of another comparison may be "
        "meant; "
        "otherwise the word or the number is misprinted",
        quotes=((clause.piece(said)[0], figures[-1].end),), computed=(("alpha", str(ALPHA)),),
    )  # fmt: skip


def _said(clause: Line, at: int, *, negative: bool) -> re.Match[str] | None:
    """Give the word of significance that the number at an offset belongs to, of one kind; None if unsure."""
    no = _NEGATIVE.search(clause.words) or _ALIKE.search(clause.words)
    yes = [
        m for m in _POSITIVE.finditer(clause.words[:at]) if (no is None or not no.start() <= m.start() < no.end())
        and not re.search(r"\b(?:no|not|non|nor|without|neither)\W+(?:\w+\W+){0,3}$", clause.words[: m.start()])
    ]  # fmt: skip
    if negative:
        if no is None or yes or _bracketed(clause.words, no):
            return None
        found = no
    else:
        if no is not None or not yes:
            return None
        found = yes[-1]
    gap = clause.words[found.end() : at]
    if found.end() > at or len(gap) > _NEAR:
        return None
    if negative and (_ELSE.search(gap) or ("ffect" in found[0] and _ROBUST.search(clause.words[: found.start()]))):
        return None
    if not negative and re.search(
        r"\b(?:weaken|attenuat|disappear|similar|comparable|not|no|trend|,? and (?:\w+ ){0,5}(?:was|were|did))\w*\b",
        gap,
    ):
        return None
    return found


def _bracketed(words: str, match: re.Match[str]) -> bool:
    """Say whether a match stands in brackets that close before any P: it then tells of what stands before them."""
    before, after = words[: match.start()], words[match.end() :]
    return before.count("(") > before.count(")") and bool(re.match(r"[^(]{0,20}[)\]]", after))


def _against_intervals(reading: Reading, clause: Line) -> Iterator[Finding]:
    told = [e for e in effects(clause) if e.kind in ("ratio", "difference")]
    if not told or any(e.p is not None or e.level < 0.94 or not e.strict for e in told):
        return
    outside = all(not float(e.low) <= _NULL[e.kind] <= float(e.high) for e in told)
    if not outside and not all(float(e.low) < _NULL[e.kind] < float(e.high) for e in told):
        return
    said = _said(clause, told[0].start - clause.start, negative=outside)
    if said is None:
        return
    first = told[0]
    yield reading.finding(
        "SIGNIFICANCE_CONTRADICTS", "inconsistent",
        f"'{' '.join(said[0].split())}' is inconsistent with the interval {first.low} to {first.high}, which "
        f"{'does not hold' if outside else 'holds'} {_NULL[first.kind]:g}",
        "the interval may have another level, or the word may be about another comparison",
        quotes=((clause.piece(said)[0], told[-1].end),),
        computed=(("value of no difference", f"{_NULL[first.kind]:g}"),),
    )  # fmt: skip
