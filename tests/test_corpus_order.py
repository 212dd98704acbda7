"""In which order notes are read, and which lessons they make up."""

import pytest
from cases import Case, load
from hypothesis import given, settings
from hypothesis import strategies as st
from texts import corpus_of, document

from corpus.languages import told_apart
from corpus.navigation import Entry, Navigation, is_navigation, navigation_of
from corpus.numbering import natural_key
from corpus.order import contents_page, in_reading_order, lessons_of
from corpus.paths import SUFFIXES


def check_order(notes: dict[str, str], expected: str, navigation: str = "") -> None:
    """The paths of these notes in reading order."""
    documents = [document(text, path, path.rsplit(".", 1)[0]) for path, text in notes.items()]
    listed = Navigation({"": tuple(map(Entry, navigation.split()))})
    for given_order in (documents, documents[::-1]):
        read = in_reading_order(given_order, listed)
        assert " ".join(d.path for d in read) == expected


def as_shown(text: str) -> str:
    """Files with their paths above them, and the documents among them in reading order."""
    files: dict[str, str] = {}
    for part in text.removeprefix("=== ").split("\n=== "):
        path, _, words = part.partition("\n")
        files[path] = words
    navigation = navigation_of({p: t for p, t in files.items() if is_navigation(p.rsplit("/", 1)[-1])})
    read = [document(t, p, p.rsplit(".", 1)[0]) for p, t in files.items() if p.endswith(SUFFIXES)]
    ordered = in_reading_order(told_apart(read), navigation)
    assert ordered == in_reading_order(told_apart(read[::-1]), navigation)
    lessons = {lesson.path for lesson in lessons_of(ordered, navigation)}
    return "\n".join(
        "  ".join(filter(None, [d.path, d.title, d.language, "" if d.path in lessons else "no lesson"]))
        for d in ordered
    )


@pytest.mark.parametrize("case", load("order.md"), ids=str)
def test_order(case: Case) -> None:
    case.check(as_shown(case.input))


def test_what_is_included_belongs_to_the_lesson_that_does_so() -> None:
    notes = {
        "a.md": "# A\n\n{{#include b.md}}\n",
        "b.md": "words\n\n{{#include c.md}}",
        "c.md": "# C",
        "d.md": "# D",
    }
    read = corpus_of(notes)
    assert [(lesson.path, lesson.sections) for lesson in read.lessons] == [
        ("a.md", ("a/a", "b/~start", "c/c")),
        ("d.md", ("d/d",)),
    ]


def check_paths(paths: str) -> None:
    """These paths, given in reading order, are put into it from any order."""
    check_order(dict.fromkeys(reversed(paths.split()), "words"), paths)


def test_numbers_in_names_count_as_numbers() -> None:
    check_paths("1-sea.md 2-tides.md 10-winds.md")


def test_numbers_order_files_among_folders() -> None:
    check_paths("1-intro.md 2-sea/a.md 3-end.md")


def test_a_folder_is_read_from_its_front_page_on() -> None:
    check_paths("README.md a/index.md a/1.md a/2.md b/1.md")


def test_names_are_sorted_whatever_their_case() -> None:
    check_paths("Alpha.md beta.md Gamma.md")


def test_a_contents_page_gives_the_order() -> None:
    contents = "# Course\n\n1. [Winds](winds.md)\n2. [Sea](sea.md)\n3. [Tides](tides.md)\n"
    check_order(
        {"README.md": contents, "sea.md": "a", "tides.md": "b", "winds.md": "c"},
        "README.md winds.md sea.md tides.md",
    )


def test_what_the_contents_page_does_not_list_comes_after_it() -> None:
    check_order(
        {"README.md": "[Winds](winds.md) [Sea](sea.md)", "air.md": "a", "sea.md": "b", "winds.md": "c"},
        "README.md winds.md sea.md air.md",
    )


def test_a_front_page_that_links_a_few_is_no_contents_page() -> None:
    notes = {"README.md": "[Winds](winds.md)", "air.md": "a", "sea.md": "b", "winds.md": "c"}
    assert contents_page(corpus_of(notes).documents) is None
    check_order(notes, "README.md air.md sea.md winds.md")


def test_a_navigation_file_wins_over_a_contents_page() -> None:
    check_order(
        {"README.md": "[B](b.md) [A](a.md)", "a.md": "a", "b.md": "b"},
        "a.md README.md b.md",
        navigation="a.md README.md",
    )


def test_numbers_in_front_matter_give_the_order() -> None:
    check_order(
        {
            "air.md": "---\norder: 3\n---\nair",
            "sea.md": "---\nnav_order: 1\n---\nsea",
            "winds.md": "---\nweight: 2\n---\nwinds",
        },
        "sea.md winds.md air.md",
    )


def test_a_number_in_one_document_of_many_orders_nothing() -> None:
    check_order({"a.md": "a", "b.md": "b", "c.md": "---\norder: 1\n---\nc"}, "a.md b.md c.md")


@settings(max_examples=50)
@given(
    st.lists(
        st.sampled_from(["a", "A", "1", "10", "2", "a/1", "a/10", "B/2", "a/index", "readme"]), unique=True
    )
)
def test_the_order_does_not_depend_on_the_order_of_reading(paths: list[str]) -> None:
    backwards = paths[::-1]
    assert sorted(paths, key=natural_key) == sorted(backwards, key=natural_key)


def test_no_two_sections_have_one_id() -> None:
    notes = {
        "a.md": "# T\n\n## b\n\nx",
        "a/b.md": "words\n\n# B\n",
        "start.md": "words\n\n## Start\n\n##\n\n##\n",
    }
    ids = [s.id for s in corpus_of(notes).sections()]
    assert len(set(ids)) == len(ids)


# --- lessons -----------------------------------------------------------------------------------------------


def check_lessons(notes: str | dict[str, str], *expected: str) -> None:
    """The lessons' titles, each with the number of its sections."""
    found = [f"{lesson.title} ({len(lesson.sections)})" for lesson in corpus_of(notes).lessons]
    assert found == list(expected)


def test_one_document_is_a_course_of_its_level_two_sections() -> None:
    check_lessons("# Sea\n\nx\n\n## Tides\n\n### Ebb\n\n## Winds\n", "Tides (2)", "Winds (1)")


def test_one_document_without_them_is_one_lesson() -> None:
    check_lessons("# Sea\n\nwords", "Sea (1)")


def test_a_long_flat_list_of_headings_is_a_glossary_not_a_course() -> None:
    entries = "\n".join(f"## Word {n}\n\nwords\n" for n in range(60))
    check_lessons(f"# Words\n\n{entries}", "Words (61)")


def test_another_level_one_heading_is_a_lesson_of_its_own() -> None:
    check_lessons("# Sea\n\n## Tides\n\n# Land\n\nx\n\n## Hills\n", "Tides (1)", "Land (1)", "Hills (1)")


def test_documents_are_lessons_and_a_contents_page_is_none() -> None:
    check_lessons(
        {"README.md": "# Course\n\n[A](a.md) [B](b.md)", "a.md": "# A\n", "b.md": "# B\n\n## C\n"},
        "A (1)",
        "B (2)",
    )


def test_a_front_page_that_is_no_contents_page_is_a_lesson() -> None:
    check_lessons({"README.md": "# Hello\n\nwords", "a.md": "# A\n"}, "Hello (1)", "A (1)")


def test_no_section_is_in_two_lessons() -> None:
    corpus = corpus_of("# Sea\n\n## Tides\n\n### Ebb\n\n## Winds\n")
    assert corpus.lesson_of() == {"tides": "tides", "ebb": "tides", "winds": "winds"}


@pytest.mark.parametrize("notes", [{"a.md": "", "b.md": ""}, {"a.md": "#"}])
def test_empty_documents_are_lessons_too(notes: dict[str, str]) -> None:
    assert len(lessons_of(corpus_of(notes).documents)) == len(notes)
