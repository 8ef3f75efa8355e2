"""Links between records that describe one report: found by rules, each with its score and its reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from evsynth.model.found import Found
from evsynth.sources.duplicates.candidates import candidates
from evsynth.sources.duplicates.face import Face, face
from evsynth.sources.duplicates.verdict import judge

COLUMNS = ("one", "other", "answer", "score", "reason")


class Link(NamedTuple):
    """Two records, by id in order: one report (`same`), or perhaps one (`maybe`: a person is asked)."""

    one: str
    other: str
    answer: Literal["same", "maybe"]
    score: float
    reason: str

    @property
    def pair(self) -> tuple[str, str]:
        return self.one, self.other


class Links(NamedTuple):
    """All links, the surest first; how many pairs were compared, and how many common keys were left out for that."""

    links: tuple[Link, ...]
    compared: int
    common: int


def find_links(found: Sequence[Found], progress: Callable[[int, int], object] = lambda done, total: None) -> Links:
    """Compare the records that may be one report. Linear in the records for keys that few of them share.

    Records of one source are linked only by one identifier: a database does not print a report twice without saying so.
    """
    faces: list[Face] = []
    for number, record in enumerate(found):
        if number % 500 == 0:
            progress(number, len(found))
        faces.append(face(record.record))
    pairs, common = candidates(faces)
    links: list[Link] = []
    for a, b in pairs:
        verdict = judge(faces[a], faces[b])
        if verdict.answer == "different":
            continue
        one, other = sorted((found[a].id, found[b].id))
        if found[a].source == found[b].source and verdict.answer == "same" and not identical(faces[a], faces[b]):
            said = f"both are from {found[a].source}, and no identifier says that they are one; {verdict.reason}"
            links.append(Link(one, other, "maybe", verdict.score, said))
        else:
            links.append(Link(one, other, verdict.answer, verdict.score, verdict.reason))
    progress(len(found), len(found))
    return Links(tuple(sorted(links, key=lambda k: (k.answer == "maybe", -k.score, k.pair))), len(pairs), common)


def identical(one: Face, other: Face) -> bool:
    """Return whether two records print one identifier and no other of its kind."""
    if one.pmid and other.pmid:
        return one.pmid == other.pmid
    return bool(one.dois) and one.dois == other.dois


def write_links(links: Sequence[Link]) -> str:
    """Write links as CSV."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows((k.one, k.other, k.answer, f"{k.score:g}", k.reason) for k in links)
    return out.getvalue()


def read_links(text: str) -> tuple[Link, ...]:
    """Read links that `write_links` wrote. Raises ValueError, with the line, for anything else."""
    rows = list(csv.reader(io.StringIO(text)))
    if not rows or tuple(rows[0]) != COLUMNS:
        raise ValueError(f"line 1: the first line is not {','.join(COLUMNS)}")
    links = []
    for number, row in enumerate(rows[1:], 2):
        if len(row) != len(COLUMNS) or row[2] not in ("same", "maybe"):
            raise ValueError(f"line {number}: this is no link: {','.join(row)[:80]!r}")
        try:
            links.append(Link(row[0], row[1], "same" if row[2] == "same" else "maybe", float(row[3]), row[4]))
        except ValueError:
            raise ValueError(f"line {number}: {row[3]!r} is not a score") from None
    return tuple(links)
