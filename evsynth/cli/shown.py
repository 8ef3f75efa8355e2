"""How findings look: `file:line:column: severity CODE: message` for people and editors, JSON for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from evsynth.model.finding import SEVERITIES, Finding


def lines(findings: Iterable[Finding]) -> list[str]:
    """Give each finding one line, and its hint an indented second one."""
    shown = []
    for f in findings:
        shown.append(f"{f.place}: {f.severity} {f.code}: {f.message}")
        if f.hint:
            shown.append(f"    hint: {f.hint}")
    return shown


def summary(findings: Iterable[Finding]) -> str:
    """Count findings by severity in words."""
    count = Counter(f.severity for f in findings)
    words = {"error": "errors", "inconsistent": "inconsistencies", "concern": "concerns", "note": "notes"}
    return ", ".join(f"{count[s]} {words[s] if count[s] != 1 else _one(words[s])}" for s in SEVERITIES)


def as_json(findings: Iterable[Finding]) -> str:
    """Give findings as a JSON list of objects."""
    return json.dumps([_object(f) for f in findings], indent=2, ensure_ascii=False)


def _object(f: Finding) -> dict[str, Any]:
    return {
        "code": f.code,
        "severity": f.severity,
        "study": f.subject,
        "path": list(f.path),
        "file": f.place.file,
        "line": f.place.line,
        "column": f.place.column,
        "message": f.message,
        "hint": f.hint,
        "quotes": [{"source": q.source, "start": q.start, "end": q.end, "text": q.text} for q in f.quotes],
        "computed": dict(f.computed),
        "values": list(f.values),
        "alternatives": [{"value": a.value, "because": a.because, "reads": dict(a.reads)} for a in f.alternatives],
    }


def _one(word: str) -> str:
    return {"inconsistencies": "inconsistency"}.get(word, word.removesuffix("s"))
