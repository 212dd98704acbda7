"""What is set out as a list of terms: definition lists, and tables with a column of terms."""

import re
from collections.abc import Iterator

from corpus.definitions.page import Candidate, Page
from corpus.labels import label_key
from corpus.markdown import BlockKind


def from_definition_list(page: Page) -> Iterator[Candidate]:
    """A term on a line, then lines that begin with a colon."""
    for block in page.section.all_blocks:
        if block.kind is not BlockKind.TERM_LIST:
            continue
        for index, term in enumerate(block.children):
            details = []
            for later in block.children[index + 1 :]:
                if later.kind is not BlockKind.DETAILS:
                    break
                details.append(later)
            if term.kind is BlockKind.TERM and term.inline and details:
                name = re.sub(r"\s*\{[^}]*\}\s*$", "", term.inline.text).strip()
                inner = tuple(b for d in details for b in d.children)
                if name and inner and len(name) <= 100:
                    yield Candidate(name, term.first_line, inner)


_TERM_HEADS = frozenset(
    map(
        label_key,
        ["term", "concept", "word", "name", "keyword", "key term", "acronym", "abbreviation", "phrase"],
    )
)
_TEXT_HEADS = frozenset(
    map(
        label_key,
        [
            "definition",
            "meaning",
            "description",
            "explanation",
            "what it means",
            "what it is",
            "in short",
            "stands for",
        ],
    )
)


def from_table(page: Page) -> Iterator[Candidate]:
    """A table with a column of terms and a column of what they mean."""
    for block in page.section.all_blocks:
        if block.kind is not BlockKind.TABLE or len(block.children) < 2:
            continue
        heads = [label_key(c.inline.text) if c.inline else "" for c in block.children[0].children]
        terms = next((i for i, h in enumerate(heads) if h in _TERM_HEADS), None)
        texts = next((i for i, h in enumerate(heads) if h in _TEXT_HEADS), None)
        if terms is None or texts is None or terms == texts:
            continue
        for row in block.children[1:]:
            if len(row.children) <= max(terms, texts):
                continue
            term, text = row.children[terms].inline, row.children[texts].inline
            if term and text and term.text.strip() and len(term.text) <= 100 and text.text.strip():
                yield Candidate(term.text.strip(), row.first_line, (row.children[texts],))
