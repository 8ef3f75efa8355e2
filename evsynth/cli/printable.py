"""What a record prints, as a terminal may show it: without signs that move the cursor, change colours or directions."""

from __future__ import annotations

import re

_MOVING = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    r"""Return one line of text with such signs written as their numbers.

    >>> printable("Otters \x1b[31m are\u202e")
    'Otters \\x1b[31m are\\u202e'
    """
    return _MOVING.sub(lambda found: ascii(found[0])[1:-1], text)
