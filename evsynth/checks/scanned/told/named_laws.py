"""Values that follow from two others told by name: PaO2/FiO2, shock index, cost per QALY, Youden's index and others.

Each law is a name of the result, the names of its parts, and a formula; a sentence that tells each of them once is
checked. Means of patients need not agree, so laws of products and quotients hold for one patient or one programme.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import Span, over, span
from evsynth.text.expressions import Expression

CODES = ("DERIVED_VALUE",)

_V = (
    r"(?:[^.;\d()<>≥≤]|\.(?!\s)){0,18}?[(=:]?\s?(?P<v>\d+(?:,\d{3})*(?:\.\d+)?)(?![\d%]*\s?(?:-|to|±|\(±)\s?\d)"
    r"(?P<vp>\s?%)?"
)
_MONEY = r"(?:(?:US|AU|CA|NZ)?[$£€¥]|\b(?:USD|EUR|GBP|AUD)\b)\s?"
_N = r"\d+(?:,\d{3})*(?:\.\d+)?"


class _Law(NamedTuple):
    sort: str
    result: Expression
    parts: tuple[Expression, ...]
    make: Callable[..., float]
    room: float = 0.02
    many: bool = False
    """Whether it holds for means as well."""


def _after(names: str, flags: int = 0) -> Expression:
    return Expression(rf"(?:{names})" + _V, flags)


_LAWS = (
    _Law("PaO2/FiO2", _after(r"\bPa?O2?\s?/\s?FI?i?O2?(?: ratio)?|\bP/F(?: ratio)?"),
         (_after(r"\b(?:PaO2|Pa,?O2|arterial oxygen (?:tension|pressure)|PO2|"
                 r"pO2)(?!\s?/)"), _after(r"\bF[iI]O2|\binspired oxygen")),
         lambda a, b: a / (b / 100 if b > 1 else b), 0.03),
    _Law("shock index", _after(r"\bshock index", re.I),
         (_after(r"\b(?:heart|pulse) rate|\bpulse|"
                 r"\bHR", re.I), _after(r"\bsystolic (?:blood )?pressure|\bSBP|\bblood pressure", re.I)),
         lambda a, b: a / b, 0.03),
    _Law("mean arterial pressure", _after(r"\bmean (?:arterial |blood )+pressure|\bMAP", re.I),
         (Expression(r"(?:pressure|BP)\b(?:[^.;\d]){0,14}(?P<v>\d{2,3})(?P<vp>)(?=/\d{2,3}\s?mm)"),
          Expression(r"(?:pressure|BP)\b(?:[^.;\d]){0,14}\d{2,3}/(?P<v>\d{2,3})(?P<vp>)(?=\s?mm)")),
         lambda s, d: (s + 2 * d) / 3, 0.05, True),
    _Law("ejection fraction", _after(r"\bejection fraction|\bL?V?EF", re.I),
         (_after(r"\bend-?\s?diastolic volume|\bL?V?EDV", re.I), _after(r"\bend-?\s?systolic volume|\bL?V?ESV", re.I)),
         lambda a, b: 100 * (a - b) / a, 0.03),
    _Law("neutrophil-to-lymphocyte ratio", _after(r"\bneutrophil[- /]+(?:to[- ])?lymphocyte ratio|\bNLR", re.I),
         (_after(r"\bneutrophils?(?![- /]+(?:to[- ])?lymph)(?: "
                 r"count)?", re.I), _after(r"(?<![-/] )(?<![-/])(?<!to )(?<!to-)\blymphocytes?(?! ratio)(?: "
                                           r"count)?", re.I)),
         lambda a, b: a / b, 0.03),
    _Law("waist-to-hip ratio", _after(r"\bwaist[- /]+(?:to[- ])?hip ratio|\bWHR", re.I),
         (_after(r"\bwaist(?![- /]+(?:to[- ])?hip)(?: "
                 r"circumference)?", re.I), _after(r"(?<![-/])(?<!to[- ])\bhips?(?! ratio)(?: circumference)?", re.I)),
         lambda a, b: a / b, 0.02),
    _Law("cost per unit of effect",
         Expression(rf"(?P<vp>){_MONEY}(?P<v>{_N})\s?(?:per|/|for each|for every)\s?(?:additional |extra |"
                    rf"incremental )?(?:QALYs?|DALYs?|"
                    r"life[- ]years?|quality-adjusted)"),
         (Expression(rf"(?P<vp>)(?:{_MONEY}(?P<v>{_N})\s?(?:more|extra|higher|additional|greater)\b|\b(?:more|"
                     rf"extra|additional|incremental|"
                     rf"difference)\b[^.;\d]{{0,35}}?{_MONEY}(?P<v2>{_N})(?!\s?(?:per|/) ?(?:QALY|DALY|life|"
                     rf"quality)))"),
          Expression(r"(?P<vp>)(?:(?<![\w.,$£€-])(?P<v>\d*\.?\d+)\s(?:more |extra |additional |incremental |"
                     r"further )?(?:QALYs?|DALYs?|life-years|"
                     r"quality-adjusted life)|\bQALYs?[^.;\d$£€]{0,25}?(?<![$£€])(?P<v2>\d*\.\d+))")),
         lambda a, b: a / b, 0.02, True),
    _Law("Youden's index", _after(r"\bYouden(?:'s|s)?(?: \(?J\)?)?(?: index| statistic| J)*(?: \(?J\)?)?", re.I),
         (_after(r"\bsensitivity|\bSn|\bSe", re.I), _after(r"\bspecificity|\bSp", re.I)),
         lambda a, b: (a / 100 if a > 1 else a) + (b / 100 if b > 1 else b) - 1, 0.0, True),
)  # fmt: skip
_RELATIVE = Expression(r"\b(?:compared (?:to|with)|versus|vs\.?|relative to)\b[^;.]{0,40}\bwas\b")
_GROUPS = Expression(r"\b(?:mean|median|average|respectively|range|IQR)\b|±|\bversus\b|\bvs\b", re.I)


def named_laws(reading: Reading) -> Iterator[Finding]:
    """Compare every result named in a sentence with the parts named in it, once each."""
    for line in lines(reading, ("abstract", "results", "body", "methods")):
        for law in _LAWS:
            results = list(law.result.finditer(line.words))
            if law.sort.startswith("cost") and _RELATIVE.search(line.words):
                continue  # the parts told are those of one treatment
            if len(results) == 1 and (law.many or not _GROUPS.search(line.words)):
                yield from _judged(reading, line, law, results[0])


def _judged(reading: Reading, line: Line, law: _Law, result: re.Match[str]) -> Iterator[Finding]:
    parts = []
    for pattern in law.parts:
        own = [m for m in pattern.finditer(line.words) if _at(m)[0] >= result.end() or _at(m)[1] <= result.start()]
        if len({line.words[slice(*_at(m))] for m in own}) != 1:
            return
        parts.append(own[0])
    if len({_at(m) for m in parts}) != len(parts):
        return
    values = [span(_printed(line, m)) for m in parts]
    if any(v.low <= 0 for v in values):
        return
    made = over(law.make, *values)
    told = span(_printed(line, result))
    if made.high <= 1.2 and told.low > 1.2 and result["vp"]:
        told = Span(told.low / 100, told.high / 100)
    room = Span(made.low - law.room * abs(made.low) - 1e-9, made.high + law.room * abs(made.high) + 1e-9)
    if room.meets(told) or (law.sort.startswith("Youden") and Span(100 * room.low, 100 * room.high).meets(told)):
        return
    exact = law.make(*(float(_printed(line, m)) for m in parts))
    yield reading.finding(
        "DERIVED_VALUE", "inconsistent",
        f"{law.sort} of {_printed(line, result).text} is inconsistent with "
        f"{' and '.join(_printed(line, m).text for m in parts)}, which make {exact:.4g}",
        "the parts may be of another time, or rounded; otherwise a digit is misprinted",
        quotes=tuple((line.start + a, line.start + b) for a, b in (_at(result), *(_at(m) for m in parts))),
        computed=((law.sort, f"{exact:.4g}"),),
    )  # fmt: skip


def _at(match: re.Match[str]) -> tuple[int, int]:
    groups = match.groupdict()
    return match.span("v2") if groups.get("v2") else match.span("v")


def _printed(line: Line, match: re.Match[str]) -> Printed:
    text = line.words[slice(*_at(match))]
    return Printed.parse(text)
