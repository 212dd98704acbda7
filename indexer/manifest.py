"""What stands in manifest.json beside a snapshot's files, and whether the files are what it says.

Sizes are checked whenever a snapshot is opened, contents only before something is built on top of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from hashlib import file_digest
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec

from corpus.errors import DamagedSnapshot, SnapshotVersion
from indexer.model import Manifest
from indexer.store import FORMAT

FILE = "manifest.json"
MEND = "`glosspath build NOTES` makes it anew."


@dataclass(frozen=True, slots=True)
class Record(Manifest):
    """A manifest with what only this package needs: the version that wrote the snapshot, a digest of the
    notes and the code that it was made of, size and SHA-256 of every file by its path in the snapshot, and
    the folders and files that were built."""

    version: str
    made_from: str
    files: Mapping[str, tuple[int, str]]
    notes: tuple[str, ...] = ()

    def manifest(self) -> Manifest:
        """The part that is for everybody."""
        return Manifest(**{field.name: getattr(self, field.name) for field in fields(Manifest)})


class _Versioned(msgspec.Struct):
    format: int


class _Built(msgspec.Struct):
    notes: tuple[str, ...] = ()
    engine: str = ""


@cache
def package_version() -> str:
    """The version of glosspath that runs; "unknown" in a checkout that was never installed."""
    try:
        return version("glosspath")
    except PackageNotFoundError:
        return "unknown"


def read_record(folder: Path) -> Record:
    """The record of a snapshot whose files are all there; raises DamagedSnapshot or SnapshotVersion."""
    try:
        written = (folder / FILE).read_bytes()
        found = msgspec.json.decode(written, type=_Versioned).format
        if found != FORMAT:
            raise SnapshotVersion(
                f"The snapshot {folder.name} was written by another version of glosspath (format {found},"
                f" this one reads {FORMAT}). {MEND}"
            )
        record = msgspec.json.decode(written, type=Record)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DamagedSnapshot(f"The snapshot {folder.name} is damaged: {FILE}: {error}. {MEND}") from error
    for name, (size, _) in record.files.items():
        _check_size(folder, name, size)
    return record


def read_notes(folder: Path) -> tuple[str, ...]:
    """What a snapshot of any version says that it was built from; nothing if it does not say."""
    return _read_built(folder).notes


def read_engine(folder: Path) -> str:
    """The search engine that a snapshot of any version says it was built with; "" if it does not say."""
    return _read_built(folder).engine


def _read_built(folder: Path) -> _Built:
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=_Built)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return _Built()


def _check_size(folder: Path, name: str, size: int) -> None:
    try:
        found = (folder / name).stat().st_size
    except OSError as error:
        raise DamagedSnapshot(f"The snapshot {folder.name} is damaged: {name} is missing. {MEND}") from error
    if found != size:
        raise DamagedSnapshot(
            f"The snapshot {folder.name} is damaged: {name} has {found} bytes instead of {size}. {MEND}"
        )


class Watched:
    """The files of a snapshot from when it was opened: whether they are still what was written.

    Looking costs a `stat` for each file; only one that seems to have been touched is read. What is gone is
    no damage: an old snapshot is removed while its last readers still hold it open.
    """

    def __init__(self, folder: Path, record: Record) -> None:
        self._folder = folder
        self._id = record.id
        self._digests = {name: digest for name, (_, digest) in record.files.items()}
        self._seen = {name: _state_of(folder / name) for name in self._digests}

    def check(self) -> None:
        """Raises DamagedSnapshot when a file has become another one since then."""
        for name, digest in self._digests.items():
            now = _state_of(self._folder / name)
            if now in (None, self._seen[name]):
                continue
            try:
                same = _sha256(self._folder / name) == digest
            except OSError:
                continue
            if not same:
                raise DamagedSnapshot(
                    f"The snapshot {self._id} is damaged: {name} was changed by something else. {MEND}"
                )
            self._seen[name] = now


def _state_of(file: Path) -> tuple[int, int, int] | None:
    """Another value when a file was written to or replaced; None when it is not there."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def is_sound(folder: Path) -> bool:
    """Whether a snapshot is there, of this version, and byte for byte what was written."""
    try:
        record = read_record(folder)
        return all(_sha256(folder / name) == digest for name, (_, digest) in record.files.items())
    except (DamagedSnapshot, SnapshotVersion, OSError):
        return False


def digests_of(folder: Path) -> dict[str, tuple[int, str]]:
    """Size and SHA-256 of every file below a folder, by relative POSIX path."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {f.relative_to(folder).as_posix(): (f.stat().st_size, _sha256(f)) for f in files}


def written_record(record: Record) -> bytes:
    """The bytes of manifest.json: the same for the same record, readable."""
    return msgspec.json.format(msgspec.json.encode(record, order="sorted"), indent=2) + b"\n"


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()
