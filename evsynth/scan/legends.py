"""Figure legends: from "Figure 1" at the start of a line (or after a picture's description) to the next break."""

from __future__ import annotations

import re
from bisect import bisect_right

from evsynth.scan.parts import Legend
from evsynth.text.expressions import Expression

_FIGURE = Expression(
    r"(?:^[ \t>#]{0,8}|(?<=\]))(?P<extra>supplement(?:ary|al) |suppl\.? |extended data )?fig(?:ure|"
        r"\.)?[ ]*(?P<number>[A-Z]?[0-9]{1,2}[A-Za-z]?)"
    r"(?![0-9])(?P<after>[ ]*(?:[.:|–-]|\n|$)|[ ]+(?=[A-Z(]))", re.IGNORECASE | re.MULTILINE
)  # fmt: skip
_VERB = Expression(r"\s*(?:shows?|illustrates?|presents?|depicts?|and\b|summari[sz]es)")
_CAPTION = Expression(
    r"^[ \t>#*_]{0,8}(?:(?:supplement(?:ary|al)|suppl\.?|extended data|online)[ ]+)?(?:fig(?:ure|\.)?|table)[ ]*"
    r"[A-Z]?[ -]?[0-9]{1,2}[A-Za-z]?(?![0-9A-Za-z])(?=[ ]*(?:[.:|–-]|\n|$)|[ ]+[A-Z(])", re.IGNORECASE | re.MULTILINE
)  # fmt: skip
_GOES_ON = Expression(
    r"(?:\b(?:in|see|and|or|of|to|from|with|the|by|as|for|both|also|supplementary|online)|[,(;])[ ]*\Z", re.IGNORECASE
)
_WORD = Expression(r"[A-Za-z]{4}")
_PARAGRAPH = Expression(r"\n[ \t]*\n")


def captions(plain: str) -> tuple[int, ...]:
    """Give where the captions of figures and tables begin: at the start of a line that does not go on a sentence."""
    return tuple(
        match.start()
        for match in _CAPTION.finditer(plain)
        if not _VERB.match(plain, match.end())
        and not _GOES_ON.search(plain[max(0, match.start() - 40) : match.start()].rstrip("\n"))
    )


def legends(plain: str, stops: tuple[int, ...]) -> tuple[Legend, ...]:
    """Find legends. `stops` are offsets at which a heading or a table begins: no legend goes on there, nor where
    the caption of another figure or of a table begins."""
    found: list[Legend] = []
    ends = sorted({*stops, *captions(plain)})
    for match in _FIGURE.finditer(plain):
        if _VERB.match(plain, match.end()) or (found and match.start() < found[-1].end):
            continue
        start = match.start() + len(match[0]) - len(match[0].lstrip(" \t>#\n"))
        end = _end(plain, match.end())
        after = bisect_right(ends, match.end())
        end = min(end, ends[after]) if after < len(ends) else end
        end = start + len(plain[start:end].rstrip()) if end in ends else end
        if _WORD.search(plain, match.end(), end):
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
