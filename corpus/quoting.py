"""Quotes: the words of a passage as they stand in the source, and the lines that they stand on."""

from dataclasses import replace

from corpus.markdown import sentences, source_range
from corpus.model import Passage, SourceLocation


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
