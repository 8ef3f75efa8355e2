"""The shape of a network: which treatments were compared, by how many studies, whether all hang together, its loops."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

import networkx as nx

from evsynth.pooling.guard import InputError
from evsynth.pooling.network.contrasts import Contrasts


class Geometry(NamedTuple):
    """``comparisons`` maps pairs of treatments to the number of studies; ``designs`` maps sets of treatments compared
    in one study to its studies; ``loops`` is a cycle basis, shortest cycles; ``bridges`` are comparisons without which
    the network falls apart.
    """

    treatments: tuple[str, ...]
    studies: int
    comparisons: tuple[tuple[str, str, int], ...]
    designs: tuple[tuple[str, tuple[str, ...]], ...]
    multi_arm: tuple[str, ...]
    loops: tuple[tuple[str, ...], ...]
    bridges: tuple[tuple[str, str], ...]


def graph(contrasts: Contrasts) -> nx.Graph:
    """Return the graph of treatments with the number of studies on each edge."""
    found = nx.Graph()
    found.add_nodes_from(contrasts.treatments)
    for study in contrasts.studies:
        for i, j in study.pairs:
            one, other = contrasts.treatments[study.arms[i]], contrasts.treatments[study.arms[j]]
            before = found.get_edge_data(one, other, {"studies": 0})["studies"]
            found.add_edge(one, other, studies=before + 1)
    return found


def check_connected(contrasts: Contrasts) -> None:
    """Assert that every treatment can be reached from every other. Raises InputError that names the components."""
    parts = sorted(sorted(part, key=contrasts.treatments.index) for part in nx.connected_components(graph(contrasts)))
    if len(parts) > 1:
        listed = "; ".join(f"({number}) {', '.join(part)}" for number, part in enumerate(parts, start=1))
        raise InputError([f"the network falls into {len(parts)} parts that share no treatment: {listed}"])


def design_of(contrasts: Contrasts, study: int) -> str:
    """Return the design of a study: its treatments in order, joined by colons."""
    return ":".join(contrasts.treatments[arm] for arm in contrasts.studies[study].arms)


def designs(contrasts: Contrasts) -> dict[str, list[int]]:
    """Return the studies of every design: designs of two arms first, then in the order of their treatments."""
    found: dict[str, list[int]] = {}
    for number in range(len(contrasts.studies)):
        found.setdefault(design_of(contrasts, number), []).append(number)
    arms = {name: contrasts.studies[those[0]].arms for name, those in found.items()}
    return {name: found[name] for name in sorted(found, key=lambda name: (len(arms[name]) > 2, arms[name]))}


def geometry(contrasts: Contrasts) -> Geometry:
    """Describe the network. Raises InputError if it is not connected."""
    check_connected(contrasts)
    shape, place = graph(contrasts), contrasts.treatments.index
    edges = _ordered(shape.edges, place)
    loops = sorted((_turned(cycle, place) for cycle in nx.minimum_cycle_basis(shape)), key=lambda c: (len(c), c))
    listed = designs(contrasts)
    return Geometry(
        treatments=contrasts.treatments,
        studies=len(contrasts.studies),
        comparisons=tuple((a, b, int(shape.edges[a, b]["studies"])) for a, b in edges),
        designs=tuple((name, tuple(contrasts.studies[s].label for s in those)) for name, those in listed.items()),
        multi_arm=tuple(study.label for study in contrasts.studies if len(study.arms) > 2),
        loops=tuple(loops),
        bridges=tuple(_ordered(nx.bridges(shape), place)),
    )


def _ordered(edges: Iterable[tuple[str, str]], place: Callable[[str], int]) -> list[tuple[str, str]]:
    turned = [(a, b) if place(a) < place(b) else (b, a) for a, b in edges]
    return sorted(turned, key=lambda edge: (place(edge[0]), place(edge[1])))


def _turned(cycle: list[str], place: Callable[[str], int]) -> tuple[str, ...]:
    """Return a cycle starting at its first treatment, towards the earlier of its two neighbours."""
    start = min(range(len(cycle)), key=lambda i: place(cycle[i]))
    there = [*cycle[start:], *cycle[:start]]
    back = [there[0], *reversed(there[1:])]
    return tuple(there if place(there[1]) <= place(back[1]) else back)
