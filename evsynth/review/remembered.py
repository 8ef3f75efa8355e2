"""What documents were found to say against themselves, kept until a document or the code changes.

The memory is a local note in `.evsynth/`, which a build makes and nobody commits. It is trusted only where the texts
and the code are those it was made from; without it, or where it cannot be read or written, all is judged again.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from evsynth.model.finding import Alternative, Finding, Place, Problems, Quoted
from evsynth.review.files import sha256, write
from evsynth.scan.parts import Kind

_NAME = Path(".evsynth") / "judged.json"
_LAYERS = ("model", "text", "scan", "reanalyse", "checks")
"""The folders of the package that a judgement depends on."""

Texts = tuple[tuple[str, Kind, str], ...]
"""Identifier, kind and text of each document of a study."""


def remembered(root: Path, study: str, texts: Texts, judge: Callable[[], tuple[Finding, ...]]) -> tuple[Finding, ...]:
    """Give the findings about the documents of a study: those kept, if they still hold, else those of `judge`."""
    key = sha256(json.dumps([_code(), texts]).encode())
    kept = _load(root)
    entry = kept.get(study)
    if isinstance(entry, dict) and entry.get("made_from") == key:
        return tuple(_finding(data) for data in entry["findings"])
    found = judge()
    kept[study] = {"made_from": key, "findings": [finding._asdict() for finding in found]}
    with suppress(Problems):  # a review that may not be written to is judged again every time
        write(root / _NAME, json.dumps(kept, indent=1, sort_keys=True, ensure_ascii=False).encode())
    return found


def is_kept(root: Path) -> bool:
    """Say whether there is a place for notes: a build makes it."""
    return (root / _NAME).parent.is_dir()


def _load(root: Path) -> dict[str, Any]:
    try:
        content = json.loads((root / _NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _finding(data: dict[str, Any]) -> Finding:
    """Make a finding of its JSON, in which named tuples are lists."""
    return Finding(
        **data
        | {
            "place": Place(*data["place"]),
            "path": tuple(data["path"]),
            "quotes": tuple(Quoted(*quoted) for quoted in data["quotes"]),
            "computed": tuple((name, value) for name, value in data["computed"]),
            "alternatives": tuple(
                Alternative(value, because, tuple((name, text) for name, text in reads))
                for value, because, reads in data["alternatives"]
            ),
            "values": tuple(data["values"]),
        }
    )


@cache
def _code() -> str:
    """Give a digest of the code that judges."""
    package = Path(__file__).resolve().parent.parent
    files = sorted(path for layer in _LAYERS for path in (package / layer).rglob("*.py"))
    return sha256("\n".join(f"{path.name} {sha256(path.read_bytes())}" for path in files).encode())
