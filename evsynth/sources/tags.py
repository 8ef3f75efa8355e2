"""The closed list of MEDLINE tags: meaning, place in the record, and the form of the value.

`TAGS` is in the order in which PubMed prints fields (checked against real exports); tags of one `place` come
in any order among themselves. The grammar is used to lay out a record whose line breaks were lost; reading a
properly laid out record needs only the names. After NLM's *MEDLINE/PubMed Data Element (Field) Descriptions*.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from evsynth.model.record import RELATIONS

Kind = Literal["closed", "name", "phrase", "prose"]


class Tag(NamedTuple):
    """One tag: its name, place, whether it repeats, and what its value looks like.

    `closed` values have a grammar that running text does not meet by chance (dates, codes, identifiers);
    `name` values are personal names; `phrase` values are one short line; `prose` values are free text. `form`
    matches the whole value; `sure` matches the beginning of a value that is beyond doubt.
    """

    name: str
    place: int
    many: bool
    kind: Kind
    form: re.Pattern[str]
    sure: re.Pattern[str] | None = None


_DAY = r"\d{4}(?:\d\d){0,2}"
_TIME = r"\d{4}/\d{2}/\d{2}(?: \d{2}:\d{2}(?::\d{2})?)?"
_ID = r"\S+(?: \S+){0,3}? \[[a-z]+\]|\S*\d\S*"
_NAME = r".{1,100}"
_INITIALS = (
    r"(?:et al\.|[^\W\d_][^\d;:()\[\]/.]{0,60}? [A-Z]{1,6}(?: [JS]r\.?| 2nd| 3rd| [4-9]th)?)"
    r"(?=\s+[A-Z]{2,4} {0,2}-\s|\s*$)"
)
_COPYRIGHT = r"(?:copyright|©|\(c\)|published (?:by|\d)|this (?:article|work) is)"
_RIGHTS = (
    rf"(?i)(?=.{{0,120}}(?:{_COPYRIGHT}|rights|licen[cs]|publish|\bauthors?\b|\binc\b|\bltd\b"
    r"|\b(?:19|20)\d\d\b)).+"
)

# (tags, repeats, kind, form of the whole value, beginning of a value that is beyond doubt)
_PLACES: tuple[tuple[tuple[str, bool, Kind, str, str], ...], ...] = (
    (("PMID", False, "closed", r"\d{1,12}(?:\.\d+)?(?: \d+)?", ""),),
    (("OWN", False, "closed", r"[A-Z]{2,10}", ""),),
    (("STAT", False, "closed", r"[A-Za-z]+(?:-[A-Za-z]+)*", ""),),
    (
        ("DA", False, "closed", _DAY, ""),
        ("DRDT", False, "closed", _DAY, ""),
        ("CTDT", False, "closed", _DAY, ""),
    ),
    (("DCOM", False, "closed", _DAY, ""),),
    (("LR", False, "closed", _DAY, ""),),
    (("PUBM", False, "closed", r"[A-Za-z]+(?:-[A-Za-z]+)*", ""),),
    (
        ("IS", True, "closed", r"\d{4}-\d{3}[\dXx](?: ?\([A-Za-z ]+\))?", ""),
        ("ISBN", True, "closed", r"(?:ISBN:? )?[\dXx-]{9,20}(?: \([^()]*\))?", ""),
    ),
    (("VI", False, "phrase", r".{1,60}", ""),),
    (("IP", False, "phrase", r".{1,60}", ""),),
    (("PB", False, "phrase", r".{1,200}", ""),),
    (("DP", False, "closed", r"(?:[A-Z][a-z]+ )?\d{4}\b[\w /.,–-]{0,40}", ""),),
    (("TI", False, "prose", r".+", ""),),
    (
        ("BTI", False, "prose", r".+", ""),
        ("CTI", False, "prose", r".+", ""),
        ("VTI", False, "prose", r".+", ""),
        ("CP", False, "phrase", r".{1,30}", ""),
        ("EN", False, "phrase", r".{1,60}", ""),
    ),
    (("PG", False, "closed", r"(?=.*[\divxlc])[\w.,;:() /+–&-]{1,100}", ""),),
    (("LID", True, "closed", _ID, ""),),
    (("AB", False, "prose", r".+", ""),),
    (
        ("CI", False, "prose", _RIGHTS, rf"(?i){_COPYRIGHT}"),
        ("OAB", True, "prose", r".+", r"Publisher: "),
        ("OABL", True, "closed", r"[a-z]{2,3}", ""),
        ("OCI", True, "prose", _RIGHTS, rf"(?i){_COPYRIGHT}"),
    ),
    (
        ("FED", True, "name", _NAME, r".{1,100}?\sED {0,2}-\s"),
        ("ED", True, "name", _NAME, _INITIALS),
        ("FAU", True, "name", _NAME, r".{1,100}?\sAU {0,2}-\s"),
        ("AU", True, "name", _NAME, _INITIALS),
        ("AUID", True, "closed", r"[A-Za-z]+:? ?\S+", ""),
        ("AD", True, "prose", r".+", r"[^\W_][^.]{0,200}, "),
        ("CN", True, "phrase", r"(?:(?![.?!] [A-Z]).){1,250}", ""),
    ),
    (("LA", True, "closed", r"[a-z]{3}(?:[ ,/]+[a-z]{3})*", ""),),
    (
        ("SI", True, "closed", r"[\w.() -]{1,40}/\S{1,60}|\S{1,60}", ""),
        ("GR", True, "phrase", r".{1,400}", ""),
    ),
    (("PT", True, "phrase", r".{1,120}", ""),),
    (("TT", False, "prose", r".+", ""),),
    (("DEP", False, "closed", _DAY, ""),),
    (("PL", False, "phrase", r".{1,80}", ""),),
    (("TA", False, "phrase", r".{1,160}", ""),),
    (("JT", False, "phrase", r".{1,400}", ""),),
    (("JID", False, "closed", r"\w{4,12}", ""),),
    (
        ("RN", True, "phrase", r"(?:E\.?C\.? )?[\w.-]+(?: \(.{1,400}\))?", r"(?:EC )?[\w.-]+ \("),
        ("NM", True, "phrase", r".{1,400}", ""),
    ),
    (("SB", True, "closed", r"[A-Z]{1,8}", ""),),
    tuple((tag, True, "phrase", r".{5,500}", r".{5,300}PMID: ?\d+ ") for tag in RELATIONS),
    (("MH", True, "phrase", r".{1,300}", ""),),
    (
        ("PMC", False, "closed", r"PMC\d+(?:\.\d+)?", ""),
        ("MID", True, "closed", r"[A-Z]+\d+", ""),
        ("OID", True, "phrase", r".{1,120}", ""),
        ("GS", True, "phrase", r".{1,60}", ""),
        ("FPS", True, "name", _NAME, r".{1,100}?\sPS {0,2}-\s"),
        ("PS", True, "name", _NAME, _INITIALS),
        ("RF", False, "closed", r"\d{1,6}", ""),
        ("SFM", True, "phrase", r".{1,200}", ""),
    ),
    (("OTO", True, "closed", r"[A-Z]{2,10}", ""), ("OT", True, "phrase", r".{1,400}", "")),
    (("GN", True, "prose", r".+", ""),),
    (("COIS", False, "prose", r".+", ""),),
    (
        ("FIR", True, "name", _NAME, r".{1,100}?\sIR {0,2}-\s"),
        ("IR", True, "name", _NAME, _INITIALS + r"|.{1,100}?\sFIR -\s"),
        ("IRAD", True, "prose", r".+", ""),
    ),
    (("EDAT", False, "closed", _TIME, ""),),
    (("MHDA", False, "closed", _TIME, ""),),
    (
        ("PMCR", False, "closed", _TIME, ""),
        ("CRDT", False, "closed", _TIME, ""),
    ),
    (("PHST", True, "closed", r"\d{4}[\d/: -]* \[[A-Za-z-]+\]", ""),),
    (("AID", True, "closed", _ID, ""),),
    (("PST", False, "closed", r"[a-z]+(?:\+[a-z]+)*", ""),),
    (("SO", False, "prose", r".+", ""),),
)

#: Every tag, in the order of printing.
TAGS: dict[str, Tag] = {
    name: Tag(name, place, many, kind, re.compile(form, re.S), re.compile(sure, re.S) if sure else None)
    for place, tags in enumerate(_PLACES)
    for name, many, kind, form, sure in tags
}

_LINE = re.compile(r"(?P<tag>[A-Z][A-Z0-9]{1,3})(?P<pad> {0,2})-(?P<blank> |$)(?P<value>.*)", re.S)
_LOOSE = re.compile(r"(?P<tag>[A-Z][A-Z0-9]{1,3}) *- *(?P<value>.*)", re.S)


class Field(NamedTuple):
    """One field of a record: its tag, its value on one line, and the line (from 1) where it begins."""

    tag: str
    value: str
    line: int


class BadLine(NamedTuple):
    """A line that is neither a field nor the continuation of one."""

    line: int
    text: str


def tag_line(line: str) -> tuple[str, str] | None:
    """Return tag and value of a line that begins a field, or `None`.

    An unknown tag must stand in tag columns (`XYZ - value`); a known one may be crowded (`TI-value`), nothing
    is lost.
    """
    found = _LINE.fullmatch(line)
    if found is None:
        found = _LOOSE.fullmatch(line)
        if found is None or found["tag"] not in TAGS:
            return None
    return found["tag"], found["value"]


def fields(lines: list[str], first: int) -> tuple[list[Field], BadLine | None]:
    """Return the fields of one record's lines, continuations joined by one blank, and the first bad line.

    A continuation begins with a blank; inside a value, runs of blanks count as one. `first` is the number of
    `lines[0]`.
    """
    found: list[tuple[str, list[str], int]] = []
    bad = None
    for number, line in enumerate(lines, first):
        if not line.strip():
            continue
        if line[0] in " \t" and found:
            found[-1][1].append(line)
        elif (tagged := tag_line(line)) is not None:
            found.append((tagged[0], [tagged[1]], number))
        else:
            bad = BadLine(number, line)
            break
    return [Field(tag, one_line(" ".join(parts)), line) for tag, parts, line in found], bad


def one_line(text: str) -> str:
    """Return text with its line breaks and runs of blanks as single blanks, and none at its ends."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip()
