"""The running text of a document, sentence by sentence, and where words stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.reading import Reading
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

OWN: tuple[Role, ...] = ("title", "abstract", "methods", "results", "body", "registration")
"""Sections in which a paper tells what it did and found; discussions speak of other studies as well."""


class Line(NamedTuple):
    """One sentence: its words (markup blanked, white space kept), its offsets, and the role of its section."""

    words: str
    start: int
    end: int
    role: Role
    section: int

    def piece(self, match: re.Match[str]) -> tuple[int, int]:
        """Give the offsets of a match in `words`, in the document."""
        return self.start + match.start(), self.start + match.end()

    @property
    def whole(self) -> tuple[int, int]:
        """The offsets of the sentence."""
        return self.start, self.end


def lines(reading: Reading, roles: tuple[Role, ...] = OWN) -> Iterator[Line]:
    """Give the sentences of sections with one of `roles`, in order."""
    document = reading.document
    for sentence in document.sentences:
        section = document.sections[sentence.section]
        role: Role = "discussion" if section.role == "abstract" and section.part == "discussion" else section.role
        if role in roles:
            words = document.prose[sentence.start : sentence.end]
            cut = len(words.rstrip())
            yield Line(words[:cut], sentence.start, sentence.start + cut, role, sentence.section)


def says(reading: Reading, pattern: Expression, roles: tuple[Role, ...] | None = None) -> bool:
    """Say whether a pattern stands in the text, tables and legends included (or in sections with one of `roles`)."""
    if roles is None:
        return pattern.search(reading.document.plain) is not None
    return any(pattern.search(line.words) for line in lines(reading, roles))


RANDOMISED = Expression(
    r"\brandomi[sz](?:ed|ation)\b[^.]{0,60}\b(?:to|trial|1:1|2:1|assign|allocat)|\brandomly (?:assigned|allocated)",
    re.I,
)
_OTHERS = Expression(
    r"\brandomi[sz]ed[^.]{0,40}\btrials?\b[^.]{0,60}\b(?:warranted|needed|required|necessary|confirm)|"
    r"\b(?:should|could|must|needs? to|ought to|will|would|remains? to|has yet to|awaits?)\b[^.]{0,40}\brandomi[sz]ed "
    r"(?:\w+ )?(?:trial|stud|comparison)|\b(?:not|no|without|never) (?:\w+ )?randomi[sz]", re.I,
)  # fmt: skip


def is_randomised(reading: Reading) -> bool:
    """Say whether the study itself allocated patients at random, by its own methods or title."""
    own: tuple[Role, ...] = ("title", "abstract", "methods", "body")
    return any(RANDOMISED.search(x.words) and not _OTHERS.search(x.words) for x in lines(reading, own))
