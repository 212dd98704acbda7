"""What a rule looks at, and what it hands back: a page of the notes and a candidate.

A rule sees one section and what its document is; it yields the term as written and the blocks, or the range
of one, that define it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.blocks import Block, BlockKind, Inline
from corpus.headings import lists_no_terms
from corpus.sections import OpenSection


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a rule found: a term as written and the text that defines it: whole blocks, or a range of one.

    `others` are further names that stand beside it, `formula` what is displayed below words that end in a
    colon.
    """

    term: str
    first_line: int
    blocks: tuple[Block, ...]
    start: int = 0
    end: int | None = None
    others: tuple[str, ...] = ()
    formula: Block | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """What a rule may look at: one section, and what its document is.

    `title` is what the document's title names, if it names a thing, `given` whether its author wrote it there
    (a file's name is only a hint); `alone` tells that no heading in it names another; `opens` that it is
    where the document begins to talk; `entries` the level of the headings that are a glossary's entries (0
    if it is none); `listed` that the section stands under a heading like "Glossary", where terms are listed;
    `aside` that the document is about the notes and not about their subject; `top` is the level from which on
    headings name what stands under them (1 where there are several of that level, else 2); `fields` are the
    bold lead-ins that come again and again: they name what stands there, not what is talked about; `holds`
    that headings below this one name something, too; `kinds` are the section's blocks, inner ones too, sorted
    once for all rules; `entrance` tells that the file is one that readers open first; `tasks` are the ids of
    the blocks that are exercises, hints and solutions; `paragraphs` the section's paragraphs that have text,
    inner ones too, without these; `of_it` that a heading speaks of the document's subject as "it".
    """

    section: OpenSection
    title: str | None = None
    given: bool = False
    alone: bool = False
    opens: bool = False
    entries: int = 0
    listed: bool = False
    aside: bool = False
    top: int = 2
    fields: frozenset[str] = frozenset()
    holds: bool = False
    kinds: Mapping[BlockKind, Sequence[Block]] = field(default_factory=dict)
    entrance: bool = False
    tasks: frozenset[int] = frozenset()
    paragraphs: Sequence[tuple[Block, Inline]] = ()
    of_it: bool = False

    def of(self, kind: BlockKind) -> Sequence[Block]:
        """The section's blocks of a kind, in document order."""
        return self.kinds.get(kind, ())

    @property
    def lists_no_terms(self) -> bool:
        """Whether the heading says that what is listed under it is no terms: "Steps"."""
        return self.section.level > 0 and lists_no_terms(self.section.title)


Rule = Callable[[Page], Iterator[Candidate]]
