"""The complete dump: everything that the notes say, each thing once, the others by id."""

from typing import Literal

from corpus.model import DefinitionStyle, RelationKind, ResourceKind, Severity
from graph.model import EvidenceKind
from web.payloads.names import Place
from web.payloads.payload import Count, Line, Path, Payload, Share


class DumpedLesson(Payload, frozen=True):
    """A lesson and the ids of its sections."""

    id: str
    title: str
    path: Path
    sections: tuple[str, ...]


class DumpedSection(Payload, frozen=True):
    """A heading; `empty` is true when nothing stands under it before the next one."""

    id: str
    lesson: str | None
    title: str
    level: int
    anchor: str
    parent: str | None
    path: Path
    first_line: Line
    last_line: Line
    empty: bool


class DumpedDefinition(Payload, frozen=True):
    """One place where a term is defined."""

    term: str
    text: str
    style: DefinitionStyle
    confidence: Share
    section: str
    path: Path
    first_line: Line
    last_line: Line


class DumpedConcept(Payload, frozen=True):
    """A concept with all labels and definitions; other concepts by id."""

    id: str
    pref_label: str
    alt_label: tuple[str, ...]
    hidden_label: tuple[str, ...]
    definitions: tuple[DumpedDefinition, ...]
    broader: tuple[str, ...]
    narrower: tuple[str, ...]
    related: tuple[str, ...]
    section: str | None


class DumpedEvidence(Payload, frozen=True):
    """One reason for an edge."""

    kind: EvidenceKind
    weight: Share
    quote: str
    path: Path
    first_line: Line
    last_line: Line


class DumpedPrerequisite(Payload, frozen=True):
    """An edge between two concepts, by id; `implied` when a chain of other edges says the same."""

    prerequisite: str
    target: str
    confidence: Share
    evidence: tuple[DumpedEvidence, ...]
    implied: bool


class DumpedRelation(Payload, frozen=True):
    """`concept` is a part or an example of another, both by id, with the words that say so."""

    kind: RelationKind
    concept: str
    of: str
    quote: str
    path: Path
    first_line: Line
    last_line: Line


class DumpedMention(Payload, frozen=True):
    """A place where a concept's label is used."""

    concept: str
    label: str
    section: str
    path: Path
    line: Line


class DumpedResource(Payload, frozen=True):
    """A link worth keeping, as written."""

    kind: ResourceKind
    title: str
    url: str
    section: str
    path: Path
    line: Line


class DumpedFigure(Payload, frozen=True):
    """A picture, as written; its size and where its words are from as in `Figure`."""

    src: str
    alt: str
    section: str
    path: Path
    line: Line
    missing: bool
    alt_derived: bool
    width: str
    height: str


class DumpedQuestion(Payload, frozen=True):
    """A quiz item and the ids of the concepts that it asks about."""

    question: str
    answer: str
    explanation: str
    section: str
    concepts: tuple[str, ...]
    path: Path
    line: Line
    options: tuple[str, ...]


class DumpedObjective(Payload, frozen=True):
    """What a section promises that readers can do afterwards."""

    text: str
    section: str
    path: Path
    line: Line


class DumpedWanted(Payload, frozen=True):
    """A label that is used, or listed as a prerequisite, and never defined: the first places that use it, and
    those that ask for it."""

    label: str
    uses: Count
    places: tuple[Place, ...]
    asked_for: tuple[Place, ...]


class DumpedProblem(Payload, frozen=True):
    """What looked wrong in the notes."""

    code: str
    severity: Severity
    message: str
    path: Path
    line: Line
    hint: str


class Export(Payload, frozen=True):
    """Everything that the notes say, for other programs; the same as `glosspath export json`."""

    format: Literal["glosspath/1"]
    title: str
    lessons: tuple[DumpedLesson, ...]
    sections: tuple[DumpedSection, ...]
    concepts: tuple[DumpedConcept, ...]
    prerequisites: tuple[DumpedPrerequisite, ...]
    relations: tuple[DumpedRelation, ...]
    mentions: tuple[DumpedMention, ...]
    in_passing: tuple[DumpedMention, ...]
    resources: tuple[DumpedResource, ...]
    figures: tuple[DumpedFigure, ...]
    questions: tuple[DumpedQuestion, ...]
    objectives: tuple[DumpedObjective, ...]
    wanted: tuple[DumpedWanted, ...]
    problems: tuple[DumpedProblem, ...]
