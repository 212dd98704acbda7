"""A learning path drawn in layers, left to right: where each box stands and how each line runs.

A layer holds what needs only the layers before it. Numbers only: the template makes SVG of them, and the list
beside it says the same to those who do not see it.
"""

from collections import defaultdict
from dataclasses import dataclass

from graph.model import ConceptId
from web.model import ConceptLink, PathPage, StepView

# In pixels. A label longer than its box is cut; its whole name stands in the box's title.
BOX_WIDTH, BOX_HEIGHT = 176, 34
COLUMN, ROW = BOX_WIDTH + 56, BOX_HEIGHT + 14
MARGIN = 8
LONGEST_LABEL = 23
# Beyond this a drawing is a thicket that explains nothing.
MOST_STEPS = 60


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
    places = _places(page)
    targets = {target.id for target in page.targets}
    boxes = tuple(_box(step, places[step.concept.id], step.concept.id in targets) for step in page.steps)
    lines = tuple(
        _line(places[edge.prerequisite.id], places[edge.target.id])
        for step in page.steps
        for edge in step.because
        # What a chain of other lines says already is left out.
        if not edge.edge.implied
    )
    width = max(box.x for box in boxes) + BOX_WIDTH + MARGIN
    return Drawing(width, max(box.y for box in boxes) + BOX_HEIGHT + MARGIN, boxes, lines)


def _places(page: PathPage) -> dict[ConceptId, tuple[int, int]]:
    """Each concept's column and row. Within a column, what belongs together stands together: rows follow the
    mean row of the prerequisites, ties the order of the steps."""
    needs: dict[ConceptId, list[ConceptId]] = defaultdict(list)
    columns: dict[int, list[StepView]] = defaultdict(list)
    for step in page.steps:
        columns[step.layer].append(step)
        for edge in step.because:
            needs[edge.target.id].append(edge.prerequisite.id)
    tallest = max(map(len, columns.values()))
    places: dict[ConceptId, tuple[int, int]] = {}
    height: dict[ConceptId, float] = {}
    for layer, steps in sorted(columns.items()):
        means = {s.concept.id: _mean([height[n] for n in needs[s.concept.id] if n in height]) for s in steps}
        top = (tallest - len(steps)) / 2
        for row, step in enumerate(sorted(steps, key=lambda s: means[s.concept.id])):
            height[step.concept.id] = top + row
            places[step.concept.id] = MARGIN + layer * COLUMN, MARGIN + round((top + row) * ROW)
    return places


def _mean(numbers: list[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0.0


def _box(step: StepView, place: tuple[int, int], is_target: bool) -> Box:
    name = step.concept.pref_label
    label = name if len(name) <= LONGEST_LABEL else name[: LONGEST_LABEL - 1].rstrip() + "…"
    return Box(ConceptLink(step.concept.id, name), label, *place, is_target)


def _line(start: tuple[int, int], end: tuple[int, int]) -> str:
    x1, y1 = start[0] + BOX_WIDTH, start[1] + BOX_HEIGHT // 2
    x2, y2 = end[0], end[1] + BOX_HEIGHT // 2
    bend = max(24, (x2 - x1) // 2)
    return f"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"
