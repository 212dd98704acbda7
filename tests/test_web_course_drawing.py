"""How the map of a course is drawn: bands apart from each other, and arcs that do not meet."""

from itertools import combinations, pairwise

from corpus.model import LessonId
from graph.model import ConceptId
from web.course_drawing import ARCS_TO_A_LESSON, CourseDrawing, course_drawing
from web.model import Between, ConceptLink, LessonLink, MapGroup, MapLayer, MapPage, Paging


def lesson(number: int) -> LessonLink:
    return LessonLink(LessonId(f"l{number}"), f"Lesson {number}", number)


def drawn(lessons: int, between: str, shown: int = 5) -> CourseDrawing:
    """So many lessons, and edges between them such as "1>2:4"."""
    links = tuple(ConceptLink(ConceptId(f"c{n}"), f"Concept {n}") for n in range(shown))
    layers = (MapLayer(links, 0), MapLayer(links, 7))
    groups = tuple(MapGroup(lesson(n), None, 2 * shown + 7, layers) for n in range(1, lessons + 1))
    ends = [one.replace(":", ">").split(">") for one in between.split()]
    bundles = tuple(Between(lesson(int(a)), lesson(int(b)), int(count)) for a, b, count in ends)
    return course_drawing(MapPage(Paging(1, 30, lessons), True, groups=groups, between=bundles))


def every_pair(lessons: int) -> str:
    return " ".join(f"{a}>{b}:{a}" for a, b in combinations(range(1, lessons + 1), 2))


def test_bands_stand_in_order_below_each_other() -> None:
    bands = drawn(5, "").bands
    assert all(upper.y + upper.height < lower.y for upper, lower in pairwise(bands))
    assert [band.title.words for band in bands][:2] == ["1 Lesson 1", "2 Lesson 2"]


def test_names_stand_apart_within_their_band() -> None:
    for lessons, between in ((1, ""), (12, every_pair(12))):
        for band in drawn(lessons, between).bands:
            for one, other in combinations(band.chips, 2):
                assert abs(one.x - other.x) >= one.width or abs(one.y - other.y) >= one.height
            for chip in band.chips:
                assert band.x < chip.x < chip.x + chip.width < band.x + band.width
                assert band.y < chip.y < chip.y + chip.height < band.y + band.height
            assert all(more.x < band.x + band.width - 20 for more in band.more)


def test_only_the_thickest_arcs_to_a_lesson_are_drawn() -> None:
    arcs = drawn(4, "1>4:1 2>4:5 3>4:2 4>1:9").arcs
    assert [(arc.between.first.number, arc.between.edges) for arc in arcs] == [(2, 5), (3, 2)]
    assert arcs[0].thickness > arcs[1].thickness
    assert len(drawn(12, every_pair(12)).arcs) <= 12 * ARCS_TO_A_LESSON


def test_arcs_of_different_lessons_do_not_run_over_each_other() -> None:
    """On its way down, an arc has its place from the left for itself."""
    ways: dict[int, list[tuple[int, int, int]]] = {}
    for arc in drawn(12, every_pair(12)).arcs:
        corner, _, rest = arc.line.partition("V")
        numbers = corner.replace("Q", " ").split()
        x, top, bottom = int(numbers[-2]), int(numbers[-1]), int(rest.partition("Q")[0])
        ways.setdefault(x, []).append((arc.between.first.number, top, bottom))
    for in_lane in ways.values():
        for (one, top, bottom), (other, upper, lower) in combinations(in_lane, 2):
            assert one == other or bottom <= upper or lower <= top


def test_what_a_lesson_takes_from_later_ones_is_counted_and_no_arc() -> None:
    found = drawn(3, "2>1:3 3>1:4 1>2:1")
    assert [band.later for band in found.bands] == [7, 0, 0]
    assert [arc.between.edges for arc in found.arcs] == [1]


def test_there_is_room_for_arcs_only_where_there_are_any() -> None:
    assert drawn(3, "").bands[0].x == 0
    assert drawn(3, "1>3:2").bands[0].x > 0


def test_a_drawing_holds_all_of_it() -> None:
    found = drawn(6, every_pair(6))
    assert found.bands[-1].y + found.bands[-1].height <= found.height
    assert all(band.x + band.width <= found.width for band in found.bands)
