"""A document -> its pages: what the rules may know of the whole when they look at one section."""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise

from corpus.blocks import Block, BlockKind
from corpus.definitions.page import Page
from corpus.definitions.tasks import blocks_of_tasks, sections_of_tasks
from corpus.definitions.texts import is_about_the_note, is_picture
from corpus.headings import (
    bare_heading,
    is_about_notes,
    is_meta_heading,
    is_of_people,
    is_syllabus,
    lists_no_terms,
    lists_terms,
    names_a_subject,
    names_notes,
)
from corpus.labels import label_key, looks_like_term
from corpus.model import SectionId
from corpus.phrasing.meaning import says_what_it_is
from corpus.sections import OpenSection

_WELCOME = re.compile(r"welcome\s+to\s+(?:the\s+)?(?=\S)", re.IGNORECASE)
_ENTRANCE = re.compile(r"(?:readme|_?index|home|start|welcome|intro|introduction)\.\w+", re.IGNORECASE)
# "How it works", "When to use it": the notes of one who tells of one thing.
_IT = re.compile(r"\bits?\b", re.IGNORECASE)


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
    given = titled or _is_headed(headed, sections)
    headings = (bare_heading(s.title) for s in sections if s.level)
    folder_name = _folder(path)
    aside = is_about_notes(title) or is_about_notes(folder_name) or is_of_people(folder_name)
    aside = aside or is_syllabus(title, headings)
    names = not aside and (given or not headed) and _names_a_thing(title)
    alone = names and not _names_others(title, sections)
    begins = _where_it_begins(sections)
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
        paragraphs = kinds.get(BlockKind.PARAGRAPH, ())
        yield Page(
            section,
            title=title if names else None,
            # "Welcome to X" is no name that somebody gave to a note about X: the text has to say what X is.
            given=given and not welcomed,
            alone=alone,
            opens=section is begins,
            entries=entries,
            listed=section.id in listing,
            aside=aside,
            top=top,
            fields=fields,
            holds=section.id in holding,
            kinds=kinds,
            entrance=entrance,
            tasks=tasks,
            paragraphs=[(b, b.inline) for b in paragraphs if b.inline and id(b) not in tasks],
            of_it=of_it,
        )


def _is_headed(headed: Sequence[OpenSection], sections: Sequence[OpenSection]) -> bool:
    """Whether one heading stands over the whole text: before it is nothing that says anything."""
    before = sections[: sections.index(headed[0])] if len(headed) == 1 else ()
    return len(headed) == 1 and all(is_about_the_note(b) or is_picture(b) for s in before for b in s.blocks)


def _names_a_thing(title: str) -> bool:
    return looks_like_term(title, longest=6) and not is_meta_heading(title) and not names_notes(title)


def _names_others(title: str, sections: Sequence[OpenSection]) -> bool:
    """Whether a heading names another thing than the title does, and not where to read on."""
    elsewhere, own = _elsewhere(sections), label_key(title)
    return any(
        names_a_subject(bare_heading(s.title))
        for s in sections
        if s.level >= 1 and label_key(s.title) != own and s.id not in elsewhere
    )


def _where_it_begins(sections: Sequence[OpenSection]) -> OpenSection | None:
    """The first section with a paragraph, if it is the document's own: under no heading that names a part."""
    first = next((s for s in sections if any(b.kind is BlockKind.PARAGRAPH for b in s.blocks)), None)
    own = first is not None and (
        first.level <= 1 or is_meta_heading(first.title) or bool(_WHAT.match(first.title))
    )
    return first if own else None


_WHAT = re.compile(r"what\s+(?:it\s+is|is\s+it|it\s+means|does\s+it\s+mean)\b", re.IGNORECASE)
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
_LISTED = 0.5
_EXPLAINED = 0.8


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


def _explains(section: OpenSection) -> bool:
    """Whether the first thing under a heading says what the heading names."""
    first = section.blocks[0] if section.blocks else None
    if first is None or first.inline is None or first.kind is not BlockKind.PARAGRAPH:
        return False
    return looks_like_term(section.title) and says_what_it_is(section.title, first.inline.text, shortest=3)
