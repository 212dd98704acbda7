"""DOT, read back by a parser of it, and Mermaid, held against the part of its grammar that is used."""

import re
from html import unescape
from pathlib import Path

import pydot
import pytest
from hypothesis import given
from hypothesis import strategies as st
from served_notes import build, built_notes, library_of

from corpus import sample_folder
from corpus.errors import UnknownName
from graph.model import ConceptId
from web.exports.charts import Chart, as_dot, as_mermaid, chart_of, chart_of_path
from web.library import Library

# A quoted label holds what means nothing in Mermaid, and other characters by number.
_LABEL = r"\"(?P<label>(?:[^\x00-\x7f]|[A-Za-z0-9,'/=+ -]|#[0-9]{2,3};)*)\""
_BOX = re.compile(rf"    (?P<name>c[0-9]+)(?:\[{_LABEL}\]|\(\[{_LABEL.replace('label', 'round')}\]\))")
_LINE = re.compile(r"    (?P<one>c[0-9]+) --> (?P<other>c[0-9]+)")
_ENDS_MARKDOWN = re.compile(r"[-+]|[0-9]+[.)]")


def read_mermaid(written: bytes) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Labels by name, and lines; every line of the text is one or the other."""
    head, *lines = written.decode().removesuffix("\n").split("\n")
    assert head == "flowchart TD"
    boxes, edges = {}, []
    for line in lines:
        if box := _BOX.fullmatch(line):
            label = box["label"] if box["label"] is not None else box["round"]
            assert not _ENDS_MARKDOWN.match(label)
            boxes[box["name"]] = unescape(label.replace("#", "&#"))
        else:
            edge = _LINE.fullmatch(line)
            assert edge, line
            edges.append((edge["one"], edge["other"]))
    return boxes, edges


def read_dot(written: bytes) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Labels by id, and edges, as pydot parses them."""
    graphs = pydot.graph_from_dot_data(written.decode())
    assert graphs is not None
    (graph,) = graphs
    nodes = {_unquoted(n.get_name()): _unquoted(str(n.get_label())) for n in graph.get_nodes()}
    return nodes, [(_unquoted(e.get_source()), _unquoted(e.get_destination())) for e in graph.get_edges()]


def _unquoted(name: str) -> str:
    return re.sub(r"\\(.)", r"\1", name[1:-1]) if name.startswith('"') else name


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(built_notes(tmp_path_factory.mktemp("charts")))


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(build(sample_folder(), tmp_path_factory.mktemp("charts")))


def test_both_hold_every_concept_and_only_edges_that_no_chain_says(course: Library) -> None:
    chart = chart_of(course)
    assert len(chart.labels) == course.manifest.counts["concepts"] > 300
    explicit = {(e.prerequisite, e.target) for e in course.dump().prerequisites if not e.implied}
    assert set(chart.edges) == explicit
    boxes, lines = read_mermaid(as_mermaid(chart))
    assert list(boxes.values()) == list(chart.labels.values())
    nodes, edges = read_dot(as_dot(chart))
    assert nodes == chart.labels
    assert sorted(edges) == sorted(chart.edges)
    assert len(lines) == len(edges)


def test_around_a_concept_stands_what_it_needs_and_what_needs_it(library: Library) -> None:
    one, two = chart_of(library, "Softmax"), chart_of(library, "softargmax", depth=2)
    assert set(one.labels) == {"vector", "logits", "softmax", "cross-entropy-loss"}
    assert set(two.labels) > set(one.labels)
    assert one.about == {"softmax"}
    assert ('(["Softmax"])' in as_mermaid(one).decode()) and ("shape=ellipse" in as_dot(one).decode())
    with pytest.raises(UnknownName):
        chart_of(library, "no such thing")


def test_a_path_is_about_its_targets(library: Library) -> None:
    chart = chart_of_path(library.path(["softmax"]))
    assert list(chart.labels) == ["vector", "logits", "softmax"]
    assert chart.about == {"softmax"}


@given(st.dictionaries(st.text(min_size=1), st.text(), max_size=4))
def test_labels_of_any_characters_are_read_back(labels: dict[str, str]) -> None:
    def plain(words: str) -> str:
        return re.sub(r"[\s\x00-\x1f\x7f-\x9f]+", " ", words).strip().encode("utf-8", "replace").decode()

    chart = Chart({ConceptId(f"c/{id}"): label for id, label in labels.items()}, frozenset(), ())
    boxes, _ = read_mermaid(as_mermaid(chart))
    assert list(boxes.values()) == [plain(label) or " " for label in labels.values()]
    nodes, _ = read_dot(as_dot(chart))
    assert set(nodes.values()) == {plain(label) for label in labels.values()}


HOSTILE = [
    '"]; click c1 call alert()',
    "%%{init: {}}%%",
    "`*bold*`",
    "1. one",
    "- one",
    "end",
    "#quot;",
    "a\\nb",
    "style a:#f00;",
]


def test_what_means_something_to_mermaid_is_written_by_number(tmp_path: Path) -> None:
    chart = Chart({ConceptId(str(n)): label for n, label in enumerate(HOSTILE)}, frozenset(), ())
    assert list(read_mermaid(as_mermaid(chart))[0].values()) == HOSTILE
    assert as_mermaid(chart).decode().split("\n")[1] == '    c1["#34;#93;#59; click c1 call alert#40;#41;"]'
    assert list(read_dot(as_dot(chart))[0].values()) == HOSTILE


def test_a_lesson_is_drawn_with_what_it_introduces_and_the_edges_among_that(library: Library) -> None:
    whole, lesson = chart_of(library), chart_of(library, lesson="02-training")
    own = {entry.id: entry.pref_label for entry in library.glossary(lesson="02-training").entries}
    assert lesson.labels == own
    assert set(lesson.edges) == {edge for edge in whole.edges if set(edge) <= own.keys()} != set()
