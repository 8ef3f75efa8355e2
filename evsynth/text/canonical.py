"""Canonical JSON: the same content gives the same bytes, whatever the order in which it was made."""

from __future__ import annotations

import hashlib
import json
import math
from typing import Any


def canonical(content: Any) -> bytes:
    """Encode JSON content with sorted keys, no blanks and UTF-8. Raises TypeError for floats."""
    _refuse_floats(content)
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(content: Any) -> str:
    """Give the SHA-256 of canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(content)).hexdigest()


def readable(content: Any, *, digits: int = 6) -> bytes:
    """Encode JSON for a file: indented, keys in the given order, floats with so many significant digits (17: all)."""
    text = json.dumps(_rounded(content, digits), indent=2, ensure_ascii=False, allow_nan=False)
    return (text + "\n").encode()


def _rounded(content: Any, digits: int) -> Any:
    if isinstance(content, float):
        if not math.isfinite(content):
            raise ValueError(f"{content!r} has no place in a result")
        shortened = float(f"{content:.{digits}g}")
        return int(shortened) if shortened.is_integer() and abs(shortened) < 1e15 else shortened
    if hasattr(content, "_asdict"):
        return _rounded(content._asdict(), digits)
    if isinstance(content, dict):
        return {key: _rounded(value, digits) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [_rounded(value, digits) for value in content]
    return content


def _refuse_floats(content: Any) -> None:
    if isinstance(content, float):
        raise TypeError(f"the float {content!r} is not canonical text; its last digits differ between computers")
    for part in content.values() if isinstance(content, dict) else content if isinstance(content, list | tuple) else ():
        _refuse_floats(part)
