"""Pandoc: lines of verse and addresses, and examples that are counted through a whole document.

| The sea goes out,         (@) An ebb of six hours.
| the sea comes in.         (@neap) An ebb of five.        As (@neap) shows, ...
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from corpus.dialects.hidden import put_words
from corpus.dialects.lines import line_at

# A line with one bar at its beginning, and another one after it: with more bars it is the row of a table.
LINES = re.compile(r"\n[ \t>]*\|(?:[ \t][^|\n]*)?\n[ \t>]*\|(?:[ \t][^|\n]*)?(?=\n|\Z)")
_LINE = re.compile(r"\|(?:[ \t]+(?P<words>[^|]*))?\Z")
EXAMPLE = re.compile(r"\(@[\w-]*\)[ \t]+(?=\S)")
_FEWEST = 2  # lines
_NAMED = re.compile(r"@(?P<name>[\w-]+)(?=\))")


def _verse(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Lines that begin with a bar are a paragraph whose lines end where they end."""
    if state.is_code_block(start):
        return False
    lines: list[str] = []
    line = start
    while line < end and _goes_on(state, line) and (match := _LINE.match(line_at(state, line))):
        lines.append((match["words"] or "").rstrip())
        line += 1
    if len(lines) < _FEWEST:
        return False
    if silent:
        return True
    state.push("paragraph_open", "p", 1).map = [start, line]
    inline = state.push("inline", "", 0)
    # Two blanks end a line in Markdown.
    inline.content, inline.map, inline.children = "  \n".join(lines), [start, line], []
    state.push("paragraph_close", "p", -1)
    state.line = line
    return True


def _goes_on(state: StateBlock, line: int) -> bool:
    """Whether a line belongs to the block that is read: it is not empty and stands as far in."""
    return not state.isEmpty(line) and state.sCount[line] >= state.blkIndent


def _begins_another(state: StateBlock, line: int, end: int) -> bool:
    """Whether a line ends a paragraph, as a heading does, or a fence."""
    if state.is_code_block(line):
        return False
    outer, state.parentType = state.parentType, "paragraph"
    ended = any(rule(state, line, end, True) for rule in state.md.block.ruler.getRules("paragraph"))
    state.parentType = outer
    return ended


def install_lines(parser: MarkdownIt) -> None:
    """Reads lines that begin with a bar."""
    parser.block.ruler.before("fence", "verse", _verse)


def _example(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line that begins with the sign of an example is an item of a list; so are those that follow it."""
    if state.is_code_block(start) or not EXAMPLE.match(line_at(state, start)):
        return False
    if silent:
        return True
    outer = state.push("ordered_list_open", "ol", 1)
    line = start
    while line < end and _goes_on(state, line) and EXAMPLE.match(line_at(state, line)):
        last = line + 1
        while last < end and _goes_on(state, last) and not _begins_another(state, last, end):
            last += 1
        state.push("list_item_open", "li", 1).map = [line, last]
        state.push("paragraph_open", "p", 1).map = [line, last]
        inline = state.push("inline", "", 0)
        words = "\n".join(line_at(state, n) for n in range(line, last))
        inline.content = EXAMPLE.sub("", words, count=1).rstrip()
        inline.map, inline.children = [line, last], []
        state.push("paragraph_close", "p", -1)
        state.push("list_item_close", "li", -1)
        outer.map = [start, last]
        line = last
        while line + 1 < end and state.isEmpty(line) and not state.isEmpty(line + 1):
            line += 1
    state.push("ordered_list_close", "ol", -1)
    state.line = (outer.map or [start, line])[1]
    return True


def _reference(state: StateInline, silent: bool) -> bool:
    """An example that a sentence points to is its name."""
    match = _NAMED.match(state.src, state.pos)
    if not match or match.end() > state.posMax or state.src[state.pos - 1 : state.pos] != "(":
        return False
    return put_words(state, re.sub(r"[-_]+", " ", match["name"]).strip(), match.end(), silent)


def install_examples(parser: MarkdownIt) -> None:
    """Reads examples that are counted."""
    parser.block.ruler.before(
        "list", "example", _example, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    parser.inline.ruler.before("escape", "example", _reference)
