"""All estimates of a list are said to lie on one side: "in every stratum the ratio was below one (0.71, 1.09)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("ALL_CONTRADICTS",)

_LIMIT = r"(?P<{0}>unity|one|1(?:\.0+)?(?![\d.,]\d|%)|zero|0(?![\d.,]\d|%)|0\.\d+|\d+(?:\.\d+)?\s?%)"
_SAID = Expression(
    r"\b(?:all|every|each|both|none|no)\b[^.;()]{0,110}?\b(?:(?P<low>below|under|less than|lower than|smaller "
    r"than|did not exceed|"
    r"not exceed\w*|at most)|(?P<high>above|over|greater than|higher than|more than|exceed(?:ed|ing)|at least|"
    r"larger than))\s" + _LIMIT.format("limit") + r"(?=[^.;\d]{0,40}?[(:])",
    re.I,
)
_LIST = Expression(
    r"(?P<list>(?:-?\d*\.\d+|-?\d+)(?:\s?%)?(?:(?:,\s?(?:and\s)?|;\s?|\s(?:and|to)\s)(?:-?\d*\.\d+|"
    r"-?\d+)(?:\s?%)?){1,14})(?![\d%])"
)
_NONE = Expression(r"^(?:none|no)\b", re.I)
_P = Expression(r"\b[Pp]\b|but|except|apart", re.I)


def all_estimates(reading: Reading) -> Iterator[Finding]:
    """Compare every number of a list in brackets, or behind a colon, with the limit that all are said to keep."""
    for line in lines(reading, ("abstract", "results", "body")):
        for match in _SAID.finditer(line.words):
            rest = line.words[match.end() :]
            opened = re.match(r"[^.;\d]{0,40}?[(:]\s?(?P<lead>[^()\d;]{0,40})", rest)
            found = _LIST.match(rest, opened.end()) if opened else None
            if opened is None or found is None or _P.search(rest[: opened.end()] + match[0]):
                continue
            if re.match(r"\s?(?:%\s?)?(?:CI|-\s?\d)", rest[found.end() :]) or re.search(
                r"\brang|\bto\b", opened["lead"]
            ):
                continue
            numbers = [float(x) for x in re.findall(r"-?\d*\.\d+|-?\d+", found["list"])]
            text = match["limit"].lower()
            limit = 1.0 if text in ("unity", "one") else 0.0 if text == "zero" else float(re.sub(r"[\s%]", "", text))
            if ("%" in text) != ("%" in found["list"]) or len(numbers) < 2:
                continue
            low = (match["low"] is not None) != bool(_NONE.match(match[0]))
            wrong = [n for n in numbers if (n > limit if low else n < limit)]
            if not wrong or 2 * len(wrong) >= len(numbers) + 1:
                continue
            at = line.start + match.end()
            yield reading.finding(
                "ALL_CONTRADICTS", "inconsistent",
                f"'{' '.join(match[0].split())[:90]}' is inconsistent with {', '.join(f'{n:g}' for n in wrong)}",
                "an exception may be meant; otherwise a number or the word is misprinted",
                quotes=(line.piece(match), (at + found.start(), at + found.end())),
            )  # fmt: skip
