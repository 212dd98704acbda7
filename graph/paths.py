"""What to learn first, what next, and why: questions asked of a finished prerequisite graph.

Walks are bounded by what the question reaches; nothing here looks at the whole graph.
"""

import heapq
from collections import deque
from collections.abc import Iterable, Iterator, Mapping

from graph.model import Answer, ConceptId, DroppedPrerequisite, Explanation, LearningPath, Prerequisite, Step


class PrerequisiteGraph:
    """Prerequisite edges in both directions, and each concept's place in the notes' own order.

    >>> from graph.paths import PrerequisiteGraph
    >>> PrerequisiteGraph({}, []).prerequisites_of("nothing")
    ()
    """

    def __init__(
        self,
        positions: Mapping[ConceptId, int],
        edges: Iterable[Prerequisite],
        dropped: Iterable[DroppedPrerequisite] = (),
    ) -> None:
        self._positions = positions
        self._into: dict[ConceptId, list[Prerequisite]] = {}
        self._out_of: dict[ConceptId, list[Prerequisite]] = {}
        self._dropped = {(d.edge.prerequisite, d.edge.target): d for d in dropped}
        for edge in edges:
            self._into.setdefault(edge.target, []).append(edge)
            self._out_of.setdefault(edge.prerequisite, []).append(edge)

    def prerequisites_of(self, concept: ConceptId) -> tuple[Prerequisite, ...]:
        """The direct edges into a concept."""
        return tuple(self._into.get(concept, ()))

    def unlocked_by(self, concept: ConceptId) -> tuple[Prerequisite, ...]:
        """The direct edges out of a concept: what it helps to understand."""
        return tuple(self._out_of.get(concept, ()))

    def dropped(self, prerequisite: ConceptId, target: ConceptId) -> DroppedPrerequisite | None:
        """The edge between these two that was not believed, if there is one."""
        return self._dropped.get((prerequisite, target))

    def dropped_at(self, concept: ConceptId) -> tuple[DroppedPrerequisite, ...]:
        """Every edge at this concept that was not believed."""
        return tuple(d for pair, d in self._dropped.items() if concept in pair)

    def position(self, concept: ConceptId) -> tuple[int, ConceptId]:
        """A sort key: the notes' own order, then the id."""
        return self._positions.get(concept, len(self._positions)), concept

    def concepts(self) -> Iterator[ConceptId]:
        """Every concept, in the notes' own order."""
        return iter(sorted(self._positions, key=self.position))


def needed_for(
    graph: PrerequisiteGraph,
    targets: Iterable[ConceptId],
    known: frozenset[ConceptId],
    depth: int | None = None,
) -> frozenset[ConceptId]:
    """The targets and all that they need, cut at what is known and at `depth` edges from a target.

    A target that is known needs nothing: it is left out with all that only it needs.
    """
    needed = {target for target in targets if target not in known}
    frontier = deque((target, 0) for target in sorted(needed))
    while frontier:
        concept, distance = frontier.popleft()
        if depth is not None and distance >= depth:
            continue
        for edge in graph.prerequisites_of(concept):
            if edge.prerequisite not in known and edge.prerequisite not in needed:
                needed.add(edge.prerequisite)
                frontier.append((edge.prerequisite, distance + 1))
    return frozenset(needed)


def learning_path(
    graph: PrerequisiteGraph,
    targets: Iterable[ConceptId],
    known: frozenset[ConceptId] = frozenset(),
    depth: int | None = None,
) -> LearningPath:
    """What to learn, in order, to know the targets: every edge is respected; among equals, the notes' own
    order decides (Kahn's algorithm with a heap, so the order is the lexicographically smallest)."""
    wanted = tuple(dict.fromkeys(targets))
    needed = needed_for(graph, wanted, known, depth)
    waiting = {c: sum(e.prerequisite in needed for e in graph.prerequisites_of(c)) for c in needed}
    ready = [graph.position(c) for c, count in waiting.items() if count == 0]
    heapq.heapify(ready)
    steps = []
    while ready:
        _, concept = heapq.heappop(ready)
        unlocks = tuple(e for e in graph.unlocked_by(concept) if e.target in needed)
        steps.append(Step(concept, tuple(sorted(unlocks, key=lambda e: graph.position(e.target)))))
        for edge in unlocks:
            waiting[edge.target] -= 1
            if waiting[edge.target] == 0:
                heapq.heappush(ready, graph.position(edge.target))
    return LearningPath(wanted, tuple(sorted(known, key=graph.position)), tuple(steps))


def frontier(graph: PrerequisiteGraph, known: frozenset[ConceptId], limit: int = 20) -> tuple[ConceptId, ...]:
    """What can be learned next: unknown concepts all of whose prerequisites are known.

    Those that use something known come first, then those that unlock the most, then the notes' own order.
    """

    def ranks(concept: ConceptId) -> tuple[bool, int, tuple[int, ConceptId]]:
        return not graph.prerequisites_of(concept), -len(graph.unlocked_by(concept)), graph.position(concept)

    ready = [
        concept
        for concept in graph.concepts()
        if concept not in known and all(e.prerequisite in known for e in graph.prerequisites_of(concept))
    ]
    return tuple(heapq.nsmallest(limit, ready, key=ranks))


def why(graph: PrerequisiteGraph, prerequisite: ConceptId, target: ConceptId) -> Explanation:
    """Why one concept is believed to come before another, or why not."""
    if prerequisite == target:
        return Explanation(prerequisite, target, Answer.SAME)
    dropped = graph.dropped(prerequisite, target)
    if chain := _shortest_chain(graph, prerequisite, target):
        answer = Answer.DIRECT if len(chain) == 1 else Answer.CHAIN
        return Explanation(prerequisite, target, answer, chain, dropped)
    if dropped:
        return Explanation(
            prerequisite, target, Answer.DROPPED, _shortest_chain(graph, target, prerequisite), dropped
        )
    if chain := _shortest_chain(graph, target, prerequisite):
        return Explanation(prerequisite, target, Answer.REVERSED, chain)
    return Explanation(prerequisite, target, Answer.NO_EVIDENCE)


def _shortest_chain(
    graph: PrerequisiteGraph, source: ConceptId, target: ConceptId
) -> tuple[Prerequisite, ...]:
    """The fewest edges from source to target; among equals, the most believed ones first."""
    came_by: dict[ConceptId, Prerequisite] = {}
    queue = deque([source])
    while queue:
        concept = queue.popleft()
        if concept == target:
            chain = []
            while concept != source:
                chain.append(came_by[concept])
                concept = came_by[concept].prerequisite
            return tuple(reversed(chain))
        for edge in sorted(
            graph.unlocked_by(concept), key=lambda e: (-e.confidence, graph.position(e.target))
        ):
            if edge.target != source and edge.target not in came_by:
                came_by[edge.target] = edge
                queue.append(edge.target)
    return ()
