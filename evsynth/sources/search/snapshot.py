"""The texts of a snapshot: its manifest (JSON), its records and links (CSV). The same answers give the same texts."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from evsynth.model.search import Search
from evsynth.sources.citations.links import Link
from evsynth.sources.door import Request, Response
from evsynth.sources.search.harvest import Harvest, Row

_MANY = 10
"""More numbers than these are counted and hashed in a manifest; the answer holds them anyway."""


class Kept(NamedTuple):
    """An answer that is kept: under which name, to which question, when it came, and the SHA-256 of its bytes."""

    name: str
    url: str
    form: tuple[tuple[str, str], ...]
    status: int
    size: int
    sha256: str
    time: str


class Manifest(NamedTuple):
    """What a manifest says, as far as it is read back."""

    search: str
    source: str
    snapshot: str
    date: str
    term: str
    translation: str
    notes: tuple[str, ...]
    records: int
    studies: tuple[str, ...]
    parts: int
    responses: tuple[Kept, ...]


def kept(name: str, request: Request, response: Response, time: str) -> Kept:
    """Describe an answer. Long lists of numbers in the question are shown by their count and SHA-256."""
    numbers = [n for key, value in request.form if key == "id" for n in value.split(",")]
    form = request.form
    if len(numbers) > _MANY:
        digest = hashlib.sha256(",".join(numbers).encode()).hexdigest()
        shown = ("id", f"{len(numbers)} numbers, sha256 {digest}")
        form = (*((key, value) for key, value in form if key != "id"), shown)
    digest = hashlib.sha256(response.body).hexdigest()
    return Kept(name, request.url, form, response.status, len(response.body), digest, time)


def line(answer: Kept) -> str:
    """Give a kept answer as one line of JSON."""
    return json.dumps(_object(answer), ensure_ascii=False) + "\n"


def of_line(text: str) -> Kept:
    """Read a line that `line` wrote. Raises ValueError for half of one."""
    return _kept(json.loads(text))


def manifest(
    search: Search, snapshot: str, date: str, studies: Sequence[str], taken: Harvest, answers: Iterable[Kept]
) -> str:
    """Write the manifest of a snapshot."""
    parts = [{"days": [str(days) for days in within], "records": count} for within, count in taken.parts]
    return (
        json.dumps(
            {
                "search": search.search,
                "source": search.source,
                "snapshot": snapshot,
                "date": date,
                "term": taken.term,
                "translation": taken.translation,
                "notes": list(taken.notes),
                "records": len(taken.rows),
                "studies": list(studies),
                "parts": parts,
                "responses": [_object(a) for a in sorted(answers)],
            },
            indent=1,
            ensure_ascii=False,
        )
        + "\n"
    )


def read_manifest(text: str) -> Manifest:
    """Read a manifest. Raises ValueError for what is none."""
    try:
        data = json.loads(text)
        return Manifest(
            data["search"],
            data["source"],
            data["snapshot"],
            data["date"],
            data["term"],
            data["translation"],
            tuple(data["notes"]),
            data["records"],
            tuple(data["studies"]),
            len(data["parts"]),
            tuple(_kept(answer) for answer in data["responses"]),
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"{error} is missing") from None


def records_csv(rows: Iterable[Row]) -> str:
    """Write the records of a snapshot by PMID: the answer each is kept in and what an update compares."""
    ordered = sorted(rows, key=lambda row: int(row.pmid))
    return _csv(Row._fields, ((*row[:4], _word(row.retracted), _word(row.concern)) for row in ordered))


def read_records(text: str) -> tuple[Row, ...]:
    """Read what `records_csv` wrote. Raises ValueError for anything else."""
    head, *lines = list(csv.reader(io.StringIO(text))) or [[]]
    if tuple(head) != Row._fields or any(len(cells) != len(head) for cells in lines):
        raise ValueError("the columns are not " + ", ".join(Row._fields))
    return tuple(Row(c[0], c[1], c[2], c[3], c[4] == "yes", c[5] == "yes") for c in lines)


def links_csv(links: Iterable[Link]) -> str:
    """Write the links of a snapshot of citations."""
    ordered = sorted(links, key=lambda link: (int(link.citing), int(link.cited)))
    return _csv(Link._fields, ordered)


def read_links(text: str) -> tuple[Link, ...]:
    """Read what `links_csv` wrote. Raises ValueError for anything else."""
    head, *lines = list(csv.reader(io.StringIO(text))) or [[]]
    if tuple(head) != Link._fields or any(len(cells) != len(head) for cells in lines):
        raise ValueError("the columns are not " + ", ".join(Link._fields))
    return tuple(Link(*cells) for cells in lines)


def _csv(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue()


def _object(answer: Kept) -> dict[str, Any]:
    return {**answer._asdict(), "form": [list(pair) for pair in answer.form]}


def _kept(data: dict[str, Any]) -> Kept:
    return Kept(**{**data, "form": tuple((str(key), str(value)) for key, value in data["form"])})


def _word(value: bool) -> str:
    return "yes" if value else "no"
