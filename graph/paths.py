"""What to learn first, what next, and why: questions asked of a finished prerequisite graph.

Walks are bounded by what the question reaches; nothing here looks at the whole graph.
"""

import heapq
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain, islice

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

    def believed_instead(self, dropped: DroppedPrerequisite) -> tuple[Prerequisite, ...]:
        """The edges of a loop that are believed: from the target of the one that was dropped back to its
        prerequisite."""
        onward = zip(dropped.loop[1:], (*dropped.loop[2:], *dropped.loop[:1]), strict=True)
        return tuple(e for one, other in onward for e in self.unlocked_by(one) if e.target == other)

    def position(self, concept: ConceptId) -> tuple[int, ConceptId]:
        """A sort key: the notes' own order, then the id."""
        return self._positions.get(concept, len(self._positions)), concept

    def concepts(self) -> Iterator[ConceptId]:
        """Every concept, in the notes' own order."""
        return iter(self._in_order)

    @cached_property
    def _in_order(self) -> tuple[ConceptId, ...]:
        return tuple(sorted(self._positions, key=self.position))

    @cached_property
    def beginnings(self) -> tuple[ConceptId, ...]:
        """The concepts that need nothing, those that unlock the most first."""
        free = (concept for concept in self._in_order if concept not in self._into)
        return tuple(sorted(free, key=self.usefulness))

    def usefulness(self, concept: ConceptId) -> tuple[int, tuple[int, ConceptId]]:
        """A sort key: what unlocks the most first, then the notes' own order."""
        return -len(self._out_of.get(concept, ())), self.position(concept)


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
    opened = {edge.target for concept in known for edge in graph.unlocked_by(concept)} - known
    ready = (c for c in opened if all(e.prerequisite in known for e in graph.prerequisites_of(c)))
    first = sorted(ready, key=graph.usefulness)
    return tuple(islice(chain(first, (c for c in graph.beginnings if c not in known)), limit))


def further_unlocked(
    graph: PrerequisiteGraph, concept: ConceptId, limit: int
) -> tuple[tuple[ConceptId, int], ...]:
    """What a concept helps to understand by way of others, with the fewest edges to each: the nearest first,
    then the notes' own order; no more than `limit`."""
    near = {edge.target for edge in graph.unlocked_by(concept)}
    seen = {concept, *near}
    found: list[tuple[ConceptId, int]] = []
    distance = 1
    while near and len(found) < limit:
        distance += 1
        near = {e.target for c in near for e in graph.unlocked_by(c)} - seen
        seen |= near
        nearest = heapq.nsmallest(limit - len(found), near, key=graph.position)
        found += ((c, distance) for c in nearest)
    return tuple(found)


def neighbourhood(graph: PrerequisiteGraph, concept: ConceptId, depth: int) -> tuple[ConceptId, ...]:
    """A concept, what it needs and what needs it, each no more than `depth` edges away, in the notes' own
    order."""
    found = set(needed_for(graph, [concept], frozenset(), depth))
    near = {concept}
    for _ in range(depth):
        near = {edge.target for one in near for edge in graph.unlocked_by(one)} - found
        found |= near
    return tuple(sorted(found, key=graph.position))


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
    """The fewest edges from source to target; among equals, the most believed ones first.

    Looks back from the target: what a concept needs is little, what the first concepts lead to is nearly
    everything.
    """
    distance = {target: 0}
    near = [target]
    while near and source not in distance:
        steps = distance[near[0]] + 1
        near = list(
            dict.fromkeys(
                e.prerequisite
                for concept in near
                for e in graph.prerequisites_of(concept)
                if e.prerequisite not in distance
            )
        )
        distance.update(dict.fromkeys(near, steps))
    found = []
    while source in distance and source != target:
        left = distance[source] - 1
        onward = (e for e in graph.unlocked_by(source) if distance.get(e.target) == left)
        found.append(min(onward, key=lambda e: (-e.confidence, graph.position(e.target))))
        source = found[-1].target
    return tuple(found)
