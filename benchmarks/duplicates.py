"""Measures the linking of duplicates on labelled sets: precision, recall, pairs, and records a second.

    python benchmarks/duplicates.py FOLDER            every set in FOLDER, a table
    python benchmarks/duplicates.py FOLDER --seen     without the sets that are held out
    python benchmarks/duplicates.py FOLDER --misses   also what was linked wrongly or missed in the other sets
    python benchmarks/duplicates.py FOLDER --causes   also how many pairs were missed for which reason, in every set
    python benchmarks/duplicates.py FOLDER --json

Pairs of the sets that are held out are never printed: whoever reads them tunes on them. Their causes are counted.

FOLDER holds one folder a set, each with `records_pre_merged.csv` (BibTeX names as columns) and
`merged_record_ids.csv` (one line a report: the ids of its records, with semicolons), as
https://github.com/CoLRev-Environment/bib-dedupe has them in `data/`. The sets are not part of this repository.

Two counts are given. Pairs: every two records of one group, linked or labelled, also through a third one. Records:
of each labelled group one record is kept and the others are duplicates (true if taken out, missed if left), and a
record taken out of a group from which nothing is left is false; this is how bib-dedupe publishes its results
(`compare_dedupe_id` in bib_dedupe/dedupe_benchmark.py, told in notebooks/README.md of its repository).
Seconds are CPU time of one thread, from records in memory to groups.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from evsynth.model.found import Found
from evsynth.model.record import Author, Book, Dates, Identifier, Journal, Record, Section
from evsynth.sources.duplicates.another import another
from evsynth.sources.duplicates.compared import compare
from evsynth.sources.duplicates.decisions import Settled
from evsynth.sources.duplicates.face import face
from evsynth.sources.duplicates.groups import group
from evsynth.sources.duplicates.links import Link, find_links
from evsynth.sources.duplicates.verdict import judge

HELD_OUT = ("respiratory", "stroke")
"""Sets on which no rule was made; their misses were seen once, when `load` was corrected for respiratory."""

Pair = tuple[str, str]


class Row(NamedTuple):
    """The result of one set, or of several together."""

    name: str
    records: int
    pairs: int
    true: int
    false: int
    missed: int
    asked: int
    removed: int
    wrongly_removed: int
    left: int
    seconds: float

    @property
    def precision(self) -> float:
        return self.true / (self.true + self.false) if self.true + self.false else 1.0

    @property
    def recall(self) -> float:
        return self.true / self.pairs if self.pairs else 1.0


def load(folder: Path) -> tuple[list[Found], list[list[str]]]:
    """Read a set. A column `number` that differs in every record counts the records, and is no issue."""
    with (folder / "records_pre_merged.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    counted = len({row.get("number") for row in rows}) == len(rows)
    found = []
    for row in rows:
        cell = {k: v if v and v not in ("UNKNOWN", "nan") else "" for k, v in row.items()}
        names = [name.strip() for name in cell["author"].split(" and ") if name.strip()]
        record = Record(
            title=cell["title"],
            authors=tuple(Author(full_name=name) for name in names),
            journal=Journal(title=cell.get("journal", "")),
            book=Book(title=cell.get("booktitle", "")),
            dates=Dates(published=cell["year"]),
            volume=cell["volume"],
            issue="" if counted else cell.get("number", "") or cell.get("issue", ""),
            pages=cell["pages"],
            abstract=(Section(text=cell["abstract"]),) if cell.get("abstract") else (),
            article_ids=(Identifier(value=cell["doi"], kind="doi"),) if cell.get("doi") else (),
        )
        found.append(Found(row["ID"], "1", record))  # a source each: the sets do not say where a record is from
    with (folder / "merged_record_ids.csv").open(encoding="utf-8", newline="") as file:
        groups = [[f"{id_}:1" for id_ in row["merged_ids"].split(";")] for row in csv.DictReader(file)]
    return found, groups


def pairs(groups: Iterable[Iterable[str]]) -> set[Pair]:
    """Return all pairs inside groups."""
    return {pair for ids in groups for pair in itertools.combinations(sorted(ids), 2)}


def measure(folder: Path) -> tuple[Row, set[Pair], set[Pair], dict[Pair, Link], dict[str, Found]]:
    """Link the records of a set and compare."""
    found, groups = load(folder)
    started = time.process_time()
    links = find_links(found).links
    made = group(found, links, Settled({}, {}, {}))
    seconds = time.process_time() - started
    labelled, linked = pairs(groups), pairs(made.reports)
    asked = {link.pair for link in links if link.answer == "maybe"} - linked
    row = Row(
        folder.name,
        len(found),
        len(labelled),
        len(linked & labelled),
        len(linked - labelled),
        len(labelled - linked),
        len(asked),
        *removal([one.id for one in found], groups, made.reports),
        seconds,
    )
    return row, linked - labelled, labelled - linked, {k.pair: k for k in links}, {one.id: one for one in found}


def cause(one: Found, other: Found) -> str:
    """Say in few words why two records that one label joins are not linked."""
    faces = face(one.record), face(other.record)
    found, verdict = compare(*faces), judge(*faces)
    if said := another(*faces, found):
        return "two reports: " + said
    if verdict.answer == "maybe":
        return "asked: " + (verdict.reason.split(";")[0] if ";" in verdict.reason else "fewer than 9 points")
    if verdict.answer == "same":
        return "linked, but the link is not followed"
    fields = found._asdict() | {"throughout": None, "one_name": None}
    differ = [name for name, value in fields.items() if value is False or value in ("differ", "differs")]
    return f"fewer than 5 points: {', '.join(differ) or 'too little printed'}"


def removal(ids: list[str], labelled: list[list[str]], made: Iterable[tuple[str, ...]]) -> tuple[int, int, int]:
    """Return the duplicates taken out rightly, wrongly, and left in, with the first record of each made group kept."""
    kept = {report[0] for report in made}
    named = {id_ for report in labelled for id_ in report}
    removed = wrong = left = 0
    for report in [*labelled, *([id_] for id_ in ids if id_ not in named)]:
        stay = sum(id_ in kept for id_ in report)
        wrong += stay == 0
        removed += len(report) - max(stay, 1)
        left += max(stay, 1) - 1
    return removed, wrong, left


def total(name: str, rows: list[Row]) -> Row:
    """Add sets up."""
    return Row(name, *(sum(column) for column in list(zip(*rows, strict=True))[1:]))


def line(row: Row) -> str:
    """Give a row of the table."""
    recall = row.removed / (row.removed + row.left) if row.removed + row.left else 1.0
    return (
        f"| {row.name} | {row.records:,} | {row.pairs:,} | {row.true:,} | {row.false} | {row.missed} | "
        f"{row.precision:.4f} | {row.recall:.4f} | {row.asked} | {row.wrongly_removed} | {recall:.4f} | "
        f"{row.records / row.seconds:,.0f} |"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seen", action="store_true")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--causes", action="store_true")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    rows = []
    causes: Counter[tuple[str, str]] = Counter()
    for folder in sorted(path.parent for path in given.folder.glob("*/records_pre_merged.csv")):
        if given.seen and folder.name in HELD_OUT:
            continue
        row, false, missed, links, found = measure(folder)
        rows.append(row)
        for pair in missed:
            causes[folder.name, cause(*(found[id_] for id_ in pair))] += 1
        if given.misses and folder.name not in HELD_OUT:
            for kind, some in (("wrong", false), ("missed", missed)):
                for pair in sorted(some):
                    link = links.get(pair)
                    print(f"{folder.name} {kind} {pair}: {link.reason if link else 'far apart'}")
                    print(*(f"    {found[id_].record.title[:110]}" for id_ in pair), sep="\n")
    seen = [row for row in rows if row.name not in HELD_OUT]
    held = [row for row in rows if row.name in HELD_OUT]
    parts = (("all", rows), ("seen while the rules were made", seen), ("held out", held))
    rows = [*rows, *(total(name, some) for name, some in parts if some)]
    if given.json:
        print(json.dumps([{**r._asdict(), "precision": r.precision, "recall": r.recall} for r in rows], indent=2))
        return
    names = "set, records, pairs, true, false, missed, precision, recall, asked, wrongly removed, recall of records"
    print(f"| {' | '.join(names.split(', '))} | records/s |")
    print("|---|---|---|---|---|---|---|---|---|---|---|---|")
    print("\n".join(line(row) for row in rows))
    if given.causes:
        print("\n| set | missed pairs | why |\n|---|---|---|")
        print("\n".join(f"| {name} | {count} | {why} |" for (name, why), count in sorted(causes.items())))


if __name__ == "__main__":
    main()
