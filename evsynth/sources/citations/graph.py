"""The citation graph of a review: records as nodes, an arrow from the citing to the cited one (networkx)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from evsynth.sources.citations.links import Link

if TYPE_CHECKING:
    import networkx as nx


class Shape(NamedTuple):
    """What the graph says about the included studies.

    `isolated` neither cite nor are cited by another included study. `unlinked` have no citation at all, so PubMed may
    simply not know their references. `cycles` are groups of records that cite each other in a circle: companion papers,
    or a wrong reference. `groups` are the included studies that hang together by citations, largest first.
    """

    isolated: tuple[str, ...]
    unlinked: tuple[str, ...]
    cycles: tuple[tuple[str, ...], ...]
    groups: tuple[tuple[str, ...], ...]


def graph(links: Iterable[Link], included: Iterable[str], words: Mapping[str, Mapping[str, str]]) -> nx.DiGraph[str]:
    """Build the graph. `words` gives attributes of records (title, year …); records cited by nobody are nodes too."""
    import networkx as nx

    made: nx.DiGraph[str] = nx.DiGraph()
    studies = set(included)
    edges = sorted(set(links), key=lambda link: (int(link.citing), int(link.cited)))
    for pmid in sorted({*studies, *(p for link in edges for p in link)}, key=int):
        made.add_node(pmid, included=pmid in studies, **words.get(pmid, {}))
    made.add_edges_from(edges)
    return made


def shape(made: nx.DiGraph[str]) -> Shape:
    """Describe a graph."""
    import networkx as nx

    studies = [pmid for pmid, is_in in made.nodes(data="included") if is_in]
    among = made.subgraph(studies)
    isolated = [p for p in studies if not any(q != p for q in (*among.predecessors(p), *among.successors(p)))]
    circles = [c for c in nx.strongly_connected_components(made) if len(c) > 1 or any(made.has_edge(p, p) for p in c)]
    return Shape(
        isolated=_ordered(isolated),
        unlinked=_ordered(p for p in studies if not made.degree(p)),
        cycles=tuple(sorted(map(_ordered, circles), key=lambda c: int(c[0]))),
        groups=tuple(sorted(map(_ordered, nx.weakly_connected_components(among)), key=lambda g: (-len(g), int(g[0])))),
    )


def graphml(made: nx.DiGraph[str]) -> bytes:
    """Give the graph as GraphML, which yEd, Gephi and Cytoscape read; the same graph gives the same bytes."""
    import networkx as nx

    plain: nx.DiGraph[str] = nx.DiGraph()
    for pmid, data in made.nodes(data=True):
        plain.add_node(pmid, **{key: _printable(value) for key, value in sorted(data.items())})
    plain.add_edges_from(made.edges)
    return ("\n".join(nx.generate_graphml(plain)) + "\n").encode()


def _printable(value: Any) -> Any:
    """Leave out characters that XML cannot hold."""
    if not isinstance(value, str):
        return value
    return "".join(c for c in value if c in "\t\n\r" or (ord(c) >= 32 and ord(c) not in (0xFFFE, 0xFFFF)))


def _ordered(pmids: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(pmids, key=int))
