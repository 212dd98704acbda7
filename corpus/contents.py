"""Tables of contents: the ways in which people and their tools write them into a document.

A list, a table or a paragraph of links into the document itself, in Markdown or HTML, or the sign at which a
tool puts one. They are no text of the notes; what they list is handed on to be checked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from corpus.blocks import Block, BlockKind, Inline
from corpus.html import without_tags
from corpus.places import lines_before


@dataclass(frozen=True, slots=True)
class TocEntry:
    """A line of a table of contents: its words, the anchor that it points to, its line."""

    title: str
    anchor: str
    line: int


_FEWEST = 3
_TITLE = re.compile(
    r"\W*(?:(?:table of )?contents?|toc|on this page|in this (?:page|article|document|lesson)|outline|"
    r"overview|index|navigation|quick links|jump to|inhalt(?:sverzeichnis)?|índice|sommaire|"
    r"table des matières|目录|目次)\W*\Z",
    re.IGNORECASE,
)
_SIGN = re.compile(
    r"\s*(?:\[\[?_?toc_?\]?\]|\$\{?toc\}?|@\[toc\](?:\([^)]*\))?|\{\{?>?\s*toc\s*\}?\}|\{:\.?toc[^}]*\}|__toc__|"
    r"\.\.\s*contents::)\s*\Z",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"\s*(?:toc|(?:table of )?contents?|this (?:will become|is) (?:a|the) (?:table of contents|toc).*)"
    r"\s*(?:\{:.*\})?\s*\Z",
    re.IGNORECASE | re.DOTALL,
)
_ANCHOR = re.compile(
    r"<a\s[^<>]*?href\s*=\s*[\"']?#([^\"'\s<>]+)[\"']?[^<>]*>(.*?)</a\s*>", re.IGNORECASE | re.DOTALL
)
_BETWEEN = re.compile(r"[\s|•·∙*+>→←↑»«/,;:.()\[\]–—\-\d☐☑✅✓]*")
_STARTS = re.compile(r"<!--\s*(?:toc|start doctoc|table of contents|begin toc|markdown-toc)", re.IGNORECASE)
_ENDS = re.compile(
    r"<!--\s*(?:tocstop|/toc|end doctoc|end toc|toc end|/markdown-toc|toc stop)", re.IGNORECASE
)


def names_contents(title: str) -> bool:
    """Whether a heading announces a table of contents.

    >>> names_contents("Table of Contents"), names_contents("Contents of a ship")
    (True, False)
    """
    return _TITLE.match(title) is not None


def starts_contents(block: Block) -> bool | None:
    """Whether a comment of a tool says that the contents start here, or that they end; None if neither."""
    if block.kind is not BlockKind.HTML:
        return None
    if _ENDS.search(block.text):
        return False
    return True if _STARTS.search(block.text) else None


def is_contents(block: Block, announced: bool) -> bool:
    """Whether a block is a table of contents. `announced` tells that a heading or a comment said so."""
    if block.kind is BlockKind.PARAGRAPH and block.inline and _SIGN.match(block.inline.raw):
        return True
    if block.kind is BlockKind.LIST and _is_placeholder(block):
        return True
    if block.kind is BlockKind.HTML:
        anchors = _ANCHOR.findall(block.text)
        words = without_tags(_ANCHOR.sub(" ", block.text), " ")
        return len(anchors) >= _FEWEST - announced and len(words.split()) <= len(anchors) // 2 + 2
    if block.kind is BlockKind.PARAGRAPH:
        linked = _linked(block.inline) if block.inline else 0
        return linked >= _FEWEST
    if block.kind not in (BlockKind.LIST, BlockKind.TABLE):
        return False
    return _is_mostly_links(block, announced)


def _is_placeholder(block: Block) -> bool:
    """A list of one item in whose place a tool puts the contents."""
    if len(block.children) != 1 or len(block.children[0].children) != 1:
        return False
    only = block.children[0].children[0].inline
    return only is not None and not only.links and bool(_PLACEHOLDER.match(only.raw))


def _is_mostly_links(block: Block, announced: bool) -> bool:
    entries = others = 0
    # A table has other columns beside that of the links.
    is_table = block.kind is BlockKind.TABLE
    for inner in block.walk():
        inline = inner.inline
        if inner.kind in (BlockKind.CODE, BlockKind.MATH, BlockKind.HTML):
            return False
        if (
            inner.kind not in (BlockKind.PARAGRAPH, BlockKind.CELL)
            or inline is None
            or not inline.text.strip()
        ):
            continue
        linked = _linked(inline)
        entries += linked
        others += not linked and inner.info != "header"
        if any(not link.url.startswith("#") for link in inline.links):
            return False
        if not linked and len(inline.text.split()) > (5 if is_table else 8):
            return False
    most = 2 * entries if is_table else entries // 4 + announced
    return entries >= (1 if announced else _FEWEST) and others <= most


def _linked(inline: Inline) -> int:
    """How many links into the document a text has, if it has nothing else in it."""
    if not inline.links or any(not link.url.startswith("#") or len(link.url) < 2 for link in inline.links):
        return 0
    position = 0
    for start, end in sorted(link.span for link in inline.links):
        if not _BETWEEN.fullmatch(inline.text, position, max(position, start)):
            return 0
        position = max(position, end)
    return len(inline.links) if _BETWEEN.fullmatch(inline.text, position) else 0


def toc_entries(block: Block) -> Iterator[TocEntry]:
    """What a table of contents lists."""
    for inner in block.walk():
        if inner.kind is BlockKind.HTML:
            for match in _ANCHOR.finditer(inner.text):
                words = " ".join(unescape(without_tags(match[2])).split())
                yield TocEntry(words, match[1], inner.first_line + lines_before(inner.text, match.start()))
        elif inner.inline:
            text = inner.inline.text
            for link in inner.inline.links:
                if link.url.startswith("#"):
                    at = inner.first_line + lines_before(text, link.span[0])
                    yield TocEntry(text[slice(*link.span)], link.url[1:], min(at, inner.last_line))
