"""A sentence with its numbers as marks: what kind of number stands where, whatever its spelling.

"43 patients (33.9%)", "forty-three patients [33.9 per cent]" and "43 patients (33·9 %)" all become "⟨c0⟩ patients
(⟨p1⟩)", so that a pattern over marks reads them all. The letter of a mark is the kind of the number:

    c a whole number that may count something      p a percentage
    o percentage points                            s points of any kind
    d a number with decimals, or with a sign       t time at risk (person-years, catheter-days)
    m a number with a unit, also of time           y a calendar year
    u the base of a rate (per 1000 person-years)
    l the level of an interval                     r one end of a range joined by a dash
    x anything else: a grade, an age, a bound, the number of a table
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from evsynth.checks.scanned.facts.counts import WORD, value
from evsynth.checks.scanned.prose import Line
from evsynth.checks.scanned.reading import Spot
from evsynth.model.printed import Printed
from evsynth.text.expressions import Expression


class Number(NamedTuple):
    """One number of a sentence: its kind, its value as printed, its offsets in the words of the sentence."""

    kind: str
    printed: Printed
    start: int
    end: int

    @property
    def whole(self) -> int:
        """The value of a count."""
        return int(self.printed.value)


class Marked(NamedTuple):
    """The words of a sentence with marks for numbers, white space folded and square brackets made round."""

    text: str
    numbers: tuple[Number, ...]


COUNT_MARK = Expression(r"⟨c(\d+)⟩")
"""The mark of a count, with its place among the numbers of the sentence."""
_DIGITS = (
    r"(?:(?<![\w.,/-])|(?<=--))(?P<sign>[-+](?=[\d.]))?"
    r"(?P<n>[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?(?!\d)|[1-9]\d{0,2}(?:[ ]\d{3})+(?![\d]|[.,]\d)|\d+(?:\.\d+)?|\.\d+)"
    r"(?![\w]|\.\d|,\d{3})"
)
_JOINED = r"(?<=[\d%a-z]/)(?P<j>[1-9]\d{0,2}(?:[, ]\d{3})+|\d+)(?![\w]|\.\d)|(?<=\d-)(?P<to>\d+(?:\.\d+)?)(?![\w]|\.\d)"
_NUMBER = Expression(
    rf"{_DIGITS}|{_JOINED}|(?<![\w-])(?P<w>{WORD})(?![\w]|-(?!year|month|week|day|fold|point|arm|,|\s))"
)
_PERCENT = Expression(r"\s?(?:%|per[ -]?cent\b(?!ile))", re.I)
_POINTS = Expression(r"\s?(?:%[ -]?points?\b|percentage[ -]points?\b|per ?cent(?:age)?[ -]points?\b|pp\b|p\.p\.)", re.I)
_BARE_POINTS = Expression(r"[\s-]?points?\b", re.I)
_LEVEL = Expression(r"\s?[(\[]?(?:C\.?I\.?s?\b|confidence|credible|CrI\b|prediction|limits)", re.I)
_AT_RISK = Expression(
    r"\s(?:person|patient|catheter|bed|child|participant|wom[ae]n|device|ventilator|subject|pt|line|resident|hospital|"
    r"pump|animal|hive|plot|infant|at[- ]risk|athlete|player|implant|tooth|eye|graft|central[- ]line|observation|cow|"
    r"calf|"
    r"heifer|horse|dog|cat|ewe|lamb|sow|pig|hen|bird|herd|trap|nest|worker|nurse|student|user|man|exposure|joint|knee|"
    r"hip|stent|shunt|stoma|household|colony|ward|ICU|pregnancy|treatment|drug|unit)"
    r"s?[- '](?:years?|days?|months?|weeks?|nights?|hours?)(?: at risk| of (?:follow-?up|observation|exposure))?\b"
    r"|\s(?!light|leap|school|calendar|working|mid-|half|multi|post|pre-|full|non-|business|week|bank)[a-z]{3,11}-"
    r"(?:years|months|weeks|days|nights)\b"
    r"|\s(?:PY|p-y|py|pyrs?|PYRS?|PYO)\b", re.I,
)  # fmt: skip
_UNIT = Expression(
    r"(?:[\s-](?:consecutive |full |calendar |more |or more |further |additional )?(?:years?|months?|weeks?|days?|"
    r"hours?|minutes?|seconds?|nights?|fold|times (?:higher|lower|more|less|as|the|that|greater)|decades?)\b|\s?(?:h|"
    r"min|mins|hrs?|yrs?|mo|wk|mg|µg|mcg|ng|pg|g|kg|"
    r"ml|mL|dl|L|l|µL|mm|cm|km|m|nm|mmHg|mm Hg|mmol|µmol|nmol|mol|mEq|IU|U|kU|Gy|Hz|kJ|kcal|MJ|W|D|dB|bpm|°C|°|kPa|"
    r"cmH2O|copies|ppm|logMAR|MET)\b(?![ ]?=))"
)
_GRADE = Expression(
    r"(?:\b(?:stages?|grades?|class(?:es)?|aged?|ages|tables?|tab\.?|figures?|fig\.?|steps?|version|types?|days?|"
    r"weeks?|months?|years?|phase|level|scores?|visits?|chapter|box|appendix|arm|group|quartile|tertile|factor|"
    r"omega|vitamin|interleukin|at least|at most|more than|fewer than|less than|up to|over|under|below|above|about|"
    r"approximately|nearly|almost|around|roughly|some|cycle|dose|level|icd|no\.|number|section|ref\.?)\s?|"
    r"[<>≥≤~±]\s?)$", re.I,
)  # fmt: skip
_YEAR = Expression(
    r"(?:\bin|since|from|to|and|until|by|through|between|during|of|before|after|early|late|mid|"
    r"jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|\d,?|-|\()\s?$", re.I,
)  # fmt: skip
_PEOPLE = Expression(
    r"\s(?:[a-z-]+\s){0,2}(?:patients|participants|people|children|adults|women|men|subjects|visits|births|records|"
    r"cases|events|deaths|infants|persons|individuals|eyes|admissions|operations|recipients)\b", re.I,
)  # fmt: skip
_GROUP = Expression(r"\b(?:group|arm)\s$", re.I)
_DID = Expression(
    r"\s(?:died|fell|had|were|was|did|left|withdrew|dropped|relapsed|recovered|completed|needed)\b|"
    r"\s(?:out\s)?of\s(?:the\s)?\d|/\d"
)
_SHARE = Expression(r"(?:\s[a-z-]+){0,2}\s?[(\[]\s?\d+(?:[.·]\d+)?\s?%")
_AFTER_TIME = Expression(
    r"(?:\d|\b[a-z]+(?:een|ty|elve|ven|ix|ght|ee|our|ive|ine|en|wo|ne))[\s-](?:days?|weeks?|months?|years?)\s$", re.I
)
_DATE = Expression(
    r"\s(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b", re.I,
)  # fmt: skip
_MONTH = Expression(
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?\s$", re.I,
)  # fmt: skip


@lru_cache(maxsize=8192)
def marked(words: str) -> Marked:
    """Read the numbers of a sentence and put a mark in the place of each, its percent sign included."""
    numbers: list[Number] = []
    pieces: list[str] = []
    at = 0
    for match in _NUMBER.finditer(words):
        if match.start() < at:
            continue
        number = _number(words, match)
        mark = f"⟨{number.kind}{len(numbers)}⟩"
        pieces += [words[at : number.start], mark]
        numbers.append(number)
        at = number.end
    pieces.append(words[at:])
    text = re.sub(r"\bvs\.", "vs", re.sub(r"\s+", " ", "".join(pieces))).replace("[", "(").replace("]", ")")
    return Marked(text, tuple(numbers))


def _number(words: str, match: re.Match[str]) -> Number:
    start, end = match.span()
    before, after = words[max(0, start - 24) : start], words[end : end + 70]
    if match["w"]:
        printed = Printed.parse(str(value(match["w"])))
    else:
        text = (match["n"] or match["j"] or match["to"]).replace(" ", ",")
        printed = Printed.parse((match["sign"] or "") + text)
    kind, length = _kind(words, match, before, after, printed)
    return Number(kind, printed, start, end + length)


def _kind(words: str, match: re.Match[str], before: str, after: str, printed: Printed) -> tuple[str, int]:
    for kind, pattern in (("o", _POINTS), ("p", _PERCENT)):
        if found := pattern.match(after):
            rest = after[found.end() :]
            return ("l", found.end()) if kind == "p" and _LEVEL.match(rest) else (kind, found.end())
    if _AT_RISK.match(after):
        base = re.search(r"(?:\bper|/|for every)\s?$", before) and re.fullmatch(r"10*", str(printed.value))
        return ("u" if base else "t"), 0
    if _BARE_POINTS.match(after):
        return "s", 0
    if re.match(r"\s?-\s?\d", after) or match["to"]:
        return "r", 0
    text = match[0]
    if re.fullmatch(r"(?:19|20)\d\d", text) and _YEAR.search(before) and not _PEOPLE.match(after):
        return "y", 0
    if _UNIT.match(after) or _DATE.match(after) or _MONTH.search(before):
        return "m", 0
    if printed.decimals or match["sign"]:
        return "d", 0
    if _GRADE.search(before) and not _SHARE.match(after) and not _AFTER_TIME.search(before):
        counted = _GROUP.search(before) and (_PEOPLE.match(after) or _DID.match(after))
        return ("c" if counted else "x"), 0
    return "c", 0


def spot(line: Line, *numbers: Number) -> Spot:
    """Give the offsets in the document from the first to the last of some numbers."""
    return line.start + min(n.start for n in numbers), line.start + max(n.end for n in numbers)
