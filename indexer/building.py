"""Building a snapshot aside and switching to it, so that there is always a whole one to read.

    data/current                    the name of the snapshot that is served
    data/snapshots/NAME/            a snapshot; NAME is its id, with a number behind it when it was made again
    data/snapshots/.building-PID/   one that is being built, or was when its builder died
    data/history.json               what is called otherwise now, and what changed when: history.py
    data/lock                       held by the builder

Nothing that a reader may have open is ever written to.
"""

import fcntl
import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import chain
from pathlib import Path

import msgspec

from corpus.errors import (
    BuildBusy,
    DamagedSnapshot,
    GlosspathError,
    InvalidRequest,
    NoSnapshot,
    SnapshotError,
    SnapshotVersion,
)
from corpus.model import Corpus
from corpus.reading import Progress
from graph.model import ConceptGraph
from indexer import history
from indexer.documents import SearchDocument, search_documents
from indexer.engines import ENGINES, engine_named
from indexer.engines.protocol import Engine, IndexedDocument
from indexer.manifest import (
    FILE,
    MEND,
    Record,
    digests_of,
    is_sound,
    package_version,
    read_engine,
    read_notes,
    read_record,
    written_record,
)
from indexer.model import Manifest
from indexer.snapshot import Snapshot
from indexer.store import FORMAT, Store, all_problems, write_store
from indexer.vocabulary import Vocabulary, vocabulary_before

_NAME = re.compile(r"(?P<id>[0-9a-f]{16})(?:-(?P<again>[0-9]+))?")
_STAGE = ".building-"


@dataclass(frozen=True, slots=True)
class Builder:
    """The only builder at work in a data folder: nobody else switches what is served there meanwhile.

    `notes` are the folders and files that are built, absolute, for whoever builds them again.
    """

    data: Path
    notes: tuple[str, ...] = ()

    def taken_over(
        self, made_from: str, roots: dict[str, str], still: Callable[[Mapping[str, bool]], bool]
    ) -> Manifest | None:
        """Switches to the snapshot that was made from just this, and says what it is; None if there is none.

        `roots` are the folders of the notes now, `still` tells whether the files that they point to are as
        they were. Raises SnapshotError when the folder cannot be written to.
        """
        with _writing_to(self.data):
            return _made_from(self, made_from, roots, still)

    def build(
        self,
        corpus: Corpus,
        graph: ConceptGraph,
        *,
        engine: str = "whoosh",
        full: bool = False,
        made_from: str = "",
        progress: Progress | None = None,
    ) -> Manifest:
        """Builds what `corpus` and `graph` say and switches to it.

        Takes over what did not change since the last build, unless `full`. `made_from` stands for the notes
        and the code that the values were made of, for `taken_over` to find it again. `progress` is told what
        is going on, how much of it is done, and of how much. Raises InvalidRequest for an engine that there
        is not, SnapshotError when the folder cannot be written to.
        """
        chosen = engine_named(engine)
        with _writing_to(self.data):
            return _build(self, corpus, graph, chosen, full, made_from, progress or _silent)


@contextmanager
def only_builder(data: Path, notes: Sequence[Path] = ()) -> Iterator[Builder]:
    """The right to build `notes` below `data`, held from before they are read, so that an older state of
    them never replaces a newer one.

    Raises BuildBusy when another build is at work there, SnapshotError when the folder cannot be written to.
    When it fails before anything is built, a folder that was made for it goes again.
    """
    new = not data.exists()
    with ExitStack() as held:
        with _writing_to(data):
            _prepare(data)
            held.enter_context(_lock(data))
        try:
            yield Builder(data, tuple(str(given.resolve()) for given in notes))
        except BaseException:
            if new:
                _leave(data)
            raise


def build_snapshot(
    data: Path,
    corpus: Corpus,
    graph: ConceptGraph,
    *,
    engine: str = "whoosh",
    full: bool = False,
    progress: Progress | None = None,
) -> Manifest:
    """Builds below `data` as `Builder.build` does, for as long as that takes the only builder there."""
    chosen = engine_named(engine).name
    with only_builder(data) as builder:
        return builder.build(corpus, graph, engine=chosen, full=full, progress=progress)


@contextmanager
def _writing_to(data: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        raise SnapshotError(
            f"The snapshot cannot be written to {data}: {error}. Make room there or choose another folder"
            " with --data."
        ) from error


def _made_from(
    builder: Builder, made_from: str, roots: dict[str, str], still: Callable[[Mapping[str, bool]], bool]
) -> Manifest | None:
    for folder in sorted((builder.data / "snapshots").iterdir()):
        try:
            record = read_record(folder)
        except (DamagedSnapshot, SnapshotVersion):
            continue
        if record.made_from != made_from or not _NAME.fullmatch(folder.name) or not is_sound(folder):
            continue
        with closing(Store(folder / "library.sqlite")) as store:
            lookups = {path: bool(there) for path, there in store.rows("SELECT path, there FROM lookups")}
        if still(lookups):
            manifest = _with_roots(folder, roots, builder.notes).manifest()
            _switch(builder.data, folder.name, _served(builder.data))
            return manifest
    return None


def open_snapshot(data: Path) -> Snapshot:
    """The snapshot that is served. Raises NoSnapshot, DamagedSnapshot or SnapshotVersion."""
    name = _current_name(data)
    while True:
        if name is None:
            raise NoSnapshot(f"Nothing was built in {data} yet. `glosspath build NOTES` does that.")
        folder = data / "snapshots" / name
        try:
            record = read_record(folder)
            return Snapshot(folder, record, _engine_of(record), history.read_history(data))
        except DamagedSnapshot:
            # It may have been replaced twice, and so removed, since its name was read.
            before, name = name, _current_name(data)
            if name == before:
                raise


def current_id(data: Path) -> str | None:
    """The id of the snapshot that is served, None if there is none. Reads one small file."""
    name = _served(data)
    return name and name.partition("-")[0]


def current_state(data: Path) -> tuple[str, int, int] | None:
    """Another value whenever another snapshot is served: also one with the same id, made again, and the same
    one when its notes have moved or others were served in between. None if there is none. Reads one small
    file and looks at two others."""
    name = _served(data)
    if name is None:
        return None
    return name, _written(data / "snapshots" / name / FILE), _written(data / history.FILE)


def _written(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


def switched_at(data: Path) -> float | None:
    """When the snapshot that is served became the one, in seconds since 1970; None if there is none."""
    try:
        return (data / "current").stat().st_mtime
    except OSError:
        return None


def notes_of(data: Path) -> tuple[Path, ...]:
    """The folders and files that what is served was built from, also by another version of glosspath; none
    if that is not known."""
    name = _served(data)
    return tuple(map(Path, read_notes(data / "snapshots" / name))) if name else ()


def engine_of(data: Path) -> str:
    """The search engine that what is served was built with; the one that is always there for the first
    build, and where another glosspath built with one that this one does not know."""
    name = _served(data)
    before = read_engine(data / "snapshots" / name) if name else ""
    return before if before in ENGINES else ENGINES[0]


def _build(
    builder: Builder,
    corpus: Corpus,
    graph: ConceptGraph,
    engine: Engine,
    full: bool,
    made_from: str,
    progress: Progress,
) -> Manifest:
    data = builder.data
    fingerprint = _fingerprint(corpus, graph, engine.name, made_from)
    served = _served(data)
    if not full and (existing := _existing(data, fingerprint[:16])):
        record = _with_roots(existing, corpus.roots, builder.notes)
        _switch(data, existing.name, served)
        return record.manifest()
    stage = data / "snapshots" / f"{_STAGE}{os.getpid()}"
    try:
        stage.mkdir()
        documents = list(search_documents(corpus, graph))
        digests = {document.key: document.digest() for document in documents}
        base = None if full or served is None else data / "snapshots" / served
        changes = _changes(documents, digests, base, engine)
        grown_from = changes.base / "search" if changes.base else None
        engine.write(stage / "search", _indexed(changes.new, progress), grown_from, changes.gone)
        progress("library", 0, 1)
        words = _vocabulary(changes).rows()
        write_store(stage / "library.sqlite", corpus, graph, documents, digests, words)
        progress("library", 1, 1)
        record = _record(stage, fingerprint, corpus, graph, engine.name, made_from, builder.notes)
        (stage / FILE).write_bytes(written_record(record))
        _sync_tree(stage)
        name = _free_name(data, record.id)
        stage.rename(data / "snapshots" / name)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    _switch(data, name, served)
    return record.manifest()


@dataclass(frozen=True, slots=True)
class _Changes:
    """What is new against the snapshot at `base` and what is gone; what changed is both. Without a base
    everything is new."""

    base: Path | None
    new: list[SearchDocument]
    gone: list[str]


def _changes(
    documents: list[SearchDocument], digests: dict[str, bytes], base: Path | None, engine: Engine
) -> _Changes:
    before = _digests_before(base, engine) if base else {}
    gone = [key for key, digest in before.items() if digests.get(key) != digest]
    if len(gone) * 2 >= len(before):  # taking over would cost more than it saves
        return _Changes(None, documents, [])
    return _Changes(base, [d for d in documents if before.get(d.key) != digests[d.key]], gone)


def _vocabulary(changes: _Changes) -> Vocabulary:
    if changes.base:
        with closing(Store(changes.base / "library.sqlite")) as before:
            vocabulary = vocabulary_before(before, changes.gone)
    else:
        vocabulary = Vocabulary()
    for document in changes.new:
        vocabulary.add(document.texts, document.language)
    return vocabulary


def _indexed(documents: list[SearchDocument], progress: Progress) -> Iterator[IndexedDocument]:
    for number, document in enumerate(documents):
        progress("search index", number, len(documents))
        yield document.indexed()
    progress("search index", len(documents), len(documents))


def _digests_before(base: Path, engine: Engine) -> dict[str, bytes]:
    """What the search index of a snapshot holds; nothing if it cannot be built upon."""
    try:
        record = read_record(base)
        if (record.engine, record.version) != (engine.name, package_version()) or not is_sound(base):
            return {}
        with closing(Store(base / "library.sqlite")) as store:
            return dict(store.rows("SELECT key, digest FROM search_documents"))
    except (DamagedSnapshot, SnapshotVersion):
        return {}


def _fingerprint(corpus: Corpus, graph: ConceptGraph, engine: str, made_from: str) -> str:
    """The same for the same notes, wherever they lie: folders of this machine are left out."""
    fingerprint = sha256(f"{FORMAT} {package_version()} {engine} {made_from} {corpus.title}".encode())
    parts = chain(
        *(corpus.documents, corpus.lessons, corpus.problems, graph.concepts, graph.prerequisites),
        *(graph.dropped, graph.broader, graph.relations, graph.mentions, graph.wanted, graph.problems),
        (*graph.question_concepts, graph.commonplace),
    )
    pack = msgspec.msgpack.Encoder().encode
    for part in parts:
        packed = pack(part)
        fingerprint.update(b"%d:" % len(packed))
        fingerprint.update(packed)
    return fingerprint.hexdigest()


def _record(
    stage: Path,
    fingerprint: str,
    corpus: Corpus,
    graph: ConceptGraph,
    engine: str,
    made_from: str,
    notes: tuple[str, ...],
) -> Record:
    return Record(
        id=fingerprint[:16],
        format=FORMAT,
        engine=engine,
        fingerprint=fingerprint,
        title=corpus.title,
        counts=_counts(corpus, graph),
        roots=dict(sorted(corpus.roots.items())),
        version=package_version(),
        made_from=made_from,
        files=digests_of(stage),
        notes=notes,
    )


def _counts(corpus: Corpus, graph: ConceptGraph) -> dict[str, int]:
    """How much of everything there is, by name: the order in which a manifest is read back."""
    counts = {
        "documents": len(corpus.documents),
        "lessons": len(corpus.lessons),
        "sections": sum(len(d.sections) for d in corpus.documents),
        "concepts": len(graph.concepts),
        "definitions": sum(len(c.definitions) for c in graph.concepts),
        "prerequisites": len(graph.prerequisites),
        "mentions": len(graph.mentions),
        "resources": sum(len(d.resources) for d in corpus.documents),
        "figures": sum(len(d.figures) for d in corpus.documents),
        "questions": sum(len(d.questions) for d in corpus.documents),
        "wanted": len(graph.wanted),
        "problems": len(all_problems(corpus, graph)),
    }
    return dict(sorted(counts.items()))


def _existing(data: Path, id: str) -> Path | None:
    """A sound snapshot with this id."""
    found = sorted((data / "snapshots").glob(f"{id}*"))
    return next((f for f in found if _NAME.fullmatch(f.name) and is_sound(f)), None)


def _with_roots(folder: Path, roots: dict[str, str], notes: tuple[str, ...]) -> Record:
    """A snapshot's record, with where its notes are brought up to date."""
    record = read_record(folder)
    if (record.roots, record.notes) != (roots, notes):
        record = replace(record, roots=dict(sorted(roots.items())), notes=notes)
        _replace(folder / FILE, written_record(record))
    return record


def _free_name(data: Path, id: str) -> str:
    taken = {folder.name for folder in (data / "snapshots").glob(f"{id}*")}
    again = (f"{id}-{number}" for number in range(2, len(taken) + 3))
    return next(name for name in chain((id,), again) if name not in taken)


_OWN_NAMES = frozenset(
    {
        "snapshots",
        "current",
        "lock",
        history.FILE,
        "documents.sqlite",
        "documents.sqlite-wal",
        "documents.sqlite-shm",
    }
)


def _prepare(data: Path) -> None:
    data.mkdir(parents=True, exist_ok=True)
    # A folder that holds a person's own files is not hidden from git; what they tell git stays theirs.
    ours = all(entry.name in _OWN_NAMES for entry in data.iterdir())
    (data / "snapshots").mkdir(exist_ok=True)
    if ours:
        (data / ".gitignore").write_text("*\n", encoding="utf-8")


def _leave(data: Path) -> None:
    """Takes away what `_prepare` and the lock made, if nothing else is there."""
    with suppress(OSError):
        (data / "snapshots").rmdir()
        for name in ("lock", ".gitignore"):
            (data / name).unlink(missing_ok=True)
        data.rmdir()


@contextmanager
def _lock(data: Path) -> Iterator[None]:
    """Holds the lock; the system lets go of it when this process ends, however it ends."""
    descriptor = os.open(data / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    with os.fdopen(descriptor, "r+", encoding="ascii", errors="replace") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            builder = lock.read(20).strip()
            who = f"Process {builder}" if builder.isdecimal() else "Another build"
            message = f"{who} is building in {data}. Wait until it is done, then build again."
            raise BuildBusy(message) from error
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        for dead in (data / "snapshots").glob(f"{_STAGE}*"):
            shutil.rmtree(dead, ignore_errors=True)
        yield


def _current_name(data: Path) -> str | None:
    """The name in data/current; None if there is none, DamagedSnapshot if it is not a name."""
    try:
        name = (data / "current").read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise DamagedSnapshot(f"{data / 'current'} cannot be read ({error}). {MEND}") from error
    if not _NAME.fullmatch(name):
        raise DamagedSnapshot(f"{data / 'current'} does not name a snapshot. {MEND}")
    return name


def _served(data: Path) -> str | None:
    try:
        return _current_name(data)
    except DamagedSnapshot:
        return None


def _switch(data: Path, name: str, served: str | None) -> None:
    """From now on `name` is served. The snapshot before stays for those who still read it, older ones go;
    what is no snapshot is somebody's own and stays."""
    if name == served:
        return
    if served is not None:
        _remember(data, served, name)
    _replace(data / "current", f"{name}\n".encode())
    for folder in sorted((data / "snapshots").iterdir()):
        if folder.name not in (name, served) and _NAME.fullmatch(folder.name) and not folder.is_symlink():
            _remove(folder)


def _remember(data: Path, served: str, name: str) -> None:
    """Writes down what changes with the switch. A snapshot that cannot be read tells nothing; what was known
    before stays known."""
    before = history.read_history(data)
    try:
        after = history.history_after(before, data / "snapshots" / served, data / "snapshots" / name)
    except (DamagedSnapshot, SnapshotVersion):
        return
    if after != before:
        _replace(data / history.FILE, history.written_history(after))


def _remove(folder: Path) -> None:
    with suppress(GlosspathError):  # damaged, or of an engine that is not here: only its files can be removed
        _engine_of(read_record(folder)).drop(folder / "search")
    shutil.rmtree(folder, ignore_errors=True)


def _engine_of(record: Record) -> Engine:
    """The engine that a snapshot was built with; raises SnapshotVersion when this glosspath has none such."""
    try:
        return engine_named(record.engine)
    except InvalidRequest as error:
        raise SnapshotVersion(
            f"The snapshot {record.id} was built with the search engine {record.engine!r}, which is not"
            f" installed here. {MEND}"
        ) from error


def _replace(file: Path, content: bytes) -> None:
    """Puts a new file in the place of another at once, and on disk."""
    aside = file.with_name(f".{file.name}.{os.getpid()}")
    with aside.open("wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    aside.replace(file)
    _sync(file.parent)


def _sync_tree(folder: Path) -> None:
    """Has a folder and everything in it on disk: after the switch, a loss of power must not undo it."""
    for path in folder.rglob("*"):
        _sync(path)
    _sync(folder)
    _sync(folder.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _silent(_what: str, _done: int, _of: int) -> None:
    """Nobody watches."""
