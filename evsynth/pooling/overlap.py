"""Cohorts that may share patients: which belong together, and which sets of them count every patient once.

The cohorts are the nodes of a graph, and an edge joins two that may overlap. A set of cohorts without an edge inside
counts no patient twice; the largest such sets are the maximal independent sets of the graph.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

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


def _graph(cohorts: Iterable[str], pairs: Pairs) -> networkx.Graph:
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(sorted(set(cohorts)))
    inside = [tuple(sorted(pair)) for pair in pairs if len(pair) == 2 and pair <= set(graph)]
    graph.add_edges_from(sorted(inside))
    return graph
