"""What a tag says: its name, whether it begins or ends an element, its attributes. Each spelling is read once.

A tag comes with the marks of `spelling` in place of references.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from evsynth.sources.corpus.many.spelling import spelled_out

BEGINS, ENDS, EMPTY, STRANGE = 1, -1, 0, 2
ASIDE = b"?"
"""The name of a comment or an instruction: it is no element, and no parser may count it as one."""
_NAME = rb"[A-Za-z_][\w.-]*"
_ONE = rb"[ \t\r\n]+(" + _NAME + rb")[ \t\r\n]*=[ \t\r\n]*(?:\"([^\"\t\r\n]*)\"|'([^'\t\r\n]*)')"
_TAG = re.compile(rb"<(" + _NAME + rb")((?:" + _ONE.replace(b"(" + _NAME, b"(?:" + _NAME) + rb")*)[ \t\r\n]*/?>")
_ATTRIBUTE = re.compile(_ONE)
_END = re.compile(rb"</([A-Za-z_][\w.:-]*)[ \t\r\n]*>")
_OTHER = re.compile(rb"<([A-Za-z_][\w.:-]*)(?:[ \t\r\n][^<>]*)?/?>")
_ASIDE = re.compile(rb"<\?(?![xX][mM][lL])[A-Za-z_][\w.-]*(?:[ \t\r\n][^<>]*)?\?>|<!--(?:(?!--)[^<>])*-->")
_NONE: Mapping[str, str] = MappingProxyType({})


class Tag(NamedTuple):
    """A tag: +1, -1 or 0 for what it does to the depth, its name, its attributes.

    `attributes` is None where they are not plain (a prefix, a line break, one twice); what is no tag is `STRANGE`.
    """

    step: int
    name: bytes
    attributes: Mapping[str, str] | None = _NONE


@lru_cache(maxsize=1 << 16)
def tag(spelled: bytes) -> Tag:
    r"""Read a tag.

    >>> tag(b'<PMID Version="1">')
    Tag(step=1, name=b'PMID', attributes={'Version': '1'})
    >>> tag(b"</PMID >").step, tag(b"<!-- -->").step, tag(b'<a x="1" x="2">').attributes
    (-1, 0, None)
    """
    if found := _END.fullmatch(spelled):
        return Tag(ENDS, found[1])
    if found := _TAG.fullmatch(spelled):
        step = EMPTY if spelled.endswith(b"/>") else BEGINS
        pairs = [
            (one[1].decode(), spelled_out(one[2] or one[3] or b"").decode()) for one in _ATTRIBUTE.finditer(found[2])
        ]
        attributes = dict(pairs)
        return Tag(step, found[1], None if len(attributes) < len(pairs) or "xmlns" in attributes else attributes)
    if found := _OTHER.fullmatch(spelled):
        return Tag(EMPTY if spelled.endswith(b"/>") else BEGINS, found[1], None)
    return Tag(EMPTY, ASIDE) if _ASIDE.fullmatch(spelled) else Tag(STRANGE, b"", None)
