"""What a tag says: its name, whether it begins or ends an element, its attributes. Each spelling is read once.

A tag comes with the marks of `spelling` in place of references.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from evsynth.sources.corpus.many.paths import BESIDE, NAMES, OTHER
from evsynth.sources.corpus.many.spelling import spelled_out

BEGINS, ENDS, EMPTY, STRANGE = 1, -1, 0, 2
_NAME = rb"[A-Za-z_][\w.-]*"
_ONE = rb"[ \t\r\n]+(" + _NAME + rb")[ \t\r\n]*=[ \t\r\n]*(?:\"([^\"\t\r\n]*)\"|'([^'\t\r\n]*)')"
_TAG = re.compile(rb"<(" + _NAME + rb")((?:" + _ONE.replace(b"(" + _NAME, b"(?:" + _NAME) + rb")*)[ \t\r\n]*/?>")
_USUAL = re.compile(rb"<(\w+) (\w+)=\"([^\"\0-\x1f]*)\"(?: (\w+)=\"([^\"\0-\x1f]*)\")?>")
_ATTRIBUTE = re.compile(_ONE)
_END = re.compile(rb"</([A-Za-z_][\w.:-]*)[ \t\r\n]*>")
_OTHER = re.compile(rb"<([A-Za-z_][\w.:-]*)(?:[ \t\r\n][^<>]*)?/?>")
_ASIDE = re.compile(rb"<\?(?![xX][mM][lL])[A-Za-z_][\w.-]*(?:[ \t\r\n][^<>]*)?\?>|<!--(?:(?!--)[^<>])*-->")
#: The attributes of most elements; a tag with one or two of them is read the short way.
_NAMED = {
    name.encode(): name
    for name in "UI MajorTopicYN Version IdType PubStatus EIdType ValidYN Label NlmCategory RefType Source Type".split()
}
_NONE: Mapping[str, str] = MappingProxyType({})


class Tag(NamedTuple):
    """A tag: +1, -1 or 0 for what it does to the depth, its name and the code of its name in `paths`, its attributes.

    `attributes` is None where they are not plain (a prefix, a line break, one twice); what is no tag is `STRANGE`. A
    comment or an instruction is no element, and has no name.
    """

    step: int
    name: bytes
    code: int
    attributes: Mapping[str, str] | None = _NONE


@lru_cache(maxsize=1 << 13)
def tag(spelled: bytes) -> Tag:
    r"""Read a tag.

    >>> one = tag(b'<PMID Version="1">')
    >>> one.step, one.name, one.attributes
    (1, b'PMID', {'Version': '1'})
    >>> tag(b"</PMID >").step, tag(b"<!-- -->").step, tag(b'<a x="1" x="2">').attributes
    (-1, 0, None)
    """
    if (found := _USUAL.fullmatch(spelled)) and found[1] in NAMES:
        name, first, said, second, more = found.groups()
        if first in _NAMED and second is None:
            return Tag(BEGINS, name, NAMES[name], {_NAMED[first]: said.decode()})
        if first in _NAMED and second in _NAMED and first != second:
            return Tag(BEGINS, name, NAMES[name], {_NAMED[first]: said.decode(), _NAMED[second]: more.decode()})
    if found := _END.fullmatch(spelled):
        return Tag(ENDS, found[1], NAMES.get(found[1], OTHER))
    if found := _TAG.fullmatch(spelled):
        step = EMPTY if spelled.endswith(b"/>") else BEGINS
        pairs = [
            (one[1].decode(), spelled_out(one[2] or one[3] or b"").decode()) for one in _ATTRIBUTE.finditer(found[2])
        ]
        attributes = dict(pairs)
        unlike = len(attributes) < len(pairs) or "xmlns" in attributes
        return Tag(step, found[1], NAMES.get(found[1], OTHER), None if unlike else attributes)
    if found := _OTHER.fullmatch(spelled):
        step = EMPTY if spelled.endswith(b"/>") else BEGINS
        return Tag(step, found[1], NAMES.get(found[1], OTHER), None)
    return Tag(EMPTY, b"", BESIDE) if _ASIDE.fullmatch(spelled) else Tag(STRANGE, b"", OTHER)
