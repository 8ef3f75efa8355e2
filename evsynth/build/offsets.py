"""Where the leaves of answers stand in their sources, as character offsets."""

from __future__ import annotations

from evsynth.review.folder import Folder
from evsynth.text.normalise import normalise
from evsynth.text.quotes import Piece, find, match, pieces

Offset = tuple[str, int, int]


def offsets(folder: Folder) -> dict[str, Offset]:
    """Give, by identifier of a number, its source and the offsets of the printed number in it.

    Numbers whose source is not held, or whose quote or value is not found, are not in the mapping.
    """
    found: dict[str, Offset] = {}
    normal = {name: normalise(s.text) for name, s in folder.sources.items() if s.text is not None}
    for extraction in folder.studies.values():
        located: dict[int, tuple[int, list[Piece | None]]] = {}
        for observation in extraction.observations:
            if observation.unquoted is not None or observation.source not in normal:
                continue
            source = normal[observation.source]
            index = int(observation.path[1])
            passage = extraction.study.passages[index]
            if index not in located:
                place = find(passage.quote, source)
                start = place.start if place.times == 1 else -1
                located[index] = (start, pieces(passage.quote, [v.printed for v in passage.values]))
            start, parts = located[index]
            piece = parts[int(observation.path[3])]
            if start < 0 or piece is None:
                continue
            stored = list(observation.statistics.values())
            numerals = match(piece, stored, prose=observation.about.basis == "prose")
            for name, numeral in zip(observation.statistics, numerals or (), strict=False):
                first, last = source.span(start + numeral.start, start + numeral.end)
                found[observation.name(name)] = (observation.source, first, last)
    return found
