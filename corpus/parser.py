"""markdown-it, set up for notes: CommonMark, tables, footnotes, formulas, definition lists, the dialects of a
text, and what authors mean where the letter of CommonMark says otherwise.
"""

import re
from collections.abc import Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock, html_block
from markdown_it.rules_core import StateCore, normalize
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from corpus.dialects import Spoken, install_spoken
from corpus.dialects.asking import ask_by_sign
from corpus.dialects.math import dollars
from corpus.html import TAG

_VOID = frozenset(
    {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_BLOCK_START = re.compile(r" {0,3}(?:[*+-]\s|\d{1,9}[.)]\s|#{1,6}\s|```|~~~)")


def _html_block_that_closes(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """An HTML block, ended where its tags are closed if a list, heading or fence follows without a blank
    line.

    By the letter of CommonMark the block goes on until a blank line and swallows them; no author means that.
    """
    if not html_block(state, start, end, silent):
        return False
    if silent:
        return True
    token = state.tokens[-1]
    lines = token.content.split("\n")
    depth = 0
    for index, line in enumerate(lines[:-1]):
        for closing, name, self_closing in TAG.findall(line):
            if name.lower() not in _VOID and not self_closing:
                depth += -1 if closing else 1
        if depth <= 0 and _BLOCK_START.match(lines[index + 1]):
            state.line = start + index + 1
            token.content = "\n".join(lines[: index + 1]) + "\n"
            token.map = [start, state.line]
            break
    return True


# How deep blocks are read in each other; a list takes two levels. Outlines of people go deeper than the 20 of
# CommonMark's programs, and each level is a few calls, of which Python allows a thousand.
_DEEPEST = 64
_CODE_TITLE = re.compile(r"\b(?:title|filename|caption)=(?:\"([^\"]{1,200})\"|'([^']{1,200})')")


class _Renderer(RendererHTML):
    """The renderer of markdown-it; most elements have no attributes, which it asks of each. Code stands below
    the name that its fence gives it: ```py title="tides.py"."""

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """A block of code as HTML."""
        code = super().fence(tokens, idx, options, env)
        titled = _CODE_TITLE.search(tokens[idx].info)
        words = titled[1] or titled[2] if titled else ""
        return f'<p class="code-title">{escapeHtml(words)}</p>\n{code}' if words else code

    @staticmethod
    def renderAttrs(token: Token) -> str:  # noqa: N802 - markdown-it's name
        """The attributes of an element as HTML."""
        return RendererHTML.renderAttrs(token) if token.attrs else ""


def _normalize(state: StateCore) -> None:
    """Makes the ends of lines one, where there are others."""
    if "\r" in state.src or "\0" in state.src:
        normalize(state)


@cache
def parser_for(dialects: Spoken = ()) -> MarkdownIt:
    """The parser for a text that speaks these dialects; few combinations are met in practice."""
    options = {"html": True, "maxNesting": _DEEPEST}
    parser = MarkdownIt("commonmark", options, renderer_cls=_Renderer)
    parser.enable(["table", "strikethrough"]).core.ruler.at("normalize", _normalize)
    parser.use(deflist_plugin).use(footnote_plugin)
    parser.use(dollarmath_plugin, allow_digits=False, double_inline=True)
    parser.inline.ruler.at("math_inline", dollars)
    parser.block.ruler.at(
        "html_block", _html_block_that_closes, {"alt": ["paragraph", "reference", "blockquote"]}
    )
    install_spoken(parser, dialects)
    ask_by_sign(parser)
    return parser
