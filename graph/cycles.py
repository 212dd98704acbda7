"""Which prerequisites to drop, so that the rest has an order to teach in.

Two concepts can be defined by each other. The weakest link of each such loop is dropped and kept apart with
the loop it would have closed, so that authors and readers can see what was not believed.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace

import networkx as nx

from graph.model import ConceptId, DroppedPrerequisite, EvidenceKind, Prerequisite

Pair = tuple[ConceptId, ConceptId]

# Finding which edges are in a loop costs about as much as looking this often at each; measured.
LOOKS_PER_EDGE = 100


def without_cycles(
    edges: Sequence[Prerequisite], position: Mapping[ConceptId, int]
) -> tuple[list[Prerequisite], list[DroppedPrerequisite]]:
    """The edges that remain, in the given order, and those that were dropped.

    Of a loop the edge with the least confidence goes, one that an author states last; among equals one that
    runs against the notes' own order, then the last by place.
    """
    by_pair = {(e.prerequisite, e.target): e for e in edges}

    def strength(pair: Pair) -> tuple[bool, float, bool, int, int]:
        source, target = position[pair[0]], position[pair[1]]
        stated = any(e.kind is EvidenceKind.STATED for e in by_pair[pair].evidence)
        return stated, by_pair[pair].confidence, source < target, -target, -source

    # An edge that closes a loop with stronger ones is the weakest of that loop: all weaker ones were looked
    # at before, and an edge that closes none then never will, as later ones only take edges away.
    ways = _Ways(_tangled(by_pair))
    dropped = []
    for source, target in sorted(ways.pairs(), key=strength):
        ways.forget_what_is_loose()
        if back := ways.has(source, target) and ways.shortest(target, source):
            ways.remove(source, target)
            dropped.append(DroppedPrerequisite(by_pair.pop((source, target)), (source, *back[:-1])))
    dropped.sort(key=lambda d: (position[d.edge.target], position[d.edge.prerequisite]))
    return [e for e in edges if (e.prerequisite, e.target) in by_pair], dropped


def _tangled(pairs: Iterable[Pair]) -> list[Pair]:
    """The edges that are in a loop, in the given order."""
    graph: nx.DiGraph[ConceptId] = nx.DiGraph()
    graph.add_edges_from(pairs)
    knots = enumerate(nx.strongly_connected_components(graph))
    knot = {concept: number for number, members in knots for concept in members}
    return [(source, target) for source, target in pairs if knot[source] == knot[target]]


# Neighbours in the order of their edges: of several shortest ways it is always the same that is found.
Neighbours = dict[ConceptId, dict[ConceptId, None]]


class _Ways:
    """Edges that are taken away one by one, and the ways along those that are left."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self._take(pairs)

    def _take(self, pairs: Sequence[Pair]) -> None:
        self._after: Neighbours = {}
        self._before: Neighbours = {}
        for source, target in pairs:
            self._after.setdefault(source, {})[target] = None
            self._before.setdefault(target, {})[source] = None
        self._patience = LOOKS_PER_EDGE * len(pairs)

    def pairs(self) -> list[Pair]:
        return [(source, target) for source, targets in self._after.items() for target in targets]

    def has(self, source: ConceptId, target: ConceptId) -> bool:
        return target in self._after.get(source, ())

    def remove(self, source: ConceptId, target: ConceptId) -> None:
        del self._after[source][target], self._before[target][source]

    def forget_what_is_loose(self) -> None:
        """Lets go of edges that are in no loop any more, once looking along them has cost as much as
        finding them does."""
        if self._patience < 0:
            self._take(_tangled(self.pairs()))

    def shortest(self, start: ConceptId, end: ConceptId) -> list[ConceptId]:
        """The concepts on a shortest way, both ends among them; none if there is no way.

        Looks from both ends, a step at a time from the one with less to look at: what has no way back is
        mostly known after a few steps.
        """
        from_start: dict[ConceptId, ConceptId | None] = {start: None}
        from_end: dict[ConceptId, ConceptId | None] = {end: None}
        front, back = [start], [end]
        while front and back:
            if len(front) <= len(back):
                met, front = _step(front, self._after, from_start, from_end)
            else:
                met, back = _step(back, self._before, from_end, from_start)
            self._patience -= len(front) + len(back)
            if met is not None:
                return [*reversed(_trail(met, from_start)), *_trail(met, from_end)[1:]]
        return []


def _step(
    edge: list[ConceptId],
    neighbours: Neighbours,
    seen: dict[ConceptId, ConceptId | None],
    from_other_end: Mapping[ConceptId, ConceptId | None],
) -> tuple[ConceptId | None, list[ConceptId]]:
    """Where the ways from both ends meet one step further, if they do, and what is seen there first."""
    further = []
    for concept in edge:
        for neighbour in neighbours.get(concept, ()):
            if neighbour in seen:
                continue
            seen[neighbour] = concept
            if neighbour in from_other_end:
                return neighbour, []
            further.append(neighbour)
    return None, further


def _trail(concept: ConceptId, came_from: Mapping[ConceptId, ConceptId | None]) -> list[ConceptId]:
    trail, before = [concept], came_from[concept]
    while before is not None:
        trail.append(before)
        before = came_from[before]
    return trail


def unchained(edges: Sequence[Prerequisite]) -> list[Pair]:
    """The edges without those that a chain of the others says already."""
    chained = implied(edges)
    pairs = ((edge.prerequisite, edge.target) for edge in edges)
    return [pair for pair in pairs if pair not in chained]


def among(edges: Iterable[Prerequisite], concepts: Container[ConceptId]) -> tuple[Prerequisite, ...]:
    """The edges between these concepts; implied are those that a chain of the others says."""
    kept = [edge for edge in edges if edge.prerequisite in concepts and edge.target in concepts]
    chained = implied(kept)
    return tuple(replace(edge, implied=(edge.prerequisite, edge.target) in chained) for edge in kept)


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
