"""What is looked up: the snapshot on disk, its search index, exact label look-up and suggestions."""

from indexer.building import build_snapshot, current_id, open_snapshot, snapshot_of
from indexer.cache import ParseCache
from indexer.snapshot import Snapshot
from indexer.store import all_problems

__all__ = [
    "ParseCache",
    "Snapshot",
    "all_problems",
    "build_snapshot",
    "current_id",
    "open_snapshot",
    "snapshot_of",
]
