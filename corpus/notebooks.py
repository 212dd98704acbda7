"""Jupyter notebooks as Markdown text, with the line that each line of it has in the notebook's file."""

import json
from dataclasses import dataclass

_FENCE = "~~~~~~~~"
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
        cells = notebook["cells"]
        language = str(notebook.get("metadata", {}).get("language_info", {}).get("name", "python"))
        kinds = [(cell["cell_type"], cell["source"]) for cell in cells]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    file_lines = source.split("\n")
    cursor = 0
    lines: list[str] = []
    numbers: list[int] = []

    def put(line: str, number: int) -> None:
        lines.append(line)
        numbers.append(number)

    for place, (kind, body) in enumerate(kinds):
        words = body if isinstance(body, str) else "".join(map(str, body)) if isinstance(body, list) else ""
        # JSON can spell half a character (a lone surrogate), which no file can hold.
        words = words.encode("utf-8", "replace").decode("utf-8")
        code = kind == "code"
        # The front matter of a notebook stands in its first cell, raw or not.
        speaks = kind in ("markdown", "code") or (kind == "raw" and not place and words.startswith(_FENCES))
        if not speaks or not words.strip():
            continue
        first = True
        for line in words.split("\n"):
            # Cells are stored as JSON strings, usually one a line, in the order of the cells.
            needle = json.dumps(line, ensure_ascii=False)[1:-1]
            escaped = json.dumps(line)[1:-1]
            if line.strip():
                for at in range(cursor, len(file_lines)):
                    if needle in file_lines[at] or escaped in file_lines[at]:
                        cursor = at
                        break
            if first and code:
                put(f"{_FENCE}{language}", cursor + 1)
            first = False
            put(line, cursor + 1)
        put(_FENCE if code else "", cursor + 1)
        put("", cursor + 1)
    return NotebookText("\n".join(lines), tuple(numbers))
