"""Tokens for what is written for programs: they stand in the source and say nothing to a reader.

Also the few words and links that macros become, so that every dialect makes them alike.
"""

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

UNKNOWN = "unknown"


def put_nothing(state: StateBlock, first: int, end: int, unknown: str = "") -> bool:
    """The lines `first` to before `end` are no text. `unknown` names a macro that nobody knows."""
    token = state.push("nothing", "", 0)
    token.map, token.hidden = [first, end], True
    if unknown:
        token.meta[UNKNOWN] = unknown
    state.line = end
    return True


def skip(state: StateInline, end: int, silent: bool, unknown: str = "") -> bool:
    """The characters up to `end` are no text."""
    if not silent:
        token = state.push("nothing", "", 0)
        token.hidden = True
        if unknown:
            token.meta[UNKNOWN] = unknown
    state.pos = end
    return True


def put_words(state: StateInline, words: str, end: int, silent: bool, url: str = "") -> bool:
    """The characters up to `end` are read as these words, linked if there is an address."""
    if not silent:
        if url and not state.linkLevel:
            state.push("link_open", "a", 1).attrs = {"href": url}
        state.push("text", "", 0).content = words
        if url and not state.linkLevel:
            state.push("link_close", "a", -1)
    state.pos = end
    return True


def put_picture(state: StateInline, src: str, alt: str, end: int, silent: bool) -> bool:
    """The characters up to `end` are a picture."""
    if not silent:
        token = state.push("image", "img", 0)
        token.attrs = {"src": src, "alt": ""}
        token.content = alt
        token.children = []
        if alt:
            state.md.inline.parse(alt, state.md, state.env, token.children)
    state.pos = end
    return True


def inner(state: StateInline, start: int, stop: int, end: int) -> None:
    """Reads the characters `start` to before `stop` as running text, then goes on at `end`."""
    limit = state.posMax
    state.pos, state.posMax = start, stop
    state.md.inline.tokenize(state)
    state.pos, state.posMax = end, limit
