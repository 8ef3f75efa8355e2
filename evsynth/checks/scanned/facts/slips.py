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


def slip_between(one: str, two: str) -> float:
    """Give how much speaks for a slip between two printed numbers; 0 where none makes one the other.

    Two digits exchanged, one changed, one dropped, or the point moved; the more digits agree, the more it weighs.

    >>> slip_between("0.48", "0.84"), slip_between("23", "32"), slip_between("17", "19"), slip_between("12", "87")
    (2.0, 2.0, 0.7, 0.0)
    """
    a, b = (x.replace(".", "").lstrip("0") for x in (one, two))
    if not a or not b or one == two:
        return 0.0
    places = abs(len(one.partition(".")[2]) - len(two.partition(".")[2]))
    if a.rstrip("0") == b.rstrip("0"):
        ratio = max(float(one), float(two)) / min(float(one), float(two))
        if abs(ratio - 10) < 1e-6 or abs(ratio - 100) < 1e-6:
            return 2.0 if len(a.rstrip("0")) > 1 else 1.0
        return 0.0
    if places:
        less, more = sorted((one, two), key=lambda x: len(x.partition(".")[2]))
        rounded = f"{float(more):.{len(less.partition('.')[2])}f}"
        if sorted(rounded) == sorted(less) and rounded != less and len(less.replace(".", "")) == 2:
            return 1.0
        tenth = float(rounded) and max(float(rounded), float(less)) / min(float(rounded), float(less) or 1)
        return 1.2 if tenth and abs(tenth - 10) < 1e-6 else 0.0
    while a[-1] == b[-1] == "0":
        a, b = a[:-1], b[:-1]
    if len(a) == len(b):
        if sorted(a) == sorted(b):
            return 2.0 if len(a) == 2 else 3.0
        changed = sum(x != y for x, y in zip(a, b, strict=True))
        return 0.0 if changed != 1 else 0.7 if len(a) == 2 else 2.0 if len(a) > 2 else 0.0
    short, long = sorted((a, b), key=len)
    dropped = len(long) - len(short) == 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
    return 1.0 if dropped and len(short) > 2 else 0.0
