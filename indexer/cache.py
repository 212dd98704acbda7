"""What files said when they were last read, and what was found in them: what is costly in a build.

A cache only: whatever is wrong with it, it is as if it were empty.
"""

import sqlite3
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import TypeVar

from indexer.manifest import package_version
from indexer.store import FORMAT

_FILE = "documents.sqlite"
_SCHEMA = "CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID"
_UNCOMMITTED = 200  # values that are made again at worst when a build is killed

T = TypeVar("T")


class BuildCache:
    """Values by key, packed. Closing it forgets what was neither asked for nor put since it was
    opened; `code` stands for the code that made the values: other code finds none of them.

    Use it as a context manager; after an exception nothing is forgotten. May be used from several threads.
    """

    def __init__(self, data: Path, code: str = "") -> None:
        self._file = data / _FILE
        self._version = f"{FORMAT}/{package_version()}/{code}/".encode()
        self._used: set[bytes] = set()
        self._waiting = 0
        self._lock = Lock()
        self._store = self._opened()

    def recall(self, key: bytes) -> bytes | None:
        """The value that was kept under this key, None if there is none."""
        key = self._digest(key)
        query = "SELECT value FROM kept WHERE key = ?"
        row: tuple[bytes] | None = self._tried(lambda store: store.execute(query, (key,)).fetchone())
        if row is None:
            return None
        self._used.add(key)
        return row[0]

    def keep(self, key: bytes, value: bytes) -> None:
        """Keeps a value."""
        key = self._digest(key)
        self._used.add(key)
        self._tried(lambda store: self._insert(store, key, value))

    def close(self) -> None:
        """Forgets what was not used and closes the file."""
        self._tried(self._forget_unused)
        self._let_go()

    def __enter__(self) -> "BuildCache":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self._tried(lambda store: store.commit())
            self._let_go()

    def _opened(self) -> sqlite3.Connection | None:
        """The file; a damaged one is replaced; None if there can be none."""
        for _ in range(2):
            try:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                store = self._connected()
            except sqlite3.OperationalError:  # locked by another build, or a folder that cannot be written to
                return None
            except (sqlite3.DatabaseError, OSError):
                self._delete()
            else:
                return store
        return None

    def _connected(self) -> sqlite3.Connection:
        store = sqlite3.connect(self._file, timeout=1, check_same_thread=False)
        try:
            store.execute("PRAGMA journal_mode = WAL")
            store.execute("PRAGMA synchronous = NORMAL")
            store.execute(_SCHEMA)
            store.execute("SELECT key, value FROM kept LIMIT 1").fetchone()
        except sqlite3.DatabaseError:
            store.close()
            raise
        return store

    def _tried(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        with self._lock:
            if self._store is None:
                return None
            try:
                return work(self._store)
            except sqlite3.OperationalError:
                return None
            except sqlite3.DatabaseError:
                self._store.close()
                self._delete()
                self._store = self._opened()
                return None

    def _digest(self, key: bytes) -> bytes:
        return blake2b(self._version + key, digest_size=16).digest()

    def _insert(self, store: sqlite3.Connection, key: bytes, value: bytes) -> None:
        store.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (key, value))
        self._waiting += 1
        if self._waiting >= _UNCOMMITTED:
            store.commit()
            self._waiting = 0

    def _forget_unused(self, store: sqlite3.Connection) -> None:
        unused = [(key,) for (key,) in store.execute("SELECT key FROM kept") if key not in self._used]
        store.executemany("DELETE FROM kept WHERE key = ?", unused)
        store.commit()
        if len(unused) >= len(self._used):
            store.execute("VACUUM")

    def _let_go(self) -> None:
        with self._lock:
            if self._store is not None:
                self._store.close()
                self._store = None

    def _delete(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            try:
                self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)
            except OSError:  # a folder of that name, or no right to: there is no cache then
                return
