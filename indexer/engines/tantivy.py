"""The engine for large notes: Tantivy is embedded, compiled, and lets other requests go on while it searches.

It has each term of a document once with its level behind it (`indexer.engines.scoring`), so that a term is
the union of its levels, each of which scores the same everywhere: Tantivy's own BM25 would depend on what
other builds left behind. Terms in their order stand in a second field, for phrases and for counting. A
segment keeps its documents in the order of their keys. What else is asked of documents is in a file of ours.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import msgspec

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
from indexer.engines.scoring import ASKED_ALONE, in_fields, inside, levels, rarity, reasons, worths
from indexer.model import Explanation

_BETWEEN = "|"  # a term and its level, two fields; in no term
_FIRST_LEVEL = ord("0")
_ABOUTS = "abouts.msgpack"
_WRITTEN_ANEW = ("meta.json", ".managed.json")  # by every build; a segment never changes

# So much above what it says scores what is not behind. No score reaches it, and sums stay exact.
_TIER = 512.0

_MEMORY = 200_000_000  # for postings before a segment is written
# Of so many documents what is asked is sooner counted here than in the index.
_FEW = 400
_MOST_VALUES = 65_000  # of a field: Tantivy counts no more


class About(msgspec.Struct, frozen=True, array_like=True):
    """What filters, facets and order need of a document."""

    key: str
    kind: str
    lesson: str
    same: str


class _Abouts(msgspec.Struct, array_like=True):
    """All live documents by number; whether some that are not are still in the index."""

    next: int
    by_number: dict[int, About]
    deleted: bool


class TantivyEngine:
    """Embedded, compiled; an extra."""

    name = "tantivy"

    def __init__(self) -> None:
        self._library: Any = import_module("tantivy")

    def write(
        self, place: Path, documents: Iterable[IndexedDocument], base: Path | None, removed: Collection[str]
    ) -> None:
        """See the protocol. One writing thread, so that a first build is one segment if memory allows."""
        place.mkdir(parents=True)
        before = _Abouts(0, {}, False)
        if base is not None:
            with damage_named():
                before = _abouts(base)
            take_over(base, place, without=(".lock", _ABOUTS), written_anew=_WRITTEN_ANEW)
        with damage_named():
            index = self._index(place)
            writer = index.writer(heap_size=_MEMORY, num_threads=1)
        gone = set(removed)
        for key in removed:
            writer.delete_documents_by_term("key", key)
        abouts = {number: about for number, about in before.by_number.items() if about.key not in gone}
        next_number = before.next
        for document in documents:
            writer.add_document(self._document(next_number, document))
            abouts[next_number] = About(document.key, document.kind, document.lesson, document.same)
            next_number += 1
        writer.commit()
        writer.wait_merging_threads()
        written = _Abouts(next_number, abouts, before.deleted or bool(gone))
        (place / _ABOUTS).write_bytes(msgspec.msgpack.encode(written))
        for lock in place.glob(".tantivy-*.lock"):
            lock.unlink()

    def open(self, place: Path) -> "TantivySearcher":
        """See the protocol."""
        with damage_named():
            try:
                return self._searcher(place)
            except ValueError as error:
                if "Lockfile" not in str(error):
                    raise
            # It locks what it opens, with a file beside it, also where nobody may write. All is open, and
            # needs no names any more, when it is there.
            with TemporaryDirectory() as beside:
                for file in place.resolve().iterdir():
                    if not file.name.endswith(".lock"):
                        (Path(beside) / file.name).symlink_to(file)
                return self._searcher(Path(beside))

    def _searcher(self, place: Path) -> "TantivySearcher":
        return TantivySearcher(self._library, self._index(place), _abouts(place))

    def drop(self, place: Path) -> None:
        """See the protocol: all of it is in the folder."""

    def _index(self, place: Path) -> Any:
        index = self._library.Index(self._schema(), path=str(place), sort_by_field="key")
        index.config_reader(reload_policy="manual")
        spaced = self._library.TextAnalyzerBuilder(self._library.Tokenizer.whitespace()).build()
        index.register_tokenizer("terms", spaced)
        return index

    def _schema(self) -> Any:
        schema = self._library.SchemaBuilder()
        schema.add_text_field("key", fast=True, tokenizer_name="raw", index_option="basic")
        schema.add_unsigned_field("number", fast=True)
        for name in ("kind", "lesson", "same"):
            schema.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
        schema.add_text_field("levels", tokenizer_name="terms", index_option="basic")
        schema.add_text_field("text", tokenizer_name="terms", index_option="position")
        schema.add_bytes_field("document", stored=True)
        return schema.build()

    def _document(self, number: int, document: IndexedDocument) -> Any:
        made = self._library.Document()
        made.add_unsigned("number", number)
        for name in ("key", "kind", "lesson", "same"):
            if value := getattr(document, name):
                made.add_text(name, str(value))
        made.add_text("levels", " ".join(_at_level(*found) for found in levels(document).items()))
        made.add_text("text", " ".join(_in_order(document)))
        made.add_bytes("document", msgspec.msgpack.encode(document))
        return made


class TantivySearcher:
    """Tantivy lets several threads search at once; what is remembered here never changes."""

    def __init__(self, library: Any, index: Any, abouts: _Abouts) -> None:
        self._library = library
        self._queries = library.Query
        self._schema = index.schema
        self._searcher: Any = index.searcher()
        self._abouts = abouts.by_number
        self._deleted = abouts.deleted
        self._live = len(abouts.by_number)
        self._levels = lru_cache(maxsize=8192)(self._read_levels)
        self._count = lru_cache(maxsize=8192)(self._read_count)
        # Who asks for all words in vain asks for any of them next.
        self._scored_clause = lru_cache(maxsize=256)(self._read_scored)
        self._matched_clause = lru_cache(maxsize=256)(self._read_matched)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {about.key: number for number, about in self._abouts.items()}

    @cached_property
    def _twins(self) -> frozenset[str]:
        """What several documents say."""
        times = Counter(about.same for about in self._abouts.values() if about.same)
        return frozenset(same for same, count in times.items() if count > 1)

    def search(self, question: Question) -> Found:
        """See the protocol."""
        with damage_named():
            return _Answer(self, question).found()

    def explain(self, wanted: Wanted, key: str) -> Explanation:
        """See the protocol."""
        with damage_named():
            ((_, address),) = self._searcher.search(self._term("key", key), limit=1).hits
            packed = self._searcher.doc(address).get_first("document")
            document = msgspec.msgpack.decode(bytes(packed), type=IndexedDocument)
            return Explanation(tuple(reasons(wanted, document, self._rarity)), document.prior)

    def close(self) -> None:
        """See the protocol."""
        self._searcher = None

    # What is asked, as queries

    def scored(self, wanted: Wanted) -> Any:
        """The documents that match, with their scores."""
        match wanted:
            case Clause():
                return self._scored_clause(wanted)
            case Every() | Some():
                return self._combined(wanted, self.scored)
        return self.matched(wanted)

    def matched(self, wanted: Wanted, *, exactly: bool = False) -> Any:
        """The documents that match, without scores; those that are not behind if `exactly`."""
        match wanted:
            case Clause():
                return self._matched_clause(wanted, exactly)
            case Filter():
                return self.filter(wanted.name, wanted.values)
            case Every():
                return self._combined(wanted, lambda part: self.matched(part, exactly=exactly))
            case Some():
                some = self._combined(wanted, lambda part: self.matched(part, exactly=exactly))
                if exactly and wanted.all_first:
                    return self.all_of([some, *map(self.matched, wanted.parts)])
                return some
            case Lacking():
                return self._queries.empty_query()

    def _combined(self, wanted: Every | Some, query: Any) -> Any:
        if isinstance(wanted, Some):
            return self.any_of(list(map(query, wanted.parts)))
        found = [query(part) for part in wanted.parts if not isinstance(part, Lacking)]
        gone = [self.matched(part.part) for part in wanted.parts if isinstance(part, Lacking)]
        return self.all_of(found, gone) if found else self._queries.empty_query()

    def _read_scored(self, clause: Clause) -> Any:
        """The best of what the alternatives say of each document."""
        rare = self._rarity(clause)
        inside = [one for asked in clause.alternatives for one in in_fields(asked, clause)]
        best = [query for one in inside for query in self._scored_alternative(one, rare)]
        return _one_or(best, self._queries.disjunction_max_query)

    def _read_matched(self, clause: Clause, exactly: bool) -> Any:
        asked = [one for one in clause.alternatives if not (exactly and one.inexact)]
        return self.any_of([self._matched_alternative(i) for one in asked for i in in_fields(one, clause)])

    def _scored_alternative(self, asked: Alternative, rarity: float) -> list[Any]:
        """The documents with one term by level, of which each has one; else those with all the terms."""
        worth = worths(rarity, asked)
        terms = [
            [
                self._queries.const_score_query(self._term("levels", _at_level(term, level)), worth[level])
                for level, _ in self._levels(term)
            ]
            for term in dict.fromkeys(asked.terms)
        ]
        if len(terms) == 1 and not self._phrase(asked):
            return terms[0]
        return [self.all_of([*map(self.any_of, terms), *self._phrase(asked)])]

    def _matched_alternative(self, asked: Alternative) -> Any:
        if phrase := self._phrase(asked):
            return phrase[0]
        return self.all_of([self._unscored(self._term("text", term)) for term in dict.fromkeys(asked.terms)])

    def _phrase(self, asked: Alternative) -> list[Any]:
        if not asked.phrase or len(asked.terms) < 2:
            return []
        return [self._unscored(self._queries.phrase_query(self._schema, "text", list(asked.terms)))]

    def filter(self, name: str, values: Iterable[str]) -> Any:
        """The documents with one of some values."""
        return self.any_of([self._unscored(self._term(name, value)) for value in sorted(values) if value])

    def _term(self, field: str, value: str) -> Any:
        return self._queries.term_query(self._schema, field, value, "basic")

    def _unscored(self, query: Any) -> Any:
        return self._queries.const_score_query(query, 0.0)

    def any_of(self, queries: list[Any]) -> Any:
        """The documents that match any of some queries, each by the sum of what they say."""
        should = self._library.Occur.Should
        return _one_or(queries, lambda some: self._queries.boolean_query([(should, one) for one in some]))

    def all_of(self, queries: list[Any], but: Iterable[Any] = ()) -> Any:
        """The documents that match all of some queries and none of others."""
        must, not_in = self._library.Occur.Must, self._library.Occur.MustNot
        parts = [*((must, one) for one in queries), *((not_in, one) for one in but)]
        return queries[0] if len(parts) == 1 else self._queries.boolean_query(parts)

    def tiered(self, wanted: Wanted) -> Any:
        """The documents that match, those that are not behind by `_TIER` above the others."""
        exact = self._queries.const_score_query(self.matched(wanted, exactly=True), _TIER)
        occur = self._library.Occur
        return self._queries.boolean_query([(occur.Must, self.scored(wanted)), (occur.Should, exact)])

    # What the index knows

    def _rarity(self, clause: Clause) -> float:
        return rarity(self._count(clause), self._live)

    def _read_count(self, clause: Clause) -> int:
        alternatives = clause.alternatives
        if not self._deleted and len(alternatives) == 1 == len(alternatives[0].terms) >= len(clause.fields):
            (asked,) = in_fields(alternatives[0], clause)
            return sum(count for _, count in self._levels(asked.terms[0]))
        return self.count(self.matched(clause))

    def _read_levels(self, term: str) -> tuple[tuple[int, int], ...]:
        """The levels at which a term is in documents, and in how many (deleted ones included)."""
        found = self._searcher.terms_with_prefix("levels", term + _BETWEEN)
        return tuple(sorted((ord(spelled[-1]) - _FIRST_LEVEL, count) for spelled, count in found))

    def count(self, query: Any) -> int:
        """How many documents match. Every one has a number: to count these needs no order and no scores."""
        found = self._searcher.aggregate(query, {"found": {"value_count": {"field": "number"}}})
        return int(found["found"]["value"])

    def all_few(self, wanted: Wanted, matched: Any) -> list[int] | None:
        """The numbers of all documents that match, if they are a few."""
        if self._at_least(wanted) > _FEW:
            return None
        if self.count(matched) > _FEW:
            return None
        found = self._searcher.search(matched, limit=_FEW, count=False)
        return list(self._searcher.fast_field_values("number", [address for _, address in found.hits]))

    def _at_least(self, wanted: Wanted) -> int:
        """How many documents match at least, as far as scoring them needs to know it anyway."""
        match wanted:
            case Clause():
                return self._count(wanted)
            case Some():
                return max(map(self._at_least, wanted.parts), default=0)
        return 0

    def counts(self, query: Any, *fields: str) -> list[Counter[str]]:
        """How many documents match, by the values of each field that most have, ties by value."""
        most = self._buckets(query, {field: {"size": MOST_LESSONS + 1} for field in fields})
        for field, count in most.items():
            if len(count) > MOST_LESSONS:
                # Which of those that tie at the end belong to it, only their values tell.
                tied = {
                    "size": MOST_LESSONS,
                    "min_doc_count": min(count.values()),
                    "order": {"_key": "asc"},
                }
                most[field] = _most(count | self._buckets(query, {field: tied})[field])
        return list(most.values())

    def _buckets(self, query: Any, asked: dict[str, dict[str, Any]]) -> dict[str, Counter[str]]:
        # Several segments are cut before they are added up, unless they are told not to.
        several = {"segment_size": _MOST_VALUES} if self._searcher.num_segments > 1 else {}
        terms = {field: {"terms": {"field": field, **several, **more}} for field, more in asked.items()}
        found = self._searcher.aggregate(query, terms)
        return {
            field: Counter({bucket["key"]: bucket["doc_count"] for bucket in found[field]["buckets"]})
            for field in asked
        }

    def best(self, query: Any, wanted: int) -> list[tuple[float, int]]:
        """Scores and numbers of at least the first documents by score and key, as many as wanted."""
        several = self._searcher.num_segments > 1
        limit = 2 * wanted + 50 if several else wanted
        hits = self._searcher.search(query, limit=limit, count=False).hits
        # A segment's documents are in the order of their keys. Of several segments with equal scores at the
        # end, the first keys may be missing: all with that score must be there.
        while several and len(hits) == limit and hits[-1][0] == hits[wanted - 1][0]:
            limit *= 4
            hits = self._searcher.search(query, limit=limit, count=False).hits
        numbers = self._searcher.fast_field_values("number", [address for _, address in hits])
        return [(score, number) for (score, _), number in zip(hits, numbers, strict=True)]

    def about(self, number: int) -> About:
        """What is known of a document."""
        return self._abouts[number]

    def number(self, key: str | None) -> int | None:
        """The number of a key; None if there is none."""
        return None if key is None else self._numbers.get(key)

    def twins(self, query: Any, few: list[int] | None) -> list[int]:
        """Those of the documents that match (if they are a few: which) that say the same as others of the
        index, by key."""
        if not self._twins:
            return []
        if few is not None:
            found = [number for number in few if self._abouts[number].same in self._twins]
            return sorted(found, key=lambda number: self._abouts[number].key)
        among = self.all_of([query, self._queries.term_set_query(self._schema, "same", sorted(self._twins))])
        total = self.count(among)
        found = [number for _, number in self.best(among, total)] if total else []
        return sorted(found, key=lambda number: self._abouts[number].key)


@dataclass
class _Answer:
    """One question being answered."""

    searcher: TantivySearcher
    question: Question

    def found(self) -> Found:
        """One page, and the counts of all."""
        asked, searcher = self.question, self.searcher
        matched, first, found = self._with_first(searcher.matched(asked.wanted))
        few = searcher.all_few(asked.wanted, matched)
        counted = self._counted(matched) if few is None else self._counted_few(few)
        total, unfiltered, kinds, lessons = counted
        twins = [(n, searcher.about(n)) for n in searcher.twins(matched, few)]
        passing, others = _folded([(n, about) for n, about in twins if self._passes(about)])
        for _, about in _folded([(n, a) for n, a in twins if asked.lesson in (None, a.lesson)])[0]:
            kinds[about.kind] -= 1
        alike = Counter((a.lesson, a.same) for _, a in twins if asked.kind in (None, a.kind))
        for (lesson, _), times in alike.items():
            if lesson in lessons:
                lessons[lesson] -= times - 1
        page = self._page(first, found, {number for number, _ in passing}, total)
        return Found(
            total - len(passing),
            unfiltered - len(_folded(twins)[0]),
            tuple((searcher.about(number).key, score) for score, number in page),
            +kinds,
            lessons,
            {searcher.about(n).key: others[n] for _, n in page if n in others},
        )

    def _with_first(self, matched: Any) -> tuple[Any, int | None, bool]:
        """The matches with the document that comes first; its number, None if there is none; whether it is a
        match by itself."""
        first = self.searcher.number(self.question.first)
        if first is None or self.question.first is None:
            return matched, None, False
        itself = self.searcher.filter("key", [self.question.first])
        if self.searcher.count(self.searcher.all_of([matched, itself])):
            return matched, first, True
        if self.question.first_if_found:
            return matched, None, False
        return self.searcher.any_of([matched, itself]), first, False

    def _passes(self, about: About) -> bool:
        asked = self.question
        return asked.kind in (None, about.kind) and asked.lesson in (None, about.lesson)

    def _filters(self, *names: Literal["kind", "lesson"]) -> list[Any]:
        values = ((name, getattr(self.question, name)) for name in names)
        return [self.searcher.filter(name, [value]) for name, value in values if value is not None]

    def _counted(self, matched: Any) -> tuple[int, int, Counter[str], Counter[str]]:
        """How many pass, how many there are without filters, and the facets, nothing folded."""
        asked, searcher = self.question, self.searcher
        if asked.kind is None and asked.lesson is None:
            kinds, lessons = searcher.counts(matched, "kind", "lesson")
            return kinds.total(), kinds.total(), kinds, lessons
        (kinds,) = searcher.counts(searcher.all_of([matched, *self._filters("lesson")]), "kind")
        (lessons,) = searcher.counts(searcher.all_of([matched, *self._filters("kind")]), "lesson")
        total = kinds.total() if asked.kind is None else kinds[asked.kind]
        return total, searcher.count(matched), kinds, lessons

    def _counted_few(self, numbers: list[int]) -> tuple[int, int, Counter[str], Counter[str]]:
        """The same of documents that are all known."""
        asked, abouts = self.question, list(map(self.searcher.about, numbers))
        kinds = Counter(about.kind for about in abouts if asked.lesson in (None, about.lesson))
        lessons = Counter(a.lesson for a in abouts if a.lesson and asked.kind in (None, a.kind))
        total = kinds.total() if asked.kind is None else kinds[asked.kind]
        return total, len(abouts), kinds, _most(lessons)

    def _page(self, first: int | None, found: bool, folded: set[int], total: int) -> list[tuple[float, int]]:
        """Scores and numbers of the hits of the page."""
        asked, searcher = self.question, self.searcher
        if not total or not asked.limit:
            return []
        lifted = searcher.tiered(asked.wanted) if _has_behind(asked.wanted) else searcher.scored(asked.wanted)
        if first is not None:
            lifted = searcher.any_of([lifted, searcher.filter("key", [searcher.about(first).key])])
        query = searcher.all_of([lifted, *self._filters("kind", "lesson")])
        # All that could stand before the end of the page, and be left out or moved.
        wanted = min(asked.offset + asked.limit + len(folded) + 1, total)
        hits = [(*divmod(score, _TIER), number) for score, number in searcher.best(query, wanted)]
        hits.sort(key=lambda hit: (-hit[0], -hit[1], searcher.about(hit[2]).key))
        page = [(score, number) for _, score, number in hits if number != first and number not in folded]
        if first is not None and self._passes(searcher.about(first)):
            best = (score for _, score, number in hits if number != first or found)
            page.insert(0, (next(best, 1.0), first))
        return page[asked.offset : asked.offset + asked.limit]


def _has_behind(wanted: Wanted) -> bool:
    """Whether some of what matches comes after all else."""
    match wanted:
        case Clause():
            return any(alternative.inexact for alternative in wanted.alternatives)
        case Some() if wanted.all_first:
            return True
        case Every() | Some():
            return any(map(_has_behind, wanted.parts))
    return False


def _most(lessons: Counter[str]) -> Counter[str]:
    """Those with the most documents, ties by id."""
    if len(lessons) <= MOST_LESSONS:
        return lessons
    most = sorted(lessons.items(), key=lambda found: (-found[1], found[0]))
    return Counter(dict(most[:MOST_LESSONS]))


def _folded(twins: list[tuple[int, About]]) -> tuple[list[tuple[int, About]], dict[int, tuple[str, ...]]]:
    """Those that are folded into another, and their keys by the number of that one."""
    kept: dict[str, int] = {}
    folded = [(n, about) for n, about in twins if kept.setdefault(about.same, n) != n]
    others: dict[int, list[str]] = defaultdict(list)
    for _, about in folded:
        others[kept[about.same]].append(about.key)
    return folded, {number: tuple(keys) for number, keys in others.items()}


def _one_or(queries: list[Any], several: Any) -> Any:
    """The only query, or what is made of several."""
    return queries[0] if len(queries) == 1 else several(queries)


def _at_level(term: str, level: int) -> str:
    return f"{term}{_BETWEEN}{chr(_FIRST_LEVEL + level)}"


def _in_order(document: IndexedDocument) -> Iterator[str]:
    """The terms of a document as they follow each other, fields apart."""
    for field in Field:
        terms = document.terms.get(field, ())
        yield from (*terms, _BETWEEN)
        if field in ASKED_ALONE:
            yield from (*(inside(field, term) for term in terms), _BETWEEN)


def _abouts(place: Path) -> _Abouts:
    return msgspec.msgpack.decode((place / _ABOUTS).read_bytes(), type=_Abouts)
