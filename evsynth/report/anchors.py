"""Where quotes and numbers stand in the sources, and the anchors by which a page links to them.

Anchors are short digests of what they name, so they stay the same when something else is added to the review.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import NamedTuple

from evsynth.model.source import Source, is_open
from evsynth.text.extraction import Extraction
from evsynth.text.normalise import normalise
from evsynth.text.quotes import find

Offset = tuple[str, int, int]


class Anchors(NamedTuple):
    """Spans of quotes and numbers by source, and the links to them by passage and by number.

    `quotes` is keyed by study and index of the passage, `numbers` by identifier of the number; both give a link such as
    ``#q-0a1b2c3d4e``, and only for sources whose text may stand in the page.
    """

    spans: dict[str, tuple[tuple[int, int, str], ...]]
    numerals: dict[str, tuple[tuple[int, int, str], ...]]
    quotes: dict[tuple[str, int], str]
    numbers: dict[str, str]


def anchors(
    extractions: Mapping[str, Extraction], sources: Mapping[str, Source], offsets: Mapping[str, Offset]
) -> Anchors:
    """Locate every quote in the texts that may be shown, and every number by its offsets."""
    shown = {
        name: source.text
        for name, source in sources.items()
        if source.text is not None and is_open(source.about.licence)
    }
    normal = {name: normalise(text) for name, text in shown.items()}
    spans: dict[str, set[tuple[int, int, str]]] = {name: set() for name in shown}
    numerals: dict[str, set[tuple[int, int, str]]] = {name: set() for name in shown}
    quotes, numbers = {}, {}
    for study, extraction in sorted(extractions.items()):
        for index, passage in enumerate(extraction.study.passages):
            if passage.source not in normal:
                continue
            found = find(passage.quote, normal[passage.source])
            if found.times == 0:
                continue
            length = len(normalise(passage.quote).text.strip())
            start, end = normal[passage.source].span(found.start, found.start + length)
            anchor = quote_anchor(passage.source, start, end)
            spans[passage.source].add((start, end, anchor))
            quotes[study, index] = f"#{anchor}"
    for number, (source, start, end) in sorted(offsets.items()):
        if source in shown:
            anchor = "n-" + _digest(number)
            numerals[source].add((start, end, anchor))
            numbers[number] = f"#{anchor}"
    return Anchors(_sorted(spans), _sorted(numerals), quotes, numbers)


def quote_anchor(source: str, start: int, end: int) -> str:
    """Give the anchor of a quote."""
    return "q-" + _digest(f"{source} {start} {end}")


def value_anchor(study: str, value: str) -> str:
    """Give the anchor of a value in the table of its study."""
    return "v-" + _digest(f"{study} {value}")


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:10]


def _sorted(found: dict[str, set[tuple[int, int, str]]]) -> dict[str, tuple[tuple[int, int, str], ...]]:
    return {name: tuple(sorted(spans, key=lambda s: (s[0], -s[1], s[2]))) for name, spans in found.items()}
