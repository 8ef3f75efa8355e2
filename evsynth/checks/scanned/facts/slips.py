"""Ordinary misprints of a number: two digits exchanged, one digit changed, thirteen for thirty or for three.

Made for checks of sums: a sum that misses its total is a misprint where one such slip mends it, and may be something
else where none does.
"""

from __future__ import annotations

from collections.abc import Sequence


def swapped(one: int, two: int) -> bool:
    """Say whether two numbers differ by the order of two neighbouring digits, or as thirteen and thirty do.

    >>> swapped(3246, 3264), swapped(113, 130), swapped(113, 131), swapped(41, 43)
    (True, True, True, False)
    """
    a, b = str(one), str(two)
    if len(a) != len(b) or one == two:
        return False
    apart = [i for i in range(len(a)) if a[i] != b[i]]
    if len(apart) == 2 and apart[1] == apart[0] + 1 and a[apart[0]] == b[apart[1]] and a[apart[1]] == b[apart[0]]:
        return True
    return one // 100 == two // 100 and {one % 100, two % 100} in ({10 + n, 10 * n} for n in range(3, 10))


def exchanged(one: str, two: str) -> bool:
    """Say whether two numbers differ by the exchange of two digits.

    >>> exchanged("8.4", "4.8"), exchanged("1.26", "1.62"), exchanged("71", "72"), exchanged("8.4", "48")
    (True, True, False, False)
    """
    apart = [i for i, (x, y) in enumerate(zip(one, two, strict=False)) if x != y]
    return len(one) == len(two) and len(apart) == 2 and one[apart[0]] + one[apart[1]] == two[apart[1]] + two[apart[0]]


def one_digit(one: int, two: int) -> bool:
    """Say whether two numbers of two digits or more differ in one digit.

    >>> one_digit(119, 109), one_digit(19, 21), one_digit(7, 8)
    (True, False, False)
    """
    a, b = str(one), str(two)
    return len(a) == len(b) > 1 and sum(x != y for x, y in zip(a, b, strict=True)) == 1


def teen(one: int, two: int) -> bool:
    """Say whether two numbers differ as three and thirteen do.

    >>> teen(3, 13), teen(18, 8), teen(20, 30)
    (True, True, False)
    """
    return abs(one - two) == 10 and 2 <= min(one, two) <= 9


def mended_by_swap(parts: Sequence[int], total: int) -> bool:
    """Say whether exchanging two digits of one part, or of the total, makes the parts add up."""
    over = sum(parts) - total
    return swapped(total, sum(parts)) or any(swapped(p, p - over) for p in parts if p > over)


def mended_by_digit(parts: Sequence[int], total: int) -> bool:
    """Say whether changing one digit of one part, or of the total, makes the parts add up."""
    over = sum(parts) - total
    return one_digit(total, sum(parts)) or any(one_digit(p, p - over) or teen(p, p - over) for p in parts if p > over)
