"""How a path is drawn: a box for each step, and a line for every edge that no chain says already."""

from dataclasses import replace

from corpus.model import SourceLocation
from graph.model import ConceptId, Evidence, EvidenceKind, Prerequisite
from indexer.model import ConceptEntry
from web.drawing import MOST_STEPS, Drawing, drawn_edges, path_drawing, words_in_lines
from web.model import ConceptLink, EdgeView, PathPage, StepView

REASON = Evidence(EvidenceKind.DEFINITION, 0.8, "because", SourceLocation("a.md", 1, 1))


def path_of(layers: str, edges: str) -> PathPage:
    """A path from layers such as "a b | c" and edges such as "a>c b>c"; the last concept is the target."""
    layer = {id: at for at, ids in enumerate(layers.split("|")) for id in ids.split()}

    def edge(written: str) -> EdgeView:
        first, then = written.split(">")
        believed = Prerequisite(ConceptId(first), ConceptId(then), 0.8, (REASON,))
        return EdgeView(
            ConceptLink(ConceptId(first), first), ConceptLink(ConceptId(then), then), believed, ()
        )

    steps = tuple(
        StepView(
            ConceptEntry(ConceptId(id), id, (), "", None, number, 0),
            tuple(edge(one) for one in edges.split() if one.startswith(f"{id}>")),
            at,
            0,
        )
        for number, (id, at) in enumerate(layer.items())
    )
    last = list(layer)[-1]
    return PathPage((ConceptLink(ConceptId(last), last),), (), steps, ())


def drawn(layers: str, edges: str) -> Drawing:
    found = path_drawing(path_of(layers, edges))
    assert found is not None
    return found


def test_every_step_is_a_box_below_what_it_needs() -> None:
    boxes = {box.concept.pref_label: box for box in drawn("a b | c", "a>c b>c").boxes}
    assert boxes["a"].y == boxes["b"].y < boxes["c"].y - boxes["c"].height


def test_what_a_chain_says_is_not_drawn_again() -> None:
    assert len(drawn("a | b | c", "a>b b>c a>c").lines) == 2


def test_what_only_a_chain_through_known_concepts_says_is_drawn() -> None:
    page = path_of("a | c", "a>c")
    first, last = page.steps
    (edge,) = first.because
    implied = replace(edge, edge=replace(edge.edge, implied=True))
    shortened = replace(page, steps=(replace(first, because=(implied,)), last))
    assert drawn_edges(shortened) == [("a", "c")]


def test_a_broad_way_is_no_broader_than_the_column_beside_the_list() -> None:
    names = [f"c{number}" for number in range(12)]
    found = drawn(" ".join(names) + " | z", " ".join(f"{name}>z" for name in names))
    assert found.width <= 460


def test_only_the_target_is_marked() -> None:
    assert [box.concept.id for box in drawn("a | b | c", "a>b b>c").boxes if box.is_target] == ["c"]


def test_a_single_step_and_a_thicket_are_not_drawn() -> None:
    assert path_drawing(path_of("a", "")) is None
    assert path_drawing(path_of(" ".join(f"c{n}" for n in range(MOST_STEPS + 1)), "")) is None


def test_a_long_name_is_broken_and_what_still_does_not_fit_is_cut() -> None:
    assert words_in_lines("Tide", 130) == ("Tide",)
    assert words_in_lines("The mean height of high water at springs over many years", 130) == (
        "The mean height of",
        "high water at…",
    )
    assert words_in_lines("W" * 50, 130) == ("W" * 10 + "…",)
    assert words_in_lines("潮" * 50, 130) == ("潮" * 9 + "…",)
    assert words_in_lines(" ", 130) == ()
