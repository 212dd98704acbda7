"""Quotes: the words as they stand in the source, and their lines."""

import pytest
from hypothesis import given, settings
from texts import NOTES, document, lines, source_words

from corpus.markdown import sentences
from corpus.quoting import quoted, sentence_at


def check_quote(text: str, words: str, quote: str, where: str) -> None:
    """The quote of these words of the (only) passage, and its lines."""
    (passage,) = document(text).sections[0].passages
    start = passage.text.index(words)
    found, place = quoted(passage, start, start + len(words))
    assert (found, lines(place)) == (quote, where)


def test_a_quote_keeps_its_markdown() -> None:
    check_quote(
        "The **ebb** is [low](low.md). More.", "The ebb is low.", "The **ebb** is [low](low.md).", "1-1"
    )


def test_a_quote_has_the_lines_it_stands_on() -> None:
    check_quote("One here.\nTwo\nhere. Three.", "Two\nhere.", "Two here.", "2-3")


@pytest.mark.parametrize(
    ("place", "words"), [(0, "One is."), (6, "One is."), (8, "Two is."), (14, "Two is.")]
)
def test_the_sentence_around_a_place(place: int, words: str) -> None:
    assert "One is. Two is."[slice(*sentence_at("One is. Two is.", place))] == words


def test_a_place_outside_every_sentence_has_the_whole_text() -> None:
    assert sentence_at("One.  Two.", 5) == (0, 10)


@settings(max_examples=60)
@given(NOTES)
def test_every_sentence_can_be_quoted_and_the_quote_stands_in_its_lines(text: str) -> None:
    notes = {"notes.md": text}
    for section in document(text).sections:
        for passage in section.passages:
            for start, end in sentences(passage.text):
                quote, place = quoted(passage, start, end)
                assert 1 <= place.first_line <= place.last_line <= len(text.split("\n"))
                first, *_ = quote.split() or [""]
                assert first in source_words(notes, place)
