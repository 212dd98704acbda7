"""What is set out as a list of terms: definition lists in Markdown and HTML, tables with a column of terms
and one of what they mean."""

import re
from collections.abc import Iterator, Sequence

from corpus.definitions.page import Candidate, Page
from corpus.labels import label_key, looks_like_term
from corpus.markdown import Block, BlockKind, Inline, plain_text

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
_TAG = re.compile(r"<[^>]+>")


def from_html_list(page: Page) -> Iterator[Candidate]:
    """`<dl>` with `<dt>` and `<dd>`."""
    for block in page.of(BlockKind.HTML):
        if "<dt" not in block.text.casefold():
            continue
        term: str | None = None
        first_line = block.first_line
        for item in _HTML_ITEM.finditer(block.text):
            line = block.first_line + block.text.count("\n", 0, item.start("words"))
            raw = item["words"].rstrip()
            words = plain_text(_TAG.sub("", raw))
            if item["tag"].casefold() == "dt":
                term, first_line = words, line
            elif term and words and len(term) <= _LONGEST:
                last = line + raw.count("\n")
                paragraph = Block(BlockKind.PARAGRAPH, line, last, inline=Inline(_lines(raw), raw))
                yield Candidate(term, first_line, (paragraph,))
                term = None


def _lines(raw: str) -> str:
    """Plain words with the line breaks of the source."""
    return "\n".join(plain_text(line) for line in _TAG.sub("", raw).split("\n"))


def _heads(words: str) -> frozenset[str]:
    return frozenset(map(label_key, words.split(", ")))


_TERM_HEADS = _heads(
    "term, concept, word, name, keyword, key term, acronym, abbreviation, abbr, phrase, jargon, notion"
)
_TEXT_HEADS = _heads(
    "definition, meaning, description, explanation, what it means, what it is, what is it, in short, gloss"
)
_NAME_HEADS = _heads(
    "acronym, abbreviation, abbr, also called, also known as, aka, alias, other names, synonym, short, "
    "short form, full name, full form, long form, expansion, stands for"
)


def from_table(page: Page) -> Iterator[Candidate]:
    """A table with a column of terms and a column of what they mean."""
    for block in page.of(BlockKind.TABLE):
        if len(block.children) < 2:
            continue
        heads = [label_key(c.inline.text) if c.inline else "" for c in block.children[0].children]
        terms, texts = _columns(heads, page.listed)
        if terms is None or texts is None or terms == texts:
            continue
        names = [i for i, head in enumerate(heads) if head in _NAME_HEADS and i not in (terms, texts)]
        for row in block.children[1:]:
            cells = [cell.inline.text.strip() if cell.inline else "" for cell in row.children]
            if len(cells) <= max(terms, texts) or not cells[terms] or not cells[texts]:
                continue
            others = tuple(cells[i] for i in names if i < len(cells) and looks_like_term(cells[i], longest=9))
            if looks_like_term(cells[terms], longest=9):
                yield Candidate(cells[terms], row.first_line, (row.children[texts],), others=others)


def _columns(heads: Sequence[str], listed: bool) -> tuple[int | None, int | None]:
    """The columns of terms and of meanings. Under "Glossary" two columns need no such heads."""
    terms = next((i for i, h in enumerate(heads) if h in _TERM_HEADS), None)
    texts = next((i for i, h in enumerate(heads) if h in _TEXT_HEADS), None)
    if texts is None:
        texts = next((i for i, h in enumerate(heads) if h in _NAME_HEADS and i != terms), None)
    if listed and len(heads) == 2:
        return (0, 1) if terms in (0, None) else (terms, 1 - terms)
    return terms, texts
