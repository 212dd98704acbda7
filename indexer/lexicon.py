"""Every word that is searched, with the term that it is found under and in how many documents it stands."""

import heapq
from functools import cached_property, lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from indexer.store import Store

if TYPE_CHECKING:
    from indexer.letters import Letters


class Lexicon:
    """All words of a snapshot, sorted. They are read when the first unknown word is asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._documents = lru_cache(maxsize=4096)(self._read_documents)  # a query asks for its words twice

    @cached_property
    def _all(self) -> "tuple[Letters, list[str]]":
        """The words by their letters, and the term of each."""
        from indexer.letters import Letters  # numpy, which no build needs

        rows = self._store.rows("SELECT word, term, documents FROM words ORDER BY word, term")
        return Letters([row[0] for row in rows], [row[2] for row in rows]), [row[1] for row in rows]

    def _read(self) -> "tuple[Letters, list[str]]":
        with self._lock:
            return self._all

    def knows(self, term: str) -> bool:
        """Whether any document holds the term."""
        return self.documents(term) > 0

    def documents(self, term: str) -> int:
        """In how many documents the term stands, those that hold several of its forms counted for each."""
        return self._documents(term)

    def _read_documents(self, term: str) -> int:
        ((count,),) = self._store.rows("SELECT total(documents) FROM words WHERE term = ?", term)
        return int(count)

    def completions(self, beginning: str, limit: int) -> list[tuple[str, int]]:
        """(term, documents) of words that begin so, those of the most documents first."""
        letters, terms = self._read()
        return [(terms[place], count) for place, count in letters.most_used(beginning, limit)]

    def mended(self, word: str, budget: int, limit: int) -> list[tuple[str, str, int, int]]:
        """(word, term, typos, documents) of words that are spelled almost so: fewest typos first, then
        the most used."""
        letters, terms = self._read()
        near = ((n, -count, like, terms[place]) for place, like, n, count in letters.near(word, budget))
        best = heapq.nsmallest(limit, near)
        return [(like, term, typos, -count) for typos, count, like, term in best]
