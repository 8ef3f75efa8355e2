"""Which records are compared at all: those that share an identifier, a piece of the title, or a place in print."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from evsynth.sources.duplicates.face import Face

LARGEST = 60
"""A key that more records share says nothing about them (an empty author, the title `Editorial`); it is left out."""


def candidates(faces: Sequence[Face]) -> tuple[list[tuple[int, int]], int]:
    """Return the pairs of positions that are worth comparing, in order, and how many keys were too common to use."""
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for position, face in enumerate(faces):
        for key in set(_keys(face)):
            blocks[key].append(position)
    pairs: set[tuple[int, int]] = set()
    common = 0
    for key, block in blocks.items():
        if len(block) < 2:
            continue
        if len(block) > LARGEST and key[0] not in ("pmid", "doi"):
            common += 1
            continue
        for at, one in enumerate(block):
            pairs.update((one, other) for other in block[at + 1 :])
    return sorted(pairs), common


def _keys(face: Face) -> Iterator[tuple[str, ...]]:
    if face.pmid:
        yield "pmid", face.pmid
    for doi in face.dois:
        yield "doi", doi
    for title in (face.title, face.translated):
        if title.joined:
            first = face.names[0] if face.names else frozenset()
            yield "title", title.joined[:60], *(sorted(first)[:1] if len(title.joined) < 25 else ())
            if len(title.words) > 4:
                yield "begins", "".join(title.words[:4])
                yield "ends", "".join(title.words[-4:])
    if face.pages.first:
        if face.volume:
            yield "volume", face.volume, face.pages.first
        for name in face.names[0] if face.names else ():
            yield "page", face.pages.first, name
    if face.year and face.names:
        for name in face.names[0]:
            yield "author", str(face.year), name, face.title.words[0] if face.title.words else ""
