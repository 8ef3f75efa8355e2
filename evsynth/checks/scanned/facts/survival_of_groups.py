"""Survival of named groups as told in running text: shares at one or several times, and medians, each with its group.

"Survival at 3 and 5 years was 61% and 42% in the UIP group and 86% and 76% in the others"; "two-year survival was 41%
with the drug and 29% with placebo"; "the median was 5.8 years with UIP".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.marked import Number, marked
from evsynth.checks.scanned.prose import Line
from evsynth.text.expressions import Expression


class OfGroup(NamedTuple):
    """A median (`share` None: `number` is the time), or a share at a time, of a named group."""

    kind: str
    group: str
    days: float
    number: Number
    share: bool
    line: Line


_WHAT = (
    r"(?P<kind>(?:[A-Za-z]+[- ]free |overall |graft |patient |cause-specific |disease-specific )*survival|OS|PFS|"
    r"DFS|EFS|RFS)"
)
_UNIT = r"(?P<unit>year|month|week|day)s?"
_GROUP = (
    r"(?:in|with|for|among|after|on|under) (?:the |those (?:with |on |given )?|patients (?:with |on |given )?|women |"
    r"men )*"
    r"(?P<GROUP>[A-Za-z][\w+-]*(?: [A-Za-z][\w+-]*){0,3}?)(?: (?:group|arm|cohort|patients))?(?=[,;.:()]| and\b| but\b|"
    r" vs\b| versus\b| \(|$)"
)
_P = r"⟨p\d+⟩(?: \([^()]*\))?"
_SHARES = rf"(?P<SHARES>{_P}(?:(?:,| and|, and|/) {_P}){{0,3}})"
_ONE, _TWO = (_SHARES.replace("SHARES", f"shares{x}") + " " + _GROUP.replace("GROUP", f"group{x}") for x in ("", "2"))
_TIMES = r"(?P<times>(?:⟨[a-z]\d+⟩(?:[- ](?:years?|months?))?(?:,| and|, and) ){0,3}⟨[a-z]\d+⟩)[- ]" + _UNIT
_AFTERWARDS = Expression(
    rf"{_WHAT}(?: rates?| probabilit\w+)? (?:at|after) {_TIMES} (?:was|were|of|amounted to) {_ONE}"
    rf"(?:[^⟨.;]{{0,12}}(?:and|versus|vs|but|against|,) {_TWO})?", re.I,
)  # fmt: skip
_AHEAD = Expression(
    rf"{_TIMES} {_WHAT}(?: rates?| probabilit\w+)? (?:was|were|of|amounted to) {_ONE}"
    rf"(?:[^⟨.;]{{0,12}}(?:and|versus|vs|but|against|,) {_TWO})?", re.I,
)  # fmt: skip
_MEDIAN = Expression(
    rf"\bmedian {_WHAT}(?: time)? (?:was|of|reached|amounted to) (?:only )?⟨[mdc](?P<i>\d+)⟩ ?{_UNIT}(?: "
    rf"\([^()]*\))? {_GROUP}"
    rf"(?:[^⟨.;]{{0,12}}(?:and|versus|vs|but|against|,) ⟨[mdc](?P<j>\d+)⟩(?: ?(?:years?|months?|weeks?|days?))?"
    rf"(?: \([^()]*\))? {_GROUP.replace('GROUP', 'group2')})?".replace("GROUP", "group"), re.I,
)  # fmt: skip
_NAMED_FIRST = Expression(
    rf"\bmedian {_WHAT}(?: time)? (?:in|with|for|among|on) (?:the )?(?P<group>[A-Za-z][\w+-]*(?: "
    rf"[A-Za-z][\w+-]*){{0,2}}?)"
    rf"(?: (?:group|arm|patients))? (?:was|reached|amounted to) (?:only )?⟨[mdc](?P<i>\d+)⟩ ?{_UNIT}", re.I,
)  # fmt: skip
_DAYS = {"d": 1.0, "w": 7.0, "m": 30.44, "y": 365.25}
_SHORT = {"os": "overall survival", "survival": "overall survival", "pfs": "progression-free survival",
          "dfs": "disease-free survival", "efs": "event-free survival", "rfs": "relapse-free survival"}  # fmt: skip


def of_groups(line: Line) -> Iterator[OfGroup]:
    """Give the medians and the shares of groups that a sentence tells."""
    if not re.search(r"surviv|\b[OPDER]F?S\b", line.words):
        return
    sentence = marked(line.words)
    for match in (*_AFTERWARDS.finditer(sentence.text), *_AHEAD.finditer(sentence.text)):
        days = [
            float(sentence.numbers[int(i)].printed) * _DAYS[match["unit"][0].lower()]
            for i in re.findall(r"⟨[a-z](\d+)⟩", match["times"])
        ]
        for end in ("", "2"):
            told = re.findall(r"⟨p(\d+)⟩", re.sub(r"\([^()]*\)", "", match[f"shares{end}"] or ""))
            for day, i in zip(days, told, strict=False):
                if len(told) == len(days):
                    yield OfGroup(_kind(match), match[f"group{end}"].lower(), day, sentence.numbers[int(i)], True, line)
    for match in (*_MEDIAN.finditer(sentence.text), *_NAMED_FIRST.finditer(sentence.text)):
        for i, group in (("i", "group"), ("j", "group2")):
            if match.groupdict().get(i):
                number = sentence.numbers[int(match[i])]
                days_of = float(number.printed) * _DAYS[match["unit"][0].lower()]
                yield OfGroup(_kind(match), match[group].lower(), days_of, number, False, line)


def _kind(match: re.Match[str]) -> str:
    said = match["kind"].lower().replace(" free", "-free")
    return _SHORT.get(said, said)
