"""What stands in the notes, each with its place: definitions, uses, links, pictures, quiz items."""

from typing import Annotated

from msgspec import Meta

from corpus.model import DefinitionStyle, ResourceKind
from web.payloads.names import ConceptName, Source
from web.payloads.payload import Address, Count, Payload, Share


class Definition(Payload, frozen=True):
    """One place where a term is defined; `html` is safe to show."""

    text: str
    html: str
    style: DefinitionStyle
    confidence: Share
    source: Source


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
    """A link worth keeping, as the notes write it; `name` is the dotted name on an API page, else "". `href`
    is where it leads from here, null where there is nothing, or nothing safe."""

    kind: ResourceKind
    title: str
    url: Annotated[str, Meta(description="As the notes write it: check its scheme before you follow it.")]
    name: str
    source: Source
    href: str | None


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


class QuestionList(Payload, frozen=True):
    """One page of quiz items, in reading order."""

    total: Count
    page: int
    per_page: int
    questions: tuple[Question, ...]
