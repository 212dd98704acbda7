"""Concepts in a list that is narrowed down by words as they are typed: by every name, however spelled."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from unicodedata import combining, normalize

from corpus.labels import label_key
from indexer.model import ConceptEntry
from indexer.store import letter_of

_GAPS = re.compile(r"[-\s]+")


@dataclass(frozen=True, slots=True)
class Listed:
    """A concept of a list, the letter under which it stands, and all its names in one folded text."""

    entry: ConceptEntry
    letter: str
    names: str


def listed(entry: ConceptEntry) -> Listed:
    """A concept as a list holds it."""
    letter = letter_of(label_key(entry.pref_label))
    return Listed(entry, letter, names_folded((entry.pref_label, *entry.alt_labels)))


def names_folded(labels: Iterable[str]) -> str:
    """Labels in one text, as they are and in the form that is the same for one and many."""
    return "\n".join(form for label in labels for form in (_folded(label), label_key(label)))


def holds_words(words: str) -> Callable[[str], bool]:
    """Whether a folded text holds all of these words, each at least as the beginning or the middle of one.

    >>> holds_words("GRAD desc")(names_folded(("Gradient-descent",)))
    True
    >>> holds_words("tides")(names_folded(("neap tide",)))
    True
    """
    asked = [(word, label_key(word) or word) for word in _folded(words).split()]
    return lambda text: all(word in text or form in text for word, form in asked)


def _folded(text: str) -> str:
    plain = "".join(letter for letter in normalize("NFKD", text) if not combining(letter))
    return _GAPS.sub(" ", plain.casefold())
