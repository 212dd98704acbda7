"""What a lesson promises that its readers can do afterwards.

Read from headings and boxes such as "Learning objectives", from the list after "After this lesson you will be
able to:", and from such a sentence by itself. Front matter has its own reader.
"""

import re
from collections.abc import Iterator, Sequence

from corpus.blocks import Block, BlockKind
from corpus.model import Objective, SourceLocation
from corpus.places import lines_before
from corpus.sections import OpenSection
from corpus.sentences import sentences

_TITLE = re.compile(
    r"(?:(?:lesson|course|chapter|module|unit|session|key|main|our|your|the)\s+)*"
    r"(?:(?:learning\s+)?(?:objectives|outcomes|goals|aims|targets)|learning\s+(?:objective|outcome|goal|target))"
    r"(?:\s+(?:of|for)\s+(?:this|the)\s+\w+)?"
    r"|what\s+(?:you|we)(?:['’]ll|\s+will)?\s+(?:\w+\s+)?learn(?:\s+(?:here|in\s+this\s+\w+))?"
    r"|(?:in|after|by\s+the\s+end\s+of)\s+this\s+\w+(?:,?\s+you\b.{0,60})?"
    r"|you(?:['’]ll|\s+will)\s+learn(?:\s+\w+){0,3}|(?:what\s+)?you\s+will\s+be\s+able\s+to(?:\s+do)?",
    re.IGNORECASE,
)
_BOXES = frozenset({"objectives", "objective", "learning-objectives", "goal", "goals", "outcomes"})
_LEAD = re.compile(
    r"(?:(?:by|at)\s+the\s+end\s+of|after|upon|once|on|having)\b[^.:\n]{0,80}?\b(?:you|learners?|students?|readers?)"
    r"(?:\s+(?:will|should|shall)|['’]ll)?\s+"
    r"(?:be\s+able\s+to|can|know\s+how\s+to|have\s+learn(?:ed|t)(?:\s+(?:how\s+)?to)?|understand|know)\b\s*"
    r"|(?:in\s+this\s+\w+,?\s+)?(?:you|we)(?:['’]ll|\s+will|\s+are\s+going\s+to)\s+"
    r"(?:learn(?:\s+(?:how\s+to|about|to))?|be\s+able\s+to)\b\s*"
    r"|(?:learning\s+)?(?:objectives|outcomes|goals)(?=\s*:)",
    re.IGNORECASE,
)
_TITLE_BEFORE = re.compile(rf"(?:{_TITLE.pattern})[ \t]*[.:]\s+(?={_LEAD.pattern})", re.IGNORECASE)
_NONE = re.compile(r"\W*(?:none|n/?a|tbd|todo)\W*", re.IGNORECASE)
_SMALLEST = 3


def objectives(
    sections: Sequence[OpenSection], said: Sequence[str] = (), last_line: int = 1
) -> Iterator[Objective]:
    """What a document promises, in order, each once: `said` in its front matter, which ends in `last_line`,
    then its sections."""
    seen = {words.casefold() for words in said}
    for words in said if sections else ():
        place = SourceLocation(sections[0].location.path, 1, max(1, last_line))
        yield Objective(words, sections[0].id, place)
    for section in sections:
        for text, line, last in _of(section):
            words = " ".join(text.split()).strip(" ;.")
            if len(words) < _SMALLEST or _NONE.fullmatch(words) or words.casefold() in seen:
                continue
            seen.add(words.casefold())
            yield Objective(words, section.id, SourceLocation(section.location.path, line, last))


def is_promised(title: str) -> bool:
    """Whether under such a heading stands what readers can do afterwards."""
    return bool(_TITLE.fullmatch(title))


def _of(section: OpenSection) -> Iterator[tuple[str, int, int]]:
    title = re.sub(r"^\W+|[\W]+$", "", section.title)
    if section.level and _TITLE.fullmatch(title):
        yield from _listed(section.blocks)
        return
    yield from _announced(section.blocks)


def _announced(blocks: Sequence[Block]) -> Iterator[tuple[str, int, int]]:
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if block.kind is BlockKind.BOX:
            title = " ".join(block.title.text.split()).strip(" :") if block.title else ""
            if block.info in _BOXES or (title and _TITLE.fullmatch(title)):
                yield from _listed(block.children)
            else:
                yield from _announced(block.children)
        elif block.kind is BlockKind.QUOTE:
            yield from _in_quote(block)
        elif block.kind is BlockKind.PARAGRAPH and block.inline:
            yield from _in_paragraph(block, following)


def _in_quote(block: Block) -> Iterator[tuple[str, int, int]]:
    first = block.children[0] if block.children else None
    title = first.inline.text.strip(" :") if first and first.inline else ""
    if first and first.kind is BlockKind.HEADING and _TITLE.fullmatch(title):
        yield from _listed(block.children[1:])
    else:
        yield from _announced(block.children)


def _in_paragraph(block: Block, following: Block | None) -> Iterator[tuple[str, int, int]]:
    text = block.inline.text if block.inline else ""
    listed = following is not None and following.kind is BlockKind.LIST
    if following and listed and _TITLE.fullmatch(text.strip(" :.*")) and _stands_out(block):
        yield from _items(following)
        return
    titled = _TITLE_BEFORE.match(text)
    lead = _LEAD.match(text, titled.end() if titled else 0)
    if lead is None:
        return
    if following and listed and text.rstrip(" *_").endswith((":", "to", "…", "...")):
        yield from _items(following)
        return
    start, end = next(iter(sentences(text)), (0, len(text)))
    promised = text[lead.end() : end].strip(" :,")
    if promised and "able to" in lead[0].casefold() and start == 0:
        last = block.first_line + lines_before(text, end)
        yield promised.rstrip("."), block.first_line, last


def _stands_out(block: Block) -> bool:
    """Whether a short line is set like a heading: bold, or with a colon behind it."""
    raw = block.inline.raw.strip() if block.inline else ""
    return raw.startswith(("**", "__")) or raw.endswith(":")


def _listed(blocks: Sequence[Block]) -> Iterator[tuple[str, int, int]]:
    """The items of the lists among some blocks; without a list, their sentences."""
    lists = [block for block in blocks if block.kind is BlockKind.LIST]
    for block in lists:
        yield from _items(block)
    for block in blocks if not lists else ():
        if block.kind is BlockKind.PARAGRAPH and block.inline:
            text = block.inline.text
            for start, end in sentences(text):
                first = block.first_line + lines_before(text, start)
                lead = _LEAD.match(text, start, end)
                yield (
                    text[lead.end() if lead else start : end].strip(" :,"),
                    first,
                    first + text.count("\n", start, end),
                )


def _items(block: Block) -> Iterator[tuple[str, int, int]]:
    for item in block.children:
        first = item.children[0] if item.children else None
        if first and first.inline and first.kind is BlockKind.PARAGRAPH:
            yield first.inline.text, first.first_line, first.last_line
