"""Headings that are terms, and the paragraph under each."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest

from corpus.acronyms import expansion, is_acronym_of
from corpus.blocks import Block, BlockKind, Inline
from corpus.definitions.page import Candidate, Page
from corpus.definitions.remarks import NO_TERM
from corpus.definitions.texts import (
    after_label,
    is_about_the_note,
    is_picture,
    set_off_subject,
    with_its_list,
)
from corpus.headings import bare_heading, is_meta_heading, lists_no_terms, lists_terms, names_a_subject
from corpus.html import summary_of, without_tags
from corpus.inlines import plain_text
from corpus.labels import ends_in_function_word, label_key, looks_like_term
from corpus.names import split_names
from corpus.phrasing.meaning import AIMS, says_in_general, says_what_it_is
from corpus.phrasing.noun_phrases import is_noun_phrase, is_plain_phrase, tells_apart
from corpus.phrasing.subjects import after_subject, begins_with_is, is_subject, restated
from corpus.phrasing.talk import asks, opens_an_aside, tells
from corpus.places import lines_before
from corpus.sentences import first_sentence, sentences

_SHORTEST_ENTRY = 2


def from_heading(page: Page) -> Iterator[Candidate]:
    """A heading that is a term, and the first thing under it: a paragraph that says what it is."""
    section = page.section
    if section.heading is None or section.level < page.top or not section.blocks:
        return
    term, line = bare_heading(section.title), section.heading.first_line
    name = split_names(term, section.location)[0]
    is_entry = section.level == page.entries
    if not _may_be_term(page, name, is_entry):
        return
    block = _first_told(section.blocks)
    senses = is_entry and page.listed and not is_meta_heading(name)
    if senses and block.kind is BlockKind.LIST and _has_senses(block):
        yield Candidate(term, line, (block,))
    if block.kind is not BlockKind.PARAGRAPH or not block.inline:
        return
    if not is_entry and _opens_with_another(name, block.inline):
        return
    subject = set_off_subject(block.inline) or name
    same = label_key(subject) == label_key(name)
    in_full = not same and is_acronym_of(name, subject)
    # "**Virtual memory** is ..." under "Memory" is about another thing.
    if not (same or is_entry or in_full or is_acronym_of(subject, name)):
        return
    start = after_label(block.inline)
    if in_full or _defines(page, term, block.inline.text[start:], is_entry):
        rest = section.blocks[section.blocks.index(block) + 1 :] if block in section.blocks else ()
        others = (subject,) if in_full else ()
        yield Candidate(term, line, (block,) if start else with_its_list(block, rest), start, others=others)


def _may_be_term(page: Page, name: str, is_entry: bool) -> bool:
    """Whether a section's heading can be a term; the entries of a glossary are, whatever they look like."""
    section = page.section
    # "A", "B", "C" in a glossary is where its terms begin with that letter.
    if page.listed and len(name) == 1 and not is_entry:
        return False
    linked = bool(section.heading and section.heading.inline and section.heading.inline.links)
    if linked or section.title.endswith("?"):
        return False
    meta = is_meta_heading(name) and not _is_said_to_be(name, section.blocks)
    return is_entry or (looks_like_term(name) and not meta)


def _first_told(blocks: Sequence[Block]) -> Block:
    """The first block that says something of the subject; what is quoted, if that is a quotation."""
    passed = (b for b in blocks if not (_is_passed_over(b) or is_about_the_note(b)))
    block = next(passed, blocks[0])
    return block.children[0] if block.kind is BlockKind.QUOTE and len(block.children) == 1 else block


def _defines(page: Page, term: str, text: str, is_entry: bool) -> bool:
    """Whether a text says what the term is that stands over it, alone or in words of its own."""
    name, aliases = split_names(term, page.section.location)
    if any(is_subject(one, text) for one in (name, *(alias.label for alias in aliases))):
        return True
    if expansion(name, text) is not None or (restated(name, text) and says_what_it_is(name, text)):
        return True
    if is_entry:
        return len(text.split()) >= _SHORTEST_ENTRY
    # A heading that could be an instruction, lists terms or holds others must be the subject of what follows.
    if (
        page.holds
        or lists_terms(page.section.title)
        or names_several(name)
        or (name == term and not names_a_subject(term))
    ):
        return False
    plain = len(page.section.blocks) == 1 and " " not in name and is_plain_phrase(text)
    return plain or says_what_it_is(name, text, shortest=3 if page.listed else 5)


def from_heading_over_list(page: Page) -> Iterator[Candidate]:
    """A heading that is a term, and a list under it whose first item says in general what it is."""
    section = page.section
    heading = section.heading.inline if section.heading else None
    name = split_names(bare_heading(section.title), section.location)[0]
    if not section.heading or not heading or heading.links or section.level < page.top:
        return
    if not names_a_subject(name) or names_several(name) or lists_no_terms(section.title):
        return
    listed = next((b for b in section.blocks if not _is_passed_over(b)), None)
    if listed is None or listed.kind is not BlockKind.LIST:
        return
    first = says_in_list(name, listed) or _is_about(name, listed)
    if first is not None:
        yield Candidate(bare_heading(section.title), section.heading.first_line, (first,))


def from_named_heading(page: Page) -> Iterator[Candidate]:
    """A heading that is a term, and the first paragraph under it, if a sentence of it ends in that name:
    "... has a level, its datum.", "This is called a datum."."""
    section, heading = page.section, page.section.heading
    if heading is None or page.holds or (heading.inline and heading.inline.links):
        return
    block = next((b for b in section.blocks if not (_is_passed_over(b) or is_about_the_note(b))), None)
    if block is None or block.kind is not BlockKind.PARAGRAPH or not block.inline:
        return
    name = split_names(bare_heading(section.title))[0]
    if section.level < max(page.top, 2) or not names_a_subject(name, longest=4) or names_several(name):
        return
    if lists_no_terms(section.title) or _opens_with_another(name, block.inline):
        return
    if _is_named(name, block.inline.text):
        yield Candidate(bare_heading(section.title), heading.first_line, (block,))


# What gives a name to what was told before it: "is called", "this is", "and you get", "..., its"; in words
# folded, with one blank between them.
_NAMES = re.compile(
    r"\b(?:called|known as|termed|named) (?:an? |the )?"
    r"|\b(?:this|that|these|those|which|result) (?:is|are|gives?|forms?|makes?) (?:an?|the|its|their) "
    r"|\b(?:you|we|one) (?:then )?(?:get|gets|have|has|obtain|obtains|speak of|call (?:it|this|that|them)) "
    r"(?:an? |the )?"
    r"|, (?:its|their) "
)
_ENDS_CLAUSE = re.compile(r"s? ?(?:[.;:,)]|\Z| \()")
_NAMING_SENTENCES = 2
_ARTICLE = re.compile(r"\A(?:an?|the) ")
# "The key of a piece is the scale ...".
_OF_A = re.compile(r" of (?:an?|any|some|each|every) [\w'’-]+(?: [\w'’-]+)? (?:is|are) (?:an?|the|how|what) ")


def _is_named(name: str, text: str) -> bool:
    """Whether one of the first sentences of a text ends in a name that it gives, or says what "the X of a Y"
    is."""
    end = max((end for _, end in sentences(text)[:_NAMING_SENTENCES]), default=0)
    told = " ".join(text[:end].split()).casefold()
    if opens_an_aside(text) and not told.startswith("to "):
        return False
    called = _ARTICLE.sub("", " ".join(name.split()).casefold().replace("-", " "))
    # Patterns of the name itself would be compiled for every heading.
    words, size = told.replace("-", " "), len(called)
    opening = _ARTICLE.match(words)
    if opening and words.startswith(called, opening.end()) and _OF_A.match(told, opening.end() + size):
        return True
    named = (m.end() + size for m in _NAMES.finditer(told) if words.startswith(called, m.end()))
    return any(_ENDS_CLAUSE.match(told, behind) for behind in named)


_ENDS_LEAD = re.compile(r"\s*(?:[:–—-]|\n)")


def _opens_with_another(name: str, inline: Inline) -> bool:
    """Whether a paragraph begins with a lead for something else than what stands above it."""
    end = next((stop for start, stop in inline.strong if start == 0), 0)
    words = inline.text[:end].rstrip(" :.")
    return (
        bool(words)
        and label_key(words) != label_key(name)
        and bool(inline.text[:end].endswith(":") or _ENDS_LEAD.match(inline.text, end))
        and not is_acronym_of(name, words)
        and not is_acronym_of(words, name)
        and not _MEANS.fullmatch(words)
    )


_MEANS = re.compile(r"(?:definition|def|meaning|what\s+it\s+is|in\s+short|term|tl;?dr)", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\([^()]*\)")


def _is_about(name: str, listed: Block) -> Block | None:
    """The first item of a list, if it says "X (...) is a ..." of the heading X."""
    first = listed.children[0].children[:1] if listed.children else ()
    words = _BRACKETS.sub("", first_sentence(first[0].inline.text)) if first and first[0].inline else ""
    return first[0] if words and begins_with_is(words) and is_subject(name, words) else None


_COUNTS = re.compile(r"(?:an?|the|one|two|three|four|five|some|any|\d+)\s", re.IGNORECASE)


def says_in_list(name: str, listed: Block) -> Block | None:
    """The first item of a list, if it says in general what the list stands under. "A set of knives" in a row
    of things says of no drawer what it is."""
    firsts = [item.children[0] for item in listed.children if item.children]
    first = firsts[0].inline if firsts else None
    if not first or (first.links[:1] and first.links[0].span[0] == 0):
        return None
    things = len(firsts) > 1 and all(b.inline and _COUNTS.match(b.inline.text) for b in firsts)
    return firsts[0] if not things and says_in_general(name, first.text) else None


_ASKS_WHAT = re.compile(
    r"what(?:(?:\s+is|\s+are|'s|’s)\s+(?:meant\s+by\s+)?(?:an?\s+|(?P<the>the\s+))?(?P<term>[^?]{2,60}?)"
    r"|\s+do(?:es)?\s+(?:the\s+(?:word|term|phrase)\s+)?(?:an?\s+)?[\"“]?(?P<word>[^?\"“”]{2,60}?)[\"”]?\s+mean)\s*\?",
    re.IGNORECASE,
)
_DOES = re.compile(r"[a-z]+(?<!s)s\s", re.IGNORECASE)


def from_asking_heading(page: Page) -> Iterator[Candidate]:
    """A heading or a line that asks "What is X?", and a paragraph under it that begins with X and tells, or
    says it in a phrase."""
    section = page.section
    first = next((b for b in section.blocks if not _is_passed_over(b)), None)
    if section.heading and first and first.kind is BlockKind.PARAGRAPH:
        yield from _answered(bare_heading(section.title), section.heading.first_line, first)
    for block, inline in page.paragraphs:
        asked, _, answer = inline.text.partition("?")
        asked, gap = f"{asked}?", len(answer) - len(answer.lstrip(" \n*_"))
        if answer.strip() and (gap or (0, len(asked)) in inline.strong):
            yield from _answered(asked, block.first_line, block, len(asked) + gap)
    for line, below in pairwise(section.blocks):
        # "2. What is an ebb?" is a list of one.
        only = line.children[0] if line.kind is BlockKind.LIST and len(line.children) == 1 else None
        said = only.children[0] if only and len(only.children) == 1 else line
        if said.inline and below.kind is BlockKind.PARAGRAPH and said.inline.text.rstrip().endswith("?"):
            yield from _answered(said.inline.text, line.first_line, below)


_NO_NAME = re.compile(
    r"\bto\b|\A(?:left|new|next|wrong|there|going|missing|needed|different|special|your|it)\b", re.IGNORECASE
)


def _answered(question: str, line: int, answer: Block, start: int = 0) -> Iterator[Candidate]:
    """What a question asks for, if the text from `start` on says what that is."""
    asked = _ASKS_WHAT.fullmatch(" ".join(question.split()))
    if not asked or not answer.inline:
        return
    term = asked["term"] or asked["word"]
    name = split_names(term)[0]
    named = names_a_subject(name, longest=5) and not ends_in_function_word(name)
    # "What is left to do?" asks for no name.
    if not named or label_key(name.split()[-1]) in AIMS or _NO_NAME.search(name):
        return
    text = answer.inline.text[start:]
    begins = after_subject(name, text)
    tells_what = begins is not None and _DOES.match(begins) and not tells(begins)
    # "What is the format?" asks for more than what a format is.
    phrase = says_in_general(name, text) or (
        asked["the"] is None and is_noun_phrase(text) and tells_apart(first_sentence(text))
    )
    if tells_what or phrase or is_subject(name, text):
        yield Candidate(term, line, (answer,), start)


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
        if _is_told(page, words, said.inline.text if said.inline else ""):
            yield Candidate(words, block.children[0].first_line, with_its_list(said, block.children[2:]))


def _is_told(page: Page, title: str, text: str) -> bool:
    """Whether a title is a term, and a text below it says in a phrase what that is."""
    name = split_names(title, page.section.location)[0]
    phrase = (_A_THING.match(text) and tells_apart(first_sentence(text))) or begins_with_is(text)
    if not phrase or not names_a_subject(name, longest=5) or lists_no_terms(name):
        return False
    says = says_what_it_is(name, text) and label_key(name) not in NO_TERM
    return says and (is_subject(name, text) or not begins_with_is(text))


_FOLDED = re.compile(
    r"<details\b[^<>]*>\s*(?P<title><summary\b[^<>]*>(?:[^<]|<(?!/?summary)){0,300}</summary\s*>)(?P<words>[^<]*+(?:<(?!/?details)[^<]*+)*)",
    re.IGNORECASE,
)


def from_fold(page: Page) -> Iterator[Candidate]:
    """`<details>` whose summary is a term, if the text in it says in a phrase what that is."""
    for block, below in zip_longest(page.section.blocks, page.section.blocks[1:]):
        if block.kind is not BlockKind.HTML or id(block) in page.tasks:
            continue
        for fold in _FOLDED.finditer(block.text):
            term = summary_of(fold["title"]).rstrip(" :")
            said = _in_fold(block, fold, below)
            if said and said.inline and term and _is_told(page, term, said.inline.text):
                yield Candidate(term, block.first_line + lines_before(block.text, fold.start()), (said,))


def _in_fold(block: Block, fold: re.Match[str], below: Block | None) -> Block | None:
    """The first paragraph that is folded: in the same piece of HTML, or below it."""
    raw = fold["words"].strip()
    if not raw:
        return (
            below if below and below.kind is BlockKind.PARAGRAPH and fold.end() == len(block.text) else None
        )
    line = block.first_line + lines_before(block.text, block.text.index(raw, fold.start("words")))
    words = "\n".join(plain_text(part) for part in without_tags(raw).split("\n"))
    return Block(BlockKind.PARAGRAPH, line, line + raw.count("\n"), inline=Inline(words, raw))


def _titled_boxes(page: Page) -> Iterator[tuple[Block, str, Block]]:
    """The boxes that have a title and begin with a paragraph."""
    for block in page.of(BlockKind.BOX):
        said = block.children[1] if block.title and len(block.children) > 1 else None
        if block.title and said and said.kind is BlockKind.PARAGRAPH and said.inline:
            yield block, block.title.text.strip(), said


def _is_said_to_be(name: str, blocks: Sequence[Block]) -> bool:
    """Whether what stands first says "a note is a ...": then "Note" is no part of the notes."""
    text = blocks[0].inline.text if blocks and blocks[0].inline else ""
    return bool(_A.match(text)) and begins_with_is(text) and is_subject(name, text)


_A = re.compile(r"an?\s", re.IGNORECASE)


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


def names_several(name: str) -> bool:
    """Whether a heading joins things ("Loss & optimization") or says what is done ("Creating random
    numbers")."""
    words = _BRACKETS.sub("", name).casefold().split()
    does = len(words) > 2 and words[0].endswith("ing") and len(words[0]) > 4
    return does or bool({"&", "and", "or", "in", "for", "with", "to", "via"} & set(words[1:-1]))
