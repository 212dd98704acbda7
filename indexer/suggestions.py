"""Completions of what is being typed: labels of concepts, by the beginning of any of their words.

Everything is one sorted list of beginnings (`cross entropy loss`, `entropy loss`, `loss`, and the label
written together), so that a prefix is a range of it. When there are too few, labels with these words in
another order follow, then beginnings with a typo.
"""

import heapq
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import chain
from typing import NamedTuple

from graph.model import ConceptId
from indexer.model import Suggestion
from indexer.spelling import beginning_with, spelled_like, typo_budget
from indexer.words import words_of

LONGEST_TYPED = 100
_MOST_NEAR = 200
_MOST_LOOKED_AT = 300  # labels for words in another order
_BLOCK, _BEST = 256, 24

_Order = tuple[int | str, ...]


class Label(NamedTuple):
    """A label of a concept. `rank` is 0 for the preferred one, 1 for an alternative, 2 for a hidden one, 3
    for one that other concepts share."""

    label: str
    rank: int
    concept: ConceptId
    pref_label: str
    unlocks: int


def spelled_out(text: str) -> str:
    """Folded words with one space between them, whatever stood there: hyphens, dots, capitals, accents.

    >>> spelled_out("Cross-Entropy")
    'cross entropy'
    """
    words = [piece for word in words_of(text) for piece in word.pieces]
    return " ".join(words) or " ".join(text.casefold().split())


class Suggester:
    """All labels, ready to be completed."""

    def __init__(self, labels: Iterable[Label]) -> None:
        self._labels = list(labels)
        starts = sorted(
            (start, n, nth) for n, label in enumerate(self._labels) for nth, start in _starts(label.label)
        )
        self._starts = [start for start, _, _ in starts]
        self._label_at = [n for _, n, _ in starts]
        self._nth_at = [nth for _, _, nth in starts]
        self._whole_at = [0] * len(self._labels)  # the place of each label as it is written
        for place in range(len(starts) - 1, -1, -1):  # written together it stands behind
            if not self._nth_at[place]:
                self._whole_at[self._label_at[place]] = place
        # Where each place would stand if nothing were typed, and the best of every block of them: one letter
        # begins very many labels.
        self._ranked = sorted(range(len(starts)), key=self._order)
        self._rank_at = [0] * len(starts)
        for rank, place in enumerate(self._ranked):
            self._rank_at[place] = rank
        self._best_of = [
            heapq.nsmallest(_BEST, self._rank_at[first : first + _BLOCK])
            for first in range(0, len(starts), _BLOCK)
        ]
        self._remembered = lru_cache(maxsize=4096)(self._suggest)

    def suggest(self, typed: str, limit: int) -> tuple[Suggestion, ...]:
        """The best completions, at most one per concept."""
        wanted = spelled_out(typed[:LONGEST_TYPED])
        return self._remembered(wanted, limit) if wanted and limit > 0 else ()

    def near(self, label: str, limit: int) -> tuple[str, ...]:
        """Labels that somebody who typed this may have meant, best first."""
        wanted = spelled_out(label[:LONGEST_TYPED])
        places = [place for _, _, place in self._like(wanted, max(1, typo_budget(wanted)), as_prefix=False)]
        alike = self._sounding.get(_sound(wanted), [])
        found = [s.matched_label for s in self._distinct((*alike, *places), limit)]
        found += [s.matched_label for s in self.suggest(label, limit)]
        for word in sorted(wanted.split(), key=len, reverse=True):
            if len(found) >= limit:
                break
            found += [s.matched_label for s in self.suggest(word, limit)]
        return tuple(dict.fromkeys(found))[:limit]

    @cached_property
    def _sounding(self) -> dict[str, list[int]]:
        """The places of whole labels by how they sound, the best first. Made when a name is asked for that
        there is not."""
        by_sound: defaultdict[str, list[int]] = defaultdict(list)
        for place in self._ranked:
            if not self._nth_at[place]:
                by_sound[_sound(self._starts[place])].append(place)
        return by_sound

    def _suggest(self, wanted: str, limit: int) -> tuple[Suggestion, ...]:
        first, end = beginning_with(self._starts, wanted)
        # Twice as many: several labels or words of one concept may begin alike.
        complete = first
        while complete < end and self._starts[complete] == wanted:
            complete += 1
        best = sorted(
            (p for p in range(first, complete) if not self._nth_at[p]), key=self._rank_at.__getitem__
        )
        best += self._best(first, end, limit * 2 + 8)
        found = self._distinct(best, limit)
        if len(found) < limit and " " in wanted:
            found = self._distinct((*best, *self._in_any_order(wanted.split(" "))), limit)
        if not found and (budget := typo_budget(wanted)):
            near = (place for _, _, place in self._like(wanted, budget, as_prefix=True))
            found = self._distinct((*best, *near), limit)
        return found

    def _in_any_order(self, words: list[str]) -> list[int]:
        """The places of labels of which a word begins with each of these, best first."""
        first, end = min((beginning_with(self._starts, word) for word in words), key=_length)
        numbers = {self._label_at[place] for place in range(first, min(end, first + _MOST_LOOKED_AT))}
        fitting = (
            self._whole_at[number]
            for number in numbers
            if all(f" {word}" in f" {self._starts[self._whole_at[number]]}" for word in words)
        )
        return sorted(fitting, key=self._rank_at.__getitem__)

    def _best(self, first: int, end: int, wanted: int) -> list[int]:
        """The best places of a range."""
        whole, last = -(-first // _BLOCK), end // _BLOCK
        if wanted > _BEST or whole >= last:
            ranks = self._rank_at[first:end]
        else:
            ranks = self._rank_at[first : whole * _BLOCK] + self._rank_at[last * _BLOCK : end]
            ranks += chain.from_iterable(self._best_of[whole:last])
        return [self._ranked[rank] for rank in heapq.nsmallest(wanted, ranks)]

    def _like(self, wanted: str, budget: int, *, as_prefix: bool) -> list[tuple[int, int, int]]:
        near = (
            (found.distance, self._rank_at[place], place)
            for found in spelled_like(self._starts, wanted, budget, as_prefix=as_prefix)
            for place in range(found.first, min(found.end, found.first + _MOST_NEAR))
        )
        return heapq.nsmallest(_MOST_NEAR, near)

    def _order(self, place: int) -> _Order:
        """Labels that begin so come first, then those in which a later word does; within these preferred
        labels, then what unlocks the most, then the shortest."""
        label = self._labels[self._label_at[place]]
        nth = self._nth_at[place]
        found = (nth > 0, label.rank, -label.unlocks, len(label.label), label.label)
        return *found, label.concept, place

    def _distinct(self, places: Iterable[int], limit: int) -> tuple[Suggestion, ...]:
        found: dict[ConceptId, Suggestion] = {}
        for place in places:
            label = self._labels[self._label_at[place]]
            found.setdefault(label.concept, Suggestion(label.concept, label.pref_label, label.label))
            if len(found) == limit:
                break
        return tuple(found.values())


def _length(span: tuple[int, int]) -> int:
    return span[1] - span[0]


# Letters that sound alike, in the order in which they go; what is left of a letter that is doubled is one.
_SOUNDS = (
    (re.compile("ph"), "f"),
    (re.compile("c(?=[eiy])|z"), "s"),
    (re.compile("ck?|q"), "k"),
    (re.compile("x"), "ks"),
    (re.compile("y"), "i"),
    (re.compile(r"(?<=[rt])h|\s"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


def _sound(spelled: str) -> str:
    """About how a folded label sounds.

    >>> _sound("physics") == _sound("fisiks")
    True
    """
    for letters, sound in _SOUNDS:
        spelled = letters.sub(sound, spelled)
    return spelled


def _starts(label: str) -> Iterator[tuple[int, str]]:
    """The label from its first, second ... word on, each with its place; written together counts as first."""
    words = spelled_out(label)
    yield 0, words
    if " " in words:
        yield 0, words.replace(" ", "")
    place = words.find(" ")
    nth = 1
    while place >= 0:
        yield nth, words[place + 1 :]
        place = words.find(" ", place + 1)
        nth += 1
