"""What the words of a label or heading say about the numbers under them: form, unit, group size, time, statistic."""

from __future__ import annotations

import re

from evsynth.model.printed import Printed
from evsynth.scan.parts import Figure, Form
from evsynth.text.expressions import Expression

_N = r"(?:n|no\.?|number|cases?|patients?|events?)"
_SD = r"s\.?\s?d\.?|standard deviation|std\.?(?: dev\.?)?"
_SE = r"s\.?\s?e\.?(?:\s?m\.?)?|standard error(?: of the mean)?"
_IQR = (
    r"iqr|i\.q\.r\.?|inter-?\s?quartile(?: range)?s?|quartiles?|q1\s?[-,–;]\s?q3|"
    r"p?25(?:th)?\s?[-,;–]\s?p?75(?:th)?(?: percentiles?)?|"
    r"25%\s?[-,;]\s?75%|first quartile, third quartile|first and third quartiles?|lower quartile.{0,4}upper quartile"
)
_RANGE = r"range|min(?:imum)?\s?[-,;–]\s?max(?:imum)?"
_FORMS: tuple[tuple[Form, str], ...] = (
    ("percent count", rf"(?:%|percent(?:age)?)\s?[\(\[]\s?(?:{_N}|number of (?:patients|cases|events)|"
        rf"[nN]\s?=?)\s?[\)\]]"),
    ("count percent", rf"{_N}\.?\s?[,/]?\s?\(\s?%\s?\)|{_N}\s?[,/;]\s?%|n\s?\(percent(?:age)?s?\)|"
        rf"numbers?\s?\((?:%|percent(?:age)?s?)\)|"
     r"frequenc(?:y|ies)\s?\(%\)|counts?\s?\((?:%|percent(?:ages?)?)\)|(?:n|no\.?)\s?\[\s?%\s?\]"),
    ("mean sd", rf"(?:mean|average|x̄|m)\.?s?\s?(?:value)?,?\s?(?:±|\+/-|\+-)\s?\(?(?:{_SD})?\)?(?!\s?s\.?e)|"
        rf"mean\.?s?,?\s?[\(\[]\s?±?\s?(?:{_SD})\s?[\)\]]|"
     rf"mean\s?(?:and|,|/)\s?(?:{_SD})"),
    ("mean se", rf"mean\.?s?\s?(?:±|\+/-)\s?\(?(?:{_SE})\)?|mean\.?s?\s?[\(\[]\s?(?:{_SE})\s?[\)\]]"),
    ("median quartiles", rf"median\.?s?,?\s?(?:score|value|time)?,?\s?[\(\[,;]?\s?(?:and\s)?\(?\s?(?:{_IQR})\s?["
        rf"\)\]]?|median\s?[\(\[]\s?(?:{_IQR})|m\s?\(\s?(?:iqr|q1|p25|q25|q[rn]?)\b.{{0,12}}\)|"
     rf"^\s?(?:{_IQR})\s?$"),
    ("median range", rf"median\.?s?,?\s?[\(\[,;]?\s?(?:and\s)?\(?\s?(?:{_RANGE})\s?[\)\]]?"),
    ("percent", r"^\s?\(?%\)?\s?$|,\s?%\s?$|percent(?:age)?(?: of patients)?\s?$|\brate,?\s?\(?%\)?"),
    ("count", rf"^\s?{_N}\.?\s?$|,\s?(?:n|no\.?)\s?$|number of (?:patients|cases|events)\s?$|\(n\)\s?$"),
)  # fmt: skip
FORMS = tuple((form, Expression(pattern, re.IGNORECASE)) for form, pattern in _FORMS)

_WHOLE_NUMBER = r"(?P<n>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?![0-9.]*[0-9%])"
_COUNTED = (
    r"(?:patients?|pts?\.?|cases?|subjects?|participants?|individuals|persons|children|infants|women|men|eyes|controls)"
)
_SIZE = Expression(
    rf"(?<![A-Za-z])[\(\[]?\s?(?P<name>[nN]|[Nn]o\.|[Nn]umber)\s?(?:(?:=|:)\s?|(?:,\s?|\s)(?=[0-9,]+\s?(?:[\)\]]|$)))"
    rf"{_WHOLE_NUMBER}\s?{_COUNTED}?\s?[\)\]]?"
)
_SIZE_AT_END = Expression(
    rf"(?:[\(\[]\s?{_WHOLE_NUMBER}\s?{_COUNTED}?\s?[\)\]]|"
    rf"(?:^|(?<=[\s,;:/-])){_WHOLE_NUMBER.replace('<n>', '<m>')}\s{_COUNTED})\s?$"
)
_COHORT = Expression(
    rf"\b(?:of|in|for|among|from)\s(?:the\s|all\s|our\s|these\s)*{_WHOLE_NUMBER}\s(?:[a-z-]+\s){{0,3}}?{_COUNTED}\b"
    r"(?!\s(?:who|with available|of\b))"
)
_PEOPLE = Expression(rf"\b[0-9]+\s(?:of\b|(?:[a-z-]+\s){{0,3}}?{_COUNTED}\b)")
_SPANS = r"(?:days?|weeks?|wks?|months?|mo|years?|yrs?|y|h(?:ours?)?|min(?:utes?)?)\b"
_TREATMENT = r"(?:treatment|therapy|operati(?:on|ve(?:ly)?)|op|surgery|initiation|intervention|transplant(?:ation)?)\b"
_TIME = Expression(
    rf"\b(?:(?:at |after |before )?(?:baseline|pre-?\s?{_TREATMENT}|post-?\s?{_TREATMENT}|(?:before|"
    rf"after)(?: {_TREATMENT}|\s*$)|"
    r"last (?:visit|follow-?up)|final (?:visit|follow-?up)|(?:end of )?follow-?up|discharge|admission|enrol+ment|"
    r"end of (?:the )?(?:study|treatment))|"
    rf"(?:(?:at|after|by|over)\s)?(?<![0-9.])[0-9]+(?:\.[0-9]+)?(?:st|nd|rd|th)?(?:\s?(?:-|to|"
    rf"and)\s?[0-9]+)?[\s-]{_SPANS}|"
    r"(?:day|week|month|year|visit)s? [0-9]+\b|(?<!-)(?-i:[WMT][0-9]{1,2})\b|(?<=^)(?:pre|post)\b)",
    re.IGNORECASE,
)
_STATISTICS: tuple[tuple[str, str], ...] = (
    ("p", r"(?:adj(?:usted|\.)?|corrected|raw|two-sided|overall|unadjusted)?\s?p\s?[-.]?\s?(?:values?|"
        r"val\.?)?\s?(?:[0-9*†‡§#a-e]|for (?:trend|interaction|difference))?|sig(?:\.|nificance)?|"
     r"p(?: values?)?,? .{1,40}|.{1,40} p(?:[- ]values?)?|p\s?\(.{1,40}\)"),
    ("hazard_ratio", r"(?:adjusted |crude |weighted |unadjusted |multivariable |univariable )?(?:a|s)?(?:hr|"
        r"hazard ratios?|shr)\b.{0,40}"),
    ("odds_ratio", r"(?:adjusted |crude |unadjusted |multivariable |univariable )?(?:a|c)?(?:or|"
        r"odds ratios?)(?![a-z]).{0,40}"),
    ("risk_ratio", r"(?:adjusted |crude |unadjusted )?(?:a|c)?(?:rr|risk ratios?|relative risks?|rate ratios?|"
        r"irr)(?![a-z]).{0,40}"),
    ("mean_difference", r"(?!.*median)(?:adjusted )?(?:md|wmd|smd|mean differences?|differences?|"
        r"treatment effect|estimated? (?:treatment )?difference)(?![a-z]).{0,40}"),
    ("ci", r"(?:[0-9]{2}\s?%\s?)?(?:c\.?i\.?|confidence interval|boot(?:strap)?\.? ci)(?:\s?\(?[0-9]{2}\s?%\)?)"
        r"?(?: (?:for|of) .{1,20})?|[0-9]{2}\s?%\s?ci.{0,20}"),
    ("u", r"(?:mann[- ]whitney )?u(?: (?:value|statistic)s?)?"),
    ("w", r"(?:wilcoxon )?w(?: (?:value|statistic)s?)?"),
    ("z", r"z(?:[- ](?:values?|scores?|statistics?))?|wilcoxon z"),
    ("t", r"(?:student'?s? )?t(?:[- ](?:values?|statistics?|test))?"),
    ("f", r"f(?:[- ](?:values?|statistics?))?"),
    ("chi2", r"(?:χ|chi|x)\s?-?(?:²|2|squared?)(?:[- ](?:values?|test|statistics?))?|χ"),
    ("df", r"d\.?f\.?|degrees of freedom"),
    ("rho", r"(?:spearman'?s? )?(?:ρ|rho|rs|r_s)(?: (?:value|coefficient))?|spearman.{0,30}"),
    ("r", r"(?:pearson'?s? )?r(?:[- ](?:values?))?|correlation coefficients?(?: \(r\))?|pearson.{0,30}"),
    ("effect_size", r"effect size.{0,20}|cohen'?s? d|r \(effect size\)"),
    ("median_change", r"(?:median|hodges.lehmann) (?:change|difference|reduction|decrease|increase)s?.{0,40}"),
    ("mean_change", r"(?:mean )?(?:change|reduction|decrease)s?(?: from baseline)?(?:,? (?:mean )?[(\[].{0,25})?"),
    ("b", r"(?:unstandardi[sz]ed )?(?:regression )?coefficients?(?: \(?b\)?)?|b|(?:unstandardi[sz]ed )(?:b|β|"
        r"beta)|estimates?|coef\.?"),
    ("beta", r"standardi[sz]ed (?:regression )?coefficients?(?: \((?:β|beta)\))?|β|beta|standardi[sz]ed (?:β|beta)"),
    ("se", r"(?:std\.?|standard) ?err(?:ors?|\.)?|s\.?e\.?(?: \(b\))?"),
    ("adjusted_r_squared", r"adj(?:usted|\.)? r\s?(?:²|2|squared)"),
    ("r_squared", r"r\s?(?:²|2|squared)"),
    ("vif", r"vif|variance inflation factor|tolerance"),
)  # fmt: skip
_STATISTIC = tuple((name, Expression(pattern, re.IGNORECASE)) for name, pattern in _STATISTICS)
_MARKS = Expression(r"(?:[*†‡§#¶]+|\b[a-e]\b|[¹²³])\s?$")
_ONE = (
    r"(?:[kmµμnpfcd]?(?:g|l|L|mol|m|M|U|IU|eq|Eq|s|Pa)|ng|pg|IU|U|mmHg|mmH2O|cmH2O|%|°C|years?|yrs?|y|"
    r"months?|mo|weeks?|wk|days?|d|hours?|h|hr|min|minutes?|sec|s|points?|score|bpm|beats|pack[- ]years?|"
    r"kcal|10\^?[0-9]{1,2}|×? ?10\^?[0-9]{1,2}|dl|dL|ml|mL|m²|m2|H|IU|cells?|µl|μl|mm|cm|kg|lobes?|"
    r"predicted)"
)
_UNIT = Expression(
    rf"(?:[\(\[,]|\s(?=\S*/))\s?((?:% predicted|% pred\.?|{_ONE}(?:[ ]?[/·*.][ ]?{_ONE}){{0,3}}))\s?(?:[\)\]]|$|,)"
)


def form_of(words: str) -> Form | None:
    """Give the form that a label states ("Age, mean (SD)"), or nothing; the one stated last counts."""
    found: list[tuple[int, Form]] = []
    for form, pattern in FORMS:
        match = pattern.search(words)
        if match:
            found.append((match.start(), form))
    if not found:
        return None
    found.sort()
    return found[0][1]


def forms_in(words: str) -> tuple[Form, ...]:
    """Give every form that a caption or note names, in order."""
    found = {form: match.start() for form, pattern in FORMS[:6] if (match := pattern.search(words))}
    return tuple(sorted(found, key=lambda form: found[form]))


def stem_of(words: str) -> str:
    """Give a label without its form, unit, and footnote marks.

    >>> stem_of("Age (years), mean (S.D.)"), stem_of("CK, U/L"), stem_of("DM, no. (%)")
    ('Age', 'CK', 'DM')
    """
    out = words
    for form, pattern in FORMS:
        match = pattern.search(out)
        if match and match.start() > 0 and form not in ("range",):
            out = out[: match.start()]
    unit = unit_of(out)
    if unit:
        out = re.sub(rf"[\(\[,]\s?{re.escape(unit)}\s?[\)\]]?", "", out)
    out = _MARKS.sub("", out.strip(" ,;:([-"))
    return re.sub(r"\s+", " ", out).strip(" ,;:(-*") or words.strip()


def unit_of(words: str) -> str | None:
    """Give the unit that a label states in brackets or after a comma, or nothing."""
    for form, pattern in FORMS:
        words = pattern.sub(" ", words) if form != "percent" else words
    match = _UNIT.search(words)
    return match[1].strip() if match else None


def size_of(words: str, offset: int) -> Figure | None:
    """Give the group size that a heading at `offset` prints: (n = 28), N=28, (28 patients)."""
    match = _SIZE.search(words) or _SIZE_AT_END.search(words)
    if match is None:
        return None
    name = "n" if match["n"] is not None else "m"
    return Figure("count", Printed.parse(match[name]), offset + match.start(name), offset + match.end(name))


def caption_size(words: str, offset: int) -> Figure | None:
    """Give the number of patients of a caption: (n = 46), or in words ("of the 46 patients") if it tells only one."""
    if _SIZE.search(words) or len(_PEOPLE.findall(words)) == 0:
        return size_of(words, offset)
    found = list(_COHORT.finditer(words))
    if len(_PEOPLE.findall(words)) > 1:
        return None
    if len(found) != 1:
        return size_of(words, offset)
    start, end = found[0].span("n")
    return Figure("count", Printed.parse(found[0]["n"]), offset + start, offset + end)


def without_size(words: str) -> str:
    """Give a heading without its group size."""
    bare = re.sub(r"\s+", " ", _SIZE_AT_END.sub("", _SIZE.sub("", words))).strip(" ,;:(-")
    return bare.removesuffix(")").rstrip() if bare.count(")") > bare.count("(") else bare


def time_in(words: str) -> tuple[int, int] | None:
    """Give where a heading names a time ("Baseline", "12 months", "Week 4"), or nothing."""
    match = _TIME.search(words)
    return (match.start(), match.end()) if match else None


def statistic_of(words: str) -> str | None:
    """Give the statistic that a column heading names ("P value", "95% CI", "U"), or nothing."""
    bare = re.sub(r"\s+", " ", _MARKS.sub("", words)).strip(" .,;:*")
    if bare[:1] + bare[-1:] in ("[]", "()"):
        bare = bare[1:-1].strip()
    if not bare or len(bare) > 60:
        return None
    return next((name for name, pattern in _STATISTIC if pattern.fullmatch(bare)), None)
