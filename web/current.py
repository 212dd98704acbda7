"""The library that answers now: opened once, exchanged between requests when a newer snapshot is there."""

import logging
from pathlib import Path
from threading import Lock
from time import monotonic

from flask import current_app, g

from corpus.errors import GlosspathError
from indexer.building import current_state, open_snapshot
from web.library import Library

SECONDS_BETWEEN_LOOKS = 1.0

logger = logging.getLogger("glosspath.web")


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
        self._library = Library(open_snapshot(data))
        self._looked = monotonic()
        self._failure: str | None = None

    def library(self) -> Library:
        """The library to answer one request with."""
        if monotonic() - self._looked >= self._seconds and self._looking.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._looked = monotonic()
                self._looking.release()
        return self._library

    def failure(self) -> str | None:
        """Why the newest snapshot does not answer; None when it does."""
        return self._failure

    def _look(self) -> None:
        """Opens the snapshot that is current now, if it is another one than is open. What cannot be opened is
        tried again at each look: it may be mended at any time."""
        try:
            now = current_state(self._data)
            if now != self._seen:
                self._library = Library(open_snapshot(self._data))
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
    if "library" not in g:
        current: CurrentLibrary = current_app.extensions["current-library"]
        g.library = current.library()
    found: Library = g.library
    return found
