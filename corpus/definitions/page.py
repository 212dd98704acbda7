"""What a rule looks at, and what it hands back: a page of the notes and a candidate.

A rule sees one section and what its document is; it yields the term as written and the blocks, or the range
of one, that define it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.labels import bare_heading, is_meta_heading, label_key, names_a_subject
from corpus.markdown import Block, BlockKind
from corpus.sections import OpenSection


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a rule found: a term as written and the text that defines it: whole blocks, or a range of one."""

    term: str
    first_line: int
    blocks: tuple[Block, ...]
    start: int = 0
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What a rule may look at: one section, and what its document is.

    `title` is what the document's title names, if it names a thing; `alone` tells that no heading in it names
    another; `opens` that the section is where the document begins to talk; `entries` the level of the
    headings that are a glossary's entries (0 if it is none).
    """

    section: OpenSection
    title: str | None = None
    alone: bool = False
    opens: bool = False
    entries: int = 0


Rule = Callable[[Page], Iterator[Candidate]]


def with_its_list(block: Block, following: Sequence[Block]) -> tuple[Block, ...]:
    """A paragraph that ends in a colon takes the list after it, unless the list holds pictures."""
    if not block.inline or not block.inline.text.rstrip().endswith(":") or not following:
        return (block,)
    listed = following[0]
    plain = listed.kind is BlockKind.LIST and not any(
        b.kind in (BlockKind.HTML, BlockKind.CODE) or (b.inline and b.inline.pictures) for b in listed.walk()
    )
    return (block, listed) if plain else (block,)


def is_picture(block: Block) -> bool:
    """Whether a block holds nothing but pictures."""
    only_pictures = block.inline is not None and bool(block.inline.pictures) and not block.inline.text.strip()
    return only_pictures or (block.kind is BlockKind.HTML and "<img" in block.text.lower())


_ENTRIES = 12
_IN_ORDER = 0.9


def pages(title: str, sections: Sequence[OpenSection], titled: bool) -> Iterator[Page]:
    """A document's sections, each with what the rules may know of the document.

    `titled` says that the title was given in front matter. Otherwise a level-1 heading must give it.
    """
    headed = [s for s in sections if s.level == 1]
    names = names_a_subject(title, longest=6) and (titled or (len(headed) == 1 and sections[0] is headed[0]))
    inner = [s for s in sections if s.level >= 1 and label_key(s.title) != label_key(title)]
    alone = names and not any(names_a_subject(bare_heading(s.title)) for s in inner)
    opening = next((s for s in sections if any(b.kind is BlockKind.PARAGRAPH for b in s.blocks)), None)
    introduces = opening is not None and (opening.level <= 1 or is_meta_heading(opening.title))
    entries = _entry_level(sections)
    for section in sections:
        opens = introduces and section is opening
        yield Page(section, title if names else None, alone, opens, entries)


def _entry_level(sections: Sequence[OpenSection]) -> int:
    """The level of the headings that are a glossary's entries: many, without headings below, from A to Z."""
    for level in (2, 3, 4):
        titles = [s.title.casefold() for s in sections if s.level == level and not s.has_children]
        ordered = sum(one <= other for one, other in pairwise(titles))
        if len(titles) >= _ENTRIES and ordered >= _IN_ORDER * (len(titles) - 1):
            return level
    return 0
