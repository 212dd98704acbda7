"""What is set out as a list of terms: definition lists in Markdown and HTML."""

import re
from collections.abc import Iterator, Sequence

from corpus.definitions.page import Candidate, Page
from corpus.html import without_tags
from corpus.markdown import Block, BlockKind, Inline, plain_text
from corpus.places import lines_before

_LONGEST = 100
_EXPLICIT_ID = re.compile(r"\s*\{[^}]*\}\s*$")


def from_definition_list(page: Page) -> Iterator[Candidate]:
    """A term on a line, then lines that begin with a colon."""
    for block in page.of(BlockKind.TERM_LIST):
        for index, term in enumerate(block.children):
            if term.kind is not BlockKind.TERM or not term.inline:
                continue
            if details := _details_after(block.children, index):
                name = _EXPLICIT_ID.sub("", term.inline.text).strip()
                inner = tuple(b for d in details for b in d.children)
                if name and inner and len(name) <= _LONGEST:
                    yield Candidate(name, term.first_line, inner)


def _details_after(children: Sequence[Block], index: int) -> list[Block]:
    """The details of a term. Terms that stand one above the other share them."""
    details: list[Block] = []
    for later in children[index + 1 :]:
        if later.kind is BlockKind.DETAILS:
            details.append(later)
        elif details:
            break
    return details


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
