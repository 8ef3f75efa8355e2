"""How numbers, intervals and P values are spelled: pieces of regular expressions that the finders share."""

from __future__ import annotations

import re
from decimal import Decimal

from evsynth.model.printed import Printed
from evsynth.scan.parts import Figure
from evsynth.text.expressions import Expression
from evsynth.text.numerals import number_words

GAP = r"[ \n]{0,16}"
"""White space inside a statistic, a line break included."""

UNSIGNED = r"(?>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
"""A number without its sign, as long as it goes: "1,205" is never the interval from 1 to 205."""
NUMBER = rf"(?:(?:-{GAP}|\+)?{UNSIGNED})"
WHOLE = r"(?>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?![0-9.]*[0-9])"
SIGN = rf"(?:<{GAP}=|>{GAP}=|[<>=≤≥]{GAP}|≈|~)"
TO = rf"{GAP}(?:-|~|;|,|/|\.\.+|to|and|until|through){GAP}"
"""What stands between the two ends of an interval."""
OPEN, CLOSE = r"[\(\[\{]", r"[\)\]\}]"
START = r"(?<![A-Za-z0-9.,_/-])"
"""A number starts here: it is glued to nothing."""
END = r"(?![A-Za-z0-9]|\.[0-9]|,[0-9]{3}(?![0-9]))"

LEVEL = r"(?P<level>[0-9]{2}(?:\.[0-9])?)"
INTERVAL_NAME = (
    rf"(?:{LEVEL}{GAP}%?{GAP}-?{GAP})?(?i:robust |bootstrap(?:ped)? |boot\.? |two-sided |corrected )?"
    rf"(?:C\.?I\.?s?|CrI|con(?:fi|ﬁ)dence{GAP}(?:intervals?|limits?)|credible intervals?)"
    rf"(?:{GAP}[\(\[]?(?:CI|CrI)[\)\]]?)?(?:{GAP}[\(\[]?{GAP}(?P<level_>9[059](?:\.[0-9])?){GAP}%{GAP}[\)\]]?)?"
)
INTERVAL = rf"(?P<lower>{NUMBER}){GAP}%?{TO}(?P<upper>{NUMBER})"
"""Two limits, without brackets."""

P_NAME = r"(?:[pP](?:{G}-?{G}[vV]alues?)?|P-?[vV]alues?)".replace("{G}", "[ \n]?")
P_FOR = (
    r"(?:[ \n]+(?:for|of)[ \n]+(?:the[ \n]+)?(?:linear[ \n]+)?(?:trend|interaction|heterogeneity|"
    r"difference|log-?rank|overall)|"
    r"[ \n]?\((?:for[ \n]+)?(?:trend|interaction|heterogeneity|difference|log-?rank|overall)\))?"
)
P = (
    rf"(?:{P_NAME}(?:_?(?:adj|trend|int|log-rank|interaction))?{P_FOR}{GAP}(?:{SIGN}|(?:was|were|of|is|:|"
    rf",){GAP}{SIGN}?|(?=0?\.[0-9]))"
    rf"{GAP}(?P<p>{UNSIGNED}(?:{GAP}[x×*]{GAP}10{GAP}\^?{GAP}-?[0-9⁰¹²³⁴⁵⁶⁷⁸⁹]+|[eE]-?[0-9]{{1,3}}(?![0-9]))?))"
)
"""A P value: sign printed or lost ("P 0.021")."""

_WORD_NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventee"
    "n eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety"
).split()
WORD = (
    rf"(?:(?:{'|'.join(_WORD_NUMBERS[19:])})-(?:{'|'.join(_WORD_NUMBERS[:9])})|"
    rf"{'|'.join(sorted(_WORD_NUMBERS, key=len, reverse=True))})"
)
COUNT = rf"(?:{WHOLE}|(?i:\b{WORD}\b))"
"""A whole number in digits or as a word."""

STATISTIC_GROUPS = frozenset(
    "count percent of mean sd se median q1 q3 minimum maximum centre spread mean_change median_change lower up"
    "per level "
    "hazard_ratio odds_ratio risk_ratio rho effect_size b beta t u z chi2 df adjusted_r_squared p value value_to w f r "
    "r_squared mean_difference df2 centre spread percent_reduction analysed".split()
)
"""Names of groups in a pattern that are numbers of a result; the same names are the statistics of its figures.

A pattern that needs a name twice writes the second with a line under it: `level_`.
"""
_POWER = Expression(r"(?P<digits>[0-9.]+)(?:[x×*]10\^?|[eE])(?P<power>-?[0-9⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def figures(match: re.Match[str], **renamed: str) -> tuple[Figure, ...]:
    """Give the numbers that a match holds, in the order they are printed; `renamed` gives a group another name."""
    found = []
    for group, text in match.groupdict().items():
        name = group.rstrip("_")
        if text is None or name not in STATISTIC_GROUPS:
            continue
        figure = figure_at(renamed.get(name, name), match.string, match.start(group), match.end(group))
        if figure is not None:
            found.append(figure)
    return tuple(sorted(found, key=lambda figure: figure.start))


def figure_at(statistic: str, text: str, start: int, end: int) -> Figure | None:
    """Read the number between two offsets; a P value takes the inequality sign before it. None if it is not one.

    A number word and a power of ten ("3.2 × 10-5") are read as the digits that they stand for.
    """
    words = text[start:end]
    bare = "".join(words.split())
    if power := _POWER.fullmatch(bare):
        bare = f"{Decimal(power['digits']).scaleb(int(power['power'].translate(_RAISED))):f}"
    if bare[:1].isalpha():
        spelled = number_words(words)
        return Figure(statistic, Printed.parse(spelled[0].text), start, end) if spelled else None
    sign = ""
    if statistic == "p":
        before = text[max(0, start - 8) : start].rstrip()
        sign = next((s for s in ("<=", ">=", "<", ">", "≤", "≥") if before.replace(" ", "").endswith(s)), "")
    try:
        return Figure(statistic, Printed.parse(sign + bare), start, end)
    except ValueError:
        return None
