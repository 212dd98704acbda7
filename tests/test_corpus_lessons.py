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


def test_a_lesson_about_several_things_that_its_title_does_not_name_states_nothing_of_any_of_them() -> None:
    lesson = (
        "# Lesson 2\n\nPrerequisites: tides\n\n**Ebb**: the falling water.\n\n**Flood**: the rising water.\n"
    )
    check_stated({"a.md": TIDES, "b.md": lesson})


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
