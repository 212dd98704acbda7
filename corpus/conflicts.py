"""The marks that Git leaves where two versions of a text could not be merged.

A line of `<` signs stands above one version, a line of `=` between the two, a line of `>` below the other.
Read as Markdown they make headings and quotes of the text. Here they become empty lines, so that both
versions are read and every line keeps its number.
"""

import re

_MARK = re.compile(
    r"^(?:(?P<open><{7})(?= )|(?P<base>\|{7})(?= |$)|(?P<middle>={7})$|(?P<close>>{7})(?= )).*$", re.MULTILINE
)
_FENCE = re.compile(r"^ {0,3}(?P<mark>`{3,}|~{3,})", re.MULTILINE)


def without_conflict_marks(text: str) -> tuple[str, tuple[int, ...]]:
    """A text with empty lines in the place of the marks, and the line of the first mark of each conflict.
    What stands in fences of code is left: it may be what the notes are about.

    >>> without_conflict_marks("<<<<<<< HEAD\\nebb\\n=======\\nflood\\n>>>>>>> other")
    ('\\nebb\\n\\nflood\\n', (1,))
    """
    if "<<<<<<< " not in text or ">>>>>>> " not in text:
        return text, ()
    lines = text.split("\n")
    fence, opened = "", []
    marks: list[int] = []
    first: list[int] = []
    for number, line in enumerate(lines):
        if found := _FENCE.match(line):
            mark = found["mark"]
            if not fence:
                fence = mark
            elif mark.startswith(fence) and not line.strip().strip(mark[0]):
                fence = ""
        match = None if fence else _MARK.match(line)
        if match is None:
            continue
        if match["open"]:
            opened = [number]
        elif opened:
            opened.append(number)
            if match["close"]:
                marks += opened
                first.append(opened[0] + 1)
                opened = []
    for number in marks:
        lines[number] = ""
    return "\n".join(lines), tuple(first)
