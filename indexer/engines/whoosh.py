"""The default engine: Whoosh keeps the terms and their postings, scores are added up on top of them.

Every term has one posting list over all fields. A posting's weight is the level of its impact
(`indexer.engines.scoring`), so a question only looks up and adds. Positions carry their field in the high
bits; a phrase cannot run from one field into the next.
"""

import heapq
from array import array
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence, Set
from itertools import accumulate, chain
from math import fsum
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple
from weakref import finalize

import msgspec
from whoosh import fields, formats, index
from whoosh.codec import whoosh3
from whoosh.reading import IndexReader, SegmentReader, TermNotFound

from indexer.engines.files import damage_named, take_over
from indexer.engines.protocol import (
    MOST_LESSONS,
    Alternative,
    Clause,
    Every,
    Field,
    Filter,
    Found,
    IndexedDocument,
    Lacking,
    Question,
    Some,
    Wanted,
)
from indexer.engines.scoring import ASKED_ALONE, in_fields, inside, levels, rarity, worths
from indexer.model import Asked, Explanation

_FIELD_BITS = 24  # positions per field: more words than any text that is read
_FIELDS = tuple(Field)

_CACHED_POSTINGS = 600_000
_MANY_SEGMENTS = 8
_IN_BLOCKS: Any = whoosh3.W3LeafMatcher

# The level of a term in each document that has it, by number.
Postings = Mapping[int, int]


class Terms(fields.FieldType):
    """A Whoosh field that takes terms by field as they are, with weights and positions made here."""

    def __init__(self) -> None:
        self.format = formats.Positions()  # values of any length; they are packed and read here

    def index(
        self, value: IndexedDocument, **_: Any
    ) -> Generator[tuple[bytes, int, float, bytes], None, None]:
        """(term, frequency, level, packed positions) for every distinct term of a document."""
        positions: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for number, field in enumerate(_FIELDS):
            for position, term in enumerate(value.terms.get(field, ()), number << _FIELD_BITS):
                positions[term].append(position)
                if field in ASKED_ALONE:
                    positions[inside(field, term)].append(position)
        for term, level in levels(value).items():
            yield term.encode(), len(positions[term]), level, positions[term].tobytes()


class _Matches(NamedTuple):
    """Documents with their scores, and those of them that come after the others."""

    scores: dict[int, float]
    behind: Set[int]


class _OfAlternative(NamedTuple):
    """The postings of an alternative's terms, and the documents that have what it says."""

    asked: Alternative
    lists: tuple[Postings, ...]
    numbers: Set[int]

    def score(self, number: int, rarity: float) -> float:
        """What it says of one of the documents."""
        worth = worths(rarity, self.asked)
        return sum(worth[postings[number]] for postings in self.lists)

    def scores(self, among: Set[int], rarity: float) -> dict[int, float]:
        """What it says of those of its documents that are among some."""
        numbers = among if among is self.numbers else self.numbers & among
        worth = worths(rarity, self.asked)
        if len(self.lists) == 1:
            (levels,) = self.lists
            if len(numbers) == len(levels):
                return dict(zip(levels, map(worth.__getitem__, levels.values()), strict=True))
            return {number: worth[levels[number]] for number in numbers}
        return {number: sum(worth[levels[number]] for levels in self.lists) for number in numbers}


class _OfClause(NamedTuple):
    """The documents of a clause. They are scored only when it is known which of them are needed."""

    alternatives: tuple[_OfAlternative, ...]
    numbers: Set[int]
    behind: Set[int]

    def scores(self, among: Set[int], rarity: float) -> dict[int, float]:
        """The best of what the alternatives say of each document among some of the clause's."""
        best = self.alternatives[0].scores(among, rarity)
        for other in self.alternatives[1:]:
            for number, score in other.scores(among, rarity).items():
                if score > best.get(number, 0.0):
                    best[number] = score
        return best


class WhooshEngine:
    """Embedded, pure Python, nothing to run."""

    name = "whoosh"

    def write(
        self, place: Path, documents: Iterable[IndexedDocument], base: Path | None, removed: Collection[str]
    ) -> None:
        """See the protocol. One writer, one new segment; deletions by document number."""
        place.mkdir(parents=True)
        if base is None:
            opened: Any = index.create_in(str(place), _schema())
        else:
            take_over(base, place, without=("WRITELOCK",))
            opened = index.open_dir(str(place))
        stale = _numbers_of(opened, set(removed)) if removed else []
        # limitmb bounds the memory for postings; one file less to copy per segment without compound.
        writer = opened.writer(compound=False, limitmb=256)
        try:
            for number in stale:
                writer.delete_document(number)
            for document in documents:
                about = (document.key, document.kind, document.lesson, document.prior, document.same)
                writer.add_document(terms=document, about=msgspec.msgpack.encode(about))
        except BaseException:
            writer.cancel()
            raise
        writer.commit(mergetype=_merge)
        opened.close()
        (place / "MAIN_WRITELOCK").unlink(missing_ok=True)

    def open(self, place: Path) -> "WhooshSearcher":
        """See the protocol."""
        with damage_named():
            opened: Any = index.open_dir(str(place), readonly=True)
            return WhooshSearcher(opened.reader())

    def drop(self, place: Path) -> None:
        """See the protocol: all of it is in the folder."""


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
        # Opened now, while they are sure to be there; read when somebody searches.
        self._columns = _about_columns(reader)
        self._keys: list[str] = []
        self._kinds: list[str] = []
        self._lessons: list[str] = []
        self._priors: list[float] = []
        self._numbers: dict[str, int] = {}
        self._twins: dict[int, str] = {}

    def search(self, question: Question) -> Found:
        """See the protocol."""
        self._read_abouts()
        found = self._matching(question.wanted)
        scores, behind = found.scores, found.behind
        first = self._numbers.get(question.first, -1) if question.first is not None else -1
        if first >= 0 and first not in scores:
            first = -1 if question.first_if_found else first
        if first >= 0:
            passing = self._passing(scores, question.kind, question.lesson)
            leading = [scores[n] for n in passing if n not in behind] or [scores[n] for n in passing]
            scores[first] = max(leading, default=1.0)
        kinds, lessons = self._facets(scores, question)
        passing = self._passing(scores, question.kind, question.lesson)
        folded = self._folded(passing)
        hits = passing.keys() - chain.from_iterable(folded.values()) if folded else passing.keys()
        ranked = self._ranked(scores, hits, behind, first, question.offset + question.limit)
        keys, page = self._keys, ranked[question.offset :]
        return Found(
            len(hits),
            len(scores) - sum(map(len, self._folded(scores).values())),
            tuple((keys[n], scores[n]) for n in page),
            kinds,
            lessons,
            {keys[n]: tuple(keys[other] for other in folded[n]) for n in page if n in folded},
        )

    def _ranked(
        self, scores: Mapping[int, float], hits: Set[int], behind: Set[int], first: int, most: int
    ) -> list[int]:
        """The best hits: the one that comes first, then by score and key, what is behind at the end."""
        rest = hits - {first}
        best = [first] if len(rest) < len(hits) else []
        for tier in (rest - behind, rest & behind) if behind else (rest,):
            best += _highest(scores, tier, most - len(best), self._keys)
        return best[:most]

    def explain(self, wanted: Wanted, key: str) -> Explanation:
        """See the protocol."""
        self._read_abouts()
        number = self._numbers[key]
        return Explanation(tuple(self._reasons(wanted, number)), self._priors[number])

    def _reasons(self, wanted: Wanted, number: int) -> Iterator[Asked]:
        match wanted:
            case Every() | Some():
                for part in wanted.parts:
                    yield from self._reasons(part, number)
            case Clause():
                found = self._of_clause(wanted)
                if number not in found.numbers:
                    return
                rare = self._rarity(found)
                here = [one for one in found.alternatives if number in one.numbers]
                best = max(here, key=lambda one: one.score(number, rare))
                adds = best.score(number, rare) / self._priors[number]
                asked = best.asked
                yield Asked(asked.terms, self._counts(asked, number), asked.weight, rare, adds)

    def _counts(self, alternative: Alternative, number: int) -> dict[str, int]:
        """How often the terms stand in which field of a document."""
        with self._lock, damage_named():
            counts = Counter(
                position >> _FIELD_BITS
                for term in set(alternative.terms)
                for _, _, positions in self._placed(term, [number])
                for position in positions
            )
        return {_FIELDS[field]: count for field, count in sorted(counts.items())}

    def close(self) -> None:
        """See the protocol."""
        with self._lock:
            self._finish()

    def _read_abouts(self) -> None:
        """What filters, facets and order need of every document, by its number."""
        with self._lock, damage_named():
            if len(self._priors) == self._reader.doc_count_all():
                return
            abouts = list(_abouts(self._columns))
            self._keys = [about[0] for about in abouts]
            self._kinds = [about[1] for about in abouts]
            self._lessons = [about[2] for about in abouts]
            self._priors = [about[3] for about in abouts]
            # A key that was replaced stands twice: the deleted document must not be found by it.
            deleted = self._reader.is_deleted
            self._numbers = {key: n for n, key in enumerate(self._keys) if not deleted(n)}
            sames = {n: abouts[n][4] for n in self._numbers.values() if abouts[n][4]}
            times = Counter(sames.values())
            self._twins = {n: same for n, same in sames.items() if times[same] > 1}

    def _facets(self, scores: Mapping[int, float], question: Question) -> tuple[Counter[str], Counter[str]]:
        kinds, lessons = self._kinds, self._lessons
        of_lesson = self._passing(scores, None, question.lesson)
        by_kind = Counter(map(kinds.__getitem__, of_lesson))
        by_kind.subtract(kinds[n] for others in self._folded(of_lesson).values() for n in others)
        of_kind = self._passing(scores, question.kind, None)
        each = Counter(map(lessons.__getitem__, of_kind))
        each.pop("", None)
        most = heapq.nsmallest(MOST_LESSONS, each.items(), key=lambda item: (-item[1], item[0]))
        by_lesson = Counter(dict(most))
        # In each lesson those that say the same are one hit.
        twins = self._twins.keys() & of_kind.keys()
        for (lesson, _), times in Counter((lessons[n], self._twins[n]) for n in twins).items():
            if lesson in by_lesson:
                by_lesson[lesson] -= times - 1
        return by_kind, by_lesson

    def _folded(self, numbers: Mapping[int, float]) -> dict[int, list[int]]:
        """Of those of the numbers that say the same as others of them, the first one with the others."""
        first: dict[str, int] = {}
        others: dict[int, list[int]] = {}
        for number in sorted(self._twins.keys() & numbers.keys(), key=self._keys.__getitem__):
            kept = first.setdefault(self._twins[number], number)
            if kept != number:
                others.setdefault(kept, []).append(number)
        return others

    def _passing(
        self, scores: Mapping[int, float], kind: str | None, lesson: str | None
    ) -> Mapping[int, float]:
        """Those that pass the filters, which are mostly not there."""
        if kind is not None:
            scores = {n: score for n, score in scores.items() if self._kinds[n] == kind}
        if lesson is not None:
            scores = {n: score for n, score in scores.items() if self._lessons[n] == lesson}
        return scores

    def _matching(self, wanted: Wanted) -> "_Matches":
        """The documents that match, with their scores."""
        match wanted:
            case Clause():
                found = self._of_clause(wanted)
                return _Matches(found.scores(found.numbers, self._rarity(found)), found.behind)
            case Filter():
                values = self._kinds if wanted.name == "kind" else self._lessons
                numbers = (n for n in self._numbers.values() if values[n] in wanted.values)
                return _Matches(dict.fromkeys(numbers, 0.0), frozenset())
            case Every():
                return self._every(wanted)
            case Some():
                return self._some(wanted)
            case Lacking():
                return _Matches({}, frozenset())

    def _every(self, wanted: Every) -> "_Matches":
        # Only what matches everywhere need be scored: clauses are scored when that is known.
        clauses = [self._of_clause(part) for part in wanted.parts if isinstance(part, Clause)]
        others = [self._matching(part) for part in wanted.parts if not isinstance(part, Clause | Lacking)]
        parts = [clause.numbers for clause in clauses] + [other.scores.keys() for other in others]
        if not parts:
            return _Matches({}, frozenset())
        parts.sort(key=len)
        common: Set[int] = parts[0]
        for part in parts[1:]:
            common = common & part
        for lacking in wanted.parts:
            if isinstance(lacking, Lacking) and common:
                common = common - self._matching(lacking.part).scores.keys()
        scored = [clause.scores(common, self._rarity(clause)) for clause in clauses]
        scored += [other.scores for other in others]
        each = (map(one.__getitem__, common) for one in scored)
        scores = dict(zip(common, map(fsum, zip(*each, strict=True)), strict=True))
        behind = frozenset().union(*(c.behind for c in clauses), *(other.behind for other in others))
        return _Matches(scores, behind)

    def _some(self, wanted: Some) -> "_Matches":
        found = [self._matching(part) for part in wanted.parts]
        scores = dict(found[0].scores) if found else {}
        for one in found[1:]:
            for number, score in one.scores.items():
                scores[number] = scores.get(number, 0.0) + score
        exact = set[int]().union(*(one.scores.keys() - one.behind for one in found))
        if wanted.all_first and found:
            exact = exact.intersection(*(one.scores for one in found))
        return _Matches(scores, scores.keys() - exact)

    def _rarity(self, found: "_OfClause") -> float:
        return rarity(len(found.numbers), self._live)

    def _of_clause(self, clause: Clause) -> "_OfClause":
        """The documents of a clause, by alternative; those in which only inexact ones are come behind."""
        found = tuple(
            self._of_alternative(one) for asked in clause.alternatives for one in in_fields(asked, clause)
        )
        if len(found) == 1 and not found[0].asked.inexact:
            return _OfClause(found, found[0].numbers, frozenset())
        exact = set[int]().union(*(one.numbers for one in found if not one.asked.inexact))
        inexact = frozenset().union(*(one.numbers for one in found if one.asked.inexact)) - exact
        return _OfClause(found, exact | inexact, inexact)

    def _of_alternative(self, asked: Alternative) -> "_OfAlternative":
        if asked.phrase and len(asked.terms) > 1:
            return self._of_phrase(asked)
        lists = [self._postings(term) for term in dict.fromkeys(asked.terms)]
        numbers: Set[int] = min(lists, key=len).keys()
        for postings in lists:
            if postings.keys() is not numbers and len(lists) > 1:
                numbers = numbers & postings.keys()
        return _OfAlternative(asked, tuple(lists), numbers)

    def _postings(self, term: str) -> Postings:
        with self._lock, damage_named():
            if (known := self._kept.get(term)) is not None:
                self._kept.move_to_end(term)
                return known
            read = self._read_postings(term)
            self._kept[term] = read
            self._kept_postings += len(read) + 1
            while self._kept_postings > _CACHED_POSTINGS and len(self._kept) > 1:
                _, oldest = self._kept.popitem(last=False)
                self._kept_postings -= len(oldest) + 1
            return read

    def _read_postings(self, term: str) -> Postings:
        read: dict[int, int] = {}
        for matcher, offset in self._matchers(term):
            for block in _blocks(matcher):
                ids = map(offset.__add__, block.ids) if offset else block.ids
                read.update(zip(ids, map(int, block.weights), strict=True))
        return read

    def _matchers(self, term: str) -> Iterator[tuple[Any, int]]:
        for reader, offset in self._reader.leaf_readers():
            try:
                yield reader.postings("terms", term), offset
            except TermNotFound:
                continue

    def _of_phrase(self, asked: Alternative) -> "_OfAlternative":
        """The documents in which the terms stand side by side. The rarest is looked at first, the others only
        where all that were looked at stand as they should."""
        levels: dict[str, dict[int, int]] = {}
        starts: dict[int, set[int]] | None = None
        with self._lock, damage_named():
            often = {term: self._reader.doc_frequency("terms", term) for term in asked.terms}
            for step, term in sorted(enumerate(asked.terms), key=lambda step: often[step[1]]):
                here: dict[int, set[int]] = {}
                levels[term] = {}
                for number, level, positions in self._placed(term, starts):
                    begins = {position - step for position in positions}
                    if starts is not None:
                        begins &= starts[number]
                    if begins:
                        here[number], levels[term][number] = begins, level
                starts = here
        return _OfAlternative(
            asked, tuple(levels[term] for term in dict.fromkeys(asked.terms)), (starts or {}).keys()
        )

    def _placed(self, term: str, among: Collection[int] | None) -> Iterator[tuple[int, int, Sequence[int]]]:
        """The documents that hold a term, all or those among some, with its level and its positions."""
        for matcher, offset in self._matchers(term):
            wanted = None if among is None else {number - offset for number in among}
            for block in _blocks(matcher):
                if wanted is None or not wanted.isdisjoint(block.ids):
                    for id, weight, packed in zip(block.ids, block.weights, block.values, strict=True):
                        if wanted is None or id in wanted:
                            yield id + offset, int(weight), array("I", packed)


class _Block(NamedTuple):
    """Postings that stand side by side in a file: documents, levels, packed positions."""

    ids: Sequence[int]
    weights: Sequence[float]
    values: Sequence[bytes]


def _blocks(matcher: Any) -> Iterator[_Block]:
    """All that a matcher matches, a block at a time where it reads blocks: that is several times as quick as
    to ask it for one posting after the other."""
    if isinstance(matcher, _IN_BLOCKS):
        while matcher.is_active():
            matcher.weight(), matcher.value()  # each unpacks its part of the block
            # Documents are written as steps from one to the next.
            yield _Block(tuple(accumulate(matcher._data[0])), matcher._weights, matcher._values)
            matcher._next_block()
    while matcher.is_active():
        yield _Block((matcher.id(),), (matcher.weight(),), (matcher.value(),))
        matcher.next()


def _highest(
    scores: Mapping[int, float], numbers: Collection[int], most: int, keys: Sequence[str]
) -> list[int]:
    """The numbers with the highest scores, ties by key."""
    if most <= 0:
        return []
    if len(numbers) > most:
        # Scores alone are quick to compare, and leave few numbers whose keys must be.
        least = heapq.nlargest(most, map(scores.__getitem__, numbers))[-1]
        numbers = [n for n in numbers if scores[n] >= least]
    return heapq.nsmallest(most, numbers, key=lambda n: (-scores[n], keys[n]))


def _schema() -> fields.Schema:
    return fields.Schema(terms=Terms(), about=fields.COLUMN())


def _about_columns(reader: IndexReader) -> list[tuple[Any, int]]:
    """The columns that hold what `about` says, each with the number of its documents."""
    leaves = [leaf for leaf, _ in reader.leaf_readers() if leaf.doc_count_all()]
    return [(leaf.column_reader("about", translate=False), leaf.doc_count_all()) for leaf in leaves]


def _abouts(columns: list[tuple[Any, int]]) -> Iterator[tuple[str, str, str, float, str]]:
    """Key, kind, lesson, prior and same of every document by number, deleted ones included."""
    decode = msgspec.msgpack.Decoder(tuple[str, str, str, float, str]).decode
    for column, count in columns:
        yield from (decode(column[number]) for number in range(count))


def _numbers_of(opened: Any, keys: set[str]) -> list[int]:
    """The document numbers of keys, deleted documents left out."""
    reader = opened.reader()
    try:
        return [
            number
            for number, about in enumerate(_abouts(_about_columns(reader)))
            if about[0] in keys and not reader.is_deleted(number)
        ]
    finally:
        reader.close()


def _merge(writer: Any, segments: list[Any]) -> list[Any]:
    """Whoosh's question which segments to write anew: all that are mostly deleted, and when there are many
    of them all but the largest, so that builds stay cheap and questions too."""
    stale = [s for s in segments if s.deleted_count() * 2 > s.doc_count_all()]
    if len(segments) >= _MANY_SEGMENTS:
        stale = sorted(segments, key=lambda s: s.doc_count_all())[:-1]
    if len(stale) == 0:
        return segments
    for segment in stale:
        with_live = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(with_live)
        with_live.close()
    return [segment for segment in segments if segment not in stale]
