"""What changed from one state of the notes to another."""

from graph.changes import Because
from web.payloads.names import ConceptName, Place
from web.payloads.payload import Path, Payload, Share


class ConceptThen(Payload, frozen=True):
    """A concept as it was called in its state of the notes; `place` is null where nothing defines it."""

    id: str
    pref_label: str
    place: Place | None


class DefinitionThen(Payload, frozen=True):
    """The words of a definition, and where they stood."""

    text: str
    place: Place


class Succession(Payload, frozen=True):
    """What was the concept `before` is now `after`, or a part of it. `because` one is a `label` of the other,
    both are defined in the same `words`, or in nearly the same in the same `place`."""

    before: ConceptThen
    after: ConceptThen
    because: Because


class DefinitionChange(Payload, frozen=True):
    """A definition in other words; `before` is null for one that is new, `after` for one that is gone."""

    concept: ConceptName
    before: DefinitionThen | None
    after: DefinitionThen | None


class EdgeThen(Payload, frozen=True):
    """A prerequisite, and the words of the notes that it rests on most."""

    prerequisite: ConceptName
    target: ConceptName
    confidence: Share
    quote: str
    place: Place


class LessonThen(Payload, frozen=True):
    """A lesson as it was called in its state of the notes."""

    id: str
    title: str
    path: Path


class LessonRenaming(Payload, frozen=True):
    """A lesson with another title or address."""

    before: LessonThen
    after: LessonThen


class SectionThen(Payload, frozen=True):
    """A section as it was called in its state of the notes."""

    id: str
    title: str
    anchor: str
    place: Place


class SectionMove(Payload, frozen=True):
    """A section with another address."""

    before: SectionThen
    after: SectionThen


class ChangedConcepts(Payload, frozen=True):
    """What was renamed, merged or split off is neither added nor removed."""

    added: tuple[ConceptThen, ...]
    removed: tuple[ConceptThen, ...]
    renamed: tuple[Succession, ...]
    merged: tuple[Succession, ...]
    split: tuple[Succession, ...]


class ChangedPrerequisites(Payload, frozen=True):
    """Prerequisites of concepts that there were before, too."""

    gained: tuple[EdgeThen, ...]
    lost: tuple[EdgeThen, ...]


class ChangedLessons(Payload, frozen=True):
    """Lessons that came, went, or have another title or address."""

    added: tuple[LessonThen, ...]
    removed: tuple[LessonThen, ...]
    renamed: tuple[LessonRenaming, ...]


class Changes(Payload, frozen=True):
    """What changed from one state of the notes to another, each called by a snapshot's id or a path."""

    before: str
    after: str
    changed: bool
    concepts: ChangedConcepts
    definitions: tuple[DefinitionChange, ...]
    prerequisites: ChangedPrerequisites
    lessons: ChangedLessons
    anchors: tuple[SectionMove, ...]
