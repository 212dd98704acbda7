"""After any edits, additions, removals and renames of notes the index answers as a fresh build would."""

from pathlib import Path

import pytest
from engines_here import EVERY_ENGINE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import read_corpus
from graph import build_graph
from indexer import Snapshot, build_snapshot, open_snapshot

NAMES = ("ebb.md", "flood.md", "tides/moon.md", "tides/sun.md")
PARTS = (
    "## Ebb\n\n**Ebb** is the fall of the water after a flood.\n",
    "## Flood\n\nA **flood** (also known as rising tide) is the rise of the water.\n",
    "## Notice\n\nThe same words stand in many notes.\n",
    "## Code\n\n```python\nheight = moon.pull(day) + sun.pull(day)\n```\n",
    "## Links\n\n[moon.pull](https://example.org/moon.pull) and [more](https://example.org/more)\n",
    "## Quiz\n\n**Q:** What comes after the flood?\n\n**A:** The ebb.\n",
    "Water runs out at ebb and in at flood. Tides turn.\n",
    "Unten liegt das Wasser, und die Fluten sind nicht da, wenn die Ebbe ist.\n",
)
QUERIES = (
    *(
        "ebb",
        "rising tide",
        "the same words",
        "moon.pull",
        "pull kind:code",
        "label:flood OR title:ebb",
        "watr",
    ),
    *("flo*", '"after a flood"', "water -ebb", "kind:resource", "lesson:1 water", "Flut", "tide~ turn"),
)

texts = st.lists(st.sampled_from(PARTS), max_size=4).map(lambda parts: "# Notes\n\n" + "\n".join(parts))
edits = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.sampled_from(NAMES), texts),
        st.tuples(st.just("remove"), st.sampled_from(NAMES), st.just("")),
        st.tuples(st.just("rename"), st.sampled_from(NAMES), st.sampled_from(NAMES)),
    ),
    min_size=1,
    max_size=6,
)


def edit(notes: Path, what: str, name: str, other: str) -> None:
    """One thing that happens to a file; nothing if it is not there."""
    file = notes / name
    file.parent.mkdir(parents=True, exist_ok=True)
    if what == "write":
        file.write_text(other, encoding="utf-8")
    elif what == "remove":
        file.unlink(missing_ok=True)
    elif file.exists():
        (notes / other).parent.mkdir(parents=True, exist_ok=True)
        file.rename(notes / other)


def build(notes: Path, data: Path, engine: str, *, full: bool = False) -> None:
    corpus = read_corpus([notes])
    build_snapshot(data, corpus, build_graph(corpus), engine=engine, full=full)


def answers(data: Path) -> list[object]:
    snapshot: Snapshot = open_snapshot(data)
    found = [snapshot.search(query, per_page=100, explain=True) for query in QUERIES]
    near = [(snapshot.suggest(word), snapshot.nearest_labels(word)) for word in ("fl", "ebbb", "rising")]
    snapshot.close()
    return [*found, *near]


@pytest.mark.parametrize("engine", EVERY_ENGINE)
@given(st.lists(edits, min_size=2, max_size=5))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_history_of_edits_answers_as_a_fresh_build(
    tmp_path_factory: pytest.TempPathFactory, engine: str, history: list[list[tuple[str, str, str]]]
) -> None:
    folder = tmp_path_factory.mktemp("history")
    notes = folder / "notes"
    edit(notes, "write", "readme.md", "# Tides\n\nWhat the sea does, and why.\n")
    for together in history:
        for one in together:
            edit(notes, *one)
        build(notes, folder / "grown", engine)
    build(notes, folder / "fresh", engine, full=True)
    assert answers(folder / "grown") == answers(folder / "fresh")
