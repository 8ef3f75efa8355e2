"""'The most common event was A' against the other rows of its table, and 'followed by' against its numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.named_rows import row_key
from evsynth.checks.scanned.identity import Line as TableLine
from evsynth.checks.scanned.identity import key, table_lines
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("COMMONEST_CONTRADICTS",)

_MOST = Expression(
    r"\b(?:(?:most|least)[- ]|(?=common(?:est)))(?P<word>commonest|common|frequent|prevalent|frequently (?:reported|"
    r"observed|seen|used|isolated)|"
    r"commonly "
    r"(?:reported|observed|seen|used))(?:ly)?\b(?P<what>[^.;()]{0,70}?)\b(?:was|were|is|being|"
    r"included)\s+(?:the\s+)?(?P<named>[^.;]{3,160})",
    re.I,
)
_MOST_LAST = Expression(
    r"(?:^|[.;,]\s+|\band\s+)(?P<named>[A-Za-z][\w -]{2,50}?)\s+(?:was|were)\s+the\s+most\s+(?P<word>common|"
    r"frequent|prevalent|"
    r"frequently (?:reported|observed|seen|used)|commonly (?:reported|observed|seen|used))\b(?P<what>[^.;()]{0,60})",
    re.I,
)
_MOST_OFTEN = Expression(
    r"(?:^|[.;,]\s+|\band\s+)(?:the\s)?(?P<named>[A-Za-z][\w -]{2,50}?)\s+(?:(?:was|"
    r"were)\s+(?:again\s)?(?:the\s+)?(?:[a-z-]+\s){0,3}?"
    r"(?P<word>cited|reported|named|chosen|mentioned|given|seen|used|observed|encountered|affected|prescribed|"
    r"found|isolated|stated|"
    r"quoted|selected)\s+)most\s+(?:often|frequently|commonly)\b(?P<what>[^.;()]{0,40})", re.I,
)  # fmt: skip
_FIRST = Expression(r"^(?P<name>[^.;,(]{2,60}?)(?=\s*\(|,|\s+followed\b|\s+and\b|\s+in\b|\s+with\b|\s*$)")
_LISTED = Expression(r"\(\s*(?:n\s*=\s*)?(?P<n>[0-9]+(?:\.[0-9]+)?)(?P<percent>\s*%)?[^()]{0,30}\)")
_TOTAL = Expression(
    r"\b(?:any|all|total|overall|at least|other|others|none|no|serious|grade|patients with|unknown|missing|≥)\b", re.I
)
_LISTS = Expression(r"adverse|event|complication|cause|reason|symptom|comorbid|side effect|toxicit|harm|safety|"
    r"pathogen|organism|"
                    r"infection|diagnos|manifestation|barrier|obstacle|motive|facilitator", re.I)  # fmt: skip
_SOME = Expression(r"\b(?:one of|among|severe|serious|in the|grade|group|second)\b", re.I)


def commonest(reading: Reading) -> Iterator[Finding]:
    """Find a row that is called most common and is not, and a list 'A (n), followed by B (m)' that does not descend.

    The rows compared stand under one heading, or in a table of events, causes or symptoms, and hold counts. Left alone:
    'one of the most common', the most common among severe ones or in one group, and rows for all or for others.
    """
    rows = table_lines(reading)
    for line in lines(reading, ("abstract", "results", "discussion", "conclusion", "body")):
        for match in (*_MOST.finditer(line.words), *_MOST_LAST.finditer(line.words), *_MOST_OFTEN.finditer(line.words)):
            before = line.words[max(0, match.start() - 25) : match.start()]
            if match[0].lower().startswith("least") or re.search(r"\bone of\b|\bamong\b|\bsecond\b", before, re.I):
                continue
            found = _descending(reading, line, match) or _in_table(reading, rows, line, match)
            if found is not None:
                yield found


def _descending(reading: Reading, line: Line, match: re.Match[str]) -> Finding | None:
    if "followed by" not in match["named"]:
        return None
    listed = list(_LISTED.finditer(match["named"]))
    if len(listed) < 2 or len({bool(m["percent"]) for m in listed}) != 1:
        return None
    values = [float(m["n"]) for m in listed]
    wrong = next((i for i in range(1, len(values)) if values[i] > values[i - 1]), None)
    if wrong is None:
        return None
    offset = line.start + match.start("named")
    return reading.finding(
        "COMMONEST_CONTRADICTS", "inconsistent",
        f"a list from the most common on ('followed by') has {listed[wrong]['n']} after {listed[wrong - 1]['n']}",
        "the items may be listed in another order than that of the numbers",
        quotes=((offset + listed[wrong - 1].start(), offset + listed[wrong].end()),),
    )  # fmt: skip


def _in_table(reading: Reading, rows: tuple[TableLine, ...], line: Line, match: re.Match[str]) -> Finding | None:
    first = _FIRST.search(match["named"])
    if first is None or line.role == "discussion" or _SOME.search(match["what"]):
        return None
    name = key(first["name"])
    own = [row for row in rows if row_key(row) == name or key(row.row.stem) == name]
    if len(own) != 1 or not name:
        return None
    row = own[0]
    caption = row.table.caption.text if row.table.caption else ""
    heads = " ".join(c.label for c in row.table.columns)
    peers = [
        x for x in rows
        if x.table.index == row.table.index and x.row.parent == row.row.parent and x.row.index != row.row.index
        and not _TOTAL.search(x.row.label.text)
    ]  # fmt: skip
    if row.row.parent is None and not _LISTS.search(caption + " " + heads):
        return None
    mine = _count(row)
    more = [(x, n) for x in peers if mine is not None and (n := _count(x)) is not None and n > mine]
    if mine is None or not more:
        return None
    other, n = max(more, key=lambda pair: pair[1])
    return reading.finding(
        "COMMONEST_CONTRADICTS", "inconsistent",
        f"'{' '.join(first['name'].split())}' is called most common, and Table {row.table.number} counts {mine} "
        f"with it and {n} "
        f"with {other.name}",
        "the sentence may group several rows, or speak of another kind of event",
        quotes=((line.piece(match)[0], line.start + match.start("named") + first.end()), row.whole, other.whole),
    )  # fmt: skip


def _count(row: TableLine) -> int | None:
    """Give the patients of a row in all its groups; None where a cell holds no count."""
    figures = [c.figure("count") for c in row.cells if c.sort != "percent"]
    if not figures or any(f is None for f in figures):
        return None
    return sum(int(f.printed.value) for f in figures if f is not None)
