"""More people of a group told in a sentence than the heads of the tables print for it: "in 211 infants on HFO"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.slips import swapped
from evsynth.checks.scanned.identity import Size, group_key, group_sizes
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("GROUP_EXCEEDS",)

_PEOPLE = (
    r"(?:patients|participants|infants|children|women|men|adults|subjects|people|persons|neonates|girls|boys|cases)"
)
_NUMBERS = r"(?P<all>(?:\d[\d,]*\d|\d{2,})(?:(?:, | and |, and | or )(?:\d[\d,]*\d|\d{2,}))*)"
_TOLD = Expression(
    rf"\b(?:in|of|for|among|from|the|all)\s{_NUMBERS}\s(?:[a-z-]+\s)?{_PEOPLE}\s"
    r"(?:(?:were|who were|who)\s)?(?:(?:randomly\s)?(?:on|given|with|in|receiving|received|taking|"
    r"treated with|assigned to|allocated to|randomi[sz]ed to)|in)\s(?:the\s)?(?P<group>[A-Za-z][\w-]*(?:\s[\w-]+){0,3})"
)
_HEADED = Expression(r"(?P<name>(?:[A-Za-z][\w+/-]*\s){0,3}[A-Za-z][\w+/-]*)\s?[(\[]\s?[nN]\s?=\s?(?P<n>\d+)(?![\d/])")
_OTHERS = Expression(
    r"\b(?:screened|eligible|assessed|approached|invited|et al|stud(?:y|ies) of|trial of|registry|previous\w*|planned|"
    r"sample size|other|pooled|meta-anal\w+|cohort of|samples?|visits?|worldwide|excluded)\b", re.I,
)  # fmt: skip


def more_than_group(reading: Reading) -> Iterator[Finding]:
    """Compare the people of a named group in results and abstract with the size that all tables print for the group.

    Left alone: those screened or of other studies, and numbers more than half as large again.
    """
    sizes = {k: v for k, v in group_sizes(reading).items() if v.figure is not None and len(k) > 1}
    if not sizes:
        return
    yield from _sized(reading, sizes)
    for line in lines(reading, ("abstract", "results", "body")):
        for match in _TOLD.finditer(line.words):
            named = _named(match["group"], sizes)
            if named is None or _OTHERS.search(line.words, max(0, match.start() - 70), match.end() + 30):
                continue
            found = sizes[named]
            for number in re.finditer(r"\d[\d,]*\d|\d+", match["all"]):
                said = int(number[0].replace(",", ""))
                if found.patients < said <= 1.5 * found.patients and found.figure is not None:
                    yield _finding(reading, line, match, number, named, found)


def _sized(reading: Reading, sizes: dict[str, Size]) -> Iterator[Finding]:
    """Compare "the on-demand (n = 86)" in a legend with the size of the group: more, or with two digits exchanged."""
    document = reading.document
    for legend in document.legends:
        text = document.prose[legend.start : legend.end]
        for match in _HEADED.finditer(text):
            lead = group_key(match["name"])
            fits = [k for k in sizes if f" {lead}".endswith(f" {k}")]
            found = sizes[max(fits, key=len)] if fits else None
            said = int(match["n"])
            if fits and re.search(
                r"\b(?:without|non|no|not)[\s-]$", f"{match['name'].lower()} "[: -len(max(fits, key=len)) - 1]
            ):
                continue
            if found is None or found.figure is None or said == found.patients or _OTHERS.search(text):
                continue
            if found.patients < said <= 1.5 * found.patients or swapped(said, found.patients):
                yield reading.finding(
                    "GROUP_EXCEEDS", "inconsistent",
                    f"n = {said} for {match['name'].split()[-1]} in the legend is inconsistent with the tables, "
                    f"{found.patients}", "a digit may be misprinted, or the numbers exchanged",
                    quotes=((legend.start + match.start("n"), legend.start + match.end("n")),
                            (found.figure.start, found.figure.end)),
                )  # fmt: skip


def _named(words: str, sizes: dict[str, Size]) -> str | None:
    """Give the one group whose whole name begins the words."""
    text = f"{group_key(words)} "
    fits = [k for k in sizes if text.startswith(f"{k} ")]
    return max(fits, key=len) if fits else None


def _finding(
    reading: Reading, line: Line, match: re.Match[str], number: re.Match[str], named: str, found: Size
) -> Finding:
    start = line.start + match.start("all") + number.start()
    assert found.figure is not None
    return reading.finding(
        "GROUP_EXCEEDS", "inconsistent",
        f"{number[0]} told of '{match['group'].split()[0] if ' ' not in named else named}' are more than the group "
        f"has, {found.patients}", "other people, or samples, may be counted; otherwise a digit is misprinted",
        quotes=((start, start + len(number[0])), (found.figure.start, found.figure.end)),
    )  # fmt: skip


__all__ = ["CODES", "more_than_group"]
