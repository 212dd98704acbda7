"""What earlier snapshots said, read without opening more of them than that."""

import re
from contextlib import closing
from pathlib import Path

from corpus.errors import InvalidRequest, NoSnapshot, UnknownName, near_misses
from corpus.model import Lesson, Problem, Section
from graph.changes import State
from graph.model import Concept, Prerequisite
from indexer.manifest import read_record
from indexer.serving import NAME, current_id
from indexer.store import Store

CURRENT, PREVIOUS = "current", "previous"
_BEGINNING = re.compile(r"[0-9a-f]{4,16}")


def problems_of_snapshot(data: Path, wanted: str) -> tuple[Problem, ...]:
    """What looked wrong in the notes that the snapshot `wanted` was built from: an id, the beginning of one,
    "current" or "previous".

    Raises NoSnapshot, DamagedSnapshot, SnapshotVersion, UnknownName for an id that is not there, and
    InvalidRequest for the beginning of several.
    """
    with closing(_store(data, snapshot_id(data, wanted))) as store:
        return store.values(Problem, "SELECT value FROM problems ORDER BY number")


def state_of_snapshot(data: Path, wanted: str) -> State:
    """What the snapshot `wanted` says that is compared with others. Raises as `problems_of_snapshot` does."""
    with closing(_store(data, snapshot_id(data, wanted))) as store:
        return State(
            concepts=store.values(Concept, "SELECT value FROM concepts ORDER BY number"),
            prerequisites=store.values(Prerequisite, "SELECT value FROM prerequisites ORDER BY number"),
            sections=store.values(Section, "SELECT value FROM sections ORDER BY number"),
            lessons=store.values(Lesson, "SELECT value FROM lessons ORDER BY number"),
        )


def names_snapshot(wanted: str) -> bool:
    """Whether somebody who writes this can mean a snapshot."""
    return wanted in (CURRENT, PREVIOUS) or bool(_BEGINNING.fullmatch(wanted.casefold()))


def snapshot_id(data: Path, wanted: str) -> str:
    """The id of the snapshot that is meant. Raises as `problems_of_snapshot` does."""
    folders = _folders(data)
    if not folders:
        raise NoSnapshot(f"Nothing was built in {data} yet. `glosspath build NOTES` does that.")
    current = current_id(data) or ""
    if wanted == PREVIOUS:
        others = [id for id in folders if id != current]
        if not others:
            raise NoSnapshot(f"{data} holds nothing from before the current snapshot. Name two to compare.")
        if len(others) > 1:
            named = ", ".join(sorted(others))
            raise NoSnapshot(f"Several snapshots in {data} are not the current one: {named}. Name one.")
        return others[0]
    sought = current if wanted == CURRENT else wanted.casefold().strip()
    ids = sorted(id for id in folders if sought and id.startswith(sought))
    if len(ids) > 1:
        raise InvalidRequest(
            "since",
            f"Several snapshots begin with {wanted!r}: {', '.join(ids)}. Write more of the one you mean.",
        )
    if not ids:
        near = near_misses(wanted, [CURRENT, PREVIOUS, *folders], limit=1)
        raise UnknownName("snapshot", wanted, near, f"The folder {data / 'snapshots'}")
    return ids[0]


def _store(data: Path, id: str) -> Store:
    folder = data / "snapshots" / _folders(data)[id]
    read_record(folder)
    return Store(folder / "library.sqlite")


def _folders(data: Path) -> dict[str, str]:
    """The names of the snapshots' folders by their ids; one that was built again with an id comes last."""
    try:
        names = sorted(folder.name for folder in (data / "snapshots").iterdir())
    except OSError:
        return {}
    return {found["id"]: name for name in names if (found := NAME.fullmatch(name))}
