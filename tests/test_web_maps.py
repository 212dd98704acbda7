"""What the map shows: groups, a lesson, a layer, and what lies around a concept."""

from corpus.model import LessonId, SourceLocation
from graph.model import ConceptId, Evidence, EvidenceKind, Prerequisite
from graph.paths import PrerequisiteGraph
from indexer.model import ConceptEntry
from web.maps import GROUPS_PER_PAGE, MOST_CONCEPTS, Maps, depths
from web.model import ConceptLink, LessonLink, MapPage

REASON = Evidence(EvidenceKind.DEFINITION, 0.8, "because", SourceLocation("a.md", 1, 1))


def graph_of(names: list[str], edges: str) -> PrerequisiteGraph:
    """A graph from edges such as "a>b"; "a>>b" is implied by others."""
    pairs = [(edge, edge.replace(">>", ">").split(">")) for edge in edges.split()]
    return PrerequisiteGraph(
        {ConceptId(name): position for position, name in enumerate(names)},
        [
            Prerequisite(ConceptId(first), ConceptId(then), 0.8, (REASON,), ">>" in written)
            for written, (first, then) in pairs
        ],
    )


def maps_of(lessons: str, edges: str) -> Maps:
    """The maps of lessons such as "a b | c" and edges such as "a>c"."""
    taught = [part.split() for part in lessons.split("|")]
    names = [name for part in taught for name in part]
    lesson_of = {name: LessonId(f"l{number}") for number, part in enumerate(taught, 1) for name in part}
    entries = [
        ConceptEntry(ConceptId(name), name, (), "", lesson_of[name], position, 0)
        for position, name in enumerate(names)
    ]
    links = [LessonLink(LessonId(f"l{n}"), f"Lesson {n}", n) for n in range(1, len(taught) + 1)]
    return Maps(graph_of(names, edges), entries, links)


def shown(page: MapPage) -> str:
    return " ".join(concept.id for concept in page.concepts)


def around(maps: Maps, concept: str, depth: int, limit: int = MOST_CONCEPTS) -> MapPage:
    return maps.around(ConceptLink(ConceptId(concept), concept), depth, limit)


def test_depth_is_the_longest_chain_within_the_concepts_asked_for() -> None:
    graph = graph_of(["a", "b", "c", "d"], "a>b b>c a>c c>d")
    every = [ConceptId(name) for name in "abcd"]
    assert depths(graph, every) == {"a": 0, "b": 1, "c": 2, "d": 3}
    assert depths(graph, every[2:]) == {"c": 0, "d": 1}


def test_a_course_is_shown_by_lessons_with_the_layers_of_each() -> None:
    page = maps_of("a b c | d e f", "a>b b>c a>>c c>d d>e").course()
    assert page.by_lesson
    rows = [[" ".join(c.id for c in layer.concepts) for layer in group.layers] for group in page.groups]
    assert rows == [["a", "b", "c"], ["d f", "e"]]
    assert [group.total for group in page.groups] == [3, 3]


def test_edges_between_lessons_are_counted_without_the_implied_ones() -> None:
    page = maps_of("a b c | d e f | g h i", "a>d b>d a>>e g>f").course()
    counted = [(one.first.number, one.then.number, one.edges) for one in page.between]
    assert counted == [(1, 2, 2), (3, 2, 1)]


def test_lessons_that_define_only_themselves_are_no_groups() -> None:
    page = maps_of("a | b | c | d", "a>b b>c").course()
    assert not page.by_lesson
    assert [(group.lesson, group.layer, group.total) for group in page.groups] == [
        (None, 1, 2),
        (None, 2, 1),
        (None, 3, 1),
    ]
    assert page.between == ()


def test_a_lesson_too_large_to_show_says_how_much_is_left_out() -> None:
    names = [f"c{number}" for number in range(MOST_CONCEPTS + 5)]
    edges = " ".join(f"{name}>{names[-1]}" for name in names[5:-1])
    maps = maps_of(" ".join(names) + " | x y z", edges)
    (group, _) = maps.course().groups
    assert sum(len(layer.concepts) + layer.more for layer in group.layers) == group.total == len(names)
    page = maps.lesson(group.lesson or LessonLink(LessonId(""), "", 1))
    assert len(page.concepts) == MOST_CONCEPTS
    assert page.left_out == 5
    assert {f"c{number}" for number in range(5, MOST_CONCEPTS)} <= set(shown(page).split())


def test_a_lesson_is_shown_in_an_order_to_learn_in() -> None:
    maps = maps_of("c a b | x y z", "a>b b>c a>>c a>x")
    page = maps.lesson(LessonLink(LessonId("l1"), "Lesson 1", 1))
    assert shown(page) == "a b c"
    assert {(e.prerequisite, e.target): e.implied for e in page.edges} == {
        ("a", "b"): False,
        ("b", "c"): False,
        ("a", "c"): True,
    }
    assert [(one.first.number, one.then.number) for one in page.between] == [(1, 2)]


def test_around_a_concept_is_what_it_needs_and_what_needs_it() -> None:
    maps = maps_of("a b c d e", "a>b b>c c>d a>e")
    assert shown(around(maps, "b", 1)) == "a b c"
    assert shown(around(maps, "b", 2)) == "a b c d"
    assert around(maps, "b", 1).left_out == 0


def test_what_is_nearest_is_shown_where_there_is_room_for_little() -> None:
    page = around(maps_of("a b c d e", "a>b b>c c>d d>e"), "c", 3, limit=3)
    assert (shown(page), page.left_out) == ("b c d", 2)


def test_an_edge_is_drawn_when_the_chain_that_implies_it_is_not() -> None:
    maps = maps_of("a b c d", "a>b b>c a>>c c>d a>>d")
    page = around(maps, "d", 1)
    assert shown(page) == "a c d"
    assert {(e.prerequisite, e.target): e.implied for e in page.edges} == {
        ("a", "c"): False,
        ("c", "d"): False,
        ("a", "d"): True,
    }


def test_many_lessons_come_in_pages() -> None:
    lessons = " | ".join(f"a{n} b{n} c{n}" for n in range(GROUPS_PER_PAGE + 2))
    maps = maps_of(lessons, f"a0>a1 a0>a{GROUPS_PER_PAGE}")
    first, last = maps.course(1), maps.course(2)
    assert (len(first.groups), len(last.groups)) == (GROUPS_PER_PAGE, 2)
    assert [(one.first.number, one.then.number) for one in first.between] == [(1, 2)]
    assert last.between == ()


def test_nothing_makes_an_empty_map() -> None:
    page = Maps(graph_of([], ""), [], []).course()
    assert (page.groups, page.concepts) == ((), ())
