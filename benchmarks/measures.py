"""How right an answer is: precision and recall of sets, and verdicts on prerequisite edges.

Labels are compared by their folded form, so a plural or a hyphen is no miss. Edges run prerequisite ->
target and are judged against everything that follows from the labelled edges, since one that skips a step
is true.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from corpus.labels import label_key, label_words
from graph.model import Concept, Prerequisite

T = TypeVar("T")
Pair = tuple[str, str]

_WORD = re.compile(r"(?:[^\W_]|[’'+#])+|&")
_LONGEST_NAME = 9  # words


@dataclass(frozen=True, slots=True)
class Score:
    """How much of what was found is right, and of what is wanted was found. `missed` and `false` in words."""

    right: int
    found: int
    wanted: int
    missed: tuple[str, ...] = ()
    false: tuple[str, ...] = ()

    @property
    def precision(self) -> float:
        """0 to 1; 1 when nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """0 to 1; 1 when nothing was wanted."""
        return (self.wanted - len(self.missed)) / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def score(found: Iterable[T], wanted: Iterable[T]) -> Score:
    """Two sets compared."""
    is_there, should_be = set(found), set(wanted)
    return Score(
        len(is_there & should_be),
        len(is_there),
        len(should_be),
        tuple(sorted(map(_in_words, should_be - is_there))),
        tuple(sorted(map(_in_words, is_there - should_be))),
    )


def _in_words(item: object) -> str:
    return " -> ".join(map(str, item)) if isinstance(item, tuple) and len(item) == 2 else str(item)


# Labels


def owners(concepts: Iterable[Concept]) -> dict[str, str]:
    """The concept's id by each of its folded labels."""
    found: dict[str, str] = {}
    for concept in concepts:
        for label in labels_of(concept):
            found.setdefault(label_key(label), concept.id)
    return found


def labels_of(concept: Concept) -> tuple[str, ...]:
    """All labels of a concept, the preferred one first."""
    return (concept.pref_label, *concept.alt_labels, *concept.hidden_labels)


@lru_cache(maxsize=4096)
def names_in(text: str) -> frozenset[str]:
    """The folded forms of all runs of words in a text: what it could name, whatever the links say."""
    words = [folded for word in _WORD.findall(text) if (folded := _singular(word))]
    return frozenset(
        "".join(words[start:end])
        for start in range(len(words))
        for end in range(start + 1, min(start + _LONGEST_NAME, len(words)) + 1)
    )


@lru_cache(maxsize=1 << 16)
def _singular(word: str) -> str:
    return "".join(label_words(word))


def is_named_in(concept: Concept, text: str) -> bool:
    """Whether a text names a concept by any of its labels, every word in the singular or plural."""
    names = names_in(text)
    return any("".join(map(_singular, _WORD.findall(label))) in names for label in labels_of(concept))


# Edges


class Verdict(StrEnum):
    """What the labels say about an edge that was found."""

    RIGHT = "right"
    REVERSED = "reversed"
    UNRELATED = "unrelated"
    UNJUDGED = "unjudged"  # one end is not among the labelled concepts


@dataclass(frozen=True, slots=True)
class JudgedEdge:
    """An edge and its verdict."""

    edge: Prerequisite
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class EdgeScore:
    """Verdicts on all edges found, and which labelled edges were found as such."""

    edges: tuple[JudgedEdge, ...]
    labelled: Score

    def count(self, *verdicts: Verdict) -> int:
        """How many edges got one of these verdicts."""
        return sum(judged.verdict in verdicts for judged in self.edges)

    @property
    def judged(self) -> int:
        """Edges between labelled concepts."""
        return len(self.edges) - self.count(Verdict.UNJUDGED)

    @property
    def closure_precision(self) -> float:
        """Of the edges between labelled concepts, the share that follows from the labels."""
        return share(self.count(Verdict.RIGHT), self.judged)

    @property
    def closure_precision_of_all(self) -> float:
        """The same among all edges, those to concepts without labels counted as wrong."""
        return share(self.count(Verdict.RIGHT), len(self.edges))

    @property
    def direction(self) -> float:
        """Of the edges that the labels order one way or the other, the share that points the right way."""
        return share(self.count(Verdict.RIGHT), self.count(Verdict.RIGHT, Verdict.REVERSED))

    def believed(self, confidence: float) -> "EdgeScore":
        """Only the edges of at least this confidence; `labelled` stays."""
        kept = tuple(judged for judged in self.edges if judged.edge.confidence >= confidence)
        return EdgeScore(kept, self.labelled)

    def without(self, pairs: Collection[frozenset[str]]) -> "EdgeScore":
        """Without the edges between pairs that people disagree about."""
        kept = [j for j in self.edges if frozenset((j.edge.prerequisite, j.edge.target)) not in pairs]
        return EdgeScore(tuple(kept), self.labelled)


def share(part: int, whole: int) -> float:
    """A part of a whole, 1 when there is no whole: nothing was wrong."""
    return part / whole if whole else 1.0


def judge(edges: Iterable[Prerequisite], labelled: Collection[Pair], wanted: Collection[Pair]) -> EdgeScore:
    """Verdicts by the closure of `labelled`; `wanted` are those of them that should be found as such."""
    after = closure(labelled)
    nodes = {node for pair in labelled for node in pair}
    judged = tuple(JudgedEdge(edge, _verdict(edge, after, nodes)) for edge in edges)
    found = {(j.edge.prerequisite, j.edge.target) for j in judged if j.verdict is not Verdict.UNJUDGED}
    return EdgeScore(judged, score(found, wanted))


def _verdict(edge: Prerequisite, after: Mapping[str, frozenset[str]], nodes: Collection[str]) -> Verdict:
    if edge.prerequisite not in nodes or edge.target not in nodes:
        return Verdict.UNJUDGED
    if edge.target in after.get(edge.prerequisite, ()):
        return Verdict.RIGHT
    return Verdict.REVERSED if edge.prerequisite in after.get(edge.target, ()) else Verdict.UNRELATED


def closure(pairs: Iterable[Pair]) -> dict[str, frozenset[str]]:
    """What follows from pairs: for each first, everything that comes after it.

    >>> sorted(closure([("a", "b"), ("b", "c")])["a"])
    ['b', 'c']
    """
    following: dict[str, set[str]] = {}
    for before, after in pairs:
        following.setdefault(before, set()).add(after)
    return {node: _reached(node, following) for node in following}


def _reached(node: str, following: Mapping[str, set[str]]) -> frozenset[str]:
    reached: set[str] = set()
    frontier = [node]
    while frontier:
        new = following.get(frontier.pop(), set()) - reached
        reached |= new
        frontier += new
    return frozenset(reached - {node})
