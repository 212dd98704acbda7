"""A corpus as a graph: mentions, kinds, what is wanting, and what stays the same whatever else changes."""

import msgspec
import networkx as nx
import pytest
from cases import Case, load
from hypothesis import given, settings
from texts import NOTES, corpus_of, graph_of

from corpus.model import Problem
from graph import ConceptGraph, build_graph


def shown(problem: Problem) -> str:
    """A problem as the cases show it."""
    place = f"{problem.location.path}:{problem.location.first_line}"
    return f"{place}: {problem.severity}: {problem.message} [{problem.code}]\n   {problem.hint}"


@pytest.mark.parametrize("case", load("problems.md"), ids=str)
def test_problems(case: Case) -> None:
    corpus = corpus_of(case.input)
    found = [p for d in corpus.documents for p in d.problems] + list(build_graph(corpus).problems)
    case.check("\n".join(map(shown, found)) or "nothing")


def undefined(notes: dict[str, str]) -> list[str]:
    """The messages on what is named and not defined."""
    return [p.message for p in graph_of(notes).problems if p.code == "undefined-concept"]


def test_the_title_of_a_chapter_or_a_map_is_nothing_that_wants_a_definition() -> None:
    chapter = "# Swimming\n\nHold your breath: seamanship helps.\n\n**Ebb**: the falling of the tide.\n"
    a_map = "# Seamanship\n\n- [one](a.md)\n- [two](b.md)\n- [three](c.md)\n"
    notes = {
        "a.md": "# A\n\nWhat swimming is.\n",
        "b.md": chapter,
        "c.md": "# C\n\nHe swims.\n",
        "d.md": a_map,
    }
    assert undefined(notes) == []
    acronym = "# E\n\nThe mean tidal range (MTR) is high. Know the MTR, ask for the MTR: the MTR changes.\n"
    assert undefined({**notes, "e.md": acronym}) == ['"mean tidal range" is named but not defined']


def test_in_a_glossary_with_a_file_for_each_term_nothing_comes_too_late() -> None:
    words = {
        "anchor": "hull",
        "bilge": "keel",
        "deck": "sail",
        "hull": "keel",
        "keel": "mast",
        "mast": "sail",
    }
    notes = {
        f"{one}.md": f"# {one.title()}\n\nA part of a ship near its {its}.\n" for one, its in words.items()
    }
    assert [p for p in graph_of(notes).problems if p.code == "used-before-defined"] == []
    of_two = {path: notes[path] for path in ("bilge.md", "keel.md")}
    assert [p.code for p in graph_of(of_two).problems] == ["used-before-defined"]


def test_kinds_that_are_concepts_are_broader_and_narrower() -> None:
    graph = graph_of(
        "## Boat\n\nA thing that swims on water.\n\nKinds of boats include:\n\n- Raft\n- Ship\n\n"
        "**Raft**: planks that are bound together.\n"
    )
    assert [(b.broader, b.narrower, b.quote, b.location.first_line) for b in graph.broader] == [
        ("boat", "raft", "Kinds of boats include:", 5)
    ]


def test_of_two_statements_that_contradict_each_other_the_first_counts() -> None:
    words = "**Raft**: planks that are bound together.\n\n**Boat**: a hull with a mast.\n\n"
    graph = graph_of(f"{words}A raft is a kind of boat. A boat is a kind of raft.\n")
    assert [(b.broader, b.narrower) for b in graph.broader] == [("boat", "raft")]


def test_things_that_are_defined_by_each_other_are_related() -> None:
    graph = graph_of("**Ebb**: the hours after the flood.\n\n**Flood**: the hours after the ebb.\n")
    assert [c.related for c in graph.concepts] == [("flood",), ("ebb",)]


def test_what_is_used_three_times_and_never_defined_is_wanted() -> None:
    graph = graph_of(
        "Beware of the *rip current*. A rip current is fast.\n\nNo rip current is safe.\n\nA *word*.\n"
    )
    assert [(w.label, w.uses, [p.first_line for p in w.places]) for w in graph.wanted] == [
        ("rip current", 3, [1, 1, 3])
    ]


def test_questions_know_what_they_are_about() -> None:
    graph = graph_of(
        "**Ebb**: the falling tide.\n\nQ: What is an ebb?\nA: The sea goes out.\n\nQ: And you?\nA: No."
    )
    assert graph.question_concepts == (("ebb",), ())


def test_a_corpus_that_says_nothing_has_an_empty_graph() -> None:
    graph = graph_of("")
    assert graph == ConceptGraph((), (), (), (), (), (), ())


# --- what stays the same -----------------------------------------------------------------------------------

SEA = """# Sea

**Sea**: a great deal of water.

**Tide**: the rise and fall of the sea.

**Bore**: a tide that runs up a river, also called eagre.

An eagre is loud, and the tide is not.
"""
COOKING = """# Cooking

**Dough**: flour that was mixed with milk.

**Bread**: a dough that was baked.
"""


def edges(graph: ConceptGraph) -> set[tuple[str, str, float]]:
    return {(e.prerequisite, e.target, e.confidence) for e in graph.prerequisites}


def test_a_document_that_is_there_twice_gives_the_same_concepts_and_edges_and_is_reported() -> None:
    once, twice = graph_of({"a.md": SEA}), graph_of({"a.md": SEA, "b.md": SEA})
    assert [(c.id, c.pref_label, c.alt_labels) for c in twice.concepts] == [
        (c.id, c.pref_label, c.alt_labels) for c in once.concepts
    ]
    assert edges(twice) == edges(once)
    assert [(p.code, p.location.path) for p in twice.problems if p.code.endswith("-definition")] == [
        ("duplicate-definition", "b.md")
    ] * 3


def test_a_glossary_of_something_else_leaves_the_edges_alone() -> None:
    alone, together = graph_of({"a.md": SEA}), graph_of({"a.md": SEA, "z.md": COOKING})
    assert edges(alone) < edges(together)
    assert {e for e in edges(together) if e[0] in {c.id for c in alone.concepts}} == edges(alone)


@settings(max_examples=30)
@given(NOTES)
def test_the_same_notes_give_the_same_bytes(text: str) -> None:
    assert msgspec.json.encode(graph_of(text)) == msgspec.json.encode(graph_of(text))


@settings(max_examples=60)
@given(NOTES)
def test_a_graph_is_in_order_and_hangs_together(text: str) -> None:
    graph = graph_of(text)
    place = {c.id: c.position for c in graph.concepts}
    pairs = [(e.prerequisite, e.target) for e in graph.prerequisites]
    assert pairs == sorted(pairs, key=lambda pair: (place[pair[1]], place[pair[0]]))
    assert len(set(pairs)) == len(pairs)
    assert {id for pair in pairs for id in pair} <= set(place)
    assert {b.broader for b in graph.broader} | {b.narrower for b in graph.broader} <= set(place)
    assert nx.is_directed_acyclic_graph(nx.DiGraph(pairs))
    assert list(graph.problems) == sorted(graph.problems, key=lambda p: (p.location, p.code, p.message))


def test_a_loop_is_reported_with_both_sentences() -> None:
    text = "**Ebb**: the hours that come after the flood.\n\n**Flood**: the hours that come after the ebb.\n"
    (loop,) = (p for p in graph_of(text).problems if p.code == "circular-definition")
    assert '"the hours that come after the flood."' in loop.hint
    assert '"the hours that come after the ebb."' in loop.hint


def test_a_heading_over_several_definitions_is_no_concept() -> None:
    knots = (
        "# Knots\n\nThese are the knots to know.\n\n## Bowline\n\nA bowline is a knot that makes a loop.\n\n"
        "## Sheet bend\n\nA sheet bend is a knot that joins two ropes.\n"
    )
    rope = "# Rope\n\nA rope is a strong line. It is tied with knots.\n"
    graph = graph_of({"knots.md": knots, "rope.md": rope})
    assert [c.pref_label for c in graph.concepts] == ["Bowline", "Sheet bend", "Rope"]
    without = graph_of(
        {
            "knots.md": knots.split("##", maxsplit=1)[0] + "## Bowline\n\nIt is easy to untie.\n",
            "rope.md": rope,
        }
    )
    assert [c.pref_label for c in without.concepts] == ["Knots", "Rope"]
