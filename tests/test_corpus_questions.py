"""Quiz items: a question, its answer and its explanation."""

from collections.abc import Iterator

import pytest
from cases import Case, load
from hypothesis import given, settings
from hypothesis import strategies as st
from texts import NOTES, document, lines

from corpus.model import Question


def shown(text: str) -> str:
    """The quiz items of a text, as the cases show them."""
    return "\n".join(line for item in document(text).questions for line in item_lines(item)) or "nothing"


def item_lines(item: Question) -> Iterator[str]:
    yield f"{lines(item.location)}  {item.question} = {item.answer or '(no answer)'}"
    if item.options:
        yield f"   options  {' | '.join(item.options)}"
    if item.explanation:
        yield f"   because  {item.explanation}"
    if item.about:
        yield f"   about  {', '.join(item.about)}"


@pytest.mark.parametrize("case", load("questions.md"), ids=str)
def test_questions(case: Case) -> None:
    case.check(shown(case.input))


def check_questions(text: str, *expected: tuple[str, str, str, str]) -> None:
    """What a text asks: question, answer, explanation and lines of each item."""
    found = document(text).questions
    assert [(q.question, q.answer, q.explanation, lines(q.location)) for q in found] == list(expected)


def test_a_question_an_answer_and_why_each_on_its_line() -> None:
    check_questions(
        "Q: What falls?\nA: The ebb.\nE: The moon pulls.",
        ("What falls?", "The ebb.", "The moon pulls.", "1-3"),
    )


def test_whole_words_bold_and_numbered() -> None:
    check_questions(
        "**Question 1:** What falls?\n\n**Answer:** The ebb.\n\n**Explanation:** The moon pulls.",
        ("What falls?", "The ebb.", "The moon pulls.", "1-5"),
    )


def test_in_bullets() -> None:
    check_questions(
        "- Q: What falls?\n- A: The ebb.\n- Q: What rises?\n- A: The flood.",
        ("What falls?", "The ebb.", "", "1-2"),
        ("What rises?", "The flood.", "", "3-4"),
    )


def test_over_several_lines() -> None:
    check_questions(
        "Q: What falls,\nonce the moon is high?\nA: The\nebb.",
        ("What falls, once the moon is high?", "The ebb.", "", "1-4"),
    )


def test_why_and_because_explain() -> None:
    check_questions(
        "Q: What falls?\nA: The ebb.\nBecause: it must.", ("What falls?", "The ebb.", "it must.", "1-3")
    )


def test_a_question_without_an_answer_is_no_quiz_item() -> None:
    check_questions("Q: What falls?\n\nSome other words.")
    check_questions(
        "Q: What falls?\n\nQ: What rises?\nA: The flood.", ("What rises?", "The flood.", "", "3-4")
    )


def test_an_answer_without_a_question_is_none_either() -> None:
    check_questions("A: The ebb.\n\nE: The moon pulls.")


def test_words_that_only_begin_like_a_mark_are_none() -> None:
    check_questions("Quiet: the sea.\nAll: the boats.")
    check_questions("Q:\nA:")


def test_questions_do_not_reach_into_the_next_section() -> None:
    check_questions("## One\n\nQ: What falls?\n\n## Two\n\nA: The ebb.")


def test_code_asks_nothing() -> None:
    check_questions("```\nQ: What falls?\nA: The ebb.\n```")


# Lines of all the cases in any order: half-open folds, options without questions, answers without either.
_LINES = sorted({line for case in load("questions.md") for line in case.input.split("\n")})
_SHUFFLED = st.lists(st.sampled_from(_LINES), max_size=20).map("\n".join)


@settings(max_examples=150)
@given(st.one_of(NOTES, _SHUFFLED))
def test_questions_stand_within_their_section(text: str) -> None:
    read = document(text)
    places = {s.id: s.location for s in read.sections}
    for question in read.questions:
        section = places[question.section]
        assert section.first_line <= question.location.first_line <= question.location.last_line
        assert question.location.last_line <= section.last_line
        assert question.question
