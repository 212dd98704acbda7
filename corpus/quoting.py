"""Quotes: the words of a passage as they stand in the source, and the lines that they stand on."""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.markdown import sentences, source_range
from corpus.model import Passage, SourceLocation

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


def sentence_at(text: str, place: int) -> tuple[int, int]:
    """The range of the sentence that holds the character at `place`."""
    for start, end in sentences(text):
        if start <= place < end:
            return start, end
    return 0, len(text)
