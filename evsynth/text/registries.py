"""The year in which a study was registered, where its registry number tells it."""

from __future__ import annotations

import re

_NUMBER = re.compile(
    r"ChiCTR(?P<short1>1[0-9]|2[0-9])[0-9]{8}|ChiCTR-[A-Z]{2,5}-(?P<short2>[01][0-9])[0-9]{6}|"
    r"ACTRN126(?P<short3>[0-9]{2})[0-9]{6}p?|CTRI/(?P<year1>20[0-9]{2})/[0-9]{2,3}/[0-9]+|"
    r"PACTR(?P<year2>20[0-9]{2})[0-9]+|TCTR(?P<year3>20[0-9]{2})[0-9]+|SLCTR/(?P<year4>20[0-9]{2})/[0-9]+|"
    r"(?:EudraCT[ :]*)?(?P<year5>20[0-9]{2})-[0-9]{6}-[0-9]{2}(?:-[0-9]{2})?",
    re.IGNORECASE,
)


def year_of_registration(number: str) -> int | None:
    """Give the year that a registry number holds; None for numbers that hold none, such as those of NCT and ISRCTN.

    An IRCT number holds the day on which its registrant joined, and not that of the study.

    >>> year_of_registration("ChiCTR2100043595"), year_of_registration("NCT03014411")
    (2021, None)
    """
    found = _NUMBER.search(number.replace(" ", ""))
    if found is None:
        return None
    name, digits = next((name, text) for name, text in found.groupdict().items() if text)
    return int(digits) + (2000 if name.startswith("short") else 0)
