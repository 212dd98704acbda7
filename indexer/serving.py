"""Which snapshot of a data folder is served, and switching to another: there is always a whole one to read.

    data/current                    the name of the snapshot that is served
    data/snapshots/NAME/            a snapshot; NAME is its id, with a number behind it when it was made again
    data/history.json               what is called otherwise now, and what changed when: history.py

Nothing that a reader may have open is ever written to; building.py says what else lies there.
"""

import os
import re
import shutil
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path

from corpus.errors import DamagedSnapshot, GlosspathError, InvalidRequest, NoSnapshot, SnapshotVersion
from indexer import history
from indexer.engines import ENGINES, engine_named
from indexer.engines.protocol import Engine
from indexer.manifest import (
    FILE,
    MEND,
    Record,
    is_sound,
    read_engine,
    read_notes,
    read_record,
    written_record,
)
from indexer.snapshot import Snapshot

NAME = re.compile(r"(?P<id>[0-9a-f]{16})(?:-[0-9]+)?")


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
    name = name_served(data)
    return name and name.partition("-")[0]


def current_state(data: Path) -> tuple[str, int, int] | None:
    """Another value whenever another snapshot is served: also one with the same id, made again, and the same
    one when its notes have moved or others were served in between. None if there is none. Reads one small
    file and looks at two others."""
    name = name_served(data)
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
    name = name_served(data)
    return tuple(map(Path, read_notes(data / "snapshots" / name))) if name else ()


def engine_of(data: Path) -> str:
    """The search engine that what is served was built with; the one that is always there for the first
    build, and where another glosspath built with one that this one does not know."""
    name = name_served(data)
    before = read_engine(data / "snapshots" / name) if name else ""
    return before if before in ENGINES else ENGINES[0]


def sound_with_id(data: Path, id: str) -> Path | None:
    """A sound snapshot with this id."""
    found = sorted((data / "snapshots").glob(f"{id}*"))
    return next((f for f in found if NAME.fullmatch(f.name) and is_sound(f)), None)


def with_roots(folder: Path, roots: dict[str, str], notes: tuple[str, ...]) -> Record:
    """A snapshot's record, with where its notes are brought up to date."""
    record = read_record(folder)
    if (record.roots, record.notes) != (roots, notes):
        record = replace(record, roots=dict(sorted(roots.items())), notes=notes)
        _replace(folder / FILE, written_record(record))
    return record


def free_name(data: Path, id: str) -> str:
    """A name for another snapshot with this id."""
    taken = {folder.name for folder in (data / "snapshots").glob(f"{id}*")}
    again = (f"{id}-{number}" for number in range(2, len(taken) + 3))
    return next(name for name in chain((id,), again) if name not in taken)


def _current_name(data: Path) -> str | None:
    """The name in data/current; None if there is none, DamagedSnapshot if it is not a name."""
    try:
        name = (data / "current").read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise DamagedSnapshot(f"{data / 'current'} cannot be read ({error}). {MEND}") from error
    if not NAME.fullmatch(name):
        raise DamagedSnapshot(f"{data / 'current'} does not name a snapshot. {MEND}")
    return name


def name_served(data: Path) -> str | None:
    """The name of the snapshot that is served; None if there is none that can be."""
    try:
        return _current_name(data)
    except DamagedSnapshot:
        return None


def switch(data: Path, name: str, served: str | None) -> None:
    """From now on `name` is served. The snapshot before stays for those who still read it, older ones go;
    what is no snapshot is somebody's own and stays."""
    if name == served:
        return
    if served is not None:
        _remember(data, served, name)
    _replace(data / "current", f"{name}\n".encode())
    for folder in sorted((data / "snapshots").iterdir()):
        if folder.name not in (name, served) and NAME.fullmatch(folder.name) and not folder.is_symlink():
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


def sync_tree(folder: Path) -> None:
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
