"""What a document is made of, as values: blocks with their lines, and the running text in them.

Structs and no dataclasses: a document has thousands of these, and each is made in a seventh of the time.
"""

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from corpus.places import Span


class BlockKind(StrEnum):
    """The shapes that text comes in."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    ITEM = "item"
    CODE = "code"
    HTML = "html"
    MATH = "math"
    QUOTE = "quote"
    TABLE = "table"
    ROW = "row"
    CELL = "cell"
    TERM_LIST = "term-list"
    TERM = "term"
    DETAILS = "details"
    BOX = "box"
    TITLE = "title"
    CONTENTS = "contents"
    RULE = "rule"


class Link(Struct, frozen=True):
    """A link in running text: the range of its words, and where it leads."""

    span: Span
    url: str


class Picture(Struct, frozen=True):
    """A picture in running text, and where in the text it stands."""

    src: str
    alt: str
    offset: int


class Inline(Struct, frozen=True):
    """Running text. `raw` is the Markdown of `text`; spans are half-open ranges of `text`; `masked` holds
    inline code and mathematics, in order like the links; `html` the raw HTML tags that stand in it; `letters`
    the ranges whose first letters are set off, `**G**lobal **P**ositioning **S**ystem`, each with these
    letters."""

    text: str
    raw: str
    strong: tuple[Span, ...] = ()
    emphasis: tuple[Span, ...] = ()
    masked: tuple[Span, ...] = ()
    links: tuple[Link, ...] = ()
    pictures: tuple[Picture, ...] = ()
    html: tuple[str, ...] = ()
    letters: tuple[tuple[int, int, str], ...] = ()

    def tags(self) -> Iterator[tuple[str, int]]:
        """The tags of `html`, each with how many lines below the first one it stands."""
        at, lines = 0, 0
        for tag in self.html:
            if (found := self.raw.find(tag, at)) >= 0:
                lines += self.raw.count("\n", at, found)
                at = found
                yield tag, lines
                at += len(tag)
                lines += tag.count("\n")
            else:
                yield tag, lines


class Block(Struct, frozen=True):
    """A block of a document with its lines (1-based, inclusive).

    `level` is a heading's level; `text` the content of code, HTML and mathematics; `info` the language of
    code or the kind of a box, whose title, if it has one, is the first block in it; `tokens` the range of
    parser tokens that it was made of, for `Markdown.html`.
    """

    kind: BlockKind
    first_line: int
    last_line: int
    inline: Inline | None = None
    children: tuple["Block", ...] = ()
    level: int = 0
    text: str = ""
    info: str = ""
    tokens: Span = (0, 0)

    @property
    def title(self) -> Inline | None:
        """The title of a box; None if it has none."""
        first = self.children[0] if self.children else None
        return first.inline if first and first.kind is BlockKind.TITLE else None

    def walk(self) -> Iterator["Block"]:
        """This block and all below it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()


def is_raw_html(heading: Block) -> bool:
    """Whether a heading stands in HTML: it has no tokens, and the block of HTML is what is rendered."""
    return heading.tokens[0] == heading.tokens[1]
