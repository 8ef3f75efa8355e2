"""How much may still be missed: a cautious estimate of recall while reading in a ranked order.

The records read since any moment are taken as a random sample of those unread at that moment; a ranking that works
draws relevant records earlier than chance, which makes the bound cautious. Callaghan and Müller-Hansen 2020,
https://doi.org/10.1186/s13643-020-01521-4. It is an estimate, never a reason to call unread records read.
"""

from __future__ import annotations

from collections.abc import Sequence

TARGETS = tuple(share / 100 for share in range(99, 49, -1))


def recall_bound(kept: Sequence[bool], total: int, *, confidence: float = 0.95) -> float | None:
    """Return the largest recall (0.50 to 0.99) that is reached with this confidence, 1.0 if all is read, or None.

    `kept` says of the records read, in the order of reading, whether they were kept; `total` counts all records.
    """
    if len(kept) >= total:
        return 1.0
    if not any(kept):
        return None
    for target in TARGETS:
        if p_value(kept, total, target) < 1 - confidence:
            return target
    return None


def p_value(kept: Sequence[bool], total: int, target: float) -> float:
    """Return the smallest probability, over all moments, of so few finds since then if recall were below `target`."""
    import numpy as np
    from scipy.stats import hypergeom

    flags = np.asarray(kept, dtype=int)
    read, found = len(flags), int(flags.sum())
    before = np.concatenate(([0], np.cumsum(flags)[:-1]))
    start = np.arange(read)
    missed = np.floor(found / target - before + 1).astype(int)
    urn = total - start
    possible = missed <= urn
    if not possible.any():
        return 0.0
    tail = hypergeom.cdf((found - before)[possible], urn[possible], missed[possible], (read - start)[possible])
    return float(tail.min())
