"""What a look-up answers, as values. No SQLite row and no engine's type leaves this package."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from corpus.model import LessonId, Question, SectionId
from graph.model import ConceptId


class HitKind(StrEnum):
    """What can be found."""

    CONCEPT = "concept"
    SECTION = "section"
    QUESTION = "question"
    RESOURCE = "resource"
    CODE = "code"


class Cut(StrEnum):
    """What of a query was left out: its last letters, its last words, its most common words, some of the
    many words that begin or are spelled as asked, or all of it, where it is only words such as "the" or
    no words."""

    LENGTH = "length"
    TERMS = "terms"
    COMMON = "common"
    EXPANSIONS = "expansions"
    STOPS = "stops"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class ConceptEntry:
    """A concept as listings show it: `summary` is the start of its shown definition, empty for a stub;
    `unlocks` counts the concepts that directly need it."""

    id: ConceptId
    pref_label: str
    alt_labels: tuple[str, ...]
    summary: str
    lesson: LessonId | None
    position: int
    unlocks: int


@dataclass(frozen=True, slots=True)
class LabelMatch:
    """A concept found by one of its labels, and how closely: as typed, but for case, or folded
    (plural, hyphen, space, accent)."""

    concept: ConceptId
    pref_label: str
    matched_label: str
    how: Literal["exact", "case", "folded"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion: the concept and the label that the typed letters matched."""

    concept: ConceptId
    pref_label: str
    matched_label: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that was asked for and is there: its terms, how often they stand in which field, what this
    way of writing it is worth (1 for as typed), how rare it is, and what it adds to the score."""

    terms: tuple[str, ...]
    fields: Mapping[str, int]
    weight: float
    rarity: float
    adds: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why something was found: what the reasons add, times `prior`, is its score; one that is `named` by the
    query has at least the score of the best."""

    reasons: tuple[Asked, ...]
    prior: float
    named: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. `id` is a concept's or section's id, or the number of anything else as text.

    `section` is where it stands (for a concept: the section about it), `snippet` is escaped HTML with <mark>,
    `matched_label` is set when the query is a label of the concept, `target` is a resource's URL as it
    stands in the document `path` (else empty). `key` is the search document's, `also` are
    sections that say the very same, `also_more` how many more there are.
    """

    kind: HitKind
    id: str
    title: str
    section: SectionId | None
    lesson: LessonId | None
    snippet: str
    score: float
    matched_label: str = ""
    target: str = ""
    path: str = ""
    key: str = ""
    also: tuple[SectionId, ...] = ()
    also_more: int = 0
    explanation: Explanation | None = None


@dataclass(frozen=True, slots=True)
class UnknownFilter:
    """A kind or a lesson that a query names and that there is not; `near` are what may be meant."""

    name: Literal["kind", "lesson"]
    value: str
    near: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchResults:
    """One page of an answer.

    `facets` count the hits by "kind" and by "lesson" (its id), each without the filter on itself and with the
    other one. `suggestion` is a better spelling (empty if there is none), `suggestion_total` how
    much it would find; hits that are there for it come with `as_typed`, the query that takes only what was
    typed. `read_as` is the query as it was understood. `any_word` is true when too few
    texts held all words and hits hold some of them, `cut` says what of the query was left out, `unknown`
    which kinds and lessons of it there are not. Where only kinds and lessons leave it without a hit,
    `unfiltered` is the query without them, and `unfiltered_total` how much that would find.
    """

    query: str
    total: int
    page: int
    per_page: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Mapping[str, int]]
    read_as: str = ""
    suggestion: str = ""
    suggestion_total: int = 0
    as_typed: str = ""
    any_word: bool = False
    cut: tuple[Cut, ...] = ()
    unknown: tuple[UnknownFilter, ...] = ()
    unfiltered: str = ""
    unfiltered_total: int = 0


@dataclass(frozen=True, slots=True)
class QuestionEntry:
    """A quiz item with its number (0-based, in reading order) and the concepts that it is about."""

    number: int
    question: Question
    concepts: tuple[ConceptId, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot is: `id` is made from its contents' fingerprint; `roots` are the absolute notes folders
    by path prefix, for serving pictures and re-building."""

    id: str
    format: int
    engine: str
    fingerprint: str
    title: str
    counts: Mapping[str, int]
    roots: Mapping[str, str]
