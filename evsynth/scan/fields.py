"""Fields of a MEDLINE record as offsets, also of one whose line breaks were lost."""

from __future__ import annotations

import re

from evsynth.scan.parts import Field
from evsynth.text.expressions import Expression

_TAGS = (
    "PMID OWN STAT DCOM LR IS VI IP DP TI PG LID AB CI FAU AU AUID AD CN LA SI PT DEP PL TA JT JID RN SB MH PM"
    "C MID OTO OT "
    "COIS EDAT MHDA PMCR CRDT PHST AID PST SO GR TT GN RF CIN CON EIN EFR CRI CRF RIN ROF UOF UIN DDIN DRIN EC"
    "I ECF RPI RPF "
    "SPIN ORI NM GS FIR IR IRAD FPS PS BTI CTI FED ED PB EN ISBN VTI CP DA OID KW OAB OABL CTDT DRDT OCI CRI"
).split()
_TAG = Expression(rf"(?:^|(?<=\s))({'|'.join(sorted(set(_TAGS), key=len, reverse=True))}) {{0,2}}- ?(?=\S)")
_OPENING = Expression(r"\s*PMID ?- ?[0-9]{1,9}\s+(?:[A-Z]{2,4} {0,2}- )")


def is_record(plain: str) -> bool:
    """Say whether a text is a MEDLINE record."""
    return _OPENING.match(plain) is not None


def fields(plain: str) -> tuple[Field, ...]:
    """List the fields in order. Where the lines are kept, a tag counts only at the start of one."""
    lined = len(re.findall(r"^[A-Z]{2,4} {0,2}- ", plain, re.MULTILINE)) > 3
    found = [m for m in _TAG.finditer(plain) if not lined or m.start() == 0 or plain[m.start() - 1] == "\n"]
    result = []
    for i, match in enumerate(found):
        end = found[i + 1].start() if i + 1 < len(found) else len(plain)
        while end > match.end() and plain[end - 1].isspace():
            end -= 1
        result.append(Field(match[1], match.end(), end))
    return tuple(result)
