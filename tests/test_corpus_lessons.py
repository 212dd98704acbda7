"""What lessons promise and what they ask for."""

import pytest
from cases import Case, load
from hypothesis import given, settings
from texts import NOTES, document, graph_of, lines, source_lines

from corpus.model import Document, Requirement
from corpus.quoting import stands_in


def shown(read: Document) -> str:
    """Objectives and requirements, as the cases show them."""
    after = [f"after  {lines(o.location)}  {o.text}" for o in read.objectives]
    before = [line for one in read.requirements for line in requirement_lines(one)]
    return "\n".join([*after, *before]) or "nothing"


def requirement_lines(one: Requirement) -> list[str]:
    linked = f" -> {one.url}" if one.url else ""
    return [f"before  {lines(one.location)}  {one.label}{linked}", f'   "{one.quote}"']


@pytest.mark.parametrize("case", load("lessons.md"), ids=str)
def test_lessons(case: Case) -> None:
    case.check(shown(document(case.input)))


@settings(max_examples=60)
@given(NOTES)
def test_what_is_stated_stands_in_its_lines(text: str) -> None:
    read = document(text)
    for one in read.requirements:
        assert one.label
        assert stands_in(one.quote, source_lines({read.path: text}, one.location))
    last = len(text.split("\n"))
    assert all(1 <= o.location.first_line <= o.location.last_line <= last for o in read.objectives)


# --- what they mean ----------------------------------------------------------------------------------------


def check_stated(notes: dict[str, str], *expected: str) -> None:
    """The edges for which the notes state outright that one thing needs the other."""
    stated = [
        f"{edge.prerequisite} > {edge.target}"
        for edge in graph_of(notes).prerequisites
        if any(e.kind == "stated" for e in edge.evidence)
    ]
    assert stated == list(expected)


TIDES = "# Tide\n\nA tide is the rise and fall of the sea.\n\nIt comes twice a day.\n"
BORE = "# Bore\n\nA bore is a wave that runs up a river.\n"
KNOTS = "# Knot\n\nA knot is a rope tied to itself.\n\nMany are known.\n"


def test_a_statement_belongs_to_what_its_document_is_about() -> None:
    bore = "# Bore\n\nPrerequisites: tides, Python 3.8\n\nA bore is a wave that runs up a river.\n"
    check_stated({"a.md": TIDES, "b.md": bore}, "tide > bore")


def test_a_sentence_may_say_itself_what_it_is_about() -> None:
    notes = (
        "# Notes\n\nTo understand the bore, you need to know what tides are. To grasp sleep you need tides.\n"
    )
    check_stated({"a.md": TIDES, "b.md": BORE, "c.md": notes}, "tide > bore")


def test_a_list_under_a_heading_belongs_to_the_heading_above() -> None:
    bore = f"{BORE}\n## Prerequisites\n\n- The [sea](a.md)\n- a knot\n"
    check_stated({"a.md": TIDES, "k.md": KNOTS, "b.md": bore}, "tide > bore", "knot > bore")


def test_a_link_means_what_the_lesson_that_it_leads_to_is_about() -> None:
    bore = "# Bore\n\nRequires: [Lesson 1](sea/a.md)\n\nA bore is a wave that runs up a river.\n"
    check_stated({"sea/a.md": TIDES, "b.md": bore}, "tide > bore")


def test_in_one_document_a_statement_stays_in_its_lesson() -> None:
    notes = (
        "# Sailing\n\n## Tide\n\nA tide is the rise and fall of the sea.\n\n## Bore\n\n"
        "A bore is a wave that runs up a river.\n\n### Prerequisites\n\n- tides\n\n"
        "## Lesson 3: more of all\n\nPrerequisites: tides\n\nWords.\n"
    )
    check_stated({"n.md": notes}, "tide > bore")


TWO = "# Ebbs and floods\n\n{}\n\n**Ebb**: the falling water.\n\n**Flood**: the rising water.\n"


@pytest.mark.parametrize(
    "words",
    [
        "> **Prerequisites**: a harbour, see [the tide](a.md)",
        "## Prerequisites\n\n* [Lesson 1](a.md)\n\n## Words",
        "Before you begin, make sure you have read [Lesson 1](a.md).",
        "Read [Lesson 1](a.md) first.",
        "> [!note] Before reading this\n> - tides",
        "Prerequisites: [[tide|the first lesson]]",
        "Prerequisites: [[a]]",
    ],
)
def test_what_a_lesson_about_two_things_requires_is_required_of_both(words: str) -> None:
    check_stated({"a.md": TIDES, "b.md": TWO.format(words)}, "tide > ebb", "tide > flood")


@pytest.mark.parametrize(
    "words",
    [
        "**Prerequisites:** none. No knowledge of tides is needed.",
        "Prerequisites: you do not need to know tides.",
        "Read about [tides](a.md) if you like.",
        "First, look at the [tides](a.md) from the pier.",
        "Before reading on, have a look at the news on tides.",
    ],
)
def test_what_is_not_needed_or_only_recommended_is_not_required(words: str) -> None:
    check_stated({"a.md": TIDES, "b.md": TWO.format(words)})


@pytest.mark.parametrize(
    "asks", ["# Lesson 2\n\nPrerequisites: tides\n", "---\nprerequisites: [tides]\n---\n\n# Lesson 2\n"]
)
def test_what_a_lesson_asks_for_each_of_a_few_things_that_it_defines_needs_and_none_of_many(
    asks: str,
) -> None:
    few = "**Ebb**: the falling water.\n\n**Flood**: the rising water.\n"
    check_stated({"a.md": TIDES, "b.md": f"{asks}\n{few}"}, "tide > ebb", "tide > flood")
    many = "\n\n".join(f"**Rope {letter}o**: the rope at place {letter}." for letter in "bdfghklmn")
    check_stated({"a.md": TIDES, "b.md": f"{asks}\n{many}"})


def test_that_a_lesson_comes_after_another_says_nothing_of_each_thing_in_it() -> None:
    lesson = (
        "# Lesson 2\n\nPrerequisites: {}\n\n**Ebb**: the falling water.\n\n**Flood**: the rising water.\n"
    )
    check_stated({"a.md": TIDES, "b.md": lesson.format("[Lesson 1](a.md)")})
    check_stated({"a.md": TIDES, "b.md": lesson.format("[tides](a.md)")}, "tide > ebb", "tide > flood")


def test_what_is_said_of_a_lesson_holds_less_surely_for_each_of_several_things() -> None:
    lesson = (
        "# Lesson 2\n\nPrerequisites: tides\n\n**Ebb**: the falling water.\n\n**Flood**: the rising water.\n"
    )
    graph = graph_of({"a.md": TIDES, "b.md": lesson})
    assert [edge.confidence for edge in graph.prerequisites] == [0.665, 0.665]


MULTI = "# Multi-pitch climbing\n\n{}\n\n**Multi-pitch**: a climb of many ropes.\n\n**Stance**: a ledge.\n"


def test_a_lesson_is_about_what_it_defines_and_its_title_holds_the_name_of() -> None:
    asks = MULTI.format("Before reading this, read about tides and knots.")
    check_stated({"a.md": TIDES, "k.md": KNOTS, "b.md": asks}, "tide > multi-pitch", "knot > multi-pitch")


@pytest.mark.parametrize(
    "flood",
    [
        "**Flood**: the rising water. You must know tides first.",
        "**Flood**: the rising water.\nRequires: tides",
        "- **Flood**: the rising water.\n  - Needs: tides",
        "**Flood**: the rising water.\n\nBuilds on: tides",
        "**Flood** is the rising of the water. First learn about tides.",
    ],
)
def test_what_is_stated_in_a_definition_or_behind_it_is_of_what_it_defines(flood: str) -> None:
    lesson = f"# Lesson 2\n\n**Ebb**: the falling water.\n\n{flood}\n\n**Neap**: the least of them.\n"
    check_stated({"a.md": TIDES, "b.md": lesson}, "tide > flood")


def test_in_a_definition_a_sentence_about_the_lesson_is_of_the_lesson() -> None:
    lesson = (
        "# Ebbs and floods\n\n**Ebb**: the falling water. This lesson assumes that you know tides.\n\n"
        "**Flood**: the rising water.\n"
    )
    check_stated({"a.md": TIDES, "b.md": lesson}, "tide > ebb", "tide > flood")


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ("Tacking", "how to tack"),
        ("Gybing", "how to gybe"),
        ("Tack", "tacking"),
        ("Heaving to", "how to heave to"),
    ],
)
def test_what_one_must_be_able_to_do_is_known_by_the_form_of_its_verb(known: str, words: str) -> None:
    first = f"# Lesson 1\n\n**{known}**: to turn a boat in the wind.\n"
    beating = f"**Beating**: a course of zigzags. You must know {words} first.\n"
    name = known.lower().replace(" ", "-")
    check_stated({"a.md": first, "b.md": beating}, f"{name} > beating")


def test_what_is_asked_for_and_not_defined_is_a_problem_in_its_line() -> None:
    bore = (
        f"---\nprerequisites:\n  - tide\n  - river pilotage\n---\n{BORE}\n"
        "## Prerequisites\n\n- rope work\n- [the tables](https://example.org)\n- the harbour\n"
        "- a laptop with Linux 6\n- [a chart](chart.png)\n"
    )
    graph = graph_of({"a.md": TIDES, "b.md": bore, "c.md": "# The harbour\n\nWe went there.\n"})
    undefined = [p for p in graph.problems if (p.code, p.location.path) == ("undefined-concept", "b.md")]
    told = [f"{p.location.first_line} {p.message}" for p in undefined]
    assert told == [
        '4 "river pilotage" is asked for and not defined in the notes',
        '12 "rope work" is asked for and not defined in the notes',
    ]
    assert [(w.label, w.uses, w.asked_for[0].first_line) for w in graph.wanted if w.asked_for] == [
        ("river pilotage", 0, 4),
        ("rope work", 0, 12),
    ]


def test_what_is_asked_for_is_told_in_each_note_and_used_all_the_same() -> None:
    uses = "We throw the *lead line* far. Nobody sees the *lead line* there.\n"
    notes = {f"{n}.md": f"---\nprerequisites: [lead line]\n---\n# Trip {n}\n\n{uses}" for n in "abcdefgh"}
    graph = graph_of(notes)
    (wanted,) = (one for one in graph.wanted if one.label == "lead line")
    assert (wanted.uses, len(wanted.asked_for)) == (16, 8)
    told = [(p.code, p.location.path) for p in graph.problems if '"lead line"' in p.message]
    asked = [("undefined-concept", path) for path in notes]
    assert sorted(told) == [*asked, ("undefined-term", "a.md")]


def test_a_column_states_what_its_rows_require() -> None:
    table = (
        "| Lesson | Title | Prerequisites |\n| --- | --- | --- |\n| 1 | [Tides](a.md) | none |\n"
        "| 2 | [Bores](b.md) | tides, knots |\n"
    )
    check_stated(
        {"README.md": table, "a.md": TIDES, "b.md": BORE, "k.md": KNOTS}, "tide > bore", "knot > bore"
    )


@pytest.mark.parametrize(
    "entry", ["[[a]]", "[[a#Tide|x]]", "[The first lesson](a.md)", "a.md", "tides", "[[Tide]]"]
)
def test_front_matter_may_link_what_it_requires(entry: str) -> None:
    text = f'---\nprerequisites: ["{entry}"]\n---\n{BORE}'
    check_stated({"a.md": TIDES, "b.md": text}, "tide > bore")


def test_a_lesson_about_nothing_in_particular_states_nothing() -> None:
    check_stated({"a.md": TIDES, "b.md": "# Lesson 2\n\nPrerequisites: tides\n\nWords.\n"})


def test_front_matter_states_of_the_document_and_promises() -> None:
    matter = "---\ntitle: Bore\nprerequisites: [tides]\nobjectives:\n  - Ride a bore, safely\n---\n"
    text = f"{matter}\nA bore is a wave that runs up a river.\n"
    check_stated({"a.md": TIDES, "b.md": text}, "tide > bore")
    assert [(o.text, lines(o.location)) for o in document(text).objectives] == [
        ("Ride a bore, safely", "1-6")
    ]
