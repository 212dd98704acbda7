"""What is looked up: the snapshot on disk, its search index, exact label look-up and suggestions."""

from indexer.building import build_snapshot, only_builder
from indexer.cache import BuildCache
from indexer.earlier import names_snapshot, problems_of_snapshot, snapshot_id, state_of_snapshot
from indexer.serving import current_id, current_state, engine_of, notes_of, open_snapshot, switched_at
from indexer.snapshot import Snapshot
from indexer.store import all_problems

__all__ = [
    "BuildCache",
    "Snapshot",
    "all_problems",
    "build_snapshot",
    "current_id",
    "current_state",
    "engine_of",
    "names_snapshot",
    "notes_of",
    "only_builder",
    "open_snapshot",
    "problems_of_snapshot",
    "snapshot_id",
    "state_of_snapshot",
    "switched_at",
]
