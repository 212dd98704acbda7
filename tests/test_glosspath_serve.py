"""`glosspath serve` as a process: what it serves, how it picks up changes, how it stops."""

import json
import subprocess
from pathlib import Path

import pytest
from servers import FROM_CHECKOUT, REPOSITORY, fetched, fetched_json, is_answering, serving, until

from corpus import sample_folder
from corpus.errors import SnapshotVersion
from glosspath.commands.serve import _unnamed_notes
from glosspath.pipeline import build_library

NOTE = "# Vectors\n\n## Vector\n\nA **vector** is a list of numbers.\n"


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "vectors.md").write_text(NOTE, encoding="utf-8")
    return folder


def test_a_persons_own_notes_are_built_and_served(notes: Path, tmp_path: Path) -> None:
    with serving("notes", folder=tmp_path) as address:
        assert "Vector" in fetched(f"{address}/concepts/vector")
        assert fetched_json(f"{address}/api/v1/concepts/vector")["prefLabel"] == "Vector"


def test_without_notes_the_bundled_course_is_served(tmp_path: Path) -> None:
    with serving(folder=tmp_path) as address:
        assert fetched_json(f"{address}/api/v1/lookup?label=SGD")["matchedLabel"] == "SGD"


def test_without_notes_what_was_built_last_is_served(notes: Path, tmp_path: Path) -> None:
    building = [*FROM_CHECKOUT, "build", "notes"]
    subprocess.run(
        building, cwd=tmp_path, env={"PYTHONPATH": str(REPOSITORY)}, check=True, capture_output=True
    )
    with serving(folder=tmp_path) as address:
        assert fetched_json(f"{address}/api/v1/concepts")["total"] == 1


def of_another_version(data: Path) -> None:
    """Makes the snapshot as another version of glosspath would have written it."""
    (manifest,) = (data / "snapshots").glob("*/manifest.json")
    written = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps({**written, "format": 0}), encoding="utf-8")


def test_after_an_upgrade_the_bundled_course_is_built_anew(tmp_path: Path) -> None:
    build_library([sample_folder()], tmp_path / ".glosspath")
    of_another_version(tmp_path / ".glosspath")
    assert list(_unnamed_notes(tmp_path / ".glosspath")) == [sample_folder()]


def test_after_an_upgrade_ones_own_notes_are_built_anew(notes: Path, tmp_path: Path) -> None:
    build_library([notes / "vectors.md"], tmp_path / ".glosspath")
    of_another_version(tmp_path / ".glosspath")
    assert list(_unnamed_notes(tmp_path / ".glosspath")) == [notes / "vectors.md"]


def test_after_an_upgrade_notes_that_are_gone_are_not_confused_with_the_course(
    notes: Path, tmp_path: Path
) -> None:
    build_library([notes], tmp_path / ".glosspath")
    of_another_version(tmp_path / ".glosspath")
    notes.rename(tmp_path / "moved")
    with pytest.raises(SnapshotVersion):
        _unnamed_notes(tmp_path / ".glosspath")


def test_watching_a_file_notices_that_an_editor_replaced_it(notes: Path, tmp_path: Path) -> None:
    file = notes / "vectors.md"
    with serving("notes/vectors.md", "--watch", folder=tmp_path) as address:
        for term in ("span", "basis"):
            aside = notes / "aside"
            aside.write_text(f"{NOTE}\n## {term}\n\nA **{term}** is a set of vectors.\n", encoding="utf-8")
            aside.replace(file)
            until(lambda term=term: is_answering(f"{address}/concepts/{term}"), f"{term} is there")  # type: ignore[misc]


def test_watching_serves_what_changed_and_survives_notes_that_go(notes: Path, tmp_path: Path) -> None:
    with serving("notes", "--watch", folder=tmp_path) as address:
        assert not is_answering(f"{address}/concepts/span")
        (notes / "vectors.md").rename(notes / "vectors.txt")
        (notes / "span.md").write_text(
            f"{NOTE}\n## Span\n\nA **span** is a set of vectors.\n", encoding="utf-8"
        )
        until(lambda: is_answering(f"{address}/concepts/span"), "the new concept")
        (notes / "span.md").unlink()
        until(lambda: "no notes in" in (tmp_path / "serve.log").read_text(encoding="utf-8"), "a complaint")
        assert is_answering(f"{address}/concepts/span")


def test_a_port_that_is_taken_is_one_sentence_and_nothing_is_built(notes: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    with serving("notes", folder=tmp_path) as address:
        port = address.rpartition(":")[2]
        asked = subprocess.run(
            [*FROM_CHECKOUT, "serve", str(notes), "--port", port],
            cwd=other,
            env={"PYTHONPATH": str(REPOSITORY)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert (asked.returncode, asked.stdout) == (1, "")
    assert asked.stderr.startswith(f"glosspath: Port {port} ")
    assert asked.stderr.count("\n") == 1
    assert list(other.iterdir()) == []
