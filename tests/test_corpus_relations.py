"""What notes say is a part or an example of what."""

import pytest
from cases import Case, load
from hypothesis import given, settings
from texts import NOTES, document, graph_of, lines, source_lines

from corpus.quoting import stands_in


def relations_in(text: str) -> str:
    """The statements of a text, as the cases show them."""
    said = document(text).relations
    shown = (f'{r.one}  {r.kind}  {r.other}  {lines(r.location)}  "{r.quote}"' for r in said)
    return "\n".join(shown) or "nothing"


@pytest.mark.parametrize("case", load("relations.md"), ids=str)
def test_relations(case: Case) -> None:
    case.check(relations_in(case.input))


@settings(max_examples=50)
@given(NOTES)
def test_the_words_of_a_relation_stand_in_its_lines(text: str) -> None:
    for said in document(text).relations:
        assert said.quote
        assert stands_in(said.quote, source_lines({"notes.md": text}, said.location))


_BOATS = """
**Hull**: the body of a ship.

**Knot**: a way to tie ropes.

**Bowline**: a loop that holds.

**Ship**: a thing that swims.

A ship consists of a strong hull and much else. We tie it with a knot, such as a bowline or a slip loop.
"""


def test_the_graph_has_the_relations_between_concepts_and_no_prerequisites_from_them() -> None:
    graph = graph_of(_BOATS)
    assert [(r.kind, r.one, r.other) for r in graph.relations] == [
        ("part-of", "hull", "ship"),
        ("example-of", "bowline", "knot"),
    ]
    assert not {("hull", "ship"), ("knot", "bowline")} & {
        (e.prerequisite, e.target)
        for e in graph.prerequisites
        if any("consists" in said.quote or "such as" in said.quote for said in e.evidence)
    }


def test_what_is_called_a_kind_is_no_example() -> None:
    graph = graph_of(_BOATS.replace("a loop that holds", "a kind of knot that holds"))
    assert [r.kind for r in graph.relations] == ["part-of"]
    assert [(b.narrower, b.broader) for b in graph.broader] == [("bowline", "knot")]
