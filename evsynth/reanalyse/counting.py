"""Counts that follow from other counts: percentages, hidden denominators, formulas of derived values.

Whole numbers are exact; only percentages are spans. A percentage without its denominator is searched for in whole
numbers.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from evsynth.model.printed import Printed
from evsynth.reanalyse.result import meets
from evsynth.reanalyse.spans import Span, exactly
from evsynth.reanalyse.tables import table_tests


class Split(NamedTuple):
    """Two groups, events of patients, whose percentages print as given, and the P of one test."""

    events_1: int
    patients_1: int
    events_2: int
    patients_2: int
    test: str
    p: float


def percent(count: int, of: int) -> float:
    """Give the percentage; refuses (ValueError) a denominator of zero."""
    if of <= 0:
        raise ValueError(f"a percentage needs a denominator above zero, not {of!r}")
    return 100 * count / of


def counts_that_print(printed: Printed, of: int) -> tuple[int, ...]:
    """Give the whole numbers of `of` patients whose percentage prints so.

    >>> counts_that_print(Printed.parse("34.5"), 29), counts_that_print(Printed.parse("34.0"), 29)
    ((10,), ())
    """
    return tuple(k for k in range(of + 1) if meets(printed, exactly(percent(k, of))))


def denominators_that_print(printed: Printed, count: int, most: int) -> tuple[int, ...]:
    """Give the denominators up to `most` of which `count` prints as the percentage."""
    return tuple(n for n in range(max(1, count), most + 1) if meets(printed, exactly(percent(count, n))))


def last_digit(printed: Printed, count: int, of: int) -> str:
    """Say how a percentage that does not print so may still have been made: the digits cut, or raised, not rounded.

    Empty where it prints so, or is further off than one in its last digit.

    >>> last_digit(Printed.parse("76.4"), 13, 17), last_digit(Printed.parse("10.9"), 33, 305)
    ('it fits if the digits were cut, not rounded', 'it fits if the last digit was raised, not rounded')
    >>> last_digit(Printed.parse("76.5"), 13, 17), last_digit(Printed.parse("76.3"), 13, 17)
    ('', '')
    """
    real = percent(count, of)
    off = real - float(printed.value)
    if printed.bound or meets(printed, exactly(real)) or not abs(off) < 10.0**-printed.decimals - 1e-9:
        return ""
    return "it fits if the digits were cut, not rounded" if off > 0 else _RAISED


_RAISED = "it fits if the last digit was raised, not rounded"


def splits(one: Printed, two: Printed, most: int) -> Iterator[Split]:
    """Give every pair of groups of at most `most` patients together that prints both percentages, with every test."""
    possible = {n: counts_that_print(one, n) for n in range(2, most - 1)}
    other = {n: counts_that_print(two, n) for n in range(2, most - 1)}
    for n1, firsts in possible.items():
        for n2 in range(2, most - n1 + 1):
            for a in firsts:
                for b in other.get(n2, ()):
                    for name, p in table_tests([(a, b), (n1 - a, n2 - b)]).items():
                        yield Split(a, n1, b, n2, name, p)


_OPERATORS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def evaluate(formula: str, values: Mapping[str, float]) -> float | None:
    """Give the value of a formula of identifiers, numbers, + - * / and brackets; None where it is in words.

    >>> evaluate("patients-all - patients-msa", {"patients-all": 48, "patients-msa": 28})
    20
    """
    text = formula
    for name in sorted(values, key=len, reverse=True):
        text = re.sub(rf"(?<![\w.-]){re.escape(name)}(?![\w-])", repr(values[name]), text)
    text = re.sub(r"\((?=[^()]*[A-Za-z])[^()]*\)", "", text)
    text = text.replace("×", "*").replace("−", "-").replace("÷", "/").strip()
    if not re.fullmatch(r"[\d\s.+*/()-]+", text):
        return None
    try:
        return _value(ast.parse(text, mode="eval").body)
    except (SyntaxError, ZeroDivisionError):
        return None


def _value(node: ast.expr) -> float | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        return node.value
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = _value(node.operand)
        return None if inner is None else -inner
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        left, right = _value(node.left), _value(node.right)
        return None if left is None or right is None else _OPERATORS[type(node.op)](left, right)
    return None


def percent_span(count: int, of: int) -> Span:
    """Give the percentage as a span of one value."""
    return exactly(percent(count, of))
