"""Links between records that describe one report: found by rules, each with its score and its reason."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import Literal, NamedTuple

from evsynth.model.found import Found
from evsynth.sources.duplicates.candidates import candidates
from evsynth.sources.duplicates.face import Face, face
from evsynth.sources.duplicates.verdict import Verdict, judge, parted
from evsynth.text.formulas import guarded, unguarded

COLUMNS = ("one", "other", "answer", "score", "reason")
Answer = Literal["same", "maybe", "apart"]
NEARER = 1.0
"""By how many points a record must be nearer to one of two reports to be linked to it."""
ANSWERS: tuple[Answer, ...] = ("same", "maybe", "apart")


class Link(NamedTuple):
    """Two records, by id in order: one report (`same`), perhaps one (`maybe`: a person is asked), or not (`apart`).

    Nearly all pairs are apart; those are listed that a third record, which is like both, would join.
    """

    one: str
    other: str
    answer: Answer
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
    A file may hold several databases, if its records say so (`one_origin`).
    A record that is like two others, which are not one report, is linked to the nearer one, or to none of them.
    """
    faces: list[Face] = []
    for number, record in enumerate(found):
        if number % 500 == 0:
            progress(number, len(found))
        faces.append(face(record.record))
    pairs, common = candidates(faces)
    links: dict[tuple[int, int], Link] = {}
    for a, b in pairs:
        verdict = judge(faces[a], faces[b])
        if verdict.answer == "different":
            continue
        link = _link(found, a, b, verdict)
        if one_origin(found[a], found[b]) and verdict.answer == "same" and not identical(faces[a], faces[b]):
            said = f"both are from {found[a].source}, and no identifier says that they are one; {verdict.reason}"
            link = link._replace(answer="maybe", reason=said)
        links[a, b] = link
    links |= _between(found, faces, links)
    progress(len(found), len(found))
    ordered = sorted(links.values(), key=lambda k: (ANSWERS.index(k.answer), -k.score, k.pair))
    return Links(tuple(ordered), len(pairs), common)


def _between(
    found: Sequence[Found], faces: Sequence[Face], links: Mapping[tuple[int, int], Link]
) -> dict[tuple[int, int], Link]:
    """Return links that change, and pairs that stand apart, where a record is linked to two that are not one report."""
    near: dict[int, list[int]] = defaultdict(list)
    for (a, b), link in links.items():
        if link.answer == "same":
            near[a].append(b)
            near[b].append(a)
    changed: dict[tuple[int, int], Link] = {}
    for third, others in near.items():
        for a, b in combinations(sorted(others), 2):
            if (a, b) in links and links[a, b].answer == "same":
                continue
            verdict = judge(faces[a], faces[b])
            if not parted(faces[a], faces[b], verdict):
                continue
            changed.setdefault((a, b), _link(found, a, b, verdict)._replace(answer="apart"))
            sides = [(min(third, at), max(third, at)) for at in (a, b)]
            one, other = (links[side] for side in sides)
            if abs(one.score - other.score) < NEARER:
                for side, rival in zip(sides, (b, a), strict=True):
                    said = f"it is as like {found[rival].id}, which is another report; {links[side].reason}"
                    changed[side] = links[side]._replace(answer="maybe", reason=said)
    return changed


def _link(found: Sequence[Found], a: int, b: int, verdict: Verdict) -> Link:
    one, other = sorted((found[a].id, found[b].id))
    return Link(one, other, "same" if verdict.answer == "same" else "maybe", verdict.score, verdict.reason)


def one_origin(one: Found, other: Found) -> bool:
    """Return whether two records are from one database: one search or file, and no two databases named in them.

    Ovid and Embase.com export MEDLINE and Embase together; each record names its own.
    """
    a, b = (" ".join(each.record.database.casefold().split()) for each in (one, other))
    return one.source == other.source and not (a and b and a != b)


def identical(one: Face, other: Face) -> bool:
    """Return whether two records print one identifier and no other of its kind."""
    if one.pmid and other.pmid:
        return one.pmid == other.pmid
    return bool(one.dois) and one.dois == other.dois


def write_links(links: Sequence[Link]) -> str:
    """Write links as CSV; texts that a spreadsheet would take for formulas are guarded."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows((guarded(k.one), guarded(k.other), k.answer, f"{k.score:g}", guarded(k.reason)) for k in links)
    return out.getvalue()


def read_links(text: str) -> tuple[Link, ...]:
    """Read links that `write_links` wrote. Raises ValueError, with the line, for anything else."""
    rows = list(csv.reader(io.StringIO(text)))
    if not rows or tuple(rows[0]) != COLUMNS:
        raise ValueError(f"line 1: the first line is not {','.join(COLUMNS)}")
    links = []
    for number, row in enumerate(rows[1:], 2):
        answer = next((a for a in ANSWERS if len(row) == len(COLUMNS) and a == row[2]), None)
        if answer is None:
            raise ValueError(f"line {number}: this is no link: {','.join(row)[:80]!r}")
        try:
            links.append(Link(unguarded(row[0]), unguarded(row[1]), answer, float(row[3]), unguarded(row[4])))
        except ValueError:
            raise ValueError(f"line {number}: {row[3]!r} is not a score") from None
    return tuple(links)
