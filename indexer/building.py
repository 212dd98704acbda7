"""Building a snapshot aside, and switching to it when it is whole.

    data/snapshots/.building-PID/   one that is being built, or was when its builder died
    data/lock                       held by the builder

What readers see there is told, and switched, in serving.py.
"""

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from pathlib import Path

import msgspec

from corpus.errors import BuildBusy, DamagedSnapshot, SnapshotError, SnapshotVersion
from corpus.model import Corpus
from corpus.reading import Progress
from graph.model import ConceptGraph
from indexer import history
from indexer.documents import SearchDocument, search_documents
from indexer.engines import engine_named
from indexer.engines.protocol import Engine, IndexedDocument
from indexer.manifest import FILE, Record, digests_of, is_sound, package_version, read_record, written_record
from indexer.model import Manifest
from indexer.serving import NAME, free_name, name_served, sound_with_id, switch, sync_tree, with_roots
from indexer.store import FORMAT, Store, all_problems, write_store
from indexer.vocabulary import Vocabulary, vocabulary_before

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
        if record.made_from != made_from or not NAME.fullmatch(folder.name) or not is_sound(folder):
            continue
        with closing(Store(folder / "library.sqlite")) as store:
            lookups = {path: bool(there) for path, there in store.rows("SELECT path, there FROM lookups")}
        if still(lookups):
            manifest = with_roots(folder, roots, builder.notes).manifest()
            switch(builder.data, folder.name, name_served(builder.data))
            return manifest
    return None


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
    served = name_served(data)
    if not full and (existing := sound_with_id(data, fingerprint[:16])):
        record = with_roots(existing, corpus.roots, builder.notes)
        switch(data, existing.name, served)
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
        sync_tree(stage)
        name = free_name(data, record.id)
        stage.rename(data / "snapshots" / name)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    switch(data, name, served)
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


def _silent(_what: str, _done: int, _of: int) -> None:
    """Nobody watches."""
