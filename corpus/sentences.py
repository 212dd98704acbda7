"""Where sentences end: a text cut into them, by ranges of its characters."""

import re
from collections.abc import Iterator
from functools import lru_cache

from corpus.places import Span, meeting

# It begins with a set of characters, so that no other is looked at.
_SENTENCE_END = re.compile(
    r"[.!?。！？\n](?:(?<=[.!?])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9À-ÞА-Я])|(?<=\n)\s*\n|(?<=[。！？]))"
)
_NO_END = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|cf|vs|resp|approx|Fig|Eq|Dr|Mr|Mrs|Prof|St|No|al|ca)|\b[A-Z])\.\Z"
)

_LONGEST_ABBREVIATION = len("approx.")
# Nobody writes longer sentences: it is a list or a table that went wrong. It is cut behind a word, so that
# what is asked of a sentence, and quoted with each of its words, stays short.
_LONGEST = 2000
_PIECE = re.compile(rf"\S(?:.{{0,{_LONGEST - 2}}}\S)?(?!\S)|\S{{{_LONGEST}}}", re.DOTALL)


@lru_cache(maxsize=8192)
def sentences(text: str) -> tuple[Span, ...]:
    """The ranges of the sentences of a plain text, in order, without the white space between them."""
    return tuple(_sentences(text))


def _sentences(text: str) -> Iterator[Span]:
    for start, end in _to_full_stops(text):
        if end - start <= _LONGEST:
            yield start, end
        else:
            yield from (piece.span() for piece in _PIECE.finditer(text, start, end))


def _to_full_stops(text: str) -> Iterator[Span]:
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


@lru_cache(maxsize=8192)
def first_sentence(text: str) -> str:
    """The first sentence of a text, in one line."""
    words = " ".join(text.split())
    start, end = next(iter(sentences(words)), (0, len(words)))
    return words[start:end]


def sentence_at(text: str, place: int) -> Span:
    """The range of the sentence that holds the character at `place`."""
    around = meeting(sentences(text), place, place + 1)
    return around[0] if around else (0, len(text))


def is_sentence(text: str) -> bool:
    """Whether a text is at least one plain sentence: four words, and no small letter at its start."""
    words = text.split()
    return len(words) >= 4 and (words[0][0].isupper() or not words[0][0].isalpha())
