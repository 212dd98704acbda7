"""Blocks -> sections: headings with the anchors that GitHub gives them, and the prose under each.

A table of contents is recognised here, kept out of the prose, and handed on as entries to check.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from corpus.anchors import Anchors, github_slug
from corpus.blocks import Block, BlockKind, Inline, is_raw_html
from corpus.contents import TocEntry, is_contents, names_contents, starts_contents, toc_entries
from corpus.html import HEADING, without_tags
from corpus.inlines import words_as_written
from corpus.markdown import Markdown
from corpus.model import Passage, PassageKind, Section, SectionContent, SectionId, SourceLocation
from corpus.wikilinks import wiki_name

_EXPLICIT_ID = re.compile(r"\{:?\s*(?:[^{}#]*\s)?#([\w:.-]+)[^{}]*\}\s*$")
_EMOJI = re.compile(r":[a-z0-9_+-]+:")
_BEFORE_HEADINGS = "~start"
# Two blanks between the words and the address make it no link in CommonMark, and still everybody means one.
BROKEN_LINK = re.compile(r"\[([^\[\]]+)\]\s+\((https?://(?:[^()\s]|\([^()\s]*\))+)\)")


@dataclass(frozen=True, slots=True)
class OpenSection:
    """A section with the blocks that stand under its heading: what the rules of this package read.

    `blocks` are the outer ones, `all_blocks` also those inside them, in document order; `inner_anchors` those
    of headings in them, which begin no section. `lowered` is all running text of the blocks in small letters:
    most rules want words that few sections have, and one look says that there is nothing to read for them.
    """

    id: SectionId
    title: str
    level: int
    anchor: str
    parent: SectionId | None
    heading: Block | None
    blocks: tuple[Block, ...]
    all_blocks: tuple[Block, ...]
    location: SourceLocation
    has_children: bool
    inner_anchors: tuple[str, ...] = ()
    lowered: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """A document's sections and its table of contents."""

    sections: tuple[OpenSection, ...]
    toc: tuple[TocEntry, ...]


def outline(markdown: Markdown, path: str, slug: str, title: str, last_line: int) -> Outline:
    """The sections of a document, in order. What stands before the first heading is a section of level 0."""
    toc: list[TocEntry] = []
    runs: list[tuple[Block | None, list[Block]]] = [(None, [])]
    announced = False
    for block in markdown.blocks:
        started = starts_contents(block)
        if block.kind is BlockKind.HEADING:
            announced = bool(block.inline) and names_contents(block.inline.text if block.inline else "")
            runs.append((block, []))
        elif started is not None:
            announced = started
            toc.extend(toc_entries(block))
        elif is_contents(block, announced):
            toc.extend(toc_entries(block))
        else:
            runs[-1][1].append(block)
    if not runs[0][1] and len(runs) > 1:
        runs = runs[1:]
    return Outline(tuple(_open_sections(markdown, runs, path, slug, title, last_line)), tuple(toc))


def _open_sections(
    markdown: Markdown,
    runs: Sequence[tuple[Block | None, list[Block]]],
    path: str,
    slug: str,
    title: str,
    last_line: int,
) -> Iterator[OpenSection]:
    anchors = Anchors()
    ancestors: list[tuple[int, SectionId]] = []
    for index, (heading, blocks) in enumerate(runs):
        following = runs[index + 1][0] if index + 1 < len(runs) else None
        end = following.first_line - 1 if following else last_line
        level = heading.level if heading else 0
        if heading and heading.inline:
            explicit = _EXPLICIT_ID.search(heading.inline.raw)
            words = " ".join(_EXPLICIT_ID.sub("", heading.inline.text).split())
            anchor = anchors.unique(explicit[1] if explicit else _slug(heading, heading.inline))
            first = heading.first_line
        else:
            words, anchor, first = title, "", 1
        while ancestors and ancestors[-1][0] >= level:
            ancestors.pop()
        # "~" is in no heading's anchor: what stands before the first heading has an id of its own.
        own = anchor or _BEFORE_HEADINGS
        section_id = SectionId(f"{slug}/{own}" if slug else own)
        all_blocks = tuple(inner for block in blocks for inner in block.walk())
        yield OpenSection(
            id=section_id,
            title=words or anchor,
            level=level,
            anchor=anchor,
            parent=ancestors[-1][1] if ancestors else None,
            heading=heading,
            blocks=tuple(blocks),
            all_blocks=all_blocks,
            location=SourceLocation(path, first, max(first, end)),
            has_children=bool(following and following.level > level and heading),
            inner_anchors=tuple(_inner_anchors(markdown, all_blocks, anchors)),
            lowered="\n".join([block.inline.text for block in all_blocks if block.inline]).casefold(),
        )
        ancestors.append((level, section_id))


def _slug(heading: Block, inline: Inline) -> str:
    """The anchor that GitHub makes of a heading, with all the blanks that stand in it."""
    if is_raw_html(heading):
        text = unescape(without_tags(inline.raw))
    # GitHub's anchors hold the names of emoji: ":anchor: Ebb" is #anchor-ebb.
    elif _EMOJI.search(inline.raw):
        text = words_as_written(inline.raw)
    else:
        # Attributes are words to GitHub; who writes them publishes elsewhere.
        text = inline.text.rstrip() if inline.raw.endswith("}") else inline.text
    return github_slug(text) or "section"


def _inner_anchors(markdown: Markdown, blocks: Iterable[Block], anchors: Anchors) -> Iterator[str]:
    """The anchors of headings in quotes, lists and boxes, which begin no section but are linked to."""
    for block in blocks:
        if block.kind is BlockKind.HEADING and block.inline:
            anchor = anchors.unique(_slug(block, block.inline))
            markdown.give_id(block, anchor)
            yield anchor


# --- prose -------------------------------------------------------------------------------------------------

_PASSAGE_KINDS = {
    BlockKind.ITEM: PassageKind.LIST_ITEM,
    BlockKind.QUOTE: PassageKind.QUOTE,
    BlockKind.TABLE: PassageKind.TABLE,
    BlockKind.DETAILS: PassageKind.PARAGRAPH,
}


_WITH_PROSE = (BlockKind.PARAGRAPH, BlockKind.CELL, BlockKind.TERM, BlockKind.TITLE)


def passages(
    blocks: Iterable[Block], path: str, kind: PassageKind = PassageKind.PARAGRAPH
) -> Iterator[Passage]:
    """The prose of blocks, in order, without code, pictures and HTML."""
    for block in blocks:
        if block.kind in _WITH_PROSE and block.inline:
            if block.inline.text.strip():
                yield passage(block, block.inline, path, kind)
        elif block.children:
            yield from passages(block.children, path, _PASSAGE_KINDS.get(block.kind, kind))


def passage(block: Block, inline: Inline, path: str, kind: PassageKind) -> Passage:
    """One block of running text as a passage."""
    lines = SourceLocation(path, block.first_line, max(block.last_line, block.first_line))
    raw = inline.raw if inline.raw != inline.text else ""
    return Passage(inline.text, kind, lines, inline.masked, raw, names_linked(inline))


def names_linked(inline: Inline) -> tuple[tuple[int, int, str], ...]:
    """The words that link by name to a page which is called something else, and what it is called."""
    if not inline.links:
        return ()
    found = ((link, name[0].rpartition("/")[2]) for link in inline.links if (name := wiki_name(link.url)))
    return tuple(
        (*link.span, name) for link, name in found if name and name != inline.text[slice(*link.span)]
    )


def content_of(section: OpenSection) -> SectionContent:
    """What stands directly under the heading."""
    pictures = links = False
    for block in section.all_blocks:
        if block.kind in (BlockKind.CODE, BlockKind.MATH):
            return SectionContent.TEXT
        if block.kind is BlockKind.HTML:
            pictures = pictures or "<img" in block.text.lower()
            if without_tags(HEADING.sub("", block.text)).strip():
                return SectionContent.TEXT
        elif block.inline:
            linked = sum(end - start for start, end in (link.span for link in block.inline.links))
            if "://" in block.inline.raw:
                linked += sum(len("".join(m[0].split())) for m in BROKEN_LINK.finditer(block.inline.raw))
            if len("".join(block.inline.text.split())) > linked:
                return SectionContent.TEXT
            pictures = pictures or bool(block.inline.pictures)
            links = links or linked > 0
    if links:
        return SectionContent.LINKS
    if pictures:
        return SectionContent.PICTURES
    return SectionContent.CONTAINER if section.has_children else SectionContent.EMPTY


def close(section: OpenSection, markdown: Markdown) -> Section:
    """The section as the other packages see it."""
    heading = section.heading.inline if section.heading else None
    raw_title = " ".join(heading.raw.split()) if heading else ""
    return Section(
        section.id,
        section.title,
        section.level,
        section.anchor,
        section.parent,
        section.location,
        content_of(section),
        markdown.html(section.blocks),
        tuple(passages(section.blocks, section.location.path)),
        raw_title if raw_title != section.title else "",
    )
