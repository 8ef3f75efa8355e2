"""'Excellent agreement (κ = 0.08)', 'inversely related (β = 0.33)', 'no heterogeneity (I² = 84%)': word and value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("DIRECTION_CONTRADICTS",)

_WORDS = {
    "excellent": (0.6, 1.0), "almost perfect": (0.7, 1.0), "near-perfect": (0.7, 1.0), "very good": (0.55, 1.0),
    "very strong": (0.55, 1.0), "outstanding": (0.6, 1.0), "strong": (0.4, 1.0), "substantial": (0.4, 1.0),
    "good": (0.35, 1.0), "high": (0.4, 1.0), "close": (0.4, 1.0), "moderate": (0.15, 0.8), "fair": (0.1, 0.65),
    "weak": (0.0, 0.55), "poor": (-1.0, 0.55), "slight": (-1.0, 0.4), "low": (0.0, 0.55), "negligible": (0.0, 0.35),
}  # fmt: skip
"""Between which values any usual scale could use a word (Landis and Koch, Cicchetti, Altman, Cohen), with some room."""

_ADJECTIVE = "|".join(sorted(_WORDS, key=len, reverse=True))
_COEFFICIENT = (
    r"(?:(?:(?:Cohen|Fleiss|Pearson|Spearman)(?:'s|’s)? |weighted |quadratic-weighted |overall |mean |rank |"
    r"unweighted )*(?P<c>κw?|kappas?|[Kk]appa coefficient|ICCs?|intraclass correlation(?: coefficient)?|r|"
    r"rs|rho|ρ|correlation coefficient|concordance correlation coefficient|CCC)(?: \(ICC\))?(?:,? ?(?:=|of|"
    r"was|:) ?|, ))(?P<v>-?(?:0?\.\d+|1\.0+))(?!\d)"
)
_SAID = Expression(
    rf"\b(?P<w>{_ADJECTIVE})(?:ly)?\b(?P<what>(?: (?:inter|intra|positive|negative|inverse|linear|direct|overall|"
    rf"test)[\w-]*){{0,2}}(?: (?:agreement|reliability|concordance|reproducibility|"
    rf"correlation|correlated|consistency|repeatability|association|relationship))?)(?: (?:was|were) (?:found|"
    rf"seen|observed|noted|obtained|reached))?(?P<gap>[^.;()\d]{{0,70}}?) ?\(?{_COEFFICIENT}", re.I,
)  # fmt: skip
_KIND = Expression(r"\b(?:agreement|reliab\w+|concordan\w+|reproducib\w+|correlat\w+|consisten\w+|repeatab\w+)\b", re.I)
_OFF = Expression(
    r"\b(?:but|while|whereas|although|not|no|than|less|more|with (?:higher|lower)|scores?|level|group|"
    r"patients with|in (?:high|low))\b",
    re.I,
)
_ANY = Expression(rf"\b(?:{_ADJECTIVE})(?:ly)?\b", re.I)
_SIGN = Expression(
    r"\b(?:(?P<neg>inverse(?:ly)?|negative(?:ly)?)|(?P<pos>positive(?:ly)?|direct(?:ly)?))(?: and \w+)? "
    r"(?:(?:linear|independent(?:ly)?|significant(?:ly)?|strong(?:ly)?|weak(?:ly)?|moderate(?:ly)?) )?"
    r"(?:related|associated|correlated|correlations?|associations?|relation(?:ship)?s?|"
    r"linked)\b(?P<gap>[^.;()\d]{0,70})"
    r"\((?:[^()=]{0,25}\W)?(?:β|beta|B|b|r|rs|rho|ρ|τ|slope|coefficient) ?[=:,] ?(?P<v>[-+]?(?:\d+)?\.\d+)", re.I,
)  # fmt: skip
_RISE = Expression(
    r"\b(?:increase|rise|gain) in (?P<gap>[^.;()\d]{2,50})\((?:[^()=]{0,25}\W)?(?:β|beta|B|b|slope|coefficient) "
    r"?[=:,] ?"
    r"(?P<v>-(?:\d+)?(?:\.\d+)?)(?=\W)", re.I,
)  # fmt: skip
_FEWER = Expression(
    r"\b(?:decreas\w*|declin\w*|reduc\w*|lower\w*|less|fewer|shorter|younger|fall\w*|fell|loss|lost|inverse\w*|"
    r"negative\w*|slow\w*|smaller|attenuat\w*|not|no)\b", re.I,
)  # fmt: skip
"""Words by which an increase can go with a negative coefficient."""
_SCATTER = {
    "no": (0, 40), "little": (0, 50), "negligible": (0, 40), "minimal": (0, 45), "low": (0, 55), "moderate": (20, 80),
    "substantial": (40, 100), "considerable": (45, 100), "high": (45, 100), "marked": (45, 100), "great": (45, 100),
}  # fmt: skip
"""Per cent of I² for which a word can be used, with some room on both sides of the usual thresholds."""
_HETEROGENEITY = Expression(
    rf"\b(?P<w>{'|'.join(_SCATTER)}) (?:[a-z]+ )?(?:between-study |statistical )?heterogeneity\b"
    r"(?P<gap>[^.]{0,60}?(?:\.\d[^.]{0,40}?){0,3})\bI ?(?:²|2|\^2)(?: statistic)? ?(?:=|of|was|:) "
    r"?(?P<v>\d{1,3}(?:\.\d+)?) ?%",
    re.I,
)
_PLACED = Expression(r"\b(?:but|and not|while|whereas|not|unrelated|respectively|no)\b", re.I)


def strength_words(reading: Reading) -> Iterator[Finding]:
    """Compare a word for strength with the coefficient it is said of, and a word for the sign with that sign.

    Left alone: words that any usual scale could use, and words and numbers with another statement between.
    """
    for line in lines(reading, ("abstract", "results", "body", "discussion", "conclusion")):
        words = re.sub(r"\s", " ", line.words)
        if "=" not in words and " of " not in words and "was" not in words:
            continue
        for match in _SIGN.finditer(words):
            value = float(match["v"])
            if value and (value > 0) == bool(match["neg"]) and not _PLACED.search(match["gap"]):
                yield _finding(reading, line.piece(match), match)
        for match in _RISE.finditer(words):
            if not _FEWER.search(words[: match.end()]):
                yield _finding(reading, line.piece(match), match)
        for match in _HETEROGENEITY.finditer(words):
            least, most = _SCATTER[match["w"].lower()]
            if not least <= float(match["v"]) <= most and not _OFF.search(match["gap"]):
                yield _finding(reading, line.piece(match), match)
        for match in _SAID.finditer(words):
            low, high = _WORDS[match["w"].lower()]
            size = float(match["v"]) if match["c"].lower()[0] in "κki" else abs(float(match["v"]))
            before = words[max(0, match.start() - 60) : match.start()]
            if (
                not _KIND.search(f"{before} {match['what']} {match['gap']}")
                or _OFF.search(match["gap"])
                or _ANY.search(match["gap"])
            ):
                continue
            if re.search(r"\b(?:not|no|less|more|than|neither|far from|very|extremely)\W*$", before):
                continue
            if not low - 0.005 <= size <= high + 0.005:
                yield _finding(reading, line.piece(match), match)


def _finding(reading: Reading, spot: tuple[int, int], match: re.Match[str]) -> Finding:
    return reading.finding(
        "DIRECTION_CONTRADICTS", "inconsistent",
        f"'{' '.join(match[0].split())}': no usual scale has this word for {match['v']}",
        "the word may be meant for another coefficient; otherwise a digit, a sign or the word is wrong",
        quotes=(spot,),
    )  # fmt: skip
