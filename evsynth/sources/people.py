"""Names with what belongs to them, read from the fields of a record in their order.

`Bio.Medline` collects all addresses of a record in one list, so that nobody can say whose they are; here each
address (`AD`, `IRAD`) and identifier (`AUID`) goes to the name before it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from evsynth.model.record import Author
from evsynth.sources.tags import Field

_ROLES = {"AU": "author", "ED": "editor", "IR": "investigator", "PS": "subject"}
_SUFFIX = re.compile(r"(?:Jr|Sr|I{2,3}|IV|2nd|3rd|[4-9]th)\.?")
#: The tags that this module reads.
PEOPLE_TAGS = frozenset({*_ROLES, *(f"F{tag}" for tag in _ROLES), "CN", "AD", "IRAD", "AUID"})


class People(NamedTuple):
    """Everyone a record names, by role; `addresses` stand before the first name, `left` belongs to nobody."""

    authors: tuple[Author, ...]
    editors: tuple[Author, ...]
    investigators: tuple[Author, ...]
    subjects: tuple[Author, ...]
    addresses: tuple[str, ...]
    left: tuple[Field, ...]


class _Draft:
    """A name while its fields are being read."""

    def __init__(self, role: str) -> None:
        self.role = role
        self.full = self.short = self.collective = ""
        self.addresses: list[str] = []
        self.identifiers: list[str] = []


def people(fields: list[Field]) -> People:
    """Return the people of a record, from all its fields.

    Addresses belong to the name before them until another tag ends the block.
    """
    drafts: list[_Draft] = []
    addresses: list[str] = []
    left: list[Field] = []
    current: _Draft | None = None
    for field in fields:
        tag, value = field.tag, field.value
        if tag not in PEOPLE_TAGS:
            current = None
        elif not value:
            continue
        elif tag == "AD" and current is None and not drafts:
            addresses.append(value)
        elif tag in {"AD", "IRAD", "AUID"}:
            if current is None:
                left.append(field)
            else:
                (current.identifiers if tag == "AUID" else current.addresses).append(value)
        else:
            if current is None or not _continues(current, tag, value):
                current = _Draft(_ROLES[tag.removeprefix("F")] if tag != "CN" else "author")
                drafts.append(current)
            if tag == "CN":
                current.collective = value
            elif tag in _ROLES:
                current.short = value
            else:
                current.full = value

    def of(role: str) -> tuple[Author, ...]:
        return tuple(_author(draft) for draft in drafts if draft.role == role)

    return People(of("author"), of("editor"), of("investigator"), of("subject"), tuple(addresses), tuple(left))


def _continues(current: _Draft, tag: str, value: str) -> bool:
    """Tell whether a name tag adds to the current name: the short one after the full one, or reversed."""
    if tag == "CN" or current.role != _ROLES[tag.removeprefix("F")] or current.addresses or current.identifiers:
        return False
    if tag in _ROLES:
        return bool(current.full) and not current.short
    agree = current.short.casefold().startswith(value.partition(",")[0].casefold())
    return current.role == "investigator" and bool(current.short) and not current.full and agree


def _author(draft: _Draft) -> Author:
    family, _, given = draft.full.partition(", ")
    rest = ""
    if not draft.full:
        family, _, rest = draft.short.rpartition(" ")
        if _SUFFIX.fullmatch(rest):
            family, rest = family.rpartition(" ")[0], f"{family.rpartition(' ')[2]} {rest}"
        if not re.fullmatch(r"[A-Z]{1,6}(?: \S+)?", rest):
            family, rest = draft.short, ""
    elif draft.short.startswith(f"{family} "):
        rest = draft.short[len(family) + 1 :]
    initials, _, suffix = rest.partition(" ")
    if _SUFFIX.fullmatch(initials) and not suffix and given.endswith(initials) and given != initials:
        initials, suffix = "", initials
    if suffix and not _SUFFIX.fullmatch(suffix):
        initials, suffix = rest, ""
    return Author(
        family=family,
        given=given.removesuffix(f" {suffix}") if suffix else given,
        initials=initials,
        suffix=suffix,
        full_name=draft.full,
        short_name=draft.short,
        collective=draft.collective,
        affiliations=tuple(draft.addresses),
        identifiers=tuple(draft.identifiers),
    )
