"""A learning path drawn in layers: where each box stands and how each line runs.

A layer holds what needs only the layers before it. Layers stand side by side, or, where that would be wider
than a page and wider than the broadest of them, one below the other. A line that passes a layer gets a lane
of its own there, so that it never runs behind a box. Numbers only: the template makes SVG of them, and the
list beside it says the same to those who do not see it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from graph.cycles import implied
from graph.model import ConceptId
from web.model import ConceptLink, PathPage, StepView

# In pixels. A label longer than its box is cut; its whole name stands in the box's title.
BOX_WIDTH, BOX_HEIGHT = 176, 34
LANE = 16
MARGIN = 8
LONGEST_LABEL = 23
# What a page shows without scrolling sideways.
PAGE_WIDTH = 1134
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

    @property
    def is_cut(self) -> bool:
        """Whether it has to be scrolled sideways even on a wide screen."""
        return self.width > PAGE_WIDTH


@dataclass(frozen=True, slots=True)
class _Course:
    """Which way the layers go: how long a box is that way and the gap to the next layer, how broad it
    is across and the gap to the next in its layer."""

    down: bool
    length: int
    gap: int
    breadth: int
    gap_across: int

    def start(self, layer: int) -> int:
        """Where a layer begins."""
        return MARGIN + layer * (self.length + self.gap)

    def at(self, along: int, across: int) -> tuple[int, int]:
        """The x and y of a place."""
        return (across, along) if self.down else (along, across)


RIGHT = _Course(down=False, length=BOX_WIDTH, gap=56, breadth=BOX_HEIGHT, gap_across=14)
DOWN = _Course(down=True, length=BOX_HEIGHT, gap=48, breadth=BOX_WIDTH, gap_across=10)


def drawing(page: PathPage) -> Drawing | None:
    """The steps of a path in layers; None when there is nothing to see (a single step) or far too much."""
    if not 1 < len(page.steps) <= MOST_STEPS:
        return None
    lying = _drawn(page, RIGHT)
    if lying.width <= PAGE_WIDTH:
        return lying
    standing = _drawn(page, DOWN)
    return standing if standing.width < lying.width else lying


def drawn_edges(page: PathPage) -> list[tuple[ConceptId, ConceptId]]:
    """The edges of a path, without those that a chain of its other edges says already."""
    edges = [edge.edge for step in page.steps for edge in step.because]
    chained = implied(edges)
    pairs = ((edge.prerequisite, edge.target) for edge in edges)
    return [pair for pair in pairs if pair not in chained]


def _drawn(page: PathPage, course: _Course) -> Drawing:
    layer = {step.concept.id: step.layer for step in page.steps}
    edges = drawn_edges(page)
    middles = _middles(layer, edges, course)
    targets = {target.id for target in page.targets}
    boxes = tuple(_box(step, middles, step.concept.id in targets, course) for step in page.steps)
    lines = tuple(dict.fromkeys(part for edge in edges for part in _line(edge, layer, middles, course)))
    end = course.start(max(layer.values())) + course.length + MARGIN
    width, height = course.at(end, max(middles.values()) + course.breadth // 2 + MARGIN)
    return Drawing(width, height, boxes, lines)


def _middles(
    layer: dict[ConceptId, int], edges: Iterable[tuple[ConceptId, ConceptId]], course: _Course
) -> dict[Item, int]:
    """Where the middle of every box and lane lies across the course. Within a layer they follow the mean of
    what leads to them, so that what belongs together stands together; ties follow the order of the steps."""
    before: dict[Item, set[Item]] = {(concept, at): set() for concept, at in layer.items()}
    for source, target in edges:
        way = [(source, at) for at in range(layer[source], layer[target])] + [(target, layer[target])]
        for earlier, later in pairwise(way):
            before.setdefault(later, set()).add(earlier)
    layers: dict[int, list[Item]] = defaultdict(list)
    for item in before:
        layers[item[1]].append(item)
    sizes = {
        item: course.breadth + course.gap_across if layer[item[0]] == item[1] else LANE for item in before
    }
    broadest = max(sum(sizes[item] for item in items) for items in layers.values())
    middles: dict[Item, int] = {}
    for _, items in sorted(layers.items()):
        means = {item: _mean(middles[other] for other in before[item]) for item in items}
        edge = MARGIN + (broadest - sum(sizes[item] for item in items)) // 2
        for item in sorted(items, key=lambda item: means[item]):
            gap = 0 if sizes[item] == LANE else course.gap_across
            middles[item] = edge + (sizes[item] - gap) // 2
            edge += sizes[item]
    return middles


def _mean(numbers: Iterable[int]) -> float:
    found = list(numbers)
    return sum(found) / len(found) if found else 0.0


def _box(step: StepView, middles: dict[Item, int], is_target: bool, course: _Course) -> Box:
    name = step.concept.pref_label
    label = name if len(name) <= LONGEST_LABEL else name[: LONGEST_LABEL - 1].rstrip() + "…"
    across = middles[step.concept.id, step.layer] - course.breadth // 2
    return Box(
        ConceptLink(step.concept.id, name), label, *course.at(course.start(step.layer), across), is_target
    )


def _line(
    edge: tuple[ConceptId, ConceptId], layer: dict[ConceptId, int], middles: dict[Item, int], course: _Course
) -> Iterable[str]:
    """The parts of a line: a bend from layer to layer, and straight through the lanes in between. Lines from
    one concept share their parts as far as they go together."""
    source, target = edge
    for at in range(layer[source], layer[target]):
        here = middles[source, at]
        there = middles[(target, at + 1) if at + 1 == layer[target] else (source, at + 1)]
        start, end = course.start(at) + course.length, course.start(at + 1)
        if at > layer[source]:
            yield _straight(course, course.start(at), start, here)
        yield _bend(course, (start, here), (end, there))


def _straight(course: _Course, first: int, last: int, across: int) -> str:
    (x, y), further = course.at(first, across), "V" if course.down else "H"
    return f"M{x} {y}{further}{last}"


def _bend(course: _Course, begin: tuple[int, int], end: tuple[int, int]) -> str:
    middle = (begin[0] + end[0]) // 2
    x, y = course.at(*begin)
    points = (course.at(middle, begin[1]), course.at(middle, end[1]), course.at(*end))
    return f"M{x} {y}C{' '.join(f'{x} {y}' for x, y in points)}"
