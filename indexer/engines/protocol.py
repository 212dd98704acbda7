"""What a search engine must be able to do, and the words in which it is asked.

Text is analysed before it gets here (`indexer.words`): engines see terms only, so all of them find the same.
An engine owns one opaque place per snapshot: a folder in which it keeps its files, or a note of where its
index is. Calls may be slow and may fail for reasons that lie elsewhere: engines raise `GlosspathError`s.
Highlighting, suggestions and the lexicon are not an engine's work.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal, Protocol

from indexer.model import Explanation

MOST_LESSONS = 100  # that are counted in a facet: nobody chooses from more


class Field(StrEnum):
    """The parts of a search document, which weigh differently. `COMPOUND` has the compound words of labels
    and titles as wholes, `CODE` those of all else, and code. `ABOVE` has the titles above a section whose own
    says little."""

    LABEL = "label"
    TITLE = "title"
    DEFINITION = "definition"
    BODY = "body"
    CODE = "code"
    COMPOUND = "compound"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """What an engine stores of one search document. `key` is unique and breaks ties; `prior` multiplies the
    score; `kind` and `lesson` ("" for none) are filters and facets. Of hits with the same `same` (if any),
    all but the one with the first key are folded into it: they count as one hit."""

    key: str
    kind: str
    lesson: str
    prior: float
    terms: Mapping[Field, tuple[str, ...]]
    same: str = ""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Terms, one at least, that all must be in a document, side by side in one field if `phrase`. What is
    `inexact` comes after all that is not, whatever it scores."""

    terms: tuple[str, ...]
    weight: float = 1.0
    phrase: bool = False
    inexact: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that was asked for: any of its alternatives will do, in any of the fields (none: in all). A
    `run` of signs without spaces is marked for who asks again for a part of it: engines need not know."""

    alternatives: tuple[Alternative, ...]
    fields: tuple[Field, ...] = ()
    run: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """Documents of a kind or a lesson, whatever they say; they score nothing for it. "" is none of either."""

    name: Literal["kind", "lesson"]
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lacking:
    """Inside `Every`: documents that do not match the part. Anywhere else it matches nothing."""

    part: "Wanted"


@dataclass(frozen=True, slots=True)
class Every:
    """Documents that match all parts; their scores add up."""

    parts: tuple["Wanted", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """Documents that match any part; the scores of those that match add up. Those that match all come first
    if `all_first`."""

    parts: tuple["Wanted", ...]
    all_first: bool = False


Wanted = Clause | Filter | Lacking | Every | Some


@dataclass(frozen=True, slots=True)
class Question:
    """What is wanted, of one kind and one lesson where asked. The document with the key `first` comes first,
    and is a hit in any case unless `first_if_found`; filters hold for it too."""

    wanted: Wanted
    kind: str | None = None
    lesson: str | None = None
    first: str | None = None
    first_if_found: bool = False
    offset: int = 0
    limit: int = 20


@dataclass(frozen=True, slots=True)
class Found:
    """One page of keys with their scores, best first (what is inexact behind), ties by key.

    `total` counts all hits, `unfiltered` those that there would be without filters; a facet counts the hits
    without the filter on itself, but with the other one; of lessons it has the MOST_LESSONS with the most
    documents, ties by id. `folded` has the keys that were folded into a key of
    this page."""

    total: int
    unfiltered: int
    keys: tuple[tuple[str, float], ...]
    kinds: Mapping[str, int]
    lessons: Mapping[str, int]
    folded: Mapping[str, tuple[str, ...]]


class Searcher(Protocol):
    """An open index. May be asked from several threads at once."""

    def search(self, question: Question) -> Found:
        """The hits of a question."""
        ...

    def explain(self, wanted: Wanted, key: str) -> Explanation:
        """Why the document with this key is a hit: what the reasons add, times the prior, is its score."""
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...


class Engine(Protocol):
    """A kind of index."""

    @property
    def name(self) -> str:
        """The name that `--engine` takes and a manifest records."""
        ...

    def write(
        self, place: Path, documents: Iterable[IndexedDocument], base: Path | None, removed: Collection[str]
    ) -> None:
        """Make an index at `place`: that of `base` (left as it is) without the keys in `removed`, and with
        `documents`. Everything must be on disk when this returns."""
        ...

    def open(self, place: Path) -> Searcher:
        """The index at `place`, ready to be asked."""
        ...

    def drop(self, place: Path) -> None:
        """Give up what the index at `place` holds outside its folder."""
        ...
