"""The map: a course in groups, or the concepts of one group."""

from typing import Annotated

from msgspec import Meta

from web.payloads.names import ConceptName, LessonName
from web.payloads.payload import Address, Count, Payload, Share


class GraphConcept(Payload, frozen=True):
    """A concept on the map; `url` is its page, `lesson` the one that introduces it."""

    id: str
    url: Address
    pref_label: str
    lesson: str | None


class GraphEdge(Payload, frozen=True):
    """What comes before what. The map leaves out what is `implied`: a chain of the other edges given here
    says the same."""

    prerequisite: str
    target: str
    confidence: Share
    implied: bool


class GraphLayer(Payload, frozen=True):
    """Some concepts of a layer of a group, and how many `more` it has."""

    concepts: tuple[ConceptName, ...]
    more: Count


class GraphGroup(Payload, frozen=True):
    """A part of the course: a lesson, or a layer by number; how many concepts it has, and some of them."""

    lesson: LessonName | None
    layer: int | None
    total: Count
    layers: tuple[GraphLayer, ...]


class GraphBetween(Payload, frozen=True):
    """How many edges, but for implied ones, lead from one lesson to another."""

    prerequisite: LessonName
    target: LessonName
    edges: Count


class Graph(Payload, frozen=True):
    """What the map shows: of the whole course its `groups` (a page of them) and the edges between lessons,
    counted; else the concepts and edges around a concept, of a lesson or of a layer. `leftOut` counts the
    concepts that there was no room for."""

    around: ConceptName | None
    depth: int | None
    lesson: LessonName | None
    layer: int | None
    groups: tuple[GraphGroup, ...]
    between: tuple[GraphBetween, ...]
    concepts: tuple[GraphConcept, ...]
    edges: tuple[GraphEdge, ...]
    left_out: Count
    page: Annotated[int, Meta(ge=1)]
    per_page: Annotated[int, Meta(ge=1)]
    total: Count
