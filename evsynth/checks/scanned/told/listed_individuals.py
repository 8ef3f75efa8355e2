"""A mean, median, total or range against the values listed one by one: "31, 38 and 42 µg/dL, that is 37 on average".

A list is of individuals where as many people, animals or specimens are told as it has values, or where three or more
values stand joined by commas beside one centre. Left alone: lists of groups, of visits and of doses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median

from evsynth.checks.scanned.facts.counts import value
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.told.listed_values import listed_values
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("DERIVED_VALUE",)

_N = r"\d+(?:\.\d+)?"
_U = r"(?:\s?(?!and\b|or\b|to\b)[A-Za-zµ°%][A-Za-z0-9µ/²³%]{0,10})?"
_LIST = Expression(
    rf"(?<![\w.,/<>=±-]){_N}(?:{_U}?,\s{_N}(?![\d%]|\.\d|-\d)){{1,10}},?{_U},?\s(?:and|&)\s{_N}(?![\d]|\.\d|"
    rf"-\d|/)(?P<u>{_U})"
)
_CENTRE = (
    Expression(
        rf"\b(?P<w>mean|average|median|total|sum|averaging|totalling)\b(?:\s(?!of the|difference|"
        rf"change)[a-z]+){{0,3}}?(?:\s(?:of|was|being|is)|[:=,])?\s?(?P<v>{_N})"
        rf"(?![\d%]|\.\d|-\d|/)(?P<u>{_U})", re.I,
    ),
    Expression(rf"(?<![\w.,/<>=±-])(?P<v>{_N})(?P<u>{_U})\s(?:on|in) (?P<w>average|total|all)\b", re.I),
)  # fmt: skip
_SEVERAL = Expression(
    r"\b(?P<n>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"\d{1,2})\s(?:[a-z-]+\s){0,2}?(?:siblings?|patients|children|men|women|boys|girls|"
    r"infants|brothers|sisters|animals|dogs|cats|rats|mice|rabbits|pigs|cases|samples|specimens|"
    r"measurements|readings|runs|replicates|attempts|"
    r"determinations|participants|subjects|volunteers|survivors|neonates|twins|relatives|individuals|"
    r"people|adults|operations|lesions|tumou?rs|"
    r"eyes|teeth|implants|donors|recipients|assays|batches|plates|days|nights|weeks|centres|centers|"
    r"sites|hospitals|wards|sessions|visits|trials|raters)\b", re.I,
)  # fmt: skip
_OTHER = Expression(
    r"\b(?:groups?|arms?|respectively|versus|vs|doses? of|adjusted|weighted|geometric|at (?:weeks|"
    r"months|days|hours)|aged? groups?|quartiles?|tertiles?)\b",
    re.I,
)


def listed_individuals(reading: Reading) -> Iterator[Finding]:
    """Compute the centre of every list that a sentence gives with it."""
    for line in lines(reading, ("abstract", "results", "body")):
        words = line.words
        if (
            words.count(",") < 1
            or not re.search(r"\b(?:mean|averag|median|total|sum|in all)", words, re.I)
            or _OTHER.search(words)
        ):
            continue
        lists = [
            m
            for m in _LIST.finditer(words)
            if not re.search(
                r"\b(?:weeks?|months?|days?|hours?|at|visits?|doses?|grades?|types?|references?|tables?|figures?)\s$",
                words[: m.start()],
            )
        ]
        for centre in (m for pattern in _CENTRE for m in pattern.finditer(words)):
            found = _nearest(words, lists, centre)
            if found is not None:
                yield from _judged(reading, line, found, centre)


def _nearest(words: str, lists: list[re.Match[str]], centre: re.Match[str]) -> re.Match[str] | None:
    """Give the list that a centre is of: the last before it, or the first behind it, in its unit."""
    lists = [m for m in lists if not m.start() <= centre.start("v") < m.end()]
    if not lists:
        return None
    before = [m for m in lists if m.end() <= centre.start()]
    one = before[-1] if before else lists[0]
    gap = words[one.end() : centre.start()] if before else words[centre.end() : one.start()]
    units = {
        u.strip().rstrip("s").lower()
        for u in (one["u"], centre["u"])
        if u.strip() and not re.match(r"\s?(?:in|for|with|of|at|on|were|was|respect\w*|than)\b", u)
    }
    return one if len(gap) < 60 and len(units) < 2 and not re.search(r"\d|[.]\s", gap) else None


def _judged(reading: Reading, line: Line, listed: re.Match[str], centre: re.Match[str]) -> Iterator[Finding]:
    values = [Printed.parse(x) for x in re.findall(_N, re.sub(r"[A-Za-zµ][A-Za-z0-9µ/²³%]*", " ", listed[0]))]
    people = {value(m["n"]) for m in _SEVERAL.finditer(line.words)}
    if len(values) < 3 or (people and len(values) not in people) or (not people and len(values) < 3):
        return
    spans = [span(v) for v in values]
    which, own = centre["w"].lower(), span(Printed.parse(centre["v"]))
    if which in ("total", "sum", "totalling", "all"):
        made = Span(sum(s.low for s in spans), sum(s.high for s in spans))
    elif which == "median":
        made = Span(median(s.low for s in spans), median(s.high for s in spans))
    else:
        made = Span(sum(s.low for s in spans) / len(spans), sum(s.high for s in spans) / len(spans))
    if own.meets(made) or (not people and made.low <= 0) or not 0.2 < own.middle / (made.middle or 1) < 5:
        return
    place = (line.start + centre.start("v"), line.start + centre.end("v"))
    if any((q.start, q.end) == place for f in listed_values(reading) for q in f.quotes):
        return  # told by that check already
    yield reading.finding(
        "DERIVED_VALUE", "inconsistent",
        f"{which} {centre['v']} is inconsistent with the values listed, "
        f"{', '.join(v.text for v in values)}, which give {made.middle:.4g}",
        "the centre may be of other values; otherwise one of the numbers is misprinted",
        quotes=(place, line.piece(listed)),
        computed=((which, f"{made.middle:.4g}"),),
    )  # fmt: skip
