"""What people see: aligned columns, paragraphs, progress, and one line for what went wrong.

Notes are written by anybody, so no control character of theirs reaches a terminal. Piped output is the same
text without colours, without wrapping and without blanks at the ends of lines.
"""

import html
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from corpus.model import SourceLocation

if TYPE_CHECKING:
    from corpus.reading import Progress

# What moves the cursor, rings, hides or re-orders: C0 but for the newline, C1, and bidirectional controls.
_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_MARKED = re.compile(r"<mark>(.*?)</mark>", re.DOTALL)
_PIPE_WIDTH = 100_000
_LEAST_WIDTH = 20
_GAP = 2


def text(words: object, style: str = "") -> Text:
    """Words from anywhere, safe to print: a control character shows as a replacement character.

    >>> text("\\x1b[2Jtensor").plain
    '\\ufffd[2Jtensor'
    """
    shown = _CONTROLS.sub(
        lambda found: " " if found[0] in "\t\r" else "\N{REPLACEMENT CHARACTER}", str(words)
    )
    return Text(shown, style)


def one_line(words: str, style: str = "") -> Text:
    """Words of several lines as one."""
    return text(" ".join(words.split()), style)


def quoted(words: str) -> Text:
    """Words that the notes say, as a quote."""
    return one_line(f"“{words}”", "italic")


def marked(snippet: str) -> Text:
    """A snippet's escaped HTML as words on one line, what was found in bold.

    >>> marked("a &lt; <mark>b</mark>").plain
    'a < b'
    """
    shown = Text()
    for number, piece in enumerate(_MARKED.split(" ".join(snippet.split()))):
        shown.append_text(text(html.unescape(piece), "bold" if number % 2 else ""))
    return shown


def place(location: SourceLocation) -> Text:
    """Where something stands, as editors and terminals follow it."""
    return text(f"{location.path}:{location.first_line}", "dim")


def columns(rows: Iterable[Sequence[Text]], indent: int = 0, flexible: int = -1) -> RenderableType:
    """Rows in aligned columns; on a narrow terminal the column number `flexible` is cut short."""
    rows = list(rows)
    widths = [max(cell.cell_len for cell in column) for column in zip(*rows, strict=True)]
    if widths:
        others = sum(widths) - widths[flexible] + _GAP * (len(widths) - 1) + indent
        widths[flexible] = min(widths[flexible], max(_LEAST_WIDTH, _width() - others))
    gap = " " * _GAP
    lines = [
        Text(" " * indent, no_wrap=True, overflow="ellipsis") + Text(gap).join(_fit(row, widths))
        for row in rows
    ]
    return Group(*lines)


def _fit(row: Sequence[Text], widths: Sequence[int]) -> Iterator[Text]:
    for cell, width in zip(row, widths, strict=True):
        fitted = cell.copy()
        fitted.truncate(width, overflow="ellipsis", pad=True)
        yield fitted


def _width() -> int:
    return _console().width if sys.stdout.isatty() else _PIPE_WIDTH


def indented(shown: RenderableType, indent: int = 2) -> RenderableType:
    """The same, further right; wrapped lines stay below their first one."""
    return Padding(shown, (0, 0, 0, indent), expand=False)


def say(*shown: RenderableType) -> None:
    """Print these on standard output, each on lines of its own."""
    if sys.stdout.isatty():
        _console().print(*shown, sep="\n")
        return
    console = _console(width=_PIPE_WIDTH, color_system=None)
    with console.capture() as captured:
        console.print(*shown, sep="\n")
    click.echo("\n".join(line.rstrip() for line in captured.get().splitlines()))


def say_exactly(written: bytes | str) -> None:
    """Write what is meant for programs, or is complete, to standard output as it is."""
    click.echo(written, nl=False)


def say_payload(payload: object) -> None:
    """Print an answer as the API gives it, indented."""
    from web.payloads import to_json

    say_exactly(to_json(payload, indent=2))


def complain(message: str) -> None:
    """Print what is wrong and what to do on standard error, as one line."""
    click.echo(f"glosspath: {one_line(message).plain}", err=True)


def note(message: str) -> None:
    """Print something worth knowing that is no answer: on standard error, if somebody is there to read it."""
    if sys.stderr.isatty():
        click.echo(text(message).plain, err=True)


@contextmanager
def progress() -> Iterator["Progress | None"]:
    """Shows how far a build is, on a terminal; None where nobody looks."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn
    from rich.progress import Progress as Bars

    shown = (TextColumn("{task.description:<10}"), BarColumn(bar_width=30), MofNCompleteColumn())
    with Bars(*shown, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def report(phase: str, done: int, total: int) -> None:
            if phase not in tasks:
                tasks[phase] = bars.add_task(text(phase).plain, total=total)
            bars.update(tasks[phase], completed=done, total=total)

        yield report


def _console(width: int | None = None, color_system: str | None = "auto") -> Console:
    return Console(
        width=width,
        color_system=color_system,  # type: ignore[arg-type]  # rich names the systems in a private Literal
        highlight=False,
        markup=False,
        emoji=False,
    )
