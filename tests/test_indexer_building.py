"""Building: aside, switched at once, cheaply again, and safe against whatever interrupts or damages it."""

import gc
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from engines_here import EVERY_ENGINE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from indexed_notes import built, document, sample_notes, section

from corpus.errors import (
    BuildBusy,
    DamagedSnapshot,
    GlosspathError,
    NoSnapshot,
    SnapshotError,
    SnapshotVersion,
)
from corpus.model import Corpus
from graph.model import ConceptGraph
from indexer import Snapshot, build_snapshot, current_id, open_snapshot
from indexer.store import FORMAT

NO_GRAPH = ConceptGraph((), (), (), (), (), (), ())
QUERIES = (
    "softmax",
    "gradient loss",
    "softmx",
    '"the loss"',
    "zero_grad",
    "grad*",
    "probab",
    "banana softmax",
)


def notes(*texts: str) -> Corpus:
    """A document a text."""
    return Corpus(
        "Notes", tuple(document(f"n{n}.md", section(f"n{n}.md", f"N{n}", t)) for n, t in enumerate(texts)), ()
    )


def served(data: Path) -> Path:
    return data / "snapshots" / (data / "current").read_text().strip()


def library(data: Path) -> bytes:
    return (served(data) / "library.sqlite").read_bytes()


def names(data: Path) -> set[str]:
    return {folder.name for folder in (data / "snapshots").iterdir()}


def answers(snapshot: Snapshot, queries: tuple[str, ...] = QUERIES) -> list[object]:
    return [snapshot.search(query, per_page=100) for query in queries]


# What is built


def test_the_folder_holds_what_the_design_says_and_ignores_itself(tmp_path: Path) -> None:
    manifest = build_snapshot(tmp_path / "data", *sample_notes())
    folder = served(tmp_path / "data")
    assert folder.name == manifest.id == current_id(tmp_path / "data")
    assert {path.name for path in folder.iterdir()} == {"library.sqlite", "search", "manifest.json"}
    assert (tmp_path / "data" / ".gitignore").read_text() == "*\n"
    assert msgspec.json.decode((folder / "manifest.json").read_bytes())["counts"]["concepts"] == 5


def test_a_folder_with_files_of_its_own_is_not_hidden_from_git(tmp_path: Path) -> None:
    (tmp_path / "essay.md").write_text("mine")
    manifest = build_snapshot(tmp_path, *sample_notes())
    assert not (tmp_path / ".gitignore").exists()
    snapshot = open_snapshot(tmp_path)
    assert list(snapshot.manifest.counts) == list(manifest.counts)
    snapshot.close()


def test_what_a_person_tells_git_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("secret\n")
    build_snapshot(tmp_path, *sample_notes())
    assert (tmp_path / ".gitignore").read_text() == "secret\n"


@pytest.mark.parametrize("own", ["current-plans.md", "lockpicking", "snapshots.md", "documents.sqlite.md"])
def test_a_name_that_only_begins_like_ours_is_a_persons_own(tmp_path: Path, own: str) -> None:
    (tmp_path / own).write_text("mine")
    build_snapshot(tmp_path, *sample_notes())
    assert not (tmp_path / ".gitignore").exists()


def test_what_is_no_snapshot_is_never_removed(tmp_path: Path) -> None:
    photos = tmp_path / "snapshots" / "holiday"
    photos.mkdir(parents=True)
    (tmp_path / "snapshots" / "list.txt").write_text("mine")
    for text in "abc":
        build_snapshot(tmp_path, notes(text), NO_GRAPH)
    assert {"holiday", "list.txt"} <= names(tmp_path)


def test_the_same_notes_have_the_same_id_wherever_they_lie(tmp_path: Path) -> None:
    one = build_snapshot(tmp_path / "one", *sample_notes(Path("/here")))
    other = build_snapshot(tmp_path / "other", *sample_notes(Path("/there")))
    assert one.id == other.id
    libraries = [(served(tmp_path / d) / "library.sqlite").read_bytes() for d in ("one", "other")]
    assert libraries[0] == libraries[1]


def test_building_the_same_notes_again_leaves_the_snapshot_as_it_is(tmp_path: Path) -> None:
    build_snapshot(tmp_path, *sample_notes())
    before = (served(tmp_path) / "library.sqlite").stat().st_mtime_ns
    build_snapshot(tmp_path, *sample_notes())
    assert (served(tmp_path) / "library.sqlite").stat().st_mtime_ns == before


def test_notes_that_were_moved_are_served_from_where_they_are_now(tmp_path: Path) -> None:
    build_snapshot(tmp_path, *sample_notes(Path("/here")))
    assert built(tmp_path, *sample_notes(Path("/there"))).manifest.roots == {"": "/there"}


def test_other_words_have_another_id(tmp_path: Path) -> None:
    assert (
        build_snapshot(tmp_path, notes("a"), NO_GRAPH).id != build_snapshot(tmp_path, notes("b"), NO_GRAPH).id
    )


def test_a_full_build_makes_everything_anew_under_the_same_id(tmp_path: Path) -> None:
    first = build_snapshot(tmp_path, *sample_notes())
    before = served(tmp_path)
    again = build_snapshot(tmp_path, *sample_notes(), full=True)
    assert again.id == first.id == current_id(tmp_path)
    assert served(tmp_path) != before


def test_the_snapshot_before_is_kept_and_older_ones_go(tmp_path: Path) -> None:
    ids = [build_snapshot(tmp_path, notes(text), NO_GRAPH).id for text in "abc"]
    assert names(tmp_path) == set(ids[1:])


def test_who_reads_a_snapshot_may_go_on_while_others_are_built(tmp_path: Path) -> None:
    snapshot = built(tmp_path, *sample_notes())
    for text in "abc":
        build_snapshot(tmp_path, notes(text), NO_GRAPH)
    assert snapshot.search("softmax").hits[0].id == "softmax"


def test_going_back_to_earlier_notes_is_only_a_switch(tmp_path: Path) -> None:
    first = build_snapshot(tmp_path, notes("a"), NO_GRAPH)
    build_snapshot(tmp_path, notes("b"), NO_GRAPH)
    steps: list[str] = []
    build_snapshot(tmp_path, notes("a"), NO_GRAPH, progress=lambda what, *_: steps.append(what))
    assert current_id(tmp_path) == first.id and not steps


def test_progress_ends_with_all_of_it(tmp_path: Path) -> None:
    steps: list[tuple[str, int, int]] = []
    build_snapshot(tmp_path, *sample_notes(), progress=lambda *step: steps.append(step))
    assert ("search index", 15, 15) in steps and steps[-1] == ("library", 1, 1)


# A second build costs what changed


def test_only_what_changed_is_indexed_again(tmp_path: Path) -> None:
    texts = [f"text number {n}" for n in range(20)]
    build_snapshot(tmp_path, notes(*texts), NO_GRAPH)
    steps: list[tuple[str, int, int]] = []
    texts[7] = "something else"
    build_snapshot(tmp_path, notes(*texts), NO_GRAPH, progress=lambda *step: steps.append(step))
    assert ("search index", 1, 1) in steps


def test_an_index_that_grew_answers_like_one_made_at_once(tmp_path: Path) -> None:
    corpus, graph = sample_notes()
    build_snapshot(tmp_path / "grown", replace(corpus, documents=corpus.documents[:2]), NO_GRAPH)
    changed = document("readme.md", section("readme.md", "Welcome", "Changed: the loss and its gradient."))
    build_snapshot(tmp_path / "grown", replace(corpus, documents=(changed, *corpus.documents[1:])), graph)
    grown = built(tmp_path / "grown", corpus, graph)
    fresh = built(tmp_path / "fresh", corpus, graph, full=True)
    assert answers(grown) == answers(fresh)
    assert grown.manifest == fresh.manifest
    assert library(tmp_path / "grown") == library(tmp_path / "fresh")


@given(st.lists(st.lists(st.text("ab c", max_size=12), max_size=9), min_size=2, max_size=10))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_history_of_builds_answers_like_a_fresh_one(
    tmp_path_factory: pytest.TempPathFactory, history: list[list[str]]
) -> None:
    data = tmp_path_factory.mktemp("history")
    for texts in history:
        build_snapshot(data / "grown", notes(*texts), NO_GRAPH)
    grown = open_snapshot(data / "grown")
    fresh = built(data / "fresh", notes(*history[-1]), NO_GRAPH, full=True)
    queries = ("a", "b", "a b", "aa ab", "abc", '"a b"', "c -a")
    assert answers(grown, queries) == answers(fresh, queries)
    assert library(data / "grown") == library(data / "fresh")


def test_the_index_does_not_fall_apart_over_many_builds(tmp_path: Path) -> None:
    texts = [f"common text number {n}" for n in range(30)]
    for n in range(25):
        texts[n] = f"common text changed {n}"
        build_snapshot(tmp_path, notes(*texts), NO_GRAPH)
    assert open_snapshot(tmp_path).search("common changed", per_page=100).total == 25
    assert len(list((served(tmp_path) / "search").glob("*.trm"))) <= 10


# Interrupted


KILLED = """
import os, pathlib, signal, sys
sys.path.insert(0, {tests!r})
from indexed_notes import sample_notes
from indexer import build_snapshot

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def progress(what, done, of):
    if (what, done) == {at!r}:
        die()

replace = pathlib.Path.replace
def killed_replace(self, target):
    if {at!r} == ("switch", pathlib.Path(target).name):
        die()
    return replace(self, target)
pathlib.Path.replace = killed_replace

build_snapshot(pathlib.Path({data!r}), *sample_notes(), progress=progress)
"""


@pytest.mark.parametrize(
    "at", [("search index", 0), ("search index", 9), ("library", 0), ("library", 1), ("switch", "current")]
)
def test_a_build_that_is_killed_leaves_the_last_one_serving(tmp_path: Path, at: tuple[str, object]) -> None:
    before = build_snapshot(tmp_path, notes("what was there before"), NO_GRAPH)
    script = KILLED.format(tests=str(Path(__file__).parent), at=at, data=str(tmp_path))
    ended = subprocess.run([sys.executable, "-c", script], cwd=Path(__file__).parents[1], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert current_id(tmp_path) == before.id
    assert open_snapshot(tmp_path).search("before").total == 1

    after = built(tmp_path, *sample_notes())
    assert after.search("softmax").total > 0
    assert names(tmp_path) == {before.id, after.id}


def test_a_build_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    before = build_snapshot(tmp_path, notes("a"), NO_GRAPH)

    def fails(what: str, _done: int, _of: int) -> None:
        if what == "library":
            raise RuntimeError

    with pytest.raises(RuntimeError):
        build_snapshot(tmp_path, *sample_notes(), progress=fails)
    assert names(tmp_path) == {before.id} and current_id(tmp_path) == before.id


def test_a_second_build_at_once_fails_and_says_who_is_building(tmp_path: Path) -> None:
    refused: list[str] = []

    def meanwhile(*_: object) -> None:
        with pytest.raises(BuildBusy) as busy:
            build_snapshot(tmp_path, notes("b"), NO_GRAPH)
        refused.append(str(busy.value))

    manifest = build_snapshot(tmp_path, notes("a"), NO_GRAPH, progress=meanwhile)
    assert refused and f"Process {os.getpid()} is building" in refused[0]
    assert current_id(tmp_path) == manifest.id


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(SnapshotError, match=r"cannot be written to .*data"):
        build_snapshot(tmp_path / "data", *sample_notes())


# Damaged


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_a_folder_in_which_nobody_may_write_is_served(tmp_path: Path, engine: str) -> None:
    built(tmp_path, *sample_notes(), engine=engine).close()
    lock = served(tmp_path) / "search" / ".tantivy-meta.lock"
    lock.unlink(missing_ok=True)
    lock.mkdir()  # who may write everywhere cannot lock it either
    below = sorted(tmp_path.rglob("*"), reverse=True)
    for path in below:
        path.chmod(0o555 if path.is_dir() else 0o444)
    opened = open_snapshot(tmp_path)
    hits = opened.search("loss", explain=True).hits
    opened.check()
    opened.close()
    for path in reversed(below):
        path.chmod(0o755)
    assert hits and all(hit.explanation for hit in hits)


def test_nothing_built_says_what_to_do(tmp_path: Path) -> None:
    assert current_id(tmp_path) is None
    with pytest.raises(NoSnapshot, match="`glosspath build NOTES`"):
        open_snapshot(tmp_path)


def check_damage_is_named_and_mended(data: Path, kind: type[GlosspathError] = DamagedSnapshot) -> None:
    with pytest.raises(kind, match="`glosspath build NOTES`"):
        answers(open_snapshot(data))
    mended = built(data, *sample_notes())
    assert mended.search("softmax").hits[0].id == "softmax"


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # Whoosh drops the files that it cannot read
@pytest.mark.parametrize(
    "file", ["library.sqlite", "manifest.json", "search/*.trm", "search/*.pst", "search/*.toc"]
)
@pytest.mark.parametrize("how", ["missing", "cut", "garbled"])
def test_a_damaged_file_is_named_and_mended_by_building(tmp_path: Path, file: str, how: str) -> None:
    build_snapshot(tmp_path, *sample_notes())
    (damaged,) = served(tmp_path).glob(file)
    content = damaged.read_bytes()
    damaged.unlink()
    if how == "cut":
        damaged.write_bytes(content[: len(content) // 2])
    if how == "garbled":
        damaged.write_bytes(b"\xff" * len(content))
    check_damage_is_named_and_mended(tmp_path)
    gc.collect()


def test_a_page_of_the_library_that_was_overwritten_is_noticed_when_it_is_read(tmp_path: Path) -> None:
    build_snapshot(tmp_path, *sample_notes())
    library = served(tmp_path) / "library.sqlite"
    content = library.read_bytes()
    library.write_bytes(content[:4096] + b"\x00" * (len(content) - 4096))
    check_damage_is_named_and_mended(tmp_path)


@pytest.mark.parametrize("name", ["", "nonsense", "../../etc", "\u00e9", "0123456789abcdef"])
def test_a_switch_that_leads_nowhere_is_damage(tmp_path: Path, name: str) -> None:
    build_snapshot(tmp_path, *sample_notes())
    (tmp_path / "current").write_text(name, encoding="utf-8")
    check_damage_is_named_and_mended(tmp_path)


def test_a_snapshot_of_another_version_is_named_and_replaced(tmp_path: Path) -> None:
    build_snapshot(tmp_path, *sample_notes())
    manifest = served(tmp_path) / "manifest.json"
    now = f'"format": {FORMAT}'
    manifest.write_text(manifest.read_text().replace(now, '"format": 999, "unheard": "of"'))
    check_damage_is_named_and_mended(tmp_path, SnapshotVersion)


def of_another_engine(folder: Path) -> None:
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"engine": "whoosh"', '"engine": "unheard-of"'))


def test_a_snapshot_of_an_engine_that_is_not_here_is_named_and_replaced(tmp_path: Path) -> None:
    build_snapshot(tmp_path, *sample_notes())
    of_another_engine(served(tmp_path))
    with pytest.raises(SnapshotError, match=r"'unheard-of', which is not installed.*`glosspath build NOTES`"):
        open_snapshot(tmp_path)
    assert built(tmp_path, notes("a"), NO_GRAPH).search("a").total == 1


def test_an_old_snapshot_of_an_engine_that_is_not_here_is_pruned(tmp_path: Path) -> None:
    build_snapshot(tmp_path, *sample_notes())
    of_another_engine(served(tmp_path))
    ids = {build_snapshot(tmp_path, notes(text), NO_GRAPH).id for text in "ab"}
    assert names(tmp_path) == ids


def test_a_damaged_index_is_not_built_upon(tmp_path: Path) -> None:
    corpus, graph = sample_notes()
    build_snapshot(tmp_path, corpus, graph)
    (postings,) = served(tmp_path).glob("search/*.pst")
    postings.write_bytes(b"\xff" * postings.stat().st_size)
    assert built(tmp_path, replace(corpus, title="Another"), graph).search("softmax").total == 5
