"""How a path is drawn: boxes apart from each other, and a line for every edge that no chain says already."""

from dataclasses import replace
from itertools import pairwise

from corpus.model import SourceLocation
from graph.model import ConceptId, Evidence, EvidenceKind, Prerequisite
from indexer.model import ConceptEntry
from web.drawing import BOX_HEIGHT, BOX_WIDTH, MOST_STEPS, Drawing, drawing, drawn_edges
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
    found = drawing(path_of(layers, edges))
    assert found is not None
    return found


def test_layers_stand_side_by_side() -> None:
    boxes = {box.label: box for box in drawn("a b | c", "a>c b>c").boxes}
    assert boxes["a"].x == boxes["b"].x < boxes["c"].x - BOX_WIDTH


def test_boxes_do_not_overlap() -> None:
    found = drawn("a b c | d e | f", "a>d b>d c>e d>f e>f a>f")
    places = sorted((box.x, box.y) for box in found.boxes)
    assert all(x != u or v - y > BOX_HEIGHT for (x, y), (u, v) in pairwise(places))


def test_a_line_that_passes_a_layer_does_not_run_behind_its_boxes() -> None:
    found = drawn("a d | b | c", "d>b b>c a>c")
    middle = next(box for box in found.boxes if box.label == "b")
    straight = next(line for line in found.lines if "H" in line)
    height = int(straight.removeprefix("M").split()[1].split("H")[0])
    assert not middle.y <= height <= middle.y + BOX_HEIGHT


def test_what_a_chain_says_is_not_drawn_again() -> None:
    assert len(drawn("a | b | c", "a>b b>c a>c").lines) == 2


def test_what_only_a_chain_through_known_concepts_says_is_drawn() -> None:
    page = path_of("a | c", "a>c")
    first, last = page.steps
    (edge,) = first.because
    implied = replace(edge, edge=replace(edge.edge, implied=True))
    shortened = replace(page, steps=(replace(first, because=(implied,)), last))
    assert drawn_edges(shortened) == [("a", "c")]


def test_lines_of_one_concept_share_their_way() -> None:
    lines = drawn("a | b | c d", "a>b b>c a>c a>d").lines
    assert len([line for line in lines if "H" in line]) == 1


def deep(layers: int) -> Drawing:
    names = [f"c{number}" for number in range(layers)]
    edges = " ".join(f"{first}>{then}" for first, then in pairwise(names))
    return drawn("z " + " | ".join(names), f"{edges} z>{names[-1]}")


def test_a_long_way_goes_down_the_page_and_is_not_cut() -> None:
    found = deep(12)
    assert not found.is_cut
    boxes = found.boxes[1:]
    assert all(after.y > before.y + BOX_HEIGHT for before, after in pairwise(boxes))
    assert all(box.x + BOX_WIDTH <= found.width and box.y + BOX_HEIGHT <= found.height for box in boxes)


def test_a_line_that_passes_a_layer_on_its_way_down_does_not_run_behind_its_box() -> None:
    found = deep(12)
    straight = [line for line in found.lines if "V" in line]
    assert len(straight) == 10
    for line, box in zip(straight, found.boxes[2:], strict=False):
        assert not box.x <= int(line.removeprefix("M").split()[0]) <= box.x + BOX_WIDTH


def test_only_the_target_is_marked() -> None:
    assert [box.label for box in drawn("a | b | c", "a>b b>c").boxes if box.is_target] == ["c"]


def test_a_single_step_and_a_thicket_are_not_drawn() -> None:
    assert drawing(path_of("a", "")) is None
    assert drawing(path_of(" ".join(f"c{n}" for n in range(MOST_STEPS + 1)), "")) is None


def test_a_drawing_holds_all_its_boxes() -> None:
    found = drawn("a b c | d", "a>d b>d c>d")
    assert all(box.x + BOX_WIDTH <= found.width and box.y + BOX_HEIGHT <= found.height for box in found.boxes)
