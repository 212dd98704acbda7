"""What to learn first, what next, and why."""

from itertools import pairwise

import pytest
from cases import Case, load
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import SourceLocation
from graph.model import (
    Answer,
    ConceptId,
    DroppedPrerequisite,
    Evidence,
    EvidenceKind,
    LearningPath,
    Prerequisite,
)
from graph.paths import PrerequisiteGraph, frontier, further_unlocked, learning_path, needed_for, why

_SAID = (Evidence(EvidenceKind.DEFINITION, 0.6, "words", SourceLocation("notes.md", 1, 1)),)


def ids(words: str) -> list[ConceptId]:
    return [ConceptId(word) for word in words.split()]


def edge(pair: str, confidence: float = 0.6) -> Prerequisite:
    """`a>b` as an edge; `a>b!` is believed more."""
    before, after = pair.rstrip("!").split(">")
    more = 0.3 if pair.endswith("!") else 0
    return Prerequisite(ConceptId(before), ConceptId(after), confidence + more, _SAID)


def graph_from(edges: str, notes: str = "", loops: str = "") -> PrerequisiteGraph:
    """A graph from `a>b b>c`. The notes' order is `notes`, then that of the letters. `loops` were dropped."""
    found = [edge(pair) for pair in edges.split()]
    dropped = [DroppedPrerequisite(edge(p), (edge(p).prerequisite, edge(p).target)) for p in loops.split()]
    all_ids = sorted({i for e in found for i in (e.prerequisite, e.target)} - set(ids(notes)))
    order = [*ids(notes), *all_ids]
    return PrerequisiteGraph({c: place for place, c in enumerate(order)}, found, dropped)


def asked(case: str) -> str:
    """The answer to a case of tests/cases/paths.md."""
    said = dict(line.split(": ", 1) for line in case.split("\n") if ": " in line)
    edges = next(line for line in case.split("\n") if ">" in line)
    path = learning_path(
        graph_from(edges, said.get("notes", "")),
        ids(said["to"]),
        frozenset(ids(said.get("known", ""))),
        int(said["depth"]) if "depth" in said else None,
    )
    return "\n".join(step_line(path)) or "nothing"


def step_line(path: LearningPath) -> list[str]:
    return [f"{s.concept} ({' '.join(e.target for e in s.because)})".replace(" ()", "") for s in path.steps]


@pytest.mark.parametrize("case", load("paths.md"), ids=str)
def test_paths(case: Case) -> None:
    case.check(asked(case.input))


# --- any graph ---------------------------------------------------------------------------------------------

_PAIRS = st.sets(st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda pair: pair[0] < pair[1]))
_NAMES = "abcdefghi"
_GRAPHS = _PAIRS.map(
    lambda pairs: graph_from(" ".join(f"{_NAMES[a]}>{_NAMES[b]}" for a, b in sorted(pairs)), "i h g")
)
_SOME = st.sets(st.sampled_from(_NAMES)).map(lambda names: frozenset(map(ConceptId, names)))


@given(_GRAPHS, _SOME, _SOME)
def test_a_path_is_in_order_complete_and_minimal(
    graph: PrerequisiteGraph, targets: frozenset[ConceptId], known: frozenset[ConceptId]
) -> None:
    steps = [step.concept for step in learning_path(graph, sorted(targets), known).steps]
    place = {concept: number for number, concept in enumerate(steps)}
    assert len(place) == len(steps)
    assert targets - known <= set(steps)
    for concept in steps:
        for before in graph.prerequisites_of(concept):
            assert before.prerequisite in known or place[before.prerequisite] < place[concept]
        # Minimal: everything but a target is there for a later step.
        assert concept in targets or any(e.target in place for e in graph.unlocked_by(concept))
    assert not known & set(steps)
    assert frozenset(steps) == needed_for(graph, targets, known)


@given(_GRAPHS, _SOME, _SOME)
def test_to_know_more_is_never_a_longer_way(
    graph: PrerequisiteGraph, known: frozenset[ConceptId], more: frozenset[ConceptId]
) -> None:
    target = [ConceptId("i")]
    assert needed_for(graph, target, known | more) <= needed_for(graph, target, known)


@given(_GRAPHS, _SOME)
def test_what_can_be_learned_next_needs_nothing_that_is_unknown(
    graph: PrerequisiteGraph, known: frozenset[ConceptId]
) -> None:
    for concept in frontier(graph, known):
        assert concept not in known
        assert all(e.prerequisite in known for e in graph.prerequisites_of(concept))


@given(_GRAPHS, st.sampled_from(_NAMES), st.sampled_from(_NAMES))
def test_an_answer_to_why_is_a_chain_that_leads_from_one_to_the_other(
    graph: PrerequisiteGraph, one: str, other: str
) -> None:
    answer = why(graph, ConceptId(one), ConceptId(other))
    assert all(a.target == b.prerequisite for a, b in pairwise(answer.edges))
    if answer.answer in (Answer.DIRECT, Answer.CHAIN):
        assert (answer.edges[0].prerequisite, answer.edges[-1].target) == (one, other)
    if answer.answer is Answer.REVERSED:
        assert (answer.edges[0].prerequisite, answer.edges[-1].target) == (other, one)
    connected = one in needed_for(graph, [ConceptId(other)], frozenset()) and one != other
    assert connected == (answer.answer in (Answer.DIRECT, Answer.CHAIN))


# --- what next, and why ------------------------------------------------------------------------------------


def check_next(edges: str, known: str, expected: str, limit: int = 20) -> None:
    assert list(frontier(graph_from(edges), frozenset(ids(known)), limit)) == ids(expected)


def test_what_uses_what_is_known_comes_first_then_what_unlocks_most() -> None:
    check_next("a>b c>d c>e", known="", expected="c a")
    check_next("a>b c>d c>e", known="a", expected="b c")
    check_next("a>b c>d c>e", known="a c", expected="b d e")


def test_no_more_than_asked() -> None:
    check_next("a>b c>d c>e", known="a c", expected="b d", limit=2)


def test_all_known_leaves_nothing() -> None:
    check_next("a>b", known="a b", expected="")


def check_why(question: str, expected: str, edges: str, loops: str = "") -> None:
    """`a>c` asks why a comes before c; the answer is its name and the edges that say so."""
    before, after = question.split(">")
    answer = why(graph_from(edges, loops=loops), ConceptId(before), ConceptId(after))
    assert f"{answer.answer}: {' '.join(f'{e.prerequisite}>{e.target}' for e in answer.edges)}" == expected


def test_why_is_answered_by_an_edge_or_a_chain() -> None:
    check_why("a>b", "direct: a>b", "a>b b>c")
    check_why("a>c", "chain: a>b b>c", "a>b b>c")


def test_the_shortest_chain_and_of_those_the_most_believed_is_the_answer() -> None:
    check_why("a>d", "chain: a>c c>d", "a>b a>c! b>d c>d")
    check_why("a>d", "direct: a>d", "a>d a>b! b>d!")


def test_why_not() -> None:
    check_why("b>a", "reversed: a>b", "a>b")
    check_why("a>c", "no-evidence: ", "a>b c>b")
    check_why("a>a", "same: ", "a>b")


def test_what_was_dropped_says_which_way_round_is_believed() -> None:
    check_why("b>a", "dropped: a>b", "a>b", loops="b>a")


def test_dropped_edges_are_found_at_both_ends() -> None:
    graph = graph_from("a>b", loops="b>a")
    assert graph.dropped_at(ConceptId("a")) == graph.dropped_at(ConceptId("b")) != ()
    assert graph.dropped(ConceptId("a"), ConceptId("b")) is None


# --- further on --------------------------------------------------------------------------------------------


def check_further(edges: str, concept: str, expected: str, limit: int = 20) -> None:
    found = further_unlocked(graph_from(edges), ConceptId(concept), limit)
    assert " ".join(f"{one}:{distance}" for one, distance in found) == expected


def test_what_is_unlocked_by_way_of_others_comes_by_distance() -> None:
    check_further("a>b b>c b>d d>e", "a", "c:2 d:2 e:3")
    check_further("a>b b>c b>d d>e", "a", "c:2", limit=1)


def test_what_is_unlocked_directly_is_not_further_on() -> None:
    check_further("a>b b>c a>c", "a", "")


@given(_GRAPHS, st.sampled_from(_NAMES))
def test_what_is_further_on_has_a_chain_as_long_as_is_said(graph: PrerequisiteGraph, name: str) -> None:
    for one, distance in further_unlocked(graph, ConceptId(name), 9):
        assert len(why(graph, ConceptId(name), one).edges) == distance >= 2


@given(_GRAPHS, _SOME, st.integers(1, 9))
def test_what_can_be_learned_next_is_all_that_is_ready_the_most_useful_first(
    graph: PrerequisiteGraph, known: frozenset[ConceptId], limit: int
) -> None:
    ready = [
        c
        for c in graph.concepts()
        if c not in known and all(e.prerequisite in known for e in graph.prerequisites_of(c))
    ]
    ready.sort(key=lambda c: (not graph.prerequisites_of(c), -len(graph.unlocked_by(c)), graph.position(c)))
    assert list(frontier(graph, known, limit)) == ready[:limit]
