"""Markdown in HTML: an element that says markdown="1" holds blocks like any other (kramdown and others)."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from corpus.dialects.boxes import put_paragraph
from corpus.dialects.hidden import put_nothing
from corpus.dialects.lines import line_at, line_pairs

OPENS = re.compile(
    r"<([a-z][a-z0-9]*)(?:\s[^<>]*?)?\smarkdown(?:=[\"']?(?:1|block|span)[\"']?)?(?=[\s>])[^<>]*>[ \t]*$"
)
CAPTION = re.compile(r"<figcaption[^<>]*>(.+)</figcaption>[ \t]*$")
_ANY = re.compile(
    r"<(/?)(div|section|article|aside|main|figure|details|center|p|span|header|footer|nav)\b[^<>]*>[ \t]*$"
)


def _opened(line: str) -> str | None:
    match = _ANY.match(line)
    return match[2] if match and not match[1] else None


def _closed(line: str) -> str | None:
    match = _ANY.match(line)
    return match[2] if match and match[1] else None


def _element(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """The line that opens such an element, or the one that closes it."""
    if not state.src.startswith("<", state.bMarks[start] + state.tShift[start]) or state.is_code_block(start):
        return False
    closing: set[int] | None = state.env.get("closing elements")
    if closing is None:
        pairs = line_pairs(state, "elements", _opened, _closed)
        lines = state.src.split("\n")
        held = (close for first, close in pairs.items() if OPENS.match(lines[first].lstrip(" \t>")))
        closing = state.env["closing elements"] = set(held)
    if start not in closing and not OPENS.match(line_at(state, start)):
        return False
    return silent or put_nothing(state, start, start + 1)


def _caption(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """The caption of a picture, on a line of its own."""
    if not state.src.startswith("<figcaption", state.bMarks[start] + state.tShift[start]):
        return False
    match = CAPTION.match(line_at(state, start))
    if not match or state.is_code_block(start):
        return False
    if not silent:
        put_paragraph(state, match[1].strip(), start, "figcaption")
        state.line = start + 1
    return True


def install(parser: MarkdownIt) -> None:
    """Reads the blocks in elements that hold Markdown."""
    ends = ["paragraph", "reference", "blockquote"]
    parser.block.ruler.before("html_block", "markdown_in_html", _element, {"alt": ends})
    parser.block.ruler.before("html_block", "caption_in_html", _caption, {"alt": ends})
