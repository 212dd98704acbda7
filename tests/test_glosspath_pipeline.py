"""Building again: what is made anew, and what is taken from the last builds."""

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus import sample_folder
from corpus.errors import BuildBusy, NotesNotFound
from corpus.model import Problem, Severity, SourceLocation
from glosspath.novelty import identity_of
from glosspath.pipeline import build_library
from indexer import current_id, only_builder
from indexer.model import Manifest


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "course"
    shutil.copytree(sample_folder(), folder)
    return folder


@dataclass
class Builder:
    """Builds into one folder, and counts the builds that made a graph: one that takes a snapshot over makes
    none."""

    data: Path
    made: int = 0

    def build(self, notes: Path, *, full: bool = False) -> Manifest:
        return build_library([notes], self.data, full=full, progress=self._count)

    def _count(self, phase: str, done: int, total: int) -> None:
        self.made += (phase, done, total) == ("relating", 1, 1)


@pytest.fixture
def builder(tmp_path: Path) -> Builder:
    return Builder(tmp_path / "data")


def append(file: Path, text: str = "\nOne more sentence.\n") -> None:
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_what_did_not_change_is_not_built_again(notes: Path, builder: Builder) -> None:
    first = builder.build(notes)
    assert builder.build(notes) == first
    assert builder.made == 1


def test_the_state_before_is_taken_over_when_an_edit_is_undone(notes: Path, builder: Builder) -> None:
    lesson = notes / "03-training.md"
    before = lesson.read_bytes()
    first = builder.build(notes)
    append(lesson)
    second = builder.build(notes)
    lesson.write_bytes(before)
    assert builder.build(notes) == first != second
    assert current_id(builder.data) == first.id
    assert builder.made == 2


def check_built_anew(notes: Path, builder: Builder, change: Callable[[], object]) -> None:
    builder.build(notes)
    change()
    builder.build(notes)
    assert builder.made == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda notes: append(notes / "03-training.md"),
        lambda notes: (notes / "03-training.md").unlink(),
        lambda notes: (notes / "new.md").write_text("# New"),
        lambda notes: (notes / "03-training.md").rename(notes / "13-training.md"),
        lambda notes: next((notes / "figures").glob("*.svg")).unlink(),
        lambda notes: (notes / "mkdocs.yml").write_text("nav: [11-deployment.md, 01-tensors-and-pytorch.md]"),
    ],
    ids=["a text", "a file gone", "a new file", "a name", "a picture gone", "another order"],
)
def test_whatever_notes_consist_of_counts_as_a_change(
    notes: Path, builder: Builder, change: Callable[[Path], object]
) -> None:
    check_built_anew(notes, builder, lambda: change(notes))


def test_a_file_that_is_only_touched_is_no_change(notes: Path, builder: Builder) -> None:
    builder.build(notes)
    os.utime(notes / "03-training.md", (1, 1))
    builder.build(notes)
    assert builder.made == 1


def test_full_builds_what_did_not_change(notes: Path, builder: Builder) -> None:
    first = builder.build(notes)
    assert builder.build(notes, full=True) == first
    assert builder.made == 2


def test_a_damaged_snapshot_is_not_taken_over(notes: Path, builder: Builder) -> None:
    def damage() -> None:
        (library,) = (builder.data / "snapshots").glob("*/library.sqlite")
        library.write_bytes(library.read_bytes()[:-1] + b"\xff")

    check_built_anew(notes, builder, damage)


def test_notes_that_moved_are_the_same_notes_in_another_folder(
    notes: Path, tmp_path: Path, builder: Builder
) -> None:
    builder.build(notes)
    moved = tmp_path / "elsewhere" / "course"
    moved.parent.mkdir()
    notes.rename(moved)
    assert builder.build(moved).roots == {"": str(moved)}
    assert builder.made == 1


def test_a_build_after_an_edit_gives_what_a_build_from_nothing_gives(notes: Path, tmp_path: Path) -> None:
    def library(data: Path) -> list[str]:
        file = data / "snapshots" / (data / "current").read_text().strip() / "library.sqlite"
        with sqlite3.connect(file) as store:
            lines = list(store.iterdump())
        store.close()
        return lines

    build_library([notes], tmp_path / "grown")
    append(notes / "03-training.md", "\nA *loss landscape* is drawn by the loss over all parameters.\n")
    build_library([notes], tmp_path / "grown")
    build_library([notes], tmp_path / "fresh")
    assert library(tmp_path / "grown") == library(tmp_path / "fresh")


def test_an_older_state_of_the_notes_never_replaces_a_newer_one(notes: Path, builder: Builder) -> None:
    """Who builds holds the folder from before the notes are read."""
    refused: list[str] = []

    def meanwhile(phase: str, done: int, _total: int) -> None:
        if (phase, done) == ("relating", 0):
            append(notes / "03-training.md")
            with pytest.raises(BuildBusy) as busy:
                build_library([notes], builder.data)
            refused.append(str(busy.value))

    build_library([notes], builder.data, progress=meanwhile)
    assert refused


def test_a_busy_folder_is_told_before_anything_is_read(notes: Path, builder: Builder) -> None:
    read: list[str] = []
    with only_builder(builder.data), pytest.raises(BuildBusy):
        build_library([notes], builder.data, progress=lambda phase, *_: read.append(phase))
    assert read == []


def test_a_build_that_finds_no_notes_leaves_no_folder_behind(builder: Builder, tmp_path: Path) -> None:
    with pytest.raises(NotesNotFound):
        builder.build(tmp_path / "nowhere")
    assert not builder.data.exists()


def test_a_build_that_finds_no_notes_leaves_what_was_there(builder: Builder, tmp_path: Path) -> None:
    builder.data.mkdir()
    (builder.data / "essay.md").write_text("mine", encoding="utf-8")
    with pytest.raises(NotesNotFound):
        builder.build(tmp_path / "nowhere")
    assert (builder.data / "essay.md").read_text(encoding="utf-8") == "mine"


def test_folders_of_notes_are_brought_up_to_date_before_the_switch(
    notes: Path, builder: Builder, tmp_path: Path
) -> None:
    """A server that sees the switch must not read where the notes were once."""
    builder.build(notes)
    before = notes.joinpath("03-training.md").read_bytes()
    append(notes / "03-training.md")
    builder.build(notes)
    (tmp_path / "moved").mkdir()
    moved = notes.rename(tmp_path / "moved" / "course")
    (moved / "03-training.md").write_bytes(before)
    seen: list[str] = []
    replace = Path.replace

    def spied(self: Path, target: Path) -> Path:
        if target.name == "current":
            (folder,) = open_roots(builder.data, self.read_text().strip())
            seen.append(folder)
        return replace(self, target)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Path, "replace", spied)
        builder.build(moved)
    assert seen == [str(moved)]


def open_roots(data: Path, name: str) -> list[str]:
    """The folders of the notes that a snapshot's manifest names."""
    manifest = json.loads((data / "snapshots" / name / "manifest.json").read_text(encoding="utf-8"))
    return list(manifest["roots"].values())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ('"here" leads to <a>', '"here" leads to <b>', False),
        ('"tide" is defined in other words at a.md:3', '"tide" is defined in other words at a.md:31', True),
        ('"tide" is defined in other words at a.md:3', '"tide" is defined in other words at b.md:3', False),
        ('"bore" is used once and never defined', '"bore" is used 12 times and never defined', True),
        ('the list leaves out "Ebb" (line 3)', 'the list leaves out "Ebb" (line 14)', True),
        ('nothing stands under "At line 3"', 'nothing stands under "At line 4"', False),
        (
            "these are defined by each other: Force 3 → Gale",
            "these are defined by each other: Force 4 → Gale",
            False,
        ),
    ],
)
def test_a_problem_is_the_same_where_only_places_and_counts_differ(one: str, other: str, same: bool) -> None:
    place = SourceLocation("tides.md", 3, 3)
    first, second = (identity_of(Problem("any", Severity.INFO, words, place)) for words in (one, other))
    assert (first == second) is same
