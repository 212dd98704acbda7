"""The library of a snapshot: one SQLite file, written once and then only read.

A table holds what is asked by in columns and the value itself as MessagePack, so that a model type is
written down in one place only. Everything is numbered in reading order.
"""

import os
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar
from weakref import finalize

import msgspec

from corpus.errors import DamagedSnapshot
from corpus.labels import label_key
from corpus.model import Corpus, Problem
from corpus.sentences import sentences
from corpus.tex import readable
from graph.model import Concept, ConceptGraph
from indexer.documents import SearchDocument
from indexer.engines.protocol import Field
from indexer.model import ConceptEntry

FORMAT = 16  # of everything in a snapshot: raise it whenever an old snapshot could be misread
_APPLICATION = 0x676C6F73  # "glos"

_MOST_VALUES = 500  # of one question

_SUMMARY_LENGTH = 160
_SHORTEST_SUMMARY = 40

_SCHEMA = """
CREATE TABLE concepts (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, value BLOB NOT NULL);
CREATE TABLE entries (id TEXT PRIMARY KEY, folded TEXT NOT NULL, letter TEXT NOT NULL, lesson TEXT,
                      position INTEGER NOT NULL, unlocks INTEGER NOT NULL, value BLOB NOT NULL);
CREATE TABLE labels (label TEXT NOT NULL, cased TEXT NOT NULL, folded TEXT NOT NULL, rank INTEGER NOT NULL,
                     concept TEXT NOT NULL);
CREATE TABLE definitions (concept TEXT NOT NULL, nth INTEGER NOT NULL, section TEXT NOT NULL);
CREATE TABLE lessons (id TEXT PRIMARY KEY, number INTEGER NOT NULL, value BLOB NOT NULL);
CREATE TABLE sections (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, lesson TEXT, value BLOB NOT NULL);
CREATE TABLE prerequisites (number INTEGER PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE dropped (number INTEGER PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE broader (number INTEGER PRIMARY KEY, broader TEXT NOT NULL, narrower TEXT NOT NULL,
                      value BLOB NOT NULL);
CREATE TABLE relations (number INTEGER PRIMARY KEY, one TEXT NOT NULL, other TEXT NOT NULL,
                        value BLOB NOT NULL);
CREATE TABLE mentions (number INTEGER PRIMARY KEY, concept TEXT NOT NULL, section TEXT NOT NULL,
                       value BLOB NOT NULL);
CREATE TABLE commonplace (concept TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE resources (number INTEGER PRIMARY KEY, section TEXT NOT NULL, value BLOB NOT NULL);
CREATE TABLE figures (number INTEGER PRIMARY KEY, section TEXT NOT NULL, file TEXT NOT NULL,
                      value BLOB NOT NULL);
CREATE TABLE questions (number INTEGER PRIMARY KEY, section TEXT NOT NULL, value BLOB NOT NULL,
                        concepts BLOB NOT NULL);
CREATE TABLE question_concepts (concept TEXT NOT NULL, number INTEGER NOT NULL);
CREATE TABLE objectives (number INTEGER PRIMARY KEY, section TEXT NOT NULL, value BLOB NOT NULL);
CREATE TABLE snippets (number INTEGER PRIMARY KEY, section TEXT NOT NULL, value BLOB NOT NULL);
CREATE TABLE problems (number INTEGER PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE wanted (number INTEGER PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE settings (prefix TEXT PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE lookups (path TEXT PRIMARY KEY, there INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE search_documents (key TEXT PRIMARY KEY, digest BLOB NOT NULL, kind TEXT NOT NULL,
                               ref TEXT NOT NULL, language TEXT NOT NULL, titled TEXT,
                               above TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE words (word TEXT NOT NULL, term TEXT NOT NULL, documents INTEGER NOT NULL,
                    PRIMARY KEY (word, term)) WITHOUT ROWID;
"""

# Made after the rows: sorting once is cheaper than keeping order all the while.
_INDEXES = """
CREATE INDEX entries_by_label ON entries (folded, id);
CREATE INDEX entries_by_letter ON entries (letter, folded, id);
CREATE INDEX entries_by_lesson ON entries (lesson, folded, id);
CREATE INDEX entries_by_unlocks ON entries (unlocks DESC, position, id);
CREATE INDEX labels_exact ON labels (label);
CREATE INDEX labels_cased ON labels (cased);
CREATE INDEX labels_folded ON labels (folded);
CREATE INDEX definitions_by_section ON definitions (section);
CREATE INDEX sections_by_lesson ON sections (lesson, number);
CREATE INDEX broader_by_narrower ON broader (narrower);
CREATE INDEX broader_by_broader ON broader (broader);
CREATE INDEX relations_by_one ON relations (one);
CREATE INDEX relations_by_other ON relations (other);
CREATE INDEX mentions_by_concept ON mentions (concept, number);
CREATE INDEX mentions_by_section ON mentions (section, number);
CREATE INDEX resources_by_section ON resources (section);
CREATE INDEX figures_by_section ON figures (section);
CREATE INDEX figures_by_file ON figures (file);
CREATE INDEX questions_by_section ON questions (section);
CREATE INDEX question_concepts_by_concept ON question_concepts (concept, number);
CREATE INDEX objectives_by_section ON objectives (section);
CREATE INDEX snippets_by_section ON snippets (section);
CREATE INDEX words_by_term ON words (term);
CREATE INDEX search_documents_titled ON search_documents (titled) WHERE titled IS NOT NULL;
"""

_pack = msgspec.msgpack.Encoder().encode

Row = tuple[Any, ...]
T = TypeVar("T")


def write_store(
    path: Path,
    corpus: Corpus,
    graph: ConceptGraph,
    documents: Sequence[SearchDocument],
    digests: Mapping[str, bytes],
    words: Iterable[tuple[str, str, int]],
) -> None:
    """Writes everything into a new file at `path` and has it on disk when it returns."""
    with closing(sqlite3.connect(path, isolation_level=None)) as store:
        # The file is thrown away when anything goes wrong: no journal, one sync at the end.
        store.execute("PRAGMA journal_mode = OFF")
        store.execute("PRAGMA synchronous = OFF")
        store.execute(f"PRAGMA application_id = {_APPLICATION}")
        store.execute(f"PRAGMA user_version = {FORMAT}")
        store.executescript(_SCHEMA)
        store.execute("BEGIN")
        for table, rows in _rows(corpus, graph):
            _insert(store, table, rows)
        _insert(
            store,
            "search_documents",
            (
                (d.key, digests[d.key], d.kind, d.ref, d.language, d.titled(), d.texts.get(Field.ABOVE, ""))
                for d in documents
            ),
        )
        _insert(store, "words", words)
        store.execute("COMMIT")
        store.executescript(_INDEXES)
    with path.open("rb") as written:
        os.fsync(written.fileno())


def _insert(store: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    # Table names are those of _rows, never anybody's input.
    columns = len(store.execute(f"SELECT * FROM {table} LIMIT 0").description)  # noqa: S608
    store.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})", rows)  # noqa: S608


def _rows(corpus: Corpus, graph: ConceptGraph) -> Iterator[tuple[str, Iterable[Row]]]:
    """The rows of every table that holds what the notes say."""
    yield "concepts", ((n, c.id, _pack(c)) for n, c in enumerate(graph.concepts))
    yield "entries", _entry_rows(graph)
    yield "labels", _label_rows(graph.concepts)
    yield "definitions", ((c.id, n, d.section) for c in graph.concepts for n, d in enumerate(c.definitions))
    yield "lessons", ((lesson.id, n, _pack(lesson)) for n, lesson in enumerate(corpus.lessons))
    lesson_of = corpus.lesson_of()
    yield "sections", ((n, s.id, lesson_of.get(s.id), _pack(s)) for n, s in enumerate(corpus.sections()))
    yield "prerequisites", ((n, _pack(edge)) for n, edge in enumerate(graph.prerequisites))
    yield "dropped", ((n, _pack(edge)) for n, edge in enumerate(graph.dropped))
    yield "broader", ((n, b.broader, b.narrower, _pack(b)) for n, b in enumerate(graph.broader))
    yield "relations", ((n, r.one, r.other, _pack(r)) for n, r in enumerate(graph.relations))
    yield "mentions", ((n, m.concept, m.section, _pack(m)) for n, m in enumerate(graph.mentions))
    yield "commonplace", ((concept,) for concept in graph.commonplace)
    yield "resources", _numbered((r.section, _pack(r)) for d in corpus.documents for r in d.resources)
    yield "figures", _numbered((f.section, f.file, _pack(f)) for d in corpus.documents for f in d.figures)
    yield from _question_rows(corpus, graph)
    yield "objectives", _numbered((o.section, _pack(o)) for d in corpus.documents for o in d.objectives)
    yield "snippets", _numbered((s.section, _pack(s)) for d in corpus.documents for s in d.snippets)
    yield "problems", ((n, _pack(problem)) for n, problem in enumerate(all_problems(corpus, graph)))
    yield "wanted", ((n, _pack(wanted)) for n, wanted in enumerate(graph.wanted))
    yield "lookups", corpus.lookups.items()
    yield "settings", ((said.prefix, _pack(said)) for said in corpus.settings)


def _numbered(rows: Iterable[Row]) -> Iterator[Row]:
    return ((number, *row) for number, row in enumerate(rows))


def _question_rows(corpus: Corpus, graph: ConceptGraph) -> Iterator[tuple[str, Iterable[Row]]]:
    questions = [question for document in corpus.documents for question in document.questions]
    concepts = [*graph.question_concepts, *([()] * len(questions))][: len(questions)]
    pairs = zip(questions, concepts, strict=True)
    yield "questions", _numbered((q.section, _pack(q), _pack(about)) for q, about in pairs)
    yield "question_concepts", ((concept, n) for n, about in enumerate(concepts) for concept in about)


def all_problems(corpus: Corpus, graph: ConceptGraph) -> list[Problem]:
    """What looked wrong anywhere, each once, by place."""
    found = {*corpus.problems, *graph.problems}
    found.update(problem for document in corpus.documents for problem in document.problems)
    return sorted(found, key=lambda p: (p.location, p.code, p.message))


def _entry_rows(graph: ConceptGraph) -> Iterator[Row]:
    unlocks = Counter(edge.prerequisite for edge in graph.prerequisites)
    for concept in graph.concepts:
        entry = ConceptEntry(
            concept.id,
            concept.pref_label,
            concept.alt_labels,
            summary_of(concept),
            concept.lesson,
            concept.position,
            unlocks[concept.id],
        )
        folded = label_key(concept.pref_label)
        yield (
            *(concept.id, folded, letter_of(folded), concept.lesson, concept.position),
            *(unlocks[concept.id], _pack(entry)),
        )


def letter_of(folded: str) -> str:
    """The letter of the alphabet under which a folded label stands; "#" for what is no letter."""
    first = folded[:1].upper()[:1]
    return first if first.isalpha() else "#"


def summary_of(concept: Concept) -> str:
    """The start of the shown definition: a sentence if it is short enough, else whole words."""
    if not concept.definitions:
        return ""
    text = readable(" ".join(concept.definitions[0].text.split()))
    ends = (end for _, end in sentences(text) if end >= _SHORTEST_SUMMARY)
    if (end := next(ends, len(text))) <= _SUMMARY_LENGTH:
        return text[:end]
    return text[:_SUMMARY_LENGTH].rpartition(" ")[0].rstrip(",;:") + " …"


def _label_rows(concepts: Iterable[Concept]) -> Iterator[Row]:
    for concept in concepts:
        ranked = ((concept.pref_label,), concept.alt_labels, concept.hidden_labels, concept.shared_labels)
        for rank, labels in enumerate(ranked):
            for label in labels:
                yield label, label.casefold(), label_key(label), rank, concept.id


class Store:
    """A library file, opened read-only. May be asked from several threads at once."""

    def __init__(self, path: Path) -> None:
        # Immutable: no locks on the file, no journal to look for. One connection for all threads: a
        # question takes microseconds, a connection for each of a server's threads would stay open.
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._lock = Lock()
        try:
            self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        except sqlite3.OperationalError as error:
            raise DamagedSnapshot(_damage(f"library.sqlite: {error}")) from error
        self._finish = finalize(self, self._connection.close)  # also when nobody says so
        made_by, version = self.count("PRAGMA application_id"), self.count("PRAGMA user_version")
        if (made_by, version) != (_APPLICATION, FORMAT):
            raise DamagedSnapshot(_damage("library.sqlite is not the one that was written"))

    def rows(self, query: str, *values: object) -> list[Row]:
        """All rows of a query."""
        try:
            with self._lock:
                return self._connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise DamagedSnapshot(_damage(f"library.sqlite: {error}")) from error

    def among(self, query: str, values: Collection[object]) -> list[Row]:
        """All rows of a query whose last column has one of some values."""
        found: list[Row] = []
        rest = list(values)
        while rest:
            some, rest = rest[:_MOST_VALUES], rest[_MOST_VALUES:]
            found += self.rows(f"{query} IN ({', '.join('?' * len(some))})", *some)
        return found

    def values(self, kind: type[T], query: str, *values: object) -> tuple[T, ...]:
        """The values that a query for one BLOB column finds."""
        return tuple(decoded(kind, row[0]) for row in self.rows(query, *values))

    def count(self, query: str, *values: object) -> int:
        """The one number that a query answers with."""
        return int(self.rows(query, *values)[0][0])

    def close(self) -> None:
        """Closes the file."""
        with self._lock:
            self._finish()


_decoders: dict[Any, msgspec.msgpack.Decoder[Any]] = {}


def decoded(kind: type[T], packed: bytes) -> T:
    """A value that was packed; raises DamagedSnapshot for what is none."""
    decoder = _decoders.get(kind)
    if decoder is None:
        decoder = _decoders[kind] = msgspec.msgpack.Decoder(kind)
    try:
        value: T = decoder.decode(packed)
    except msgspec.DecodeError as error:
        raise DamagedSnapshot(_damage(f"library.sqlite: {error}")) from error
    return value


def _damage(what: str) -> str:
    return f"The snapshot is damaged ({what}). `glosspath build NOTES` makes it anew."
