"""Documents about one thing: the title names it, and the text says near its beginning what it is."""

import re
from collections.abc import Iterator

from corpus.acronyms import spells
from corpus.blocks import Block, BlockKind, Inline
from corpus.definitions.page import Candidate, Page
from corpus.definitions.short_names import short_and_long
from corpus.definitions.texts import MEANING, after_label, is_about_the_note, is_picture, with_its_list
from corpus.headings import names_a_subject
from corpus.labels import label_key, label_words, looks_like_term
from corpus.phrasing.meaning import says_what_it_is
from corpus.phrasing.noun_phrases import (
    begins_with_genus,
    is_bare_phrase,
    is_noun_phrase,
    says_how_much,
    tells_apart,
)
from corpus.phrasing.subjects import is_subject, only_tells, restated, says_of_another
from corpus.phrasing.talk import asks, opens_an_aside, points_elsewhere, speaks
from corpus.places import lines_before
from corpus.sentences import first_sentence, sentences


def from_front_matter(page: Page) -> Iterator[Candidate]:
    """A document about one thing: its title, and the first paragraph of it."""
    section = page.section
    meaning = section.level > 1 and bool(MEANING.fullmatch(section.title.strip()))
    if not page.title or (section.level > 1 and not (meaning and page.opens)):
        return
    for index, block in enumerate(section.blocks):
        if _is_no_text(block) or is_about_the_note(block):
            continue
        # A short quotation may say it as well, or a box that is called a definition.
        boxed = _in_box(block)
        quoted = block.kind is BlockKind.QUOTE and len(block.children) == 1
        said = boxed or (block.children[0] if quoted else block)
        if said.kind is not BlockKind.PARAGRAPH or not said.inline:
            return
        start = after_label(said.inline)
        words = said.inline.text[start:]
        first = section.heading.first_line if section.heading and not meaning else 1
        if (bare := _LEVEL.sub("", page.title)) != page.title and is_subject(bare, words):
            yield Candidate(bare, first, (said,), start)
        elif (
            _introduces(page, page.title, said.inline)
            if page.alone and not start and not meaning and not boxed
            else (bool(start) or meaning or boxed is not None) and _is_meant(page.title, words)
        ) or (not page.alone and _is_about(page, words)):
            blocks = (said,) if start or quoted or boxed else with_its_list(said, section.blocks[index + 1 :])
            yield Candidate(page.title, first, blocks, start)
        return


def _is_meant(title: str, words: str) -> bool:
    """Whether words behind "Definition:" say what the title is: any do that do not ask or go on talking."""
    talks = opens_an_aside(words) or speaks(words) or asks(first_sentence(words))
    return says_what_it_is(title, words, shortest=3) or (len(words.split()) >= _SHORTEST and not talks)


def _in_box(block: Block) -> Block | None:
    """The first paragraph or bullet of a box that is titled "Definition", "What it is" or the like."""
    if block.kind is not BlockKind.BOX or not block.title or len(block.children) < _TITLED:
        return None
    if not MEANING.fullmatch(block.title.text.strip(" :")):
        return None
    first = block.children[1]
    items = first.children[:1] if first.kind is BlockKind.LIST else ()
    return items[0].children[0] if items and items[0].children else first


_TITLED = 2

_OF_NOTES = re.compile(
    r"an?\s+(?:[\w-]+\s+){0,3}?(?:collection|list|repository|repo|set|guide|course|introduction|summary|overview|"
    r"compilation|tutorial|walk-?through|series|book|page|site|website|note|project|place|look|tour|workshop|primer|"
    r"glossary|reference|document|template|log|chapter|lesson|lecture|folder)\b",
    re.IGNORECASE,
)
_A_KIND = re.compile(r"An?\s")
# "Sailing basics", whose text says what sailing is.
_LEVEL = re.compile(
    r"\s*[:,–—-]?\s+(?:the\s+)?(?:basics|fundamentals|essentials|101|explained|at\s+a\s+glance|in\s+a\s+nutshell|overview|primer|"
    r"for\s+beginners)\Z|\A(?:an?\s+)?(?:intro(?:duction)?\s+to|basics\s+of|fundamentals\s+of|overview\s+of)\s+",
    re.IGNORECASE,
)


_JOINS = re.compile(r"\s(?:and|&|or|vs\.?|versus)\s|,\s", re.IGNORECASE)


def _is_about(page: Page, words: str) -> bool:
    """Whether a note with headings for further things says first, in a phrase, what its title is: "A knot
    that ...". Under "Knots and hitches" that would be said of one of the two."""
    sentence = first_sentence(words)
    return (
        page.given
        and not _JOINS.search(page.title or "")
        and (not page.entrance or "/" in page.section.location.path)
        and bool(_A_KIND.match(sentence) or begins_with_genus(sentence))
        and not _OF_NOTES.match(sentence)
        and sentence.endswith(".")
        and is_noun_phrase(sentence)
        and tells_apart(sentence)
        and says_what_it_is(page.title or "", words)
    )


def _introduces(page: Page, title: str, inline: Inline) -> bool:
    """Whether a first paragraph says what the title names. Where the author wrote the title, less will do."""
    words = " ".join(inline.text.split())
    if points_elsewhere(words):
        return page.given
    if len(words.split()) < _SHORTEST:
        return False
    if only_tells(title, words):
        return False
    if is_subject(title, words):
        return True
    # "Load the boat" tells what to do, "Load balancer" names a thing: its text has to say so.
    sentence = first_sentence(words)
    if not (names_a_subject(title) or (page.given and _is_a_thing(title, sentence))):
        return False
    # A paragraph that opens with another term in bold is about that one.
    opens_with = next((inline.text[a:b] for a, b in inline.strong if a == 0), title)
    if label_key(opens_with.rstrip(": ")) != label_key(title):
        return False
    # What only the name of the file says must stand in the text as well.
    if not page.given or (page.entrance and _OF_NOTES.match(words)):
        return False
    if _defines_another(title, sentence) or says_of_another(title, sentence) or sentence.endswith("?"):
        return False
    return (
        says_what_it_is(title, words)
        or is_bare_phrase(sentence)
        or says_how_much(sentence)
        or _is_part_of(title, sentence)
        or (_speaks_of(title, sentence) if opens_an_aside(words) else page.of_it)
        or (page.of_it and _names_it(title, sentence) and not speaks(words))
    )


def _is_a_thing(title: str, sentence: str) -> bool:
    """Whether a sentence says in a phrase what is called by two words, though the first may be a verb: "A
    shelf with ..." under "Put wall"."""
    return (
        len(title.split()) == _TITLED
        and looks_like_term(title)
        and bool(_A_KIND.match(sentence))
        and not _OF_NOTES.match(sentence)
        and is_noun_phrase(sentence)
        and tells_apart(sentence)
    )


_ANOTHER_IS = re.compile(
    r"(?:An?\s+|The\s+|)(?P<name>[^\W\d_][\w'’-]*(?:\s[\w'’-]+){0,3}?)(?:\s+(?:is|are|means?|refers?\s+to)|:)\s+(?:an?|the|how|what)\s",
    re.IGNORECASE,
)
_STEM = 4


def _defines_another(title: str, sentence: str) -> bool:
    """Whether a sentence says of something else than the title what it is: "The keel is the backbone of the
    ship" under "Ship". Names with a word, its stem or their first letters in common are one thing."""
    other = _ANOTHER_IS.match(sentence)
    if other is None or not looks_like_term(other["name"], longest=4):
        return False
    words, others = label_words(title), label_words(other["name"])
    related = any(one[:_STEM] == word[:_STEM] for one in words for word in others)
    initials = {"".join(w[0] for w in names) for names in (words, others)}
    return not related and initials.isdisjoint({*words, *others})


def _speaks_of(title: str, sentence: str) -> bool:
    """Whether a sentence says what something is and has all words of a title: "When we speak of high (and
    low) water, this means ..."."""
    return not speaks(sentence) and _names_it(title, sentence) and bool(_MEANS.search(sentence))


def _names_it(title: str, sentence: str) -> bool:
    """Whether a sentence has all words of a title."""
    return set(label_words(title)) <= {key for word in sentence.split() for key in label_words(word)}


_MEANS = re.compile(r"\s(?:means?|refers?\s+to|(?:is|are)\s+(?:an?|the|any)|\w+\s+meanings)\b", re.IGNORECASE)
_OPENS = re.compile(
    r"(?:[^,.;:]{2,60},\s+)?(?:(?:an?|the)\s+)?(?P<one>[\w-]+)\s+(?P<two>[\w-]+)", re.IGNORECASE
)


def _is_part_of(title: str, sentence: str) -> bool:
    """Whether a sentence begins with the name that a title gives, in part or with other words: "Mutual aid
    (or support) is" under "Mutual support", "Tidal power" under "Tidal"."""
    opening = _OPENS.match(sentence)
    if opening is None:
        return False
    if spells(opening["one"], title):
        return bool(_MEANS.search(sentence))
    words, said = label_words(title), [label_words(opening[word])[-1:] for word in ("one", "two")]
    first, second = ({w for w in words for key in keys if _is_short_for(w, key)} for keys in said)
    more = len(words) > 1 and len(first | second) >= len(words) - 1
    named = more or (len(words) == 1 and opening["two"][0].isupper())
    begins = bool(first or (second and words[-1] in second))
    return begins and (named or bool(_MEANS.search(sentence)))


def _is_short_for(one: str, other: str) -> bool:
    """Whether two words are the same, or one the beginning of the other: "max", "maximum"."""
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= _SHORTENED and long.startswith(short))


_SHORTENED = 3


_SHORTEST = 5
_OPENING_PARAGRAPHS = 3


def from_title(page: Page) -> Iterator[Candidate]:
    """A document that says near its beginning what its title is, in a sentence about it."""
    if not page.title or not page.opens or next(from_front_matter(page), None):
        return
    every = page.section.all_blocks
    paragraphs = [b for b in every if b.kind is BlockKind.PARAGRAPH and b.inline and not _is_no_text(b)]
    for block in paragraphs[:_OPENING_PARAGRAPHS]:
        text = block.inline.text if block.inline else ""
        for start, end in sentences(text):
            told = start == 0 and says_what_it_is(page.title, text) and restated(page.title, text)
            said = is_subject(page.title, text[start:end]) and not only_tells(page.title, text[start:end])
            if told or said:
                first_line = block.first_line + lines_before(text, start)
                yield Candidate(page.title, first_line, (block,), start or told)
                return


def from_file_name(page: Page) -> Iterator[Candidate]:
    """A note that only its file names, and whose first paragraph says in a phrase what that is. Whether other
    notes speak of it by this name is seen when all are read (`corpus/file_names.py`)."""
    if not page.title or page.given or not page.alone or page.entrance or page.section.level:
        return
    said = next((b for b in page.section.blocks if not (_is_no_text(b) or is_about_the_note(b))), None)
    if said is None or said.kind is not BlockKind.PARAGRAPH or not said.inline:
        return
    words = said.inline.text
    sentence = first_sentence(words)
    opens_with = next((words[a:b] for a, b in said.inline.strong if a == 0), page.title)
    named = names_a_subject(page.title) and label_key(opens_with.rstrip(": ")) == label_key(page.title)
    phrase = (_OPENS_PHRASE.match(sentence) or is_noun_phrase(sentence)) and not _OF_NOTES.match(words)
    if named and phrase and not _defines_another(page.title, sentence) and says_what_it_is(page.title, words):
        yield Candidate(page.title, said.first_line, (said,))


_OPENS_PHRASE = re.compile(r"(?:an?|the|any|one|to|how)\s|[A-Za-z]{2,}ing\s", re.IGNORECASE)


# A table that is drawn, and not as it should be.
_DRAWN = re.compile(r"\+[-=:]{2,}[-=:+]*\+")


def _is_no_text(block: Block) -> bool:
    inline = block.inline
    other = inline is not None and (_DRAWN.match(inline.text) or short_and_long(inline))
    return bool(other) or is_picture(block) or block.kind in (BlockKind.HTML, BlockKind.RULE)
