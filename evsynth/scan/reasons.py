"""Numbers that are no result of the document, each with the class that says so; only classes that are sure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from evsynth.scan.document import Document
from evsynth.scan.parts import Role
from evsynth.scan.plain import fold
from evsynth.text.expressions import Expression


class Reason(NamedTuple):
    """A stretch of text whose numbers are not results, and why."""

    start: int
    end: int
    because: str


_IDENTIFIER = Expression(
    r"https?://[^\s)>\]]+|\bwww\.[^\s)>\]]+|\b10\.[0-9]{4,9}/[^\s,;)\]]+|\b[\w.+-]+@[\w-]+\.[\w.]+|\bPM(?:ID|"
        r"CID):? ?[A-Z0-9]+|\bPMC[0-9]+|"
    r"\b(?:NCT|ChiCTR|ISRCTN|UMIN|ACTRN|DRKS|CTRI|IRCT|KCT|TCTR|jRCT|JapicCTI|EUCTR|RBR|CRD|NTR|"
        r"NL)[- ]?[A-Z]{0,4}[- ]?[0-9][0-9A-Za-z/-]{3,}|"
    r"\bEudraCT[^0-9\n]{0,12}[0-9-]+|\b(?:approval|ethics|protocol|reference|registration|licen[cs]e|grant|"
        r"project|contract|award|identifier|permit|document)s?"
    r"(?: (?:no|number|nr|id|code)s?)?\.? ?[.:#]{0,2} ?[A-Z]{0,6}[-/ ]?[0-9][0-9A-Za-z/()-]{2,}|"
        r"\([0-9]{4}/[0-9][^)\n]{0,15}\)|\bISBN[ :0-9X-]+|\b[0-9]{4}-[0-9]{3}[0-9X]\b|"
    r"\b(?:cat(?:alog(?:ue)?)?|lot|code)\.? ?(?:no\.?|number)? ?[:#]? ?[A-Z0-9-]*[0-9][A-Z0-9-]*|"
        r"\bORCID[: ]*[0-9X-]+", re.IGNORECASE
)  # fmt: skip
_NAMED = (
    r"(?:(?:supplement(?:ary|al)?|suppl?\.?|appendix|extended data|online)[ \n]{1,3})?(?:tab(?:le|\.)|"
    r"fig(?:ure|\.)?|section|sect\.|panel|box|equation|eq\.|appendix|chapter|part|ref(?:erence|\.)?|"
    r"scheme|video|file|data ?set|step|model|criterion|question|item|domain|visit)s?"
)
_TABLE_NUMBER = Expression(
    rf"(?<![A-Za-z]){_NAMED}[ \n]{{0,3}}(?:no\.? ?)?[A-Z]?[0-9]{{1,2}}(?![0-9.%]*[0-9%])[A-Za-z]{{0,2}}(?:[ \n]?"
    rf"(?:,|-|and|&|to|;)[ \n]?(?:{_NAMED}[ \n]?)?[A-Z]?[0-9]{{1,2}}[A-Za-z]?(?![0-9.%]*[0-9%]|"
    rf"[ \n]?(?:patients|months|years|%)))*",
    re.IGNORECASE,
)
_AUTHOR_YEAR = Expression(
    r"\b[A-Z][\w'.-]+(?:(?:,? (?:and|&) |, )[A-Z][\w'.-]+| [A-Z]{1,3}\b)*(?:,? et al\.?)?,? ?\(?(?:19|"
    r"20)[0-9]{2}[a-z]?\)?(?:, ?(?:19|20)[0-9]{2}[a-z]?)*"
)
_AUTHORS = Expression(r"et al|,\s*(?:19|20)[0-9]{2}|\((?:19|20)[0-9]{2}[a-z]?\)")
_MONTHS = Expression(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Spring|Summer|"
    r"Autumn|Winter|In|From|Since|Between|By|During|Until|After|Before|Version|Office|Windows|Excel)\b"
)
_SQUARE = Expression(r"\[[0-9]{1,3}(?: ?(?:[,;]|-) ?[0-9]{1,3})*\]")
_ROUND = Expression(r"(?<=[A-Za-z.,\"'”%)])[ \n]?\((?P<all>[0-9]{1,3}(?: ?(?:[,;]|-) ?[0-9]{1,3})*)\)(?=[\s.,;:)]|$)")
_RAISED = Expression(r"<sup>[^<\n]{0,60}</sup>", re.IGNORECASE)
_MARKUP = Expression(
    r"</?(?:table|t[rdh]|thead|tbody|tfoot|col|colgroup|h[1-6]|p|div|span|font|a|img)\b[^<>\n]{0,300}>", re.IGNORECASE
)
_LEFT_NAME = Expression(r"(?:[A-Za-zα-ωΑ-Ωµ]|[A-Za-z]{1,15}-|[α-ω]-?|_\{?)\Z")
_LOCANT = Expression(r"-\[?[0-9]?[A-Z]+\]?-[a-z]")
_LETTER = Expression(r"(?:^|[^A-Za-z-])[A-MO-Za-mo-z]\Z")
"""A single letter other than n before a small number without a space: P1, R2, T4."""
_NOT_NAMES = Expression(
    r"(?:^|[^A-Za-z])(?:n|p|r|b|t|z|f|day|week|month|year|grade|stage|score|visit|aged?|from|to|and|of|in|by|"
    r"at|the|pre|post|mid|non|low|high|first|second|x|vs|mg|kg|ml|is|was|or|ci|hr|rr|sd|se|iqr|md|range|mean|"
    r"median|ratio)-?\Z",
    re.IGNORECASE,
)
_RIGHT_NAME = Expression(
    r"(?:-(?:French|methyl|phenyl|hydroxy|amino|fluoro|chloro|oxo|beta|alpha|O|N|H)\b|(?!(?:mg|µg|μg|mcg|kg|g|"
    r"ng|pg|ml|mL|l|L|dl|dL|cm|mm|m|h|hr|hrs|d|days?|months?|mo|years?|yrs?|y|weeks?|wk|min|s|th|st|nd|rd|"
    r"x|fold|pts?|e|U|IU|bpm|k|K|M|HU|Gy|Hz|kPa|mmHg|to|and|v|vs|versus|patients?|cases|C|"
    r"°)(?![A-Za-z]))[A-Za-z]{1,12})"
)
_GRADE = Expression(
    r"(?<![0-9][ -])\b(?:grades?|stages?|class|types?|phase|days?|weeks?|months?|years?|visits?|groups?|arms?|"
    r"cohorts?|(?:m|e)?TICI(?: grades?| scores?)?|mRS(?: scores?)?|modified Rankin Scale(?: scores?)?,?|"
    r"NYHA(?: class)?|ECOG(?: PS)?|ASA|Child-Pugh|GOLD|part)"
    r"[ \n]?(?:of )?[<>≤≥=]?[ \n]?[0-9]{1,2}[a-c]?(?:[ \n]?(?:-|/|,|and|or|"
    r"to)[ \n]?[0-9]{1,2}[a-c]?(?![0-9.%/]))*(?![0-9.%,]*[0-9%]|[ \n]?(?:patients|%|months|weeks|days|"
    r"years|participants|subjects|cases))",
    re.IGNORECASE,
)
_SURE_NAMES = Expression(
    r"\b[0-9]{1,3}-(?:item|zone|point|lead|way|tailed|sided|arm|step|stage|level|hydroxy|OH)\b|\b(?:19|"
    r"20)[0-9]{2}(?= (?:(?-i:[A-Z]{2,}[A-Z/-]*)|criteria|guidelines?|version|revision|classification|update|"
    r"definition|statement|consensus))|\b(?:type|phase|gene|Windows|COVID|SARS-CoV|cluster|zone|chapter|"
    r"Factor|Subject|complement|interferon|interleukin|vitamin|omega|coenzyme|hepatitis|HbA|"
    r"H)[ -]?[0-9]{1,3}[a-c]?\b|\b6-min(?:ute)?[ -]walk|\bT-?[1-4] ?weighted|\bSF-?(?:36|12)|"
    r"\b1[- ]?:[- ]?[0-9]{1,3}(?= (?:match|ratio|random))",
    re.IGNORECASE,
)
_SOFTWARE = Expression(
    r"\b(?:version|ver\.|release)[ \n]?[0-9]+(?:\.[0-9]+)*|\bv\.?[0-9]+(?:\.[0-9]+)*|\b(?:SPSS|Stata|SAS|R|"
        r"Prism|MATLAB|Python|"
        r"Excel|MedCalc|RevMan|EZR|JMP|STATA|Statistics|GraphPad Prism|REDCap|ImageJ|"
        r"G\*Power)(?: (?:statistics|software|for Windows|version|v\.?|release))?,?[ \n][0-9]+(?:\.[0-9]+){0,3"
        r"}(?=[ ,;)\n(]|\.[ \n])", re.IGNORECASE
)  # fmt: skip
_COPYRIGHT = Expression(r"(?:©|\(c\)|copyright)[^\n]{0,20}(?:19|20)[0-9]{2}|CC[ -]BY[^\s]*[ ]?[0-9.]+", re.IGNORECASE)
_LEVEL = Expression(
    r"[0-9]{2}(?:\.[0-9])?[ \n]?%[ \n]?-?(?:[A-Za-z]+\.? ?)?(?:C\.?I|confidence|CrI|credible|prediction interval)",
    re.IGNORECASE,
)
_PAGE = Expression(r"\bpages?[ ]+[0-9]{1,4}(?:[ ]+of[ ]+[0-9]{1,4})?", re.IGNORECASE)
_AFTER_STOP = Expression(r"(?<=[a-z)][.,;])[0-9]{1,3}(?:[,-][0-9]{1,3})*(?=\s+[A-Z]|\s*\n\s*\n)")
"""Raised reference marks that became plain digits: "common.1,2 Mortality"."""
_STATISTIC = Expression(
    r"(?<![A-Za-z0-9])(?:[Rr]|χ|X|[Cc]hi|[Ii])[ -]?\^?2(?=[ \n]*(?:[=:(,;<>)]|of\b|was\b|test|statistic|value))|"
    r"χ[ ]?\^?2(?=[ \n]+[0-9]*\.[0-9])|\bQ[1-3]\b|\b[PpQ](?:25|50|75)\b|"
    r"(?<![A-Za-z0-9])[PT][0-9](?=[ \n]?[;,:)]|[ \n]*(?:represents|denotes|indicates|is|for)\b)"
)
_FREEDOM = Expression(
    r"(?<![A-Za-z])(?:t_?(?P<t>[0-9]{2,4}(?:\.[0-9]+)?)|F_?(?P<f>[0-9]{1,3}),[ ]?(?P<f2>[0-9]{1,4}(?:\.[0-9]+)?))"
    r"(?=[ \n]?[=:][ \n]?-?[0-9.])|(?<=[0-9])[eE]-[0-9]{1,3}\b"
)
"""Degrees of freedom set below the letter of a test (t48 = 2.1, F2,57 = 3.4), and powers of ten (1.2E-05)."""
_LIST = Expression(r"(?:(?<=[\s;:,.])|^)\(?(?P<n>[1-9]|1[0-9])\)(?=[ ]+[A-Za-z])")
_MARK_MEANING = Expression(r"[*†‡§#¶]{1,4}[ ,:;()\\$]{0,6}[pP][ \n]?(?:values?)?[ \n]?[<>≤=][ \n]?0?\.[0-9]+")
_PANEL_PERCENTILES = Expression(
    r"[0-9]{1,2}(?:th|st|nd|rd)?(?:[ \n](?:and|to|-)[ \n]|-|,[ ]?)[0-9]{1,2}(?:th|st|nd|rd)?[ \n]percentiles?"
)
_CHANGE_OF_UNIT = Expression(
    r"/[ ]?1\.73\b|\b10(?=[⁰¹²³⁴⁵⁶⁷⁸⁹])|(?<=[a-z])\([23]\)|[x×][ \n]?10[ \n]?\^?[0-9]{1,2}(?=[ \n]?/)|"
    r"\b10[ \n]?\^[0-9]{1,2}"
)

_ROLES: dict[Role, str] = {
    "references": "reference list",
    "front matter": "front matter: authors, addresses, dates and identifiers of the article",
    "back matter": "statements after the article: funding, contributions, licence",
    "field": "field of the record that holds no result",
    "registration": "registration of the trial",
    "keywords": "key words",
}


@lru_cache(maxsize=16)
def reasons(document: Document) -> tuple[Reason, ...]:
    """List the stretches whose numbers are no results, in order of certainty; a number has the first that covers it."""
    found = [*_places(document), *_texts(document), *_names(document)]
    return tuple(found)


def _places(document: Document) -> Iterator[Reason]:
    for section in document.sections:
        because = _ROLES.get(section.role)
        if because:
            drawn = [(x.start, x.end) for x in document.legends if section.start <= x.start < section.end]
            position = section.start
            for start, end in drawn:
                yield Reason(position, start, because)
                position = end
            if position < section.end:
                yield Reason(position, section.end, because)
        number = re.match(r"[#\s]*[0-9IVX]+(?:\.[0-9]+)*\.?(?=\s)", document.plain[section.start : section.body])
        if number:
            yield Reason(section.start, section.start + number.end(), "number of a heading")
    for legend in document.legends:
        named = re.match(r"[^0-9]{0,40}[A-Z]?[0-9]{1,2}[A-Za-z]?", document.plain[legend.start : legend.end])
        if named:
            yield Reason(legend.start, legend.start + named.end(), "number of a table, figure or section")
    for table in document.tables:
        for row in table.rows:
            label = row.label
            yield Reason(label.start, label.end, "part of a label in a table")
        for column in table.columns:
            for head in column.heads:
                size = column.n
                if size and head.start <= size.start < head.end:
                    yield Reason(head.start, size.start, "part of a heading in a table")
                    yield Reason(size.end, head.end, "part of a heading in a table")
                else:
                    yield Reason(head.start, head.end, "part of a heading in a table")


def _texts(document: Document) -> Iterator[Reason]:
    text = fold(document.text)
    plain = document.plain
    for pattern, because in (
        (_IDENTIFIER, "identifier or address"),
        (_COPYRIGHT, "copyright or licence"),
        (_SOFTWARE, "version of software"),
        (_LEVEL, "level of a confidence interval"),
        (_STATISTIC, "part of the name of a statistic"),
        (_PAGE, "number of a page"),
        (_AFTER_STOP, "number of a reference"),
        (_TABLE_NUMBER, "number of a table, figure or section"),
        (_MARK_MEANING, "meaning of a mark of significance"),
        (_PANEL_PERCENTILES, "percentiles that a range or box stands for"),
        (_SURE_NAMES, "part of a name"),
        (_GRADE, "grade, stage or time named by its number"),
        (_CHANGE_OF_UNIT, "part of a unit"),
    ):
        for match in pattern.finditer(text if because == "identifier or address" else plain):
            yield Reason(match.start(), match.end(), because)
    for match in _MARKUP.finditer(text) if "<" in text else ():
        yield Reason(match.start(), match.end(), "markup")
    for match in _RAISED.finditer(text):
        yield Reason(match.start(), match.end(), "raised reference mark")
    yield from _citations(document)
    items = [(int(m["n"]), m.start("n"), m.end("n")) for m in _LIST.finditer(document.prose)]
    for number, start, end in items:
        if any(abs(other - number) == 1 and abs(at - start) < 1500 for other, at, _ in items):
            yield Reason(start, end, "number of an item in a list")


def _citations(document: Document) -> Iterator[Reason]:
    prose = document.prose
    for match in _AUTHOR_YEAR.finditer(prose):
        if _AUTHORS.search(match[0]) and not _MONTHS.match(match[0]):
            year = re.search(r"(?:19|20)[0-9]{2}", match[0])
            if year:
                yield Reason(match.start() + year.start(), match.end(), "year of a citation")
    for match in re.finditer(r"\((?:[^()]{0,200}?[A-Z][^()]{1,80}?,? (?:19|20)[0-9]{2}[a-z]?(?:; ?|\)))+", prose):
        for year in re.finditer(r"(?:19|20)[0-9]{2}[a-z]?(?=; ?|\)|, ?(?:19|20))", match[0]):
            yield Reason(match.start() + year.start(), match.start() + year.end(), "year of a citation")
    highest = _references(document)
    for match in _SQUARE.finditer(prose):
        if _as_references(match[0][1:-1], highest or 300) and not _is_spread(prose, match.start(), match[0]):
            yield Reason(match.start(), match.end(), "number of a reference")
    if highest:
        for match in _ROUND.finditer(prose):
            if _as_references(match["all"], highest) and not _is_spread(prose, match.start(), match["all"]):
                yield Reason(match.start("all"), match.end("all"), "number of a reference")


_CENTRE = Expression(r"(?<![A-Za-z0-9.,/-])(?P<x>[0-9]+(?:\.[0-9]+)?)[ \n]?(?:%|[A-Za-zµ/]{1,10})?[ \n]?\Z")
_CENTRE_WORDS = Expression(r"\b(?:medians?|means?|IQR|interquartile|range|quartiles?)\b", re.IGNORECASE)


def _is_spread(prose: str, start: int, inside: str) -> bool:
    """Say whether a bracket at `start` holds the limits of the median or mean before it: "median 54 [46-61]"."""
    ends = re.findall(r"[0-9]+", inside)
    before = prose[max(0, start - 90) : start]
    centre = _CENTRE.search(before)
    if len(ends) != 2 or centre is None or not _CENTRE_WORDS.search(before[before.rfind(". ") + 1 :]):
        return False
    return int(ends[0]) <= float(centre["x"]) <= int(ends[1])


def _references(document: Document) -> int:
    """Give the highest number a citation in round brackets can have; 0 where the text does not cite by numbers.

    Either the list of references is at hand, or several bracketed numbers rise through the text.
    """
    listed = [s for s in document.sections if s.role == "references"]
    if listed:
        words = "".join(document.plain[s.start : s.end] for s in listed)
        items = len(re.findall(r"^\s*(?:-|\[?[0-9]{1,3}[.\])])\s+\S", words, re.MULTILINE))
        return max(items, 10) if items else 0
    singles = [m["all"] for m in _ROUND.finditer(document.prose)]
    firsts = [int(re.split(r"[^0-9]", s)[0]) for s in singles]
    rising = sum(1 for a, b in pairwise(firsts) if 0 <= b - a <= 6)
    return max(firsts) if len(firsts) >= 6 and firsts[0] <= 3 and rising * 4 >= 3 * (len(firsts) - 1) else 0


def _as_references(inside: str, highest: int) -> bool:
    numbers = [int(n) for n in re.findall(r"[0-9]+", inside)]
    return all(0 < n <= highest for n in numbers) and all(a < b for a, b in pairwise(numbers))


def _names(document: Document) -> Iterator[Reason]:
    plain = document.plain
    statistic = {o for p in (_STATISTIC, _FREEDOM) for m in p.finditer(plain) for o in range(m.start(), m.end())}
    for match in re.finditer(r"[0-9]+(?:[.,][0-9]+)*", plain):
        if match.start() in statistic:
            continue
        left = plain[max(0, match.start() - 16) : match.start()]
        right = plain[match.end() : match.end() + 14]
        lettered = _LETTER.search(left) and len(match[0]) <= 2
        glued = _LEFT_NAME.search(left) and not _NOT_NAMES.search(left) and "." not in match[0]
        named = lettered or glued
        followed = _RIGHT_NAME.match(right) and "." not in match[0]
        inside = _LOCANT.match(right) or (re.search(r"[a-z]-\Z", left) and re.match(r"-[a-z\[]", right))
        if named or followed or inside:
            yield Reason(match.start(), match.end(), "part of a name")
