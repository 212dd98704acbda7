"""Snippets: the best stretch, whole words, and nothing of the notes unescaped."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from indexer.highlighting import SNIPPET_LENGTH, snippet
from indexer.words import Finder, terms

HOSTILE = '<script>alert("1")</script> & <mark>softmax</mark> \' </mark>'


def shown(text: str, query: str) -> str:
    return snippet([text], Finder(frozenset(terms(query))))


def test_found_words_are_marked_in_every_form() -> None:
    assert (
        shown("A gradient and Gradients.", "gradient")
        == "A <mark>gradient</mark> and <mark>Gradients</mark>."
    )


def test_everything_else_is_escaped() -> None:
    html = shown(HOSTILE, "softmax")
    assert "<script>" not in html
    assert re.findall(r"<[^>]*>", html) == ["<mark>", "</mark>"]


def test_the_stretch_with_most_of_the_words_is_shown() -> None:
    text = "softmax here. " + "filler words " * 60 + "softmax and loss together. " + "more words " * 60
    html = shown(text, "softmax loss")
    assert html.startswith("… ") and html.endswith(" …")
    assert "<mark>softmax</mark> and <mark>loss</mark>" in html


def test_words_are_not_cut() -> None:
    text = " ".join(f"word{n}" for n in range(500)) + " softmax " + " ".join(f"word{n}" for n in range(500))
    inside = re.sub(r"</?mark>", "", shown(text, "softmax")).strip("… ").split()
    assert set(inside) <= set(text.split())


def test_without_a_match_the_beginning_is_shown() -> None:
    assert shown("Nothing to find.", "softmax") == "Nothing to find."
    assert snippet([], Finder(frozenset())) == ""


def test_the_best_of_several_texts_is_shown() -> None:
    assert snippet(["Nothing.", "The loss."], Finder(frozenset(terms("loss")))) == "The <mark>loss</mark>."


@given(st.lists(st.text(max_size=400), max_size=3), st.text(max_size=20))
def test_a_snippet_is_text_of_the_notes_and_marks(texts: list[str], query: str) -> None:
    html = snippet(texts, Finder(frozenset(terms(query))))
    bare = html.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in bare and ">" not in bare
    assert html.count("<mark>") == html.count("</mark>")
    assert len(unescape(bare)) <= 2 * SNIPPET_LENGTH + 4


def test_a_word_without_end_does_not_make_the_snippet_endless() -> None:
    assert len(shown("x" * 10_000 + " softmax", "softmax")) < 3 * SNIPPET_LENGTH
