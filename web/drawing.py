"""A learning path drawn in layers, left to right: where each box stands and how each line runs.

A layer holds what needs only the layers before it. A line that passes a layer gets a lane of its own there,
so that it never runs behind a box. Numbers only: the template makes SVG of them, and the list beside it says
the same to those who do not see it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from graph.model import ConceptId
from web.model import ConceptLink, PathPage, StepView

# In pixels. A label longer than its box is cut; its whole name stands in the box's title.
BOX_WIDTH, BOX_HEIGHT = 176, 34
GAP_BETWEEN_COLUMNS, GAP_BETWEEN_ROWS = 56, 14
LANE = 16
MARGIN = 8
LONGEST_LABEL = 23
# Beyond this a drawing is a thicket that explains nothing.
MOST_STEPS = 60

# What stands in a layer: a concept's box, or the lane of all lines that a concept sends past this layer.
Item = tuple[ConceptId, int]


@dataclass(frozen=True, slots=True)
class Box:
    """A concept in the drawing; `x` and `y` are its upper left corner."""

    concept: ConceptLink
    label: str
    x: int
    y: int
    is_target: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished drawing: `lines` are SVG path data."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[str, ...]


def drawing(page: PathPage) -> Drawing | None:
    """The steps of a path in layers; None when there is nothing to see (a single step) or far too much."""
    if not 1 < len(page.steps) <= MOST_STEPS:
        return None
    layer = {step.concept.id: step.layer for step in page.steps}
    # What a chain of other lines says already is left out.
    edges = [
        (edge.prerequisite.id, edge.target.id)
        for step in page.steps
        for edge in step.because
        if not edge.edge.implied
    ]
    heights = _heights(layer, edges)
    targets = {target.id for target in page.targets}
    boxes = tuple(_box(step, heights, step.concept.id in targets) for step in page.steps)
    lines = tuple(dict.fromkeys(part for edge in edges for part in _line(edge, layer, heights)))
    bottom = max(heights.values()) + BOX_HEIGHT // 2
    return Drawing(max(box.x for box in boxes) + BOX_WIDTH + MARGIN, bottom + MARGIN, boxes, lines)


def _heights(layer: dict[ConceptId, int], edges: Iterable[tuple[ConceptId, ConceptId]]) -> dict[Item, int]:
    """The height of the middle of every box and lane. Within a layer they follow the mean height of what
    leads to them, so that what belongs together stands together; ties follow the order of the steps."""
    before: dict[Item, set[Item]] = {(concept, at): set() for concept, at in layer.items()}
    for source, target in edges:
        way = [(source, at) for at in range(layer[source], layer[target])] + [(target, layer[target])]
        for earlier, later in pairwise(way):
            before.setdefault(later, set()).add(earlier)
    columns: dict[int, list[Item]] = defaultdict(list)
    for item in before:
        columns[item[1]].append(item)
    tallest = max(_height(items, layer) for items in columns.values())
    heights: dict[Item, int] = {}
    for _, items in sorted(columns.items()):
        means = {item: _mean(heights[other] for other in before[item]) for item in items}
        top = MARGIN + (tallest - _height(items, layer)) // 2
        for item in sorted(items, key=lambda item: means[item]):
            own = _own_height(item, layer)
            heights[item] = top + (own - GAP_BETWEEN_ROWS) // 2 if _is_box(item, layer) else top + own // 2
            top += own
    return heights


def _is_box(item: Item, layer: dict[ConceptId, int]) -> bool:
    return layer[item[0]] == item[1]


def _own_height(item: Item, layer: dict[ConceptId, int]) -> int:
    return BOX_HEIGHT + GAP_BETWEEN_ROWS if _is_box(item, layer) else LANE


def _height(items: Iterable[Item], layer: dict[ConceptId, int]) -> int:
    return sum(_own_height(item, layer) for item in items)


def _mean(numbers: Iterable[int]) -> float:
    found = list(numbers)
    return sum(found) / len(found) if found else 0.0


def _left(layer: int) -> int:
    return MARGIN + layer * (BOX_WIDTH + GAP_BETWEEN_COLUMNS)


def _box(step: StepView, heights: dict[Item, int], is_target: bool) -> Box:
    name = step.concept.pref_label
    label = name if len(name) <= LONGEST_LABEL else name[: LONGEST_LABEL - 1].rstrip() + "…"
    y = heights[step.concept.id, step.layer] - BOX_HEIGHT // 2
    return Box(ConceptLink(step.concept.id, name), label, _left(step.layer), y, is_target)


def _line(
    edge: tuple[ConceptId, ConceptId], layer: dict[ConceptId, int], heights: dict[Item, int]
) -> Iterable[str]:
    """The parts of a line: a bend from layer to layer, and straight through the lanes in between. Lines from
    one concept share their parts as far as they go together."""
    source, target = edge
    for at in range(layer[source], layer[target]):
        here = heights[source, at]
        there = heights[(target, at + 1) if at + 1 == layer[target] else (source, at + 1)]
        start, end = _left(at) + BOX_WIDTH, _left(at + 1)
        middle = (start + end) // 2
        if at > layer[source]:
            yield f"M{_left(at)} {here}H{start}"
        yield f"M{start} {here}C{middle} {here} {middle} {there} {end} {there}"
