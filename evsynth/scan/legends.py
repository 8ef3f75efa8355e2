"""Figure legends: from "Figure 1" at the start of a line (or after a picture's description) to the next break."""

from __future__ import annotations

import re

from evsynth.scan.parts import Legend

_FIGURE = re.compile(
    r"(?:^[ \t>#]{0,8}|(?<=\]))(?P<extra>supplement(?:ary|al) |suppl\.? |extended data )?fig(?:ure|"
        r"\.)[ ]*(?P<number>[A-Z]?[0-9]{1,2}[A-Za-z]?)"
    r"(?![0-9])(?P<after>[ ]*(?:[.:|–-]|\n|$)|[ ]+(?=[A-Z(]))", re.IGNORECASE | re.MULTILINE
)  # fmt: skip
_VERB = re.compile(r"\s*(?:shows?|illustrates?|presents?|depicts?|and\b|summari[sz]es)")
_PARAGRAPH = re.compile(r"\n[ \t]*\n")


def legends(plain: str, stops: tuple[int, ...]) -> tuple[Legend, ...]:
    """Find legends. `stops` are offsets at which a heading or a table begins: no legend goes on there."""
    found: list[Legend] = []
    for match in _FIGURE.finditer(plain):
        if _VERB.match(plain, match.end()) or (found and match.start() < found[-1].end):
            continue
        start = match.start() + len(match[0]) - len(match[0].lstrip(" \t>#\n"))
        end = _end(plain, match.end())
        end = min([offset for offset in stops if match.end() < offset < end], default=end)
        if end - match.end() > 10:
            found.append(
                Legend(
                    len(found),
                    ("S" if match["extra"] and match["number"][0] != "S" else "") + match["number"],
                    start,
                    end,
                )
            )
    return tuple(found)


def _end(plain: str, position: int) -> int:
    """Find where a legend ends: after its first paragraph with words; a page of single lines ends at the line."""
    while True:
        match = _PARAGRAPH.search(plain, position)
        end = match.start() if match else len(plain)
        if plain[position:end].strip(" \n*_.:|") or match is None:
            break
        position = match.end()
    for line in re.finditer(r"[^\n]+", plain[position:end]):
        follows = plain[position + line.end() : end].lstrip()
        if (
            len(line[0].strip()) > 60
            and line[0].rstrip().endswith((".", ")"))
            and (not follows or follows[0].isupper())
        ):
            return position + len(plain[position : position + line.end()].rstrip())
        if len(line[0].strip()) > 250:
            break
    return end
