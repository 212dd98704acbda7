"""Very many words by their letters: all of them are held against a word at once.

What a typo is, `indexer.spelling` says, which walks through one list for a beginning. Here the distances of
a typed word to all words of a list are found letter by letter, by what Hyyrö made of Myers' method: a
number for each word has a bit for each typed letter, which says whether the distance grows there.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.spelling import beginning_with

_LETTERS = 0x110000  # that there may be

_Places = NDArray[np.intp]


class Letters:
    """Sorted words, each with how often it is used. Each takes as many bytes as the longest has letters, or
    twice as many where there are more than 255 different ones."""

    def __init__(self, words: Sequence[str], used: Sequence[int]) -> None:
        self._words = words
        self._used = np.array(used, dtype=np.int64)
        self._lengths = np.fromiter(map(len, words), np.int16, len(words))
        longest = max(1, int(self._lengths.max(initial=0)))
        codes = np.array(words, dtype=f"U{longest}").view(np.uint32).reshape(len(words), longest)
        written = np.zeros(_LETTERS, dtype=bool)
        written[codes] = True
        self._numbers = {chr(code): number for number, code in enumerate(np.flatnonzero(written).tolist())}
        numbers = np.cumsum(written) - 1
        # The first letters of all words, their second ones, and so on.
        numbers = numbers.astype(np.min_scalar_type(len(self._numbers)))
        self._columns = [numbers[codes[:, column]] for column in range(longest)]

    def most_used(self, beginning: str, limit: int) -> list[tuple[int, int]]:
        """(place, uses) of the words that begin so and are used most, ties in their order."""
        first, end = beginning_with(self._words, beginning)
        used = self._used[first:end]
        places = np.arange(len(used))
        if len(used) > limit:  # one letter begins very many words: few of them are sorted
            places = np.flatnonzero(used >= np.partition(used, -limit)[-limit])
        best = places[np.argsort(-used[places], kind="stable")][:limit]
        return list(zip((best + first).tolist(), used[best].tolist(), strict=True))

    def near(self, typed: str, budget: int) -> Iterator[tuple[int, str, int, int]]:
        """(place, word, typos, uses) of the words with at most `budget` typos: none, one or two."""
        found = dict(self._beginning(typed[0], typed[1:], budget)) if budget else {}
        for place, typos in self._beginning_otherwise(typed) if budget > 1 else ():
            found[place] = min(typos, found.get(place, typos))
        return ((place, self._words[place], typos, int(self._used[place])) for place, typos in found.items())

    def _beginning_otherwise(self, typed: str) -> Iterator[tuple[int, int]]:
        """Words with another first letter. That counts as two typos, but for a swap with the second one."""
        swapped = self._beginning(typed[1::-1], typed[2:], 1)
        yield from ((place, typos + 1) for place, typos in swapped)
        for word in (typed[1:], typed[2:0:-1] + typed[3:]):  # one left out, with the next two swapped
            places = range(bisect_left(self._words, word), bisect_right(self._words, word))
            yield from ((place, 2) for place in places)
        for rest in (typed[1:], typed):  # another one, one too many
            yield from ((place, 2) for place in self._ending(rest))

    def _ending(self, rest: str) -> list[int]:
        """Where words stand that have one letter before the rest."""
        places: _Places = np.flatnonzero(self._lengths == len(rest) + 1)
        for column in range(len(rest), 0, -1):
            if len(places):
                places = places[self._columns[column][places] == self._numbers.get(rest[column - 1], -1)]
        return list(places.tolist())

    def _beginning(self, start: str, rest: str, budget: int) -> Iterator[tuple[int, int]]:
        """(place, typos) of words that begin so, with a few typos at most in the rest."""
        first, end = beginning_with(self._words, start)
        lengths = self._lengths[first:end] - len(start)
        places = np.flatnonzero(abs(lengths - len(rest)) <= budget)
        distances = self._distances(places + first, lengths[places], len(start), rest)
        near = np.flatnonzero(distances <= budget)
        yield from zip((places[near] + first).tolist(), distances[near].tolist(), strict=True)

    def _distances(self, places: _Places, lengths: NDArray[Any], start: int, rest: str) -> NDArray[Any]:
        """How many typos the words have, of so many letters each, from a column on."""
        if not rest:
            return lengths
        # One bit for each typed letter; a bit above them takes what is carried.
        bits = np.min_scalar_type(1 << len(rest)).type
        where = np.zeros(len(self._numbers), dtype=bits)
        for place, letter in enumerate(rest):
            if letter in self._numbers:
                where[self._numbers[letter]] |= bits(1 << place)
        last = bits(1 << (len(rest) - 1))
        distance = np.full(len(places), len(rest), dtype=np.int16)
        final = distance.copy()
        grows = np.full(len(places), ~bits(0))
        falls = diagonal = before = np.zeros(len(places), dtype=bits)
        for column in range(int(lengths.max(initial=0))):
            same = where[self._columns[start + column].take(places)]
            swapped = ((~diagonal & same) << 1) & before
            diagonal = (((same & grows) + grows) ^ grows) | same | falls | swapped
            more = falls | ~(diagonal | grows)
            less = diagonal & grows
            distance += (more & last) != 0
            distance -= (less & last) != 0
            more = (more << 1) | bits(1)
            grows = (less << 1) | ~(diagonal | more)
            falls = more & diagonal
            before = same
            final = np.where(lengths == column + 1, distance, final)
        return final
