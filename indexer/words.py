"""How text becomes the terms of an index, the same for what is stored and for what is asked.

A chunk is what a reader would call one word: `gradient`, `cross-entropy`, `nn.CrossEntropyLoss`, `zero_grad`.
Its pieces (`cross`, `entropy`) are terms by their stem; a chunk of several pieces is also a term as a whole,
written together (`crossentropy`), and the humps of `CrossEntropyLoss` are terms of their own.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

from whoosh.lang.snowball.english import EnglishStemmer

# Scripts that are written without spaces: every character is a piece, a chunk is found as a phrase.
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_CHUNK = re.compile(rf"[{_UNSPACED}]+|[^\W{_UNSPACED}]+(?:[.\-\u2010\u2011][^\W{_UNSPACED}]+)*")
_PIECE = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
_UNSPACED_START = re.compile(rf"[{_UNSPACED}]")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_ACRONYM_PLURAL = re.compile(r"[A-Z]{2,}s")
_MARKS = re.compile("[\u0300-\u036f]")

# Nothing that a posting list could hold is longer; both sides are cut alike.
LONGEST_TERM = 64

STOP_WORDS = frozenset(
    "a an and are as at be been being but by can do does for from had has have how i if in into is it its"
    " ll no not of on or our re s so such t than that the their them then there these they this to was we"
    " were what when where which who why will with would you your".split()
)

_stem: Callable[[str], str] = EnglishStemmer().stem


@dataclass(frozen=True, slots=True)
class Chunk:
    """A word of a text: its place (half-open), its folded pieces, the whole written together (empty for a
    chunk of one piece) and the folded humps of its camel case (empty if there are none)."""

    start: int
    end: int
    pieces: tuple[str, ...]
    whole: str
    humps: tuple[str, ...]

    @property
    def unspaced(self) -> bool:
        """Whether the pieces must stand side by side to mean this chunk."""
        return bool(_UNSPACED_START.match(self.pieces[0]))


def composed(text: str) -> str:
    """The text with letters and their accents as one character; places in a text are counted in this form."""
    return text if text.isascii() else normalize("NFC", text)


@lru_cache(maxsize=65_536)
def folded(word: str) -> str:
    """A word without case and accents; `LSTMs` without the plural that no stemmer sees.

    >>> folded("Bézier")
    'bezier'
    """
    if word.isascii():
        return (word[:-1] if _ACRONYM_PLURAL.fullmatch(word) else word).lower()[:LONGEST_TERM]
    return normalize("NFC", _MARKS.sub("", normalize("NFKD", word.casefold())))[:LONGEST_TERM]


@lru_cache(maxsize=65_536)
def stem(piece: str) -> str:
    """The term under which a folded piece is found.

    >>> stem("gradients") == stem("gradient")
    True
    """
    return _stem(piece) if piece.isascii() and piece.isalpha() else piece


def chunks(text: str) -> Iterator[Chunk]:
    """The words of a text in order; places refer to `composed(text)`."""
    for found in _CHUNK.finditer(composed(text)):
        word = found.group()
        raw = _PIECE.findall(word)
        if not raw:
            continue  # nothing but underscores
        pieces = tuple(filter(None, map(folded, raw)))
        if not pieces:
            continue
        several = len(pieces) > 1 and not _UNSPACED_START.match(word)
        humps = tuple(folded(hump) for part in raw for hump in _humps(part))
        yield Chunk(*found.span(), pieces, "".join(pieces)[:LONGEST_TERM] if several else "", humps)


def _humps(part: str) -> list[str]:
    """The humps of one piece, none if it has one only; two letters (`Re|LU`) say nothing by themselves."""
    if part.islower() or part.isupper() or _ACRONYM_PLURAL.fullmatch(part):
        return []
    humps = _HUMP.split(part)
    return [hump for hump in humps if len(hump) > 2] if len(humps) > 1 else []


def terms(text: str) -> list[str]:
    """The stems of a text in order, without stop words unless there is nothing else."""
    pieces = [piece for chunk in chunks(text) for piece in chunk.pieces]
    return [stem(piece) for piece in pieces if piece not in STOP_WORDS] or [stem(piece) for piece in pieces]


def code_terms(text: str) -> list[str]:
    """The terms of a text's compound words: each as a whole, and the humps of its camel case."""
    found = []
    for chunk in chunks(text):
        if chunk.whole:
            found.append(stem(chunk.whole))
        found.extend(stem(hump) for hump in chunk.humps)
    return found


def surface_words(text: str) -> dict[str, str]:
    """Every word of a text as it is spelled (folded), and the term it is found under."""
    found: dict[str, str] = {}
    for chunk in chunks(text):
        for piece in chunk.pieces:
            found[piece] = stem(piece)
        for hump in chunk.humps:
            found.setdefault(hump, stem(hump))
        if chunk.whole:
            found[chunk.whole] = stem(chunk.whole)
    return found
