"""What must be known before what, and the words that say so."""

import pytest
from cases import Case, load
from hypothesis import given, settings
from texts import NOTES, graph_of, lines, source_lines

from corpus.quoting import stands_in
from graph.model import ConceptGraph, Prerequisite


def shown(graph: ConceptGraph) -> str:
    """The edges of a graph, as the cases show them."""
    kept = [line for edge in graph.prerequisites for line in edge_lines(edge, "->")]
    dropped = [line for item in graph.dropped for line in edge_lines(item.edge, "x->")]
    return "\n".join([*kept, *dropped]) or "nothing"


def edge_lines(edge: Prerequisite, arrow: str) -> list[str]:
    implied = "  implied" if edge.implied else ""
    return [
        f"{edge.prerequisite} {arrow} {edge.target}{implied}",
        *(f'   {e.kind}  {lines(e.location)}  "{e.quote}"' for e in edge.evidence),
    ]


@pytest.mark.parametrize("case", load("prerequisites.md"), ids=str)
def test_prerequisites(case: Case) -> None:
    case.check(shown(graph_of(case.input)))


def test_evidence_may_come_from_another_document() -> None:
    graph = graph_of(
        {
            "a.md": "Words.\n\n**Tide**: the rise of the sea.\n",
            "b.md": "Words.\n\n**Bore**: a tide in a river.\n",
        }
    )
    (edge,) = graph.prerequisites
    assert (edge.prerequisite, edge.target) == ("tide", "bore")
    assert [(e.location.path, e.location.first_line) for e in edge.evidence] == [("b.md", 3)]


def test_a_quote_keeps_its_markdown_and_stands_in_its_lines() -> None:
    notes = {
        "n.md": "**Tide**: the rise of the sea.\n\n**Bore**: a wave, made by\nthe *spring* [tide](#tide).\n"
    }
    (edge,) = graph_of(notes).prerequisites
    (evidence,) = edge.evidence
    assert lines(evidence.location) == "3-4"
    assert evidence.quote == "a wave, made by the *spring* [tide](#tide)."
    assert stands_in(evidence.quote, source_lines(notes, evidence.location))


@settings(max_examples=80)
@given(NOTES)
def test_every_edge_has_evidence_that_stands_in_its_lines(text: str) -> None:
    notes = {"notes.md": text}
    graph = graph_of(notes)
    for edge in (*graph.prerequisites, *(d.edge for d in graph.dropped)):
        assert edge.evidence
        assert edge.prerequisite != edge.target
        assert 0 < edge.evidence[0].weight <= edge.confidence <= 0.98
        assert [e.weight for e in edge.evidence] == sorted((e.weight for e in edge.evidence), reverse=True)
        for evidence in edge.evidence:
            assert evidence.quote
            assert stands_in(evidence.quote, source_lines(notes, evidence.location))


def confidence(notes: str, prerequisite: str, target: str) -> float:
    edges = graph_of(notes).prerequisites
    return next((e.confidence for e in edges if (e.prerequisite, e.target) == (prerequisite, target)), 0.0)


SAID = (
    "**Tide**: the rise and fall of the sea.\n\n",
    "**Spring tide**: a tide that is very high.\n\n",
    "A spring tide is a tide.\n\n",
    "## Bore\n\nThe wave that a spring tide sends up a river.\n",
)


def test_without_a_sentence_the_edge_is_believed_less_and_without_any_not_at_all() -> None:
    everything, without_is_a = "".join(SAID), SAID[0] + SAID[1] + SAID[3]
    assert confidence(everything, "tide", "spring-tide") > 0
    assert confidence(everything, "tide", "spring-tide") >= confidence(without_is_a, "tide", "spring-tide")
    assert confidence(everything, "spring-tide", "bore") > 0
    assert (
        confidence(
            everything.replace(SAID[3], "## Bore\n\nThe wave that runs up a river.\n"), "spring-tide", "bore"
        )
        == 0
    )


def test_who_lists_what_is_done_asks_for_no_thing() -> None:
    """A sail is a cloth: "sailing" is not it. A tack is something done."""
    notes = "---\nprerequisites: [{}]\n---\n# Knots\n\nA knot is a loop in a rope.\n"
    sail = "# Sail\n\nA sail is a cloth that catches the wind.\n"
    tack = "# Tack\n\nA tack is a turn of the boat through the wind.\n"
    sailing = graph_of({"knots.md": notes.format("sailing"), "sail.md": sail})
    tacking = graph_of({"knots.md": notes.format("tacking"), "tack.md": tack})
    assert not sailing.prerequisites
    assert [(e.prerequisite, e.target) for e in tacking.prerequisites] == [("tack", "knots")]
