"""The dialects of Markdown: what people's tools have added to it, one file a dialect, all in one table.

Nothing is configured. A text speaks a dialect when there is evidence for it outside of code, and is read with
the rules of exactly the dialects that it speaks; plain Markdown meets none of them. What a dialect writes for
its own programs is no text: it becomes the words that a reader would see, or nothing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from markdown_it import MarkdownIt

from corpus.dialects import github, mkdocs
from corpus.dialects.boxes import install_boxes
from corpus.dialects.lines import outside_code

_LINES = re.MULTILINE


@dataclass(frozen=True, slots=True)
class Dialect:
    """What belongs together: the signs without which a text cannot speak it, the evidence that it does, and
    the rules to read it with. `in_code` says that the evidence is a fence."""

    name: str
    signs: tuple[str, ...]
    evidence: re.Pattern[str]
    install: Callable[[MarkdownIt], None]
    in_code: bool = False


# In the order in which their rules are set up: of two rules in one place the later one is asked first.
DIALECTS = (
    Dialect("callouts", ("[!",), re.compile(r"^[ \t>*+\-\d.]*>[ \t]*\[!\w", _LINES), github.install_callouts),
    Dialect(
        "tasks", ("[ ]", "[x]", "[X]"), re.compile(r"^[ \t>]*(?:[-*+]|\d+[.)])[ \t]+\[[ xX]\]\s", _LINES),
        github.install_tasks,
    ),
    Dialect(
        "mkdocs",
        ("!!!", "???", "===", "8<", "*[", ":material-", ":fontawesome-", ":octicons-", ":simple-"),
        re.compile(
            r"^[ \t>]*(?:(?:!!!|\?\?\?\+?)[ \t]+[\w\"]|===[!+]*[ \t]+[\"']|;*-+8<-+|\*\[[^\]\n]+\]:)"
            rf"|{mkdocs.ICON.pattern}",
            _LINES,
        ),
        mkdocs.install,
    ),
)  # fmt: skip

Spoken = tuple[str, ...]
_CODE_SPAN = re.compile(r"`[^`\n]+`")


def spoken(text: str) -> Spoken:
    """The dialects that a text speaks, by the evidence in it."""
    likely = [d for d in DIALECTS if any(sign in text for sign in d.signs)]
    if not likely:
        return ()
    prose = _without_code(text)
    return tuple(d.name for d in likely if d.evidence.search(text if d.in_code else prose))


def _without_code(text: str) -> str:
    if "```" in text or "~~~" in text:
        text = "\n".join(line for _, line in outside_code(text.split("\n")))
    return _CODE_SPAN.sub("", text) if "`" in text else text


def install_spoken(parser: MarkdownIt, names: Spoken) -> None:
    """Adds the rules of these dialects to a parser."""
    install_boxes(parser)
    for dialect in DIALECTS:
        if dialect.name in names:
            dialect.install(parser)


__all__ = ["DIALECTS", "Dialect", "Spoken", "install_spoken", "spoken"]
