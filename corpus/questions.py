"""Quiz items: a question, its answer and, where given, the explanation.

Read from lines or bullets that begin `Q:`, `A:` and `E:` (or the whole words, bold or not).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.markdown import Block, BlockKind
from corpus.model import Question, SourceLocation
from corpus.sections import OpenSection

_MARK = re.compile(
    r"^(?P<mark>q(?:uestion)?|a(?:nswer)?|e(?:xplanation)?|why|because)\s*(?:\d+)?\s*[:.)]\s+(?=\S)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Line:
    mark: str
    text: str
    first_line: int
    last_line: int


def questions(section: OpenSection) -> Iterator[Question]:
    """The quiz items of a section, in order."""
    item: dict[str, _Line] = {}
    for line in _lines(section.all_blocks):
        if line.mark == "q":
            yield from _question(item, section)
            item = {}
        if line.mark == "q" or (item and line.mark not in item):
            item[line.mark] = line
    yield from _question(item, section)


def _lines(blocks: Sequence[Block]) -> Iterator[_Line]:
    for block in blocks:
        if block.kind is not BlockKind.PARAGRAPH or not block.inline:
            continue
        # Answers often follow in the same paragraph, a line each.
        pending: _Line | None = None
        for offset, words in enumerate(block.inline.text.split("\n")):
            at = block.first_line + offset
            match = _MARK.match(words.strip())
            if match:
                if pending:
                    yield pending
                mark = "e" if match["mark"].lower() in ("why", "because") else match["mark"][0].lower()
                pending = _Line(mark, words.strip()[match.end() :], at, at)
            elif pending:
                pending = _Line(pending.mark, f"{pending.text} {words.strip()}", pending.first_line, at)
        if pending:
            yield pending


def _question(item: dict[str, _Line], section: OpenSection) -> Iterator[Question]:
    if "q" in item and "a" in item:
        lines = SourceLocation(
            section.location.path, item["q"].first_line, max(line.last_line for line in item.values())
        )
        explanation = item["e"].text.strip() if "e" in item else ""
        yield Question(item["q"].text.strip(), item["a"].text.strip(), explanation, section.id, lines)
