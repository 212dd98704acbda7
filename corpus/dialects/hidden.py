"""Tokens for what is written for programs: they stand in the source and say nothing to a reader.

Also the few words and links that macros become, so that every dialect makes them alike.
"""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

UNKNOWN = "unknown"
TARGET = "target"


def put_nothing(state: StateBlock, first: int, end: int, unknown: str = "") -> bool:
    """The lines `first` to before `end` are no text. `unknown` names a macro that nobody knows."""
    token = state.push("nothing", "", 0)
    token.map, token.hidden = [first, end], True
    if unknown:
        token.meta[UNKNOWN] = unknown
    state.line = end
    return True


def put_target(state: StateBlock, name: str, line: int) -> bool:
    """A line that only names a place to be linked to, if it names one."""
    put_nothing(state, line, line + 1)
    if name:
        state.tokens[-1].type, state.tokens[-1].meta[TARGET] = "target", name
    return True


def skip(state: StateInline, end: int, silent: bool, unknown: str = "", target: str = "") -> bool:
    """The characters up to `end` are no text. `target` names the place to be linked to, if they do."""
    if not silent:
        token = state.push("nothing", "", 0)
        token.hidden = True
        if unknown:
            token.meta[UNKNOWN] = unknown
        if target:
            token.type, token.meta[TARGET] = "target", target
    state.pos = end
    return True


_MARKED_UP = re.compile(r"[*_`<&\\[]")


def put_words(
    state: StateInline, words: str, end: int, silent: bool, url: str = "", *, markdown: bool = False
) -> bool:
    """The characters up to `end` are read as these words, linked if there is an address. They may be Markdown
    of their own."""
    if not silent:
        if url and not state.linkLevel:
            state.push("link_open", "a", 1).attrs = {"href": url}
        if markdown and _MARKED_UP.search(words):
            if state.pending:
                state.pushPending()
            # No link stands in another one.
            inside = _parsed(state, words)
            state.tokens += [token for token in inside if not token.type.startswith("link_")]
        else:
            state.push("text", "", 0).content = words
        if url and not state.linkLevel:
            state.push("link_close", "a", -1)
    state.pos = end
    return True


def put_script(state: StateInline, tag: str, words: str, end: int, silent: bool) -> bool:
    """The characters up to `end` are words that are set low (`sub`) or high (`sup`)."""
    if not silent:
        state.push(f"{tag}_open", tag, 1)
        state.push("text", "", 0).content = words
        state.push(f"{tag}_close", tag, -1)
    state.pos = end
    return True


def put_picture(
    state: StateInline, src: str, alt: str, end: int, silent: bool, size: str = "", caption: str = ""
) -> bool:
    """The characters up to `end` are a picture, of a size such as "300", "300x200" or "50%", with a caption
    below it."""
    if not silent:
        token = state.push("image", "img", 0)
        token.attrs = {"src": src, "alt": ""}
        describe(state, token, alt)
        if size:
            # Who reads pictures knows this way of writing a size.
            token.content = f"{alt}|{size}"
        if caption:
            # It stands in the same line of the notes: no line break of theirs.
            state.push("html_inline", "", 0).content = "<br>"
            state.push("em_open", "em", 1)
            state.tokens += _parsed(state, caption)
            state.push("em_close", "em", -1)
    state.pos = end
    return True


def describe(state: StateInline, picture: Token, alt: str) -> None:
    """Gives a picture its words."""
    picture.content, picture.children = alt, _parsed(state, alt) if alt else []


def _parsed(state: StateInline, words: str) -> list[Token]:
    """A few words of Markdown as tokens."""
    tokens: list[Token] = []
    state.md.inline.parse(words, state.md, state.env, tokens)
    return tokens


def inner(state: StateInline, start: int, stop: int, end: int) -> None:
    """Reads the characters `start` to before `stop` as running text, then goes on at `end`."""
    limit = state.posMax
    state.pos, state.posMax = start, stop
    state.md.inline.tokenize(state)
    state.pos, state.posMax = end, limit


def _anchor(
    _self: RendererProtocol, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType
) -> str:
    return f'<span id="{escapeHtml(tokens[index].meta[TARGET])}"></span>'


def install_targets(parser: MarkdownIt) -> None:
    """Teaches a parser's renderer the places that are linked to."""
    parser.add_render_rule("target", _anchor)
