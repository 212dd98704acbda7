"""What is looked up: the snapshot on disk, its search index, exact label look-up and suggestions."""

from indexer.building import build_snapshot, current_id, open_snapshot
from indexer.cache import ParseCache
from indexer.snapshot import Snapshot

__all__ = ["ParseCache", "Snapshot", "build_snapshot", "current_id", "open_snapshot"]
