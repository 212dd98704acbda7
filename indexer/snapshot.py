"""One snapshot, opened: everything that can be asked about one state of the notes. Nothing here writes.

A snapshot is a folder that never changes; whoever opened it may keep asking while the next one is built.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock
from typing import Literal, TypeVar

from corpus.errors import DamagedSnapshot, UnknownName, near_misses
from corpus.files import file_below
from corpus.labels import label_key
from corpus.model import (
    Definition,
    Figure,
    Lesson,
    LessonId,
    Objective,
    Problem,
    Question,
    Resource,
    Section,
    SectionId,
    Settings,
)
from graph.model import (
    Broader,
    Concept,
    ConceptId,
    DroppedPrerequisite,
    Mention,
    Prerequisite,
    Relation,
    Wanted,
)
from graph.paths import PrerequisiteGraph
from graph.scope import found_elsewhere
from indexer.engines.protocol import Engine
from indexer.history import NO_HISTORY, History
from indexer.lessons import lessons_called
from indexer.lexicon import Lexicon
from indexer.manifest import MEND, Record, Watched
from indexer.model import (
    ConceptEntry,
    HitKind,
    LabelMatch,
    QuestionEntry,
    SearchResults,
    Suggestion,
)
from indexer.queries import LONGEST_QUERY
from indexer.searching import Search
from indexer.store import Store, decoded
from indexer.suggestions import Label, Suggester

LONGEST_LABEL = 500
_BATCH = 500


T = TypeVar("T")


class Snapshot:
    """One state of the notes. May be asked from several threads at once."""

    def __init__(self, folder: Path, record: Record, engine: Engine, history: History = NO_HISTORY) -> None:
        self.manifest = record.manifest()
        self.id = record.id
        self.history = history
        self.known = history.digest()  # what answers depend on beside the id
        self._moved, self._moved_lessons = history.ids(), history.lesson_ids()
        self._files = Watched(folder, record)
        # Both are opened now: who holds a snapshot may go on when its folder is removed.
        self._store = Store(folder / "library.sqlite")
        self._searcher = engine.open(folder / "search")
        self._search = Search(
            self._searcher, self._store, Lexicon(self._store), self.lookup, self.lessons_called
        )
        self._lock = Lock()
        self._suggester: Suggester | None = None
        self._find: Callable[[str], list[tuple[ConceptId, int, int]]] | None = None
        self._prerequisites: PrerequisiteGraph | None = None
        self._results = lru_cache(maxsize=512)(self._search.search)

    def check(self) -> None:
        """Raises DamagedSnapshot when what was built cannot be read any more, or is no longer what was built:
        what was read before may be remembered, and hide it."""
        self._files.check()
        for name in ("concepts", "sections", "problems"):
            found = self._store.count(f"SELECT count(*) FROM {name}")  # noqa: S608 - the names are ours
            if found != self.manifest.counts[name]:
                raise DamagedSnapshot(f"The snapshot {self.id} is damaged: {name} are missing. {MEND}")

    # Concepts

    def concept(self, id: ConceptId) -> Concept:
        """The concept with this id; raises UnknownName with the nearest labels."""
        found = self._store.values(Concept, "SELECT value FROM concepts WHERE id = ?", id)
        if not found:
            raise UnknownName("concept", id, self.nearest_labels(id), "`glosspath concepts`")
        return found[0]

    def entries(self) -> tuple[ConceptEntry, ...]:
        """All concepts as listings show them, from A to Z."""
        return self._store.values(ConceptEntry, "SELECT value FROM entries ORDER BY folded, id")

    def entries_by_lesson(self) -> dict[LessonId, int]:
        """How many concepts each lesson introduces that introduces any."""
        query = (
            "SELECT lesson, count(*) FROM entries WHERE lesson IS NOT NULL GROUP BY lesson ORDER BY lesson"
        )
        return {LessonId(lesson): count for lesson, count in self._store.rows(query)}

    def letters(self) -> dict[str, int]:
        """How many concepts stand under each letter, and under "#", at the end, without one."""
        found = self._store.rows("SELECT letter, count(*) FROM entries GROUP BY letter")
        return dict(sorted(found, key=lambda row: (row[0] == "#", row[0])))

    def entry(self, id: ConceptId) -> ConceptEntry:
        """One concept as listings show it; raises UnknownName."""
        found = self.entries_by_id([id])
        if not found:
            raise UnknownName("concept", id, self.nearest_labels(id), "`glosspath concepts`")
        return found[0]

    def entries_by_id(self, ids: Iterable[ConceptId]) -> tuple[ConceptEntry, ...]:
        """Those of the concepts that exist, in the order of `ids`."""
        found = (self._store.values(ConceptEntry, "SELECT value FROM entries WHERE id = ?", id) for id in ids)
        return tuple(entry for entries in found for entry in entries)

    def most_unlocking(self, limit: int) -> tuple[ConceptEntry, ...]:
        """The concepts that the most others directly need."""
        query = "SELECT value FROM entries WHERE unlocks > 0 ORDER BY unlocks DESC, position, id LIMIT ?"
        return self._store.values(ConceptEntry, query, limit)

    def concepts_of(self, lesson: LessonId) -> tuple[ConceptEntry, ...]:
        """The concepts that a lesson introduces, in the notes' own order."""
        query = "SELECT value FROM entries WHERE lesson = ? ORDER BY position, id"
        return self._store.values(ConceptEntry, query, lesson)

    # Labels

    def lookup(self, label: str) -> LabelMatch | None:
        """The concept with this label: exactly, else but for case, else folded; None if there is none."""
        label = " ".join(_storable(label)[:LONGEST_LABEL].split())
        if not label:
            return None
        return (
            self._labelled("label", label, "exact")
            or self._labelled("cased", label.casefold(), "case")
            or self._labelled("folded", label_key(label), "folded")
        )

    def moved_to(self, id: ConceptId) -> ConceptId | None:
        """The concept that had this id before, under the id that it has now; None for an id that is a
        concept's, and for one that is nothing's."""
        if (now := self._moved.get(id)) is None or self.entries_by_id([id]):
            return None
        return now if self.entries_by_id([now]) else None

    def lesson_moved_to(self, id: LessonId) -> LessonId | None:
        """The lesson that had this id before, under the id that it has now; None as for a concept's."""
        if (now := self._moved_lessons.get(id)) is None:
            return None
        ids = {lesson.id for lesson in self.lessons()}
        return now if now in ids and id not in ids else None

    def _labelled(
        self, column: str, wanted: str, how: Literal["exact", "case", "folded"]
    ) -> LabelMatch | None:
        query = f"""SELECT concept, labels.label FROM labels JOIN entries ON id = concept
                    WHERE labels.{column} = ? AND rank < 3 ORDER BY rank, position, labels.label LIMIT 1"""  # noqa: S608
        for concept, matched in self._store.rows(query, wanted):
            return LabelMatch(concept, self.entry(concept).pref_label, matched, how)
        return None

    def sharing(self, label: str) -> tuple[str, ...]:
        """The preferred labels of the concepts that share a label, in the order of the notes."""
        query = """SELECT concept FROM labels JOIN entries ON id = concept
                   WHERE labels.folded = ? AND rank = 3 ORDER BY position"""
        found = self._store.rows(query, label_key(_storable(label)[:LONGEST_LABEL]))
        return tuple(self.entry(concept).pref_label for (concept,) in found)

    def nearest_labels(self, label: str, limit: int = 5) -> tuple[str, ...]:
        """Labels that somebody who typed this may have meant, best first."""
        return self._suggestions().near(_storable(label), limit)

    def suggest(self, typed: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """Completions of what is being typed, best first, at most one per concept."""
        return self._suggestions().suggest(_storable(typed), limit)

    # Lessons and sections

    def lessons(self) -> tuple[Lesson, ...]:
        """All lessons in reading order. Read once."""
        return self._lessons

    @cached_property
    def _lessons(self) -> tuple[Lesson, ...]:
        return self._store.values(Lesson, "SELECT value FROM lessons ORDER BY number")

    def lesson(self, id: LessonId) -> Lesson:
        """The lesson with this id; raises UnknownName."""
        found = self._store.values(Lesson, "SELECT value FROM lessons WHERE id = ?", id)
        if not found:
            known = (row[0] for row in self._store.rows("SELECT id FROM lessons ORDER BY number LIMIT 2000"))
            raise UnknownName("lesson", id, near_misses(id, known), "`glosspath lessons`")
        return found[0]

    def lessons_called(self, name: str) -> tuple[LessonId, ...]:
        """The lessons that a name means, in reading order: by id, title, number or words of the title."""
        return lessons_called(name, self.lessons())

    def sections_of(self, lesson: LessonId) -> tuple[Section, ...]:
        """A lesson's sections in reading order."""
        return self._store.values(
            Section, "SELECT value FROM sections WHERE lesson = ? ORDER BY number", lesson
        )

    def introduction(self) -> tuple[Section, ...]:
        """The sections that belong to no lesson, in reading order."""
        return self._store.values(Section, "SELECT value FROM sections WHERE lesson IS NULL ORDER BY number")

    def section(self, id: SectionId) -> Section:
        """The section with this id; raises UnknownName."""
        found = self._store.values(Section, "SELECT value FROM sections WHERE id = ?", id)
        if not found:
            raise UnknownName("section", id, self._sections_near(id), "`glosspath lessons`")
        return found[0]

    def lesson_of(self, section: SectionId) -> LessonId | None:
        """The lesson that a section belongs to, None if it is in none or there is no such section."""
        rows = self._store.rows("SELECT lesson FROM sections WHERE id = ?", section)
        return rows[0][0] if rows else None

    def definitions_in(self, section: SectionId) -> tuple[tuple[ConceptId, Definition], ...]:
        """The definitions that stand in a section, with their concepts."""
        query = """SELECT value, nth FROM definitions JOIN concepts ON concepts.id = concept
                   WHERE section = ? ORDER BY number, nth"""
        rows = ((decoded(Concept, packed), nth) for packed, nth in self._store.rows(query, section))
        found = [(concept.id, concept.definitions[nth]) for concept, nth in rows]
        return tuple(sorted(found, key=lambda pair: pair[1].location))

    def mentions_in(self, section: SectionId) -> tuple[Mention, ...]:
        """The mentions in a section, in reading order."""
        return self._store.values(
            Mention, "SELECT value FROM mentions WHERE section = ? ORDER BY number", section
        )

    def resources_in(self, section: SectionId) -> tuple[Resource, ...]:
        """The links that a section keeps, in reading order."""
        return self._store.values(
            Resource, "SELECT value FROM resources WHERE section = ? ORDER BY number", section
        )

    def figures_in(self, section: SectionId) -> tuple[Figure, ...]:
        """The pictures of a section, in reading order."""
        return self._store.values(
            Figure, "SELECT value FROM figures WHERE section = ? ORDER BY number", section
        )

    def objectives_in(self, section: SectionId) -> tuple[Objective, ...]:
        """What a section promises, in reading order."""
        return self._store.values(
            Objective, "SELECT value FROM objectives WHERE section = ? ORDER BY number", section
        )

    # Concepts among each other

    def mentions_of(self, concept: ConceptId, limit: int = 50) -> tuple[int, tuple[Mention, ...]]:
        """How often a concept is mentioned, and the first of its mentions in reading order."""
        total = self._store.count("SELECT count(*) FROM mentions WHERE concept = ?", concept)
        query = "SELECT value FROM mentions WHERE concept = ? ORDER BY number LIMIT ?"
        return total, self._store.values(Mention, query, concept, limit)

    def broader_of(self, concept: ConceptId) -> tuple[Broader, ...]:
        """What the concept is a kind of."""
        return self._store.values(
            Broader, "SELECT value FROM broader WHERE narrower = ? ORDER BY number", concept
        )

    def narrower_of(self, concept: ConceptId) -> tuple[Broader, ...]:
        """The kinds of the concept."""
        return self._store.values(
            Broader, "SELECT value FROM broader WHERE broader = ? ORDER BY number", concept
        )

    def relations_of(self, concept: ConceptId) -> tuple[Relation, ...]:
        """What the concept is a part or an example of, and its own parts and examples, in reading order."""
        query = "SELECT value FROM relations WHERE one = ? OR other = ? ORDER BY number"
        return self._store.values(Relation, query, concept, concept)

    def prerequisite_graph(self) -> PrerequisiteGraph:
        """What comes before what, dropped edges included. Read once."""
        with self._lock:
            if self._prerequisites is None:
                positions = {
                    ConceptId(id): position
                    for id, position in self._store.rows("SELECT id, position FROM entries")
                }
                dropped = self._store.values(DroppedPrerequisite, "SELECT value FROM dropped ORDER BY number")
                self._prerequisites = PrerequisiteGraph(positions, self.all_prerequisites(), dropped)
            return self._prerequisites

    # Questions, problems, wanted words

    def questions(self) -> tuple[QuestionEntry, ...]:
        """All quiz items, in reading order."""
        query = "SELECT number, value, concepts FROM questions ORDER BY number"
        return _questions(self._store.rows(query))

    def questions_in(self, section: SectionId) -> tuple[QuestionEntry, ...]:
        """The quiz items of a section, in reading order."""
        query = "SELECT number, value, concepts FROM questions WHERE section = ? ORDER BY number"
        return _questions(self._store.rows(query, section))

    def questions_of(self, concept: ConceptId) -> tuple[QuestionEntry, ...]:
        """The quiz items about a concept, in reading order."""
        query = """SELECT number, value, concepts FROM question_concepts JOIN questions USING (number)
                   WHERE concept = ? ORDER BY number"""
        return _questions(self._store.rows(query, concept))

    def problems(self) -> tuple[Problem, ...]:
        """What looked wrong in the notes, by place."""
        return self._store.values(Problem, "SELECT value FROM problems ORDER BY number")

    def wanted(self) -> tuple[Wanted, ...]:
        """The labels that are used and never defined."""
        return self._store.values(Wanted, "SELECT value FROM wanted ORDER BY number")

    def settings(self) -> tuple[Settings, ...]:
        """What the author says of each folder of notes."""
        return self._store.values(Settings, "SELECT value FROM settings ORDER BY prefix")

    # Files

    def figure_file(self, path: str) -> Path | None:
        """The file of a figure that the notes show, by the path that `Figure.file` records; None for any
        other path, and for one that leads out of the notes' folder."""
        path = _storable(path)
        if not path or not self._store.rows("SELECT 1 FROM figures WHERE file = ? LIMIT 1", path):
            return None
        root, inside = _root_of(path, self.manifest.roots)
        if root is None:
            return None
        try:
            return file_below(Path(root).resolve(strict=True), inside)
        except (OSError, ValueError, RuntimeError):  # gone, not a path, or a loop of links
            return None

    # Search

    def search(
        self,
        query: str,
        kind: HitKind | None = None,
        lesson: LessonId | None = None,
        page: int = 1,
        per_page: int = 20,
        explain: bool = False,
    ) -> SearchResults:
        """One page of what a query finds, with the reasons if asked. No query is an error."""
        # Nobody types this much; a little more than is searched shows that something was left out.
        return self._results(query[: LONGEST_QUERY + 1], kind, lesson, page, per_page, explain)

    def concepts_in(self, text: str) -> list[tuple[ConceptId, int, int]]:
        """The concepts that a text of anybody's uses, each with its half-open range, in order; found as in
        the notes."""
        with self._lock:
            if self._find is None:
                self._find = found_elsewhere(list(self.all_concepts()), self.all_sections())
        return self._find(text)

    # All of it

    def all_concepts(self) -> Iterator[Concept]:
        """Every concept, in the notes' own order."""
        return self._all(Concept, "concepts")

    def all_sections(self) -> Iterator[Section]:
        """Every section, in reading order."""
        return self._all(Section, "sections")

    def all_prerequisites(self) -> Iterator[Prerequisite]:
        """Every prerequisite that is believed."""
        return self._all(Prerequisite, "prerequisites")

    @cached_property
    def commonplace(self) -> frozenset[ConceptId]:
        """The concepts that are mentioned so often that pages do not link them."""
        return frozenset(ConceptId(id) for (id,) in self._store.rows("SELECT concept FROM commonplace"))

    def all_relations(self) -> Iterator[Relation]:
        """Everything that is said to be a part or an example, in reading order."""
        return self._all(Relation, "relations")

    def all_mentions(self) -> Iterator[Mention]:
        """Every mention, in reading order."""
        return self._all(Mention, "mentions")

    def all_resources(self) -> Iterator[Resource]:
        """Every link worth keeping, in reading order."""
        return self._all(Resource, "resources")

    def all_figures(self) -> Iterator[Figure]:
        """Every picture, in reading order."""
        return self._all(Figure, "figures")

    def all_objectives(self) -> Iterator[Objective]:
        """Everything that is promised, in reading order."""
        return self._all(Objective, "objectives")

    def close(self) -> None:
        """Lets go of the files. Nothing can be asked afterwards."""
        with self._lock:
            self._searcher.close()
            self._store.close()

    def _all(self, kind: type[T], table: str) -> Iterator[T]:
        """A table's values in order, read a batch at a time: a dump of large notes need not fit in memory."""
        number = -1
        query = f"SELECT number, value FROM {table} WHERE number > ? ORDER BY number LIMIT ?"  # noqa: S608
        while rows := self._store.rows(query, number, _BATCH):
            yield from (decoded(kind, value) for _, value in rows)
            number = rows[-1][0]

    def _sections_near(self, id: str) -> list[str]:
        """Looks among the ids that begin alike only: notes have too many sections to compare all."""
        query = "SELECT id FROM sections WHERE id >= ? AND id < ? ORDER BY id LIMIT 500"
        start = _storable(id)[:3]
        return near_misses(id, (row[0] for row in self._store.rows(query, start, start + "\uffff")))

    def _suggestions(self) -> Suggester:
        with self._lock:
            if self._suggester is None:
                rows = self._store.rows(
                    """SELECT labels.label, rank, concept, pref.label, unlocks
                       FROM labels JOIN entries ON entries.id = concept
                       JOIN (SELECT concept AS id, label FROM labels WHERE rank = 0) AS pref USING (id)
                       ORDER BY labels.rowid"""
                )
                self._suggester = Suggester(Label(*row) for row in rows)
            return self._suggester


def _questions(rows: list[tuple[int, bytes, bytes]]) -> tuple[QuestionEntry, ...]:
    return tuple(
        QuestionEntry(number, decoded(Question, value), decoded(tuple[ConceptId, ...], concepts))
        for number, value, concepts in rows
    )


def _root_of(path: str, roots: Mapping[str, str]) -> tuple[str | None, str]:
    """The folder that a path of the notes is relative to, and the rest of the path."""
    if "" in roots:
        return roots[""], path
    first, _, rest = path.partition("/")
    return roots.get(first), rest


def _storable(text: str) -> str:
    """The text without what no file can hold: half of a surrogate pair, as broken requests contain."""
    return text.encode("utf-8", "replace").decode()
