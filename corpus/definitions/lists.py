"""What is set out as a list of terms: definition lists in Markdown and HTML."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from corpus.blocks import Block, BlockKind, Inline
from corpus.definitions.page import Candidate, Page
from corpus.html import without_tags
from corpus.inlines import plain_text
from corpus.labels import looks_like_term
from corpus.places import lines_before

_LONGEST = 100
_EXPLICIT_ID = re.compile(r"\s*\{[^}]*\}\s*$")
# "{key} Ebb": what a program that is not known here does with the term.
_MARK = re.compile(r"^\{[\w:.#-]{1,30}\}\s+(?=\S)")


def from_definition_list(page: Page) -> Iterator[Candidate]:
    """A term on a line, then lines that begin with a colon. Terms that stand one above the other are names of
    one thing."""
    for block in page.of(BlockKind.TERM_LIST):
        names: list[Block] = []
        for index, item in enumerate(block.children):
            if item.kind is BlockKind.TERM:
                names.append(item)
                continue
            following = block.children[index + 1 : index + 2]
            if names and (not following or following[0].kind is BlockKind.TERM):
                yield from _entry(names, block.children[: index + 1])
                names = []


def _entry(names: Sequence[Block], until: Sequence[Block]) -> Iterator[Candidate]:
    """What stands under terms, up to the last of their details."""
    details = takewhile(lambda item: item.kind is BlockKind.DETAILS, reversed(until))
    inner = tuple(block for item in [*details][::-1] for block in item.children)
    terms = [_MARK.sub("", _EXPLICIT_ID.sub("", t.inline.text)).strip() for t in names if t.inline]
    if inner and terms and terms[0] and len(terms[0]) <= _LONGEST:
        yield Candidate(terms[0], names[0].first_line, inner, others=tuple(filter(None, terms[1:])))


# Parsers of Markdown take a list of definitions with two terms on top for a paragraph.
_TWO_NAMES = re.compile(r"(?P<names>(?:[^\n:]{2,60}\n){2,3}):[ \t]+(?=\S)")


def from_colon_line(page: Page) -> Iterator[Candidate]:
    """Two or three terms, one above the other, and a line below that begins with a colon."""
    for block, inline in page.paragraphs:
        found = _TWO_NAMES.match(inline.text) if "\n:" in inline.text else None
        names = [name.strip() for name in found["names"].split("\n")[:-1]] if found else []
        if found and all(looks_like_term(name) for name in names):
            yield Candidate(names[0], block.first_line, (block,), found.end(), others=tuple(names[1:]))


_HTML_ITEM = re.compile(
    r"<(?P<tag>d[td])\b[^>]*>(?P<words>.*?)(?=</(?P=tag)\s*>|<d[td]\b|</dl\s*>|\Z)", re.IGNORECASE | re.DOTALL
)


def from_html_list(page: Page) -> Iterator[Candidate]:
    """`<dl>` with `<dt>` and `<dd>`."""
    for block in page.of(BlockKind.HTML):
        if "<dt" not in block.text.casefold():
            continue
        term: str | None = None
        first_line = block.first_line
        for item in _HTML_ITEM.finditer(block.text):
            line = block.first_line + lines_before(block.text, item.start("words"))
            raw = item["words"].rstrip()
            words = plain_text(without_tags(raw))
            if item["tag"].casefold() == "dt":
                term, first_line = words, line
            elif term and words and len(term) <= _LONGEST:
                last = line + raw.count("\n")
                paragraph = Block(BlockKind.PARAGRAPH, line, last, inline=Inline(_lines(raw), raw))
                yield Candidate(term, first_line, (paragraph,))
                term = None


def _lines(raw: str) -> str:
    """Plain words with the line breaks of the source."""
    return "\n".join(plain_text(line) for line in without_tags(raw).split("\n"))
