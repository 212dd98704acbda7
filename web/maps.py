"""What the map shows of a course: its groups with the most useful concepts of each, one group, or what lies
around one concept. Never more than a page can show; what is left out is counted.

Groups are the lessons. Where most lessons define hardly anything but themselves, or there is only one, groups
are the layers of the whole course: first what needs nothing, then what needs only that, and so on.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from heapq import nsmallest
from itertools import chain, zip_longest

from corpus.model import LessonId
from graph.cycles import among
from graph.model import ConceptId, Prerequisite
from graph.paths import PrerequisiteGraph
from indexer.model import ConceptEntry
from web.model import Between, ConceptLink, LessonLink, MapGroup, MapLayer, MapPage, Paging

MOST_CONCEPTS = 60
GROUPS_PER_PAGE = 30
# Of a group on the map of all: so many layers, the last of them with all that is deeper.
LAYERS_SHOWN = 4
SHOWN_OF_A_LAYER = 5
# Lessons with fewer concepts than this on average are no groups.
FEWEST_FOR_A_LESSON = 2.5

# A lesson's number or a layer's, from 1.
GroupNumber = int


class Maps:
    """The maps of one course."""

    def __init__(
        self, graph: PrerequisiteGraph, entries: Iterable[ConceptEntry], lessons: Sequence[LessonLink]
    ) -> None:
        self._graph = graph
        self._entries = {entry.id: entry for entry in entries}
        self._lessons = {lesson.id: lesson for lesson in lessons}
        self._depths = depths(graph, self._entries)

    @cached_property
    def by_lesson(self) -> bool:
        """Whether groups are lessons."""
        taught = Counter(entry.lesson for entry in self._entries.values() if entry.lesson)
        return len(taught) > 1 and taught.total() >= FEWEST_FOR_A_LESSON * len(taught)

    def course(self, page: int = 1) -> MapPage:
        """All groups, a page of them, and what leads from one to another."""
        numbers = sorted(self._groups)
        paging = Paging(page, GROUPS_PER_PAGE, len(numbers))
        shown = numbers[paging.offset : paging.offset + paging.per_page]
        return MapPage(
            groups=tuple(map(self._group, shown)),
            between=self._between(shown),
            paging=paging,
            by_lesson=self.by_lesson,
            outside=len(self._entries) - sum(map(len, self._groups.values())),
        )

    def lesson(self, lesson: LessonLink) -> MapPage:
        """The most useful concepts that a lesson introduces, and what leads to it and from it."""
        own = [entry.id for entry in self._entries.values() if entry.lesson == lesson.id]
        return self._part(own, lesson=lesson, between=self._at_lesson(lesson))

    def layer(self, number: int) -> MapPage:
        """The concepts that need a chain of just so many others: the most useful ones."""
        return self._part([id for id, depth in self._depths.items() if depth == number - 1], layer=number)

    def around(self, concept: ConceptLink, depth: int, limit: int = MOST_CONCEPTS) -> MapPage:
        """The concepts within `depth` edges of one, the nearest ones first, then the most useful."""
        near = list(self._near(concept.id, depth))
        page = self._part([concept.id, *near[: limit - 1]], around=concept, depth=depth)
        return replace(page, left_out=max(0, len(near) - limit + 1))

    @property
    def layers(self) -> int:
        """How many layers the whole course has."""
        return max(self._depths.values(), default=-1) + 1

    # Parts

    def _part(
        self,
        concepts: Sequence[ConceptId],
        *,
        around: ConceptLink | None = None,
        depth: int | None = None,
        lesson: LessonLink | None = None,
        layer: int | None = None,
        between: tuple[Between, ...] = (),
    ) -> MapPage:
        shown = nsmallest(MOST_CONCEPTS, concepts, key=self._graph.usefulness)
        shown.sort(key=lambda id: (self._depths[id], self._graph.position(id)))
        return MapPage(
            around=around,
            depth=depth,
            lesson=lesson,
            layer=layer,
            concepts=tuple(self._entries[id] for id in shown),
            edges=self._edges_among(shown),
            between=between,
            left_out=len(concepts) - len(shown),
            paging=Paging(1, max(1, len(concepts)), len(concepts)),
            by_lesson=self.by_lesson,
        )

    def _edges_among(self, concepts: Iterable[ConceptId]) -> tuple[Prerequisite, ...]:
        """The edges between these; implied are those that a chain of the others says."""
        there = dict.fromkeys(concepts)
        return among(chain.from_iterable(map(self._graph.prerequisites_of, there)), there)

    def _near(self, concept: ConceptId, depth: int) -> Iterator[ConceptId]:
        """What a concept needs and what needs it, an edge at a time: by turns of the one and of the other,
        what nothing else says and what is most useful first."""
        seen = {concept}
        first, then = [concept], [concept]
        for _ in range(depth):
            needed = (edge for one in first for edge in self._graph.prerequisites_of(one))
            needing = (edge for one in then for edge in self._graph.unlocked_by(one))
            first = self._sorted({e.prerequisite: e for e in needed if e.prerequisite not in seen})
            then = self._sorted({e.target: e for e in needing if e.target not in seen})
            seen.update(first, then)
            yield from (one for pair in zip_longest(first, then) for one in pair if one is not None)

    def _sorted(self, by_edge: Mapping[ConceptId, Prerequisite]) -> list[ConceptId]:
        return sorted(by_edge, key=lambda id: (by_edge[id].implied, self._graph.usefulness(id)))

    # Groups

    @cached_property
    def _groups(self) -> Mapping[GroupNumber, Sequence[ConceptId]]:
        """The concepts of each group that has any; those outside of all lessons are in none."""
        groups: dict[GroupNumber, list[ConceptId]] = defaultdict(list)
        for id in self._entries:
            if number := self._number(id):
                groups[number].append(id)
        return groups

    def _number(self, concept: ConceptId) -> GroupNumber | None:
        if not self.by_lesson:
            return self._depths[concept] + 1
        lesson = self._lesson_of(concept)
        return lesson.number if lesson else None

    def _group(self, number: GroupNumber) -> MapGroup:
        own = self._groups[number]
        if not self.by_lesson:
            most = LAYERS_SHOWN * SHOWN_OF_A_LAYER
            best = sorted(nsmallest(most, own, key=self._graph.usefulness), key=self._graph.position)
            rows = [best[at : at + SHOWN_OF_A_LAYER] for at in range(0, len(best), SHOWN_OF_A_LAYER)]
            layers = [MapLayer(self._links(row), 0) for row in rows]
            layers[-1] = replace(layers[-1], more=len(own) - len(best))
            return MapGroup(None, number, len(own), tuple(layers))
        inside = depths(self._graph, own)
        rows = [[id for id in own if min(inside[id], LAYERS_SHOWN - 1) == at] for at in range(LAYERS_SHOWN)]
        return MapGroup(
            self._lesson_of(own[0]), None, len(own), tuple(map(self._map_layer, filter(None, rows)))
        )

    def _map_layer(self, concepts: Sequence[ConceptId]) -> MapLayer:
        best = nsmallest(SHOWN_OF_A_LAYER, concepts, key=self._graph.usefulness)
        return MapLayer(self._links(sorted(best, key=self._graph.position)), len(concepts) - len(best))

    def _links(self, concepts: Iterable[ConceptId]) -> tuple[ConceptLink, ...]:
        return tuple(ConceptLink(id, self._entries[id].pref_label) for id in concepts)

    # Between groups

    @cached_property
    def _counts(self) -> Mapping[tuple[LessonLink, LessonLink], int]:
        """How many edges lead from one lesson to another, without those that a chain says already."""
        found: Counter[tuple[LessonLink, LessonLink]] = Counter()
        for target in self._entries:
            then = self._lesson_of(target)
            for edge in self._graph.prerequisites_of(target):
                first = self._lesson_of(edge.prerequisite)
                if not edge.implied and first and then and first != then:
                    found[first, then] += 1
        return found

    def _lesson_of(self, concept: ConceptId) -> LessonLink | None:
        return self._lessons.get(self._entries[concept].lesson or LessonId(""))

    def _between(self, numbers: Sequence[GroupNumber]) -> tuple[Between, ...]:
        if not self.by_lesson:
            return ()
        there = set(numbers)
        pairs = (pair for pair in self._counts if {pair[0].number, pair[1].number} <= there)
        return self._bundles(pairs)

    def _at_lesson(self, lesson: LessonLink) -> tuple[Between, ...]:
        return self._bundles(pair for pair in self._counts if lesson in pair)

    def _bundles(self, pairs: Iterable[tuple[LessonLink, LessonLink]]) -> tuple[Between, ...]:
        in_order = sorted(pairs, key=lambda pair: (pair[1].number, pair[0].number))
        return tuple(Between(first, then, self._counts[first, then]) for first, then in in_order)


def depths(graph: PrerequisiteGraph, concepts: Iterable[ConceptId]) -> dict[ConceptId, int]:
    """For each concept, the number of edges in the longest chain that leads to it within these concepts."""
    waiting = dict.fromkeys(concepts, 0)
    for id in waiting:
        waiting[id] = sum(edge.prerequisite in waiting for edge in graph.prerequisites_of(id))
    found = {id: 0 for id, count in waiting.items() if count == 0}
    ready = list(found)
    for id in ready:  # grows as what it waits for is reached
        for edge in graph.unlocked_by(id):
            if (left := waiting.get(edge.target)) is None:
                continue
            waiting[edge.target] = left - 1
            found[edge.target] = max(found.get(edge.target, 0), found[id] + 1)
            if left == 1:
                ready.append(edge.target)
    return found
