"""``python -m validation``: compare with the pinned references, print the table, write docs/validation.md."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from validation.case import read_cases
from validation.report import beyond, markdown
from validation.runner import run

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Compare, print, write; return 1 if anything is beyond its stated tolerance."""
    parser = argparse.ArgumentParser(prog="python -m validation", description=__doc__)
    parser.add_argument("--references", type=Path, help="other reference files; nothing is written")
    asked = parser.parse_args().references
    found = run(read_cases(asked or ROOT / "tests" / "references"))
    page, problems = markdown(found), beyond(found)
    print(page)
    if asked is None and not problems:
        target = ROOT / "docs" / "validation.md"
        beside = target.with_suffix(".new")
        beside.write_text(page, encoding="utf-8", newline="\n")
        beside.replace(target)
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
