"""What changed between two states of the notes, as values. `graph/comparing.py` finds it."""

from dataclasses import dataclass, fields
from enum import StrEnum

from corpus.model import Definition, Lesson, Section
from graph.model import Concept, Prerequisite


@dataclass(frozen=True, slots=True)
class State:
    """What of one state of the notes is compared with another."""

    concepts: tuple[Concept, ...]
    prerequisites: tuple[Prerequisite, ...] = ()
    sections: tuple[Section, ...] = ()
    lessons: tuple[Lesson, ...] = ()


class Because(StrEnum):
    """Why a concept is believed to go on as another one."""

    LABEL = "label"  # the name of one is among the names of the other
    WORDS = "words"  # both are defined in the same words, but for their names
    PLACE = "place"  # both are defined in the same place, in nearly the same words


@dataclass(frozen=True, slots=True)
class Succession:
    """What was the concept `before` is now (a part of) the concept `after`."""

    before: Concept
    after: Concept
    because: Because


@dataclass(frozen=True, slots=True)
class DefinitionChange:
    """A definition of `concept`, as it is called now, in other words; `before` is None for one that is new,
    `after` for one that is gone."""

    concept: Concept
    before: Definition | None
    after: Definition | None


@dataclass(frozen=True, slots=True)
class EdgeChange:
    """A prerequisite that is new, or that is gone, with the concepts at its ends."""

    prerequisite: Concept
    target: Concept
    edge: Prerequisite


@dataclass(frozen=True, slots=True)
class SectionMove:
    """A section that has another address: links to the old anchor no longer find it."""

    before: Section
    after: Section


@dataclass(frozen=True, slots=True)
class LessonRenaming:
    """A lesson with another title or address."""

    before: Lesson
    after: Lesson


@dataclass(frozen=True, slots=True)
class Changes:
    """All that changed, in the order of the notes. A concept that was renamed, merged or split off is neither
    added nor removed; definitions are those of concepts that were there before."""

    added: tuple[Concept, ...] = ()
    removed: tuple[Concept, ...] = ()
    renamed: tuple[Succession, ...] = ()
    merged: tuple[Succession, ...] = ()
    split: tuple[Succession, ...] = ()
    definitions: tuple[DefinitionChange, ...] = ()
    gained: tuple[EdgeChange, ...] = ()
    lost: tuple[EdgeChange, ...] = ()
    moved: tuple[SectionMove, ...] = ()
    lessons_added: tuple[Lesson, ...] = ()
    lessons_removed: tuple[Lesson, ...] = ()
    lessons_renamed: tuple[LessonRenaming, ...] = ()

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))
