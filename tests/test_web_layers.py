"""How things are laid out in layers: nothing overlaps, lines go down, and the same in gives the same out."""

from itertools import combinations, pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.layers import Edge, Layout, Sheet, in_layers, layout

SHEET = Sheet(box_width=100, box_height=30, across=3)


def edges_of(written: str) -> list[Edge]:
    pairs = (edge.split(">") for edge in written.split())
    return [(source, target) for source, target in pairs]


def laid_out(boxes: str, edges: str, across: int = 3) -> Layout:
    return layout(boxes.split(), edges_of(edges), Sheet(100, 30, across))


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[str], list[Edge]]:
    """Boxes in an order to learn in, and edges that go forward in it."""
    boxes = [f"c{number}" for number in range(draw(st.integers(1, 24)))]
    pairs = list(combinations(boxes, 2))
    edges = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=60)) if pairs else []
    return boxes, edges


@given(graphs(), st.integers(1, 5))
def test_an_edge_goes_to_a_lower_layer_and_no_layer_is_too_full(
    graph: tuple[list[str], list[Edge]], most: int
) -> None:
    boxes, edges = graph
    layer = in_layers(boxes, edges, most)
    assert all(layer[source] < layer[target] for source, target in edges)
    taken = [list(layer.values()).count(at) for at in range(max(layer.values()) + 1)]
    assert max(taken) <= most
    assert min(taken) >= 1


@given(graphs())
def test_boxes_stand_apart_and_within_the_drawing(graph: tuple[list[str], list[Edge]]) -> None:
    made = layout(*graph, SHEET)
    for (x, y), (u, v) in combinations(made.corners.values(), 2):
        assert abs(x - u) >= SHEET.box_width or abs(y - v) >= SHEET.box_height
    for x, y in made.corners.values():
        assert 0 <= x <= made.width - SHEET.box_width
        assert 0 <= y <= made.height - SHEET.box_height


def straight_parts(made: Layout) -> list[tuple[int, int, int]]:
    """The lanes, each with its place from the left, its top and its bottom."""
    lanes = (line.removeprefix("M").replace("V", " ").split() for line in made.lines if "V" in line)
    return [(int(x), int(top), int(bottom)) for x, top, bottom in lanes]


@given(graphs())
def test_no_line_runs_behind_a_box(graph: tuple[list[str], list[Edge]]) -> None:
    made = layout(*graph, SHEET)
    for x, top, _ in straight_parts(made):
        for left, y in made.corners.values():
            assert y != top or not left < x < left + SHEET.box_width


@given(graphs())
def test_each_edge_is_a_line_from_box_to_box(graph: tuple[list[str], list[Edge]]) -> None:
    """Following the parts of the lines from a box leads to just the boxes that it has edges to."""
    boxes, edges = graph
    made = layout(boxes, edges, SHEET)
    onward: dict[tuple[int, int], set[tuple[int, int]]] = {}
    for line in made.lines:
        x, y, *rest = map(int, line.translate(str.maketrans("MCV", "   ")).split())
        onward.setdefault((x, y), set()).add((x, rest[0]) if "V" in line else (rest[-2], rest[-1]))
    tops = {(x + 50, y): box for box, (x, y) in made.corners.items()}
    for box in boxes:
        x, y = made.corners[box]
        reached, places = set(), [(x + 50, y + 30)]
        while places:
            for place in onward.get(places.pop(), ()):
                if place in tops:
                    reached.add(tops[place])
                else:
                    places.append(place)
        assert {target for source, target in edges if source == box} <= reached


@given(graphs())
def test_the_same_graph_gives_the_same_drawing(graph: tuple[list[str], list[Edge]]) -> None:
    assert layout(*graph, SHEET) == layout(*graph, SHEET)


def test_what_belongs_together_stands_together() -> None:
    made = laid_out("a b c d", "a>d b>c")
    assert (made.corners["a"][0] < made.corners["b"][0]) == (made.corners["d"][0] < made.corners["c"][0])


def test_what_may_wait_stands_just_above_what_it_leads_to() -> None:
    assert in_layers(["a", "late", "b", "c"], edges_of("a>b b>c late>c"), 2)["late"] == 1


def test_a_chain_goes_straight_down() -> None:
    made = laid_out("a b c", "a>b b>c", across=1)
    assert len({x for x, _ in made.corners.values()}) == 1
    heights = [made.corners[box][1] for box in "abc"]
    assert all(after - before == 30 + 34 for before, after in pairwise(heights))


def test_lines_of_one_box_share_their_lane() -> None:
    assert len(straight_parts(laid_out("a b c d", "a>b b>c b>d a>c a>d"))) == 1


@pytest.mark.parametrize("across", [1, 2, 4])
def test_a_drawing_is_no_wider_than_its_boxes_and_lanes(across: int) -> None:
    boxes = [f"c{number}" for number in range(12)]
    made = layout(boxes, [("c0", box) for box in boxes[1:]], Sheet(100, 30, across))
    assert made.width <= across * 110 + 10 + 16


def test_a_drawing_of_many_boxes_is_made_at_once() -> None:
    """A course of hundreds of concepts: a quadratic step in the layout would take seconds."""
    boxes = [f"c{number}" for number in range(400)]
    edges = [(boxes[n // 3], boxes[n]) for n in range(1, 400)]
    began = process_time()
    made = layout(boxes, edges, Sheet(100, 30, 6))
    assert process_time() - began < 2
    assert len(made.corners) == 400
