"""Precision and recall of the checks on documents, over a folder of papers with planted contradictions.

    python benchmarks/detection.py FOLDER [--half development] [--each] [--only 01]

FOLDER holds papers/*.txt and key.yaml: for each paper a clean text and, for most, a planted one with the list of what
was planted (kind, severity, quotes). A planted item is found when a number of one of its quotes lies in a quote of a
finding. A false alarm is an error or inconsistency that shares no number with a planted item. Concerns and notes that
match nothing are counted apart.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from evsynth.checks.scanned.judging import judge
from evsynth.model.finding import Finding
from evsynth.scan.document import read_document

NUMBER = re.compile(r"\d+(?:[.·,]\d+)*")


class Result(NamedTuple):
    """What was found in one text."""

    name: str
    found: list[dict[str, Any]]
    missed: list[dict[str, Any]]
    alarms: list[Finding]
    others: list[Finding]
    seconds: float


def spots(text: str, quote: Any) -> list[tuple[int, int]]:
    """Give the places of the numbers of a quote; of the whole quote where it has no number."""
    wanted, occurrence = (quote["text"], quote.get("occurrence", 1)) if isinstance(quote, dict) else (quote, 1)
    start = -1
    for _ in range(occurrence):
        start = text.find(wanted, start + 1)
    if start < 0:
        raise ValueError(f"not in the text: {wanted!r}")
    numbers = [(start + m.start(), start + m.end()) for m in NUMBER.finditer(wanted)]
    return numbers or [(start, start + len(wanted))]


def touches(finding: Finding, places: list[tuple[int, int]]) -> bool:
    """Say whether a quote of the finding covers one of the places."""
    return any(
        q.start is not None and q.end is not None and q.start < end and start < q.end
        for q in finding.quotes
        for start, end in places
    )


def measured(name: str, text: str, plants: list[dict[str, Any]]) -> Result:
    """Judge one text and compare with what was planted in it."""
    begin = time.process_time()
    findings = judge(read_document(name, text))
    seconds = time.process_time() - begin
    where = [
        [s for q in (*plant["quotes"], *plant.get("other_places", ())) for s in spots(text, q)] for plant in plants
    ]
    found = [p for p, w in zip(plants, where, strict=True) if any(touches(f, w) for f in findings)]
    free = [f for f in findings if not any(touches(f, w) for w in where)]
    alarms = [f for f in free if f.severity in ("error", "inconsistent")]
    return Result(
        name, found, [p for p in plants if p not in found], alarms, [f for f in free if f not in alarms], seconds
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", help="only papers of this half")
    parser.add_argument("--only", default="", help="only papers whose name starts so")
    parser.add_argument("--each", action="store_true", help="print every item missed and every false alarm")
    options = parser.parse_args()
    key = yaml.safe_load((options.folder / "key.yaml").read_text(encoding="utf-8"))["papers"]
    results: list[Result] = []
    for name, paper in sorted(key.items()):
        if (options.half and paper["half"] != options.half) or not name.startswith(options.only):
            continue
        for sort in ("clean", "planted"):
            if sort in paper:
                text = (options.folder / paper[sort]["file"]).read_text(encoding="utf-8")
                results.append(measured(f"{name} {sort}", text, paper[sort].get("plants", [])))
    kinds: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for result in results:
        kinds.update(p["kind"] for p in (*result.found, *result.missed))
        missed.update(p["kind"] for p in result.missed)
        if options.each:
            for plant in result.missed:
                print(f"MISSED {result.name}: {plant['kind']} {plant['quotes']}")
            for finding in (*result.alarms, *result.others):
                word = "ALARM" if finding in result.alarms else "other"
                print(
                    f"{word} {result.name}:{finding.place.line}: {finding.severity} {finding.code}: {finding.message}"
                )
    print("kind | planted | found")
    for kind, count in sorted(kinds.items()):
        print(f"{kind} | {count} | {count - missed[kind]}")
    planted, found = sum(kinds.values()), sum(kinds.values()) - sum(missed.values())
    alarms, others = sum(len(r.alarms) for r in results), sum(len(r.others) for r in results)
    print(f"texts {len(results)}; planted {planted}, found {found} (recall {found / max(1, planted):.2f})")
    print(f"false alarms {alarms} (precision {found / max(1, found + alarms):.2f}); other concerns and notes {others}")
    print(f"CPU {sum(r.seconds for r in results):.2f} s, longest text {max(r.seconds for r in results):.2f} s")


if __name__ == "__main__":
    main()
