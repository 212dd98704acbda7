"""What comes before what, and why."""

from typing import Annotated

from msgspec import Meta

from graph.model import Answer, EvidenceKind
from web.payloads.names import ConceptName, Source
from web.payloads.payload import Count, Payload, Share


class Evidence(Payload, frozen=True):
    """One reason for an edge, in the notes' own words."""

    kind: EvidenceKind
    weight: Share
    quote: str
    source: Source


class Prerequisite(Payload, frozen=True):
    """A concept at one end of an edge, and why the edge is believed, strongest reason first; `implied` when a
    chain of other edges says the same."""

    id: str
    pref_label: str
    confidence: Share
    evidence: tuple[Evidence, ...]
    implied: bool


class Reason(Payload, frozen=True):
    """The later concept that a step unlocks, and why."""

    unlocks: str
    confidence: Share
    evidence: tuple[Evidence, ...]


class NeededConcept(Payload, frozen=True):
    """A concept that another needs; `distance` is the fewest edges between them."""

    id: str
    pref_label: str
    distance: Annotated[int, Meta(ge=1)]
    because: tuple[Reason, ...]


class Prerequisites(Payload, frozen=True):
    """All that a concept needs within `depth` edges (null: all), in teaching order."""

    concept: ConceptName
    depth: int | None
    total: Count
    prerequisites: tuple[NeededConcept, ...]


class FurtherConcept(Payload, frozen=True):
    """A concept that needs another by way of others; `distance` is the fewest edges between them."""

    id: str
    pref_label: str
    distance: Count


class Unlocks(Payload, frozen=True):
    """The concepts that directly need this one, and why, and the nearest of those that need it by way of
    others."""

    concept: ConceptName
    total: Count
    unlocks: tuple[Prerequisite, ...]
    further: tuple[FurtherConcept, ...]


class Edge(Payload, frozen=True):
    """A prerequisite edge and why it is believed."""

    prerequisite: ConceptName
    target: ConceptName
    confidence: Share
    evidence: tuple[Evidence, ...]


class DroppedEdge(Payload, frozen=True):
    """An edge that was not believed: with it, the concepts of `loop` would each come before themselves. Where
    `loop` is empty the author removed the edge: `removed` says where, `reason` why ("" if not said).
    `believed` are the other edges of the loop."""

    prerequisite: ConceptName
    target: ConceptName
    confidence: Share
    evidence: tuple[Evidence, ...]
    loop: tuple[ConceptName, ...]
    reason: str
    removed: Source | None
    believed: tuple[Edge, ...]


class Why(Payload, frozen=True):
    """Why one concept comes before another, or why not. `edges` lead from `prerequisite` to `target`; when
    the answer is "reversed" or "dropped", from `target` to `prerequisite`."""

    prerequisite: ConceptName
    target: ConceptName
    answer: Answer
    edges: tuple[Edge, ...]
    dropped: DroppedEdge | None
