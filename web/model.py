"""What the pages, the JSON API and the command line show, as frozen values: the answers of `web.library`.

A view holds the models of the lower packages and adds what a reader needs beside them: names for ids, and
for every place the section in which it can be read. No HTML but the notes' own stands here, and no address:
`web.addresses` builds those, because they depend on where the site is mounted.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from corpus.explaining import LineReading
from corpus.model import (
    Definition,
    Figure,
    Lesson,
    LessonId,
    Objective,
    Problem,
    Question,
    Resource,
    Section,
    SectionId,
    SourceLocation,
)
from graph.model import (
    Answer,
    Broader,
    Concept,
    ConceptId,
    Evidence,
    Mention,
    Prerequisite,
    Relation,
    Wanted,
)
from graph.wording import Alike, Words
from indexer.model import ConceptEntry, Hit, SearchResults, Suggestion


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page of a list is shown. Pages count from 1; an empty list has one page."""

    page: int
    per_page: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages the list has.

        >>> Paging(page=1, per_page=20, total=41).pages
        3
        """
        return max(1, -(-self.total // self.per_page))

    @property
    def previous(self) -> int | None:
        """The page before this one; None on the first."""
        return min(self.page - 1, self.pages) if self.page > 1 else None

    @property
    def next(self) -> int | None:
        """The page after this one; None on the last."""
        return self.page + 1 if self.page < self.pages else None

    @property
    def offset(self) -> int:
        """How many items stand before this page."""
        return (self.page - 1) * self.per_page


# Names and places


@dataclass(frozen=True, slots=True)
class ConceptLink:
    """A concept by name."""

    id: ConceptId
    pref_label: str


@dataclass(frozen=True, slots=True)
class LessonLink:
    """A lesson by name; `number` is its 1-based place in the reading order."""

    id: LessonId
    title: str
    number: int


@dataclass(frozen=True, slots=True)
class SectionLink:
    """A section by name. `lesson` is where it is read (None: before the first lesson of a document)."""

    id: SectionId
    title: str
    anchor: str
    lesson: LessonId | None


@dataclass(frozen=True, slots=True)
class Source:
    """A place in the notes and the section in which it stands (None: in none, as front matter does).
    `address` is where the author shows the file itself, "" where the author does not."""

    location: SourceLocation
    section: SectionLink | None
    address: str = ""


# What a concept is made of


@dataclass(frozen=True, slots=True)
class DefinitionView:
    """A definition, where it stands, and how it reads against the first one of its concept: `against` says
    which words differ where that helps."""

    definition: Definition
    source: Source
    alike: Alike = Alike.OTHER
    against: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A reason for an edge and where it stands."""

    evidence: Evidence
    source: Source


@dataclass(frozen=True, slots=True)
class EdgeView:
    """A prerequisite edge with both ends named and its evidence, strongest first."""

    prerequisite: ConceptLink
    target: ConceptLink
    edge: Prerequisite
    evidence: tuple[EvidenceView, ...]


@dataclass(frozen=True, slots=True)
class DroppedView:
    """An edge that was not believed; `loop` names the concepts that would each come before themselves. It is
    empty where the author removed the edge: then `removed_at` is where, and `reason` why ("" if not said)."""

    edge: EdgeView
    loop: tuple[ConceptLink, ...]
    reason: str = ""
    removed_at: Source | None = None
    believed: tuple[EdgeView, ...] = ()


@dataclass(frozen=True, slots=True)
class KindView:
    """A broader or narrower concept and the words that say so."""

    concept: ConceptLink
    broader: Broader
    source: Source


@dataclass(frozen=True, slots=True)
class RelationView:
    """A part or an example, or what the concept is one of, and the words that say so."""

    concept: ConceptLink
    relation: Relation
    source: Source


@dataclass(frozen=True, slots=True)
class FurtherView:
    """What a concept unlocks by way of others; `distance` is the fewest edges between them."""

    concept: ConceptLink
    distance: int


@dataclass(frozen=True, slots=True)
class MentionView:
    """A place where a concept is used."""

    mention: Mention
    source: Source


@dataclass(frozen=True, slots=True)
class MentionList:
    """The first mentions of a concept outside its own definition, and how many there are in all."""

    total: int
    items: tuple[MentionView, ...]


@dataclass(frozen=True, slots=True)
class ResourceView:
    """A link worth keeping and where it stands."""

    resource: Resource
    source: Source


@dataclass(frozen=True, slots=True)
class FigureView:
    """A picture and where it stands."""

    figure: Figure
    source: Source


@dataclass(frozen=True, slots=True)
class ObjectiveView:
    """What a lesson promises, and where it does so."""

    objective: Objective
    source: Source


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A quiz item, its 0-based number among all, where it stands and which concepts it asks about."""

    number: int
    question: Question
    source: Source
    concepts: tuple[ConceptLink, ...]


@dataclass(frozen=True, slots=True)
class ProblemView:
    """What looked wrong in the notes, and the section where it can be seen."""

    problem: Problem
    source: Source


_PLACES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class WantedView:
    """A label that is used, or asked for, and never defined, with the first places of both."""

    wanted: Wanted
    places: tuple[Source, ...]
    asked_for: tuple[Source, ...]

    @classmethod
    def of(cls, wanted: Wanted, source: Callable[[SourceLocation], Source]) -> "WantedView":
        """The view of a label, with what `source` makes of its places."""
        first = wanted.asked_for[:_PLACES_SHOWN]
        return cls(wanted, tuple(map(source, wanted.places)), tuple(map(source, first)))


# Pages


@dataclass(frozen=True, slots=True)
class HomePage:
    """What is here and where to begin.

    `introduction` holds the sections before the first lesson of a one-document course (else nothing);
    `counts` are the manifest's; `letters` count the concepts of each initial; `start` is the first concept
    that the notes define, None when there is none. `new` are the first of the `new_total` concepts that came
    with the last build, `wanted` the words that the notes use most and never define.
    """

    title: str
    counts: Mapping[str, int]
    introduction: tuple["SectionView", ...]
    lessons: tuple[LessonLink, ...]
    start: ConceptEntry | None
    most_unlocking: tuple[ConceptEntry, ...]
    letters: Mapping[str, int]
    new: tuple[ConceptEntry, ...] = ()
    new_total: int = 0
    wanted: tuple[Wanted, ...] = ()


@dataclass(frozen=True, slots=True)
class GlossaryPage:
    """Concepts by label. `letters` count the concepts of each initial among what the other filters keep;
    `letter`, `lesson`, `words` and `undefined` are the filters that were asked for (None, "" and False: all).
    `wanted` is empty where a letter or a lesson was asked for: those words belong to none."""

    entries: tuple[ConceptEntry, ...]
    paging: Paging
    letters: Mapping[str, int]
    letter: str | None
    lesson: LessonLink | None
    wanted: tuple[Wanted, ...]
    words: str = ""
    undefined: bool = False


@dataclass(frozen=True, slots=True)
class ConceptPage:
    """Everything about one concept. `sections` are the section about it and those that define it, each once;
    `prerequisites` and `unlocks` are the direct edges, `further` what it unlocks by way of others, `dropped`
    the edges that were not believed."""

    concept: Concept
    lesson: LessonLink | None
    definitions: tuple[DefinitionView, ...]
    broader: tuple[KindView, ...]
    narrower: tuple[KindView, ...]
    related: tuple[ConceptLink, ...]
    part_of: tuple[RelationView, ...]
    parts: tuple[RelationView, ...]
    example_of: tuple[RelationView, ...]
    examples: tuple[RelationView, ...]
    prerequisites: tuple[EdgeView, ...]
    unlocks: tuple[EdgeView, ...]
    further: tuple[FurtherView, ...]
    dropped: tuple[DroppedView, ...]
    sections: tuple[SectionLink, ...]
    mentions: MentionList
    resources: tuple[ResourceView, ...]
    figures: tuple[FigureView, ...]
    questions: tuple[QuestionView, ...]

    @property
    def link(self) -> ConceptLink:
        """The concept by name."""
        return ConceptLink(self.concept.id, self.concept.pref_label)


@dataclass(frozen=True, slots=True)
class PrerequisitesPage:
    """All that a concept needs within `depth` edges (None: everything), in teaching order."""

    concept: ConceptLink
    depth: int | None
    steps: tuple["StepView", ...]


@dataclass(frozen=True, slots=True)
class SectionDefinition:
    """A definition that stands in a section, and the concept that it defines."""

    concept: ConceptLink
    view: DefinitionView


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section with what stands in it. `mentions` are every use of a concept in it, in reading order (a use
    inside the concept's own definition included)."""

    section: Section
    link: SectionLink
    source: Source
    parent: SectionLink | None
    definitions: tuple[SectionDefinition, ...]
    mentions: tuple[Mention, ...]
    resources: tuple[ResourceView, ...]
    figures: tuple[FigureView, ...]
    questions: tuple[QuestionView, ...]


@dataclass(frozen=True, slots=True)
class LessonPage:
    """A lesson to read: its sections in order, the concepts that it builds on, those that it introduces,
    those that it defines though another lesson introduces them, what it promises, what looked wrong in it,
    and its neighbours."""

    lesson: Lesson
    link: LessonLink
    sections: tuple[SectionView, ...]
    assumes: tuple[ConceptEntry, ...]
    concepts: tuple[ConceptEntry, ...]
    defined_again: tuple[ConceptEntry, ...]
    objectives: tuple[ObjectiveView, ...]
    problems: tuple[ProblemView, ...]
    previous: LessonLink | None
    next: LessonLink | None


@dataclass(frozen=True, slots=True)
class LessonEntry:
    """A lesson as listings show it; `concepts` counts those that it defines, `introduces` names those of them
    that most others need, in the notes' order."""

    link: LessonLink
    path: str
    sections: int
    concepts: int
    language: str = ""
    introduces: tuple[ConceptLink, ...] = ()


@dataclass(frozen=True, slots=True)
class StepView:
    """One concept of a path. `layer` is 0 for what needs nothing else of the path, otherwise one more than
    the highest layer among its prerequisites; `distance` is the fewest edges to a target (0 for a target)."""

    concept: ConceptEntry
    because: tuple[EdgeView, ...]
    layer: int
    distance: int


@dataclass(frozen=True, slots=True)
class PathPage:
    """What to learn, in order. `undefined` are the labels that the steps use and that the notes never define,
    and the steps that have a heading but no definition. `asked` is what was asked for, concepts and lessons;
    `targets` the concepts that it means."""

    targets: tuple[ConceptLink, ...]
    known: tuple[ConceptLink, ...]
    steps: tuple[StepView, ...]
    undefined: tuple[str, ...]
    depth: int | None = None
    asked: tuple[ConceptLink | LessonLink, ...] = ()


@dataclass(frozen=True, slots=True)
class FrontierPage:
    """What can be learned next by somebody who knows `known`, the most useful first."""

    known: tuple[ConceptLink, ...]
    concepts: tuple[ConceptEntry, ...]


@dataclass(frozen=True, slots=True)
class MapLayer:
    """Some concepts of one layer of a group, and how many more it has."""

    concepts: tuple[ConceptLink, ...]
    more: int


@dataclass(frozen=True, slots=True)
class MapGroup:
    """A part of the course on the map of all: a lesson, or a layer by its 1-based number; how many concepts
    it has, and some of them by layers within it."""

    lesson: LessonLink | None
    layer: int | None
    total: int
    layers: tuple[MapLayer, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """How many edges lead from what one lesson introduces to what another does."""

    first: LessonLink
    then: LessonLink
    edges: int


@dataclass(frozen=True, slots=True)
class MapPage:
    """What a map shows: the `groups` of a course and what leads from one to another, or the `concepts` of one
    lesson, of one layer or `around` one concept within `depth` edges, in an order to learn in, and the
    `edges` among them, implied where a chain of those shown says the same. `left_out` counts what there was
    no room for, `outside` what stands in no lesson."""

    paging: Paging
    by_lesson: bool
    around: ConceptLink | None = None
    depth: int | None = None
    lesson: LessonLink | None = None
    layer: int | None = None
    groups: tuple[MapGroup, ...] = ()
    between: tuple[Between, ...] = ()
    concepts: tuple[ConceptEntry, ...] = ()
    edges: tuple[Prerequisite, ...] = ()
    left_out: int = 0
    outside: int = 0


@dataclass(frozen=True, slots=True)
class WhyPage:
    """Why one concept comes before another, or why not. `edges` lead from `prerequisite` to `target`, or the
    other way when the answer is `reversed` or `dropped`."""

    prerequisite: ConceptLink
    target: ConceptLink
    answer: Answer
    edges: tuple[EdgeView, ...]
    dropped: DroppedView | None


@dataclass(frozen=True, slots=True)
class HitView:
    """One thing found, with the lesson and section where it is read, and where else the same is said."""

    hit: Hit
    lesson: LessonLink | None
    section: SectionLink | None
    also: tuple[SectionLink, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """How many hits one filter would keep. `value` is what to filter by, `title` what people read."""

    value: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of what a search found. `kind` and `lesson` are the filters asked for (None: all). `related`
    are concepts beside the one that the query names; where nothing was found, `nearest` are the labels that
    may be meant, and `wanted` the words that the notes use most and never define."""

    results: SearchResults
    paging: Paging
    hits: tuple[HitView, ...]
    kinds: tuple[Facet, ...]
    lessons: tuple[Facet, ...]
    kind: str | None
    lesson: LessonLink | None
    related: tuple[ConceptLink, ...]
    nearest: tuple[str, ...]
    wanted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SuggestAnswer:
    """Completions of what was typed so far."""

    query: str
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class LookupAnswer:
    """The concept that has a label, and how closely the label matches."""

    label: str
    entry: ConceptEntry
    matched_label: str
    how: Literal["exact", "case", "folded"]


@dataclass(frozen=True, slots=True)
class Lookups:
    """Labels and what each means: a concept, or none, and then the nearest labels."""

    answers: tuple[tuple[str, LookupAnswer | None, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Annotation:
    """A concept that somebody's text uses, and the half-open range of the words that name it."""

    concept: ConceptLink
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class QuestionsPage:
    """Quiz items in reading order, of one lesson and about one concept where asked (None: all). `lessons` and
    `concepts` say how many there are of each among all."""

    questions: tuple[QuestionView, ...]
    paging: Paging
    lessons: tuple[Facet, ...] = ()
    concepts: tuple[Facet, ...] = ()
    lesson: LessonLink | None = None
    concept: ConceptLink | None = None


@dataclass(frozen=True, slots=True)
class ProblemsPage:
    """One page of the notes' own to-do list; `severities` and `codes` count all problems there are, `kinds`
    and `files` those that were asked for, by code and by path."""

    paging: Paging
    problems: tuple[ProblemView, ...]
    wanted: tuple[WantedView, ...]
    severities: Mapping[str, int]
    codes: Mapping[str, int]
    kinds: Mapping[str, int] = field(default_factory=dict)
    files: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that was read at a line: what it is, in a word or two, and the words that tell it."""

    what: str
    words: str


@dataclass(frozen=True, slots=True)
class LinePage:
    """All that is known about one line of the notes."""

    reading: LineReading
    found: tuple[Finding, ...]
    problems: tuple[ProblemView, ...]


# The complete dump


@dataclass(frozen=True, slots=True)
class Kinds:
    """The broader and narrower concepts of one concept."""

    broader: tuple[ConceptId, ...]
    narrower: tuple[ConceptId, ...]


@dataclass(frozen=True, slots=True)
class Dump:
    """Everything that a snapshot knows, each kind in the notes' own order. A section comes with its lesson
    (None: before the first lesson of a document), a question with the concepts that it asks about.
    `in_passing` are the mentions that pages do not link: of what is mentioned all the time. A dump
    of some concepts holds no more than what is about them."""

    title: str
    lessons: tuple[Lesson, ...]
    sections: tuple[tuple[Section, LessonId | None], ...] = ()
    concepts: tuple[tuple[Concept, Kinds], ...] = ()
    prerequisites: tuple[Prerequisite, ...] = ()
    relations: tuple[Relation, ...] = ()
    mentions: tuple[Mention, ...] = ()
    in_passing: tuple[Mention, ...] = ()
    resources: tuple[Resource, ...] = ()
    figures: tuple[Figure, ...] = ()
    questions: tuple[tuple[Question, tuple[ConceptId, ...]], ...] = ()
    objectives: tuple[Objective, ...] = ()
    wanted: tuple[Wanted, ...] = ()
    problems: tuple[Problem, ...] = ()
