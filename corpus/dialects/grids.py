"""Pandoc, reStructuredText in Markdown: tables drawn with lines, whose cells may go over several lines.

+------+----------------------+
| Ebb  | The falling          |
|      | of the tide.         |
+======+======================+
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from unicodedata import east_asian_width

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from corpus.dialects.lines import line_at

_BORDER = r"\+(?:[:]?[-=]{2,}[:]?\+)+"
EVIDENCE = rf"\n[ \t>]*{_BORDER}[ \t]*\n[ \t>]*\|"
_IS_BORDER = re.compile(rf"{_BORDER}\s*\Z")


def _grid(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table between lines of dashes; a line of equals signs stands under its head."""
    if state.is_code_block(start) or not _IS_BORDER.match(line_at(state, start).strip()):
        return False
    lines = [line_at(state, start).strip(), *_below(state, start + 1, end)]
    last = start + len(lines)
    lines = [_widened(line) for line in lines]
    edges = [at for at, sign in enumerate(lines[0]) if sign == "+"]
    borders = [number for number, line in enumerate(lines) if _IS_BORDER.match(line)]
    rows = [(top, below) for top, below in pairwise(borders) if below - top > 1]
    # Cells that reach over several columns are not read: their words would stand in the wrong ones.
    regular = all(line[at : at + 1] in ("|", "+") for line in lines for at in edges)
    if not rows or not regular or borders[-1] != len(lines) - 1:
        return False
    if silent:
        return True
    head = next((below for _, below in rows if "=" in lines[below]), 0)
    state.push("table_open", "table", 1).map = [start, last]
    for number, (top, below) in enumerate(rows):
        # Without a line of equals signs the first row is the head, as in other tables.
        headed = below <= head or (not head and number == 0)
        _put_row(state, lines[top + 1 : below], edges, start + top + 1, headed)
    state.push("table_close", "table", -1)
    state.line = last
    return True


def _below(state: StateBlock, start: int, end: int) -> Iterator[str]:
    """The lines below a first border that may belong to its table: at first one of cells. A bullet may begin
    with "+", too."""
    for number in range(start, end):
        line = line_at(state, number).strip()
        if not line.startswith("|") and (number == start or not _IS_BORDER.match(line)):
            return
        yield line


_FILLER = "\0"  # no text of a file holds it


def _widened(line: str) -> str:
    """A line in which letters that are two columns wide take two places."""
    if line.isascii():
        return line
    return "".join(sign + _FILLER if east_asian_width(sign) in ("W", "F") else sign for sign in line)


def _put_row(state: StateBlock, lines: list[str], edges: list[int], first: int, headed: bool) -> None:
    place = [first, first + len(lines)]
    state.push("tr_open", "tr", 1).map = place
    for left, right in pairwise(edges):
        tag = "th" if headed else "td"
        state.push(f"{tag}_open", tag, 1).map = place
        words = [line[left + 1 : right].replace(_FILLER, "").strip() for line in lines]
        begin = next((number for number, line in enumerate(words) if line), 0)
        inline = state.push("inline", "", 0)
        inline.content, inline.children = "\n".join(words[begin:]).rstrip(), []
        inline.map = [first + begin, first + begin + inline.content.count("\n") + 1]
        state.push(f"{tag}_close", tag, -1)
    state.push("tr_close", "tr", -1)


def install(parser: MarkdownIt) -> None:
    """Reads tables that are drawn."""
    # It ends no paragraph: what is no table is then looked at once.
    parser.block.ruler.before("table", "grid", _grid)
