"""What people type into a search box, read as clauses. Every text is a query; none is an error.

The whole language: words (all of them are looked for), "several words side by side", -without and begin*
of a word.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from indexer.engines.protocol import Alternative, Clause
from indexer.words import STOP_WORDS, Word, chunks, composed, stem

LONGEST_QUERY = 500
MOST_TERMS = 24

_QUOTES = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'))
_PART = re.compile(r'(?P<minus>-?)"(?P<phrase>[^"]*)"?|(?P<without>-?)(?P<word>[^\s"]+)')

# The parts of a compound that is written in another way are nearly as good as the compound.
_IN_PARTS = 0.8


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is looked for, at its place in the query: a word, or a phrase of several; `begins` is
    true for begin*."""

    start: int
    end: int
    words: tuple[Word, ...]
    phrase: bool = False
    begins: bool = False

    @property
    def pieces(self) -> tuple[str, ...]:
        """All folded pieces."""
        return tuple(piece for word in self.words for piece in word.pieces)


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
        words = tuple(chunk.word for chunk in chunks(part["phrase"]))
        return [Asked(*part.span("phrase"), words, phrase=True)] if words else []
    start, text = part.start("word"), part["word"]
    found = tuple(chunks(text))
    if part["without"] and len(found) > 1:  # -f(x): without all of it, not without f and without x
        return [Asked(*part.span("word"), tuple(chunk.word for chunk in found), phrase=True)]
    return [
        Asked(start + c.start, start + c.end, (c.word,), begins=text[c.end : c.end + 1] == "*") for c in found
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
        return Clause((_in_parts(asked.words, 1.0, phrase=True),))
    (word,) = asked.words
    alternatives = [_in_parts(asked.words, _IN_PARTS if word.whole else 1.0, phrase=word.unspaced)]
    if word.whole:
        alternatives.insert(0, Alternative((stem(word.whole),)))
    if len(word.humps) > 1:
        alternatives.append(Alternative(tuple(map(stem, word.humps)), _IN_PARTS))
    alternatives += [Alternative((term,), weight) for term, weight in expand(asked)]
    return Clause(tuple(alternatives))


def _in_parts(words: tuple[Word, ...], weight: float, *, phrase: bool) -> Alternative:
    """All pieces. Stop words are not in the index next to other words, so a phrase closes up over them."""
    telling = tuple(term for word in words for term in word.telling)
    telling = telling or tuple(term for word in words for term in word.plain)
    return Alternative(telling, weight, phrase and len(telling) > 1)


def terms_of(clauses: Iterable[Clause]) -> frozenset[str]:
    """Every term that a hit may be there for: what highlighting marks."""
    return frozenset(term for c in clauses for a in c.alternatives for term in a.terms)
