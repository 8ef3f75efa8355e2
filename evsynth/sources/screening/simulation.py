"""What a ranked order would have saved on records whose decisions are known: WSS@95 and recall after a tenth.

Work saved over sampling: Cohen and others 2006, https://doi.org/10.1197/jamia.M1929.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

from evsynth.sources.screening.ranking import Ranker


class Run(NamedTuple):
    """One simulated screening: the positions in the order of reading, after the two it began with, and two measures.

    `wss95`: share of records that need not be read for 95 % of the relevant ones, less the 5 % that chance would save.
    `recall10`: share of the relevant records among the first tenth. The two records it began with count in neither.
    """

    order: tuple[int, ...]
    wss95: float
    recall10: float


def simulate(
    ranker: Ranker,
    relevant: Sequence[bool],
    seed: int,
    progress: Callable[[int, int], object] = lambda done, total: None,
) -> Run:
    """Read all records in ranked order, the model fitted anew after each, from one relevant and one other on.

    Raises ValueError where there are fewer than two relevant records, or none that is not.
    """
    kept = [at for at, yes in enumerate(relevant) if yes]
    others = [at for at, yes in enumerate(relevant) if not yes]
    if len(kept) < 2 or not others:
        raise ValueError(f"{len(kept)} relevant and {len(others)} other records: at least 2 and 1 are needed")
    chance = random.Random(seed)
    labels = {chance.choice(kept): True, chance.choice(others): False}
    order: list[int] = []
    for number in range(len(relevant) - 2):
        if number % 50 == 0:
            progress(number, len(relevant) - 2)
        scores = ranker.scores(labels)
        assert scores is not None
        scores[list(labels)] = float("-inf")
        best = int(scores.argmax())
        order.append(best)
        labels[best] = relevant[best]
    return Run(tuple(order), *measures([relevant[at] for at in order]))


def measures(found: Sequence[bool]) -> tuple[float, float]:
    """Return WSS@95 and recall after a tenth of the records, from whether each record in order is relevant."""
    total, read, seen = sum(found), 0, 0
    needed = -(-95 * total // 100)
    for yes in found:
        if seen >= needed:
            break
        read += 1
        seen += yes
    return 1 - read / len(found) - 0.05, sum(found[: len(found) // 10]) / total
