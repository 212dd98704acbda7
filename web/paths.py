"""What is said of a path: its steps with their layers and distances, and what it leaves undefined."""

from corpus.model import SourceLocation
from graph.model import ConceptId, LearningPath
from indexer.snapshot import Snapshot
from web.model import StepView
from web.names import Names


def steps_of(path: LearningPath, snapshot: Snapshot, names: Names) -> tuple[StepView, ...]:
    """The steps of a path, with how deep each lies in it and how far it is from a target."""
    entries = {entry.id: entry for entry in snapshot.entries_by_id(s.concept for s in path.steps)}
    layers = _layers(path)
    distances = _distances(path)
    return tuple(
        StepView(
            concept=entries[step.concept],
            because=tuple(map(names.edge, step.because)),
            layer=layers[step.concept],
            distance=distances[step.concept],
        )
        for step in path.steps
    )


def undefined_on(path: LearningPath, snapshot: Snapshot, names: Names) -> tuple[str, ...]:
    """Steps without a definition, then labels that the steps' definitions use, or their lessons ask for, and
    that the notes never define."""
    stubs: list[str] = []
    within: dict[str, list[SourceLocation]] = {}
    for concept in (snapshot.concept(step.concept) for step in path.steps):
        if not concept.definitions:
            stubs.append(concept.pref_label)
        for definition in concept.definitions:
            within.setdefault(definition.location.path, []).append(definition.location)
    steps = snapshot.entries_by_id(step.concept for step in path.steps)
    lessons = {entry.lesson for entry in steps if entry.lesson}
    wanted = (
        wanted.label
        for wanted in snapshot.wanted()
        if any(at.holds(place.first_line) for place in wanted.places for at in within.get(place.path, ()))
        or any(names.lesson_at(place) in lessons for place in wanted.asked_for)
    )
    return tuple(dict.fromkeys((*stubs, *wanted)))


def _layers(path: LearningPath) -> dict[ConceptId, int]:
    """For each step, one more than the highest layer of what it needs on the path; 0 if it needs nothing."""
    layers: dict[ConceptId, int] = {}
    for step in path.steps:  # what a step needs stands before it, so its layer is final when it is reached
        layer = layers.setdefault(step.concept, 0)
        for edge in step.because:
            layers[edge.target] = max(layers.get(edge.target, 0), layer + 1)
    return layers


def _distances(path: LearningPath) -> dict[ConceptId, int]:
    """For each step, the fewest edges to a target; 0 for a target."""
    distances = dict.fromkeys(path.targets, 0)
    for step in reversed(path.steps):  # what a step leads to stands after it
        if step.concept not in distances:
            distances[step.concept] = 1 + min(distances[edge.target] for edge in step.because)
    return distances
