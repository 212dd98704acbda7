"""Watching notes: what counts as a change of them, and that none is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from watchfiles import Change

from glosspath import watching
from glosspath.pipeline import build_library
from glosspath.watching import build_on_change, concerns, watched_folders
from indexer import current_id, only_builder, open_snapshot


def write(file: Path, *terms: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n\n".join(f"A **{term}** is a kind of knot." for term in terms), encoding="utf-8")
    return file


def test_of_a_single_file_the_folder_is_watched_and_only_the_file_counts(tmp_path: Path) -> None:
    """Editors save by putting a new file in the place of the old one."""
    file = write(tmp_path / "knots.md", "bowline")
    changed = concerns([file], tmp_path / "data")
    assert watched_folders([file]) == (tmp_path,)
    assert changed(Change.added, str(file))
    assert not changed(Change.added, str(tmp_path / "knots.md~"))


def test_in_a_folder_everything_counts_but_what_is_built(tmp_path: Path) -> None:
    changed = concerns([tmp_path], tmp_path / ".glosspath")
    assert changed(Change.modified, str(tmp_path / "deep" / "knots.md"))
    assert not changed(Change.modified, str(tmp_path / ".glosspath" / "current"))


def test_a_change_while_another_build_is_at_work_is_built_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file, data = write(tmp_path / "notes" / "knots.md", "bowline"), tmp_path / "data"

    def changes(*_: object, **__: object) -> Iterator[set[tuple[Change, str]]]:
        yield set()
        write(file, "bowline", "clove hitch")
        with only_builder(data):
            yield {(Change.modified, str(file))}
        yield set()

    monkeypatch.setattr(watching, "watch", changes)
    build_on_change([file.parent], data)
    snapshot = open_snapshot(data)
    assert snapshot.manifest.counts["concepts"] == 2
    snapshot.close()
    assert "Wait" not in capsys.readouterr().err


def test_a_fault_in_one_state_of_the_notes_does_not_end_the_watching(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file, data = write(tmp_path / "notes" / "knots.md", "bowline"), tmp_path / "data"
    built: list[int] = []

    def fails_once(*arguments: object) -> object:
        built.append(1)
        if len(built) == 1:
            raise RecursionError
        return build(*arguments)  # type: ignore[arg-type]

    def changes(*_: object, **__: object) -> Iterator[set[tuple[Change, str]]]:
        yield set()
        yield {(Change.modified, str(file))}

    build = build_library
    monkeypatch.setattr(watching, "build_library", fails_once)
    monkeypatch.setattr(watching, "watch", changes)
    build_on_change([file.parent], data)
    assert current_id(data)
    assert "RecursionError" in capsys.readouterr().err
