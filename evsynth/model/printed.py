"""A number as it is printed: its text, its digits, its bound, and the interval of values that print so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

Bound = Literal["", "<", ">", "≤", "≥"]

MINUS_SIGNS = "-−‐‑–﹣－"
_NUMBER = re.compile(
    rf"""\s*(?P<bound><=|>=|<|>|≤|≥|=)?\s*
         (?P<sign>[{MINUS_SIGNS}+])?
         (?P<digits>[0-9]{{1,3}}(?:,[0-9]{{3}})+(?:[.·][0-9]+)?|[0-9]+(?:[.·][0-9]+)?|[.·][0-9]+)\s*""",
    re.VERBOSE,
)
_BOUNDS: dict[str, Bound] = {"<": "<", ">": ">", "<=": "≤", ">=": "≥", "≤": "≤", "≥": "≥"}


class Interval(NamedTuple):
    """Values between `low` and `high`; `None` is unbounded; the ends belong to it unless `open_`."""

    low: Decimal | None
    high: Decimal | None
    open_: bool = False

    def holds(self, value: Decimal | float) -> bool:
        """Say whether `value` lies in the interval."""
        number = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
        if self.open_:
            return (self.low is None or number > self.low) and (self.high is None or number < self.high)
        return (self.low is None or number >= self.low) and (self.high is None or number <= self.high)

    def meets(self, low: float, high: float) -> bool:
        """Say whether the interval shares a value with [low, high]."""
        above = self.low is None or high > float(self.low) or (not self.open_ and high == float(self.low))
        below = self.high is None or low < float(self.high) or (not self.open_ and low == float(self.high))
        return above and below


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed number.

    `text` is kept as written (``0.50`` keeps its zero, ``<0.001`` its sign); `value` is exact; `decimals` counts the
    digits after the point; `bound` is empty for a plain number.

    >>> Printed.parse("0.50").interval()
    Interval(low=Decimal('0.495'), high=Decimal('0.505'), open_=False)
    >>> Printed.parse("<0.001").bound
    '<'
    """

    text: str
    value: Decimal
    decimals: int
    bound: Bound = ""

    @classmethod
    def parse(cls, text: str) -> Printed:
        """Read a printed number. Raises ValueError that says what to write instead."""
        match = _NUMBER.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is not a number as printed; {_hint(text)}")
        digits = match["digits"].replace("·", ".")
        plain = digits.replace(",", "")
        sign = "-" if match["sign"] and match["sign"] != "+" else ""
        decimals = len(plain.partition(".")[2])
        return cls(text.strip(), Decimal(sign + plain), decimals, _BOUNDS.get(match["bound"] or "", ""))

    def interval(self) -> Interval:
        """Give the values that print so, whichever way halves are rounded.

        A plain number with d decimals stands for value ± 0.5·10^-d, both ends included; a bound such as ``<0.001``
        for everything beyond it.
        """
        if self.bound in ("<", "≤"):
            return Interval(None, self.value, open_=self.bound == "<")
        if self.bound in (">", "≥"):
            return Interval(self.value, None, open_=self.bound == ">")
        half = Decimal(5).scaleb(-self.decimals - 1)
        return Interval(self.value - half, self.value + half)

    @property
    def significant_digits(self) -> int:
        """How many digits are printed after leading noughts: 3 for "0.120", 0 for "0.0"."""
        return len(re.sub(r"\D", "", self.text).lstrip("0"))

    def same_print(self, other: Printed) -> bool:
        """Say whether both print the same digits, sign and (unless one has none) the same bound."""
        same_digits = self.value == other.value and self.decimals == other.decimals
        return same_digits and (self.bound == other.bound or "" in (self.bound, other.bound))

    def agrees(self, other: Printed) -> bool:
        """Say whether both can be prints of one number: the same digits, or rounded differently, or a bound that holds.

        >>> Printed.parse("0.63").agrees(Printed.parse("0.6")), Printed.parse("31").agrees(Printed.parse("32"))
        (True, False)
        """
        if self.decimals == other.decimals and not self.bound and not other.bound:
            return self.value == other.value
        a, b = self.interval(), other.interval()
        lows, highs = [x for x in (a.low, b.low) if x is not None], [x for x in (a.high, b.high) if x is not None]
        if not lows or not highs:
            return True
        low, high = max(lows), min(highs)
        return low < high or (low == high and not a.open_ and not b.open_)

    def __float__(self) -> float:
        return float(self.value)

    def __str__(self) -> str:
        return self.text

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema  # here, as a number is read without a schema as well

        def read(value: Any) -> Printed:
            if isinstance(value, cls):
                return value
            if not isinstance(value, str):
                raise ValueError("one number is expected here, as text")
            return cls.parse(value)

        return core_schema.no_info_plain_validator_function(
            read,
            json_schema_input_schema=core_schema.union_schema([core_schema.float_schema(), core_schema.str_schema()]),
            serialization=core_schema.plain_serializer_function_ser_schema(str),
        )


def _hint(text: str) -> str:
    if re.fullmatch(r"\s*[<>]?\s*-?\d+,\d+\s*", text):
        return f"write {text.strip().replace(',', '.')!r} with a point, or put two numbers under two keys"
    if "%" in text:
        return "leave the percent sign out and use the key percent"
    if "(" in text or "±" in text or "/" in text:
        return "it holds several numbers: give each its own key (for example median, q1, q3)"
    if not text.strip():
        return "leave the key out when nothing is printed"
    return "write digits only, with a point for decimals and, for a bound, a leading < or >"
