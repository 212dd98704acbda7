"""Concepts: all about one, and lists of them."""

from web.payloads.contents import Definition, Figure, Mentions, Question, Resource
from web.payloads.names import ConceptName, LessonName, SectionPlace, Source
from web.payloads.payload import Address, Count, Payload
from web.payloads.prerequisites import DroppedEdge, Prerequisite


class StatedRelation(Payload, frozen=True):
    """A part or an example, or what the concept is one of, and the words that say so; no prerequisite."""

    id: str
    pref_label: str
    quote: str
    source: Source


class Concept(Payload, frozen=True):
    """Everything about one concept. The names are those of SKOS; `prerequisites` is ours. `lesson` is the one
    that introduces it, `dropped` what the notes say of it and was not believed."""

    id: str
    url: Address
    pref_label: str
    alt_label: tuple[str, ...]
    definitions: tuple[Definition, ...]
    broader: tuple[ConceptName, ...]
    narrower: tuple[ConceptName, ...]
    related: tuple[ConceptName, ...]
    part_of: tuple[StatedRelation, ...]
    parts: tuple[StatedRelation, ...]
    example_of: tuple[StatedRelation, ...]
    examples: tuple[StatedRelation, ...]
    prerequisites: tuple[Prerequisite, ...]
    unlocks: tuple[ConceptName, ...]
    sections: tuple[SectionPlace, ...]
    mentions: Mentions
    resources: tuple[Resource, ...]
    figures: tuple[Figure, ...]
    questions: tuple[Question, ...]
    lesson: LessonName | None
    dropped: tuple[DroppedEdge, ...]


class ConceptSummary(Payload, frozen=True):
    """A concept as listings show it: `summary` begins its definition, `unlockCount` counts what needs it."""

    id: str
    url: Address
    pref_label: str
    alt_label: tuple[str, ...]
    summary: str
    lesson: str | None
    unlock_count: Count


class ConceptList(Payload, frozen=True):
    """One page of concepts by label."""

    total: Count
    page: int
    per_page: int
    concepts: tuple[ConceptSummary, ...]
