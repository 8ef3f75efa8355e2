"""P values in running text: alone, in lists, as "NS"; levels of significance are told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.scan.statistics.candidate import Candidate
from evsynth.scan.statistics.spelling import END, GAP, SIGN, P, figure_at, figures
from evsynth.text.expressions import Expression

_P = Expression(rf"(?<![A-Za-z0-9_]){P}{END}")
_P_AT = Expression(
    rf"(?<![A-Za-z])(?:[Pp][- ]?[Vv]alues?|[Ll]og-?rank[ \n]+[Pp])(?P<words>[^.;()0-9]{{0,40}}(?:[0-9]{{1,3}}[ "
    rf"\n]?(?:hours?|days?|weeks?|months?|years?))?[^.;()0-9]{{0,20}}?)(?:was|were|is|,|:|"
    rf"=){GAP}(?P<p>0?\.[0-9]+|1\.0+){END}"
)
_NEXT = Expression(
    rf"{GAP}(?:,{GAP}(?:and{GAP})?|;{GAP}|and{GAP}|or{GAP}|vs\.?{GAP})(?:{SIGN}{GAP})?(?P<p>0?\.[0-9]+|"
    rf"1\.0+)(?![0-9%])(?!{GAP}[-~±]|{GAP}to\b)"
)
_NOT_SIGNIFICANT = Expression(rf"(?<![A-Za-z])[pP]{GAP}[=:]{GAP}(?P<ns>NS|N\.S\.|ns|n\.s\.|not significant)\b")
_THRESHOLD = Expression(
    r"consider|defin|set (?:at|to)|threshold|significance level|level of significance|"
        r"statistically significant (?:at|if|when)|"
    r"(?:was|were|as|is|are) (?:taken|regarded|deemed|accepted|judged|used|indicat)|entry|retained|"
        r"two-(?:sided|tailed) p|"
    r"(?:included|entered) in(?:to)? the (?:multi|model)|cut-?off", re.IGNORECASE
)  # fmt: skip
_MARK = Expression(r"[*†‡§#¶]{1,4}[ ,:;\\$]{0,6}\Z")


def p_values(prose: str) -> Iterator[Candidate]:
    """Find P values. `measure` is "threshold" for a level of significance or the meaning of a mark."""
    for match in _P.finditer(prose):
        found = figures(match)
        if not found or (found[0].printed.value > 1):
            continue
        measure = "threshold" if _is_threshold(prose, match) else "p"
        label = " ".join(match[0][: match.start("p") - match.start()].split())
        yield Candidate("p", found, match.start(), match.end(), measure, label)
        position = match.end()
        while more := _NEXT.match(prose, position):
            figure = figure_at("p", prose, more.start("p"), more.end("p"))
            if figure is not None:
                yield Candidate("p", (figure,), more.start("p"), more.end("p"), measure, label)
            position = more.end()
    for match in _P_AT.finditer(prose):
        yield Candidate("p", figures(match), match.start(), match.end(), "p", "P value")
    for match in _NOT_SIGNIFICANT.finditer(prose):
        yield Candidate("p", (), match.start(), match.end(), "p", "NS")


def _is_threshold(prose: str, match: re.Match[str]) -> bool:
    if _MARK.search(prose, max(0, match.start() - 8), match.start()):
        return True
    before = prose[max(0, match.start() - 90) : match.start()]
    after = prose[match.end() : match.end() + 90]
    before = before[max(before.rfind(". "), before.rfind(".\n")) + 1 :]
    after = re.split(r"\.[ \n]+", after)[0]
    value = match["p"].lstrip("0")
    usual = value in (".05", ".01", ".001", ".1", ".10", ".2", ".20", ".050", ".025", ".005", ".0001")
    return usual and bool(_THRESHOLD.search(before) or _THRESHOLD.search(after))
