"""The default engine: Whoosh keeps the terms and their postings, scores are added up on top of them.

Every term has one posting list over all fields. A posting's weight is the level of its impact
(`indexer.engines.scoring`), so a question only looks up and adds. Positions carry their field in the high
bits; a phrase cannot run from one field into the next. They are packed apart from the levels, block by block:
most questions never unpack them.
"""

import heapq
import zlib
from array import array
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property, partial, reduce
from itertools import accumulate, chain, compress, pairwise, repeat
from operator import add, and_
from pathlib import Path
from sys import intern
from threading import Lock
from typing import Any, NamedTuple
from weakref import finalize

import msgspec
from whoosh import fields, formats, index
from whoosh.codec import whoosh3
from whoosh.matching.wrappers import FilterMatcher
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
_POSTINGS_PER_BLOCK = 512
_FEW_POSTINGS = 8  # too few to be worth packing

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


class Packed(Sequence[bytes]):
    """The positions of a block, unpacked when the first of them is asked for."""

    def __init__(self, packed: int, size: int) -> None:
        self._packed, self._size = packed, size

    @classmethod
    def of(cls, values: Sequence[bytes]) -> "Packed":
        """The values in one piece. It is kept as a number: in the pickles of an index bytes are stored as
        text, half as long again."""
        joined = array("I", map(len, values)).tobytes() + b"".join(values)
        return cls(int.from_bytes(zlib.compress(joined, 3), "little"), len(values))

    def __reduce__(self) -> tuple[type["Packed"], tuple[int, int]]:
        return Packed, (self._packed, self._size)

    @cached_property
    def _values(self) -> list[bytes]:
        # A number does not tell of zeros at its end, and what follows the end of the stream is not read.
        packed = self._packed.to_bytes(self._packed.bit_length() // 8 + 16, "little")
        joined = zlib.decompress(packed)
        ends = list(accumulate(array("I", joined[: 4 * self._size]), initial=4 * self._size))
        return [joined[start:end] for start, end in pairwise(ends)]

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, place: Any) -> Any:
        return self._values[place]

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._values)


class _PostingsWriter(whoosh3.W3PostingsWriter):
    """Writes levels as bytes and positions packed, which Whoosh reads as it reads its own."""

    def _mini_weights(self) -> bytes:
        return bytes(map(int, self._weights))

    def _mini_values(self) -> Sequence[bytes]:
        return tuple(self._values) if len(self._values) < _FEW_POSTINGS else Packed.of(self._values)


class PackedCodec(whoosh3.W3Codec):
    """Whoosh's own, but for how postings stand in their blocks."""

    def __init__(self) -> None:
        super().__init__(_POSTINGS_PER_BLOCK, 0)  # type: ignore[no-untyped-call]  # positions are compressed

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> Any:
        """See Whoosh's."""
        writer: Any = _PostingsWriter
        return writer(dbfile, self._blocklimit, byteids, self._compression, self._inlinelimit)


class _Matches(NamedTuple):
    """Documents with their scores, and those of them that come before the others (None: no others)."""

    scores: dict[int, float]
    ahead: Set[int] | None = None


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
        """What it says of some of its documents."""
        worth = worths(rarity, self.asked).__getitem__
        if len(self.lists) > 1:
            return {number: sum(worth(levels[number]) for levels in self.lists) for number in among}
        (levels,) = self.lists
        if len(among) == len(levels):
            return dict(zip(levels, map(worth, levels.values()), strict=True))
        return dict(zip(among, map(worth, map(levels.__getitem__, among)), strict=True))


class _OfClause(NamedTuple):
    """The documents of a clause. They are scored only when it is known which of them are needed."""

    alternatives: tuple[_OfAlternative, ...]
    numbers: Set[int]
    ahead: Set[int] | None

    def scores(self, among: Set[int], rarity: float) -> dict[int, float]:
        """The best of what the alternatives say of each of some of the clause's documents."""
        if len(self.alternatives) == 1:
            return self.alternatives[0].scores(among, rarity)
        best: dict[int, float] = {}
        for one in self.alternatives:
            numbers = one.numbers if among is self.numbers else one.numbers & among
            _combine(max, best, one.scores(numbers, rarity))
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
        writer = opened.writer(compound=False, limitmb=256, codec=PackedCodec())
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
        scores, ahead = found.scores, found.ahead
        first = self._numbers.get(question.first, -1) if question.first is not None else -1
        if first >= 0 and first not in scores:
            first = -1 if question.first_if_found else first
        if first >= 0:
            passing = self._passing(scores.keys(), question.kind, question.lesson)
            leading = passing if ahead is None else passing & ahead or passing
            scores[first] = max(map(scores.__getitem__, leading), default=1.0)
        kinds, lessons = self._facets(scores.keys(), question)
        passing = self._passing(scores.keys(), question.kind, question.lesson)
        folded = self._folded(passing)
        hits = passing - set(chain.from_iterable(folded.values())) if folded else passing
        ranked = self._ranked(scores, hits, ahead, first, question.offset + question.limit)
        keys, page = self._keys, ranked[question.offset :]
        return Found(
            len(hits),
            len(scores) - sum(map(len, self._folded(scores.keys()).values())),
            tuple((keys[n], scores[n]) for n in page),
            kinds,
            lessons,
            {keys[n]: tuple(keys[other] for other in folded[n]) for n in page if n in folded},
        )

    def _ranked(
        self, scores: Mapping[int, float], hits: Set[int], ahead: Set[int] | None, first: int, most: int
    ) -> list[int]:
        """The best hits: the one that comes first, then by score and key, what is not ahead at the end."""
        best = [first] if first in hits else []
        # The first is found once more.
        tiers = (hits,) if ahead is None else (hits & ahead, hits - ahead)
        for tier in tiers:
            best += _highest(scores, tier, most + 1 - len(best), self._keys)
        return list(dict.fromkeys(best))[:most]

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
                for _, positions in self._placed(term, [number])
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
            # The same text is the same object: it is compared very often.
            self._kinds = [intern(about[1]) for about in abouts]
            self._lessons = [intern(about[2]) for about in abouts]
            self._priors = [about[3] for about in abouts]
            # A key that was replaced stands twice: the deleted document must not be found by it.
            deleted = self._reader.is_deleted
            self._numbers = {key: n for n, key in enumerate(self._keys) if not deleted(n)}
            sames = {n: abouts[n][4] for n in self._numbers.values() if abouts[n][4]}
            times = Counter(sames.values())
            self._twins = {n: same for n, same in sames.items() if times[same] > 1}

    def _facets(self, found: Set[int], question: Question) -> tuple[Counter[str], Counter[str]]:
        kinds, lessons = self._kinds, self._lessons
        of_lesson = self._passing(found, None, question.lesson)
        by_kind = Counter(map(kinds.__getitem__, of_lesson))
        by_kind.subtract(kinds[n] for others in self._folded(of_lesson).values() for n in others)
        of_kind = self._passing(found, question.kind, None)
        each = Counter(map(lessons.__getitem__, of_kind))
        each.pop("", None)
        most = heapq.nsmallest(MOST_LESSONS, each.items(), key=lambda item: (-item[1], item[0]))
        by_lesson = Counter(dict(most))
        # In each lesson those that say the same are one hit.
        twins = self._twins.keys() & of_kind
        for (lesson, _), times in Counter((lessons[n], self._twins[n]) for n in twins).items():
            if lesson in by_lesson:
                by_lesson[lesson] -= times - 1
        return by_kind, by_lesson

    def _folded(self, numbers: Set[int]) -> dict[int, list[int]]:
        """Of those of the numbers that say the same as others of them, the first one with the others."""
        first: dict[str, int] = {}
        others: dict[int, list[int]] = {}
        for number in sorted(self._twins.keys() & numbers, key=self._keys.__getitem__):
            kept = first.setdefault(self._twins[number], number)
            if kept != number:
                others.setdefault(kept, []).append(number)
        return others

    def _passing(self, found: Set[int], kind: str | None, lesson: str | None) -> Set[int]:
        """Those that pass the filters, which are mostly not there."""
        if kind is not None:
            found = {n for n in found if self._kinds[n] == kind}
        if lesson is not None:
            found = {n for n in found if self._lessons[n] == lesson}
        return found

    def _matching(self, wanted: Wanted) -> "_Matches":
        """The documents that match, with their scores."""
        match wanted:
            case Clause():
                found = self._of_clause(wanted)
                return _Matches(found.scores(found.numbers, self._rarity(found)), found.ahead)
            case Filter():
                values = self._kinds if wanted.name == "kind" else self._lessons
                numbers = (n for n in self._numbers.values() if values[n] in wanted.values)
                return _Matches(dict.fromkeys(numbers, 0.0))
            case Every():
                return self._every(wanted)
            case Some():
                return self._some(wanted)
            case Lacking():
                return _Matches({})

    def _every(self, wanted: Every) -> "_Matches":
        # Only what matches everywhere need be scored: clauses are scored when that is known.
        clauses = [self._of_clause(part) for part in wanted.parts if isinstance(part, Clause)]
        others = [self._matching(part) for part in wanted.parts if not isinstance(part, Clause | Lacking)]
        parts = [clause.numbers for clause in clauses] + [other.scores.keys() for other in others]
        if not parts:
            return _Matches({})
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
        scores = dict(zip(common, reduce(partial(map, add), each), strict=True))
        every = [*(clause.ahead for clause in clauses), *(other.ahead for other in others)]
        aheads = [ahead for ahead in every if ahead is not None]
        return _Matches(scores, frozenset(common).intersection(*aheads) if aheads else None)

    def _some(self, wanted: Some) -> "_Matches":
        found = [self._matching(part) for part in wanted.parts]
        scores: dict[int, float] = {}
        for one in sorted(found, key=lambda one: -len(one.scores)):
            _combine(add, scores, one.scores)
        ahead: Set[int] | None = None
        if any(one.ahead is not None for one in found):
            exact = (one.scores.keys() if one.ahead is None else one.ahead for one in found)
            ahead = frozenset().union(*exact)
        if wanted.all_first and found:
            every = sorted((one.scores.keys() for one in found), key=len)
            ahead = reduce(and_, every if ahead is None else [*every, ahead])
        return _Matches(scores, ahead)

    def _rarity(self, found: "_OfClause") -> float:
        return rarity(len(found.numbers), self._live)

    def _of_clause(self, clause: Clause) -> "_OfClause":
        """The documents of a clause, by alternative; those with more than inexact ones are ahead."""
        found = tuple(
            self._of_alternative(one) for asked in clause.alternatives for one in in_fields(asked, clause)
        )
        if len(found) == 1 and not found[0].asked.inexact:
            return _OfClause(found, found[0].numbers, None)
        exact = frozenset().union(*(one.numbers for one in found if not one.asked.inexact))
        inexact = [one.numbers for one in found if one.asked.inexact]
        return _OfClause(found, exact.union(*inexact), exact if inexact else None)

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
                read.update(zip(ids, block.levels, strict=True))
        return read

    def _matchers(self, term: str) -> Iterator[tuple[Any, int]]:
        for reader, offset in self._reader.leaf_readers():
            try:
                yield reader.postings("terms", term), offset
            except TermNotFound:
                continue

    def _of_phrase(self, asked: Alternative) -> "_OfAlternative":
        """The documents in which the terms stand side by side. Only where all of them stand are positions
        looked at: those of the rarest first, then where all that were looked at stand as they should."""
        lists = {term: self._postings(term) for term in asked.terms}
        numbers: Set[int] = reduce(and_, sorted((postings.keys() for postings in lists.values()), key=len))
        starts: dict[int, set[int]] | None = None
        with self._lock, damage_named():
            for step, term in sorted(enumerate(asked.terms), key=lambda step: len(lists[step[1]])):
                here: dict[int, set[int]] = {}
                for number, positions in self._placed(term, numbers):
                    begins = {position - step for position in positions}
                    if starts is not None:
                        begins &= starts[number]
                    if begins:
                        here[number] = begins
                starts, numbers = here, here.keys()
        return _OfAlternative(asked, tuple(lists.values()), numbers)

    def _placed(self, term: str, among: Collection[int]) -> Iterator[tuple[int, Sequence[int]]]:
        """Those documents among some that hold a term, with its positions."""
        for matcher, offset in self._matchers(term):
            wanted = {number - offset for number in among}
            for block in _blocks(matcher):
                if not wanted.isdisjoint(block.ids):
                    for id, packed in zip(block.ids, block.values, strict=True):
                        if id in wanted:
                            yield id + offset, array("I", packed)


class _Block(NamedTuple):
    """Postings that stand side by side in a file: documents, levels, packed positions."""

    ids: Sequence[int]
    levels: Sequence[int]
    values: Sequence[bytes]

    def without(self, deleted: Set[int]) -> "_Block":
        """What is left without some documents."""
        live = [id not in deleted for id in self.ids]
        ids, levels = list(compress(self.ids, live)), list(compress(self.levels, live))
        return _Block(ids, levels, list(compress(self.values, live)))


def _blocks(matcher: Any) -> Iterator[_Block]:
    """All that a matcher matches, a block at a time: that is many times as quick as to ask it for one posting
    after the other."""
    deleted: Set[int] = frozenset()
    if isinstance(matcher, FilterMatcher):
        matcher, deleted = matcher.child, set(matcher._ids)
        matcher.reset()
    while matcher.is_active():
        matcher._read_weights(), matcher._read_values()  # what is packed stays so
        # Documents are written as steps from one to the next.
        block = _Block(tuple(accumulate(matcher._data[0])), matcher._weights, matcher._values)
        yield block if deleted.isdisjoint(block.ids) else block.without(deleted)
        matcher._next_block()


def _combine(
    how: Callable[[float, float], float], scores: dict[int, float], more: Mapping[int, float]
) -> None:
    """Puts more scores to some, and combines those of documents that are in both."""
    if scores:
        before = map(scores.get, more, repeat(0.0))
        more = dict(zip(more, map(how, before, more.values()), strict=True))
    scores.update(more)


def _highest(
    scores: Mapping[int, float], numbers: Collection[int], most: int, keys: Sequence[str]
) -> list[int]:
    """The numbers with the highest scores, ties by key."""
    if most <= 0:
        return []
    if len(numbers) > most:
        # Scores alone are quick to compare, and leave few numbers whose keys must be.
        each = list(map(scores.__getitem__, numbers))
        least = heapq.nlargest(most, each)[-1]
        numbers = list(compress(numbers, map(least.__le__, each)))
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
