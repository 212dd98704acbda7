"""Where a document states what has to be known first: sections, boxes, lists, tables and paragraphs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.blocks import Block, BlockKind, Inline
from corpus.model import PassageKind, Requirement
from corpus.objectives import is_promised
from corpus.places import Span, meeting
from corpus.requirements.labels import MOST_WORDS, Told, is_list, labels_in, local
from corpus.requirements.wording import (
    AFTERWARDS,
    BEFORE_IT,
    LINE,
    LINE_WITHIN,
    LOOSE_TITLE,
    NEED,
    NOT_NEEDED,
    READING,
    SENTENCE,
    STATING_WORDS,
    TITLE,
    is_about_this,
    is_named,
    may_require,
    says_none,
    stated_in,
)
from corpus.sections import OpenSection
from corpus.sentences import sentence_at, sentences

_AROUND_WORDS = re.compile(r"^[\W\d]+|\W+$")


def requirements(sections: Sequence[OpenSection]) -> Iterator[Requirement]:
    """What the sections of a document state, in order."""
    for section in sections:
        title = _AROUND_WORDS.sub("", section.title)
        if section.level and is_promised(title):
            continue
        named = bool(section.level and TITLE.fullmatch(title))
        loose = bool(section.level and LOOSE_TITLE.fullmatch(title))
        if named or loose or _may_state(section):
            yield from _in(_names_in(section.blocks) if loose else section.blocks, section, named or loose)


def _may_state(section: OpenSection) -> bool:
    return any(word in section.lowered for word in STATING_WORDS) or any(
        block.kind is BlockKind.BOX for block in section.all_blocks
    )


def _names_in(blocks: Sequence[Block]) -> list[Block]:
    """The lists among some blocks of which every item could be a name."""
    return [
        block
        for block in blocks
        if block.kind is BlockKind.LIST
        and all(
            len(item.children) == 1
            and (words := item.children[0].inline)
            and (len(words.text.split()) <= MOST_WORDS // 2 or words.links)
            for item in block.children
        )
    ]


_BOXES = frozenset({"prereq", "prereqs", "prerequisite", "prerequisites", "requirements"})


def _in(blocks: Sequence[Block], section: OpenSection, named: bool) -> Iterator[Requirement]:
    """What some blocks state; all that they name where what stands above them says so (`named`)."""
    announced = False
    for block in blocks:
        if block.kind is BlockKind.BOX:
            headed = _words(block.title)
            if not named and LOOSE_TITLE.fullmatch(" ".join(headed.split()).strip(" :")):
                yield from _in(_names_in(block.children), section, True)
                yield from _needed(block.children, section)
            else:
                yield from _in(block.children, section, named or block.info in _BOXES or is_named(headed))
        elif block.kind is BlockKind.QUOTE:
            first = block.children[0] if block.children else None
            title = first.inline if first and first.kind is BlockKind.HEADING else None
            yield from _in(block.children, section, named or is_named(_words(title)))
        elif block.kind is BlockKind.LIST:
            for item in block.children:
                yield from _item(item, section, named or announced)
        elif block.kind is BlockKind.TABLE:
            yield from _table(block, section, named)
        elif block.kind is BlockKind.PARAGRAPH and block.inline:
            yield from _paragraph(block, block.inline, section, named)
        announced = _announces(block)


def _needed(blocks: Sequence[Block], section: OpenSection) -> Iterator[Requirement]:
    """What the sentences of a box such as "Before you start" say that readers need."""
    for block in blocks:
        if block.kind is not BlockKind.PARAGRAPH or not block.inline:
            continue
        text = block.inline.text
        told = Told.by(block, block.inline, section, PassageKind.PARAGRAPH)
        for start, end in sentences(text):
            need = NEED.search(text, start, end)
            if need and not NOT_NEEDED.search(text[start:end]):
                yield from labels_in(told, need.span("known"), (start, end))


def _words(inline: Inline | None) -> str:
    return inline.text if inline else ""


def _announces(block: Block) -> bool:
    """Whether a paragraph is nothing but the announcement of a list: "Prerequisites:"."""
    if block.kind is not BlockKind.PARAGRAPH or not block.inline:
        return False
    if not block.inline.text.rstrip().endswith(":"):
        return False
    words = " ".join(block.inline.text.split())
    lead = SENTENCE.search(words.rstrip(":") + " ") if may_require(words.casefold()) else None
    about = bool(lead and not NOT_NEEDED.search(words) and is_about_this(words))
    return bool(TITLE.fullmatch(words.rstrip(": ")) or LINE.fullmatch(words + " ") or about)


def _item(item: Block, section: OpenSection, named: bool) -> Iterator[Requirement]:
    first = item.children[0] if item.children else None
    if first is None or not first.inline or first.kind is not BlockKind.PARAGRAPH:
        return
    line = LINE.match(first.inline.text)
    if line and line.end() >= len(first.inline.text.strip()):
        # A bullet "Prerequisites:" with the list below it.
        for inner in item.children[1:]:
            if inner.kind is BlockKind.LIST:
                for one in inner.children:
                    yield from _item(one, section, True)
        return
    yield from _paragraph(first, first.inline, section, named)
    if not named:
        yield from _in([b for b in item.children[1:] if b.kind in _WITHIN_ITEM], section, named)


_WITHIN_ITEM = (BlockKind.LIST, BlockKind.PARAGRAPH)


def _table(table: Block, section: OpenSection, named: bool) -> Iterator[Requirement]:
    """A row or a column headed Prerequisites, or the rows of a table that stands under such a heading."""
    column = _column(table)
    for row in table.children:
        if column and len(row.children) > column:
            yield from _of_a_row(row, column, section)
            continue
        cells = [cell for cell in row.children if cell.inline]
        if not cells or cells[0].info == "header":
            continue
        words = cells[0].inline.text.strip(" :") if cells[0].inline else ""
        wanted = cells[1:] if TITLE.fullmatch(words) else cells[:1] if named else []
        for cell in wanted:
            yield from _of_a_cell(cell, section)


def _column(table: Block) -> int:
    """The place of the column that says what comes before what the first column names; 0 if there is none."""
    heads = table.children[0].children if table.children else ()
    return next(
        (
            place
            for place, cell in enumerate(heads)
            if place and cell.info == "header" and TITLE.fullmatch(_words(cell.inline).strip(" :"))
        ),
        0,
    )


def _of_a_row(row: Block, column: int, section: OpenSection) -> Iterator[Requirement]:
    """What the cell of a column says of what the first cell names, or links to."""
    cell = row.children[column]
    named = next((c.inline for c in row.children[:column] if c.inline and c.inline.links), None)
    named = named or row.children[0].inline
    if cell.info == "header" or not named or not named.text.strip():
        return
    url = local(named.links[0].url) if named.links else ""
    for one in _of_a_cell(cell, section):
        yield replace(one, subject=" ".join(named.text.split()), subject_url=url)


def _of_a_cell(cell: Block, section: OpenSection) -> Iterator[Requirement]:
    if cell.inline:
        whole = (0, len(cell.inline.text))
        yield from labels_in(Told.by(cell, cell.inline, section, PassageKind.TABLE), whole, whole)


_LONGEST_QUOTE = 500  # characters, of what follows "Prerequisites:"


def _paragraph(block: Block, inline: Inline, section: OpenSection, named: bool) -> Iterator[Requirement]:
    text, lowered = inline.text, inline.text.casefold()
    stated = tuple(_lines(text)) if ":" in text else ()
    before = bool(inline.links) and ("first" in lowered or "before" in lowered)
    reads = before and BEFORE_IT.search(text) is not None
    if not stated and not named and not reads and not may_require(lowered):
        return
    told = Told.by(block, inline, section, PassageKind.PARAGRAPH)
    for line, end in stated:
        for first, last in meeting(sentences(text), line.end(), end):
            low, high = max(first, line.end()), min(last, end)
            if low < high and not says_none(text[low:high]):
                quote = (line.start() if high - line.start() <= _LONGEST_QUOTE else low, high)
                is_name = line["known"] is not None
                yield from labels_in(told, (low, high), quote, listed=is_name)
    if stated and not stated[0][0].start():
        return
    lines = [(line.start(), end) for line, end in stated]
    for start, end in sentences(text):
        if not meeting(lines, start, end) and (named or not AFTERWARDS.search(text, start, end)):
            yield from _sentence(told, (start, end), named, reads)


def _lines(text: str) -> Iterator[tuple[re.Match[str], int]]:
    """Where a paragraph says "Prerequisites:", at its beginning, on a line or in a sentence of its own, and
    where what is named there ends."""
    found = [match for match in LINE_WITHIN.finditer(text) if _begins_anew(text, match.start())]
    ends = [*(match.start() for match in found[1:]), len(text)]
    for match, following in zip(found, ends, strict=False):
        line_end = text.find("\n", match.end())
        end = following if line_end < 0 or _continues(text, line_end) else min(line_end, following)
        if match.start():
            # What comes behind it goes on with the paragraph.
            end = min(end, sentence_at(text, match.end())[1])
        yield match, end


def _begins_anew(text: str, start: int) -> bool:
    """Whether a line or a sentence begins here, and no line just goes on: "the boat / needs: wind"."""
    ended = text[start - 1 : start] == "\n" and text[start - 2 : start - 1] in ".!?:;)"
    return not start or ended or text[start].isupper()


def _continues(text: str, line_end: int) -> bool:
    """Whether a list of names goes on in the next line."""
    return text[max(0, line_end - 8) : line_end].rstrip().endswith((",", "and", ";"))


_ARTICLE = re.compile(r"\A(?:an?|the)\s+", re.IGNORECASE)
_OF_THIS = re.compile(r"(?:this|these|it|them|what\s+follows|the\s+rest)\b", re.IGNORECASE)
_WITH = re.compile(r"you\s.*?\b(?:familiar|comfortable)\s+with\s", re.IGNORECASE | re.DOTALL)


def _sentence(told: Told, place: Span, named: bool, reads: bool) -> Iterator[Requirement]:
    """What one sentence states: that it names something where what stands above says so (`named`), or that it
    tells to read something first (`reads`)."""
    start, end = place
    sentence = told.inline.text[start:end]
    if not named and not reads and not may_require(sentence.casefold()):
        return
    if not named and (stated := stated_in(sentence)):
        low, high = stated.span("known")
        about = stated.groupdict().get("subject") or ""
        subject = "" if _OF_THIS.match(about) else _ARTICLE.sub("", " ".join(about.split()))
        # "You should be familiar with X first" gives names; what of these is not defined is missed.
        listed = bool(_WITH.match(stated[0]) and BEFORE_IT.search(sentence))
        for one in labels_in(told, (start + low, start + high), place, listed=listed):
            yield replace(one, subject=subject)
        return
    if NOT_NEEDED.search(sentence) or sentence.rstrip(" *_").endswith(":"):
        return
    lead = SENTENCE.search(sentence)
    after = start + lead.end() if lead else start
    if lead and (named or is_about_this(sentence)) and not sentence[lead.end() :].startswith("that "):
        yield from labels_in(told, (after, end), place)
    elif named:
        listed = is_list(sentence)
        yield from labels_in(told, place, place, plain=listed, listed=listed)
    elif reads and READING.search(sentence) and BEFORE_IT.search(sentence):
        found = labels_in(told, place, place, plain=False)
        yield from (one for one in found if one.url)
