"""What is known of earlier builds: beside the snapshots, which stay what the notes alone make them."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from indexed_notes import concept, section

from corpus.model import Corpus
from graph.comparing import concept_changes
from graph.model import Concept, ConceptGraph, ConceptId
from indexer import build_snapshot, history, open_snapshot
from indexer.history import Moved, moved_after, read_history, written_history

TEXTS = (
    "The fall of the water after a flood, six hours long.",
    "The short time in which a tidal stream does not move.",
    "A knot that makes a loop which neither slips nor jams.",
)
NAMES = ("Ebb", "Slack", "Bowline", "Zorl", "Quim", "Tarn")
WHERE = section("tides.md", "Tides", "Words of the sea.")


def concepts(names: Sequence[str]) -> tuple[Concept, ...]:
    """Each text under the name in its place."""
    return tuple(
        concept(name, text, WHERE, n, "tides")
        for n, (name, text) in enumerate(zip(names, TEXTS, strict=True))
    )


def build(data: Path, *names: str) -> None:
    build_snapshot(data, Corpus("Tides", (), ()), ConceptGraph(concepts(names), (), (), (), (), (), ()))


def served(data: Path) -> Path:
    return data / "snapshots" / (data / "current").read_text().strip()


def after_all(states: Sequence[Sequence[str]]) -> dict[str, str]:
    """Old ids, and what each is now, after builds with these names."""
    moved: tuple[Moved, ...] = ()
    for before, after in pairwise(states):
        moved = moved_after(moved, concept_changes(concepts(before), concepts(after)), concepts(after))
    return {str(one.id): str(one.to) for one in moved}


own_names = st.tuples(*(st.sampled_from(pool) for pool in (NAMES[0::3], NAMES[1::3], NAMES[2::3])))
any_names = st.permutations(NAMES).map(lambda names: tuple(names[:3]))


@given(st.lists(own_names, min_size=1, max_size=6))
def test_every_name_of_a_concept_leads_to_it_over_any_number_of_builds(states: list[tuple[str, ...]]) -> None:
    now, last = after_all(states), states[-1]
    for names in states:
        for name, today in zip(names, last, strict=True):
            assert now.get(name.lower(), name.lower()) == today.lower()


@given(st.lists(any_names, min_size=1, max_size=6))
def test_a_name_that_is_taken_again_leads_nowhere_else(states: list[tuple[str, ...]]) -> None:
    """Whatever went round in between."""
    now, taken = after_all(states), {name.lower() for name in states[-1]}
    assert not taken & now.keys()
    assert not set(now) & set(now.values())


def test_a_snapshot_does_not_depend_on_the_builds_before_it(tmp_path: Path) -> None:
    build(tmp_path / "old", "Ebb", "Slack", "Bowline")
    build(tmp_path / "old", "Zorl", "Slack", "Bowline")
    build(tmp_path / "new", "Zorl", "Slack", "Bowline")
    assert [moved.id for moved in read_history(tmp_path / "old").moved] == ["ebb"]
    assert not (tmp_path / "new" / "history.json").exists()
    old, new = served(tmp_path / "old"), served(tmp_path / "new")
    assert old.name == new.name
    assert (old / "library.sqlite").read_bytes() == (new / "library.sqlite").read_bytes()


def test_a_build_that_changes_nothing_writes_nothing(tmp_path: Path) -> None:
    build(tmp_path, "Ebb", "Slack", "Bowline")
    build(tmp_path, "Zorl", "Slack", "Bowline")
    before = (tmp_path / "history.json").stat().st_mtime_ns
    build(tmp_path, "Zorl", "Slack", "Bowline")
    assert (tmp_path / "history.json").stat().st_mtime_ns == before


def test_each_build_says_when_and_what_changed(tmp_path: Path) -> None:
    build(tmp_path, "Ebb", "Slack", "Bowline")
    first = served(tmp_path)
    build(tmp_path, "Zorl", "Slack", "Bowline")
    (told,) = read_history(tmp_path).builds
    assert (told.before, told.after) == (first.name, served(tmp_path).name)
    assert told.counts == {"renamed": 1}
    assert [(one.id, one.label, one.was) for one in told.renamed] == [("zorl", "Zorl", "Ebb")]
    assert abs((datetime.now(UTC) - datetime.fromisoformat(told.time)).total_seconds()) < 600


def test_only_the_last_builds_and_some_changes_of_each_are_kept(tmp_path: Path) -> None:
    for number in range(history.MOST_BUILDS + 3):
        build(tmp_path, "Ebb", "Slack", f"Bowline{'abcdefgh'[number % 8]}{'ijklmnop'[number // 8]}")
    known = read_history(tmp_path)
    assert len(known.builds) == history.MOST_BUILDS
    assert len(known.moved) == history.MOST_BUILDS + 2


def test_a_build_cut_off_before_its_snapshot_was_served_is_told_once(tmp_path: Path) -> None:
    """Also where one concept took the name of another: what led to the first does not lead on with it."""
    for names in (("Quim", "Slack", "Bowline"), ("Ebb", "Slack", "Bowline")):
        build(tmp_path, *names)
    current = (tmp_path / "current").read_text()
    build(tmp_path, "Slack", "Zorl", "Bowline")
    known = read_history(tmp_path)
    (tmp_path / "current").write_text(current)
    build(tmp_path, "Slack", "Zorl", "Bowline")
    again = read_history(tmp_path)
    assert [(one.before, one.after) for one in again.builds] == [(b.before, b.after) for b in known.builds]
    assert again.moved == known.moved


def test_an_old_name_of_what_is_gone_is_forgotten() -> None:
    before, after = concepts(("Ebb", "Slack", "Bowline")), concepts(("Ebb", "Slack", "Bowline"))[:2]
    moved = (Moved(ConceptId("tarn"), ConceptId("bowline")), Moved(ConceptId("zorl"), ConceptId("ebb")))
    assert moved_after(moved, concept_changes(before, after), after) == moved[1:]


def test_the_latest_of_many_old_names_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "MOST_MOVED", 2)
    assert after_all([(name, "Slack", "Bowline") for name in ("Zorl", "Quim", "Ebb", "Tarn")]) == {
        "quim": "tarn",
        "ebb": "tarn",
    }


@pytest.mark.parametrize("end", ["an hour", "a day " * 500])
def test_of_a_long_definition_the_change_is_told(tmp_path: Path, end: str) -> None:
    long = "Water that runs out of the harbour again. " * 100
    for words in (f"{long}It takes six hours.", f"{long}It takes {end}."):
        concept_now = concept("Ebb", words, WHERE, 0, "tides")
        build_snapshot(
            tmp_path, Corpus("Tides", (), ()), ConceptGraph((concept_now,), (), (), (), (), (), ())
        )
    (told,) = read_history(tmp_path).builds[-1].redefined
    assert told.before.startswith("… ") and told.before.endswith("It takes six hours.")
    assert "It takes a" in told.after
    assert max(len(told.before), len(told.after)) <= history.LONGEST_TOLD + 4


def test_other_notes_in_the_same_folder_begin_anew(tmp_path: Path) -> None:
    from glosspath.pipeline import build_library

    for name, word in (("sea", "ebb"), ("land", "scree")):
        (tmp_path / name).mkdir()
        text = f"# Notes\n\nA **{word}** is what falls in small pieces, or all of it at once.\n"
        (tmp_path / name / "a.md").write_text(text, encoding="utf-8")
    build_library([tmp_path / "sea"], tmp_path / "data")
    build_library([tmp_path / "land"], tmp_path / "data")
    assert read_history(tmp_path / "data") == history.NO_HISTORY
    (tmp_path / "land").rename(tmp_path / "hills")
    text = (tmp_path / "hills" / "a.md").read_text(encoding="utf-8").replace("scree", "talus")
    (tmp_path / "hills" / "a.md").write_text(text, encoding="utf-8")
    build_library([tmp_path / "hills"], tmp_path / "data")
    assert [(one.id, one.to) for one in read_history(tmp_path / "data").moved] == [("scree", "talus")]


def test_notes_that_are_checked_out_in_two_places_have_one_history(tmp_path: Path) -> None:
    from glosspath.pipeline import build_library

    (tmp_path / "here").mkdir()
    words = ("scree", "talus", "moraine")
    text = "\n\n".join(
        f"A **{word}** is a heap of stones that number {n} made." for n, word in enumerate(words)
    )
    (tmp_path / "here" / "a.md").write_text(f"# Notes\n\n{text}\n", encoding="utf-8")
    build_library([tmp_path / "here"], tmp_path / "data")
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "a.md").write_text(
        f"# Notes\n\n{text.replace('talus', 'rubble')}\n", encoding="utf-8"
    )
    build_library([tmp_path / "there"], tmp_path / "data")
    assert [(one.id, one.to) for one in read_history(tmp_path / "data").moved] == [("talus", "rubble")]


def test_the_file_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    build(tmp_path, "Ebb", "Slack", "Bowline")
    build(tmp_path, "Zorl", "Slack", "Quim")
    known = read_history(tmp_path)
    assert (tmp_path / "history.json").read_bytes() == written_history(known)
    assert json.loads(written_history(known))["moved"][0] == {"id": "bowline", "to": "quim"}
    snapshot = open_snapshot(tmp_path)
    assert snapshot.moved_to(known.moved[0].id) == "quim"
    snapshot.close()
