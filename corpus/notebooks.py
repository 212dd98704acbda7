"""Jupyter notebooks as Markdown text, with the line that each line of it has in the notebook's file."""

import json
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

_FENCE = "~~~~~~~~"
_NEAR = 200  # lines in which the next line of a cell is looked for, where it is no line of its own
_MOST_LOOKS = 50  # how often, all in all, a file is looked through for them
_FENCES = ("---", "+++", ";;;")  # what opens front matter


@dataclass(frozen=True, slots=True)
class NotebookText:
    """The Markdown of a notebook's cells and, for each line of it, the line in the file (1-based)."""

    text: str
    line_numbers: tuple[int, ...]


def notebook_text(source: str) -> NotebookText | None:
    """A notebook's cells as one Markdown text, code in fences; None if it is no notebook. Never raises."""
    try:
        notebook = json.loads(source)
        language = str(notebook.get("metadata", {}).get("language_info", {}).get("name", "python"))
        cells = [(cell["cell_type"], _words_of(cell)) for cell in _cells(notebook)]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    places = _Places(source)
    lines: list[str] = []
    numbers: list[int] = []

    def put(line: str, number: int) -> None:
        lines.append(line)
        numbers.append(number)

    for place, (kind, words) in enumerate(cells):
        code = kind == "code"
        # The front matter of a notebook stands in its first cell, raw or not.
        speaks = kind in ("markdown", "code") or (kind == "raw" and not place and words.startswith(_FENCES))
        if not speaks or not words.strip():
            continue
        first = True
        for line in words.split("\n"):
            number = places.line_of(line)
            if first and code:
                put(f"{_FENCE}{language}", number)
            first = False
            put(line, number)
        put(_FENCE if code else "", number)
        put("", number)
    return NotebookText("\n".join(lines), tuple(numbers))


def _cells(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    """The cells of a notebook; up to version 3 they stood in work sheets, with headings of their own kind."""
    if "cells" in notebook:
        return list(notebook["cells"])
    found = []
    for cell in (cell for sheet in notebook["worksheets"] for cell in sheet["cells"]):
        if cell["cell_type"] == "heading":
            words = _words_of(cell)
            cell = {"cell_type": "markdown", "source": f"{'#' * int(cell.get('level', 1))} {words}"}
        found.append(cell)
    return found


def _words_of(cell: dict[str, Any]) -> str:
    body = cell["input"] if "source" not in cell and "input" in cell else cell["source"]
    words = body if isinstance(body, str) else "".join(map(str, body)) if isinstance(body, list) else ""
    # JSON can spell half a character (a lone surrogate), which no file can hold.
    return words.encode("utf-8", "replace").decode("utf-8")


class _Places:
    """The lines of the file in which lines of cells stand: as JSON strings, usually one a line, in the order
    of the cells."""

    def __init__(self, source: str) -> None:
        self._lines = source.split("\n")
        self._whole: dict[str, list[int]] = defaultdict(list)
        for number, line in enumerate(self._lines):
            if (bare := line.strip().rstrip(",")).startswith('"') and bare.endswith('"'):
                try:
                    self._whole[str(json.loads(bare)).rstrip("\n")].append(number)
                except ValueError:
                    continue
        self._cursor = 0
        self._offset = 0
        self._budget = _MOST_LOOKS * len(source)

    def line_of(self, line: str) -> int:
        """The line (1-based) of the next line of a cell; where it is not found, that of the one before."""
        if line.strip():
            numbers = self._whole.get(line, [])
            after = bisect_left(numbers, self._cursor)
            if after < len(numbers):
                self._cursor, self._offset = numbers[after], 0
            else:
                self._find_inside(line)
        return self._cursor + 1

    def _find_inside(self, line: str) -> None:
        """Go on to where a line stands inside another: in a cell that was not split, or beside its key."""
        needles = (json.dumps(line, ensure_ascii=False)[1:-1], json.dumps(line)[1:-1])
        for at in range(self._cursor, min(len(self._lines), self._cursor + _NEAR)):
            start = self._offset if at == self._cursor else 0
            for needle in needles:
                found = self._lines[at].find(needle, start) if self._budget > 0 else -1
                self._budget -= (found if found >= 0 else len(self._lines[at])) - start
                if found >= 0:
                    self._cursor, self._offset = at, found + len(needle)
                    return
