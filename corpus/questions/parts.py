"""A section's blocks as a quiz sees them: text, lists, boxes that hide an answer, tables, code.

Notes hide answers in many ways: `<details>`, boxes called solution, quotes inside quotes. Here all become a
box with a name, a title and parts of its own, so that the rules know one kind only.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from msgspec import Struct

from corpus.blocks import Block, BlockKind, Inline
from corpus.html import without_tags
from corpus.inlines import plain_text
from corpus.places import lines_before


class PartKind(StrEnum):
    """What a part is."""

    TEXT = "text"
    LIST = "list"
    ITEM = "item"
    BOX = "box"
    TABLE = "table"
    ROW = "row"
    CODE = "code"
    HEADING = "heading"


class Part(Struct, frozen=True):
    """A piece of a section. `text` is plain, a newline for each line break; `raw` its Markdown; `name` what a
    box is called ("details", "solution") or the language of code; `title` the words that a box shows."""

    kind: PartKind
    first_line: int
    last_line: int
    text: str = ""
    raw: str = ""
    name: str = ""
    title: str = ""
    parts: tuple["Part", ...] = ()
    inline: Inline | None = None

    @property
    def words(self) -> str:
        """All words of the part, in one line."""
        own = (self.title, self.text) if self.kind is PartKind.BOX else (self.text,)
        return " ".join(" ".join((*own, *(part.words for part in self.parts))).split())


# The languages that code with questions in it has: as marked lines, or as JSON.
TEXT_FENCES = frozenset({"quiz", "question", "questions", "quizdown", "flashcards", "flashcard", "mcq"})
JSON_FENCES = frozenset({"json", "quiz", "quizdown", "question", "questions"})
QUIZ_FENCES = TEXT_FENCES | JSON_FENCES

# Nobody hides answers deeper; what is opened deeper is read as if it were not hidden.
_DEEPEST = 20


def words_of(parts: Sequence[Part]) -> str:
    """The words of several parts, in one line."""
    return " ".join(part.words for part in parts if part.words)


def parts_of(blocks: Sequence[Block]) -> tuple[Part, ...]:
    """The parts that blocks make up; what stands between the tags of `<details>` is one box."""
    opened: list[tuple[int, list[str], list[Part]]] = []
    found: list[Part] = []
    for block in blocks:
        for event in _events(block):
            inner = opened[-1][2] if opened else found
            if isinstance(event, Part):
                inner.append(event)
            elif event.mark == "open" and len(opened) < _DEEPEST:
                opened.append((event.line, [], []))
            elif event.mark == "summary" and opened:
                opened[-1][1].append(event.words)
            elif event.mark == "close" and opened:
                _close(opened, found, event.line)
    while opened:
        _close(opened, found, blocks[-1].last_line)
    return tuple(found)


def _close(opened: list[tuple[int, list[str], list[Part]]], found: list[Part], line: int) -> None:
    first, title, parts = opened.pop()
    around = opened[-1][2] if opened else found
    last = max(first, line)
    around.append(Part(PartKind.BOX, first, last, name="details", title=" ".join(title), parts=tuple(parts)))


# --- blocks ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Tag:
    mark: str
    line: int
    words: str = ""


def _events(block: Block) -> Iterator[Part | _Tag]:
    if block.kind is BlockKind.HTML:
        yield from _html(block)
    elif part := _part(block):
        yield part


def _part(block: Block) -> Part | None:
    lines = (block.first_line, block.last_line)
    match block.kind:
        case BlockKind.PARAGRAPH | BlockKind.CELL | BlockKind.HEADING if block.inline:
            kind = PartKind.HEADING if block.kind is BlockKind.HEADING else PartKind.TEXT
            text = block.inline.text
            if "{:" in text:
                text = _KRAMDOWN.sub("", text)
            return Part(kind, *lines, text, block.inline.raw, inline=block.inline) if text.strip() else None
        case BlockKind.LIST | BlockKind.ITEM | BlockKind.TABLE | BlockKind.ROW:
            return Part(PartKind(block.kind.value), *lines, parts=parts_of(block.children))
        case BlockKind.CODE | BlockKind.MATH:
            return Part(PartKind.CODE, *lines, block.text.rstrip("\n"), name=block.info.strip("{}.:").lower())
        case BlockKind.QUOTE:
            return _quote(block)
        case BlockKind.BOX:
            title = " ".join(block.title.text.split()) if block.title else ""
            parts = parts_of(block.children)
            return Part(PartKind.BOX, *lines, name=block.info.lower(), title=title, parts=parts)
    return None


_NAMES = frozenset({"solution", "answer", "challenge", "exercise", "question", "task", "discussion"})
# The line that kramdown puts under a quote to say what it is.
_KRAMDOWN = re.compile(r"(?:\n?\{:\s*[.#\w\s-]+\}\s*)+\Z")
_KRAMDOWN_CLASS = re.compile(r"\{:\s*\.(\w+)\s*\}")


def _quote(block: Block) -> Part:
    """A quote with a heading is a box by that title; its name is what the quote is marked as."""
    parts = parts_of(block.children)
    title = parts[0].text if parts and parts[0].kind is PartKind.HEADING else ""
    first = title.partition(" ")[0].strip(":").lower()
    marks = [m for part in parts for m in _KRAMDOWN_CLASS.findall(part.raw)]
    name = marks[-1] if marks else first if first in _NAMES else "quote"
    rest = parts[1:] if title else parts
    return Part(PartKind.BOX, block.first_line, block.last_line, name=name, title=title, parts=rest)


# --- HTML --------------------------------------------------------------------------------------------------

_DETAILS = re.compile(
    r"(?P<open><details\b[^>]*>)|(?P<close></details\s*>)"
    r"|<summary\b[^>]{0,200}>(?P<summary>(?:[^<]|<(?!/?summary)){0,2000})</summary\s*>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<br\s*/?>|</(?:p|div|li|tr)\s*>", re.IGNORECASE)
_LISTED = re.compile(r"^\s{0,3}(?:\d{1,3}[.)]|[-*+])\s+(?=\S)")


def _html(block: Block) -> Iterator[Part | _Tag]:
    html, place = block.text, 0
    for match in _DETAILS.finditer(html):
        yield from _html_text(html, place, match.start(), block.first_line)
        line = block.first_line + lines_before(html, match.start())
        if match["open"]:
            yield _Tag("open", line)
        elif match["close"]:
            yield _Tag("close", line)
        else:
            yield _Tag("summary", line, _plain(match["summary"]))
        place = match.end()
    yield from _html_text(html, place, len(html), block.first_line)


def _html_text(html: str, start: int, end: int, first_line: int) -> Iterator[Part]:
    """Words between tags; a list in Markdown that a tag keeps from being one is a list all the same."""
    first = first_line + lines_before(html, start)
    items: list[Part] = []
    words: list[str] = []
    for offset, line in enumerate(_BREAK.sub(" ", html[start:end]).split("\n")):
        listed = _LISTED.match(line)
        text = _plain(line[listed.end() :] if listed else line)
        if listed and text:
            inner = Part(PartKind.TEXT, first + offset, first + offset, text, line[listed.end() :])
            items.append(Part(PartKind.ITEM, first + offset, first + offset, parts=(inner,)))
        elif text:
            words.append(text)
    last = first + html.count("\n", start, end)
    if len(items) > 1 and not words:
        yield Part(PartKind.LIST, items[0].first_line, items[-1].last_line, parts=tuple(items))
    elif items or words:
        told = " ".join([*words, *(item.words for item in items)])
        yield Part(PartKind.TEXT, first, last, told, told)


def _plain(html: str) -> str:
    return plain_text(without_tags(html).strip())
