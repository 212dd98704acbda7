"""What a rule looks at, and what it hands back: a page of the notes and a candidate.

A rule sees one section and what its document is; it yields the term as written and the blocks, or the range
of one, that define it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.blocks import Block, BlockKind, Inline
from corpus.definitions.short_names import SHORT_NAMES
from corpus.definitions.tasks import blocks_of_tasks, sections_of_tasks
from corpus.inlines import plain_text
from corpus.labels import (
    bare_heading,
    is_about_notes,
    is_meta_heading,
    is_syllabus,
    label_key,
    lists_no_terms,
    lists_terms,
    looks_like_term,
    names_a_subject,
    names_notes,
)
from corpus.model import SectionId
from corpus.phrasing.meaning import says_what_it_is
from corpus.places import Span
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


def with_its_list(block: Block, following: Sequence[Block]) -> tuple[Block, ...]:
    """A paragraph that ends in a colon takes the list after it, unless the list holds pictures."""
    if not block.inline or not block.inline.text.rstrip().endswith(":") or not following:
        return (block,)
    listed = following[0]
    plain = listed.kind is BlockKind.LIST and not any(
        b.kind in (BlockKind.HTML, BlockKind.CODE) or (b.inline and b.inline.pictures) for b in listed.walk()
    )
    return (block, listed) if plain else (block,)


_WHAT = re.compile(r"what\s+(?:it\s+is|is\s+it|it\s+means|does\s+it\s+mean)\b", re.IGNORECASE)
# "*noun*", "/bel/", "Up: [[Harbours]]", "Tags: #sea", "status:: draft".
_GRAMMAR = re.compile(
    r"[(\[]?(?:proper\s+)?(?:noun|verb|adjective|adverb|abbreviation|acronym|phrase|n\.|v\.|adj\.|adv\.)[)\]]?[.,]?"
    r"(?:\s*[,;·|]?\s*(?:plural|singular|countable|uncountable|informal|transitive|intransitive))?|/[^/\s][^/\n]{0,40}/|\[[^\]\n]{1,40}\]",
    re.IGNORECASE,
)
_PROPERTY = re.compile(
    r"(?:up|down|parents?|tags?|topics?|status|created|updated|modified|date|links?|related|type|category|categories|"
    r"source|area|moc|next|prev(?:ious)?|author|aliases|alias|see\s+also)\s*::?(?:\s.*)?|(?:#[\w/-]+\s*)+",
    re.IGNORECASE,
)
_SEE = re.compile(r"see(?:\s+also)?:?\s[^.\n]{2,80}\.?", re.IGNORECASE)


def is_about_the_note(block: Block) -> bool:
    """Whether a paragraph says nothing of the subject: a part of speech, how it is spoken, or properties of
    the note, one a line."""
    if block.kind is not BlockKind.PARAGRAPH or not block.inline:
        return False
    text = block.inline.text.strip()
    lines = text.split("\n")
    properties = bool(text) and all(_PROPERTY.fullmatch(line.strip()) for line in lines)
    return (
        properties
        or bool(_GRAMMAR.fullmatch(text) or _SEE.fullmatch(text) or SHORT_NAMES.match(text))
        or (len(lines) > 1 and _holds_fields(block.inline))
    )


_LONGEST_VALUE = 5  # words


def _holds_fields(inline: Inline) -> bool:
    """Whether each line is a short value behind words in bold: "**Serves:** 4"."""
    stops = dict(inline.strong)
    at = 0
    for line in inline.text.split("\n"):
        stop = stops.get(at, at)
        value = inline.text[stop : at + len(line)]
        marked = inline.text[at:stop].rstrip().endswith(":") or value.lstrip().startswith(":")
        if stop == at or not marked or len(value.split()) > _LONGEST_VALUE or value.rstrip().endswith("."):
            return False
        at += len(line) + 1
    return True


# Headings and labels under which stands what a title means.
MEANING = re.compile(
    r"(?:(?:short\s+)?definition|meaning|what\s+(?:it\s+is|is\s+it|it\s+means)\??|what\s+does\s+it\s+mean\??|in\s+short)",
    re.IGNORECASE,
)
_LABEL = re.compile(rf"{MEANING.pattern}\s*[:.]\s+(?=\S)", re.IGNORECASE)


def after_label(inline: Inline) -> int:
    """Where a text begins behind a label such as "**Definition:**"."""
    label = _LABEL.match(inline.text)
    return label.end() if label else 0


_HTML_SET_OFF = re.compile(
    r"<(?P<tag>dfn|b|strong|i|em)\b[^>]*>(?P<words>.*?)</(?P=tag)\s*>", re.IGNORECASE | re.DOTALL
)


def set_off(inline: Inline) -> Sequence[Span]:
    """The ranges of a text in bold or italics, in Markdown or HTML, or marked as `<dfn>`, in order."""
    if not (inline.strong or inline.emphasis or inline.html):
        return ()
    spans = {*inline.strong, *inline.emphasis}
    if inline.html:
        at = 0
        for match in _HTML_SET_OFF.finditer(inline.raw):
            words = plain_text(match["words"])
            found = inline.text.find(words, at) if words else -1
            if found >= 0:
                at = found + len(words)
                spans.add((found, at))
    # Bold and italics at once are one span.
    return sorted(spans)


def in_words(inline: Inline) -> str:
    """A text with a letter for each sign of mathematics and code in it, which has no grammar."""
    if not inline.masked:
        return inline.text
    parts: list[str] = []
    at = 0
    for start, end in inline.masked:
        parts += (inline.text[at:start], "x" * (end - max(at, start)))
        at = max(at, end)
    return "".join((*parts, inline.text[at:]))


_ARTICLE = re.compile(r"\A(?:an?|the)\s+", re.IGNORECASE)
_PREDICATE = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:is|are|means|refers\s+to|describes|denotes)\s", re.IGNORECASE
)


def set_off_subject(inline: Inline) -> str | None:
    """The subject of a text's first sentence, if it is set off and the sentence says what it is."""
    spans = set_off(inline)
    article = _ARTICLE.match(inline.text) if spans else None
    opening = article.end() if article else 0
    span = next((s for s in spans if s[0] in (0, opening)), None)
    if span is None or not _PREDICATE.match(inline.text, span[1]):
        return None
    return _ARTICLE.sub("", inline.text[slice(*span)].strip(), count=1)


def is_picture(block: Block) -> bool:
    """Whether a block holds nothing but pictures, or is what stands by what code draws."""
    if block.kind is BlockKind.TITLE:
        return True
    only_pictures = block.inline is not None and bool(block.inline.pictures) and not block.inline.text.strip()
    return only_pictures or (block.kind is BlockKind.HTML and "<img" in block.text.lower())


def pages(title: str, sections: Sequence[OpenSection], titled: bool, path: str = "") -> Iterator[Page]:
    """A document's sections, each with what the rules may know of the document.

    `titled` says that the title was given in front matter. Otherwise a level-1 heading gives it; without one
    it is only the file's name.
    """
    welcomed = _WELCOME.match(title)
    title = title[welcomed.end() :] if welcomed else title
    headed = [s for s in sections if s.level == 1]
    top = 1 if len(headed) > 1 else 2
    if is_meta_heading(title) and not titled and (folder := _concept_folder(path)):
        # "knots/about.md" is about knots, whatever stands over it.
        title, headed = folder, []
    # "Welcome to X" is no name that somebody gave to a note about X: the text has to say what X is.
    before = sections[: sections.index(headed[0])] if len(headed) == 1 else ()
    given = titled or (
        len(headed) == 1 and all(is_about_the_note(b) or is_picture(b) for s in before for b in s.blocks)
    )
    headings = (bare_heading(s.title) for s in sections if s.level)
    aside = is_about_notes(title) or is_about_notes(_folder(path)) or is_syllabus(title, headings)
    names = (
        looks_like_term(title, longest=6)
        and not is_meta_heading(title)
        and not aside
        and not names_notes(title)
        and (given or not headed)
    )
    elsewhere = _elsewhere(sections)
    inner = [
        s
        for s in sections
        if s.level >= 1 and label_key(s.title) != label_key(title) and s.id not in elsewhere
    ]
    alone = names and not any(names_a_subject(bare_heading(s.title)) for s in inner)
    opening = next((s for s in sections if any(b.kind is BlockKind.PARAGRAPH for b in s.blocks)), None)
    introduces = opening is not None and (
        opening.level <= 1 or is_meta_heading(opening.title) or bool(_WHAT.match(opening.title))
    )
    listing = _listing(title, sections)
    entries = _entry_level(sections, listing)
    fields = _fields(sections)
    holding = {s.parent for s in sections if not (is_meta_heading(s.title) or lists_no_terms(s.title))}
    exercises = sections_of_tasks(title, sections)
    entrance = bool(_ENTRANCE.fullmatch(path.rpartition("/")[2]))
    of_it = any(_IT.search(s.title) for s in sections if s.level > 1)
    for section in sections:
        kinds = _by_kind(section.all_blocks)
        tasks = frozenset(
            map(id, section.all_blocks) if section.id in exercises else blocks_of_tasks(section)
        )
        yield Page(
            section,
            title if names else None,
            given and not welcomed,
            alone,
            introduces and section is opening,
            entries,
            section.id in listing,
            aside,
            top,
            fields,
            section.id in holding,
            kinds,
            entrance,
            tasks,
            [(b, b.inline) for b in kinds.get(BlockKind.PARAGRAPH, ()) if b.inline and id(b) not in tasks],
            of_it,
        )


# "How it works", "When to use it": the notes of one who tells of one thing.
_IT = re.compile(r"\bits?\b", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"see\s+also|(?:further|additional|recommended)\s+(?:reading|resources|information)|(?:external\s+|useful\s+|related\s+)?"
    r"(?:links|resources|references|topics|pages|content|terms)|references|sources|bibliography",
    re.IGNORECASE,
)


def _elsewhere(sections: Sequence[OpenSection]) -> set[SectionId]:
    """The sections below a heading such as "See also": they name what is told in other places."""
    found: set[SectionId] = set()
    for section in sections:
        if section.level and (section.parent in found or _ELSEWHERE.fullmatch(section.title.strip(" :"))):
            found.add(section.id)
    return found


def _by_kind(blocks: Sequence[Block]) -> dict[BlockKind, list[Block]]:
    found: dict[BlockKind, list[Block]] = defaultdict(list)
    for block in blocks:
        found[block.kind].append(block)
    return found


_WELCOME = re.compile(r"welcome\s+to\s+(?:the\s+)?(?=\S)", re.IGNORECASE)
_ENTRANCE = re.compile(r"(?:readme|_?index|home|start|welcome|intro|introduction)\.\w+", re.IGNORECASE)


def _folder(path: str) -> str:
    return path.rpartition("/")[0].rpartition("/")[2].replace("-", " ").replace("_", " ")


_ABOUT = re.compile(r"(?:about|introduction|intro|overview|definition|summary)\.\w+", re.IGNORECASE)


def _concept_folder(path: str) -> str:
    """What the folder of a file is called, if the file is one of those that tell about it."""
    return _folder(path) if _ABOUT.fullmatch(path.rpartition("/")[2]) else ""


def _listing(title: str, sections: Sequence[OpenSection]) -> set[SectionId]:
    """The sections in which terms are listed: under a title or heading that says so."""
    found: set[SectionId] = set()
    whole = lists_terms(title)
    for section in sections:
        if whole or section.parent in found or (section.level and lists_terms(section.title)):
            found.add(section.id)
    return found


_AGAIN = 3


def _fields(sections: Sequence[OpenSection]) -> frozenset[str]:
    """Bold lead-ins that stand three times or more: "**Complexity**: ..." under each of several headings."""
    leads: Counter[str] = Counter()
    for block in (b for section in sections for b in section.all_blocks):
        if block.kind is BlockKind.PARAGRAPH and block.inline and block.inline.strong:
            start, end = block.inline.strong[0]
            words = block.inline.text[start:end]
            if start == 0 and (
                words.rstrip().endswith(":") or block.inline.text[end : end + 2].strip()[:1] == ":"
            ):
                leads[label_key(words.rstrip(": "))] += 1
    return frozenset(key for key, count in leads.items() if count >= _AGAIN)


_ENTRIES = 12
_IN_ORDER = 0.9


def _entry_level(sections: Sequence[OpenSection], listing: Container[SectionId]) -> int:
    """The level of the headings that are a glossary's entries: many, without headings below (0: none).

    They stand from A to Z, or under a title that says so, or most of them are explained by what stands there.
    """
    for level in range(1, 7):
        leaves = [s for s in sections if s.level == level and not s.has_children]
        if len(leaves) < _ENTRIES:
            continue
        titles = [s.title.casefold() for s in leaves]
        ordered = sum(one <= other for one, other in pairwise(titles))
        if ordered >= _IN_ORDER * (len(leaves) - 1):
            return level
        if sum(map(_explains, leaves)) >= (_LISTED if leaves[0].id in listing else _EXPLAINED) * len(leaves):
            return level
    return 0


_LISTED = 0.5
_EXPLAINED = 0.8


def _explains(section: OpenSection) -> bool:
    """Whether the first thing under a heading says what the heading names."""
    first = section.blocks[0] if section.blocks else None
    if first is None or first.inline is None or first.kind is not BlockKind.PARAGRAPH:
        return False
    return looks_like_term(section.title) and says_what_it_is(section.title, first.inline.text, shortest=3)
