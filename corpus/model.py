"""What notes say, as values: the words that the other packages use to speak about notes.

Nothing here reads or decides anything. Types are frozen; a place is always a `SourceLocation`.
`Document` is what one file says by itself; `Corpus` is all documents in reading order, with the
lessons that they make up.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NewType
from urllib.parse import quote

SectionId = NewType("SectionId", str)
LessonId = NewType("LessonId", str)


@dataclass(frozen=True, slots=True, order=True)
class SourceLocation:
    """A place in the notes: a relative POSIX path and 1-based lines, both inclusive."""

    path: str
    first_line: int
    last_line: int

    def holds(self, line: int) -> bool:
        """Whether a line of the same file is one of these."""
        return self.first_line <= line <= self.last_line


class Severity(StrEnum):
    """How bad a problem is. Errors make `glosspath check` exit with 1."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Problem:
    """What looked wrong in the notes. `code` is stable and explained in docs/problems.md."""

    code: str
    severity: Severity
    message: str
    location: SourceLocation
    hint: str = ""


class PassageKind(StrEnum):
    """Where in a section a passage stands."""

    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    TABLE = "table"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of prose: plain text as a reader sees it, each line break of the source kept as a newline.

    `masked` holds the half-open ranges of `text` that are inline code or mathematics: searched for, but
    never linked. The n-th newline in `text` starts line `location.first_line + n`. `raw` is the Markdown of
    the text, empty where it is the same. `named` holds the ranges that are the words of a link by name, each
    with the name.
    """

    text: str
    kind: PassageKind
    location: SourceLocation
    masked: tuple[tuple[int, int], ...] = ()
    raw: str = ""
    named: tuple[tuple[int, int, str], ...] = ()


class SectionContent(StrEnum):
    """What stands directly under a heading, before the next one."""

    TEXT = "text"
    LINKS = "links-only"
    PICTURES = "image-only"
    CONTAINER = "container"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, up to the next heading of any level.

    `level` is 1 to 6, or 0 for what stands before a document's first heading (then `anchor` is empty and
    `title` is the document's). `anchor` is the one GitHub would give the heading. `html` is what stands under
    the heading, rendered and NOT yet sanitised. `location` spans the heading and its content. `raw_title` is
    the Markdown of the title, empty where it is the same.
    """

    id: SectionId
    title: str
    level: int
    anchor: str
    parent: SectionId | None
    location: SourceLocation
    content: SectionContent
    html: str
    passages: tuple[Passage, ...] = ()
    raw_title: str = ""


class DefinitionStyle(StrEnum):
    """The rule that found a definition."""

    FRONT_MATTER = "front-matter"
    TITLE = "title"
    HEADING = "heading"
    BULLET_TERM = "bullet-term"
    BOLD_LEAD = "bold-lead"
    PLAIN_LEAD = "plain-lead"
    DEFINITION_LIST = "definition-list"
    TABLE = "table"
    BOLD_IS = "bold-is"
    CALLED = "called"
    LINE_IS = "line-is"
    RUN_ON = "run-on"
    LAZY_BULLET = "lazy-bullet"
    IN_SENTENCE = "in-sentence"
    FILE_NAME = "file-name"


class AliasKind(StrEnum):
    """How the notes say that a thing has another name."""

    ALSO_CALLED = "also-called"
    ACRONYM = "acronym"
    SYNONYM = "synonym"
    FRONT_MATTER = "front-matter"
    CONDITIONAL = "conditional"


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name that the notes give for a term, and where they do so."""

    label: str
    kind: AliasKind
    location: SourceLocation


@dataclass(frozen=True, slots=True)
class Definition:
    """One place where a term is defined.

    `term` is as written, `text` is the plain words of the definition, `html` the same rendered and NOT yet
    sanitised, `confidence` 0 to 1. `location` spans the term and the definition.
    """

    term: str
    text: str
    html: str
    style: DefinitionStyle
    confidence: float
    section: SectionId
    location: SourceLocation
    aliases: tuple[Alias, ...] = ()
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """A heading that may name a thing without defining it. `content` tells a stub from a page that only
    talks."""

    term: str
    content: SectionContent
    section: SectionId
    location: SourceLocation
    aliases: tuple[Alias, ...] = ()


@dataclass(frozen=True, slots=True)
class NamePair:
    """Two names of one thing, stated in running text: `stochastic gradient descent (SGD)`."""

    long: str
    short: str
    kind: AliasKind
    section: SectionId
    location: SourceLocation


@dataclass(frozen=True, slots=True)
class KindStatement:
    """`narrower` is stated to be a kind of `broader`, with the words that say so: `quote` as in the source,
    `words` as a reader sees them, empty where they are the same."""

    broader: str
    narrower: str
    quote: str
    section: SectionId
    location: SourceLocation
    words: str = ""


class RelationKind(StrEnum):
    """What one thing can be of another, besides a kind of it."""

    PART_OF = "part-of"
    EXAMPLE_OF = "example-of"


@dataclass(frozen=True, slots=True)
class RelationStatement:
    """`one` is stated to be a part or an example of `other`, with the words that say so, as in
    `KindStatement`."""

    kind: RelationKind
    one: str
    other: str
    quote: str
    section: SectionId
    location: SourceLocation
    words: str = ""


class ResourceKind(StrEnum):
    """What a link leads to."""

    API = "api"
    NOTEBOOK = "notebook"
    VIDEO = "video"
    PAPER = "paper"
    ARTICLE = "article"
    DATASET = "dataset"
    FILE = "file"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Resource:
    """A link worth keeping. `name` is the dotted name for an API page, else empty."""

    kind: ResourceKind
    title: str
    url: str
    section: SectionId
    location: SourceLocation
    name: str = ""


@dataclass(frozen=True, slots=True)
class LocalLink:
    """A link into the same document or to a file beside it: its words, and the address as written."""

    title: str
    url: str
    location: SourceLocation


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture. `src` as written; `file` is the path below the notes' folder if it is a local file that
    exists, else empty; `missing` is true for a local picture whose file is not there.

    `alt_derived` tells that the notes give it no words and `alt` was taken from what stands around it.
    `width` and `height` are what the notes ask for, in pixels ("300") or as a share ("50%"), else empty.
    """

    src: str
    alt: str
    section: SectionId
    location: SourceLocation
    file: str = ""
    missing: bool = False
    alt_derived: bool = False
    width: str = ""
    height: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A quiz item. `answer` and `explanation` are plain text, empty where the notes give none.

    Of several `options` the answer is one, by its letter: "B. the flood". `about` are the labels that the
    notes say the question is about.
    """

    question: str
    answer: str
    explanation: str
    section: SectionId
    location: SourceLocation
    options: tuple[str, ...] = ()
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Objective:
    """What a lesson promises that its readers know or can do afterwards."""

    text: str
    section: SectionId
    location: SourceLocation


@dataclass(frozen=True, slots=True)
class Requirement:
    """A name that the notes say must be known before what `section` is about, and the words that say so:
    `quote` as in the source, `words` as a reader sees them, empty where they are the same. `url` is where it
    is linked to within the notes, else empty. In a table of several things `subject` and `subject_url` say,
    in the same way, of which of them it is stated. `listed` tells that it stands as a name behind or under a
    word for prerequisites, and not in a sentence that speaks of it."""

    label: str
    quote: str
    section: SectionId
    location: SourceLocation
    url: str = ""
    subject: str = ""
    subject_url: str = ""
    words: str = ""
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Snippet:
    """A block of code and its language (empty where the notes do not say)."""

    code: str
    language: str
    section: SectionId
    location: SourceLocation


@dataclass(frozen=True, slots=True)
class Document:
    """What one file says by itself.

    `slug` names it in addresses; `digest` is the SHA-256 of its bytes; `order` sorts lessons where the front
    matter gives a number; `language` is the BCP 47 tag of a document that is not in the main language of the
    notes, else ""; `words_language` what its words look like, "" if that cannot be told; `prerequisites` are
    the labels that its front matter states for what it is about, `prerequisite_lines` the line of each (0 if
    none holds it as written); `linked_files` are the relative Markdown files it links to, in order (a table
    of contents is made of these); `links` all links that stay in the notes, each with its place; `ids` the
    anchors that the text itself sets, with `{#id}` or in HTML;
    `includes` are the Markdown files whose text it takes in, as it names them.
    """

    path: str
    slug: str
    title: str
    digest: str
    sections: tuple[Section, ...]
    definitions: tuple[Definition, ...] = ()
    topics: tuple[Topic, ...] = ()
    name_pairs: tuple[NamePair, ...] = ()
    kinds: tuple[KindStatement, ...] = ()
    relations: tuple[RelationStatement, ...] = ()
    resources: tuple[Resource, ...] = ()
    figures: tuple[Figure, ...] = ()
    questions: tuple[Question, ...] = ()
    snippets: tuple[Snippet, ...] = ()
    problems: tuple[Problem, ...] = ()
    linked_files: tuple[str, ...] = ()
    links: tuple[LocalLink, ...] = ()
    ids: tuple[str, ...] = ()
    prerequisites: tuple[str, ...] = ()
    prerequisite_lines: tuple[int, ...] = ()
    objectives: tuple[Objective, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    order: float | None = None
    language: str = ""
    words_language: str = ""
    includes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lesson:
    """The unit of reading order. `language` is that of its document: "" for the main one of the notes."""

    id: LessonId
    title: str
    path: str
    sections: tuple[SectionId, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class SameOrDifferent:
    """Labels that the author says are names of one thing, or (`same` is false) of as many things."""

    labels: tuple[str, ...]
    same: bool
    location: SourceLocation


@dataclass(frozen=True, slots=True)
class StatedPrerequisite:
    """What the author says about one prerequisite: that it is one or, with `remove`, that it is none.
    `quote` stands in the lines of `location` as written."""

    prerequisite: str
    target: str
    reason: str
    remove: bool
    quote: str
    location: SourceLocation


@dataclass(frozen=True, slots=True)
class Settings:
    """What the author says about the notes where the notes cannot show it. `prefix` is the first part of the
    paths that this is said of ("" when there is one root only); `largest_mb` the most million bytes that a
    file may have, 0 where nothing is said."""

    prefix: str = ""
    title: str = ""
    language: str = ""
    exclude: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    source_url: str = ""
    labels: tuple[SameOrDifferent, ...] = ()
    prerequisites: tuple[StatedPrerequisite, ...] = ()
    largest_mb: int = 0

    def source_address(self, place: SourceLocation) -> str:
        """Where the author says that a place of the notes can be looked at."""
        path = place.path.removeprefix(f"{self.prefix}/") if self.prefix else place.path
        values = {"path": quote(path), "line": str(place.first_line), "last_line": str(place.last_line)}
        return re.sub(r"\{(path|line|last_line)\}", lambda found: values[found[1]], self.source_url)


@dataclass(frozen=True, slots=True)
class Corpus:
    """All that was read, in reading order. `roots` are the absolute folders that paths are relative to, by
    the first part of the path ("" when there is one root only); `lookups` are the paths of local files that
    notes point to, each with whether it is there; `settings` is what the author says of each root."""

    title: str
    documents: tuple[Document, ...]
    lessons: tuple[Lesson, ...]
    problems: tuple[Problem, ...] = ()
    roots: dict[str, str] = field(default_factory=dict)
    lookups: dict[str, bool] = field(default_factory=dict)
    settings: tuple[Settings, ...] = ()

    def in_main_language(self) -> "Corpus":
        """The same notes without the documents that are in another language."""
        if not any(d.language for d in self.documents):
            return self
        return replace(self, documents=tuple(d for d in self.documents if not d.language))

    def sections(self) -> Iterator[Section]:
        """Every section, in reading order."""
        for document in self.documents:
            yield from document.sections

    def lesson_of(self) -> dict[SectionId, LessonId]:
        """Which lesson each section belongs to; sections before a one-document course's first lesson have
        none."""
        return {section: lesson.id for lesson in self.lessons for section in lesson.sections}
