"""Names and places: what a concept, a lesson, a section is called, and where something stands."""

from typing import Annotated

from msgspec import Meta

from web.payloads.payload import Address, Line, Path, Payload


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


class Place(Payload, frozen=True):
    """A place in the notes."""

    path: Path
    first_line: Line
    last_line: Line
