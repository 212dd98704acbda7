"""Lines or bullets that begin `Q:`, `A:` and `E:`, or the whole words, bold or not, with options between."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from msgspec import Struct

from corpus.questions.marks import (
    MARK,
    NUMBERED,
    OPTION,
    Option,
    asks,
    option,
    options_beside,
    resolved,
    role_of,
    without_asides,
)
from corpus.questions.page import Item, Page
from corpus.questions.parts import Part, PartKind


class Line(Struct, frozen=True):
    """A line of text, its part's Markdown, where it stands, and whether it begins a part."""

    text: str
    raw: str
    number: int
    begins: bool
    listed: bool


@dataclass(slots=True)
class _Open:
    """The item that is being read: for each mark its words, from which line to which."""

    words: dict[str, str] = field(default_factory=dict)
    options: list[Option] = field(default_factory=list)
    first_line: int = 0
    last_line: int = 0
    current: str = ""


def from_lines(page: Page) -> Iterator[Item]:
    """Marked lines, in order."""
    yield from marked_items(tuple(lines_of(page.parts)))


def lines_of(parts: Sequence[Part], listed: bool = False) -> Iterator[Line]:
    """The lines of paragraphs and lists, in order; boxes are looked at by rules of their own."""
    for part in parts:
        if part.kind is PartKind.TEXT:
            raws = part.raw.split("\n")
            for offset, text in enumerate(part.text.split("\n")):
                raw = raws[offset] if offset < len(raws) else text
                yield Line(text.strip(), raw, part.first_line + offset, not offset, listed)
        elif part.kind in (PartKind.LIST, PartKind.ITEM):
            yield from lines_of(part.parts, True)


def marked_items(lines: Sequence[Line]) -> Iterator[Item]:
    """The items that marked lines make up."""
    item = _Open()
    for index, line in enumerate(lines):
        mark = MARK.match(line.text)
        role = role_of(mark["mark"]) if mark and not _is_option(lines, index, item) else ""
        if role == "q":
            yield from _closed(item)
            item = _Open(first_line=line.number)
        if mark and role and (role == "q" or ("q" in item.words and role not in item.words)):
            item.words[role] = line.text[mark.end() :]
            item.current, item.last_line = role, line.number
        elif item.words and line.begins and not line.listed and _is_another(line.text):
            yield from _closed(item)
            item = _Open()
        elif _may_be_option(line, item):
            item.options.append(option(line.text, line.raw))
            item.current, item.last_line = "", line.number
        elif _goes_on_an_option(line, item):
            goes_on = f"{item.options[-1].text} {line.text}"
            item.options[-1] = replace(item.options[-1], text=goes_on)
            item.last_line = line.number
        elif line.begins or role:
            # Another paragraph, or a mark that is there already, belongs to nothing.
            item.current = ""
        elif item.current:
            item.words[item.current] += f" {line.text}"
            item.last_line = line.number
    yield from _closed(item)


def _is_another(text: str) -> bool:
    """Whether a paragraph is the next question, which has a number and no mark."""
    return bool(NUMBERED.match(text)) and asks(text)


def _may_be_option(line: Line, item: _Open) -> bool:
    """Whether a line can be an option: an item of a list, or one with a letter. Any other line goes on."""
    is_own = (line.listed and line.begins) or bool(OPTION.match(line.text))
    return "q" in item.words and "a" not in item.words and is_own


def _goes_on_an_option(line: Line, item: _Open) -> bool:
    return bool(item.options and line.text) and not (line.begins or item.current) and "a" not in item.words


def _is_option(lines: Sequence[Line], index: int, item: _Open) -> bool:
    """Whether "A. The ebb" is the first of several options and not the answer, "E. None" the fifth."""
    text = lines[index].text
    if not OPTION.match(text) or "q" not in item.words:
        return False
    if text[0].casefold() == "a":
        following = lines[index + 1].text if index + 1 < len(lines) else ""
        return following[:1].casefold() == "b" and following[1:2] == text[1:2]
    return len(item.options) == 4 and "a" not in item.words


def _closed(item: _Open) -> Iterator[Item]:
    beside: list[str] = []
    if "q" in item.words and not item.options:
        item.words["q"], beside = options_beside(item.words["q"])
        item.options = [option(words) for words in beside]
    if "q" not in item.words or ("a" not in item.words and not any(o.right for o in item.options)):
        return
    answer, after = resolved(item.words.get("a", ""), item.options)
    kept, about = without_asides([after])
    explanation = " ".join(p for p in (*kept, item.words.get("e", "")) if p).strip()
    texts = tuple(one.text for one in item.options)
    yield Item(
        item.words["q"].strip(),
        answer.strip(),
        item.first_line,
        item.last_line,
        explanation,
        texts,
        tuple(about),
    )
