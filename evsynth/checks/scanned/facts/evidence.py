"""What a sentence prints for or against an effect: its P values and intervals, each with the side it lies on.

"(aOR 1.22, 95% CI 0.58-2.57)", "F(2, 174) = 0.64, p = .53", "P = 0.03 and 0.27". An interval beside its own P is one
piece of evidence with it. Made for checks that hold a verdict in words against what is printed for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from evsynth.checks.scanned.facts.effects import Effect, effects, ratio_like
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.printed import Printed
from evsynth.text.expressions import Expression

_P = Expression(
    r"(?<![A-Za-z])[Pp](?:[ -]?[Vv]alues?)?\s?(?:\s(?:for|of)\s[^.;()\d=<>]{3,60}\s)?"
    r"(?P<bound>[=<>≤≥:]|\bof\b|\bwas\b|\bwere\b|\bis\b)\s?"
    r"(?P<p>0?\.\d+|1\.0+)(?!\d|\.\d|\s?/\s?[\d.])(?P<more>(?:,\s(?:and\s)?|\sand\s|\sor\s|;\s)0?\.\d+(?!\d|\.\d|\s?%|"
    r"\s[a-zA-Z]{2})"
    r"(?:(?:,\s(?:and\s)?|\sand\s)0?\.\d+(?!\d|\.\d|\s?%))*)?"
)
_NUMBER = Expression(r"0?\.\d+")
_OTHER = Expression(
    r"\b(?:trend|heterogen\w*|homogen\w*|non-?\s?inferior\w*|equivalence|goodness|hosmer|normality|shapiro|levene|"
    r"kolmogorov|mauchly|one-?\s?(?:sided|tailed)|I2|I²|Q)\b[^.;()]{0,24}$", re.I,
)  # fmt: skip
_OTHER_BEHIND = Expression(
    r"\s?[,(]?\s?(?:for|of)\s(?:the\s)?(?:linear\s)?(?:trend|heterogen|homogen|non-?inferior|equivalence)|"
    r"\s?[,(]\s?one-?\s?(?:sided|tailed)|\s(?:was|were|is)\s(?:considered|taken|regarded|deemed|used|set)",
    re.I,
)
_CHEMICAL = Expression(r"-[A-Za-z]")
_OF_GROUP = Expression(r"\b(?:versus|vs?\.?|against)\s[^\d().;]{0,30}$", re.I)
"""'Cis-11,14-eicosadienoic acid'; 'A 29 wk (28-30) versus group B 29 wk (28-30)' tells two means, no difference."""
_GLUE = Expression(
    r"[\s,;:)\]%]*(?:(?:and|with|a|log-?rank|two-sided|adjusted|corrected|t|z|χ2|df|F|n)\b[\s,;:=(\d.)]*)*"
)


class Evidence(NamedTuple):
    """A P value or an interval: both limits of P (of an interval None), its side of no effect, and where it stands."""

    low: float
    high: float
    interval: Effect | None
    printed: str
    start: int
    end: int

    def significant(self, alpha: float = 0.05, alpha_high: float | None = None) -> bool | None:
        """Say whether it is below the level, or above; None where rounding, or two levels, leave that open."""
        if self.high < alpha:
            return True
        return False if self.low >= (alpha if alpha_high is None else alpha_high) else None


@lru_cache(maxsize=4096)
def evidence(line: Line) -> tuple[Evidence, ...]:
    """Give the evidence of a sentence in order; offsets are those of its words."""
    if not any(c.isdigit() for c in line.words):
        return ()
    found = list(_ps(line.words))
    taken = [(e.start, e.end) for e in found]
    for e in effects(line):
        start, end = e.start - line.start, e.end - line.start
        own = e.p is not None or any(
            end <= a and (glue := _GLUE.match(line.words, end)) and glue.end() >= a - 1 for a, _ in taken
        )
        side = _side(e)
        if _CHEMICAL.match(line.words, end) or (e.kind != "ratio" and _OF_GROUP.search(line.words[:start])):
            continue
        if not own and side is not None and not any(start < b and a < end for a, b in taken):
            p = (0.0, 0.0) if side else (1.0, 1.0)
            found.append(Evidence(*p, e, f"{e.low} to {e.high}", start, end))
    return tuple(sorted(found, key=lambda x: x.start))


def _ps(words: str) -> Iterator[Evidence]:
    if "p" not in words and "P" not in words:
        return
    for match in _P.finditer(words):
        if _OTHER.search(words[max(0, match.start() - 50) : match.start()]) or _OTHER_BEHIND.match(words, match.end()):
            continue
        bound = match["bound"] if match["bound"] in "<>≤≥" else ""
        yield _one(bound, match["p"], match.start(), match.end("p"))
        if match["more"] and not bound:
            for more in _NUMBER.finditer(words, match.start("more"), match.end("more")):
                yield _one("", more[0], more.start(), more.end())


def _one(bound: str, text: str, start: int, end: int) -> Evidence:
    p = Printed.parse(text)
    half = 0.5 * 10**-p.decimals
    value = float(p.value)
    low, high = max(0.0, value - half), value + half
    if bound in ("<", "≤"):
        low, high = 0.0, value - (1e-9 if bound == "<" else 0.0)
    elif bound in (">", "≥"):
        low, high = value, 1.0
    return Evidence(low, high, None, f"P {bound or '='} {text}", start, end)


def _side(e: Effect) -> bool | None:
    """Say whether an interval excludes no effect; None where it is not told what that is, or a limit touches it."""
    low, high = float(e.low), float(e.high)
    if not 0.94 < e.level < 0.96 or low >= high:
        return None
    if e.kind == "ratio" and low > 0:
        null = 1.0
    elif low < 0 or e.kind in ("difference", "correlation"):
        if not e.strict and not low < 0:
            return None
        if low > 0 and not e.unit and e.value is not None and ratio_like(e.value, e.low, e.high):
            return None  # "(1.10, 0.77-1.58)" may be a ratio
        null = 0.0
    else:
        return None
    return None if null in (low, high) else not low < null < high


_DEFINED = (
    r"(?:considered|taken|regarded|deemed|accepted|judged|treated|declared|called|required|defined|used|chosen|set)"
)
_LEVELS = Expression(
    r"(?:\b(?:alpha|level of significance|(?:significance|corrected|adjusted|stated) (?:level|threshold|"
    r"boundary|cut-?off)|boundary|"
    r"statistical significance|(?:thresholds?|level|boundary) (?:of|for) (?:statistical )?significance|"
    r"bonferroni[\w -]{0,30})\b|α)"
    r"[^.;()%]{0,60}?(?<![\d.])(?P<a>0?\.\d+)(?!\d|\.\d)|"
    rf"\b{_DEFINED} (?:to be |as )?(?:statistically )?significant\b[^.;]{{0,40}}?(?<![\d.])(?P<e>0?\.\d+)(?!\d)|"
    r"\b[Pp](?:[- ]?values?)?\s?(?:(?:of )?less than|smaller than|[<≤]|of|below|under)\s?(?P<b>0?\.\d+)(?!\d)"
    rf"[^.;()]{{0,20}}\b(?:was|were|is|are|as|being)\b[^.;()]{{0,20}}\b(?:{_DEFINED}|significan\w*|threshold)|"
    r"\bat (?:the|a) (?P<c>\d|10) ?% (?:significance )?level|\b(?P<d>99|90|97\.5|98|99\.\d) ?%? ?(?:CI|"
    r"confidence)", re.I,
)  # fmt: skip


@lru_cache(maxsize=16)
def levels_stated(reading: Reading) -> tuple[tuple[float, Line], ...]:
    """Give the levels of significance that the text states, each with its sentence."""
    found = []
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        if not ("0." in line.words or " ." in line.words or "% level" in line.words or "%" in line.words):
            continue
        for match in _LEVELS.finditer(line.words):
            said = match["a"] or match["b"] or match["e"]
            if match["a"] and evidence_at(line, match.start("a")):
                continue
            if match["d"]:
                found.append((1 - float(match["d"]) / 100, line))
            else:
                found.append((float(said) if said else float(match["c"]) / 100, line))
    return tuple((round(a, 6), line) for a, line in found if 0 < a <= 0.2)


def evidence_at(line: Line, at: int) -> bool:
    """Say whether a number is the P of a result, printed with an equals sign or before a bracket closes."""
    before = line.words[max(0, at - 14) : at]
    return bool(_RESULT.search(before))


_RESULT = Expression(r"(?<![A-Za-z])[Pp](?:[ -]?values?)?\s?=\s?$|[(\[][^()\[\]]{0,14}[Pp]\s?[=<>]\s?$")


def bounds_of(reading: Reading, line: Line) -> tuple[float, float] | None:
    """Give the least and greatest level that may hold for a sentence; one level where it or the one before says so."""
    stated = levels_stated(reading)
    near = {a for a, x in stated if x.start == line.start or 0 <= line.start - x.end < 3}
    if len(near) == 1:
        (a,) = near
        return a, a
    every = {a for a, _ in stated} | {0.05}
    return min(every), max(every)
