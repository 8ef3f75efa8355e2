"""Rows or columns of the accuracy of a test against each other: likelihood ratios, Youden's J, diagnostic odds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Number, body, content
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import Span, over, span
from evsynth.scan.parts import Cell
from evsynth.text.expressions import Expression

CODES = ("ACCURACY",)

_NAMES = tuple(
    (name, Expression(rf"(?<![A-Za-z])(?:{pattern})(?![A-Za-z])", re.I))
    for name, pattern in (
        ("LR+", r"positive likelihood ratio|likelihood ratio (?:positive|\+|of a positive)|\+\s?LR|"
                r"LR\s?\+|PLR|LR\s?pos\w*"),
        ("LR-", r"negative likelihood ratio|likelihood ratio (?:negative|-|of a negative)|-\s?LR|"
                r"LR\s?[-–]|NLR|LR\s?neg\w*"),
        ("J", r"youden(?:'?s)?(?: index| J)?"), ("DOR", r"diagnostic odds ratio|DOR"),
        ("sensitivity", "sensitivity|sens\\.?"), ("specificity", "specificity|spec\\.?"),
    )
)  # fmt: skip
_LAWS: tuple[tuple[str, str, Callable[[float, float], float]], ...] = (
    ("LR+", "sensitivity / (1 - specificity)", lambda se, sp: se / max(1 - sp, 1e-9)),
    ("LR-", "(1 - sensitivity) / specificity", lambda se, sp: (1 - se) / max(sp, 1e-9)),
    ("J", "sensitivity + specificity - 1", lambda se, sp: se + sp - 1),
    ("DOR", "the odds of both", lambda se, sp: se * sp / max((1 - se) * (1 - sp), 1e-12)),
)
_PAIR = Expression(r"[^#]*#%?(?:-|/|to|,|;)#")
_POOLED = Expression(r"pooled|meta-anal|bivariate|HSROC|studies", re.I)


def accuracy_rows(reading: Reading) -> Iterator[Finding]:
    """Recompute what follows from sensitivity and specificity. Left alone: pooled values, which need not fit."""
    for table in reading.document.tables:
        said = " ".join([table.caption.text if table.caption else "", *(c.label for c in table.columns)])
        if _POOLED.search(said):
            continue
        heads = [(c.heads[-1].text if c.heads else "") for c in table.columns]
        rows = list(body(table))
        if sum(_name(h) is not None for h in heads) > 2:
            for row in rows:
                yield from _judged(reading, row.label.text, list(zip(heads[1:], row.cells[1:], strict=False)))
        if sum(_name(r.label.text) is not None for r in rows) > 2:
            for column in table.columns[1:]:
                cells = [(r.label.text, table.cell(r.index, column.index)) for r in rows]
                yield from _judged(reading, column.label, cells)


def _name(words: str) -> str | None:
    return next((name for name, pattern in _NAMES if pattern.search(words)), None)


def _judged(reading: Reading, name: str, cells: list[tuple[str, Cell]]) -> Iterator[Finding]:
    told: dict[str, Number] = {}
    for words, cell in cells:
        kind, read = _name(words), content(reading, cell)
        if kind is None or not read.numbers or read.numbers[0].printed.bound or _PAIR.match(read.shape):
            continue
        if kind in told:
            return
        told[kind] = read.numbers[0]
    if not {"sensitivity", "specificity"} <= set(told):
        return
    both = [_share(told[k]) for k in ("sensitivity", "specificity")]
    for kind, law, function in _LAWS:
        if kind not in told:
            continue
        gives, printed = over(function, *both), span(told[kind].printed)
        slack = 0.03 * abs(gives.high)
        scaled = Span(gives.low * 100, gives.high * 100) if kind == "J" else gives
        if any(printed.low - slack <= g.high and g.low <= printed.high + slack for g in (gives, scaled)):
            continue
        yield reading.finding(
            "ACCURACY", "inconsistent",
            f"{name or 'test'}: {kind} {told[kind].printed} is inconsistent with {law}, {gives.middle:.3g}",
            "values at another cut-off may be meant; otherwise one of them is misprinted",
            quotes=tuple((told[k].start, told[k].end) for k in (kind, "sensitivity", "specificity")),
            computed=((kind, f"{gives.middle:.4g}"),),
        )  # fmt: skip


def _share(number: Number) -> Span:
    read = span(number.printed)
    low, high = (read.low / 100, read.high / 100) if number.value > 1 else read
    return Span(min(max(low, 0.0), 1.0), min(max(high, 0.0), 1.0))


__all__ = ["CODES", "accuracy_rows"]
