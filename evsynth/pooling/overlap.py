"""Cohorts that may share patients: which belong together, and which sets of them count every patient once.

The cohorts are the nodes of a graph, and an edge joins two that may overlap. A set of cohorts without an edge inside
counts no patient twice; the largest such sets are the maximal independent sets of the graph.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from evsynth.model.effect import Effect, Selection
from evsynth.model.pool import Pool

if TYPE_CHECKING:
    import networkx

Pairs = frozenset[frozenset[str]]


def clusters(cohorts: Iterable[str], pairs: Pairs) -> tuple[tuple[str, ...], ...]:
    """List the groups of two or more cohorts that hang together by overlaps, sorted."""
    import networkx

    found = networkx.connected_components(_graph(cohorts, pairs))
    return tuple(sorted(tuple(sorted(group)) for group in found if len(group) > 1))


def overlap_free(cohorts: Iterable[str], pairs: Pairs) -> tuple[tuple[str, ...], ...]:
    """List every maximal set of cohorts in which no two may share patients, sorted."""
    import networkx

    complement = networkx.complement(_graph(cohorts, pairs))
    return tuple(sorted(tuple(sorted(group)) for group in networkx.find_cliques(complement)))


def largest_sets(pool: Pool, selection: Selection, pairs: Pairs) -> Selection:
    """Leave in each group of cohorts that may share patients the set without overlap that has the most patients.

    Only where the pool says `overlap: largest`; what is set aside stands in the log. A group in which an effect has no
    number of patients stays as it is, and is refused.
    """
    if pool.choices.overlap != "largest":
        return selection
    by_cohort: dict[str, list[Effect]] = {}
    for effect in selection.effects:
        by_cohort.setdefault(f"{effect.study}/{effect.cohort}", []).append(effect)
    aside: dict[str, tuple[str, ...]] = {}
    for group in clusters(by_cohort, pairs):
        if all(effect.totals for name in group for effect in by_cohort[name]):
            sizes = {name: max(sum(effect.totals) for effect in by_cohort[name]) for name in group}
            kept = max(overlap_free(group, pairs), key=lambda free: sum(sizes[name] for name in free))
            aside |= dict.fromkeys(set(group) - set(kept), kept)
    log = tuple(
        f"{' and '.join(e.label for e in by_cohort[name])} set aside: may share patients with {' and '.join(kept)}, "
        "which has more patients (overlap: largest)"
        for name, kept in sorted(aside.items())
    )
    effects = tuple(e for e in selection.effects if f"{e.study}/{e.cohort}" not in aside)
    return selection._replace(effects=effects, log=(*selection.log, *log))


def _graph(cohorts: Iterable[str], pairs: Pairs) -> networkx.Graph:
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(sorted(set(cohorts)))
    inside = [tuple(sorted(pair)) for pair in pairs if len(pair) == 2 and pair <= set(graph)]
    graph.add_edges_from(sorted(inside))
    return graph
