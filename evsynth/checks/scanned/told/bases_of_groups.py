"""Shares of a group called by name: "71 women in the metformin group (10.1%)", where 388 were given metformin.

10.1% is of the 702 of another group: found where the share is of no other number of people that the paper tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.denominators import CHANGE, fits, missing, printed_numbers, share_finding
from evsynth.checks.scanned.facts.groups_named import Group, groups_named, words
from evsynth.checks.scanned.facts.marked import Marked, marked, spot
from evsynth.checks.scanned.facts.proportions import Proportion, proportions
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("COUNT_PERCENT",)

_PEOPLE = r"(?:the|those|patients|participants|people|women|men|children|infants|adults|subjects|eyes|cases)"
_GIVEN = (
    r"(?:in|of|on|with|from|among|given|receiving|who received|allocated to|assigned to|randomi[sz]ed to|taking|"
    r"treated with|undergoing)"
)
_NAME = r"(?P<name>[A-Za-z][^⟨;:(),.]*)"
_AFTER = Expression(
    rf"^\)?(?: (?!and\b|or\b|vs\b|versus\b)[a-z]+){{0,5}}? {_GIVEN}(?: {_PEOPLE}){{0,2}}(?: {_GIVEN})?(?: the)? {_NAME}"
)
_DIRECTLY = Expression(rf"^\)? (?P<name>[A-Za-z][^⟨;:(),.]*?)[- ](?:treated|recipients|users|{_PEOPLE})\b")
_BETWEEN = Expression(rf"^(?: [a-z]+){{0,3}}? {_GIVEN}(?: {_PEOPLE})?(?: {_GIVEN})?(?: the)? {_NAME} ?\($")
_DIRECTLY_BETWEEN = Expression(
    rf"^ (?P<name>[A-Za-z][^⟨;:(),.]*?)[- ](?:treated|recipients|users|{_PEOPLE})\b[^⟨;:(),.]*\($"
)
_BEFORE = Expression(
    rf"(?:^|[.;:,] |and |whereas |while )(?:[Ii]n|[Oo]f|[Aa]mong|[Ww]ith) (?:the )?{_NAME}(?:, (?:[a-z]+ ){{0,5}})?$"
)
_BESIDE = Expression(r"\b(?:who|of (?:the|those|these|them|whom|which)|that|without|aged|older|younger)\b")


def bases_of_groups(reading: Reading) -> Iterator[Finding]:
    """Compare the shares told of one group by name with the size of that group.

    Left alone: shares that people without data explain, those of any number but the size of another group, changes and
    estimates, and people of a group who have something else as well.
    """
    groups = groups_named(reading)
    if len(groups) < 2:
        return
    sizes = {g.size.whole for g in groups}
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        if "%" not in line.words and "cent" not in line.words:
            continue
        sentence = marked(line.words)
        for share in proportions(sentence):
            if share.events is None or share.percent is None or share.of is not None or share.percent.printed.bound:
                continue
            group = _group(sentence, share, groups)
            of = group.size.whole if group is not None else 0
            if group is None or not 0 < share.events.whole < of or fits(share, of) or missing(share, of):
                continue
            if re.search(
                r"\b(?:across|over|within|during|after|per|for) (?:all |the )?$", line.words[: share.events.start]
            ):
                continue  # "across 6 attacks in the group (52.7%)"
            if CHANGE.search(sentence.text[max(0, share.start - 40) : share.end + 20]):
                continue
            known = {n for n in printed_numbers(reading) if n >= share.events.whole} - (sizes - {of})
            known |= {sum(sizes), *(n.whole for n in sentence.numbers if n.kind == "c" and line != group.line)}
            if not any(fits(share, n) for n in known):
                quotes = (spot(line, *share.numbers), spot(group.line, group.size))
                yield share_finding(reading, line, share.events, share.percent, of, quotes)


def _group(sentence: Marked, share: Proportion, groups: tuple[Group, ...]) -> Group | None:
    """Give the group whose name stands between count and percentage, or behind them; None where it is in doubt."""
    text = sentence.text
    marks = sorted(text.index(f"⟨{n.kind}{sentence.numbers.index(n)}⟩") for n in share.numbers)
    between = text[text.index("⟩", marks[0]) + 1 : marks[-1]]
    behind = text[text.index("⟩", marks[-1]) + 1 :]
    before = text[text.rfind("⟩", 0, marks[0]) + 1 : marks[0]]
    for pattern, piece in (
        (_BETWEEN, between), (_DIRECTLY_BETWEEN, between), (_AFTER, behind), (_DIRECTLY, behind), (_BEFORE, before),
    ):  # fmt: skip
        match = pattern.search(piece)
        if match is not None:
            name = words(re.split(r"\b(?:and|or|versus|vs|compared|than|but|while|whereas)\b", match["name"])[0])
            found = [g for g in groups if name[: len(g.name)] == g.name]
            longest = max((len(g.name) for g in found), default=0)
            found = [g for g in found if len(g.name) == longest]
            if not found:
                longest = next((k for k in (3, 2, 1) if any(_ends(g, name, k) for g in groups)), 0)
                found = [g for g in groups if longest and _ends(g, name, longest)]
            rest = " ".join(name[longest:])
            if len(found) == 1 and not _BESIDE.search(rest):
                return found[0]
    return None


def _ends(group: Group, name: tuple[str, ...], size: int) -> bool:
    """Say whether a name begins with the last words of the group: "apixaban" for "we gave apixaban"."""
    return len(group.name) > size and len(name) >= size and group.name[-size:] == name[:size]
