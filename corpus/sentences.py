"""Where sentences end: a text cut into them, by ranges of its characters."""

import re
from collections.abc import Iterator
from functools import lru_cache

# It begins with a set of characters, so that no other is looked at.
_SENTENCE_END = re.compile(
    r"[.!?。！？\n](?:(?<=[.!?])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9À-ÞА-Я])|(?<=\n)\s*\n|(?<=[。！？]))"
)
_NO_END = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|cf|vs|resp|approx|Fig|Eq|Dr|Mr|Mrs|Prof|St|No|al|ca)|\b[A-Z])\.\Z"
)

_LONGEST_ABBREVIATION = len("approx.")


@lru_cache(maxsize=8192)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """The ranges of the sentences of a plain text, in order, without the white space between them."""
    return tuple(_sentences(text))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _SENTENCE_END.finditer(text):
        end = match.start() + len(match[0].rstrip())
        mark = match.start() + (match[0][0] != "\n")
        if _NO_END.search(text, max(start, mark - _LONGEST_ABBREVIATION), mark):
            continue
        if text[start:end].strip():
            yield start, end
        start = match.end()
    if text[start:].strip():
        yield start, len(text.rstrip())


def sentence_at(text: str, place: int) -> tuple[int, int]:
    """The range of the sentence that holds the character at `place`."""
    for start, end in sentences(text):
        if start <= place < end:
            return start, end
    return 0, len(text)
