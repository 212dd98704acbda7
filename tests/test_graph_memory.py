"""The memory of what was found in documents: it changes nothing but the time that a graph takes."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from texts import corpus_of

from corpus import read_corpus, sample_folder
from graph import ConceptGraph, build_graph

HARBOUR = "# Harbour\n\nA **harbour** is a place where *boats* lie at a pier.\n"
TIDES = "# Tide\n\nA **tide** is the rise of the sea in a harbour. Also called flood (FL).\n"
PROSE = (
    "# A walk\n\nWe walked along the harbour. The tide was out, and FL would come at noon. A quay was near.\n"
)
COURSE = {"1.md": HARBOUR, "2.md": TIDES, "3.md": PROSE}


class Kept:
    """What is kept between builds, and how often something was found that was not kept."""

    def __init__(self) -> None:
        self.values: dict[bytes, bytes] = {}
        self.new = 0

    def recall(self, key: bytes) -> bytes | None:
        return self.values.get(key)

    def keep(self, key: bytes, value: bytes) -> None:
        self.values[key] = value
        self.new += 1

    def after(self, notes: dict[str, str]) -> int:
        """How much is found anew when these are the notes."""
        before = self.new
        build_graph(corpus_of(notes), self)
        return self.new - before


@pytest.fixture
def kept() -> Kept:
    kept = Kept()
    assert kept.after(COURSE) > 0
    return kept


def test_nothing_is_looked_through_twice(kept: Kept) -> None:
    assert kept.after(COURSE) == 0


def test_an_edit_of_prose_has_its_document_looked_through_and_no_other(kept: Kept) -> None:
    alone = Kept()
    alone.after({"3.md": PROSE})
    assert 0 < kept.after({**COURSE, "3.md": f"{PROSE}\nIt rained.\n"}) <= alone.new


def test_a_new_label_has_those_documents_looked_through_that_could_hold_it() -> None:
    anew = {}
    for name in ("quay", "lagoon"):
        kept = Kept()
        kept.after({**COURSE, "4.md": "# More\n\nNothing yet.\n"})
        anew[name] = kept.after({**COURSE, "4.md": f"# More\n\nA **{name}** is a wall for boats.\n"})
    assert anew["quay"] == anew["lagoon"] + 1


@pytest.mark.parametrize(
    ("before", "after", "unchanged"),
    [
        pytest.param(
            "A **boat** is a small ship.", "A **vessel** is a small ship, also called boat.", "Boats float.",
            id="whose label it is",
        ),
        pytest.param(
            "An **FL** is the flood.", "The flood comes. A **fl** is water.", "The FL and the fl.",
            id="whether it is an acronym",
        ),
        pytest.param("A **sea** is water.", "A **sea wind** is air.", "The sea wind.", id="a longer label"),
        pytest.param(
            "A **boat** is a ship.",
            "A **boat** is a ship. **R plus plus** is a call.",
            "**R++**: the call of a boat.",
            id="what its own definition defines",
        ),
        pytest.param("# Pier\n\nA **pier** is a wall.", "# Quay\n\nA **quay** is a wall.", "See [[1|that]].",
            id="what a link by name means",
        ),
        pytest.param(
            "A **way** is a path through water.", "## Way\n\nA way is a path.", "That way lies land.",
            id="whether an everyday word counts",
        ),
        pytest.param(
            "---\nlang: fr\n---\nLa mer.", "It rained.",
            "# Sea\n\n## Sailing\n\nA **way** is a path through water.\n\n## Land\n\nThat way lies land.",
            id="which lesson a section is in",
        ),
    ],
)  # fmt: skip
def test_what_one_document_says_changes_what_is_found_in_another(
    before: str, after: str, unchanged: str
) -> None:
    first, second = ({"1.md": f"{text}\n", "2.md": f"{unchanged}\n"} for text in (before, after))
    kept = Kept()
    one, other = build_graph(corpus_of(first), kept), build_graph(corpus_of(second), kept)
    assert other == build_graph(corpus_of(second))
    assert found_in("2.md", one) != found_in("2.md", other)


def found_in(path: str, graph: ConceptGraph) -> list[object]:
    edges = [(e.prerequisite, e.target) for e in graph.prerequisites if e.evidence[0].location.path == path]
    return [*((m.concept, m.label) for m in graph.mentions if m.path == path), *edges]


PIECES = st.sampled_from(
    [
        HARBOUR,
        TIDES,
        PROSE,
        "# Pier\n\n**Pier**: a wall that a boat lies at. A pier is a harbour.\n",
        "# Boats\n\nKinds of boats include rafts and canoes. See [[Tide]] and [[Pier|the wall]].\n",
        "# Flat land\n\nFL (Florida) is flat. **FL**: a land.\n\nPrerequisites: Harbour, Tide.\n",
        "# Value (of a boat)\n\n**Value**: what it is worth. The value of a *pier head*. Pier heads.\n",
        "# Canoe\n\n## Raft\n\n## Tides\n\nCanoes, tides, rafts and pier heads. A raft is a boat.\n",
        "# Quiz\n\n- Q: What is a tide?\n- A: The tide is a raft in the harbour.\n",
        "---\naliases: [ebb]\nprerequisites: pier\n---\n# Low water\n\n**Low water**: the tide is out.\n",
    ]
)


@given(
    st.lists(
        st.dictionaries(st.sampled_from(["1.md", "2.md", "a/3.md", "4.md"]), PIECES, min_size=1), max_size=6
    )
)
def test_with_a_memory_of_other_notes_the_graph_is_the_same(states: list[dict[str, str]]) -> None:
    kept = Kept()
    for notes in states:
        corpus = corpus_of(notes)
        assert build_graph(corpus, kept) == build_graph(corpus)


@settings(max_examples=8)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 400), st.integers(1, 3)), max_size=4))
def test_lines_cut_from_a_course_leave_the_same_graph(
    tmp_path_factory: pytest.TempPathFactory, cuts: list[tuple[int, int, int]]
) -> None:
    kept = Kept()
    texts = {
        file.name: file.read_text("utf-8").splitlines(True)
        for file in sorted(sample_folder().glob("0[1-3]*.md"))
    }
    folder = tmp_path_factory.mktemp("course")
    names = sorted(texts)
    for number, line, count in [(0, 0, 0), *cuts]:
        lines = texts[names[number % len(names)]]
        del lines[line % len(lines) : line % len(lines) + count]
        corpus = read_corpus([written(folder, texts)])
        assert build_graph(corpus, kept) == build_graph(corpus)


def written(folder: Path, texts: dict[str, list[str]]) -> Path:
    for name, lines in texts.items():
        (folder / name).write_text("".join(lines), "utf-8")
    return folder


def test_a_value_that_is_damaged_is_found_again(kept: Kept) -> None:
    for key in kept.values:
        kept.values[key] = b"\xc1"
    assert build_graph(corpus_of(COURSE), kept) == build_graph(corpus_of(COURSE))
