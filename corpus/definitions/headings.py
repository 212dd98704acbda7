"""Headings that are terms, and the paragraph under each."""

import re
from collections.abc import Iterator

from corpus.definitions.page import (
    Candidate,
    Page,
    after_label,
    is_about_the_note,
    is_picture,
    set_off_subject,
    with_its_list,
)
from corpus.labels import (
    bare_heading,
    is_meta_heading,
    label_key,
    lists_terms,
    looks_like_term,
    names_a_subject,
)
from corpus.markdown import Block, BlockKind
from corpus.names import is_acronym_of, split_names
from corpus.phrasing import is_plain_phrase, is_subject, restated, says_what_it_is

_SHORTEST_ENTRY = 2


def from_heading(page: Page) -> Iterator[Candidate]:
    """A heading that is a term, and the first thing under it: a paragraph that says what it is."""
    section = page.section
    if section.heading is None or section.level < page.top or not section.blocks:
        return
    term = bare_heading(section.title)
    heading = section.heading.inline
    linked = bool(heading and heading.links)
    name = split_names(term, section.location)[0]
    is_entry = section.level == page.entries
    if linked or section.title.endswith("?") or not (is_entry or looks_like_term(name)):
        return
    if is_meta_heading(name) and not is_entry:
        return
    block = next(
        (b for b in section.blocks if not (_is_passed_over(b) or is_about_the_note(b))),
        section.blocks[0],
    )
    if block.kind is BlockKind.QUOTE and len(block.children) == 1:
        block = block.children[0]
    if block.kind is not BlockKind.PARAGRAPH or not block.inline:
        return
    subject = set_off_subject(block.inline) or name
    in_full = is_acronym_of(name, subject)
    # "**Virtual memory** is ..." under "Memory" is about another thing.
    if not (is_entry or in_full or is_acronym_of(subject, name) or label_key(subject) == label_key(name)):
        return
    # A heading that could be an instruction, lists terms or holds others must be the subject of what follows.
    strict = (
        page.holds
        or lists_terms(section.title)
        or _names_several(name)
        or (name == term and not names_a_subject(term))
    )
    start = after_label(block.inline)
    text = block.inline.text[start:]
    plain = len(section.blocks) == 1 and " " not in name and is_plain_phrase(text)
    says = (
        len(text.split()) >= _SHORTEST_ENTRY
        if is_entry
        else not strict and (says_what_it_is(name, text, shortest=3 if page.listed else 5) or plain)
    )
    if says or in_full or is_subject(name, text) or (restated(name, text) and says_what_it_is(name, text)):
        rest = section.blocks[section.blocks.index(block) + 1 :] if block in section.blocks else ()
        others = (subject,) if in_full else ()
        yield Candidate(
            term,
            section.heading.first_line,
            (block,) if start else with_its_list(block, rest),
            start,
            others=others,
        )


_BOX_TITLE = re.compile(
    r"(?:definition|def\.)(?:\s+\d+(?:\.\d+)*)?\s*[:(–—-]\s*(?P<term>[^()]{2,60}?)\)?", re.IGNORECASE
)
_DEFINES = re.compile(r"(?:prf:)?def(?:inition|n)?", re.IGNORECASE)


def from_box(page: Page) -> Iterator[Candidate]:
    """A box for a definition whose title is the term: `:::{prf:definition} Ebb`, `"Definition: Ebb"`."""
    for block in page.of(BlockKind.BOX):
        title = block.title
        said = block.children[1] if title and len(block.children) > 1 else None
        if title is None or said is None or said.kind is not BlockKind.PARAGRAPH or not said.inline:
            continue
        words = title.text.strip()
        given = _BOX_TITLE.fullmatch(words)
        term = given["term"].strip() if given else words if _DEFINES.fullmatch(block.info) else ""
        name = split_names(term, page.section.location)[0]
        if term and looks_like_term(name) and not is_meta_heading(name):
            first = block.children[0].first_line
            yield Candidate(term, first, with_its_list(said, block.children[2:]))


def _is_passed_over(block: Block) -> bool:
    """Whether a block before the first paragraph says nothing of the heading: a picture, a warning."""
    return block.kind is BlockKind.BOX or is_picture(block) or _is_html_heading(block)


def _is_html_heading(block: Block) -> bool:
    return block.kind is BlockKind.HTML and bool(
        re.fullmatch(r"\s*<h[1-6][^>]*>.*</h[1-6]>\s*", block.text, re.DOTALL | re.IGNORECASE)
    )


def _names_several(name: str) -> bool:
    """Whether a heading joins things ("Loss & optimization") or says what is done ("Creating random
    numbers")."""
    words = name.casefold().split()
    does = len(words) > 2 and words[0].endswith("ing") and len(words[0]) > 4
    return does or bool({"&", "and", "or", "in", "for", "with", "to", "via"} & set(words[1:]))
