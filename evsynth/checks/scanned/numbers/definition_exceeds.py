"""A group is defined by having one of several markers, and more patients have one of these than are in the group."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.identity import table_lines, whole_number
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("GROUP_EXCEEDS",)

_DEFINED = Expression(
    r"\b(?:those|patients|participants|subjects|cases|children|women|men)\s(?:with|positive for|who had|having)\s"
    r"(?P<what>[^.;()]{3,80}?)\s?\((?P<short>[A-Z][A-Za-z0-9-]*)?\)?\s*\(?"
    r"(?:including|such as|i\.e\.,?|e\.g\.,?|namely)\s(?P<list>[^;.]{4,400}?)\)\s(?:were|was)\s(?:\w+\s)?"
    r"(?:assigned|allocated|classified|categori[sz]ed|placed|included|put)\s(?:to|into|in|as)\s(?:the\s)?(?P<group>[A-Z][\w+/-]*)\s?(?:group|subgroup)",
    re.I,
)
_RULE = Expression(
    r"\b(?:both (?:kinds|types|classes)|double[- ]positive|more than one|coexist\w*|co-?positiv\w*|in addition to|"
    r"overlap\w*|irrespective|regardless|priority|took precedence|only|alone|without)\b",
    re.I,
)
_SIZE = Expression(r"\b(?P<group>[A-Z][\w+/-]*)\s?(?:group|subgroup)?\s?\(\s?[nN]\s?=\s?(?P<n>\d+)\s?\)")


class Defined(NamedTuple):
    """A group, the markers that define it (letters and digits only), its size, and where these stand."""

    group: str
    markers: tuple[str, ...]
    patients: int
    spots: tuple[Spot, ...]


def definition_exceeds(reading: Reading) -> Iterator[Finding]:
    """Compare the rows of tables that count a marker with the size of the group that it defines.

    A concern: patients with markers of two groups may have been put into the other one, and no sentence says so.
    Left alone: definitions that say what was done with patients who have both.
    """
    groups = list(_defined(reading))
    if not groups:
        return
    for line in table_lines(reading):
        name = _plain(re.sub(r"^\W*anti-?", "", line.row.label.text, flags=re.I))
        if len(line.cells) != 1 or (count := line.cells[0].figure("count")) is None:
            continue
        number = whole_number(count.printed)
        for one in groups:
            if number is not None and number > one.patients and _names(name, one.markers):
                yield reading.finding(
                    "GROUP_EXCEEDS", "concern",
                    f"{line.name}: {number} patients have it, and the group it defines, {one.group}, has "
                    f"{one.patients}; {number - one.patients} or more are elsewhere",
                    "patients with markers of two groups may have been put into the other; the paper does not say so",
                    quotes=(line.whole, *one.spots),
                )  # fmt: skip


def _defined(reading: Reading) -> Iterator[Defined]:
    told = list(lines(reading, ("methods", "results", "abstract", "body")))
    sizes = {m["group"].lower(): (int(m["n"]), x.piece(m)) for x in told for m in _SIZE.finditer(x.words)}
    for line in told:
        if _RULE.search(line.words):
            continue
        for match in _DEFINED.finditer(line.words):
            size = sizes.get(match["group"].lower())
            markers = tuple(p for x in re.split(r"[,\[\]()]|\band\b", match["list"]) if len(p := _plain(x)) > 1)
            if size is not None:
                yield Defined(match["group"], markers, size[0], (line.piece(match), size[1]))


def _names(row: str, markers: tuple[str, ...]) -> bool:
    """Say whether the label of a row names a marker of the list: 'Ro (SS-A)' is SSA60 and SSA52."""
    return any(row == m or (len(s := m.rstrip("0123456789")) > 2 and row.endswith(s)) for m in markers)


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())
