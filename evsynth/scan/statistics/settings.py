"""Numbers that frame results: calendar windows, ages, ranges of scales, doses, limits of eligibility, follow-up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.scan.statistics.candidate import Candidate
from evsynth.scan.statistics.reported import Sort
from evsynth.scan.statistics.spelling import END, GAP, NUMBER, START, UNSIGNED, WORD, figure_at, figures
from evsynth.text.expressions import Expression

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
YEAR = r"(?:19|20)[0-9]{2}"
_DAY = r"[0-3]?[0-9](?:st|nd|rd|th)?"
_DATE = rf"(?:{_DAY}[ \n]+(?:of[ \n]+)?{MONTH},?[ \n]+|{MONTH}[ \n]+(?:{_DAY}[ \n]?,?[ \n]+)?|{MONTH},?[ \n]+)?"
_WINDOW = Expression(
    rf"{START}{_DATE}(?P<value>{YEAR})(?:{GAP}(?:-|to|and|until|till|through|"
    rf"up to){GAP}(?:the[ \n]+)?(?:end of[ \n]+)?){_DATE}(?P<value_to>{YEAR})(?![0-9])"
)
_FULL_DATE = Expression(
    rf"{START}(?:{_DAY}[ \n]{MONTH},?|{MONTH}[ \n]{_DAY},|{MONTH},?)[ \n]+(?P<value>{YEAR})(?![0-9-])|"
    rf"{START}(?P<year>{YEAR})-[01][0-9]-[0-3][0-9](?![0-9])"
)
_IN_YEAR = Expression(
    rf"\b(?:in|since|from|until|before|after|by|during)[ \n]+(?:the year[ \n]+)?(?P<value>{YEAR})(?![0-9A-Za-z-]"
    rf"|[ \n]?%|[ \n]+(?:patients|subjects))"
)
_LIMIT = (
    r"(?:≥|≤|<{G}=|>{G}=|<|>|at least|at most|more than|less than|greater than|under|over|above|below|"
    r"older than|younger than|up to|not exceeding|maximum(?: dose)? of|minimum of|no more than|"
    r"no less than|exceed(?:ing|ed)?)"
).replace("{G}", GAP)
_AGE = Expression(
    rf"(?:\b(?:aged?|ages)\b{GAP}(?:of{GAP}|between{GAP}|from{GAP}|was{GAP}|"
    rf"[:=]{GAP})?(?P<limit>{_LIMIT}{GAP})?(?P<value>[0-9]{{1,3}}(?:\.[0-9]+)?)(?:{GAP}(?:-|to|"
    rf"and){GAP}(?P<value_to>[0-9]{{1,3}}))?(?:{GAP}(?:years?|yrs?|y)\b)?"
    rf"|(?P<limit2>{_LIMIT}){GAP}(?P<value2>[0-9]{{1,3}}){GAP}(?:-{GAP})?(?:years?|yrs?)(?:{GAP}(?:old|"
    rf"of age))?|{START}(?P<value3>[0-9]{{1,3}})[- ]years?[- ](?:old|of age))"
)
_SCALE = Expression(
    rf"(?:scor(?:e|es|ed|ing)|grad(?:e|es|ed|ing)|scales?|rang(?:e|es|ed|ing)|rated|points?|values?|"
    rf"from)\b[^.;()\n0-9]{{0,60}}?(?:\((?:range|score)?{GAP}:?{GAP})?(?:(?:from|between|of|as|"
    rf"on a scale(?: of| from)?|range:?|ranging from)[ \n]+)?"
    rf"(?P<value>-?[0-9]{{1,3}}(?:\.[0-9])?)(?:{GAP}\([^()]{{1,30}}\))?{GAP}(?:-|to|"
    rf"and){GAP}(?P<value_to>[0-9]{{1,3}}(?:\.[0-9])?)(?![0-9%/]|\.[0-9]|{GAP}(?:%|mg|months?|years?|"
    rf"weeks?|days?|patients))"
)
_BARE_RANGE = Expression(
    rf"(?<![0-9.])(?P<value>[01]){GAP}(?:-|to){GAP}(?P<value_to>[0-9]{{1,3}})(?=[ \n]?(?:\)|;|,|\.(?![0-9])|points))"
)
_RANGE_OF = Expression(
    r"(?P<name>[A-Za-z][A-Za-z0-9-]*(?:[ \n]+[A-Za-z][A-Za-z0-9-]*){0,3})(?:[ \n]*\((?:[A-Za-z0-9-]{2,12},[ \n]"
    r"+|range:?[ \n]+|"
    r"[a-z]+[ \n]+items,[ \n]+)?|[ \n]+of[ \n]+)\Z"
)
_CHANGED = Expression(
    rf"(?P<verb>\b(?:chang|decreas|increas|improv|fell|fall|rose|ris|declin|reduc|drop|went|gone|worsen|grew|"
    rf"lower|elevat|taper|shorten|prolong)[a-z]*\b[^.;()0-9]{{0,50}}?)\bfrom[ \n]+(?:a[ \n]+)?(?:(?:mean|"
    rf"median|baseline)[ \n]+(?:of[ \n]+)?)?(?P<value>{NUMBER}){GAP}(?P<unit>%|"
    rf"[A-Za-z/µ]{{1,8}})?[^.;0-9]{{0,30}}?\bto[ \n]+(?P<value_to>{NUMBER}){END}"
)
_DOSE_UNIT = (
    r"(?:mg|µg|μg|mcg|g|IU|U|ng|ml|mL|mmol|kg)(?:{G}/{G}(?:kg|m²|m2|d|day|week|wk|month|h|ml|mL|L|dl|"
    r"dL|l|min|g))*(?:{G}(?:/{G}|per{G}|a{G}|every{G})(?:kg|day|d|week|month|dose|24{G}h))*(?:{G}(?:daily|"
    r"once daily|twice daily|bid|b\.i\.d\.|weekly|qd))?"
).replace("{G}", "[ \n]?")
_DOSE = Expression(
    rf"{START}(?P<limit>{_LIMIT}{GAP})?(?P<value>{UNSIGNED})(?:{GAP}(?:-|to|"
    rf"and){GAP}(?P<value_to>{UNSIGNED}))?{GAP}(?P<unit>{_DOSE_UNIT})(?![A-Za-z0-9])"
)
_SPAN = r"(?:days?|weeks?|wks?|months?|mo|years?|yrs?|hours?|h|hrs?|minutes?|mins?)"
_TIME = Expression(
    rf"{START}(?P<limit>{_LIMIT}{GAP})?(?P<value>{UNSIGNED}|(?i:\b{WORD}\b))(?:(?:th|st|nd|rd)\b)?(?:{GAP}(?:-|"
    rf"to|and|or){GAP}(?P<value_to>{UNSIGNED}))?[ \n-]{{0,3}}(?P<unit>{_SPAN})(?![A-Za-z])"
)
_TIMES = Expression(
    rf"{START}(?:{UNSIGNED}-?{GAP}(?:,{GAP}(?:and{GAP}|or{GAP})?|and{GAP}|"
    rf"or{GAP})){{1,6}}{UNSIGNED}[ \n-]{{0,3}}(?P<unit>{_SPAN})(?![A-Za-z])"
)
_EACH = Expression(UNSIGNED)
_VERSUS = Expression(
    rf"{START}(?P<value>{NUMBER}){GAP}(?:{_SPAN}{GAP})?(?:vs\.?|versus|v\.?|compared[ \n]+(?:with|"
    rf"to)){GAP}(?P<value_to>{NUMBER}){END}(?:{GAP}(?P<unit>{_SPAN}|[A-Za-z/%]{{1,10}}))?"
)
_PAIRED = Expression(
    rf"{START}(?P<value>{UNSIGNED}){GAP}(?:,{GAP}(?P<middle>{UNSIGNED}){GAP},?{GAP})?and{GAP}(?P<value_to>"
    rf"{UNSIGNED}){END}(?=[^.;]{{0,140}}\brespectively)"
)
_SEX_RATIO = Expression(
    rf"\b(?:male|M|m)s?{GAP}(?:[:/]|to){GAP}(?:female|F|f)s?(?:[ \n]+ratio)?{GAP}(?:[=:,]|was|"
    rf"of)?{GAP}(?P<value>{UNSIGNED}){GAP}(?:[:/]|to){GAP}(?P<value_to>{UNSIGNED})"
)
_LIMIT_ALONE = Expression(rf"(?P<limit>{_LIMIT}){GAP}(?P<value>{NUMBER}){END}{GAP}(?P<unit>%|[A-Za-z/µ]{{1,10}})?")


def settings(prose: str) -> Iterator[Candidate]:
    """Find windows, dates, ages, scale ranges, doses, durations, limits. `measure` is the unit, `label` the limit."""
    for match in _WINDOW.finditer(prose):
        yield Candidate("window", figures(match), match.start(), match.end(), None, _words(match))
    for match in _FULL_DATE.finditer(prose):
        found = figures(match) if match["value"] else ()
        yield Candidate("date", found, match.start(), match.end(), None, _words(match))
    for match in _IN_YEAR.finditer(prose):
        yield Candidate("date", figures(match), match.start("value"), match.end(), None, match["value"])
    for match in _DOSE.finditer(prose):
        yield Candidate(
            "dose", figures(match), match.start(), match.end(), " ".join(match["unit"].split()), _limit(match["limit"])
        )
    for match in _AGE.finditer(prose):
        limit = _limit(match["limit"] or match["limit2"])
        group = next(name for name in ("value", "value2", "value3") if match[name])
        found = tuple(
            f
            for f in (
                figure_at("value", prose, match.start(group), match.end(group)),
                figure_at("value_to", prose, match.start("value_to"), match.end("value_to"))
                if match["value_to"]
                else None,
            )
            if f is not None
        )
        yield Candidate("eligibility" if limit else "age", found, match.start(), match.end(), "years", limit)
    for match in _SEX_RATIO.finditer(prose):
        yield Candidate("value", figures(match), match.start(), match.end(), "sex ratio", _words(match))
    for match in _VERSUS.finditer(prose):
        unit = match["unit"] if match["unit"] else None
        yield Candidate("value", figures(match), match.start(), match.end(), "versus", unit or "")
    for match in _CHANGED.finditer(prose):
        yield Candidate("value", figures(match), match.start("value"), match.end(), "from to", _words(match))
    for match in _SCALE.finditer(prose):
        found = figures(match)
        if len(found) == 2 and found[0].printed.value < found[1].printed.value:
            yield Candidate("score range", found, match.start(), match.end(), None, _words(match))
    for match in _BARE_RANGE.finditer(prose):
        found = figures(match)
        reach = max(0, match.start() - 120)
        named = _RANGE_OF.search(prose[reach : match.start()])
        if named and found[0].printed.value < found[1].printed.value:
            words = " ".join(named["name"].split())
            yield Candidate("score range", found, reach + named.start(), match.end(), None, words)
    for match in _TIMES.finditer(prose):
        each = (
            figure_at("value", prose, m.start(), m.end())
            for m in _EACH.finditer(prose, match.start(), match.start("unit"))
        )
        yield Candidate("time", tuple(f for f in each if f), match.start(), match.end(), match["unit"], "")
    for match in _TIME.finditer(prose):
        before = prose[max(0, match.start() - 60) : match.start()].lower()
        sort: Sort = (
            "follow-up"
            if re.search(r"follow(?:ed)?[- ]?up|followed", before + prose[match.end() : match.end() + 25].lower())
            else "time"
        )
        if match["limit"]:
            sort = "eligibility"
        yield Candidate(sort, figures(match), match.start(), match.end(), match["unit"], _limit(match["limit"]))
    for match in _PAIRED.finditer(prose):
        for group in ("value", "middle", "value_to"):
            if match[group]:
                figure = figure_at("value", prose, match.start(group), match.end(group))
                found = (figure,) if figure else ()
                yield Candidate("value", found, match.start(group), match.end(group), "respectively", "")
    for match in _LIMIT_ALONE.finditer(prose):
        yield Candidate(
            "eligibility", figures(match), match.start(), match.end("value"), match["unit"], _limit(match["limit"])
        )


def _words(match: re.Match[str]) -> str:
    return " ".join(match[0].split())


def _limit(text: str | None) -> str:
    return " ".join((text or "").split())
