"""Concepts drawn in layers: boxes with their names, and a line for every edge that no chain of others says.

Numbers and words only: the template makes SVG of them, and a list beside it says the same to those who do not
see it. `web.layers` says where everything stands.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from graph.cycles import unchained
from graph.model import ConceptId
from indexer.model import ConceptEntry
from web.layers import Layout, Sheet, layout
from web.model import ConceptLink, MapPage, PathPage

# Beyond this a drawing is a thicket that explains nothing.
MOST_STEPS = 100

# Two boxes side by side fit on a phone, and beside a list; five or six on a page.
NARROW = Sheet(box_width=148, box_height=40, across=2, gap_across=12, lane=8)
BROAD = Sheet(box_width=148, box_height=40, across=6, gap_across=14, lane=12)
COLUMN = Sheet(box_width=148, box_height=40, across=4, gap_across=14, lane=12)

# Letters in pixels, as broad as common sans-serif fonts have them at the size of the style sheet.
_LETTER, _CAPITAL, _NARROW, _BROAD, _WIDE = 8.0, 9.2, 4.7, 12.0, 13.0
_PADDING = 5
# A word with the white space after it, or what ends in a hyphen: lines are broken between these.
_WORD = re.compile(r"\S+?-(?=\S)|\S+\s*")
_LINES = 2
_MOST_WORDS = 40


@dataclass(frozen=True, slots=True)
class Words:
    """A line of words; `x` is its middle, `y` its base line."""

    words: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Box:
    """A concept in the drawing; `x` and `y` are its upper left corner. A name that does not fit is cut: its
    box's title has the whole."""

    concept: ConceptLink
    x: int
    y: int
    width: int
    height: int
    is_target: bool
    lines: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished drawing: `lines` are SVG path data."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[str, ...]


def drawing(
    concepts: Sequence[ConceptLink],
    edges: Iterable[tuple[ConceptId, ConceptId]],
    targets: Collection[ConceptId],
    sheet: Sheet,
) -> Drawing:
    """Concepts, each of which stands after what it needs, with the edges between them; targets are marked."""
    made = layout([one.id for one in concepts], edges, sheet)
    boxes = tuple(_box(one, made, one.id in targets, sheet) for one in concepts)
    return Drawing(made.width, made.height, boxes, made.lines)


def path_drawing(page: PathPage) -> Drawing | None:
    """The steps of a path; None when there is nothing to see (a single step) or far too much."""
    if not 1 < len(page.steps) <= MOST_STEPS:
        return None
    concepts = [ConceptLink(step.concept.id, step.concept.pref_label) for step in page.steps]
    return drawing(concepts, drawn_edges(page), {target.id for target in page.targets}, NARROW)


@dataclass(frozen=True, slots=True)
class Drawings:
    """The same twice: for a page, and for a phone."""

    broad: Drawing
    narrow: Drawing


def map_drawings(page: MapPage, broad: Sheet = BROAD) -> Drawings | None:
    """The concepts of a part of the map that are joined to others of it; None when there are none."""
    pairs = [(edge.prerequisite, edge.target) for edge in page.edges if not edge.implied]
    joined = {end for pair in pairs for end in pair}
    concepts = [ConceptLink(one.id, one.pref_label) for one in page.concepts if one.id in joined]
    if not concepts:
        return None
    marked = {page.around.id} if page.around else set()
    return Drawings(drawing(concepts, pairs, marked, broad), drawing(concepts, pairs, marked, NARROW))


def alone_on(page: MapPage) -> list[ConceptEntry]:
    """The concepts of a part of the map that are joined to no other of it."""
    joined = {end for edge in page.edges for end in (edge.prerequisite, edge.target)}
    return [one for one in page.concepts if one.id not in joined]


def needs_on(page: MapPage) -> dict[ConceptId, list[str]]:
    """What each concept of a part of the map needs there, by name, without what a chain of others says."""
    names = {one.id: one.pref_label for one in page.concepts}
    needs: dict[ConceptId, list[str]] = {}
    for edge in page.edges:
        if not edge.implied:
            needs.setdefault(edge.target, []).append(names[edge.prerequisite])
    return needs


def drawn_edges(page: PathPage) -> list[tuple[ConceptId, ConceptId]]:
    """The edges of a path, without those that a chain of its other edges says already."""
    return unchained([edge.edge for step in page.steps for edge in step.because])


def _box(concept: ConceptLink, made: Layout, is_target: bool, sheet: Sheet) -> Box:
    x, y = made.corners[concept.id]
    lines = words_in_lines(concept.pref_label, sheet.box_width - 2 * _PADDING)
    first = y + sheet.box_height // 2 + 5 - 8 * (len(lines) - 1)
    placed = (Words(words, x + sheet.box_width // 2, first + 16 * at) for at, words in enumerate(lines))
    return Box(concept, x, y, sheet.box_width, sheet.box_height, is_target, tuple(placed))


# Names in boxes


def words_in_lines(name: str, width: int) -> tuple[str, ...]:
    """A name in at most two lines that fit into a width; what does not is cut off.

    >>> words_in_lines("Height of a high-water mark", 130)
    ('Height of a high-', 'water mark')
    >>> words_in_lines("Höhenunterschiedsberechnung", 130)
    ('Höhenunterschied…',)
    """
    lines: list[str] = []
    left = _WORD.findall(name)[:_MOST_WORDS]
    while left and len(lines) < _LINES:
        count = next((n for n in range(len(left), 1, -1) if _breadth("".join(left[:n]).strip()) <= width), 1)
        lines.append("".join(left[:count]).strip())
        left = left[count:]
    if left:
        lines[-1] += "…"
    return tuple(words_cut(line, width) for line in lines)


def words_cut(line: str, width: int, size: float = 1) -> str:
    """What of a line fits into a width, in letters of so many times the common size."""
    if _breadth(line) * size <= width:
        return line
    kept = line.rstrip("…")
    while kept and _breadth(kept + "…") * size > width:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def _breadth(words: str) -> float:
    return sum(map(_letter_breadth, words))


def _letter_breadth(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return _WIDE
    if unicodedata.combining(letter):
        return 0
    if letter in "mwMW@%—":
        return _BROAD
    if letter in "fijlrtI.,:;'|!()[] -":
        return _NARROW
    return _CAPITAL if letter.isupper() else _LETTER
