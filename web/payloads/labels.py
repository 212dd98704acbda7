"""What labels mean: those that are looked up, that stand in somebody's text, that are being typed."""

from typing import Annotated, Literal

from msgspec import Meta

from web.payloads.payload import Address, Count, Payload

Match = Annotated[
    Literal["exact", "case", "folded"],
    Meta(description="As typed, but for case, or but for plural, hyphen, space and accent."),
]


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
