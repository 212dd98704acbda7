"""Bullets that are terms, what defines them after, below or on the next line, and terms glued on."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.blocks import Block, BlockKind
from corpus.definitions.headings import names_several, says_in_list
from corpus.definitions.nested import nested_terms
from corpus.definitions.page import Candidate, Page
from corpus.definitions.remarks import NO_TERM
from corpus.definitions.texts import is_picture, with_its_list
from corpus.headings import is_meta_heading, names_a_subject
from corpus.kinds import lists_of_kinds
from corpus.labels import label_key, label_words, looks_like_term
from corpus.names import split_names
from corpus.other_names import pointer
from corpus.phrasing.meaning import says_what_it_is
from corpus.phrasing.noun_phrases import is_noun_phrase
from corpus.phrasing.subjects import has_verb, is_subject
from corpus.phrasing.talk import asks, points_elsewhere, speaks
from corpus.places import lines_before
from corpus.sections import OpenSection
from corpus.sentences import is_sentence

# "white stock (bones not roasted)", "brown stock – bones roasted first".
_REMARK = re.compile(
    r"(?:(?:an?|the)\s+)?(?P<term>[^\W\d_][\w'’-]*(?:\s[\w'’-]+){1,3})"
    r"(?:\s*\((?P<inside>[^()\n]{3,120})\)\s*|(?::|\s[-–—])\s+(?P<behind>[^\n]{3,300}))",
    re.IGNORECASE,
)


# "see below", "not now", "in 1990", "5 m".
_NO_REMARK = re.compile(
    r"(?:see|cf|not|no|now|in|on|at|from|of|to|for|with|without|by|until|since|before|after|about|under|over)\b"
    r"|[^.]*\d",
    re.IGNORECASE,
)
_DETERMINER = re.compile(r"(?:an?|the|any|one)\s", re.IGNORECASE)
# "bones roasted".
_THING_DONE = re.compile(r"[a-z'’-]{3,}\s(?:[a-z]+(?:ed|en|ing)|cut|made|set|put|left|hung|shut)\Z")


def from_kind(page: Page) -> Iterator[Candidate]:
    """An item of a list of kinds that is named after what it is a kind of, and what is remarked on it."""
    for broader, listed in lists_of_kinds(page.section):
        head = label_words(broader)[-1:]
        for item in listed.children:
            first = item.children[0] if item.children else None
            found = _REMARK.fullmatch(first.inline.text) if first and first.inline else None
            if not first or not found or label_words(found["term"])[-1:] != head:
                continue
            group = "inside" if found["inside"] else "behind"
            if _remarks(found[group].strip(" .")) and names_a_subject(found["term"], longest=4):
                yield Candidate(found["term"], first.first_line, (first,), *found.span(group))


def _remarks(words: str) -> bool:
    """Whether words say of a kind what it is, and not where, when or how large one of it is."""
    if _DETERMINER.match(words):
        return is_noun_phrase(words)
    phrase = _THING_DONE.match(words) or is_noun_phrase(words)
    return bool(phrase) and not _NO_REMARK.match(words) and not points_elsewhere(words)


def from_bullet_term(page: Page) -> Iterator[Candidate]:
    """A bullet that is nothing but a term, then paragraphs that are not indented."""
    for siblings in _sibling_runs(page.section):
        for index, block in enumerate(siblings):
            term = _lone_term(block)
            if term is None:
                continue
            defining: list[Block] = []
            for later in siblings[index + 1 :]:
                # A picture may stand between the term and what defines it.
                if not defining and is_picture(later):
                    continue
                if later.kind is not BlockKind.PARAGRAPH or is_picture(later) or not later.inline:
                    break
                # A further paragraph belongs to the definition if it goes on about the term.
                if defining and not is_subject(term, " ".join(later.inline.text.split())):
                    break
                defining.append(later)
            words = defining[0].inline.text if defining and defining[0].inline else ""
            says = is_sentence(words) and not speaks(words) and not asks(words)
            # "Steps and skips" names two things.
            says = says and (not names_several(term) or is_subject(term, words))
            if says or pointer(words):
                taken = defining[:-1] + list(
                    with_its_list(defining[-1], siblings[index + 1 + len(defining) :])
                )
                yield Candidate(term, block.first_line, tuple(taken))


def _lone_term(block: Block) -> str | None:
    """The term of a list of one short item. In a longer list the last item is just its end."""
    if block.kind is not BlockKind.LIST or len(block.children) != 1 or len(block.children[0].children) != 1:
        return None
    only = block.children[0].children[0].inline
    if only is None or any(
        end - start == len(only.text) for start, end in (link.span for link in only.links)
    ):
        return None
    term = only.text.strip().rstrip(":")
    name = split_names(term)[0]
    return term if looks_like_term(name, longest=9) and not has_verb(name) else None


def from_indented_bullet(page: Page) -> Iterator[Candidate]:
    """A bullet whose first paragraph is a term and whose next one, indented below it, defines it."""
    for block in page.of(BlockKind.ITEM):
        if len(block.children) < 2:
            continue
        head, body = block.children[0], block.children[1]
        if (
            head.kind is BlockKind.PARAGRAPH
            and body.kind is BlockKind.PARAGRAPH
            and head.inline
            and body.inline
        ):
            term = head.inline.text.strip().rstrip(":")
            name = split_names(term)[0]
            if looks_like_term(name, longest=9) and says_what_it_is(name, body.inline.text):
                yield Candidate(term, block.first_line, (body,))


def from_nested_bullet(page: Page) -> Iterator[Candidate]:
    """A bullet that is a term, with bullets below it, the first of which says what it is. In a list of which
    most items do, a bare phrase will do for the others."""
    for listed in page.of(BlockKind.LIST):
        for nested in nested_terms(listed):
            yield Candidate(nested.term, nested.line, (nested.first,))


def from_term_over_list(page: Page) -> Iterator[Candidate]:
    """A line that is nothing but a term, and a list below whose first item says in general what it is."""
    for before, listed in pairwise(page.section.blocks):
        if before.kind is not BlockKind.PARAGRAPH or not before.inline or listed.kind is not BlockKind.LIST:
            continue
        # With a colon a line says what kind of things are listed below.
        term = before.inline.text.strip()
        name = split_names(term)[0]
        named = looks_like_term(name, longest=5) and not is_meta_heading(name) and not has_verb(f"{name} ")
        if named and label_key(name) not in NO_TERM and (first := says_in_list(name, listed)):
            yield Candidate(term, before.first_line, (first,))


def from_lazy_bullet(page: Page) -> Iterator[Candidate]:
    """A bullet with a short term on its first line and a sentence on the next."""
    for block in page.of(BlockKind.ITEM):
        if not block.children or not block.children[0].inline:
            continue
        inline = block.children[0].inline
        head, _, rest = inline.text.partition("\n")
        if rest and _is_bare(head) and is_sentence(rest) and not speaks(rest):
            yield Candidate(head.strip(), block.first_line, (block.children[0],), start=len(head) + 1)


def _is_bare(head: str) -> bool:
    """Whether a first line is a term and nothing else: "ebb - a tide" says already what it is."""
    return looks_like_term(head, longest=5) and not re.search(r"\s[-–—=]\s", head)


def from_run_on(page: Page) -> Iterator[Candidate]:
    """Two definitions glued together: a sentence ends, a short lower-case line names the next term, and a
    capitalised sentence follows."""
    for block, inline in page.paragraphs:
        glued = list(_glued(inline.text)) if "\n" in inline.text else []
        # Each name ends what the one before it defines.
        for (name, line), following in zip(glued, [*(at for _, at in glued[1:]), None], strict=False):
            start = line + len(name) + 1
            first_line = block.first_line + lines_before(inline.text, line)
            yield Candidate(name.strip(), first_line, (block,), start, following)


def _glued(text: str) -> Iterator[tuple[str, int]]:
    lines = text.split("\n")
    offset = 0
    for index, line in enumerate(lines):
        if (
            0 < index < len(lines) - 1
            and lines[index - 1].rstrip().endswith((".", "!", "?"))
            and len(line.split()) <= 5
            and line[:1].islower()
            and not line.rstrip().endswith((".", ",", ";", ":", "!", "?"))
            and lines[index + 1][:1].isupper()
            and looks_like_term(line, longest=5)
        ):
            yield line, offset
        offset += len(line) + 1


def _sibling_runs(section: OpenSection) -> Iterator[Sequence[Block]]:
    yield section.blocks
    for block in section.all_blocks:
        if block.kind in (BlockKind.ITEM, BlockKind.QUOTE, BlockKind.DETAILS) and len(block.children) > 1:
            yield block.children
