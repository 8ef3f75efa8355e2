"""Counts with slashes as their labels have: "ASA I/II/III: 22/61/37", "male/female 60/58", against the group."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.group_sizes import sizes_told
from evsynth.checks.scanned.facts.marked import marked
from evsynth.checks.scanned.facts.slips import swapped
from evsynth.checks.scanned.numbers.totals import sizes_said
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.told.remainders import numbers_told
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("GROUPS",)

_LISTS = Expression(
    r"(?P<labels>[A-Za-z][\w+-]*(?:\s?/\s?[\w+-]+){1,5})(?:\s(?!in\b|of\b)[A-Za-z]+){0,3}(?:[:,=]|\s(?:was|were|ratio|in))?"
    r"\s?[(\[]?(?:n\s?=\s?)?(?P<counts>\d{1,4}(?:\s?/\s?\d{1,4}){1,5})(?![\d.,/]*\d|\s?%|\s?(?:mm|mg|years?|months?)\b)",
    re.I,
)
_KINDS = Expression(
    r"^(?:(?:fe)?males?|(?:wo)?m[ae]n|boys?|girls?|[mf]|yes|no|right|left|[IVX]+[abc]?|[1-5][abc]?|[A-E]|T[0-4]|"
    r"mild|moderate|severe|none|never|former|current|low|intermediate|high|alive|dead|died|survived|positive|negative|"
    r"benign|malignant|well|poor(?:ly)?|single|married|open|closed|white|black|asian|other)$", re.I,
)  # fmt: skip
_NOT = Expression(r"\b(?:score|dose|pressure|acuity|ratio of|gene|allele|genotypes?|vision|\d+/\d+/\d{4})\b", re.I)


def slashed_lists(reading: Reading) -> Iterator[Finding]:
    """Add up counts printed with slashes after as many labels that exclude each other.

    Found: their sum is no number that the paper tells, and the number of people told last, or a group, is near it.
    """
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        if line.words.count("/") < 2:
            continue
        for match in _LISTS.finditer(line.words):
            labels = [x.strip() for x in match["labels"].split("/")]
            values = [int(x) for x in match["counts"].split("/")]
            if len(labels) != len(values) or _NOT.search(match[0]) or not all(_KINDS.match(x) for x in labels):
                continue
            if len(values) == 2 and not all(re.match(r"[A-Za-z]{1,}", x) for x in labels):
                continue
            yield from _judged(reading, line, match, values)


def _judged(reading: Reading, line: Line, match: re.Match[str], values: list[int]) -> Iterator[Finding]:
    made = sum(values)
    told = numbers_told(reading)
    if made in told or made < 10 or max(values) < 3:
        return
    before = [n.whole for n in marked(line.words).numbers if n.kind == "c" and n.end <= match.start()]
    wholes = {*before[-2:], *sizes_said(reading), *(n for s in sizes_told(reading) if s.groups for n in s.sizes)}
    near = [
        n for n in wholes if n >= 10 and (
            (n > max(values) and abs(n - made) <= max(3, 0.1 * n))
            or (n in before[-2:] and len(values) > 2 and any(swapped(v, v - made + n) for v in values if v > made - n))
        )
    ]  # fmt: skip
    rest = {n.whole for n in marked(line.words[match.end() :]).numbers[:3]}
    if not near or any(w - made in rest for w in near):
        return
    whole = min(near, key=lambda n: abs(n - made))
    start, end = line.start + match.start("counts"), line.start + match.end("counts")
    yield reading.finding(
        "GROUPS", "inconsistent",
        f"{' + '.join(map(str, values))} = {made} is inconsistent with {whole}, whom the list divides",
        "some may have no value; otherwise a digit is misprinted",
        quotes=((start, end), (line.start + match.start(), end)), computed=(("sum", str(made)),),
    )  # fmt: skip
