"""What people type into a search box, read as clauses. Every text is a query; none is an error.

The whole language: words (all of them are looked for), "several words side by side", -without and begin*
of a word.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from indexer.engines.protocol import Alternative, Clause
from indexer.words import STOP_WORDS, Chunk, chunks, composed, stem

LONGEST_QUERY = 500
MOST_TERMS = 24

_QUOTES = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'))
_PART = re.compile(r'(?P<minus>-?)"(?P<phrase>[^"]*)"?|(?P<without>-?)(?P<word>[^\s"]+)')

# The parts of a compound that is written in another way are nearly as good as the compound.
_IN_PARTS = 0.8
_BEGINNING = 0.8


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is looked for, at its place in the query: a word, or a phrase of several; `begins` is
    true for begin*."""

    start: int
    end: int
    chunks: tuple[Chunk, ...]
    phrase: bool = False
    begins: bool = False

    @property
    def pieces(self) -> tuple[str, ...]:
        """All folded pieces."""
        return tuple(piece for chunk in self.chunks for piece in chunk.pieces)


@dataclass(frozen=True, slots=True)
class Query:
    """A query that was read. `text` is what places refer to; `trimmed` says that something was left out."""

    text: str
    asked: tuple[Asked, ...]
    without: tuple[Asked, ...]
    trimmed: bool


def read_query(text: str) -> Query:
    """Reads any text. At most LONGEST_QUERY characters and MOST_TERMS terms of it are searched for."""
    whole = composed(text.encode("utf-8", "replace").decode()).translate(_QUOTES)
    cut = whole[:LONGEST_QUERY]
    asked: list[Asked] = []
    without: list[Asked] = []
    for part in _PART.finditer(cut):
        (without if part["minus"] or part["without"] else asked).extend(_read_part(part))
    asked = _telling(asked)
    kept, kept_without = _first_terms(asked), _first_terms(without)
    trimmed = len(whole) > len(cut) or len(kept) < len(asked) or len(kept_without) < len(without)
    return Query(cut, tuple(kept), tuple(kept_without), trimmed)


def _read_part(part: re.Match[str]) -> list[Asked]:
    if part["phrase"] is not None:
        found = tuple(chunks(part["phrase"]))
        return [Asked(*part.span("phrase"), found, phrase=True)] if found else []
    start, word = part.start("word"), part["word"]
    found = tuple(chunks(word))
    if part["without"] and len(found) > 1:  # -f(x): without all of it, not without f and without x
        return [Asked(*part.span("word"), found, phrase=True)]
    last = len(found) - 1
    return [
        Asked(start + c.start, start + c.end, (c,), begins=n == last and word[c.end : c.end + 1] == "*")
        for n, c in enumerate(found)
    ]


def _telling(asked: list[Asked]) -> list[Asked]:
    """Words like "the" only count when nothing else is asked for. What is asked twice counts once."""
    telling = [a for a in asked if any(piece not in STOP_WORDS for piece in a.pieces)] or asked
    return list({(a.pieces, a.phrase, a.begins): a for a in reversed(telling)}.values())[::-1]


def _first_terms(asked: list[Asked]) -> list[Asked]:
    kept, count = [], 0
    for one in asked:
        count += max(1, len(one.pieces))
        if count > MOST_TERMS:
            break
        kept.append(one)
    return kept


def clause_of(asked: Asked, expand: Callable[[Asked], Iterable[tuple[str, float]]]) -> Clause:
    """The clause for one thing asked; `expand` gives more terms for a word, each with its weight."""
    if asked.phrase:
        return Clause((_in_parts(asked.pieces, 1.0, phrase=True),))
    (chunk,) = asked.chunks
    alternatives = [_in_parts(chunk.pieces, _IN_PARTS if chunk.whole else 1.0, phrase=chunk.unspaced)]
    if chunk.whole:
        alternatives.insert(0, Alternative((stem(chunk.whole),)))
    if len(chunk.humps) > 1:
        alternatives.append(Alternative(tuple(stem(hump) for hump in chunk.humps), _IN_PARTS))
    alternatives += [Alternative((term,), weight) for term, weight in expand(asked)]
    return Clause(tuple(alternatives))


def _in_parts(pieces: tuple[str, ...], weight: float, *, phrase: bool) -> Alternative:
    """All pieces. Stop words are not in the index next to other words, so a phrase closes up over them."""
    telling = tuple(stem(p) for p in pieces if p not in STOP_WORDS) or tuple(stem(p) for p in pieces)
    return Alternative(telling, weight, phrase and len(telling) > 1)


def terms_of(clauses: Iterable[Clause]) -> frozenset[str]:
    """Every term that a hit may be there for: what highlighting marks."""
    return frozenset(term for c in clauses for a in c.alternatives for term in a.terms)
