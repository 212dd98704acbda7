"""What the notes' own order says of two concepts: which comes first, or nothing.

A glossary stands from A to Z, and so do notes with a file for each entry, and notes that nobody put in order:
that is an order to look things up in, not one to learn in.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

from corpus.headings import lists_terms
from corpus.model import Corpus, Definition
from corpus.paths import without_ending
from graph.model import Concept, ConceptId

_ENTRIES = 12
_ENTRIES_IF_CALLED_SO = 3
_FILES = 5
_AN_ENTRY = 2
_IN_ORDER = 0.9


_WORD = re.compile(r"\w+")
# An entry, and the one that it should stand before; None for the end.
Misplaced = tuple[Definition, Definition | None]


def glossaries_among(definitions: Iterable[Definition], corpus: Corpus) -> frozenset[str]:
    """The documents whose definitions stand from A to Z; few are enough where the title says Glossary."""
    called_so = frozenset(d.path for d in corpus.documents if lists_terms(d.title))
    by_path: dict[str, list[str]] = {}
    for definition in sorted(definitions, key=lambda d: d.location):
        by_path.setdefault(definition.location.path, []).append(definition.term)
    return frozenset(
        path
        for path, terms in by_path.items()
        if _from_a_to_z(terms, _ENTRIES_IF_CALLED_SO if path in called_so else _ENTRIES)
    )


def in_no_order(definitions: Sequence[Definition]) -> frozenset[str]:
    """The documents that stand from A to Z among others, as in a glossary with a file for each entry: their
    order is no order to learn in."""
    per_path = Counter(d.location.path for d in definitions)
    entries = {d.location.path: d.term for d in definitions if per_path[d.location.path] <= _AN_ENTRY}
    return frozenset(entries if _from_a_to_z(list(entries.values()), _FILES) else ())


def _from_a_to_z(terms: Sequence[str], least: int) -> bool:
    terms = [term.casefold().strip("[(\"'") for term in terms]
    in_order = sum(one <= other for one, other in pairwise(terms))
    return len(terms) >= least and in_order >= _IN_ORDER * (len(terms) - 1)


def are_to_look_up(files: Iterable[Sequence[str]]) -> bool:
    """Whether names, file by file in the notes' order, stand from A to Z, in each file or with a file an
    entry: then they are no course."""
    runs: list[Sequence[str]] = []
    entries: list[str] = []
    for names in files:
        if len(names) <= _AN_ENTRY:
            entries += names
        else:
            runs.append(names)
    in_order = [
        one.casefold() <= other.casefold() for names in (*runs, entries) for one, other in pairwise(names)
    ]
    return len(in_order) >= _ENTRIES and sum(in_order) >= _IN_ORDER * len(in_order)


def out_of_alphabet(definitions: Iterable[Definition], glossaries: Collection[str]) -> Iterator[Misplaced]:
    """The entries of glossaries in one file that stand out of the alphabet, however blanks and hyphens count
    in it."""
    by_path: dict[str, list[Definition]] = {}
    for definition in sorted(definitions, key=lambda d: d.location):
        if definition.location.path in glossaries and definition.term[:1].isalpha():
            by_path.setdefault(definition.location.path, []).append(definition)
    for entries in by_path.values():
        words = [tuple(_WORD.findall(entry.term.casefold())) for entry in entries]
        by_words = in_longest_run(words)
        by_letters = in_longest_run([("".join(each),) for each in words])
        in_place = sorted(by_words)
        for place in sorted({*range(len(entries))} - by_words - by_letters):
            behind = bisect_right(in_place, words[place], key=words.__getitem__)
            yield entries[place], entries[in_place[behind]] if behind < len(in_place) else None


def in_longest_run(keys: Sequence[tuple[str, ...]]) -> set[int]:
    """The places of a longest run of keys, not necessarily neighbours, that never fall.

    >>> sorted(in_longest_run([("ebb",), ("tide",), ("flood",), ("gale",)]))
    [0, 2, 3]
    """
    ends: list[int] = []  # of the runs of each length, the one that ends lowest
    before: dict[int, int | None] = {}
    for place, key in enumerate(keys):
        length = bisect_right(ends, key, key=keys.__getitem__)
        before[place] = ends[length - 1] if length else None
        ends[length : length + 1] = [place]
    found: set[int] = set()
    at = ends[-1] if ends else None
    while at is not None:
        found.add(at)
        at = before[at]
    return found


_BY_NAME = 0.8


def _in_order_of_names(paths: Sequence[str]) -> bool:
    """Whether documents stand by their names, which have no numbers: nobody said in which order to read
    them."""
    numbered = sum(any(c.isdigit() for c in path) for path in paths)
    names = [without_ending(path).casefold() for path in paths]
    in_order = sum(one <= other for one, other in pairwise(names))
    return len(paths) >= _FILES and 2 * numbered < len(paths) and in_order >= _BY_NAME * (len(paths) - 1)


class TeachingOrder:
    """Which of two concepts the notes define first, where their order is one to learn in."""

    def __init__(self, corpus: Corpus, concepts: Sequence[Concept]) -> None:
        number = {document.path: place for place, document in enumerate(corpus.documents)}
        first = {
            c.id: min(c.definitions, key=lambda d: (number[d.location.path], d.location.first_line))
            for c in concepts
            if c.definitions
        }
        unordered = glossaries_among(first.values(), corpus) | in_no_order(tuple(first.values()))
        self._place = {c.id: c.position for c in concepts}
        self._unplaced = {id for id, d in first.items() if d.location.path in unordered}
        sections = {section.id: section.location.path for section in corpus.sections()}
        self._document = {c.id: sections.get(c.section) for c in concepts if c.section}
        self._document |= {id: definition.location.path for id, definition in first.items()}
        self._by_name = _in_order_of_names(list(number))

    def is_first(self, one: ConceptId, other: ConceptId) -> bool | None:
        """Whether the first stands before the second; None where that says nothing."""
        if self._unplaced & {one, other}:
            return None
        if self._by_name and self._document.get(one) != self._document.get(other):
            return None
        return self._place[one] < self._place[other]
