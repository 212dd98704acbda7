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
from corpus.definitions.remarks import NO_TERM
from corpus.labels import (
    bare_heading,
    is_meta_heading,
    label_key,
    lists_no_terms,
    lists_terms,
    looks_like_term,
    names_a_subject,
)
from corpus.markdown import Block, BlockKind
from corpus.names import expansion, is_acronym_of, split_names
from corpus.phrasing import (
    asks,
    begins_with_is,
    first_sentence,
    is_plain_phrase,
    is_subject,
    restated,
    says_what_it_is,
    tells_apart,
)

_SHORTEST_ENTRY = 2


def from_heading(page: Page) -> Iterator[Candidate]:
    """A heading that is a term, and the first thing under it: a paragraph that says what it is."""
    section = page.section
    if section.heading is None or section.level < page.top or not section.blocks:
        return
    term = bare_heading(section.title)
    heading = section.heading.inline
    linked = bool(heading and heading.links)
    name, aliases = split_names(term, section.location)
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
    senses = is_entry and page.listed and not is_meta_heading(name)
    if senses and block.kind is BlockKind.LIST and _has_senses(block):
        yield Candidate(term, section.heading.first_line, (block,))
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
    about = any(is_subject(one, text) for one in (name, *(alias.label for alias in aliases)))
    about = about or expansion(name, text) is not None
    if says or in_full or about or (restated(name, text) and says_what_it_is(name, text)):
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
    for block, words, said in _titled_boxes(page):
        given = _BOX_TITLE.fullmatch(words)
        term = given["term"].strip() if given else words if _DEFINES.fullmatch(block.info) else ""
        name = split_names(term, page.section.location)[0]
        if term and looks_like_term(name) and not is_meta_heading(name):
            yield Candidate(term, block.children[0].first_line, with_its_list(said, block.children[2:]))


_A_THING = re.compile(r"(?:an?|the|one|any)\s|[A-Z]?[a-z]{2,}ing\s(?:an?|the|of)\s", re.IGNORECASE)


def from_titled_box(page: Page) -> Iterator[Candidate]:
    """A note, margin or side bar whose title is a term, if its text says in a phrase what that is."""
    for block, words, said in _titled_boxes(page):
        text = said.inline.text if said.inline else ""
        name = split_names(words, page.section.location)[0]
        phrase = (_A_THING.match(text) and tells_apart(first_sentence(text))) or begins_with_is(text)
        if phrase and names_a_subject(name, longest=5) and not lists_no_terms(name):
            says = says_what_it_is(name, text) and label_key(name) not in NO_TERM
            if says and (is_subject(name, text) or not begins_with_is(text)):
                yield Candidate(words, block.children[0].first_line, with_its_list(said, block.children[2:]))


def _titled_boxes(page: Page) -> Iterator[tuple[Block, str, Block]]:
    """The boxes that have a title and begin with a paragraph."""
    for block in page.of(BlockKind.BOX):
        said = block.children[1] if block.title and len(block.children) > 1 else None
        if block.title and said and said.kind is BlockKind.PARAGRAPH and said.inline:
            yield block, block.title.text.strip(), said


def _has_senses(listed: Block) -> bool:
    """Whether each item of a list says what something is: the senses of a word in a glossary."""
    firsts = [item.children[0] for item in listed.children if item.children]
    texts = [first.inline.text for first in firsts if first.inline and not first.inline.links]
    return (
        len(texts) == len(listed.children)
        and not any(map(asks, texts))
        and all(len(text.split()) >= _SHORTEST_ENTRY for text in texts)
    )


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
