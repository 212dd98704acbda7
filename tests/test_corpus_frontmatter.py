"""The YAML block at the top of a document."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from texts import document

from corpus.frontmatter import FrontMatter, read_front_matter


def check_front_matter(text: str, expected: FrontMatter) -> None:
    assert read_front_matter(text) == expected


def test_title_other_names_order_and_prerequisites() -> None:
    check_front_matter(
        "title: Ebb\naliases: [falling tide, low run]\norder: 2\nprerequisites:\n  - tide\n  - moon\n",
        FrontMatter("Ebb", ("falling tide", "low run"), ("tide", "moon"), 2.0),
    )


def test_lists_may_be_words_between_commas() -> None:
    check_front_matter("aka: falling tide, low run", FrontMatter(aliases=("falling tide", "low run")))


def test_names_that_are_given_twice_count_once() -> None:
    check_front_matter("aliases: [ebb, ebb]\nsynonyms: ebb", FrontMatter(aliases=("ebb",)))


def test_numbers_are_words_where_words_are_wanted_and_truth_is_no_number() -> None:
    check_front_matter("title: 2018\norder: true\naliases: [42]", FrontMatter("2018", ("42",)))


def test_what_is_something_else_is_passed_over() -> None:
    check_front_matter("title: [a, b]\naliases: {a: b}\norder: first\nprerequisites: 3", FrontMatter())
    check_front_matter("- a list", FrontMatter())
    check_front_matter("", FrontMatter())


@pytest.mark.parametrize(
    "text", ["title: a: b", "a: [", "\t- x", "a: !!python/object:os.system x", "x: &x [*x"]
)
def test_what_is_not_yaml_is_said_in_words(text: str) -> None:
    assert read_front_matter(text).error.startswith("it is not valid YAML")


def test_a_block_that_is_too_long_is_not_read() -> None:
    assert "longer than" in read_front_matter("title: " + "x" * 70_000).error


@pytest.mark.parametrize(
    "text",
    [
        "[" * 5000,
        "a: " + "{b: " * 3000,
        "order: 1e400",
        "order: .nan",
        "order: 1_000_000_000_000",
        "date: 2018-99-99",
        "a: 0b",
        "? [a]\n: b",
        "title: \ud800",
        "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\ntitle: *c",
    ],
)
def test_hostile_yaml_is_read_without_raising(text: str) -> None:
    matter = read_front_matter(text)
    assert matter.order is None or abs(matter.order) < 1e9


@given(st.text(max_size=200))
def test_any_text_is_read_without_raising(text: str) -> None:
    assert isinstance(read_front_matter(text), FrontMatter)


def test_a_block_that_is_not_closed_is_text() -> None:
    assert document("---\ntitle: Ebb\n\nwords").title != "Ebb"


def test_the_title_comes_from_front_matter_then_the_first_heading_then_the_file() -> None:
    assert document("---\ntitle: One\n---\n# Two\n", "three.md").title == "One"
    assert document("# Two\n", "three.md").title == "Two"
    assert document("words", "three-or_four.md").title == "Three or four"


def test_a_bad_block_is_a_problem_and_the_rest_is_read() -> None:
    read = document("---\ntitle: a: b\n---\n\n**Ebb**: the falling of the tide.\n")
    assert [(p.code, p.location.first_line) for p in read.problems] == [("bad-front-matter", 1)]
    assert [d.term for d in read.definitions] == ["Ebb"]
