"""Lessons and their sections."""

from typing import Annotated

from msgspec import Meta

from corpus.model import DefinitionStyle
from web.payloads.contents import Figure, Question, Resource
from web.payloads.names import ConceptName, LessonName, SectionName, Source
from web.payloads.payload import Address, Count, Line, Path, Payload, Share
from web.payloads.problems import Problem


class LessonSummary(Payload, frozen=True):
    """A lesson as listings show it. `language` is empty where it is that of the notes."""

    id: str
    title: str
    number: Annotated[int, Meta(ge=1)]
    path: Path
    url: Address
    section_count: Count
    concept_count: Count
    language: str = ""


class LessonList(Payload, frozen=True):
    """Every lesson, in reading order."""

    total: Count
    lessons: tuple[LessonSummary, ...]


class SectionSummary(Payload, frozen=True):
    """A section of a lesson; `level` is 1 to 6, or 0 for what stands before the first heading."""

    id: str
    title: str
    level: Annotated[int, Meta(ge=0, le=6)]
    anchor: str
    url: Address


class Objective(Payload, frozen=True):
    """What readers of a lesson can do afterwards, in the words of the notes."""

    text: str
    source: Source


class Lesson(Payload, frozen=True):
    """A lesson: its sections in order, the concepts that it introduces, those that it defines though another
    lesson introduces them, those that it assumes, what it promises, and what looks wrong in it. `language` is
    empty where it is that of the notes."""

    id: str
    title: str
    number: Annotated[int, Meta(ge=1)]
    path: Path
    url: Address
    previous: LessonName | None
    next: LessonName | None
    sections: tuple[SectionSummary, ...]
    concepts: tuple[ConceptName, ...]
    defined_again: tuple[ConceptName, ...]
    objectives: tuple[Objective, ...]
    language: str
    assumes: tuple[ConceptName, ...]
    problems: tuple[Problem, ...]


class DefinitionInSection(Payload, frozen=True):
    """A definition, and the concept that it defines."""

    concept: ConceptName
    text: str
    html: str
    style: DefinitionStyle
    confidence: Share
    source: Source


class MentionInSection(Payload, frozen=True):
    """A place in a section where a concept's label is used."""

    concept: str
    label: str
    sentence: str
    line: Line


class Section(Payload, frozen=True):
    """What stands under a heading. `html` is safe to show, `text` is its prose without any markup."""

    id: str
    url: Address
    title: str
    level: Annotated[int, Meta(ge=0, le=6)]
    lesson: str | None
    parent: SectionName | None
    source: Source
    html: str
    text: str
    definitions: tuple[DefinitionInSection, ...]
    resources: tuple[Resource, ...]
    figures: tuple[Figure, ...]
    questions: tuple[Question, ...]
    mentions: tuple[MentionInSection, ...]
