"""Canonical JSON: the same content gives the same bytes, whatever the order in which it was made."""

from __future__ import annotations

import hashlib
import json
import math
from typing import Any


def canonical(content: Any) -> bytes:
    """Encode JSON content with sorted keys, no blanks and UTF-8. Floats are not allowed: they are no canonical text."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_refuse).encode()


def digest(content: Any) -> str:
    """Give the SHA-256 of canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(content)).hexdigest()


def readable(content: Any) -> bytes:
    """Encode JSON for a file: indented, keys in the given order, floats with 6 significant digits."""
    text = json.dumps(_rounded(content), indent=2, ensure_ascii=False, allow_nan=False)
    return (text + "\n").encode()


def _rounded(content: Any) -> Any:
    if isinstance(content, float):
        if not math.isfinite(content):
            raise ValueError(f"{content!r} has no place in a result")
        shortened = float(f"{content:.6g}")
        return int(shortened) if shortened.is_integer() and abs(shortened) < 1e15 else shortened
    if hasattr(content, "_asdict"):
        return _rounded(content._asdict())
    if isinstance(content, dict):
        return {key: _rounded(value) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [_rounded(value) for value in content]
    return content


def _refuse(value: Any) -> Any:
    raise TypeError(f"{type(value).__name__} is not canonical text")
