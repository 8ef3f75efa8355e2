"""When a line of a log was written: UTC, in one form, so that lines sort as they were written."""

from __future__ import annotations

import re

_FORM = re.compile(
    r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?\+00:00", re.ASCII
)


def wrong_moment(printed: str) -> str:
    """Return what is wrong with the time of a line, or `""`.

    >>> wrong_moment("2026-02-03T04:05:06.789+00:00"), wrong_moment("3 Feb")
    ('', "'3 Feb' is no time such as 2026-02-03T04:05:06.789+00:00")
    """
    return "" if _FORM.fullmatch(printed) else f"{printed!r} is no time such as 2026-02-03T04:05:06.789+00:00"
