"""Bullets that are terms and have bullets below them that say what they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.blocks import Block, BlockKind
from corpus.headings import is_meta_heading
from corpus.labels import looks_like_term
from corpus.names import split_names
from corpus.phrasing.meaning import says_what_it_is
from corpus.phrasing.noun_phrases import is_noun_phrase

_ROW = 2


@dataclass(frozen=True, slots=True)
class NestedTerm:
    """A bullet that is a term, the first bullet below it with its text, and whether that says what it is."""

    term: str
    line: int
    first: Block
    text: str
    says: bool


def nested_terms(listed: Block) -> Sequence[NestedTerm]:
    """The items of a list that are terms with bullets below them that say what they are."""
    found = [nested for item in listed.children if (nested := _nested_term(item))]
    saying = sum(nested.says for nested in found)
    row = saying >= _ROW and 2 * saying > len(found)
    return [nested for nested in found if nested.says or (row and is_noun_phrase(nested.text))]


def _nested_term(item: Block) -> NestedTerm | None:
    head, below = (*item.children, None, None)[:2]
    if head is None or below is None or not head.inline or below.kind is not BlockKind.LIST:
        return None
    first = below.children[0].children[0] if below.children[0].children else None
    if first is None or first.inline is None or all(map(_begins_with_link, below.children)):
        return None
    term = head.inline.text.strip().rstrip(":")
    name = split_names(term)[0]
    if not looks_like_term(name, longest=9) or is_meta_heading(name):
        return None
    text = first.inline.text
    return NestedTerm(term, item.first_line, first, text, says_what_it_is(name, text))


def _begins_with_link(item: Block) -> bool:
    inline = item.children[0].inline if item.children else None
    return inline is not None and any(link.span[0] == 0 for link in inline.links[:1])
