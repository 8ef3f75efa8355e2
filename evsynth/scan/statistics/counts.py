"""Counts of patients, fractions and percentages in running text, in digits and as number words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.scan.parts import Phrase
from evsynth.scan.statistics.candidate import Candidate
from evsynth.scan.statistics.reported import Sort
from evsynth.scan.statistics.spelling import (
    CLOSE,
    COUNT,
    END,
    GAP,
    NUMBER,
    OPEN,
    START,
    UNSIGNED,
    WHOLE,
    WORD,
    figure_at,
    figures,
)
from evsynth.text.expressions import Expression

PEOPLE = (
    r"(?:patients?|subjects?|participants?|individuals?|adults?|children|women|men|females?|males?|controls?|"
    r"cases?|persons?|people|"
    r"volunteers?|responders?|non-?responders?|survivors?|eyes?|deaths?|events?|episodes?|infections?|"
    r"relapses?|births?|infants?|boys|girls|smokers?|"
    r"never-smokers|ex-smokers|donors?|recipients?|of them|of these|of whom|of those)"
)
_UNITS = (
    r"(?:months?|years?|weeks?|days?|hours?|h|mins?|minutes?|mg|kg|g|ml|mL|ng|cm|mm|points?|times|fold|"
    r"different|groups?|and|or|to|than|vs|in|of)\b"
)
_KIND = r"(?:(?!{U})(?:[A-Za-z][A-Za-z0-9'/+-]*)[ \n]+){0,4}?".replace("{U}", _UNITS)
"""Up to four words before the people: "consecutive IIM-ILD patients"."""

_PATTERNS: tuple[tuple[Sort, Expression], ...] = (
    ("fraction", Expression(
        rf"{START}(?P<count>{COUNT}){GAP}(?:(?:{PEOPLE}){GAP})?(?:/|(?:of|out of|from|among)\b)(?:{GAP}(?:the|"
            rf"all|our|these|a total of))?{GAP}(?P<of>{COUNT})(?:[ \n]+[A-Za-z][A-Za-z0-9'/+-]*){{0,5}}?{GAP}"
        rf"(?:{OPEN}|,|;|=){GAP}(?P<percent>{UNSIGNED}){GAP}(?:%|per ?cent)")),
    ("count percent", Expression(
        rf"{START}(?P<count>{COUNT})(?P<who>(?:[ \n]+(?!(?:and|or|vs|versus|to|"
            rf"than)\b)[A-Za-z][A-Za-z0-9'/+-]*){{0,8}}){GAP}{OPEN}{GAP}(?P<percent>{UNSIGNED}){GAP}(?:%|"
            rf"per ?cent)(?!{GAP}(?:-{GAP})?C\.?I)(?!{GAP}of\b)(?!{GAP}(?:-|to){GAP}[0-9])")),
    ("count percent", Expression(
        rf"{OPEN}{GAP}(?:(?:n|N|no\.?){GAP}[=:]{GAP})?(?P<count>{WHOLE}){GAP}(?:{PEOPLE})?{GAP}[,;/:]{GAP}(?P<pe"
            rf"rcent>{UNSIGNED}){GAP}(?:%|per ?cent)")),
    ("count percent", Expression(
        rf"\b[nN]{GAP}={GAP}(?P<count>{WHOLE}){GAP}{OPEN}{GAP}(?P<percent>{UNSIGNED}){GAP}%")),
    ("count percent", Expression(
        rf"{START}(?P<percent>{UNSIGNED}){GAP}(?:%|per ?cent){GAP}(?:[A-Za-z-]+{GAP}){{0,3}}{OPEN}{GAP}(?:(?:n|"
            rf"N){GAP}[=:]{GAP})?(?P<count>{WHOLE})(?:{GAP}(?:/|of|out of){GAP}(?:the{GAP})?(?P<of>{WHOLE}))?{GAP}("
            rf"?:{PEOPLE}{GAP})?(?:{CLOSE}|;|,(?!{GAP}[0-9]))")),
    ("fraction", Expression(
        rf"{START}(?P<count>{COUNT})(?:[ \n]{PEOPLE})?[ \n]+(?:(?:of|out of)(?:[ \n]+(?:the|all|our|these|"
            rf"a total of))?)[ \n]+(?P<of>{COUNT})(?=[ \n]+|[.,;)\]]){END}(?!{GAP}%|{GAP}(?:mg|ml|g|months?|years?|"
            rf"weeks?|days?)\b)")),
    ("fraction", Expression(
        rf"{START}(?P<count>{WHOLE}){GAP}/{GAP}(?P<of>{WHOLE})(?![/A-Za-z0-9]|\.[0-9]|{GAP}(?:mmHg|mg|ml|years?))")),
)  # fmt: skip
_SIZE = Expression(rf"(?<![A-Za-z])[nN]{GAP}={GAP}(?P<count>{WHOLE}){END}")
_PEOPLE = Expression(
    rf"{START}(?P<count>{COUNT})[ \n]+(?P<who>{_KIND}{PEOPLE})\b(?![ \n]?(?:-years?|/))(?=(?P<after>[^.;]{{0,200}}))",
    re.IGNORECASE,
)
_NONE = Expression(rf"\b(?P<word>[Nn]one of (?:the |these |our )?{_KIND}{PEOPLE}|[Nn]o (?:{_KIND}){PEOPLE})\b")
_PERCENT = Expression(
    rf"(?P<limit>(?:≥|≤|<|>|at least|more than|less than|up to|over|below|above){GAP})?{START}(?P<percent>{NUMBER})"
    rf"{GAP}(?:%|per ?cent\b)(?!{GAP}-?{GAP}(?:(?:[A-Za-z]+\.?)[ ])?(?:C\.?I\.?|confidence|CrI|credible|prediction)\b)"
)
_IN_WORDS = Expression(rf"(?<![A-Za-z-])(?P<percent>(?i:{WORD}))[ \n](?:%|per[ ]?cent\b)")
_RANGE_PERCENT = Expression(rf"{START}(?P<value>{UNSIGNED}){GAP}%?{GAP}(?:-|to){GAP}(?P<value_to>{UNSIGNED}){GAP}%")
_VERSUS = rf"(?:vs\.?|versus|v\.?|compared[ \n]+(?:with|to)|and|or){GAP}"
_TWO_PERCENT = Expression(
    rf"{START}(?P<percent>{UNSIGNED}){GAP}%?{GAP}(?:\([^()]{{1,25}}\){GAP})?{_VERSUS}(?P<value_to>{UNSIGNED}){GAP}%"
)
_ASSIGNED = Expression(
    rf"{START}(?P<count>{WHOLE})[ \n]+(?:were[ \n]+)?(?:randomly[ \n]+)?(?:assigned[ \n]+|"
    rf"allocated[ \n]+)?(?:in|to|into|receiv(?:ed|ing)|on)[ \n]+(?:the[ \n]+)?(?P<who>(?:[\w+/-]+[ \n]+){{1"
    rf",5}}?(?:group|arm|cohort))\b"
)
_VERBS = Expression(
    rf"{START}(?P<count>{COUNT})[ \n]+(?P<who>(?:(?:also|subsequently|later|eventually|finally|still|"
    rf"only)[ \n]+)?(?:were|was|had|have|has|did|died|underwent|developed|received|achieved|experienced|"
    rf"showed|responded|completed|discontinued|required|remained|withdrew|obtained|improved|relapsed|"
    rf"survived|presented|reported|met|failed|refused|dropped|progressed|recovered|needed|stopped|"
    rf"exhibited|demonstrated|declined|suffered|tested))\b"
)
_IN = Expression(
    rf"(?:^|[,;:(][ \n]*(?:and[ \n]+)?|\band[ \n]+)(?P<what>[A-Za-z][A-Za-z0-9/' \n-]{{2,60}}?)[ \n]+in[ \n]+(?P"
    rf"<count>{COUNT}){END}(?=[ \n]*(?:[,;.)(]|and\b|\())(?!{GAP}\({GAP}[0-9.]+{GAP}%)"
)
_SHARE_OF = Expression(
    rf"{START}(?P<percent>{UNSIGNED}){GAP}%{GAP}(?:of|out of){GAP}(?:the{GAP}|all{GAP})?(?P<of>{WHOLE}){END}"
)
_RANDOMISED = Expression(
    rf"{START}(?P<count>{WHOLE})[ \n]+(?:{PEOPLE}[ \n]+)?(?:were[ \n]+)?(?:assigned[ \n]+|allocated[ \n]+|"
    rf"randomi[sz]ed[ \n]+)?to[ \n]+(?:receive[ \n]+|the[ \n]+)?(?P<who>(?!(?:the|a|be|have)\b)"
    rf"[a-z][\w-]+(?:[ \n]+(?!and\b|or\b)[a-z][\w-]+){{0,2}})(?=[ \n]*(?:[,;.)(]|and\b|or\b))"
)
_CHANCE = Expression(r"randomi|assign|allocat", re.IGNORECASE)
_TOTAL_OF = Expression(
    rf"\b(?:[Aa][ \n]+)?[Tt]otal(?:[ \n]+number)?[ \n]+of[ \n]+(?P<count>{COUNT}){END}(?!{GAP}%)(?:[ \n]+(?P<who"
    rf">{_KIND}[a-z]+))?"
)
_THINGS = Expression(rf"{START}(?P<count>{WHOLE})[ \n]+(?P<who>{_KIND}(?!{_UNITS})[a-z]{{3,}}s)\b(?!{GAP}[-/])")
_ENROLLED = Expression(
    r"^(?:[ \n,]*(?:who|with|treated|receiving|in|from|diagnosed|fulfilling|"
    r"meeting)[^.;]{0,160})?[ \n]+(?:were|was|had been|have been)[ \n]+(?:[a-z]+ly[ \n]+)?"
    r"(?:enrol|includ|recruit|randomi|assign|allocat|analy[sz]ed|identified|screened|studied|eligible|"
    r"retrospectively|prospectively)"
)
_IN_GROUP = Expression(
    r"^[ \n]+(?:were[ \n]+)?(?:assigned[ \n]+|allocated[ \n]+|randomi[sz]ed[ \n]+|included[ \n]+)?(?:in|to|"
    r"into)[ \n]+(?:the[ \n]+)?(?:[\w+/-]+[ \n]+){1,5}?(?:group|arm|cohort)\b|"
    r"^[ \n]+(?:who[ \n]+)?(?:were[ \n]+)?(?:treated[ \n]+with|receiv(?:ed|ing)|given|taking|on)[ \n]+"
)
_TOTAL = Expression(
    r"(?:total of|compris(?:ed|ing)|consist(?:ed|ing) of|includ(?:ed|ing)|enrol+ed|recruited|records of|"
    r"data (?:of|from))[ \n]+(?:the[ \n]+)?(?:all[ \n]+)?\Z"
)


def counts(prose: str) -> Iterator[Candidate]:
    """Find counts, fractions, percentages and group sizes."""
    for sort, pattern in _PATTERNS:
        for match in pattern.finditer(prose):
            found = figures(match)
            values = {figure.statistic: figure.printed.value for figure in found}
            if "of" in values and values.get("count", 0) > values["of"]:
                continue
            if "percent" in values and (values["percent"] > 100 or len(values) < 2):
                continue
            if _year(match, "count", prose) and "percent" not in values:
                continue
            named: Sort = "count percent" if "percent" in values else sort
            yield Candidate(named, found, match.start(), _closed(match), None, "")
    for match in _SIZE.finditer(prose):
        yield Candidate("group size", figures(match), match.start(), match.end(), None, "n")
    for match in _IN_WORDS.finditer(prose):
        yield Candidate("percent", figures(match), match.start(), match.end(), None, "%")
    for match in _PEOPLE.finditer(prose):
        if _year(match, "count", prose):
            continue
        after, before = match["after"], prose[max(0, match.start() - 40) : match.start()]
        size = _ENROLLED.match(after) or _IN_GROUP.match(after) or _TOTAL.search(before)
        sort = "group size" if size else "count"
        yield Candidate(sort, figures(match), match.start(), match.end("who"), None, " ".join(match["who"].split()))
    for pattern, sort in ((_ASSIGNED, "group size"), (_TOTAL_OF, "count"), (_VERBS, "count")):
        for match in pattern.finditer(prose):
            if not _year(match, "count", prose):
                what: Sort = "group size" if sort == "group size" else "count"
                yield Candidate(
                    what, figures(match), match.start(), match.end(), None, " ".join((match["who"] or "").split())
                )
    for match in _RANDOMISED.finditer(prose):
        if _CHANCE.search(prose[max(0, match.start() - 150) : match.end()]):
            who = Phrase(" ".join(match["who"].split()), match.start("who"), match.end("who"))
            yield Candidate("group size", figures(match), match.start(), match.end("count"), None, "", None, who)
    for match in _IN.finditer(prose):
        if not _year(match, "count", prose):
            yield Candidate(
                "count", figures(match), match.start("count"), match.end(), "in", " ".join(match["what"].split())
            )
    for match in _SHARE_OF.finditer(prose):
        yield Candidate("percent", figures(match), match.start(), match.end(), "of", "%")
    for match in _TWO_PERCENT.finditer(prose):
        for group in ("percent", "value_to"):
            figure = figure_at("percent", prose, match.start(group), match.end(group))
            if figure is not None:
                yield Candidate("percent", (figure,), match.start(group), match.end(group), None, "%")
    for match in _THINGS.finditer(prose):
        if not _year(match, "count", prose):
            yield Candidate(
                "count", figures(match), match.start(), match.end(), "things", " ".join(match["who"].split())
            )
    for match in _RANGE_PERCENT.finditer(prose):
        yield Candidate("range", figures(match), match.start(), match.end(), "percent", "%")
    for match in _PERCENT.finditer(prose):
        limit = " ".join((match["limit"] or "").split())
        yield Candidate("percent", figures(match), match.start(), match.end(), "limit" if limit else None, limit)


def none_of(prose: str) -> Iterator[Candidate]:
    """Find "none of the patients" and "no patients": a count of zero without a digit."""
    for match in _NONE.finditer(prose):
        yield Candidate("count", (), match.start(), match.end(), "none", " ".join(match["word"].split()))


_BEFORE_YEAR = Expression(
    r"(?:\b(?:in|from|to|since|until|till|and|or|before|after|during|between|by|through|early|late|mid|of|"
    r"the years?|year|spring|summer|autumn|fall|winter|Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|"
    r"June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?|[-/(]|\b[0-3]?[0-9],|"
    r"[A-Za-z],|(?:19|20)[0-9]{2}[a-z]?,)[ \n]*\Z",
    re.IGNORECASE,
)
_VERB_NEXT = Expression(
    r"[ \n]+(?:(?:also|only|still|finally)[ \n]+)?(?:were|was|had|have|has|did|we|who|and|a|an|the)\b"
)
_PEOPLE_NEXT = Expression(rf"[ \n]+(?:[a-z-]+[ \n]+){{0,2}}?{PEOPLE}\b")
_TOTAL_BEFORE = Expression(
    r"\b(?:total|number|sample|cohort|out|population|set)(?: size)? of (?:the )?\Z", re.IGNORECASE
)


def _year(match: re.Match[str], group: str, prose: str) -> bool:
    """Say whether a four-digit number is, or can be, a calendar year ("seen in 2014 patients were …"), not a count.

    With no word for people after it ("2022 were analysed") nothing tells, and no count is made of it.
    """
    text = match[group]
    if not (len(text) == 4 and text.isdigit() and 1950 <= int(text) <= 2049):
        return False
    before = prose[max(0, match.start(group) - 24) : match.start(group)]
    if _TOTAL_BEFORE.search(before) or re.search(r"\b[nN] ?= ?\Z", before):
        return False
    after = prose[match.end(group) : match.end(group) + 60]
    if _BEFORE_YEAR.search(before) or _VERB_NEXT.match(after):
        return True
    return bool(
        re.match(r"[ \n]+[A-Z]", after) or re.search(r"\b(?:the|this)[ \n]+\Z", before)
    ) and not _PEOPLE_NEXT.match(after)


def _closed(match: re.Match[str]) -> int:
    """Give the end with the bracket that closes it, and not one that was never opened."""
    end, text = match.end(), match[0]
    opened = sum(text.count(c) for c in "([{") - sum(text.count(c) for c in ")]}")
    if opened > 0:
        rest = re.match(r"[ \n]{0,3}[\)\]\}]", match.string[end : end + 5])
        return end + rest.end() if rest else end
    if opened < 0 or text[-1] in ";,":
        return end - 1
    return end
