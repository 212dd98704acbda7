"""The library that answers now: opened once, exchanged between requests when a newer snapshot is there."""

import logging
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from time import monotonic

from flask import current_app, g, request

from corpus.errors import GlosspathError
from graph.model import ConceptId
from indexer.model import ConceptEntry
from indexer.serving import current_state, open_snapshot, switched_at
from web.addresses import Addresses
from web.drawing import COLUMN, Drawings, map_drawings, needs_on
from web.library import Library
from web.prose import Prose

SECONDS_BETWEEN_LOOKS = 1.0
# Times of HTTP are whole seconds: so long, another snapshot may come, or be noticed, and have the same time.
SECONDS_TO_SETTLE = 2
REMEMBERED_PAGES = 32
REMEMBERED_HEADS = 512
REMEMBERED_DRAWINGS = 256
MOST_AROUND = 15

logger = logging.getLogger("glosspath.web")


@dataclass(frozen=True, slots=True)
class Around:
    """What is around a concept: drawn, as a list with what each needs there, and how much more there is than
    could be drawn."""

    drawings: Drawings | None
    concepts: Sequence[ConceptEntry]
    needs: Mapping[ConceptId, Sequence[str]]
    left_out: int


class Opened:
    """A library with what was made of its words so far: all goes when the last request to it is answered."""

    def __init__(self, library: Library, since: datetime | None = None) -> None:
        self.library = library
        self.since = since
        self.around = lru_cache(REMEMBERED_DRAWINGS)(self._around)
        self.pages = Remembered(REMEMBERED_PAGES)
        self.heads = Remembered(REMEMBERED_HEADS)
        self.prose = lru_cache(maxsize=2)(lambda prefix: Prose(library, Addresses(prefix)))

    def _around(self, concept: ConceptId) -> Around:
        near = self.library.neighbourhood(concept, MOST_AROUND)
        drawn = map_drawings(near, COLUMN)
        return Around(drawn, near.concepts, needs_on(near), near.left_out)


class Remembered:
    """What was written so far, the oldest going first: a snapshot never changes. For what takes long to make,
    and shows nobody anything else than everybody."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._written: dict[Hashable, str] = {}

    def get(self, key: Hashable, make: Callable[[], str]) -> str:
        """What goes by a key, made when it is asked for first."""
        if (written := self._written.get(key)) is None:
            for oldest in list(self._written)[: len(self._written) - self._most + 1]:
                self._written.pop(oldest, None)
            written = self._written[key] = make()
        return written


class CurrentLibrary:
    """Holds the library of a data folder's current snapshot. May be asked from several threads.

    Whoever got a library keeps it for as long as the request lasts: an older snapshot stays open until nobody
    holds it. When the next one cannot be opened, the open one goes on answering.
    """

    def __init__(self, data: Path, seconds_between_looks: float = SECONDS_BETWEEN_LOOKS) -> None:
        """Opens the current snapshot. Raises SnapshotError when there is none that can be used."""
        self._data = data
        self._seconds = seconds_between_looks
        self._looking = Lock()
        self._seen = current_state(data)  # before it is opened: what comes in between is seen next time
        self._opened = self._open()
        self._looked = monotonic()
        self._failure: str | None = None

    def library(self) -> Library:
        """The library to answer one request with."""
        return self.opened().library

    def opened(self) -> Opened:
        """The library to answer one request with, and its words."""
        if monotonic() - self._looked >= self._seconds and self._looking.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._looked = monotonic()
                self._looking.release()
        return self._opened

    def failure(self) -> str | None:
        """Why the newest snapshot does not answer; None when it does."""
        return self._failure

    def _open(self) -> Opened:
        since = switched_at(self._data)
        when = datetime.fromtimestamp(int(since) + SECONDS_TO_SETTLE, UTC) if since is not None else None
        return Opened(Library(open_snapshot(self._data)), when)

    def _look(self) -> None:
        """Opens the snapshot that is current now, if it is another one than is open. What cannot be opened is
        tried again at each look: it may be mended at any time."""
        try:
            now = current_state(self._data)
            if now != self._seen:
                self._opened = self._open()
                self._seen = now
            self._failure = None
        except (GlosspathError, OSError) as error:
            if str(error) != self._failure:  # said once, not at every look
                logger.warning(
                    "The newest snapshot cannot be opened; the one before it goes on answering. %s", error
                )
            self._failure = str(error)


def library() -> Library:
    """The library that answers this request: the same one from its beginning to its end."""
    return _opened().library


def served_since() -> datetime | None:
    """Since when that library is the only one that can have been served; None if that is not known, or not
    yet so."""
    since = _opened().since
    return since if since and since <= datetime.now(UTC) else None


def prose() -> Prose:
    """The words of that library, rendered for addresses as this request has them."""
    return _opened().prose(request.script_root)


def drawn_around(concept: ConceptId) -> Around:
    """What is around a concept, drawn and as a list."""
    return _opened().around(concept)


def remembered(make: Callable[[], str]) -> str:
    """The page that this request asks for: as it was made for an earlier one, else made now."""
    return _opened().pages.get((request.script_root, request.full_path), make)


def remembered_head(make: Callable[[], str], *about: Hashable) -> str:
    """What the head of a page says `about` something below the address of this request."""
    return _opened().heads.get((request.root_url, *about), make)


def _opened() -> Opened:
    if "opened" not in g:
        current: CurrentLibrary = current_app.extensions["current-library"]
        g.opened = current.opened()
    found: Opened = g.opened
    return found
