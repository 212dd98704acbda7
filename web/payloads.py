"""The JSON that leaves the house: the only place that knows field names.

Every answer is a struct; the API's OpenAPI document is made from the same structs, so the two cannot differ.
Fields are written in camelCase and in the order in which they stand here. A text that the notes do not give
is "", a name or address that there is not is null; no key is ever left out.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from corpus.model import DefinitionStyle, RelationKind, ResourceKind, Severity
from graph.changes import Because
from graph.model import Answer, EvidenceKind
from indexer.model import Cut, HitKind

Share = Annotated[float, Meta(ge=0, le=1)]
Count = Annotated[int, Meta(ge=0)]
Line = Annotated[int, Meta(ge=1, description="1-based and inclusive.")]
Address = Annotated[str, Meta(description="A path on this server.")]
Path = Annotated[str, Meta(description="A file of the notes: relative, with slashes.")]
Match = Annotated[
    Literal["exact", "case", "folded"],
    Meta(description="As typed, but for case, or but for plural, hyphen, space and accent."),
]


class Payload(msgspec.Struct, frozen=True, rename="camel"):
    """What all answers have in common."""


# Names and places


class ConceptName(Payload, frozen=True):
    """A concept by name."""

    id: str
    pref_label: str


class LessonName(Payload, frozen=True):
    """A lesson by name; `number` is its place in the reading order."""

    id: str
    title: str
    number: Annotated[int, Meta(ge=1)]
    url: Address


class SectionName(Payload, frozen=True):
    """A section by name."""

    id: str
    title: str


class SectionPlace(Payload, frozen=True):
    """A section and where it is read. `lesson` is null before the first lesson of a one-document course."""

    id: str
    title: str
    lesson: str | None
    url: Address


class Source(Payload, frozen=True):
    """A place in the notes, and the address at which it can be read. `view` is the address at which the
    author shows the file itself, null where glosspath.toml does not say it."""

    path: Path
    first_line: Line
    last_line: Line
    section: SectionName | None
    url: Address | None
    view: str | None = None


# What a concept is made of


class Definition(Payload, frozen=True):
    """One place where a term is defined; `html` is safe to show."""

    text: str
    html: str
    style: DefinitionStyle
    confidence: Share
    source: Source


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


class Mention(Payload, frozen=True):
    """A place where a label is used, with the sentence around it."""

    label: str
    sentence: str
    source: Source


class Mentions(Payload, frozen=True):
    """The first mentions, and how many there are in all."""

    total: Count
    items: tuple[Mention, ...]


class Resource(Payload, frozen=True):
    """A link worth keeping, as the notes write it; `name` is the dotted name on an API page, else ""."""

    kind: ResourceKind
    title: str
    url: Annotated[str, Meta(description="As the notes write it: check its scheme before you follow it.")]
    name: str
    source: Source


class Figure(Payload, frozen=True):
    """A picture: `src` as the notes write it, `url` where this server has it. `altDerived`: the notes give no
    words, and `alt` is from what stands around it. `width` and `height` are what the
    notes ask for: `300` (pixels), `50%` or ""."""

    src: str
    alt: str
    url: Address | None
    missing: bool
    source: Source
    alt_derived: bool
    width: str
    height: str


class Question(Payload, frozen=True):
    """A quiz item and the concepts that it asks about; of several options the answer is one: "B. a tide"."""

    question: str
    answer: str
    explanation: str
    concepts: tuple[ConceptName, ...]
    source: Source
    options: tuple[str, ...]


class StatedRelation(Payload, frozen=True):
    """A part or an example, or what the concept is one of, and the words that say so; no prerequisite."""

    id: str
    pref_label: str
    quote: str
    source: Source


class Concept(Payload, frozen=True):
    """Everything about one concept. The names are those of SKOS; `prerequisites` is ours."""

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


class Lookup(Payload, frozen=True):
    """The concept that a label means."""

    label: str
    matched_label: str
    match: Match
    id: str
    pref_label: str
    url: Address


class LabelLookup(Payload, frozen=True):
    """A label and the concept that it means; null where it means none: `near` lists the nearest labels."""

    label: str
    found: Lookup | None
    near: tuple[str, ...]


class LookupList(Payload, frozen=True):
    """What several labels mean, in the order in which they were asked; `total` counts those that mean a
    concept."""

    total: Count
    labels: tuple[LabelLookup, ...]


class Annotation(Payload, frozen=True):
    """A place of the text that names a concept: `start` and `end` count characters (Unicode code points) from
    0, `end` is the first behind; `label` are the words that stand there."""

    start: Count
    end: Count
    label: str
    id: str
    pref_label: str
    url: Address


class Annotations(Payload, frozen=True):
    """Which concepts a text names where, in order; no two places overlap."""

    total: Count
    annotations: tuple[Annotation, ...]


# What comes first


class Reason(Payload, frozen=True):
    """The later concept that a step unlocks, and why."""

    unlocks: str
    confidence: Share
    evidence: tuple[Evidence, ...]


class Step(Payload, frozen=True):
    """One concept of a path."""

    id: str
    pref_label: str
    because: tuple[Reason, ...]


class LearningPath(Payload, frozen=True):
    """What to learn, in order: steps end with the target; what a step needs stands before it or is known.
    `undefined` are labels that the steps use and that the notes never define; `targets` are all that is
    asked for, `target` the one that the steps end with, "" where a lesson defines nothing."""

    target: str
    targets: tuple[str, ...]
    known: tuple[str, ...]
    steps: tuple[Step, ...]
    undefined: tuple[str, ...]


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


class Frontier(Payload, frozen=True):
    """What can be learned next, the most useful first."""

    known: tuple[str, ...]
    concepts: tuple[ConceptSummary, ...]


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


# Finding


class Asked(Payload, frozen=True):
    """One thing that was asked for and is there: its terms, how often they stand in which field, what this
    way of writing it is worth (1: as typed), how rare it is, and what it adds to the score."""

    terms: tuple[str, ...]
    fields: dict[str, int]
    weight: float
    rarity: float
    adds: float


class Explanation(Payload, frozen=True):
    """Why something was found: what the reasons add, times `prior` (what such a thing is worth), is its
    score; one that is `named` by the query has at least the score of the best."""

    named: bool
    prior: float
    reasons: tuple[Asked, ...]


class Hit(Payload, frozen=True):
    """One thing found. `snippet` is escaped text with <mark>; `matchedLabel` is set when the query is one of
    the concept's labels; `lesson` is a lesson's id; `also` are sections that say the very same; `explanation`
    is there when it was asked for."""

    kind: HitKind
    id: str
    title: str
    url: str
    lesson: str | None
    snippet: str
    score: float
    matched_label: str | None
    also: tuple[SectionPlace, ...]
    explanation: Explanation | None


class Facets(Payload, frozen=True):
    """How many of all hits are of each kind, and in each lesson (by id; of very many lessons those with the
    most)."""

    kind: dict[str, int]
    lesson: dict[str, int]


class UnknownFilter(Payload, frozen=True):
    """A `kind:` or `lesson:` of the query that there is not, searched as words; `near` may be meant."""

    name: Literal["kind", "lesson"]
    value: str
    near: tuple[str, ...]


class Search(Payload, frozen=True):
    """One page of what was found; `suggestion` is a better spelling. `anyWord` is true when too little held
    all of the words, and the hits behind that hold some; `cut` says what of the query was left out, `unknown`
    which kinds and lessons of it there are not; `readAs` is how it was understood. Where only filters leave
    it without a hit, `unfiltered` is the query without them, and `unfilteredTotal` what that would find.
    `related` are concepts beside the one that was named; where nothing was found, `nearest` are labels that
    may be meant, `wanted` words that the notes use and never define."""

    query: str
    total: Count
    page: int
    per_page: int
    hits: tuple[Hit, ...]
    facets: Facets
    any_word: bool
    cut: tuple[Cut, ...]
    read_as: str
    suggestion: str | None
    suggestion_total: Count
    unknown: tuple[UnknownFilter, ...]
    unfiltered: str | None
    unfiltered_total: Count
    related: tuple[ConceptName, ...]
    nearest: tuple[str, ...]
    wanted: tuple[str, ...]


class SuggestedConcept(Payload, frozen=True):
    """A completion, and the label that the typed letters begin."""

    id: str
    pref_label: str
    matched_label: str
    url: Address


class Suggestions(Payload, frozen=True):
    """Completions of what was typed."""

    query: str
    suggestions: tuple[SuggestedConcept, ...]


# The notes themselves


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
    lesson introduces them, and what it promises. `language` is empty where it is that of the notes."""

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
    language: str = ""


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


class QuestionList(Payload, frozen=True):
    """One page of quiz items, in reading order."""

    total: Count
    page: int
    per_page: int
    questions: tuple[Question, ...]


class Problem(Payload, frozen=True):
    """What looked wrong in the notes; `code` never changes its meaning."""

    code: str
    severity: Severity
    message: str
    hint: str
    source: Source


class Wanted(Payload, frozen=True):
    """A label that is used and never defined, with the first of its places."""

    label: str
    uses: Count
    places: tuple[Source, ...]


class Problems(Payload, frozen=True):
    """The notes' own to-do list; `severities` and `codes` count all problems, filtered or not."""

    total: Count
    page: int
    per_page: int
    severities: dict[str, int]
    codes: dict[str, int]
    problems: tuple[Problem, ...]
    wanted: tuple[Wanted, ...]


class RuleLook(Payload, frozen=True):
    """What one rule that defines made of a line: the terms that it took, or why it took none. `looked` tells
    whether the place has the shape that the rule reads."""

    style: DefinitionStyle
    confidence: Share
    looked: bool
    terms: tuple[str, ...]
    reason: str


class Finding(Payload, frozen=True):
    """Something else that was read at a line, in words."""

    what: str
    words: str


class LineReading(Payload, frozen=True):
    """What was read at one line of the notes: the block there with its plain text, what each rule made of it,
    what else was found, and what looks wrong. `section` is null before the first one."""

    path: Path
    line: Line
    place: str
    first_line: Line
    last_line: Line
    text: str
    section: SectionName | None
    anchor: str
    rules: tuple[RuleLook, ...]
    remark: str
    found: tuple[Finding, ...]
    problems: tuple[Problem, ...]


class ProblemDetails(Payload, frozen=True, omit_defaults=True):
    """What went wrong with a request (RFC 9457). `parameter`, `value`, `allowed` and `near` are there when
    they help: which parameter, what was given, what may be given, and which names are nearest."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    parameter: str | None = None
    value: str | None = None
    allowed: tuple[str, ...] | None = None
    near: tuple[str, ...] | None = None


class Health(Payload, frozen=True):
    """The server answers."""

    status: Literal["ok"]


class Status(Payload, frozen=True, omit_defaults=True):
    """What is being served. The status is "behind" when a newer snapshot is there and cannot be opened;
    `detail` then says why."""

    status: Literal["ok", "behind"]
    glosspath: str
    title: str
    snapshot: str
    format: int
    engine: str
    fingerprint: str
    counts: dict[str, int]
    detail: str | None = None


# The complete dump


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


class Place(Payload, frozen=True):
    """A place in the notes."""

    path: Path
    first_line: Line
    last_line: Line


class DumpedObjective(Payload, frozen=True):
    """What a section promises that readers can do afterwards."""

    text: str
    section: str
    path: Path
    line: Line


class DumpedWanted(Payload, frozen=True):
    """A label that is used and never defined."""

    label: str
    uses: Count
    places: tuple[Place, ...]


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


# What changed


class PlaceThen(Payload, frozen=True):
    """Where something stands in its state of the notes."""

    path: Path
    first_line: Line
    last_line: Line


class ConceptThen(Payload, frozen=True):
    """A concept as it was called in its state of the notes; `place` is null where nothing defines it."""

    id: str
    pref_label: str
    place: PlaceThen | None


class DefinitionThen(Payload, frozen=True):
    """The words of a definition, and where they stood."""

    text: str
    place: PlaceThen


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
    place: PlaceThen


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
    place: PlaceThen


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


def to_json(payload: object, indent: int = 0) -> bytes:
    """A payload as UTF-8 JSON that ends with a newline; on one line, or indented by so many spaces.

    >>> to_json({"prefLabel": "naïve Bayes"})
    b'{"prefLabel":"na\\xc3\\xafve Bayes"}\\n'
    """
    written = msgspec.json.encode(payload)
    return (msgspec.json.format(written, indent=indent) if indent else written) + b"\n"
