"""What can go wrong that the person at the keyboard can mend.

    GlosspathError
    |-- NotesNotFound          a path to notes that is not there
    |-- NoNotes                a folder or file with nothing to read in it
    |-- UnknownName            a concept, lesson, section or term that is not in the notes
    |   |-- AmbiguousName      one that stands for several
    |   `-- RemovedName        one that was in the notes before
    |-- SnapshotError          what is built cannot be used
    |   |-- NoSnapshot         nothing was built yet
    |   |-- DamagedSnapshot    half-written or changed by something else
    |   |-- SnapshotVersion    written by another version of glosspath
    |   `-- EngineMissing      the search engine that it needs is not installed
    |-- BuildBusy              another build holds the data folder
    |-- InvalidRequest         a question that cannot be asked that way
    |-- ExtraMissing           something that a library does which is not installed
    |-- OutputRefused          what would be written over, or shown, must not be
    `-- ServerError            the server cannot start (a port that is taken)

The messages are whole sentences: what is wrong, the near miss, what to do next.
"""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from heapq import nlargest
from itertools import pairwise


class GlosspathError(Exception):
    """Something the person at the keyboard can mend. The command line prints it and exits with 1."""


class NotesNotFound(GlosspathError):
    """A path to notes that is not there."""


class NoNotes(GlosspathError):
    """A folder or file in which there is nothing to read."""


class UnknownName(GlosspathError, KeyError):
    """A name that is not in the notes.

    `what` is the kind of thing ("concept", "lesson", "section", "term"), `name` what was asked
    for, `near` the nearest names that exist, best first.
    """

    def __init__(self, what: str, name: str, near: Sequence[str], listing: str) -> None:
        self.what = what
        self.name = name
        self.near = tuple(near)
        hint = f"Did you mean {self.near[0]!r}?" if self.near else f"{listing} lists all."
        shown = name if len(name) <= 80 else name[:79] + "…"
        super().__init__(f"There is no {what} {shown!r}. {hint}")

    __str__ = Exception.__str__  # KeyError would print the repr


class AmbiguousName(UnknownName):
    """A name that the notes give to several things, whose full names are `near`."""

    def __init__(self, what: str, name: str, near: Sequence[str], listing: str) -> None:
        super().__init__(what, name, near, listing)
        *most, last = map(repr, near)
        meant = f"{', '.join(most)} and {last}" if most else last
        self.args = (f"{name!r} stands for {meant} here. Say which one.",)


class RemovedName(UnknownName):
    """A name of something that was in the notes before; `told` says when it went, and where it stood."""

    def __init__(self, what: str, name: str, near: Sequence[str], listing: str, told: str) -> None:
        super().__init__(what, name, near, listing)
        self.args = (told,)


class SnapshotError(GlosspathError):
    """What is built cannot be used."""


class NoSnapshot(SnapshotError):
    """Nothing was built yet."""


class DamagedSnapshot(SnapshotError):
    """A snapshot that is half-written, or was changed by something else."""


class SnapshotVersion(SnapshotError):
    """A snapshot that another version of glosspath wrote."""


class EngineMissing(SnapshotError):
    """A search engine that is an extra, and not installed."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The search engine {name!r} is not installed here. `pip install 'glosspath[{name}]'` brings it;"
            " `glosspath build NOTES --engine whoosh` does without it."
        )


class BuildBusy(GlosspathError):
    """Another build holds the data folder."""


class InvalidRequest(GlosspathError, ValueError):
    """A question that cannot be asked that way; names the parameter, the value and what is allowed."""

    def __init__(self, parameter: str, message: str) -> None:
        self.parameter = parameter
        super().__init__(message)


class ExtraMissing(GlosspathError):
    """Something that a library does which is not installed; `extra` brings it."""

    def __init__(self, what: str, library: str, extra: str) -> None:
        super().__init__(
            f"{what} needs {library}, which is not installed: `pip install 'glosspath[{extra}]'` brings it."
        )


class OutputRefused(GlosspathError):
    """A place to write to that holds something else, or bytes that a terminal cannot show."""


class ServerError(GlosspathError):
    """The server cannot start."""


# Of more names than this, only those that share the most pairs of letters are compared in full.
MOST_COMPARED = 200


def near_misses(name: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """The known names most like this one, best first, by difflib's ratio; at most `limit`."""
    wanted, folded = name.casefold()[:200], {k.casefold(): k for k in known}
    pairs = _pairs(wanted)
    candidates = list(folded)
    if len(candidates) > MOST_COMPARED:
        likeness = {k: len(pairs & _pairs(k)) / (len(pairs) + len(k) + 1) for k in candidates}
        candidates = nlargest(MOST_COMPARED, candidates, key=likeness.__getitem__)
    return [folded[m] for m in get_close_matches(wanted, candidates, n=limit, cutoff=0.6)]


def _pairs(name: str) -> set[str]:
    return set(map("".join, pairwise(name)))
