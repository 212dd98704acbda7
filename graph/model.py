"""What is known about concepts, as values: no networkx type stands here or leaves this package.

Prerequisite edges run prerequisite -> target, so a topological order is a teaching order. `broader` and the
prerequisite are stored; `narrower` and "unlocks" are derived.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from corpus.model import Definition, LessonId, Problem, RelationKind, SectionId, SourceLocation
from corpus.tex import readable

ConceptId = NewType("ConceptId", str)


class EvidenceKind(StrEnum):
    """Why a prerequisite is believed. docs/how-prerequisites-are-found.md explains each with its weight."""

    STATED = "stated"
    KIND = "kind"
    NEEDS = "needs"
    IS_A = "is-a"
    DEFINITION = "definition"
    HEAD_NOUN = "head-noun"
    NAME = "name"
    BODY = "body"


class _Quoting:
    """What rests on words of the notes: on a `quote`, which a reader sees as `words`."""

    __slots__ = ()
    quote: str
    words: str

    @property
    def said(self) -> str:
        """The words that a reader of the notes sees."""
        return readable(self.words or self.quote)


@dataclass(frozen=True, slots=True)
class Evidence(_Quoting):
    """One reason: `quote` holds the words as they stand in the source at `location` (white space collapsed,
    Markdown left in), `words` those that a reader sees, empty where they are the same; `weight` is 0 to 1."""

    kind: EvidenceKind
    weight: float
    quote: str
    location: SourceLocation
    words: str = ""


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """`prerequisite` is to be learned before `target`; `evidence` is never empty, strongest first.
    `implied` is true when a chain of other edges says the same."""

    prerequisite: ConceptId
    target: ConceptId
    confidence: float
    evidence: tuple[Evidence, ...]
    implied: bool = False


@dataclass(frozen=True, slots=True)
class DroppedPrerequisite:
    """An edge that was not believed, because with it the concepts of `loop` would each come before
    themselves. `loop` starts with the edge's prerequisite, then its target, and leads back. It is empty for
    an edge that the author removed: then `removed_at` is where, and `reason` why, empty if that is not said.
    """

    edge: Prerequisite
    loop: tuple[ConceptId, ...]
    reason: str = ""
    removed_at: SourceLocation | None = None


@dataclass(frozen=True, slots=True)
class Broader(_Quoting):
    """`narrower` is a kind of `broader`, with the words that say so, as in `Evidence`."""

    broader: ConceptId
    narrower: ConceptId
    quote: str
    location: SourceLocation
    words: str = ""


@dataclass(frozen=True, slots=True)
class Relation(_Quoting):
    """`one` is a part or an example of `other`, with the words that say so. It says nothing of what comes
    first."""

    kind: RelationKind
    one: ConceptId
    other: ConceptId
    quote: str
    location: SourceLocation
    words: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """All definitions of one meaning under one preferred label. The three kinds of label are disjoint.

    `definitions`: the one to show first, the others in reading order; empty for a stub. `section` is the
    section that is about the concept: the first definition's, or the stub's heading. `position` sorts
    concepts in the order in which the notes define them (0-based). `shared_labels` are acronyms and bare
    names that the notes give to other things, too: labels of none of them, good for looking up which there
    are; what one means in a text, the place tells.
    """

    id: ConceptId
    pref_label: str
    alt_labels: tuple[str, ...]
    hidden_labels: tuple[str, ...]
    definitions: tuple[Definition, ...]
    section: SectionId | None
    lesson: LessonId | None
    position: int
    related: tuple[ConceptId, ...] = ()
    shared_labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a label is used. `label` is as written; `sentence` is the plain sentence around it."""

    concept: ConceptId
    label: str
    section: SectionId
    path: str
    line: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A label that is used or asked for, and never defined: `places` are the first of its `uses`, `asked_for`
    are all places that list it as a prerequisite."""

    label: str
    uses: int
    places: tuple[SourceLocation, ...]
    asked_for: tuple[SourceLocation, ...] = ()


@dataclass(frozen=True, slots=True)
class ConceptGraph:
    """Everything that the notes say about their concepts. Concepts are sorted by position, prerequisites by
    (target's position, prerequisite's position), mentions in reading order. What is `commonplace` is
    mentioned so often that pages do not link it."""

    concepts: tuple[Concept, ...]
    prerequisites: tuple[Prerequisite, ...]
    dropped: tuple[DroppedPrerequisite, ...]
    broader: tuple[Broader, ...]
    mentions: tuple[Mention, ...]
    wanted: tuple[Wanted, ...]
    problems: tuple[Problem, ...]
    question_concepts: tuple[tuple[ConceptId, ...], ...] = ()  # by the order of the corpus's questions
    commonplace: tuple[ConceptId, ...] = ()
    relations: tuple[Relation, ...] = ()  # in reading order


class Answer(StrEnum):
    """What the notes say when asked why one concept comes before another."""

    DIRECT = "direct"
    CHAIN = "chain"
    REVERSED = "reversed"
    DROPPED = "dropped"
    NO_EVIDENCE = "no-evidence"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer to "why A before B?". `edges` lead from A to B (or from B to A when reversed);
    `dropped` is set when the direct edge was not believed."""

    prerequisite: ConceptId
    target: ConceptId
    answer: Answer
    edges: tuple[Prerequisite, ...] = ()
    dropped: DroppedPrerequisite | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One concept of a path and the edges to the later steps that need it."""

    concept: ConceptId
    because: tuple[Prerequisite, ...]


@dataclass(frozen=True, slots=True)
class LearningPath:
    """What to learn, in order, to know the targets. Steps end with a target; a step's prerequisites
    all stand before it or are known."""

    targets: tuple[ConceptId, ...]
    known: tuple[ConceptId, ...]
    steps: tuple[Step, ...]
