"""What a search finds, and why."""

from typing import Literal

from indexer.model import Cut, HitKind
from web.payloads.names import ConceptName, SectionPlace
from web.payloads.payload import Count, Payload


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
    the concept's labels; `lesson` is a lesson's id; `also` are sections that say the very same, `alsoMore`
    how many more there are; `explanation` is there when it was asked for."""

    kind: HitKind
    id: str
    title: str
    url: str
    lesson: str | None
    snippet: str
    score: float
    matched_label: str | None
    also: tuple[SectionPlace, ...]
    also_more: int
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
    """One page of what was found; `suggestion` is a better spelling: where hits are there for it, `asTyped`
    is the query that finds only what was typed. `anyWord` is true when too little held
    all of the words, and the hits behind that hold some; `cut` says what of the query was left out, `unknown`
    which kinds and lessons of it there are not; `readAs` is how it was understood. Where only filters leave
    it without a hit, `unfiltered` is the query without them, and `unfilteredTotal` what that would find.
    `related` are concepts beside the one that was named; where nothing was found, `nearest` are labels that
    may be meant, `wanted` words that the notes use or ask for, and never define."""

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
    as_typed: str | None
    unknown: tuple[UnknownFilter, ...]
    unfiltered: str | None
    unfiltered_total: Count
    related: tuple[ConceptName, ...]
    nearest: tuple[str, ...]
    wanted: tuple[str, ...]
