"""Which edges are dropped, so that the rest has an order to teach in."""

from collections.abc import Callable
from random import Random
from time import process_time

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import SourceLocation
from graph.cycles import implied, without_cycles
from graph.model import ConceptId, Evidence, EvidenceKind, Prerequisite

_SAID = (Evidence(EvidenceKind.DEFINITION, 0.6, "words", SourceLocation("notes.md", 1, 1)),)
_NAMES = "abcdefg"
_POSITION = {ConceptId(name): place for place, name in enumerate(_NAMES)}


def edges_from(words: str) -> list[Prerequisite]:
    """`a>b9` is an edge from a to b that is believed .9; without a digit it is .6."""
    found = []
    for word in words.split():
        before, after = word[0], word[2]
        found.append(Prerequisite(ConceptId(before), ConceptId(after), int(word[3:] or 6) / 10, _SAID))
    return found


def check_dropped(edges: str, expected: str) -> None:
    """What is dropped, each with its loop: `b>a:ba`."""
    _, dropped = without_cycles(edges_from(edges), _POSITION)
    assert " ".join(f"{d.edge.prerequisite}>{d.edge.target}:{''.join(d.loop)}" for d in dropped) == expected


def test_without_a_loop_nothing_is_dropped() -> None:
    check_dropped("a>b b>c a>c", "")


def test_of_a_loop_the_edge_that_is_believed_least_is_dropped() -> None:
    check_dropped("a>b5 b>a9", "a>b:ab")
    check_dropped("a>b9 b>c8 c>a7", "c>a:cab")


def test_among_equals_the_one_against_the_order_of_the_notes_goes() -> None:
    check_dropped("a>b b>a", "b>a:ba")
    check_dropped("a>b b>c c>a", "c>a:cab")


def test_two_loops_lose_an_edge_each() -> None:
    check_dropped("a>b b>a c>d d>c", "b>a:ba d>c:dc")


def test_one_edge_may_break_two_loops() -> None:
    check_dropped("a>b9 b>c9 c>a2 b>d9 d>c9", "c>a:cab")


def test_the_other_edges_stay_in_their_order() -> None:
    given_edges = edges_from("b>c a>b b>a")
    kept, _ = without_cycles(given_edges, _POSITION)
    assert kept == given_edges[:2]


_EDGES = st.dictionaries(
    st.tuples(st.sampled_from(_NAMES), st.sampled_from(_NAMES)).filter(lambda pair: pair[0] != pair[1]),
    st.integers(1, 9),
    max_size=25,
).map(lambda edges: edges_from(" ".join(f"{a}>{b}{weight}" for (a, b), weight in edges.items())))


@given(_EDGES)
def test_what_remains_has_no_loop_and_what_was_dropped_lies_on_one(edges: list[Prerequisite]) -> None:
    kept, dropped = without_cycles(edges, _POSITION)
    pairs = {(e.prerequisite, e.target) for e in edges}
    assert nx.is_directed_acyclic_graph(nx.DiGraph([(e.prerequisite, e.target) for e in kept]))
    assert {*kept, *(d.edge for d in dropped)} == set(edges)
    for item in dropped:
        assert item.loop[:2] == (item.edge.prerequisite, item.edge.target)
        around = list(zip(item.loop, (*item.loop[1:], item.loop[0]), strict=True))
        assert set(around) <= pairs
        believed = {(e.prerequisite, e.target): e.confidence for e in edges}
        assert item.edge.confidence == min(believed[pair] for pair in around)


def dropped_one_by_one(edges: list[Prerequisite]) -> set[tuple[ConceptId, ConceptId]]:
    """The plain way: while there is a loop, the weakest of all edges in loops goes."""
    graph: nx.DiGraph[ConceptId] = nx.DiGraph()
    believed = {(e.prerequisite, e.target): e.confidence for e in edges}
    graph.add_edges_from(believed)

    def strength(pair: tuple[ConceptId, ConceptId]) -> tuple[float, bool, int, int]:
        source, target = _POSITION[pair[0]], _POSITION[pair[1]]
        return believed[pair], source < target, -target, -source

    dropped: set[tuple[ConceptId, ConceptId]] = set()
    while tangled := [c for c in nx.strongly_connected_components(graph) if len(c) > 1]:
        weakest = min((pair for c in tangled for pair in graph.subgraph(c).edges), key=strength)
        graph.remove_edge(*weakest)
        dropped.add(weakest)
    return dropped


@pytest.mark.parametrize("patience", [0, 100], ids=["loose edges forgotten at once", "as measured"])
@given(edges=_EDGES)
def test_what_is_dropped_is_the_weakest_of_each_loop_in_turn(
    patience: int, edges: list[Prerequisite]
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("graph.cycles.LOOKS_PER_EDGE", patience)
        _, dropped = without_cycles(edges, _POSITION)
    assert {(d.edge.prerequisite, d.edge.target) for d in dropped} == dropped_one_by_one(edges)


def seconds_to_untangle(pairs: list[tuple[int, int]]) -> float:
    edges = [
        Prerequisite(ConceptId(str(a)), ConceptId(str(b)), 0.5 + (a * 7919 + b * 104729) % 1000 / 2500, _SAID)
        for a, b in pairs
    ]
    position = {ConceptId(str(number)): number for number in range(len(pairs))}
    began = process_time()
    kept, dropped = without_cycles(edges, position)
    took = process_time() - began
    assert dropped and len(kept) + len(dropped) == len(edges)
    return took


def tangle(size: int) -> list[tuple[int, int]]:
    ends = Random(size)
    pairs = {(ends.randrange(size), ends.randrange(size)) for _ in range(3 * size)}
    return sorted((a, b) for a, b in pairs if a != b)


def ring(size: int) -> list[tuple[int, int]]:
    return [(number, (number + 1) % size) for number in range(size)]


@pytest.mark.parametrize("shape", [tangle, ring])
def test_untangling_takes_hardly_longer_for_each_edge_when_there_are_many(
    shape: Callable[[int], list[tuple[int, int]]],
) -> None:
    few, many = (min(seconds_to_untangle(shape(size)) for _ in range(2)) for size in (500, 4000))
    assert many < 40 * few  # 8 times the edges; what is quadratic takes 64 times as long


@given(_EDGES)
def test_implied_edges_are_those_that_a_transitive_reduction_leaves_out(edges: list[Prerequisite]) -> None:
    kept, _ = without_cycles(edges, _POSITION)
    graph: nx.DiGraph[ConceptId] = nx.DiGraph([(e.prerequisite, e.target) for e in kept])
    assert implied(kept) == set(graph.edges) - set(nx.transitive_reduction(graph).edges)
