"""The lines of a text that are not in code, and which of them open and close something together."""

import re
from collections.abc import Callable, Iterator, Sequence

from markdown_it.rules_block import StateBlock

from corpus.dialects.kinds import holds_text

LineTest = Callable[[str], str | None]

# What programs of Obsidian and mdBook make boxes of: ```ad-note, ```admonish tip
FENCED_BOX = r"ad-[\w-]+|admonish\b"
_FENCE = re.compile(
    r"(?:[*+-][ \t]+|\d{1,9}[.)][ \t]+)?(?P<mark>`{3,}|~{3,})[ \t]*"
    rf"(?:\{{(?P<directive>[\w:-]+)\}}|(?P<box>{FENCED_BOX})|(?P<info>[^`]*)$)"
)


def outside_code(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The lines that stand in no fenced code, numbered from 0.

    A fence whose name is a directive with text in it, such as {note}, is no code, nor is one for a box.
    """
    fence = ""
    directives: list[str] = []
    for number, whole in enumerate(lines):
        may_be = "```" in whole or "~~~" in whole
        mark = _FENCE.match(whole.lstrip(" \t>")) if may_be else None
        if not mark:
            if not fence:
                yield number, whole
            continue
        bare = mark["info"] is not None and not mark["info"].strip()
        if fence:
            if bare and mark["mark"].startswith(fence):
                fence = ""
        elif bare and directives and mark["mark"].startswith(directives[-1]):
            directives.pop()
        elif mark["box"] or (mark["directive"] and holds_text(mark["directive"])):
            directives.append(mark["mark"])
            yield number, whole
        else:
            fence = mark["mark"]


def line_pairs(state: StateBlock, key: str, opens: LineTest, closes: LineTest) -> dict[int, int]:
    """Which line that opens something is closed by which line, all over the document.

    `opens` and `closes` are asked about lines without indentation and marks of quotes. They give the name of
    what a line opens or closes, None if it does neither; an empty name closes what was opened last. All lines
    are paired once a document, and remembered under `key`.
    """
    known: dict[int, int] | None = state.env.get(key)
    if known is None:
        known = state.env[key] = _paired(state.src.split("\n"), opens, closes)
    return known


def _paired(lines: Sequence[str], opens: LineTest, closes: LineTest) -> dict[int, int]:
    pairs: dict[int, int] = {}
    opened: list[tuple[str, int]] = []
    waiting: dict[str, int] = {}
    for number, whole in outside_code(lines):
        line = whole.lstrip(" \t>")
        closed = closes(line)
        if closed is not None:
            # What was opened in between and never closed is passed over.
            while opened and (not closed or waiting.get(closed)):
                name, start = opened.pop()
                waiting[name] -= 1
                if not closed or name == closed:
                    pairs[start] = number
                    break
        elif (name_opened := opens(line)) is not None:
            opened.append((name_opened, number))
            waiting[name_opened] = waiting.get(name_opened, 0) + 1
    return pairs


def line_at(state: StateBlock, line: int) -> str:
    """A line as a rule sees it: without its indentation and what it stands in."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def fence_end(state: StateBlock, start: int, end: int, mark: str) -> int:
    """The line that ends the fence that begins in the line `start` with a mark; `end` if none does."""
    for line in range(start + 1, end):
        words = line_at(state, line)
        if words.startswith(mark) and not words.strip(mark[0] + " \t"):
            return line
    return end
