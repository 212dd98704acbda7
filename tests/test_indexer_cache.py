"""The cache of what was read: there when it is whole, and never in the way."""

from contextlib import suppress
from pathlib import Path

import pytest

from indexer import BuildCache

VALUES = [bytes([n]) * 40_000 for n in range(1, 4)]


def test_what_was_put_is_there_next_time(tmp_path: Path) -> None:
    with BuildCache(tmp_path) as cache:
        assert cache.recall(b"a") is None
        cache.keep(b"a", VALUES[1])
        assert cache.recall(b"a") == VALUES[1]
    with BuildCache(tmp_path) as cache:
        assert cache.recall(b"a") == VALUES[1]


def test_what_the_last_build_did_not_use_is_forgotten(tmp_path: Path) -> None:
    with BuildCache(tmp_path) as cache:
        for key in (b"a", b"b", b"c"):
            cache.keep(key, VALUES[0])
    with BuildCache(tmp_path) as cache:
        cache.recall(b"a")
        cache.keep(b"d", VALUES[0])
    with BuildCache(tmp_path) as cache:
        assert [key for key in (b"a", b"b", b"c", b"d") if cache.recall(key)] == [b"a", b"d"]


def test_an_interrupted_build_keeps_what_it_read_and_forgets_nothing(tmp_path: Path) -> None:
    with BuildCache(tmp_path) as cache:
        cache.keep(b"a", VALUES[0])
    with suppress(KeyboardInterrupt), BuildCache(tmp_path) as cache:
        cache.keep(b"b", VALUES[1])
        raise KeyboardInterrupt
    with BuildCache(tmp_path) as cache:
        assert cache.recall(b"a") and cache.recall(b"b")


@pytest.mark.parametrize("garbage", [b"", b"no database at all" * 500, b"SQLite format 3\0" + b"\xff" * 8000])
def test_a_damaged_cache_is_an_empty_one(tmp_path: Path, garbage: bytes) -> None:
    with BuildCache(tmp_path) as cache:
        cache.keep(b"a", VALUES[0])
    (tmp_path / "documents.sqlite").write_bytes(garbage)
    with BuildCache(tmp_path) as cache:
        assert cache.recall(b"a") is None
        cache.keep(b"a", VALUES[0])
        assert cache.recall(b"a") == VALUES[0]


def test_damage_in_the_middle_is_an_empty_cache(tmp_path: Path) -> None:
    with BuildCache(tmp_path) as cache:
        for n in range(50):
            cache.keep(b"key %d" % n, VALUES[1])
    file = tmp_path / "documents.sqlite"
    content = bytearray(file.read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    file.write_bytes(content)
    with BuildCache(tmp_path) as cache:
        assert all(cache.recall(b"key %d" % n) in (None, VALUES[1]) for n in range(50))
        cache.keep(b"key 7", VALUES[2])
    with BuildCache(tmp_path) as cache:
        assert cache.recall(b"key 7") == VALUES[2]


def test_where_no_cache_can_be_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with BuildCache(tmp_path / "data") as cache:
        cache.keep(b"a", VALUES[0])
        assert cache.recall(b"a") is None
