"""The cache of what was read: there when it is whole, and never in the way."""

from contextlib import suppress
from pathlib import Path

import pytest
from indexed_notes import sample_notes

from indexer import BuildCache

DOCUMENTS = sample_notes()[0].documents


def test_what_was_put_is_there_next_time(tmp_path: Path) -> None:
    with BuildCache(tmp_path) as cache:
        assert cache.get("a") is None
        cache.put("a", DOCUMENTS[1])
        assert cache.get("a") == DOCUMENTS[1]
    with BuildCache(tmp_path) as cache:
        assert cache.get("a") == DOCUMENTS[1]


def test_what_the_last_build_did_not_use_is_forgotten(tmp_path: Path) -> None:
    with BuildCache(tmp_path) as cache:
        for key in "abc":
            cache.put(key, DOCUMENTS[0])
    with BuildCache(tmp_path) as cache:
        cache.get("a")
        cache.put("d", DOCUMENTS[0])
    with BuildCache(tmp_path) as cache:
        assert [key for key in "abcd" if cache.get(key)] == ["a", "d"]


def test_an_interrupted_build_keeps_what_it_read_and_forgets_nothing(tmp_path: Path) -> None:
    with BuildCache(tmp_path) as cache:
        cache.put("a", DOCUMENTS[0])
    with suppress(KeyboardInterrupt), BuildCache(tmp_path) as cache:
        cache.put("b", DOCUMENTS[1])
        raise KeyboardInterrupt
    with BuildCache(tmp_path) as cache:
        assert cache.get("a") and cache.get("b")


@pytest.mark.parametrize("garbage", [b"", b"no database at all" * 500, b"SQLite format 3\0" + b"\xff" * 8000])
def test_a_damaged_cache_is_an_empty_one(tmp_path: Path, garbage: bytes) -> None:
    with BuildCache(tmp_path) as cache:
        cache.put("a", DOCUMENTS[0])
    (tmp_path / "documents.sqlite").write_bytes(garbage)
    with BuildCache(tmp_path) as cache:
        assert cache.get("a") is None
        cache.put("a", DOCUMENTS[0])
        assert cache.get("a") == DOCUMENTS[0]


def test_damage_in_the_middle_is_an_empty_cache(tmp_path: Path) -> None:
    with BuildCache(tmp_path) as cache:
        for n in range(50):
            cache.put(f"key {n}", DOCUMENTS[1])
    file = tmp_path / "documents.sqlite"
    content = bytearray(file.read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    file.write_bytes(content)
    with BuildCache(tmp_path) as cache:
        assert all(cache.get(f"key {n}") in (None, DOCUMENTS[1]) for n in range(50))
        cache.put("key 7", DOCUMENTS[2])
    with BuildCache(tmp_path) as cache:
        assert cache.get("key 7") == DOCUMENTS[2]


def test_where_no_cache_can_be_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with BuildCache(tmp_path / "data") as cache:
        cache.put("a", DOCUMENTS[0])
        assert cache.get("a") is None
