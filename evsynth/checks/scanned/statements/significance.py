"""A result is called significant, or not, against its own P value or interval in the same clause."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.clauses import clauses
from evsynth.checks.scanned.facts.effects import Effect, effects
from evsynth.checks.scanned.facts.levels import ALPHA, above, below, other_level
from evsynth.checks.scanned.facts.said_before import said_before
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.parts import Figure
from evsynth.text.expressions import Expression

CODES = ("SIGNIFICANCE_CONTRADICTS",)

_HEDGED = Expression(
    r"\b(?:considered|defined|regarded|set at|threshold|level of significance|significance level|statistical "
    r"significance was|"
    r"indicated (?:as|by)|asterisk|trends?|borderline|marginal\w*|tendency|tended|tentative|nearly|almost|"
    r"approach\w*|one-?sided|"
    r"one-?tailed|non-?inferior\w*|equivalen\w*|interaction|heterogeneity|bonferroni|adjusted (?:alpha|"
    r"significance)|corrected "
    r"(?:alpha|level)|clinically (?:significant|relevant|meaningful)|significance was|homogene\w*|goodness|hosmer|"
    r"normality|shapiro|kolmogorov|levene|not only|prespecified level|regardless of|irrespective of|except\w*)\b",
    re.I,
)
_LEVEL = Expression(
    r"[;,] ?(?:with )?(?:the )?(?:level of )?significance(?: level)?(?: (?:was|being))? (?:set|taken|defined|"
    r"accepted) at "
    r"(?:p ?[<≤=] ?)?0?\.05(?=\s?[);,.])", re.I,
)  # fmt: skip
"""An aside that tells the usual level beside a P value."""
_OWN = Expression(r"\b(?:here|our|we|this (?:study|trial|cohort|series)|present (?:study|trial|cohort|series))\b", re.I)
_OTHERS = Expression(
    r"\b(?:previous\w*|earlier|another|others|et al|reported by|their|they|unlike|meta-analys[ie]s|literature)\b", re.I
)
_DIFFERENCE = Expression(
    r"(?:\b(?:mean|median|absolute|risk|adjusted|estimated|between-group) (?:differences?|changes?)\b|\bMD\b|\bB\b|β|"
    r"\bbeta\b|\bcoefficients?\b|\bslopes?\b)\W*(?:of|was|were|in [a-z ]{2,25})?\W*$", re.I,
)  # fmt: skip

_PAIRED_LABEL = Expression(r"\w²?\s?/\s?[Pp](?:[ -]values?)?\s?[:=]?\s?$")
"""Before "R2/P: 0.531/0.017" the first number is no P."""
_AMOUNT = Expression(r"\s+by\s+(?:only |about |a mean of )?[\d(]")
"""After "differed": how much is told, not whether it is significant."""
_UNSURE = Expression(r"\bneither\b.*\bnor\b|\b(?:may|might|could) (?:be|have)\b[^.;]{0,25}$", re.I)
_ASIDE = Expression(r"\W*(?:but|and|though|although) not\b", re.I)
_OWN_BRACKET = Expression(
    r"(?:^|[.;:]\s)[^().;:]{3,90}?\b(?:did not (?:\w+ly )?differ|was not (?:\w+ly )?associated|"
    r"were not (?:\w+ly )?different|"
    r"did not (?:\w+ly )?change|differed(?: significantly)?|changed significantly|improved significantly)"
    r"(?:(?! and | or |, )[^().;:\d]){0,40}\s(?P<own>\([^()]{4,90}\))"
    r"(?=,\s(?:nor|and|as|with|the|but|in)\b|\s(?:and|nor)\b)",
    re.I,
)
"""A claim and the bracket that is its own, in a sentence that goes on with another result."""


def significance(reading: Reading) -> Iterator[Finding]:
    """Compare words of significance with the P value after them (or the interval of a ratio or difference), at 5 %.

    A finding needs every P value of the clause on the other side, the first of them near the word, and no other claim
    between. Left alone: clauses with both words, definitions of the threshold, trends, tests of interaction, of
    non-inferiority or of assumptions, one-sided tests, papers with another level, and discussions.
    """
    if other_level(reading):
        return
    stated = [r for r in reading.reported if r.spot.table is None]
    for told in lines(reading, ("abstract", "results", "figure legend", "body", "conclusion", "discussion")):
        line = told._replace(words=_LEVEL.sub(lambda m: " " * len(m[0]), told.words))
        if line.role == "discussion" and not (_OWN.search(line.words) and not _OTHERS.search(line.words)):
            continue
        if _HEDGED.search(line.words):
            continue
        for clause in clauses(line):
            items = [r for r in stated if clause.start <= r.start < clause.end]
            figures = [f for r in items if (f := r.figure("p")) is not None and line.words[f.start - line.start] != " "]
            if figures:
                first = figures[0].start
                if _ASIDE.match(clause.words) and not any(
                    line.start <= p.start < clause.start
                    for r in stated
                    if (p := r.figure("p")) is not None and p.start < first
                ):
                    continue  # "with A, but not with B (P < 0.001)": the P of A
                yield from _against_p(reading, clause, figures)
            else:
                yield from _against_intervals(reading, clause)


def _against_p(reading: Reading, clause: Line, figures: list[Figure]) -> Iterator[Finding]:
    low, high = all(below(f.printed) for f in figures), all(above(f.printed) for f in figures)
    if not (low or high):
        bracketed = _first_bracket(clause, figures)
        if bracketed is not None:
            yield from _against_p(reading, *bracketed)
        return
    said = said_before(clause, figures[0].start - clause.start, negative=low)
    if (
        said is None
        or _AMOUNT.match(clause.words[said.end() :])
        or _PAIRED_LABEL.search(clause.words[: figures[0].start - clause.start])
    ):
        return
    if not low and _UNSURE.search(clause.words[: said.start()]):
        return
    if low and any(f.printed.bound == "<" and _digits(f) not in ("5", "1") for f in figures):
        return  # "no association (P < 1.6e-4)": the level asked for
    shown = ", ".join(f"P {f.printed}" for f in figures)
    yield reading.finding(
        "SIGNIFICANCE_CONTRADICTS", "inconsistent",
        f"'{' '.join(said[0].split())}' is inconsistent with {shown}, which is {'' if low else 'not '}below 0.05",
        "another level of significance, a correction for several tests, or a P value of another comparison may be "
        "meant; "
        "otherwise the word or the number is misprinted",
        quotes=((clause.piece(said)[0], figures[-1].end),), computed=(("alpha", str(ALPHA)),),
    )  # fmt: skip


def _digits(f: Figure) -> str:
    return f"{f.printed.value:f}".strip("0.")


def _alike(told: list[Effect]) -> bool:
    """Say whether the intervals of several groups overlap: these are similar to each other, not to the reference."""
    return len(told) > 1 and max(e.low.value for e in told) <= min(e.high.value for e in told)


def _levels(clause: Line, told: list[Effect]) -> bool:
    """Say whether the intervals are those of two groups' own means: "29 wk (28 to 30) versus 29 wk (28 to 30)"."""
    return (
        len(told) > 1
        and all(e.kind != "ratio" and e.low.value > 0 for e in told)
        and re.search(r"\b(?:vs?|versus|and|compared)\b", clause.words[told[0].end - clause.start :]) is not None
    )


def _other_side(reading: Reading, clause: Line, first: Effect) -> bool:
    """Say whether the ratio told before that of a clause lies on the other side of 1."""
    sentence = reading.document.sentence_at(clause.start)
    if sentence is None or first.value is None or first.kind != "ratio":
        return False
    words = reading.document.prose[sentence.start : first.start]
    ahead = re.findall(r"\b(?:OR|HR|RR)\W{0,3}(\d+\.\d+)", words)
    return bool(ahead) and (float(ahead[-1]) > 1) is not (float(first.value) > 1)


def _first_bracket(clause: Line, figures: list[Figure]) -> tuple[Line, list[Figure]] | None:
    """Give a clause up to the end of the bracket right after its first claim, and the P values in that; None if none.

    "Did not differ (log-rank P = 0.017), nor was treatment associated with death (P = 0.682)": each has its own.
    """
    match = _OWN_BRACKET.search(clause.words)
    if match is None:
        return None
    start, end = clause.start + match.start("own"), clause.start + match.end("own")
    own = [f for f in figures if start <= f.start < end]
    if not own or figures[0] is not own[0] or len(own) == len(figures):
        return None
    return clause._replace(words=clause.words[: match.end("own")], end=end), own


def _spans_nought(e: Effect) -> bool:
    """Say whether an interval holds 0 within: no ratio can, so that 0 is the value of no difference."""
    return e.low.value < 0 < e.high.value


def _null(e: Effect) -> float:
    return 1.0 if e.kind == "ratio" else 0.0


def _null_told(e: Effect) -> bool:
    """Say whether it is told what no difference would be: positive numbers without a unit may be ratios."""
    if _spans_nought(e):
        return e.named and e.kind in ("difference", "correlation", "other")
    if not e.strict or e.kind == "ratio" or e.unit or e.limit_unit or e.low.value < 0:
        return e.strict
    return bool(_DIFFERENCE.search(e.before[-40:]))


def _against_intervals(reading: Reading, clause: Line) -> Iterator[Finding]:
    told = [e for e in effects(clause) if e.kind in ("ratio", "difference") or _spans_nought(e)]
    told = [e for e in told if e.named or len(e.unit.split()) < 3]  # "5 min breathing of high (8-9%)"
    if not told or any(e.p is not None or e.level < 0.94 or not _null_told(e) for e in told):
        return
    outside = all(not float(e.low) <= _null(e) <= float(e.high) for e in told)
    if not outside and not all(float(e.low) < _null(e) < float(e.high) for e in told):
        return
    said = said_before(clause, told[0].start - clause.start, negative=outside)
    if said is None or (
        outside and (_alike(told) or _levels(clause, told)) and re.search("similar|comparable|balanced", said[0])
    ):
        return
    first = told[0]
    if said[0].lower().startswith("but not") and _other_side(reading, clause, first):
        return  # "more likely in A (1.47), but not in B (0.85)": not more likely
    yield reading.finding(
        "SIGNIFICANCE_CONTRADICTS", "inconsistent",
        f"'{' '.join(said[0].split())}' is inconsistent with the interval {first.low} to {first.high}, which "
        f"{'does not hold' if outside else 'holds'} {_null(first):g}",
        "the interval may have another level, or the word may be about another comparison",
        quotes=((clause.piece(said)[0], told[-1].end),),
        computed=(("value of no difference", f"{_null(first):g}"),),
    )  # fmt: skip
