"""What changed at each build, and which addresses are others since: beside the snapshots, not in them.

    data/history.json     one small file, put in place whole, just before `current` is switched

A snapshot says what the notes say, and the same notes make the same snapshot; what they said before, and when
that changed, is known here only. Without this file nothing is wrong but that old addresses lead nowhere.
"""

from collections.abc import Collection, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

import msgspec

from corpus.labels import label_key
from corpus.model import Lesson, LessonId, Section
from graph.changes import Changes, State, Succession
from graph.comparing import concept_changes
from graph.model import Concept, ConceptId
from graph.moves import lessons_moved
from indexer.manifest import Record, read_record
from indexer.store import Store, summary_of

FILE = "history.json"
FORMAT = 1
MOST_BUILDS = 50
MOST_TOLD = 100  # changes of one kind at one build
MOST_MOVED = 10_000  # old ids; the latest are kept
LONGEST_TOLD = 1000  # characters of a definition, from shortly before what changed in it
_LEAD = 100


@dataclass(frozen=True, slots=True)
class Moved:
    """A concept that is called otherwise now, or is part of another: its old id, and the id that it has now.
    Its old name is no name of it: what is looked up by name, the notes alone answer."""

    id: ConceptId
    to: ConceptId


@dataclass(frozen=True, slots=True)
class MovedLesson:
    """A lesson whose file has another name or place now: its old id, and the id that it has now."""

    id: LessonId
    to: LessonId


@dataclass(frozen=True, slots=True)
class Told:
    """One change of a concept: its id and name, what it was called before where that is told, the definition
    before and after (shortened, for one that is just new), and where one that is gone was last defined."""

    id: ConceptId
    label: str
    was: str = ""
    before: str = ""
    after: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class BuildChanges:
    """What changed from one snapshot to the next, at `time` (UTC, to the second). `counts` are those of all
    changes of a kind, of which the lists hold the first."""

    before: str
    after: str
    time: str
    counts: Mapping[str, int]
    added: tuple[Told, ...] = ()
    renamed: tuple[Told, ...] = ()
    merged: tuple[Told, ...] = ()
    redefined: tuple[Told, ...] = ()
    removed: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """What is known of earlier builds: `moved` and `moved_lessons` by old id, `builds` from the first to the
    last."""

    format: int = FORMAT
    moved: tuple[Moved, ...] = ()
    builds: tuple[BuildChanges, ...] = ()
    moved_lessons: tuple[MovedLesson, ...] = ()

    def digest(self) -> str:
        """Another value for another history."""
        return blake2b(_encode(self), digest_size=6).hexdigest()

    def ids(self) -> dict[ConceptId, ConceptId]:
        """Old ids of concepts, and what each is now."""
        return {moved.id: moved.to for moved in self.moved}

    def lesson_ids(self) -> dict[LessonId, LessonId]:
        """Old ids of lessons, and what each is now."""
        return {moved.id: moved.to for moved in self.moved_lessons}

    def removal(self, name: str) -> tuple[Told, str] | None:
        """What was told when the concept with this id or name went, the last time, and the day of that."""
        for build in reversed(self.builds):
            for told in build.removed:
                if told.id == name or label_key(told.label) == label_key(name):
                    return told, build.time[:10]
        return None


NO_HISTORY = History()


def read_history(data: Path) -> History:
    """The history of a data folder; an empty one where there is none that can be read."""
    try:
        history = msgspec.json.decode((data / FILE).read_bytes(), type=History)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return NO_HISTORY
    return history if history.format == FORMAT else NO_HISTORY


def written_history(history: History) -> bytes:
    """The bytes of history.json."""
    return msgspec.json.format(_encode(history), indent=1) + b"\n"


def history_after(history: History, before: Path, after: Path) -> History:
    """The history when the snapshot in the folder `after` takes the place of the one in `before`. Raises
    DamagedSnapshot or SnapshotVersion."""
    old, new = read_record(before), read_record(after)
    with (
        closing(Store(before / "library.sqlite")) as ours,
        closing(Store(after / "library.sqlite")) as theirs,
    ):
        if _lie_elsewhere(old, new) and not _are_alike(ours, theirs):
            return NO_HISTORY
        query = "SELECT value FROM concepts ORDER BY number"
        same = ours.rows(query) == theirs.rows(query)
        concepts = theirs.values(Concept, query)
        changes = Changes() if same else concept_changes(ours.values(Concept, query), concepts)
        history = replace(history, moved_lessons=_lessons_after(history, ours, theirs, changes.renamed))
    if same:
        return history
    # A build that was cut off before its snapshot was served has told this already: it is told once.
    again = [(one.before, one.after) for one in history.builds[-1:]] == [(old.id, new.id)]
    moved = moved_after(history.moved, changes, concepts, again=again)
    known = history.builds[:-1] if again else history.builds
    time = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    told = _told(changes, old.id, new.id, time)
    builds = (*known, told)[-MOST_BUILDS:] if told.counts else history.builds
    return replace(history, moved=moved, builds=builds)


def moved_after(
    moved: Iterable[Moved], changes: Changes, concepts: Iterable[Concept], *, again: bool = False
) -> tuple[Moved, ...]:
    """What is called otherwise after these changes, the last to move last. What moved twice leads to where it
    is now; an id that a concept has is that concept's, and what leads to none is forgotten. `again` says that
    `moved` has these changes in it."""
    went = {s.before.id: s.after.id for s in (*changes.merged, *changes.renamed)}
    known = {one.id: one.to for one in moved}
    kept = _leading_on(known, went, {concept.id for concept in concepts}, again=again)
    return tuple(Moved(id, to) for id, to in kept)


def _lessons_after(
    history: History, ours: Store, theirs: Store, renamed: Iterable[Succession]
) -> tuple[MovedLesson, ...]:
    """The same of lessons. Sections are only looked at when a lesson came and another went. A lesson whose id
    stays is the same one, so that none goes where another was, and what is told again changes nothing."""
    before, after = ({id for (id,) in store.rows("SELECT id FROM lessons")} for store in (ours, theirs))
    went: dict[LessonId, LessonId] = {}
    if before - after and after - before:
        went = lessons_moved(_lessons_in(ours), _lessons_in(theirs), renamed)
    return tuple(MovedLesson(id, to) for id, to in _leading_on(history.lesson_ids(), went, after))


def _lessons_in(store: Store) -> State:
    sections = store.values(Section, "SELECT value FROM sections ORDER BY number")
    return State((), (), sections, store.values(Lesson, "SELECT value FROM lessons ORDER BY number"))


Id = TypeVar("Id", ConceptId, LessonId)


def _leading_on(
    known: Mapping[Id, Id], went: Mapping[Id, Id], ids: Collection[Id], *, again: bool = False
) -> list[tuple[Id, Id]]:
    """Old ids, and the one of `ids` that each leads to after those in `went` have moved."""
    found = {id: to if again else went.get(to, to) for id, to in known.items() if id not in went}
    found |= dict(sorted(went.items()))
    return [(id, to) for id, to in found.items() if id not in ids and to in ids][-MOST_MOVED:]


def _told(changes: Changes, before: str, after: str, time: str) -> BuildChanges:
    told = {
        "added": [Told(c.id, c.pref_label, after=summary_of(c)) for c in changes.added],
        "renamed": [_succession(s) for s in changes.renamed],
        "merged": [_succession(s) for s in changes.merged],
        "redefined": [
            _redefinition(change.concept, change.before.text, change.after.text)
            for change in changes.definitions
            if change.before and change.after
        ],
        "removed": [Told(c.id, c.pref_label, at=_last_place(c)) for c in changes.removed],
    }
    counts = {kind: len(found) for kind, found in told.items() if found}
    lists = {kind: tuple(found[:MOST_TOLD]) for kind, found in told.items()}
    return BuildChanges(before, after, time, counts, **lists)


def _last_place(concept: Concept) -> str:
    places = [one.location for one in concept.definitions[:1]]
    return "".join(f"{place.path}:{place.first_line}" for place in places)


def _redefinition(concept: Concept, before: str, after: str) -> Told:
    """A long definition is told from shortly before the first change in it."""
    if max(len(before), len(after)) > LONGEST_TOLD:
        shorter = min(len(before), len(after))
        first = next((n for n in range(shorter) if before[n] != after[n]), shorter)
        start = before.rfind(" ", 0, max(0, first - _LEAD)) + 1
        before, after = (_part(text, start) for text in (before, after))
    return Told(concept.id, concept.pref_label, before=before, after=after)


def _part(text: str, start: int) -> str:
    end = start + LONGEST_TOLD
    cut = f"{text[start:end].rstrip()} …" if len(text) > end else text[start:]
    return f"… {cut}" if start else cut


def _succession(one: Succession) -> Told:
    return Told(one.after.id, one.after.pref_label, was=one.before.pref_label)


def _lie_elsewhere(old: Record, new: Record) -> bool:
    """Whether a snapshot was made in another place than the one before, and the notes of that are still
    there: they were not moved, nor are there more of them."""
    now = [Path(given) for given in new.notes]
    return any(
        given.exists() and not any(given.is_relative_to(one) for one in now) for given in map(Path, old.notes)
    )


def _are_alike(ours: Store, theirs: Store) -> bool:
    """Whether two snapshots have most concepts in common: notes that are checked out in two places are the
    same ones."""
    one, other = ({id for (id,) in store.rows("SELECT id FROM concepts")} for store in (ours, theirs))
    return 2 * len(one & other) > max(len(one), len(other))


_encode = msgspec.json.Encoder(order="deterministic").encode
