"""What was found in documents before: looking through texts is the costly part of a graph.

What is found in a document follows from the document and from those labels that its words could be. So it is
looked through again when it has changed, or one of these labels, and only then. It is a memory and no more:
without it the same is found, and a test compares the two.
"""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from hashlib import blake2b
from typing import Protocol, TypeVar

import msgspec

from corpus.model import Document, SectionId
from corpus.places import lines_before
from graph.mentions import LabelFinder, words_of

_pack = msgspec.msgpack.Encoder().encode

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a label stands in prose: what its owner is called, the section, and the line of the file."""

    name: str
    section: SectionId
    line: int


class Kept(Protocol):
    """Where values are kept from one build to the next, by keys that stand for all that they follow from."""

    def recall(self, key: bytes) -> bytes | None:
        """The value that was kept under a key, None if there is none."""

    def keep(self, key: bytes, value: bytes) -> None:
        """Keep a value under a key."""


class Memory:
    """Gives back what was found in documents, or has them looked through; without `kept` the latter."""

    def __init__(self, kept: Kept | None = None) -> None:
        self._kept = kept
        self._digests: dict[str, bytes] = {}

    def found(
        self,
        document: Document,
        kind: type[T],
        view: Callable[[AbstractSet[str]], object],
        look: Callable[[], T],
    ) -> T:
        """What `look` finds in a document, a value of `kind`. `view` gives all else that this follows from,
        for a document of these folded words: the same for the same, whatever the order of the words."""
        if self._kept is None:
            return look()
        own = self._digest(document)
        words = _recalled(self._kept, own, list[str], lambda: sorted(words_of(document)))
        return _recalled(self._kept, own + _pack((str(kind), view(set(words)))), kind, look)

    def spots(self, document: Document, finder: LabelFinder, names: Sequence[str]) -> list[Spot]:
        """Where a document's prose holds the labels of a finder, in reading order; `names` are those of the
        labels' owners."""
        return self.found(
            document,
            list[Spot],
            lambda words: [(p.words, names[p.owner], p.exact, p.joined) for p in finder.possible(words)],
            lambda: list(_spots(document, finder, names)),
        )

    def _digest(self, document: Document) -> bytes:
        if document.path not in self._digests:
            self._digests[document.path] = blake2b(_pack(document), digest_size=20).digest()
        return self._digests[document.path]


def _recalled(kept: Kept, key: bytes, kind: type[T], look: Callable[[], T]) -> T:
    value = kept.recall(key)
    if value is not None:
        try:
            return msgspec.msgpack.decode(value, type=kind)
        except msgspec.DecodeError:  # damaged
            pass
    found = look()
    kept.keep(key, _pack(found))
    return found


def _spots(document: Document, finder: LabelFinder, names: Sequence[str]) -> Iterator[Spot]:
    for section in document.sections:
        for passage in section.passages:
            for match in finder.find(passage.text, passage.masked):
                line = passage.location.first_line + lines_before(passage.text, match.start)
                yield Spot(names[match.owner], section.id, line)
