"""Numbers of patients that a sentence gives for a named group: never more than the group has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.identity import group_key, is_whole
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.parts import Figure
from evsynth.text.expressions import Expression

CODES = ("GROUP_EXCEEDS", "NUMBER_IMPOSSIBLE")

_PEOPLE = r"(?:patients|participants|children|adults|subjects|women|men|infants|cases|controls|persons|people)"
_BIG = Expression(
    rf"(?<![\w.,/·-])(?P<n>\d{{1,3}}(?:,\d{{3}})+|\d+)\s+(?:[a-z-]+\s){{0,2}}?(?:{_PEOPLE}|[A-Za-z-]+)?\s*"
    r"[(\[]\s*(?P<p>\d{3,}(?:[.·]\d+)?)\s*%\s*[)\]]", re.I,
)  # fmt: skip
_NOT_PARTS = Expression(
    r"increase|decrease|rise|rose|higher|recover|predicted|of the (?:expected|baseline|target|dose)|yield|samples|"
    r"events|episodes|per\b|change|relative|charge|cost", re.I,
)  # fmt: skip
_SCREENED = Expression(
    r"screen|assess|approach|invit|identif|referred|admitted|eligib|previous|other (?:study|trial)", re.I
)


def groups_told(reading: Reading) -> Iterator[Finding]:
    """Check percentages above 100 and sizes of parts of named groups in the sentences about results."""
    largest = _sizes(reading)
    for line in lines(reading, ("abstract", "results", "body")):
        for match in _BIG.finditer(line.words):
            percent = float(match["p"].replace("·", "."))
            clause = line.words[max(0, match.start() - 60) : match.end() + 20]
            if 100 < percent < 1000 and not _NOT_PARTS.search(clause):
                yield reading.finding(
                    "NUMBER_IMPOSSIBLE", "error", f"{match['n']} ({match['p']}%) is more than 100% of the patients",
                    "events may be counted rather than patients; otherwise a digit is misprinted",
                    quotes=((line.start + match.start("n"), line.start + match.end("p")),),
                )  # fmt: skip
        yield from _parts(reading, line, largest)


def _sizes(reading: Reading) -> dict[str, Figure]:
    """Give, for each group of the heads, its largest printed size."""
    found: dict[str, Figure] = {}
    for table in reading.document.tables:
        for column in table.columns[1:]:
            if column.n is None or column.group is None or is_whole(column) or column.statistic is not None:
                continue
            name = group_key(column.group.text)
            if name and (name not in found or column.n.printed.value > found[name].printed.value):
                found[name] = column.n
    return found


def _parts(reading: Reading, line: Line, largest: dict[str, Figure]) -> Iterator[Finding]:
    for name, size in largest.items():
        words = r"[\s-]+".join(re.escape(w) for w in name.split())
        of = rf"(?:(?:of|in|from|within) (?:the )?{words}(?:[\s-]+(?:group|arm|cohort))\b)"
        said = Expression(
            rf"(?<![\w.,/·-])(?P<n>\d{{1,3}}(?:,\d{{3}})+|\d+)\s+(?:(?:[a-z-]+\s){{0,2}}?{_PEOPLE}\s+(?:\([^)]*\)\s+)?{of}|"
            rf"{words}(?:[\s-]+(?:group|arm))?\s+{_PEOPLE}\b)", re.I,
        )  # fmt: skip
        for match in said.finditer(line.words):
            number = int(match["n"].replace(",", ""))
            if number <= int(size.printed.value) or _SCREENED.search(line.words[: match.end() + 30]):
                continue
            if number > 5 * float(size.printed.value) or _several(name, largest):
                continue
            yield reading.finding(
                "GROUP_EXCEEDS", "error",
                f"{number} patients of {name} are more than the group has, {size.printed}",
                "the sentence may be about another group; otherwise a digit is misprinted",
                quotes=((line.start + match.start("n"), line.start + match.end("n")), (size.start, size.end)),
            )  # fmt: skip


def _several(name: str, largest: dict[str, Figure]) -> bool:
    """Say whether the name of a group is a part of the name of another."""
    return any(name != other and f" {name} " in f" {other} " for other in largest if not other.startswith("before"))
