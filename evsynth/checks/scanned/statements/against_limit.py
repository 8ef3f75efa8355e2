"""'Exceeded the national target of 80%', 'within the range of 5-10 ng/mL', against the values told with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.counts import WORD, value
from evsynth.checks.scanned.facts.effects import effects
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("THRESHOLD_SAID",)

_N = r"-?\d+(?:,\d{3})*(?:\.\d+)?"
_UNIT = (
    r"(?:%|per ?cent(?!age)|percentage points?|points?|days?|weeks?|months?|years?|hours?|minutes?|min|seconds?|"
    r"mm ?Hg|kPa|kg/m2|kg/m²|°C|(?:[mµnpdk]?g|[mµnp]?mol|m?IU|U|cells|copies|mEq)/(?:[mµd]?[lL]|kg|day|min|h|g|mol)|"
    r"m[lL]/min(?:/1\.73 ?m[2²])?|m[lL]/kg(?:/h)?|mg|µg|g|kg|mL|ml|L|mm|cm|µm|km|m|Gy|mSv|dB|bpm|letters|kcal|steps|"
    r"patients|participants|women|men|children|cases|procedures|births|beds)"
)
_NOUN = (
    r"(?:targets?|thresholds?|goals?|benchmarks?|standards?|limits?|cut-?offs?|MCIDs?|MIDs?|minimal(?:ly)? "
    r"(?:clinically )?"
    r"(?:important|relevant) (?:difference|change)|minim(?:um|al)|maxim(?:um|al)|ceiling|criterion|quota|"
    r"recommendation|"
    r"(?:reference|normal|therapeutic|target|recommended|acceptable|desired|intended|permitted) (?:range|"
    r"interval|window|level|value|zone)|range)"
)
_MORE = (
    r"exceed(?:s|ed|ing)|surpass(?:es|ed|ing)|(?:(?:was|were|is|are|being|lay|lies|rose|remained|stayed|"
    r"i\.e\.,?|that is,?|thus|and|both|all) )?"
    r"(?:well |far |clearly |just |slightly |still )?(?:above|over|beyond|higher than|greater than|more than|in "
    r"excess of)"
)
_LESS = (
    r"(?:did|does|do) not (?:\w+ )?(?:reach|exceed|attain|meet|surpass|achieve)|fell (?:well |just |far )?short "
    r"of|fail(?:ed|s) to (?:reach|meet|exceed|attain)|"
    r"(?:(?:was|were|is|are|being|lay|lies|remained|stayed|fell|kept|and|thus|i\.e\.,?) )?(?:well |far |clearly "
    r"|just |slightly |still )?(?:below|under|lower than|less than|smaller than|short of)"
)
_IN = (
    r"(?:(?:was|were|is|are|lay|lies|remained|stayed|fell|kept|i\.e\.,?|thus|and|that is,?) )?(?:well |"
    r"still |just )?(?:within|inside)"
)
_OUT = r"(?:(?:was|were|is|are|lay|lies|fell) )?(?:well |clearly )?(?:outside|out of)"
_MET = r"(?:met|reached|attained|achieved|satisfied|fulfilled|hit)"
_WORDS = r"(?:(?:the|its|their|our|a|an|this|that|any|\w+'s) )?(?:(?!of\b|in\b|by\b|at\b)[\w-]+(?:'s)? ){0,4}?"
_CLAIM = Expression(
    rf"(?<![\w-])(?:(?P<less>{_LESS})|(?P<more>{_MORE})|(?P<inside>{_IN})|(?P<outside>{_OUT})|(?P<met>{_MET})) "
    rf"{_WORDS}"
    rf"(?:{_NOUN}(?: \([A-Z]{{2,5}}\))?(?: (?:for|in|set by|recommended by|value|level|rate|volume) ?[\w' -]{{0,2"
    rf"5}}?)?(?:,? (?:of|at|is|was|between|from)|,|:| ?\()? ?"
    rf"(?P<bound>at least |(?:more|less|fewer) than |[≥>≤<] ?)?(?P<a>{_N})(?: ?(?:{_UNIT})(?= ?(?:-|to|and) "
    rf"?\d))?(?: ?(?:-|to|and) ?(?P<b>{_N}))?[ -]?(?P<u>{_UNIT})?(?![\w])|"
    rf"(?P<a2>{_N})[ -]?(?P<u2>{_UNIT})[ -](?:\w+ )?{_NOUN})", re.I,
)  # fmt: skip
_VALUE = Expression(rf"(?<![\w.,/<>≥≤=±-])(?<!\d )(?P<v>{_N})[ -]?(?P<u>{_UNIT})(?![\w/])")
_SKIP = Expression(
    r"\b(?:if|whether|would|should|may|might|could|who|whose|those|patients with|proportion|number of|"
    r"percentage of|defined|"
    r"power|expected|assum\w*|half|third|previous\w*|et al|until|unless|when|required to|had to|set|values?|"
    r"considered|"
    r"some|most|several|many|few|none|no|only|not all|subjects?|nor|limits?|bounds?|intervals?|(?:of|in|with) "
    r"(?:an?|one|two|three|four|five|six|\d+) (?:patients|participants|women|men|children|cases|of))\b", re.I,
)  # fmt: skip
_ALL = Expression(rf"\b(?P<all>all|both|each|every)\b(?!-)(?: (?:of )?(?:the )?(?P<n>{WORD}))?", re.I)
_SPREAD = Expression(r"[(\[][^()\[\]]*[)\]]|±\s?\d[\d.]*")


_TIME = Expression(r"day|week|month|year|hour|minute|min|second|h")


class _Told(NamedTuple):
    value: float
    start: int
    end: int


def against_limit(reading: Reading) -> Iterator[Finding]:
    """Compare "exceeded", "below" or "within" a named limit with the value that is its subject, in the limit's unit.

    The subject is the last value before the words in their clause; with "all three" every value of the sentence, or of
    the one before, in as great a number. Left alone: conditions, shares of patients, intervals, equal values.
    """
    last: Line | None = None
    for line in lines(reading, ("abstract", "results", "body", "conclusion", "discussion")):
        before, last = last, line
        if not any(c.isdigit() for c in line.words):
            continue
        for match in _CLAIM.finditer(line.words):
            unit = _unit(match["u"] or match["u2"] or "")
            low = float((match["a"] or match["a2"]).replace(",", ""))
            high = float(match["b"].replace(",", "")) if match["b"] else None
            clause = re.split(r"[;:]\s|\.\s|\b(?:but|whereas|while|although)\b", line.words[: match.start()])[-1]
            if (
                not unit
                or _SKIP.search(_SPREAD.sub(" ", clause)[-90:])
                or (high is None) != (not (match["inside"] or match["outside"]))
            ):
                continue
            if high is not None and high <= low:
                continue
            if match["met"] and (match["bound"] or "").strip()[:4].lower() in ("less", "fewe", "≤", "<"):
                continue
            if match["met"] and _TIME.fullmatch(unit):
                continue  # a time is met by being shorter
            source, told = line, _subject(line, clause, match.start(), unit)
            every = _ALL.search(clause)
            if every:
                source, told = _all(line, before, match, unit, every)
            wrong = [v for v in told if _wrong(match, v.value, low, high)]
            if wrong and (every or len(wrong) == len(told)):
                yield reading.finding(
                    "THRESHOLD_SAID", "inconsistent",
                    f"'{' '.join(match[0].split())}' is inconsistent with {', '.join(f'{v.value:g}' for v in wrong)}",
                    "another value may be meant; otherwise the word, the limit or the value is wrong",
                    quotes=(line.piece(match), *((source.start + v.start, source.start + v.end) for v in wrong)),
                )  # fmt: skip


def _wrong(match: re.Match[str], told: float, low: float, high: float | None) -> bool:
    if high is not None:
        inside = low <= told <= high
        return inside if match["outside"] else not inside
    if told == low:
        return False
    return told > low if match["less"] else told < low


def _unit(text: str) -> str:
    low = text.lower().replace("per cent", "%").replace("percent", "%").replace(" ", "")
    return "%" if low.startswith("%") else low.rstrip("s") if len(low) > 3 else low


def _values(line: Line, start: int, end: int, unit: str) -> list[_Told]:
    quiet = line.words
    for e in effects(line):
        at = quiet.find(e.low.text, e.start - line.start + (len(e.value.text) if e.value is not None else 0))
        if at >= 0:
            quiet = quiet[:at] + re.sub(r"\d", "x", quiet[at : e.end - line.start]) + quiet[e.end - line.start :]
    return [
        _Told(float(m["v"].replace(",", "")), m.start("v"), m.end())
        for m in _VALUE.finditer(quiet, start, end)
        if _unit(m["u"]) == unit
    ]


def _subject(line: Line, clause: str, at: int, unit: str) -> list[_Told]:
    """Give the one value of a clause, outside brackets, in the unit of the limit."""
    start = at - len(clause)
    found = [
        v
        for v in _values(line, start, at, unit)
        if clause[: v.start - start].count("(") == clause[: v.start - start].count(")")
    ]
    return found if len(found) == 1 else []


def _all(
    line: Line, before: Line | None, match: re.Match[str], unit: str, every: re.Match[str]
) -> tuple[Line, list[_Told]]:
    """Give the values that "all three" can be about: those of the sentence, or of the one before, in that number."""
    n = 2 if every["all"].lower() == "both" else value(every["n"].lower()) if every["n"] else None
    here = [v for v in _values(line, 0, len(line.words), unit) if not match.start() <= v.start < match.end()]
    for source, told in ((line, here), (before, _values(before, 0, len(before.words), unit) if before else [])):
        if source is not None and len(told) > 1 and n in (None, len(told)):
            return source, told
    return line, []
