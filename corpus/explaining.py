"""What the reader saw at one line: the section, the block, and what every rule that defines made of it.

For authors who wonder why their words are read as they are, or not read. Nothing is found here that reading
would not find: the same text is taken apart once more, and the rules are asked about one place.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.blocks import Block, BlockKind
from corpus.definitions.page import Page, Rule
from corpus.definitions.refusals import Spot, refusal
from corpus.definitions.rules import RULES
from corpus.definitions.taking import taken
from corpus.documents import Parts, take_apart
from corpus.files import SourceFile
from corpus.labels import label_key
from corpus.model import Definition, DefinitionStyle, Document, Section, SourceLocation
from corpus.notebooks import notebook_text
from corpus.paths import is_notebook


class Place(StrEnum):
    """What a line is part of."""

    FRONT_MATTER = "front matter"
    CONTENTS = "table of contents"
    COMMENT = "comment"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "list item"
    QUOTE = "quotation"
    TABLE = "table"
    DEFINITION_LIST = "definition list"
    CODE = "code"
    HTML = "HTML"
    MATHEMATICS = "mathematics"
    BOX = "box"
    RULE = "line across"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Look:
    """What one rule made of a place: what it took there and how sure it is, or why it took nothing.

    `looked` tells that the place has the shape that the rule reads.
    """

    style: DefinitionStyle
    confidence: float
    looked: bool
    terms: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LineReading:
    """What the reader saw at a line.

    `location` are the lines of the block there, `text` its words as a reader sees them. `section` is the
    section that the line belongs to, None before the first one. `remark` says why no rule looks at the
    document, and is empty where rules do.
    """

    line: int
    place: Place
    location: SourceLocation
    text: str
    section: Section | None
    looks: tuple[Look, ...]
    remark: str = ""


def explain_line(file: SourceFile, document: Document, line: int) -> LineReading:
    """What the reader made of one line (1-based) of a file that it read as `document`. Never raises."""
    text, numbers = file.text, None
    if is_notebook(file.path):
        notebook = notebook_text(file.text)
        text, numbers = (notebook.text, notebook.line_numbers) if notebook else ("", None)
    parts = take_apart(text, file.path, document.slug, numbers)
    index = _section_at(parts, line)
    place, block, around = _block_at(parts, index, line)
    lines = (block.first_line, block.last_line) if block else (line, line)
    words = (block.inline.text if block.inline else block.text) if block else ""
    looks: tuple[Look, ...] = ()
    page = parts.pages[index] if index is not None else None
    if block and page and not page.aside and place not in _NOT_LOOKED_AT:
        looks = tuple(_looks(Spot(page, block, around), line, parts, document))
    section = document.sections[index] if index is not None else None
    return LineReading(
        line,
        place,
        SourceLocation(file.path, *lines),
        words.strip("\n"),
        section,
        looks,
        _ASIDE if page and page.aside else "",
    )


# --- where a line is ---------------------------------------------------------------------------------------

_ASIDE = "the document is about the notes, not about their subject, so nothing in it is a definition"
_NOT_LOOKED_AT = frozenset({Place.FRONT_MATTER, Place.CONTENTS, Place.COMMENT, Place.RULE})
_PLACES = {
    BlockKind.CODE: Place.CODE,
    BlockKind.HTML: Place.HTML,
    BlockKind.MATH: Place.MATHEMATICS,
    BlockKind.RULE: Place.RULE,
    BlockKind.HEADING: Place.HEADING,
    # The lines that open and close it, and the empty ones between.
    BlockKind.BOX: Place.BOX,
    BlockKind.DETAILS: Place.BOX,
}
_AROUND = {
    BlockKind.LIST: Place.BULLET,
    BlockKind.ITEM: Place.BULLET,
    BlockKind.TABLE: Place.TABLE,
    BlockKind.TERM_LIST: Place.DEFINITION_LIST,
    BlockKind.QUOTE: Place.QUOTE,
}


_WHERE_HEADINGS_ARE = frozenset(
    {BlockKind.BOX, BlockKind.DETAILS, BlockKind.LIST, BlockKind.ITEM, BlockKind.QUOTE}
)


def _section_at(parts: Parts, line: int) -> int | None:
    found = [i for i, s in enumerate(parts.outline.sections) if s.location.holds(line)]
    return found[-1] if found else None


def _block_at(parts: Parts, index: int | None, line: int) -> tuple[Place, Block | None, tuple[Block, ...]]:
    if line <= parts.matter.last_line:
        return Place.FRONT_MATTER, None, ()
    section = parts.outline.sections[index] if index is not None else None
    way = (
        _way_to((section.heading, *section.blocks) if section.heading else section.blocks, line)
        if section
        else ()
    )
    listed = any(entry.line == line for entry in parts.outline.toc)
    if not way and not listed:
        # A heading in a list or a box parts it between sections: what is left is found from the outside.
        way = tuple(b for b in _way_to(parts.markdown.blocks, line) if b.kind in _WHERE_HEADINGS_ARE)
    if not way:
        outer = next((b for b in parts.markdown.blocks if b.first_line <= line <= b.last_line), None)
        marks = outer is not None and outer.kind is BlockKind.HTML
        return (Place.CONTENTS if listed else Place.COMMENT if marks else Place.NOTHING), outer, ()
    block = way[-1]
    if block.kind is BlockKind.HTML and block.text.lstrip().startswith("<!--"):
        return Place.COMMENT, block, way[:-1]
    place = _PLACES.get(block.kind) or next(
        (_AROUND[b.kind] for b in reversed(way) if b.kind in _AROUND), Place.PARAGRAPH
    )
    return place, block, way[:-1]


def _way_to(blocks: Sequence[Block], line: int) -> tuple[Block, ...]:
    """The blocks among these that hold a line, the outermost first."""
    way: list[Block] = []
    while found := next((b for b in blocks if b.first_line <= line <= b.last_line), None):
        way.append(found)
        blocks = found.children
    return tuple(way)


# --- what the rules made of it -----------------------------------------------------------------------------


def _looks(spot: Spot, line: int, parts: Parts, document: Document) -> Iterator[Look]:
    kept = {_identity(d) for d in document.definitions if d.location.holds(line)}
    for style, rules in RULES.items():
        for rule, confidence in rules:
            found = [d for d in _found(rule, style, confidence, spot.page, parts) if d.location.holds(line)]
            terms = tuple(d.term for d in found if _identity(d) in kept)
            if terms:
                yield Look(style, confidence, True, terms)
            elif found:
                named = ", ".join(f'"{d.term}"' for d in found)
                by_file = style is DefinitionStyle.FILE_NAME
                reason = (
                    "no other note links to"
                    if by_file
                    else "a question or another definition holds the lines of"
                )
                yield Look(style, confidence, True, reason=f"{reason} {named}")
            else:
                reason, looked = refusal(rule, spot)
                yield Look(style, confidence, looked, reason=reason)


def _found(
    rule: Rule, style: DefinitionStyle, confidence: float, page: Page, parts: Parts
) -> Iterator[Definition]:
    for candidate in rule(page):
        if definition := taken(candidate, style, confidence, page.section, parts.markdown):
            yield definition


def _identity(definition: Definition) -> tuple[DefinitionStyle, str, int]:
    return definition.style, label_key(definition.term), definition.location.first_line
