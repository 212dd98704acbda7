"""What earlier snapshots said, read without opening more of them than that."""

import re
from contextlib import closing
from pathlib import Path

from corpus.errors import InvalidRequest, NoSnapshot, UnknownName, near_misses
from corpus.model import Problem
from indexer.building import current_id
from indexer.manifest import read_record
from indexer.store import Store

CURRENT = "current"
_NAME = re.compile(r"(?P<id>[0-9a-f]{16})(?:-[0-9]+)?")


def problems_of_snapshot(data: Path, wanted: str) -> tuple[Problem, ...]:
    """What looked wrong in the notes that the snapshot `wanted` was built from: an id, the beginning of one,
    or "current".

    Raises NoSnapshot, DamagedSnapshot, SnapshotVersion, UnknownName for an id that is not there, and
    InvalidRequest for the beginning of several.
    """
    folder = data / "snapshots" / _folder_name(data, wanted)
    read_record(folder)
    with closing(Store(folder / "library.sqlite")) as store:
        return store.values(Problem, "SELECT value FROM problems ORDER BY number")


def _folder_name(data: Path, wanted: str) -> str:
    folders = _folders(data)
    if not folders:
        raise NoSnapshot(f"Nothing was built in {data} yet. `glosspath build NOTES` does that.")
    sought = (current_id(data) or "") if wanted == CURRENT else wanted.casefold().strip()
    ids = sorted(id for id in folders if sought and id.startswith(sought))
    if len(ids) > 1:
        raise InvalidRequest(
            "since",
            f"Several snapshots begin with {wanted!r}: {', '.join(ids)}. Write more of the one you mean.",
        )
    if not ids:
        near = near_misses(wanted, [CURRENT, *folders], limit=1)
        raise UnknownName("snapshot", wanted, near, f"The folder {data / 'snapshots'}")
    return folders[ids[0]]


def _folders(data: Path) -> dict[str, str]:
    """The names of the snapshots' folders by their ids; one that was built again with an id comes last."""
    try:
        names = sorted(folder.name for folder in (data / "snapshots").iterdir())
    except OSError:
        return {}
    return {found["id"]: name for name in names if (found := _NAME.fullmatch(name))}
