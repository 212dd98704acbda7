"""What says that terms follow: a heading, the sentence before a list, the line above other lines."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from corpus.blocks import Block, BlockKind
from corpus.definitions.headings import from_heading
from corpus.definitions.page import Page
from corpus.sentences import sentences

# "There are three kinds of cuts:", "we use these words:".
_KINDS = re.compile(
    r"\b(?:kinds?|types?|forms?|variants?|varieties|sorts?|terms?|words|names|classes|categories|concepts|states|stages|"
    r"phases|roles|levels|commands)\b[^.]*:?\s*\Z",
    re.IGNORECASE,
)
# "Key terms:", "New words" alone above a list.
_TERMS = re.compile(
    r"\A\W*(?:(?:here|these|those)\s+are\s+)?(?:(?:some|the|our)\s+)?(?:(?:key|new|important|useful|basic|main|common|more)\s+)?(?:terms|words|vocabulary|definitions|"
    r"abbreviations|acronyms|glossary|terminology|jargon)(?:\s+(?:to\s+(?:know|learn|remember)|of\s+(?:today|this\s+\w+)))?\W*\Z",
    re.IGNORECASE,
)
COMMANDS = re.compile(r"\b(?:commands?|keywords?|terms?|operators?)\W*\Z", re.IGNORECASE)
_KINDS_OF = re.compile(r"(?:\w+\s+)?(?:kinds|types|forms|varieties|classes|categories)\s+of\s", re.IGNORECASE)


@lru_cache(maxsize=1)
def is_headed_as_list(page: Page) -> bool:
    """Whether terms are listed in this section, and its heading is not itself one of them."""
    return page.listed and next(from_heading(page), None) is None


def announced_kinds(page: Page) -> set[int]:
    """The ids of the first paragraphs of lists that a sentence or the heading calls kinds of something."""
    found = _behind(page, _KINDS)
    first = page.section.blocks[:1]
    if first and first[0].kind is BlockKind.LIST and _KINDS_OF.match(page.section.title):
        found.update(_first_of(first[0]))
    return found


def announced_terms(page: Page) -> set[int]:
    """The ids of the first paragraphs of lists of terms, and of those whose lines are such a list."""
    lines = (id(block) for block, inline in page.paragraphs if below_announcement(inline.text))
    return {*lines, *_behind(page, _TERMS)}


def announced_commands(page: Page) -> set[int]:
    """The ids of the first paragraphs of lists of commands, or of other names in code."""
    return _behind(page, COMMANDS)


def _behind(page: Page, announcement: re.Pattern[str]) -> set[int]:
    """The ids of the first paragraphs of the lists whose announcement ends the paragraph before."""
    found: set[int] = set()
    for before, block in pairwise(page.section.blocks):
        if block.kind is BlockKind.LIST and before.kind is BlockKind.PARAGRAPH and before.inline:
            last = list(sentences(before.inline.text))[-1:]
            if any(announcement.search(before.inline.text[slice(*span)]) for span in last):
                found.update(_first_of(block))
    return found


def _first_of(listed: Block) -> Iterator[int]:
    return (id(item.children[0]) for item in listed.children[:1] if item.children)


def below_announcement(text: str) -> int:
    """Where the second line begins, if the first says no more than that terms follow; else 0."""
    first, line_end, _ = text.partition("\n")
    return len(first) + 1 if line_end and _TERMS.match(first) else 0
