"""Boxes: notes, tips, warnings, exercises, tabs, whatever the dialect calls them.

A box is a container of ordinary blocks with a kind and perhaps a title. Every dialect writes them in its own
way and all of them become the tokens made here, so that the rest of the reader knows one box only.
"""

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from corpus.dialects.kinds import TONES


def open_box(
    state: StateBlock,
    kind: str,
    title: str,
    lines: tuple[int, int],
    folded: bool = False,
    title_line: int | None = None,
) -> Token:
    """Begins a box of the lines `first` to before `end`; its title stands in the first, or in a later one."""
    token = state.push("box_open", "", 1)
    token.map = list(lines)
    make_box(token, kind, folded)
    line = lines[0] if title_line is None else title_line
    state.tokens.extend(heading_of_box(kind, title, line, state.level, folded))
    return token


def close_box(state: StateBlock, folded: bool = False) -> None:
    """Ends the box that was begun last."""
    state.push("box_close", tag_of(folded), -1)


def put_box(
    state: StateBlock,
    kind: str,
    title: str,
    lines: tuple[int, int],
    inside: tuple[int, int],
    folded: bool,
    title_line: int | None = None,
) -> bool:
    """A whole box of `lines`, with what stands `inside` read as blocks, for a rule that says True."""
    opened_at = len(state.tokens)
    open_box(state, kind, title, lines, folded, title_line)
    tokenize_lines(state, *inside)
    title_from_heading(state, opened_at, kind, folded)
    close_box(state, folded)
    state.line = lines[1]
    return True


def make_box(token: Token, kind: str, folded: bool) -> None:
    """Turns an opening token into that of a box."""
    token.type, token.tag, token.info = "box_open", tag_of(folded), kind
    token.block = True
    tone = TONES.get(kind)
    token.attrSet("class", f"admonition admonition-{tone}" if tone else "admonition")


def tag_of(folded: bool) -> str:
    """The HTML element of a box."""
    return "details" if folded else "aside"


def heading_of_box(kind: str, title: str, line: int, level: int, folded: bool) -> list[Token]:
    """The tokens of a box's title; without one its kind is shown and is no word of the notes."""
    tag = "summary" if folded else "p"
    if not title.strip():
        label = Token("box_label", tag, 0, content=kind.replace("-", " ").capitalize(), level=level)
        return [label]
    opened = Token("box_title_open", tag, 1, map=[line, line + 1], level=level, block=True)
    opened.attrSet("class", "admonition-title")
    words = Token("inline", "", 0, map=[line, line + 1], level=level + 1, content=title.strip(), children=[])
    return [opened, words, Token("box_title_close", tag, -1, level=level, block=True)]


def tokenize_lines(state: StateBlock, first: int, end: int, indent: int | None = None) -> None:
    """Reads the lines `first` to before `end` as blocks of their own, from a given indentation on."""
    line_max, parent, before = state.lineMax, state.parentType, state.blkIndent
    state.lineMax, state.parentType = end, "container"
    state.blkIndent = before if indent is None else indent
    # Also what makes no box of its lines is a level deeper: the parser goes so many down and no further.
    state.level += 1
    if first < end:
        state.md.block.tokenize(state, first, end)
    state.level -= 1
    state.lineMax, state.parentType, state.blkIndent = line_max, parent, before


def put_paragraph(state: StateBlock, words: str, line: int, tag: str = "p") -> None:
    """A paragraph of these words, which stand in one line."""
    state.push("paragraph_open", tag, 1).map = [line, line + 1]
    inline = state.push("inline", "", 0)
    inline.map, inline.content, inline.children = [line, line + 1], words, []
    state.push("paragraph_close", tag, -1)


def title_from_heading(state: StateBlock, opened_at: int, kind: str, folded: bool) -> None:
    """A box without a title of its own whose first block is a heading has that for its title."""
    tokens = state.tokens
    first = opened_at + 1
    if len(tokens) <= first + 1 or tokens[first].type != "box_label":
        return
    heading = first + 1
    if tokens[heading].type != "heading_open":
        return
    line = (tokens[heading].map or [0])[0]
    title = heading_of_box(kind, tokens[heading + 1].content, line, tokens[first].level, folded)
    tokens[first : heading + 3] = title


def indented_lines(state: StateBlock, start: int, end: int) -> tuple[int, int]:
    """Where the lines end that are indented below the line `start`, and their indentation."""
    own = state.sCount[start]
    indent, line, last = 0, start + 1, start
    while line < end:
        if not state.isEmpty(line):
            if state.sCount[line] < (own + indent if indent else own + 2):
                break
            indent = indent or min(state.sCount[line] - own, 4)
            last = line
        line += 1
    return last + 1, own + (indent or 4)


def _label(
    _self: RendererProtocol, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType
) -> str:
    token = tokens[index]
    return f'<{token.tag} class="admonition-title">{token.content}</{token.tag}>\n'


def install_boxes(parser: MarkdownIt) -> None:
    """Teaches a parser's renderer the tokens of boxes."""
    parser.add_render_rule("box_label", _label)
