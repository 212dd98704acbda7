"""Documents about one thing: the title names it, and the text says near its beginning what it is."""

from collections.abc import Iterator

from corpus.definitions.page import Candidate, Page, with_its_list
from corpus.labels import label_key
from corpus.markdown import BlockKind, Inline, sentences
from corpus.phrasing import is_subject, opens_an_aside


def from_front_matter(page: Page) -> Iterator[Candidate]:
    """A document about one thing: its title, and the first paragraph of it."""
    section = page.section
    if not page.title or not page.alone or section.level > 1:
        return
    for index, block in enumerate(section.blocks):
        if block.kind is BlockKind.PARAGRAPH and block.inline and _introduces(page.title, block.inline):
            first = section.heading.first_line if section.heading else 1
            yield Candidate(page.title, first, with_its_list(block, section.blocks[index + 1 :]))
        if block.kind is not BlockKind.HTML:
            return


def _introduces(title: str, inline: Inline) -> bool:
    words = " ".join(inline.text.split())
    if len(words.split()) < 5 or is_subject(title, words):
        return len(words.split()) >= 5
    # A paragraph that opens with another term in bold is about that one.
    opens_with = next((inline.text[a:b] for a, b in inline.strong if a == 0), title)
    return label_key(opens_with.rstrip(": ")) == label_key(title) and not opens_an_aside(words)


_OPENING_PARAGRAPHS = 3


def from_title(page: Page) -> Iterator[Candidate]:
    """A document that says near its beginning what its title is, in a sentence about it."""
    if not page.title or page.alone or not page.opens:
        return
    paragraphs = [b for b in page.section.blocks if b.kind is BlockKind.PARAGRAPH and b.inline]
    for block in paragraphs[:_OPENING_PARAGRAPHS]:
        text = block.inline.text if block.inline else ""
        for start, end in sentences(text):
            if is_subject(page.title, text[start:end]):
                first_line = block.first_line + text.count("\n", 0, start)
                yield Candidate(page.title, first_line, (block,), start)
                return
