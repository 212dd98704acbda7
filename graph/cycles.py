"""Which prerequisites to drop, so that the rest has an order to teach in.

Two concepts can be defined by each other. The weakest link of each such loop is dropped and kept apart with
the loop it would have closed, so that authors and readers can see what was not believed.
"""

from collections.abc import Mapping, Sequence

import networkx as nx

from graph.model import ConceptId, DroppedPrerequisite, EvidenceKind, Prerequisite


def without_cycles(
    edges: Sequence[Prerequisite], position: Mapping[ConceptId, int]
) -> tuple[list[Prerequisite], list[DroppedPrerequisite]]:
    """The edges that remain, in the given order, and those that were dropped.

    Of a loop the edge with the least confidence goes, one that an author states last; among equals one that
    runs against the notes' own order, then the last by place.
    """
    by_pair = {(e.prerequisite, e.target): e for e in edges}
    graph: nx.DiGraph[ConceptId] = nx.DiGraph()
    graph.add_edges_from(by_pair)
    dropped: list[DroppedPrerequisite] = []

    def strength(pair: tuple[ConceptId, ConceptId]) -> tuple[bool, float, bool, int, int]:
        source, target = position[pair[0]], position[pair[1]]
        stated = any(e.kind is EvidenceKind.STATED for e in by_pair[pair].evidence)
        return stated, by_pair[pair].confidence, source < target, -target, -source

    tangled = [c for c in nx.strongly_connected_components(graph) if len(c) > 1]
    while tangled:
        knot = graph.subgraph(tangled.pop())
        weakest = min(knot.edges, key=strength)
        loop = (weakest[0], *nx.shortest_path(knot, weakest[1], weakest[0])[:-1])
        dropped.append(DroppedPrerequisite(by_pair.pop(weakest), loop))
        members = set(knot)
        graph.remove_edge(*weakest)
        tangled += [c for c in nx.strongly_connected_components(graph.subgraph(members)) if len(c) > 1]
    dropped.sort(key=lambda d: (position[d.edge.target], position[d.edge.prerequisite]))
    return [e for e in edges if (e.prerequisite, e.target) in by_pair], dropped


def implied(edges: Sequence[Prerequisite]) -> set[tuple[ConceptId, ConceptId]]:
    """The edges that a chain of other edges also says. The edges must be acyclic."""
    graph: nx.DiGraph[ConceptId] = nx.DiGraph()
    graph.add_edges_from((e.prerequisite, e.target) for e in edges)
    place = {concept: index for index, concept in enumerate(nx.topological_sort(graph))}
    found = set()
    for target in graph:
        sources = sorted(graph.predecessors(target), key=place.__getitem__, reverse=True)
        if len(sources) < 2:
            continue
        earliest = place[sources[-1]]
        seen: set[ConceptId] = set()
        for source in sources:
            if source in seen:
                found.add((source, target))
                continue
            stack = [source]
            while stack:
                for before in graph.predecessors(stack.pop()):
                    if before not in seen and place[before] >= earliest:
                        seen.add(before)
                        stack.append(before)
    return found
