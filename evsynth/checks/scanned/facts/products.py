"""Whether a printed total is a product of numbers told with it, or a slip of the pen away from one. Shared reading."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from evsynth.checks.scanned.facts.slips import slip_between
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import Span, span

LEAST = 1.5
"""Least weight of a slip that speaks for a misprint."""


class Product(NamedTuple):
    """What the factors make, and the values it can have with the rounding of each."""

    value: float
    span: Span


def products(one: Printed, factors: Sequence[Printed], scales: Sequence[float] = (1.0,)) -> list[Product]:
    """Give the products of a number with any of the factors (one or more), and with each of the scales."""
    found = []
    for size in range(1, min(len(factors), 3) + 1):
        for some in combinations(factors, size):
            exact, low, high = float(one), span(one).low, span(one).high
            for factor in some:
                own = span(factor) if factor.decimals else Span(float(factor), float(factor))
                exact, low, high = exact * float(factor), low * own.low, high * own.high
            found += [Product(exact * s, Span(low * s, high * s)) for s in scales]
    return found


def fits(total: Printed, product: Product, room: float = 0.02) -> bool:
    """Say whether a total is a product, within rounding and a share."""
    return Span(product.span.low * (1 - room), product.span.high * (1 + room)).meets(span(total))


def slipped(total: Printed, made: Sequence[Product], room: float = 0.02) -> Product | None:
    """Give the product that a total is a misprint of; None where it is one of the products, or a misprint of none."""
    if any(fits(total, p, room) for p in made):
        return None
    plain = f"{float(total):.{total.decimals}f}"
    best: tuple[float, Product] | None = None
    for product in made:
        weight = max(
            slip_between(plain, f"{x:.{total.decimals}f}") for x in (product.value, product.span.low, product.span.high)
        )
        if total.significant_digits > 1 and any(
            fits(total, _times(product, 10.0**k), room) for k in (-3, -2, -1, 1, 2, 3)
        ):
            weight = max(weight, 2.0)
        if weight >= LEAST and (best is None or weight > best[0]):
            best = weight, product
    return best[1] if best else None


def _times(product: Product, factor: float) -> Product:
    return Product(product.value * factor, Span(product.span.low * factor, product.span.high * factor))
