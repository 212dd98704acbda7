"""Markdown text -> blocks with plain text and lines: with `dialects`, all that speaks markdown-it.

Everything else in this package reads `Block` and `Inline`, never a token. Plain text keeps each line break of
the source as a newline, so that a place in the text has a line; `corpus.quoting` leads back from plain text
to the words as they stand in the source. What the dialects of Markdown add is read by `corpus.dialects`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from html import unescape

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
from msgspec import Struct

from corpus.dialects import Spoken, install_spoken, spoken
from corpus.dialects.asking import ask_by_sign
from corpus.dialects.hidden import TARGET, UNKNOWN
from corpus.dialects.math import dollars
from corpus.dialects.tokens import closings_of
from corpus.html import HEADING, HREF, TAG, without_tags
from corpus.places import Span, lines_before

# Structs and no dataclasses: a document has thousands of these, and each is made in a seventh of the time.


class BlockKind(StrEnum):
    """The shapes that text comes in."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    ITEM = "item"
    CODE = "code"
    HTML = "html"
    MATH = "math"
    QUOTE = "quote"
    TABLE = "table"
    ROW = "row"
    CELL = "cell"
    TERM_LIST = "term-list"
    TERM = "term"
    DETAILS = "details"
    BOX = "box"
    TITLE = "title"
    CONTENTS = "contents"
    RULE = "rule"


class Link(Struct, frozen=True):
    """A link in running text: the range of its words, and where it leads."""

    span: Span
    url: str


class Picture(Struct, frozen=True):
    """A picture in running text, and where in the text it stands."""

    src: str
    alt: str
    offset: int


class Inline(Struct, frozen=True):
    """Running text. `raw` is the Markdown of `text`; spans are half-open ranges of `text`; `masked` holds
    inline code and mathematics, in order like the links; `html` the raw HTML tags that stand in it; `letters`
    the ranges whose first letters are set off, `**G**lobal **P**ositioning **S**ystem`, each with these
    letters."""

    text: str
    raw: str
    strong: tuple[Span, ...] = ()
    emphasis: tuple[Span, ...] = ()
    masked: tuple[Span, ...] = ()
    links: tuple[Link, ...] = ()
    pictures: tuple[Picture, ...] = ()
    html: tuple[str, ...] = ()
    letters: tuple[tuple[int, int, str], ...] = ()

    def tags(self) -> Iterator[tuple[str, int]]:
        """The tags of `html`, each with how many lines below the first one it stands."""
        at, lines = 0, 0
        for tag in self.html:
            if (found := self.raw.find(tag, at)) >= 0:
                lines += self.raw.count("\n", at, found)
                at = found
                yield tag, lines
                at += len(tag)
                lines += tag.count("\n")
            else:
                yield tag, lines


class Block(Struct, frozen=True):
    """A block of a document with its lines (1-based, inclusive).

    `level` is a heading's level; `text` the content of code, HTML and mathematics; `info` the language of
    code or the kind of a box, whose title, if it has one, is the first block in it; `tokens` the range of
    parser tokens that it was made of, for `Markdown.html`.
    """

    kind: BlockKind
    first_line: int
    last_line: int
    inline: Inline | None = None
    children: tuple["Block", ...] = ()
    level: int = 0
    text: str = ""
    info: str = ""
    tokens: Span = (0, 0)

    @property
    def title(self) -> Inline | None:
        """The title of a box; None if it has none."""
        first = self.children[0] if self.children else None
        return first.inline if first and first.kind is BlockKind.TITLE else None

    def walk(self) -> Iterator["Block"]:
        """This block and all below it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()


# --- the parser --------------------------------------------------------------------------------------------

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
def _parser(dialects: Spoken = ()) -> MarkdownIt:
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
            tokens, parser = self._tokens[slice(*place)], _parser(self._dialects)
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
        parser = _parser(self._dialects)
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
    tokens = _parser(dialects).parse(text, env)
    reader = _Reader(tokens, text.split("\n"), line_numbers)
    blocks = tuple(reader.blocks())
    return Markdown(blocks, frozenset(reader.targets), tuple(reader.unknown), tokens, env, dialects)


def words_as_written(markdown: str) -> str:
    """A few words of Markdown with all blanks, the names of emoji and other signs that no reader sees."""
    return _InlineReader().read(_parser().parseInline(markdown)[0]).text


def plain_text(markdown: str) -> str:
    """A few words of Markdown as a reader sees them, in one line."""
    if not re.search(r"[*_`\[\]<>&\\$!~{}%=^]", markdown):
        return " ".join(markdown.split())
    return " ".join(_InlineReader().read(_parser(spoken(markdown)).parseInline(markdown)[0]).text.split())


def is_raw_html(heading: Block) -> bool:
    """Whether a heading stands in HTML: it has no tokens, and the block of HTML is what is rendered."""
    return heading.tokens[0] == heading.tokens[1]


def _says_anything(inline: Inline | None) -> bool:
    """Whether a paragraph has more in it than signs for programs."""
    return inline is not None and bool(
        inline.text.strip()
        or inline.pictures
        or inline.html
        or any(link.url for link in inline.links)
        or not inline.raw.strip()
    )


# --- tokens -> blocks --------------------------------------------------------------------------------------

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
    """Walks the flat list of tokens once; each level of nesting is a call."""

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
        if all(child.type in _PLAIN for child in children):
            return Inline("".join([child.content or "\n" for child in children]), token.content)
        reader = _InlineReader()
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


# --- inline tokens -> text with spans ----------------------------------------------------------------------


_SPANS = ("strong", "em", "link")
_PLAIN = frozenset({"text", "softbreak", "hardbreak"})
_MASKED = frozenset({"code_inline", "math_inline", "math_inline_double", "math_single"})


class _InlineReader:
    """Running text, put together from the tokens in it. `unknown` are the macros that are not known, each
    with its place in the text; `targets` the places that are named for links."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._opened: dict[str, list[tuple[int, str]]] = {name: [] for name in _SPANS}
        self._spans: dict[str, list[Span]] = {name: [] for name in _SPANS}
        self._masked: list[Span] = []
        self._links: list[Link] = []
        self._pictures: list[Picture] = []
        self._html: list[str] = []
        self._joins = False
        self.unknown: list[tuple[str, int]] = []
        self.targets: list[str] = []

    def read(self, token: Token) -> Inline:
        self._joins = bool(_LETTERS_APART.fullmatch(token.content))
        children = token.children or ()
        for child, following in zip(children, (*children[1:], None), strict=True):
            kind = child.type
            if kind == "text":
                self._put(child.content)
            elif kind in ("softbreak", "hardbreak"):
                self._put("\n")
            elif kind in _MASKED and _begins_a_word(child, following):
                self._put(child.content.strip().removeprefix("\\"))
            elif kind in _MASKED:
                self._masked.append((self._length, self._length + len(child.content)))
                self._put(child.content)
            elif kind == "image":
                self._pictures.append(Picture(str(child.attrs.get("src", "")), child.content, self._length))
            elif kind == "html_inline":
                self._tag(child.content)
            elif child.nesting == 1:
                self._open(kind[:-5], str(child.attrs.get("href", "")))
            elif child.nesting == -1:
                self._close(kind[:-6])
            elif UNKNOWN in child.meta:
                self.unknown.append((child.meta[UNKNOWN], self._length))
            elif TARGET in child.meta:
                self.targets.append(child.meta[TARGET])
        text = "".join(self._parts)
        strong, spelled = _with_whole_names(text, self._spans["strong"])
        slanted, spelled_too = _with_whole_names(text, self._spans["em"])
        return Inline(
            text,
            token.content,
            strong,
            slanted,
            tuple(self._masked),
            tuple(sorted(self._links, key=lambda link: link.span)),
            tuple(self._pictures),
            tuple(self._html),
            (*spelled, *spelled_too),
        )

    def _put(self, words: str) -> None:
        if self._joins and (spans := self._spans["strong"]) and spans[-1] == (self._length - 1, self._length):
            words = words.removeprefix(" ")
        self._parts.append(words)
        self._length += len(words)

    def _open(self, name: str, url: str) -> None:
        if name in self._opened:
            self._opened[name].append((self._length, url))

    def _close(self, name: str) -> None:
        if not self._opened.get(name):
            return
        start, url = self._opened[name].pop()
        if name == "link":
            self._links.append(Link((start, self._length), url))
        else:
            self._spans[name].append((start, self._length))

    def _tag(self, written: str) -> None:
        self._html.append(written)
        if address := HREF.match(written):
            self._open("link", unescape(next(g for g in address.groups() if g is not None)))
        elif written.lower().startswith("</a"):
            self._close("link")
        elif written[:3].lower() == "<br" and self._parts and not self._parts[-1][-1:].isspace():
            self._put(" ")


_A_LETTER = re.compile(
    r"[A-Za-z]|\\(?:alpha|beta|gamma|delta|(?:var)?epsilon|zeta|eta|(?:var)?theta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|"
    r"upsilon|(?:var)?phi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Pi|Sigma|Phi|Psi|Omega)"
)
_JOINED = re.compile(r"[-‐‑][^\W\d_]")


def _begins_a_word(formula: Token, following: Token | None) -> bool:
    """Whether a formula is a letter that belongs to the word behind it: "$k$-means", "$\\sigma$-algebra"."""
    joined = following is not None and following.type == "text" and _JOINED.match(following.content)
    return bool(joined and formula.type == "math_inline" and _A_LETTER.fullmatch(formula.content.strip()))


# A heading of nothing but `__G__ lobal __P__ ositioning __S__ ystem`.
_LETTERS_APART = re.compile(r"\s*(?:(\*\*|__)[A-Z]\1 [a-z]{2,}(?:[ -]+|\Z)){2,}")
_REST_OF_WORD = re.compile(r"(?P<word>[a-z]+)(?:(?: (?:of|and|the|in|for|to))* |-|)")


def _with_whole_names(
    text: str, spans: Sequence[Span]
) -> tuple[tuple[Span, ...], tuple[tuple[int, int, str], ...]]:
    """Spans that are the first letters of the words of one name become one span over that name. Also such
    names, with their letters."""
    kept: list[Span] = []
    names: list[tuple[int, int, str]] = []
    run: list[Span] = []
    for span in (*spans, (len(text), len(text))):
        joined = not run or _REST_OF_WORD.fullmatch(text, run[-1][1], span[0])
        if span[1] - span[0] == 1 and text[span[0]].isupper() and joined:
            run.append(span)
            continue
        last = _REST_OF_WORD.match(text, run[-1][1]) if run else None
        if len(run) > 1 and last:
            end = last.end("word")
            names.append((run[0][0], end, "".join(text[a:b] for a, b in run)))
            kept.append((run[0][0], end))
        else:
            kept += run
        run = [span] if span[1] - span[0] == 1 and text[span[0]].isupper() else []
        kept += () if run or span[0] == len(text) else (span,)
    return tuple(kept), tuple(names)
