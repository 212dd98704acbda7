"""What a snapshot knows, for other programs: all of it, or all of a lesson or of some concepts."""

from collections.abc import Iterable
from dataclasses import replace

from corpus.model import LessonId
from graph.cycles import among
from graph.model import Concept, ConceptId
from indexer.snapshot import Snapshot
from web.model import Dump, Kinds


def everything(snapshot: Snapshot) -> Dump:
    """All that a snapshot knows."""
    mentions = tuple(snapshot.all_mentions())
    return Dump(
        title=snapshot.manifest.title,
        lessons=tuple(snapshot.lessons()),
        sections=tuple((section, snapshot.lesson_of(section.id)) for section in snapshot.all_sections()),
        concepts=tuple((concept, _kinds_of(snapshot, concept.id)) for concept in snapshot.all_concepts()),
        prerequisites=tuple(snapshot.all_prerequisites()),
        relations=tuple(snapshot.all_relations()),
        mentions=tuple(m for m in mentions if m.concept not in snapshot.commonplace),
        in_passing=tuple(m for m in mentions if m.concept in snapshot.commonplace),
        resources=tuple(snapshot.all_resources()),
        figures=tuple(snapshot.all_figures()),
        questions=tuple((one.question, one.concepts) for one in snapshot.questions()),
        objectives=tuple(snapshot.all_objectives()),
        wanted=tuple(snapshot.wanted()),
        problems=snapshot.problems(),
    )


def of_lesson(snapshot: Snapshot, lesson: LessonId) -> Dump:
    """The concepts that a lesson introduces, and what connects them with each other."""
    ids = dict.fromkeys(entry.id for entry in snapshot.concepts_of(lesson))
    graph = snapshot.prerequisite_graph()

    def own(others: Iterable[ConceptId]) -> tuple[ConceptId, ...]:
        return tuple(one for one in others if one in ids)

    def alone(id: ConceptId) -> tuple[Concept, Kinds]:
        concept, kinds = snapshot.concept(id), _kinds_of(snapshot, id)
        return replace(concept, related=own(concept.related)), Kinds(own(kinds.broader), own(kinds.narrower))

    return Dump(
        title=snapshot.manifest.title,
        lessons=(snapshot.lesson(lesson),),
        concepts=tuple(map(alone, ids)),
        prerequisites=among((edge for id in ids for edge in graph.prerequisites_of(id)), ids),
        relations=tuple(
            one
            for one in dict.fromkeys(r for id in ids for r in snapshot.relations_of(id))
            if one.one in ids and one.other in ids
        ),
    )


def about(snapshot: Snapshot, concepts: Iterable[ConceptId]) -> Dump:
    """What is to be known of some concepts by themselves: how they are connected to others, and all that is
    above them and what is related to them."""
    wanted, graph = tuple(concepts), snapshot.prerequisite_graph()
    found = {id: (snapshot.concept(id), _kinds_of(snapshot, id)) for id in wanted}
    waiting = [other for one, kinds in found.values() for other in (*one.related, *kinds.broader)]
    while waiting:
        if (id := waiting.pop()) not in found:
            found[id] = (snapshot.concept(id), _kinds_of(snapshot, id))
            waiting.extend(found[id][1].broader)
    return Dump(
        title=snapshot.manifest.title,
        lessons=tuple(snapshot.lessons()),
        concepts=tuple(found.values()),
        prerequisites=tuple(edge for id in wanted for edge in graph.prerequisites_of(id)),
        relations=tuple(dict.fromkeys(r for id in wanted for r in snapshot.relations_of(id))),
    )


def _kinds_of(snapshot: Snapshot, concept: ConceptId) -> Kinds:
    return Kinds(
        broader=tuple(b.broader for b in snapshot.broader_of(concept)),
        narrower=tuple(b.narrower for b in snapshot.narrower_of(concept)),
    )
