"""The lines of a text that are not in code, and which of them open and close something together."""

import re
from collections.abc import Callable, Iterator, Sequence

from markdown_it.rules_block import StateBlock

from corpus.dialects.kinds import holds_text

LineTest = Callable[[str], str | None]

_FENCE = re.compile(r"(?:[*+-][ \t]+|\d{1,9}[.)][ \t]+)?(`{3,}|~{3,})[ \t]*(?:\{([\w:-]+)\}|([^`]*)$)")


def outside_code(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The lines that stand in no fenced code, numbered from 0.

    A fence whose name is a directive with text in it, such as {note}, is no code.
    """
    fence = ""
    directives: list[str] = []
    for number, whole in enumerate(lines):
        line = whole.lstrip(" \t>")
        mark = _FENCE.match(line) if "```" in line or "~~~" in line else None
        if not mark:
            if not fence:
                yield number, whole
            continue
        bare = not mark[2] and not (mark[3] or "").strip()
        if fence:
            if bare and mark[1].startswith(fence):
                fence = ""
        elif bare and directives and mark[1].startswith(directives[-1]):
            directives.pop()
        elif mark[2] and holds_text(mark[2]):
            directives.append(mark[1])
            yield number, whole
        else:
            fence = mark[1]


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
