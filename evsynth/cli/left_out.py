"""How the results that a pool leaves out look: lines, or a JSON object."""

from __future__ import annotations

from typing import Any

from evsynth.report.unused import Unused, in_words


def unused_lines(found: Unused) -> list[str]:
    """Give a pool with the results it leaves out, a line each: how it stands to the pool, what, where, and why."""
    lines = [f"{found.id}: {in_words(found)}"]
    own = found.direction in ("not told", "neither")
    for one in found.left:
        side = one.direction if own else one.to_pool
        lines.append(f"  {side:<9} {one.study}: {one.what}: {one.printed} ({one.where}); {one.because}")
    return lines


def unused_object(found: Unused) -> dict[str, Any]:
    """Give a pool with the results it leaves out as an object."""
    return {
        "pool": found.pool,
        "id": found.id,
        "direction": found.direction,
        "interval holds no effect": found.holds_no_effect,
        "values used": found.used,
        "unused": found.counts,
        "unused by own direction": found.sides,
        "said": in_words(found),
        "results": [one._asdict() for one in found.left],
    }
