"""Running text: tokens -> words as a reader sees them, with what is set off, linked and shown in them."""

import re
from collections.abc import Sequence
from html import unescape

from markdown_it.token import Token

from corpus.blocks import Inline, Link, Picture
from corpus.dialects import spoken
from corpus.dialects.hidden import TARGET, UNKNOWN
from corpus.html import HREF
from corpus.parser import parser_for
from corpus.places import Span


def words_as_written(markdown: str) -> str:
    """A few words of Markdown with all blanks, the names of emoji and other signs that no reader sees."""
    return InlineReader().read(parser_for().parseInline(markdown)[0]).text


def plain_text(markdown: str) -> str:
    """A few words of Markdown as a reader sees them, in one line."""
    if not re.search(r"[*_`\[\]<>&\\$!~{}%=^]", markdown):
        return " ".join(markdown.split())
    return " ".join(InlineReader().read(parser_for(spoken(markdown)).parseInline(markdown)[0]).text.split())


_SPANS = ("strong", "em", "link")
PLAIN = frozenset({"text", "softbreak", "hardbreak"})
_MASKED = frozenset({"code_inline", "math_inline", "math_inline_double", "math_single"})


class InlineReader:
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
        """The running text of a token that has it; to be asked once."""
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
