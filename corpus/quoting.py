"""Quotes: the words of a passage as they stand in the source, and the lines that they stand on."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from corpus.markdown import Span
from corpus.model import Passage, SourceLocation
from corpus.tags import TAG

_QUOTE_MARKS = re.compile(r"\A[ \t]*(?:>[ \t]*)+")


def stands_in(quote: str, lines: Sequence[str]) -> bool:
    """Whether a quote stands in these lines of a file: white space collapsed, and without the marks at the
    beginning of each line which say that it belongs to a quotation or a callout.

    >>> stands_in("An ebb is a falling tide.", ["> An ebb is a", "> falling tide. More."])
    True
    """
    bare = (_QUOTE_MARKS.sub("", line) for line in lines)
    return any(quote in " ".join(" ".join(each).split()) for each in (lines, bare))


def quoted(passage: Passage, start: int, end: int) -> tuple[str, SourceLocation]:
    """The source's words for the range `start` to `end` of a passage's text, white space collapsed and
    Markdown left in, and their lines."""
    raw = passage.raw or passage.text
    low, high = source_range(raw, passage.text, start, end)
    first = passage.location.first_line + raw.count("\n", 0, low)
    lines = replace(passage.location, first_line=first, last_line=first + raw.count("\n", low, high))
    return " ".join(raw[low:high].split()), lines


# --- from plain text back to the source --------------------------------------------------------------------

_TARGET = re.compile(r"(?<=\])\((?:[^()\s]|\([^()\s]*\))*(?:\s+(?:\"[^\"]*\"|'[^']*'))?\)|(?<=\])\[[^\]]*\]")
_WORD = re.compile(r"[^\W_]+")
_BEFORE = re.compile(r"[*_`\[(\"'“‘$\\]*\Z")
_AFTER = re.compile(r"(?:[*_`\]\"'”’)$\\]|\((?:[^()\s]|\([^()\s]*\))*\)|[.!?:;,])*")


# In [[Page|words]] and in [words]{.class}, what is not the words.
_NAMED = re.compile(r"(?<=\[\[)[^\[\]\n|]*\|(?=[^\[\]\n]*\]\])|(?<=\])\{[^{}\n]*\}")
_NOT_READ = re.compile(
    rf"(?P<code>(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`))|{_TARGET.pattern}|{TAG.pattern}"
    rf"|{_NAMED.pattern}",
    re.DOTALL,
)


def _blank(match: re.Match[str]) -> str:
    """Link targets and tags are no words of the text; code is, whatever it looks like."""
    return match[0] if match["code"] else " " * len(match[0])


@lru_cache(maxsize=4096)  # each sentence of a paragraph is looked for in the same words
def _source_words(raw: str) -> tuple[tuple[str, ...], tuple[Span, ...]]:
    """The words of Markdown that a reader sees, and where each stands."""
    found = list(_WORD.finditer(_NOT_READ.sub(_blank, raw)))
    return tuple(word[0] for word in found), tuple(word.span() for word in found)


def source_range(raw: str, text: str, start: int, end: int) -> Span:
    """Where the words `text[start:end]` stand in the Markdown `raw` that `text` was read from.

    The words of `text` are a subsequence of those of `raw` (which adds link targets and tags): both are
    walked side by side, targets and tags left out.
    """
    if raw == text:
        return start, end
    source_words, places = _source_words(raw)
    first: int | None = None
    last = 0
    position = 0
    for word in _WORD.finditer(text, 0, end):
        try:
            found = source_words.index(word[0], position)
        except ValueError:
            continue
        position = found + 1
        if word.start() >= start:
            first = places[found][0] if first is None else first
            last = places[found][1]
    if first is None:
        return 0, len(raw)
    before = _BEFORE.search(raw, 0, first)
    after = _AFTER.match(raw, last)
    return _whole(raw, before.start() if before else first, after.end() if after else last)


# What reads as a few words and is written as one piece.
_PIECE = re.compile(
    r"\{\{[^{}\n]{1,400}\}\}|\{%[^{}\n]{1,400}%\}|\{[A-Za-z][\w:.+-]*\}`[^`\n]+`|\[[^\[\]\n]*\]\{[^{}\n]*\}"
    r"|\[\[[^\[\]\n]+\]\]|<[A-Za-z/][^<>\n]*>|&(?:#\w{1,8}|[A-Za-z]\w{1,31});"
)


def _whole(raw: str, start: int, end: int) -> Span:
    """A range of Markdown that cuts nothing in two."""
    if "{" not in raw and "<" not in raw and "&" not in raw and "[[" not in raw:
        return start, end
    for piece in _PIECE.finditer(raw):
        if piece.start() < start < piece.end():
            start = piece.start()
        if piece.start() < end < piece.end():
            end = piece.end()
    return start, end
