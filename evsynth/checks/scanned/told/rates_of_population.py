"""Rates per 1000 or 100 000 told with cases and population, or in two bases: "22.1 per 100 000, i.e. 0.22 per 1000".

A rate that no count and no population of the sentence give, and a slip of the pen away from one they do, is a misprint.
"""

from __future__ import annotations

from collections.abc import Iterator

from evsynth.checks.scanned.facts.passages import Passage, passages
from evsynth.checks.scanned.facts.products import Product, slipped
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("RATE",)

_BASE = r"(?P<b>1(?:00[ ,]000|0[ ,]000|[ ,]000[ ,]000|[ ,]000|0{2,6})|million)"
_RATE = Expression(
    rf"(?<![\w.,-])(?P<r>\d+(?:,\d{{3}})*(?:\.\d+)?)\s(?:[a-z-]+\s){{0,3}}?(?:per|in every|for "
    rf"every|/)\s?{_BASE}\b(?P<of>\s?[a-z-]*(?: [a-z-]+)?)"
)
_TWO = Expression(
    rf"(?<![\w.,-])(?P<r>\d+(?:\.\d+)?)\s?(?P<c>%|per\s{_BASE}\b)(?P<of>[^.;\d()]{{0,30}}?)(?:[,(]|\s-)?\s?(?:\(|"
    rf"i\.e\.,?|that is,?|or|equivalent to|equal to|"
    rf"corresponding to|=|which is|namely)\s(?:about )?(?P<s>\d+(?:\.\d+)?)\sper\s{_BASE.replace('<b>', '<d>')}\b|"
    rf"(?<![\w.,-])(?P<r2>\d+(?:\.\d+)?)\s?%(?:[^.;\d()]{{0,15}})\((?P<s2>\d+(?:\.\d+)?)\sper\s"
    rf"{_BASE.replace('<b>', '<d2>')}\b",
    0,
)
_COUNT = Expression(
    r"(?<![\w.,/-])(?:(?P<m>\d+(?:\.\d+)?)\smillion|(?P<n>\d{1,3}(?:[ ,]\d{3})+|\d+))(?![\w%]|\.\d|"
    r"[, ]\d{3}|\s?%|-)(?!\s?(?:years?|months?|days?|weeks?))"
)
_TIME = Expression(
    r"\b(?:person|patient|catheter|bed|child|woman|device|ventilator|resident|"
    r"participant)-?\s?(?:years?|days?|months?|weeks?)|\bPY",
    0,
)
_MODEL = Expression(
    r"\b(?:standardi[sz]ed|adjust\w+|estimat\w+|averag\w+|mean|median|annuali[sz]ed|extrapolat\w+|"
    r"projected|weighted|range\w*|respectively|ratio|versus|vs|compared|to)\b"
)


def rates_of_population(reading: Reading) -> Iterator[Finding]:
    """Compare rates of populations with their cases and people, and with the same rate told in another base."""
    for line, near in passages(reading, _RATE, 1, 0):
        yield from _two_bases(reading, Passage(line.words, line.start))
        rates = list(_RATE.finditer(line.words))
        if len(rates) == 1 and not _TIME.search(line.words) and not _MODEL.search(line.words):
            rate = rates[0]
            base = _base(rate["b"])
            printed = Printed.parse(rate["r"])
            shift = line.start - near.start
            counts = [
                (float(m["m"]) * 1e6 if m["m"] else float(m["n"].replace(",", "").replace(" ", "")), m)
                for m in _COUNT.finditer(near.words)
                if not shift + rate.start() <= m.start() < shift + rate.end() and not _year(m["n"])
            ]  # fmt: skip
            people = [c for c in counts if c[0] >= max(1000, base / 100)]
            cases = [c for c in counts if c[0] >= 5]
            made = [
                (Product(a / b * base, Span(a / b * base, a / b * base)), m, k)
                for a, m in cases for b, k in people if a < b
            ]  # fmt: skip
            wrong = slipped(printed, [p for p, _, _ in made], 0.01) if len(people) == 1 and base >= 1000 else None
            if wrong is None:
                continue
            _, m, k = next(x for x in made if x[0] == wrong)
            yield reading.finding(
                "RATE", "inconsistent",
                f"a rate of {rate['r']} per {rate['b']} is inconsistent with {m[0]} among {k[0]}, which give "
                f"{wrong.value:.4g}",
                "the cases may be of another time; otherwise a digit or the base is misprinted",
                quotes=(line.piece(rate), near.spot(*m.span()), near.spot(*k.span())),
                computed=(("rate", f"{wrong.value:.4g}"),),
            )  # fmt: skip


def _two_bases(reading: Reading, own: Passage) -> Iterator[Finding]:
    for m in _TWO.finditer(own.words):
        first = (
            (Printed.parse(m["r"]), 100.0 if m["c"] == "%" else _base(m["b"]))
            if m["r"]
            else (Printed.parse(m["r2"]), 100.0)
        )
        second = (Printed.parse(m["s"]), _base(m["d"])) if m["s"] else (Printed.parse(m["s2"]), _base(m["d2"]))
        one, two = (Span(span(p).low / b, span(p).high / b) for p, b in (first, second))
        if first[1] == second[1] or Span(one.low * 0.99, one.high * 1.01).meets(two):
            continue
        yield reading.finding(
            "RATE", "inconsistent",
            f"{first[0]} per {first[1]:g} and {second[0]} per {second[1]:g} are not the same rate",
            "the second may be of another thing; otherwise a digit or the base is "
            "misprinted", quotes=(own.spot(*m.span()),),
        )  # fmt: skip


def _base(text: str) -> float:
    return 1e6 if text == "million" else float(text.replace(",", "").replace(" ", ""))


def _year(text: str | None) -> bool:
    return text is not None and len(text) == 4 and text[:2] in ("19", "20")
