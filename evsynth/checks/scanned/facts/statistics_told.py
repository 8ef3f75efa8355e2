"""Every named statistic of a sentence, in any order and bracket: an estimate, its SE, its test, df, n and P.

"b = 0.90, SE 0.30, Wald 9.0, df 1, p = 0.003", "F(1, 78) = 9.20, ηp² = .11", "t(30) = 2.95", "r of .62", "a regression
coefficient B of 0.69 and an odds ratio of 1.99". Made for every check that holds one of them against the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from evsynth.checks.scanned.facts.effects import NUMBER, number
from evsynth.model.printed import Printed
from evsynth.text.expressions import Expression


class Told(NamedTuple):
    """One statistic: its role, its value, the degrees of freedom in its bracket, and its offsets in the words.

    `name` is how it is called; `percent`: a percent sign follows the value; `bound` a sign of inequality before it.
    """

    role: str
    name: str
    value: Printed
    df: tuple[float, ...]
    percent: bool
    bound: str
    start: int
    end: int


_SQUARE = r"(?:²|\^?\s?2(?![\d.])|-?\s?squared?)"
_ROLES: tuple[tuple[str, str], ...] = (
    ("wald", rf"(?-i:Wald)(?:'s)?(?:\s(?:[χX]\s?(?:²|2)|chi-?\s?{_SQUARE}|statistic|test|value|coefficient))*"),
    ("chi2", rf"\bCochran(?:'s)? Q\b|(?-i:(?<![\w'])[HQ])(?=\s?(?:=|\(\d|statistic|was|of\s\d))|(?:likelihood[- "
             rf"]ratio |"
             rf"Pearson(?:'s)? |McNemar(?:'s)? )?(?:[χΧ]\s?{_SQUARE}?|(?-i:X)\s?(?:²|\^?2)|"
             rf"chi-?\s?(?:{_SQUARE}))(?:\s(?:test|statistic|value|of association))?"),
    ("eta2", rf"(?:partial\s)?(?:η|\beta)[_\s]?p?\s?{_SQUARE}\s?p?|\bpartial eta|(?:partial\s)?ω\s?{_SQUARE}"),
    ("phi", r"φ|\bphi(?: coefficient)?|\bCram[eé]r(?:'s)? V"),
    ("d", r"\bCohen(?:'s)? d(?:\s?[sz])?\b|\bHedges(?:'s?)? g|\bstandardi[sz]ed mean differences?|(?-i:\bSMD)|"
          r"(?-i:(?<![\w'])d)(?=\s?=)"),
    ("r2", rf"(?:adjusted |adj\.? |Nagelkerke |Cox (?:and|&) Snell |pseudo-?)*(?<![A-Za-z])R\s?{_SQUARE}|"
           r"\bcoefficient of determination(?: \(R\s?(?:²|2)\))?"),
    ("i2", rf"(?<![A-Za-z])I\s?{_SQUARE}"),
    ("se", r"(?-i:\bS\.?E\.?(?:M\.?)?(?![A-Za-z]))|\bstandard errors?(?: of (?:the |this )?(?:mean|estimate|"
           r"difference|coefficient))?"),
    ("sd", r"(?-i:\bS\.?D\.?(?:s)?(?![A-Za-z]))|\bstandard deviations?"),
    ("evalue", r"\bE-?value"),
    ("estimate", r"\b(?:(?:mean|adjusted|risk|absolute|between-group|treatment|group|estimated|rate|net|overall|"
                 r"crude|paired|average) )*"
                 r"(?:differences?|effect|estimate|contrast)|\bmean (?:change|reduction|increase|decrease|"
                 r"improvement|gain|loss)|(?-i:\b(?:W?MD|ATE|DID)\b)"),
    ("ratio", r"(?-i:(?<![A-Za-z])(?:[acsw]|adj\.? ?|sub)?(?:HR|OR|RR|IRR|PR|SHR|SIR|SMR|POR|DOR|GMR|RRR|"
              r"exp\(B\)|Exp\(B\)))|"
              r"\b(?:odds|hazards?|sub-?hazards?|risk|rate|prevalence|incidence rate|mortality|geometric mean|"
              r"likelihood|"
              r"means?) ratio|\brelative (?:risk|hazard|rate|odds)"),
    ("coefficient", r"(?:\b(?:logistic |log-?linear |unstandardi[sz]ed |standardi[sz]ed )?(?:regression "
                    r")?coefficients?"
                    r"(?: \(?(?:B|b|β)\)?)?|(?-i:(?<![\w'’])(?:B|b))(?=\s?(?:=|of\b|:|was\b))|β|\bbeta|"
                    r"\blog[- ](?:odds|hazard|risk)(?: ratio)?|\blog(?:HR|OR|RR)\b|\bln\s?\(?(?:OR|HR|RR)\)?|"
                    r"\bslope)"),
    ("rho", r"\bSpearman(?:'s)?(?: rank)?(?: correlation)?(?: coefficient)?(?: \(?(?:rho|ρ|r_?s)\)?)?|\brho\b|ρ|"
            r"(?-i:\br_?s)(?=\s?=)"),
    ("r", r"(?:\bPearson(?:'s)? )?(?:product-moment )?\bcorrelation(?: coefficient)?(?: \(?r\)?)?|\bPearson(?:'s)? r|"
          r"(?-i:(?<![\w'’/])[rR])(?=\s?(?:=|of\b|\(|was\b))"),
    ("kappa", r"\b(?:Cohen(?:'s)? |Fleiss(?:'s?)? |weighted )*kappa|κ|\bICCs?|\bintra-?class correlation(?: "
              r"coefficient)?"
              r"(?: \(ICC\))?|\bCronbach(?:'s)? (?:alpha|α)"),
    ("area", r"(?-i:\bAU(?:RO)?Cs?)|\bc-?(?:index|statistic)|\barea under the (?:(?:ROC|receiver operating "
             r"characteristic) )?curve"
             r"(?: \((?:AUC|AUROC)\))?|\bYouden(?:'s)? index"),
    ("f", r"(?-i:(?<![\w'])F)(?:[- ](?:value|statistic|ratio|test))?"),
    ("z", r"(?-i:(?<![\w'])[Zz])(?:[- ](?:value|score|statistic|test))?"),
    ("t", r"(?-i:(?<![\w'])[tT])(?:[- ](?:value|statistic|ratio|test))?"),
    ("df", r"\bd\.\s?f\.|\bdf\b|\bdegrees? of freedom"),
    ("p", r"(?-i:(?<![\w'])[pP])(?:[- ]?values?)?(?: for (?:trend|interaction|heterogeneity|difference))?"),
    ("n", r"(?-i:(?<![\w'])[nN])(?=\s?=)"),
)  # fmt: skip
_LETTERS = frozenset({"f", "t", "z", "chi2", "n", "r", "rho", "d", "phi", "estimate"})
"""Roles of a short name: they ask for "=", "of", "was", ":" or a bracket of degrees of freedom before the value."""
_DF = (
    (
        r"(?:\s?[(\[{{]\s?(?:d\.?f\.?\s?[=:]?\s?)?(?P<df>\d+(?:,\d{{3}})*(?:\.\d+)?)(?:\s?[,;]\s?(?:(?P<df2>\d+(?:\.\d+)?)|[nN]\s?=\s?"
        r"(?P<n>\d[\d,]*)))?\s?(?:d\.?f\.?)?\s?[)\]}}]|"
        r"_?\{{?(?P<sub>\d{{1,4}})(?:\s?,\s?(?P<sub2>\d{{1,4}}))?\}}?(?=\s?=))?"
    )
    .replace("{{", "{")
    .replace("}}", "}")
)
_GLUE = (
    r"(?P<glue>(?:\s?[(\[](?:[A-Za-z][A-Za-z'\d, -]{0,12}|[a-z]+/[a-z]+|\d, ?\d)[)\]])?(?:\s?(?:=|:|≈)\s?|"
    r",?\s(?:of|was|were|is|being|at|equal(?:led)? to|came to|"
    r"amounted to|stood at|estimated at|about|value of)\s(?:only |about |at least |approximately )?|"
    r"\s(?:for|in|of|between|with|among|from) [A-Za-z][A-Za-z ,'/-]{1,55}?(?: was| were| of| is|,|:) (?:only |"
    r"about )?|"
    r"\s?(?=[<>≤≥])|\s|,\s|\s?[(\[]\s?))"
)
_WHAT = Expression("|".join(f"(?P<{role}>{names})" for role, names in _ROLES), re.I)
_VALUE = Expression(
    rf"{_DF}{_GLUE}(?P<bound>[<>≤≥]=?\s?)?[(\[]?(?P<v>[-+]?\s?{NUMBER})(?P<percent>\s?(?:%|per cent\b|"
    rf"percent\b))?(?![\d]|[.,]\d|\s?-\s?\d)"
)
_DF_BEFORE = Expression(r"(?P<v>\d+(?:\.\d+)?)\s?$")
_STRICT = Expression(r"=|:|≈|\b(?:of|was|were|is|being|at|to)\b|[<>≤≥]")
_NEVER = Expression(r"^\s?(?:%\s?)?(?:CI\b|confidence)", re.I)


@lru_cache(maxsize=4096)
def statistics_told(words: str) -> tuple[Told, ...]:
    """Give the named statistics of a sentence in the order of their values."""
    return tuple(sorted(_each(words.replace("\n", " ").replace("\t", " ")), key=lambda x: x.start))


def _each(words: str) -> Iterator[Told]:
    taken = 0
    for match in _WHAT.finditer(words):
        role = match.lastgroup
        assert role is not None
        if match.start() < taken:
            continue
        if role == "df" and (before := _DF_BEFORE.search(words, max(0, match.start() - 8), match.start())):
            yield Told("df", match[0], Printed.parse(before["v"]), (), False, "", before.start(), match.end())
            continue
        value = _VALUE.match(words, match.end())
        if value is None or _NEVER.match(words[value.end() :]):
            continue
        df = tuple(
            float(value[name].replace(",", "")) for name in ("df", "sub", "df2", "sub2", "n") if value[name] is not None
        )
        named = match[0].endswith(" Q")
        if role in _LETTERS and not df and not named and not _STRICT.search(value["glue"] + (value["bound"] or "")):
            continue
        taken = value.end()
        yield Told(
            role, match[0], number(value["v"]), df, value["percent"] is not None, (value["bound"] or "").strip(),
            match.start(), value.end(),
        )  # fmt: skip


def told_together(words: str) -> Iterator[dict[str, Told]]:
    """Give the statistics of a sentence by role, in groups: a group ends where a role comes again, or a clause ends."""
    group: dict[str, Told] = {}
    text = words.replace("\n", " ").replace("\t", " ")
    for item in statistics_told(words):
        last = max((x.end for x in group.values()), default=item.start)
        if item.role in group or _ENDS.search(text[last : item.start]):
            if group:
                yield group
            group = {}
        group[item.role] = item
    if group:
        yield group


_ENDS = Expression(r"\b(?:whereas|while|respectively|versus|vs)\b|[.]\s[A-Z]|;\s(?:the|in|for|among|after|at)\s")
"""What stands between the statistics of two results."""


def role_of(head: str) -> str | None:
    """Give the role of the statistic that the head of a column names, and nothing else; None if it names none."""
    for words in (head.strip(" :*"), _HEAD_ASIDE.sub("", head).strip(" :*")):
        for pattern in (_WHAT, _LETTER_HEAD):
            match = pattern.match(words)
            if match is not None and match.end() == len(words):
                return match.lastgroup
    return None


_HEAD_ASIDE = Expression(
    r"\s?[(\[](?:(?:d\.?f\.?\s?=?\s?)?[\d, ;]+|B|b|β|OR|HR|SE|df|[a-z ]{1,20})[)\]]\s?$|[- ]?values?$|\s?statistics?$"
)
_LETTER_HEAD = Expression(
    r"(?P<coefficient>[Bb]|β|[Bb]eta|[Ee]stimate|[Cc]oef\.?)|(?P<n>[nN])|(?P<ratio>[Ee]xp\s?\(?\s?[BbΒ]\s?\)?|"
    r"e\^?B)|(?P<r>r)|(?P<se>S\.?E\.? ?\(?[BbΒ]\)?|[Ss]td\.? [Ee]rr(?:or|\.)?)|"
    r"(?P<chi2>[χΧX]\s?[2²]|H)|(?P<d>d)|(?P<wald>Wald.{0,12})"
)
