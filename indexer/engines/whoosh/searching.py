"""Answers from an index that Whoosh wrote. Documents are numbered; a set of them is a mask over all numbers,
and their scores are an array as long: the most common word of a hundred thousand sections is a few passes
over memory.

Scores are whole numbers of a small unit (`indexer.engines.scoring`): it does not matter in which order they
are added up.
"""

from collections import Counter, OrderedDict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import reduce
from operator import and_, or_
from threading import Lock
from typing import Any, NamedTuple
from weakref import finalize

import numpy as np
from numpy.typing import NDArray
from whoosh.matching.wrappers import FilterMatcher
from whoosh.reading import IndexReader, TermNotFound

from indexer.engines.files import damage_named
from indexer.engines.protocol import (
    MOST_LESSONS,
    Alternative,
    Clause,
    Every,
    Filter,
    Found,
    Lacking,
    Question,
    Some,
    Wanted,
)
from indexer.engines.scoring import LEVELS, in_fields, rarity, worths
from indexer.engines.whoosh.abouts import About, abouts_of, columns_of
from indexer.engines.whoosh.postings import FIELD_BITS, FIELDS, Places, Steps
from indexer.model import Asked, Explanation

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int32]  # of documents, ascending
Scores = NDArray[np.float64]
Positions = NDArray[np.int64]  # a document's number above a place in it, ascending

_CACHED_POSTINGS = 6_000_000  # 5 bytes each
_POSTINGS_OF_A_TERM = 100  # that take as much as keeping a list does, however short
# A field and a position in it. There is a number more than there are fields: a phrase that would begin before
# the first of them begins in none.
_PLACE_BITS = FIELD_BITS + len(FIELDS).bit_length()
_PLACE = (1 << _PLACE_BITS) - 1


class Postings(NamedTuple):
    """The documents that have a term, with its level in each."""

    numbers: Numbers
    levels: NDArray[np.uint8]

    def are_sound(self, size: int) -> bool:
        """Whether they may be those of an index of so many documents: what is damaged can be anything."""
        numbers, levels = self
        if len(numbers) != len(levels):
            return False
        ascend = bool((numbers[1:] > numbers[:-1]).all())
        return ascend and (
            not len(numbers) or (0 <= numbers[0] <= numbers[-1] < size and levels.max() < LEVELS)
        )

    def at(self, numbers: Numbers) -> NDArray[np.uint8]:
        """The levels in some of the documents."""
        return self.levels if numbers is self.numbers else self.levels[self.numbers.searchsorted(numbers)]


class _OfAlternative(NamedTuple):
    """The postings of an alternative's terms, and the documents that have what it says."""

    asked: Alternative
    lists: tuple[Postings, ...]
    numbers: Numbers

    def scores(self, rarity: float, numbers: Numbers | None = None) -> Scores:
        """What it says of each of its documents, or of some of them."""
        worth = np.array(worths(rarity, self.asked))
        among = self.numbers if numbers is None else numbers
        first, *others = (worth[postings.at(among)] for postings in self.lists)
        return sum(others, start=first)


class _OfClause(NamedTuple):
    """The documents of a clause, with those that have more than an inexact alternative (None: all)."""

    alternatives: tuple[_OfAlternative, ...]
    found: Mask
    ahead: Mask | None

    def scores(self, rarity: float) -> Scores:
        """The best of what the alternatives say of every document."""
        best = np.zeros(len(self.found))
        for one in self.alternatives:
            best[one.numbers] = np.maximum(best[one.numbers], one.scores(rarity))
        return best


class _Matches(NamedTuple):
    """Documents with their scores (0 for the others), and those of them that come before the rest (None: no
    rest)."""

    found: Mask
    scores: Scores
    ahead: Mask | None = None


class _Column(NamedTuple):
    """One thing that is known of every document: the values that there are, and which it is."""

    values: list[str]
    codes: NDArray[np.int32]

    @classmethod
    def of(cls, values: Iterable[str]) -> "_Column":
        each = list(values)
        different = sorted(set(each))
        codes = {value: code for code, value in enumerate(different)}
        return cls(different, np.fromiter(map(codes.__getitem__, each), np.int32, len(each)))

    def among(self, values: Collection[str]) -> Mask:
        """The documents that have one of some values."""
        return np.array([value in values for value in self.values], bool)[self.codes]

    def counts(self, found: Mask, most: int | None = None) -> Counter[str]:
        """How many documents have which value: those values that most have, ties by value."""
        counts = np.bincount(self.codes[found], minlength=len(self.values))
        best = np.argsort(-counts, stable=True)[:most]
        return Counter({self.values[code]: int(counts[code]) for code in best if counts[code]})


class _Abouts:
    """What filters, facets and order need of every document."""

    def __init__(self, abouts: list[About], live: Mask) -> None:
        self.live = live
        self.keys = [about.key for about in abouts]
        self.priors = [about.prior for about in abouts]
        self.kinds = _Column.of(about.kind for about in abouts)
        self.lessons = _Column.of(about.lesson for about in abouts)
        self._in_lessons = ~self.lessons.among({""})
        # A key that was replaced stands twice: the deleted document must not be found by it.
        self.numbers = {self.keys[number]: number for number in live.nonzero()[0].tolist()}
        by_key = np.array(sorted(range(len(abouts)), key=self.keys.__getitem__), np.int32)
        self.ranks = np.empty_like(by_key)
        self.ranks[by_key] = np.arange(len(abouts))
        sames = _Column.of(about.same for about in abouts)
        several = np.bincount(sames.codes[live], minlength=len(sames.values)) > 1
        self._sames = sames.codes
        self._twins = by_key[(live & several[sames.codes] & ~sames.among({""}))[by_key]]

    def unfolded(self, found: Mask) -> Mask:
        """Some documents, without those that say the same as others of them; of these the first key stays."""
        here = self._twins[found[self._twins]]
        if len(here) == 0:
            return found
        _, kept = np.unique(self._sames[here], return_index=True)
        unfolded = found.copy()
        unfolded[np.delete(here, kept)] = False
        return unfolded

    def folded(self, page: list[int], found: Mask) -> dict[str, tuple[str, ...]]:
        """By the keys of a page those of the documents that are folded into them."""
        here = self._twins[found[self._twins]].tolist()
        sames = {int(self._sames[number]): list[int]() for number in page}
        for number in here:
            if (alike := sames.get(int(self._sames[number]))) is not None:
                alike.append(number)
        kept = {first: more for first, *more in filter(None, sames.values())}
        keys = self.keys
        return {keys[n]: tuple(keys[other] for other in kept[n]) for n in page if kept.get(n)}

    def by_lesson(self, found: Mask) -> Counter[str]:
        """How many hits the lessons with the most documents have: in each, what says the same is one hit."""
        counts = self.lessons.counts(found & self._in_lessons, MOST_LESSONS)
        here = self._twins[found[self._twins]]
        each = zip(self.lessons.codes[here].tolist(), self._sames[here].tolist(), strict=True)
        for (lesson, _), times in Counter(each).items():
            if self.lessons.values[lesson] in counts:
                counts[self.lessons.values[lesson]] -= times - 1
        return counts


class WhooshSearcher:
    """One reader shared by all threads: postings are read under a lock, everything else is in memory."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader
        # Also when nobody says so: a server drops a snapshot when the last request to it is answered.
        self._finish = finalize(self, reader.close)
        self._lock = Lock()
        self._kept: OrderedDict[str, Postings] = OrderedDict()
        self._kept_postings = 0
        self._live = reader.doc_count()
        self._size = reader.doc_count_all()
        self._is_live = ~np.fromiter(map(reader.is_deleted, range(self._size)), bool, self._size)
        # Opened now, while they are sure to be there; read when somebody searches.
        self._columns = columns_of(reader)
        self._read: _Abouts | None = None

    def search(self, question: Question) -> Found:
        """See the protocol."""
        about = self._abouts()
        found, scores, ahead = self._matching(question.wanted)
        of_kind = about.kinds.among({question.kind}) if question.kind is not None else None
        of_lesson = about.lessons.among({question.lesson}) if question.lesson is not None else None
        first = about.numbers.get(question.first) if question.first is not None else None
        if first is not None and question.first_if_found and not found[first]:
            first = None
        if first is not None:
            passing = _within(found, of_kind, of_lesson)
            leading = passing if ahead is None or not (passing & ahead).any() else passing & ahead
            scores[first] = scores[leading].max() if leading.any() else 1.0
            found[first] = True
        passing = _within(found, of_kind, of_lesson)
        hits = about.unfolded(passing)
        page = self._ranked(scores, hits, ahead, first, question.offset + question.limit)[question.offset :]
        return Found(
            int(np.count_nonzero(hits)),
            int(np.count_nonzero(about.unfolded(found))),
            tuple((about.keys[number], float(scores[number])) for number in page),
            about.kinds.counts(about.unfolded(_within(found, of_lesson))),
            about.by_lesson(_within(found, of_kind)),
            about.folded(page, passing),
        )

    def _ranked(
        self, scores: Scores, hits: Mask, ahead: Mask | None, first: int | None, most: int
    ) -> list[int]:
        """The best hits: the one that comes first, then by score and key, what is not ahead at the end."""
        best = [first] if first is not None and hits[first] else []
        # The first is found once more.
        for tier in (hits,) if ahead is None else (hits & ahead, hits & ~ahead):
            best += _highest(scores, tier, most + 1 - len(best), self._abouts().ranks)
        return list(dict.fromkeys(best))[:most]

    def explain(self, wanted: Wanted, key: str) -> Explanation:
        """See the protocol."""
        about = self._abouts()
        number = about.numbers[key]
        return Explanation(tuple(self._reasons(wanted, number)), about.priors[number])

    def _reasons(self, wanted: Wanted, number: int) -> Iterator[Asked]:
        match wanted:
            case Every() | Some():
                for part in wanted.parts:
                    yield from self._reasons(part, number)
            case Clause():
                found = self._of_clause(wanted)
                rare, itself = self._rarity(found), np.array([number], np.int32)
                here = [
                    (float(one.scores(rare, itself)[0]), one.asked)
                    for one in found.alternatives
                    if _contained(itself, one.numbers)[0]
                ]
                if here:
                    adds, asked = max(here, key=lambda pair: pair[0])
                    counts = self._counts(asked, itself)
                    adds /= self._abouts().priors[number]
                    yield Asked(asked.terms, counts, asked.weight, rare, adds)

    def _counts(self, alternative: Alternative, itself: Numbers) -> dict[str, int]:
        """How often the terms stand in which field of a document."""
        with self._lock, damage_named():
            counts = Counter(
                (place & _PLACE) >> FIELD_BITS
                for term in set(alternative.terms)
                for place in self._placed(term, itself).tolist()
            )
        return {FIELDS[field]: count for field, count in sorted(counts.items())}

    def close(self) -> None:
        """See the protocol."""
        with self._lock:
            self._finish()

    def _abouts(self) -> _Abouts:
        with self._lock, damage_named():
            if self._read is None:
                self._read = _Abouts(list(abouts_of(self._columns)), self._is_live)
            return self._read

    def _matching(self, wanted: Wanted) -> _Matches:
        """The documents that match, with their scores; the arrays are made for who asks."""
        match wanted:
            case Clause():
                found = self._of_clause(wanted)
                return _Matches(found.found, found.scores(self._rarity(found)), found.ahead)
            case Filter():
                column = self._abouts().kinds if wanted.name == "kind" else self._abouts().lessons
                return _Matches(
                    column.among(wanted.values - {""}) & self._abouts().live, np.zeros(self._size)
                )
            case Every():
                return self._every(wanted)
            case Some():
                return self._some(wanted)
            case Lacking():
                return _Matches(np.zeros(self._size, bool), np.zeros(self._size))

    def _every(self, wanted: Every) -> _Matches:
        parts = [self._matching(part) for part in wanted.parts if not isinstance(part, Lacking)]
        if not parts:
            return self._matching(Lacking(wanted))
        found = reduce(and_, (part.found for part in parts))
        for part in wanted.parts:
            if isinstance(part, Lacking):
                found = found & ~self._matching(part.part).found
        scores = np.where(found, sum(part.scores for part in parts), 0.0)
        aheads = [part.ahead for part in parts if part.ahead is not None]
        return _Matches(found, scores, reduce(and_, aheads, found) if aheads else None)

    def _some(self, wanted: Some) -> _Matches:
        parts = [self._matching(part) for part in wanted.parts]
        if not parts:
            return self._matching(Lacking(wanted))
        found = reduce(or_, (part.found for part in parts))
        ahead: Mask | None = None
        if any(part.ahead is not None for part in parts):
            ahead = reduce(or_, (part.found if part.ahead is None else part.ahead for part in parts))
        if wanted.all_first:
            every = reduce(and_, (part.found for part in parts))
            ahead = every if ahead is None else every & ahead
        return _Matches(found, sum((part.scores for part in parts), np.zeros(self._size)), ahead)

    def _rarity(self, found: _OfClause) -> float:
        return rarity(int(np.count_nonzero(found.found)), self._live)

    def _of_clause(self, clause: Clause) -> _OfClause:
        """The documents of a clause, by alternative; those with more than inexact ones are ahead."""
        alternatives = tuple(
            self._of_alternative(one) for asked in clause.alternatives for one in in_fields(asked, clause)
        )
        exact = self._any_of(one for one in alternatives if not one.asked.inexact)
        inexact = [one for one in alternatives if one.asked.inexact]
        if not inexact:
            return _OfClause(alternatives, exact, None)
        return _OfClause(alternatives, exact | self._any_of(inexact), exact)

    def _any_of(self, alternatives: Iterable[_OfAlternative]) -> Mask:
        found = np.zeros(self._size, bool)
        for one in alternatives:
            found[one.numbers] = True
        return found

    def _of_alternative(self, asked: Alternative) -> _OfAlternative:
        if asked.phrase and len(asked.terms) > 1:
            return self._of_phrase(asked)
        lists = tuple(self._postings(term) for term in dict.fromkeys(asked.terms))
        return _OfAlternative(asked, lists, _common(lists))

    def _of_phrase(self, asked: Alternative) -> _OfAlternative:
        """The documents in which the terms stand side by side. Only where all of them stand are positions
        looked at: those of the rarest first, then where all that were looked at stand as they should."""
        lists = {term: self._postings(term) for term in asked.terms}
        numbers = _common(lists.values())
        starts: Positions | None = None
        with self._lock, damage_named():
            for step, term in sorted(enumerate(asked.terms), key=lambda step: len(lists[step[1]].numbers)):
                begins = self._placed(term, numbers) - step
                starts = begins if starts is None else starts[_contained(starts, begins)]
                numbers = np.unique(starts >> _PLACE_BITS).astype(np.int32)
        return _OfAlternative(asked, tuple(lists.values()), numbers)

    # What the files say

    def _postings(self, term: str) -> Postings:
        with self._lock, damage_named():
            if (known := self._kept.get(term)) is not None:
                self._kept.move_to_end(term)
                return known
            read = self._read_postings(term)
            self._kept[term] = read
            self._kept_postings += len(read.numbers) + _POSTINGS_OF_A_TERM
            while self._kept_postings > _CACHED_POSTINGS and len(self._kept) > 1:
                _, oldest = self._kept.popitem(last=False)
                self._kept_postings -= len(oldest.numbers) + _POSTINGS_OF_A_TERM
            return read

    def _read_postings(self, term: str) -> Postings:
        numbers, levels = [np.empty(0, np.int32)], []
        for matcher, offset in self._matchers(term):
            for block in _blocks(matcher):
                numbers.append(block.numbers + offset)
                levels.append(block.levels)
        read = Postings(np.concatenate(numbers), np.frombuffer(b"".join(levels), np.uint8))
        if not read.are_sound(self._size):
            raise ValueError(f"the postings of {term!r}")
        if self._live == self._size:
            return read
        live = self._is_live[read.numbers]
        return Postings(read.numbers[live], read.levels[live])

    def _placed(self, term: str, among: Numbers) -> Positions:
        """Where a term stands in those documents among some that hold it."""
        placed = [np.empty(0, np.int64)]
        for matcher, offset in self._matchers(term):
            wanted = among - offset
            for block in _blocks(matcher, wanted):
                lengths, places = _places(block.values)
                numbers = np.where(_contained(block.numbers, wanted), block.numbers + offset, -1)
                each = np.repeat(numbers.astype(np.int64), lengths)
                placed.append((each << _PLACE_BITS | places)[each >= 0])
        return np.concatenate(placed)

    def _matchers(self, term: str) -> Iterator[tuple[Any, int]]:
        for reader, offset in self._reader.leaf_readers():
            try:
                yield reader.postings("terms", term), offset
            except TermNotFound:
                continue


class _Block(NamedTuple):
    """Postings that stand side by side in a file: documents, levels, packed positions."""

    numbers: Numbers
    levels: bytes
    values: Sequence[bytes]


def _blocks(matcher: Any, among: Numbers | None = None) -> Iterator[_Block]:
    """All that a matcher matches, deleted documents included, a block at a time: that is many times as quick
    as to ask it for one posting after the other. A block of which none are among some is passed over."""
    if isinstance(matcher, FilterMatcher):
        matcher = matcher.child
        matcher.reset()
    before = -1
    while matcher.is_active():
        last = matcher.block_max_id()
        if among is None or among.searchsorted(before, "right") < among.searchsorted(last, "right"):
            matcher._read_data()
            steps, levels, values = matcher._data
            yield _Block(_numbers(steps), levels, values)
        before = last
        matcher._next_block()


def _numbers(steps: Sequence[int]) -> Numbers:
    """The documents of a block, each of which stands there as the step from the one before."""
    if isinstance(steps, Steps):
        each = np.empty(len(steps), np.int32)
        each[0], each[1:] = steps.first, steps.unpacked()
    else:
        each = np.array(steps, np.int32)
    return np.cumsum(each, dtype=np.int32)


def _places(values: Sequence[bytes]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """How often a term stands in each document of a block, and where, one document after the other."""
    if isinstance(values, Places):
        lengths, joined = values.unpacked()
        sizes = np.array(lengths)
    else:
        sizes, joined = np.array(list(map(len, values))), b"".join(values)
    places = np.frombuffer(joined, np.uint32)
    return sizes // places.itemsize, places


def _common(lists: Iterable[Postings]) -> Numbers:
    """The documents that are in all of some lists."""
    shortest, *others = sorted((postings.numbers for postings in lists), key=len)
    for numbers in others:
        shortest = shortest[_contained(shortest, numbers)]
    return shortest


def _contained(some: NDArray[Any], all_: NDArray[Any]) -> Mask:
    """Which of some ascending numbers are among others."""
    if len(all_) == 0:
        return np.zeros(len(some), bool)
    places = np.minimum(all_.searchsorted(some), len(all_) - 1)
    contained: Mask = all_[places] == some
    return contained


def _within(found: Mask, *filters: Mask | None) -> Mask:
    """Those that pass the filters, which are mostly not there."""
    return reduce(and_, (mask for mask in filters if mask is not None), found)


def _highest(scores: Scores, numbers: Mask, most: int, ranks: NDArray[np.int32]) -> list[int]:
    """The numbers with the highest scores, ties by rank."""
    (among,) = numbers.nonzero()
    if most <= 0:
        return []
    if len(among) > most:
        each = scores[among]
        among = among[each >= np.partition(each, -most)[-most]]
    best: list[int] = among[np.lexsort((ranks[among], -scores[among]))][:most].tolist()
    return best
