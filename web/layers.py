"""Where boxes stand that are drawn in layers, and how the lines between them run. Numbers only.

A layer holds what needs only the layers above it, and no more boxes than fit side by side. A line that passes
a layer gets a lane of its own there, so that it never runs behind a box; all lines from one box share theirs.
Within a layer things are put in the order, then at the places, that make the lines short and cross little.
The same boxes and edges always give the same drawing.
"""

from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

# How often all layers are gone through, down and up again. More changes little.
ROUNDS = 4

Edge = tuple[str, str]
# What stands in a layer: a box in its own layer, or in a later one the lane of all its lines that pass there.
Item = tuple[str, int]
Neighbours = dict[Item, list[Item]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """How large boxes are and what lies between them, in pixels; how many boxes stand side by side."""

    box_width: int
    box_height: int
    across: int
    gap: int = 34
    gap_across: int = 10
    lane: int = 10
    margin: int = 8

    def top(self, layer: int) -> int:
        """Where a layer begins."""
        return self.margin + layer * (self.box_height + self.gap)


@dataclass(frozen=True, slots=True)
class Layout:
    """A finished drawing: the upper left corner of each box, and lines as SVG path data."""

    width: int
    height: int
    corners: Mapping[str, tuple[int, int]]
    lines: tuple[str, ...]


def layout(boxes: Sequence[str], edges: Iterable[Edge], sheet: Sheet) -> Layout:
    """The drawing of boxes, each of which stands after those with an edge to it."""
    edges = list(edges)
    layer = in_layers(boxes, edges, sheet.across)
    above, below = _neighbours(layer, edges)
    rows = _in_order(layer, above, below)
    middles, extent = _middles(rows, above, below, layer, sheet)
    corners = {box: (middles[box, at] - sheet.box_width // 2, sheet.top(at)) for box, at in layer.items()}
    lines = dict.fromkeys(part for edge in edges for part in _line(edge, layer, middles, sheet))
    height = sheet.top(len(rows) - 1) + sheet.box_height + sheet.margin
    return Layout(extent + 2 * sheet.margin, height, corners, tuple(lines))


def in_layers(boxes: Sequence[str], edges: Iterable[Edge], most: int) -> dict[str, int]:
    """A layer for each box, below those of all boxes with an edge to it, no more than `most` in one. What may
    wait stands just above what it leads to, as far as there is room.

    >>> edges = [("flour", "dough"), ("oven", "bread"), ("dough", "bread")]
    >>> in_layers(["flour", "oven", "dough", "bread"], edges, most=2)
    {'flour': 0, 'oven': 1, 'dough': 1, 'bread': 2}
    """
    before: dict[str, list[str]] = {box: [] for box in boxes}
    after: dict[str, list[str]] = {box: [] for box in boxes}
    for source, target in edges:
        before[target].append(source)
        after[source].append(target)
    layer: dict[str, int] = {}
    taken: list[int] = []
    for box in boxes:
        at = max((layer[one] + 1 for one in before[box]), default=0)
        while at < len(taken) and taken[at] >= most:
            at += 1
        taken.extend([0] * (at + 1 - len(taken)))
        taken[at] += 1
        layer[box] = at
    for box in reversed(boxes):
        last = min((layer[one] for one in after[box]), default=layer[box] + 1) - 1
        taken[layer[box]] -= 1
        layer[box] = next(at for at in range(last, -1, -1) if at == layer[box] or taken[at] < most)
        taken[layer[box]] += 1
    # A layer that all have left is none.
    kept = {at: number for number, at in enumerate(sorted(set(layer.values())))}
    return {box: kept[at] for box, at in layer.items()}


def _neighbours(layer: Mapping[str, int], edges: Iterable[Edge]) -> tuple[Neighbours, Neighbours]:
    """For each box and lane, what its lines come from in the layer above, and go to in the layer below."""
    segments: dict[tuple[Item, Item], None] = {}
    for source, target in edges:
        way = [(source, at) for at in range(layer[source], layer[target])] + [(target, layer[target])]
        segments.update(dict.fromkeys(pairwise(way)))
    above: Neighbours = {(box, at): [] for box, at in layer.items()}
    below: Neighbours = {(box, at): [] for box, at in layer.items()}
    for upper, lower in segments:
        below.setdefault(upper, []).append(lower)
        above.setdefault(lower, []).append(upper)
    for lane in (*above, *below):
        above.setdefault(lane, [])
        below.setdefault(lane, [])
    return above, below


# The order in each layer


def _in_order(layer: Mapping[str, int], above: Neighbours, below: Neighbours) -> list[list[Item]]:
    """The things in each layer from left to right: of the orders that were tried, the one with the fewest
    crossings. Each thing strives to the mean place of what it is joined to; ties stay as they were."""
    rows: list[list[Item]] = [[] for _ in range(max(layer.values(), default=0) + 1)]
    for item in above:
        rows[item[1]].append(item)
    best, fewest = rows, _crossings(rows, below)
    for _ in range(ROUNDS):
        rows = _sorted_by(rows, above)
        rows = _sorted_by(rows[::-1], below)[::-1]
        if (found := _crossings(rows, below)) < fewest:
            best, fewest = rows, found
    return best


def _sorted_by(rows: list[list[Item]], neighbours: Neighbours) -> list[list[Item]]:
    sorted_rows: list[list[Item]] = []
    places: dict[Item, float] = {}
    for row in rows:
        own = {item: index / max(1, len(row) - 1) for index, item in enumerate(row)}
        wanted = {item: _mean([places[one] for one in neighbours[item]], own[item]) for item in row}
        sorted_rows.append(sorted(row, key=wanted.__getitem__))
        places |= {item: index / max(1, len(row) - 1) for index, item in enumerate(sorted_rows[-1])}
    return sorted_rows


def _crossings(rows: list[list[Item]], below: Neighbours) -> int:
    found = 0
    for upper, lower in pairwise(rows):
        place = {item: index for index, item in enumerate(lower)}
        ends: list[int] = []
        for item in upper:
            own = [place[one] for one in below[item]]
            found += sum(len(ends) - bisect_right(ends, end) for end in own)
            for end in own:
                insort(ends, end)
    return found


# The place in each layer


def _middles(
    rows: list[list[Item]], above: Neighbours, below: Neighbours, layer: Mapping[str, int], sheet: Sheet
) -> tuple[dict[Item, int], int]:
    """Where the middle of each box and lane lies from the left, and how wide all of it is."""
    box, lane = sheet.box_width + sheet.gap_across, sheet.lane
    sizes = {item: box if layer[item[0]] == item[1] else lane for row in rows for item in row}
    extent = max((sum(sizes[item] for item in row) for row in rows), default=0)
    at: dict[Item, float] = {}
    for row in rows:  # to begin with, each layer in the middle
        edge = (extent - sum(sizes[item] for item in row)) / 2
        for item in row:
            at[item] = edge + sizes[item] / 2
            edge += sizes[item]
    for _ in range(ROUNDS):
        for order, neighbours in ((rows, above), (rows[::-1], below)):
            for row in order:
                wanted = [_mean([at[one] for one in neighbours[item]], at[item]) for item in row]
                at.update(zip(row, _apart(wanted, [sizes[item] for item in row], extent), strict=True))
    middles = {item: round(place) + sheet.margin for item, place in at.items()}
    return middles, extent


def _apart(wanted: Sequence[float], sizes: Sequence[int], extent: int) -> list[float]:
    """The places nearest to the wanted ones, by the sum of squares, at which things of these sizes keep their
    order, do not overlap, and stay between 0 and `extent`.

    >>> _apart([10, 10], [10, 10], 100)
    [5.0, 15.0]
    """
    starts = [sum(sizes[:index]) for index in range(len(sizes))]
    pools: list[tuple[float, int]] = []  # the sum of what is wanted by things that touch, and their number
    for place, start, size in zip(wanted, starts, sizes, strict=True):
        total, count = place - start - size / 2, 1
        while pools and pools[-1][0] / pools[-1][1] >= total / count:
            more, number = pools.pop()
            total, count = total + more, count + number
        pools.append((total, count))
    most = extent - sum(sizes)
    shifts = [min(max(total / count, 0), most) for total, count in pools for _ in range(count)]
    return [shift + start + size / 2 for shift, start, size in zip(shifts, starts, sizes, strict=True)]


def _mean(numbers: Sequence[float], otherwise: float) -> float:
    return sum(numbers) / len(numbers) if numbers else otherwise


# Lines


def _line(edge: Edge, layer: Mapping[str, int], middles: Mapping[Item, int], sheet: Sheet) -> Iterable[str]:
    """The parts of a line: a bend from layer to layer, and straight down the lanes in between. Lines from one
    box share their parts as far as they go together."""
    source, target = edge
    for at in range(layer[source], layer[target]):
        here = middles[source, at]
        there = middles[(target, at + 1) if at + 1 == layer[target] else (source, at + 1)]
        top, start, end = sheet.top(at), sheet.top(at) + sheet.box_height, sheet.top(at + 1)
        if at > layer[source]:
            yield f"M{here} {top}V{start}"
        half = (start + end) // 2
        yield f"M{here} {start}C{here} {half} {there} {half} {there} {end}"
