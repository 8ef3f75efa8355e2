"""Values listed one by one, "aged 27, 33, 38 and 41 years; median 46": their median, mean, range and number."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator

from evsynth.checks.scanned.facts.counts import NUMBER, value
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("PRINTED_DIFFERENTLY", "GROUPS")

_N = r"\d+(?:,\d{3})*(?:\.\d+)?"
_LIST = Expression(rf"(?<![\w.,/-]){_N}(?:[,;] {_N}){{2,}}(?:[,;]? (?:and|&) {_N})(?![\w%]|\.\d|,\d)")
_UNIT = r"[ -]?(?:years?|yrs?|y|months?|mo|weeks?|days?|d|hours?|h|%|[a-zµ]+/[a-zA-Z]+|m?g|kg|cm|mm)?"
_AFTER = Expression(
    rf"^{_UNIT}(?:,? (?:old|of age|after [a-z]+(?: [a-z]+)?|respectively))?[\s,;:(]*(?:and |with |or )?"
    rf"(?:an? |the |their )?"
    rf"(?P<how>median|mean|average|range)(?: age| value| of| was| time| duration| interval|,|:|=)*\s*"
    rf"(?P<v>{_N})(?:\s?(?:-|to|and)\s?(?P<w>{_N}))?(?![\w%]|\.\d)",
    re.I,
)
_BEFORE = Expression(
    rf"\b(?P<how>median|mean|average)(?: age| value| of| was| time| duration| interval|,|:|=)*\s*"
    rf"(?P<v>{_N}){_UNIT}[\s,;:]*\((?:individual values |values |aged |ages )?$",
    re.I,
)
_SCHEDULE = Expression(
    r"\b(?:at|on|to|after|doses?|visits?|every|of|for|than|day|days|week|weeks|month|months)\s*$", re.I
)
_PEOPLE = r"(?:patients|women|men|boys|girls|children|cases|infants|adults|people|survivors|of them)"
_COUNTED = Expression(
    rf"(?P<k>{NUMBER}) (?:[a-z]+ )?{_PEOPLE}(?: \([^()]*\))?,?\s?\(?(?:were )?(?:aged|died|had died|who died|relapsed)"
    rf"(?: at(?: ages?)?)?\s$", re.I,
)  # fmt: skip


def listed_values(reading: Reading) -> Iterator[Finding]:
    """Check the median, mean or range told beside a list of single values, and how many people it lists.

    Left alone: lists of visits, doses and times, and lists of fewer than four values.
    """
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        for match in _LIST.finditer(line.words):
            values = [float(x.replace(",", "")) for x in re.findall(_N, match[0])]
            before, after = line.words[: match.start()], line.words[match.end() :]
            if len(values) < 4:
                continue
            told = _AFTER.match(after)
            earlier = _BEFORE.search(before)
            if told is not None:
                yield from _summary(reading, line, match, told, match.end(), values)
            elif earlier is not None and not _SCHEDULE.search(before):
                yield from _summary(reading, line, match, earlier, 0, values)
            people = _COUNTED.search(before)
            if people is not None and not any(value(m[0]) == len(values) for m in re.finditer(NUMBER, before)):
                yield reading.finding(
                    "GROUPS", "inconsistent",
                    f"{people['k']} are inconsistent with the {len(values)} values listed for them",
                    "two of them may share a value; otherwise one is left out or printed twice",
                    quotes=(line.piece(match), (line.start + people.start("k"), line.start + people.end("k"))),
                )  # fmt: skip


def _summary(
    reading: Reading, line: Line, match: re.Match[str], told: re.Match[str], offset: int, values: list[float]
) -> Iterator[Finding]:
    how = told["how"].lower()
    said = float(told["v"].replace(",", ""))
    until = told.groupdict().get("w")
    if how == "range":
        if until is None:
            return
        ends = (said, float(until.replace(",", "")))
        fits = ends == (min(values), max(values))
        instead = f"{min(values):g} to {max(values):g}"
    elif until is not None:
        return
    else:
        right = (
            {statistics.median(values), statistics.median_low(values), statistics.median_high(values)}
            if how == "median" else {statistics.fmean(values)}
        )  # fmt: skip
        step = 0.5 * 10.0 ** -len(told["v"].partition(".")[2]) + 1e-9
        fits = any(abs(said - x) <= max(step, 0.51 if how != "median" else step) for x in right)
        instead = f"{min(right):g}"
        if not min(values) <= said <= max(values) and not 0.3 < said / (sum(values) / len(values)) < 3:
            return
    if fits:
        return
    shown = told["v"] + (f" to {until}" if until else "")
    yield reading.finding(
        "PRINTED_DIFFERENTLY", "inconsistent",
        f"a {how} of {shown} is inconsistent with the {len(values)} values listed, which give {instead}",
        "a value may be missing from the list; otherwise a digit is misprinted",
        quotes=((line.start + offset + told.start("v"), line.start + offset + told.end("v")), line.piece(match)),
        computed=((how, instead),),
    )  # fmt: skip
