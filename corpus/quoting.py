"""Quotes: the words of a passage as they stand in the source, and the lines that they stand on."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import itemgetter

from corpus.html import TAG
from corpus.model import Passage, SourceLocation
from corpus.places import Span, lines_before, meeting

_LINE_MARKS = re.compile(r"\A[ \t]*(?:>[ \t]*)*(?:\|[ \t]+)?")


_BORDER = re.compile(r"[\s>]*\+[-=:+]{3,}\+\s*")


def stands_in(quote: str, lines: Sequence[str], around: Sequence[str] = ()) -> bool:
    """Whether a quote stands in these lines of a file: white space collapsed, and without the marks at the
    beginning of each line which say that it belongs to a quotation, a callout or verse; in one column of
    them in a table that is drawn, as a border among them or the lines `around` them says.

    >>> stands_in("An ebb is a falling tide.", ["> An ebb is a", "> falling tide. More."])
    True
    """
    bare = (_LINE_MARKS.sub("", line) for line in lines)
    is_drawn = any(map(_BORDER.fullmatch, (*lines, *around)))
    cells = [line.strip(" \t>").split("|") for line in lines if is_drawn and not _BORDER.fullmatch(line)]
    columns = zip(*cells, strict=False) if all(len(row) > 1 for row in cells) else ()
    return any(quote in " ".join(" ".join(each).split()) for each in (lines, bare, *columns))


def quoted(passage: Passage, start: int, end: int) -> tuple[str, SourceLocation, str]:
    """The source's words for the range `start` to `end` of a passage's text, white space collapsed and
    Markdown left in; their lines; the words that a reader sees, empty where they are the same."""
    raw = passage.raw or passage.text
    low, high = source_range(raw, passage.text, start, end)
    first = passage.location.first_line + lines_before(raw, low)
    lines = replace(passage.location, first_line=first, last_line=first + raw.count("\n", low, high))
    quote = " ".join(raw[low:high].split())
    return quote, lines, seen_words(quote, passage.text[start:end])


def seen_words(quote: str, text: str) -> str:
    """The words of a text that is quoted, in one line; empty where the quote says the same."""
    words = " ".join(text.split())
    return "" if words == quote else words


# --- from plain text back to the source --------------------------------------------------------------------

_TARGET = re.compile(r"(?<=\])\((?:[^()\s]|\([^()\s]*\))*(?:\s+(?:\"[^\"]*\"|'[^']*'))?\)|(?<=\])\[[^\]]*\]")
_WORD = re.compile(r"[^\W_]+")
# What stands at the words and belongs to them: marks before them, and marks and link targets behind them.
_BEFORE = frozenset("*_`[(\"'“‘$\\")
_AFTER = re.compile(r"(?:[*_`\]\"'”’)$\\]|\((?:[^()\s]|\([^()\s]*\))*\)|[.!?:;,]|\s?[%‰°])*")
# In [[Page|words]] and in [words]{.class}, what is not the words.
_NAMED = re.compile(r"(?<=\[\[)[^\[\]\n|]*\|(?=[^\[\]\n]*\]\])|(?<=\])\{[^{}\n]*\}")
_NOT_READ = re.compile(
    rf"(?P<code>(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`))|{_TARGET.pattern}|{TAG.pattern}"
    rf"|{_NAMED.pattern}",
    re.DOTALL,
)
# What reads as a few words and is written as one piece.
_PIECE = re.compile(
    r"\{\{[^{}\n]{1,400}\}\}|\{%[^{}\n]{1,400}%\}|\{[A-Za-z][\w:.+-]*\}`[^`\n]+`|\[[^\[\]\n]*\]\{[^{}\n]*\}"
    r"|\[\[[^\[\]\n]+\]\]|<[A-Za-z/][^<>\n]*>|&(?:#\w{1,8}|[A-Za-z]\w{1,31});"
)


@dataclass(frozen=True, slots=True)
class _Aligned:
    """A plain text beside the Markdown that it was read from: the words that stand in both, where each
    stands in the text and where in the Markdown, in order; and the pieces of Markdown that stay whole."""

    words: tuple[Span, ...]
    places: tuple[Span, ...]
    pieces: tuple[Span, ...]


@lru_cache(maxsize=1024)  # each sentence of a paragraph is looked for in the same words
def _aligned(raw: str, text: str) -> _Aligned:
    """Both are walked side by side, once: the words of `text` are a subsequence of those of `raw`, which adds
    link targets and tags."""
    places: list[Span] = []
    standing: dict[str, list[int]] = defaultdict(list)
    for number, word in enumerate(_WORD.finditer(_NOT_READ.sub(_blank, raw))):
        places.append(word.span())
        standing[word[0]].append(number)
    both: list[tuple[Span, Span]] = []
    following = 0
    for word in _WORD.finditer(text):
        numbers = standing.get(word[0], [])
        next_one = bisect_left(numbers, following)
        if next_one < len(numbers):
            both.append((word.span(), places[numbers[next_one]]))
            following = numbers[next_one] + 1
    whole = "{" in raw or "<" in raw or "&" in raw or "[[" in raw
    pieces = tuple(piece.span() for piece in _PIECE.finditer(raw)) if whole else ()
    return _Aligned(tuple(one for one, _ in both), tuple(other for _, other in both), pieces)


def _blank(match: re.Match[str]) -> str:
    """Link targets and tags are no words of the text; code is, whatever it looks like."""
    return match[0] if match["code"] else " " * len(match[0])


def source_range(raw: str, text: str, start: int, end: int) -> Span:
    """Where the words `text[start:end]` stand in the Markdown `raw` that `text` was read from."""
    if raw == text:
        return start, end
    aligned = _aligned(raw, text)
    first = bisect_left(aligned.words, start, key=itemgetter(0))
    after = bisect_right(aligned.words, end, key=itemgetter(1))
    if first >= after:
        return 0, len(raw)
    low, high = aligned.places[first][0], aligned.places[after - 1][1]
    # Where it would cut a piece in two, it takes the whole piece.
    low = next((piece[0] for piece in meeting(aligned.pieces, low, low)), low)
    high = next((piece[1] for piece in meeting(aligned.pieces, high, high)), high)
    while low and raw[low - 1] in _BEFORE:
        low -= 1
    marks = _AFTER.match(raw, high)
    return low, marks.end() if marks else high
