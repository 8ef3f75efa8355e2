"""A person or a group as reference managers write them: `Chen, Yuxue`, `Chen Y`, `Otter Study Group,`."""

from __future__ import annotations

import re

from evsynth.model.record import Author

_SUFFIX = re.compile(r"(?:Jr|Sr|I{2,3}|IV|2nd|3rd|[4-9]th)\.?")
_INITIALS = re.compile(r"(?:[^\W\d_a-zß-öø-ÿ]\.?[- ]?){1,4}")
_GROUP = re.compile(
    r"(?i)\b(?:group|team|study|trial|investigators?|consorti\w+|collaborat\w+|committee|network|society|association"
    r"|organi[sz]ation|institut\w*|university|hospital|cent(?:er|re)|ministry|department|agency|council|foundation"
    r"|federation|working party|task ?force|college|academy|register|registry|panel|initiative|programme?|company)\b"
)


def author(printed: str) -> Author:
    """Return the author that a name prints.

    `Family, Given, Suffix` is divided at its commas, `Family GI` before the initials; a comma at the end, or a word
    such as Group or Consortium, marks a group. Another name without comma stays whole, its last word as family name.

    >>> author("Lutra, Ottilie B, 2nd").suffix, author("Otter Study Group").collective
    ('2nd', 'Otter Study Group')
    """
    name = printed.strip()
    if name.endswith(","):
        return Author(collective=name.rstrip(", ") or name)
    family, comma, rest = name.partition(",")
    family, rest = family.strip(), rest.strip()
    if comma and family:
        given, _, suffix = rest.partition(",")
        given, suffix = given.strip(), suffix.strip()
        if given and _SUFFIX.fullmatch(given):
            given, suffix = suffix, given
        return Author(family=family, given=given, suffix=suffix, full_name=name, initials=_initials(given))
    if _GROUP.search(name):
        return Author(collective=name)
    first, _, last = name.rpartition(" ")
    if first and _INITIALS.fullmatch(last) and len(last.replace(".", "")) <= 4:
        return Author(family=first, initials=re.sub(r"[^\w]", "", last), short_name=name)
    if first:
        return Author(family=last, given=first, full_name=name)
    return Author(family=name, full_name=name)


def author_text(this: Author) -> str:
    """Return the name as `Family, Given, Suffix`, a group with a comma after it."""
    if this.collective:
        return f"{this.collective},"
    given = this.given or " ".join(this.initials)
    if this.family and given:
        return ", ".join(filter(None, (this.family, given, this.suffix)))
    return this.family or this.name


def plain_author(this: Author) -> Author:
    """Return what such a name can hold of an author: no affiliations, no identifiers."""
    return author(author_text(this))


def _initials(given: str) -> str:
    letters = given.replace(".", " ").replace("-", " ").split()
    return given.replace(".", "").replace(" ", "") if letters and all(len(x) == 1 for x in letters) else ""
