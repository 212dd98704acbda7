"""The map of a whole course as a drawing: a band for each group, one below the other, and arcs beside them.

In a band stand the names of some concepts, a row for each layer of the group. An arc says how many edges lead
from one lesson to a later one. Of those that lead to a lesson only the thickest are drawn: all arcs of thirty
lessons would be a thicket. The list below the drawing has all.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import log2

from web.drawing import Words, words_cut
from web.maps import SHOWN_OF_A_LAYER
from web.model import Between, ConceptLink, MapGroup, MapPage

WIDTH = 1120
PADDING = 14
TITLE = 34
CHIP_HEIGHT = 24
GAP = 8
MORE_WIDTH = 48
BETWEEN_BANDS = 16
ARCS_TO_A_LESSON = 2
LANE = 11
# What stands between arcs and bands: the counts.
COUNTS = 26
# Where arcs leave and reach a band, from its upper edge; from its lower edge.
ARRIVES, LEAVES = (14, 30), 12


@dataclass(frozen=True, slots=True)
class Chip:
    """A concept in a band; `x` and `y` are its upper left corner."""

    concept: ConceptLink
    x: int
    y: int
    width: int
    height: int
    name: Words


@dataclass(frozen=True, slots=True)
class Band:
    """A group of the course. `later` counts the edges that lead to it from later lessons, `more` are numbers
    of concepts that there was no room for."""

    group: MapGroup
    title: Words
    x: int
    y: int
    width: int
    height: int
    later: int
    chips: tuple[Chip, ...]
    more: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Arc:
    """How many edges lead from one lesson to another: SVG path data, a thickness, the place of the count."""

    between: Between
    line: str
    thickness: float
    count: Words


@dataclass(frozen=True, slots=True)
class CourseDrawing:
    """A finished drawing of a course."""

    width: int
    height: int
    bands: tuple[Band, ...]
    arcs: tuple[Arc, ...]


def course_drawing(page: MapPage) -> CourseDrawing:
    """The groups of a page of the map, one below the other, with arcs between them."""
    row = {group.lesson.number: at for at, group in enumerate(page.groups) if group.lesson}
    chosen = _thickest(one for one in page.between if not _is_back(one))
    lanes = _lanes([(row[one.first.number], row[one.then.number]) for one in chosen])
    left = COUNTS + LANE * (max(lanes.values()) + 2) if chosen else 0
    bands, y = [], 1
    for group in page.groups:
        later = sum(one.edges for one in page.between if _is_back(one) and one.then == group.lesson)
        bands.append(_band(group, later, left, y))
        y += bands[-1].height + BETWEEN_BANDS
    arrived: dict[int, int] = defaultdict(int)
    arcs = []
    for one in chosen:
        target = row[one.then.number]
        begin = bands[row[one.first.number]]
        arrives = bands[target].y + ARRIVES[arrived[target]]
        arrived[target] += 1
        arcs.append(_arc(one, begin.y + begin.height - LEAVES, arrives, left, lanes[row[one.first.number]]))
    return CourseDrawing(WIDTH, y - BETWEEN_BANDS + 1, tuple(bands), tuple(arcs))


def _thickest(between: Iterable[Between]) -> list[Between]:
    """For each lesson those that lead to it with the most edges; of equals, from the nearer lesson."""
    to: dict[int, list[Between]] = defaultdict(list)
    for one in between:
        to[one.then.number].append(one)
    for some in to.values():
        some.sort(key=lambda one: (-one.edges, -one.first.number))
    return [one for _, some in sorted(to.items()) for one in some[:ARCS_TO_A_LESSON]]


def _lanes(spans: Iterable[tuple[int, int]]) -> dict[int, int]:
    """For each row that arcs begin at, the lane that they share, the short ones next to the bands, so that
    arcs in one lane do not meet."""
    longest: dict[int, int] = {}
    for first, then in spans:
        longest[first] = max(longest.get(first, 0), then)
    lanes: dict[int, int] = {}
    taken: list[list[tuple[int, int]]] = []
    for first, then in sorted(longest.items(), key=lambda span: (span[1] - span[0], span)):
        free = (at for at, others in enumerate(taken) if all(o[1] <= first or then <= o[0] for o in others))
        lanes[first] = next(free, len(taken))
        taken.extend([] for _ in range(lanes[first] + 1 - len(taken)))
        taken[lanes[first]].append((first, then))
    return lanes


def _is_back(between: Between) -> bool:
    """Whether an earlier lesson takes from a later one."""
    return between.first.number > between.then.number


def _band(group: MapGroup, later: int, left: int, top: int) -> Band:
    chips, more = [], []
    room = WIDTH - left - 2 * PADDING - MORE_WIDTH
    width = room // SHOWN_OF_A_LAYER - GAP
    y = top + TITLE
    for layer in group.layers:
        x = left + PADDING
        for concept in layer.concepts:
            name = Words(words_cut(concept.pref_label, width - 14, 0.95), x + width // 2, y + 16)
            chips.append(Chip(concept, x, y, width, CHIP_HEIGHT, name))
            x += width + GAP
        if layer.more:
            more.append(Words(f"+{layer.more}", x + 4, y + 16))
        y += CHIP_HEIGHT + GAP
    room = WIDTH - left - (360 if later else 140)
    title = Words(words_cut(title_of(group), room, 1.25), left + PADDING, top + 22)
    height = y - top - GAP + PADDING
    return Band(group, title, left, top, WIDTH - left - 1, height, later, tuple(chips), tuple(more))


def title_of(group: MapGroup) -> str:
    """What people call a group."""
    if group.lesson:
        return f"{group.lesson.number} {group.lesson.title}"
    return f"Layer {group.layer}" + (": what needs nothing else" if group.layer == 1 else "")


def _arc(between: Between, begin: int, end: int, left: int, lane: int) -> Arc:
    edge, corner = left - COUNTS, 8
    x = edge - LANE * (lane + 1)
    line = (
        f"M{left} {begin}H{x + corner}Q{x} {begin} {x} {begin + corner}"
        f"V{end - corner}Q{x} {end} {x + corner} {end}H{left}"
    )
    return Arc(
        between, line, round(1 + log2(between.edges) / 2, 2), Words(str(between.edges), left - 5, end - 4)
    )
