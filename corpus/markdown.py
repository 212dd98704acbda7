"""Markdown text -> blocks with plain text and lines: with `parser`, `inlines` and `dialects`, all that speaks
markdown-it.

Everything else in this package reads `Block` and `Inline`, never a token. Plain text keeps each line break of
the source as a newline, so that a place in the text has a line; `corpus.quoting` leads back from plain text
to the words as they stand in the source. What the dialects of Markdown add is read by `corpus.dialects`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token
from markdown_it.utils import EnvType

from corpus.blocks import Block, BlockKind, Inline
from corpus.dialects import Spoken, spoken
from corpus.dialects.hidden import TARGET, UNKNOWN
from corpus.dialects.tokens import closings_of
from corpus.html import HEADING, without_tags
from corpus.inlines import PLAIN, InlineReader, plain_text
from corpus.parser import parser_for
from corpus.places import Span, lines_before


@dataclass(frozen=True, slots=True)
class Markdown:
    """One parsed text: its blocks, the places in it that links name, the macros that are not known with their
    lines, and the means to render it."""

    blocks: tuple[Block, ...]
    targets: frozenset[str]
    unknown_macros: tuple[tuple[str, int], ...]
    _tokens: Sequence[Token]
    _env: EnvType
    _dialects: Spoken
    _rendered: dict[Span, str] = field(default_factory=dict)

    def html(self, blocks: Sequence[Block]) -> str:
        """The blocks as HTML, as the notes have it: NOT sanitised."""
        return "".join([self._html(block.tokens) for block in blocks])

    def _html(self, place: Span) -> str:
        # What defines something is asked for by itself and with all of its section.
        known = self._rendered.get(place)
        if known is None:
            tokens, parser = self._tokens[slice(*place)], parser_for(self._dialects)
            known = _paragraph_of_words(tokens) or str(
                parser.renderer.render(tokens, parser.options, self._env)
            )
            self._rendered[place] = known
        return known

    def give_id(self, heading: Block, id: str) -> None:
        """Gives a heading an id in its HTML, so that it can be linked to; one in HTML has what it has."""
        token = self._tokens[heading.tokens[0]]
        if token.type == "heading_open":
            token.attrSet("id", id)

    def inline_html(self, words: str) -> str:
        """A few words of this text as HTML, NOT sanitised. What they refer to stands anywhere in the text."""
        parser = parser_for(self._dialects)
        # What stands behind these words are the notes that they refer to: they have their own place.
        tokens = parser.parseInline(words, self._env)[:1]
        for child in tokens[0].children or ():
            if child.type == "footnote_ref":
                child.meta["subId"] = 0
        return str(parser.renderer.render(tokens, parser.options, self._env))


def _paragraph_of_words(tokens: Sequence[Token]) -> str:
    """The HTML of a paragraph with nothing but words in it; empty for any other block. Many are such
    paragraphs, and they need no renderer."""
    if len(tokens) != 3 or tokens[0].type != "paragraph_open" or tokens[0].attrs or tokens[0].hidden:
        return ""
    children = tokens[1].children or []
    if len(children) != 1 or children[0].type != "text":
        return ""
    return f"<p>{escapeHtml(children[0].content)}</p>\n"


def parse(text: str, line_numbers: Sequence[int] | None = None) -> Markdown:
    """Any text as blocks. Never raises.

    `line_numbers` gives the line that each line of `text` has in its file, where that differs (a notebook).
    """
    env: EnvType = {}
    dialects = spoken(text)
    tokens = parser_for(dialects).parse(text, env)
    reader = _Reader(tokens, text.split("\n"), line_numbers)
    blocks = tuple(reader.blocks())
    return Markdown(blocks, frozenset(reader.targets), tuple(reader.unknown), tokens, env, dialects)


_CONTAINERS = {
    "bullet_list_open": BlockKind.LIST,
    "ordered_list_open": BlockKind.LIST,
    "list_item_open": BlockKind.ITEM,
    "blockquote_open": BlockKind.QUOTE,
    "table_open": BlockKind.TABLE,
    "tr_open": BlockKind.ROW,
    "dl_open": BlockKind.TERM_LIST,
    "dd_open": BlockKind.DETAILS,
    "footnote_open": BlockKind.QUOTE,
    "footnote_block_open": BlockKind.QUOTE,
    "box_open": BlockKind.BOX,
}
_TRANSPARENT = frozenset({"thead_open", "tbody_open", "layout_open"})
_WITH_INLINE = {
    "heading_open": BlockKind.HEADING,
    "paragraph_open": BlockKind.PARAGRAPH,
    "th_open": BlockKind.CELL,
    "td_open": BlockKind.CELL,
    "dt_open": BlockKind.TERM,
    "box_title_open": BlockKind.TITLE,
}
_LEAVES = {
    "fence": BlockKind.CODE,
    "code_block": BlockKind.CODE,
    "html_block": BlockKind.HTML,
    "math_block": BlockKind.MATH,
    "math_block_label": BlockKind.MATH,
    "contents": BlockKind.CONTENTS,
    "hr": BlockKind.RULE,
}


class _Reader:
    """Tokens -> blocks. Walks the flat list of tokens once; each level of nesting is a call."""

    def __init__(self, tokens: Sequence[Token], lines: Sequence[str], numbers: Sequence[int] | None) -> None:
        self._tokens = tokens
        self._lines = lines
        self._numbers = numbers
        self._closings = closings_of(tokens)
        self.unknown: list[tuple[str, int]] = []
        self.targets: set[str] = set()

    def blocks(self) -> Iterator[Block]:
        return self._between(0, len(self._tokens), (1, max(1, len(self._lines))))

    def _between(self, start: int, end: int, around: Span) -> Iterator[Block]:
        index = start
        while index < end:
            token = self._tokens[index]
            close = self._closings.get(index, index)
            lines = self._line_range(token, around)
            if token.type in _TRANSPARENT:
                yield from self._between(index + 1, close, lines)
            elif token.type in _WITH_INLINE:
                block = self._with_inline(token, index, close, lines)
                if block.kind is not BlockKind.PARAGRAPH or _says_anything(block.inline):
                    yield block
            elif token.type in _CONTAINERS:
                children = tuple(self._between(index + 1, close, lines))
                info = token.info if token.type == "box_open" else ""
                yield Block(
                    _CONTAINERS[token.type],
                    *self._numbered(lines),
                    children=children,
                    info=info,
                    tokens=(index, close + 1),
                )
            elif token.type == "html_block":
                yield from self._html(token, index, lines)
            elif token.type in _LEAVES:
                kind = _LEAVES[token.type]
                info = token.info.strip().split()[0] if token.info.strip() else ""
                numbered = self._numbered(lines)
                yield Block(kind, *numbered, text=token.content, info=info, tokens=(index, index + 1))
            elif UNKNOWN in token.meta:
                self.unknown.append((token.meta[UNKNOWN], self._numbered(lines)[0]))
            elif TARGET in token.meta:
                self.targets.add(token.meta[TARGET])
            index = close + 1

    def _line_range(self, token: Token, around: Span) -> Span:
        if not token.map:
            return around
        first, end = token.map
        while end > first + 1 and not self._lines[min(end, len(self._lines)) - 1].strip():
            end -= 1
        return first + 1, max(first + 1, end)

    def _numbered(self, lines: Span) -> Span:
        if self._numbers is None:
            return lines
        last = len(self._numbers) - 1
        return self._numbers[min(lines[0] - 1, last)], self._numbers[min(lines[1] - 1, last)]

    def _with_inline(self, token: Token, index: int, close: int, lines: Span) -> Block:
        following = self._tokens[index + 1]
        if following.type == "inline":
            content: Token | None = following
        else:
            content = next((t for t in self._tokens[index:close] if t.type == "inline"), None)
        if content:
            lines = self._line_range(content, lines)
        return Block(
            _WITH_INLINE[token.type],
            *self._numbered(lines),
            inline=self._words(content, lines) if content else Inline("", ""),
            level=int(token.tag[1]) if token.type == "heading_open" else 0,
            info="header" if token.type == "th_open" else "",
            tokens=(index, close + 1),
        )

    def _words(self, token: Token, lines: Span) -> Inline:
        children = token.children or []
        # Most text is nothing but words, or words and lines.
        if len(children) == 1 and children[0].type == "text":
            return Inline(children[0].content, token.content)
        if all(child.type in PLAIN for child in children):
            return Inline("".join([child.content or "\n" for child in children]), token.content)
        reader = InlineReader()
        inline = reader.read(token)
        self.targets.update(reader.targets)
        for name, at in reader.unknown:
            line = min(lines[0] + lines_before(inline.text, at), lines[1])
            self.unknown.append((name, self._numbered((line, line))[0]))
        return inline

    def _html(self, token: Token, index: int, lines: Span) -> Iterator[Block]:
        """A block of HTML; headings in it are headings of the notes."""
        line = lines[0]
        for match in HEADING.finditer(token.content):
            at = line + lines_before(token.content, match.start())
            # Markdown means nothing there; who writes it does not want its signs either.
            words = plain_text(without_tags(match[2]))
            if words:
                inline = Inline(words, match[2])
                numbered = self._numbered((at, at + match[0].count("\n")))
                yield Block(
                    BlockKind.HEADING, *numbered, inline=inline, level=int(match[1]), tokens=(index, index)
                )
        yield Block(BlockKind.HTML, *self._numbered(lines), text=token.content, tokens=(index, index + 1))


def _says_anything(inline: Inline | None) -> bool:
    """Whether a paragraph has more in it than signs for programs."""
    return inline is not None and bool(
        inline.text.strip()
        or inline.pictures
        or inline.html
        or any(link.url for link in inline.links)
        or not inline.raw.strip()
    )
