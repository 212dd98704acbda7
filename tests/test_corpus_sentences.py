"""Sentences: where they end, and which one holds a place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import sentence_at, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One is. Two is.", ["One is.", "Two is."]),
        ("See e.g. Two. Then.", ["See e.g. Two.", "Then."]),
        ("By A. Smith. Then.", ["By A. Smith.", "Then."]),
        ("It is 3.5 m. high.", ["It is 3.5 m. high."]),
        ('He said "no." Then he went.', ['He said "no."', "Then he went."]),
        ("Why? Because! So.", ["Why?", "Because!", "So."]),
        ("Eins. Äpfel.", ["Eins.", "Äpfel."]),
        ("一。二。", ["一。", "二。"]),
        ("One\n\nTwo", ["One", "Two"]),
        ("  ", []),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[slice(*span)] for span in sentences(text)] == expected


@given(st.text(alphabet="aB. !?\n\"')。", max_size=60))
def test_sentences_are_in_order_and_hold_every_letter(text: str) -> None:
    spans = list(sentences(text))
    assert all(a < b for a, b in spans)
    assert spans == sorted(spans)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())


def test_words_without_a_full_stop_are_cut_behind_a_word() -> None:
    text = "ebb and flood, " * 1000
    pieces = [text[a:b] for a, b in sentences(text)]
    assert max(map(len, pieces)) <= 2000
    assert {piece.split()[-1] for piece in pieces} <= {"ebb", "and", "flood,"}
    assert " ".join(pieces).split() == text.split()
    assert [b - a for a, b in sentences("a" * 4500)] == [2000, 2000, 500]


@pytest.mark.parametrize(
    ("place", "words"), [(0, "One is."), (6, "One is."), (8, "Two is."), (14, "Two is.")]
)
def test_the_sentence_around_a_place(place: int, words: str) -> None:
    assert "One is. Two is."[slice(*sentence_at("One is. Two is.", place))] == words


def test_a_place_outside_every_sentence_has_the_whole_text() -> None:
    assert sentence_at("One.  Two.", 5) == (0, 10)
