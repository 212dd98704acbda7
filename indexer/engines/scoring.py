"""How much a term says of a document, and what that adds to a score: alike in every engine, to the last bit.

A term's impact is BM25F (how often it stands in which field, over how long that field is) times the prior of
the document, in one of LEVELS steps. It depends on nothing but the document, so an engine stores it with the
posting, and an index that grew over many builds scores as one that was made at once. What depends on the
question (how rare a thing is, what a way of writing it is worth) comes on top; what is added up are whole
numbers of a small unit, so that engines may do it in any order and in single precision.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from math import log
from typing import Final

from indexer.engines.protocol import Alternative, Clause, Every, Field, IndexedDocument, Some, Wanted
from indexer.model import Asked

# How much a word counts in each field, the length at which it counts as it is, and how far length matters.
# A label is the shortest text and the best evidence; code words are a hint.
_BOOST = {
    Field.LABEL: 6.0,
    Field.TITLE: 4.0,
    Field.DEFINITION: 2.0,
    Field.BODY: 1.0,
    Field.CODE: 0.8,
    Field.COMPOUND: 3.0,
    Field.ABOVE: 2.0,
}
_PIVOT = {
    Field.LABEL: 4,
    Field.TITLE: 4,
    Field.DEFINITION: 40,
    Field.BODY: 120,
    Field.CODE: 12,
    Field.COMPOUND: 4,
    Field.ABOVE: 4,
}
_LENGTH_MATTERS = 0.6
_SATURATION = 1.8

# From what a word says once in a very long text to what a name says; each level is a few per cent above the
# one below, less than a reader of results could see.
LEVELS: Final = 96
_LOWEST, _HIGHEST = 0.005, 1.5
_RATIO = (_HIGHEST / _LOWEST) ** (1 / (LEVELS - 1))
_PARTS = tuple(_RATIO ** (level - LEVELS + 1) for level in range(LEVELS))  # of the highest impact

# Sums of two dozen products stay below 2**9, so a single-precision number holds them exactly.
_UNITS = 2.0**13

# Their terms are stored once more under the name of the field: what is asked of them alone costs no more.
ASKED_ALONE: Final = (Field.LABEL, Field.TITLE, Field.COMPOUND)


def inside(field: Field, term: str) -> str:
    """The term under which a term of one field is stored; no text has a colon in a term."""
    return f"{field}:{term}"


def in_fields(alternative: Alternative, clause: Clause) -> Iterator[Alternative]:
    """The alternative in each of the fields of its clause; as it is if it may be anywhere."""
    if not clause.fields:
        yield alternative
    for field in clause.fields:
        terms = tuple(inside(field, term) for term in alternative.terms)
        yield Alternative(terms, alternative.weight, alternative.phrase, alternative.inexact)


def levels(document: IndexedDocument) -> dict[str, int]:
    """The level of every term of a document, those inside one field included."""
    weights: dict[str, float] = defaultdict(float)
    for field, terms in document.terms.items():
        once = _BOOST[field] / (1 - _LENGTH_MATTERS + _LENGTH_MATTERS * len(terms) / _PIVOT[field])
        for term in terms:
            weights[term] += once
            if field in ASKED_ALONE:
                weights[inside(field, term)] += once
    return {term: _level(document.prior * w / (_SATURATION + w)) for term, w in weights.items()}


def _level(impact: float) -> int:
    if impact <= _LOWEST:
        return 0
    return min(round(log(impact / _LOWEST) / log(_RATIO)), LEVELS - 1)


def rarity(found: int, live: int) -> float:
    """How much it says that something is in a document when it is in `found` of all `live` ones."""
    return log(1 + (live - found + 0.5) / (found + 0.5))


def worths(rarity: float, alternative: Alternative) -> tuple[float, ...]:
    """What one term of an alternative adds to the score at each level. All its terms are there: together they
    say what they say on average. A way of writing that is worth less is as good as fewer words of it: that
    matters little where there are many."""
    return _worths(rarity * _HIGHEST / len(set(alternative.terms)) * _UNITS, alternative.weight)


@lru_cache(maxsize=64)  # all completions of a word are worth the same
def _worths(scale: float, weight: float) -> tuple[float, ...]:
    return tuple(round(scale * weight * part / (1 - part + weight * part)) / _UNITS for part in _PARTS)


def reasons(
    wanted: Wanted, document: IndexedDocument, rarity_of: Callable[[Clause], float]
) -> Iterator[Asked]:
    """Why a document is a hit, for engines that keep its terms."""
    match wanted:
        case Every() | Some():
            for part in wanted.parts:
                yield from reasons(part, document, rarity_of)
        case Clause():
            at, rare = levels(document), rarity_of(wanted)
            inside = (one for asked in wanted.alternatives for one in in_fields(asked, wanted))
            here = [
                (sum(worths(rare, one)[at[term]] for term in set(one.terms)), one)
                for one in inside
                if _stands(one, document, at)
            ]
            if here:
                adds, best = max(here, key=lambda pair: pair[0])
                fields = _counts(best.terms, document)
                yield Asked(best.terms, fields, best.weight, rare, adds / document.prior)


def _stands(asked: Alternative, document: IndexedDocument, at: Mapping[str, int]) -> bool:
    if not all(term in at for term in asked.terms):
        return False
    return not asked.phrase or any(
        asked.terms == run[place : place + len(asked.terms)]
        for field, terms in document.terms.items()
        for run in (terms, tuple(inside(field, term) for term in terms))
        for place in range(len(run))
    )


def _counts(terms: tuple[str, ...], document: IndexedDocument) -> dict[str, int]:
    """How often terms stand in which field of a document."""
    wanted = set(terms)
    found = {
        field: sum(term in wanted or inside(field, term) in wanted for term in document.terms.get(field, ()))
        for field in Field
    }
    return {field: count for field, count in found.items() if count}
