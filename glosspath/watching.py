"""Building again when notes change, in a process of its own beside the server.

The server picks up each new snapshot between two requests; nothing is restarted.
"""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click
from watchfiles import Change, watch

from corpus.errors import BuildBusy, GlosspathError
from glosspath.pipeline import build_library
from glosspath.terminal import complain
from indexer import current_id

_MILLISECONDS_BETWEEN_LOOKS_AT_PARENT = 1000


@contextmanager
def watching(notes: Sequence[Path], data: Path) -> Iterator[None]:
    """While this lasts, notes that change are built again."""
    # Spawned, not forked: the server forks its workers, and threads that watch files do not survive that.
    builder = multiprocessing.get_context("spawn").Process(
        target=build_on_change, args=(tuple(notes), data), name="glosspath-watch", daemon=True
    )
    builder.start()
    try:
        yield
    finally:
        builder.terminate()
        builder.join()


def build_on_change(notes: Sequence[Path], data: Path) -> None:
    """Build these notes each time that they change, until the process that started this one is gone.

    What is wrong with a state of the notes is said, and the last good state goes on being served.
    """
    parent = multiprocessing.parent_process()
    due = True  # for what changed since the server started and before the watching did
    for changes in watch(
        *watched_folders(notes),
        watch_filter=concerns(notes, data),
        recursive=any(given.is_dir() for given in notes),
        rust_timeout=_MILLISECONDS_BETWEEN_LOOKS_AT_PARENT,
        yield_on_timeout=True,
        raise_interrupt=False,
        ignore_permission_denied=True,
    ):
        if parent is not None and not parent.is_alive():
            return
        if changes or due:
            due = not _build_again(notes, data)


def watched_folders(notes: Sequence[Path]) -> tuple[Path, ...]:
    """What to watch. Of a single file it is the folder: editors save by putting a new file in its place."""
    places = (given.resolve() for given in notes)
    return tuple(dict.fromkeys(place if place.is_dir() else place.parent for place in places))


def concerns(notes: Sequence[Path], data: Path) -> Callable[[Change, str], bool]:
    """Whether a change is one of the notes: not of what is built, nor of what lies beside a single file."""
    given, built = tuple(path.resolve() for path in notes), data.resolve()

    def is_of_notes(_: Change, path: str) -> bool:
        changed = Path(path)
        return not changed.is_relative_to(built) and any(changed.is_relative_to(place) for place in given)

    return is_of_notes


def _build_again(notes: Sequence[Path], data: Path) -> bool:
    """Builds what the notes say now. False when that has to wait for another build."""
    before = current_id(data)
    try:
        manifest = build_library(notes, data)
    except BuildBusy:
        return False
    except GlosspathError as error:
        complain(str(error))
    except OSError as error:
        complain(f"{error.strerror or error}: {error.filename}; the last good build goes on being served")
    except Exception as error:  # noqa: BLE001 - a fault of ours in one state of the notes must not end the watching
        complain(f"a fault in glosspath itself, {error!r}; the last good build goes on being served")
    else:
        if manifest.id != before:
            counts = manifest.counts
            said = f"Built again; concepts: {counts['concepts']:,}, problems: {counts['problems']:,}."
            click.echo(said, err=True)
    return True
